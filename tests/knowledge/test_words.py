"""Folding, kinship of words, and the language of a question."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import detect_language
from bot.knowledge.words import fold, kinship, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ŁÓDŹ prowadził", "lodz prowadzil"),
        ("ＤＦＯＰ ﬁrma", "dfop firma"),
        ("об'єднання об’єднання обʼєднання", "обєднання обєднання обєднання"),
        ("Її Йод ґміна", "її йод гміна"),
        ("сло\u0301во", "слово"),
        ("DFOP's MOPS-em NGO-sami", "dfop mops ngo"),
        ("2018-2022", "2018-2022"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("spotkanie", "spotkaniu"),
        ("spotaknie", "spotkanie"),
        ("strategia", "startegia"),
        ("wielokulturowosc", "wilokulturowosci"),
        ("prowadzil", "prowadizl"),
        ("jacek", "jacku"),
        ("pluta", "plucie"),
        ("зустріч", "зустрічі"),
        ("meeting", "meetings"),
    ],
)
def test_kin(left: str, right: str) -> None:
    assert kinship(left, right) >= 0.7


@pytest.mark.parametrize(
    ("left", "right"),
    [("rules", "roles"), ("2018", "2019"), ("rada", "rata"), ("miasto", "ciasto"), ("bilet", "biuro")],
)
def test_not_kin(left: str, right: str) -> None:
    assert kinship(left, right) < 0.7


@given(st.text(), st.text())
def test_kinship_is_symmetric(left: str, right: str) -> None:
    for a in words(left)[:3]:
        for b in words(right)[:3]:
            assert kinship(a, b) == kinship(b, a)


@pytest.mark.parametrize(
    ("text", "default", "lang"),
    [
        ("Хто вів зустріч?", "pl", "uk"),
        ("Хто такий Jacek Pluta?", "en", "uk"),
        ("kto prowadzil spotkanie", "en", "pl"),
        ("strategię", "en", "pl"),
        ("Who led the meeting?", "pl", "en"),
        ("strategia", "en", "en"),
        ("strategia", "uk", "uk"),
        ("12:30 ???", "pl", "pl"),
        ("", "uk", "uk"),
    ],
)
def test_language(text: str, default: str, lang: str) -> None:
    assert detect_language(text, default) == lang


def test_the_lexicon_is_written_folded() -> None:
    table = tomllib.loads(files("bot.knowledge").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    entries = [*table["frame"].split()]
    for groups in (table["question"], table["concept"]):
        entries += [entry for text in groups.values() for entry in text.split()]
    assert [entry for entry in entries if fold(entry.removeprefix("=")) != entry.removeprefix("=")] == []
    assert [entry for entry in entries if not entry.removeprefix("=").isalnum()] == []
