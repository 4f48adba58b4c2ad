"""Files of all kinds, good and bad, made by the tests themselves."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import docx

_GLYPHS = {
    "ą": "aogonek", "ć": "cacute", "ę": "eogonek", "ł": "lslash", "ń": "nacute", "ó": "oacute", "ś": "sacute",
    "ź": "zacute", "ż": "zdotaccent", "Ł": "Lslash", "Ś": "Sacute", "Ż": "Zdotaccent", "–": "endash", "§": "section",
    "Ó": "Oacute",
}  # fmt: skip
_CODES = {letter: code for code, letter in enumerate(_GLYPHS, 160)}


def pdf(
    pages: Sequence[Sequence[str]], *, title: str = "", day: str = "", repeat: int = 1, loop: bool = False
) -> bytes:
    """A PDF with these lines on its pages; Polish letters by their names. `repeat`: the pages so many times over;
    `loop`: the tree of pages bites its own tail."""
    differences = " ".join(f"{_CODES[letter]} /{name}" for letter, name in _GLYPHS.items())
    count = len(pages) * repeat
    kids = " ".join(f"{6 + 2 * (number % len(pages))} 0 R" for number in range(count))
    if loop:
        kids, count = "2 0 R", 3
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 4 0 R >>",
        f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{differences}] >>",
        f"<< /Title ({title}) {f'/CreationDate (D:{day})' if day else ''} >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"<{_hex(line)}> Tj T*\n" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 800 Td\n{drawn}ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, object_ in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{object_}\nendobj\n".encode("latin-1"))
    table = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF".encode("latin-1")
    )
    return out.getvalue()


def _hex(line: str) -> str:
    return "".join(f"{_CODES.get(letter) or ord(letter):02x}" for letter in line)


def inflating_pdf(megabytes: int) -> bytes:
    """A page whose content is so large once it is unpacked."""
    drawn = zlib.compress(b"BT /F1 10 Tf (a) Tj ET\n" * (megabytes * 45_000), 9)
    head = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    head += b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    head += b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
    head += f"4 0 obj\n<< /Length {len(drawn)} /Filter /FlateDecode >>\nstream\n".encode() + drawn
    return head + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"


def encrypted_pdf() -> bytes:
    """One that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["Tajne przez poufne, nie do czytania."]]))))
    writer.encrypt("hasło")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx_file(build: Any = None) -> bytes:
    """A Word document; `build` gets it empty."""
    document = docx.Document()
    if build:
        build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(content: bytes, name: str, part: bytes) -> bytes:
    """A packed document with another part in place of its own."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            target.writestr(one, part if one == name else source.read(one))
    return out.getvalue()


def odt(body: str, *, head: str = "") -> bytes:
    """An OpenDocument text with this body."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", content)
    return out.getvalue()


BOMB = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
"""Entities that would unpack to a thousand million words."""
