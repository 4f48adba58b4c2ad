"""After a secret poll the database is compacted: by itself, also after a kill, and without holding up anything else."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.engine import clockwork
from bot.engine.clock import VirtualClock
from bot.engine.clockwork import AGAIN, Clockwork
from storage import compaction
from storage.compaction import NotCompactedError
from storage.due import Due, next_due, take
from storage.engine import open_engine, sqlite_file
from storage.schema import upgrade
from storage.secret_ballots import SecretBallots
from storage.store import Store
from storage.writer import Reader, Writer
from tests.engine.world import NOW
from tests.storage.test_polls import HERE
from tests.storage.test_secret_ballots import SECRET


class Nothing:
    """An intake that must not be given these timers."""

    async def feed(self, events: Any) -> None:
        raise AssertionError(events)


@pytest.fixture
def engine(database_url: str) -> Any:
    """A database with a secret poll that was closed, and a process that was killed before anything followed."""
    engine = open_engine(database_url)
    upgrade(engine)

    def job(store: Store) -> None:
        poll = store.polls.open(store.polls.draft(SECRET, None, HERE, [HERE]))
        for number in range(20):
            store.polls.secret.cast(poll.id, f"voter-{number}", 1)
        store.polls.close(poll, None, NOW)

    with engine.connect().execution_options(write=True) as connection, Session(connection) as session:
        store = Store(session, NOW)
        job(store)
        store.flush()
        session.commit()
    yield engine
    engine.dispose()


class Running:
    """The parts of a bot that timers need."""

    def __init__(self, engine: Engine) -> None:
        self.clock = VirtualClock(NOW)
        self.writer, self.reader = Writer(engine), Reader(engine)
        self.writer.start()
        self.clockwork = Clockwork(self.writer, self.reader, Nothing(), self.clock)  # type: ignore[arg-type]

    async def waiting(self) -> int:
        return len(await self.reader.run(lambda session: take(session, NOW + timedelta(days=1), 9)))

    def close(self) -> None:
        self.writer.close()
        self.reader.close()


async def test_a_killed_process_compacts_when_it_runs_again(engine: Engine) -> None:
    bot = Running(engine)
    assert await bot.waiting() == 1
    before = await bot.reader.run(_numbers)
    assert await bot.clockwork.tick()
    assert await bot.waiting() == 0
    after = await bot.reader.run(_numbers)
    assert len(after) == 20
    assert before.isdisjoint(after)
    bot.close()
    path = sqlite_file(str(engine.url))
    if path:
        engine.dispose()
        data = path.read_bytes() + (Path(f"{path}-wal").read_bytes() if Path(f"{path}-wal").exists() else b"")
        assert not any(number.encode() in data for number in before)


async def test_what_is_in_the_way_puts_it_off_and_the_bot_goes_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_engine: Engine, _polls: list[str]) -> None:
        raise NotCompactedError

    bot = Running(engine)
    monkeypatch.setattr(clockwork, "compact", refuse)
    assert await bot.clockwork.tick()
    assert await bot.reader.run(next_due) == NOW + AGAIN
    monkeypatch.setattr(clockwork, "compact", compaction.compact)
    bot.clock.move(NOW + AGAIN)
    assert await bot.clockwork.tick()
    assert await bot.waiting() == 0
    bot.close()


async def test_writing_waits_for_it_and_is_not_refused(engine: Engine) -> None:
    bot = Running(engine)

    def write(session: Session) -> None:
        Due(session).cancel("nothing")
        Store(session, NOW).people.choose_language("nobody", "pl")

    await asyncio.gather(bot.clockwork.tick(), *(bot.writer.run(write) for _ in range(20)))
    assert await bot.waiting() == 0
    bot.close()


def _numbers(session: Session) -> set[str]:
    assert SecretBallots(session, lambda: ()).groups("none") == []
    return {row[0] for row in session.connection().exec_driver_sql("SELECT number FROM secret_ballot")}
