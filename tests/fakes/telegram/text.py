"""Text as Telegram counts and reads it: UTF-16 units, and the entities the server finds by itself."""

import re
from collections.abc import Iterable
from typing import Any

JsonDict = dict[str, Any]

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<bot_command>(?<![\w/@.])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<mention>(?<![\w/@.])@[A-Za-z0-9_]{3,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#&])#\w*[^\W\d]\w*)"
)


def words(message: JsonDict) -> str:
    """The text of a message, or the caption of its file."""
    return str(message.get("text") or message.get("caption") or "")


def units(text: str) -> int:
    """Length in UTF-16 code units, the unit of every entity offset."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def part(text: str, entity: JsonDict) -> str:
    """The piece of text that an entity covers."""
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if text.isascii():
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")


def found_entities(text: str) -> list[JsonDict]:
    """Commands, mentions, hashtags and links that the server marks in any text without being asked."""
    if not any(sign in text for sign in "/@#"):
        return []
    return [
        {"type": hit.lastgroup, "offset": units(text[: hit.start()]), "length": units(hit.group())}
        for hit in _FOUND.finditer(text)
    ]


def merged(given: Iterable[JsonDict], text: str) -> list[JsonDict]:
    """Entities of a sent text: those given, and those found where nothing given lies."""
    entities = list(given)
    for entity in found_entities(text):
        end = entity["offset"] + entity["length"]
        if all(end <= other["offset"] or entity["offset"] >= other["offset"] + other["length"] for other in entities):
            entities.append(entity)
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def entity_problem(text: str, entity: JsonDict) -> str | None:
    """Why an entity can't lie where it says, or None: inside the text, not empty, never half of a surrogate pair."""
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        return "offset and length must be integers"
    if offset < 0 or length < 1 or offset + length > units(text):
        return f"{offset}+{length} is outside the text of {units(text)} UTF-16 units"
    raw = text.encode("utf-16-le")
    for edge in (offset, offset + length):
        if edge < units(text) and 0xDC00 <= int.from_bytes(raw[2 * edge : 2 * edge + 2], "little") <= 0xDFFF:
            return f"{offset}+{length} cuts a character in two"
    return None
