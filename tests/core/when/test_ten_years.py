"""Ten years of 500 series in six zones, against an oracle that walks over local days and shares no code with them."""

import calendar
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.core.wall import instant
from bot.core.when.recurrence import Every, Rule, fits, occurrences

ZONES = ("Europe/Warsaw", "Europe/Kyiv", "Europe/London", "UTC", "America/St_Johns", "Australia/Lord_Howe")
SERIES = 504
YEARS = 10
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@cache
def changes(zone: str) -> list[tuple[datetime, timedelta]]:
    """Each change of a zone's offset in these years, found by looking at every hour: its instant, the offset after."""
    there = ZoneInfo(zone)

    def offset(at: datetime) -> timedelta:
        return at.astimezone(there).replace(tzinfo=None) - at.replace(tzinfo=None)

    found = [(BEGIN, offset(BEGIN))]
    at = BEGIN
    while at < END:
        following = at + timedelta(hours=1)
        if offset(following) != found[-1][1]:
            while offset(at) == found[-1][1]:
                at += MINUTE
            found.append((at, offset(at)))
        at = following
    return found


def oracle_instant(wall: datetime, zone: str) -> datetime:
    """The first instant at which the clocks show it; if they never do, the change that leaves it out."""
    known = changes(zone)
    for (begins, offset), after in zip(known, [*known[1:], (END, timedelta())], strict=True):
        at = wall.replace(tzinfo=UTC) - offset
        if begins <= at < after[0]:
            return at
        if at < begins:
            return begins
    raise AssertionError(wall)


def oracle_days(rule: Rule, first: date, end: date) -> Iterator[date]:
    """Every day of ten years, asked one by one whether the series has it."""
    day, found = first, 0
    while day < end:
        if names(rule, first, day) and (rule.until is None or day <= rule.until):
            found += 1
            if rule.count is None or found <= rule.count:
                yield day
        day += timedelta(days=1)


def names(rule: Rule, first: date, day: date) -> bool:
    if rule.every is Every.DAY:
        return (day - first).days % rule.interval == 0
    if rule.every is Every.WEEK:
        return day.weekday() == first.weekday() and (day - first).days // 7 % rule.interval == 0
    if ((day.year - first.year) * 12 + day.month - first.month) % rule.interval:
        return False
    if rule.weekday is None:
        return day.day == first.day
    days = [week[rule.weekday] for week in calendar.monthcalendar(day.year, day.month) if week[rule.weekday]]
    return day.day == (days[-1] if rule.nth == -1 else days[(rule.nth or 1) - 1])


def made(random: Random) -> tuple[Rule, datetime]:
    first = date(2026, 1, 1) + timedelta(days=random.randrange(365))
    kinds: list[Callable[[], Rule]] = [
        lambda: Rule(Every.DAY, random.choice([1, 1, 2, 7, 30])),
        lambda: Rule(Every.WEEK, random.choice([1, 1, 1, 2, 3]), random.choice([None, 0, 1, 6])),
        lambda: Rule(Every.MONTH, random.choice([1, 1, 2, 3, 12])),
        lambda: Rule(Every.MONTH, 1, random.randrange(7), random.choice([1, 2, 3, 4, -1])),
    ]
    rule = random.choice(kinds)()
    end = random.choice(["", "", "count", "until"])
    count = random.randrange(2, 300) if end == "count" else None
    until = first + timedelta(days=random.randrange(60, 3000)) if end == "until" else None
    rule = Rule(rule.every, rule.interval, rule.weekday, rule.nth, count, until)
    while not fits(rule, first):
        first += timedelta(days=1)
    # Most hours at night, when clocks are changed.
    hour = random.choice([0, 0, 1, 1, 2, 2, 2, 3, 17, 23])
    return rule, datetime.combine(first, datetime.min.time()).replace(hour=hour, minute=random.choice([0, 10, 30, 59]))


@pytest.mark.parametrize("zone", ZONES)
def test_ten_years_of_series_fall_on_the_right_instants(zone: str) -> None:
    random = Random(zone)
    compared = 0
    for _ in range(SERIES // len(ZONES)):
        rule, first = made(random)
        end = date(first.year + YEARS, first.month, min(first.day, 28))
        walls = [wall for wall in occurrences(rule, first) if wall.date() < end]
        ours = [instant(wall, ZoneInfo(zone)) for wall in walls]
        days = oracle_days(rule, first.date(), end)
        theirs = [oracle_instant(datetime.combine(day, first.time()), zone) for day in days]
        assert ours == theirs, (zone, rule, first)
        compared += len(ours)
    assert compared > 100
