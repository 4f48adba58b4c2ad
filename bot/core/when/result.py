"""What a phrase that says when means: a day, an hour, an end, as clocks on the wall show them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.core.wall import instant


@dataclass(frozen=True, slots=True)
class When:
    """A local date, the hour if one was given, and the end (local, naive) if one was given."""

    day: date
    hour: time | None = None
    ends: datetime | None = None

    @property
    def wall(self) -> datetime:
        """The start as the clocks show it; midnight where no hour was given."""
        return datetime.combine(self.day, self.hour or time())

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """The start as an instant, UTC."""
        return instant(self.wall, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime | None:
        """The end as an instant, UTC, if one was given."""
        return instant(self.ends, zone) if self.ends else None
