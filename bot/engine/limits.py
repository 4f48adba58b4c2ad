"""Sliding windows: how many calls a network allows, overall and by chat, and the pauses that it asked for."""

from collections import deque
from collections.abc import Sequence

from bot.platforms.port import Rate

OVERALL = "all"
"""The key of rates that count every call of an adapter."""


class Limits:
    """Counts calls against rates. Times are of a monotonic clock, in seconds."""

    def __init__(self) -> None:
        # By key and length: one key may have a rate for the second and another for the minute.
        self._windows: dict[tuple[str, float], deque[float]] = {}
        self._overall: dict[tuple[int, float], Rate] = {}
        self._paused_until = 0.0

    def wait(self, rates: Sequence[Rate], now: float) -> float:
        """Seconds until a call that counts against these rates may go; 0 when it may go now."""
        longest = 0.0
        for rate in rates:
            window = self._windows.get((rate.key, rate.seconds))
            if window and len(window) >= rate.count:
                longest = max(longest, window[-rate.count] + rate.seconds - now)
        return longest

    def count(self, rates: Sequence[Rate], now: float) -> None:
        """A call goes out now."""
        self._overall |= {(rate.count, rate.seconds): rate for rate in rates if rate.key == OVERALL}
        for key, seconds in {(rate.key, rate.seconds) for rate in rates}:
            window = self._windows.setdefault((key, seconds), deque())
            window.append(now)
            while window and window[0] <= now - seconds:
                window.popleft()
        if len(self._windows) > 10_000:
            self._forget(now)

    def free(self, now: float) -> int:
        """How many calls the overall rates leave room for at this moment."""
        room = 1 << 30
        for rate in self._overall.values():
            window = self._windows.get((OVERALL, rate.seconds), ())
            room = min(room, rate.count - sum(1 for at in window if at > now - rate.seconds))
        return max(room, 0)

    def next_free(self, now: float) -> float:
        """Seconds until the overall rates and pauses leave room for a call."""
        return max(self.wait(list(self._overall.values()), now), self._paused_until - now, 0.0)

    def pause(self, seconds: float, now: float) -> None:
        """The network asked for silence everywhere."""
        self._paused_until = max(self._paused_until, now + seconds)

    def paused(self, now: float) -> bool:
        """Whether everything has to wait."""
        return now < self._paused_until

    def _forget(self, now: float) -> None:
        # No rate looks back longer than a few minutes; a chat that was silent for an hour starts afresh.
        self._windows = {key: window for key, window in self._windows.items() if window and window[-1] > now - 3600}
