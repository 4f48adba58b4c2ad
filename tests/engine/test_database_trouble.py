"""The database is locked, gone or cut off: nothing is half written, nothing is lost, and it goes on by itself."""

import asyncio
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session

from bot.core.content import Body
from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Intent, Post, Reply
from bot.core.refs import CardRef
from bot.engine.inbox import PlatformInbox
from bot.platforms.memory import Memory
from bot.platforms.port import Inbox, Parked
from storage import Store, schema
from storage.engine import DatabaseBusyError, open_engine, unusable
from storage.writer import Reader, Writer
from tests.engine.world import DIRECT, NOW, Network, World, body, echo, say


class Stubborn(Network):
    """Asks again until a batch is taken, as the real adapters do."""

    refused = 0

    async def receive(self, inbox: Inbox) -> None:
        """Hand in the first batch until it is taken, then go on as usual."""

        class Patient:
            def __init__(self, network: "Stubborn") -> None:
                self.network = network

            async def take(self, *args: object, **kwargs: object) -> None:
                while True:
                    try:
                        return await inbox.take(*args, **kwargs)  # type: ignore[arg-type]
                    except SQLAlchemyError as error:
                        if not unusable(error):
                            raise
                        self.network.refused += 1
                        await asyncio.sleep(0.02)

        await super().receive(Patient(self))  # type: ignore[arg-type]


async def test_an_error_of_the_database_abandons_the_batch_and_it_is_asked_for_again(world: World) -> None:
    trouble = [OperationalError("x", None, Exception("disk I/O error")) for _ in range(3)]

    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        ctx.store.questions.offer(None, message.chat, "pl", "half done")
        ctx.store.session.flush()
        if message.text == "dwa" and trouble:
            raise trouble.pop()
        return [Post(CardRef("note", message.text), message.chat)]

    router = echo(change)
    router.card("note")(lambda _store, id_: body(id_))
    network = Stubborn()
    async with world.bot(router, network=network) as bot:
        await bot.tell(say("raz"), say("dwa"))
        assert bot.network.texts == ["raz", "dwa"]
        assert network.refused == 3
    assert len(world.rows("id", "question")) == 2
    assert world.rows("name, value", "cursor") == [("memory", "2")]
    assert world.rows("key", "poison") == []


async def test_while_a_batch_is_refused_nothing_of_it_is_there(world: World) -> None:
    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        ctx.store.questions.offer(None, message.chat, "pl", "half done")
        ctx.store.session.flush()
        raise OperationalError("x", None, Exception("disk full"))

    network = Stubborn()
    async with world.bot(echo(change), network=network) as bot:
        network.push(say("raz"))
        await bot.until(lambda: network.refused > 2)
        for table in ("question", "outbox", "person", "cursor"):
            assert world.rows("*", table) == []
        assert not any("memory" in key for (key,) in world.rows("key", "processed_event"))


async def test_a_full_disk_loses_nothing_and_reads_go_on(lite: World) -> None:
    full = [False]

    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        pages = ctx.store.session.execute(text("PRAGMA page_count")).scalar_one()
        ctx.store.session.execute(text(f"PRAGMA max_page_count = {pages + 2 if full[0] else 1_000_000}"))
        ctx.store.questions.offer(None, message.chat, "pl", "x" * (100_000 if message.text == "dużo" else 1))
        return [Reply(body(message.text))]

    network = Stubborn()
    async with lite.bot(echo(change), network=network) as bot:
        await bot.tell(say("raz"))
        full[0] = True
        network.push(say("dużo"))
        await bot.until(lambda: network.refused > 2)
        assert len(lite.rows("id", "question")) == 1
        full[0] = False
        await bot.until(lambda: network.texts == ["raz", "dużo"])
    assert lite.rows("length(words)", "question") == [(1,), (100_000,)]
    assert lite.sql("SELECT * FROM pragma_integrity_check") == [("ok",)]


async def test_a_locked_file_is_waited_for(lite: World) -> None:
    """Another program holds the file for longer than a writer waits for it (5 s)."""
    network = Stubborn()
    async with lite.bot(network=network) as bot:
        await bot.tell(say("raz"))
        other = sqlite3.connect(lite.url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        network.push(say("dwa"))
        await bot.until(lambda: network.refused > 0)
        other.execute("ROLLBACK")
        other.close()
        await bot.until(lambda: network.texts == ["raz", "dwa"])


async def test_connections_that_are_cut_are_made_anew(postgres_url: str, postgres: str) -> None:
    world = World(postgres_url)
    network = Stubborn()
    async with world.bot(network=network) as bot:
        for number in range(3):
            await bot.tell(say(str(number)))
            # All of them but this one: the writer's with the lock, the readers'.
            world.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await bot.tell(say("na koniec"))
        assert network.texts == ["0", "1", "2", "na koniec"]
        second = Writer(open_engine(postgres_url))
        with pytest.raises(DatabaseBusyError):
            second.start()
        second._engine.dispose()


async def test_a_card_waits_for_a_database_that_is_away_for_a_moment(lite: World) -> None:
    trouble = [OperationalError("x", None, Exception("gone")) for _ in range(2)]

    def show(_store: Store, id_: str) -> Body:
        if trouble:
            raise trouble.pop()
        return body(id_)

    router = echo(lambda message, _: [Post(CardRef("note", message.text), message.chat)])
    router.card("note")(show)
    async with lite.bot(router) as bot:
        bot.network.push(say("raz"))
        await bot.until(lambda: bot.network.texts == ["raz"])


async def test_delivery_outlives_a_database_that_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Stubborn()
    async with world.bot(network=network) as bot:
        await bot.tell(say("raz"))
        trouble = [True]
        monkeypatch.setattr(Reader, "_read", _failing(Reader._read, trouble))
        network.push(say("dwa"))
        await asyncio.sleep(0.2)
        trouble.clear()
        await bot.until(lambda: network.texts == ["raz", "dwa"])
        assert not bot.task.done()


def _failing(real, trouble):  # type: ignore[no-untyped-def]
    def read(self, job):  # type: ignore[no-untyped-def]
        if trouble:
            raise OperationalError("x", None, Exception("gone"))
        return real(self, job)

    return read


@pytest.fixture
def made(database_url: str) -> str:
    engine = open_engine(database_url)
    schema.upgrade(engine)
    engine.dispose()
    return database_url


async def test_ten_tasks_that_read_and_write_lose_no_update(made: str) -> None:
    engine = open_engine(made)
    writer = Writer(engine)
    writer.start()

    def add_one(session: Session) -> None:
        value = session.execute(text("SELECT value FROM cursor WHERE name = 'n'")).scalar_one()
        session.execute(text("UPDATE cursor SET value = :value WHERE name = 'n'"), {"value": str(int(value) + 1)})

    async def many() -> None:
        for _ in range(20):
            await writer.run(add_one)

    try:
        await writer.run(lambda session: session.execute(text("INSERT INTO cursor VALUES ('n', '0')")))
        await asyncio.gather(*(many() for _ in range(10)))
        assert await writer.run(lambda s: s.execute(text("SELECT value FROM cursor")).scalar_one()) == "200"
    finally:
        writer.close()
        engine.dispose()


async def test_three_hundred_cancellations_leave_nothing_half_written(made: str) -> None:
    engine = open_engine(made)
    writer = Writer(engine)
    writer.start()
    dice = random.Random(7)

    def both(name: str, session: Session) -> None:
        session.execute(text("INSERT INTO cursor VALUES (:name, '1')"), {"name": f"{name}a"})
        session.execute(text("INSERT INTO cursor VALUES (:name, '1')"), {"name": f"{name}b"})

    try:
        for number in range(300):
            task = asyncio.create_task(writer.run(lambda session, n=number: both(f"{n:03}", session)))
            await asyncio.sleep(dice.random() * 0.002)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        names = await writer.run(lambda s: list(s.scalars(text("SELECT name FROM cursor"))))
        for number in range(300):
            assert (f"{number:03}a" in names) == (f"{number:03}b" in names)
        await writer.run(lambda session: both("after", session))
        pool = engine.pool
        assert pool.checkedout() <= 1  # type: ignore[attr-defined]
    finally:
        writer.close()
        engine.dispose()


async def test_a_job_that_fails_writes_nothing_and_the_next_one_works(made: str) -> None:
    engine = open_engine(made)
    writer = Writer(engine)
    writer.start()

    def fail(session: Session) -> None:
        session.execute(text("INSERT INTO cursor VALUES ('n', '0')"))
        raise RuntimeError("no")

    try:
        with pytest.raises(RuntimeError, match="no"):
            await writer.run(fail)
        assert await writer.run(lambda s: s.execute(text("SELECT count(*) FROM cursor")).scalar_one()) == 0
    finally:
        writer.close()
        engine.dispose()


async def test_a_door_takes_garbage_of_encrypted_events_without_jamming(world: World) -> None:
    inboxes: list[Inbox] = []

    class Door(Memory):
        async def receive(self, inbox: Inbox) -> None:
            inboxes.append(inbox)
            self.last_ok = 1.0
            await asyncio.Event().wait()

    good = Parked(key="k1", chat_id=DIRECT.chat_id, session_id="s", source="{}", at=NOW)
    bad = Parked(key="k2", chat_id=DIRECT.chat_id, session_id="\x00", source="{}", at=NOW)
    async with world.bot(network=Door()):
        [inbox] = inboxes
        assert isinstance(inbox, PlatformInbox)
        await inbox.take([], cursor="7", park=[good, bad])
        assert [one.key for one in await inbox.parked("s")] == ["k1"]
        await inbox.take([], unpark=["k1", "\x00"])
        assert await inbox.parked() == await inbox.parked("\x00") == []
        assert await inbox.where("\x00") is None


def test_a_database_file_is_made_with_its_folder(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a/b/obrady.db")
    schema.upgrade(engine)
    engine.dispose()
    assert (tmp_path / "a/b/obrady.db").is_file()
