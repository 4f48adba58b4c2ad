"""The clock on the wall: hours as people write them, in the federation's zone, and the instants they mean."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_HOUR = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})(?:\.([0-9]{4}))?|([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_hour(words: str) -> time | None:
    """ "18:00" or "18.00" as an hour of the day; None when it is no hour that there is."""
    match = _HOUR.fullmatch(words.strip())
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def next_at(hour: time, now: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks in the zone show this hour next, in UTC: today, or tomorrow if it is past.

    An hour that the clocks leave out in spring means the first instant after the gap; one that they show twice in
    autumn means the first time.
    """
    today = now.astimezone(zone).date()
    at = _instant(datetime.combine(today, hour), zone)
    return at if at > now else _instant(datetime.combine(today + timedelta(days=1), hour), zone)


def read_moment(words: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """An hour ("18:00", the next one), or a day and an hour ("1.12 18:00", "2026-12-01 18:00"), as an instant in UTC.

    A day without a year is the next one there is. None when it is no such thing; a day with a year may be past.
    """
    *day, hour = words.strip().rsplit(maxsplit=1) or [""]
    at = read_hour(hour)
    if at is None or not day:
        return next_at(at, now, zone) if at else None
    found = _DAY.fullmatch(day[0].rstrip(","))
    if found is None:
        return None
    today = now.astimezone(zone).date()
    year = int(found[3] or found[4] or today.year)
    try:
        date = today.replace(year=year, month=int(found[2] or found[5]), day=int(found[1] or found[6]))
        instant = _instant(datetime.combine(date, at), zone)
        if not (found[3] or found[4]) and instant <= now:
            instant = _instant(datetime.combine(date.replace(year=year + 1), at), zone)
    except ValueError:
        return None
    return instant


def shown(at: datetime, now: datetime, zone: ZoneInfo) -> str | datetime:
    """An instant for a text: the hour alone when it is today, else with its date."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else at


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    # In a gap the later offset gives the earlier instant; the clocks jump somewhere between the two.
    while (
        before > after
        and (before - timedelta(minutes=1)).astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset()
    ):
        before -= timedelta(minutes=1)
    return before
