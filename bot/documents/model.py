"""What reading a file gives, and the words for why it can't be read. Loads nothing: the bot and the child share it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

BYTES = 20 * 1024 * 1024
"""Of a file, at most: Telegram gives bots no larger ones."""
PAGES = 1_000
LETTERS = 2_000_000
"""Characters of a document's text, at most: some 1,000 pages."""
UNPACKED = 100 * 1024 * 1024
"""Bytes of what a DOCX or ODT file unpacks to, at most."""
MEMORY = 512 * 1024 * 1024
"""Bytes that the child may map."""
CPU_SECONDS = 40
WALL_SECONDS = 60.0

SUFFIXES = (".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".odt", ".txt")
"""The kinds that can be read, by the ends of names. What a file is, its content says."""
_LONGEST_TITLE = 150
ERRORS = (
    "empty",
    "unknown-kind",
    "broken",
    "encrypted",
    "no-text",
    "too-large",
    "too-many-pages",
    "too-much-memory",
    "too-long",
)


class ReadError(Exception):
    """A file can't be read; the message is one of `ERRORS`."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was read.

    `pages` holds the place in `text` where each page begins; it is empty where the kind has none. `head` is a Markdown
    file's own metadata block, to be checked by who uses it. `date` (ISO) and `source` are what the file says of itself.
    """

    kind: str
    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    lang: str = ""
    pages: tuple[int, ...] = ()
    head: str = ""

    def out(self) -> dict[str, Any]:
        """As JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Parsed":
        """The inverse of `out`."""
        return cls(**{**values, "pages": tuple(values.get("pages", ()))})


@dataclass(slots=True)
class Sheet:
    """A text that grows by blocks, with an empty line between them; notes where pages begin."""

    blocks: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    _length: int = 0

    def page(self) -> None:
        """What comes next begins a page."""
        self.pages.append(self._length)

    def heading(self, level: int, words: str) -> None:
        """A heading, outermost 1."""
        if words := _flat(words):
            self._add("#" * max(1, min(level, 6)) + " " + words)

    def paragraph(self, words: str) -> None:
        """Running text; its own line ends stay."""
        if words := "\n".join(line for line in map(_flat, words.split("\n")) if line):
            self._add(words)

    def items(self, items: list[str]) -> None:
        """A list."""
        if items := [item for item in map(_flat, items) if item]:
            self._add("\n".join(f"- {item}" for item in items))

    def text(self) -> str:
        """All of it. Places of pages are places in it."""
        return "\n\n".join(self.blocks)

    def _add(self, block: str) -> None:
        self.blocks.append(block)
        self._length += len(block) + 2


def first_title(blocks: Sequence[str]) -> str:
    """The first heading of a text, or a short line at its head that is no sentence; "" when there is none."""
    for block in blocks[:5]:
        if block.startswith("#"):
            return block.lstrip("# ")
    for block in blocks[:2]:
        if block and len(block) <= _LONGEST_TITLE and "\n" not in block and block[-1] not in ".:;,!…":
            return block
    return ""


def _flat(words: str) -> str:
    return " ".join(words.split())
