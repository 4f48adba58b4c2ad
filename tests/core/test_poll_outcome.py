"""Quorum and threshold: reached or not, and of what."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Text
from bot.core.poll_form import CONSENT, YES_NO, checked
from bot.core.poll_outcome import deciding, everybody_voted, passing, quorum
from bot.core.poll_terms import Base, Quorum, Threshold, Unit, part_words
from bot.core.polls import Draft, Kind, Tally

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def draft(**terms: object) -> Draft:
    return Draft("Czy?", YES_NO, **terms)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "words"), [(HALF, "50%"), (TWO_THIRDS, "2/3"), (Fraction(1), "100%"), (Fraction(3, 8), "3/8")]
)
def test_a_part_in_words(part: Fraction, words: str) -> None:
    assert part_words(part) == words


@pytest.mark.parametrize(
    ("wanted", "voters", "entitled", "needed", "reached"),
    [
        (Quorum(count=15), 14, None, 15, False),
        (Quorum(count=15), 15, None, 15, True),
        (Quorum(count=15), 15, 40, 15, True),
        (Quorum(part=HALF), 13, 27, 14, False),
        (Quorum(part=HALF), 14, 27, 14, True),
        (Quorum(part=HALF), 14, 28, 14, True),
        (Quorum(part=TWO_THIRDS), 0, 0, 1, False),
    ],
)
def test_a_quorum(wanted: Quorum, voters: int, entitled: int | None, needed: int, reached: bool) -> None:
    found = quorum(draft(quorum=wanted, members=True), Tally((voters, 0, 0), voters, entitled=entitled))
    assert found is not None
    assert (found.needed, found.reached) == (needed, reached)


@pytest.mark.parametrize(
    ("threshold", "counts", "entitled", "total", "reached"),
    [
        (Threshold(HALF), (5, 5, 30), None, 10, True),
        (Threshold(HALF), (5, 6, 0), None, 11, False),
        (Threshold(TWO_THIRDS), (6, 3, 9), None, 9, True),
        (Threshold(HALF, Base.VOTERS), (5, 5, 1), None, 11, False),
        (Threshold(HALF, Base.ENTITLED), (5, 0, 0), 10, 10, True),
        (Threshold(HALF, Base.ENTITLED), (5, 0, 0), 11, 11, False),
        (Threshold(HALF), (0, 0, 9), None, 0, False),
        (Threshold(HALF), (1, 9, 0), None, 10, False),
    ],
)
def test_a_yes_has_to_reach_the_threshold(
    threshold: Threshold, counts: tuple[int, ...], entitled: int | None, total: int, reached: bool
) -> None:
    found = passing(draft(threshold=threshold, members=True), Tally(counts, sum(counts), entitled=entitled))
    assert found is not None
    assert (found.option, found.total, found.reached) == (1, total, reached)


def test_where_there_is_no_yes_the_first_has_to_and_a_tie_does_not() -> None:
    asked = Draft("Gdzie?", ("Tu", "Tam", "Wstrzymuję się"), threshold=Threshold(HALF))
    found = passing(asked, Tally((2, 3, 9), 14))
    assert found is not None
    assert (found.option, found.count, found.total, found.reached) == (2, 3, 5, True)
    tied = passing(asked, Tally((3, 3, 0), 6))
    assert tied is not None
    assert (tied.option, tied.reached) == (None, False)


def test_of_several_options_the_base_is_the_voters_and_says_so() -> None:
    asked = Draft("Co?", ("a", "b", "c"), Kind.MULTIPLE, 1, 3, threshold=Threshold(HALF))
    found = passing(asked, Tally((3, 2, 1), 4))
    assert found is not None
    assert (found.base, found.total, found.reached) == (Base.VOTERS, 4, True)


def test_concerns_count_as_votes_and_abstentions_do_not() -> None:
    asked = Draft("Czy?", CONSENT, Kind.CONSENT, threshold=Threshold(TWO_THIRDS))
    assert deciding(asked, Tally((6, 1, 5, 2), 14)) == 9


def test_without_terms_there_is_nothing_to_reach() -> None:
    assert quorum(draft(), Tally((1, 0, 0), 1)) is None
    assert passing(draft(), Tally((1, 0, 0), 1)) is None


@pytest.mark.parametrize(
    ("terms", "tally", "all_of_them"),
    [
        ({}, Tally((9, 0, 0), 9), False),
        ({"members": True}, Tally((3, 0, 0), 3, entitled=3), True),
        ({"members": True}, Tally((2, 0, 0), 2, entitled=3), False),
        ({"members": True}, Tally((0, 0, 0), 0, entitled=0), False),
        ({"unit": Unit.ORGANISATION}, Tally((3, 0, 0), 3, entitled=3), True),
        ({"unit": Unit.BOTH}, Tally((3, 0, 0), 3, organisations=Tally((1, 0, 0), 1, entitled=1)), False),
        ({"unit": Unit.BOTH, "members": True}, Tally((3, 0, 0), 3, (), 3, Tally((1, 0, 0), 1, entitled=2)), False),
        ({"unit": Unit.BOTH, "members": True}, Tally((3, 0, 0), 3, (), 3, Tally((1, 0, 0), 1, entitled=1)), True),
    ],
)
def test_when_it_is_worth_looking_whether_all_have_voted(
    terms: dict[str, object], tally: Tally, all_of_them: bool
) -> None:
    assert everybody_voted(draft(**terms), tally) is all_of_them


def test_a_share_of_the_entitled_needs_to_know_them() -> None:
    of_all = Threshold(HALF, Base.ENTITLED)
    for terms in ({"quorum": Quorum(part=HALF)}, {"threshold": of_all}):
        assert isinstance(checked(draft(**terms)), Text)
        assert isinstance(checked(draft(**terms, members=True)), Draft)
        assert isinstance(checked(draft(**terms, unit=Unit.ORGANISATION)), Draft)
        assert isinstance(checked(draft(**terms, unit=Unit.BOTH)), Text)


@given(st.lists(st.integers(0, 50), min_size=3, max_size=3), st.fractions(0, 1).filter(bool), st.integers(0, 9))
def test_more_for_it_never_loses_it(counts: list[int], part: Fraction, more: int) -> None:
    asked = draft(threshold=Threshold(part))
    before = passing(asked, Tally(tuple(counts), sum(counts)))
    counts[0] += more
    after = passing(asked, Tally(tuple(counts), sum(counts)))
    assert before is not None
    assert after is not None
    assert after.reached or not before.reached
