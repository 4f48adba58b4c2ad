"""Meetings step by step: the guided form that makes a draft, or changes one that nobody else has seen."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.content import Text, text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import FromChat, Pressed
from bot.core.form_talk import start
from bot.core.forms import Answers
from bot.core.intents import Intent, Post, Refresh
from bot.core.meeting_intents import rooms_about
from bot.core.meeting_steps import MeetingFacts, answers_of, meeting_form, plan_of
from bot.core.meetings import Meeting, MeetingState
from bot.core.people import Role
from bot.core.poll_intents import alert
from bot.core.refs import CardRef
from bot.core.routing import FormRoute, Router
from bot.core.when.reading import example
from bot.core.when.recurrence import fits
from storage import Store


def guided(zone: ZoneInfo) -> FormRoute[Store]:
    """The form that makes a draft or, with a draft's id, changes it."""

    def facts(ctx: Context[Store], _argument: str) -> MeetingFacts:
        areas = tuple((area.id, area.words) for area in ctx.store.areas.all())
        organisations = tuple((one.id, one.name) for one in ctx.store.organisations.all())
        return MeetingFacts(zone, areas, tuple(_audiences(ctx)), organisations)

    def finish(event: FromChat, answers: Answers, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        before = _draft(ctx, argument)
        plan = plan_of(answers, before.plan if before else None)
        if plan.rule and not fits(plan.rule, plan.first.date()):
            raise UserError(text("series-misfit", date=plan.first.date(), example=example(ctx.now.date())))
        known = _audiences(ctx)
        rooms = ctx.store.rooms.rooms_of(answers.get("audience") or known[0][0]) if known else []
        rooms = rooms_about(ctx, rooms, plan.area, event.chat)
        if not rooms:
            raise UserError(text("meeting-no-rooms"))
        if before:
            meeting = ctx.store.meetings.rewrite(before, plan, rooms)
        else:
            meeting = ctx.store.meetings.draft(plan, zone, ctx.person.id if ctx.person else None, event.chat, rooms)
        card = CardRef("meeting-draft", meeting.id)
        return [Refresh(card), Post(card, event.chat)] if before else [Post(card, event.chat)]

    return FormRoute("meeting", meeting_form(), finish=finish, allowed=_may_write, begin=_begin, facts=facts)


def router(form: FormRoute[Store]) -> Router[Store]:
    """The form and the button that opens it anew."""
    routes: Router[Store] = Router()
    routes.form(form)

    @routes.press("meeting.fix")
    def fix(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        id_ = (event.action or "").partition(":")[2]
        return start(form, event, ctx, id_) if _draft(ctx, id_) else alert("meeting-draft-used")

    return routes


def _may_write(ctx: Context[Store], draft_id: str) -> Text | None:
    if ctx.role < Role.MODERATOR or ctx.person is None:
        return text("meeting-moderators")
    if not draft_id:
        return None if _audiences(ctx) else text("meeting-no-rooms")
    return None if _draft(ctx, draft_id) else text("meeting-draft-used")


def _begin(ctx: Context[Store], draft_id: str) -> Answers | Text:
    meeting = _draft(ctx, draft_id)
    if meeting is None:
        return {}
    rooms = set(meeting.rooms)
    audiences = [id_ for id_, _name in _audiences(ctx) if set(ctx.store.rooms.rooms_of(id_)) >= rooms]
    return answers_of(meeting.plan, audiences[0] if audiences else None)


def _draft(ctx: Context[Store], id_: str) -> Meeting | None:
    meeting = ctx.store.meetings.get(id_) if id_ else None
    return meeting if meeting and meeting.state is MeetingState.DRAFT else None


def _audiences(ctx: Context[Store]) -> list[tuple[str, str]]:
    """Those that reach anybody, as ids with names."""
    rooms = ctx.store.rooms
    return [(one.id, one.name) for one in rooms.audiences() if rooms.rooms_of(one.id)]
