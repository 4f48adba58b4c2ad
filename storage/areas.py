"""Thematic areas: four ship with the schema, coordinators change them, members and rooms follow them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.clean import fold
from bot.core.content import ByLanguage
from storage.ids import new_id
from storage.personal import Subject
from storage.room_tables import AreaNameRow, AreaRow, FollowRow
from storage.tables import PostRow


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its name in each language."""

    id: str
    names: Mapping[str, str]
    retired: bool = False

    @property
    def words(self) -> ByLanguage:
        """Its name for a text, shown in the reader's language."""
        return ByLanguage(tuple(self.names.items()))


class Areas:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def all(self, *, retired: bool = False) -> list[Area]:
        """The areas in their order; with the retired ones only if asked for."""
        rows = self._session.scalars(select(AreaRow).order_by(col(AreaRow.position), col(AreaRow.id))).all()
        names: dict[str, dict[str, str]] = {row.id: {} for row in rows}
        for name in self._session.scalars(select(AreaNameRow)):
            names[name.area_id][name.lang] = name.name
        return [Area(row.id, names[row.id], row.retired) for row in rows if retired or not row.retired]

    def get(self, id_: str) -> Area | None:
        """An area by its id, retired or not."""
        return next((area for area in self.all(retired=True) if area.id == id_), None)

    def named(self, name: str) -> Area | None:
        """An area by its name in any language, retired or not."""
        row = self._session.scalars(select(AreaNameRow).where(AreaNameRow.key == fold(name))).first()
        return self.get(row.area_id) if row else None

    def add(self, names: Mapping[str, str]) -> Area:
        """A new area, the last in the list. That no other has one of the names is for the caller to see to."""
        last = self._session.scalar(select(func.max(AreaRow.position))) or 0
        row = AreaRow(id=new_id()[:12], position=last + 1)
        self._session.add(row)
        self._session.flush()
        self.rename(row.id, names)
        return Area(row.id, dict(names))

    def rename(self, id_: str, names: Mapping[str, str]) -> None:
        """Give an area other names."""
        for lang, name in names.items():
            row = self._session.get(AreaNameRow, (id_, lang))
            if row is None:
                self._session.add(AreaNameRow(area_id=id_, lang=lang, name=name, key=fold(name)))
            else:
                row.name, row.key = name, fold(name)
        self._session.flush()

    def retire(self, id_: str, *, retired: bool = True) -> None:
        """Offer an area no more, or again."""
        self._session.get_one(AreaRow, id_).retired = retired

    # --- who follows ---

    def followed(self, person_id: str) -> frozenset[str]:
        """The areas that a person follows. Private: for that person alone, and for sending."""
        return frozenset(self._session.scalars(select(FollowRow.area_id).where(FollowRow.person_id == person_id)))

    def follow(self, person_id: str, area_id: str, on: bool) -> None:
        """Follow an area, or no more."""
        row = self._session.get(FollowRow, (person_id, area_id))
        if on and row is None:
            self._flush()
            self._session.add(FollowRow(person_id=person_id, area_id=area_id))
        elif row is not None and not on:
            self._session.delete(row)

    def merged(self, old: str, new: str) -> None:
        """Two persons are one: the switches in either's direct chat are that one's."""
        self._session.execute(
            update(PostRow).where(col(PostRow.card_kind) == "areas", col(PostRow.card_id) == old).values(card_id=new)
        )

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The areas that the person follows, by their names."""
        followed = self.followed(subject.person_id)
        return {"areas_followed": [dict(area.names) for area in self.all(retired=True) if area.id in followed]}

    def erase(self, subject: Subject) -> None:
        """The person follows nothing any more."""
        self._session.execute(delete(FollowRow).where(col(FollowRow.person_id) == subject.person_id))
