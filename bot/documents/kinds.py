"""What kind of file it is, by its content, and who reads it. Runs in the child."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from bot.documents.model import UNPACKED, Parsed, ReadError

_PARTS = 3_000
_ODT = b"application/vnd.oasis.opendocument.text"
_TAG = re.compile(r"<[a-z]{1,10}[ >/]", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<!doctype\s+html)\b",
    re.IGNORECASE | re.DOTALL,
)


def read(content: bytes, name: str, pages: int, progress: Callable[[int, int], None]) -> Parsed:
    """Read a file of whatever kind.

    Raises:
        ReadError: it can't be read, or it is more than the limits allow.
    """
    if b"%PDF-" in content[:1024]:
        from bot.documents.pdf import read_pdf

        return read_pdf(content, pages, progress)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    text = decoded(content)
    suffix = PurePath(name).suffix.lower()
    if (suffix in {".html", ".htm", ".xhtml"} and _TAG.search(text)) or _HTML.match(text[:5_000]):
        from bot.documents.html import read_html

        return read_html(text)
    if suffix in {".md", ".markdown"}:
        from bot.documents.markdown import read_markdown

        return read_markdown(text)
    from bot.documents.plain import read_plain

    return read_plain(text)


def _packed(content: bytes) -> Parsed:
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ReadError("broken") from None
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise ReadError("too-large")
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError("encrypted")
    from bot.documents import office

    if "word/document.xml" in names:
        return office.read_docx(content)
    if "content.xml" in names and "mimetype" in names and packed.read("mimetype").strip() == _ODT:
        return office.read_odt(packed)
    raise ReadError("unknown-kind")


def decoded(content: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, else the Windows code page of Polish or of Ukrainian.

    Raises:
        ReadError: it is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _by_code_page(content)
    strange = sum(
        unicodedata.category(char) in {"Cc", "Co", "Cn"} and char not in "\n\r\t\f\v" for char in text[:20_000]
    )
    if "\0" in text[:20_000] or strange > len(text[:20_000]) / 50 or text.startswith("{\\rtf"):
        raise ReadError("unknown-kind")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    return unicodedata.normalize("NFC", text)


def _by_code_page(content: bytes) -> str:
    polish = sum(content.count(letter.encode("cp1250")) for letter in "ąćęłńśźż")
    ukrainian = content.decode("cp1251", "replace")
    if sum("а" <= char.lower() <= "я" or char in "іїєІЇЄ" for char in ukrainian) > max(4 * polish, len(content) // 4):
        return ukrainian
    return content.decode("cp1250", "replace")
