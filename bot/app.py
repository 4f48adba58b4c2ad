"""The composition root: settings → storage → platforms → workers, and the order in which they end."""

import asyncio
import contextlib
import importlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog

from bot.config import Settings
from bot.core.routing import Router, Routes
from bot.core.when import Clock
from bot.engine.clock import SystemClock, VirtualClock
from bot.engine.clockwork import Clockwork
from bot.engine.compose import Composer
from bot.engine.delivery import Delivery
from bot.engine.inbox import PlatformInbox
from bot.engine.intake import Intake
from bot.engine.lock import AlreadyRunningError, Locks
from bot.engine.supervisor import supervise
from bot.engine.work import Job, Tools, Workshop
from bot.library import Library
from bot.locales import Texts
from bot.menu import PLAIN, menu
from bot.platforms.port import Platform
from bot.screen.board import Board, board_of
from bot.screen.health import Health
from bot.screen.page import Page
from bot.screen.screens import Screens
from bot.screen.server import Server
from handlers import routers
from storage import schema
from storage.engine import DatabaseBusyError, open_engine
from storage.sending import backlog, recover
from storage.store import Store
from storage.writer import Reader, Writer

log = structlog.get_logger(__name__)

Body = Callable[[], Coroutine[Any, Any, None]]

DRAIN_SECONDS = 10.0
"""How long committed answers may still go out after the bot was told to end."""


class App:
    """A running bot. Its routes and texts are there before it runs, so that platforms can be given a menu."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        capabilities: Sequence[Router[Store]] | None = None,
        jobs: Mapping[str, Job] | None = None,
    ) -> None:
        """Args:
        capabilities: the routers to serve; all of the product's when None.
        jobs: who does slow work (`Do`), by name.

        Raises:
            ValueError: a router waits for work that nobody does.
        """
        self.settings = settings
        self.clock = clock or SystemClock()
        self.library = Library(settings) if capabilities is None else None
        self.routes: Routes[Store] = Routes(
            routers(self.library.knowledge, settings.zone(), settings.keep(), page=settings.web.screen_page())
            if self.library
            else capabilities or ()
        )
        self.jobs = {**(self.library.jobs() if self.library else {}), **(jobs or {})}
        if missing := self.routes.works.keys() - self.jobs.keys():
            raise ValueError(f"nobody does this work: {', '.join(sorted(missing))}")
        self.texts = Texts(self.routes.command_names(), settings.zone())
        self._deliveries: list[Delivery] = []
        self._stop = asyncio.Event()
        self._clockwork: Clockwork | None = None
        self._screens: Screens | None = None
        self._workshop: Workshop | None = None

    def platforms(self, locks: Locks) -> list[Platform]:
        """The adapters of the networks in the config, by name; the console is left out, it has a command of its own.

        Raises:
            AlreadyRunningError: another process on this machine uses one of the accounts.
        """
        shown = menu(self.routes, self.texts)
        found: list[Platform] = []
        for name, table in self.settings.platforms.items():
            if name != "console":
                if account := table.account():
                    locks.account(name, account)
                found.append(importlib.import_module(f"bot.platforms.{name}").create(table, shown))
        return found

    def stop(self) -> None:
        """End in good order."""
        self._stop.set()

    async def settle(self) -> None:
        """Wait until everything committed is delivered and no timer is due."""
        # A timer may send something, and something that can't be sent is told by a timer.
        fired = True
        while fired:
            for delivery in self._deliveries:
                await delivery.quiet()
            worked = self._workshop is not None and await self._workshop.quiet()
            fired = (self._clockwork is not None and await self._clockwork.tick()) or worked
        for delivery in self._deliveries:
            await delivery.quiet()

    async def move(self, to: datetime) -> None:
        """Let virtual time go on, firing timers in order.

        Raises:
            ValueError: time is real.
        """
        if self._clockwork is None or not isinstance(self.clock, VirtualClock):
            raise ValueError('time is real here; it is virtual when the first line is a "clock"')
        await self._clockwork.move(self.clock, to, self.settle)

    async def run(self, platforms: Sequence[Platform], locks: Locks, body: Body | None = None) -> None:
        """Run until `stop`, or until `body` is done; then drain and give the locks back.

        Raises:
            FatalError: a network refuses the bot for good.
            AlreadyRunningError: another process owns the database.
            SchemaError: the database is not of this version.
        """
        engine = open_engine(self.settings.database.url)
        writer, reader = Writer(engine), Reader(engine)
        try:
            locks.database(self.settings.database.url)
            schema.check(engine)
            try:
                writer.start()
            except DatabaseBusyError:
                raise AlreadyRunningError("Another Obrady is using this database. Stop it first.") from None
            await self._run(platforms, body, writer, reader)
        finally:
            for platform in platforms:
                with contextlib.suppress(Exception):
                    await platform.close()
            writer.close()
            reader.close()
            engine.dispose()
            locks.release()

    async def _run(
        self,
        platforms: Sequence[Platform],
        body: Body | None,
        writer: Writer,
        reader: Reader,
    ) -> None:
        now = self.clock.now()
        for platform in platforms:
            idempotent = platform.capabilities.idempotent_send
            lost = await writer.run(
                lambda session, name=platform.name, again=idempotent: recover(session, name, now, idempotent=again)  # type: ignore[misc]
            )
            if lost:
                log.warning("deliveries were under way when the bot ended: they may have arrived", uncertain=lost)
        self._deliveries = [
            Delivery(
                platform,
                writer,
                reader,
                Composer(platform, self.routes, self.texts.words, reader, self.clock),
                self.clock,
            )
            for platform in platforms
        ]
        capabilities = {platform.name: platform.capabilities for platform in platforms}
        by_name = dict(zip(capabilities, self._deliveries, strict=True))
        intake = Intake(writer, self.routes, capabilities, self.clock, self.settings.owners(), self._wake, by_name)
        self._workshop = Workshop(self.jobs, Tools(platforms), writer, reader, intake, self.clock)
        intake.asked = self._workshop.wake
        self._clockwork = Clockwork(writer, reader, intake, self.clock)
        await self._clockwork.prepare()
        if not isinstance(self.clock, VirtualClock):
            self._clockwork.start()
        if self.library:
            await self.library.open(reader)
        server = self._server(platforms, writer, reader)
        reading = [
            asyncio.create_task(
                supervise(
                    platform,
                    PlatformInbox(intake, platform.name, reader),
                    [other for other in platforms if other is not platform],
                ),
                name=f"supervise {platform.name}",
            )
            for platform in platforms
        ]
        sending = [asyncio.create_task(delivery.run(), name="deliver") for delivery in self._deliveries]
        # An error there ends the bot like one of a network; work that is cut off is done again after the next start.
        reading.append(asyncio.create_task(self._workshop.run(), name="work"))
        if self.library:
            reading.append(asyncio.create_task(self.library.watch(), name="documents"))
        ending: list[asyncio.Task[Any]] = [asyncio.create_task(self._stop.wait(), name="stop")]
        if body:
            ending.append(asyncio.create_task(body(), name="body"))
        try:
            await server.start(self.settings.web)
            await asyncio.wait([*reading, *sending, *ending], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if self._screens:
                self._screens.close()
            failed = await self._end(reading, sending, ending)
            await server.stop()
        if failed:
            raise failed

    async def _end(
        self, reading: list[asyncio.Task[None]], sending: list[asyncio.Task[None]], ending: list[asyncio.Task[Any]]
    ) -> BaseException | None:
        """Stop reading, then let go out what is committed, then stop sending. Returns the error that ended the bot.

        However many networks hang: calls under way get what is left of `DRAIN_SECONDS`, and a moment at least.
        """
        deadline = asyncio.get_running_loop().time() + DRAIN_SECONDS
        failed = next((e for task in [*reading, *sending, *ending] if task.done() and (e := _error(task))), None)
        if self._clockwork:
            self._clockwork.stop()
        for task in [*reading, *ending]:
            task.cancel()
        await asyncio.gather(*reading, *ending, return_exceptions=True)
        if not failed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(deadline):
                    for delivery in self._deliveries:
                        await delivery.quiet()
        for sender in sending:
            sender.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
        left = max(deadline - asyncio.get_running_loop().time(), 0.5)
        await asyncio.gather(*(delivery.drain(left) for delivery in self._deliveries))
        return failed

    def _server(self, platforms: Sequence[Platform], writer: Writer, reader: Reader) -> Server:
        health = Health(platforms, lambda: reader.run(backlog), lambda: writer.run(lambda _session: None), self.clock)
        if not self.settings.web.screen:
            return Server([health.pages])

        async def read(token: str) -> Board | None:
            now = self.clock.now()
            return await reader.run(lambda session: board_of(session, token, now))

        self._screens = Screens(read, Page(self.texts, self.settings.zone(), PLAIN), platforms, self.clock)
        return Server([health.pages, self._screens.pages])

    def _wake(self) -> None:
        for delivery in self._deliveries:
            delivery.wake()
        if self._screens:
            self._screens.wake()


def _error(task: asyncio.Task[Any]) -> BaseException | None:
    return None if task.cancelled() else task.exception()
