"""Saying whether one comes: by button, number, word or reaction. The last answer counts, wherever it was given."""

from collections.abc import Sequence
from functools import partial

from bot.core import meeting_cards
from bot.core.access_needs import asked as needs_asked
from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed, Reacted
from bot.core.intents import Acknowledge, Direct, Intent, Reply
from bot.core.meeting_intents import refreshed, replied_to
from bot.core.meetings import Answer, Meeting, Occurrence, answer_of, is_open, reaction_of
from bot.core.poll_intents import said
from bot.core.reading import Reading, for_the_bot
from bot.core.routing import Names, Router
from storage import Store

MOST_ASKED = 5
"""How many meetings are offered where it is not sure which one is meant."""
_ACTIONS = {answer.value: answer for answer in Answer}


def router() -> Router[Store]:
    """Every way to answer."""
    routes: Router[Store] = Router()
    routes.press("rsvp")(press)
    routes.reaction("meeting")(react)
    for id_, answer, names in (
        ("going", Answer.YES, Names("będę", "going", "буду", also=("przyjdę", "прийду"))),
        ("maybe", Answer.MAYBE, Names("może", "maybe", "можливо")),
        ("not-going", Answer.NO, Names("nie_będę", "not_going", "не_буду", also=("nie_przyjdę", "не_прийду"))),
    ):
        routes.command(id_, names, menu=answer is Answer.YES)(partial(_command, answer))
    routes.text(Reading.VOTE)(read)
    return routes


def press(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """A button of a card or of a reminder."""
    _, occurrence, answer = [*(event.action or "").split(":"), "", ""][:3]
    return _answer(ctx, event, occurrence, _ACTIONS[answer]) if answer in _ACTIONS else _told(text("meeting-gone"))


def react(event: Reacted, ctx: Context[Store]) -> Sequence[Intent]:
    """A reaction to a card that is plainly an answer; any other is none of ours."""
    answer = reaction_of(event.reaction)
    occurrence = replied_to(ctx)
    return _answer(ctx, event, occurrence, answer) if answer and occurrence and not event.removed else []


def read(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
    """ "będę" in answer to a card, or in a direct chat."""
    answer = answer_of(message.text)
    if answer is None or not for_the_bot(message, ctx):
        return None
    if replied_to(ctx) is None and not ctx.store.meetings.upcoming(message.room, 1):
        return None
    return _said(message, ctx, answer)


def _command(answer: Answer, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """`!będę`: to the meeting that is answered, or the only one that comes."""
    if argument:
        return said("rsvp-how")
    return _said(message, ctx, answer)


def _said(message: Message, ctx: Context[Store], answer: Answer) -> Sequence[Intent]:
    occurrence = replied_to(ctx)
    if occurrence:
        return _answer(ctx, message, occurrence, answer)
    coming = ctx.store.meetings.upcoming(message.room, MOST_ASKED)
    if not coming:
        return said("meeting-none")
    if len(coming) == 1:
        return _answer(ctx, message, coming[0][1].id, answer)
    if message.kind is not ChatKind.DIRECT:
        return said("rsvp-which-here")
    buttons = tuple(
        Button(
            text("meeting-line", title=meeting.plan.title, when=meeting_cards.when(meeting, one)),
            f"rsvp:{one.id}:{answer}",
        )
        for meeting, one in coming
    )
    return [Reply(Body((say("rsvp-which", answer=meeting_cards.answer_label(answer)),), buttons))]


def _answer(ctx: Context[Store], event: FromChat, occurrence: str, answer: Answer) -> Sequence[Intent]:
    found = ctx.store.meetings.both(occurrence)
    if found is None:
        return _told(text("meeting-gone"))
    meeting, one = found
    if not is_open(meeting, one, ctx.now):
        return _told(text("rsvp-over" if ctx.now >= one.over_at else "rsvp-cancelled"))
    if ctx.person is None:
        return _told(text("rsvp-nobody"))
    done = ctx.store.rsvps.answer(one.id, ctx.person.id, answer, event.chat.platform, meeting.plan.capacity)
    told = Acknowledge(_confirmation(meeting, one, answer, done.place), aside=True)
    if done.before is answer:
        return [told]
    needs = _asked_needs(ctx, meeting, answer)
    return [told, *needs, refreshed(one), *([_moved_up(meeting, one, done.moved_up)] if done.moved_up else [])]


def _asked_needs(ctx: Context[Store], meeting: Meeting, answer: Answer) -> list[Intent]:
    """Once a meeting, who comes is asked in the direct chat what they need there; where there is none, later."""
    person = ctx.person
    if answer is Answer.NO or person is None or ctx.store.chats.direct_of(person.id) is None:
        return []
    return [Direct(person.id, needs_asked(meeting))] if ctx.store.needs.ask(meeting.id, person.id) else []


def _confirmation(meeting: Meeting, one: Occurrence, answer: Answer, place: int | None) -> Text:
    when = meeting_cards.when(meeting, one)
    if place is not None:
        return text("rsvp-waiting", number=place, when=when)
    return text("rsvp-saved", answer=meeting_cards.answer_label(answer), when=when)


def _moved_up(meeting: Meeting, one: Occurrence, person: str) -> Direct:
    told = text("rsvp-moved-up", title=meeting.plan.title, when=meeting_cards.when(meeting, one))
    return Direct(person, Body((Say(told),), meeting_cards.answers(one)))


def _told(why: Text) -> Sequence[Intent]:
    return [Acknowledge(why, alert=True, aside=True)]
