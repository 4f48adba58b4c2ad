"""A document cut into passages: by headings, then by paragraphs; a list stays with the sentence that leads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.knowledge.model import PASSAGE_LIMIT, Document, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–—]|\d{1,3}[.)])[ \t]+\S")
_SENTENCE_END = re.compile(r"[.!?…;:]+[\"”»’)]*\s+")
_SEPARATOR = " › "

Span = tuple[int, int]


def split(document: Document) -> list[Passage]:
    """Cut a document into passages of at most `PASSAGE_LIMIT` characters, each verbatim and in order.

    Headings are not quoted: they make up `place`. A heading equal to the document's title is left out of it.
    """
    passages = []
    for place, blocks in _sections(document):
        for start, end in _packed(document.text, blocks):
            passages.append(Passage(document, place, document.text[start:end], start, end))
    return passages


def _sections(document: Document) -> Iterator[tuple[str, list[Span]]]:
    """Yield the heading path and the blocks (paragraphs and lists) of every section that has any."""
    path: list[tuple[int, str]] = []
    blocks: list[Span] = []
    open_start: int | None = None
    last_end = at = 0
    for line in document.text.splitlines(keepends=True):
        content = line.strip()
        heading = _HEADING.fullmatch(line.rstrip())
        if (not content or heading) and open_start is not None:
            blocks.append((open_start, last_end))
            open_start = None
        if heading:
            if blocks:
                yield _place(path, document), blocks
                blocks = []
            level = len(heading[1])
            path = [*((depth, title) for depth, title in path if depth < level), (level, heading[2])]
        elif content:
            start = at + line.index(content[0])
            open_start = start if open_start is None else open_start
            last_end = start + len(content)
        at += len(line)
    if open_start is not None:
        blocks.append((open_start, last_end))
    if blocks:
        yield _place(path, document), blocks


def _place(path: list[tuple[int, str]], document: Document) -> str:
    titles = [title for _, title in path if title.casefold() != document.title.casefold()]
    return _SEPARATOR.join(titles) or document.title


def _packed(text: str, blocks: list[Span]) -> Iterator[Span]:
    """Join neighbouring blocks while they fit in one passage; cut the ones that alone are too long."""
    glued = _with_leads(text, blocks)
    start, end = glued[0]
    for next_start, next_end in glued[1:]:
        if next_end - start <= PASSAGE_LIMIT:
            end = next_end
        else:
            yield from _cut(text, start, end)
            start, end = next_start, next_end
    yield from _cut(text, start, end)


def _with_leads(text: str, blocks: list[Span]) -> list[Span]:
    """Glue a list to the paragraph before it when that leads into it, i.e. ends with a colon."""
    glued: list[Span] = []
    for start, end in blocks:
        if glued and _ITEM.match(text, start) and text[glued[-1][0] : glued[-1][1]].endswith(":"):
            glued[-1] = (glued[-1][0], end)
        else:
            glued.append((start, end))
    return glued


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut a span to the limit: at a line's end, else a sentence's, else a word's, else hard at the limit."""
    while end - start > PASSAGE_LIMIT:
        window = text[start : start + PASSAGE_LIMIT]
        cut = window.rfind("\n")
        if cut <= 0:
            cut = max((found.end() for found in _SENTENCE_END.finditer(window)), default=0)
        if cut <= 0:
            cut = window.rfind(" ")
        if cut <= 0:
            cut = PASSAGE_LIMIT
        yield _trimmed(text, start, start + cut)
        start += cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
