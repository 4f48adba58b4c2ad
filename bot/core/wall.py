"""The clock on the wall: hours as people write them, in the federation's zone, and the instants they mean."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def shown(at: datetime, now: datetime, zone: ZoneInfo) -> str | datetime:
    """An instant for a text: the hour alone when it is today, else with its date."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else at


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks in the zone show this (naive) time, in UTC: in a gap the first instant after it, of an hour that
    comes twice the first."""
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    # In a gap the later offset gives the earlier instant; the clocks jump somewhere between the two.
    while (
        before > after
        and (before - timedelta(minutes=1)).astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset()
    ):
        before -= timedelta(minutes=1)
    return before


def clocks_show(wall: datetime, zone: ZoneInfo) -> int:
    """How often the clocks in the zone show this (naive) time: once, or on the days when they are changed never or
    twice."""
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        return 0
    return 1 if first.utcoffset() == second.utcoffset() else 2
