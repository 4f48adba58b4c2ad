"""The queue of updates and getUpdates, as the server in Client.cpp behaves (see each rule)."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .errors import ApiError
from .spec import UPDATE_TYPES

MAX_POLL_SECONDS = 50
MAX_ANSWER_BYTES = 4 * 1024 * 1024
# What an empty `allowed_updates` leaves out, by the field's text.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Pending:
    """An update that waits to be confirmed, encoded once."""

    update_id: int
    data: bytes
    forced: bool
    delivered: int = 0


class UpdateQueue:
    """Updates not yet confirmed. At most one long poll waits; a second one throws the older out with 409."""

    def __init__(self, *, first_id: int = 700_000_001, conflict_pause: float = 3.0) -> None:
        self.allowed: frozenset[str] = frozenset(UPDATE_TYPES - NOT_BY_DEFAULT)
        self.pending: deque[Pending] = deque()
        self.confirmed = 0
        self.last_poll = 0.0
        self.next_id = first_id
        self._conflict_pause = conflict_pause
        self._next_conflict = 0.0
        self._mixed = False  # are there ids out of order, or forced ones?
        self._waiting: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_start = 0.0

    def push(self, update: dict[str, Any], *, forced: bool = False) -> int:
        """Queue an update (an id is given to it if it has none) and wake the poll.

        `forced` ones are delivered once at least, even with an id below the confirmed offset: duplicates and old ids.
        """
        update_id = update.get("update_id")
        if update_id is None:
            update_id = self.next_id
            update = {"update_id": update_id, **update}
        self._mixed = self._mixed or forced or update_id < self.next_id
        self.next_id = max(self.next_id, update_id + 1)
        self.pending.append(Pending(update_id, json.dumps(update, ensure_ascii=False).encode(), forced))
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        return int(update_id)

    async def poll(
        self, offset: int = 0, limit: int = 100, seconds: int = 0, allowed: Iterable[str] | None = None
    ) -> list[Pending]:
        """getUpdates: confirm everything below `offset`, then answer with the rest or wait for something to come."""
        now = time.monotonic()
        self._throw_out_older(now)
        if allowed is not None:
            # The setting sticks, and touches only updates created from now on.
            wanted = frozenset(allowed)
            self.allowed = wanted or frozenset(UPDATE_TYPES - NOT_BY_DEFAULT)
        limit = min(max(limit, 1), 100)
        if offset == self._last_offset and offset and now < self._last_start + 0.5:
            # Asking the same again at once means the answer was too much: Client.cpp then sends one.
            limit = 1
        self._last_offset, self._last_start = offset, now
        self._confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, MAX_POLL_SECONDS))
        self.last_poll = time.monotonic()
        batch: list[Pending] = []
        size = 0
        for item in islice(self.pending, limit):
            size += len(item.data)
            if batch and size > MAX_ANSWER_BYTES:
                break
            item.delivered += 1
            batch.append(item)
        return batch

    def forget(self) -> None:
        """`drop_pending_updates`."""
        self.pending.clear()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            # "starting from -offset update from the end of the updates queue. All previous updates will be forgotten"
            while len(self.pending) > -offset:
                self.pending.popleft()
            return
        if offset == 0:
            return
        before = len(self.pending)
        if self._mixed:
            self.pending = deque(
                item for item in self.pending if item.update_id >= offset or (item.forced and not item.delivered)
            )
            self._mixed = bool(self.pending)
        else:
            while self.pending and self.pending[0].update_id < offset:
                self.pending.popleft()
        self.confirmed += before - len(self.pending)

    async def _wait(self, seconds: float) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _throw_out_older(self, now: float) -> None:
        older = self._waiting
        if older is None or older.done():
            return
        self._waiting = None
        if now >= self._next_conflict:
            self._next_conflict = now + self._conflict_pause
            older.set_exception(ApiError("conflict_poll"))
        else:
            # At most one 409 at once in three seconds; further ones are told later (fail_query_conflict).
            asyncio.get_running_loop().call_later(self._conflict_pause, _throw_out, older)


def _throw_out(waiting: "asyncio.Future[None]") -> None:
    if not waiting.done():
        waiting.set_exception(ApiError("conflict_poll"))
