"""Questions in, quotations out: the language is told, the passages are ranked, and what is not held is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.knowledge.evidence import Evidence, Question, read_question
from bot.knowledge.index import Index
from bot.knowledge.language import detect_language
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Answer, Document, Passage, Quote
from bot.knowledge.passages import split
from bot.knowledge.ranking import BlendRanker, Ranker
from bot.knowledge.sources import shipped_documents
from bot.knowledge.words import clipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bot.knowledge.semantic import Semantic

_QUOTES = 3
# Set on the development questions of tests/knowledge.
_LOOKED_AT = 4  # passages that are judged: what ranks lower is not what was asked for
_SURE = 0.40  # the score, with a share of its lead over the next passage's, that is enough to answer …
_LEAD = 0.3
_LIKELY, _COVERAGE = 0.30, 0.55  # … or this, where the passage also holds this share of the question's weight
_ABROAD = 0.75  # the share that a document in another language than the question's must hold
_CLOSE = 0.8  # a further quotation scores at least this share of the first one's
_NEAR = 0.4  # the coverage of a passage that may be shown as near, when none answers
_AT_HOME = 0.1  # added to the score of a document in the question's own language, against those of the others
_RANKED = 50


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The passages of one language."""

    index: Index
    ranker: Ranker
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Found:
    """What a question led to: the answer, and the passages as they were ranked, best first, refused or not."""

    answer: Answer
    ranked: tuple[Passage, ...]


class Knowledge:
    """Answers questions from documents, in their own words, or not at all."""

    def __init__(
        self, documents: Iterable[Document], lexicon: Lexicon | None = None, semantic: Semantic | None = None
    ) -> None:
        self.lexicon = lexicon or Lexicon.shipped()
        self._semantic = semantic
        self._shelves: dict[str, _Shelf] = {}
        self.documents: tuple[Document, ...] = ()
        self.load(documents)

    @classmethod
    def shipped(cls, lexicon: Lexicon | None = None) -> Self:
        """Load the documents that come with the bot. Raises SourceError when one has bad metadata."""
        return cls(shipped_documents(), lexicon)

    @classmethod
    def from_documents(cls, documents: Iterable[Document]) -> Self:
        """Take documents that are already read."""
        return cls(documents)

    def load(self, documents: Iterable[Document]) -> None:
        """Take these documents in place of those held. Questions asked meanwhile are answered from the old ones."""
        held = tuple(documents)
        shelves = {lang: self._shelf(lang, held) for lang in dict.fromkeys(document.lang for document in held)}
        if self._semantic is not None:
            self._semantic.read([passage.text for shelf in shelves.values() for passage in shelf.index.passages])
        self.documents, self._shelves = held, shelves

    def _shelf(self, lang: str, documents: tuple[Document, ...]) -> _Shelf:
        passages = [passage for document in documents if document.lang == lang for passage in split(document)]
        index = Index(passages, self.lexicon, lang)
        return _Shelf(index, BlendRanker(index, self.lexicon, self._semantic), Evidence(index, self.lexicon))

    def ask(self, question: str, *, lang: str, today: date) -> Answer:
        """Answer with one to three verbatim quotations, or refuse; never raises, whatever the text.

        `lang` is the language to assume when the question itself doesn't show one. Documents in the question's own
        language come first; the others are tried, with a stricter bound, only when those have no answer. `today`
        decides which documents are over. Only the first 1,000 characters of a question are read.
        """
        return self.look_up(question, lang=lang, today=today).answer

    def look_up(self, question: str, *, lang: str, today: date) -> Found:
        """Answer as `ask` does, and tell the order of the passages too."""
        question = clipped(question)
        spoken = detect_language(question, lang)
        demands = read_question(question, self.lexicon)
        shelves = dict(self._shelves)
        ranks = {other: shelf.ranker.rank(question) for other, shelf in shelves.items()}
        order = sorted(shelves, key=lambda other: other != spoken)
        answering: list[Passage] = []
        for other in order:
            answering = answering or _answering(shelves[other], ranks[other], demands, abroad=other != spoken)
        answering = [_at_home(passage, shelves, spoken) for passage in answering]
        merged = sorted(
            (
                (score + _AT_HOME * (other == spoken), other, number)
                for other in order
                for number, score in ranks[other][:_RANKED]
            ),
            key=lambda entry: -entry[0],
        )
        near: list[Passage] = []
        for other in () if answering else order:
            least = _NEAR if other == spoken else _ABROAD
            near = near or [
                _at_home(shelves[other].index.passages[number], shelves, spoken)
                for number, _ in ranks[other][:_QUOTES]
                if shelves[other].evidence.coverage(demands, number) >= least
            ]
        answer = Answer(
            bool(answering),
            tuple(_quote(passage, today) for passage in answering),
            spoken,
            tuple(_quote(passage, today) for passage in near),
        )
        return Found(answer, tuple(shelves[other].index.passages[number] for _, other, number in merged[:_RANKED]))


def _answering(shelf: _Shelf, ranked: list[tuple[int, float]], demands: Question, *, abroad: bool) -> list[Passage]:
    found: list[Passage] = []
    best = 0.0
    for (number, score), (_, after) in zip(ranked[:_LOOKED_AT], [*ranked[1:], (0, 0.0)], strict=False):
        if found and (score < _CLOSE * best or len(found) == _QUOTES):
            break
        covered = shelf.evidence.coverage(demands, number)
        likely = score + _LEAD * (score - after)
        held = covered >= _ABROAD if abroad else likely >= _SURE or (likely >= _LIKELY and covered >= _COVERAGE)
        if held and shelf.evidence.lacking(demands, number) is None:
            best = best or score
            found.append(shelf.index.passages[number])
    return found


def _at_home(passage: Passage, shelves: Mapping[str, _Shelf], spoken: str) -> Passage:
    """The same passage of the document's version in this language, where it has one that is divided alike. Versions of
    a document have the same id but for the language at its end, as the shipped ones do."""
    if passage.document.lang == spoken or spoken not in shelves:
        return passage
    wanted = f"{passage.document.id.removesuffix(f'.{passage.document.lang}')}.{spoken}"
    there = [one for one in shelves[spoken].index.passages if one.document.id == wanted]
    here = [one for one in shelves[passage.document.lang].index.passages if one.document.id == passage.document.id]
    return there[here.index(passage)] if len(there) == len(here) else passage


def _quote(passage: Passage, today: date) -> Quote:
    document = passage.document
    return Quote(
        text=passage.text,
        document=document.title,
        place=passage.place,
        source=", ".join(part for part in (document.source_title, document.source) if part),
        date=document.date,
        expired=document.expired(today),
        kind=document.kind,
        pages=document.pages_of(passage.start, passage.end),
    )
