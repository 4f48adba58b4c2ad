"""A network in memory: tests and benchmarks speak through it. It is held to the same contract as the real ones."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.capabilities import Capabilities
from bot.core.events import Event
from bot.core.files import FileRef
from bot.core.markup import plain
from bot.core.refs import ChatRef
from bot.platforms.port import (
    DeliveryError,
    FatalError,
    FetchError,
    Inbox,
    Outgoing,
    Rate,
    Sent,
    UndeliverableError,
)

CAPABILITIES = Capabilities(
    buttons=True,
    toasts=True,
    edits=True,
    text_limit=4096,
    caption_limit=1024,
    command_prefix="/",
    ascii_commands=True,
    idempotent_send=True,
    edit_interval=0,
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A call as the network saw it."""

    outgoing: Outgoing
    message_id: str
    text: str


@dataclass
class Memory:
    """Events go in through `push`, calls come out in `delivered`; `faults` are raised by the next calls, in order.

    `gone` holds the chats that threw the bot out, `may_pin` is whether it may pin in the
    others; `files` are those that people sent.
    """

    name: str = "memory"
    capabilities: Capabilities = CAPABILITIES
    max_in_flight: int = 100
    last_ok: float = 0.0
    patience: float = 60.0
    batch: int = 100
    delivered: list[Delivered] = field(default_factory=list)
    faults: list[DeliveryError | FatalError] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    may_pin: bool = True
    gone: set[ChatRef] = field(default_factory=set)
    _queue: "asyncio.Queue[Event]" = field(default_factory=asyncio.Queue)
    _open: list[Event] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _handed: int = 0
    _taken: int = 0
    _progress: asyncio.Event = field(default_factory=asyncio.Event)

    def push(self, *events: Event) -> None:
        """Something happened on the network."""
        for event in events:
            self._queue.put_nowait(event)
            self._handed += 1

    async def taken(self) -> None:
        """Wait until everything that was pushed is handled and committed."""
        while self._taken < self._handed:
            self._progress.clear()
            await self._progress.wait()

    async def start(self) -> None:
        """Nothing to check."""
        self.last_ok = time.monotonic()

    async def receive(self, inbox: Inbox) -> None:
        """Hand in what was pushed, in batches of at most `batch`; one that was not taken is handed in again."""
        while True:
            events = self._open
            if not events:
                events.append(await self._queue.get())
            while len(events) < self.batch and not self._queue.empty():
                events.append(self._queue.get_nowait())
            await inbox.take(tuple(events), cursor=str(self._taken + len(events)))
            self._taken += len(events)
            events.clear()
            self.last_ok = time.monotonic()
            self._progress.set()

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Keep the call; a repeated id is one message."""
        if self.faults:
            raise self.faults.pop(0)
        if outgoing.chat in self.gone:
            raise UndeliverableError("the bot is not in the chat", chat_gone=True)
        if outgoing.op == "pin" and not self.may_pin:
            raise UndeliverableError("the bot may not pin here")
        text = outgoing.toast if outgoing.op == "ack" else plain(outgoing.markup)
        if outgoing.op == "send":
            if outgoing.id in self._known:
                return Sent(self._known[outgoing.id])
            message_id = self._known[outgoing.id] = str(len(self._known) + 1)
        else:
            message_id = outgoing.message_id or ""
        self.delivered.append(Delivered(outgoing, message_id, text))
        return Sent(message_id)

    async def fetch(self, file: FileRef, limit: int) -> bytes:
        """From `files`, by id."""
        if file.id not in self.files:
            raise FetchError("there is no such file")
        if len(self.files[file.id]) > limit:
            raise FetchError(f"more than {limit} bytes", too_large=True)
        return self.files[file.id]

    def rates(self, _outgoing: Outgoing) -> Sequence[Rate]:
        """No limits."""
        return ()

    async def reset(self) -> None:
        """Nothing to connect."""

    async def close(self) -> None:
        """Nothing to release."""
