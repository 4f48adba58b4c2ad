"""Meetings: what a meeting is, who has a seat, what an answer means. Rules only, no words."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.clean import fold
from bot.core.refs import ChatRef
from bot.core.wall import instant
from bot.core.when.recurrence import Rule

LENGTH = timedelta(hours=2)
"""How long a meeting without an end is taken to last."""
AHEAD = timedelta(days=62)
"""How far ahead the meetings of a series are made: at least one is."""


class Answer(StrEnum):
    """Whether a person comes."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class MeetingState(StrEnum):
    """Nothing is deleted by a cancellation."""

    DRAFT = "draft"
    OPEN = "open"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a meeting is about, when (local time), where. `capacity` is how many seats there are, None: enough.

    `reminders`: how many minutes before the start, the longest first. `access`: how the place is reached by everybody.
    `quorum_people`, `quorum_organisations`: how many have to be there, where that matters. `invited`: the ids of the
    organisations whose delegates and deputies are asked to come.
    """

    title: str
    first: datetime
    length: timedelta | None = None
    rule: Rule | None = None
    place: str = ""
    area: str | None = None
    capacity: int | None = None
    reminders: tuple[int, ...] = ()
    chair: str = ""
    agenda: str = ""
    access: str = ""
    quorum_people: int | None = None
    quorum_organisations: int | None = None
    invited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting or a series of them. `sequence` rises with each change: calendars ask for it."""

    id: str
    plan: Plan
    zone: ZoneInfo
    state: MeetingState
    organiser: str | None
    chat: ChatRef
    rooms: tuple[ChatRef, ...]
    created_at: datetime
    sequence: int = 0

    def shown_in(self, chat: ChatRef) -> bool:
        """Whether a room, whatever topic of it, is one of its rooms."""
        return any((room.platform, room.chat_id) == (chat.platform, chat.chat_id) for room in self.rooms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that a meeting takes place. `planned` is when the rule has it, `wall` when it is, both local.

    `announced`: its card is in the rooms.
    """

    id: str
    meeting: str
    planned: datetime
    wall: datetime
    length: timedelta | None
    starts_at: datetime
    cancelled: bool = False
    announced: bool = False

    @property
    def ends_at(self) -> datetime | None:
        """The end as an instant, if one was given."""
        return self.starts_at + self.length if self.length else None

    @property
    def over_at(self) -> datetime:
        """When it is over at the latest that can be told."""
        return self.starts_at + (self.length or LENGTH)

    @property
    def moved(self) -> bool:
        """Whether it is at another time than its rule has it."""
        return self.wall != self.planned

    def at(self, wall: datetime, length: timedelta | None, zone: ZoneInfo) -> "Occurrence":
        """The same one at another local time."""
        return replace(self, wall=wall, length=length, starts_at=instant(wall, zone))


def is_open(meeting: Meeting, occurrence: Occurrence, now: datetime) -> bool:
    """Whether people may still say that they come."""
    return meeting.state is MeetingState.OPEN and not occurrence.cancelled and now < occurrence.over_at


# --- answers ---

_WORDS = {
    Answer.YES: "będę, przyjdę, going, attending, буду, прийду",
    Answer.MAYBE: "może, może będę, maybe, можливо, мабуть",
    Answer.NO: "nie będę, nie przyjdę, not going, not attending, не буду, не прийду",
}
_ANSWERS = {fold(words.strip()): answer for answer, some in _WORDS.items() for words in some.split(",")}
_REACTIONS = {"✅": Answer.YES, "👍": Answer.YES, "❔": Answer.MAYBE, "❓": Answer.MAYBE, "🤔": Answer.MAYBE}
_REACTIONS |= {"❌": Answer.NO, "👎": Answer.NO}


def answer_of(words: str) -> Answer | None:
    """The answer that a text is, in any language, with or without diacritics."""
    return _ANSWERS.get(" ".join(fold(words).split()).strip(" .!,"))


def reaction_of(reaction: str) -> Answer | None:
    """The answer that a reaction is."""
    return _REACTIONS.get(reaction.rstrip("\ufe0f").rstrip("🏻🏼🏽🏾🏿"))


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many answered what. Who said yes first has a seat, the others wait in the order of their answers."""

    yes: int = 0
    maybe: int = 0
    no: int = 0
    capacity: int | None = None

    @property
    def seated(self) -> int:
        """How many have a seat. Never more than there are."""
        return self.yes if self.capacity is None else min(self.yes, self.capacity)

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return self.yes - self.seated


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer changed: `place` on the waiting list, from 1; `moved_up`: who has a seat by it now."""

    before: Answer | None
    answer: Answer
    place: int | None = None
    moved_up: str | None = None
