"""Reminders: to the rooms, and to who said that they come or may come. Late ones say so; each is accounted for once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core import meeting_cards
from bot.core.content import Block, Body, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import DeliveryFailed, TimerFired
from bot.core.intents import At, Direct, Intent
from bot.core.meetings import Meeting, Occurrence, is_open
from bot.core.poll_intents import everywhere
from bot.core.refs import CardRef
from bot.core.reminders import NUDGE, Fate, fate_of
from bot.core.routing import Router
from storage import Store

AT_ONCE = 200
"""How many people are written to in one transaction."""
REPORT_AFTER = timedelta(minutes=10)
_REMIND, _NUDGE, _INVITE = "remind", "nudge", "invite"
_TOLD = {
    "start": "meeting-told-moved",
    "confirm": "date-confirm",
    "nudge": "reminder-nudge",
    "invite": "meeting-invitation",
    "invite-start": "meeting-told-moved",
}


def router() -> Router[Store]:
    """The timers, the room's reminder, and what could not be delivered."""
    routes: Router[Store] = Router()
    routes.timer("meeting.remind")(remind)
    routes.timer("meeting.tell")(tell)
    routes.timer("meeting.report")(report)
    routes.failure("meeting-reminder")(unreached)
    routes.card("meeting-reminder")(card)
    return routes


def remind(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """A reminder's time has come, or came while the bot was away."""
    id_, _, minutes_ = str(event.payload["id"]).partition(":")
    minutes = int(minutes_)
    ctx.store.expect_reminded("meeting.remind", id_)
    found = ctx.store.meetings.both(id_)
    if found is None or not is_open(*found, ctx.now):
        if found and found[1].over_at <= ctx.now:
            return _expired(ctx, *found, minutes)
        return []
    meeting, one = found
    fate = fate_of(minutes, meeting.plan.reminders, one.starts_at, event.due, ctx.now, meeting.zone)
    if fate is Fate.EXPIRED:
        return _expired(ctx, meeting, one, minutes)
    shown = CardRef("meeting-reminder", f"{one.id}.{minutes}.{fate}")
    people = _people(ctx, meeting, one, _REMIND, minutes, "")
    ctx.store.reminders.record(one.id, minutes, fate, sum(isinstance(intent, Direct) for intent in people))
    return [*everywhere(meeting, shown, ctx.store.chats.language, ctx.lang), *people, *_nudge(ctx, meeting, one)]


def _nudge(ctx: Context[Store], meeting: Meeting, one: Occurrence) -> Sequence[Intent]:
    """With the first reminder, and never again: who follows the area and has said nothing is asked."""
    if meeting.plan.area is None or NUDGE in ctx.store.reminders.fates(one.id):
        return []
    people = _people(ctx, meeting, one, _NUDGE, NUDGE, "")
    ctx.store.reminders.record(one.id, NUDGE, Fate.SENT, sum(isinstance(intent, Direct) for intent in people))
    return people


def tell(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """The next ones of many people are written to."""
    found = ctx.store.meetings.both(str(event.payload["id"]))
    if found is None:
        return []
    act, minutes, after = (event.payload.get(key, "") for key in ("act", "minutes", "after"))
    return _people(ctx, *found, str(act), int(minutes or 0), str(after))


def unreached(event: DeliveryFailed, ctx: Context[Store]) -> Sequence[Intent]:
    """Somebody could not be written to: a number for the organiser, once for all of them."""
    id_, _, minutes = event.ref.id.partition(".")
    ctx.store.reminders.missed(id_, int(minutes or 0))
    key = f"meeting.report:{id_}:{minutes}"
    if ctx.store.due.exists(key):
        return []
    return [At(ctx.now + REPORT_AFTER, "meeting.report", key, {"id": id_, "minutes": minutes})]


def report(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """Tell the organiser how many could not be written to."""
    found = ctx.store.meetings.both(str(event.payload["id"]))
    if found is None or found[0].organiser is None:
        return []
    meeting, one = found
    count = ctx.store.reminders.unreached(one.id, int(event.payload["minutes"]))
    when = meeting_cards.when(meeting, one)
    return [_to_organiser(meeting, text("reminder-unreached", title=meeting.plan.title, when=when, count=count))]


def card(store: Store, id_: str) -> Body | None:
    """The reminder in a room."""
    occurrence, minutes, fate = id_.split(".")
    found = store.meetings.both(occurrence)
    if found is None or found[1].cancelled:
        return None
    meeting, one = found
    head = text("reminder-room", before=meeting_cards.before(int(minutes)), title=meeting.plan.title)
    body = _body(meeting, one, head, late=fate == Fate.LATE)
    return replace(body, blocks=(*body.blocks, say("reminder-open")))


def _people(
    ctx: Context[Store], meeting: Meeting, one: Occurrence, act: str, minutes: int, after: str
) -> Sequence[Intent]:
    if act == _NUDGE:
        people = ctx.store.reminders.undecided(one.id, meeting.plan.area or "", after, AT_ONCE)
    elif act.startswith(_INVITE):
        # Who said that they come is told of changes anyway.
        people = ctx.store.reminders.invited(one.id, meeting.plan.invited, after, AT_ONCE)
    else:
        people = ctx.store.reminders.coming(one.id, after, AT_ONCE)
    if not people:
        return []
    reminding = act == _REMIND
    ref = CardRef("meeting-reminder", f"{one.id}.{minutes}") if reminding else None
    if reminding:
        body = _body(meeting, one, text("reminder-direct", title=meeting.plan.title), late=False)
    else:
        head = say(
            _TOLD.get(act, "meeting-notice-cancelled"), title=meeting.plan.title, when=meeting_cards.when(meeting, one)
        )
        body = Body((head,), meeting_cards.answers(one) if is_open(meeting, one, ctx.now) else ())
    intents: list[Intent] = [Direct(person, body, ref) for person in people]
    if len(people) == AT_ONCE:
        payload = {"id": one.id, "act": act, "minutes": minutes, "after": people[-1]}
        intents.append(At(ctx.now, "meeting.tell", f"meeting.tell:{one.id}:{act}:{minutes}", payload))
    return intents


def _body(meeting: Meeting, one: Occurrence, head: Text, *, late: bool) -> Body:
    blocks: list[Block] = [Say(head), say("meeting-when", when=meeting_cards.when(meeting, one))]
    if meeting.plan.place:
        blocks.append(say("meeting-place", place=meeting_cards.place_of(meeting)))
    if late:
        blocks.append(say("reminder-late"))
    return Body(tuple(blocks), meeting_cards.answers(one))


def _expired(ctx: Context[Store], meeting: Meeting, one: Occurrence, minutes: int) -> Sequence[Intent]:
    ctx.store.reminders.record(one.id, minutes, Fate.EXPIRED)
    if meeting.organiser is None:
        return []
    when, before = meeting_cards.when(meeting, one), meeting_cards.before(minutes)
    return [_to_organiser(meeting, text("reminder-expired", title=meeting.plan.title, when=when, before=before))]


def _to_organiser(meeting: Meeting, told: Text) -> Direct:
    return Direct(meeting.organiser or "", Body((Say(told),)))
