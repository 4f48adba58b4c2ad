"""Pages of the web: the main text by trafilatura, without menus, advertisements and cookie bars. Runs in the child."""

import re
from typing import Any

import trafilatura
from lxml import etree

from bot.documents.boilerplate import without_boilerplate
from bot.documents.model import Parsed, Sheet
from bot.documents.plain import read_plain

_LANG = re.compile(r"<html[^>]*\blang=[\"']?([a-z]{2})", re.IGNORECASE)


def read_html(text: str) -> Parsed:
    """The main text of a page."""
    xml = trafilatura.extract(
        text,
        output_format="xml",
        include_formatting=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
    )
    if not xml:
        # A page that is all menu to it: then whatever words there are.
        words = read_plain(trafilatura.html2txt(text) or "")
        return Parsed("html", words.text, title=words.title)
    body = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    sheet = Sheet()
    main = body.find(".//main")
    _walk(main if main is not None else body, sheet)
    about = trafilatura.extract_metadata(text)
    lang = _LANG.search(text[:5_000])
    return Parsed(
        "html",
        without_boilerplate(sheet.text()),
        title=(about.title or "") if about else "",
        date=(about.date or "")[:10] if about else "",
        source=(about.url or "") if about else "",
        lang=lang[1].lower() if lang else "",
    )


def _walk(element: Any, sheet: Sheet) -> None:
    for part in element:
        match part.tag:
            case "head":
                level = str(part.get("rend") or "h2")[-1]
                sheet.heading(int(level) if level.isdigit() else 2, _words(part))
            case "list":
                sheet.items([_words(item) for item in part.iter("item")])
            case "table":
                rows = [[_words(cell) for cell in row.iter("cell")] for row in part.iter("row")]
                sheet.paragraph("\n".join(" | ".join(filter(None, row)) for row in rows))
            case "p" | "quote" | "code":
                sheet.paragraph(_words(part))
            case _ if len(part):
                _walk(part, sheet)
            case _:
                sheet.paragraph(_words(part))


def _words(element: Any) -> str:
    for line in element.iter("lb"):
        line.tail = "\n" + (line.tail or "")
    return "".join(element.itertext())
