"""The clock on the wall: hours as people write them, in the federation's zone, and the instants they mean."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_HOUR = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")


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
