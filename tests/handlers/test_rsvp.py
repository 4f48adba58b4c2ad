"""Answers to meetings: each way is the same answer, the last one counts, seats are never more than there are."""

from datetime import timedelta

import pytest

from bot.core.intents import Direct
from bot.core.meetings import Answer, answer_of, reaction_of
from bot.core.refs import CardRef
from tests.handlers.meetings import ROOM, card, claim, opened, text_of
from tests.handlers.world import World, elsewhere, ids, kinds

CARD = "meeting"


def answer(world: World, id_: str, who: str) -> Answer | None:
    person = world.person(who)
    return world.store(lambda store: store.rsvps.of(id_, person))


def test_every_way_is_the_same_answer(world: World) -> None:
    claim(world, ROOM)
    id_ = opened(world)
    here = CardRef(CARD, id_)
    toast, refresh = world.press("anna", f"rsvp:{id_}:yes", ROOM)[:2]
    assert toast.text.startswith("Zapisano: Będę. czwartek, 3 grudnia 2026, 17:00–19:00 (czas polski).")
    assert "Będą: 1" in refresh.text
    world.say("jan", "bede", ROOM, reply=here)
    world.say("ewa", "Може", ROOM, reply=here)
    world.say("ewa", "Може", ROOM, reply=here)
    world.say("iza", "/bede", ROOM)
    world.say("kot", "!nie będę", ROOM)
    world.say("ola", "Będę!")
    world.say("ula", "not going")
    world.say("ala", "може", ROOM)  # To nobody: no answer.
    world.react("tom", "✅", here, ROOM)
    world.react("tym", "👎🏽", here, ROOM)
    assert world.react("tim", "🎉", here, ROOM) == []
    said = {
        who: answer(world, id_, who)
        for who in ("anna", "jan", "ewa", "iza", "kot", "ola", "ula", "ala", "tom", "tym", "tim")
    }
    assert said == {
        "anna": Answer.YES, "jan": Answer.YES, "ewa": None, "iza": Answer.YES, "kot": Answer.NO, "ola": Answer.YES,
        "ula": Answer.NO, "ala": None, "tom": Answer.YES, "tym": Answer.NO, "tim": None,
    }  # fmt: skip
    assert "Będą: 5 · Może: 0 · Nie będzie: 3" in card(world, id_)


def test_one_person_counts_once_and_the_last_answer_stays(world: World) -> None:
    id_ = opened(world)
    for choice in ("yes", "maybe", "no", "yes", "yes"):
        world.press("anna", f"rsvp:{id_}:{choice}", ROOM)
    assert "Będą: 1 · Może: 0 · Nie będzie: 0" in card(world, id_)
    # The same again changes nothing, so no card is edited.
    assert "refresh" not in kinds(world.press("anna", f"rsvp:{id_}:yes", ROOM))


def test_a_full_meeting_has_a_waiting_list_that_moves_up_by_itself(world: World) -> None:
    claim(world, ROOM)
    id_ = opened(world, "Zebranie | 3.12.2026 17:00 | miejsc: 2")
    for who in ("anna", "jan"):
        world.press(who, f"rsvp:{id_}:yes", ROOM)
    matrix = elsewhere(world, platform="matrix")
    assert "pozycja 1" in text_of(matrix.say("ewa", "буду"))
    assert "Wszystkie miejsca (2) są zajęte. Na liście oczekujących: 1" in card(world, id_)
    world.press("anna", f"rsvp:{id_}:no", ROOM)
    [direct] = [intent for intent in world.intents if isinstance(intent, Direct)]
    assert direct.person_id == matrix.person("ewa")
    assert ids([direct]) == ["rsvp-moved-up"]
    assert "Na liście oczekujących: 0" in card(world, id_)
    assert "pozycja 1" in text_of(world.press("anna", f"rsvp:{id_}:yes", ROOM))


def test_which_meeting_is_asked_where_it_is_not_sure(world: World) -> None:
    world.say("anna", "będę")
    assert "rsvp-saved" not in ids(world.intents)
    first, second = opened(world), opened(world, "Drugie | 4.12.2026 17:00")
    [asked, *_] = world.say("anna", "będę")
    assert asked.actions == (f"rsvp:{first}:yes", f"rsvp:{second}:yes")
    world.press("anna", asked.actions[1])
    assert (answer(world, first, "anna"), answer(world, second, "anna")) == (None, Answer.YES)
    world.say("anna", "/bede", ROOM)
    assert ids(world.intents)[0] == "rsvp-which-here"
    world.say("anna", "/bede jutro", ROOM)
    assert ids(world.intents)[0] == "rsvp-how"


def test_after_the_end_and_after_a_cancellation_it_is_said_so(world: World) -> None:
    id_ = opened(world)
    world.now = world.now + timedelta(days=10)
    assert "już się odbyło" in text_of(world.press("anna", f"rsvp:{id_}:yes", ROOM))
    assert "już nie ma" in text_of(world.press("anna", "rsvp:nic:yes", ROOM))
    assert "już nie ma" in text_of(world.press("anna", f"rsvp:{id_}:cokolwiek", ROOM))
    assert "własnym kontem" in text_of(world.press(None, f"rsvp:{opened(world, 'Drugie | jutro 18:00')}:yes", ROOM))
    assert answer(world, id_, "anna") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("będę", Answer.YES), ("BEDE.", Answer.YES), ("Going!", Answer.YES), ("буду", Answer.YES),
        ("może", Answer.MAYBE), ("moze", Answer.MAYBE), ("maybe", Answer.MAYBE), ("можливо", Answer.MAYBE),
        ("nie  będę", Answer.NO), ("Nie bede", Answer.NO), ("not going", Answer.NO), ("не буду", Answer.NO),
        ("tak", None), ("nie", None), ("będę jutro", None), ("2", None), ("", None),
    ],
)  # fmt: skip
def test_words(words: str, expected: Answer | None) -> None:
    assert answer_of(words) is expected


def test_reactions() -> None:
    assert [reaction_of(one) for one in ("✅", "👍🏿", "❓", "❌", "👎", "❤️", "1️⃣")] == [
        Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO, Answer.NO, None, None,
    ]  # fmt: skip
