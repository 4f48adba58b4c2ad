"""Documents that questions are answered from, and files that are being added."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.clean import fold
from bot.core.documents import About, Content, DraftState, Listed, Outcome
from storage.document_tables import DocumentDraftRow, DocumentRow
from storage.ids import new_id
from storage.personal import Subject, listed


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file that somebody sent. `parsed` is what was read of it, as JSON."""

    id: str
    person_id: str
    name: str
    state: DraftState
    error: str = ""
    digest: str = ""
    passages: int = 0
    parsed: Mapping[str, Any] = field(default_factory=dict)


class Documents:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    def all(self) -> list[Listed]:
        """Every stored document, by title."""
        columns = [column for column in DocumentRow.__table__.c if column.name not in {"text", "pages"}]  # type: ignore[attr-defined]
        rows = self._session.execute(select(*columns).order_by(col(DocumentRow.key), col(DocumentRow.id)))
        return [_listed(row) for row in rows]

    def get(self, id_: str) -> Listed | None:
        """A stored document by its id."""
        return next((one for one in self.all() if one.id == id_), None)

    def of_digest(self, digest: str) -> Listed | None:
        """The document that was read from a file with this content."""
        return next((one for one in self.all() if one.digest == digest), None)

    def before(self, title: str, source: str, lang: str, path: str = "") -> Listed | None:
        """The document of which a file with these is another version: read from the same file, else from the same
        address, else of the same title."""
        known = self.all()
        for same in (
            lambda one: path and one.path == path,
            lambda one: source and one.about.source == source and one.about.lang == lang,
            lambda one: fold(one.about.title) == fold(title) and one.about.lang == lang,
        ):
            if found := next((one for one in known if same(one)), None):
                return found
        return None

    def put(
        self, about: About, content: Content, *, person_id: str | None = None, path: str = "", into: str | None = None
    ) -> tuple[str, Outcome]:
        """Add a document, or write it over the one before it (`into` names that one where it is known).

        Returns its id, and what was done.
        """
        before = self.get(into) if into else self.before(about.title, about.source, about.lang, path)
        values: dict[str, Any] = {
            "title": about.title,
            "key": fold(about.title)[:200],
            "source": about.source,
            "source_title": about.source_title,
            "date": about.date,
            "valid_from": about.valid_from,
            "valid_to": about.valid_to,
            "lang": about.lang,
            "area": about.area,
            "kind": about.kind,
            "format": content.format,
            "digest": content.digest,
            "path": path,
            "text": content.text,
            "pages": json.dumps(content.pages),
            "changed_at": self._now,
        }
        row = self._session.get(DocumentRow, before.id) if before else None
        if row is None:
            id_ = new_id()[:12]
            self._session.add(DocumentRow(id=id_, person_id=person_id, revision=1, added_at=self._now, **values))
            self._session.flush()
            return id_, Outcome.ADDED
        values["path"] = path or row.path
        if all(getattr(row, name) == value for name, value in values.items() if name != "changed_at"):
            return row.id, Outcome.SAME
        for name, value in values.items():
            setattr(row, name, value)
        row.revision += 1
        row.person_id = person_id or row.person_id
        self._session.flush()
        return row.id, Outcome.UPDATED

    def remove(self, id_: str) -> bool:
        """Drop a document. False: there is none."""
        result: Any = self._session.execute(delete(DocumentRow).where(col(DocumentRow.id) == id_))
        return int(result.rowcount) > 0

    # --- files that are being added ---

    def draft(self, person_id: str, name: str) -> FileDraft:
        """A file came that is to be read."""
        row = DocumentDraftRow(
            id=new_id()[:12],
            person_id=person_id,
            name=name,
            state=DraftState.READING,
            error="",
            digest="",
            passages=0,
            parsed="",
            at=self._now,
        )
        self._session.add(row)
        self._session.flush()
        return _draft(row)

    def draft_of(self, id_: str) -> FileDraft | None:
        """A file by the id of its draft."""
        row = self._session.get(DocumentDraftRow, id_)
        return _draft(row) if row else None

    def read(self, id_: str, parsed: Mapping[str, Any], digest: str, passages: int) -> None:
        """It was read."""
        self._change(id_, state=DraftState.READ, parsed=json.dumps(parsed), digest=digest, passages=passages)

    def settle(self, id_: str, state: DraftState, error: str = "") -> None:
        """It can't be read, is in, or is not wanted: what was read of it goes."""
        self._change(id_, state=state, error=error, parsed="")

    def indexed(self) -> list[str]:
        """The index was made: whatever was added is in it. Returns the drafts' ids."""
        rows = self._session.scalars(select(DocumentDraftRow).where(DocumentDraftRow.state == DraftState.ADDED)).all()
        for row in rows:
            row.state = DraftState.DONE
        return [row.id for row in rows]

    def _change(self, id_: str, **values: Any) -> None:
        row = self._session.get(DocumentDraftRow, id_)
        if row is not None:
            for name, value in values.items():
                setattr(row, name, value)
            self._session.flush()

    # --- people ---

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The documents that the person added, and the files on the way."""
        added = select(DocumentRow.title, DocumentRow.added_at).where(DocumentRow.person_id == subject.person_id)
        drafts = select(DocumentDraftRow.name, DocumentDraftRow.state, DocumentDraftRow.at).where(
            DocumentDraftRow.person_id == subject.person_id
        )
        return {
            "documents_added": listed(self._session, added.order_by(col(DocumentRow.added_at))),
            "document_files": listed(self._session, drafts.order_by(col(DocumentDraftRow.at))),
        }

    def erase(self, subject: Subject) -> None:
        """Documents stay, added by nobody who could be named; files on the way go."""
        mine = col(DocumentRow.person_id) == subject.person_id
        self._session.execute(update(DocumentRow).where(mine).values(person_id=None))
        self._session.execute(delete(DocumentDraftRow).where(col(DocumentDraftRow.person_id) == subject.person_id))

    def forget(self, before: datetime, limit: int) -> int:
        """Drop files that nobody went on with, at most `limit`. Returns how many."""
        old = self._session.scalars(
            select(DocumentDraftRow.id).where(col(DocumentDraftRow.at) < before).limit(limit)
        ).all()
        self._session.execute(delete(DocumentDraftRow).where(col(DocumentDraftRow.id).in_(old)))
        return len(old)


def revisions(session: Session) -> tuple[tuple[str, int], ...]:
    """What changes whenever a document is added, changed or dropped."""
    rows = session.execute(select(DocumentRow.id, DocumentRow.revision).order_by(col(DocumentRow.id)))
    return tuple((id_, revision) for id_, revision in rows)


def read_documents(session: Session) -> Sequence[tuple[Listed, Content]]:
    """Every document with its text."""
    rows = session.scalars(select(DocumentRow).order_by(col(DocumentRow.added_at), col(DocumentRow.id))).all()
    return [(_listed(row), Content(row.text, tuple(json.loads(row.pages)), row.format, row.digest)) for row in rows]


def _listed(row: Any) -> Listed:
    about = About(
        row.title, row.source, row.source_title, row.date, row.valid_from, row.valid_to, row.lang, row.area, row.kind
    )
    return Listed(row.id, about, row.format, row.digest, row.path)


def _draft(row: DocumentDraftRow) -> FileDraft:
    return FileDraft(
        row.id,
        row.person_id,
        row.name,
        DraftState(row.state),
        row.error,
        row.digest,
        row.passages,
        json.loads(row.parsed) if row.parsed else {},
    )
