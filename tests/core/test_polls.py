"""Rules of polls: how they go on, what a ballot means, how ballots are counted."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Text
from bot.core.poll_form import YES_NO
from bot.core.polls import (
    GRACE,
    Act,
    Draft,
    Kind,
    Poll,
    PollState,
    accepts,
    after,
    complete,
    is_ballot,
    mask_of,
    may_reopen,
    may_take_back,
    numbers_of,
    pressed,
    tally,
    typed,
)
from bot.core.refs import ChatRef

NOW = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
ROOM = ChatRef("telegram", "-1")
SINGLE = Draft("Czy?", YES_NO)
MANY = Draft("Co?", ("a", "b", "c", "d"), Kind.MULTIPLE, 2, 3)
POLL = Poll(id="1", draft=SINGLE, state=PollState.OPEN, opener="o", chat=ROOM, rooms=(ROOM,), opened_at=NOW, closings=0)


def test_the_states_are_these() -> None:
    led = {(state, act): after(state, act) for state in PollState for act in Act if after(state, act)}
    assert len(led) == 8
    assert not any(state is PollState.WITHDRAWN for state, _ in led), "what is withdrawn stays so"
    assert after(PollState.CLOSED, Act.WITHDRAW) is None, "a published result stays"
    assert after(PollState.DRAFT, Act.CLOSE) is None


@given(st.sets(st.integers(1, 12)))
def test_a_mask_is_its_numbers(numbers: set[int]) -> None:
    assert set(numbers_of(mask_of(numbers))) == numbers


@pytest.mark.parametrize("words", ["2", " 2. ", "2)", "2️⃣", "2 3", "1,2,3", "1 i 2", "1; 2", "1 and 2", "12", "1 та 2"])
def test_numbers_are_a_ballot(words: str) -> None:
    assert is_ballot(words)


@pytest.mark.parametrize("words", ["", "dwa", "2022", "2 maja", "-2", "2/3", "1 2 maja", "2?", "½", "²", "٢"])
def test_other_texts_are_none(words: str) -> None:
    assert not is_ballot(words)


@pytest.mark.parametrize(
    ("words", "mask"), [("2", 2), ("tak", 1), ("NIE", 2), ("abstain", 0), ("Так", 1), ("i abstain", 4)]
)
def test_a_ballot_is_typed_as_a_number_or_as_the_option(words: str, mask: int) -> None:
    ballot = typed(SINGLE, words)
    assert (ballot if isinstance(ballot, int) else 0) == mask


@pytest.mark.parametrize(
    ("draft", "words", "problem"),
    [
        (SINGLE, "4", "vote-no-option"),
        (SINGLE, "0", "vote-no-option"),
        (SINGLE, "1 2", "vote-one-only"),
        (SINGLE, "może", "vote-unreadable"),
        (SINGLE, "\u200b", "vote-unreadable"),
        (MANY, "1", "vote-too-few"),
        (MANY, "1 2 3 4", "vote-too-many"),
        (MANY, "1 9", "vote-no-option"),
    ],
)
def test_what_is_no_ballot_is_told(draft: Draft, words: str, problem: str) -> None:
    told = typed(draft, words)
    assert isinstance(told, Text)
    assert told.id == problem


def test_a_press_replaces_or_adds_and_never_takes_back() -> None:
    assert pressed(SINGLE, mask_of([1]), 2) == mask_of([2])
    assert pressed(SINGLE, mask_of([1]), 1) == mask_of([1])
    assert pressed(MANY, mask_of([1]), 3) == mask_of([1, 3])
    assert pressed(MANY, mask_of([1, 3]), 3) == mask_of([1, 3])
    for draft, before, number in ((MANY, mask_of([1, 2, 3]), 4), (MANY, 0, 5), (SINGLE, 0, 0)):
        assert isinstance(pressed(draft, before, number), Text)


def test_time_decides_even_where_the_timer_is_late() -> None:
    timed = replace(POLL, draft=replace(SINGLE, closes_at=NOW))
    assert accepts(timed, NOW + GRACE - timedelta(microseconds=1))
    assert not accepts(timed, NOW + GRACE)
    assert accepts(POLL, NOW + timedelta(days=9))
    assert not accepts(replace(POLL, state=PollState.CLOSED), NOW)


def test_what_can_be_taken_back_and_how_long() -> None:
    assert may_take_back(POLL, NOW + timedelta(seconds=59))
    assert not may_take_back(POLL, NOW + timedelta(seconds=60))
    closed = replace(POLL, state=PollState.CLOSED, closed_at=NOW, closed_by="o", closings=2)
    assert may_reopen(closed, 2, NOW + timedelta(seconds=9))
    assert not may_reopen(closed, 2, NOW + timedelta(seconds=10))
    assert not may_reopen(closed, 1, NOW)
    assert not may_reopen(replace(closed, closed_by=None), 2, NOW)


BALLOTS = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(["telegram", "matrix", "console.tg"])), max_size=40)


@given(BALLOTS, st.randoms())
def test_a_tally_is_the_count_of_complete_ballots_in_any_order(ballots: list[tuple[int, str]], random: object) -> None:
    groups = [(mask, network, count) for (mask, network), count in Counter(ballots).items()]
    found = tally(MANY, groups)
    random.shuffle(groups)  # type: ignore[attr-defined]
    assert tally(MANY, groups) == found
    counted = [mask for mask, _ in ballots if complete(MANY, mask)]
    assert found.voters == len(counted)
    assert found.counts == tuple(sum(mask >> bit & 1 for mask in counted) for bit in range(4))
    for share in found.shown_shares:
        assert share.voters >= 5


def test_counts_by_network_hide_where_few_voted() -> None:
    assert tally(SINGLE, [(1, "telegram", 9), (2, "matrix", 4)]).shown_shares == ()
    assert tally(SINGLE, [(1, "telegram", 9)]).shown_shares == ()
    assert len(tally(SINGLE, [(1, "telegram", 9), (2, "matrix", 5)]).shown_shares) == 2
