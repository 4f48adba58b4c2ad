"""What a found answer looks like: quotations with where they stand, and passages that are only near."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.core.content import Arg, Block, Body, Quoted, Say, Text, say, text
from bot.core.curated import linked
from bot.knowledge.model import Answer, Quote


def quotations(found: Answer) -> Body:
    """The message of an answer: what was found, where it stands, whether it still holds, that a program found it.

    What several documents say stands side by side, each with its date: which one holds is the reader's to judge.
    """
    blocks: list[Block] = [say("answer-intro")]
    by_document = [list(quotes) for _, quotes in groupby(found.quotes, key=_document)]
    for quotes in by_document:
        blocks += _from_one_document(quotes)
    if len(by_document) > 1:
        blocks.append(say("answer-several", count=len(by_document)))
    return Body((*blocks, say("answer-automatic")))


def nearest(found: Answer, at: int | None = None) -> tuple[Block, ...]:
    """The passages that may help or not, and that it is not sure; with `at`, that one of them alone."""
    quotes = found.near if at is None else found.near[at : at + 1]
    blocks: list[Block] = [say("answer-near", count=len(quotes))]
    for quote in quotes:
        blocks += _from_one_document([quote])
    return tuple(blocks)


def chosen(quote: Quote) -> Body:
    """The message of a passage that somebody said was what they asked for."""
    return Body((say("answer-chosen"), *_from_one_document([quote]), say("answer-automatic")))


def _document(quote: Quote) -> tuple[str, date, date | None]:
    return quote.document, quote.date, quote.expired


def _from_one_document(quotes: Sequence[Quote]) -> Iterator[Block]:
    for quote in quotes:
        yield Quoted(quote.text)
        yield Say(_source(quote))
    if quotes[0].expired:
        yield say("answer-expired", date=quotes[0].expired)


def _source(quote: Quote) -> Text:
    """Where the words are from. The address at the end of the source's name becomes a link."""
    return text(
        f"answer-source-{quote.kind}",
        document=_where(quote),
        date=quote.date,
        source=linked(quote.source),
    )


def _where(quote: Quote) -> Arg:
    """The document's title with the section and the page."""
    where: Arg = quote.document
    # Without headings the place is the title.
    if quote.place and quote.place != quote.document:
        where = text("answer-place", title=quote.document, place=quote.place)
    if quote.pages is None:
        return where
    first, last = quote.pages
    if first == last:
        return text("answer-page", title=where, page=first)
    return text("answer-pages", title=where, page=first, last=last)
