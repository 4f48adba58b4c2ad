"""What a meeting may have beside its time and place: who leads it, agenda, access, quorum. Read as people type them."""

import re
from collections.abc import Mapping
from typing import Any

from bot.core.clean import fold
from bot.core.content import Text, text

LONGEST_CHAIR, LONGEST_AGENDA, LONGEST_ACCESS = 100, 1_000, 300
MOST_QUORUM = 10_000
CHAIR, AGENDA, ACCESS, QUORUM = "chair", "agenda", "access", "quorum"
_LABELS = {
    CHAIR: "prowadzi prowadzenie chair led веде",
    AGENDA: "program plan porządek agenda план порядок програма",
    ACCESS: "dostępność dojście accessibility access доступність",
    QUORUM: "kworum quorum кворум",
}
_LABEL = {fold(word): term for term, words in _LABELS.items() for word in words.split()}
_NAMED = re.compile(r"\s*([^\W\d_]+)\s*:\s*(?!//)(.*)", re.DOTALL)
_LONGEST = {CHAIR: LONGEST_CHAIR, AGENDA: LONGEST_AGENDA, ACCESS: LONGEST_ACCESS}
_PEOPLE = r"(?:osob|osoby|osoba|people|persons|осіб|особи|людей)"
_ORGANISATIONS = r"(?:organizacji|organizacje|organisations?|organizations?|організацій|організації)"
_QUORUM = re.compile(
    rf"(?:([0-9]{{1,5}})\s*{_PEOPLE})?\s*(?:[,;+]|i\s|and\s|та\s|і\s)?\s*(?:([0-9]{{1,5}})\s*{_ORGANISATIONS})?"
)
Values = Mapping[str, Any]
"""Fields of a plan."""


def read_term(words: str) -> Values | Text | None:
    """A part of the quick form that names what it is ("prowadzi: …"); None where it doesn't."""
    named = _NAMED.fullmatch(words)
    term = _LABEL.get(fold(named[1])) if named else None
    if named is None or term is None:
        return None
    return read_quorum(named[2]) if term == QUORUM else read_words(term, named[2])


def read_words(term: str, words: str) -> Values | Text:
    """Words about a meeting, not too many."""
    words = " ".join(words.split())
    if len(words) > _LONGEST[term]:
        return text("meeting-term-long", limit=_LONGEST[term])
    return {term: words} if any(char.isalnum() for char in words) else text("meeting-term-empty")


def read_quorum(words: str) -> Values | Text:
    """ "15 organizacji", "20 osób", or both."""
    match = _QUORUM.fullmatch(" ".join(fold(words).split()))
    people, organisations = (int(one) if one else None for one in match.groups()) if match else (None, None)
    found = [one for one in (people, organisations) if one is not None]
    if not found or not all(0 < one <= MOST_QUORUM for one in found):
        return text("meeting-quorum-wrong")
    return {"quorum_people": people, "quorum_organisations": organisations}
