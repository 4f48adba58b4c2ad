"""DOCX by python-docx; ODT, whose XML is plain enough, by lxml. Runs in the child. Neither expands entities."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from bot.documents.model import Parsed, ReadError, Sheet, first_title

_HEADING = re.compile(r"(?:heading|nagłówek|заголовок)\s*(\d)", re.IGNORECASE)
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_NOT_READ = {f"{_TEXT}{name}" for name in ("note", "tracked-changes", "table-of-content", "alphabetical-index")}


def read_docx(content: bytes) -> Parsed:
    """A Word document: paragraphs, headings by their styles, lists, tables."""
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError):
        raise ReadError("broken") from None
    sheet, items, title = Sheet(), list[str](), ""
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph) and _listed(part):
            items.append(part.text)
            continue
        sheet.items(items)
        items = []
        if isinstance(part, Table):
            sheet.paragraph("\n".join(_row(row.cells) for row in part.rows))
            continue
        style = (part.style.name or "") if part.style is not None else ""
        if style.lower() in {"title", "tytuł"}:
            title = title or part.text
            sheet.heading(1, part.text)
        elif level := _HEADING.match(style):
            sheet.heading(int(level[1]) + 1 if title else int(level[1]), part.text)
        else:
            sheet.paragraph(part.text)
    sheet.items(items)
    about = document.core_properties
    day = about.modified or about.created
    # The library's own template names its date.
    known = day.date().isoformat() if day and day.year > 2013 else ""
    return Parsed("docx", sheet.text(), title=title or about.title or first_title(sheet.blocks), date=known)


def _listed(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # whether it is in a list has no name in the library
    numbered = properties is not None and properties.numPr is not None
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    return (numbered or name.startswith("List")) and not _HEADING.match(name)


def _row(cells: Any) -> str:
    told: list[str] = []
    for cell in cells:
        words = " ".join(cell.text.split())
        if words and words not in told[-1:]:
            told.append(words)
    return " | ".join(told)


def read_odt(packed: zipfile.ZipFile) -> Parsed:
    """A text of LibreOffice and the like."""
    body = _xml(packed.read("content.xml")).find(".//{*}body/{*}text")
    if body is None:
        raise ReadError("broken")
    sheet = Sheet()
    _walk(body, sheet)
    title = date = ""
    if "meta.xml" in packed.namelist():
        about = _xml(packed.read("meta.xml"))
        title = about.findtext(f".//{_DC}title") or ""
        date = (about.findtext(f".//{_DC}date") or "")[:10]
    return Parsed("odt", sheet.text(), title=title or first_title(sheet.blocks), date=date)


def _xml(content: bytes) -> Any:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ReadError("broken")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _walk(element: Any, sheet: Sheet) -> None:
    for part in element:
        if part.tag == f"{_TEXT}h":
            sheet.heading(int(part.get(f"{_TEXT}outline-level") or 1), "".join(_words(part)))
        elif part.tag == f"{_TEXT}p":
            sheet.paragraph("".join(_words(part)))
        elif part.tag == f"{_TEXT}list":
            sheet.items(list(_own(part)))
        elif part.tag == f"{_TABLE}table":
            rows = [list(row.iter(f"{_TABLE}table-cell")) for row in part.iter(f"{_TABLE}table-row")]
            sheet.paragraph(
                "\n".join(" | ".join(filter(None, (" ".join(_words(cell)) for cell in row))) for row in rows)
            )
        elif part.tag not in _NOT_READ:
            _walk(part, sheet)


def _own(part: Any) -> Iterator[str]:
    """The words of each item of a list, and of the lists in it."""
    for item in part.iter(f"{_TEXT}list-item", f"{_TEXT}list-header"):
        yield " ".join("".join(_words(words)) for words in item.findall(f"{_TEXT}p"))


def _words(element: Any) -> Iterator[str]:
    if element.text:
        yield element.text
    for part in element:
        if part.tag in {f"{_TEXT}s", f"{_TEXT}tab"}:
            yield " "
        elif part.tag == f"{_TEXT}line-break":
            yield "\n"
        elif part.tag not in _NOT_READ and isinstance(part.tag, str):
            yield from _words(part)
        if part.tail:
            yield part.tail
