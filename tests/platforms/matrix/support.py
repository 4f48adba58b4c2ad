"""The bot's side in the tests: the adapter running against a server, and an inbox that remembers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from itertools import count, repeat
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from bot.core.events import Event, Message
from bot.core.markup import Run, paragraph
from bot.core.refs import ChatRef
from bot.platforms.matrix import Matrix
from bot.platforms.port import Outgoing, Parked, Sent
from tests.fakes.synapse.server import Account

E = TypeVar("E", bound=Event)
_numbers = count(1)


class MemoryInbox:
    """Keeps what the engine would; survives the adapter's restarts. `again` are events handed in twice."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.again: list[Event] = []
        self.token: str | None = None
        self.waiting: dict[str, Parked] = {}
        self.takes = 0
        self.failures = 0
        self.posts: dict[str, ChatRef] = {}
        self._news = asyncio.Event()

    async def cursor(self) -> str | None:
        return self.token

    async def take(
        self,
        events: Sequence[Event],
        cursor: str | None = None,
        *,
        park: Sequence[Parked] = (),
        unpark: Sequence[str] = (),
    ) -> None:
        await asyncio.sleep(0)
        if self.failures and events:
            self.failures -= 1
            raise OSError("disk full")
        known = {event.key for event in self.events}
        for event in events:
            if event.key in known:
                self.again.append(event)
            else:
                self.events.append(event)
                known.add(event.key)
        for key in unpark:
            del self.waiting[key]
        for parked in park:
            assert parked.key not in self.waiting
            self.waiting[parked.key] = parked
        if cursor is not None:
            self.token = cursor
        self.takes += 1
        self._wake()

    async def where(self, message_id: str) -> ChatRef | None:
        return self.posts.get(message_id)

    async def parked(self, session_id: str | None = None) -> Sequence[Parked]:
        return [parked for parked in self.waiting.values() if session_id in (None, parked.session_id)]

    def of(self, kind: type[E]) -> list[E]:
        """All events of a kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def texts(self, room_id: str | None = None) -> list[str]:
        """The texts of messages, in order."""
        return [event.text for event in self.of(Message) if room_id in (None, event.chat.chat_id)]

    async def until(self, ready: Callable[[], bool], within: float = 15.0) -> None:
        """Wait until `ready()`, looked at after each take."""
        try:
            async with asyncio.timeout(within):
                while not ready():
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"the inbox has only: {self.events[-8:]}") from None

    async def until_text(self, text: str, within: float = 15.0) -> Message:
        """Wait for a message with exactly this text."""
        await self.until(lambda: text in self.texts(), within)
        return next(event for event in self.of(Message) if event.text == text)

    async def until_one(self, kind: type[E], within: float = 15.0) -> E:
        """Wait for the first event of a kind."""
        await self.until(lambda: bool(self.of(kind)), within)
        return self.of(kind)[0]

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Bot:
    """`async with Bot(url, account, store) as bot:` The same inbox and store again is the bot after a restart."""

    def __init__(
        self, url: str, account: Account, store: Path, inbox: MemoryInbox | None = None, **options: Any
    ) -> None:
        options.setdefault("allow_invites", ("*",))
        self.account = account
        self.user_id = account.user_id
        self.inbox = inbox or MemoryInbox()
        self.matrix = Matrix(
            url,
            account.user_id,
            store=store,
            access_token=account.access_token,
            device_id=account.device_id,
            **options,
        )
        self.task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            await self.matrix.start()
        except BaseException:
            await self.matrix.close()
            raise
        self.listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.stop()
        await self.matrix.close()

    def listen(self) -> None:
        """Begin to read."""
        self.task = asyncio.create_task(self.matrix.receive(self.inbox), name="the bot")

    async def stop(self) -> None:
        """Stop reading; a mistake of the adapter fails the test here."""
        task, self.task = self.task, None
        if task is None:
            return
        if not task.done():
            task.cancel()
        await asyncio.wait([task])
        if not task.cancelled() and (error := task.exception()):
            raise error

    async def ready(self) -> None:
        """Until the first answer was handed in: what is said from now on is heard."""
        await self.inbox.until(lambda: self.inbox.token is not None)

    async def say(self, room_id: str, text: str, **fields: Any) -> str:
        """Deliver a text; the event's id."""
        return (await self.send(room_id, text, **fields)).message_id

    async def send(self, room_id: str, text: str, **fields: Any) -> Sent:
        """Deliver a text."""
        return await self.matrix.deliver(outgoing(room_id, text, **fields))


def outgoing(room_id: str, text: str, *, thread: str = "", **fields: Any) -> Outgoing:
    """One call with a text of its own."""
    number = next(_numbers)
    fields.setdefault("op", "send")
    fields.setdefault("id", f"out-{number}-{datetime.now(UTC).timestamp()}")
    markup = (paragraph("para", [Run(text)]),)
    return Outgoing(seq=number, chat=ChatRef("matrix", room_id, thread), markup=markup, **fields)


async def eventually(ready: Callable[[], Awaitable[bool]], within: float = 10.0) -> None:
    """Ask again and again until it is so: for what nobody announces."""
    async with asyncio.timeout(within):
        for pause in repeat(0.05):
            if await ready():
                return
            await asyncio.sleep(pause)


class MakeBot(Protocol):
    """`await make_bot()` → a Bot that listens until the test ends."""

    def __call__(
        self,
        *,
        url: str | None = None,
        account: Account | None = None,
        inbox: MemoryInbox | None = None,
        store: Path | None = None,
        server: Any = None,
        **options: Any,
    ) -> Awaitable[Bot]: ...
