"""How polls end: closed by hand or by the clock, reopened, withdrawn; and their results."""

from collections.abc import Callable, Sequence

from bot.core import poll_cards
from bot.core.content import Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed, TimerFired
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.poll_intents import (
    alert,
    clock,
    end_native_at,
    may_end,
    named,
    no_clock,
    of_closing,
    published,
    refresh_at,
    refreshed,
    replied,
    said,
)
from bot.core.polls import GRACE, MAY_REOPEN, Poll, PollState, may_reopen
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from storage import Store

AT_ONCE = 5
"""How many results one answer shows."""
Act = Callable[[FromChat, Context[Store], Poll], Sequence[Intent]]


def router() -> Router[Store]:
    """Closing, withdrawing, results."""
    routes: Router[Store] = Router()
    routes.command("results", Names("wyniki", "results", "результати", also=("wynik", "result", "результат")))(results)
    routes.command("close", Names("zamknij", "close", "закрити"))(close)
    routes.command("withdraw", Names("wycofaj", "withdraw", "відкликати"))(withdraw)
    routes.press("poll.close")(press_close)
    routes.press("poll.withdraw")(press_withdraw)
    routes.press("poll.reopen")(reopen)
    routes.timer("poll.time")(time_is_over)
    routes.card("poll-shut")(_card(lambda poll, closing, store: poll_cards.shut(poll, closing, store.now)))
    routes.card("poll-result")(
        _card(lambda poll, closing, store: poll_cards.published(poll, closing, store.polls.tally(poll)))
    )
    return routes


def close(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """End the poll that is answered, or the only one that runs here; ask which of several."""
    return _choose(message, ctx, "poll.close", text("poll-which-close"), _close)


def withdraw(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Take a poll back without a result."""
    return _choose(message, ctx, "poll.withdraw", text("poll-which-withdraw"), _withdraw)


def press_close(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Close the one that was chosen."""
    return _pressed(event, ctx, _close)


def press_withdraw(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Withdraw the one that was chosen."""
    return _pressed(event, ctx, _withdraw)


def reopen(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Take a closing by hand back: who closed it, for a few seconds."""
    id_, closing = named(event.action)
    poll = ctx.store.polls.get(id_)
    if poll is None or poll.state is not PollState.CLOSED:
        return alert("poll-gone")
    if ctx.person is None or ctx.person.id != poll.closed_by:
        return alert("poll-not-yours-close")
    if not may_reopen(poll, closing, ctx.now):
        return alert("poll-secret-closed" if poll.draft.secret else "poll-too-late-reopen")
    ctx.store.native_votes.settle_all(ctx.store.polls.reopen(poll))
    ctx.store.audit.note(ctx.person.id, "poll-reopened", poll.id)
    return [Acknowledge(text("poll-reopened")), *refreshed(poll), *clock(poll)]


def time_is_over(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """At its hour wait for votes under way; after the grace publish."""
    poll = ctx.store.polls.get(str(event.payload["poll"]))
    if poll is None or not poll.running or poll.draft.closes_at is None:
        return []
    if ctx.now < poll.draft.closes_at + GRACE:
        if poll.state is PollState.OPEN:
            ctx.store.polls.time_is_over(poll)
        return [*clock(poll, grace=True), Refresh(CardRef("poll", poll.id))]
    closed = ctx.store.polls.close(poll, None, poll.draft.closes_at)
    ctx.store.audit.note(None, "poll-closed", poll.id)
    return published(closed, ctx.store.chats.language, ctx.lang)


def results(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """The poll that is answered; else what runs here; else what ended last."""
    answered, room = replied(ctx), message.room
    found = [answered] if answered else ctx.store.polls.running(room)[:AT_ONCE] or ctx.store.polls.ended(room, 1)
    if not found:
        return said("poll-none")
    if answered and answered.state is PollState.WITHDRAWN:
        return said("poll-withdrawn")
    return [Reply(poll_cards.result(poll, ctx.store.polls.tally(poll))) for poll in found]


def _close(event: FromChat, ctx: Context[Store], poll: Poll) -> Sequence[Intent]:
    """Publish at once; for a few seconds an open one can be taken back."""
    closed = ctx.store.polls.close(poll, ctx.person.id if ctx.person else None, ctx.now)
    ctx.store.audit.note(closed.closed_by, "poll-closed", poll.id)
    shut = of_closing("poll-shut", closed)
    over = ctx.now + MAY_REOPEN
    return [
        no_clock(poll),
        *published(closed, ctx.store.chats.language, ctx.lang),
        Post(shut, event.chat),
        refresh_at(over, shut),
        end_native_at(over, poll),
    ]


def _withdraw(_event: FromChat, ctx: Context[Store], poll: Poll) -> Sequence[Intent]:
    """Say everywhere that it doesn't count."""
    ctx.store.polls.withdraw(poll)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "poll-withdrawn", poll.id)
    return [no_clock(poll), *refreshed(poll), Reply(Body((say("poll-withdrawn"),)))]


def _choose(message: Message, ctx: Context[Store], action: str, question: Text, act: Act) -> Sequence[Intent]:
    answered = replied(ctx)
    if answered and not answered.running:
        return said("poll-none-running")
    running = [answered] if answered else ctx.store.polls.running(message.room)
    mine = [poll for poll in running if may_end(poll, ctx)]
    if not mine:
        return said("poll-close-others" if running else "poll-none-running")
    if len(mine) == 1:
        return act(message, ctx, mine[0])
    buttons = [Button(text("poll-label", option=poll.draft.question), f"{action}:{poll.id}") for poll in mine]
    return [Reply(Body((Say(question),), tuple(buttons)))]


def _pressed(event: Pressed, ctx: Context[Store], act: Act) -> Sequence[Intent]:
    poll = ctx.store.polls.get(named(event.action)[0])
    if poll is None or not poll.running:
        return alert("poll-gone")
    return act(event, ctx, poll) if may_end(poll, ctx) else alert("poll-close-others")


def _card(show: Callable[[Poll, int, Store], Body]) -> Callable[[Store, str], Body | None]:
    """A card of one closing."""

    def render(store: Store, id_: str) -> Body | None:
        id_, _, closing = id_.partition(".")
        poll = store.polls.get(id_)
        return show(poll, int(closing or 0), store) if poll else None

    return render
