"""Whatever comes, the parser answers: an event, nothing, or poison. It never raises."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import ChatMoved, Edited, Event, FromChat, Message, Poison, Pressed
from bot.platforms.telegram.callback import Seal
from bot.platforms.telegram.parse import ALLOWED_UPDATES, Parser

from .support import ANNA, BOT, FORUM, GROUP, PRIVATE, message

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SEAL = Seal("1234567890:token")
PARSER = Parser(BOT, "obrady_bot", SEAL)

# All of JSON, with Python's halves of surrogate pairs, which json.loads lets through.
TEXT = st.text(st.characters(codec=None), max_size=20)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
PRESS = {"id": "1", "from": ANNA, "message": message(GROUP), "data": SEAL.close(str(GROUP["id"]), "a"), "x": 1}
MEMBER = {"chat": GROUP, "from": ANNA, "date": 1, "new_chat_member": {"status": "member"}}
ENTITY = {"type": "mention", "offset": 0, "length": 11, "user": {"id": BOT}}
GOOD = [
    ("message", message(PRIVATE, text="/start", entities=[ENTITY])),
    ("message", message(FORUM, text="@obrady_bot 🙂", entities=[ENTITY], is_topic_message=True, message_thread_id=3)),
    ("message", message(GROUP, document={"file_name": "a.pdf"}, caption="x", reply_to_message={"message_id": 3})),
    ("message", message(GROUP, migrate_to_chat_id=-100)),
    ("edited_message", message(GROUP, text="x", edit_date=5)),
    ("callback_query", PRESS),
    ("my_chat_member", MEMBER),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree."""
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += places(item, (*path, key))
    return found


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A good update in which up to three places hold something else, or are gone."""
    kind, payload = draw(st.sampled_from(GOOD))
    update = json.loads(json.dumps({"update_id": 700, kind: payload}))
    for _ in range(draw(st.integers(1, 3))):
        if not update:
            break
        path = draw(st.sampled_from([path for path in places(update) if path]))
        holder: Any = update
        for key in path[:-1]:
            holder = holder[key]
        if isinstance(holder, dict) and draw(st.booleans()):
            del holder[path[-1]]
        else:
            holder[path[-1]] = draw(JSON)
    return dict(update)


def check(event: Event | None) -> None:
    """Ids are strings, and all strings can be stored."""
    if event is None:
        return
    assert event.key.startswith(f"telegram:{BOT}:")
    assert event.at.utcoffset() is not None
    if isinstance(event, FromChat):
        assert isinstance(event.chat.chat_id, str)
        assert int(event.chat.chat_id) == int(event.chat.chat_id)
        assert event.chat.thread_id == "" or int(event.chat.thread_id) is not None
        assert event.sender is None or isinstance(int(event.sender.user_id), int)
    if isinstance(event, Message | Edited):
        assert isinstance(int(event.id), int)
        event.text.encode()
    if isinstance(event, ChatMoved):
        assert event.old != event.new or event.old.chat_id
    if isinstance(event, Pressed):
        assert isinstance(int(event.post), int)
    if isinstance(event, Poison):
        assert len(event.shape) <= 2000
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, str):
            value.encode()
            assert "\x00" not in value


@given(JSON)
def test_any_json(raw: Any) -> None:
    check(PARSER.read(raw, NOW))


@given(st.sampled_from([*ALLOWED_UPDATES, "poll", "x"]), JSON, st.integers())
def test_any_payload(kind: str, payload: Any, update_id: int) -> None:
    check(PARSER.read({"update_id": update_id, kind: payload}, NOW))


@given(damaged())
@settings(max_examples=400)
def test_damaged_updates(update: dict[str, Any]) -> None:
    check(PARSER.read(update, NOW))
