"""A whole bot on a real database, with handlers of the test's own and a network in memory that can fail."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import text

from bot.app import App
from bot.config import Database, People, Settings
from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Quoted, Text
from bot.core.context import Context
from bot.core.events import Event, Message, Pressed, Reacted, TimerFired
from bot.core.intents import At, Intent, Reply
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Names, Router
from bot.core.when import Clock
from bot.engine.lock import Locks
from bot.engine.work import Job
from bot.platforms.memory import Memory
from bot.platforms.port import Outgoing, Sent
from storage import Store, schema
from storage.engine import open_engine

NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
ANNA = AccountRef("memory", "anna")
DIRECT = ChatRef("memory", "anna")
ROOM = ChatRef("memory", "room")
PATIENCE = 20.0
"""Seconds after which a test gives up waiting. Long, since the machine is shared; nothing waits for it to pass."""

_numbers = count(1)


def body(words: str, *actions: str) -> Body:
    """A message without locale texts but for its buttons' labels."""
    return Body((Quoted(words),), tuple(Button(Text("language-name-pl"), action) for action in actions))


def say(
    words: str, chat: ChatRef = DIRECT, *, sender: str | None = "anna", key: str | None = None, **more: Any
) -> Message:
    """Somebody writes."""
    number = next(_numbers)
    more.setdefault("at", datetime.now(UTC))
    return Message(
        key=key or f"memory:{number}",
        chat=chat,
        kind=ChatKind.DIRECT if chat == DIRECT or more.pop("direct", False) else ChatKind.ROOM,
        sender=AccountRef(chat.platform, sender) if sender else None,
        id=f"m{number}",
        text=words,
        **more,
    )


def press(post: str, chat: ChatRef = DIRECT, *, sender: str = "anna", **more: Any) -> Pressed:
    """Somebody presses a button."""
    return Pressed(**_head(chat, sender), post=post, **more)


def react(post: str, reaction: str, chat: ChatRef = DIRECT, *, sender: str = "anna", **more: Any) -> Reacted:
    """Somebody reacts."""
    return Reacted(**_head(chat, sender), post=post, reaction=reaction, **more)


def _head(chat: ChatRef, sender: str) -> dict[str, Any]:
    kind = ChatKind.DIRECT if chat == DIRECT else ChatKind.ROOM
    return {
        "key": f"memory:{next(_numbers)}",
        "at": datetime.now(UTC),
        "chat": chat,
        "kind": kind,
        "sender": AccountRef(chat.platform, sender),
    }


def echo(change: Callable[[Message, Context[Store]], Sequence[Intent] | None] | None = None) -> Router[Store]:
    """Answers every text with itself, or does what the test says."""
    router: Router[Store] = Router()

    @router.text(500)
    def answer(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
        if change is not None:
            return change(message, ctx)
        return [Reply(body(message.text))]

    return router


def house() -> Router[Store]:
    """What the engine and its texts take for granted: housekeeping, and the name of the help command."""
    router: Router[Store] = Router()

    @router.timer("housekeeping")
    def tidy(_event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
        return [At(ctx.now + timedelta(hours=1), "housekeeping", key="housekeeping")]

    @router.command("help", Names("pomoc", "help", "допомога", also=("obrady",)))
    def help_(_message: Message, _argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
        return [Reply(body("pomoc"))]

    return router


@dataclass
class Network(Memory):
    """Memory with a rule: `judge` sees every call first and may raise what a network would."""

    judge: Callable[[Outgoing], Any] | None = None
    calls: list[Outgoing] = field(default_factory=list)

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Keep the attempt, ask the judge, deliver."""
        self.calls.append(outgoing)
        if self.judge is not None:
            verdict = self.judge(outgoing)
            if asyncio.iscoroutine(verdict):
                verdict = await verdict
            if isinstance(verdict, Sent):
                return verdict
        return await super().deliver(outgoing)

    @property
    def texts(self) -> list[str]:
        """What arrived, in order, without the quotation sign."""
        return [one.text.removeprefix("> ") for one in self.delivered if one.outgoing.op == "send"]


@dataclass
class World:
    """The database that outlives its bots."""

    url: str
    owners: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        engine = open_engine(self.url)
        schema.upgrade(engine)
        engine.dispose()

    def settings(self) -> Settings:
        """Settings that name the database."""
        return Settings(database=Database(url=self.url), people=People(owners=self.owners))

    @contextlib.asynccontextmanager
    async def bot(
        self,
        *routers: Router[Store],
        network: Memory | None = None,
        others: Sequence[Memory] = (),
        clock: Clock | None = None,
        jobs: Mapping[str, Job] | None = None,
    ) -> AsyncIterator["Running"]:
        """A bot that runs until the block ends, and then in good order; its error is raised here."""
        network = network or Network()
        app = App(self.settings(), clock, [house(), *(routers or [echo()])], jobs)
        task = asyncio.create_task(app.run([network, *others], Locks()))
        running = Running(self, app, network, task)
        try:
            await running.until(lambda: task.done() or network.last_ok > 0)
            yield running
        finally:
            app.stop()
            await asyncio.wait_for(asyncio.shield(task), PATIENCE) if not task.done() else None
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error

    def rows(self, columns: str, table: str, order: str = "1") -> list[tuple[Any, ...]]:
        """What the database holds."""
        return self.sql(f"SELECT {columns} FROM {table} ORDER BY {order}")  # noqa: S608

    def sql(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run a statement in a transaction of its own."""
        engine = open_engine(self.url)
        try:
            with engine.connect().execution_options(write=not statement.startswith("SELECT")) as connection:
                result = connection.execute(text(statement), values)
                found = [tuple(row) for row in result] if result.returns_rows else []
                connection.commit()
                return found
        finally:
            engine.dispose()

    def states(self) -> list[str]:
        """States of the outbox, in order of commitment."""
        return [state for _, state in self.rows("seq, state", "outbox")]


@dataclass
class Running:
    """A bot that runs."""

    world: World
    app: App
    network: Memory
    task: "asyncio.Task[None]"

    async def tell(self, *events: Event) -> None:
        """Hand events in, in one batch where they fit, and wait until all that comes of them is delivered."""
        self.network.push(*events)
        await asyncio.wait_for(self.network.taken(), PATIENCE)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is left that may be delivered now."""
        await asyncio.wait_for(self.app.settle(), PATIENCE)

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for something to become true."""
        async with asyncio.timeout(PATIENCE):
            while not done():
                await asyncio.sleep(0.01)
