"""Nothing is kept without end: each kind of row goes when its time is over, a little at a time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from bot.core.events import Poison
from bot.core.people import Role
from bot.core.refs import AccountRef, ChatRef
from storage import tables
from storage.journal import park
from storage.questions import CARD
from tests.storage.support import NOW, Box

DAY = timedelta(days=1)
ROOM = ChatRef("memory", "room")
ANNA = AccountRef("memory", "anna")


def count(box: Box, table: Any) -> int:
    with Session(box.engine) as session:
        return int(session.scalar(select(func.count()).select_from(table)) or 0)


def tidy(box: Box, limit: int = 100) -> bool:
    """As housekeeping does."""
    now = box.now

    def job(store: Any) -> bool:
        dropped = store.questions.forget(now - DAY, now - 30 * DAY, limit)
        more = store.forget_done(
            keys_before=now - 3 * DAY,
            parked_before=now - 2 * DAY,
            outbox_before=now - 7 * DAY,
            rest_before=now - 30 * DAY,
            limit=limit,
        )
        return bool(more or dropped >= limit)

    return box.do(job)


def post(box: Box, card_id: str | None, message_id: str = "1") -> None:
    """A message of the bot's own."""
    row = tables.PostRow(
        platform="memory",
        chat_id="room",
        message_id=message_id,
        lang="pl",
        actions='["question.pass:1"]',
        card_kind=CARD if card_id else None,
        card_id=card_id,
        seq=1,
        at=box.now,
        edited_at=box.now,
    )
    box.do(lambda store: store.session.add(row))


def test_items_set_aside_go_after_thirty_days(box: Box) -> None:
    box.do(lambda store: store.journal.set_aside(Poison(key="1", at=NOW, platform="memory", error="?", shape="{}")))
    box.now += 30 * DAY
    tidy(box)
    assert count(box, tables.PoisonRow) == 1
    box.now += DAY
    tidy(box)
    assert count(box, tables.PoisonRow) == 0


@pytest.mark.parametrize("used", [True, False])
def test_codes_go_thirty_days_after_they_were_used_or_expired(box: Box, used: bool) -> None:
    box.do(lambda store: store.people.invite("K7", Role.OWNER, NOW + DAY))
    if used:
        assert box.do(lambda store: store.people.redeem("K7", store.people.of(ANNA).id)) is Role.OWNER
    box.now += 30 * DAY
    tidy(box)
    assert count(box, tables.InviteRow) == 1
    box.now += timedelta(hours=1) if used else 2 * DAY
    tidy(box)
    assert count(box, tables.InviteRow) == 0


def test_encrypted_events_go_though_their_network_is_away(box: Box) -> None:
    row = {"key": "k", "platform": "matrix", "chat_id": "!r", "session_id": "s", "source": "{}", "at": NOW}
    box.do(lambda store: park(store.session, [row]))
    box.now += 2 * DAY
    tidy(box)
    assert count(box, tables.ParkedRow) == 1
    box.now += timedelta(hours=1)
    tidy(box)
    assert count(box, tables.ParkedRow) == 0


def test_posts_of_a_forgotten_question_are_cards_no_more_and_go_as_others_do(box: Box) -> None:
    gone = box.do(lambda store: store.questions.offer(None, ROOM, "pl", "?"))
    kept = box.do(lambda store: store.questions.offer(None, ROOM, "pl", "?"))
    box.do(lambda store: store.questions.passed(kept, 1))
    post(box, gone, "1")
    post(box, kept, "2")
    box.now += DAY + timedelta(hours=1)
    tidy(box)
    assert box.do(lambda store: store.questions.get(gone)) is None
    was, still = (box.do(lambda store, id_=id_: store.chats.post(ROOM, id_)) for id_ in ("1", "2"))  # type: ignore[misc]
    # A press of its button is still told what to do.
    assert was is not None
    assert (was.card, was.actions) == (None, ("question.pass:1",))
    assert still is not None
    assert still.card is not None
    box.now += 29 * DAY
    tidy(box)
    assert count(box, tables.PostRow) == 0
    assert count(box, tables.QuestionRow) == 0


def test_a_post_written_after_its_question_was_forgotten_goes_too(box: Box) -> None:
    post(box, "unknown")
    box.now += 29 * DAY
    tidy(box)
    assert count(box, tables.PostRow) == 1
    box.now += 2 * DAY
    tidy(box)
    assert count(box, tables.PostRow) == 0


def test_little_at_a_time(box: Box) -> None:
    for number in range(5):
        box.do(
            lambda store, key=str(number): store.journal.set_aside(  # type: ignore[misc]
                Poison(key=key, at=NOW, platform="memory", error="?", shape="{}")
            )
        )
    box.now += 31 * DAY
    assert [tidy(box, 2) for _ in range(3)] == [True, True, False]
    assert count(box, tables.PoisonRow) == 0
