"""Documents as files: Markdown, HTML with its language and headings, OpenDocument text."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.capabilities import Capabilities
from bot.core.content import Body
from bot.core.files import File
from bot.core.markup import Markup, Paragraph, Run, as_html
from bot.core.papers import Document, Format, Heading
from bot.core.render import Words, label_of, render

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|~])")
_OPENS_LINE = re.compile(r"^(\s*)([-+>]|\d+[.)])", re.MULTILINE)
_JOINER = "\u2060"
_MIME = {
    Format.MARKDOWN: "text/markdown",
    Format.HTML: "text/html",
    Format.ODT: "application/vnd.oasis.opendocument.text",
}
_STYLE = "body{max-width:44em;margin:2em auto;padding:0 1em;font:1.1em/1.5 sans-serif}"


@dataclass(frozen=True, slots=True)
class _Title:
    level: int
    words: str


def as_file(document: Document, lang: str, capabilities: Capabilities, words: Words) -> File:
    """A document in a language, ready to be sent."""
    parts = list(_laid_out(document, lang, capabilities, words))
    match document.format:
        case Format.MARKDOWN:
            content = _markdown(parts).encode()
        case Format.HTML:
            content = _html(parts, lang).encode()
        case Format.ODT:
            content = _odt(parts, lang)
    name = label_of(document.name, lang, capabilities, words).replace(_JOINER, "")
    return File(f"{name[:60]}.{document.format}", _MIME[document.format], content)


def _laid_out(document: Document, lang: str, capabilities: Capabilities, words: Words) -> Iterator[_Title | Paragraph]:
    yield _Title(1, label_of(document.title, lang, capabilities, words).replace(_JOINER, ""))
    for part in document.parts:
        if isinstance(part, Heading):
            yield _Title(part.level, label_of(part.text, lang, capabilities, words).replace(_JOINER, ""))
        else:
            yield from _plain(render(Body((part,)), lang, capabilities, words)[0])


def _plain(markup: Markup) -> Iterator[Paragraph]:
    """Without what keeps networks from seeing commands and mentions: a document is no message."""
    for one in markup:
        runs = (Run(run.text.replace(_JOINER, ""), run.bold, run.italic, run.code, run.link) for run in one.runs)
        yield Paragraph(one.kind, tuple(runs))


def _markdown(parts: list[_Title | Paragraph]) -> str:
    out: list[str] = []
    previous = ""
    for part in parts:
        kind = "title" if isinstance(part, _Title) else part.kind
        if out:
            out.append("\n" if kind == previous == "item" else "\n\n")
        previous = kind
        if isinstance(part, _Title):
            out.append(f"{'#' * part.level} {_escaped(part.words)}")
            continue
        words = "".join(map(_markdown_run, part.runs))
        # A line break inside a paragraph is a backslash at its end.
        words = _OPENS_LINE.sub(r"\1\\\2", words).replace("\n", "\\\n")
        out.append({"item": "- ", "quote": "> "}.get(part.kind, "") + words)
    return "".join(out) + "\n"


def _markdown_run(run: Run) -> str:
    words = _escaped(run.text)
    if run.link:
        return f"[{words}](<{run.link}>)"
    return f"**{words}**" if run.bold and words.strip() == words else words


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)


def _html(parts: list[_Title | Paragraph], lang: str) -> str:
    body: list[str] = []
    run: list[Paragraph] = []
    for part in parts:
        if isinstance(part, Paragraph):
            run.append(part)
            continue
        body.append(as_html(tuple(run)))
        run = []
        body.append(f"<h{part.level}>{html.escape(part.words)}</h{part.level}>")
    body.append(as_html(tuple(run)))
    title = next(part.words for part in parts if isinstance(part, _Title))
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n" + "\n".join(filter(None, body)) + "\n</main>\n</body>\n"
        "</html>\n"
    )


def _odt(parts: list[_Title | Paragraph], lang: str) -> bytes:
    # Loaded when somebody asks for one: a bot that makes none does without its memory.
    from odfdo import Document as Odt
    from odfdo import Header, List, ListItem
    from odfdo import Paragraph as OdtParagraph

    document = Odt("text")
    document.language = {"pl": "pl-PL", "en": "en-GB", "uk": "uk-UA"}[lang]
    document.meta.title = next(part.words for part in parts if isinstance(part, _Title))
    document.body.clear()
    items: list[ListItem] = []

    def close() -> None:
        if items:
            document.body.append(List(list(items)))
            items.clear()

    for part in parts:
        if isinstance(part, Paragraph) and part.kind == "item":
            items.append(ListItem("".join(run.text for run in part.runs)))
            continue
        close()
        if isinstance(part, _Title):
            document.body.append(Header(part.level, part.words))
        else:
            document.body.append(OdtParagraph("".join(run.text for run in part.runs)))
    close()
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()
