"""Strings made safe to show and fit to compare."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clean import clean, fold
from tests.core.strategies import WORDS

ANY = st.one_of(WORDS, st.text(st.characters(exclude_categories=[])))


@given(ANY)
def test_clean_leaves_nothing_that_disguises(value: str) -> None:
    shown = clean(value)
    for char in shown:
        assert char in "\t\n" or unicodedata.category(char) not in {"Cc", "Cs"}
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
        assert not "\ue000" <= char <= "\uf8ff"
    assert clean(shown) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("zażółć gęślą jaźń", "zażółć gęślą jaźń"),
        ("Привіт, м’ята й ґанок", "Привіт, м’ята й ґанок"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("\ud83d", "\ufffd"),
        ("👩\u200d👧 2️⃣", "👩\u200d👧 2️⃣"),
        ("Z\u0317\u0318\u0319\u031a\u031b\u031c", "Z\u0317\u0318\u0319"),
    ],
)
def test_clean_keeps_what_people_write(written: str, shown: str) -> None:
    assert clean(written) == shown


@given(ANY)
def test_fold_is_settled_after_one_turn(value: str) -> None:
    assert fold(fold(value)) == fold(value)


@given(st.text("aąbcćdeęlłnńoósśzźż żABŁŻ"))
def test_fold_of_polish_is_plain_ascii(value: str) -> None:
    assert fold(value).isascii()
    assert fold(value) == fold(value.upper()) == fold(unicodedata.normalize("NFD", value))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Głos", "glos", True),
        ("ŁÓDŹ", "lodz", True),
        ("М’ята", "м'ята", True),
        ("мʼята", "м`ята", True),
        ("м´ята", "м′ята", True),
        ("й", "и", False),
        ("ї", "і", False),
        ("ґ", "г", False),
        ("и\u0306", "й", True),
        ("замо\u0301к", "замок", True),
        ("𝐏𝐎𝐌𝐎𝐂", "pomoc", True),
        ("ｐｏｍｏｃ", "pomoc", True),
        ("straße", "STRASSE", True),
        ("а", "a", False),  # Cyrillic and Latin
    ],
)
def test_fold_tells_letters_apart_and_marks_not(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other)) is same
