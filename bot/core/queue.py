"""The rules of the queue of questions: which ask the same, how long they may be."""

import re

from bot.core.clean import fold
from bot.core.smalltalk import without_courtesy

ANSWER_LIMIT = 2_000
"""Longest answer of a person, in characters."""
MOST_ASKED = 5
"""How many open questions one person may have."""
_WORD = re.compile(r"[\w']+")


def key_of(words: str) -> str:
    """What two questions have in common that differ in case, diacritics, punctuation, blanks and courtesy only."""
    return " ".join(_WORD.findall(fold(without_courtesy(words)))) or fold(words).strip()
