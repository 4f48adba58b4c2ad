"""Announcements: their states, when one may go out, and what became of it in each room. Pure rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.core.content import ByLanguage
from bot.core.refs import ChatRef
from bot.core.wall import instant

HOLD = timedelta(seconds=30)
"""How long after "send" it can be taken back before anybody has it."""
SAME_WITHIN = timedelta(minutes=1)
"""The same announcement again within this time is asked about."""
APPROVAL, FAILED = "announcement-approve", "announcement-failed"
"""The kinds of its cards for moderators: it waits for a second person; it went wrong in some rooms."""
GIVEN = ""
"""The language of words that were given without one: what rooms read whose language has no words of its own."""


class Phase(StrEnum):
    """Waiting: a second moderator is to approve. Held: it goes at `due_at`. Sent: every room has its outcome."""

    DRAFT = "draft"
    WAITING = "waiting"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Act(StrEnum):
    """What moves an announcement."""

    SEND = "send"
    ASK = "ask"
    APPROVE = "approve"
    UNDO = "undo"
    GO = "go"
    DONE = "done"
    RETRY = "retry"
    WITHDRAW = "withdraw"
    DROP = "drop"


_NEXT = {
    (Phase.DRAFT, Act.SEND): Phase.HELD,
    (Phase.DRAFT, Act.ASK): Phase.WAITING,
    (Phase.DRAFT, Act.DROP): Phase.DROPPED,
    (Phase.WAITING, Act.APPROVE): Phase.HELD,
    (Phase.WAITING, Act.UNDO): Phase.DRAFT,
    (Phase.WAITING, Act.DROP): Phase.DROPPED,
    (Phase.HELD, Act.UNDO): Phase.DRAFT,
    (Phase.HELD, Act.GO): Phase.SENDING,
    (Phase.SENDING, Act.DONE): Phase.SENT,
    (Phase.SENDING, Act.WITHDRAW): Phase.WITHDRAWN,
    (Phase.SENT, Act.RETRY): Phase.SENDING,
    (Phase.SENT, Act.WITHDRAW): Phase.WITHDRAWN,
}


def after(phase: Phase, act: Act) -> Phase | None:
    """The phase that follows; None when the act does not fit: somebody else was quicker."""
    return _NEXT.get((phase, act))


class Round(StrEnum):
    """What the rooms are going through, and what the report is about."""

    SEND = "send"
    EDIT = "edit"
    WITHDRAW = "withdraw"


class Outcome(StrEnum):
    """What became of it in one room."""

    WAITS = "waits"
    THERE = "there"
    AGAIN = "again"
    """It may be there twice: the network did not say, so it was sent once more with its number."""
    UNSURE = "unsure"
    GONE = "gone"
    REFUSED = "refused"
    TOO_LARGE = "too-large"
    MOVED = "moved"
    MISTAKE = "mistake"
    STOPPED = "stopped"
    """It was withdrawn before it was sent."""
    ABSENT = "absent"
    """There is nothing of it there to change."""
    REPLACED = "replaced"
    """The network deletes it no more: in its place stands that it was withdrawn."""


GOOD = frozenset({Outcome.THERE, Outcome.AGAIN, Outcome.REPLACED, Outcome.STOPPED, Outcome.ABSENT})
RETRIED = frozenset({Outcome.GONE, Outcome.REFUSED, Outcome.MOVED, Outcome.MISTAKE})
"""What may be sent again on request. Not what may be there already, nor what the network never takes."""


@dataclass(frozen=True, slots=True)
class Options:
    """Urgent: quiet hours do not hold it. Pin: where the bot has the right. Receipt: a button "read", as a count.
    Loud: it rings for everybody where the network has that and the bot the right."""

    urgent: bool = False
    pin: bool = False
    receipt: bool = False
    loud: bool = False

    def chosen(self) -> list[str]:
        """Those that are on, as words."""
        return [name for name in ("urgent", "pin", "receipt", "loud") if getattr(self, name)]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be said, and to whom. `words`: pairs of language and words, those `GIVEN` without one first."""

    words: tuple[tuple[str, str], ...]
    target: str
    options: Options = field(default_factory=Options)
    send_at: datetime | None = None

    @property
    def said(self) -> ByLanguage:
        """The words for each reader."""
        return ByLanguage(self.words)

    @property
    def digest(self) -> str:
        """The same for the same announcement to the same rooms."""
        return sha256(repr((self.words, self.target)).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Copy:
    """One room of an announcement: `chat` is its address now, `old` the one it had when it was written.

    `outcome` is that of the sending, as it was at the end of the last round; `again`: it was repeated there.
    """

    chat: ChatRef
    old: ChatRef
    outcome: Outcome = Outcome.WAITS
    again: bool = False


@dataclass(frozen=True, slots=True)
class Announcement:
    """`number` is what people call it by. `author` wrote it, `sender` pressed "send"; `desk` is where its card is.

    `round` counts sendings, corrections and withdrawals; each has one report. `file` is the name of what goes with it,
    `has_file` whether the bot has it by now.
    """

    id: str
    number: int
    phase: Phase
    draft: Draft
    author: str | None
    desk: ChatRef
    made_at: datetime
    copies: tuple[Copy, ...] = ()
    sender: str | None = None
    approver: str | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    corrected: bool = False
    asked_twice: bool = False
    round: int = 0
    round_kind: Round = Round.SEND
    round_at: datetime | None = None
    file: str = ""
    has_file: bool = False
    file_error: str = ""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which only urgent things are sent; none when both are the same."""

    begin: time = time(21)
    end: time = time(8)

    def over(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The instant itself, or the end of the quiet hours that it lies in."""
        local = at.astimezone(zone)
        begun, unended = local.time() >= self.begin, local.time() < self.end
        if not ((begun and unended) if self.begin <= self.end else (begun or unended)):
            return at
        day = local.date() if unended else local.date() + timedelta(days=1)
        return instant(datetime.combine(day, self.end), zone)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator set: `approval_above` is the most rooms that one person may send to alone."""

    zone: ZoneInfo
    quiet: Quiet = field(default_factory=Quiet)
    approval_above: int = 20


def due(draft: Draft, now: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """When it goes out if it is sent now."""
    at = max(now + HOLD, draft.send_at or now)
    return at if draft.options.urgent else quiet.over(at, zone)


def counted(outcomes: Mapping[ChatRef, Outcome]) -> dict[Outcome, int]:
    """How many rooms there are of each outcome, in the order of the outcomes."""
    found = list(outcomes.values())
    return {one: count for one in Outcome if (count := found.count(one))}


def worst(outcomes: Sequence[Outcome]) -> Outcome:
    """Of several messages in one room: what is not done yet, then what went wrong, then what went well."""
    order = [Outcome.WAITS, *(one for one in Outcome if one not in GOOD and one is not Outcome.WAITS)]
    order += [Outcome.REPLACED, Outcome.AGAIN, Outcome.THERE, Outcome.STOPPED, Outcome.ABSENT]
    return min(outcomes, key=order.index)
