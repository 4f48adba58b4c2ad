"""A person's data: told whole, erased whole, in every table there is or will be, on both databases."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, Table, Text, select
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.core.chats import ChatKind
from bot.core.people import Role
from bot.core.polls import Draft, Kind
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.retention import Retention
from storage import audit
from storage.ids import new_id
from storage.merging import references
from storage.outbox import Priority
from storage.personal import ERASED
from storage.poll_tables import BallotRow
from storage.store import Store
from storage.tables import DueRow, OutboxRow, PersonRow, State
from storage.upsert import table_of
from tests.storage.support import Box

ANNA, ANIA, JAN = (
    AccountRef("telegram", "anna-id"),
    AccountRef("matrix", "@ania:example.org"),
    AccountRef("telegram", "2"),
)
DM, ROOM = ChatRef("telegram", "dm-anna"), ChatRef("telegram", "-100")
MODELS = {mapper.local_table.name: mapper.class_ for mapper in SQLModel._sa_registry.mappers}  # type: ignore[attr-defined]
LOOSE = {("ballot", "unit"), ("voter_register", "unit"), ("native_ballot", "unit"), ("audit", "subject")}
"""Columns that hold a person's id without pointing to the person."""
NETWORKS = {
    "chat_id",
    "thread_id",
    "user_id",
    "account_id",
    "message_id",
    "session_id",
    "card_id",
    "blob_id",
    "other_chat_id",
    "old_chat_id",
}
"""Names of columns with ids that networks gave, or of cards and files: of a person's accounts and chats at most."""
NOBODY = {("room", "polls_by"), ("poll", "unit"), ("poll", "members")}


def columns() -> Iterator[tuple[Table, Column[str]]]:
    yield from references()
    for table, column in LOOSE:
        found = SQLModel.metadata.tables[table]
        yield found, found.c[column]


COLUMNS = sorted(((table.name, column.name) for table, column in columns()))


def meet(box: Box, account: AccountRef = ANNA, chat: ChatRef = DM) -> str:
    def job(store: Store) -> str:
        person = store.people.of(account, "pl").id
        store.chats.seen(chat, ChatKind.DIRECT, "pl", person)
        return person

    return box.do(job)


def fill(store: Store, table: Table, **given: Any) -> dict[str, Any]:
    """A row of this table, with those that it points to."""
    row = dict(given)
    for key in table.foreign_key_constraints:
        pairs = [(element.parent, element.column) for element in key.elements]
        if any(own.name in given for own, _ in pairs) or all(own.nullable for own, _ in pairs):
            continue
        target = pairs[0][1].table
        there = fill(store, target)
        row |= {own.name: there[other.name] for own, other in pairs}
    for column in table.columns:
        if column.name in row or column.nullable or column.autoincrement is True:
            continue
        default = MODELS[table.name].model_fields[column.name]
        row[column.name] = value(column, store) if default.is_required() else default.get_default()
    store.session.add(MODELS[table.name](**row))
    store.session.flush()
    return row


def value(column: Column[Any], store: Store) -> Any:
    match column.type:
        case UTCDateTime():
            return store.now
        case Boolean():
            return False
        case Text():
            return json.dumps(new_id())
        case Date():
            return store.now.date()
        case Integer():
            return 2
        case _:
            return new_id()


def everything(box: Box) -> str:
    """All that the database holds, as text."""
    found = []
    with box.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            found += [f"{table.name}: {tuple(row)}" for row in connection.execute(select(table))]
    return "\n".join(found)


def test_no_column_that_names_a_person_is_overlooked() -> None:
    """A table of tomorrow that names people without a foreign key has to be put into LOOSE, and then be covered."""
    known = {(table.name, column.name) for table, column in columns()} | NOBODY
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            named = any(word in column.name for word in ("person", "unit", "voter", "member", "author", "opener"))
            named |= column.name.endswith(("_by", "_id")) and not column.foreign_keys
            if named and column.name not in NETWORKS:
                assert (table.name, column.name) in known, f"{table.name}.{column.name} may hold a person's id"


@pytest.mark.parametrize(("table_name", "column_name"), COLUMNS)
def test_each_column_that_names_a_person_is_told_and_erased(box: Box, table_name: str, column_name: str) -> None:
    """Also in tables that somebody will add: a repository's `personal` and `erase`, listed in `Store.parts`."""
    person = meet(box)
    before = box.do(lambda store: store.personal(person))
    table = SQLModel.metadata.tables[table_name]
    primary = [column.name for column in table.primary_key]
    if primary != [column_name] or table_name != "person":
        box.do(lambda store: fill(store, table, **{column_name: person}))
    told = box.do(lambda store: store.personal(person))
    assert told != before, f"{table_name}.{column_name} is not in the export"
    json.dumps(told)
    box.do(lambda store: store.erase(person))
    left = everything(box)
    for trace in (person, ANNA.user_id, DM.chat_id):
        assert trace not in left, f"{table_name}.{column_name} is not erased"


def draft(question: str = "Gdzie?") -> Draft:
    return Draft(question, ("Biblioteka", "Dom kultury"), Kind.SINGLE, 1, 1, None)


def poll(box: Box, opener: str, *, closed: bool = False, **votes: int) -> str:
    def job(store: Store) -> str:
        made = store.polls.open(store.polls.draft(draft(), opener, DM, [ROOM]))
        for unit, choices in votes.items():
            store.polls.vote(made.id, unit, choices, DM if unit == opener else ROOM)
        store.flush()
        if closed:
            store.polls.close(made, opener, store.now)
        return made.id

    return box.do(job)


def test_the_sections_of_the_export_are_those_of_the_description(box: Box) -> None:
    described = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8").partition("### The file")[2]
    person = meet(box)
    named = set(re.findall(r"`([a-z_]+)`", described))
    assert box.do(lambda store: store.personal(person)).keys() <= named


def test_the_periods_in_the_description_are_the_defaults() -> None:
    words = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
    named = re.findall(r"(\d+) (months|days|hours) \(`(\w+)`\)", words)
    assert {key for _, _, key in named} >= {"votes_months", "audit_months", "questions_days", "keys_hours"}
    for number, unit, key in named:
        assert key.endswith(unit)
        assert getattr(Retention(), key) == int(number)


def test_a_life_is_told_and_then_nothing_of_it_is_left(box: Box) -> None:
    anna, jan = meet(box), meet(box, JAN, ChatRef("telegram", "dm-2"))
    ania = meet(box, ANIA, ChatRef("matrix", "!dm:example.org"))
    box.do(lambda store: store.merge(ania, anna))
    ended = poll(box, anna, closed=True, **{anna: 0b10, jan: 0b01})
    running = poll(box, anna, **{anna: 0b01, jan: 0b01})
    box.do(lambda store: store.polls.draft(draft("Szkic?"), anna, DM, [ROOM]))

    def live(store: Store) -> None:
        store.people.grant(anna, Role.MODERATOR)
        store.people.new_invite(Role.MODERATOR, store.now, anna)
        store.areas.follow(anna, store.areas.all()[0].id, True)
        asked, _ = store.organisations.ask(anna, "Fundacja Przykład")
        store.organisations.decide(asked.id, None, jan)
        store.linking.issue(anna, ANNA, DM)
        store.linking.wrong(anna)
        store.audit.note(anna, "room-claimed", "room-1")
        store.audit.note(jan, "role-granted", anna)
        question = store.questions.offer(anna, DM, "pl", "Sekretne pytanie")
        store.questions.passed(question, 1)
        store.flush()
        store.outbox.send(
            ChatRef("telegram", "dm-2"), lang="pl", priority=Priority.REPLY, payload=["Sekretne pytanie"],
            ref=CardRef("question", question),
        )  # fmt: skip
        store.outbox.send(DM, lang="pl", priority=Priority.REPLY, payload=["dla Anny"], ref=CardRef("thing", "7"))
        store.outbox.send(
            ChatRef("matrix", ""), lang="pl", priority=Priority.REPLY, payload=["x"], account_id=ANIA.user_id
        )
        store.rooms.claim(ROOM, anna)

    box.do(live)
    told = box.do(lambda store: store.personal(anna))
    json.dumps(told)
    assert [one["user_id"] for one in told["accounts"]] == [ANIA.user_id, ANNA.user_id]
    assert [(vote["question"], vote["numbers"], vote["choices"]) for vote in told["votes"]] == [
        ("Gdzie?", [2], [{"number": 2, "words": "Dom kultury"}]),
        ("Gdzie?", [1], [{"number": 1, "words": "Biblioteka"}]),
    ]
    assert [one["organisation"] for one in told["memberships"]] == ["Fundacja Przykład"]
    assert [one["words"] for one in told["questions"]] == ["Sekretne pytanie"]
    assert told["role"][0]["role"] == "moderator"
    assert told["messages_to_you"] == {"waiting": 2, "done": 0}
    assert [one["act"] for one in told["acts_on_you"]] == ["role-granted"]
    assert len(told["areas_followed"]) == 1

    assert box.do(lambda store: store.erase(anna)) == [running]
    left = everything(box)
    for trace in (anna, ania, ANNA.user_id, ANIA.user_id, DM.chat_id, "Sekretne", "Szkic?", "dla Anny"):
        assert trace not in left
    counts = [box.do(lambda store, id_=id_: store.polls.tally(store.polls.get(id_)).counts) for id_ in (ended, running)]  # type: ignore[misc]
    assert counts == [(1, 1), (1, 0)]
    acts = [(act.person_id, act.act, act.subject) for act in box.do(lambda store: list(audit.acts(store.session)))]
    assert acts == [(ERASED, "room-claimed", "room-1"), (jan, "role-granted", ERASED)]
    with box.engine.connect() as connection:
        # Whoever sent something to Anna is told that it won't arrive.
        names = connection.scalars(select(table_of(DueRow).c.payload)).all()
        assert [json.loads(one)["ref"] for one in names] == ["thing:7"]
        assert connection.scalars(select(table_of(PersonRow).c.id)).all() == [jan]


def test_within_one_transaction_the_account_is_known_as_erased_until_it_speaks_again(box: Box) -> None:
    old = meet(box)

    def job(store: Store) -> tuple[bool, bool, str]:
        store.people.of(ANNA)
        store.chats.seen(DM, ChatKind.DIRECT, "pl", old)
        store.polls.ballot(poll_id, old)
        store.erase(old)
        gone = store.people.erased(ANNA)
        new = store.people.of(ANNA)
        store.chats.seen(DM, ChatKind.DIRECT, "pl", new.id)
        return gone, store.people.erased(ANNA), new.id

    poll_id = poll(box, meet(box, JAN, ROOM), **{old: 1})
    gone, still, new = box.do(job)
    assert (gone, still) == (True, False)
    assert new != old
    assert box.do(lambda store: store.people.of(ANNA).id) == new
    assert box.do(lambda store: store.chats.direct_of(new)) == DM


def test_what_is_being_sent_at_this_moment_is_left_to_its_delivery(box: Box) -> None:
    person = meet(box)
    box.do(lambda store: store.outbox.send(DM, lang="pl", priority=Priority.REPLY, payload=["x"]))
    box.do(lambda store: store.session.execute(table_of(OutboxRow).update().values(state=State.SENDING)))
    box.do(lambda store: store.erase(person))
    with box.engine.connect() as connection:
        assert connection.scalars(select(table_of(OutboxRow).c.state)).all() == [State.SENDING]


def test_who_voted_what_is_forgotten_when_its_time_is_over_and_the_counts_stay(box: Box) -> None:
    anna, jan = meet(box), meet(box, JAN, ROOM)
    old = poll(box, jan, closed=True, **{anna: 0b10, jan: 0b01})
    box.now += timedelta(days=5)
    new = poll(box, jan, closed=True, **{anna: 0b10})
    running = poll(box, jan, **{anna: 0b10})
    before = box.now - timedelta(days=1)

    assert len(box.do(lambda store: store.voters.to_be_told(before))) == 1
    assert box.do(lambda store: store.voters.forget(before, box.now, 10)) == 0, "nobody was told"
    box.do(lambda store: store.voters.told(before))
    assert box.do(lambda store: store.voters.to_be_told(before)) == []
    assert box.do(lambda store: store.voters.forget(before, box.now - timedelta(days=1), 10)) == 0, "too early"
    assert [box.do(lambda store: store.voters.forget(before, box.now, 1)) for _ in range(3)] == [1, 1, 0]
    assert box.do(lambda store: store.polls.tally(store.polls.get(old)).counts) == (1, 1)
    with box.engine.connect() as connection:
        rows = connection.execute(select(table_of(BallotRow).c["poll_id", "unit", "chat_id"])).all()
    assert {(row.poll_id, row.unit) for row in rows if row.unit == anna} == {(new, anna), (running, anna)}
    assert all(row.chat_id == "" and row.unit not in {anna, jan} for row in rows if row.poll_id == old)
    assert [vote["poll"] for vote in box.do(lambda store: store.personal(anna))["votes"]] == [new, running]


def test_acts_are_forgotten_a_little_at_a_time(box: Box) -> None:
    for _ in range(3):
        box.do(lambda store: store.audit.note(None, "poll-closed", "p"))
    assert [box.do(lambda store: store.audit.forget(box.now + timedelta(1), 2)) for _ in range(3)] == [2, 1, 0]
