"""Reading the text of a message: is the bot meant, and what is said without its name.

Entities count in UTF-16 units, Python in code points; both are handled here.
"""

import re
from typing import Any

_COMMAND = re.compile(r"/([^\s/@]+)(@[A-Za-z0-9_]+)(?!\S)")
_CLOSES = frozenset(",.!?:;\n")


def tidy(value: str) -> str:
    """The string without what a database can't store: NUL (PostgreSQL), halves of surrogate pairs (no UTF-8)."""
    if "\x00" in value:
        value = value.replace("\x00", "")
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


class Names:
    """The bot as people call it."""

    def __init__(self, bot_id: int, username: str) -> None:
        self._bot_id = bot_id
        self._mention = f"@{username.lower()}"

    def heard(self, text: str, entities: object) -> tuple[str, bool, bool]:
        """The text without the bot's name; whether it is named; whether a command in it is for another bot.

        Only Telegram's own marking makes a mention, so that a name inside code or an address is none.
        """
        cuts: list[tuple[int, int]] = []
        command = _COMMAND.match(text) if text.startswith("/") and "@" in text else None
        if command is not None:
            if command[2].lower() != self._mention:
                return text, False, True
            cuts.append(command.span(2))
        if isinstance(entities, list):
            cuts += [span for entity in entities if (span := self._named(text, entity)) is not None]
        for start, end in sorted(cuts, reverse=True):
            text = _without(text, start, end)
        return text, bool(cuts), False

    def _named(self, text: str, entity: Any) -> tuple[int, int] | None:
        kind = entity["type"]
        if kind not in ("mention", "text_mention"):
            return None
        start, end = _span(text, entity["offset"], entity["length"])
        if kind == "text_mention":
            return (start, end) if entity["user"]["id"] == self._bot_id else None
        return (start, end) if text[start:end].lower() == self._mention else None


def _span(text: str, offset: int, length: int) -> tuple[int, int]:
    """A range of UTF-16 units as a range of code points."""
    if offset < 0 or length < 0:
        raise ValueError("an entity before the text")
    if text.isascii():
        return offset, offset + length
    units = text.encode("utf-16-le", "surrogatepass")
    start = len(units[: 2 * offset].decode("utf-16-le", "replace"))
    return start, start + len(units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace"))


def _without(text: str, start: int, end: int) -> str:
    """The text without a range and without the gap that it leaves."""
    left, right = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if not left.strip():
        return right.lstrip(" ,:;\n")
    if not right or right[0] in _CLOSES:
        return left.rstrip(" ,") + right
    if left.endswith("\n"):
        return left + right
    return f"{left} {right}"
