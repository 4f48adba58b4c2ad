"""Polls step by step, drafts that wait, and other words until the first vote."""

from datetime import timedelta

import pytest

from bot.core.intents import Post
from bot.core.people import Role
from bot.core.poll_terms import Unit
from bot.core.polls import Kind
from bot.core.refs import CardRef, ChatRef
from storage.audit import acts
from storage.rooms import PollsBy
from tests.handlers.test_forms import action
from tests.handlers.world import MATRIX, Shown, World, elsewhere, ids, kinds

ROOM, OTHER = "ngo", "dwa"


@pytest.fixture(autouse=True)
def rooms(world: World) -> None:
    """Two rooms of one audience; those who write were introduced before."""
    for room in (ROOM, OTHER):
        world.say("olga", "/czaty", room)
    for who in ("olga", "anna"):
        world.say(who, "cześć")


def fill(world: World, *words: str) -> list[Shown]:
    shown: list[Shown] = []
    for one in words:
        shown = world.say("olga", one)
    return shown


def draft(world: World, *words: str) -> tuple[str, Shown]:
    """A draft by the form: its id and its card."""
    shown = fill(world, "/ankieta", *words)
    [card] = [intent.card.id for intent in world.intents if isinstance(intent, Post)]
    return card, shown[-1]


def opened(world: World, words: str = "Czy idziemy? | Tak | Nie") -> str:
    world.say("olga", f"/ankieta {words}", ROOM)
    [poll] = {intent.card.id for intent in world.intents if isinstance(intent, Post) and intent.card.kind == "poll"}
    return poll


def question(world: World, poll: str) -> str:
    found = world.store(lambda store: store.polls.get(poll))
    assert found
    return found.draft.question


def moderator(world: World, who: str = "anna") -> None:
    person = world.person(who)
    world.store(lambda store: store.people.grant(person, Role.MODERATOR))


def test_the_command_alone_asks_step_by_step_and_shows_the_poll(world: World) -> None:
    [asked] = fill(world, "/ankieta")
    assert "krok 1 z 5" in asked.text
    [asked] = fill(world, "Gdzie spotkanie?")
    assert asked.buttons[0] == "Tak / Nie / Wstrzymuję się"
    fill(world, "Biblioteka\nDom kultury", "1")
    [asked] = fill(world, "18:00")
    assert asked.buttons[:3] == ("Jawna, dla wszystkich", "Tajna, dla wszystkich", "Inne zasady")
    [card] = fill(world, "1")
    assert card.kind == "card"
    assert "Ankieta: Gdzie spotkanie?" in card.text
    assert "1. Biblioteka\n2. Dom kultury" in card.text
    assert card.buttons == ("Otwórz", "Popraw", "Usuń")
    shown = world.press("olga", card.actions[0])
    assert [one.to for one in shown if one.kind == "card" and one.text.startswith("Ankieta:")] == [OTHER, ROOM]


def test_members_are_told_where_and_rooms_are_needed(world: World) -> None:
    world.say("anna", "/ankieta")
    assert ids(world.intents) == ["poll-direct"]
    world.say("olga", "/ankieta", ROOM)
    assert ids(world.intents) == ["poll-how"]


def test_the_audience_is_asked_for_where_there_are_several(world: World) -> None:
    world.say("olga", "/krag Kultura", OTHER)
    fill(world, "/ankieta", "Co?", "1", "1", "1")
    [card] = fill(world, "kultura", "1")
    olga = world.person("olga")
    [poll] = world.store(lambda store: store.polls.drafts(olga, 5))
    assert [room.chat_id for room in poll.rooms] == [OTHER]
    # To change a draft its audience is known.
    [asked] = world.press("olga", card.actions[1])
    assert "Gdzie: „Kultura”" in asked.text


def test_a_draft_is_changed_in_one_place_and_the_rest_stays(world: World) -> None:
    poll, card = draft(world, "Co?", "A\nB", "kilka", "1-2", "ręcznie", "1")
    [which] = world.press("olga", card.actions[1])
    assert which.buttons[:4] == (
        "Pytanie",
        "Odpowiedzi",
        "Ile odpowiedzi wybiera jedna osoba",
        "Najmniej i najwięcej odpowiedzi",
    )
    [asked] = world.press("olga", which.actions[0])
    assert "Teraz jest tak: Co?" in asked.text
    shown = fill(world, "Kto?")
    assert kinds(shown) == ["refresh", "card"]
    assert "Ankieta: Kto?" in shown[1].text
    assert "od 1 do 2" in shown[1].text
    found = world.store(lambda store: store.polls.get(poll))
    assert found
    assert found.draft.options == ("A", "B")
    assert world.press("olga", shown[1].actions[0])[0].text == "Ankieta otwarta."
    # Now it is no draft any more.
    assert world.press("olga", which.actions[0])[0].kind == "alert"


def test_a_kind_that_needs_more_asks_for_it(world: World) -> None:
    _, card = draft(world, "Co?", "A\nB", "jedna", "ręcznie", "1")
    [which] = world.press("olga", card.actions[1])
    world.press("olga", which.actions[2])
    assert "Ile odpowiedzi można wybrać" in fill(world, "kilka")[0].text
    assert "od 1 do 2" in fill(world, "dowolnie")[1].text


def test_terms_are_written_with_the_draft_and_changed_with_it(world: World) -> None:
    poll, card = draft(
        world, "Co?", "A\nB", "jedna", "ręcznie", "inne zasady", "jawna", "organizacje", "2", "1/2", "2/3", "1"
    )
    for words in (
        "Głosują organizacje", "co najmniej 50% uprawnionych", "co najmniej 2/3 głosów", "dopiero po zamknięciu",
        "Obszar: Dokumenty i wspólne projekty",
    ):  # fmt: skip
        assert words in card.text
    [which] = world.press("olga", card.actions[1])
    assert "Kworum: 50% uprawnionych" in which.text
    [asked] = world.press("olga", action([which], "Jawna czy tajna"))
    assert "Teraz jest tak: Jawna" in asked.text
    changed = fill(world, "tajna")[-1]
    assert "Tajna: bot zapisuje, kto zagłosował" in changed.text
    assert "co najmniej 50% uprawnionych" in changed.text
    # What no longer goes together is refused, and the draft stays as it was.
    [which] = world.press("olga", changed.actions[1])
    world.press("olga", action([which], "Ile odpowiedzi wybiera jedna osoba"))
    fill(world, "kilka", "1-2")
    assert ids(world.intents) == ["poll-secret-too-much"]
    found = world.store(lambda store: store.polls.get(poll))
    assert found
    assert (found.draft.kind, found.draft.secret, found.draft.unit) == (Kind.SINGLE, True, Unit.ORGANISATION)


def test_drafts_wait_in_a_list_and_are_opened_one_by_one(world: World) -> None:
    world.say("olga", "/szkice")
    assert ids(world.intents) == ["poll-drafts-none"]
    for name in ("Pierwsza?", "Druga?", "Trzecia?"):
        draft(world, name, "1", "1", "1", "1")
    moderator(world)
    world.say("anna", "/szkice")
    assert ids(world.intents) == ["poll-drafts-none"], "everybody sees their own"
    [listed] = fill(world, "/szkice")
    assert listed.buttons == ("Pierwsza?", "Druga?", "Trzecia?")
    assert world.press("anna", listed.actions[1])[0].kind == "alert"
    [card] = world.press("olga", listed.actions[1])
    assert "Druga?" in card.text
    world.press("olga", card.actions[0])
    assert world.press("olga", listed.actions[1])[0].kind == "alert"
    [card] = world.press("olga", listed.actions[0])
    world.press("olga", card.actions[2])
    # One is left: it is shown at once.
    [card] = fill(world, "/szkice")
    assert card.buttons == ("Otwórz", "Popraw", "Usuń")
    assert "Trzecia?" in card.text
    world.say("olga", "/szkice", ROOM)
    assert ids(world.intents) == ["poll-drafts-direct"]


def test_drafts_live_for_a_month_from_their_last_change(world: World) -> None:
    poll, _ = draft(world, "Co?", "A\nB", "1", "1", "1")
    world.later(timedelta(days=20))
    world.say("olga", "/popraw Kto?")
    world.later(timedelta(days=20))
    world.fire("housekeeping")
    assert question(world, poll) == "Kto?"
    world.later(timedelta(days=11))
    world.fire("housekeeping")
    assert world.store(lambda store: store.polls.get(poll)) is None


def test_an_hour_that_is_past_is_told_with_the_way_out(world: World) -> None:
    _, card = draft(world, "Co?", "A\nB", "1", "18:00", "1")
    world.later(timedelta(days=1))
    assert world.press("olga", card.actions[0])[0].text.startswith("Godzina zamknięcia już minęła. Naciśnij „Popraw”")


def test_the_words_of_a_poll_are_changed_everywhere_until_the_first_vote(world: World) -> None:
    poll = opened(world)
    shown = world.say("olga", "/popraw Czy jedziemy? | Tak | Raczej nie", ROOM, reply=CardRef("poll", poll))
    assert kinds(shown).count("refresh") == 3
    assert "Czy jedziemy?" in shown[0].text
    assert "2. Raczej nie" in shown[0].text
    assert "poprawiona" in shown[-1].text
    assert [act.act for act in world.store(lambda store: list(acts(store.session)))][-1] == "poll-reworded"
    assert "jedziemy" not in str(world.store(lambda store: [act.detail for act in acts(store.session)]))
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "/popraw Czy lecimy?", ROOM, reply=CardRef("poll", poll))
    assert ids(world.intents) == ["poll-fix-voted"]
    assert question(world, poll) == "Czy jedziemy?"


def test_a_ballot_that_is_not_complete_yet_is_a_vote(world: World) -> None:
    poll = opened(world, "wielokrotna 2-2 Co? | A | B")
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "/popraw Kto?", ROOM, reply=CardRef("poll", poll))
    assert ids(world.intents) == ["poll-fix-voted"]


def test_only_who_opened_it_changes_it(world: World) -> None:
    poll = opened(world)
    moderator(world)
    world.say("anna", "/popraw Kto?", ROOM, reply=CardRef("poll", poll))
    assert ids(world.intents) == ["poll-not-yours"]
    assert world.press("anna", f"poll.fix:{poll}")[0].kind == "alert"
    world.say("anna", "/popraw Kto?", ROOM)
    assert ids(world.intents) == ["poll-fix-none"]
    world.press("olga", f"poll.undo:{poll}", ROOM)
    world.say("olga", "/popraw Kto?", ROOM, reply=CardRef("poll", poll))
    assert ids(world.intents) == ["poll-gone"]


def test_a_member_who_may_open_polls_changes_theirs(world: World) -> None:
    world.store(lambda store: store.rooms.set_polls(ChatRef("telegram", ROOM), PollsBy.EVERYBODY))
    world.say("anna", "/ankieta Czy idziemy?", ROOM)
    world.say("anna", "/popraw Czy jedziemy?", ROOM)
    assert ids(world.intents) == ["poll-fix-done"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "poll-fix-how"),
        ("Kto? | A", "poll-few-options"),
        ("Kto? | A | B | C", "poll-fix-count"),
        ("| A | B", "poll-no-question"),
        ("x" * 301, "poll-question-long"),
    ],
)
def test_bad_words_change_nothing(world: World, words: str, reason: str) -> None:
    poll = opened(world)
    world.say("olga", f"/popraw {words}", ROOM, reply=CardRef("poll", poll))
    assert ids(world.intents) == [reason]
    assert question(world, poll) == "Czy idziemy?"


def test_step_by_step_in_the_direct_chat_without_buttons(world: World) -> None:
    there = elsewhere(world, capabilities=MATRIX, platform="matrix")
    there.say("olga", "cześć")
    first, second = there.person("olga"), world.person("olga")
    world.store(lambda store: store.merge(first, second))
    poll, other = opened(world), opened(world, "Co? | A | B")
    [which] = there.say("olga", "!popraw")
    assert "1. Czy idziemy?\n2. Co?" in which.text
    [asked] = there.press("olga", which.actions[1])
    assert "1. Pytanie\n2. Odpowiedzi" in asked.text
    [asked] = there.say("olga", "2")
    assert "Teraz jest tak: A, B" in asked.text
    there.say("olga", "C\nD\nE")
    assert ids(there.intents)[0] == "poll-fix-count"
    there.say("olga", "C\nD")
    assert ids(there.intents) == ["poll-fix-done"]
    found = world.store(lambda store: store.polls.get(other))
    assert found
    assert found.draft.options == ("C", "D")
    assert question(world, poll) == "Czy idziemy?"


def test_a_vote_that_comes_while_the_words_are_written_is_safe(world: World) -> None:
    poll = opened(world)
    [which] = world.press("olga", f"poll.fix:{poll}")
    world.press("olga", action([which], "Pytanie"))
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "Czy jedziemy?")
    assert ids(world.intents) == ["poll-fix-voted"]
    assert question(world, poll) == "Czy idziemy?"
    assert world.press("olga", f"poll.fix:{poll}")[0].kind == "alert"
