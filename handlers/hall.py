"""The hall: a moderator counts the raised hands of people who use neither app."""

from collections.abc import Sequence

from bot.core.content import Body, Button, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.hall import counted, listed, misfit
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.poll_intents import alert, replied, said
from bot.core.polls import Poll
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Names, Router
from storage import Store


def router() -> Router[Store]:
    """One command, and its question which poll is meant."""
    routes: Router[Store] = Router()
    routes.command("hall", Names("sala", "hall", "зала"), who=Role.MODERATOR)(count)
    routes.press("hall.count")(press)
    routes.copy("hall-which")(which)
    return routes


def count(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Hands for the poll that is answered, or the only one that runs here; ask which of several."""
    if not argument:
        return said("hall-how")
    hands = counted(argument)
    if isinstance(hands, Text):
        return _reply(hands)
    answered = replied(ctx)
    polls = [answered] if answered else ctx.store.polls.running(message.room)
    if not polls:
        return said("poll-none-running")
    if len(polls) == 1:
        done = _set(polls[0], hands, ctx)
        return _reply(done) if isinstance(done, Text) else [Reply(Body((done,))), Refresh(CardRef("poll", polls[0].id))]
    fitting = [poll for poll in polls if misfit(poll.draft, hands) is None]
    if not fitting:
        return said("hall-fits-none")
    # The numbers wait in the name of the question itself, which the pressed button hangs under.
    return [Post(CardRef("hall-which", "-".join(map(str, hands))), message.chat)]


def which(store: Store, id_: str, chat: ChatRef) -> Body | None:
    """The polls that such numbers fit: of the room, or in a direct chat all."""
    hands = tuple(map(int, id_.split("-")))
    running = [poll for poll in store.polls.running() if misfit(poll.draft, hands) is None]
    polls = [poll for poll in running if poll.shown_in(chat)] or running
    buttons = [Button(text("poll-label", option=poll.draft.question), f"hall.count:{poll.id}") for poll in polls]
    return Body((say("hall-which", counts=listed(hands)),), tuple(buttons))


def press(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The poll was named."""
    card = ctx.post.card if ctx.post else None
    poll = ctx.store.polls.get((event.action or "").partition(":")[2])
    if card is None or card.kind != "hall-which" or poll is None:
        return alert("press-expired")
    if ctx.role < Role.MODERATOR:
        return alert("not-allowed")
    done = _set(poll, tuple(map(int, card.id.split("-"))), ctx)
    if isinstance(done, Text):
        return [Acknowledge(done, alert=True)]
    return [Acknowledge(text("hall-saved-toast")), Reply(Body((done,))), Refresh(CardRef("poll", poll.id))]


def _set(poll: Poll, hands: tuple[int, ...], ctx: Context[Store]) -> Say | Text:
    """Take the numbers, or say why not. A result that was published stays as it is."""
    if not poll.running:
        return text("hall-too-late")
    wrong = misfit(poll.draft, hands)
    if wrong or ctx.person is None:
        return wrong or text("not-allowed")
    empty = not any(hands)
    ctx.store.polls.count_hall(poll, () if empty else hands)
    ctx.store.audit.note(ctx.person.id, "hall-counted", poll.id, hands=" ".join(map(str, hands)))
    if empty:
        return say("hall-cleared", question=poll.draft.question)
    return say("hall-saved", question=poll.draft.question, counts=listed(hands), total=sum(hands))


def _reply(why: Text) -> Sequence[Intent]:
    return [Reply(Body((Say(why),)))]
