"""Which passages come nearest to a question. `Ranker` is the whole interface; what stands behind it may change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from bot.knowledge.lexicon import ORDER
from bot.knowledge.words import grams, words

if TYPE_CHECKING:
    from bot.knowledge.index import Index
    from bot.knowledge.lexicon import Lexicon
    from bot.knowledge.model import Passage

# BM25: the usual saturation, and less of the length correction, since passages are all short.
_K1, _B = 1.2, 0.4
_WORDS, _GRAMS = 0.65, 0.35  # the blend; set on the development questions
_ASKED = 0.12  # added when the heading names what the question asks for (who, when, why)
_UNASKED = 0.2  # taken off when the heading tells of "the next" one and the question doesn't
_DISTINCT = 40  # words of a question that are looked up: more is no question


class Ranker(Protocol):
    """Orders passages by nearness to a question."""

    def rank(self, question: str) -> list[tuple[Passage, float]]:
        """Return the passages that have anything in common with `question`, best first, with a score > 0."""
        ...


def content_words(question: str, lexicon: Lexicon) -> list[str]:
    """Return the folded words that the question is about, each once, in order: at most 40."""
    return list(dict.fromkeys(word for word in words(question) if lexicon.is_content(word)))[:_DISTINCT]


class BlendRanker:
    """BM25 over words (with their kin and synonyms) blended with BM25 over character 4-grams.

    Each part is divided by its best score, so that the blend and its scores lie between 0 and about 1.2 whatever the
    number of passages.
    """

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._grams = index.word_grams()
        lengths = [0.0] * len(index.passages)
        for places in index.frequencies.values():
            for number, weight in places.items():
                lengths[number] += weight
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._damping = [_K1 * (1 - _B + _B * length / mean) for length in lengths]

    def rank(self, question: str) -> list[tuple[Passage, float]]:
        """Return the passages that share a word or a part of one with `question`, best first."""
        about = content_words(question, self._lexicon)
        scores: defaultdict[int, float] = defaultdict(float)
        for share, part in ((_WORDS, self._by_words(about)), (_GRAMS, self._by_grams(about))):
            best = max(part.values(), default=0.0)
            for number, score in part.items():
                scores[number] += share * score / best
        said = words(question)[:_DISTINCT]
        asked = {name for word in said for name in self._lexicon.asks(word)}
        order = {name for word in said for name in self._lexicon.concepts(word) & ORDER}
        for number in scores:
            scores[number] += _ASKED * len(asked & self._index.headings[number])
            scores[number] -= _UNASKED * len(self._index.orders[number] - order)
        ordered = sorted(((n, s) for n, s in scores.items() if s > 0), key=lambda item: (-item[1], item[0]))
        return [(self._index.passages[number], score) for number, score in ordered]

    def _by_words(self, about: list[str]) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in about:
            said: dict[int, float] = {}
            for other, sure in self._index.matches(word).items():
                for number, weight in self._index.frequencies[other].items():
                    said[number] = max(said.get(number, 0.0), sure * self._saturated(number, weight))
            rarity = self._index.rarity(len(said))
            for number, weight in said.items():
                scores[number] += rarity * weight
        return scores

    def _by_grams(self, about: list[str]) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        for gram in dict.fromkeys(gram for word in about for gram in grams(word)):
            places = self._grams.get(gram, {})
            rarity = self._index.rarity(len(places))
            for number, weight in places.items():
                scores[number] += rarity * self._saturated(number, weight)
        return scores

    def _saturated(self, number: int, weight: float) -> float:
        return weight * (_K1 + 1) / (weight + self._damping[number])
