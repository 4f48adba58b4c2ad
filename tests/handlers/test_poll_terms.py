"""Terms of a poll: quorum and threshold with their base, results that wait for the end, the area."""

import pytest

from bot.core.refs import CardRef, ChatRef
from tests.handlers.test_poll_units import belong, delegate, shown
from tests.handlers.test_polls import ROOM, claim, opened, text_of
from tests.handlers.world import World


def vote(world: World, poll: str, *numbers: int) -> None:
    for voter, number in enumerate(numbers):
        world.press(f"voter-{voter}", f"vote:{poll}:{number}", ROOM)


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ((1, 1), "Kworum nieosiągnięte: głosujących 2, potrzeba 3."),
        ((1, 1, 2), "Kworum osiągnięte: głosujących 3, potrzeba 3."),
        ((), "Kworum nieosiągnięte: głosujących 0, potrzeba 3."),
    ],
)
def test_a_quorum_is_told_on_the_card_and_in_the_result(world: World, votes: tuple[int, ...], said: str) -> None:
    poll = opened(world, "kworum 3 Czy idziemy?")
    assert "Kworum: musi zagłosować co najmniej 3." in shown(world, poll)
    vote(world, poll, *votes)
    assert said in text_of(world.say("olga", "/zamknij", ROOM))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("próg 2/3", "Próg osiągnięty: „Tak” ma 2 z 3 głosów bez wstrzymujących się, potrzeba co najmniej 2/3."),
        ("próg 50% głosujących", "Próg nieosiągnięty: „Tak” ma 2 z 5 głosujących, potrzeba co najmniej 50%."),
    ],
)
def test_a_threshold_is_told_with_its_base(world: World, words: str, said: str) -> None:
    poll = opened(world, f"{words} Czy idziemy?")
    assert "Próg: co najmniej" in shown(world, poll)
    vote(world, poll, 1, 1, 2, 3, 3)
    assert "Próg" not in text_of(world.say("ewa", "/wyniki", ROOM)), "nothing is reached before the end"
    assert said in text_of(world.say("olga", "/zamknij", ROOM))


def test_a_share_of_the_entitled_is_that_of_the_day_of_the_close(world: World) -> None:
    for number in range(4):
        belong(world, f"voter-{number}", "Fundacja X")
    poll = opened(world, "dla członków kworum 50% próg 50% uprawnionych Czy idziemy?")
    vote(world, poll, 1, 1)
    told = text_of(world.say("olga", "/zamknij", ROOM))
    assert "Kworum osiągnięte: głosujących 2 z 4 uprawnionych, potrzeba 2." in told
    assert "Próg osiągnięty: „Tak” ma 2 z 4 uprawnionych, potrzeba co najmniej 50%." in told
    for number in range(9):
        belong(world, f"new-{number}", "Fundacja X")
    assert "2 z 4 uprawnionych" in text_of(world.say("olga", "/wyniki", ROOM))


def test_a_quorum_of_organisations(world: World) -> None:
    for number in range(3):
        delegate(world, f"voter-{number}", f"Fundacja {number}")
    poll = opened(world, "na organizacje kworum 2/3 Czy idziemy?")
    vote(world, poll, 1)
    told = text_of(world.say("olga", "/zamknij", ROOM))
    assert "Organizacje, które zagłosowały: 1 z 3." in told
    assert "Kworum nieosiągnięte: głosujących 1 z 3 uprawnionych, potrzeba 2." in told


def test_hidden_results_come_at_the_close_and_the_own_vote_is_confirmed(world: World) -> None:
    poll = opened(world, "ukryte wyniki Czy idziemy?")
    assert "dopiero po zamknięciu" in shown(world, poll)
    assert "Jawna" in shown(world, poll), "hidden is not secret"
    assert world.press("anna", f"vote:{poll}:1", ROOM)[0].text.startswith("Zapisano: 1. Tak.")
    assert world.press("anna", f"vote:{poll}:2", ROOM)[0].text.startswith("Zmieniono głos")
    assert "2. Nie:" not in shown(world, poll)
    assert "Zagłosowała 1 osoba" in shown(world, poll)
    asked = text_of(world.say("jan", "/wyniki", ROOM))
    assert "Wyniki będą po zamknięciu" in asked
    assert "2. Nie" not in asked
    assert "2. Nie: 1 (100%)" in text_of(world.say("olga", "/zamknij", ROOM))


def test_a_poll_belongs_to_an_area(world: World) -> None:
    claim(world, ROOM)
    [area, *_] = world.store(lambda store: store.areas.all())
    name = area.words.in_("pl")
    preview = world.say("olga", f"/ankieta obszar {name} Czy idziemy?")[0]
    assert f"Obszar: {name}" in preview.text
    poll = opened(world, "obszar 1 Czy idziemy?")
    assert f"Obszar: {name}" in shown(world, poll)
    assert f"Czy idziemy? [{name}]" in text_of(world.say("anna", "/ankiety", ROOM))
    world.store(lambda store: store.areas.rename(area.id, {"pl": "Nowa nazwa", "en": "New", "uk": "Нова"}))
    assert "Obszar: Nowa nazwa" in shown(world, poll)
    assert "Obszar" not in shown(world, opened(world, "Czy zostajemy?"))


def test_terms_survive_closing_and_taking_it_back(world: World) -> None:
    poll = opened(world, "na organizacje ukryte wyniki kworum 2 próg 2/3 głosujących obszar 1 Czy idziemy?")
    before = world.store(lambda store: store.polls.get(poll).draft)
    world.say("olga", "/zamknij", ROOM)
    world.press("olga", f"poll.reopen:{poll}.1", ROOM)
    assert world.store(lambda store: store.polls.get(poll).draft) == before
    body = world.store(lambda store: world.routes.show(store, CardRef("poll", poll), ChatRef("telegram", ROOM)))
    assert body.buttons
