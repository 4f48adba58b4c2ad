"""A question that the documents don't answer: offered, passed on once, by the one who asked, without a name."""

from datetime import timedelta

import pytest

from bot.core.intents import At, Direct
from bot.core.people import Role
from bot.core.refs import AccountRef
from storage.questions import Question
from tests.handlers.world import World, elsewhere, ids, kinds

UNKNOWN = "Czy jutro pada deszcz?"


def offered(world: World, who: str | None = "anna", room: str | None = None, text: str = UNKNOWN) -> str:
    """Ask it; the action of the button."""
    card = world.say(who, f"/pytanie {text}", room)[0]
    assert card.kind == "card"
    return card.actions[0]


def question(world: World, action: str) -> Question | None:
    return world.store(lambda store: store.questions.get(action.partition(":")[2]))


@pytest.mark.parametrize(
    ("text", "refusal", "label"),
    [
        (UNKNOWN, "W dokumentach nie ma odpowiedzi", "Przekaż pytanie"),
        ("Will it rain tomorrow?", "The documents don’t answer", "Pass the question on"),
        ("Чи завтра буде дощ?", "У документах немає відповіді", "Передати запитання"),
    ],
)
def test_a_refusal_is_plain_and_names_what_to_do(world: World, text: str, refusal: str, label: str) -> None:
    card = world.say("anna", text)[0]
    assert refusal in card.text
    assert card.buttons == (label,)
    assert "/obszary" in card.text or "/areas" in card.text


def test_passing_on_reaches_every_owner_with_the_words_and_without_the_name(world: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("matrix", "@ewa")).id, Role.OWNER))
    world.store(lambda store: store.people.choose_language(store.people.of(AccountRef("matrix", "@ewa")).id, "en"))
    action = offered(world)
    toast, ewa, olga, card = world.press("anna", action)
    assert toast.kind == "toast"
    assert toast.text == "Pytanie przekazano."
    assert {ewa.to, olga.to} == {world.person("olga"), ewa_id(world)}
    assert f"> {UNKNOWN}" in ewa.text
    assert "Network: Telegram" in ewa.text
    assert "direct chat" in ewa.text
    assert "anna" not in ewa.text
    assert card.kind == "refresh"
    assert "przekazano" in card.text
    assert card.buttons == ()


def ewa_id(world: World) -> str:
    return elsewhere(world, platform="matrix").person("@ewa")


def test_pressing_again_passes_nothing_on(world: World) -> None:
    action = offered(world)
    world.press("anna", action)
    [toast] = world.press("anna", action)
    assert toast.text == "To pytanie jest już przekazane."
    assert not any(isinstance(intent, Direct) for intent in world.intents)


def test_in_a_room_only_the_asker_passes_on(world: World) -> None:
    action = offered(world, room="ngo")
    [refusal] = world.press("piotr", action, "ngo")
    assert refusal.kind == "alert"
    assert "/pytanie" in refusal.text
    assert kinds(world.press(None, action, "ngo")) == ["alert"]
    done = world.press("anna", action, "ngo")
    assert kinds(done) == ["toast", "direct", "refresh"]
    assert "w grupie" in done[1].text


def test_where_the_network_names_nobody_anyone_of_that_chat_may(world: World) -> None:
    action = offered(world, None, "ngo")
    assert kinds(world.press("anna", action, "other")) == ["alert"]
    assert kinds(elsewhere(world, platform="matrix").press("anna", action, "ngo")) == ["alert"]
    assert kinds(world.press("anna", action, "ngo")) == ["toast", "direct", "refresh"]


@pytest.mark.parametrize("action", ["question.pass", "question.pass:", "question.pass:zzz", "question.pass:%' OR 1"])
def test_forged_presses_are_told_to_ask_again(world: World, action: str) -> None:
    [alert] = world.press("anna", action, "ngo")
    assert alert.kind == "alert"
    assert "/pytanie" in alert.text


def test_without_an_owner_it_is_said_at_once_and_nothing_is_kept(world: World) -> None:
    alone = elsewhere(world, owners=frozenset())
    [refusal] = alone.say("anna", f"/pytanie {UNKNOWN}", "ngo")
    assert ids(alone.intents) == ["question-unknown", "question-nobody", "question-try"]
    assert refusal.buttons == ()
    assert alone.store(lambda store: store.questions.forget(alone.now, alone.now + timedelta(days=1), 10)) == 0


def test_an_owner_who_is_gone_meanwhile_is_not_pretended(world: World) -> None:
    action = offered(world, room="ngo")
    [alert] = elsewhere(world, owners=frozenset()).press("anna", action, "ngo")
    assert alert.text.startswith("Nie ma komu")
    assert kinds(world.press("anna", action, "ngo")) == ["toast", "direct", "refresh"]


def test_a_question_that_reaches_no_owner_is_not_passed_on_and_may_be_tried_again(world: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("matrix", "@ewa")).id, Role.OWNER))
    action = offered(world, room="ngo")
    world.press("anna", action, "ngo")
    ewa, olga = (intent for intent in world.intents if isinstance(intent, Direct))
    assert world.fail(ewa) == []
    [card] = world.fail(olga)
    assert card.kind == "refresh"
    assert "nie udało się przekazać" in card.text
    assert "spróbować ponownie" in card.text
    assert card.actions == (action,)
    assert kinds(world.press("anna", action, "ngo")) == ["toast", "direct", "direct", "refresh"]
    assert [world.fail(intent) for intent in (ewa,)] == [[]]
    assert kinds(world.press("anna", action, "ngo")) == ["toast"]


def test_that_nobody_was_reached_is_said_in_each_language(world: World) -> None:
    action = offered(world)
    world.press("anna", action)
    [direct] = (intent for intent in world.intents if isinstance(intent, Direct))
    world.fail(direct)
    body = world.store(lambda store: world.routes.cards["question"](store, action.partition(":")[2]))
    assert body
    for lang, words in (("pl", "nie mógł napisać"), ("en", "could not reach"), ("uk", "не зміг написати")):
        card = world._body("card", body, lang, "")
        assert words in card.text
        assert card.actions == (action,)


def test_a_question_that_was_missed_is_kept_no_longer_than_one_that_was_offered(world: World) -> None:
    action = offered(world, room="ngo")
    world.press("anna", action, "ngo")
    [direct] = (intent for intent in world.intents if isinstance(intent, Direct))
    world.fail(direct)
    world.later(timedelta(hours=25))
    world.fire("housekeeping")
    assert question(world, action) is None
    assert world.fail(direct) == []


def test_an_offered_question_is_kept_a_day_and_one_passed_on_thirty(world: World) -> None:
    left, passed = offered(world, room="ngo"), offered(world, room="ngo")
    world.press("anna", passed, "ngo")
    world.later(timedelta(hours=23))
    assert world.fire("housekeeping") == [At(world.now + timedelta(hours=1), "housekeeping", key="housekeeping")]
    assert question(world, left)
    world.later(timedelta(hours=2))
    world.fire("housekeeping")
    assert question(world, left) is None
    assert question(world, passed)
    assert kinds(world.press("anna", left, "ngo")) == ["alert"]
    world.later(timedelta(days=30))
    world.fire("housekeeping")
    assert question(world, passed) is None


def test_a_card_whose_question_is_forgotten_shows_nothing(world: World) -> None:
    assert world.store(lambda store: world.routes.cards["question"](store, "zzz")) is None


def test_housekeeping_comes_back_soon_while_there_is_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.housekeeping.AT_ONCE", 2)
    for _ in range(3):
        offered(world, room="ngo")
    world.later(timedelta(days=2))
    assert world.fire("housekeeping") == [At(world.now + timedelta(minutes=1), "housekeeping", key="housekeeping")]
    assert world.fire("housekeeping") == [At(world.now + timedelta(hours=1), "housekeeping", key="housekeeping")]
