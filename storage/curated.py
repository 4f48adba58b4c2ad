"""Answers that moderators prepared for questions in several wordings."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.curated import Curated, Variant
from storage.answer_tables import CuratedRow, CuratedVariantRow
from storage.ids import new_id
from storage.personal import Subject, listed


class CuratedAnswers:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime, write_people: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._write_people = write_people

    def add(
        self,
        person_id: str | None,
        variants: Iterable[Variant],
        words: str,
        source: str = "",
        until: date | None = None,
    ) -> str:
        """Keep an answer to a question asked in any of these ways. Returns its id.

        Args:
            person_id: the moderator; never the person who asked.
            words: the answer; "" where the documents don't say it.
        """
        self._write_people()
        id_ = new_id()[:16]
        self._session.add(
            CuratedRow(id=id_, words=words, source=source, until=until, person_id=person_id, at=self._now)
        )
        self._session.flush()
        for number, variant in enumerate(variants, 1):
            self._session.add(CuratedVariantRow(answer_id=id_, number=number, lang=variant.lang, words=variant.words))
        self._session.flush()
        return id_

    def all(self) -> list[Curated]:
        """Every one, the newest first."""
        variants: defaultdict[str, list[Variant]] = defaultdict(list)
        for one in self._session.scalars(select(CuratedVariantRow).order_by(col(CuratedVariantRow.number))):
            variants[one.answer_id].append(Variant(one.lang, one.words))
        rows = self._session.scalars(select(CuratedRow).order_by(col(CuratedRow.at).desc(), col(CuratedRow.id)))
        return [Curated(row.id, tuple(variants[row.id]), row.words, row.source, row.until, row.at) for row in rows]

    def stamp(self) -> tuple[int, datetime | None]:
        """What changes whenever `all` does."""
        count, newest = self._session.execute(
            select(func.count(), func.max(CuratedRow.at)).select_from(CuratedRow)
        ).one()
        return count, newest

    def remove(self, id_: str) -> bool:
        """Take one away. False: it was not there."""
        self._session.execute(delete(CuratedVariantRow).where(col(CuratedVariantRow.answer_id) == id_))
        gone: Any = self._session.execute(delete(CuratedRow).where(col(CuratedRow.id) == id_))
        return bool(gone.rowcount)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """What the person prepared for others."""
        query = (
            select(CuratedRow.at, CuratedRow.words, CuratedRow.source)
            .where(CuratedRow.person_id == subject.person_id)
            .order_by(col(CuratedRow.at), col(CuratedRow.id))
        )
        return {"prepared_answers": listed(self._session, query)}

    def erase(self, subject: Subject) -> None:
        """The answers are the federation's: they stay, and name nobody."""
        mine = col(CuratedRow.person_id) == subject.person_id
        self._session.execute(update(CuratedRow).where(mine).values(person_id=None))
