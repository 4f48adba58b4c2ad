"""The table of words of one meaning (`lexicon.toml`), ready to look words up in."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from bot.knowledge.language import FUNCTION_WORDS
from bot.knowledge.model import SourceError
from bot.knowledge.words import fold, is_typo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Groups whose words, like an ordinal, pick one of several things.
ORDER = frozenset({"next", "previous", "second"})

_LONG = 6  # letters: a shorter beginning is too easily another word's
_OPENING = 3  # letters that are looked up first: most words begin like none of the table
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
        self._openings = {beginning[:_OPENING] for beginning in self._beginning}
        self._longest = max(map(len, self._beginning), default=0)
        self._by_first: dict[str, list[tuple[str, set[str]]]] = {}
        for beginning, found in self._beginning.items():
            if len(beginning) >= _LONG:
                self._by_first.setdefault(beginning[0], []).append((beginning, found))

    def names(self, word: str) -> frozenset[str]:
        found = set(self._whole.get(word, ()))
        if word[:_OPENING] in self._openings:
            for length in range(_OPENING, min(len(word), self._longest) + 1):
                found |= self._beginning.get(word[:length], set())
        for length in range(1, min(len(word) + 1, _OPENING)):
            found |= self._beginning.get(word[:length], set())
        return frozenset(found) if found else _NONE

    def nearly(self, word: str) -> frozenset[str]:
        """Return the groups of the beginnings that `word` begins with when one letter of it is mistyped."""
        found: set[str] = set()
        # A typo keeps the first letter, or swaps it with the second (`is_typo`): no others need to be compared.
        for beginning, names in [
            *self._by_first.get(word[:1], ()),
            *(self._by_first.get(word[1:2], ()) if word[:1] != word[1:2] else ()),
        ]:
            if any(
                is_typo(word[: len(beginning) + more], beginning)
                for more in (-1, 0, 1)
                if len(word) >= len(beginning) - 1
            ):
                found |= names
        return frozenset(found) if found else _NONE


class Lexicon:
    """Groups of words of one meaning, and the words that only frame a question. All words are folded."""

    def __init__(self, *, frame: str, question: dict[str, str], concept: dict[str, str]) -> None:
        self._frame = _Table({"frame": frame})
        self._question = _Table(question)
        self._concept = _Table(concept)

    @classmethod
    @lru_cache(maxsize=2)
    def shipped(cls, own: Path | None = None) -> Self:
        """Read the tables that ship, and the operator's `own` glossary when there is one.

        Raises SourceError when that can't be read or is not a glossary.
        """
        folder = files("bot.knowledge")
        table = tomllib.loads(folder.joinpath("lexicon.toml").read_text(encoding="utf-8"))
        concept: dict[str, str] = dict(table["concept"])
        entries = tomllib.loads(folder.joinpath("glossary.toml").read_text(encoding="utf-8"))["same"]
        if own is not None:
            entries = [*entries, *_own(own)]
        for number, entry in enumerate(entries):
            concept[f"glossary {number}"] = entry
        return cls(frame=table["frame"], question=table["question"], concept=concept)

    def concepts(self, word: str) -> frozenset[str]:
        """Return the names of the groups of meaning that `word` belongs to; "nieaktualna" is of that of "aktualna"."""
        if found := self._concept.names(word):
            return found
        for negation in ("nie", "не"):
            if word.startswith(negation) and len(word) >= len(negation) + _LONG:
                return self._concept.names(word.removeprefix(negation))
        return _NONE

    def mistyped(self, word: str) -> frozenset[str]:
        """Return the groups of meaning that `word` may belong to when it is mistyped."""
        return self._concept.nearly(word) if len(word) >= _LONG - 1 and word.isalpha() else _NONE

    def asks(self, word: str) -> frozenset[str]:
        """Return what `word` asks for ("who", "when" …), if it asks."""
        return self._question.names(word)

    def is_content(self, word: str) -> bool:
        """Tell whether `word` can be what a question is about: no function word and not a word of the frame."""
        if len(word) == 1:
            return word.isdigit()
        return not self._says_nothing(word) and not any(self._says_nothing(other) for other in _unswapped(word))

    def _says_nothing(self, word: str) -> bool:
        return word in FUNCTION_WORDS or bool(self._frame.names(word))


def _own(path: Path) -> list[str]:
    try:
        same = tomllib.loads(path.read_text(encoding="utf-8")).get("same")
    except OSError as error:
        raise SourceError(f"{path}: the glossary can't be read ({error.strerror})") from error
    except ValueError as error:
        raise SourceError(f"{path}: the glossary is not valid TOML: {error}") from error
    if not isinstance(same, list) or not all(isinstance(entry, str) for entry in same):
        raise SourceError(f'{path}: a glossary is a list: same = ["word word", …]')
    # People write words with their diacritics; the index knows them without.
    return [
        " ".join("=" * entry.startswith("=") + fold(entry.removeprefix("=")) for entry in line.split()) for line in same
    ]


def _unswapped(word: str) -> Iterator[str]:
    """Yield what a short word may have been before two neighbouring letters were swapped; none for a long one.

    Common words are typed fastest, and in a short question one strange word is taken for its subject.
    """
    if 4 <= len(word) <= 6:
        for at in range(1, len(word) - 1):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
