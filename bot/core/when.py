"""Time as a port: nobody but the clock asks what time it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The one source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
