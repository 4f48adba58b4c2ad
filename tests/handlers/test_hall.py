"""Hands in the hall: who may count them, what is refused and how, where they are shown."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Text
from bot.core.hall import MOST_HANDS, counted, hall_line, shows_counts
from bot.core.intents import Post
from bot.core.polls import Draft, Poll, PollState, Tally
from bot.core.refs import CardRef, ChatRef
from storage.audit import acts
from tests.handlers.world import World, ids, kinds
from tests.handlers.world import elsewhere as seen_by

ROOM = "ngo"


def opened(world: World, words: str = "Czy idziemy? | Tak | Nie | Nie wiem", room: str = ROOM) -> str:
    world.say("olga", f"/ankieta {words}", room)
    [poll] = {intent.card.id for intent in world.intents if isinstance(intent, Post) and intent.card.kind == "poll"}
    return poll


def hands(world: World, poll: str) -> tuple[int, ...]:
    def job(store: object) -> tuple[int, ...]:
        found = store.polls.get(poll)  # type: ignore[attr-defined]
        return tuple(store.polls.tally(found).hands)  # type: ignore[attr-defined]

    return world.store(job)


def card(world: World, poll: str) -> str:
    body = world.store(lambda store: world.routes.show(store, CardRef("poll", poll), ChatRef(world.platform, ROOM)))
    assert body is not None
    return str(body.blocks)


def test_hands_are_shown_apart_on_the_card_and_in_the_result(world: World) -> None:
    poll = opened(world)
    world.say("ewa", "/glos 1", ROOM)
    said, refreshed = world.say("olga", "/sala 12 5 3", ROOM)
    assert "1: 12 · 2: 5 · 3: 3" in said.text
    assert "Razem 20" in said.text
    assert "Sala (ręce policzone na miejscu, osobno, nie są dodane do głosów): 1: 12" in refreshed.text
    assert "Zagłosowała 1 osoba" in refreshed.text
    assert "1. Tak: 1" in refreshed.text
    [result] = world.say("ewa", "/wyniki", ROOM)
    assert "1. Tak: 1 (100%)" in result.text
    assert "1: 12 · 2: 5 · 3: 3. Razem 20." in result.text
    published = world.say("olga", "/zamknij", ROOM)[0]
    assert "Wynik ankiety" in published.text
    assert "1: 12 · 2: 5 · 3: 3. Razem 20." in published.text
    assert hands(world, poll) == (12, 5, 3)


def test_a_new_count_replaces_the_one_before_and_zeros_take_it_away(world: World) -> None:
    poll = opened(world)
    world.say("olga", "/sala 12 5 3", ROOM)
    world.say("olga", "/sala 1, 0; 2", ROOM)
    assert hands(world, poll) == (1, 0, 2)
    world.say("olga", "/sala 0 0 0", ROOM)
    assert ids(world.intents) == ["hall-cleared"]
    assert hands(world, poll) == ()
    assert "hall-hands" not in card(world, poll)
    noted = world.store(lambda store: [(act.act, act.subject, json.loads(act.detail)) for act in acts(store.session)])
    assert [found for found in noted if found[0] == "hall-counted"] == [
        ("hall-counted", poll, {"hands": words}) for words in ("12 5 3", "1 0 2", "0 0 0")
    ]


def test_every_name_of_the_command_and_the_direct_chat_work(world: World) -> None:
    poll = opened(world)
    for number, name in enumerate(("/sala", "/hall", "/зала", "sala"), 1):
        world.say("olga", f"{name} {number} 0 0", None if name == "sala" else ROOM)
        if name != "sala":
            assert hands(world, poll) == (number, 0, 0)
    world.say("olga", "/sala 7 7 7")
    assert hands(world, poll) == (7, 7, 7)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "hall-how"),
        ("dwanaście 5 3", "hall-unreadable"),
        ("12 5 3.5", "hall-unreadable"),
        ("١٢ 5 3", "hall-unreadable"),
        ("12 -5 3", "hall-out-of-range"),
        (f"{MOST_HANDS + 1} 0 0", "hall-out-of-range"),
        ("9" * 3_000 + " 1 1", "hall-out-of-range"),
        ("12 5", "hall-how-many"),
        ("12 5 3 4", "hall-how-many"),
    ],
)
def test_what_is_no_count_is_refused_with_what_to_do(world: World, words: str, told: str) -> None:
    poll = opened(world)
    [said] = world.say("olga", f"/sala {words}", ROOM)
    assert ids(world.intents) == [told]
    assert "/sala" in said.text
    assert told != "hall-how-many" or "ma 3 odpowiedzi" in said.text
    assert hands(world, poll) == ()


def test_only_moderators_count(world: World) -> None:
    poll = opened(world)
    [said] = world.say("jan", "/sala 1 2 3", ROOM)
    assert "większych uprawnień" in said.text
    assert hands(world, poll) == ()
    world.say(None, "/sala 1 2 3", ROOM)
    assert hands(world, poll) == ()


def test_there_must_be_a_poll_that_runs(world: World) -> None:
    world.say("olga", "/sala 1 2 3", ROOM)
    assert ids(world.intents) == ["poll-none-running"]
    poll = opened(world)
    world.say("olga", "/zamknij", ROOM)
    world.say("olga", "/sala 1 2 3", ROOM, reply=CardRef("poll", poll))
    assert ids(world.intents) == ["hall-too-late"]
    assert hands(world, poll) == ()


def test_until_the_result_is_there_hands_may_be_counted(world: World) -> None:
    poll = opened(world, "do 13:05 Czy? | Tak | Nie")
    world.later(timedelta(minutes=5))
    world.fire("poll.time", poll=poll)
    world.say("olga", "/sala 2 1", ROOM)
    assert hands(world, poll) == (2, 1)


def test_with_several_polls_a_reply_says_which_or_the_bot_asks(world: World) -> None:
    first, second = opened(world), opened(world, "Dokąd? | Tu | Tam | Nigdzie")
    world.say("olga", "/sala 1 1 1", ROOM, reply=CardRef("poll", first))
    assert (hands(world, first), hands(world, second)) == ((1, 1, 1), ())
    opened(world, "Dwie? | a | b")
    [asked] = world.say("olga", "/sala 4 5 6", ROOM)
    assert asked.buttons == ("Czy idziemy?", "Dokąd?")
    [question] = [intent.card for intent in world.intents if isinstance(intent, Post)]
    done = world.press("olga", asked.actions[1], ROOM, card=question)
    assert kinds(done) == ["toast", "reply", "refresh"]
    assert (hands(world, first), hands(world, second)) == ((1, 1, 1), (4, 5, 6))
    world.say("olga", "/sala 1 2 3 4 5", ROOM)
    assert ids(world.intents) == ["hall-fits-none"]


def test_a_button_is_checked_anew(world: World) -> None:
    poll = opened(world)
    opened(world, "Dokąd? | Tu | Tam | Nigdzie")
    question = CardRef("hall-which", "4-5-6")
    for who, action, card_ in (
        ("jan", f"hall.count:{poll}", question),
        ("olga", f"hall.count:{poll}", None),
        ("olga", "hall.count:abc", question),
        ("olga", f"hall.count:{poll}", CardRef("hall-which", "4-5")),
        ("olga", f"hall.count:{poll}", CardRef("poll", poll)),
    ):
        assert kinds(world.press(who, action, ROOM, card=card_)) == ["alert"]
    world.say("olga", "/zamknij", ROOM, reply=CardRef("poll", poll))
    assert kinds(world.press("olga", f"hall.count:{poll}", ROOM, card=question)) == ["alert"]
    assert hands(world, poll) == ()


def test_one_language_after_another(world: World) -> None:
    opened(world)
    for lang, word in (("en", "Hall ("), ("uk", "Зала (")):
        other = seen_by(world, room_lang=lang)
        other.store(lambda store, lang=lang: store.chats.speak(ChatRef("telegram", ROOM), lang))
        assert word in other.say("olga", "/sala 1 2 3", ROOM)[1].text


@given(st.lists(st.integers(0, MOST_HANDS), min_size=1, max_size=12))
def test_what_is_typed_is_read(numbers: list[int]) -> None:
    assert counted(" ".join(map(str, numbers))) == tuple(numbers)


@given(st.text(max_size=60))
def test_any_text_is_numbers_or_a_refusal(words: str) -> None:
    found = counted(words)
    assert isinstance(found, Text) or all(0 <= number <= MOST_HANDS for number in found)


@pytest.mark.parametrize("state", list(PollState))
def test_counts_are_nobodys_business_in_a_draft_or_after_a_withdrawal(world: World, state: PollState) -> None:
    here = ChatRef("telegram", ROOM)
    poll = Poll(
        id="a", draft=Draft("?", ("a", "b")), state=state, opener=None, chat=here, rooms=(here,), opened_at=world.now
    )
    shown = state not in {PollState.DRAFT, PollState.WITHDRAWN}
    assert shows_counts(poll) is shown
    assert bool(hall_line(poll, Tally((0, 0), 0, hands=(1, 2)))) is shown
