"""Changes of meetings: another time, title or place, or a cancellation, of one or of all. Seen before they are made."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import meeting_cards
from bot.core.clean import fold, one_line
from bot.core.content import Block, Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, At, Intent, Post, Refresh, Reply
from bot.core.meeting_form import LONGEST_PLACE, LONGEST_TITLE, length_of
from bot.core.meeting_intents import armed, calendars, disarmed, refreshed, replied_to, tell_invited
from bot.core.meetings import Meeting, Occurrence, is_open
from bot.core.people import Role
from bot.core.poll_intents import alert, everywhere, said
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from bot.core.wall import instant
from bot.core.when.reading import read_when
from bot.core.when.result import When
from bot.core.when.shown import moment
from storage import Store
from storage.meetings import Change

TITLE, PLACE, START, START_ALL, CANCEL, CANCEL_ALL = "title", "place", "start", "start-all", "cancel", "cancel-all"
_FIELDS = {
    TITLE: "tytuł nazwa title name назва",
    PLACE: "miejsce link gdzie place where місце посилання де",
    START: "start początek kiedy termin czas when time date початок коли час дата",
}
_FIELD = {fold(word): field for field, words in _FIELDS.items() for word in words.split()}
_NAMED = re.compile(r"\s*([^\W\d_]+)\s*:\s*(.*)", re.DOTALL)


def router(zone: ZoneInfo) -> Router[Store]:
    """The commands, their previews, and the notice of what changed."""
    routes: Router[Store] = Router()
    changes = Changes(zone)
    routes.command("change-meeting", Names("zmień_spotkanie", "change_meeting", "змінити_зустріч"), who=Role.MODERATOR)(
        changes.change
    )
    routes.command(
        "cancel-meeting", Names("odwołaj_spotkanie", "cancel_meeting", "скасувати_зустріч"), who=Role.MODERATOR
    )(cancel)
    routes.press("meeting.change")(confirm)
    routes.press("meeting.leave")(leave)
    routes.card("meeting-change")(preview)
    routes.card("meeting-notice")(notice)
    return routes


@dataclass(frozen=True, slots=True)
class Changes:
    """What needs the federation's zone."""

    zone: ZoneInfo

    def change(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """`start: 3.12 18:00`, `miejsce: …`, `tytuł: …`: shown first, made by one tap."""
        if not argument.strip():
            return said("meeting-change-how")
        found = _meant(message, ctx)
        if not isinstance(found, tuple):
            return found
        one = found[1]
        named = _NAMED.match(argument)
        field = _FIELD.get(fold(named[1])) if named else START
        words = one_line(named[2] if named else argument)
        if field is None or not words:
            return said("meeting-change-how")
        if field != START:
            limit = LONGEST_TITLE if field == TITLE else LONGEST_PLACE
            if len(words) > limit or not any(char.isalnum() for char in words):
                return _reply(text("meeting-title-long" if field == TITLE else "meeting-place-long", limit=limit))
            return _proposed(message, ctx, ctx.store.meetings.propose(one, field, words, None, _author(ctx)))
        when = read_when(words, ctx.now, self.zone, day=one.wall.date())
        if isinstance(when, When) and when.hour is None:
            when = replace(when, hour=one.wall.time())
        if isinstance(when, Text):
            return _reply(when)
        length = length_of(when) or one.length
        return _proposed(
            message, ctx, ctx.store.meetings.propose(one, START, when.wall.isoformat(), length, _author(ctx))
        )


def cancel(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Ask first: this one, or the whole series."""
    found = _meant(message, ctx)
    if not isinstance(found, tuple):
        return found
    return _proposed(message, ctx, ctx.store.meetings.propose(found[1], CANCEL, "", None, _author(ctx)))


def confirm(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Make a change, if nobody made another one meanwhile; who may is checked anew."""
    id_, _, scope = (event.action or "").partition(":")[2].partition(":")
    change = ctx.store.meetings.proposed(id_)
    found = ctx.store.meetings.both(change.occurrence) if change else None
    if change is None or found is None:
        return alert("meeting-gone")
    if ctx.role < Role.MODERATOR:
        return alert("meeting-moderators")
    meeting, one = found
    if change.done:
        return alert("meeting-change-used")
    if change.sequence != meeting.sequence:
        return alert("meeting-changed-meanwhile")
    if not is_open(meeting, one, ctx.now):
        return alert("meeting-gone")
    act = CANCEL_ALL if change.act == CANCEL and (scope == "all" or meeting.plan.rule is None) else change.act
    if act == START and scope == "all" and _another_hour(meeting, one, change):
        act = START_ALL
    intents = _MAKE[act](ctx, meeting, one, change)
    if intents is None:
        return alert("meeting-time-passed")
    ctx.store.meetings.settle(change)
    ctx.store.audit.note(_author(ctx), f"meeting-{act}", meeting.id)
    shown = CardRef("meeting-notice", f"{one.id}.{change.id}.{act}")
    return [
        Acknowledge(text("meeting-change-toast")),
        Refresh(CardRef("meeting-change", change.id)),
        *intents,
        *(tell_invited(meeting, one, f"invite-{change.act}", ctx.now) if change.act in {START, CANCEL} else []),
        *everywhere(meeting, shown, ctx.store.chats.language, ctx.lang),
        *calendars(meeting),
    ]


def leave(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Change nothing."""
    change = ctx.store.meetings.proposed((event.action or "").partition(":")[2])
    if change is None or change.done:
        return alert("meeting-change-used")
    if ctx.role < Role.MODERATOR:
        return alert("meeting-moderators")
    ctx.store.meetings.settle(change)
    return [Acknowledge(text("meeting-left-toast")), Refresh(CardRef("meeting-change", change.id))]


# --- making ---


def _retitle(ctx: Context[Store], meeting: Meeting, one: Occurrence, change: Change) -> list[Intent]:
    ctx.store.meetings.change(meeting, replace(meeting.plan, title=change.words))
    return _all_refreshed(ctx, meeting)


def _replace(ctx: Context[Store], meeting: Meeting, one: Occurrence, change: Change) -> list[Intent]:
    ctx.store.meetings.change(meeting, replace(meeting.plan, place=change.words))
    return _all_refreshed(ctx, meeting)


def _move(ctx: Context[Store], meeting: Meeting, one: Occurrence, change: Change) -> list[Intent] | None:
    moved = one.at(datetime.fromisoformat(change.words), change.length, meeting.zone)
    if moved.starts_at <= ctx.now:
        return None
    plan = meeting.plan if meeting.plan.rule else replace(meeting.plan, first=moved.wall, length=moved.length)
    changed = ctx.store.meetings.change(meeting, plan)
    ctx.store.meetings.put(moved)
    return [*disarmed(meeting, one), *armed(changed, [moved], ctx.now), refreshed(moved), _tell(ctx, moved, START)]


def _move_all(ctx: Context[Store], meeting: Meeting, one: Occurrence, change: Change) -> list[Intent] | None:
    """Another hour for all that are still to come; those that were moved alone stay where they are."""
    hour = datetime.fromisoformat(change.words).time()
    coming = [other for other in ctx.store.meetings.of_meeting(meeting) if other.starts_at > ctx.now]
    moved: list[Occurrence] = []
    for other in coming:
        planned = datetime.combine(other.planned.date(), hour)
        new = replace(other, planned=planned)
        if not other.moved:
            new = new.at(planned, change.length, meeting.zone)
        moved.append(new)
    if any(new.starts_at <= ctx.now for new in moved):
        return None
    first = datetime.combine(meeting.plan.first.date(), hour)
    changed = ctx.store.meetings.change(meeting, replace(meeting.plan, first=first, length=change.length))
    ctx.store.meetings.replan(moved)
    told = [_tell(ctx, new, START) for new in moved if new.announced and not new.cancelled and not new.moved]
    gone = [intent for other in coming for intent in disarmed(meeting, other)]
    return [*gone, *armed(changed, moved, ctx.now), *map(refreshed, moved), *told]


def _another_hour(meeting: Meeting, one: Occurrence, change: Change) -> bool:
    """Whether a new start is on the day that the series has anyway, so that it can be of the whole series."""
    return meeting.plan.rule is not None and datetime.fromisoformat(change.words).date() == one.planned.date()


def _cancel_one(ctx: Context[Store], meeting: Meeting, one: Occurrence, change: Change) -> list[Intent]:
    gone = replace(one, cancelled=True)
    ctx.store.meetings.put(gone)
    ctx.store.meetings.change(meeting, meeting.plan)
    return [*disarmed(meeting, one), refreshed(gone), _tell(ctx, gone, CANCEL)]


def _cancel_all(ctx: Context[Store], meeting: Meeting, one: Occurrence, change: Change) -> list[Intent]:
    ctx.store.meetings.drop(meeting)
    intents: list[Intent] = []
    for other in ctx.store.meetings.of_meeting(meeting):
        if other.over_at > ctx.now:
            intents += [*disarmed(meeting, other), refreshed(other)]
            if not other.cancelled:
                intents.append(_tell(ctx, other, CANCEL))
    return intents


_MAKE: dict[str, Callable[[Context[Store], Meeting, Occurrence, Change], list[Intent] | None]] = {
    TITLE: _retitle,
    PLACE: _replace,
    START: _move,
    START_ALL: _move_all,
    CANCEL: _cancel_one,
    CANCEL_ALL: _cancel_all,
}


def _all_refreshed(ctx: Context[Store], meeting: Meeting) -> list[Intent]:
    return [refreshed(one) for one in ctx.store.meetings.of_meeting(meeting) if one.over_at > ctx.now]


def _tell(ctx: Context[Store], one: Occurrence, act: str) -> At:
    """Who said that they come, or may come, hears of it in the direct chat as well."""
    payload = {"id": one.id, "act": act, "after": ""}
    return At(ctx.now, "meeting.tell", f"meeting.tell:{one.id}:{act}", payload)


# --- cards ---


def preview(store: Store, id_: str) -> Body | None:
    """What will be changed, before it is."""
    change = store.meetings.proposed(id_)
    found = store.meetings.both(change.occurrence) if change else None
    if change is None or found is None:
        return None
    meeting, one = found
    if change.done:
        return Body((say("meeting-change-settled"),))
    title = say("meeting-title", title=meeting.plan.title)
    blocks: list[Block] = [
        title,
        say("meeting-was", when=meeting_cards.when(meeting, one)),
        Say(_said(meeting, change)),
    ]
    yes = Button(text("meeting-change-yes"), f"meeting.change:{change.id}:one")
    no = Button(text("meeting-change-no"), f"meeting.leave:{change.id}")
    if change.act == START and _another_hour(meeting, one, change):
        only = Button(text("meeting-move-one"), f"meeting.change:{change.id}:one")
        series = Button(text("meeting-move-all"), f"meeting.change:{change.id}:all")
        return Body(tuple(blocks), (only, series, no))
    if change.act != CANCEL or meeting.plan.rule is None:
        return Body(tuple(blocks), (yes, no))
    one_of = Button(text("meeting-cancel-one"), f"meeting.change:{change.id}:one")
    every = Button(text("meeting-cancel-all"), f"meeting.change:{change.id}:all")
    return Body(tuple(blocks), (one_of, every, no))


def notice(store: Store, id_: str) -> Body | None:
    """One short message of what changed; its card says the rest."""
    occurrence, _, rest = id_.partition(".")
    change_id, _, act = rest.partition(".")
    change, found = store.meetings.proposed(change_id), store.meetings.both(occurrence)
    if change is None or found is None:
        return None
    meeting, one = found
    if act in {CANCEL, CANCEL_ALL}:
        every = act == CANCEL_ALL and meeting.plan.rule is not None
        id_ = "meeting-notice-all" if every else "meeting-notice-cancelled"
        return Body((say(id_, title=meeting.plan.title, when=meeting_cards.when(meeting, one)),))
    if act == START_ALL:
        what = text("meeting-new-hour", start=f"{datetime.fromisoformat(change.words):%H:%M}")
        return Body((say("meeting-notice", title=meeting.plan.title, what=what),))
    return Body((say("meeting-notice", title=meeting.plan.title, what=_said(meeting, change)),))


def _said(meeting: Meeting, change: Change) -> Text:
    if change.act == START:
        starts = instant(datetime.fromisoformat(change.words), meeting.zone)
        return text(
            "meeting-new-start", when=moment(starts, starts + change.length if change.length else None, meeting.zone)
        )
    if change.act == CANCEL:
        return text("meeting-cancel-ask")
    return text("meeting-new-title" if change.act == TITLE else "meeting-new-place", words=change.words)


# --- which one ---


def _meant(message: Message, ctx: Context[Store]) -> tuple[Meeting, Occurrence] | Sequence[Intent]:
    """The meeting whose card is answered, or the only one that comes; else what to do."""
    replied = replied_to(ctx)
    found = ctx.store.meetings.both(replied) if replied else None
    if replied and (found is None or not is_open(*found, ctx.now)):
        return said("meeting-gone")
    if found:
        return found
    coming = ctx.store.meetings.upcoming(message.room, 2)
    if not coming:
        return said("meeting-none")
    return coming[0] if len(coming) == 1 else said("meeting-which")


def _proposed(message: Message, ctx: Context[Store], change: Change) -> Sequence[Intent]:
    return [Post(CardRef("meeting-change", change.id), message.chat)]


def _author(ctx: Context[Store]) -> str | None:
    return ctx.person.id if ctx.person else None


def _reply(why: Text) -> Sequence[Intent]:
    return [Reply(Body((Say(why),)))]
