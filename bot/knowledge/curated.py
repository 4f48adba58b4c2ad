"""Which prepared answer a question asks for: only one whose wording says the same, word for word or by kin of words."""

from __future__ import annotations

from datetime import date as Day
from typing import TYPE_CHECKING

from bot.core.curated import Curated
from bot.knowledge.evidence import read_question
from bot.knowledge.index import HELD, SURE, Index
from bot.knowledge.model import Document, Passage
from bot.knowledge.ranking import content_words
from bot.knowledge.words import clipped, kinship, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.knowledge.evidence import Question
    from bot.knowledge.lexicon import Lexicon

_WAYS = {
    word: name
    for name, listed in {
        "where": "gdzie dokad where де куди",
        "whether": "czy чи",
        "how": "jak how як",
        "which": "ktory ktora ktore ktorych which котрий яка який які",
        "how many": "ile ilu iloma скільки",
    }.items()
    for word in listed.split()
}  # of asking, beside those of the lexicon
_ALIKE = 0.8  # of the words of each side, by how surely the other one says them


class Prepared:
    """The wordings of all prepared answers, read anew when they changed. Of one thread."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._stamp: object = None
        self._entries: list[Curated] = []
        self._shelves: dict[str, _Wordings] = {}

    def find(self, question: str, stamp: object, load: Callable[[], Sequence[Curated]], today: Day) -> Curated | None:
        """Return the answer whose wording is most alike, the newest of several; None when none says the same.

        Args:
            stamp: what changes whenever the answers do; only then they are loaded.
        """
        if stamp != self._stamp:
            self._read(load())
            self._stamp = stamp
        question = clipped(question)
        best: tuple[float, int] | None = None
        for wordings in self._shelves.values():
            for at, score in wordings.alike(question):
                if self._entries[at].holds(today) and (best is None or (score, -at) > (best[0], -best[1])):
                    best = (score, at)
        return self._entries[best[1]] if best else None

    def _read(self, entries: Sequence[Curated]) -> None:
        self._entries = list(entries)
        by_language: dict[str, list[tuple[int, str]]] = {}
        for at, entry in enumerate(entries):
            for variant in entry.variants:
                by_language.setdefault(variant.lang, []).append((at, clipped(variant.words)))
        self._shelves = {lang: _Wordings(lang, found, self._lexicon) for lang, found in by_language.items()}


class _Wordings:
    """The wordings of one language, each with the number of its answer."""

    def __init__(self, lang: str, wordings: Sequence[tuple[int, str]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._lang = lang
        self._wordings = wordings
        self._about = [content_words(words_, lexicon) for _, words_ in wordings]
        self._demands = [read_question(words_, lexicon) for _, words_ in wordings]
        self._asks = [self._asked(words_) for _, words_ in wordings]
        self._said = [words(words_) for _, words_ in wordings]
        self._index = Index([_passage(words_, lang) for _, words_ in wordings], lexicon, lang)

    def alike(self, question: str) -> list[tuple[int, float]]:
        """Return the answers whose wording says the same as `question`, with how alike it is."""
        said, about = words(question), content_words(question, self._lexicon)
        demands, asked = read_question(question, self._lexicon), self._asked(question)
        matches = [self._index.matches(word) for word in about]
        found: list[tuple[int, float]] = []
        for at, (answer, _) in enumerate(self._wordings):
            if said == self._said[at]:
                found.append((answer, 1.1))
                continue
            other = self._about[at]
            if not about or not other or asked != self._asks[at] or not _same_things(demands, self._demands[at]):
                continue
            there = [max((known.get(word, 0.0) for word in other), default=0.0) for known in matches]
            back = [max((known.get(word, 0.0) for known in matches), default=0.0) for word in other]
            # A word that the other side has nothing like is another question.
            score = min(sum(there) / len(there), sum(back) / len(back))
            if score >= _ALIKE and min(*there, *back) >= HELD:
                found.append((answer, score))
        return found

    def _asked(self, question: str) -> frozenset[str]:
        said = words(question)
        return frozenset(
            [
                *(name for word in said for name in self._lexicon.asks(word)),
                *(_WAYS[word] for word in said if word in _WAYS),
            ]
        )


def _same_things(one: Question, other: Question) -> bool:
    """Whether both name the same numbers, count or don't, and tell the same one of several ("the next", "third")."""
    orders, others = [word for word, _ in one.ordered], [word for word, _ in other.ordered]
    return (
        set(one.numbers) == set(other.numbers)
        and (one.counted is None) == (other.counted is None)
        and len(orders) == len(others)
        and all(any(kinship(word, there) >= SURE for there in others) for word in orders)
    )


def _passage(wording: str, lang: str) -> Passage:
    document = Document(
        id="", title="", source="", source_title="", date=Day.min, valid_from=None, valid_to=None, lang=lang,
        area=None, text=wording, kind="summary",
    )  # fmt: skip
    return Passage(document, "", wording, 0, len(wording))
