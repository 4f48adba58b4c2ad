"""The table of words of one meaning (`lexicon.toml`), ready to look words up in."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Self

from bot.knowledge.language import FUNCTION_WORDS

_NONE: frozenset[str] = frozenset()


class _Table:
    """Entries "word" (a beginning) and "=word" (the whole word), each with the names of the groups it belongs to."""

    def __init__(self, groups: dict[str, str]) -> None:
        self._whole: defaultdict[str, set[str]] = defaultdict(set)
        self._beginning: defaultdict[str, set[str]] = defaultdict(set)
        for name, entries in groups.items():
            for entry in entries.split():
                if entry.startswith("="):
                    self._whole[entry[1:]].add(name)
                else:
                    self._beginning[entry].add(name)
        self._longest = max(map(len, self._beginning), default=0)

    def names(self, word: str) -> frozenset[str]:
        found = set(self._whole.get(word, ()))
        for length in range(1, min(len(word), self._longest) + 1):
            found |= self._beginning.get(word[:length], set())
        return frozenset(found) if found else _NONE


class Lexicon:
    """Groups of words of one meaning, and the words that only frame a question. All words are folded."""

    def __init__(self, *, frame: str, question: dict[str, str], concept: dict[str, str]) -> None:
        self._frame = _Table({"frame": frame})
        self._question = _Table(question)
        self._concept = _Table(concept)

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Self:
        """Read the table that ships."""
        table = tomllib.loads(files("bot.knowledge").joinpath("lexicon.toml").read_text(encoding="utf-8"))
        return cls(frame=table["frame"], question=table["question"], concept=table["concept"])

    def concepts(self, word: str) -> frozenset[str]:
        """Return the names of the groups of meaning that `word` belongs to."""
        return self._concept.names(word)

    def asks(self, word: str) -> frozenset[str]:
        """Return what `word` asks for ("who", "when" …), if it asks."""
        return self._question.names(word)

    def is_content(self, word: str) -> bool:
        """Tell whether `word` can be what a question is about: no function word and not a word of the frame."""
        if word in FUNCTION_WORDS or (len(word) == 1 and not word.isdigit()):
            return False
        return not self._frame.names(word)
