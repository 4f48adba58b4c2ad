"""Slow work, outside of every transaction: an intent out, an event back.

A row is committed with the handler's writes (`Do`), the work is done here, and its row goes in the transaction that
handles the result (`WorkDone`): it is handled once, whatever crashes. Work that was under way when the process died is
done again, so it must do no harm twice; after `TRIES` attempts an error is its result.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog

from bot.core.events import WorkDone
from bot.core.files import LARGEST_TAKEN, FileRef
from bot.core.refs import adapter_of
from bot.core.when import Clock
from bot.engine.intake import Intake
from bot.logs import trail
from bot.platforms.port import FetchError, NotSentError, Platform
from storage.engine import unusable
from storage.work import EVENT, Task, begin, give_back, next_work, put_off
from storage.writer import Reader, Writer

log = structlog.get_logger(__name__)

TRIES = 3
AT_ONCE = 2
PAUSES = (5.0, 30.0)
"""Seconds until work is tried again after the network could not be reached."""
PATIENCE_SECONDS = 1.0
"""Until a database that is away is asked again."""


class WorkError(Exception):
    """The work can't be done; the word is for the handler: "broken", "too-large"."""


@dataclass(frozen=True)
class Tools:
    """What work may use of the running bot."""

    platforms: Sequence[Platform]

    async def fetch(self, file: FileRef, limit: int = LARGEST_TAKEN) -> bytes:
        """A file that somebody sent.

        Raises:
            WorkError: "too-large", or "no-file": it is there no more.
            NotSentError: not now; the work is done again later.
        """
        for platform in self.platforms:
            if platform.name == adapter_of(file.platform):
                try:
                    return await platform.fetch(file, limit)
                except FetchError as error:
                    log.info("file can't be had", platform=platform.name, reason=str(error))
                    raise WorkError("too-large" if error.too_large else "no-file") from None
        raise WorkError("no-file")


Worker = Callable[[dict[str, Any], Tools], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of work: from the payload of `Do` to that of `WorkDone`, both JSON; within so many seconds."""

    worker: Worker
    seconds: float = 60.0


class Workshop:
    """Does the work of all kinds, `AT_ONCE` at once."""

    def __init__(
        self,
        jobs: Mapping[str, Job],
        tools: Tools,
        writer: Writer,
        reader: Reader,
        intake: Intake,
        clock: Clock,
    ) -> None:
        self._jobs = jobs
        self._tools = tools
        self._writer = writer
        self._reader = reader
        self._intake = intake
        self._clock = clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        self._done = 0

    def wake(self) -> None:
        """There may be something to do."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what is under way then is done again after the next start."""
        try:
            while True:
                self._news.clear()
                try:
                    await self._begin()
                    timeout = await self._next()
                except Exception as error:
                    if not unusable(error):
                        raise
                    log.error("work waits for the database", cause=type(error).__name__)
                    timeout = PATIENCE_SECONDS
                try:
                    async with asyncio.timeout(timeout):
                        await self._news.wait()
                except TimeoutError:
                    pass
        finally:
            cut = dict(self._under_way)
            for task in cut.values():
                task.cancel()
            await asyncio.gather(*cut.values(), return_exceptions=True)
            if cut:
                await self._writer.run(lambda session: give_back(session, list(cut)))

    async def quiet(self) -> bool:
        """Wait until nothing is left that can be done now. Returns whether anything was done since the last time."""
        while True:
            earliest = await self._reader.run(lambda session: next_work(session, list(self._under_way)))
            if not self._under_way and (earliest is None or earliest > self._clock.now()):
                break
            self.wake()
            await asyncio.sleep(0.01)
        done, self._done = self._done, 0
        return done > 0

    async def _begin(self) -> None:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return
        now, busy = self._clock.now(), list(self._under_way)
        if not await self._reader.run(lambda session: next_work(session, busy)):
            return
        for task in await self._writer.run(lambda session: begin(session, now, room, busy)):
            doing = asyncio.create_task(self._do(task), name=f"work {task.name}")
            self._under_way[task.asking] = doing

    async def _next(self) -> float | None:
        if len(self._under_way) >= AT_ONCE:
            return None
        earliest = await self._reader.run(lambda session: next_work(session, list(self._under_way)))
        wait = self._clock.until(earliest) if earliest else None
        return None if wait is None else max(wait, 0.01)

    async def _do(self, task: Task) -> None:
        try:
            result, error = await self._result(task)
            if result is None and error is None:
                until = self._clock.now() + timedelta(seconds=PAUSES[min(task.attempts, len(PAUSES)) - 1])
                await self._writer.run(lambda session: put_off(session, task.asking, until))
                return
            await self._tell(task, result or {}, error)
            self._done += 1
        except Exception as error_:  # noqa: BLE001 - its row is there still: it is done again
            log.error("work failed", name=task.name, cause=trail(error_))
            await asyncio.sleep(PATIENCE_SECONDS)
        finally:
            self._under_way.pop(task.asking, None)
            self.wake()

    async def _result(self, task: Task) -> tuple[dict[str, Any] | None, str | None]:
        """The result or an error; neither when it is to be tried again."""
        job = self._jobs.get(task.name)
        if job is None:
            log.error("nobody does this work", name=task.name)
            return None, "unknown"
        if task.attempts > TRIES:
            return None, "given-up"
        try:
            async with asyncio.timeout(job.seconds):
                return await job.worker(task.payload, self._tools), None
        except WorkError as error:
            return None, str(error)
        except NotSentError as error:
            log.info("work waits", name=task.name, reason=str(error))
            return None, "away" if task.attempts >= TRIES else None
        except TimeoutError:
            log.warning("work took too long", name=task.name, seconds=job.seconds)
            return None, "timeout"
        except Exception as error:  # noqa: BLE001 - one kind of work must not stop the others
            log.error("work failed", name=task.name, cause=trail(error))
            return None, "failed"

    async def _tell(self, task: Task, result: dict[str, Any], error: str | None) -> None:
        event = WorkDone(
            key=f"{EVENT}{task.asking}",
            at=self._clock.now(),
            name=task.name,
            id=task.key,
            payload=result,
            error=error,
        )
        while True:
            try:
                await self._intake.feed([event])
            except Exception as trouble:
                if not unusable(trouble):
                    raise
                log.error("a result waits for the database", cause=type(trouble).__name__)
                await asyncio.sleep(PATIENCE_SECONDS)
            else:
                return
