"""Hours as people write them, across the days on which clocks jump."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.wall import clocks_show, instant, next_at, shown

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("now", "hour", "at"),
    [
        ("2026-12-01T17:00+01:00", time(18), "2026-12-01T18:00+01:00"),
        ("2026-12-01T18:00+01:00", time(18), "2026-12-02T18:00+01:00"),
        ("2026-12-01T23:30+01:00", time(0, 15), "2026-12-02T00:15+01:00"),
        # 28 March 2027: 02:30 is left out; the first instant after the gap is 03:00 summer time.
        ("2027-03-28T01:00+01:00", time(2, 30), "2027-03-28T03:00+02:00"),
        ("2027-03-27T12:00+01:00", time(2, 0), "2027-03-28T03:00+02:00"),
        # 31 October 2027: 02:30 comes twice; the first one is meant.
        ("2027-10-31T01:00+02:00", time(2, 30), "2027-10-31T02:30+02:00"),
    ],
)
def test_the_next_time_that_clocks_show_it(now: str, hour: time, at: str) -> None:
    assert next_at(hour, datetime.fromisoformat(now), WARSAW) == datetime.fromisoformat(at)


@given(st.integers(0, 4 * 366 * 24 * 3600), st.times())
def test_it_is_never_past_and_never_far(seconds: int, hour: time) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    at = next_at(hour.replace(second=0, microsecond=0, fold=0), now, WARSAW)
    assert now < at <= now + timedelta(hours=50)


def test_today_has_no_date() -> None:
    now = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    assert shown(now + timedelta(hours=1), now, WARSAW) == "18:00"
    tomorrow = now + timedelta(hours=8)
    assert shown(tomorrow, now, WARSAW) == tomorrow


@pytest.mark.parametrize(
    ("wall", "times", "at"),
    [
        ("2026-12-01T18:00", 1, "2026-12-01T18:00+01:00"),
        ("2027-03-28T02:30", 0, "2027-03-28T03:00+02:00"),
        ("2027-10-31T02:30", 2, "2027-10-31T02:30+02:00"),
    ],
)
def test_how_often_clocks_show_it_and_when_first(wall: str, times: int, at: str) -> None:
    assert clocks_show(datetime.fromisoformat(wall), WARSAW) == times
    assert instant(datetime.fromisoformat(wall), WARSAW) == datetime.fromisoformat(at)
