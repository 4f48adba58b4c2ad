"""An inverted index over passages that finds a word in spite of inflection, missing diacritics, typos and synonyms.

Words are numbered; what each word occurs in is a slice of one array, so that 100,000 passages stay quick and small.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import Stemmer

from bot.knowledge.lexicon import ORDER
from bot.knowledge.respelling import respelled
from bot.knowledge.words import grams, kinship, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from bot.knowledge.lexicon import Lexicon
    from bot.knowledge.model import Passage

    Floats = NDArray[np.float32]

_ALGORITHMS = {"pl": "polish", "en": "english"}  # Snowball has no Ukrainian: there the light stemmer does alone
_SYNONYM = 0.8  # another word of the same meaning, against 1 for the word itself
_SAME_STEM = 0.95
_EDGE = "_"  # of a word; `words` leaves none inside one
_CANDIDATES = 120  # words of the vocabulary that are compared letter by letter with one word of a question
_REMEMBERED = 256  # words whose places are kept; each is an array as long as there are passages
HELD = 0.6  # the least kinship that counts a passage as one that says the word
SURE = 0.7  # the least kinship that takes two words for one


class Slices:
    """Many short lists of numbers in one array: the list of `row` is `values[starts[row]:starts[row + 1]]`."""

    def __init__(self, rows: Sequence[int], values: Sequence[int], count: int) -> None:
        keys = np.asarray(rows, dtype=np.int32)
        order = np.argsort(keys, kind="stable")
        #: Where each value stood in what was given.
        self.order: NDArray[np.int64] = order
        self.values: NDArray[np.int32] = np.asarray(values, dtype=np.int32)[order]
        self.starts: NDArray[np.int64] = np.searchsorted(keys[order], np.arange(count + 1)).astype(np.int64)

    def of(self, row: int) -> NDArray[np.int32]:
        """Return the list of `row`."""
        return self.values[self.starts[row] : self.starts[row + 1]]


class Grams:
    """Which words of a vocabulary hold which character n-gram; words are marked at their edges."""

    def __init__(self, vocabulary: Sequence[str], size: int) -> None:
        self.size = size
        # All words as one array of letters, each letter a small number, so that an n-gram is a number too.
        marked = _EDGE + _EDGE.join(vocabulary) + _EDGE
        letters = np.frombuffer(marked.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        alphabet, plain = np.unique(letters, return_inverse=True)
        self._letters = {chr(letter): number for number, letter in enumerate(alphabet)}
        edges = letters == ord(_EDGE)
        grams = np.zeros(max(len(plain) - size + 1, 0), dtype=np.int64)
        across = np.zeros(len(grams), dtype=bool)
        for at in range(size):
            grams = grams * len(alphabet) + plain[at : at + len(grams)]
            if 0 < at < size - 1:
                across |= edges[at : at + len(grams)]
        words = (np.cumsum(edges)[: len(grams)] - 1)[~across].astype(np.int32)
        grams = grams[~across]
        order = np.argsort(grams, kind="stable")
        grams, words = grams[order], words[order]
        once = np.ones(len(grams), dtype=bool)  # a word that holds a gram twice is listed once
        once[1:] = (grams[1:] != grams[:-1]) | (words[1:] != words[:-1])
        self._words: NDArray[np.int32] = words[once]
        self._grams, starts = np.unique(grams[once], return_index=True)
        self._starts = np.append(starts, len(self._words))

    def having(self, gram: str) -> NDArray[np.int32]:
        """Return the numbers of the words that hold `gram`, a string of `size` letters."""
        number = 0
        for letter in gram:
            if letter not in self._letters:
                return self._words[:0]
            number = number * len(self._letters) + self._letters[letter]
        at = int(np.searchsorted(self._grams, number))
        if at == len(self._grams) or self._grams[at] != number:
            return self._words[:0]
        return self._words[self._starts[at] : self._starts[at + 1]]

    def alike(self, word: str, count: int) -> NDArray[np.int32]:
        """Return the `count` words that have most n-grams in common with `word`, in no order."""
        found = [self._words[:0], *(self.having(gram) for gram in set(grams(word, self.size)))]
        numbers, shared = np.unique(np.concatenate(found), return_counts=True)
        if len(numbers) > count:
            numbers = numbers[np.argpartition(-shared, count)[:count]]
        return numbers


class Index:
    """What is said where. Passages, words and n-grams are known by their numbers."""

    def __init__(self, passages: Sequence[Passage], lexicon: Lexicon, lang: str) -> None:
        self.passages = tuple(passages)
        self.lang = lang
        self._lexicon = lexicon
        self._number: dict[str, int] = {}
        self._read()
        self.vocabulary = list(self._number)
        self._stems = self._stemmed(self.vocabulary)
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)
        self._by_concept: defaultdict[str, list[int]] = defaultdict(list)
        for number, (word, cut) in enumerate(zip(self.vocabulary, self._stems, strict=True)):
            self._by_stem[cut].append(number)
            for concept in lexicon.concepts(word):
                self._by_concept[concept].append(number)
        self.grams = Grams(self.vocabulary, 4)
        self._near = Grams(self.vocabulary, 3)
        #: How many passages say each word, in their text or above it.
        self.spread: NDArray[np.int64] = np.diff(self.said.starts) + np.diff(self.titled.starts)
        self._matches: OrderedDict[str, dict[str, float]] = OrderedDict()
        self._places: OrderedDict[str, tuple[Floats, Floats, Floats]] = OrderedDict()

    def _read(self) -> None:
        """Count the words of every passage, and note which its heading and its document's title say."""
        said: list[int] = []
        where: list[int] = []
        times: list[int] = []
        titled: list[int] = []
        under: list[int] = []
        lengths: list[int] = []
        self.headings: list[frozenset[str]] = []  # what each heading asks for: "who", "when" …
        self.orders: list[frozenset[str]] = []  # which of several it tells of: "next", "previous" …
        numbered = self._numbered
        for at, passage in enumerate(self.passages):
            found = words(passage.text)
            lengths.append(len(found))
            for word, count in Counter(found).items():
                said.append(numbered(word))
                where.append(at)
                times.append(count)
            heading = words(passage.place)
            for word in {*heading, *words(passage.document.title)}:
                titled.append(numbered(word))
                under.append(at)
            self.headings.append(frozenset(name for word in heading for name in self._lexicon.asks(word)))
            self.orders.append(frozenset(name for word in heading for name in self._lexicon.concepts(word) & ORDER))
        self.lengths: NDArray[np.float32] = np.asarray(lengths, dtype=np.float32)
        self.said = Slices(said, where, len(self._number))
        self.times: NDArray[np.float32] = np.asarray(times, dtype=np.float32)[self.said.order]
        self.titled = Slices(titled, under, len(self._number))
        self.said_in = Slices(where, said, len(self.passages))
        self.times_in: NDArray[np.float32] = np.asarray(times, dtype=np.float32)[self.said_in.order]
        self.titled_in = Slices(under, titled, len(self.passages))

    def _numbered(self, word: str) -> int:
        return self._number.setdefault(word, len(self._number))

    def _stemmed(self, found: Iterable[str]) -> list[str]:
        algorithm = _ALGORITHMS.get(self.lang)
        if algorithm is None:
            return [stem(word) for word in found]
        cut: list[str] = Stemmer.Stemmer(algorithm).stemWords(list(found))
        return cut

    def matches(self, word: str) -> dict[str, float]:
        """Return the words of the passages that `word` may stand for, each with how surely (0 to 1)."""
        known = self._matches.get(word)
        if known is not None:
            self._matches.move_to_end(word)
            return known
        found: dict[str, float] = {}
        for concept in self._lexicon.concepts(word):
            self._take(found, ((number, _SYNONYM) for number in self._by_concept[concept]))
        for spelt, share in ((word, 1.0), *respelled(word, self.lang)):
            of_one_stem = self._by_stem.get(self._stemmed([spelt])[0], ())
            self._take(found, ((number, share * _SAME_STEM) for number in of_one_stem))
            near = self._near.alike(spelt, _CANDIDATES)
            self._take(found, ((number, share * kinship(spelt, self.vocabulary[number])) for number in near))
        if max(found.values(), default=0.0) < SURE:
            for concept in self._lexicon.mistyped(word):
                self._take(found, ((number, _SYNONYM) for number in self._by_concept[concept]))
        if word in self._number:
            found[word] = 1.0
        self._matches[word] = found
        if len(self._matches) > _REMEMBERED:
            self._matches.popitem(last=False)
        return found

    def _take(self, found: dict[str, float], more: Iterable[tuple[int, float]]) -> None:
        for number, sure in more:
            if sure > found.get(self.vocabulary[number], 0.0):
                found[self.vocabulary[number]] = sure

    def places(self, word: str) -> tuple[Floats, Floats, Floats]:
        """Return, for each passage: how surely its text says `word`, how often, and how surely its title does."""
        known = self._places.get(word)
        if known is None:
            sure: Floats = np.zeros(len(self.passages), dtype=np.float32)
            often: Floats = np.zeros(len(self.passages), dtype=np.float32)
            title: Floats = np.zeros(len(self.passages), dtype=np.float32)
            # From the least sure on: where two kin of a word stand in one passage, the surer one's mark stays.
            for other, kin in sorted(self.matches(word).items(), key=lambda item: item[1]):
                number = self._number[other]
                at = self.said.of(number)
                often[at] += kin * self.times[self.said.starts[number] : self.said.starts[number + 1]]
                sure[at] = kin
                title[self.titled.of(number)] = kin
            often /= np.where(sure > 0, sure, np.float32(1))
            known = (sure, often, title)
            self._places[word] = known
            if len(self._places) > _REMEMBERED:
                self._places.popitem(last=False)
        return known

    def strength(self, word: str) -> NDArray[np.float32]:
        """Return how surely (0 to 1) each passage says `word`, in its text or above it."""
        sure, _, title = self.places(word)
        return np.maximum(sure, title)

    def rarity(self, word: str) -> float:
        """Return the inverse document frequency of `word`; one that no passage says weighs most."""
        occurrences = int((self.strength(word) > HELD).sum())
        return float(np.log(1 + (len(self.passages) - occurrences + 0.5) / (occurrences + 0.5)))
