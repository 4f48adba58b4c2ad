"""A message laid out: blocks of styled runs, neutral to networks, and its forms for them.

Text in a run is shown to the letter. No form of it can become markup, a mention or a command of the network.
"""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.core.clean import clean


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block: a paragraph, a quotation or an item of a list."""

    kind: Literal["para", "quote", "item"]
    runs: tuple[Run, ...]


Markup = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A styled range, in UTF-16 units as Telegram counts."""

    type: Literal["bold", "italic", "code", "text_link", "blockquote"]
    offset: int
    length: int
    url: str | None = None


def utf16(value: str) -> int:
    """Length in UTF-16 units, in which Telegram counts offsets and limits."""
    return len(value.encode("utf-16-le", "surrogatepass")) >> 1


def _separator(previous: Paragraph, following: Paragraph) -> str:
    return "\n" if previous.kind == following.kind == "item" else "\n\n"


def plain(markup: Markup) -> str:
    """As plain text: quotations behind "> ", items behind "• "."""
    out: list[str] = []
    for index, paragraph in enumerate(markup):
        if index:
            out.append(_separator(markup[index - 1], paragraph))
        words = "".join(_plain_run(run) for run in paragraph.runs)
        if paragraph.kind == "quote":
            words = "> " + words.replace("\n", "\n> ")
        elif paragraph.kind == "item":
            words = "• " + words
        out.append(words)
    return "".join(out)


def _plain_run(run: Run) -> str:
    return f"{run.text} ({run.link})" if run.link and run.link != run.text else run.text


def as_html(markup: Markup) -> str:
    """As HTML of the few tags that Matrix clients show (spec: m.room.message, allowed tags)."""
    out: list[str] = []
    in_list = False
    for paragraph in markup:
        if in_list != (paragraph.kind == "item"):
            out.append("</ul>" if in_list else "<ul>")
            in_list = not in_list
        tag = {"para": "p", "quote": "blockquote", "item": "li"}[paragraph.kind]
        out.append(f"<{tag}>{''.join(_html_run(run) for run in paragraph.runs)}</{tag}>")
    if in_list:
        out.append("</ul>")
    return "".join(out)


def _html_run(run: Run) -> str:
    words = html.escape(run.text).replace("\n", "<br>")
    if run.code:
        words = f"<code>{words}</code>"
    if run.italic:
        words = f"<em>{words}</em>"
    if run.bold:
        words = f"<strong>{words}</strong>"
    if run.link:
        words = f'<a href="{html.escape(run.link)}">{words}</a>'
    return words


def with_entities(markup: Markup) -> tuple[str, list[Entity]]:
    """As text and ranges for Telegram. Ranges never overlap but for a quotation around its runs."""
    out: list[str] = []
    entities: list[Entity] = []
    at = 0

    def add(words: str) -> int:
        nonlocal at
        out.append(words)
        length = len(words) if words.isascii() else utf16(words)
        at += length
        return length

    for index, paragraph in enumerate(markup):
        if index:
            add(_separator(markup[index - 1], paragraph))
        if paragraph.kind == "item":
            add("• ")
        start = at
        for run in paragraph.runs:
            here = at
            length = add(run.text)
            if not length:
                continue
            if run.bold:
                entities.append(Entity("bold", here, length))
            if run.italic:
                entities.append(Entity("italic", here, length))
            if run.code:
                entities.append(Entity("code", here, length))
            if run.link:
                entities.append(Entity("text_link", here, length, run.link))
        if paragraph.kind == "quote" and at > start:
            entities.append(Entity("blockquote", start, at - start))
    return "".join(out), entities


def split(markup: Markup, limit: int) -> list[Markup]:
    """Cut into messages of at most `limit` UTF-16 units each, between paragraphs where it can, else between words.

    The overhead of bullets, quotation signs and written-out addresses is counted, so any form of each part fits. A part
    of blanks alone is left out, since no network takes it; of an address that would fill half a message its words stay.
    """
    parts: list[list[Paragraph]] = [[]]
    room = limit
    for paragraph in markup:
        for piece in _pieces(paragraph, limit):
            size = _size(piece)
            if size > room and parts[-1]:
                parts.append([])
                room = limit
            parts[-1].append(piece)
            room -= size
    return [tuple(part) for part in parts if not _blank(part)] or [tuple(parts[0])]


def fits(parts: Sequence[Markup], limit: int) -> bool:
    """Whether any form of it is one message of at most `limit` UTF-16 units."""
    return len(parts) == 1 and sum(_size(paragraph) for paragraph in parts[0]) <= limit


def _blank(part: Iterable[Paragraph]) -> bool:
    return not any(run.text.strip() for paragraph in part for run in paragraph.runs)


def _size(paragraph: Paragraph) -> int:
    words = sum(utf16(_plain_run(run)) for run in paragraph.runs)
    lines = 1 + sum(run.text.count("\n") for run in paragraph.runs)
    return words + 2 * lines + 2


def _pieces(paragraph: Paragraph, limit: int) -> Iterator[Paragraph]:
    if _size(paragraph) <= limit:
        yield paragraph
        return
    # The same sum as in `_size`, taken character by character; an address counts with its brackets in each piece.
    whole = limit - 4
    current: list[Run] = []
    room = whole
    for run in paragraph.runs:
        if run.link and utf16(run.link) + 3 > limit // 2:
            run = replace(run, link=None)
        address = utf16(run.link) + 3 if run.link else 0
        words = run.text
        while words:
            fitting, cost = _fitting(words, room - address)
            if fitting < len(words):
                between = max(words.rfind(" ", 0, fitting), words.rfind("\n", 0, fitting)) + 1
                fitting = 0 if current and not between else between or fitting
            if fitting:
                current.append(replace(run, text=words[:fitting]))
                words = words[fitting:]
                room -= cost + address
            if words:
                yield replace(paragraph, runs=tuple(current))
                current, room = [], whole
    if current:
        yield replace(paragraph, runs=tuple(current))


def _fitting(words: str, room: int) -> tuple[int, int]:
    """How many characters fit, and what they take."""
    taken = 0
    for index, char in enumerate(words):
        cost = 3 if char == "\n" else 2 if char > "\uffff" else 1
        if taken + cost > room:
            return index, taken
        taken += cost
    return len(words), taken


def paragraph(kind: Literal["para", "quote", "item"], runs: Iterable[Run]) -> Paragraph:
    """A paragraph with its texts cleaned and neighbours of one style joined."""
    joined: list[Run] = []
    for run in runs:
        run = replace(run, text=clean(run.text))
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return Paragraph(kind, tuple(joined))
