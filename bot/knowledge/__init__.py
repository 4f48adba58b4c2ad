"""Knowledge: documents in, answers with verbatim quotations out, or an honest refusal. Synchronous and pure."""

from bot.knowledge.answers import Knowledge
from bot.knowledge.language import detect_language
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Answer, Document, Passage, Quote, SourceError
from bot.knowledge.semantic import Semantic, open_semantic

__all__ = [
    "Answer",
    "Document",
    "Knowledge",
    "Lexicon",
    "Passage",
    "Quote",
    "Semantic",
    "SourceError",
    "detect_language",
    "open_semantic",
]
