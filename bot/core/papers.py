"""Documents that the bot makes for people: headings and blocks of content, before language and format."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.content import Block, Text


class Format(StrEnum):
    """What a document is sent as."""

    MARKDOWN = "md"
    HTML = "html"
    ODT = "odt"


@dataclass(frozen=True, slots=True)
class Heading:
    """Of a part of a document; the document's title is the only one of level 1."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one format. `name` is its file's, without the ending."""

    name: Text
    title: Text
    parts: Sequence[Heading | Block]
    format: Format
