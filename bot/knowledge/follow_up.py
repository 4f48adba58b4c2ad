"""Questions that go on from the one before: "a kto to prowadził?", "а коли?", "and where?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.knowledge.words import fold, word_set, words

if TYPE_CHECKING:
    from bot.knowledge.lexicon import Lexicon

_SHORT = 5
_LEADING = word_set("a i oraz and but so or а і й та")
_POINTING = word_set("""
to tego temu tym ten ta te tej ta nim niej nich jego jej ich on ona ono oni one tam wtedy
it its this that they them their he she his her him there then
це цього цьому цим цей ця ці він вона воно вони його її їх ним нею них там тоді той те тих
""")
_WORD = re.compile(r"[^\W_][\w’'ʼ-]*")


def follow_up(question: str, last: str, lexicon: Lexicon, *, alone: bool) -> str | None:
    """Return `question` with the subject of `last` behind it, in brackets; None when it stands on its own.

    It goes on from the last one when it is short and names nothing itself, or points ("that", "she") or begins as one
    that goes on ("and …"). `alone`: the documents answer it as it stands; then only one that points is read so.
    A year or another number of its own takes the place of those of the last question.
    """
    said = words(question)
    if not said or len(said) > _SHORT:
        return None
    points = any(word in _POINTING for word in said[1:] or said)
    names = any(lexicon.is_content(word) for word in said)
    if alone and not points:
        return None
    if names and not points and said[0] not in _LEADING:
        return None
    own = {*said}
    numbered = any(word.isdigit() for word in said)
    subject: dict[str, str] = {}
    for word in _WORD.findall(last):
        folded = fold(word)
        content = any(lexicon.is_content(part) for part in words(word))
        if content and folded not in own and not (numbered and folded.isdigit()):
            subject.setdefault(folded, word)
    return f"{question.rstrip(' ?!.…')} ({' '.join(subject.values())})" if subject else None
