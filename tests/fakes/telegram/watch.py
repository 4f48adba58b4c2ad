# ruff: noqa: ASYNC109 - a test says how long it will wait
"""What the bot did: transcript, messages as they stand now, waiting for something to happen, and a ledger on disk."""

import asyncio
import json
import os
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .text import JsonDict, words
from .world import Chat, Person, World

Wanted = str | re.Pattern[str] | Callable[[JsonDict], object]


@dataclass(frozen=True)
class Call:
    """One request: what was asked, what was answered (`error` is the HTTP code), which fault it met."""

    method: str
    params: JsonDict
    result: Any
    error: int | None = None
    fault: str | None = None
    at: float = field(default_factory=time.monotonic)


class Ledger:
    """Lines of JSON appended unbuffered, so that what was delivered is known whatever dies next."""

    def __init__(self, path: Path | str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, kind: str, **content: Any) -> None:
        """One line; `t` is the monotonic clock, which all processes of a machine share."""
        line = json.dumps({"kind": kind, "t": time.monotonic(), **content}, ensure_ascii=False)
        os.write(self._file, line.encode() + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class Watch:
    """The observing half of the fake."""

    world: World

    def __init__(self, ledger: Path | str | None) -> None:
        self.calls: deque[Call] = deque(maxlen=200_000)
        self.counts: Counter[str] = Counter()
        self.violations: list[str] = []
        self.own: set[tuple[int, int]] = set()
        self.answered: dict[str, JsonDict] = {}
        self.answered_at: dict[str, float] = {}
        self.sent_total = 0
        self.ledger = Ledger(ledger) if ledger is not None else None
        self.fault_now: str | None = None
        self._order: list[tuple[int, int]] = []
        self._changed: set[asyncio.Future[None]] = set()

    def violate(self, what: str) -> None:
        """Record a departure from the documentation."""
        self.violations.append(what)

    def note_sent(self, chat: Chat, message: JsonDict) -> None:
        """The bot's message was delivered."""
        key = (chat.id, message["message_id"])
        self.own.add(key)
        self._order.append(key)
        self.sent_total += 1
        self._record("sent", message)

    def note_edited(self, chat: Chat, message: JsonDict) -> None:
        """The bot changed its message."""
        self._record("edited", message)

    def note_deleted(self, chat: Chat, message: JsonDict) -> None:
        """The bot removed a message."""
        self._record("deleted", message)

    def note_answer(self, query_id: str, params: JsonDict) -> None:
        """The bot answered a pressed button."""
        self.answered[query_id] = params
        self.answered_at[query_id] = time.monotonic()
        if self.ledger is not None:
            self.ledger.write("answered", query=query_id, text=params.get("text", ""), fault=self.fault_now)
        self._wake()

    def _record(self, kind: str, message: JsonDict) -> None:
        if self.ledger is not None:
            where = {"chat": message["chat"]["id"], "message_id": message["message_id"]}
            self.ledger.write(kind, **where, text=words(message), fault=self.fault_now)
        self._wake()

    def _wake(self) -> None:
        for waiting in self._changed:
            if not waiting.done():
                waiting.set_result(None)

    def sent(self, where: Chat | Person | int | None = None) -> list[JsonDict]:
        """The bot's messages as they stand now (edited, without those deleted), oldest first."""
        return list(self._standing(self.world.to(where).id if where is not None else None))

    def texts(self, where: Chat | Person | int | None = None) -> list[str]:
        """Their texts alone."""
        return [words(message) for message in self.sent(where)]

    def transcript(self, method: str | None = None) -> list[Call]:
        """Requests in the order they came, all but getUpdates or those of one method."""
        if method is None:
            return [call for call in self.calls if call.method != "getUpdates"]
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def _standing(self, chat_id: int | None) -> Iterator[JsonDict]:
        for chat, message_id in self._order:
            if chat_id is None or chat == chat_id:
                message = self.world.chats[chat].messages.get(message_id)
                if message is not None:
                    yield message

    async def until(self, condition: Callable[[], Any], timeout: float = 5.0) -> Any:
        """Wait until the condition gives something true, looking again whenever the bot did something."""
        async with asyncio.timeout(timeout):
            while not (found := condition()):
                waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._changed.add(waiting)
                try:
                    await waiting
                finally:
                    self._changed.discard(waiting)
        return found

    async def wait_for(
        self,
        wanted: Wanted,
        *,
        chat: Chat | Person | int | None = None,
        timeout: float = 5.0,
        after: JsonDict | None = None,
    ) -> JsonDict:
        """The first message of the bot, as it stands, that holds the text, matches the pattern or pleases the function.

        `after` is a message: only later ones of the bot count.
        """
        test = _test(wanted)
        later = after["message_id"] if after else 0

        def look() -> JsonDict | None:
            messages = self.sent(chat)
            return next((message for message in messages if message["message_id"] > later and test(message)), None)

        try:
            message: JsonDict = await self.until(look, timeout)
        except TimeoutError:
            raise AssertionError(f"the bot did not send {wanted!r}; it sent {self.texts(chat)[-10:]}") from None
        return message

    async def wait_answer(self, query_id: str, timeout: float = 5.0) -> JsonDict:
        """Parameters of the answer to a pressed button."""
        try:
            answer: JsonDict = await self.until(lambda: self.answered.get(query_id), timeout)
        except TimeoutError:
            raise AssertionError(f"the button's query {query_id} was not answered") from None
        return answer

    async def wait_call(self, method: str, *, count: int = 1, timeout: float = 5.0) -> Call:
        """The count-th call of a method."""
        try:
            calls: list[Call] = await self.until(
                lambda: (found := self.transcript(method))[count - 1 :] and found, timeout
            )
        except TimeoutError:
            raise AssertionError(f"{method} was called {len(self.transcript(method))} times, not {count}") from None
        return calls[count - 1]


def _test(wanted: Wanted) -> Callable[[JsonDict], object]:
    if callable(wanted):
        return wanted

    def matches(message: JsonDict) -> object:
        text = words(message)
        return wanted in text if isinstance(wanted, str) else wanted.search(text)

    return matches
