"""What the tests of the adapter share: an inbox in memory, raw updates as Telegram writes them, things to send."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from bot.core.events import Event
from bot.core.markup import Markup, Paragraph, Run
from bot.core.refs import ChatRef
from bot.platforms.port import Choice, Menu, Outgoing, Parked
from bot.platforms.telegram import Telegram
from tests.fakes.telegram import FakeTelegram

NO_MENU = Menu(commands={}, moderator_commands={}, about={}, greeting={})
FAST = (0.02, 0.1)
BOT = 1234567890
ANNA = {"id": 42, "is_bot": False, "first_name": "Anna", "language_code": "pl"}
OURSELVES = {"id": BOT, "is_bot": True, "first_name": "Obrady", "username": "obrady_bot"}
OTHER_BOT = {"id": 99, "is_bot": True, "first_name": "Inny", "username": "other_bot"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Anna"}
GROUP = {"id": -4000001, "type": "group", "title": "Koło"}
FORUM = {"id": -1001000000001, "type": "supergroup", "title": "Koło", "is_forum": True}
CHANNEL = {"id": -1001000000002, "type": "channel", "title": "Ogłoszenia"}
DATE = 1_790_000_000


class MemoryInbox:
    """An inbox that commits at once; `failures` of the next takes raise instead."""

    def __init__(self, cursor: str | None = None) -> None:
        self.position = cursor
        self.events: list[Event] = []
        self.cursors: list[str | None] = []
        self.failures = 0
        self._changed = asyncio.Event()

    async def cursor(self) -> str | None:
        return self.position

    async def take(
        self,
        events: Sequence[Event],
        cursor: str | None = None,
        *,
        park: Sequence[Parked] = (),
        unpark: Sequence[str] = (),
    ) -> None:
        if self.failures:
            self.failures -= 1
            self._changed.set()
            raise OSError("database is locked")
        self.events += events
        self.cursors.append(cursor)
        self.position = cursor
        self._changed.set()

    async def where(self, message_id: str) -> ChatRef | None:
        return None

    async def parked(self, session_id: str | None = None) -> Sequence[Parked]:
        return ()

    async def until(self, condition: Callable[[], object], seconds: float = 5.0) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def count(self, number: int) -> list[Event]:
        """Wait for so many events."""
        await self.until(lambda: len(self.events) >= number)
        return self.events


def adapter(url: str, token: str, **options: Any) -> Telegram:
    """An adapter that is quick to try again."""
    return Telegram(token, base_url=url, **{"menu": NO_MENU, "poll_timeout": 1, "backoff": FAST, **options})


@contextlib.asynccontextmanager
async def reading(telegram: Telegram, inbox: MemoryInbox) -> AsyncIterator["asyncio.Task[None]"]:
    """The adapter started and reading in the background."""
    await telegram.start()
    task = asyncio.create_task(telegram.receive(inbox))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await telegram.close()


async def polled(fake: FakeTelegram) -> None:
    """Wait until a poll waits at the server."""
    async with asyncio.timeout(5):
        while fake.queue._waiting is None:
            await asyncio.sleep(0.01)


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] | None = ANNA, **content: Any) -> dict[str, Any]:
    """A Message as on the wire."""
    result: dict[str, Any] = {"message_id": 7, "date": DATE, "chat": chat, **content}
    return {"from": sender, **result} if sender is not None else result


def update(kind: str, payload: Any, update_id: int = 700) -> dict[str, Any]:
    """An Update as on the wire."""
    return {"update_id": update_id, kind: payload}


def marked(kind: str, text: str, part: str, **extra: Any) -> list[dict[str, Any]]:
    """One entity over a part of a text, counted in UTF-16 units."""
    before = text[: text.index(part)]
    return [{"type": kind, "offset": _units(before), "length": _units(part), **extra}]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def words(text: str) -> Markup:
    """A plain paragraph."""
    return (Paragraph("para", (Run(text),)),)


def outgoing(
    text: str = "Dzień dobry",
    *,
    to: int | str = 42,
    op: Any = "send",
    thread: int | str = "",
    markup: Markup | None = None,
    choices: Sequence[tuple[str, str]] = (),
    **options: Any,
) -> Outgoing:
    """A call."""
    return Outgoing(
        id="row-1",
        seq=1,
        op=op,
        chat=ChatRef("telegram", str(to), str(thread)),
        markup=words(text) if markup is None else markup,
        choices=tuple(Choice(label, action) for label, action in choices),
        **options,
    )
