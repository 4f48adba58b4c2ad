"""What the knowledge part speaks about: documents, their passages, quotations, answers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date as Day  # the fields are called `date`

Kind = Literal["summary", "original"]

#: The longest passage, in characters: the figure of issue 7, so that one quotation fits a chat message.
PASSAGE_LIMIT = 900


class SourceError(ValueError):
    """A document that can't be taken in; the message names the file and the key or line at fault."""


@dataclass(frozen=True, slots=True)
class Document:
    """One source text. Texts are data only: nothing in them is ever read as markup or as a command.

    `source` is the address and `source_title` the name of what the document stands on. `date` is the day the
    document speaks for. `valid_from` and `valid_to` (both inclusive) bound the period its statements hold for; None
    is open. `kind` says whether a quotation of it is our own summary or the words of the source.
    """

    id: str
    title: str
    source: str
    source_title: str
    date: Day
    valid_from: Day | None
    valid_to: Day | None
    lang: str
    area: str | None
    text: str
    kind: Kind
    #: Where in `text` each page begins; empty where the source has no pages.
    pages: tuple[int, ...] = ()

    def pages_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the numbers of the pages, from 1, that `text[start:end]` begins and ends on; None without pages."""
        if not self.pages:
            return None
        return max(bisect_right(self.pages, start), 1), max(bisect_right(self.pages, end - 1), 1)

    def expired(self, today: Day) -> Day | None:
        """Return the last day of validity when it is over on `today`, else None."""
        return self.valid_to if self.valid_to is not None and self.valid_to < today else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document, at most `PASSAGE_LIMIT` characters: `document.text[start:end] == text`, always.

    `place` is the path of headings above it, outermost first.
    """

    document: Document
    place: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim quotation, with all that a reader needs to check it.

    `document` is the document's title, `source` the name and address of what it stands on, `expired` the last day of
    validity when that is over. `pages` are the first and the last page it stands on, where the source has pages. With
    `kind == "summary"` the words are ours, not those of the source.
    """

    text: str
    document: str
    place: str
    source: str
    date: Day
    expired: Day | None
    kind: Kind
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One to three quotations, best first; or none, when the documents don't say (`answered` is False).

    Then `near` holds up to three passages on the same matter, which may help or not; none when nothing is near.
    `lang` is the language the question was read in ("pl", "en" or "uk"), which is the one to reply in.
    """

    answered: bool
    quotes: tuple[Quote, ...]
    lang: str
    near: tuple[Quote, ...] = ()
