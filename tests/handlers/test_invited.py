"""Organisations invited to a meeting: named in the line or the form, on the card; who speaks for them is told once."""

import pytest

from bot.core.intents import Direct
from storage.organisations import Standing
from tests.handlers.meetings import ROOM, card, claim, drafted, opened, timers
from tests.handlers.test_meeting_changes import changed
from tests.handlers.test_meeting_drafts import fill
from tests.handlers.world import World, ids

LINE = "Zebranie | 3.12.2026 17:00-19:00 | Biblioteka | zaproszone: fundacja b, Stowarzyszenie A"


@pytest.fixture
def people(world: World) -> dict[str, str]:
    """Who stands how in which organisation; their ids."""
    claim(world, ROOM)
    standing = {
        "anna": ("Stowarzyszenie A", Standing.DELEGATE),
        "jan": ("Fundacja B", Standing.DEPUTY),
        "ewa": ("Fundacja B", Standing.MEMBER),
        "piotr": ("Klub C", Standing.DELEGATE),
    }
    for who, (name, role) in standing.items():
        _join(world, who, name, role)
    return {who: world.person(who) for who in standing}


def _join(world: World, who: str, name: str, role: Standing) -> None:
    person = world.person(who)
    asked, _ = world.store(lambda store: store.organisations.ask(person, name))
    world.store(lambda store: store.organisations.decide(asked.id, role, None))


def told(world: World) -> dict[str, str]:
    """Fire the timers that tell people: who is written to, and what."""
    found: dict[str, str] = {}
    for timer in timers(world.intents, "meeting.tell"):
        payload = dict(timer.payload)
        for intent in world.fire(timer.name, due=timer.when, **payload):
            if isinstance(intent, Direct):
                assert intent.person_id not in found
                found[intent.person_id] = ids([intent])[0]
    return found


def test_the_card_names_them_and_those_who_vote_for_them_are_asked_once(world: World, people: dict[str, str]) -> None:
    draft = drafted(world, LINE)
    assert "Zaproszone organizacje: Fundacja B, Stowarzyszenie A" in card(world, draft, "meeting-draft")
    assert timers(world.intents, "meeting.tell") == []
    id_ = opened(world, LINE)
    assert "Zaproszone organizacje: Fundacja B, Stowarzyszenie A" in card(world, id_)
    assert told(world) == {people["anna"]: "meeting-invitation", people["jan"]: "meeting-invitation"}


def test_who_speaks_for_two_of_them_is_asked_once_and_answers_by_its_buttons(
    world: World, people: dict[str, str]
) -> None:
    _join(world, "anna", "Fundacja B", Standing.DELEGATE)
    id_ = opened(world, LINE)
    [timer] = timers(world.intents, "meeting.tell")
    asked = [one for one in world.fire(timer.name, **timer.payload) if isinstance(one, Direct)]
    assert sorted(one.person_id for one in asked) == sorted([people["anna"], people["jan"]])
    [yes, *_] = asked[0].body.buttons
    world.press("anna", yes.action)
    assert world.store(lambda store: store.rsvps.attendance(id_, None)).seated == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/zmien_spotkanie start: 4.12.2026 18:00", "meeting-told-moved"),
        ("/odwolaj_spotkanie", "meeting-notice-cancelled"),
    ],
)
def test_a_move_and_a_cancellation_are_told_once_to_all(
    world: World, people: dict[str, str], words: str, said: str
) -> None:
    id_ = opened(world, LINE)
    world.press("jan", f"rsvp:{id_}:yes", ROOM)
    changed(world, id_, words)
    assert told(world) == {people["anna"]: said, people["jan"]: said}


def test_nobody_is_told_where_nobody_is_invited(world: World, people: dict[str, str]) -> None:
    opened(world)
    assert timers(world.intents, "meeting.tell") == []


def test_a_name_that_nobody_confirmed_is_asked_about(world: World, people: dict[str, str]) -> None:
    world.say("olga", "/nowe_spotkanie Zebranie | 3.12.2026 17:00 | zaproszone: Fundacja X", ROOM)
    assert ids(world.intents) == ["meeting-organisation-unknown"]
    world.say("olga", "/nowe_spotkanie Zebranie | 3.12.2026 17:00 | zaproszone:", ROOM)
    assert ids(world.intents) == ["meeting-term-empty"]


def test_the_form_asks_for_them(world: World, people: dict[str, str]) -> None:
    draft = fill(world, "Zebranie", "3.12.2026 17:00", "nie", *["pomiń"] * 5, "Klub C, fundacja b")
    assert "Zaproszone organizacje: Fundacja B, Klub C" in card(world, draft, "meeting-draft")
