"""The loop: sync, hand in, commit, and only then go on. What may take long works beside it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from bot.logs import trail
from bot.platforms.matrix import sync
from bot.platforms.matrix.doors import Doors
from bot.platforms.matrix.errors import Backoff, fatal
from bot.platforms.matrix.keys import Keys
from bot.platforms.matrix.reader import Reader, invitations
from bot.platforms.matrix.sealed import Sealed
from bot.platforms.matrix.wire import MatrixError, UnreachableError, Wire
from bot.platforms.port import FatalError, Inbox

log = structlog.get_logger(__name__)

RETRY_SECONDS = 300.0
"""How often parked messages are tried without news of their keys, and the too old ones given up."""
FIRST_SYNC_SECONDS = 30.0
MARGIN_SECONDS = 1.0
"""How long after the loop has asked a server that was down others ask it: by then it is known whether it is back."""


class Listener:
    """Reads one account for ever. `on_sync` is called after each good answer."""

    def __init__(
        self,
        wire: Wire,
        reader: Reader,
        sealed: Sealed,
        keys: Keys,
        doors: Doors,
        *,
        poll_seconds: float,
        timeline: int,
        on_sync: Callable[[], None],
    ) -> None:
        self._wire = wire
        self._reader = reader
        self._sealed = sealed
        self._keys = keys
        self._doors = doors
        self._poll_seconds = poll_seconds
        self._filter = sync.sync_filter(timeline)
        self._on_sync = on_sync
        self._first = asyncio.Event()
        self._away_until = 0.0
        self._work = asyncio.Event()
        self._requests: list[tuple[str, Mapping[str, Any]]] = []
        self._knocked = False

    def away(self) -> float:
        """Seconds until the server, which is down, is to be asked by others; 0 when it is not known to be down.

        The loop alone asks a server that is down: all who have something to send would ask too often.
        """
        return max(0.0, self._away_until - time.monotonic())

    async def first_sync(self) -> None:
        """Wait until one answer of this run was handed in.

        Raises:
            UnreachableError: it takes longer than FIRST_SYNC_SECONDS.
        """
        try:
            async with asyncio.timeout(FIRST_SYNC_SECONDS):
                await self._first.wait()
        except TimeoutError as error:
            raise UnreachableError("no sync yet") from error

    async def run(self, inbox: Inbox) -> None:
        """Until cancelled.

        Raises:
            FatalError: the server refuses the bot for good.
        """
        tasks = [
            asyncio.create_task(self._listen(inbox), name="matrix sync"),
            asyncio.create_task(self._doors.work(), name="matrix doors"),
            asyncio.create_task(self._upkeep(), name="matrix keys"),
            asyncio.create_task(self._knock(), name="matrix pending invitations"),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self, inbox: Inbox) -> None:
        backoff = Backoff()
        state = _Place()
        while True:
            try:
                if not state.known:
                    state.cursor = await inbox.cursor()
                    await self._sealed.load(inbox)
                    state.known = True
                if state.cursor is None:
                    state.cursor = await self._begin(inbox)
                else:
                    retry = time.monotonic() >= state.retry_at
                    # The first answer of a run comes at once: what waits from before should not wait for news.
                    seconds = 0.0 if state.fresh else self._poll_seconds
                    state.cursor = await self._round(inbox, state.cursor, seconds, retry=retry)
                    state.fresh = False
                    if retry:
                        state.retry_at = time.monotonic() + RETRY_SECONDS
            except sync.StaleTokenError as error:
                log.warning("matrix_sync_token_refused", error=str(error), effect="what came meanwhile is not read")
                state.cursor = None
                await asyncio.sleep(backoff.pause())
            except FatalError:
                raise
            except Exception as error:  # noqa: BLE001  # whatever it was, nothing is committed: read the same again
                pause = _failed(error, backoff)
                if isinstance(error, UnreachableError) or (isinstance(error, MatrixError) and error.status >= 500):
                    self._away_until = time.monotonic() + pause + MARGIN_SECONDS
                await asyncio.sleep(pause)
            else:
                self._away_until = 0.0
                backoff.reset()
                self._work.set()

    async def _begin(self, inbox: Inbox) -> str:
        """The first start ever (or a token that the server forgot): from now on; nothing of the past is handed in."""
        answer = await sync.sync(self._wire, None, sync.BARE_FILTER, 0.0)
        self._on_sync()
        self._reader.absorb(answer)
        token = str(answer["next_batch"])
        await inbox.take((), cursor=token)
        self._doors.invited(invitations(answer))
        self._knocked = True
        self._first.set()
        return token

    async def _round(self, inbox: Inbox, since: str, seconds: float, *, retry: bool) -> str:
        answer = await sync.sync(self._wire, since, self._filter, seconds)
        self._on_sync()
        batch = await self._reader.read(answer, since, inbox, retry=retry)
        token = str(answer["next_batch"])
        if token != since or batch.events or batch.unpark:
            await inbox.take(batch.events, cursor=token, park=batch.park, unpark=batch.unpark)
        self._sealed.committed(batch)
        self._doors.invited(batch.invites)
        for old, new, moved_by in batch.successors:
            self._doors.successor(old, new, moved_by)
        for room_id in batch.leave:
            self._doors.leave(room_id)
        self._requests += batch.requests
        self._first.set()
        return token

    async def _upkeep(self) -> None:
        """Keys, after each round. A failure waits for the next round, so that a server that is down gets no more."""
        while True:
            await self._work.wait()
            self._work.clear()
            await self._quietly(self._keys.upkeep())
            requests, self._requests = self._requests, []
            for room_id, event in requests:
                await self._quietly(self._keys.request(room_id, event))

    async def _quietly(self, work: Awaitable[None]) -> None:
        try:
            await work
        except MatrixError as error:
            if end := fatal(error):
                raise end from error
            log.warning("matrix_keys_refused", error=str(error))
        except UnreachableError as error:
            log.info("matrix_keys_later", error=str(error))

    async def _knock(self) -> None:
        """Once a run: the invitations that wait. A sync from a token shows only new ones, and the bot may have died
        with others in hand, or `allow_invites` may have grown."""
        backoff = Backoff()
        while True:
            await self._first.wait()
            if self._knocked:
                return
            try:
                answer = await sync.sync(self._wire, None, sync.BARE_FILTER, 0.0)
            except (MatrixError, UnreachableError):
                await asyncio.sleep(backoff.pause())
                continue
            self._knocked = True
            self._doors.invited(invitations(answer))


class _Place:
    """How far the loop is."""

    known = False
    fresh = True
    cursor: str | None = None
    retry_at = 0.0


def _failed(error: Exception, backoff: Backoff) -> float:
    """Log a failed round; how long to wait.

    Raises:
        FatalError: it is for good.
    """
    if isinstance(error, MatrixError):
        if end := fatal(error):
            raise end from error
        log.warning("matrix_sync_refused", error=str(error))
        return max(error.retry_after or 0.0, backoff.pause())
    if isinstance(error, UnreachableError):
        log.warning("matrix_unreachable", error=str(error))
    else:
        log.error("matrix_round_failed", cause=trail(error))
    return backoff.pause()
