"""Reminders that are due in one minute: how soon all are in the outbox, whether anybody else has to wait meanwhile, and
how long the loop is blocked, against APScheduler with its SQLAlchemy job store in the same round."""

import asyncio
import contextlib
import pickle
import statistics
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import create_engine, text, update

from bot.app import App
from bot.config import Database, Settings
from bot.core.chats import ChatKind
from bot.core.events import Message
from bot.core.intents import At
from bot.core.meetings import Meeting, MeetingState, Occurrence, Plan
from bot.core.refs import AccountRef, ChatRef
from bot.engine.lock import Locks
from bot.platforms.memory import Memory
from bot.platforms.port import Outgoing, Sent
from storage import schema
from storage.engine import Session, open_engine
from storage.meeting_rows import insert_meeting, insert_occurrences
from storage.store import Store
from storage.tables import DueRow
from tests.bench.processes import Sizes
from tests.bench.report import Row, limit

ZONE = ZoneInfo("Europe/Warsaw")
MINUTES = 120
WITHIN_SECONDS, LAG_P99_MS, QUESTION_P95_MS, LESS_BLOCKING = 5.0, 50.0, 150.0, 20.0
_EVERY = 0.005
_BLOCKED = 0.01
"""A wait that is longer than it was to be by so many seconds is one in which the loop was blocked."""
_QUESTION_EVERY = 0.1
_AHEAD = 4.0
"""Seconds in which the bot has started: that is measured elsewhere."""
_CALL = 0.05
"""Seconds that a call takes: networks let fewer messages pass than this."""


@dataclass
class Loop:
    """How late the running loop gets to what is due, in seconds: one figure for each look."""

    late: list[float] = field(default_factory=list)

    @property
    def blocked(self) -> float:
        """Seconds in which nothing else could run."""
        return sum(one for one in self.late if one > _BLOCKED)

    @contextlib.asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Look while the block runs."""

        async def look() -> None:
            while True:
                begun = time.perf_counter()
                await asyncio.sleep(_EVERY)
                self.late.append(time.perf_counter() - begun - _EVERY)

        task = asyncio.create_task(look())
        await asyncio.sleep(0)
        try:
            yield
        finally:
            # What blocked to the very end is noticed only now.
            await asyncio.sleep(2 * _EVERY)
            task.cancel()


@dataclass
class Answering(Memory):
    """A network with the pace of a real one that notes when each question was answered."""

    max_in_flight: int = 10
    at: dict[str, float] = field(default_factory=dict)

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Keep the time of answers."""
        await asyncio.sleep(_CALL)
        if outgoing.reply_to:
            self.at.setdefault(outgoing.reply_to, time.perf_counter())
        return await super().deliver(outgoing)


@dataclass(frozen=True, slots=True)
class Found:
    """One round: seconds until all are in the outbox, lags and waits in milliseconds, seconds of a blocked loop."""

    took: float
    lag_p99: float
    question_p95: float
    blocked: float


def fill(url: str, count: int) -> datetime:
    """As many meetings, each with a room of its own and a reminder. Returns the instant at which all are due: soon,
    when the bot runs."""
    engine, due = open_engine(url), datetime.now(UTC)
    try:
        schema.upgrade(engine)
        starts = due + timedelta(minutes=MINUTES)
        wall = starts.astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)
        with engine.connect().execution_options(write=True) as connection, Session(connection) as session:
            store = Store(session, due)
            for number in range(count):
                room = ChatRef("telegram", f"room{number}")
                plan = Plan("Zebranie", wall, place="Biblioteka", reminders=(MINUTES,))
                insert_meeting(
                    session,
                    Meeting(
                        id=f"{number:016x}",
                        plan=plan,
                        zone=ZONE,
                        state=MeetingState.OPEN,
                        organiser=None,
                        chat=room,
                        rooms=(room,),
                        created_at=due,
                    ),
                )
                one = Occurrence(
                    id=f"{number:016x}",
                    meeting=f"{number:016x}",
                    planned=wall,
                    wall=wall,
                    length=None,
                    starts_at=starts,
                )
                insert_occurrences(session, [one])
                key = f"{one.id}:{MINUTES}"
                store.due.arm(At(due, "meeting.remind", f"meeting.remind:{key}", {"id": key}))
            store.flush()
            due = datetime.now(UTC) + timedelta(seconds=_AHEAD)
            session.execute(update(DueRow).values(at=due))
            session.commit()
            return due
    finally:
        engine.dispose()


async def ours(url: str, count: int) -> Found:
    """The product: reminders fall due while somebody asks."""
    due = fill(url, count)
    network, loop = Answering("telegram"), Loop()
    app, engine = App(Settings(database=Database(url=url))), open_engine(url)
    asked: dict[str, float] = {}
    task = asyncio.create_task(app.run([network], Locks()))
    try:
        # Who asks first waits for the start, and so does the measurement.
        network.push(_question("first"))
        while not network.at or datetime.now(UTC) < due:
            await asyncio.sleep(_EVERY)
        if _reminded(engine):
            raise RuntimeError("reminders were due before the bot ran")
        begun = time.perf_counter()
        async with loop.watched():
            while _reminded(engine) < count:
                name = f"q{len(asked)}"
                asked[name] = time.perf_counter()
                network.push(_question(name))
                await asyncio.sleep(_QUESTION_EVERY)
            took = time.perf_counter() - begun
        await network.taken()
        while len(network.at) <= len(asked):
            await asyncio.sleep(_EVERY)
    finally:
        app.stop()
        await task
        engine.dispose()
    waits = [1000 * (network.at[name] - at) for name, at in asked.items()]
    return Found(took, 1000 * _percentile(loop.late, 99), _percentile(waits, 95), loop.blocked)


def _question(name: str) -> Message:
    return Message(
        key=name,
        id=name,
        at=datetime.now(UTC),
        chat=ChatRef("telegram", "hall"),
        kind=ChatKind.ROOM,
        sender=AccountRef("telegram", "7"),
        text="/pytanie Kto prowadził spotkanie?",
    )


def _reminded(engine: object) -> int:
    with engine.connect() as connection:  # type: ignore[attr-defined]
        return int(connection.scalar(text("SELECT count(*) FROM outbox WHERE card_kind = 'meeting-reminder'")))


def nothing() -> None:
    """What a job of the rival does."""
    _done.append(1)


_done: list[int] = []


async def theirs(url: str, count: int) -> float:
    """Seconds for which APScheduler blocks the loop when as many jobs of a SQLAlchemy store are due."""
    loop, now = Loop(), datetime.now(UTC)
    store, scheduler = SQLAlchemyJobStore(url=url), AsyncIOScheduler(timezone=UTC)
    scheduler.add_jobstore(store)
    scheduler.start(paused=True)
    engine = create_engine(url)
    rows = []
    for number in range(count):
        job = Job(
            scheduler,
            id=str(number),
            trigger=DateTrigger(now, UTC),
            executor="default",
            func=nothing,
            args=(),
            kwargs={},
            name="remind",
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=now,
        )
        rows.append({"id": str(number), "at": now.timestamp(), "state": pickle.dumps(job.__getstate__())})
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO apscheduler_jobs (id, next_run_time, job_state) VALUES (:id, :at, :state)"), rows
        )
    engine.dispose()
    _done.clear()
    async with loop.watched():
        scheduler.resume()
        while len(_done) < count:
            await asyncio.sleep(_EVERY)
    scheduler.shutdown(wait=False)
    return loop.blocked


def _percentile(found: list[float], percent: int) -> float:
    return statistics.quantiles(found, n=100)[percent - 1] if len(found) > 1 else found[0]


async def measured(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """Ours and the rival's, one after the other in each round."""
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Found] = []
    rival: list[float] = []
    for number in range(rounds):
        found.append(await ours(f"sqlite:///{folder}/reminders{number}.db", sizes.reminders))
        rival.append(await theirs(f"sqlite:///{folder}/jobs{number}.db", sizes.reminders))
    blocked = [one.blocked for one in found]
    # Nothing at all would be infinitely less.
    ratio = statistics.median(rival) / max(statistics.median(blocked), _BLOCKED)
    what = f"{sizes.reminders} reminders due at once"
    return [
        limit(f"{what}: until the last is in the outbox", "s", [one.took for one in found], WITHIN_SECONDS),
        limit(f"{what}: lag of the loop, p99", "ms", [one.lag_p99 for one in found], LAG_P99_MS),
        limit(f"{what}: a question meanwhile, p95", "ms", [one.question_p95 for one in found], QUESTION_P95_MS),
        Row(
            f"{what}: seconds in which the loop is blocked",
            "s",
            blocked,
            "APScheduler + SQLAlchemyJobStore",
            rival,
            f"{ratio:.0f} × less",
            f"≥ {LESS_BLOCKING:g} × less",
            ratio >= LESS_BLOCKING,
        ),
    ]
