"""Whether a passage holds enough of a question to answer it: its rare words, names, numbers, counts, "the next …".

Every bound here was set on the development questions of `tests/knowledge`; the floor test holds what they reach.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.index import HELD, SURE
from bot.knowledge.language import NUMERALS
from bot.knowledge.lexicon import ORDER
from bot.knowledge.ranking import content_words
from bot.knowledge.slots import first_unmet, wanted_slots
from bot.knowledge.words import fold, kinship, word_set, words

if TYPE_CHECKING:
    from bot.knowledge.index import Index
    from bot.knowledge.lexicon import Lexicon
    from bot.knowledge.model import Passage
    from bot.knowledge.slots import Slot

_LEAST_WEIGHT = 0.35  # of a word, so that one said in every passage still counts as found
_NEAR = 3  # words between a number, or "next", and what it belongs to

_NAME = re.compile(r"[^\W\d_][\w’'ʼ-]*")
_SENTENCE_START = re.compile(r"(?:^|[.?!:\n])\W*$")
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_ACRONYM = re.compile(r"\b([A-ZА-ЯІЇЄҐ]{3,})\)")  # "… (WRDPP)": told of beside its full name
_COUNT = word_set("ile ilu iloma liczba liczbe liczby скільки кількість скількома скількох")
_ORDINAL = re.compile(
    r"(?:pierwsz|trzeci|czwart|piat[yae]$|ostatni|first$|1st$|third$|3rd$|fourth$|4th$|last$|latest$"
    r"|перш|трет[яійєю]|четверт|останн)"
)
_DEFINE = re.compile(
    r"^\W*(?:(?:a|no|to|and|so|а|і) )?(?:czym (?:jest|sa)\b|co to\b|co (?:oznacza|znaczy)\b"
    r"|what(?: is| are| does|s)\b|що (?:таке|це|означає|значить)\b)"
)
_WHO_IS = re.compile(
    r"\b(?:kto (?:to )?(?:jest|byl|byla|sa)|kim (?:jest|byl|byla|sa)|kto to|who(?: is| was| are|s)|хто (?:є|був|була)"
    r"|хто так(?:ий|а|і)|ким (?:є|був|була))\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a question demands of a passage; all words folded, `about` without the `names`."""

    about: tuple[str, ...]
    slots: tuple[Slot, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    counted: str | None  # the thing whose number is asked for; "" when it can't be told
    ordered: tuple[tuple[str, str], ...]  # ("next", "meeting"): the word of order and the thing, "" when none follows
    defines: bool  # "what is …?"
    role: str  # "who is the director …?": the role, or the person's name; "" when none is asked for


def read_question(question: str, lexicon: Lexicon) -> Question:
    """Take `question` apart: the same for every language and every document."""
    said = words(question)
    names = _names(question, lexicon)
    plain = " ".join(fold(question).split())
    return Question(
        about=tuple(word for word in content_words(question, lexicon) if word not in names),
        slots=wanted_slots(question),
        names=names,
        numbers=tuple(dict.fromkeys(word.lstrip("0") for word in said if word.isdigit())),
        counted=_counted(said, lexicon),
        ordered=tuple(
            (word, _thing(said[at + 1 : at + 1 + _NEAR], lexicon))
            for at, word in enumerate(said)
            if _is_order(word, lexicon)
        ),
        defines=_DEFINE.match(plain) is not None,
        role=_thing(words(plain[found.end() :]), lexicon) if (found := _WHO_IS.search(plain)) else "",
    )


class Evidence:
    """Judges the passages of one index."""

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon

    def coverage(self, question: Question, number: int) -> float:
        """Return which share (0 to 1) of the question's weight passage `number` holds; a rare word weighs more.

        A word that no passage holds weighs most, so that one strange word is enough to doubt a short question. All
        names together weigh as one word: a passage that knows the person has not yet told what was asked about them.
        Numbers have a rule of their own, and "in the year 2022" is not what a question is about.
        """
        held = total = 0.0
        for word in question.about:
            if word.isdigit() or (question.numbers and "years" in self._lexicon.concepts(word)):
                continue
            weight, found = self._weighed(word, number)
            total += weight
            held += weight * found
        if question.names:
            weighed = [self._weighed(name, number) for name in question.names]
            heaviest = max(weight for weight, _ in weighed)
            total += heaviest
            held += heaviest * all(found for _, found in weighed)
        if not total:
            return 1.0 if question.numbers else 0.0
        return held / total

    def _weighed(self, word: str, number: int) -> tuple[float, bool]:
        return max(self._index.rarity(word), _LEAST_WEIGHT), bool(self._index.strength(word)[number] >= SURE)

    def lacking(self, question: Question, number: int) -> str | None:
        """Return the first thing that `question` demands and passage `number` doesn't hold, or None."""
        passage = self._index.passages[number]
        said = words(f"{passage.place}\n{passage.document.title}\n{passage.text}")
        if (slot := first_unmet(question.slots, passage)) is not None:
            return slot
        if any(not self._says(name, said) for name in question.names):
            return "name"
        if not set(question.numbers) <= _numbers(passage, said):
            return "number"
        if question.counted is not None and not self._counts(question.counted, passage, said):
            return "count"
        if any(not self._orders(word, thing, said) for word, thing in question.ordered):
            return "order"
        if question.role and not self._says(question.role, said):
            return "role"
        if question.defines and not self._defines(question, passage):
            return "definition"
        return None

    def _says(self, name: str, said: list[str]) -> bool:
        known = self._index.matches(name)
        return any(known.get(word, 0.0) >= HELD for word in said)

    def _counts(self, thing: str, passage: Passage, said: list[str]) -> bool:
        if "years" in self._lexicon.concepts(thing):
            return bool(_RANGE.search(passage.text))
        known = self._index.matches(thing) if thing else {}
        return any(
            (word in NUMERALS or (word.isdigit() and len(word) < 4))
            and any(other in known for other in said[at + 1 : at + 1 + _NEAR])
            for at, word in enumerate(said)
        )

    def _orders(self, word: str, thing: str, said: list[str]) -> bool:
        groups = self._lexicon.concepts(word) & ORDER
        places = [
            at
            for at, other in enumerate(said)
            if groups & self._lexicon.concepts(other) or kinship(word, other) >= SURE
        ]
        if not thing:
            return bool(places)
        known = self._index.matches(thing)
        return bool(places) and any(other in known for other in said)

    def _defines(self, question: Question, passage: Passage) -> bool:
        """A thing is told of where a heading names it, or where its abbreviation stands beside its name."""
        heading = [word for word in words(passage.place) if "city" not in self._lexicon.concepts(word)]
        acronyms = {fold(acronym) for acronym in _ACRONYM.findall(passage.text)}
        return any(
            word in acronyms or any(self._index.matches(word).get(other, 0.0) >= SURE for other in heading)
            for word in (*question.about, *question.names)
        )


def _names(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the words that are written as names: with a capital inside a sentence, unless most words are."""
    found = list(_NAME.finditer(question))
    capitals = [
        match for match in found if match[0][0].isupper() and not _SENTENCE_START.search(question[: match.start()][-8:])
    ]
    if len(found) > 3 and len(capitals) * 10 > len(found) * 7:  # shouted, or a title typed as one
        return ()
    return tuple(dict.fromkeys(word for match in capitals for word in words(match[0]) if lexicon.is_content(word)))


def _counted(said: list[str], lexicon: Lexicon) -> str | None:
    for at, word in enumerate(said):
        before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
        if (
            word in _COUNT
            or (word == "many" and before == "how")
            or (word == "number" and after == "of" and said[at + 2 : at + 3] != ["the"])
        ):
            return _thing(said[at + 1 :], lexicon)
    return None


def _thing(following: list[str], lexicon: Lexicon) -> str:
    return next((word for word in following if lexicon.is_content(word) and not _is_order(word, lexicon)), "")


def _is_order(word: str, lexicon: Lexicon) -> bool:
    return bool(_ORDINAL.match(word)) or bool(lexicon.concepts(word) & ORDER)


def _numbers(passage: Passage, said: list[str]) -> set[str]:
    """Return the numbers that a question about the passage may name: its own, its date's, years within its ranges."""
    day = passage.document.date
    held = {word.lstrip("0") for word in said if word.isdigit()} | {str(day.day), str(day.month), str(day.year)}
    for first, last in _RANGE.findall(passage.text):
        held.update(str(year) for year in range(int(first), int(last) + 1))
    return held
