"""Meetings while they are held: begun with a notice of what is recorded, who is there, the end."""

from collections.abc import Sequence

from bot.core import meeting_cards
from bot.core.chats import ChatKind
from bot.core.content import Block, Body, Button, Items, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed, TimerFired
from bot.core.intents import Acknowledge, At, Cancel, Direct, Intent, Refresh, Reply
from bot.core.meeting_intents import replied_to
from bot.core.meetings import Meeting, Occurrence, is_open
from bot.core.minutes_cards import files
from bot.core.people import Role
from bot.core.poll_casting import Speaker, speakers
from bot.core.poll_intents import alert, everywhere, said
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from bot.core.sitting_talk import Held, counted_anew, held, latest, rooms_of, running
from bot.core.sittings import AFTER, BEFORE
from storage import Store

MOST_ASKED = 5
_AS_PERSON = "-"


def router() -> Router[Store]:
    """Beginning, presence, attendance, the end."""
    routes: Router[Store] = Router()
    begin_names = Names("rozpocznij_spotkanie", "begin_meeting", "почати_зустріч")
    routes.command("begin-meeting", begin_names, who=Role.MODERATOR)(begin)
    end_names = Names("zakończ_spotkanie", "end_meeting", "завершити_зустріч")
    routes.command("end-meeting", end_names, who=Role.MODERATOR)(end)
    routes.command("here", Names("jestem", "here", "я_тут"))(here)
    routes.command("attendance", Names("obecność", "attendance", "присутність"), who=Role.MODERATOR)(attendance)
    routes.press("here")(press_here)
    routes.press("here.as")(press_as)
    routes.timer("sitting.end")(forgotten)
    routes.card("sitting")(card)
    routes.card("sitting-over")(over)
    return routes


# --- begun ---


def begin(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Say in all rooms of the meeting what is recorded from now on."""
    found = _near(message, ctx)
    if isinstance(found, Text):
        return _reply(found)
    meeting, one = found
    if not ctx.store.sittings.begin(one.id, _author(ctx)):
        return said("sitting-begun-before")
    ctx.store.audit.note(_author(ctx), "meeting-begun", meeting.id)
    last = max(one.over_at, ctx.now) + AFTER
    return [
        *everywhere(meeting, CardRef("sitting", one.id), ctx.store.chats.language, ctx.lang),
        *([] if meeting.shown_in(message.chat) else said("sitting-begun-toast")),
        At(last, "sitting.end", f"sitting.end:{one.id}", {"id": one.id}),
    ]


def _near(message: Message, ctx: Context[Store]) -> tuple[Meeting, Occurrence] | Text:
    """The meeting that is answered, or the only one that begins about now."""
    replied = replied_to(ctx)
    found = ctx.store.meetings.both(replied) if replied else None
    if found:
        meeting, one = found
        if one.starts_at - BEFORE > ctx.now:
            return text("sitting-early", when=meeting_cards.when(meeting, one))
        return found if is_open(meeting, one, ctx.now) else text("meeting-gone")
    direct = message.kind is ChatKind.DIRECT
    coming = ctx.store.meetings.upcoming(None if direct else message.chat, MOST_ASKED)
    near = [pair for pair in coming if pair[1].starts_at - BEFORE <= ctx.now]
    if len(near) == 1:
        return near[0]
    if near:
        return text("meeting-which")
    if not coming:
        return text("meeting-none")
    return text("sitting-early", when=meeting_cards.when(*coming[0]))


# --- presence ---


def here(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Somebody is there."""
    if message.kind is ChatKind.DIRECT and len(now := ctx.store.sittings.running(rooms_of(message))) > 1:
        both = [ctx.store.meetings.both(one.occurrence) for one in now[:MOST_ASKED]]
        buttons = tuple(
            Button(text("meeting-line", title=pair[0].plan.title, when=meeting_cards.when(*pair)), f"here:{pair[1].id}")
            for pair in both
            if pair
        )
        return [Reply(Body((say("here-which"),), buttons))]
    found = running(message, ctx)
    return _told(found) if isinstance(found, Text) else _arrived(message, ctx, found)


def press_here(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The button of the notice."""
    found = held(ctx, (event.action or "").partition(":")[2])
    return _arrived(event, ctx, found) if found else alert("sitting-none")


def press_as(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """For which organisation: whether the person speaks for it is looked up now."""
    _, occurrence, choice = [*(event.action or "").split(":"), "", ""][:3]
    found = held(ctx, occurrence)
    if found is None or not found[2].running or ctx.person is None:
        return alert("sitting-none")
    speaker = next((one for one in speakers(ctx) if one.membership == choice), None)
    if speaker is None and choice != _AS_PERSON:
        return alert("vote-not-yours")
    return _noted(ctx, found, speaker)


def _arrived(event: FromChat, ctx: Context[Store], found: Held) -> Sequence[Intent]:
    meeting, one, sitting = found
    if not sitting.running:
        return alert("sitting-none")
    if ctx.person is None:
        return _told(text("rsvp-nobody"))
    among = speakers(ctx)
    if len(among) < 2:
        return _noted(ctx, found, among[0] if among else None)
    # Counted at once; for whom is asked where nobody else reads it.
    noted = [] if not ctx.store.sittings.arrive(one.id, ctx.person.id, None) else counted_anew(ctx, one.id)
    buttons = tuple(
        Button(text("vote-for", organisation=speaker.name), f"here.as:{one.id}:{speaker.membership}")
        for speaker in among
    )
    person = Button(text("here-as-person"), f"here.as:{one.id}:{_AS_PERSON}")
    asked = Body((say("here-for-whom", title=meeting.plan.title),), (*buttons, person))
    if event.kind is ChatKind.DIRECT:
        return [*noted, Reply(asked)]
    return [*noted, Acknowledge(text("here-asked"), aside=True), Direct(ctx.person.id, asked)]


def _noted(ctx: Context[Store], found: Held, speaker: Speaker | None) -> Sequence[Intent]:
    one = found[1]
    new = ctx.store.sittings.arrive(
        one.id, ctx.person.id if ctx.person else "", speaker.organisation if speaker else None
    )
    told = text("here-saved-for", organisation=speaker.name) if speaker else text("here-saved")
    return [Acknowledge(told, aside=True), *(counted_anew(ctx, one.id) if new else ())]


def attendance(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """How many people, which organisations, whether that is a quorum."""
    found = latest(message, ctx)
    if isinstance(found, Text):
        return _reply(found)
    meeting, one, _sitting = found
    present = ctx.store.sittings.present(one.id)
    title = say("meeting-line", title=meeting.plan.title, when=meeting_cards.when(meeting, one))
    blocks: list[Block] = [title, say("attendance-people", count=present.people)]
    blocks.append(say("attendance-organisations", count=len(present.organisations)))
    if present.organisations:
        blocks.append(Items(tuple(text("form-label", words=name) for name in present.organisations)))
    quorate = present.quorate(meeting)
    if quorate is not None:
        blocks.append(say("attendance-quorum" if quorate else "attendance-no-quorum"))
        blocks.append(Say(meeting_cards.quorum(meeting.plan)))
    return [Reply(Body(tuple(blocks)))]


# --- the end ---


def end(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """It is over: the rooms hear it, and who ended it and the organiser get the draft of the minutes."""
    found = running(message, ctx)
    if isinstance(found, Text):
        return _reply(found)
    return [*_ended(ctx, found, _author(ctx)), *([] if found[0].shown_in(message.chat) else said("sitting-ended"))]


def forgotten(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """Nobody ended it."""
    found = held(ctx, str(event.payload["id"]))
    return _ended(ctx, found, None) if found and found[2].running else []


def _ended(ctx: Context[Store], found: Held, by: str | None) -> Sequence[Intent]:
    meeting, one, _sitting = found
    ctx.store.sittings.end(one.id)
    ctx.store.audit.note(by, "meeting-ended", meeting.id)
    told = [person for person in dict.fromkeys((by, meeting.organiser)) if person]
    return [
        Cancel(f"sitting.end:{one.id}"),
        Refresh(CardRef("sitting", one.id)),
        *everywhere(meeting, CardRef("sitting-over", one.id), ctx.store.chats.language, ctx.lang),
        *(intent for person in told for intent in files(meeting, one, person)),
    ]


# --- cards ---


def card(store: Store, id_: str) -> Body | None:
    """The notice of what is recorded, while the meeting is held."""
    found, sitting = store.meetings.both(id_), store.sittings.get(id_)
    if found is None or sitting is None:
        return None
    title = say("meeting-title", title=found[0].plan.title)
    if not sitting.running:
        return Body((title, say("sitting-ended")))
    return Body((title, say("sitting-recorded")), (Button(text("here-button"), f"here:{id_}"),))


def over(store: Store, id_: str) -> Body | None:
    """The end."""
    found = store.meetings.both(id_)
    return Body((say("meeting-title", title=found[0].plan.title), say("sitting-ended"))) if found else None


def _author(ctx: Context[Store]) -> str | None:
    return ctx.person.id if ctx.person else None


def _told(why: Text) -> Sequence[Intent]:
    return [Acknowledge(why, alert=True, aside=True)]


def _reply(why: Text) -> Sequence[Intent]:
    return [Reply(Body((Say(why),)))]
