"""An inverted index over passages that finds a word in spite of inflection, missing diacritics, typos and synonyms."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bot.knowledge.lexicon import ORDER
from bot.knowledge.words import grams, kinship, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.lexicon import Lexicon
    from bot.knowledge.model import Passage

# How much an occurrence counts by where it stands. Set on the development questions: a heading of a fact sheet names
# what the section answers; the title is shared by all sections and tells them apart from other documents only.
_PLACE, _BODY, _TITLE = 2.5, 1.0, 0.5
_SYNONYM = 0.8  # another word of the same meaning, against 1 for the word itself
_CANDIDATES = 24  # words of the vocabulary that are compared letter by letter with one word of a question
_REMEMBERED = 4_096  # words whose matches are kept


class Index:
    """What is said where: `frequencies[word][passage number]`, weighted by field."""

    def __init__(self, passages: Sequence[Passage], lexicon: Lexicon) -> None:
        self.passages = tuple(passages)
        self._lexicon = lexicon
        self.frequencies: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self.headings: list[frozenset[str]] = []  # what each heading asks for: "who", "when" …
        self.orders: list[frozenset[str]] = []  # which of several it tells of: "next", "previous" …
        for number, passage in enumerate(self.passages):
            counts: Counter[str] = Counter()
            fields = ((passage.place, _PLACE), (passage.text, _BODY), (passage.document.title, _TITLE))
            for text, weight in fields:
                for word in words(text):
                    counts[word] += weight  # type: ignore[assignment]  # a Counter of weights
            for word, weight in counts.items():
                self.frequencies[word][number] = weight
            heading = words(passage.place)
            self.headings.append(frozenset(name for word in heading for name in lexicon.asks(word)))
            self.orders.append(frozenset(name for word in heading for name in lexicon.concepts(word) & ORDER))
        self._by_gram: defaultdict[str, list[str]] = defaultdict(list)
        self._by_concept: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.frequencies:
            for gram in dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1)):
                self._by_gram[gram].append(word)
            for concept in lexicon.concepts(word):
                self._by_concept[concept].append(word)
        self._matches: dict[str, dict[str, float]] = {}

    def matches(self, word: str) -> dict[str, float]:
        """Return the words of the passages that `word` may stand for, each with how surely (0 to 1)."""
        known = self._matches.get(word)
        if known is not None:
            return known
        found: dict[str, float] = {}
        for concept in self._lexicon.concepts(word):
            for other in self._by_concept.get(concept, ()):
                found[other] = _SYNONYM
        overlap: Counter[str] = Counter()
        for gram in dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1)):
            overlap.update(self._by_gram.get(gram, ()))
        for other, _ in overlap.most_common(_CANDIDATES):
            if (kin := kinship(word, other)) > found.get(other, 0.0):
                found[other] = kin
        if not found:
            for concept in self._lexicon.mistyped(word):
                for other in self._by_concept.get(concept, ()):
                    found[other] = _SYNONYM
        if word in self.frequencies:
            found[word] = 1.0
        if len(self._matches) >= _REMEMBERED:
            self._matches.clear()
        self._matches[word] = found
        return found

    def found_in(self, word: str) -> dict[int, float]:
        """Return the passages that say `word`, by number, each with how surely (0 to 1)."""
        found: dict[int, float] = {}
        for other, sure in self.matches(word).items():
            for number in self.frequencies[other]:
                if sure > found.get(number, 0.0):
                    found[number] = sure
        return found

    def rarity(self, occurrences: int) -> float:
        """Return the inverse document frequency of a word said in so many passages; 0 occurrences weigh most."""
        return math.log(1 + (len(self.passages) - occurrences + 0.5) / (occurrences + 0.5))

    def word_grams(self) -> dict[str, dict[int, float]]:
        """Return the character n-grams of the passages with their weighted frequencies, by passage number."""
        found: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for word, places in self.frequencies.items():
            for gram in grams(word):
                for number, weight in places.items():
                    found[gram][number] = found[gram].get(number, 0.0) + weight
        return dict(found)
