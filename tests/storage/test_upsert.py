"""The one spelling of INSERT … ON CONFLICT for both databases."""

from sqlalchemy import select
from sqlmodel import Session

from storage.tables import CursorRow
from storage.upsert import insert_many
from tests.storage.support import Box


def _insert(session: Session, rows: dict[str, str], *, update: bool) -> None:
    insert_many(
        session,
        CursorRow,
        [{"name": name, "value": value} for name, value in rows.items()],
        update=["value"] if update else [],
    )


def _all(box: Box) -> dict[str, str]:
    with Session(box.engine) as session:
        return {row.name: row.value for row in session.scalars(select(CursorRow))}


def test_a_known_key_is_replaced_or_left_alone(box: Box) -> None:
    box.do(lambda store: _insert(store.session, {"a": "1", "b": "1"}, update=True))
    box.do(lambda store: _insert(store.session, {"a": "2", "c": "2"}, update=True))
    box.do(lambda store: _insert(store.session, {"b": "3", "d": "3"}, update=False))
    assert _all(box) == {"a": "2", "b": "1", "c": "2", "d": "3"}


def test_nothing_to_insert_is_nothing(box: Box) -> None:
    box.do(lambda store: _insert(store.session, {}, update=True))
    assert _all(box) == {}
