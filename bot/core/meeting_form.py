"""The quick form of a meeting: one line with bars. Everything that is wrong with it is a text that says what to do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.clean import clean, fold, one_line
from bot.core.content import Text, text
from bot.core.meeting_terms import read_term
from bot.core.meetings import Plan
from bot.core.reminders import DEFAULT, read_offsets
from bot.core.when.result import When
from bot.core.when.series import Start, is_series, read_start

LONGEST_TITLE, LONGEST_PLACE = 200, 300
MOST_SEATS = 100_000
MOST_INVITED = 50
_SEATS = re.compile(
    r"(?:(?:miejsc|miejsca|limit|seats|places|місць|місця)\s*:?\s*)?([0-9]{1,6})"
    r"(?:\s*(?:miejsc|miejsca|miejsce|osob|osoby|seats|seat|places|people|місць|місця|місце|осіб|особи))?"
)
_BARE = re.compile(r"[0-9]{1,6}")
_REMIND = re.compile(r"(?:przypomnienia|przypomnij|przypomnienie|reminders?|remind|нагадування|нагадати)\s*:?\s*(.*)")
_INVITED = frozenset(["zaproszone", "zaproszeni", "invited", "запрошені"])
_LABEL = re.compile(r"(miejsce|link|gdzie|place|where|місце|де|obszar|area|напрям)\s*:\s*(?!//)", re.IGNORECASE)


def read_meeting(
    words: str,
    area_of: Callable[[str], str | None],
    now: datetime,
    zone: ZoneInfo,
    organisation_of: Callable[[str], str | None] = lambda _name: None,
) -> Plan | Text:
    """A meeting from `Title | start | place or link | area`; only the first two are needed. Behind them may also stand,
    in any order, how often, how many seats, which reminders, which organisations, and what `meeting_terms` reads.

    Args:
        area_of: the id of an area by its name.
        organisation_of: that of an organisation.

    Returns a text of the locale files where it makes no meeting.
    """
    first, *parts = [one_line(part) for part in re.split(r"[|\n]", clean(words).strip())]
    parts = [part for part in parts if part]
    title = read_title(first)
    if isinstance(title, Text):
        return title
    if not parts:
        return text("meeting-no-start")
    series = [part for part in parts[1:] if is_series(part)]
    start = read_start(", ".join([parts[0], *series]), now, zone)
    if isinstance(start, Text):
        return start
    plan = _Reading(_plan(title, start), area_of, organisation_of)
    for part in parts[1:]:
        if part not in series and (problem := plan.read(part)):
            return problem
    return plan.plan


def read_title(words: str) -> str | Text:
    """A title alone; a text of the locale files where it is none."""
    title = one_line(clean(words))
    if not any(char.isalnum() for char in title):
        return text("meeting-no-title")
    return title if len(title) <= LONGEST_TITLE else text("meeting-title-long", limit=LONGEST_TITLE)


def read_place(words: str) -> str | Text:
    """A place or a link alone."""
    place = one_line(clean(words))
    if not any(char.isalnum() for char in place):
        return text("meeting-term-empty")
    return place if len(place) <= LONGEST_PLACE else text("meeting-place-long", limit=LONGEST_PLACE)


def read_seats(words: str) -> int | Text:
    """A number of seats alone."""
    seats = _SEATS.fullmatch(fold(one_line(words)))
    return int(seats[1]) if seats and 0 < int(seats[1]) <= MOST_SEATS else text("meeting-seats-wrong", most=MOST_SEATS)


def read_invited(words: str, organisation_of: Callable[[str], str | None]) -> list[str] | Text:
    """The ids of organisations that are named one after another, with commas between."""
    names = [name for part in re.split(r"[,;]", one_line(clean(words))) if (name := part.strip())]
    if not names:
        return text("meeting-term-empty")
    found: dict[str, None] = {}
    for name in names:
        id_ = organisation_of(name)
        if id_ is None:
            return text("meeting-organisation-unknown", name=name)
        found[id_] = None
    return list(found) if len(found) <= MOST_INVITED else text("meeting-invited-many", most=MOST_INVITED)


def length_of(when: When) -> timedelta | None:
    """How long it lasts, if an end was given."""
    return when.ends - when.wall if when.ends else None


def _plan(title: str, start: Start) -> Plan:
    return Plan(title, start.when.wall, length_of(start.when), start.rule, reminders=DEFAULT)


@dataclass(slots=True)
class _Reading:
    """The parts behind the start, one after another."""

    plan: Plan
    area_of: Callable[[str], str | None]
    organisation_of: Callable[[str], str | None]

    def read(self, part: str) -> Text | None:
        """Take a part into the plan; a text where it makes no sense."""
        term = read_term(part)
        if isinstance(term, Text):
            return term
        if term is not None:
            self.plan = replace(self.plan, **term)
            return None
        head, colon, rest = part.partition(":")
        if colon and fold(head).strip() in _INVITED:
            invited = read_invited(rest, self.organisation_of)
            if isinstance(invited, Text):
                return invited
            self.plan = replace(self.plan, invited=tuple(invited))
            return None
        plain = fold(part)
        if remind := _REMIND.fullmatch(plain):
            offsets = read_offsets(remind[1])
            if offsets is None:
                return text("meeting-reminders-unknown")
            self.plan = replace(self.plan, reminders=offsets)
            return None
        if _BARE.fullmatch(plain):
            return text("meeting-part-unknown", words=part)
        if _SEATS.fullmatch(plain):
            count = read_seats(part)
            if isinstance(count, Text):
                return count
            self.plan = replace(self.plan, capacity=count)
            return None
        label = _LABEL.match(part)
        named = part[label.end() :] if label else part
        area = self.area_of(named)
        if area and self.plan.area is None:
            self.plan = replace(self.plan, area=area)
            return None
        if self.plan.place or (label and fold(label[1]) in {"obszar", "area", "напрям"}):
            return text("meeting-part-unknown", words=named)
        if len(named) > LONGEST_PLACE:
            return text("meeting-place-long", limit=LONGEST_PLACE)
        self.plan = replace(self.plan, place=named)
        return None
