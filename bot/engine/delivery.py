"""Intents out: one loop a platform takes rows from the outbox, sends them, and writes down what became of each."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.core.copies import State
from bot.core.refs import CardRef
from bot.core.when import Clock
from bot.engine.compose import Composer
from bot.engine.limits import Limits
from bot.engine.sender import LONGEST_BACKOFF, Sender
from bot.logs import trail
from bot.platforms.port import Platform
from storage.engine import Session, unusable
from storage.sending import Item, Overtaken, Settled, claim, next_at, settle, waiting
from storage.store import Store
from storage.writer import Reader, Writer

log = structlog.get_logger(__name__)

Changes = list[Callable[[Store], None]]


GATHER_SECONDS = 0.004
"""How long results are gathered while nothing new has come: a settled row is nothing that anybody waits for."""


@dataclass
class Ride:
    """Settling and taking rows in one transaction: the delivery's own, or one that goes anyway."""

    platform: str
    now: datetime
    room: int
    busy: list[str]
    per_chat: int
    results: list[Settled]
    after: Changes
    write: Callable[[Session, list[Settled], Changes, datetime], None]
    items: list[Item] = field(default_factory=list)
    earliest: datetime | None = None
    committed: bool = False

    def do(self, session: Session) -> None:
        """The work, on the writer thread."""
        self.write(session, self.results, self.after, self.now)
        if self.room:
            self.items = claim(session, self.platform, self.now, self.room, self.busy, per_chat=self.per_chat)
            if len(self.items) < self.room:
                self.earliest = next_at(session, self.platform)


class Delivery:
    """The way out of one platform.

    A row is marked `sending` and committed before its call, and settled after: a crash between leaves it in `sending`,
    which the next start settles (`storage.sending.recover`). Rows of one chat go one after another.
    """

    def __init__(
        self,
        platform: Platform,
        writer: Writer,
        reader: Reader,
        composer: Composer,
        clock: Clock,
    ) -> None:
        self._platform = platform
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._limits = Limits()
        self._sender = Sender(platform, reader, composer, clock, self._limits)
        self._wake = asyncio.Event()
        self._news = asyncio.Event()
        self._quiet = asyncio.Event()
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._blocked: dict[str, datetime] | None = None
        # The last look found no more than it took, and when the next row's time comes: until something is committed,
        # settled or due, another look would find nothing.
        self._dry = False
        self._earliest: datetime | None = None
        # Who takes rows, takes them alone.
        self._turn = asyncio.Lock()
        self._rode = False
        self._done: list[Settled] = []
        # Sending the same row again is the same message there: several of a chat may be marked at once. Elsewhere
        # each marked row that a crash finds unsent is a message lost, so only the one in flight is.
        self._per_chat = 16 if platform.capabilities.idempotent_send else 1

    def wake(self) -> None:
        """There may be something to send."""
        self._quiet.clear()
        self._wake.set()
        if self._rode:
            # What was committed is under way already.
            self._rode = False
        else:
            self._news.set()

    @contextlib.asynccontextmanager
    async def riding(self) -> AsyncIterator[Ride | None]:
        """Go along with a transaction that brings rows: they are out one commit sooner. `wake` follows.

        Whoever offers the ride calls `do` at its end and says whether it was `committed`. None: not now.
        """
        if self._turn.locked() or self._blocked is None:
            yield None
            return
        async with self._turn:
            ride = self._plan()
            try:
                yield ride
                self._rode = ride.committed
            finally:
                if ride.committed:
                    self._begin(ride)
                    self._quiet.clear()
                    self._wake.set()
                else:
                    self._undo(ride)

    async def quiet(self) -> None:
        """Wait until nothing that may be sent now is left and nothing is under way."""
        self.wake()
        await self._quiet.wait()

    async def run(self) -> None:
        """Deliver until cancelled.

        Raises:
            FatalError: the network refuses the bot for good.
        """
        backoff = 0.0
        while True:
            if self._lanes and not self._news.is_set():
                # Results come one by one: gathered for a moment they are one transaction, not one each.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(GATHER_SECONDS):
                        await self._news.wait()
            self._wake.clear()
            if self._news.is_set():
                self._news.clear()
                self._dry = False
            try:
                claimed = await self._step()
                self._end_if_refused()
                if not claimed and not self._done:
                    await self._rest()
                backoff = 0.0
            except Exception as error:
                if not unusable(error):
                    raise
                self._dry = False
                self._end_if_refused()
                backoff = min(LONGEST_BACKOFF, max(1.0, backoff * 2))
                log.error("deliveries wait for the database", cause=type(error).__name__, again_in_s=backoff)
                await asyncio.sleep(backoff)

    async def drain(self, seconds: float) -> None:
        """Before the end: wait for the calls under way, and write down what became of them."""
        if self._lanes:
            _, late = await asyncio.wait(self._lanes.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        results, after, now = self._done, self._sender.after, self._clock.now()
        self._done, self._sender.after = [], []
        try:
            if results or after:
                await self._writer.run(lambda session: self._write(session, results, after, now))
        except Exception as error:
            if not unusable(error):
                raise
            log.error("the database is away: the next start settles what was sent", cause=type(error).__name__)

    # --- the loop's parts ---

    def _end_if_refused(self) -> None:
        if self._sender.fatal:
            raise self._sender.fatal

    async def _step(self) -> bool:
        """One transaction: settle what is done, take what comes next. True if anything was taken."""
        async with self._turn:
            if self._blocked is None:
                now = self._clock.now()
                self._blocked = await self._reader.run(lambda session: waiting(session, self._platform.name, now))
            ride = self._plan()
            if not ride.results and not ride.after and (not ride.room or self._dry):
                return False
            working = asyncio.ensure_future(self._writer.run(ride.do))
            try:
                await asyncio.shield(working)
            except asyncio.CancelledError:
                # The transaction goes on without us. Rows that it took are not sent any more, and nobody is to think
                # so.
                await self._after_all(working, ride)
                raise
            except Exception:
                self._undo(ride)
                raise
            self._begin(ride)
            return bool(ride.items)

    def _plan(self) -> Ride:
        now, mono = self._clock.now(), time.monotonic()
        self._blocked = {lane: until for lane, until in (self._blocked or {}).items() if until > now}
        room = self._platform.max_in_flight - len(self._lanes)
        silent = self._limits.paused(mono) or self._sender.fatal is not None
        room = 0 if silent else max(0, min(room, self._limits.free(mono)))
        results, self._done = self._done, []
        after, self._sender.after = self._sender.after, []
        busy = [*self._lanes, *self._blocked]
        return Ride(self._platform.name, now, room, busy, self._per_chat, results, after, self._write)

    def _begin(self, ride: Ride) -> None:
        """Send what was taken."""
        self._earliest, self._dry = ride.earliest, len(ride.items) < ride.room
        lanes: dict[str, list[Item]] = {}
        for item in ride.items:
            lanes.setdefault(item.lane, []).append(item)
        for lane, queue in lanes.items():
            task = asyncio.create_task(self._serve(lane, queue), name=f"deliver {self._platform.name}")
            self._lanes[lane] = task

    def _undo(self, ride: Ride) -> None:
        self._done[:0], self._sender.after[:0] = ride.results, ride.after

    async def _after_all(self, working: "asyncio.Future[None]", ride: Ride) -> None:
        try:
            await working
            self._put_back(ride.items)
        except Exception as error:  # noqa: BLE001 - we are ending; `drain` tries to write once more
            log.error("deliveries could not be written", cause=type(error).__name__)
            self._undo(ride)

    def _write(self, session: Session, results: list[Settled], after: Changes, now: datetime) -> None:
        again = settle(session, results, now) if results else Overtaken()
        if after or again.changed or again.retracted:
            store = Store(session, now)
            for change in after:
                change(store)
            store.flush()
            for card in again.retracted:
                store.outbox.retract(card)
            for card in again.changed:
                store.outbox.refresh(card, {self._platform.name: self._platform.capabilities.edit_interval})
            store.flush()

    async def _rest(self) -> None:
        """Sleep until something is committed or done, or the time of a waiting row has come."""
        timeout = await self._next()
        if not self._lanes and not self._done and not self._wake.is_set() and (timeout is None or timeout > 0):
            self._quiet.set()
        try:
            async with asyncio.timeout(timeout):
                await self._wake.wait()
        except TimeoutError:
            self._dry = False

    async def _next(self) -> float | None:
        """Seconds until something that waits may go; None when only a wake-up can change anything."""
        earliest = self._earliest
        if not self._dry:
            earliest = await self._reader.run(lambda session: next_at(session, self._platform.name))
        if earliest is None:
            return None
        instants = [earliest, *(self._blocked or {}).values()]
        waits = [wait for at in instants if (wait := self._clock.until(at)) is not None and wait > 0]
        if earliest <= self._clock.now():
            # Something could go now but for a limit, a pause, or what is under way in its chat.
            free = self._limits.next_free(time.monotonic())
            if free > 0:
                waits.append(free)
            elif not self._lanes and not waits:
                waits.append(0.05)
        return max(min(waits), 0.01) if waits else None

    # --- one chat ---

    async def _serve(self, lane: str, queue: list[Item]) -> None:
        rest = list(queue)
        opened = None
        shown: dict[CardRef, str] = {}
        try:
            while rest:
                item = rest.pop(0)
                if opened and not item.chat.chat_id:
                    item = replace(item, chat=opened)
                if item.op == "pin" and item.card in shown:
                    # It is there, and nobody has written that down yet.
                    item = replace(item, message_id=shown[item.card])
                result = await self._sender.send(item)
                self._done.append(result)
                if item.card and item.op == "send" and result.message_ids:
                    shown[item.card] = result.message_ids[-1]
                if result.item.chat.chat_id and not item.chat.chat_id:
                    opened = result.item.chat
                if result.state is State.PENDING:
                    if self._blocked is not None:
                        self._blocked[lane] = result.not_before or self._clock.now()
                    break
                if rest:
                    self._wake.set()
        except Exception as error:  # noqa: BLE001 - the mistake is ours; the row waits for the next start
            log.error("delivery failed", platform=self._platform.name, cause=trail(error))
        finally:
            # The rest of the chat waits behind what was put back, in order.
            self._put_back(rest)
            self._lanes.pop(lane, None)
            self._wake.set()

    def _put_back(self, items: list[Item]) -> None:
        self._done += [
            Settled(item=item, state=State.PENDING, attempts=item.attempts, parts=item.parts) for item in items
        ]
