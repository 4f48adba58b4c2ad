"""Every way to vote is the same vote; what doesn't count is told kindly."""

from datetime import timedelta

import pytest

from bot.core.intents import Refresh
from bot.core.refs import AccountRef, CardRef, ChatRef
from tests.handlers.test_polls import ROOM, claim, opened, text_of
from tests.handlers.world import MATRIX, World, elsewhere, ids, kinds


def counts(world: World, poll: str) -> tuple[int, ...]:
    return world.store(lambda store: store.polls.tally(store.polls.get(poll)).counts)


def test_a_press_is_told_by_name_and_may_be_changed(world: World) -> None:
    poll = opened(world)
    toast = world.press("anna", f"vote:{poll}:2", ROOM)[0]
    assert (toast.kind, toast.text) == ("toast", "Zapisano: 2. Nie. Można zmienić do zamknięcia.")
    assert world.press("anna", f"vote:{poll}:1", ROOM)[0].text.startswith("Zmieniono głos: 1. Tak.")
    assert counts(world, poll) == (1, 0)
    assert Refresh(CardRef("poll", poll)) in world.intents


def test_a_double_tap_takes_nothing_back(world: World) -> None:
    poll = opened(world)
    for _ in range(3):
        shown = world.press("anna", f"vote:{poll}:2", ROOM)
    assert shown[0].text.startswith("Ten głos już jest zapisany: 2. Nie.")
    assert not any(isinstance(intent, Refresh) for intent in world.intents)
    assert counts(world, poll) == (0, 1)


@pytest.mark.parametrize(
    "action",
    ["vote", "vote:", "vote:{}", "vote:{}:0", "vote:{}:9", "vote:{}:-1", "vote:0:1", "vote:{}:1:1", "vote:{}:²"],
)
def test_forged_votes_are_refused(world: World, action: str) -> None:
    poll = opened(world)
    shown = world.press("anna", action.format(poll), ROOM)
    assert shown[0].kind == "alert"
    assert "/" in shown[0].text
    assert counts(world, poll) == (0, 0)


def test_a_vote_from_a_room_without_the_poll_is_refused(world: World) -> None:
    poll = opened(world)
    assert "nie ma w tej grupie" in text_of(world.press("anna", f"vote:{poll}:1", "obca"))
    assert "kto to głosuje" in text_of(world.press(None, f"vote:{poll}:1", ROOM))
    assert counts(world, poll) == (0, 0)


@pytest.mark.parametrize("words", ["/głos 2", "/glos 2", "/vote 2", "/голос 2", "/glosuj nie", "/głos 2."])
def test_the_command_in_a_room_with_one_poll(world: World, words: str) -> None:
    poll = opened(world)
    assert world.say("anna", words, ROOM)[0].text.startswith("Zapisano: 2. Nie.")
    assert counts(world, poll) == (0, 1)


@pytest.mark.parametrize("words", ["2", "głos 2", "/glos 2", "głosuj nie"])
def test_in_a_direct_chat_the_number_is_enough(world: World, words: str) -> None:
    poll = opened(world)
    assert world.say("anna", words)[0].text.startswith("Zapisano: 2. Nie.")
    assert counts(world, poll) == (0, 1)


def test_a_reply_to_the_card_with_numbers(world: World) -> None:
    poll = opened(world, "wielokrotna 2-3 Co? | a | b | c | d")
    opened(world)
    said = world.say("anna", "1, 3", ROOM, reply=CardRef("poll", poll))[0]
    assert said.text.startswith("Zapisano: 1, 3.")
    assert counts(world, poll) == (1, 0, 1, 0)


def test_digits_in_a_room_are_talk(world: World) -> None:
    poll = opened(world)
    assert world.say("anna", "2", ROOM) == []
    assert world.say("anna", "2", ROOM, addressed=True)[0].text.startswith("Zapisano")
    assert counts(world, poll) == (0, 1)


def test_with_two_polls_a_number_asks_which(world: World) -> None:
    first, second = opened(world, "Pierwsza? | a | b"), opened(world, "Druga? | a | b | c")
    asked = world.say("anna", "2")[0]
    assert "Trwa kilka ankiet" in asked.text
    assert asked.buttons == ("Pierwsza?", "Druga?")
    assert counts(world, first) == counts(world, second)[:2] == (0, 0)
    assert world.press("anna", asked.actions[1])[0].text.startswith("Zapisano: 2. b.")
    assert counts(world, second) == (0, 1, 0)
    assert world.say("anna", "3")[0].buttons == ("Druga?",)
    assert "Nie ma odpowiedzi 9" in text_of(world.say("anna", "9"))
    assert "Odpowiedz numerami" in text_of(world.say("anna", "1 2"))
    assert "Odpowiedz na wiadomość" in text_of(world.say("anna", "/głos 1", ROOM))


def test_without_a_poll_a_number_is_no_vote(world: World) -> None:
    world.say("anna", "2")
    assert not any(id_.startswith("vote") for id_ in ids(world.intents))
    world.say("anna", "/głos 2")
    assert ids(world.intents) == ["poll-none-running"]
    world.say("anna", "/głos", ROOM)
    assert ids(world.intents) == ["vote-how"]


def test_a_vote_after_the_close_is_told_so_in_every_way(world: World) -> None:
    poll = opened(world)
    world.say("olga", "/zamknij", ROOM)
    for shown in (
        world.press("anna", f"vote:{poll}:1", ROOM),
        world.say("anna", "/głos 1", ROOM),
        world.say("anna", "1"),
        world.say("anna", "1", ROOM, reply=CardRef("poll-result", f"{poll}.1")),
    ):
        assert shown[0].text.startswith("Ankieta zamknięta: 13:00. Ten głos nie został policzony."), shown
    assert counts(world, poll) == (0, 0)
    world.later(timedelta(hours=2))
    world.say("anna", "1")
    assert not any(id_.startswith("vote") for id_ in ids(world.intents))


def test_of_several_options_presses_add_up_to_the_most(world: World) -> None:
    poll = opened(world, "wielokrotna 2-2 Co? | a | b | c")
    assert world.press("anna", f"vote:{poll}:1", ROOM)[0].text.startswith("Wybrano: 1. a. Brakuje: 1.")
    assert counts(world, poll) == (0, 0, 0)
    assert world.press("anna", f"vote:{poll}:3", ROOM)[0].text.startswith("Zapisano: 1, 3.")
    assert "najwyżej 2" in text_of(world.press("anna", f"vote:{poll}:2", ROOM))
    assert counts(world, poll) == (1, 0, 1)
    assert "skasowany" in text_of(world.press("anna", f"vote.anew:{poll}", ROOM))
    assert counts(world, poll) == (0, 0, 0)
    assert world.say("anna", "/głos 2 3", ROOM)[0].text.startswith("Zapisano: 2, 3.")
    assert "co najmniej 2" in text_of(world.say("anna", "/głos 2", ROOM))
    assert world.press("anna", "vote.anew:0", ROOM)[0].kind == "alert"


def test_the_same_person_on_the_other_network_replaces_and_is_told(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX, owners=world.owners)
    claim(world, ROOM)
    matrix.say("ewa", "cześć", "pokój")
    world.store(lambda store: store.rooms.claim(ChatRef("matrix", "pokój"), None))
    poll = opened(world)
    assert world.press("anna", f"vote:{poll}:1", ROOM)[0].text.startswith("Zapisano")
    assert matrix.say("anna", "!głos 2", "pokój")[0].text.startswith("Zapisano: 2. Nie.")
    assert counts(world, poll) == (1, 1)

    def link(store: object) -> list[str]:
        people = store.people  # type: ignore[attr-defined]
        old, new = (people.of(AccountRef(network, "anna")).id for network in ("matrix", "telegram"))
        return store.merge(old, new)  # type: ignore[attr-defined, no-any-return]

    assert world.store(link) == [poll]
    assert counts(world, poll) == (0, 1)
    shown = world.press("anna", f"vote:{poll}:1", ROOM)
    assert shown[0].text == "Zapisano: 1. Tak. Zamiast głosu z Matrix. Można zmienić do zamknięcia."
    assert counts(world, poll) == (1, 0)


def test_on_a_network_without_buttons_the_options_stand_once(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX, owners=frozenset({AccountRef("matrix", "ola")}))
    shown = matrix.say("ola", "!ankieta Czy idziemy?", "pokój")[0]
    assert shown.text.count("1. Tak") == 1
    assert "!głos 2" in shown.text
    assert len(shown.actions) == 3
    assert kinds(matrix.say("jan", "!голос 1", "pokój"))[0] in {"toast", "reply", "alert"}
