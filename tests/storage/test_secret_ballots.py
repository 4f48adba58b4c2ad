"""Secret ballots on both databases: counted once, joined to nobody, not even by what a database keeps beside rows."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from bot.core.polls import Poll, PollState
from bot.core.refs import AccountRef
from storage import secret_ballots
from storage.compaction import compact
from storage.engine import sqlite_file
from tests.storage.support import NOW, Box
from tests.storage.test_polls import DRAFT, HERE, THERE, counts, opened

SECRET = replace(DRAFT, secret=True)
MANY = 64
"""So many that no shuffle looks like the order of casting by chance: below 1 in 10 million."""


def cast(box: Box, poll: Poll, unit: str, choices: int, *, organisation: bool = False) -> None:
    box.do(lambda store: store.polls.secret.cast(poll.id, unit, choices, organisation=organisation))


def close(box: Box, poll: Poll) -> Poll:
    return box.do(lambda store: store.polls.close(poll, None, NOW))


def voter(box: Box, number: int) -> str:
    return box.do(lambda store: store.people.of(AccountRef("telegram", f"voter-{number}")).id)


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of ballots in the order in which they were made."""
    made: list[str] = []
    new = secret_ballots.new_number

    def note() -> str:
        made.append(new())
        return made[-1]

    monkeypatch.setattr(secret_ballots, "new_number", note)
    return made


def rows(box: Box, query: str) -> list[Any]:
    with box.engine.connect() as connection:
        return list(connection.execute(text(query)))


def test_before_the_end_there_is_the_turnout_and_no_count(box: Box) -> None:
    poll = opened(box, SECRET)
    cast(box, poll, "anna", 1)
    cast(box, poll, "jan", 4)
    assert counts(box, poll) == (0, 0, 0)
    assert box.do(lambda store: store.polls.tally(poll)).voters == 2
    closed = close(box, poll)
    found = box.do(lambda store: store.polls.tally(closed))
    assert (found.counts, found.voters, found.shown_shares) == ((1, 0, 1), 2, ())


def test_who_voted_is_known_at_once_and_a_second_ballot_is_refused_by_the_key(box: Box) -> None:
    poll = opened(box, SECRET)

    def batch(store: Any) -> None:
        assert not store.polls.secret.voted(poll.id, "anna")
        store.polls.secret.cast(poll.id, "anna", 1)
        assert store.polls.secret.voted(poll.id, "anna")

    box.do(batch)
    assert box.do(lambda store: store.polls.secret.voted(poll.id, "anna"))
    with pytest.raises(IntegrityError):
        cast(box, poll, "anna", 2)
    assert counts(box, close(box, poll)) == (1, 0, 0)


def test_the_two_tables_have_nothing_that_could_join_them(box: Box) -> None:
    found = inspect(box.engine)
    columns = {
        table: {one["name"] for one in found.get_columns(table)} for table in ("voter_register", "secret_ballot")
    }
    assert columns["voter_register"] == {"poll_id", "unit"}
    assert columns["secret_ballot"] == {"poll_id", "number", "choices", "organisation"}
    if box.engine.dialect.name == "sqlite":
        made = dict(rows(box, "SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        assert all("WITHOUT ROWID" in made[table] for table in columns)


def test_a_dump_of_the_closed_database_joins_no_voter_to_a_choice(box: Box, numbers: list[str]) -> None:
    """The worst case for secrecy: one vote a transaction, and the first half of the voters choose the one option."""
    poll, open_one = opened(box, SECRET), opened(box)
    units = [voter(box, number) for number in range(MANY)]
    half = MANY // 2
    for number, unit in enumerate(units):
        cast(box, poll, unit, 1 if number < half else 2)
        box.do(lambda store, number=number: store.journal.mark(f"telegram:{number}"))
    box.do(lambda store: store.polls.vote(open_one.id, units[0], 1, HERE))
    closed = close(box, poll)
    compact(box.engine, [poll.id])
    assert counts(box, closed) == (half, half, 0)
    cast_as = list(numbers)
    assert len(cast_as) == MANY

    # By a value that both have, or that a third table has of both: of a ballot only its own number is its own.
    ballots = rows(box, "SELECT number, choices FROM secret_ballot")
    known = {number for number, _ in ballots}
    assert len(known) == MANY
    assert known.isdisjoint(cast_as), "numbers from before the end lead nowhere"
    for table in inspect(box.engine).get_table_names():
        everything = repr(rows(box, f'SELECT * FROM "{table}"'))  # noqa: S608
        if table != "secret_ballot":
            assert not any(number in everything for number in known), table
        else:
            assert not any(unit in everything for unit in units)

    # By place: neither the order of rows nor that of the register is the order of casting.
    place = "number" if box.engine.dialect.name == "sqlite" else "ctid"
    physical = [choice for _, choice in rows(box, f"SELECT number, choices FROM secret_ballot ORDER BY {place}")]  # noqa: S608
    register = [unit for (unit,) in rows(box, "SELECT unit FROM voter_register ORDER BY unit")]
    truth = {unit: 1 if number < half else 2 for number, unit in enumerate(units)}
    for guess in (
        dict(zip(units, physical, strict=True)),
        dict(zip(units, reversed(physical), strict=True)),
        dict(zip(register, physical, strict=True)),
    ):
        assert sum(guess[unit] == truth[unit] for unit in units) < 0.85 * MANY

    if box.engine.dialect.name == "sqlite":
        _search_the_file(box, cast_as, known)
    else:
        # By the transaction: all rows of both tables are of one.
        writers = {row[0] for table in ("voter_register", "secret_ballot") for row in _xmin(box, table)}
        assert len(writers) == 1
        dead = rows(box, "SELECT pg_relation_size('secret_ballot'), pg_relation_size('voter_register')")[0]
        assert max(dead) <= 2 * 8192, "the old rows are gone from the file"


def _xmin(box: Box, table: str) -> list[Any]:
    return rows(box, f"SELECT xmin::text FROM {table}")  # noqa: S608


def _search_the_file(box: Box, cast_as: list[str], known: set[str]) -> None:
    """The bytes of the file and of its log: no ballot from before the end, and each one of now once."""
    path = sqlite_file(str(box.engine.url))
    assert path is not None
    box.engine.dispose()
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        data = part.read_bytes() if part.exists() else b""
        assert not any(number.encode() in data for number in cast_as), part.name
    data = path.read_bytes()
    assert all(data.count(number.encode()) == 1 for number in known)


def test_compacting_again_changes_no_count_and_no_voter(box: Box) -> None:
    poll = opened(box, SECRET)
    for number in range(5):
        cast(box, poll, f"voter-{number}", 1 << number % 2)
    closed = close(box, poll)
    before = box.do(lambda store: store.polls.secret.voters(poll.id))
    for _ in range(2):
        compact(box.engine, [poll.id, poll.id])
        assert counts(box, closed) == (3, 2, 0)
        assert box.do(lambda store: store.polls.secret.voters(poll.id)) == before


def test_of_a_batch_no_order_is_written(box: Box, numbers: list[str]) -> None:
    poll = opened(box, SECRET)
    seen: list[Any] = []

    def batch(store: Any) -> None:
        for number in range(MANY):
            store.polls.secret.cast(poll.id, f"voter-{number:02}", 1 if number < MANY // 2 else 2)
        seen.extend(store.polls.secret._ballots)

    box.do(batch)
    place = "number" if box.engine.dialect.name == "sqlite" else "ctid"
    written = [number for (number,) in rows(box, f"SELECT number FROM secret_ballot ORDER BY {place}")]  # noqa: S608
    assert written == sorted(numbers) != numbers


def test_two_persons_who_are_one_keep_both_ballots_and_one_place_in_the_register(box: Box) -> None:
    both, one = opened(box, SECRET), opened(box, SECRET)

    def merge(store: Any) -> Any:
        old, new = (store.people.of(AccountRef(network, "anna")).id for network in ("matrix", "telegram"))
        store.polls.secret.cast(both.id, old, 1)
        store.polls.secret.cast(both.id, new, 2)
        store.polls.secret.cast(one.id, old, 2)
        assert store.merge(old, new) == []
        return new

    person = box.do(merge)
    for poll in (both, one):
        assert box.do(lambda store, poll=poll: store.polls.secret.voters(poll.id)) == {person}
        assert box.do(lambda store, poll=poll: store.polls.secret.voted(poll.id, person))
    assert counts(box, close(box, both)) == (1, 1, 0)
    assert counts(box, close(box, one)) == (0, 1, 0)


def test_who_parts_after_voting_has_voted_as_both_while_it_runs(box: Box) -> None:
    running, ended = opened(box, SECRET), opened(box, SECRET)

    def part(store: Any) -> str:
        old = store.people.of(AccountRef("telegram", "anna")).id
        for poll in (running, ended):
            store.polls.secret.cast(poll.id, old, 1)
        store.polls.close(ended, None, NOW)
        new: str = store.part(AccountRef("telegram", "anna"), THERE)
        return new

    new = box.do(part)
    assert box.do(lambda store: store.polls.secret.voted(running.id, new))
    assert not box.do(lambda store: store.polls.secret.voted(ended.id, new))


def test_a_withdrawn_one_keeps_nothing(box: Box) -> None:
    poll = opened(box, SECRET)
    cast(box, poll, "anna", 1)
    gone = box.do(lambda store: store.polls.withdraw(poll))
    assert gone.state is PollState.WITHDRAWN
    assert rows(box, "SELECT * FROM secret_ballot") == rows(box, "SELECT * FROM voter_register") == []
