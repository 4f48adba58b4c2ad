"""Hours as people write them, across the days on which clocks jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.wall import clocks_show, instant, shown

WARSAW = ZoneInfo("Europe/Warsaw")


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
