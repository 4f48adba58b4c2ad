"""When people are reminded of a meeting: so long before, never at night, late only while it still helps."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.clean import fold
from bot.core.wall import instant

DAY, HOUR = 24 * 60, 60
DEFAULT = (7 * DAY, DAY, 2 * HOUR)
"""Minutes before the start: a week, a day, two hours."""
MOST = 5
LONGEST = 60 * DAY
NUDGE = 0
"""Instead of minutes: the one message to those who follow the meeting's area and have said nothing yet."""
QUIET_FROM, QUIET_TO = time(21), time(8)
_EVENING = time(20, 30)
_ENOUGH = timedelta(minutes=30)
"""A reminder that the night puts off has to come so long before the start; else it comes the evening before."""
LATE = timedelta(minutes=15)
"""A reminder that is sent so long after its time says so."""

_UNITS = {
    DAY: "d dni dzien dnia day days день дні днів дн",
    HOUR: "h g godz godzina godziny godzin godzine hour hours год година години годин годину",
    1: "m min minuta minuty minut minute minutes хв хвилина хвилини хвилин",
    7 * DAY: "tydzien tygodnie tygodni week weeks тиждень тижні тижнів",
}
_UNIT = {word: minutes for minutes, words in _UNITS.items() for word in words.split()}
_NONE = {"brak", "bez", "none", "no", "немає", "без"}
_PART = re.compile(r"([0-9]{1,3})\s*([^\W\d_]+)\.?")


class Fate(StrEnum):
    """What came of a reminder: each has exactly one."""

    SENT = "sent"
    LATE = "late"
    EXPIRED = "expired"


def read_offsets(words: str) -> tuple[int, ...] | None:
    """ "7 dni, 1 dzień, 2 godziny" as minutes, the longest first; empty for "brak"; None when it is no such list."""
    plain = fold(words).strip()
    if plain in _NONE:
        return ()
    found: set[int] = set()
    for part in re.split(r"[,;]|\s(?:i|and|та|і)\s", plain):
        match = _PART.fullmatch(part.strip())
        if match is None or match[2] not in _UNIT:
            return None
        found.add(int(match[1]) * _UNIT[match[2]])
    return (
        tuple(sorted(found, reverse=True)) if 0 < len(found) <= MOST and max(found) <= LONGEST and min(found) else None
    )


def due_at(starts_at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """When to remind, so many minutes before the start. Whole days are counted on the wall: the hour stays the same
    where clocks change between. At night it waits for the morning, or comes the evening before if that were too late.
    """
    if minutes % DAY == 0:
        local = starts_at.astimezone(zone).replace(tzinfo=None) - timedelta(minutes=minutes)
        at = instant(local, zone)
    else:
        at = starts_at - timedelta(minutes=minutes)
    return awake(at, starts_at, zone)


def awake(at: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The same instant, or when it is night the morning after; the evening before where the morning is too late."""
    local = at.astimezone(zone).replace(tzinfo=None)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    morning = instant(datetime.combine(day, QUIET_TO), zone)
    if morning + _ENOUGH <= starts_at:
        return morning
    return instant(datetime.combine(day - timedelta(days=1), _EVENING), zone)


def fate_of(
    minutes: int, offsets: Sequence[int], starts_at: datetime, due: datetime, now: datetime, zone: ZoneInfo
) -> Fate:
    """What comes of a reminder whose timer fires now: one that is late still helps before the start, unless a nearer
    one is due as well."""
    nearer = any(due_at(starts_at, other, zone) <= now for other in offsets if other < minutes)
    if now >= starts_at or nearer:
        return Fate.EXPIRED
    return Fate.LATE if now - due > LATE else Fate.SENT
