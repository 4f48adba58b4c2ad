"""Dates and hours as people type them, read strictly: what has two meanings or a word that is not known is asked about.

Rules that decide (the bot repeats the full date and hour before it accepts):

- 18:00 is on the 24-hour clock. An hour without minutes below 8, or any up to 12 in English, needs its half of the day.
- A day without a year is the next one, unless that is more than nine months away: then it is one that is past.
- A weekday is the next one, unless it is today's. "Next Tuesday" while there is one this week still is asked about.
- An hour that the clocks leave out or show twice that night is asked about.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.content import Text, text
from bot.core.wall import clocks_show
from bot.core.when.phrases import (
    Ahead,
    Date,
    Hour,
    Item,
    Phrase,
    Unreadable,
    Until,
    Week,
    Weekday,
    of_side,
    shared_half,
)
from bot.core.when.result import When
from bot.core.when.vocabulary import AFTERNOON, EVENING, MORNING, NEXT, PM

AHEAD_AT_MOST = timedelta(days=274)
"""How far away a day without a year may be."""
_YEARS = 10
_HALVES = {MORNING: range(3, 12), PM: range(1, 13), AFTERNOON: range(1, 7), EVENING: range(4, 12)}
_SURE_FROM = 8
"""An hour without minutes from here on is one of the 24-hour clock, where people use it."""


def read_when(words: str, now: datetime, zone: ZoneInfo, *, day: date | None = None) -> When | Text:
    """The day, and the hour and end if they are said, of a phrase such as "jutro o 18" or "2.12.2026 17:00-19:00".

    Args:
        day: of a phrase that says only an hour; without it such a phrase is refused.

    Returns a text of the locale files that says what was not understood, with an example. Nothing is guessed.
    """
    today = now.astimezone(zone).date()
    try:
        return _read(Phrase(words), now, zone, today, day)
    except Unreadable as unreadable:
        shown = "18:00" if day else example(today)
        return Text(unreadable.why.id, (*unreadable.why.args, ("example", shown)))


def read_next(words: str, now: datetime, zone: ZoneInfo, days: Iterable[date]) -> When | Text:
    """As `read_when`; an hour alone is of the first of these days on which it is still to come."""
    found: When | Text = text("when-no-day", example=example(now.astimezone(zone).date()))
    for day in days:
        found = read_when(words, now, zone, day=day)
        if isinstance(found, When) or found.id != "when-past":
            break
    return found


def example(today: date) -> str:
    """A date and hours to show how they are written: in a week."""
    day = today + timedelta(days=7)
    return f"{day.day}.{day.month:02}.{day.year} 17:00-19:00"


def _read(phrase: Phrase, now: datetime, zone: ZoneInfo, today: date, given: date | None) -> When:
    left, right = _sides(phrase.items)
    days, hours = of_side(left)
    end_days, end_hours = of_side(right)
    if len(hours) > 1 or len(end_hours) > 1 or (right and not (hours and end_hours)):
        raise Unreadable(text("when-hours"))
    hour, end_hour = _hours(hours, end_hours, english=phrase.english)
    if not days and (given is None or hour is None):
        raise Unreadable(text("when-no-day"))
    day = _one_day(days, today) if days else given or today
    ends = datetime.combine(_one_day(end_days, today) if end_days else day, end_hour) if end_hour else None
    _check(day, hour, ends, now, zone)
    return When(day, hour, ends)


def _sides(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """What is said of the start and of the end. A dash before any hour is punctuation."""
    at = [index for index, item in enumerate(items) if isinstance(item, Until)]
    hour = next((index for index, item in enumerate(items) if isinstance(item, Hour)), len(items))
    at = [index for index in at if index > hour or not items[index].dash]  # type: ignore[union-attr]
    if not at:
        return items, []
    if len(at) > 1 or at[0] == len(items) - 1:
        raise Unreadable(text("when-hours"))
    return items[: at[0]], items[at[0] + 1 :]


# --- hours ---


def _hours(hours: list[Hour], end_hours: list[Hour], *, english: bool) -> tuple[time | None, time | None]:
    if not hours:
        return None, None
    if not end_hours:
        return _time(hours[0], english=english), None
    start, end = shared_half(hours[0], end_hours[0])
    # One hour that can only be of the 24-hour clock tells how the other is meant.
    sure = any(one.hour > 12 or one.minute is not None for one in (start, end)) and not (start.half or end.half)
    return _time(start, english=english, sure=sure), _time(end, english=english, sure=sure)


def _time(hour: Hour, *, english: bool, sure: bool = False) -> time:
    minute = hour.minute or 0
    shown = f"{hour.hour}:{minute:02}"
    if hour.hour > 23 or minute > 59:
        raise Unreadable(text("when-no-hour", words=shown))
    if not hour.half:
        if hour.minute is None and not sure and (hour.hour < _SURE_FROM or (english and hour.hour <= 12)):
            later = f"{hour.hour + 12}:00" if 0 < hour.hour < 12 else "12:00" if hour.hour == 12 else "24:00"
            raise Unreadable(text("when-which-half", words=f"{hour.hour}:00", other=later))
        return time(hour.hour, minute)
    if hour.hour > 12 and hour.half != MORNING:
        return time(hour.hour, minute)
    if hour.hour not in _HALVES[hour.half]:
        raise Unreadable(text("when-no-hour", words=shown))
    return time(hour.hour if hour.half == MORNING or hour.hour == 12 else hour.hour + 12, minute)


# --- days ---


def _one_day(days: list[Item], today: date) -> date:
    """The day that all of them say."""
    weekdays = [item for item in days if isinstance(item, Weekday)]
    weeks = [item for item in days if isinstance(item, Week)]
    exact = {_exact(item, today) for item in days if isinstance(item, Date | Ahead)}
    if len(exact) > 1 or len(weekdays) > 1 or len(weeks) > 1 or (weeks and (exact or not weekdays)):
        raise Unreadable(text("when-days"))
    if weeks:
        if weekdays[0].which:
            raise Unreadable(text("when-days"))
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if weeks[0].which == NEXT else 0)
        return monday + timedelta(days=weekdays[0].number)
    if not exact:
        return _weekday(weekdays[0], today)
    [day] = exact
    if weekdays and weekdays[0].number != day.weekday():
        raise Unreadable(text("when-weekday", date=day))
    return day


def _exact(item: Item, today: date) -> date:
    if isinstance(item, Ahead):
        return today + timedelta(days=item.days)
    assert isinstance(item, Date)  # noqa: S101 - `_one_day` asks for no other
    if item.year is not None:
        return _day(item, item.year)
    try:
        day = _day(item, today.year)
    except Unreadable:
        day = date.min
    if day >= today:
        return day
    following = _day(item, today.year + 1)
    if following - today > AHEAD_AT_MOST:
        raise Unreadable(text("when-past-year", date=day if day != date.min else following))
    return following


def _day(item: Date, year: int) -> date:
    try:
        return date(year, item.month, item.day)
    except ValueError:
        shown = f"{item.day}.{item.month:02}.{year}"
        raise Unreadable(text("when-no-such-day", words=shown)) from None


def _weekday(item: Weekday, today: date) -> date:
    """The coming one. Where there are two in question both are named."""
    ahead = (item.number - today.weekday()) % 7
    first, second = today + timedelta(days=ahead), today + timedelta(days=ahead + 7)
    if item.which == NEXT:
        if ahead == 0:
            return second
        if item.number > today.weekday():
            raise Unreadable(text("when-which-day", first=first, second=second))
        return first
    if ahead == 0 or (item.which == "this" and item.number < today.weekday()):
        raise Unreadable(text("when-which-day", first=first, second=second))
    return first


# --- the whole ---


def _check(day: date, hour: time | None, ends: datetime | None, now: datetime, zone: ZoneInfo) -> None:
    local = now.astimezone(zone).replace(tzinfo=None)
    starts = datetime.combine(day, hour or time.max)
    if starts <= local:
        raise Unreadable(text("when-past", date=day))
    if (ends or starts).year > local.year + _YEARS:
        raise Unreadable(text("when-far", date=day))
    if ends and ends <= starts:
        raise Unreadable(text("when-end-first"))
    for wall in [starts] * (hour is not None) + [ends] * (ends is not None):
        times = clocks_show(wall, zone)  # type: ignore[arg-type]
        if times != 1:
            missing = "when-hour-missing" if times == 0 else "when-hour-twice"
            raise Unreadable(text(missing, words=f"{wall:%H:%M}"))
