"""A meeting while it is held: who is there, what is marked for its minutes. Rules only, no words."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.clean import clean, one_line
from bot.core.content import Text, text
from bot.core.meetings import Meeting
from bot.core.when.reading import read_when

BEFORE = timedelta(hours=2)
"""How long before its start a meeting may be begun."""
AFTER = timedelta(hours=12)
"""How long after its planned end at most: until then it is the one that is meant."""
LONGEST_LINE = 1_000


class Kind(StrEnum):
    """What a marked line is."""

    AGREED = "agreed"
    TASK = "task"
    INFO = "info"


class LineState(StrEnum):
    """A member's line is proposed until a moderator decides."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting that was begun; `occurrence` is its id."""

    occurrence: str
    began_at: datetime
    ended_at: datetime | None = None
    approved_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it is being held."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the minutes. `due` and `owner` are a task's; `number` is its place in the minutes."""

    id: str
    occurrence: str
    number: int
    kind: Kind
    words: str
    state: LineState
    author: str | None
    owner: str | None = None
    due: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """Who is there: a number of people, and the organisations that somebody is there for, by name."""

    people: int
    organisations: tuple[str, ...] = ()

    def quorate(self, meeting: Meeting) -> bool | None:
        """Whether enough are there; None where nobody said how many that is."""
        plan = meeting.plan
        if plan.quorum_people is None and plan.quorum_organisations is None:
            return None
        enough = self.people >= (plan.quorum_people or 0)
        return enough and len(self.organisations) >= (plan.quorum_organisations or 0)


_DUE = re.compile(r"(?:^|\s)(?:do|until|by|до)\s+(\S+(?:\s+\S+){0,3})\s*$", re.IGNORECASE)
_DUE_FIRST = re.compile(r"^(?:do|until|by|до)\s+(\d{1,2}\.\d{1,2}(?:\.\d{4})?\.?)\s+", re.IGNORECASE)


def read_line(kind: Kind, words: str, now: datetime, zone: ZoneInfo) -> tuple[str, date | None] | Text:
    """A marked line, and the day of a task: "lista lokali do 15.12", or "do 15.12 lista lokali".

    Returns a text of the locale files where it is no line, or where the day is not sure.
    """
    line = one_line(clean(words))
    due: date | None = None
    if kind is Kind.TASK:
        first, last = _DUE_FIRST.match(line), _DUE.search(line)
        phrase, rest = (
            (first[1], line[first.end() :]) if first else (last[1], line[: last.start()]) if last else ("", "")
        )
        if phrase:
            when = read_when(phrase, now, zone)
            # "do" is also an everyday word: only what looks like a date has to be one.
            if not isinstance(when, Text):
                due, line = when.day, rest.strip(" ,;:")
            elif any(char.isdigit() for char in phrase):
                return when
    if not any(char.isalnum() for char in line):
        return text("minute-empty")
    return (line, due) if len(line) <= LONGEST_LINE else text("minute-long", limit=LONGEST_LINE)
