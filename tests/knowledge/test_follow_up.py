"""Questions that go on from the one before, and those that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.knowledge.follow_up import follow_up

KNOWLEDGE = Knowledge.shipped()
LAST = "Kto prowadził spotkanie robocze 2 września 2022?"


def meant(question: str, last: str = LAST, *, alone: bool = False) -> str | None:
    return follow_up(question, last, KNOWLEDGE.lexicon, alone=alone)


@pytest.mark.parametrize(
    ("question", "last", "expected"),
    [
        ("a kiedy?", "Kto prowadził spotkanie robocze?", "a kiedy (prowadził spotkanie robocze)"),
        ("A gdzie to było?", "Kto zaprosił na spotkanie?", "A gdzie to było (zaprosił spotkanie)"),
        ("and where?", "Who led the meeting?", "and where (led meeting)"),
        ("who is she?", "Who led the meeting?", "who is she (led meeting)"),
        ("а коли?", "Хто вів зустріч?", "а коли (вів зустріч)"),
        ("a kiedy?", "Spotkanie, spotkanie!", "a kiedy (Spotkanie)"),
    ],
)
def test_the_subject_of_the_last_question_comes_along(question: str, last: str, expected: str) -> None:
    assert meant(question, last) == expected


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?!",
        "Jakie są zadania publiczne miasta?",
        "a kto w końcu zaprosił wszystkich na spotkanie robocze w urzędzie?",
        "strategia",
    ],
)
def test_what_stands_on_its_own_is_left_alone(question: str) -> None:
    assert meant(question) is None


def test_what_the_documents_answer_as_it_stands_goes_on_only_when_it_points() -> None:
    assert meant("a kiedy?", alone=True) is None
    assert meant("a kto to prowadził?", alone=True) is not None


def test_a_number_of_its_own_takes_the_place_of_the_last_ones() -> None:
    assert meant("a w 2020?") == "a w 2020 (prowadził spotkanie robocze września)"


def test_nothing_goes_on_from_a_question_that_names_nothing() -> None:
    assert meant("a kiedy?", "a kto?") is None


@given(st.text(max_size=80), st.text(max_size=200), st.booleans())
def test_any_words_are_taken(question: str, last: str, alone: bool) -> None:
    found = meant(question, last, alone=alone)
    assert found is None or found.endswith(")")
