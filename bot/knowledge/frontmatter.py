"""The metadata block at the head of a Markdown source: TOML between two lines of `+++`, strictly checked."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any, cast

from bot.knowledge.model import Document, Kind, SourceError

_FENCE = "+++"
_LANGUAGES = ("pl", "en", "uk")
_KINDS = ("summary", "original")
_REQUIRED = ("title", "source", "source_title", "date", "lang", "kind")
_OPTIONAL = ("valid_from", "valid_to", "area")
_LONGEST_HEAD = 10_000
_FENCED = re.compile(r"\A\+\+\+[ \t]*\n(?P<meta>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def parse_document(text: str, *, name: str, id: str) -> Document:
    """Read a Markdown source with its metadata; `name` is the file's name, for messages.

    Raises SourceError, naming the file and the key, for a block that is missing or not closed, for an unknown, missing
    or ill-typed key, for an unknown language or kind, for a period that ends before it begins, and for an empty body.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.split("\n", 1)[0].rstrip() != _FENCE:
        raise SourceError(f"{name}: the first line must be {_FENCE} (metadata block)")
    fenced = _FENCED.match(text)
    if fenced is None:
        raise SourceError(f"{name}: the metadata block has no closing {_FENCE} line")
    try:
        meta = tomllib.loads(fenced["meta"])
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{name}: the metadata block is not valid TOML: {error}") from error
    _check_keys(meta, name)
    body = text[fenced.end() :]
    if not body.strip():
        raise SourceError(f"{name}: there is no text below the metadata block")
    valid_from, valid_to = _day(meta, "valid_from", name), _day(meta, "valid_to", name)
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise SourceError(f"{name}: key 'valid_to' ({valid_to}) is before 'valid_from' ({valid_from})")
    day = _day(meta, "date", name)
    assert day is not None  # noqa: S101 - required, checked above; tells the type checker
    return Document(
        id=id,
        title=_line(meta, "title", name),
        source=_line(meta, "source", name),
        source_title=_line(meta, "source_title", name),
        date=day,
        valid_from=valid_from,
        valid_to=valid_to,
        lang=_one_of(meta, "lang", _LANGUAGES, name),
        area=_line(meta, "area", name) if "area" in meta else None,
        text=body,
        kind=cast("Kind", _one_of(meta, "kind", _KINDS, name)),
    )


def read_head(head: str, name: str) -> dict[str, str]:
    """Read the block of a document that somebody adds, in which any key may lack; days come as ISO texts.

    Raises SourceError, naming the file and the key, for a block that is no TOML and for an unknown or ill-typed key.
    """
    try:
        meta = tomllib.loads(head[:_LONGEST_HEAD])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(f"{name}: the metadata block is not valid TOML: {error}") from error
    _check_keys(meta, name, required=())
    days = {key: _day(meta, key, name) for key in ("date", "valid_from", "valid_to")}
    told = {key: _line(meta, key, name) for key in meta if key not in days}
    for key, allowed in (("lang", _LANGUAGES), ("kind", _KINDS)):
        if key in meta:
            _one_of(meta, key, allowed, name)
    return told | {key: day.isoformat() for key, day in days.items() if day}


def _check_keys(meta: dict[str, Any], name: str, required: tuple[str, ...] = _REQUIRED) -> None:
    for key in required:
        if key not in meta:
            raise SourceError(f"{name}: key '{key}' is missing")
    for key in meta:
        if key not in _REQUIRED and key not in _OPTIONAL:
            known = ", ".join((*_REQUIRED, *_OPTIONAL))
            raise SourceError(f"{name}: key '{key}' is unknown (known: {known})")


def _line(meta: dict[str, Any], key: str, name: str) -> str:
    value = meta[key]
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise SourceError(f"{name}: key '{key}' must be one line of text")
    return value.strip()


def _one_of(meta: dict[str, Any], key: str, allowed: tuple[str, ...], name: str) -> str:
    value = meta[key]
    if not isinstance(value, str) or value not in allowed:
        raise SourceError(f"{name}: key '{key}' must be one of {', '.join(allowed)}")
    return value


def _day(meta: dict[str, Any], key: str, name: str) -> date | None:
    value = meta.get(key)
    if value is None:
        return None
    # A datetime is a date to Python, but a time of day here is a slip of the writer.
    if not isinstance(value, date) or isinstance(value, datetime):
        raise SourceError(f"{name}: key '{key}' must be a date without quotes, like 2022-09-02")
    return value
