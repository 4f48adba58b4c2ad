"""Which passages come nearest to a question. `Ranker` is the whole interface; what stands behind it may change.

Two views of the same words are blended. The first is BM25 over words with all their kin (inflected, mistyped, of the
same meaning), the second over character 4-grams, for the best of the first only. What was tried and measured is told
in docs/knowledge.md; the figures here were set on the questions described there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from bot.knowledge.index import HELD
from bot.knowledge.lexicon import ORDER
from bot.knowledge.words import grams, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.knowledge.index import Index, Slices
    from bot.knowledge.lexicon import Lexicon
    from bot.knowledge.semantic import Semantic

_K1, _B = 0.9, 0.3  # passages are all short: early saturation, little correction for length
_IN_TITLE = 4.0  # times: a word of the title or heading counts as said so often, however often the text repeats it
_MOST = _IN_TITLE * (_K1 + 1) / (_IN_TITLE + _K1)  # what such a word counts
_RARITY = 1.4  # the power of a word's rarity
_GRAMS = 0.45  # the n-grams' share of the blend
_BEST = 200  # passages that the n-grams are counted in
_MEANING = 0.15  # the vectors' share, beside the words' 1
_ASKED = 0.12  # added when the heading names what the question asks for (who, when, why)
_UNASKED = 0.2  # taken off when the heading tells of "the next" one and the question doesn't
_DISTINCT = 40  # words of a question that are looked up: more is no question


class Ranker(Protocol):
    """Orders passages by nearness to a question."""

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return the numbers of the passages that are nearest to `question`, best first, with a score > 0."""
        ...


def content_words(question: str, lexicon: Lexicon) -> list[str]:
    """Return the folded words that the question is about, each once, in order: at most 40."""
    return list(dict.fromkeys(word for word in words(question) if lexicon.is_content(word)))[:_DISTINCT]


class BlendRanker:
    """Words and their kin, blended with character n-grams. Scores lie between 0 and about 1.2."""

    def __init__(self, index: Index, lexicon: Lexicon, semantic: Semantic | None = None) -> None:
        self._index = index
        self._semantic = semantic
        self._meanings: NDArray[np.float32] | None = None
        self._lexicon = lexicon
        mean = float(index.lengths.mean()) if len(index.lengths) else 1.0
        self._damping = _K1 * (1 - _B + _B * index.lengths / max(mean, 1.0))

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return the passages that share a word or a part of one with `question`, best first."""
        about = content_words(question, self._lexicon)
        if not about or not self._index.passages:
            return []
        by_words = self._by_words(about)
        best = _top(by_words, _BEST)
        best = best[by_words[best] > 0]
        if (by_meaning := self._by_meaning(question)) is not None:
            best = np.union1d(best, _top(by_meaning, _BEST))
        if not len(best):
            return []
        scores = (1 - _GRAMS) * by_words[best] + _GRAMS * self._by_grams(about, best)
        if by_meaning is not None:
            scores = scores + _MEANING * by_meaning[best]
        said = words(question)[:_DISTINCT]
        asked = {name for word in said for name in self._lexicon.asks(word)}
        order = {name for word in said for name in self._lexicon.concepts(word) & ORDER}
        for at, number in enumerate(best):
            scores[at] += _ASKED * len(asked & self._index.headings[number])
            scores[at] -= _UNASKED * len(self._index.orders[number] - order)
        return sorted(
            ((int(n), float(s)) for n, s in zip(best, scores, strict=True) if s > 0), key=lambda x: (-x[1], x[0])
        )

    def _by_words(self, about: list[str]) -> NDArray[np.float32]:
        scores = np.zeros(len(self._index.passages), dtype=np.float32)
        possible = 0.0
        for word in about:
            sure, often, title = self._index.places(word)
            body = sure * often * (_K1 + 1) / (often + self._damping)
            weight = self._index.rarity(word) ** _RARITY
            scores += weight * np.where(title >= HELD, _MOST * title, body)
            possible += weight * _MOST
        return scores / max(possible, 1.0)

    def _by_meaning(self, question: str) -> NDArray[np.float32] | None:
        if self._semantic is None:
            return None
        if self._meanings is None:
            self._meanings = self._semantic.matrix([passage.text for passage in self._index.passages])
        return None if self._meanings is None else self._semantic.nearness(question, self._meanings)

    def _by_grams(self, about: list[str], best: NDArray[np.int64]) -> NDArray[np.float32]:
        index = self._index
        said, said_by, times = _words_of(index.said_in, best)
        often = index.times_in[times]
        titled, titled_by, _ = _words_of(index.titled_in, best)
        damping = self._damping[best]
        scores = np.zeros(len(best), dtype=np.float32)
        possible = 0.0
        for gram in dict.fromkeys(gram for word in about for gram in grams(word, index.grams.size)):
            having = index.grams.having(gram)
            if not len(having):
                possible += float(np.log(2 * len(index.passages) + 2)) * _MOST
                continue
            has = np.zeros(len(index.vocabulary), dtype=bool)
            has[having] = True
            weight = np.bincount(said_by, weights=often * has[said], minlength=len(best))
            weight[titled_by[has[titled]]] = _IN_TITLE
            # Its passages are not counted but reckoned, as if its words stood independently of each other.
            count = len(index.passages)
            holding = count * (1 - np.exp(-float(index.spread[having].sum()) / count))
            rarity = float(np.log(1 + (count - holding + 0.5) / (holding + 0.5)))
            scores += (rarity * weight * (_K1 + 1) / (weight + damping)).astype(np.float32)
            possible += rarity * _MOST
        return scores / max(possible, 1.0)


def _top(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the places of the highest scores, in no order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]


def _words_of(held: Slices, best: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the words of the passages `best`, whose each is (a place in `best`), and where it is kept."""
    starts, ends = held.starts[best], held.starts[best + 1]
    sizes = ends - starts
    of = np.repeat(np.arange(len(best)), sizes)
    at = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(starts, sizes)
    return held.values[at], of, at
