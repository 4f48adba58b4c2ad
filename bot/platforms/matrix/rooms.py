"""What is known of the rooms: from their raw state, asked for when first needed, kept up to date by the sync.

After a restart nothing is loaded at once: a room's state is one request when something happens in it or is to be said.
Only what this file keeps is asked for again; the bot's choice of direct chats lives in its account data on the server.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.chats import ChatKind
from bot.platforms.matrix.crypto import Crypto
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.wire import CLIENT, MatrixError, Wire, part

DIRECT = "m.direct"
_LOADING_AT_ONCE = 8


@dataclass
class Room:
    """One joined room. `present` are the joined and the invited people, the bot included."""

    id: str
    create: Mapping[str, Any] = field(default_factory=dict)
    power: Mapping[str, Any] | None = None
    name: str = ""
    alias: bool = False
    encrypted: bool = False
    replacement: str = ""
    moved_by: str = ""
    joined_only: bool = False
    joined: set[str] = field(default_factory=set)
    invited: set[str] = field(default_factory=set)
    direct_with: set[str] = field(default_factory=set)

    @property
    def rights(self) -> Rights:
        """Who may do what in it."""
        return Rights.build(self.create, self.power)

    @property
    def predecessor(self) -> str:
        """The room that this one says it replaces; empty if none."""
        before = content(self.create).get("predecessor")
        room_id = before.get("room_id") if isinstance(before, Mapping) else None
        return room_id if isinstance(room_id, str) else ""

    @property
    def readers(self) -> frozenset[str]:
        """Who is to get the keys of what is said: the invited too, unless the room hides the past from who joins."""
        return frozenset(self.joined if self.joined_only else self.joined | self.invited)

    def apply(self, event: Mapping[str, Any]) -> None:
        """Take in one state event."""
        kind, state_key, inner = event.get("type"), event.get("state_key"), content(event)
        if kind == "m.room.member" and isinstance(state_key, str):
            self._member(state_key, inner)
        elif state_key != "":
            return
        elif kind == "m.room.create":
            self.create = event
        elif kind == "m.room.power_levels":
            self.power = inner
        elif kind == "m.room.name":
            name = inner.get("name")
            self.name = name if isinstance(name, str) else ""
        elif kind == "m.room.canonical_alias":
            self.alias = bool(inner.get("alias"))
        elif kind == "m.room.encryption":
            self.encrypted = True
        elif kind == "m.room.history_visibility":
            self.joined_only = inner.get("history_visibility") == "joined"
        elif kind == "m.room.tombstone":
            replacement, sender = inner.get("replacement_room"), event.get("sender")
            self.replacement = replacement if isinstance(replacement, str) else ""
            self.moved_by = sender if isinstance(sender, str) else ""

    def _member(self, user_id: str, inner: Mapping[str, Any]) -> None:
        membership = inner.get("membership")
        self.joined.discard(user_id)
        self.invited.discard(user_id)
        if membership == "join":
            self.joined.add(user_id)
        elif membership == "invite":
            self.invited.add(user_id)
        if inner.get("is_direct") is True and membership in ("join", "invite"):
            self.direct_with.add(user_id)


class Rooms:
    """The rooms the bot is in, and which of them are direct chats."""

    def __init__(self, wire: Wire, crypto: Crypto) -> None:
        self._wire = wire
        self._crypto = crypto
        self._me = crypto.user_id
        self._known: dict[str, Room] = {}
        self._loading: dict[str, asyncio.Task[Room]] = {}
        self._touched: set[str] = set()
        self.on_trial: set[str] = set()
        """Joined as the successor of another room; whether it says so itself is seen only inside."""
        self._slots = asyncio.Semaphore(_LOADING_AT_ONCE)
        self._directs: dict[str, list[str]] = {}
        self._directs_lock = asyncio.Lock()

    def known(self, room_id: str) -> Room | None:
        """The room if its state was loaded."""
        return self._known.get(room_id)

    async def get(self, room_id: str, *, fresh: bool = False) -> Room:
        """The room, its state loaded if it was not (or `fresh`).

        Raises:
            MatrixError: the bot is not in it.
            UnreachableError: there was no answer.
        """
        if fresh and (older := self._loading.get(room_id)):
            # What was asked for before may not show what is to be seen.
            await asyncio.wait([older])
        if not fresh and (room := self._known.get(room_id)):
            return room
        task = self._loading.get(room_id)
        if task is None:
            task = asyncio.create_task(self._load(room_id), name="state of a room")
            self._loading[room_id] = task
            task.add_done_callback(lambda _: self._loading.pop(room_id, None))
        # Shielded: who waits may be cancelled, others wait for the same answer.
        return await asyncio.shield(task)

    async def load(self, room_ids: Iterable[str]) -> None:
        """Load those that are not known; rooms the bot is out of stay unknown.

        Raises:
            UnreachableError: there was no answer.
        """
        missing = [room_id for room_id in room_ids if room_id not in self._known]
        results = await asyncio.gather(*(self.get(room_id) for room_id in missing), return_exceptions=True)
        for result in results:
            if isinstance(result, MatrixError) and result.final:
                continue
            if isinstance(result, BaseException):
                raise result

    def apply(self, room_id: str, event: Mapping[str, Any]) -> None:
        """A state event that the sync brought."""
        if room_id in self._loading:
            # What is being loaded may be older than this.
            self._touched.add(room_id)
        if room := self._known.get(room_id):
            room.apply(event)
            self._settle(room, event)

    def forget(self, room_id: str) -> None:
        """The bot is out of it."""
        self._known.pop(room_id, None)
        self._crypto.rotate(room_id)

    async def close(self) -> None:
        """Wait for what is being loaded."""
        await asyncio.gather(*self._loading.values(), return_exceptions=True)

    def kind(self, room_id: str) -> ChatKind:
        """Direct or not.

        Direct is a room of at most two people, invited ones counted, that the bot's account data lists in `m.direct`
        (put there when an invitation said `is_direct`, or when the bot opened the chat), or that has no name. A third
        person makes it a room: what is said there is no longer between two. The server keeps all of this, so the
        answer is the same after a restart.
        """
        room = self._known.get(room_id)
        if room is None:
            return ChatKind.DIRECT if self._is_listed(room_id) else ChatKind.ROOM
        if len(room.joined | room.invited) > 2:
            return ChatKind.ROOM
        return ChatKind.DIRECT if self._is_listed(room_id) or not (room.name or room.alias) else ChatKind.ROOM

    async def successor(self, room_id: str) -> str:
        """The room in which this one goes on, empty if none: the tombstone names it, whoever set the tombstone had the
        power, it names this one as its predecessor, and the bot is in it.

        Raises:
            UnreachableError: there was no answer.
        """
        try:
            old = await self.get(room_id)
            if not old.replacement or not old.rights.may_set(old.moved_by, "m.room.tombstone"):
                return ""
            new = await self.get(old.replacement)
        except MatrixError as error:
            if error.final:
                return ""
            raise
        return new.id if new.predecessor == room_id and self._me in new.joined else ""

    # Direct chats

    async def load_directs(self) -> None:
        """Read the bot's list of direct chats."""
        try:
            self.set_directs(await self._wire.call("GET", self._directs_path))
        except MatrixError as error:
            if error.status != 404:
                raise
            self._directs = {}

    def set_directs(self, listed: Any) -> None:
        """The list as the server has it now."""
        if isinstance(listed, Mapping):
            self._directs = {
                user: [room_id for room_id in rooms if isinstance(room_id, str)]
                for user, rooms in listed.items()
                if isinstance(user, str) and isinstance(rooms, list)
            }

    def directs(self, user_id: str) -> list[str]:
        """The listed direct chats with a person, the newest first."""
        return list(reversed(self._directs.get(user_id, ())))

    async def list_direct(self, user_id: str, room_id: str) -> None:
        """Put a room on the list, on the server too."""
        async with self._directs_lock:
            if room_id in self._directs.get(user_id, ()):
                return
            listed = {**self._directs, user_id: [*self._directs.get(user_id, ()), room_id]}
            await self._wire.call("PUT", self._directs_path, listed)
            self._directs = listed

    def _is_listed(self, room_id: str) -> bool:
        return any(room_id in rooms for rooms in self._directs.values())

    @property
    def _directs_path(self) -> str:
        return f"{CLIENT}/user/{part(self._me)}/account_data/{DIRECT}"

    async def _load(self, room_id: str) -> Room:
        async with self._slots:
            while True:
                self._touched.discard(room_id)
                state = await self._wire.call("GET", f"{CLIENT}/rooms/{part(room_id)}/state")
                if room_id not in self._touched:
                    break
        room = Room(room_id)
        for event in state if isinstance(state, list) else ():
            if isinstance(event, Mapping):
                room.apply(event)
        self._settle(room)
        self._known[room_id] = room
        return room

    def _settle(self, room: Room, event: Mapping[str, Any] | None = None) -> None:
        """What a change means for encryption."""
        if room.encrypted:
            self._crypto.remember_encrypted(room.id)
        room.encrypted = room.id in self._crypto.encrypted_rooms
        if event is None or not room.encrypted or event.get("type") != "m.room.member":
            return
        if event.get("state_key") in room.readers:
            self._crypto.share_again(room.id)
        else:
            self._crypto.rotate(room.id)


def content(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """An event's content, empty when it is none."""
    inner = event.get("content")
    return inner if isinstance(inner, Mapping) else {}
