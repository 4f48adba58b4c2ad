"""Saying things: the content of events, encrypted where the room is, and direct chats opened when there is none."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.core.markup import Markup, as_html, plain
from bot.core.refs import ChatRef
from bot.platforms.matrix import polls
from bot.platforms.matrix.crypto import MEGOLM
from bot.platforms.matrix.keys import Keys
from bot.platforms.matrix.media import Media
from bot.platforms.matrix.parse import PLATFORM
from bot.platforms.matrix.posted import Posted
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.wire import CLIENT, MatrixError, Wire, part
from bot.platforms.port import MovedError, Outgoing, Sent, UndeliverableError

EVENT_BYTES = 65_536
"""The longest event (spec, "Size limits"), signatures and references to other events included."""
TEXT_LIMIT = 14_000
"""UTF-16 units of a message. One is at most 3 bytes, and Base64 of the encrypted form makes 4 of 3: 56,000 bytes, which
leaves room for the envelope. The layout (HTML) is dropped when both forms do not fit."""
_CONTENT_BYTES = (EVENT_BYTES - 6_000) * 3 // 4
_SHORT = 200
SEND_SECONDS = 30.0


def build(outgoing: Outgoing, attachment: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The content of the `m.room.message` for a send or an edit; with a file, what points to it."""
    # m.notice: other bots do not answer it. m.mentions empty: whatever stands in the text rings for nobody.
    words: dict[str, Any] = {"msgtype": "m.notice", "body": plain(outgoing.markup), "m.mentions": {}}
    if outgoing.loud:
        # Notices ring for nobody, whatever they mention (spec, .m.rule.suppress_notices).
        words |= {"msgtype": "m.text", "m.mentions": {"room": True}}
    # Where there is no layout, the body says all, and the server carries less.
    layout = (
        {"format": "org.matrix.custom.html", "formatted_body": as_html(outgoing.markup)}
        if _laid_out(outgoing.markup)
        else {}
    )
    if outgoing.op == "edit":
        return _edit(words, layout, outgoing.message_id or "")
    if attachment:
        # Without a caption the body is the name; other words beside `filename` are one (spec v1.10).
        words |= {**attachment, "body": words["body"] or attachment["filename"]}
    relation = _relation(outgoing)
    if relation:
        words["m.relates_to"] = relation
    return _fitting({**words, **layout}, words)


def _laid_out(markup: Markup) -> bool:
    return any(
        paragraph.kind != "para" or any(run.bold or run.italic or run.code or run.link for run in paragraph.runs)
        for paragraph in markup
    )


def _edit(words: dict[str, Any], layout: dict[str, Any], target: str) -> dict[str, Any]:
    relation = {"rel_type": "m.replace", "event_id": target}
    # What clients that know no edits show; not the whole text once more, which would halve what fits.
    short = {
        "msgtype": words["msgtype"],
        "m.mentions": {},
        "m.relates_to": relation,
        "body": f"* {words['body'][:_SHORT]}",
    }
    return _fitting({**short, "m.new_content": {**words, **layout}}, {**short, "m.new_content": words})


def _fitting(full: dict[str, Any], bare: dict[str, Any]) -> dict[str, Any]:
    return full if len(json.dumps(full, ensure_ascii=False).encode(errors="replace")) <= _CONTENT_BYTES else bare


def _relation(outgoing: Outgoing) -> dict[str, Any]:
    thread, reply_to = outgoing.chat.thread_id, outgoing.reply_to
    if not thread:
        return {"m.in_reply_to": {"event_id": reply_to}} if reply_to else {}
    # A thread's message always names one that it answers, for clients without threads; `is_falling_back` says that
    # it answers nobody really.
    return {
        "rel_type": "m.thread",
        "event_id": thread,
        "is_falling_back": reply_to is None,
        "m.in_reply_to": {"event_id": reply_to or thread},
    }


class Sender:
    """Makes the calls of `deliver`. Raises what Wire raises, and UndeliverableError, MovedError."""

    def __init__(
        self, user_id: str, wire: Wire, rooms: Rooms, keys: Keys, media: Media, synced: Callable[[], Awaitable[None]]
    ) -> None:
        self._me = user_id
        self._wire = wire
        self._rooms = rooms
        self._keys = keys
        self._media = media
        self._posted = Posted(wire)
        self._synced = synced
        self._opening: dict[str, asyncio.Lock] = {}

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Send or edit; the same `outgoing.id` again is the same message (the server keeps the ids for a day)."""
        if outgoing.op == "ack":
            return Sent()
        if outgoing.op in ("delete", "pin"):
            await self._posted.act(outgoing)
            return Sent()
        opened = None
        chat = outgoing.chat
        if not chat.chat_id:
            if not outgoing.account_id:
                raise UndeliverableError("Matrix: neither a room nor a person")
            chat = opened = ChatRef(PLATFORM, await self._direct(outgoing.account_id))
        try:
            message_id, muted = await self._send(chat.chat_id, outgoing)
        except MatrixError as error:
            if error.status in (403, 404) and (new := await self._rooms.successor(chat.chat_id)):
                raise MovedError(ChatRef(PLATFORM, new)) from error
            raise
        return Sent(message_id, opened, muted)

    async def _send(self, room_id: str, outgoing: Outgoing) -> tuple[str, bool]:
        room = await self._rooms.get(room_id)
        muted = outgoing.loud and not room.rights.may_notify_all(self._me)
        if muted:
            outgoing = replace(outgoing, loud=False)
        attachment = None
        if outgoing.file:
            attachment = await self._media.attachment(outgoing.id, outgoing.file, encrypted=room.encrypted)
        kind, content, txn_id = self._event(room, outgoing, attachment)
        if room.encrypted:
            content = await self._keys.seal(room_id, lambda: self._readers(room), kind, content)
            kind = "m.room.encrypted"
        path = f"{CLIENT}/rooms/{part(room_id)}/send/{kind}/{part(txn_id)}"
        answer = await self._wire.call("PUT", path, content, seconds=SEND_SECONDS)
        event_id = answer.get("event_id") if isinstance(answer, dict) else None
        if not isinstance(event_id, str):
            raise MatrixError(502, {"errcode": "M_NOT_JSON"})
        if attachment:
            self._media.sent(outgoing.id)
        return event_id, muted

    def _event(
        self, room: Room, outgoing: Outgoing, attachment: Mapping[str, Any] | None
    ) -> tuple[str, dict[str, Any], str]:
        """The type, the content and the transaction id of what is to be sent."""
        if not outgoing.poll:
            return "m.room.message", build(outgoing, attachment), outgoing.id
        kind = polls.END if outgoing.poll.ended else polls.START
        if not room.encrypted and not room.rights.may_send(self._me, kind):
            # No word on the room as a whole: there it may say what it likes but polls.
            raise UndeliverableError("Matrix: polls are not allowed in this room")
        if outgoing.poll.ended:
            # One end for a poll, whatever asks for it again.
            return kind, polls.end(outgoing), f"end-{outgoing.message_id}"
        return kind, polls.start(outgoing, _relation(outgoing)), outgoing.id

    def _readers(self, room: Room) -> frozenset[str]:
        # Asked anew each time: people come and go while keys are shared.
        return (self._rooms.known(room.id) or room).readers

    async def _direct(self, user_id: str) -> str:
        """The room of the two, made if there is none that both are in (or the other is invited to)."""
        # A room that was made just before a crash is written down when the first sync shows it (reader.py).
        await self._synced()
        async with self._opening.setdefault(user_id, asyncio.Lock()):
            for room_id in self._rooms.directs(user_id):
                if await self._is_between(room_id, user_id):
                    return room_id
            answer = await self._wire.call(
                "POST",
                f"{CLIENT}/createRoom",
                {
                    "preset": "trusted_private_chat",
                    "visibility": "private",
                    "is_direct": True,
                    "invite": [user_id],
                    "initial_state": [
                        {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}},
                    ],
                },
                seconds=SEND_SECONDS,
            )
            room_id = str(answer["room_id"])
            await self._rooms.list_direct(user_id, room_id)
            # The sync may have shown the room half made, the other not yet invited; they are to get the key.
            await self._rooms.get(room_id, fresh=True)
            return room_id

    async def _is_between(self, room_id: str, user_id: str) -> bool:
        try:
            room = await self._rooms.get(room_id, fresh=True)
        except MatrixError as error:
            if not error.final:
                raise
            return False
        return self._me in room.joined and room.joined | room.invited == {self._me, user_id}
