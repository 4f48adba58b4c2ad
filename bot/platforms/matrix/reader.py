"""From one sync answer to one batch: events in the order of each room, and what follows from them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.core.events import ChatMoved, Event, Joined, Left, Message, Reacted
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.matrix import sync
from bot.platforms.matrix.crypto import Crypto, SealedError
from bot.platforms.matrix.parse import PLATFORM, MalformedError, Where, key, moment, parse
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.rooms import Room, Rooms, content
from bot.platforms.matrix.sealed import Batch, Sealed
from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire, part
from bot.platforms.matrix.words import Self
from bot.platforms.port import Inbox

log = structlog.get_logger(__name__)

# Synapse hands out to-device messages a hundred at a time: with a full load more keys are under way.
_FULL_LOAD = 100


class Reader:
    """Reads answers for one account. Asks the server for gaps and for rooms it does not know yet."""

    def __init__(self, me: Self, wire: Wire, crypto: Crypto, rooms: Rooms, sealed: Sealed) -> None:
        self.me = me
        self._wire = wire
        self._crypto = crypto
        self._rooms = rooms
        self._sealed = sealed

    def absorb(self, answer: Mapping[str, Any]) -> None:
        """Take in what an answer brings for the device alone."""
        self._sealed.arrived(self._crypto.absorb(answer))

    async def read(self, answer: Mapping[str, Any], since: str, inbox: Inbox, *, retry: bool) -> Batch:
        """The batch of a sync from `since`. `retry`: try everything that is parked.

        Raises:
            MatrixError, UnreachableError: a gap or a room could not be read; read the same again.
            peewee.PeeweeException: the key store could not be written.
        """
        self.absorb(answer)
        batch = Batch()
        for event in sync.events(answer.get("account_data")):
            if event.get("type") == "m.direct":
                self._rooms.set_directs(content(event))
        joined, left = await self._news(answer, "join", since), await self._news(answer, "leave", since)
        # A room that is loaded now is newer than this answer; only the others take in its changes.
        known = {news.room_id for news in joined if self._rooms.known(news.room_id)}
        await self._rooms.load(news.room_id for news in joined)
        await self._sealed.retry(inbox, batch, self._where, everything=retry)
        quiet = len(sync.events(answer.get("to_device"))) >= _FULL_LOAD
        for news in joined:
            await self._room(news, batch, inbox, apply=news.room_id in known, quiet=quiet)
        for news in left:
            await self._room(news, batch, inbox, apply=False, quiet=quiet)
            self._rooms.forget(news.room_id)
        batch.invites = invitations(answer)
        batch.events = [await self._answering(event) for event in batch.events]
        return batch

    async def _answering(self, event: Event) -> Event:
        """A command that answers somebody's message may be about its author or its words, and a reply doesn't say who
        or what that is."""
        if not isinstance(event, Message) or event.reply_to is None:
            return event
        if not event.text.startswith("!"):
            return event
        path = f"{CLIENT}/rooms/{part(event.chat.chat_id)}/event/{part(event.reply_to)}"
        try:
            found = await self._wire.call("GET", path)
            sender = found.get("sender")
        except (MatrixError, UnreachableError, AttributeError) as error:
            # The command is answered all the same; it names another way.
            log.info("matrix_reply_unknown", room=event.chat.chat_id, error=str(error))
            return event
        if not isinstance(sender, str) or sender == self.me.user_id:
            return event
        said = self._message(event.chat.chat_id, found)
        event = replace(event, reply_to_sender=AccountRef(PLATFORM, sender))
        return replace(event, quoted=said.text, quoted_file=said.file) if said else event

    def _message(self, room_id: str, answered: Mapping[str, Any]) -> Message | None:
        """A message, where it can be read; without what clients put around it."""
        try:
            if answered.get("type") == "m.room.encrypted":
                answered = self._crypto.open(room_id, answered)
            said = parse(answered, self._place(room_id))
        except (SealedError, MalformedError, ValueError):
            return None
        return said if isinstance(said, Message) else None

    async def _news(self, answer: Mapping[str, Any], section: str, since: str) -> list[sync.RoomNews]:
        return [
            await sync.room_news(self._wire, self.me.user_id, room_id, room, since)
            for room_id, room in _rooms(answer, section).items()
        ]

    async def _where(self, room_id: str) -> Where:
        await self._rooms.load([room_id])
        return self._place(room_id)

    def _place(self, room_id: str) -> Where:
        room = self._rooms.known(room_id)
        return Where(
            self.me,
            room_id,
            self._rooms.kind(room_id),
            room.rights if room else Rights(),
            room.name if room else "",
        )

    async def _room(self, news: sync.RoomNews, batch: Batch, inbox: Inbox, *, apply: bool, quiet: bool) -> None:
        room_id = news.room_id
        if apply:
            for event in news.state:
                self._rooms.apply(room_id, event)
        for what, event in news.parts:
            if what == "came":
                await self._came(room_id, event, batch)
                apply = False
                continue
            if what == "went":
                self._left(room_id, event, batch)
                continue
            if "state_key" in event:
                await self._state(room_id, event, batch, apply=apply)
                continue
            where = self._place(room_id)
            if event.get("type") == "m.room.encrypted":
                self._sealed.open(event, where, batch, quiet=quiet)
            else:
                batch.add(await _placed(parse(event, where), inbox))

    async def _state(self, room_id: str, event: Mapping[str, Any], batch: Batch, *, apply: bool) -> None:
        if apply:
            self._rooms.apply(room_id, event)
        room = self._rooms.known(room_id)
        if room is None or event.get("state_key") != "":
            return
        if event.get("type") == "m.room.power_levels":
            self._powers(room, event, batch)
        elif event.get("type") == "m.room.tombstone":
            await self._tombstone(room, event, batch)

    def _powers(self, room: Room, event: Mapping[str, Any], batch: Batch) -> None:
        """The right to speak taken or given. An upgraded room is closed to all; that is no muting."""
        if room.replacement:
            return
        before, me = sync.previous(event), self.me.user_id
        could = before is None or Rights.build(room.create, before).may_send(me)
        can = Rights.build(room.create, content(event)).may_send(me)
        if could and not can:
            self._left(room.id, event, batch, muted=True)
        elif can and not could:
            self._joined(room.id, event, batch, key(event), event.get("sender"))

    async def _tombstone(self, room: Room, event: Mapping[str, Any], batch: Batch) -> None:
        new = content(event).get("replacement_room")
        if not isinstance(new, str) or new != room.replacement:
            return
        if not room.rights.may_set(room.moved_by, "m.room.tombstone"):
            log.warning("matrix_tombstone_without_power", room=room.id)
        elif await self._rooms.successor(room.id):
            self._moved(room.id, new, event, batch)
        else:
            batch.successors.append((room.id, new, room.moved_by))

    async def _came(self, room_id: str, event: Mapping[str, Any], batch: Batch) -> None:
        """The bot is in a room since this event: invited, or by its own doing."""
        before = sync.previous(event) or {}
        unsigned = event.get("unsigned")
        inviter = unsigned.get("prev_sender") if isinstance(unsigned, Mapping) else None
        invited = before.get("membership") == "invite" and isinstance(inviter, str)
        if invited and before.get("is_direct") is True:
            await self._rooms.list_direct(str(inviter), room_id)
        try:
            room = await self._rooms.get(room_id, fresh=True)
        except MatrixError as error:
            if not error.final:
                raise
            return
        if room.create.get("sender") == self.me.user_id:
            # Opened by the bot itself. Should it have died before it could write down for whom, this does it.
            for user_id in room.direct_with - {self.me.user_id}:
                await self._rooms.list_direct(user_id, room_id)
            return
        if room.predecessor and await self._follows(room):
            self._rooms.on_trial.discard(room_id)
            self._moved(room.predecessor, room_id, event, batch)
            return
        if room_id in self._rooms.on_trial:
            log.warning("matrix_successor_denies", room=room_id)
            batch.leave.append(room_id)
            return
        name = f"{PLATFORM}:join:{room_id}:{event.get('event_id')}"
        self._joined(room_id, event, batch, name, inviter if invited else None)
        if not room.rights.may_send(self.me.user_id):
            self._left(room_id, event, batch, muted=True)

    async def _follows(self, room: Room) -> bool:
        try:
            await self._rooms.get(room.predecessor, fresh=True)
        except MatrixError as error:
            if not error.final:
                raise
            return False
        return await self._rooms.successor(room.predecessor) == room.id

    def _joined(self, room_id: str, event: Mapping[str, Any], batch: Batch, name: str, sender: Any) -> None:
        who = AccountRef(PLATFORM, sender) if isinstance(sender, str) else None
        chat, kind = ChatRef(PLATFORM, room_id), self._rooms.kind(room_id)
        batch.add(Joined(key=name, at=_when(event), chat=chat, kind=kind, sender=who, title=self._place(room_id).title))

    def _left(self, room_id: str, event: Mapping[str, Any], batch: Batch, *, muted: bool = False) -> None:
        if room_id in self._rooms.on_trial:
            self._rooms.on_trial.discard(room_id)
            return
        sender = event.get("sender")
        who = AccountRef(PLATFORM, sender) if isinstance(sender, str) else None
        chat, kind = ChatRef(PLATFORM, room_id), self._rooms.kind(room_id)
        name = f"{PLATFORM}:{'muted' if muted else 'left'}:{event.get('event_id')}"
        batch.add(Left(key=name, at=_when(event), chat=chat, kind=kind, sender=who, muted=muted))
        if not muted:
            self._rooms.forget(room_id)

    def _moved(self, old: str, new: str, event: Mapping[str, Any], batch: Batch) -> None:
        batch.add(
            ChatMoved(
                key=f"{PLATFORM}:moved:{old}:{new}",
                at=_when(event),
                old=ChatRef(PLATFORM, old),
                new=ChatRef(PLATFORM, new),
            )
        )


async def _placed(event: Event | None, inbox: Inbox) -> Event | None:
    """A reaction does not say in which thread its target stands; the bot's own posts are known."""
    if isinstance(event, Reacted):
        chat = await inbox.where(event.post)
        if chat is not None and chat.chat_id == event.chat.chat_id:
            return replace(event, chat=chat)
    return event


def invitations(answer: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The rooms the bot is invited to, each with the few events that the server shows of it."""
    return {
        room_id: sync.events(room.get("invite_state"))
        for room_id, room in _rooms(answer, "invite").items()
        if isinstance(room, Mapping)
    }


def _rooms(answer: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    rooms = answer.get("rooms")
    found = rooms.get(section) if isinstance(rooms, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _when(event: Mapping[str, Any]) -> Any:
    try:
        return moment(event)
    except MalformedError:
        return moment({"origin_server_ts": 0})
