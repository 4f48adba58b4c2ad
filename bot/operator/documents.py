"""`obrady knowledge add`, `list`, `remove`, `refresh`: the documents in the database, also beside a running bot."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.core.documents import Content, Listed, Outcome
from bot.documents.model import BYTES, SUFFIXES, Parsed, ReadError
from bot.documents.reader import read_file
from bot.engine.clock import SystemClock
from bot.knowledge import SourceError
from bot.library import about_of, count_passages, digest_of, told_by
from storage.reading import open_for_documents, open_for_reading
from storage.store import Store

_WHY = {
    "empty": "it is empty.",
    "unknown-kind": "it is none of the kinds that can be read: Markdown, HTML, PDF, DOCX, ODT, plain text. "
    "Save it as one of them.",
    "broken": "it is broken. Open it in the program that made it and save it anew.",
    "encrypted": "it is locked by a password. Save a copy without one.",
    "no-text": "there is no text in it. A scan holds pictures only: run text recognition (OCR) on it first.",
    "too-large": "it is too large. Cut it into parts.",
    "too-many-pages": "it has more than 1,000 pages. Cut it into parts.",
    "too-much-memory": "reading it takes too much memory. Cut it into parts, or save it anew.",
    "too-long": "reading it takes too long. Cut it into parts, or save it anew.",
}


class DocumentError(Exception):
    """Something with a document is wrong; the message says what to do."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    digest: str
    parsed: Parsed
    known: dict[str, Any]
    day: date


def add(url: str, paths: Sequence[Path], given: Mapping[str, Any], now: datetime) -> bool:
    """Add files, and the files in folders; `given` is metadata by the names of `About`, which wins over the files'.

    Each file is a transaction of its own. Returns whether all of them are in.
    """
    files = list(_files(paths))
    if len(files) > 1 and given.keys() & {"title", "source"}:
        raise DocumentError("--title and --source are of one document: give one file with them.")
    good = True
    for number, path in enumerate(files, 1):
        try:
            with _bar(f"{number}/{len(files)} {path.name}") as progress:
                file = _read(path, progress)
            _put(url, file, given, now)
        except (ReadError, SourceError, OSError) as error:
            good = False
            _fault(path, error)
    return good


def refresh(url: str, now: datetime) -> bool:
    """Read every document's file again. Returns whether all of them could be read."""
    good = True
    with open_for_reading(url) as session:
        known = [one for one in Store(session, now).documents.all() if one.path]
    if not known:
        _say("No document was read from a file on this machine.")
    for one in known:
        path = Path(one.path)
        try:
            if not path.is_file():
                good = False
                _tell(f"{path}: is there no more. Add it from its new place, or: obrady knowledge remove {one.id}")
                continue
            if digest_of(path.read_bytes()) == one.digest:
                _say(f"unchanged  {one.id}  {one.about.title}")
                continue
            with _bar(path.name) as progress:
                file = _read(path, progress)
            _put(url, file, {}, now)
        except (ReadError, SourceError, OSError) as error:
            good = False
            _fault(path, error)
    return good


def remove(url: str, id_: str, now: datetime) -> None:
    """Drop a document.

    Raises:
        DocumentError: there is none with this id.
    """
    with open_for_documents(url, now) as store:
        found = store.documents.get(id_)
        if found is None:
            raise DocumentError(f"There is no document {id_}. The ids: obrady knowledge list")
        store.documents.remove(id_)
        store.audit.note(None, "document-removed", id_)
    _say(f"removed    {id_}  {found.about.title}")


def show(url: str, today: date) -> None:
    """List the stored documents."""
    with open_for_reading(url) as session:
        known = Store(session, SystemClock().now()).documents.all()
    if not known:
        _say("There are no documents beside those that ship. Add some: obrady knowledge add FILE …")
    for one in known:
        _say(_line(one, today))


def _line(one: Listed, today: date) -> str:
    about = one.about
    over = f"  EXPIRED {about.valid_to}" if about.valid_to and about.valid_to < today else ""
    return (
        "  ".join((one.id, str(about.date), about.lang, f"{one.format:8}", about.title, about.source)).rstrip() + over
    )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES)
            if not found:
                raise DocumentError(f"There is no document in {path}: {', '.join(SUFFIXES)}")
            yield from found
        elif path.is_file():
            yield path
        else:
            raise DocumentError(f"There is no file {path}.")


def _read(path: Path, progress: Callable[[int, int], None]) -> _File:
    with path.open("rb") as opened:
        content = opened.read(BYTES + 1)
    parsed = asyncio.run(read_file(content, path.name, progress))
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return _File(path.resolve(), digest_of(content), parsed, told_by(parsed, path.name), day)


def _put(url: str, file: _File, given: Mapping[str, Any], now: datetime) -> None:
    with open_for_documents(url, now) as store:
        known = {**file.known, **given}
        documents = store.documents
        before = documents.of_digest(file.digest) or documents.before(
            known.get("title") or file.path.stem, known.get("source", ""), known["lang"], str(file.path)
        )
        if before:
            # What was once said of it stays, unless the file or the operator says something else now.
            known = (
                {**_told(before), **file.known, **given} if before.digest != file.digest else {**_told(before), **given}
            )
        known["area"] = _area(store, known.get("area"), strict="area" in given)
        about = about_of(known, file.path.name, file.day)
        content = Content(file.parsed.text, file.parsed.pages, file.parsed.kind, file.digest)
        same_file = before is not None and before.digest == file.digest
        path = before.path if before is not None and same_file and before.path else str(file.path)
        id_, done = documents.put(about, content, path=path, into=before.id if before else None)
        if done is not Outcome.SAME:
            store.audit.note(None, f"document-{done}", id_)
    pages = f", {len(file.parsed.pages)} pages" if file.parsed.pages else ""
    word = {Outcome.ADDED: "added", Outcome.UPDATED: "updated", Outcome.SAME: "already in"}[done]
    _say(f"{word:10} {id_}  {about.title} ({about.lang}, {about.date}{pages}, {count_passages(file.parsed)} passages)")
    if done is Outcome.ADDED and not known.get("date"):
        _tell(f"{file.path.name}: no date was given or found; the file's own is taken. Another: --date YYYY-MM-DD")


def _told(before: Listed) -> dict[str, Any]:
    about = before.about
    values = {name: getattr(about, name) for name in about.__slots__}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}


def _area(store: Store, name: str | None, *, strict: bool) -> str | None:
    """The id of an area that is named in any language."""
    if not name:
        return None
    found = store.areas.get(name) or store.areas.named(name)
    if found is None and strict:
        names = ", ".join(" / ".join(area.names.values()) for area in store.areas.all())
        raise DocumentError(f'There is no area "{name}". There are: {names}')
    return found.id if found else None


def _fault(path: Path, error: Exception) -> None:
    why = _WHY.get(str(error), str(error)) if isinstance(error, ReadError) else str(error)
    _tell(f"{path}: {why}" if isinstance(error, ReadError) else why)


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that grows with the pages; on a terminal alone."""
    if not sys.stderr.isatty():
        yield lambda _page, _of: None
        return

    def draw(page: int, of: int) -> None:
        full = 30 * page // max(of, 1)
        sys.stderr.write(f"\r\x1b[K{what[:40]} [{'█' * full}{'░' * (30 - full)}] {page}/{of}")
        sys.stderr.flush()

    draw(0, 1)
    try:
        yield draw
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
