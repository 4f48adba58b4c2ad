"""A few marks in people's words, for announcements alone: **bold**, lists, bare addresses. Nothing else is markup.

No mark makes a mention or a command, and what only looks like a mark is shown to the letter.
"""

import re
from collections.abc import Iterator

from bot.core.clean import clean, inert
from bot.core.markup import Markup, Paragraph, Run, paragraph

_ITEM = re.compile(r"[ \t]*[-*•–][ \t]+(?=\S)")
# No blank may touch the marks from within, as in every dialect of Markdown: "2 ** 3" stays as it is.
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_ADDRESS = re.compile(r"(?<![\w@])https?://[^\s<>\"'`{}|\\^]{3,500}", re.IGNORECASE)
_CLOSING = {")": "(", "]": "["}


def rich(words: str) -> Markup:
    """The words as paragraphs, items of lists, bold stretches and links."""
    out: list[Paragraph] = []
    for chunk in re.split(r"\n[ \t]*\n", clean(words).strip()):
        lines: list[str] = []
        for line in chunk.split("\n"):
            if item := _ITEM.match(line):
                if lines:
                    out.append(paragraph("para", _runs("\n".join(lines))))
                    lines = []
                out.append(paragraph("item", _runs(line[item.end() :])))
            else:
                lines.append(line)
        if lines:
            out.append(paragraph("para", _runs("\n".join(lines))))
    return tuple(one for one in out if one.runs)


def first_line(words: str, limit: int) -> str:
    """The first line of these words without marks, at most `limit` characters of it."""
    first = next(iter(rich(words)), None)
    said = "".join(run.text for run in first.runs).split("\n")[0].strip() if first else ""
    return said if len(said) <= limit else f"{said[: limit - 1].rstrip()}…"


def _runs(words: str) -> Iterator[Run]:
    at = 0
    for found in _BOLD.finditer(words):
        yield from _linked(words[at : found.start()], bold=False)
        yield from _linked(found[1], bold=True)
        at = found.end()
    yield from _linked(words[at:], bold=False)


def _linked(words: str, *, bold: bool) -> Iterator[Run]:
    at = 0
    for found in _ADDRESS.finditer(words):
        address = _ended(found[0])
        if found.start() > at:
            yield Run(inert(words[at : found.start()]), bold)
        # Its own words are what leads there: no label can hide the address.
        yield Run(address, bold, link=address)
        at = found.start() + len(address)
    if at < len(words):
        yield Run(inert(words[at:]), bold)


def _ended(address: str) -> str:
    """An address without the punctuation of the sentence that it stands in."""
    while address:
        last = address[-1]
        opening = _CLOSING.get(last)
        if last in ".,;:!?…*_~" or (opening and address.count(last) > address.count(opening)):
            address = address[:-1]
        else:
            break
    return address
