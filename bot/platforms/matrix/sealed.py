"""Messages whose key has not come: parked with the sync token, opened when the key arrives, given up after a day."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.core.events import Event
from bot.platforms.matrix.crypto import Crypto, SealedError
from bot.platforms.matrix.parse import MalformedError, Where, key, parse, poison, unreadable
from bot.platforms.port import Inbox, Parked

log = structlog.get_logger(__name__)

PATIENCE = timedelta(hours=24)
MOST = 1_000
"""Waiting at once; what comes above is dropped, so that nobody can fill the database with noise."""


@dataclass
class Batch:
    """What one round hands in, and what is to be done once it is committed."""

    events: list[Event] = field(default_factory=list)
    park: list[Parked] = field(default_factory=list)
    unpark: list[str] = field(default_factory=list)
    requests: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    invites: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    successors: list[tuple[str, str, str]] = field(default_factory=list)
    leave: list[str] = field(default_factory=list)

    def add(self, event: Event | None) -> None:
        """One more event, if it is one."""
        if event is not None:
            self.events.append(event)


class Sealed:
    """The parked messages: their rooms in memory, themselves in the inbox."""

    def __init__(self, crypto: Crypto, now: Callable[[], datetime]) -> None:
        self._crypto = crypto
        self._now = now
        self._rooms: dict[str, str] = {}
        self._arrived: set[str] = set()

    async def load(self, inbox: Inbox) -> None:
        """Learn what waits from before the restart; all of it is tried at once."""
        self._rooms = {parked.key: parked.chat_id for parked in await inbox.parked()}

    def arrived(self, sessions: Iterable[str]) -> None:
        """Keys came. Remembered until a round is committed, since they come only once."""
        self._arrived.update(sessions)

    def open(self, event: Mapping[str, Any], where: Where, batch: Batch, *, quiet: bool) -> None:
        """Read an encrypted event into the batch, or park it. `quiet`: don't say yet that it can't be read."""
        if not event.get("content") or event.get("sender") == where.me.user_id:
            return
        try:
            batch.add(parse(self._crypto.open(where.room_id, event), where))
        except MalformedError as error:
            batch.add(poison(event, str(error)))
        except SealedError as error:
            try:
                self._park(event, where, error.session_id, batch, quiet=quiet)
            except MalformedError as missing:
                batch.add(poison(event, str(missing)))

    async def retry(
        self, inbox: Inbox, batch: Batch, where: Callable[[str], Awaitable[Where]], *, everything: bool
    ) -> None:
        """Open what can be opened now: of the sessions whose keys came, or all. Gives up what is too old."""
        if not self._rooms or not (everything or self._arrived):
            return
        waiting: list[Parked] = []
        if everything:
            waiting += await inbox.parked()
            # Some may have been forgotten meanwhile, if the server was away for long.
            self._rooms = {parked.key: parked.chat_id for parked in waiting}
        else:
            for session_id in sorted(self._arrived):
                waiting += await inbox.parked(session_id)
        for parked in waiting:
            event = json.loads(parked.source)
            try:
                batch.add(parse(self._crypto.open(parked.chat_id, event), await where(parked.chat_id)))
            except MalformedError as error:
                batch.add(poison(event, str(error)))
            except SealedError:
                if self._now() - parked.at < PATIENCE:
                    continue
                log.warning("matrix_message_given_up", room=parked.chat_id, event_id=parked.key)
            batch.unpark.append(parked.key)

    def committed(self, batch: Batch) -> None:
        """The batch is in the database."""
        self._arrived.clear()
        self._rooms |= {parked.key: parked.chat_id for parked in batch.park}
        for name in batch.unpark:
            self._rooms.pop(name, None)

    def _park(self, event: Mapping[str, Any], where: Where, session_id: str, batch: Batch, *, quiet: bool) -> None:
        name = key(event)
        if name in self._rooms:
            return
        if len(self._rooms) + len(batch.park) >= MOST:
            log.warning("matrix_too_many_unreadable", room=where.room_id, waiting=MOST)
            return
        told = where.room_id in self._rooms.values() or any(where.room_id == parked.chat_id for parked in batch.park)
        if not told and not quiet:
            batch.events.append(unreadable(event, where))
        batch.park.append(
            Parked(key=name, chat_id=where.room_id, session_id=session_id, source=json.dumps(event), at=self._now())
        )
        batch.requests.append((where.room_id, event))
        log.info("matrix_message_parked", room=where.room_id)
