"""Polls: opened by one line in every room of an audience, shown, taken back, listed. How they end: `poll_ends`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core import native_polls, poll_cards
from bot.core.chats import ChatKind
from bot.core.content import Block, Body, Items, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed, TimerFired
from bot.core.form_talk import start as start_form
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.poll_form import read_form
from bot.core.poll_intents import (
    DATES,
    alert,
    clock,
    everywhere,
    is_opener,
    named,
    no_clock,
    refresh_at,
    refreshed,
    said,
)
from bot.core.polls import MAY_TAKE_BACK, Poll, PollState, may_take_back
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import FormRoute, Names, Router
from bot.core.wall import shown
from storage import Store
from storage.rooms import DEFAULT

LISTED = 5
"""How many ended polls a list shows."""


def router(zone: ZoneInfo, form: FormRoute[Store]) -> Router[Store]:
    """Opening, the cards, the list. `form` asks for a poll step by step."""
    routes: Router[Store] = Router()
    polls = Polls(zone, form)
    new = Names("ankieta", "poll", "нове_опитування", also=("sonda", "głosowanie"))
    routes.command("poll", new)(polls.new)
    routes.command("polls", Names("ankiety", "polls", "опитування"))(polls.listed)
    routes.press("poll.only")(only_here)
    routes.press("poll.undo")(undo)
    routes.press("poll.start")(start)
    routes.press("poll.drop")(drop)
    routes.timer("poll.refresh")(refresh)
    routes.copy("poll")(polls.card)
    routes.card("poll-opened")(_card(lambda poll, store: poll_cards.opened(poll, store.now)))
    routes.card("poll-ballot")(_card(lambda poll, _store: poll_cards.ballot(poll)))
    routes.card("poll-draft")(_card(lambda poll, store: poll_cards.preview(poll, store.now, zone)))
    return routes


@dataclass(frozen=True, slots=True)
class Polls:
    """What needs the federation's zone, or the guided form."""

    zone: ZoneInfo
    form: FormRoute[Store]

    def new(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """Open a poll in every room of this room's audience; in a direct chat show moderators what it would be."""
        direct = message.kind is ChatKind.DIRECT
        if direct and ctx.role < Role.MODERATOR:
            return said("poll-direct")
        if not direct and ctx.person is None:
            return said("poll-anonymous")
        if not direct and not ctx.store.rooms.may_open_polls(message.chat, ctx.role):
            return said("poll-moderators")
        if not argument.strip():
            return start_form(self.form, message, ctx) if direct else said("poll-how")
        areas = [area.words for area in ctx.store.areas.all()]
        draft = read_form(argument, areas, ctx.now, self.zone)
        if isinstance(draft, Text):
            return [Reply(Body((Say(draft),)))]
        rooms = ctx.store.rooms.rooms_of(DEFAULT) if direct else ctx.store.rooms.audience_of(message.chat)
        if not rooms:
            return said("poll-no-rooms")
        opener = ctx.person.id if ctx.person else None
        poll = ctx.store.polls.draft(draft, opener, message.chat, rooms)
        return [Post(CardRef("poll-draft", poll.id), message.chat)] if direct else _open(ctx, poll)

    def card(self, store: Store, id_: str, chat: ChatRef) -> Body | None:
        """The card in one room."""
        poll = store.polls.get(id_)
        if poll is None:
            return None
        tally, present = store.polls.tally(poll), store.sittings.turnout(poll)
        return poll_cards.card(poll, tally, chat, store.now, self.zone, present)

    def listed(self, message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """What runs, and what ended last; in a room those of the room."""
        room = message.room
        running, ended = ctx.store.polls.running(room), ctx.store.polls.ended(room, LISTED)
        if not running and not ended:
            return said("poll-none")
        blocks: list[Block] = []
        if running:
            blocks += [say("poll-list-running"), Items(tuple(self._line(ctx, poll) for poll in running))]
        if ended:
            blocks += [say("poll-list-ended"), Items(tuple(self._line(ctx, poll) for poll in ended))]
        return [Reply(Body((*blocks, say("poll-list-ways"))))]

    def _line(self, ctx: Context[Store], poll: Poll) -> Text:
        draft, tally, closes_at = poll.draft, ctx.store.polls.tally(poll), poll.draft.closes_at
        count = tally.voters + (tally.organisations.voters if tally.organisations else 0)
        question: Text | str = draft.question
        if draft.area:
            question = text("poll-list-area", question=draft.question, area=draft.area)
        if poll.running and closes_at:
            when = shown(closes_at, ctx.now, self.zone)
            return text("poll-list-until", question=question, when=when, count=count)
        return text("poll-list-line", question=question, count=count)


def _open(ctx: Context[Store], draft: Poll) -> Sequence[Intent]:
    poll = ctx.store.polls.open(draft)
    ctx.store.audit.note(poll.opener, "poll-opened", poll.id, rooms=len(poll.rooms))
    for sitting in ctx.store.sittings.running(poll.rooms)[:1]:
        ctx.store.sittings.bind(poll.id, sitting.occurrence)
    back = CardRef("poll-opened", poll.id)
    return [
        *everywhere(poll, CardRef("poll", poll.id), ctx.store.chats.language, ctx.lang),
        *native_polls.posts(poll, ctx.store.chats.language, ctx.lang),
        Post(back, poll.chat),
        refresh_at(ctx.now + MAY_TAKE_BACK, back),
        *clock(poll),
    ]


def start(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Open a draft; who may is checked anew."""
    poll = _of(event, ctx)
    if poll is None or not is_opener(poll, ctx) or ctx.role < Role.MODERATOR:
        return alert("poll-gone")
    if poll.state is not PollState.DRAFT:
        return alert("poll-draft-used")
    if poll.draft.closes_at and poll.draft.closes_at <= ctx.now:
        return alert("poll-time-passed")
    opened = _open(ctx, poll)
    return [Acknowledge(text("poll-started-toast")), *_own(poll), *opened]


def drop(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Open it not."""
    poll = _of(event, ctx)
    if poll is None or not is_opener(poll, ctx):
        return alert("poll-gone")
    if poll.state is not PollState.DRAFT:
        return alert("poll-draft-used")
    ctx.store.polls.withdraw(poll)
    return [Acknowledge(text("poll-dropped-toast")), *_own(poll)]


def _own(poll: Poll) -> list[Intent]:
    """The cards of who wrote it."""
    return [Refresh(CardRef("poll-draft", poll.id)), Refresh(CardRef(DATES, poll.id))]


def only_here(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Keep it in the room where it was opened."""
    poll = _of(event, ctx)
    refusal = _may_not_take_back(poll, ctx)
    if poll is None or refusal:
        return refusal or alert("poll-gone")
    if not poll.shown_in(poll.chat):
        return alert("poll-gone")
    if poll.draft.secret and ctx.store.polls.secret.anybody(poll.id):
        return alert("poll-secret-stays")  # Nobody knows any more which of the ballots came from here.
    ctx.store.native_votes.keep_in(poll, poll.chat)
    ctx.store.polls.keep_in(poll, poll.chat)
    ctx.store.audit.note(poll.opener, "poll-kept-in-one-room", poll.id)
    return [Acknowledge(text("poll-only-toast")), *refreshed(poll)]


def undo(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Take it back everywhere, within the first minute."""
    poll = _of(event, ctx)
    refusal = _may_not_take_back(poll, ctx)
    if poll is None or refusal:
        return refusal or alert("poll-gone")
    ctx.store.polls.withdraw(poll)
    ctx.store.audit.note(poll.opener, "poll-withdrawn", poll.id)
    return [Acknowledge(text("poll-undone-toast")), no_clock(poll), *refreshed(poll)]


def refresh(event: TimerFired, _ctx: Context[Store]) -> Sequence[Intent]:
    """Time changed what a card shows."""
    return [Refresh(CardRef(str(event.payload["kind"]), str(event.payload["id"])))]


def _may_not_take_back(poll: Poll | None, ctx: Context[Store]) -> Sequence[Intent] | None:
    if poll is None or poll.state is PollState.WITHDRAWN:
        return alert("poll-gone")
    if not is_opener(poll, ctx):
        return alert("poll-not-yours")
    return None if may_take_back(poll, ctx.now) else alert("poll-too-late")


def _of(event: Pressed, ctx: Context[Store]) -> Poll | None:
    return ctx.store.polls.get(named(event.action)[0])


def _card(show: Callable[[Poll, Store], Body]) -> Callable[[Store, str], Body | None]:
    def render(store: Store, id_: str) -> Body | None:
        poll = store.polls.get(id_)
        return show(poll, store) if poll else None

    return render
