"""Answers that moderators prepared, and how they are shown."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.content import Arg, Block, Body, Link, Quoted, say

_ADDRESS = re.compile(r"[,\s]*(https?://\S+)\s*$")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to ask, in one language."""

    lang: str
    words: str


@dataclass(frozen=True, slots=True)
class Curated:
    """A prepared answer to a question in several wordings. Without `words` the documents don't say it.

    `source` is what it stands on, or ""; `until` is the last day on which it is given, None for ever.
    """

    id: str
    variants: tuple[Variant, ...]
    words: str
    source: str
    until: date | None
    at: datetime

    def holds(self, today: date) -> bool:
        """Whether it is still given."""
        return self.until is None or today <= self.until


def shown(one: Curated) -> Body:
    """The message of it: that people wrote it, and when."""
    blocks: list[Block] = []
    if one.words:
        blocks += [say("curated-answer", date=one.at.date()), Quoted(one.words)]
    else:
        blocks += [say("curated-absent", date=one.at.date())]
    if one.source:
        blocks.append(say("curated-source", source=linked(one.source)))
    if one.until:
        blocks.append(say("curated-until", date=one.until))
    return Body((*blocks, *(() if one.words else (say("question-try"),))))


def linked(source: str) -> Arg:
    """The name of a source; the address at its end becomes a link."""
    address = _ADDRESS.search(source)
    return Link(address[1], source[: address.start()]) if address else source
