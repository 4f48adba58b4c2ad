"""What a correct request is, by somebody else's knowledge: the method and type models that aiogram ships.

They are generated from Telegram's documentation. Three traps are handled here: the models accept any extra key, they
keep removed parameters as fields (marked `deprecated`), and they know nothing of forms, where every value arrives as
text and is decoded by the type of its field before it is validated.
"""

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import aiogram.methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import BufferedInputFile, InputFile, Update
from pydantic import BaseModel, ValidationError

from .limits import limit_of
from .wire import Upload

UPDATE_TYPES = frozenset(Update.model_fields) - {"update_id"}
_YES, _NO = {"true", "1", "yes"}, {"false", "0", "no", ""}


@dataclass(frozen=True)
class Problem:
    """A departure from the documentation; `error` is the key of Telegram's answer to it, where that is known."""

    text: str
    error: str | None = None
    fatal: bool = False


@dataclass(frozen=True)
class MethodSpec:
    """One method of the API: its model, and how each of its parameters is written in a form."""

    name: str
    model: type[TelegramMethod[Any]]
    kinds: dict[str, str] = field(default_factory=dict)


@cache
def allowed_keys(model: type[BaseModel]) -> dict[str, str]:
    """The current keys of an object as they stand on the wire, each with its attribute's name."""
    keys = {}
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra
        if not (isinstance(extra, dict) and extra.get("deprecated")):
            keys[info.alias or name] = name
    return keys


def _atoms(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, UnionType):
        for arg in get_args(annotation):
            yield from _atoms(arg)
    else:
        yield annotation


def _kind(annotation: Any) -> str:
    atoms = set(_atoms(annotation))
    # ChatIdUnion is `int | str` and a file is `InputFile | str`: such values are text on the wire.
    if str in atoms or InputFile in atoms:
        return "str"
    if bool in atoms:
        return "bool"
    if atoms & {int, datetime, timedelta}:
        return "int"
    if float in atoms:
        return "float"
    return "json"


def _methods() -> Iterator[MethodSpec]:
    for name in aiogram.methods.__all__:
        model = getattr(aiogram.methods, name)
        if not inspect.isclass(model) or not issubclass(model, TelegramMethod) or model is TelegramMethod:
            continue
        kinds = {key: _kind(info.annotation) for key, info in model.model_fields.items()}
        yield MethodSpec(model.__api_method__, model, kinds)


METHODS: dict[str, MethodSpec] = {spec.name.lower(): spec for spec in _methods()}


def _decoded(kind: str, value: Any) -> Any:
    if not isinstance(value, str) or kind == "str":
        return str(value) if kind == "str" and isinstance(value, int) else value
    if kind == "bool":
        low = value.lower()
        if low not in _YES | _NO:
            raise ValueError(f"{value!r} is not a boolean")
        return low in _YES
    if kind == "int":
        return int(value)
    if kind == "float":
        return float(value)
    return json.loads(value)


def decode(spec: MethodSpec, params: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Values by the types of their fields; what can't be decoded is left out and named."""
    values: dict[str, Any] = {}
    problems = []
    for key, raw in params.items():
        try:
            values[key] = _decoded(spec.kinds.get(key, "str"), raw)
        except ValueError as broken:
            error = "keyboard_bad_json" if key == "reply_markup" else None
            problems.append(Problem(f"{spec.name}.{key} can't be decoded: {broken}", error, fatal=True))
    return values, problems


def check(spec: MethodSpec, values: dict[str, Any], files: dict[str, Upload]) -> list[Problem]:
    """Everything in the request that the documentation doesn't allow."""
    raw = dict(values)
    for key, upload in files.items():
        if key in spec.kinds:
            raw[key] = BufferedInputFile(upload.content, upload.name)
        elif f'"attach://{key}"' not in json.dumps(list(values.values())):
            return [Problem(f"{spec.name}: the file part {key!r} belongs to no parameter")]
    try:
        model = spec.model.model_validate(raw)
    except ValidationError as failure:
        return [
            Problem(f"{spec.name}.{'.'.join(str(at) for at in error['loc'])}: {error['msg']}", fatal=True)
            for error in failure.errors(include_url=False, include_context=False, include_input=False)
        ]
    return list(_strange(raw, model, spec.name))


def _strange(raw: Any, value: Any, path: str) -> Iterator[Problem]:
    """Walk the request beside the model it became: keys nobody documents, and values beyond a documented limit."""
    if isinstance(value, BaseModel) and isinstance(raw, dict):
        keys = allowed_keys(type(value))
        for key, item in raw.items():
            if key not in keys:
                yield Problem(f"{path}.{key} is not a current field of {type(value).__name__}")
                continue
            limit = limit_of(type(value).__name__, key)
            if limit is not None and (why := limit.broken_by(item)):
                error = limit.error_for(item)
                yield Problem(f"{path}.{key}: {why}", error, fatal=error is not None)
            if isinstance(item, dict | list):
                yield from _strange(item, getattr(value, keys[key]), f"{path}.{key}")
    elif isinstance(value, list) and isinstance(raw, list):
        for number, (item, parsed) in enumerate(zip(raw, value, strict=True)):
            yield from _strange(item, parsed, f"{path}[{number}]")
