"""The structure of an item that can't be read, every word left out: enough to mend the parser, nothing personal."""

import re
from typing import Any

_DEPTH, _ITEMS, _LONGEST = 8, 4, 2000
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Fields whose strings are names of kinds, and the only numbers kept: ids of people and chats are not.
_KINDS = frozenset({"type", "status"})
_NUMBERS = frozenset({"update_id"})


def shape(value: Any) -> str:
    """At most 2,000 characters, such as `{update_id:7,poll:{id:str19,question:str1}}`."""
    return _shape(value, "", 0)[:_LONGEST]


def _shape(value: Any, name: str, depth: int) -> str:
    match value:
        case dict() if depth < _DEPTH:
            return f"{{{','.join(f'{_field(key)}:{_shape(item, key, depth + 1)}' for key, item in value.items())}}}"
        case list() if depth < _DEPTH:
            rest = [f"+{len(value) - _ITEMS}"] if len(value) > _ITEMS else []
            return f"[{','.join([_shape(item, '', depth + 1) for item in value[:_ITEMS]] + rest)}]"
        case str() if name in _KINDS and _FIELD.fullmatch(value):
            return value
        case str():
            return f"str{len(value)}"
        case bool() | None:
            return str(value).lower()
        case int() if name in _NUMBERS:
            return str(value)
        case _:
            return type(value).__name__


def _field(name: str) -> str:
    return name if _FIELD.fullmatch(name) else f"name{len(name)}"
