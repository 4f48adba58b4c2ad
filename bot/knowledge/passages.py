"""A document cut into passages: by headings and articles, then by paragraphs; a list stays with what leads into it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.knowledge.model import PASSAGE_LIMIT, Document, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–—]|\d{1,3}[.)])[ \t]+\S")
_SENTENCE_END = re.compile(r"[.!?…;:]+[\"”»’)]*\s+")
_SEPARATOR = " › "
# An article of an act at the start of a line, as no sentence begins: its number is followed by a full stop or nothing.
_ARTICLE = re.compile(
    r"[ \t]*((?:Art\.|Artykuł|Article|Стаття|§)[ \t\u00a0]*\d{1,4}[a-z]{0,2})(?:\.[ \t]*(?=\S|$)|[ \t]*$)"
)
_CLAUSE = re.compile(
    r"^[ \t]*(?:(?:Art\.|Artykuł|Article|Стаття|§)[ \t\u00a0]*\d{1,4}[a-z]{0,2}\.[ \t]*)?(\d{1,3}[a-z]?)\.[ \t]",
    re.MULTILINE,
)
_ARTICLE_LEVEL = 7  # below every heading

Span = tuple[int, int]


def split(document: Document) -> list[Passage]:
    """Cut a document into passages of at most `PASSAGE_LIMIT` characters, each verbatim and in order.

    Headings are not quoted: they make up `place`. A heading equal to the document's title is left out of it. An
    article of an act is a passage of its own; one that is too long is cut between its clauses, whose numbers `place`
    then names.
    """
    passages = []
    for place, blocks, article in _sections(document):
        spans = list(_packed(document.text, _clauses(document.text, blocks) if article else blocks))
        for start, end in spans:
            words = document.text[start:end]
            where = f"{place}{_clause_numbers(words, article)}" if article and len(spans) > 1 else place
            passages.append(Passage(document, where, words, start, end))
    return passages


def _sections(document: Document) -> Iterator[tuple[str, list[Span], str]]:
    """Yield the path, the blocks (paragraphs and lists), and the article (else "") of every section that has any."""
    path: list[tuple[int, str]] = []
    blocks: list[Span] = []
    open_start: int | None = None
    last_end = at = 0
    for line in document.text.splitlines(keepends=True):
        content = line.strip()
        heading = _HEADING.fullmatch(line.rstrip())
        article = None if heading else _ARTICLE.match(line.rstrip())
        if (not content or heading or article) and open_start is not None:
            blocks.append((open_start, last_end))
            open_start = None
        if heading or article:
            if blocks:
                yield _place(path, document), blocks, _article(path)
                blocks = []
            level, name = (len(heading[1]), heading[2]) if heading else (_ARTICLE_LEVEL, article[1] if article else "")
            path = [*((depth, title) for depth, title in path if depth < level), (level, name)]
        if content and not heading:
            start = at + line.index(content[0])
            open_start = start if open_start is None else open_start
            last_end = start + len(content)
        at += len(line)
    if open_start is not None:
        blocks.append((open_start, last_end))
    if blocks:
        yield _place(path, document), blocks, _article(path)


def _article(path: list[tuple[int, str]]) -> str:
    return path[-1][1] if path and path[-1][0] == _ARTICLE_LEVEL else ""


def _clauses(text: str, blocks: list[Span]) -> list[Span]:
    """Cut blocks before every numbered clause."""
    cut: list[Span] = []
    for start, end in blocks:
        begins = [
            found.start(1) for found in _CLAUSE.finditer(text, start, end) if text[start : found.start(1)].strip()
        ]
        # The first clause stands behind the name of its article: nothing to cut.
        begins = [
            place for place in begins if text[place - 1] in "\n \t" and not _ARTICLE.match(text, _line(text, place))
        ]
        edges = [start, *begins, end]
        cut += [_trimmed(text, one, other) for one, other in pairwise(edges)]
    return cut


def _line(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _clause_numbers(words: str, article: str) -> str:
    numbers = _CLAUSE.findall(words)
    if not numbers:
        return ""
    sign = "ust." if article.startswith(("Art", "§")) and not article.startswith("Article") else "§"
    return f" {sign} {numbers[0]}" if len(numbers) == 1 else f" {sign} {numbers[0]}–{numbers[-1]}"


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
