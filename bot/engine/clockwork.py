"""Timers: APScheduler gives the tick and nothing else; the instants are rows, computed by the rules in `core`."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.events import TimerFired
from bot.core.intents import At
from bot.core.when import Clock
from bot.engine.clock import VirtualClock
from bot.engine.intake import Intake
from storage.compaction import COMPACT, NotCompactedError, ask, compact
from storage.due import Due, next_due, take
from storage.engine import Session, SQLAlchemyError, unusable
from storage.store import Store
from storage.writer import Reader, Writer

log = structlog.get_logger(__name__)

TICK_SECONDS = 1
CHUNK = 200
"""How many timers are read at once."""
TURN = 50
"""How many are handled in one transaction: questions asked meanwhile wait for one such turn at most."""
AGAIN = timedelta(minutes=1)
"""Until the next try to compact the database, where something was in the way."""


class Clockwork:
    """Feeds timers whose time has come to the intake, as events."""

    def __init__(self, writer: Writer, reader: Reader, intake: Intake, clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._intake = intake
        self._clock = clock
        self._scheduler: AsyncIOScheduler | None = None

    async def prepare(self) -> None:
        """Set the timers that always run, if they are not set."""
        now = self._clock.now()

        def job(session: Session) -> None:
            due = Store(session, now).due
            if not due.exists("housekeeping"):
                due.arm(At(now, "housekeeping", "housekeeping"))

        await self._writer.run(job)

    def start(self) -> None:
        """Tick every second on the running loop."""
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def tick(self) -> bool:
        """Fire everything that is due, the earliest first. A database that is away is asked again at the next tick.

        Returns whether anything was.
        """
        fired = False
        try:
            while True:
                now = self._clock.now()
                events = await self._reader.run(lambda session, now=now: take(session, now, CHUNK))  # type: ignore[misc]
                if not events:
                    return fired
                fired = True
                secret = [event for event in events if event.name == COMPACT]
                if secret:
                    await self._compact(secret, now)
                others = [event for event in events if event.name != COMPACT]
                for first in range(0, len(others), TURN):
                    await self._intake.feed(others[first : first + TURN])
        except Exception as error:
            if not unusable(error):
                raise
            log.error("timers wait for the database", cause=type(error).__name__)
            return False

    async def _compact(self, asked: Sequence[TimerFired], now: datetime) -> None:
        """Compact the database after secret polls. The timers go when it is done: a kill before that repeats it."""
        polls = [str(event.payload["poll"]) for event in asked]
        try:
            await self._writer.apart(lambda engine: compact(engine, polls))
        except (SQLAlchemyError, NotCompactedError) as error:
            log.warning("database can't be compacted now", cause=type(error).__name__, again_in_s=AGAIN.total_seconds())

            def put_off(session: Session) -> None:
                for poll in polls:
                    ask(session, poll, now + AGAIN)

            await self._writer.run(put_off)
        else:
            await self._writer.run(lambda session: [Due(session).fired(event.key) for event in asked])

    async def move(self, clock: VirtualClock, to: datetime, settle: Callable[[], Awaitable[None]]) -> None:
        """Let virtual time go on to an instant, firing each timer at its own time and settling after each."""
        while True:
            earliest = await self._reader.run(next_due)
            if earliest is None or earliest > to:
                break
            clock.move(earliest)
            await self.tick()
            await settle()
        clock.move(to)
        await settle()
