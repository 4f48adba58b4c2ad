"""Votes in polls of the network's own: the same vote as any other, the newest valid one of any way counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import native_polls
from bot.core.chats import ChatKind
from bot.core.content import body_in, body_out
from bot.core.events import Deleted, Event, PollEnded, PollResponded
from bot.core.intents import Acknowledge, At, Cancel, Post, Refresh, Reply
from bot.core.polls import Poll, PollState
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.tables import PostRow
from tests.handlers.test_voting import counts
from tests.handlers.world import MATRIX, Shown, World, elsewhere, ids

ROOM = "!room"
START = "$start"
SECOND = timedelta(seconds=1)


@pytest.fixture
def matrix(world: World) -> World:
    """The same handlers on a network with polls of its own; Olga is the owner."""
    network = replace(MATRIX, native_polls=True)
    seen = elsewhere(world, platform="matrix", capabilities=network, owners=frozenset({AccountRef("matrix", "olga")}))
    seen.say("olga", "!czaty", ROOM)
    seen.store(lambda store: store.rooms.claim(ChatRef("matrix", ROOM), None))
    return seen


def opened(world: World, words: str = "Idziemy? | Tak | Nie", post: str = START) -> str:
    """A poll whose native poll is out, as the message `post`."""
    world.say("olga", f"!ankieta {words}", ROOM)
    poll = world.store(lambda store: store.polls.running())[-1].id
    row = PostRow(
        platform="matrix", chat_id=ROOM, message_id=post, lang="pl", card_kind=native_polls.CARD, card_id=poll, seq=1,
        at=world.now, edited_at=world.now,
    )  # fmt: skip
    world.store(lambda store: store.session.add(row))
    return poll


def poll_of(world: World, id_: str) -> Poll:
    poll = world.store(lambda store: store.polls.get(id_))
    assert poll is not None
    return poll


def hand_in(world: World, event: Event) -> list[Shown]:
    handler = world.routes.handler_of(event)  # type: ignore[arg-type]
    assert handler is not None
    return world._do(event, lambda ctx: handler(event, ctx))


def respond(
    world: World, who: str, *answers: str | int, poll: str, id: str = "", at: datetime | None = None, post: str = START
) -> list[Shown]:
    base = world._base(who, ROOM)
    chosen = tuple(one if isinstance(one, str) else f"{poll}-{one}" for one in answers)
    event = PollResponded(**{**base, "at": at or world.now}, id=id or f"$e{world._count:04}", post=post, answers=chosen)
    return hand_in(world, event)


def redact(world: World, who: str, id: str) -> list[Shown]:
    return hand_in(world, Deleted(**world._base(who, ROOM), id=id))


def end(world: World, who: str, post: str = START) -> list[Shown]:
    base = world._base(who, ROOM)
    return hand_in(world, PollEnded(**base, id=str(base["key"]), post=post))


def text_of(shown: list[Shown]) -> str:
    return shown[0].text


# --- where one is posted ---


def test_one_stands_in_every_room_whose_network_has_them(matrix: World) -> None:
    matrix.say("olga", "!ankieta wielokrotna 1-2 Co? | a | b | c", ROOM)
    [post] = [intent for intent in matrix.intents if isinstance(intent, Post) and intent.native]
    assert post.chat.chat_id == ROOM
    body = matrix.store(lambda store: matrix.routes.show(store, post.card, post.chat))
    assert body is not None
    assert body.poll is not None
    assert [id_ for id_, _ in body.poll.answers] == [f"{post.card.id}-{number}" for number in (1, 2, 3)]
    assert (body.poll.most, body.poll.ended) == (2, False)
    assert body_in(body_out(body)) == body


def test_consent_has_none(matrix: World) -> None:
    matrix.say("olga", "!ankieta konsent Przyjmujemy regulamin?", ROOM)
    assert not [intent for intent in matrix.intents if isinstance(intent, Post) and intent.native]
    assert matrix.store(lambda store: store.polls.running())


# --- the rules of counting ---


def test_a_choice_is_a_vote_told_aside_and_not_in_the_room(matrix: World) -> None:
    poll = opened(matrix)
    assert text_of(respond(matrix, "anna", 2, poll=poll)) == "Zapisano: 2. Nie. Można zmienić do zamknięcia."
    assert counts(matrix, poll) == (0, 1)
    [told] = [intent for intent in matrix.intents if isinstance(intent, Acknowledge)]
    assert told.aside
    assert told.shown
    assert Refresh(CardRef("poll", poll)) in matrix.intents


def test_the_newest_by_the_time_of_sending_counts_whatever_the_order_of_arrival(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 2, poll=poll, at=matrix.now + SECOND)
    shown = respond(matrix, "anna", 1, poll=poll, at=matrix.now)
    assert (
        text_of(shown)
        == "Ten wybór w ankiecie aplikacji się nie liczy. Liczy się głos: 2. Nie. Można zmienić do zamknięcia."
    )
    assert counts(matrix, poll) == (0, 1)
    # At the same instant the greater id is the newer one.
    respond(matrix, "ewa", 1, poll=poll, id="$b")
    respond(matrix, "ewa", 2, poll=poll, id="$a")
    assert counts(matrix, poll) == (1, 1)


def test_more_than_may_be_chosen_is_cut_off_and_repeats_count_once(matrix: World) -> None:
    poll = opened(matrix, "wielokrotna 1-2 Co? | a | b | c")
    respond(matrix, "anna", 3, 1, 2, poll=poll)
    respond(matrix, "ewa", 2, 2, 1, poll=poll)
    assert counts(matrix, poll) == (1, 1, 1)
    single = opened(matrix, post="$other")
    respond(matrix, "anna", 2, 1, poll=single, post="$other")
    assert counts(matrix, single) == (0, 1)


@pytest.mark.parametrize("answers", [(), ("x",), (1, "x"), ("1",), ("0-1",), ("{}-3",), ("{}-0",), ("{}-01",), ("{}",)])
def test_a_spoilt_choice_takes_away_the_native_vote_alone(matrix: World, answers: tuple[str | int, ...]) -> None:
    poll = opened(matrix)
    spoilt = [one.format(poll) if isinstance(one, str) else one for one in answers]
    respond(matrix, "anna", 1, poll=poll)
    assert "nie ma teraz wyboru" in text_of(respond(matrix, "anna", *spoilt, poll=poll, id="$z"))
    assert counts(matrix, poll) == (0, 0)
    matrix.say("ewa", "!głos 2", ROOM)
    respond(matrix, "ewa", 1, poll=poll)
    assert counts(matrix, poll) == (1, 0)
    assert "Liczy się głos: 2. Nie." in text_of(respond(matrix, "ewa", *spoilt, poll=poll, id="$zz"))
    assert counts(matrix, poll) == (0, 1)


def test_too_few_are_told_and_take_nothing_away_but_themselves(matrix: World) -> None:
    poll = opened(matrix, "wielokrotna 2-3 Co? | a | b | c")
    assert "co najmniej 2" in text_of(respond(matrix, "anna", 1, poll=poll))
    assert counts(matrix, poll) == (0, 0, 0)
    respond(matrix, "anna", 1, 3, poll=poll)
    assert counts(matrix, poll) == (1, 0, 1)


def test_of_native_and_other_ways_the_last_one_counts(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 1, poll=poll)
    assert text_of(matrix.say("anna", "!głos 2", ROOM)).startswith("Zmieniono głos: 2. Nie.")
    assert counts(matrix, poll) == (0, 1)
    # A choice that was sent before and arrives now is the newest of its kind all the same.
    assert text_of(respond(matrix, "anna", 1, poll=poll, id="$z")).startswith("Zmieniono głos: 1. Tak.")
    assert counts(matrix, poll) == (1, 0)


def test_an_answer_to_the_native_poll_is_about_its_poll(matrix: World) -> None:
    poll = opened(matrix)
    opened(matrix, "Druga? | a | b", post="$other")
    matrix.say("anna", "2", ROOM, reply=CardRef(native_polls.CARD, poll))
    assert counts(matrix, poll) == (0, 1)
    matrix.press("anna", f"late.{native_polls.CARD}:{poll}:1", ROOM)
    assert counts(matrix, poll) == (1, 0)


# --- taken back ---


def test_taking_a_choice_back_brings_the_one_before_back(matrix: World) -> None:
    poll = opened(matrix)
    matrix.say("anna", "!głos 2", ROOM)
    respond(matrix, "anna", 1, poll=poll, id="$1")
    respond(matrix, "anna", poll=poll, id="$2")
    assert counts(matrix, poll) == (0, 1)
    assert "Liczy się głos: 1. Tak" in text_of(redact(matrix, "anna", "$2"))
    assert counts(matrix, poll) == (1, 0)
    # By a moderator: nobody is told who had chosen what.
    assert redact(matrix, "olga", "$1")[0].kind == "refresh"
    assert counts(matrix, poll) == (0, 1)
    assert redact(matrix, "anna", "$1") == []


def test_taking_an_older_choice_back_changes_nothing(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 1, poll=poll, id="$1")
    matrix.say("anna", "!głos 2", ROOM)
    assert redact(matrix, "anna", "$1") == []
    assert counts(matrix, poll) == (0, 1)


def test_two_accounts_of_one_person(matrix: World) -> None:
    poll = opened(matrix)
    matrix.say("ania", "!głos 2", ROOM)
    respond(matrix, "anna", 1, poll=poll, id="$1")
    old, new = matrix.person("ania"), matrix.person("anna")
    assert matrix.store(lambda store: store.merge(old, new)) == [poll]
    assert counts(matrix, poll) == (1, 0)
    redact(matrix, "anna", "$1")
    assert counts(matrix, poll) == (0, 1)


# --- the end ---


def test_the_native_poll_ends_when_the_closing_can_not_be_taken_back(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 1, poll=poll)
    matrix.say("olga", "!zamknij", ROOM)
    [timer] = [one for one in matrix.intents if isinstance(one, At) and one.payload["kind"] == native_polls.CARD]
    assert timer.when == matrix.now + 10 * SECOND

    def ended() -> bool:
        card = CardRef(native_polls.CARD, poll)
        body = matrix.store(lambda store: matrix.routes.show(store, card, ChatRef("matrix", ROOM)))
        assert body is not None
        assert body.poll is not None
        return body.poll.ended

    assert not ended()
    matrix.later(10 * SECOND)
    assert ended()
    assert Refresh(CardRef(native_polls.CARD, poll)) in matrix.fire("poll.refresh", **timer.payload)


def test_a_choice_in_those_seconds_counts_if_the_closing_is_taken_back(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 1, poll=poll, id="$1")
    respond(matrix, "ewa", 1, poll=poll, id="$2")
    matrix.say("olga", "!zamknij", ROOM)
    assert "tylko wtedy, gdy zamknięcie" in text_of(respond(matrix, "anna", 2, poll=poll, id="$3"))
    redact(matrix, "ewa", "$2")
    assert counts(matrix, poll) == (2, 0)
    matrix.press("olga", f"poll.reopen:{poll}.1", ROOM)
    assert counts(matrix, poll) == (0, 1)


def test_later_choices_are_told_so_and_never_counted(matrix: World) -> None:
    poll = opened(matrix)
    matrix.say("olga", "!zamknij", ROOM)
    matrix.later(11 * SECOND)
    assert text_of(respond(matrix, "anna", 1, poll=poll)).startswith("Ankieta zamknięta: 13:00.")
    assert counts(matrix, poll) == (0, 0)
    withdrawn = opened(matrix, post="$other")
    matrix.say("olga", "!wycofaj", ROOM)
    assert any(isinstance(intent, Cancel) for intent in matrix.intents)
    assert Refresh(CardRef(native_polls.CARD, withdrawn)) in matrix.intents
    assert "wycofana" in text_of(respond(matrix, "anna", 1, poll=withdrawn, post="$other"))


def test_an_end_by_other_hands_is_said_once_and_ends_nothing_of_ours(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 1, poll=poll)
    [said] = end(matrix, "ewa")
    assert "głosowanie trwa dalej: Idziemy?" in said.text
    assert "!zamknij" in said.text
    assert ids(matrix.intents) == ["native-ended", "native-ended-ways"]
    assert end(matrix, "jan") == []
    assert poll_of(matrix, poll).state is PollState.OPEN
    # What was sent before the end counts, as in people's apps; what was sent after it doesn't, and other ways do.
    respond(matrix, "jan", 1, poll=poll, at=matrix.now)
    assert "jest zakończona" in text_of(respond(matrix, "kot", 1, poll=poll, at=matrix.now + SECOND))
    matrix.say("kot", "!głos 2", ROOM)
    assert counts(matrix, poll) == (2, 1)


def test_an_end_that_is_taken_back_lets_choices_count_again(matrix: World) -> None:
    poll = opened(matrix)
    end(matrix, "ewa")
    last = f"matrix:{matrix._count}"
    assert redact(matrix, "ewa", last) == []
    respond(matrix, "kot", 1, poll=poll, at=matrix.now + SECOND)
    assert counts(matrix, poll) == (1, 0)


def test_a_native_poll_that_is_removed_is_said_too(matrix: World) -> None:
    poll = opened(matrix)
    assert "trwa dalej" in text_of(redact(matrix, "ewa", START))
    assert any(isinstance(intent, Reply) for intent in matrix.intents)
    matrix.say("olga", "!zamknij", ROOM)
    assert end(matrix, "jan") == []
    assert poll_of(matrix, poll).state is PollState.CLOSED


def test_nothing_is_kept_for_long(matrix: World) -> None:
    poll = opened(matrix)
    respond(matrix, "anna", 1, poll=poll, id="$1")
    end(matrix, "ewa")

    def held() -> bool:
        chat = ChatRef("matrix", ROOM)
        return matrix.store(
            lambda store: store.native_votes.concerns(chat, "$1") or bool(store.native_votes.ended(chat, START))
        )

    matrix.fire("housekeeping")
    matrix.say("olga", "!zamknij", ROOM)
    matrix.later(timedelta(hours=23))
    matrix.fire("housekeeping")
    assert held()
    matrix.later(timedelta(hours=2))
    matrix.fire("housekeeping")
    assert not held()
    assert counts(matrix, poll) == (1, 0)


def test_a_kind_of_chat_without_a_name_votes_for_nobody(matrix: World) -> None:
    poll = opened(matrix)
    event = PollResponded(**{**matrix._base(None, ROOM)}, id="$1", post=START, answers=(f"{poll}-1",))
    assert event.kind is ChatKind.ROOM
    assert hand_in(matrix, event) == []
    assert counts(matrix, poll) == (0, 0)
