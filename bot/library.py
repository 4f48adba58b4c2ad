"""The documents of a running bot: those that ship and those in the database, as one body of knowledge that is kept up.

Files that people send are read here, as slow work, in a child process.
"""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import structlog

from bot.config import Settings
from bot.core.documents import About, Content, Listed, first_day
from bot.core.files import FileRef
from bot.documents.model import Parsed, ReadError
from bot.documents.reader import read_file
from bot.engine.work import Job, Tools, WorkError
from bot.knowledge import Document, Knowledge, Lexicon, SourceError, detect_language, open_semantic
from bot.knowledge.frontmatter import read_head
from bot.knowledge.passages import split
from bot.knowledge.sources import shipped_documents
from storage.documents import read_documents, revisions
from storage.engine import unusable
from storage.writer import Reader

log = structlog.get_logger(__name__)

LOOK_SECONDS = 3.0
"""Until the bot sees what `obrady knowledge` changed beside it."""
_READ_SECONDS = 150.0
_LETTERS_FOR_LANGUAGE, _LETTERS_FOR_DATE = 4_000, 600


class Library:
    """Knows all documents. `knowledge` answers from them and is the same object for ever."""

    def __init__(self, settings: Settings) -> None:
        semantic = open_semantic(settings.knowledge.vectors) if settings.knowledge.semantic else None
        self._shipped = shipped_documents()
        self.knowledge = Knowledge(self._shipped, Lexicon.shipped(settings.knowledge.glossary), semantic)
        self._seen: tuple[tuple[str, int], ...] = ()
        self._one_at_a_time = asyncio.Lock()
        self._reader: Reader | None = None

    def jobs(self) -> dict[str, Job]:
        """The slow work that is done here."""
        return {"document.read": Job(_read, _READ_SECONDS), "document.index": Job(self._index, _READ_SECONDS)}

    async def open(self, reader: Reader) -> None:
        """Load what is stored."""
        self._reader = reader
        await self.look()

    async def look(self) -> bool:
        """Load anew if anything changed. Questions are answered from the old index until the new one is made."""
        if self._reader is None:
            return False
        async with self._one_at_a_time:
            now = await self._reader.run(revisions)
            if now == self._seen:
                return False
            stored = await self._reader.run(read_documents)
            await asyncio.to_thread(self.hold, stored)
            self._seen = now
            log.info("documents loaded", stored=len(stored), shipped=len(self._shipped))
            return True

    def hold(self, stored: Iterable[tuple[Listed, Content]]) -> None:
        """Answer from these documents and those that ship."""
        self.knowledge.load([*self._shipped, *(as_document(*one) for one in stored)])

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.look()
            except Exception as error:
                if not unusable(error):
                    raise
                log.error("documents wait for the database", cause=type(error).__name__)

    async def _index(self, _payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
        await self.look()
        return {"documents": len(self.knowledge.documents)}


async def _read(payload: dict[str, Any], tools: Tools) -> dict[str, Any]:
    """A file that somebody sent: `{"name", "platform", "id", "size", "mime"}`."""
    file = FileRef(**payload)
    content = await tools.fetch(file)
    try:
        parsed = await read_file(content, file.name)
        known = await asyncio.to_thread(told_by, parsed, file.name)
    except ReadError as error:
        raise WorkError(str(error)) from None
    except SourceError:
        raise WorkError("bad-metadata") from None
    passages = await asyncio.to_thread(count_passages, parsed)
    parsed_ = {"text": parsed.text, "pages": list(parsed.pages), "format": parsed.kind, "known": known}
    return {"parsed": parsed_, "digest": digest_of(content), "passages": passages}


def digest_of(content: bytes) -> str:
    """What a file is known by."""
    return sha256(content).hexdigest()


def told_by(parsed: Parsed, name: str) -> dict[str, Any]:
    """What a file says of itself, by the names of `About`, days in ISO; of what it says nothing there is nothing.

    Raises:
        SourceError: its own block of metadata is wrong.
    """
    known: dict[str, Any] = {"title": parsed.title[:200], "date": parsed.date, "source": parsed.source}
    known["lang"] = parsed.lang or detect_language(parsed.text[:_LETTERS_FOR_LANGUAGE], "pl")
    if parsed.head:
        known |= read_head(parsed.head, name)
    if known["lang"] not in {"pl", "en", "uk"}:
        known["lang"] = detect_language(parsed.text[:_LETTERS_FOR_LANGUAGE], "pl")
    try:
        date.fromisoformat(known["date"])
    except ValueError:
        known["date"] = ""
    # What the text says at its head is surer than when a program saved it last.
    if not parsed.head and (said := first_day(parsed.text[:_LETTERS_FOR_DATE])):
        known["date"] = said.isoformat()
    return {key: value for key, value in known.items() if value}


def count_passages(parsed: Parsed) -> int:
    """How many passages a text makes."""
    about = About("", "", "", date(2000, 1, 1), None, None, "pl")
    content = Content(parsed.text, parsed.pages, parsed.kind, "")
    return len(split(as_document(Listed("", about, parsed.kind, "", ""), content)))


def as_document(listed: Listed, content: Content) -> Document:
    """A stored document for the knowledge part."""
    about = listed.about
    return Document(
        id=listed.id,
        title=about.title,
        source=about.source,
        source_title=about.source_title,
        date=about.date,
        valid_from=about.valid_from,
        valid_to=about.valid_to,
        lang=about.lang,
        area=about.area,
        text=content.text,
        kind="summary" if about.kind == "summary" else "original",
        pages=content.pages,
    )


def about_of(known: Mapping[str, Any], file: str, day: date) -> About:
    """What is known of a file as a whole; its name and `day` where it says nothing."""

    def to_day(key: str) -> date | None:
        return date.fromisoformat(known[key]) if known.get(key) else None

    return About(
        title=known.get("title") or file.rpartition(".")[0] or file,
        source=known.get("source", ""),
        source_title=known.get("source_title") or file,
        date=to_day("date") or day,
        valid_from=to_day("valid_from"),
        valid_to=to_day("valid_to"),
        lang=known["lang"],
        area=known.get("area"),
        kind=known.get("kind", "original"),
    )
