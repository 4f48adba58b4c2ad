"""Intents out: one loop a platform takes rows from the outbox, sends them, and writes down what became of each."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.core.chats import ChatKind
from bot.core.refs import AccountRef
from bot.core.when import Clock
from bot.engine.compose import Composer
from bot.engine.limits import Limits
from bot.logs import trail
from bot.platforms.port import (
    FatalError,
    MovedError,
    NotSentError,
    Platform,
    Sent,
    UnclearError,
    UndeliverableError,
)
from storage.engine import unusable
from storage.outbox import Item, Settled, claim, next_at, settle
from storage.store import Store
from storage.tables import State
from storage.writer import Reader, Writer

log = structlog.get_logger(__name__)

ACK_LIFETIME = timedelta(seconds=60)
"""A toast this late is shown to nobody: Telegram's query has long expired by then."""
LONGEST_BACKOFF = 60.0
Lane = tuple[str, str]


class Delivery:
    """The way out of one platform.

    A row is marked `sending` and committed before its call, and settled after: a crash between leaves it in `sending`,
    which the next start settles (`storage.outbox.recover`). Rows of one chat go one after another.
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
        self._composer = composer
        self._clock = clock
        self._limits = Limits()
        self._wake = asyncio.Event()
        self._quiet = asyncio.Event()
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._blocked: dict[Lane, datetime] = {}
        self._done: list[Settled] = []
        self._after: list[Callable[[Store], None]] = []
        self._fatal: FatalError | None = None
        # Sending the same row again is the same message there: several of a chat may be marked at once. Elsewhere
        # each marked row that a crash finds unsent is a message lost, so only the one in flight is.
        self._per_chat = 16 if platform.capabilities.idempotent_send else 1

    def wake(self) -> None:
        """There may be something to send."""
        self._quiet.clear()
        self._wake.set()

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
            self._wake.clear()
            try:
                claimed = await self._step()
                backoff = 0.0
            except Exception as error:
                if not unusable(error):
                    raise
                backoff = min(LONGEST_BACKOFF, max(1.0, backoff * 2))
                log.error("deliveries wait for the database", cause=type(error).__name__, again_in_s=backoff)
                await asyncio.sleep(backoff)
                continue
            if self._fatal:
                raise self._fatal
            if not claimed and not self._done:
                await self._rest()

    async def drain(self, seconds: float) -> None:
        """Before the end: wait for the calls under way, and write down what became of them."""
        if self._lanes:
            await asyncio.wait(self._lanes.values(), timeout=seconds)
        for task in self._lanes.values():
            task.cancel()
        await self._settle()

    # --- the loop's parts ---

    async def _step(self) -> bool:
        """One transaction: settle what is done, take what comes next. True if anything was taken."""
        now, mono = self._clock.now(), time.monotonic()
        results, after = self._take_results()
        self._blocked = {lane: until for lane, until in self._blocked.items() if until > now}
        room = self._platform.max_in_flight - len(self._lanes)
        room = 0 if self._limits.paused(mono) else max(0, min(room, self._limits.free(mono)))
        # Beyond a few hundred the list of chats to leave out would cost more than waiting for some of them.
        busy = [*self._lanes, *self._blocked][:500]

        def job(session: Session) -> list[Item]:
            self._write(session, results, after, now)
            if not room:
                return []
            return claim(session, self._platform.name, now, room, busy, per_chat=self._per_chat)

        if not results and not after and not room:
            return False
        try:
            items = await self._writer.run(job)
        except Exception:
            self._done[:0], self._after[:0] = results, after
            raise
        lanes: dict[Lane, list[Item]] = {}
        for item in items:
            lanes.setdefault((item.chat.platform, item.chat.chat_id), []).append(item)
        for lane, queue in lanes.items():
            task = asyncio.create_task(self._serve(lane, queue), name=f"deliver {lane[0]}")
            self._lanes[lane] = task
        return bool(items)

    def _take_results(self) -> tuple[list[Settled], list[Callable[[Store], None]]]:
        results, self._done = self._done, []
        after, self._after = self._after, []
        return results, after

    @staticmethod
    def _write(session: Session, results: list[Settled], after: list[Callable[[Store], None]], now: datetime) -> None:
        settle(session, results, now)
        if after:
            store = Store(session, now)
            for change in after:
                change(store)
            store.flush()

    async def _settle(self) -> None:
        results, after = self._take_results()
        now = self._clock.now()
        if results or after:
            await self._writer.run(lambda session: self._write(session, results, after, now))

    async def _rest(self) -> None:
        """Sleep until something is committed or done, or the time of a waiting row has come."""
        timeout = await self._next()
        if not self._lanes and not self._done and not self._wake.is_set() and (timeout is None or timeout > 0):
            self._quiet.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._wake.wait()

    async def _next(self) -> float | None:
        mono = time.monotonic()
        earliest = await self._reader.run(lambda session: next_at(session, self._platform.name))
        if earliest is None:
            return None
        waits = [self._clock.until(earliest), *(self._clock.until(until) for until in self._blocked.values())]
        due = [wait for wait in waits if wait is not None and wait > 0]
        free = self._limits.next_free(mono)
        if earliest <= self._clock.now() and not self._lanes:
            # Something could go now but for a limit or a pause of its chat.
            return max(free, min(due, default=0.05), 0.01)
        if self._lanes and earliest <= self._clock.now():
            return free or None
        return min(due, default=None)

    # --- one chat ---

    async def _serve(self, lane: Lane, queue: list[Item]) -> None:
        try:
            for index, item in enumerate(queue):
                result = await self._send(item)
                self._done.append(result)
                if result.state is State.PENDING:
                    # The rest of the chat waits behind it, in order.
                    until = result.not_before or self._clock.now()
                    self._blocked[lane] = until
                    self._done += [
                        Settled(item=later, state=State.PENDING, attempts=later.attempts, parts=later.parts)
                        for later in queue[index + 1 :]
                    ]
                    break
                if len(queue) > 1:
                    self._wake.set()
        except FatalError as error:
            self._fatal = error
        finally:
            self._lanes.pop(lane, None)
            self._wake.set()

    async def _send(self, item: Item) -> Settled:
        """Make the row's calls and say what became of it."""
        now = self._clock.now()
        if item.op == "ack" and now - item.created_at > ACK_LIFETIME:
            return Settled(item=item, state=State.EXPIRED, reason="the press is too old to answer")
        try:
            calls = await self._composer.calls(item)
        except Exception as error:  # noqa: BLE001 - one row that can't be rendered must not stop the others
            log.error("row can't be rendered", row=item.id, cause=trail(error))
            return Settled(item=item, state=State.FAILED, reason=f"can't be rendered: {type(error).__name__}")
        if not calls:
            return Settled(item=item, state=State.CANCELLED, reason="there is nothing to show any more")
        ids: list[str] = []
        parts = item.parts
        for call in calls[parts:]:
            rates = self._platform.rates(call)
            mono = time.monotonic()
            wait = self._limits.wait(rates, mono)
            if wait > 0:
                return self._later(item, parts, item.attempts, wait, "limit")
            self._limits.count(rates, mono)
            try:
                sent = await self._platform.deliver(call)
            except asyncio.CancelledError:
                raise
            except Exception as error:
                if isinstance(error, FatalError):
                    self._done.append(self._later(item, parts, item.attempts, 0, "fatal"))
                    raise
                return self._failed(item, parts, error)
            if sent.chat and sent.chat != item.chat:
                item = self._opened(item, sent)
            ids.append(sent.message_id)
            parts += 1
        return Settled(
            item=item,
            state=State.SENT,
            message_ids=tuple(id_ for id_ in ids if id_),
            actions=tuple(choice.action for choice in calls[-1].choices),
            parts=parts,
        )

    def _failed(self, item: Item, parts: int, error: Exception) -> Settled:
        mono = time.monotonic()
        match error:
            case NotSentError():
                wait = error.retry_after
                if wait is None:
                    wait = min(LONGEST_BACKOFF, 2.0 ** min(item.attempts, 6))
                if error.everywhere:
                    self._limits.pause(wait, mono)
                log.info("delivery waits", row=item.id, reason=str(error), again_in_s=round(wait, 1))
                return self._later(item, parts, item.attempts + 1, wait, str(error))
            case UnclearError():
                if self._platform.capabilities.idempotent_send or item.op != "send":
                    return self._later(item, parts, item.attempts + 1, 2.0 ** min(item.attempts, 6), str(error))
                log.warning("delivery is uncertain: it may have arrived, so it is not repeated", row=item.id)
                return Settled(item=item, state=State.UNCERTAIN, reason=str(error), parts=parts)
            case UndeliverableError():
                log.info("delivery failed", row=item.id, reason=str(error), chat_gone=error.chat_gone)
                if error.chat_gone:
                    chat = item.chat
                    self._after.append(lambda store: store.chats.gone(chat))
                return Settled(item=item, state=State.FAILED, reason=str(error), parts=parts)
            case MovedError():
                old, new = item.chat, replace(error.new, thread_id=item.chat.thread_id)
                self._after.append(lambda store: store.chats.move(old, new))
                return self._later(item, parts, item.attempts + 1, 0, "moved")
            case _:
                log.error("adapter failed", row=item.id, cause=trail(error))
                return Settled(item=item, state=State.FAILED, reason=f"mistake: {type(error).__name__}", parts=parts)

    def _later(self, item: Item, parts: int, attempts: int, wait: float, reason: str) -> Settled:
        not_before = self._clock.now() + timedelta(seconds=wait)
        return Settled(
            item=item, state=State.PENDING, not_before=not_before, attempts=attempts, parts=parts, reason=reason
        )

    def _opened(self, item: Item, sent: Sent) -> Item:
        """A direct chat was opened for the row: from now on the person is written to there."""
        chat = sent.chat
        assert chat is not None  # noqa: S101 - the caller saw it
        account = AccountRef(item.chat.platform, item.account_id or "")
        lang = item.lang

        def remember(store: Store) -> None:
            store.chats.seen(chat, ChatKind.DIRECT, lang, store.people.of(account).id)

        self._after.append(remember)
        return replace(item, chat=chat)
