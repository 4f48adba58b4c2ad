"""Which meeting is meant while it is held or just after, and what follows from who is there. Shared by handlers."""

from collections.abc import Sequence
from typing import Any

from bot.core.chats import ChatKind
from bot.core.content import Text, text
from bot.core.context import Context
from bot.core.events import FromChat, Message
from bot.core.intents import Intent, Refresh
from bot.core.meeting_intents import replied_to
from bot.core.meetings import Meeting, Occurrence
from bot.core.refs import CardRef, ChatRef
from bot.core.sittings import Sitting

Held = tuple[Meeting, Occurrence, Sitting]


def held(ctx: Context[Any], occurrence: str) -> Held | None:
    """A meeting that was begun, by its occurrence's id."""
    found, sitting = ctx.store.meetings.both(occurrence), ctx.store.sittings.get(occurrence)
    return (*found, sitting) if found and sitting else None


def rooms_of(event: FromChat) -> list[ChatRef] | None:
    """The room that something is said in; None: anywhere."""
    return None if event.kind is ChatKind.DIRECT else [event.chat]


def running(message: Message, ctx: Context[Any]) -> Held | Text:
    """The meeting that is held now: whose card is answered, or the one of this room. A text says why there is none."""
    replied = replied_to(ctx)
    found = held(ctx, replied) if replied else None
    if found:
        return found if found[2].running else text("sitting-none")
    now = ctx.store.sittings.running(rooms_of(message))
    if len(now) > 1:
        return text("sitting-which")
    return (held(ctx, now[0].occurrence) if now else None) or text("sitting-none")


def latest(message: Message, ctx: Context[Any]) -> Held | Text:
    """The meeting that is held, or else was held last: whose card is answered, or in this room."""
    replied = replied_to(ctx)
    found = held(ctx, replied) if replied else None
    if found:
        return found
    last = ctx.store.sittings.last(rooms_of(message), 1)
    return (held(ctx, last[0].occurrence) if last else None) or text("sitting-never")


def counted_anew(ctx: Context[Any], occurrence: str) -> Sequence[Intent]:
    """The cards that say how many are there."""
    polls = [ctx.store.polls.get(id_) for id_ in ctx.store.sittings.polls(occurrence)]
    return [Refresh(CardRef("poll", poll.id)) for poll in polls if poll and poll.running]
