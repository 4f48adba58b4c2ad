"""PDF by pypdf: the lines of each page become paragraphs again; running heads go. Runs in the child."""

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.documents.model import LETTERS, Parsed, ReadError, first_title
from bot.documents.plain import ITEM

_UNIT = re.compile(
    r"(?:Art\.|Artykuł|Article|Стаття|§|Rozdział|DZIAŁ|Dział|Część|CZĘŚĆ|Załącznik|Chapter|Section|Annex|Розділ|Додаток)"
    r"\s*(?:nr\s*)?[\dIVXLC]+"
)
_CHAPTER = re.compile(
    r"(?:Rozdział|ROZDZIAŁ|DZIAŁ|Dział|CZĘŚĆ|Część|Załącznik|Chapter|CHAPTER|Annex|Розділ|РОЗДІЛ|Додаток)\s"
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_]")
_END = re.compile(r"[.!?…:;][\"”»’)]*$")
_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:(?:str(?:ona)?|s|page|p|с|стор)\.?\s*)?\d{1,4}(?:\s*(?:/|z|of|із|з)\s*\d{1,4})?(?:\s*[-–—])?",
    re.IGNORECASE,
)
_EDGE = 3  # lines at the top and the foot of a page that may be a running head
_SHORT = 0.75  # of the usual length: a line that ends there ends its paragraph
_LONGEST_HEADING = 90


def read_pdf(content: bytes, most: int, progress: Callable[[int, int], None]) -> Parsed:
    """The text with the places of its pages.

    Raises:
        ReadError: it needs a password, has more than `most` pages, is broken, or holds pictures alone.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("encrypted")
        count = len(reader.pages)
        if count > most:
            raise ReadError("too-many-pages")
        pages = []
        for number, page in enumerate(reader.pages, 1):
            pages.append([" ".join(line.split()) for line in page.extract_text().split("\n")])
            if sum(len(line) for line in pages[-1]) > LETTERS:
                raise ReadError("too-large")
            progress(number, count)
        about = reader.metadata
        title = " ".join((about.title or "").split()) if about else ""
        day = about.creation_date if about else None
    except PyPdfError as error:
        raise ReadError("encrypted" if "rypt" in str(error) else "broken") from None
    text, starts = _joined(_without_running_heads(pages))
    first = first_title(text.split("\n\n", 5)[:5])
    return Parsed(
        "pdf", text, title=_title(title) or first, date=day.date().isoformat() if day else "", pages=tuple(starts)
    )


def _title(words: str) -> str:
    """What programs put there by themselves is none."""
    return (
        ""
        if re.search(r"\.(?:docx?|odt|pdf|indd|tmp)$|^(?:microsoft|untitled|bez nazwy)", words, re.IGNORECASE)
        else words
    )


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """What stands at the head or the foot of many pages goes: the same lines, and the outermost with its number alone
    or with other words that are always the same."""
    filled = [[number for number, line in enumerate(page) if line] for page in pages]
    edges = [[numbers[:_EDGE], numbers[::-1][:_EDGE]] for numbers in filled]
    seen = Counter(
        key
        for page, both in zip(pages, edges, strict=True)
        for key in {key for edge in both for place, number in enumerate(edge) for key in _keys(page[number], place)}
    )
    often = {key for key, times in seen.items() if times > 2 and times > len(pages) / 2}
    kept = []
    for page, both in zip(pages, edges, strict=True):
        gone: set[int] = set()
        for edge in both:
            for place, number in enumerate(edge):
                alone = len(pages) > 1 and bool(_NUMBER.fullmatch(page[number]))
                if not alone and not often.intersection(_keys(page[number], place)):
                    break
                gone.add(number)
        kept.append([line for number, line in enumerate(page) if number not in gone])
    return kept


def _keys(line: str, place: int) -> set[str]:
    """What a line at the edge is known by; the numbers of chapters and articles differ and count."""
    folded = re.sub(r"\d+", "0", line)
    return {line} if place or _UNIT.match(line) else {line, folded}


def _joined(pages: Sequence[Sequence[str]]) -> tuple[str, list[int]]:
    """Paragraphs out of lines, and the place where each page begins; a paragraph may go over the edge of a page."""
    lengths = sorted(len(line) for page in pages for line in page if len(line) > 20)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 80
    text, starts, line_before = "", list[int](), ""
    for page in pages:
        begun = False
        for number, line in enumerate(page):
            following = next((other for other in page[number + 1 :] if other), "")
            if not line:
                # At the edge of a page an empty line says nothing.
                line_before = "" if begun and following else line_before
                continue
            heading = _heading(line, following, line_before, usual)
            if text and line_before and not heading and _goes_on(line_before, line, usual):
                hyphen = text[-1] == "-" and text[-2:-1].isalpha() and line[0].islower()
                text = text[:-1] if hyphen else text + ("\n" if ITEM.match(line) else " ")
            elif text:
                text += "\n" if ITEM.match(line) and ITEM.match(text[text.rfind("\n") + 1 :] or " ") else "\n\n"
            if not begun:
                starts.append(len(text))
                begun = True
            text += f"## {line}" if heading else line
            line_before = "" if heading else line
        if not begun:
            starts.append(len(text))
    return text, starts


def _goes_on(before: str, line: str, usual: int) -> bool:
    if ITEM.match(line) or _UNIT.match(line):
        return False
    if line[0].islower():
        return True
    ended = bool(_END.search(before))
    return not (ended and len(before) < usual * _SHORT) and not (not ended and len(before) < usual / 2)


def _heading(line: str, following: str, before: str, usual: int) -> bool:
    if len(line) > _LONGEST_HEADING or not following or _END.search(line):
        return False
    if _CHAPTER.match(line):
        return True
    apart = not before or bool(_END.search(before))
    if not apart or ITEM.match(following) or not (line[0].isupper() or line[0].isdigit()):
        return False
    if _NUMBERED.match(line):
        return len(line) < usual * _SHORT and not _NUMBERED.match(following)
    return line.isupper() or (len(line) < usual * _SHORT and following[:1].isupper() and len(following) > usual / 2)
