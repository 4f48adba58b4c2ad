"""A meeting while it is held: the notice, presence of people and organisations, quorum, polls bound to it, the end."""

from datetime import timedelta

import pytest

from bot.core.intents import Direct, Post, SendFile
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef
from storage.organisations import Standing
from tests.handlers.meetings import OTHER, ROOM, card, claim, opened, text_of, timers
from tests.handlers.world import World, ids, kinds


@pytest.fixture
def held(world: World) -> str:
    """A meeting that is held; its occurrence's id."""
    claim(world, ROOM, OTHER)
    id_ = opened(world, "Zebranie | 24.11.2026 14:00-16:00 | Biblioteka | kworum: 2 organizacji")
    world.say("olga", "/rozpocznij_spotkanie", ROOM)
    return id_


def delegate(world: World, who: str, *names: str) -> None:
    person = world.person(who)
    for name in names:
        asked, _ = world.store(lambda store, name=name: store.organisations.ask(person, name))  # type: ignore[misc]
        world.store(lambda store, asked=asked: store.organisations.decide(asked.id, Standing.DELEGATE, None))  # type: ignore[misc]


def test_every_room_hears_what_is_recorded(world: World) -> None:
    claim(world, ROOM, OTHER)
    id_ = opened(world, "Zebranie | 24.11.2026 14:00")
    shown = world.say("olga", "/rozpocznij_spotkanie", ROOM)
    assert {one.to for one in shown if one.kind == "card"} == {ROOM, OTHER}
    assert "tylko to, co ktoś oznaczy" in shown[0].text
    assert shown[0].buttons == ("Jestem",)
    assert ids(world.intents) == []
    world.say("olga", "/rozpocznij_spotkanie", ROOM)
    assert ids(world.intents) == ["sitting-begun-before"]
    assert timers(world.intents) == []
    assert "Spotkanie trwa" in card(world, id_, "sitting")


def test_too_early_nothing_to_begin_and_not_by_members(world: World) -> None:
    claim(world, ROOM)
    world.say("olga", "/rozpocznij_spotkanie", ROOM)
    assert ids(world.intents) == ["meeting-none"]
    opened(world, "Zebranie | 3.12.2026 17:00")
    world.say("olga", "/rozpocznij_spotkanie", ROOM)
    assert ids(world.intents) == ["sitting-early"]
    world.say("anna", "/rozpocznij_spotkanie", ROOM)
    assert ids(world.intents) == ["not-allowed"]
    world.say("anna", "/jestem", ROOM)
    assert ids(world.intents) == []
    assert "nie trwa" in text_of(world.say("anna", "/jestem"))


def test_presence_counts_each_person_once_whichever_way(world: World, held: str) -> None:
    assert "jesteś na spotkaniu" in text_of(world.press("anna", f"here:{held}", ROOM))
    world.say("anna", "/jestem", ROOM)
    world.say("jan", "jestem")
    shown = text_of(world.say("olga", "/obecność", ROOM))
    assert "Obecne osoby: 2" in shown
    assert "Obecne organizacje: 0" in shown
    assert "Kworum jeszcze nie ma" in shown
    world.say("anna", "/obecność", ROOM)
    assert ids(world.intents) == ["not-allowed"]


def test_who_speaks_for_one_is_there_for_it_and_for_several_is_asked_aside(world: World, held: str) -> None:
    delegate(world, "anna", "Fundacja A")
    delegate(world, "jan", "Fundacja B", "Fundacja C")
    assert "jako Fundacja A" in text_of(world.say("anna", "/jestem", ROOM))
    world.say("jan", "/jestem", ROOM)
    [asked] = [intent for intent in world.intents if isinstance(intent, Direct)]
    assert asked.person_id == world.person("jan")
    assert "Obecne osoby: 2" in text_of(world.say("olga", "/obecność", ROOM))
    for_b = asked.body.buttons[0].action
    assert "nie" in text_of(world.press("anna", for_b)).lower()
    assert "jako Fundacja B" in text_of(world.press("jan", for_b))
    shown = text_of(world.say("olga", "/obecność", ROOM))
    assert "• Fundacja A\n• Fundacja B" in shown
    assert "Obecne osoby: 2" in shown
    assert "Kworum jest" in shown
    world.press("jan", asked.body.buttons[-1].action)
    assert "Obecne organizacje: 1" in text_of(world.say("olga", "/obecność", ROOM))


def test_a_poll_opened_meanwhile_says_how_many_of_those_present_voted(world: World, held: str) -> None:
    world.say("olga", "/ankieta Czy? | Tak | Nie", ROOM)
    poll = next(one.card.id for one in world.intents if isinstance(one, Post) and one.card.kind == "poll")
    assert "obecnych" not in card(world, poll, "poll")
    for who in ("anna", "jan", "ewa"):
        world.press(who, f"here:{held}", ROOM)
    assert any(getattr(one, "card", None) == CardRef("poll", poll) for one in world.intents)
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.press("kot", f"vote:{poll}:1", ROOM)
    assert "Głosowało 1 z 3 obecnych." in card(world, poll, "poll")


def test_a_poll_after_the_end_is_not_bound(world: World, held: str) -> None:
    world.press("anna", f"here:{held}", ROOM)
    world.say("olga", "/zakończ_spotkanie", ROOM)
    world.say("olga", "/ankieta Czy? | Tak | Nie", ROOM)
    poll = next(one.card.id for one in world.intents if isinstance(one, Post) and one.card.kind == "poll")
    assert "obecnych" not in card(world, poll, "poll")


def test_the_end_tells_every_room_and_sends_the_draft_in_three_formats(world: World, held: str) -> None:
    shown = world.say("olga", "/zakończ_spotkanie", ROOM)
    assert {one.to for one in shown if one.kind == "card"} == {ROOM, OTHER}
    sent = [one for one in world.intents if isinstance(one, SendFile)]
    assert [one.file.id for one in sent] == [f"{held}.{kind}" for kind in ("md", "html", "odt")]  # type: ignore[union-attr]
    assert {one.person_id for one in sent} == {world.person("olga")}
    assert kinds(world.press("anna", f"here:{held}", ROOM)) == ["alert"]
    world.say("olga", "/zakończ_spotkanie", ROOM)
    assert ids(world.intents) == ["sitting-none"]


def test_one_that_nobody_ends_ends_by_itself(world: World, held: str) -> None:
    world.later(timedelta(hours=20))
    world.fire("sitting.end", id=held)
    assert any(isinstance(one, SendFile) for one in world.intents)
    world.fire("sitting.end", id=held)
    assert world.intents == []


def test_a_demoted_moderator_ends_nothing(world: World, held: str) -> None:
    anna = world.person("anna")
    world.store(lambda store: store.people.grant(anna, Role.MODERATOR))
    world.store(lambda store: store.people.revoke(anna))
    world.say("anna", "/zakończ_spotkanie", ROOM)
    assert ids(world.intents) == ["not-allowed"]


def test_two_accounts_of_one_person_are_there_once(world: World, held: str) -> None:
    delegate(world, "anna", "Fundacja A")
    world.say("anna", "/jestem", ROOM)
    world.say("ania", "/jestem", ROOM)
    anna, ania = world.person("anna"), world.person("ania")
    world.store(lambda store: store.merge(ania, anna))
    present = world.store(lambda store: store.sittings.present(held))
    assert (present.people, present.organisations) == (1, ("Fundacja A",))
    assert world.store(lambda store: store.people.of(AccountRef("telegram", "ania")).id) == anna


def test_who_was_there_is_forgotten_when_its_time_is_over_and_counts_stay(world: World, held: str) -> None:
    delegate(world, "anna", "Fundacja A")
    world.say("anna", "/jestem", ROOM)
    world.press("jan", f"here:{held}", ROOM)
    world.press("jan", f"rsvp:{held}:yes", ROOM)
    world.say("olga", "/ustalenie Spotykamy się", ROOM)
    world.say("olga", "/zakończ_spotkanie", ROOM)
    jan = world.person("jan")
    assert world.store(lambda store: store.personal(jan))["presence"] != []
    world.later(timedelta(days=355))
    world.fire("housekeeping")
    assert "retention-meetings" in ids(world.intents)
    world.fire("housekeeping")
    assert "retention-meetings" not in ids(world.intents), "told once"
    world.later(timedelta(days=12))
    world.fire("housekeeping")
    assert world.store(lambda store: store.personal(jan))["presence"] != [], "not sooner than two weeks after"
    world.later(timedelta(days=3))
    world.fire("housekeeping")
    told = world.store(lambda store: store.personal(jan))
    assert (told["presence"], told["meeting_answers"]) == ([], [])
    present = world.store(lambda store: store.sittings.present(held))
    assert (present.people, present.organisations) == (2, ("Fundacja A",))
    assert [one.words for one in world.store(lambda store: store.minutes.of(held))] == ["Spotykamy się"]
