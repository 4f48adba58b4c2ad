"""Events as Synapse and Element write them (recorded, ids shortened) to the bot's own."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.chats import ChatKind
from bot.core.events import Deleted, Edited, Event, Message, Poison, Reacted
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.matrix.parse import Where, parse
from bot.platforms.matrix.words import Self

ME = Self("@obrady:example.org", "Obrady")
ROOM = "!12bJEU"
WHERE = Where(ME, ROOM, ChatKind.ROOM)
AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def event(content: Any, kind: str = "m.room.message", **fields: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "event_id": "$e1",
        "sender": "@anna:example.org",
        "origin_server_ts": int(AT.timestamp() * 1000),
        "content": content,
        "unsigned": {"age": 5, "membership": "join"},
        **fields,
    }


def text(body: str, **fields: Any) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": body, "m.mentions": {}, **fields}


def read(content: Any, kind: str = "m.room.message", where: Where = WHERE, **fields: Any) -> Event | None:
    return parse(event(content, kind, **fields), where)


def message(content: Any, where: Where = WHERE) -> Message:
    found = read(content, where=where)
    assert isinstance(found, Message)
    return found


def test_a_text() -> None:
    assert read(text("Czym jest strategia?")) == Message(
        key="matrix:$e1",
        at=AT,
        chat=ChatRef("matrix", ROOM),
        kind=ChatKind.ROOM,
        sender=AccountRef("matrix", "@anna:example.org"),
        id="$e1",
        text="Czym jest strategia?",
    )


def test_an_emote_is_a_text_and_notices_of_other_bots_are_nothing() -> None:
    assert message({"msgtype": "m.emote", "body": "macha"}).text == "macha"
    assert read({"msgtype": "m.notice", "body": "!pytanie od bota"}) is None


def test_what_the_bot_said_itself_is_nothing() -> None:
    assert read(text("!pytanie"), sender=ME.user_id) is None


@pytest.mark.parametrize("kind", ["m.room.topic", "m.sticker", "org.matrix.msc3381.poll.start", "m.call.invite"])
def test_unknown_types_are_nothing(kind: str) -> None:
    assert read({"topic": "x"}, kind) is None


@pytest.mark.parametrize("msgtype", ["m.location", "m.key.verification.request", "m.server_notice", "pl.custom"])
def test_unknown_kinds_of_messages_are_nothing(msgtype: str) -> None:
    assert read({"msgtype": msgtype, "body": "x"}) is None


def test_in_a_direct_chat_everything_is_for_the_bot() -> None:
    assert message(text("hej"), Where(ME, ROOM, ChatKind.DIRECT)).addressed
    assert not message(text("hej")).addressed


def test_a_mention_is_for_the_bot() -> None:
    found = message(text("co na to Obrady?", **{"m.mentions": {"user_ids": ["@jan:example.org", ME.user_id]}}))
    assert (found.addressed, found.text) == (True, "co na to Obrady?")
    assert not message(text("hej", **{"m.mentions": {"user_ids": ["@jan:example.org"]}})).addressed
    assert not message(text("hej", **{"m.mentions": {"room": True}})).addressed


def test_files_have_names_and_captions() -> None:
    named = message({"msgtype": "m.file", "body": "plan.pdf", "url": "mxc://example.org/1"})
    assert (named.files, named.text) == (("plan.pdf",), "")
    captioned = message({"msgtype": "m.image", "body": "!pytanie co to", "filename": "a.jpg"})
    assert (captioned.files, captioned.text) == (("a.jpg",), "!pytanie co to")
    same = message({"msgtype": "m.image", "body": "a.jpg", "filename": "a.jpg"})
    assert (same.files, same.text) == (("a.jpg",), "")


def test_a_reply_without_its_fallback() -> None:
    body = "> <@obrady:example.org> Odpowiedź\n> druga linia\n\ndalej"
    found = message(text(body, **{"m.relates_to": {"m.in_reply_to": {"event_id": "$post"}}}))
    assert (found.reply_to, found.text) == ("$post", "dalej")


def test_a_quotation_that_the_writer_typed_stays() -> None:
    body = "> cytat ze statutu\n\nczy to prawda?"
    found = message(text(body, **{"m.relates_to": {"m.in_reply_to": {"event_id": "$post"}}}))
    assert found.text == body
    looks_like = "> <@jan:example.org> nie odpowiadam nikomu"
    assert message(text(looks_like)).text == looks_like


def test_a_thread() -> None:
    relation = {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$last"},
    }
    found = message(text("w wątku", **{"m.relates_to": relation}))
    assert (found.chat, found.reply_to) == (ChatRef("matrix", ROOM, "$root"), None)
    answered = message(text("w wątku", **{"m.relates_to": {**relation, "is_falling_back": False}}))
    assert (answered.chat.thread_id, answered.reply_to) == ("$root", "$last")


def test_an_edit_is_no_message() -> None:
    content = text(
        "* !pytanie nowe",
        **{"m.new_content": text("!pytanie nowe"), "m.relates_to": {"rel_type": "m.replace", "event_id": "$old"}},
    )
    found = read(content)
    assert isinstance(found, Edited)
    assert (found.id, found.text) == ("$old", "!pytanie nowe")
    content["m.new_content"] = {"msgtype": "m.notice", "body": "bot"}
    assert read(content) is None


@pytest.mark.parametrize("where", ["beside", "inside"])
def test_a_redaction_in_both_shapes(where: str) -> None:
    # Beside the content up to room version 10, in it from 11 on.
    found = (
        read({}, "m.room.redaction", redacts="$old")
        if where == "beside"
        else read({"redacts": "$old", "reason": "x"}, "m.room.redaction")
    )
    assert isinstance(found, Deleted)
    assert found.id == "$old"


def test_a_reaction() -> None:
    found = read({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$post", "key": "2️⃣"}}, "m.reaction")
    assert isinstance(found, Reacted)
    assert (found.post, found.reaction, found.removed) == ("$post", "2️⃣", False)


def test_what_was_redacted_before_it_was_read_is_nothing() -> None:
    assert read({}, unsigned={"redacted_because": {"type": "m.room.redaction"}}) is None
    assert read({}, "m.reaction") is None


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"body": "bez typu"}, "msgtype"),
        ({"msgtype": "m.text"}, "body"),
        ({"msgtype": "m.text", "body": ["tajne"]}, "body"),
        ({"msgtype": 5, "body": "tajne"}, "msgtype"),
        ("tajne", "content"),
        (text("x", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$x"}}), "m.new_content"),
        (text("x", **{"m.relates_to": {"rel_type": "m.thread", "event_id": 5}}), "event_id"),
        (text("x", **{"m.relates_to": {"m.in_reply_to": "tajne"}}), "m.in_reply_to"),
    ],
)
def test_malformed_events_are_set_aside_without_their_words(content: Any, error: str) -> None:
    found = read(content)
    assert isinstance(found, Poison)
    assert (found.key, found.error, found.at) == ("matrix:$e1", error, AT)
    assert "tajne" not in found.shape
    assert "type:str" in found.shape


def test_the_shape_of_poison_hides_names_made_of_words() -> None:
    found = read({"tajne słowa": {"a": [1, "tajne"]}, "m.relates_to": None})
    assert isinstance(found, Poison)
    assert "content:{?:{a:[int,str]},m.relates_to:NoneType}" in found.shape


@pytest.mark.parametrize("ts", ["1", None, True, 10**30, -(10**30)])
def test_a_time_that_is_none_is_poison_not_a_crash(ts: Any) -> None:
    found = read(text("x"), origin_server_ts=ts)
    assert isinstance(found, Poison)
    assert found.error == "origin_server_ts"


def test_an_event_without_an_id_is_nothing() -> None:
    assert read(text("x"), event_id=None) is None


def test_what_no_database_stores_is_replaced() -> None:
    assert message(text("a\x00b\ud800c")).text == "a\ufffdb\ufffdc"


def test_room_ids_are_opaque() -> None:
    # Version 12 ids name no server.
    for room_id in ("!12bJEUqAz", "!old:example.org", "!with/slash:example.org"):
        assert message(text("x"), Where(ME, room_id, ChatKind.ROOM)).chat.chat_id == room_id


def test_a_reply_has_the_address_of_what_it_answers() -> None:
    found = message(text("!report", **{"m.relates_to": {"m.in_reply_to": {"event_id": "$po/st"}}}))
    assert found.reply_link == f"https://matrix.to/#/{ROOM}/$po%2Fst"
