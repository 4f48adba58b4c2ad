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
    from collections.abc import Iterable
    from datetime import date

_QUOTES = 3
# Set on the development questions of tests/knowledge.
_LOOKED_AT = 4  # passages that are judged: what ranks lower is not what was asked for
_COVERAGE = 0.55  # the share of a question's weight that a passage must hold to answer it
_COVERAGE_ABROAD = 0.75  # the same for a document in another language than the question's
_CLOSE = 0.8  # a further quotation scores at least this share of the first one's


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The passages of one language."""

    index: Index
    ranker: Ranker
    evidence: Evidence


class Knowledge:
    """Answers questions from documents, in their own words, or not at all. Nothing is read or written after loading."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: tuple[Document, ...] = tuple(documents)
        self._lexicon = Lexicon.shipped()
        self._shelves: dict[str, _Shelf] = {}
        for lang in dict.fromkeys(document.lang for document in self.documents):
            passages = [passage for document in self.documents if document.lang == lang for passage in split(document)]
            index = Index(passages, self._lexicon, lang)
            self._shelves[lang] = _Shelf(index, BlendRanker(index, self._lexicon), Evidence(index, self._lexicon))

    @classmethod
    def shipped(cls) -> Self:
        """Load the documents that come with the bot. Raises SourceError when one has bad metadata."""
        return cls(shipped_documents())

    @classmethod
    def from_documents(cls, documents: Iterable[Document]) -> Self:
        """Take documents that are already read."""
        return cls(documents)

    def ask(self, question: str, *, lang: str, today: date) -> Answer:
        """Answer with one to three verbatim quotations, or refuse; never raises, whatever the text.

        `lang` is the language to assume when the question itself doesn't show one. Documents in the question's own
        language come first; the others are tried, with a stricter bound, only when those have no answer. `today`
        decides which documents are over. Only the first 1,000 characters of a question are read.
        """
        question = clipped(question)
        spoken = detect_language(question, lang)
        demands = read_question(question, self._lexicon)
        found = self._found(question, demands, spoken, _COVERAGE)
        for other in self._shelves:
            if not found and other != spoken:
                found = self._found(question, demands, other, _COVERAGE_ABROAD)
        return Answer(bool(found), tuple(_quote(passage, today) for passage in found), spoken)

    def _found(self, question: str, demands: Question, lang: str, least: float) -> list[Passage]:
        shelf = self._shelves.get(lang)
        if shelf is None:
            return []
        found: list[Passage] = []
        best = 0.0
        for number, score in shelf.ranker.rank(question)[:_LOOKED_AT]:
            if found and (score < _CLOSE * best or len(found) == _QUOTES):
                break
            if shelf.evidence.coverage(demands, number) >= least and shelf.evidence.lacking(demands, number) is None:
                best = best or score
                found.append(shelf.index.passages[number])
        return found


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
    )
