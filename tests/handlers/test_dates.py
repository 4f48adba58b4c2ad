"""A date that suits most: repeated in full, asked for in every room, made a meeting by one tap, then confirmed."""

from datetime import timedelta

import pytest

from bot.core.intents import At, Direct, Post
from bot.core.meetings import Answer
from tests.handlers.meetings import OTHER, ROOM, card, claim, text_of
from tests.handlers.world import World, ids, kinds

WORDS = "/termin Spotkanie robocze | 3.12.2026 17:00 | 2.12.2026 17:00-19:00 | 5.12.2026 10:00"


def asked(world: World) -> str:
    """The poll that asks, open in two rooms; its id."""
    claim(world, ROOM, OTHER)
    [shown] = world.say("olga", WORDS, ROOM)
    assert "• środa, 2 grudnia 2026, 17:00–19:00 (czas polski)\n• czwartek, 3 grudnia 2026, 17:00" in shown.text
    assert shown.buttons[0] == "Tak, zapytaj"
    opened = world.press("olga", shown.actions[0], ROOM)
    assert {one.to for one in opened if one.kind == "card"} >= {ROOM, OTHER}
    return next(one.card.id for one in world.intents if isinstance(one, Post) and one.card.kind == "poll")


def closed(world: World, poll: str) -> None:
    for who, number in (("anna", 2), ("jan", 2), ("jan", 1), ("ewa", 1), ("kot", 2)):
        world.press(who, f"vote:{poll}:{number}", ROOM)
    assert kinds(world.press("olga", f"date.make:{poll}:2", ROOM)) == ["alert"]
    world.say("olga", "/zamknij", ROOM)


def test_the_winner_becomes_a_meeting_and_who_chose_it_is_asked(world: World) -> None:
    poll = asked(world)
    assert "jeszcze trwa" in card(world, poll, "date-search")
    closed(world, poll)
    shown = card(world, poll, "date-search")
    assert "czwartek, 3 grudnia 2026, 17:00 (czas polski): 3" in shown
    assert kinds(world.press("anna", f"date.make:{poll}:2", ROOM)) == ["alert"]
    made = world.press("olga", f"date.make:{poll}:2", ROOM)
    cards = [one for one in made if one.kind == "card"]
    assert {one.to for one in cards} == {ROOM, OTHER}
    assert "Kiedy: czwartek, 3 grudnia 2026, 17:00 (czas polski)" in cards[0].text
    assert "Będą: 0 · Może: 3" in cards[0].text
    id_ = next(one.card.id for one in world.intents if isinstance(one, Post))
    [tell] = [one for one in world.intents if isinstance(one, At) and one.name == "meeting.tell"]
    world.fire(tell.name, **tell.payload)
    directs = [one for one in world.intents if isinstance(one, Direct)]
    assert {one.person_id for one in directs} == {world.person(who) for who in ("anna", "jan", "kot")}
    assert set(ids(directs)) == {"date-confirm"}
    world.press("anna", directs[0].body.buttons[0].action)
    anna = world.person("anna")
    assert world.store(lambda store: store.rsvps.of(id_, anna)) is Answer.YES
    assert "już ogłoszone" in card(world, poll, "date-search")
    assert kinds(world.press("olga", f"date.make:{poll}:2", ROOM)) == ["alert"]


def test_a_date_that_passed_meanwhile_makes_no_meeting(world: World) -> None:
    poll = asked(world)
    closed(world, poll)
    world.later(timedelta(days=10))
    assert "minął" in text_of(world.press("olga", f"date.make:{poll}:2", ROOM))
    assert world.store(lambda store: store.meetings.upcoming(None, 9)) == []


def test_without_votes_there_is_nothing_to_make(world: World) -> None:
    poll = asked(world)
    world.say("olga", "/zamknij", ROOM)
    assert "Ogłoś" not in card(world, poll, "date-search")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/termin", "date-how"),
        ("/termin Zebranie | 2.12.2026 17:00", "date-count"),
        ("/termin Zebranie" + "".join(f" | {day}.12.2026 17:00" for day in range(1, 15)), "date-count"),
        ("/termin Zebranie | 2.12.2026 17:00 | 2.12.2026 17:00-19:00", "date-twice"),
        ("/termin Zebranie | 2.12.2026 | 3.12.2026 17:00", "when-no-start-hour"),
        ("/termin Zebranie | 31.02.2027 17:00 | 3.12.2026 17:00", "when-no-such-day"),
        ("/termin | 2.12.2026 17:00 | 3.12.2026 17:00", "meeting-no-title"),
    ],
)
def test_what_is_wrong_is_said(world: World, words: str, said: str) -> None:
    world.say("olga", words, ROOM)
    assert ids(world.intents) == [said]


def test_only_moderators_ask_and_a_draft_can_be_dropped(world: World) -> None:
    claim(world, ROOM)
    world.say("anna", WORDS, ROOM)
    assert ids(world.intents) == ["not-allowed"]
    [shown] = world.say("olga", WORDS, ROOM)
    world.press("olga", shown.actions[1], ROOM)
    assert world.store(lambda store: store.polls.running()) == []
    poll = shown.actions[1].partition(":")[2]
    world.store(lambda store: store.polls.drop_drafts([poll]))
    assert world.store(lambda store: store.date_searches.get(poll)) is None
