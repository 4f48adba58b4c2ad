"""Meetings: made by one line with a preview, shown in every room of an audience, listed. Changes: `meeting_changes`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.core import meeting_cards
from bot.core.chats import ChatKind
from bot.core.content import Body, Button, ByLanguage, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed, TimerFired
from bot.core.form_talk import start as start_form
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.meeting_form import read_meeting
from bot.core.meeting_intents import ROLL, armed, disarmed, opened, refreshed, roll_at, rooms_about
from bot.core.meetings import Meeting, MeetingState
from bot.core.people import Role
from bot.core.poll_intents import alert, everywhere, said
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import FormRoute, Names, Router
from storage import Store
from storage.rooms import DEFAULT

LISTED = 10
"""How many meetings a list shows."""
AT_ONCE = 50
"""How many series are looked at in one transaction."""


def router(zone: ZoneInfo, form: FormRoute[Store]) -> Router[Store]:
    """Making, the card, the list, the timers of series. `form` asks for a meeting step by step."""
    routes: Router[Store] = Router()
    names = Names("nowe_spotkanie", "new_meeting", "нова_зустріч")
    routes.command("new-meeting", names, who=Role.MODERATOR)(Meetings(zone, form).new)
    routes.command("meetings", Names("spotkania", "meetings", "зустрічі"))(listed)
    routes.press("meeting.start")(start)
    routes.press("meeting.drop")(drop)
    routes.press("meeting.show")(show)
    routes.timer("meeting.announce")(announce)
    routes.timer("meeting.over")(over)
    routes.timer(ROLL)(roll)
    routes.card("meeting")(card)
    routes.card("meeting-draft")(preview)
    return routes


@dataclass(frozen=True, slots=True)
class Meetings:
    """What needs the federation's zone, or the guided form."""

    zone: ZoneInfo
    form: FormRoute[Store]

    def new(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """Show what was understood; nobody else hears of it before one tap."""
        if ctx.person is None:
            return said("meeting-anonymous")
        if not argument.strip():
            return start_form(self.form, message, ctx) if message.kind is ChatKind.DIRECT else said("meeting-how")
        organisation_of = ctx.store.organisations.named
        plan = read_meeting(argument, lambda name: _area_named(ctx, name), ctx.now, self.zone, organisation_of)
        if isinstance(plan, Text):
            return [Reply(Body((Say(plan),)))]
        rooms = _rooms(message, ctx, plan.area)
        if not rooms:
            return said("meeting-no-rooms")
        meeting = ctx.store.meetings.draft(plan, self.zone, ctx.person.id, message.chat, rooms)
        return [Post(CardRef("meeting-draft", meeting.id), message.chat)]


def start(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Open a draft: who may is checked anew."""
    meeting = _drafted(event, ctx)
    if meeting is None:
        return alert("meeting-gone")
    if ctx.role < Role.MODERATOR:
        return alert("meeting-moderators")
    if meeting.state is not MeetingState.DRAFT:
        return alert("meeting-draft-used")
    done = opened(ctx, meeting)
    if done is None:
        return [*alert("meeting-time-passed"), Refresh(CardRef("meeting-draft", meeting.id))]
    return [Acknowledge(text("meeting-opened-toast")), Refresh(CardRef("meeting-draft", meeting.id)), *done[1]]


def drop(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Open it not."""
    meeting = _drafted(event, ctx)
    if meeting is None or ctx.person is None:
        return alert("meeting-gone")
    if ctx.person.id != meeting.organiser and ctx.role < Role.MODERATOR:
        return alert("meeting-moderators")
    if meeting.state is not MeetingState.DRAFT:
        return alert("meeting-draft-used")
    ctx.store.meetings.drop(meeting)
    return [Acknowledge(text("meeting-dropped-toast")), Refresh(CardRef("meeting-draft", meeting.id))]


def listed(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """What comes, in a room what is shown there; in a direct chat each opens its card."""
    direct = message.kind is ChatKind.DIRECT
    found = ctx.store.meetings.upcoming(message.room, LISTED)
    if not found:
        return said("meeting-none")
    if not direct:
        return [Reply(Body((say("meeting-list-head"), meeting_cards.items(found), say("meeting-list-room"))))]
    buttons = tuple(
        Button(
            text("meeting-line", title=meeting.plan.title, when=meeting_cards.when(meeting, one)),
            f"meeting.show:{one.id}",
        )
        for meeting, one in found
    )
    return [Reply(Body((say("meeting-list-head"),), buttons))]


def show(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Its card in the chat where it was asked for."""
    found = ctx.store.meetings.both((event.action or "").partition(":")[2])
    return [Post(CardRef("meeting", found[1].id), event.chat)] if found else alert("meeting-gone")


# --- timers ---


def announce(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """The card of the next one of a series comes into the rooms."""
    found = ctx.store.meetings.both(str(event.payload["id"]))
    if found is None or found[0].state is not MeetingState.OPEN or found[1].cancelled or found[1].announced:
        return []
    meeting, one = found
    if one.starts_at <= ctx.now:
        return []
    ctx.store.meetings.put(replace(one, announced=True))
    return everywhere(meeting, CardRef("meeting", one.id), ctx.store.chats.language, ctx.lang)


def over(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """Its card offers no answers any more."""
    one = ctx.store.meetings.occurrence(str(event.payload["id"]))
    return [refreshed(one)] if one else []


def roll(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """Once a day: series grow by what comes near, and instants are computed anew: the zone's rules may have changed."""
    after = str(event.payload["after"])
    meetings = ctx.store.meetings.open_ones(after, AT_ONCE)
    intents = [intent for meeting in meetings for intent in _rolled(ctx, meeting)]
    if len(meetings) == AT_ONCE:
        again = replace(roll_at(ctx.now), when=ctx.now, payload={"after": meetings[-1].id})
        return [*intents, again]
    return [*intents, roll_at(ctx.now)]


def _rolled(ctx: Context[Store], meeting: Meeting) -> list[Intent]:
    intents: list[Intent] = []
    for one in ctx.store.meetings.of_meeting(meeting):
        anew = one.at(one.wall, one.length, meeting.zone)
        if one.over_at > ctx.now and anew.starts_at != one.starts_at:
            ctx.store.meetings.put(anew)
            intents += [*disarmed(meeting, one), refreshed(anew)]
            if not anew.cancelled:
                intents += armed(meeting, [anew], ctx.now)
    before = ctx.store.meetings.of_meeting(meeting)
    made = ctx.store.meetings.extend(meeting)
    if made:
        intents += armed(meeting, [*before[-1:], *made], ctx.now)
    return intents


# --- cards ---


def card(store: Store, id_: str) -> Body | None:
    """The card of one occurrence."""
    found = store.meetings.both(id_)
    if found is None:
        return None
    meeting, one = found
    return meeting_cards.card(
        meeting,
        one,
        _area(store, meeting),
        store.organisations.names(meeting.plan.invited),
        store.rsvps.attendance(one.id, meeting.plan.capacity),
        store.now,
    )


def preview(store: Store, id_: str) -> Body | None:
    """The draft."""
    meeting = store.meetings.get(id_)
    if meeting is None:
        return None
    return meeting_cards.preview(meeting, _area(store, meeting), store.organisations.names(meeting.plan.invited))


def _area(store: Store, meeting: Meeting) -> ByLanguage | None:
    area = store.areas.get(meeting.plan.area) if meeting.plan.area else None
    return area.words if area else None


def _area_named(ctx: Context[Store], name: str) -> str | None:
    area = ctx.store.areas.named(name)
    return area.id if area and not area.retired else None


def _rooms(message: Message, ctx: Context[Store], area: str | None) -> list[ChatRef]:
    """Where it is shown: this room's audience, but not the rooms that are about other areas alone."""
    direct = message.kind is ChatKind.DIRECT
    rooms = ctx.store.rooms.rooms_of(DEFAULT) if direct else ctx.store.rooms.audience_of(message.chat)
    return rooms_about(ctx, rooms, area, message.chat)


def _drafted(event: Pressed, ctx: Context[Store]) -> Meeting | None:
    return ctx.store.meetings.get((event.action or "").partition(":")[2])
