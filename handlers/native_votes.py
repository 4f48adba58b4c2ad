"""Votes in polls of the network's own, which stand beside the cards of open polls: another way to vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core import native_polls, poll_cards
from bot.core.content import Body, Text, say, text
from bot.core.context import Context
from bot.core.events import Deleted, PollEnded, PollResponded
from bot.core.intents import Acknowledge, Intent, Refresh, Reply
from bot.core.poll_casting import confirmation, refusal
from bot.core.poll_intents import receipt
from bot.core.polls import Poll, PollState, complete, may_reopen
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Router
from storage import Store
from storage.native_votes import NativeVote
from storage.polls import Ballot


def router(zone: ZoneInfo) -> Router[Store]:
    """Choices, choices taken back, and ends by other hands."""
    routes: Router[Store] = Router()
    votes = NativeVotes(zone)
    routes.on(PollResponded)(votes.responded)
    routes.on(PollEnded)(ended)
    routes.on(Deleted)(votes.deleted)
    routes.copy(native_polls.CARD)(card)
    return routes


@dataclass(frozen=True, slots=True)
class NativeVotes:
    """The handlers; hours are shown in the federation's zone."""

    zone: ZoneInfo

    def responded(self, event: PollResponded, ctx: Context[Store]) -> Sequence[Intent]:
        """A choice. It is told aside: the person's app shows it."""
        poll = _poll(ctx, ctx.store.native_votes.poll_of(event.chat, event.post, event.answers))
        if poll is None or ctx.person is None or event.sender is None:
            return []
        vote = NativeVote(
            id=event.id,
            sender=event.sender.user_id,
            post=event.post,
            chat=ChatRef(event.chat.platform, event.chat.chat_id),
            choices=native_polls.chosen(poll, event.answers),
            sent_at=event.at,
        )
        if why := refusal(event, ctx, poll, self.zone):
            if poll.state is PollState.CLOSED and may_reopen(poll, poll.closings, ctx.now):
                ctx.store.native_votes.respond(poll, ctx.person.id, vote, settle=False)
                why = text("native-closing")
            return _told(why)
        over = ctx.store.native_votes.ended(event.chat, event.post)
        if over and event.at > over:
            return _told(text("native-over"))
        before = ctx.store.polls.ballot(poll.id, ctx.person.id)
        now = ctx.store.native_votes.respond(poll, ctx.person.id, vote)
        refreshed = [Refresh(CardRef("poll", poll.id))] if now != before else []
        if vote.choices and now and now.choices == vote.choices:
            told = confirmation(event, ctx.now, poll, vote.choices, before, self.zone, None)
            return [receipt(poll, vote.choices, told, shown=True), *refreshed]
        return [*_told(self._left(ctx, poll, now, short=0 < len(event.answers) < poll.draft.least)), *refreshed]

    def deleted(self, event: Deleted, ctx: Context[Store]) -> Sequence[Intent]:
        """A choice was taken back, by who made it or by a moderator; or the native poll itself, or its end."""
        if poll_id := ctx.store.native_votes.poll_of(event.chat, event.id):
            return _goes_on(event, event.id, _poll(ctx, poll_id), ctx)
        if ctx.store.native_votes.end_taken_back(event.chat, event.id):
            return []
        poll_id, unit = ctx.store.native_votes.taken_back(event.chat, event.id) or ("", "")
        poll = _poll(ctx, poll_id)
        if poll is None or not poll.running:
            return []
        before = ctx.store.polls.ballot(poll.id, unit)
        now = ctx.store.native_votes.settle(poll, unit)
        if now == before:
            return []
        mine = ctx.person is not None and ctx.person.id == unit
        told = _told(self._left(ctx, poll, now, short=False)) if mine else []
        return [*told, Refresh(CardRef("poll", poll.id))]

    def _left(self, ctx: Context[Store], poll: Poll, now: Ballot | None, *, short: bool) -> Text:
        """What counts of a person when their last choice doesn't."""
        if now and complete(poll.draft, now.choices):
            until = poll_cards.until(poll, ctx.now, self.zone)
            return text("native-other", choice=poll_cards.chosen(poll, now.choices), until=until)
        return text("vote-too-few", least=poll.draft.least) if short else text("native-none")


def ended(event: PollEnded, ctx: Context[Store]) -> Sequence[Intent]:
    """Somebody who may ended the native poll. Ours goes on; that is said once."""
    poll_id = ctx.store.native_votes.poll_of(event.chat, event.post)
    return _goes_on(event, event.post, _poll(ctx, poll_id), ctx)


def card(store: Store, id_: str, chat: ChatRef) -> Body | None:
    """The native poll in one room."""
    poll = store.polls.get(id_)
    return native_polls.card(poll, store.polls.tally(poll), chat, store.now) if poll else None


def _goes_on(event: PollEnded | Deleted, post: str, poll: Poll | None, ctx: Context[Store]) -> Sequence[Intent]:
    if poll is None or not poll.running or not poll.shown_in(event.chat):
        return []
    if not ctx.store.native_votes.end(poll, event.chat, post, event.id, event.at):
        return []
    at = ctx.store.chats.post(event.chat, post)
    return [
        Reply(
            Body((say("native-ended", question=poll.draft.question), say("native-ended-ways"))), at.chat if at else None
        )
    ]


def _poll(ctx: Context[Store], id_: str | None) -> Poll | None:
    poll = ctx.store.polls.get(id_) if id_ else None
    return None if poll is None or poll.state is PollState.DRAFT else poll


def _told(what: Text) -> list[Intent]:
    return [Acknowledge(what, aside=True, shown=True)]
