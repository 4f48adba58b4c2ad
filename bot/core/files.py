"""Files: what the bot sends, and what people send to it."""

import re
from dataclasses import dataclass

from bot.core.clean import one_line

LARGEST = 10 * 1024 * 1024
"""Bytes of a file that the bot sends. Each waits in the database until it is delivered."""
LARGEST_TAKEN = 20 * 1024 * 1024
"""Bytes of a file that the bot fetches: Telegram gives bots no larger ones (getFile)."""
_LONGEST_NAME = 80
_SEPARATORS = re.compile(r"[\\/:*?\"<>|;%\s]+")
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class File:
    """A file to send. Its name is made clean: no path, no control characters, not long.

    Raises:
        ValueError: larger than `LARGEST`, or the type is none ("text/calendar", "application/pdf").
    """

    name: str
    mime: str
    content: bytes

    def __post_init__(self) -> None:
        if len(self.content) > LARGEST:
            raise ValueError(f"a file of {len(self.content)} bytes; the bot sends {LARGEST} at most")
        if not _MIME.fullmatch(self.mime):
            raise ValueError("not a media type")
        object.__setattr__(self, "name", file_name(self.name))


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that somebody sent. `id` means something to its network's adapter alone, which fetches it.

    `size` in bytes and `mime` are the sender's word; None and "" where it says nothing.
    """

    name: str
    platform: str
    id: str
    size: int | None = None
    mime: str = ""


def file_name(words: str) -> str:
    """A name that every system and network takes, from people's words: "Protokół 3/2026" is "Protokół-3-2026"."""
    name = _SEPARATORS.sub("-", one_line(words)).strip(".- ")
    stem, dot, ending = name.rpartition(".")
    if dot and stem and len(ending) <= 10:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1].rstrip('.- ')}.{ending}"
    return name[:_LONGEST_NAME].rstrip(".- ") or "file"
