"""What became of the copies of a card, and of what was sent with it: for progress and reports to people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.refs import ChatRef


class State(StrEnum):
    """Of a row in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Why(StrEnum):
    """Why a row of the outbox failed or was cancelled."""

    GONE = "gone"
    """The bot is not in the chat, may not write there, or is blocked."""
    TOO_LARGE = "too-large"
    """The network takes no file of that size."""
    REFUSED = "refused"
    """The network refuses just this. Of a deletion that is `SENT` all the same: an edit stands for it. Of a message
    that is `SENT`: it was to ring for everybody, and the bot may not do that."""
    WITHDRAWN = "withdrawn"
    """It was taken back before it was sent."""
    NOTHING = "nothing"
    """There was nothing to show, or to do, any more."""
    MISTAKE = "mistake"
    """The bot's own; its log says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Of one chat: how the sending ended, and a deletion or a pin if one was asked for after it.

    Of several messages in the chat (a card and a file that belongs to it, each by its newest try) the one that is worst
    off counts. `account_id` is who was to be written to where no direct chat is known.
    """

    chat: ChatRef
    account_id: str | None = None
    state: State
    why: Why | None = None
    at: datetime | None = None
    message_id: str | None = None
    deleted: State | None = None
    deleted_why: Why | None = None
    pinned: State | None = None

    @property
    def done(self) -> bool:
        """Nothing is on its way there."""
        moving = {State.PENDING, State.SENDING}
        return not moving & {self.state, self.deleted, self.pinned}
