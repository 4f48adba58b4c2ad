"""Which invitations are accepted, and the way into a room's successor. Beside the sync: joins can take a minute."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import structlog

from bot.platforms.matrix.errors import Backoff
from bot.platforms.matrix.rooms import Rooms, content
from bot.platforms.matrix.sync import membership
from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire, part

log = structlog.get_logger(__name__)

JOIN_SECONDS = 90.0
"""A join over federation takes the server as long as the other server takes."""
MOST = 1_000
"""Waiting at once; a storm beyond it is dropped (what is still wanted comes up at the next start)."""
_LOG_SECONDS = 60.0


def allowed(user_id: str, allow: Sequence[str]) -> bool:
    """May this person invite the bot? Entries: a full id, a server's name, a pattern like `*:example.org`, or `*`."""
    server = user_id.partition(":")[2]
    return any(
        fnmatchcase(user_id, entry) if entry.startswith("@") or "*" in entry else server == entry for entry in allow
    )


def inviter(me: str, state: Sequence[Mapping[str, Any]]) -> str | None:
    """Who invites the bot. The inviter's own member event stands beside the bot's, so the state key decides."""
    for event in state:
        if membership(event, me) == "invite":
            sender = event.get("sender")
            return sender if isinstance(sender, str) else None
    return None


class Doors:
    """Joins rooms one after the other."""

    def __init__(self, me: str, wire: Wire, rooms: Rooms, allow: Sequence[str]) -> None:
        self._me = me
        self._wire = wire
        self._rooms = rooms
        self._allow = tuple(allow)
        self._waiting: dict[str, tuple[str, str]] = {}
        self._leaving: set[str] = set()
        self._news = asyncio.Event()
        self._ignored = 0
        self._logged = -_LOG_SECONDS

    def invited(self, invitations: Mapping[str, list[Mapping[str, Any]]]) -> None:
        """Note the wanted ones. An upgraded room's successor is wanted whoever invites to it."""
        for room_id, state in invitations.items():
            who = inviter(self._me, state)
            if who is None:
                continue
            if allowed(who, self._allow):
                self._want(room_id, "", who)
            elif before := _predecessor(state):
                self._want(room_id, before, who)
            else:
                self._ignore()

    def successor(self, old: str, new: str, moved_by: str) -> None:
        """A room was upgraded: try its successor, which may be open to its members. Else an invitation will come."""
        self._want(new, old, moved_by)

    def leave(self, room_id: str) -> None:
        """Go out of a room that turned out not to be what it was joined for."""
        self._leaving.add(room_id)
        self._news.set()

    async def work(self) -> None:
        """For ever: join what is wanted."""
        backoff = Backoff()
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting or self._leaving:
                pause = await self._once(backoff)
                if pause:
                    await asyncio.sleep(pause)

    async def _once(self, backoff: Backoff) -> float:
        """One room; how long to wait before the next."""
        leaving = next(iter(self._leaving), "")
        room_id = leaving or next(iter(self._waiting))
        wish = ("", "") if leaving else self._waiting.pop(room_id)
        self._leaving.discard(leaving)
        try:
            if leaving:
                await self._wire.call("POST", f"{CLIENT}/rooms/{part(room_id)}/leave", {})
            else:
                await self._enter(room_id, *wish)
        except (UnreachableError, MatrixError) as error:
            if isinstance(error, UnreachableError) or error.limited or error.status >= 500:
                log.info("matrix_join_later", room=room_id, error=str(error))
                if leaving:
                    self._leaving.add(room_id)
                else:
                    # A newer wish for the same room goes first.
                    self._waiting.setdefault(room_id, wish)
                asked = error.retry_after if isinstance(error, MatrixError) else None
                return max(asked or 0.0, backoff.pause())
            # A successor that is open to the invited only is the usual case: an invitation will come.
            log.info("matrix_join_refused", room=room_id, error=str(error))
        backoff.reset()
        return 0.0

    async def _enter(self, room_id: str, old: str, who: str) -> None:
        if old:
            if not await self._is_successor(old, room_id):
                self._ignore()
                return
            self._rooms.on_trial.add(room_id)
        # A room id of version 12 names no server; the server of who invited or moved us knows the way. `server_name`
        # is what servers before v1.12 of the specification understand.
        server = [who.partition(":")[2]] if old else None
        await self._wire.call(
            "POST",
            f"{CLIENT}/join/{part(room_id)}",
            {},
            seconds=JOIN_SECONDS,
            query={"via": server, "server_name": server},
        )
        log.info("matrix_joined", room=room_id)

    async def _is_successor(self, old: str, new: str) -> bool:
        """Does the old room, in which the bot is, say that it goes on in the new one, by someone who may say so?"""
        try:
            room = await self._rooms.get(old)
        except MatrixError as error:
            if not error.final:
                raise
            return False
        return (
            self._me in room.joined
            and room.replacement == new
            and room.rights.may_set(room.moved_by, "m.room.tombstone")
        )

    def _want(self, room_id: str, old: str, who: str) -> None:
        if len(self._waiting) >= MOST and room_id not in self._waiting:
            self._ignore()
            return
        self._waiting[room_id] = (old, who)
        self._news.set()

    def _ignore(self) -> None:
        self._ignored += 1
        now = time.monotonic()
        if now - self._logged >= _LOG_SECONDS:
            log.warning(
                "matrix_invitations_ignored", count=self._ignored, cure="see allow_invites in the configuration"
            )
            self._logged, self._ignored = now, 0


def _predecessor(state: Sequence[Mapping[str, Any]]) -> str:
    for event in state:
        if event.get("type") == "m.room.create":
            before = content(event).get("predecessor")
            room_id = before.get("room_id") if isinstance(before, Mapping) else None
            return room_id if isinstance(room_id, str) else ""
    return ""
