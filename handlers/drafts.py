"""Polls before their first vote: written step by step, kept as drafts, changed; other words for one that runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Text, say, text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import FromChat, Message, Pressed
from bot.core.form_talk import refused, start
from bot.core.forms import Answers
from bot.core.intents import Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.poll_form import checked, read_wording
from bot.core.poll_intents import alert, is_opener, named, refreshed, replied, said
from bot.core.poll_steps import PollFacts, answers_of, draft_of, poll_form, worded, wording_form, wording_of
from bot.core.polls import Draft, Poll, PollState
from bot.core.refs import CardRef
from bot.core.routing import FormRoute, Names, Router
from storage import Store

LISTED = 20
"""How many drafts a list shows."""
_CARDS = frozenset({"poll", "poll-draft", "poll-opened"})


def guided(zone: ZoneInfo) -> FormRoute[Store]:
    """The form that makes a draft or, with a draft's id, changes it."""

    def facts(ctx: Context[Store], _argument: str) -> PollFacts:
        return PollFacts(zone, tuple(area.words for area in ctx.store.areas.all()), tuple(_audiences(ctx)))

    def finish(event: FromChat, answers: Answers, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        known = _audiences(ctx)
        rooms = ctx.store.rooms.rooms_of(answers.get("audience") or known[0][0]) if known else []
        if not rooms:
            raise UserError(text("poll-no-rooms"))
        before = ctx.store.polls.get(argument) if argument else None
        draft = checked(draft_of(answers, facts(ctx, argument)))
        if isinstance(draft, Text):
            raise UserError(draft)
        if before:
            poll = ctx.store.polls.rewrite(before, draft, rooms)
        else:
            poll = ctx.store.polls.draft(draft, ctx.person.id if ctx.person else None, event.chat, rooms)
        card = CardRef("poll-draft", poll.id)
        return [Refresh(card), Post(card, event.chat)] if before else [Post(card, event.chat)]

    return FormRoute("poll", poll_form(), finish=finish, allowed=_may_write, begin=_begin, facts=facts)


def router(form: FormRoute[Store]) -> Router[Store]:
    """The drafts of a person, and changes."""
    routes: Router[Store] = Router()
    routes.form(form)
    wording = routes.form(
        FormRoute("wording", wording_form(), finish=_reword, allowed=_may_reword, begin=_words, facts=_draft)
    )
    changes = Changes(form, wording)
    routes.command("drafts", Names("szkice", "drafts", "чернетки", also=("szkic", "draft")), who=Role.MODERATOR)(drafts)
    routes.command("edit", Names("popraw", "edit", "виправити"))(changes.command)
    routes.press("poll.draft")(show)
    routes.press("poll.fix")(changes.press)
    return routes


def drafts(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """The person's own drafts; a single one is shown at once."""
    if message.kind is not ChatKind.DIRECT or ctx.person is None:
        return said("poll-drafts-direct")
    mine = ctx.store.polls.drafts(ctx.person.id, LISTED)
    if not mine:
        return said("poll-drafts-none")
    if len(mine) == 1:
        return [Post(CardRef("poll-draft", mine[0].id), message.chat)]
    buttons = [Button(text("poll-label", option=poll.draft.question), f"poll.draft:{poll.id}") for poll in mine]
    return [Reply(Body((say("poll-drafts", count=len(mine)),), tuple(buttons)))]


def show(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """One of the drafts, with what can be done with it."""
    poll = ctx.store.polls.get(named(event.action)[0])
    if poll is None or not is_opener(poll, ctx) or event.kind is not ChatKind.DIRECT:
        return alert("poll-gone")
    if poll.state is not PollState.DRAFT:
        return alert("poll-draft-used")
    return [Post(CardRef("poll-draft", poll.id), event.chat)]


@dataclass(frozen=True, slots=True)
class Changes:
    """Changing a draft, or the words of a poll that runs, by form or in one message."""

    draft: FormRoute[Store]
    wording: FormRoute[Store]

    def command(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """`/popraw`, in answer to a card or of the only poll that can be changed; with the new words, or step by step
        in a direct chat."""
        answered = replied(ctx, _CARDS)
        mine = [answered] if answered else self._changeable(message, ctx)
        if len(mine) != 1:
            return self._which(message, mine)
        [poll] = mine
        if not argument:
            return self._ask(message, ctx, poll) if message.kind is ChatKind.DIRECT else said("poll-fix-how")
        refusal = _may_write(ctx, poll.id) if poll.state is PollState.DRAFT else _may_reword(ctx, poll.id)
        words = refusal or read_wording(argument, poll.draft)
        if isinstance(words, Text):
            return refused(message, words)
        return _changed(ctx, poll, words)

    def press(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """The button under the person's own card."""
        poll = ctx.store.polls.get(named(event.action)[0])
        return self._ask(event, ctx, poll) if poll else alert("poll-gone")

    def _ask(self, event: FromChat, ctx: Context[Store], poll: Poll) -> Sequence[Intent]:
        return start(self.draft if poll.state is PollState.DRAFT else self.wording, event, ctx, poll.id)

    def _changeable(self, message: Message, ctx: Context[Store]) -> list[Poll]:
        """The polls of the person in which nobody voted, in this room or anywhere; in a direct chat drafts too."""
        if ctx.person is None:
            return []
        direct = message.kind is ChatKind.DIRECT
        running = ctx.store.polls.running(message.room)
        open_ = [poll for poll in running if is_opener(poll, ctx) and not ctx.store.polls.voted(poll.id)]
        return [*open_, *(ctx.store.polls.drafts(ctx.person.id, LISTED) if direct else [])]

    def _which(self, message: Message, mine: Sequence[Poll]) -> Sequence[Intent]:
        if not mine:
            return said("poll-fix-none")
        if message.kind is not ChatKind.DIRECT:
            return said("poll-which-here")
        buttons = [Button(text("poll-label", option=poll.draft.question), f"poll.fix:{poll.id}") for poll in mine]
        return [Reply(Body((say("poll-which-fix"),), tuple(buttons)))]


def _may_write(ctx: Context[Store], draft_id: str) -> Text | None:
    """Moderators write drafts; each changes their own."""
    if ctx.role < Role.MODERATOR:
        return text("poll-direct")
    if not draft_id:
        return None if _audiences(ctx) else text("poll-no-rooms")
    poll = ctx.store.polls.get(draft_id)
    if poll is None or not is_opener(poll, ctx):
        return text("poll-gone")
    return None if poll.state is PollState.DRAFT else text("poll-draft-used")


def _may_reword(ctx: Context[Store], poll_id: str) -> Text | None:
    """Who opened it, until the first vote: then people have agreed to these words."""
    poll = ctx.store.polls.get(poll_id)
    if poll is None or poll.state is PollState.WITHDRAWN:
        return text("poll-gone")
    if not is_opener(poll, ctx):
        return text("poll-not-yours")
    if poll.state is not PollState.OPEN or ctx.store.polls.voted(poll.id):
        return text("poll-fix-voted")
    return None


def _audiences(ctx: Context[Store]) -> list[tuple[str, str]]:
    """Those that reach anybody, as ids with names."""
    rooms = ctx.store.rooms
    return [(one.id, one.name) for one in rooms.audiences() if rooms.rooms_of(one.id)]


def _begin(ctx: Context[Store], draft_id: str) -> Answers | Text:
    poll = ctx.store.polls.get(draft_id) if draft_id else None
    if poll is None:
        return {}
    rooms = set(poll.rooms)
    audiences = [id_ for id_, _name in _audiences(ctx) if set(ctx.store.rooms.rooms_of(id_)) == rooms]
    return answers_of(poll.draft, audiences[0] if audiences else None)


def _words(ctx: Context[Store], poll_id: str) -> Answers | Text:
    poll = ctx.store.polls.get(poll_id)
    return wording_of(poll.draft) if poll else text("poll-gone")


def _draft(ctx: Context[Store], poll_id: str) -> Draft | None:
    poll = ctx.store.polls.get(poll_id)
    return poll.draft if poll else None


def _reword(_event: FromChat, answers: Answers, poll_id: str, ctx: Context[Store]) -> Sequence[Intent]:
    poll = ctx.store.polls.get(poll_id)
    return _changed(ctx, poll, worded(poll.draft, answers)) if poll else said("poll-gone")


def _changed(ctx: Context[Store], poll: Poll, draft: Draft) -> Sequence[Intent]:
    """Every card shows the new words. What was opened is noted."""
    ctx.store.polls.rewrite(poll, draft)
    own = Refresh(CardRef("poll-draft", poll.id))
    if poll.state is PollState.DRAFT:
        return [own, *said("poll-fix-draft-done")]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "poll-reworded", poll.id)
    return [*refreshed(poll), own, *said("poll-fix-done")]
