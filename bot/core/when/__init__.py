"""Time as a port: nobody but the clock asks what time it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The one source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    def until(self, instant: datetime) -> float | None:
        """Seconds to wait for an instant; None where time stands until somebody moves it."""
