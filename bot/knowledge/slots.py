"""Hard rules against near misses: what a question asks for by kind must stand in the passage, else it is no answer.

A score can't tell a passage about the meeting from one that also says at what hour it began: measured on questions of
the kind, thresholds refuse strange subjects and let near misses through. So the kinds that are asked for most (an
hour, a telephone number, an amount …) are looked for by their form. The table is `slots.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.knowledge.words import fold

if TYPE_CHECKING:
    from bot.knowledge.model import Passage


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of thing asked for: patterns over folded text, as `slots.toml` explains."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]
    unless: re.Pattern[str] | None

    def wanted(self, question: str) -> bool:
        """Tell whether the folded `question` asks for this."""
        return bool(self.asked.search(question)) and not (self.unless and self.unless.search(question))


@lru_cache(maxsize=1)
def _table() -> tuple[Slot, ...]:
    table = tomllib.loads(files("bot.knowledge").joinpath("slots.toml").read_text(encoding="utf-8"))
    return tuple(
        Slot(
            name=row["name"],
            asked=re.compile("|".join(row["asked"])),
            given=re.compile("|".join(row["given"])),
            unless=re.compile("|".join(row["unless"])) if "unless" in row else None,
        )
        for row in table["slot"]
    )


def wanted_slots(question: str) -> tuple[Slot, ...]:
    """Return the kinds of thing that `question` (as typed) asks for."""
    asked = " ".join(fold(question).split())
    return tuple(slot for slot in _table() if slot.wanted(asked))


def first_unmet(slots: tuple[Slot, ...], passage: Passage) -> str | None:
    """Return the name of the first of `slots` that `passage` doesn't hold, or None when it holds them all.

    The document's title doesn't count: it stands over every passage, also over those that don't answer.
    """
    if not slots:
        return None
    said = fold(f"{passage.place}\n{passage.text}")
    return next((slot.name for slot in slots if not slot.given.search(said)), None)
