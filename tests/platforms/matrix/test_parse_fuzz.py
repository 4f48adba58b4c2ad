"""Whatever stands in an event, reading it never raises and never stalls."""

import json
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.chats import ChatKind
from bot.core.events import Event, Poison
from bot.platforms.matrix.parse import Where, parse, shape
from bot.platforms.matrix.reader import invitations
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.rooms import Room
from bot.platforms.matrix.words import Self, addressed, without_fallback

WHERE = Where(Self("@obrady:example.org", "Obrady"), "!room", ChatKind.ROOM)
NAMES_THAT_MATTER = """type event_id sender origin_server_ts content unsigned state_key redacts msgtype body format
    formatted_body m.mentions user_ids m.relates_to rel_type key m.in_reply_to is_falling_back m.new_content filename
    membership room_version additional_creators users users_default events predecessor room_id"""
VALUES_THAT_MATTER = """m.room.message m.reaction m.room.redaction m.text m.notice m.emote m.file m.replace m.thread
    m.annotation @obrady:example.org @anna:example.org $e 12 join > a m.room.create m.room.member m.room.power_levels
    m.room.tombstone"""
NAMES = st.sampled_from(NAMES_THAT_MATTER.split())
VALUES = st.sampled_from(VALUES_THAT_MATTER.split())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | VALUES | st.text(max_size=20)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=8), inner, max_size=6),
    max_leaves=25,
)
EVENTS = st.fixed_dictionaries(
    {},
    optional={
        "type": VALUES,
        "event_id": st.just("$e") | JSON,
        "sender": st.just("@anna:example.org") | JSON,
        "origin_server_ts": st.integers() | JSON,
        "content": JSON,
        "state_key": st.just("") | JSON,
        "redacts": JSON,
        "unsigned": JSON,
    },
)


@settings(max_examples=400, deadline=None)
@given(EVENTS)
def test_any_event_is_an_event_poison_or_nothing(event: dict[str, Any]) -> None:
    found = parse(event, WHERE)
    assert found is None or isinstance(found, Event)
    if isinstance(found, Poison):
        assert len(found.shape) < 10_000
        json.dumps(found.shape)


@settings(max_examples=200, deadline=None)
@given(st.lists(EVENTS, max_size=6))
def test_any_state_is_a_room_with_rights(state: list[dict[str, Any]]) -> None:
    room = Room("!room")
    for event in state:
        room.apply(event)
    for rights in (room.rights, Rights.of(state)):
        assert rights.may_send("@anna:example.org") in (True, False)
    assert isinstance(room.predecessor, str)


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_any_answer_has_invitations(value: Any) -> None:
    invitations(value if isinstance(value, dict) else {})
    invitations({"rooms": value})
    invitations({"rooms": {"invite": value}})


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="> <@:\nab*", max_size=200), st.text(max_size=200), st.booleans())
def test_any_words_are_read(body: str, formatted: str, mentioned: bool) -> None:
    stripped = without_fallback(body)
    assert body.endswith(stripped)
    words, _ = addressed(body, formatted, mentioned, WHERE.me)
    assert body.endswith(words)


def test_long_and_hostile_texts_are_quick() -> None:
    started = time.perf_counter()
    for hostile in ("<a " * 20_000, '<a href="https://matrix.to/#/' * 3_000, "> <@" * 15_000, "> \n" * 20_000):
        addressed(hostile, hostile, mentioned=False, me=WHERE.me)
        without_fallback(hostile)
        shape({"content": [hostile] * 10_000})
    assert time.perf_counter() - started < 1.0
