"""Series: a rule (a subset of RFC 5545's RRULE) and the days it names, counted on the wall and not in seconds.

The hour is the wall's; which instant that is on a day, the zone says (`bot.core.wall.instant`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1
_IN_EVERY_MONTH = 28
LONGEST_YEARS = 10
"""How many years after its start a series without an end is followed."""


class Every(StrEnum):
    """The unit that a rule counts in."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a series goes on.

    `weekday` (Monday is 0) is for weeks, and with `nth` (1 to 4, or -1 for the last one) for months; a rule of months
    without it keeps the day of the month, up to the 28th. Months and weeks that are skipped count from the first day.
    """

    every: Every
    interval: int = 1
    weekday: int | None = None
    nth: int | None = None
    count: int | None = None
    until: date | None = None

    def text(self) -> str:
        """As an RRULE. UNTIL is the last day, local."""
        parts = [f"FREQ={self.every}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekday is not None:
            parts.append(f"BYDAY={'' if self.nth is None else self.nth}{DAYS[self.weekday]}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    @property
    def endless(self) -> bool:
        """Whether it names no end."""
        return self.count is None and self.until is None


def read_rule(words: str) -> Rule:
    """The inverse of `Rule.text`."""
    parts = dict(part.split("=") for part in words.split(";"))
    day = parts.get("BYDAY")
    until = parts.get("UNTIL")
    return Rule(
        every=Every(parts["FREQ"]),
        interval=int(parts.get("INTERVAL", 1)),
        weekday=DAYS.index(day[-2:]) if day else None,
        nth=int(day[:-2]) if day and day[:-2] else None,
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=date(int(until[:4]), int(until[4:6]), int(until[6:8])) if until else None,
    )


def fits(rule: Rule, day: date) -> bool:
    """Whether a series with this rule can begin on a day."""
    if rule.every is Every.MONTH and rule.weekday is None and day.day > _IN_EVERY_MONTH:
        return False
    return day in takewhile(lambda one: one <= day, _days(replace(rule, count=None, until=None), day))


def occurrences(rule: Rule, first: datetime) -> Iterator[datetime]:
    """The wall times of a series, rising, from its first one on. What comes after ten years is not followed."""
    horizon = date(first.year + LONGEST_YEARS, first.month, 28)
    for number, day in enumerate(_days(rule, first.date())):
        if day > horizon or (rule.until and day > rule.until) or (rule.count is not None and number >= rule.count):
            return
        yield datetime.combine(day, first.time())


def _days(rule: Rule, first: date) -> Iterator[date]:
    """Every day that the rule names, without an end, none before the first."""
    if rule.every is Every.MONTH:
        yield from (day for day in _in_months(rule, first) if day >= first)
        return
    step = timedelta(days=rule.interval * (1 if rule.every is Every.DAY else 7))
    day = first
    if rule.weekday is not None:
        day += timedelta(days=(rule.weekday - first.weekday()) % 7)
    while day.year < date.max.year:
        yield day
        day += step


def _in_months(rule: Rule, first: date) -> Iterator[date]:
    months = first.year * 12 + first.month - 1
    while months < date.max.year * 12:
        start = date(months // 12, months % 12 + 1, 1)
        yield start.replace(day=first.day) if rule.weekday is None else _nth(start, rule.weekday, rule.nth or 1)
        months += rule.interval


def _nth(month: date, weekday: int, nth: int) -> date:
    if nth == _LAST:
        following = (month + timedelta(days=31)).replace(day=1)
        back = (following - timedelta(days=1)).weekday() - weekday
        return following - timedelta(days=1 + back % 7)
    return month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * (nth - 1))
