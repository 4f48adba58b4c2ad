"""One Matrix event to one of ours: a pure function that never raises, whatever it is given.

Source of the shapes: the Matrix specification v1.16, "Instant messaging", "Event relationships", "Rich replies",
"Threading", "Redactions". Events are plain JSON here, decrypted where they were encrypted.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from bot.core.chats import ChatKind
from bot.core.events import Deleted, Edited, Event, Message, Poison, PollEnded, PollResponded, Reacted, Unreadable
from bot.core.files import FileRef, file_name
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.matrix.polls import ENDS, RESPONSES, selected
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.words import Self, addressed, without_fallback

PLATFORM = "matrix"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_NAME = re.compile(r"[a-z][a-z0-9_.]{0,39}")
# JSON can write lone surrogates and NUL; databases refuse them, for ever. (Servers do not see what is encrypted.)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WRITTEN = ("m.text", "m.emote")
_FILES = ("m.file", "m.image", "m.audio", "m.video")


class MalformedError(ValueError):
    """An event is not what its type promises; the message names the field."""


@dataclass(frozen=True, slots=True)
class Where:
    """The room an event stood in, who reads, and who may do what there."""

    me: Self
    room_id: str
    kind: ChatKind
    rights: Rights = field(default_factory=Rights)
    title: str = ""


def key(event: Mapping[str, Any]) -> str:
    """The key of our event: unique over all networks."""
    return f"{PLATFORM}:{_text(event, 'event_id')}"


def moment(event: Mapping[str, Any]) -> datetime:
    """When the event was sent, as its server says (`origin_server_ts`, milliseconds).

    Raises:
        MalformedError: that is no time.
    """
    value = event.get("origin_server_ts")
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedError("origin_server_ts")
    try:
        return min(_EPOCH + timedelta(milliseconds=value), _LATEST)
    except OverflowError:
        raise MalformedError("origin_server_ts") from None


def parse(event: Mapping[str, Any], where: Where) -> Event | None:
    """What happened; None for what says nothing to the bot: its own events, notices of other bots, unknown types."""
    try:
        if _text(event, "sender") == where.me.user_id:
            return None
        return _read(event, where)
    except MalformedError as error:
        return poison(event, str(error))


def poison(event: Mapping[str, Any], error: str) -> Poison | None:
    """The record of an event that can't be read; None when not even its id can."""
    try:
        name = key(event)
    except MalformedError:
        return None
    try:
        at = moment(event)
    except MalformedError:
        at = _EPOCH
    return Poison(key=name, at=at, platform=PLATFORM, error=error, shape=shape(event))


def unreadable(event: Mapping[str, Any], where: Where) -> Unreadable:
    """The news that a message can't be decrypted (yet).

    Raises:
        MalformedError: it has no id, sender or time.
    """
    name = f"{PLATFORM}:unreadable:{_text(event, 'event_id')}"
    return Unreadable(key=name, **_common(event, where, thread=_thread(_relation(_content(event)))))


def shape(value: Any, depth: int = 0) -> str:
    """The structure of some JSON without any text in it: names of types for values, known-looking names for keys."""
    if depth > 6:
        return "…"
    if isinstance(value, Mapping):
        fields = [
            f"{name if isinstance(name, str) and _NAME.fullmatch(name) else '?'}:{shape(inner, depth + 1)}"
            for name, inner in list(value.items())[:30]
        ]
        return "{" + ",".join(fields) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(shape(inner, depth + 1) for inner in value[:10]) + "]"
    return type(value).__name__


def _read(event: Mapping[str, Any], where: Where) -> Event | None:
    kind = event.get("type")
    if kind == "m.room.message":
        return _message(event, where)
    if kind == "m.reaction":
        return _reaction(event, where)
    if kind in RESPONSES or kind in ENDS:
        return _poll(event, where)
    if kind == "m.room.redaction":
        # Up to room version 10 the target stands beside the content, from 11 on in it.
        target = _content(event).get("redacts", event.get("redacts"))
        if not isinstance(target, str):
            raise MalformedError("redacts")
        return Deleted(key=key(event), id=target, **_common(event, where))
    return None


def _message(event: Mapping[str, Any], where: Where) -> Event | None:
    content = _content(event)
    if not content:
        # Redacted before it was read.
        return None
    relation = _relation(content)
    if relation.get("rel_type") == "m.replace":
        new = content.get("m.new_content")
        if not isinstance(new, Mapping):
            raise MalformedError("m.new_content")
        if _text(new, "msgtype") not in _WRITTEN:
            return None
        words, _ = _words(new, where, reply=False)
        return Edited(key=key(event), id=_text(relation, "event_id"), text=words, **_common(event, where))
    msgtype = _text(content, "msgtype")
    if msgtype not in _WRITTEN + _FILES:
        return None
    reply_to = _reply(relation)
    files: tuple[str, ...] = ()
    if msgtype in _FILES:
        body, name = _text(content, "body"), content.get("filename")
        # Where `filename` stands beside it, the body is a caption; without it the body is the name (spec v1.10).
        captioned = isinstance(name, str) and name != body
        files = (_text(content, "filename") if captioned else body,)
        words, meant = _words(content, where, reply=False) if captioned else ("", _mentioned(content, where.me))
    else:
        words, meant = _words(content, where, reply="m.in_reply_to" in relation)
    return Message(
        key=key(event),
        id=_text(event, "event_id"),
        text=words,
        reply_to=reply_to,
        reply_link=_link(where.room_id, reply_to) if reply_to else "",
        addressed=meant or where.kind is ChatKind.DIRECT,
        files=files,
        file=_file(content, files[0]) if files else None,
        **_common(event, where, thread=_thread(relation)),
    )


def _file(content: Mapping[str, Any], name: str) -> FileRef | None:
    """Where the file lies, and its key if it is encrypted."""
    sealed, info = content.get("file"), _mapping(content.get("info"))
    source: dict[str, Any] = {"url": content.get("url")}
    if isinstance(sealed, Mapping):
        hashes, key = _mapping(sealed.get("hashes")), _mapping(sealed.get("key"))
        source = {
            "url": sealed.get("url"),
            "key": {"k": key.get("k")},
            "iv": sealed.get("iv"),
            "hashes": {"sha256": hashes.get("sha256")},
        }
    if not isinstance(source["url"], str):
        return None
    size, mime = info.get("size"), info.get("mimetype")
    return FileRef(
        file_name(name),
        PLATFORM,
        # Escaped: whatever stands in it, databases take it.
        json.dumps(source),
        size if type(size) is int else None,
        _UNSTORABLE.sub("\ufffd", mime) if isinstance(mime, str) else "",
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _reaction(event: Mapping[str, Any], where: Where) -> Event | None:
    content = _content(event)
    relation = _relation(content)
    if not relation:
        return None
    if relation.get("rel_type") != "m.annotation":
        raise MalformedError("rel_type")
    return Reacted(
        key=key(event), post=_text(relation, "event_id"), reaction=_text(relation, "key"), **_common(event, where)
    )


def _poll(event: Mapping[str, Any], where: Where) -> Event | None:
    """A choice in a poll or its end; None when it belongs to none, or ends one without the right to."""
    content = _content(event)
    relation = _relation(content)
    if relation.get("rel_type") != "m.reference":
        return None
    name, post, common = _text(event, "event_id"), _text(relation, "event_id"), _common(event, where)
    if event.get("type") in RESPONSES:
        answers = tuple(_UNSTORABLE.sub("\ufffd", answer) for answer in selected(content))
        return PollResponded(key=key(event), id=name, post=post, answers=answers, **common)
    if not where.rights.may(_text(event, "sender"), "redact"):
        return None
    return PollEnded(key=key(event), id=name, post=post, **common)


def _words(content: Mapping[str, Any], where: Where, *, reply: bool) -> tuple[str, bool]:
    body = _text(content, "body")
    if reply:
        body = without_fallback(body)
    formatted = _text(content, "formatted_body") if isinstance(content.get("formatted_body"), str) else ""
    return addressed(body, formatted, _mentioned(content, where.me), where.me)


def _mentioned(content: Mapping[str, Any], me: Self) -> bool:
    mentions = content.get("m.mentions")
    users = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    return isinstance(users, list) and me.user_id in users


def _relation(content: Mapping[str, Any]) -> Mapping[str, Any]:
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, Mapping) else {}


def _thread(relation: Mapping[str, Any]) -> str:
    if relation.get("rel_type") != "m.thread":
        return ""
    return _text(relation, "event_id")


def _reply(relation: Mapping[str, Any]) -> str | None:
    if relation.get("rel_type") == "m.thread" and relation.get("is_falling_back") is True:
        # Named for clients that know no threads; nobody is answered.
        return None
    target = relation.get("m.in_reply_to")
    if target is None:
        return None
    if not isinstance(target, Mapping):
        raise MalformedError("m.in_reply_to")
    return _text(target, "event_id")


def _link(room_id: str, event_id: str) -> str:
    """The address of an event, for whoever is in the room."""
    return f"https://matrix.to/#/{quote(room_id, safe='!:')}/{quote(event_id, safe='$')}"


def _common(event: Mapping[str, Any], where: Where, thread: str = "") -> dict[str, Any]:
    return {
        "at": moment(event),
        "chat": ChatRef(PLATFORM, where.room_id, thread),
        "kind": where.kind,
        "sender": AccountRef(PLATFORM, _text(event, "sender")),
        "title": where.title,
    }


def _content(event: Mapping[str, Any]) -> Mapping[str, Any]:
    content = event.get("content")
    if not isinstance(content, Mapping):
        raise MalformedError("content")
    return content


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise MalformedError(name)
    return _UNSTORABLE.sub("\ufffd", found)
