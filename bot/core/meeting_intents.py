"""What follows from an act on a meeting: its cards, its timers. Shared by the handlers of meetings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.context import Context
from bot.core.intents import At, Cancel, Intent, Refresh, SendFile
from bot.core.meetings import Meeting, Occurrence
from bot.core.poll_intents import everywhere
from bot.core.refs import CardRef, ChatRef
from bot.core.reminders import DAY, awake, due_at

ROOM_CARDS = frozenset({"meeting", "meeting-notice", "meeting-reminder", "sitting", "sitting-over"})
"""Cards of one occurrence: an answer to one of them is about it."""
ANNOUNCED_BEFORE = 7 * DAY
"""Minutes before its start at which the card of the next one of a series comes, when the one before is over."""
ROLL = "meeting.roll"
CALENDAR = "meeting-calendar"
"""The kind of its file for people's calendars."""


def id_of(card: CardRef) -> str:
    """The occurrence's id in a card's, which may have more behind it."""
    return card.id.partition(".")[0]


def replied_to(ctx: Context[Any]) -> str | None:
    """The occurrence whose card the message answers."""
    card = ctx.post.card if ctx.post else None
    return id_of(card) if card and card.kind in ROOM_CARDS else None


def refreshed(occurrence: Occurrence) -> Refresh:
    """Its card everywhere."""
    return Refresh(CardRef("meeting", occurrence.id))


def calendars(meeting: Meeting) -> list[Intent]:
    """Its file for people's calendars, into every room behind the card."""
    return [SendFile(CardRef(CALENDAR, meeting.id), chat=room) for room in meeting.rooms]


def rooms_about(ctx: Context[Any], rooms: Sequence[ChatRef], area: str | None, here: ChatRef) -> list[ChatRef]:
    """Of these rooms those that hear of a meeting about an area: not the ones that are about other areas alone."""

    def hears(chat: ChatRef) -> bool:
        room = ctx.store.rooms.get(chat)
        return area is None or room is None or not room.areas or area in room.areas

    return [room for room in rooms if room == here or hears(room)]


def opened(ctx: Context[Any], meeting: Meeting) -> tuple[Occurrence, list[Intent]] | None:
    """Open a draft: its cards, its file and its timers. None where its time has passed; then it is dropped."""
    occurrences = ctx.store.meetings.open(meeting)
    if not occurrences or occurrences[0].starts_at <= ctx.now:
        ctx.store.meetings.drop(meeting)
        return None
    first = replace(occurrences[0], announced=True)
    ctx.store.meetings.put(first)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "meeting-opened", meeting.id, rooms=len(meeting.rooms))
    rolling = [] if ctx.store.due.exists(ROLL) else [roll_at(ctx.now)]
    return first, [
        *everywhere(meeting, CardRef("meeting", first.id), ctx.store.chats.language, ctx.lang),
        *calendars(meeting),
        *armed(meeting, [first, *occurrences[1:]], ctx.now),
        *rolling,
        *tell_invited(meeting, first, "invite", ctx.now),
    ]


def tell_invited(meeting: Meeting, occurrence: Occurrence, act: str, now: datetime) -> list[Intent]:
    """Those who speak for the invited organisations hear of it in the direct chat: `invite`, `invite-start` (another
    time) or `invite-cancel`."""
    if not meeting.plan.invited:
        return []
    payload = {"id": occurrence.id, "act": act, "after": ""}
    return [At(now, "meeting.tell", f"meeting.tell:{occurrence.id}:{act}", payload)]


def armed(meeting: Meeting, occurrences: Sequence[Occurrence], now: datetime) -> list[Intent]:
    """The timers of occurrences, the earliest first: their card, their reminders, the end of their card.

    A reminder whose time is over, or that would come before the card, is not set.
    """
    found: list[Intent] = []
    over_at: datetime | None = None
    for one in occurrences:
        if one.over_at > now and not one.cancelled:
            card_at = now if one.announced else _announced_at(meeting, one, over_at)
            if not one.announced:
                found.append(_timer("meeting.announce", one.id, max(card_at, now)))
            found += reminders(meeting, one, max(card_at, now))
            found.append(_timer("meeting.over", one.id, one.over_at))
        over_at = max(one.over_at, over_at or one.over_at)
    return found


def reminders(meeting: Meeting, occurrence: Occurrence, after: datetime) -> list[Intent]:
    """The timers of its reminders behind an instant; of those that the night puts off to one hour the nearest."""
    at = {due_at(occurrence.starts_at, minutes, meeting.zone): minutes for minutes in meeting.plan.reminders}
    return [_timer("meeting.remind", f"{occurrence.id}:{minutes}", due) for due, minutes in at.items() if due > after]


def disarmed(meeting: Meeting, occurrence: Occurrence) -> list[Intent]:
    """No timer of an occurrence fires any more."""
    keys = [f"meeting.remind:{occurrence.id}:{minutes}" for minutes in meeting.plan.reminders]
    keys += [f"meeting.announce:{occurrence.id}", f"meeting.over:{occurrence.id}"]
    return [Cancel(key) for key in keys]


def roll_at(now: datetime) -> At:
    """Look at the series again in a day."""
    return At(now + timedelta(days=1), ROLL, ROLL, {"after": ""})


def _announced_at(meeting: Meeting, occurrence: Occurrence, before: datetime | None) -> datetime:
    due = due_at(occurrence.starts_at, ANNOUNCED_BEFORE, meeting.zone)
    return due if before is None or before <= due else awake(before, occurrence.starts_at, meeting.zone)


def _timer(name: str, id_: str, at: datetime) -> At:
    return At(at, name, f"{name}:{id_}", {"id": id_})
