"""Knowledge: documents in, answers with verbatim quotations out, or an honest refusal. Synchronous and pure."""

from bot.knowledge.answers import Knowledge
from bot.knowledge.language import detect_language
from bot.knowledge.model import Answer, Document, Passage, Quote, SourceError

__all__ = ["Answer", "Document", "Knowledge", "Passage", "Quote", "SourceError", "detect_language"]
