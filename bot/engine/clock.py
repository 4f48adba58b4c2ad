"""The two clocks: the system's, and one that stands until it is moved."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present instant, UTC."""
        return datetime.now(UTC)

    def until(self, instant: datetime) -> float:
        """Seconds to wait for an instant."""
        return (instant - self.now()).total_seconds()


class VirtualClock:
    """Time for scripts and tests: it moves only forward and only when told."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._now

    def until(self, _instant: datetime) -> None:
        """Nothing to wait for: whoever moves the clock wakes the sleepers."""
        return

    def move(self, to: datetime) -> None:
        """Go on to an instant; one that is past already changes nothing."""
        self._now = max(self._now, to.astimezone(UTC))
