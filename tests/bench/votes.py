"""Votes: how many whole ones a process takes, against the bare rows of their ballots, and what the rest is spent on.

A whole vote: a press on the network in memory by a person whom nobody knew, handled in a transaction with its identity,
ballot, done mark and confirmation in the outbox, synchronous=FULL.
"""

import asyncio
import contextlib
import statistics
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
from sqlalchemy import insert, text

from bot.app import App
from bot.config import Database, People, Settings
from bot.core.chats import ChatKind
from bot.core.events import Message, Pressed
from bot.core.refs import AccountRef, ChatRef
from bot.engine.delivery import Ride
from bot.engine.dispatch import Dispatch
from bot.engine.intake import Intake
from bot.engine.lock import Locks
from bot.platforms.memory import Memory
from bot.platforms.port import Outgoing, Sent
from storage import schema
from storage.engine import Session, open_engine
from storage.poll_tables import BallotRow, PollRow
from storage.store import Store
from tests.bench.processes import Sizes
from tests.bench.report import Row, limit
from tests.bench.state import postgres

NETWORK = "telegram"
ROOM = ChatRef(NETWORK, "hall")
BATCH = 100
LEAST = {"SQLite": 6_000.0, "PostgreSQL": 2_000.0}
LEAST_OF_RAW = 0.045
P99_MS, PER_SECOND = 30.0, 500


@dataclass
class Timed(Memory):
    """Notes when the confirmation of each press arrived."""

    at: dict[str, float] = field(default_factory=dict)

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Keep the time of answers to presses; nothing else."""
        if outgoing.op == "ack":
            self.at[outgoing.message_id or ""] = time.monotonic()
            return Sent()
        return await super().deliver(outgoing)


@dataclass
class Spent:
    """Seconds by what they were spent on, nested ones subtracted."""

    seconds: dict[str, float] = field(default_factory=dict)
    _open: list[float] = field(default_factory=list)

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, watched."""

        def watched(*args: Any, **kwargs: Any) -> Any:
            begun = time.perf_counter()
            self._open.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - begun
                self.seconds[name] = self.seconds.get(name, 0.0) + took - self._open.pop()
                if self._open:
                    self._open[-1] += took

        return watched

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the parts of a transaction on the writer thread."""
        parts: list[tuple[Any, str, str]] = [
            (Intake, "_fresh", "reading what the batch needs"),
            (Dispatch, "handle", "handlers"),
            (Store, "flush", "writing rows"),
            (Ride, "do", "taking and settling deliveries"),
            (Session, "commit", "commit"),
            (Intake, "_batch", "the rest of intake"),
        ]
        with contextlib.ExitStack() as stack:
            for owner, name, label in parts:
                stack.enter_context(mock.patch.object(owner, name, self.around(label, getattr(owner, name))))
            yield


@contextlib.asynccontextmanager
async def running(url: str, network: Memory) -> AsyncIterator[tuple[App, str]]:
    """The product on an empty database with one open poll; gives the poll's id."""
    engine = open_engine(url)
    try:
        schema.upgrade(engine)
        settings = Settings(database=Database(url=url), people=People(owners=["telegram:1"]))
        app = App(settings)
        task = asyncio.create_task(app.run([network], Locks()))
        try:
            head = {"at": datetime.now(UTC), "chat": ROOM, "kind": ChatKind.ROOM}
            owner = AccountRef(NETWORK, "1")
            network.push(Message(key="open", id="open", sender=owner, text="/ankieta Czy? | Tak | Nie | Inne", **head))
            await asyncio.wait_for(network.taken(), 30)
            await app.settle()
            with engine.connect() as connection:
                poll = str(connection.scalar(text("SELECT id FROM poll")))
            yield app, poll
        finally:
            app.stop()
            await task
    finally:
        engine.dispose()


def presses(poll: str, count: int) -> list[Pressed]:
    """`count` votes of as many people."""
    now = datetime.now(UTC)
    return [
        Pressed(
            key=f"press:{number}",
            at=now,
            chat=ROOM,
            kind=ChatKind.ROOM,
            sender=AccountRef(NETWORK, f"u{number}"),
            post="1",
            action=f"vote:{poll}:{number % 3 + 1}",
            press_id=f"p{number}",
        )
        for number in range(count)
    ]


async def rate(url: str, count: int) -> tuple[float, Spent]:
    """Votes a second until all are committed, and where the writer thread was meanwhile."""
    network, spent = Timed(NETWORK, batch=BATCH), Spent()
    async with running(url, network) as (app, poll):
        votes = presses(poll, count)
        with spent.watching():
            begun = time.perf_counter()
            network.push(*votes)
            await network.taken()
            took = time.perf_counter() - begun
        await app.settle()
        counted(url, count)
        assert len(network.at) == count, "every vote is confirmed"
    return count / took, spent


async def waits(url: str, seconds: float) -> list[float]:
    """Milliseconds from each press to its confirmation, at `PER_SECOND`."""
    network = Timed(NETWORK, batch=BATCH)
    said: dict[str, float] = {}
    async with running(url, network) as (app, poll):
        votes = presses(poll, int(PER_SECOND * seconds))
        begun = time.monotonic()
        for number, vote in enumerate(votes):
            due = begun + number / PER_SECOND
            if (early := due - time.monotonic()) > 0:
                await asyncio.sleep(early)
            said[vote.press_id or ""] = due
            network.push(vote)
        await network.taken()
        await app.settle()
    return [(network.at[press] - at) * 1000 for press, at in said.items()]


def counted(url: str, count: int) -> None:
    """The tally is the votes."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            found = connection.scalar(text("SELECT count(*) FROM ballot"))
            people = connection.scalar(text("SELECT count(DISTINCT unit) FROM ballot"))
    finally:
        engine.dispose()
    assert found == people == count, f"{found} ballots of {people} people for {count} votes"


def raw(url: str, count: int) -> float:
    """Rows a second of a bare `executemany` of ballots, batches of 100, each committed: nothing else is stored."""
    engine = open_engine(url)
    try:
        schema.upgrade(engine)
        now = datetime.now(UTC)
        poll = {"id": "p", "question": "?", "kind": "single", "least": 1, "most": 1, "state": "open"}
        poll |= {"platform": NETWORK, "chat_id": "hall", "thread_id": "", "seq": 1, "opened_at": now, "closings": 0}
        rows = [
            {"poll_id": "p", "unit": uuid.uuid4().hex, "choices": 1 << number % 3, "platform": NETWORK}
            | {"chat_id": "hall", "turn": number, "at": now}
            for number in range(count)
        ]
        with engine.connect().execution_options(write=True) as connection:
            connection.execute(insert(PollRow), poll)
            connection.commit()
            begun = time.perf_counter()
            for start in range(0, count, BATCH):
                connection.execute(insert(BallotRow), rows[start : start + BATCH])
                connection.commit()
            return count / (time.perf_counter() - begun)
    finally:
        engine.dispose()


def empty(address: str) -> str:
    """A new database of a running PostgreSQL."""
    name = f"votes_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return address.replace("/postgres?", f"/{name}?")


async def measured(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """Votes a second on both databases, against bare rows, and the wait at a steady pace."""
    folder.mkdir(parents=True, exist_ok=True)
    rates: dict[str, list[float]] = {"SQLite": [], "PostgreSQL": []}
    of_raw: list[float] = []
    bare: list[float] = []
    p99: list[float] = []
    spent = Spent()
    with postgres() as address:
        for number in range(rounds):
            bare.append(await asyncio.to_thread(raw, f"sqlite:///{folder}/raw{number}.db", sizes.votes))
            found, spent = await rate(f"sqlite:///{folder}/votes{number}.db", sizes.votes)
            rates["SQLite"].append(found)
            of_raw.append(found / bare[-1])
            rates["PostgreSQL"].append((await rate(empty(address), sizes.votes))[0])
            late = await waits(f"sqlite:///{folder}/paced{number}.db", sizes.paced_seconds)
            p99.append(statistics.quantiles(late, n=100)[98])
    total = sum(spent.seconds.values())
    shares = sorted(spent.seconds.items(), key=lambda pair: -pair[1])
    note = "; ".join(f"{name} {1e6 * took / sizes.votes:.0f} µs ({took / total:.0%})" for name, took in shares)
    rows = [
        Row(
            f"whole votes, {name}",
            "votes/s",
            found,
            target=f"≥ {LEAST[name]:g}",
            met=statistics.median(found) >= LEAST[name],
            note=f"writer thread, a vote: {note}" if name == "SQLite" else "",
        )
        for name, found in rates.items()
    ]
    share = statistics.median(of_raw)
    return [
        *rows,
        Row(
            "whole votes ÷ bare ballot rows, SQLite",
            "",
            of_raw,
            "executemany, rows/s",
            bare,
            f"{share:.3f} ×",
            f"≥ {LEAST_OF_RAW:g} ×",
            share >= LEAST_OF_RAW,
        ),
        limit(f"press to confirmation at {PER_SECOND}/s, SQLite: p99", "ms", p99, P99_MS),
    ]
