"""Trouble on demand, and a limiter that refuses as Telegram's does."""

import math
import time
from collections import Counter, deque
from dataclasses import dataclass

from .errors import ERRORS, ApiError, flood

# How a connection or an answer can go wrong besides an error answer. "after" = the call has taken effect.
BROKEN = frozenset({"reset_before", "reset_after", "hang_after", "stall", "truncated", "drip", "html_502", "migrate"})


@dataclass
class Fault:
    """What happens to matching calls: `skip` of them pass, then `times` are hit.

    `kind` is a key of errors.json or one of BROKEN; `seconds` is the length of a stall, a drip or the pause
    that a flood (429) asks for.
    """

    kind: str
    method: str | None = None
    chat: int | None = None
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    used: int = 0

    def __post_init__(self) -> None:
        if self.kind not in BROKEN and self.kind not in ERRORS:
            raise ValueError(f"no such fault: {self.kind}")
        self.method = self.method.lower() if self.method else None

    @property
    def over(self) -> bool:
        """Has it hit as often as it should?"""
        return self.used >= self.times

    def hits(self, method: str, chat: object) -> bool:
        """Does it hit this call? Counts the call."""
        if self.over or (self.method is not None and self.method != method):
            return False
        if self.method is None and method == "getupdates":
            # Polls are only hit when named, otherwise they would eat the faults meant for answers.
            return False
        if self.chat is not None and str(self.chat) != str(chat):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.used += 1
        return True

    def error(self) -> ApiError | None:
        """The error answer of this fault, if it is one."""
        if self.kind == "flood":
            return flood(math.ceil(self.seconds))
        return ApiError(self.kind) if self.kind in ERRORS else None


@dataclass(frozen=True)
class Limits:
    """Telegram's published limits of sending (Bot FAQ): 30 a second in all, 1 a second in a chat, 20 a minute a group.

    `minute` and `second` can be shortened so that tests need not wait.
    """

    overall: int = 30
    private: float = 1.0
    private_burst: int = 3
    group: int = 20
    second: float = 1.0
    minute: float = 60.0
    edits_count: bool = True


class Limiter:
    """Windows for everything and for each group, a leaky bucket for each private chat; counts what it refused."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.refused: Counter[str] = Counter()
        self._all: deque[float] = deque()
        self._groups: dict[str, deque[float]] = {}
        self._private: dict[str, tuple[float, float]] = {}

    def admit(self, method: str, chat: str) -> None:
        """Let a call to a chat through, or refuse it with 429 and the pause it has to make."""
        if not method.startswith(("send", "copy", "forward")) and not (
            method.startswith("edit") and self.limits.edits_count
        ):
            return
        now = time.monotonic()
        group = chat.startswith(("-", "@"))
        waits = [self._window(self._all, now, self.limits.second, self.limits.overall)]
        if group:
            times = self._groups.setdefault(chat, deque())
            waits.append(self._window(times, now, self.limits.minute, self.limits.group))
        else:
            tokens, before = self._private.get(chat, (float(self.limits.private_burst), now))
            rate = self.limits.private / self.limits.second
            tokens = min(float(self.limits.private_burst), tokens + (now - before) * rate)
            waits.append(0.0 if tokens >= 1 else (1 - tokens) / rate)
        wait = max(waits)
        if wait > 0:
            self.refused[chat] += 1
            raise flood(max(1, math.ceil(wait)))
        self._all.append(now)
        if group:
            self._groups[chat].append(now)
        else:
            self._private[chat] = (tokens - 1, now)

    @staticmethod
    def _window(times: deque[float], now: float, length: float, most: int) -> float:
        while times and times[0] <= now - length:
            times.popleft()
        return 0.0 if len(times) < most else times[0] + length - now
