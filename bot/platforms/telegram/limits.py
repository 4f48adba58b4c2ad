"""How fast Telegram may be called, and how to tell whose limit a 429 speaks of."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from telegram.constants import FloodLimit

from bot.platforms.port import Outgoing, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramLimits:
    """Messages sent and edited: a second in all, a minute in a group or channel, 3 seconds to a person. 0 is no limit.

    The figures are those of Telegram's Bot FAQ; the real limits are not published. A person's one a second is taken
    as 3 in 3, so that an answer in two messages is not torn apart.
    """

    overall: int = int(FloodLimit.MESSAGES_PER_SECOND)
    group: int = int(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP)
    private: int = 3 * FloodLimit.MESSAGES_PER_SECOND_PER_CHAT


class Pace:
    """The limits of each call."""

    def __init__(self, limits: TelegramLimits) -> None:
        self._limits = limits
        self._overall = Rate("all", limits.overall, 1.0)

    def rates(self, outgoing: Outgoing) -> Sequence[Rate]:
        """What a call counts against; answers to presses count against nothing. Topics share their group's limit."""
        if outgoing.op == "ack":
            return ()
        rates = [self._overall] if self._limits.overall else []
        if outgoing.op == "delete":
            return rates
        chat_id = outgoing.chat.chat_id or outgoing.account_id or ""
        if chat_id.startswith(("-", "@")):
            if self._limits.group:
                rates.append(Rate(chat_id, self._limits.group, 60.0))
        elif self._limits.private:
            rates.append(Rate(chat_id, self._limits.private, 3.0))
        return rates


class Floods:
    """Refusals by 429 of late. The answer does not say whether one chat is meant or the bot as a whole."""

    CHATS = 3
    SECONDS = 1.0

    def __init__(self) -> None:
        self._recent: deque[tuple[float, str]] = deque()

    def general(self, chat_id: str, now: float) -> bool:
        """Count one. True when `CHATS` different chats were refused within `SECONDS`: then all are meant."""
        self._recent.append((now, chat_id))
        while self._recent[0][0] < now - self.SECONDS:
            self._recent.popleft()
        return len({chat for _, chat in self._recent}) >= self.CHATS
