"""What people need at a meeting: taken in the direct chat, told to moderators as sums alone."""

from collections.abc import Sequence

from bot.core import meeting_cards
from bot.core.access_needs import NEEDS, NOTHING
from bot.core.chats import ChatKind
from bot.core.content import Body, Items, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.forms import listed
from bot.core.intents import Acknowledge, Direct, Intent, Reply
from bot.core.meeting_intents import replied_to
from bot.core.people import Role
from bot.core.poll_intents import alert, said
from bot.core.routing import Names, Router
from storage import Store


def router() -> Router[Store]:
    """The answers, and the sums."""
    routes: Router[Store] = Router()
    names = Names("potrzeby", "access_needs", "потреби")
    routes.command("access-needs", names, who=Role.MODERATOR)(sums)
    routes.press("need")(press)
    return routes


def press(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """One need more, or none to be told; only of oneself, in the direct chat."""
    _, id_, need = [*(event.action or "").split(":"), "", ""][:3]
    meeting = ctx.store.meetings.get(id_)
    if meeting is None or ctx.person is None or event.kind is not ChatKind.DIRECT or need not in (*NEEDS, NOTHING):
        return alert("meeting-gone")
    if need == NOTHING:
        ctx.store.needs.put(id_, ctx.person.id, ())
        return [Acknowledge(text("needs-none"))]
    known = (ctx.store.needs.of(id_, ctx.person.id) or frozenset()) | {need}
    ctx.store.needs.put(id_, ctx.person.id, known)
    chosen = listed([text(f"need-{one}") for one in NEEDS if one in known])
    return [Acknowledge(text("needs-saved", words=chosen))]


def sums(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """How many need what, without names; in the direct chat even when it was asked for in a room."""
    direct = message.kind is ChatKind.DIRECT
    replied = replied_to(ctx)
    found = ctx.store.meetings.both(replied) if replied else None
    if found is None:
        coming = ctx.store.meetings.upcoming(None if direct else message.chat, 2)
        if len(coming) != 1:
            return said("meeting-which" if coming else "meeting-none")
        found = coming[0]
    counts = ctx.store.needs.sums(found[0].id)
    lines = tuple(
        text("needs-line", words=text(f"need-{need}"), count=counts[need]) for need in NEEDS if counts.get(need)
    )
    title = say("meeting-line", title=found[0].plan.title, when=meeting_cards.when(*found))
    body = Body((title, Items(lines) if lines else say("needs-nobody")))
    if direct or ctx.person is None:
        return [Reply(body)] if direct else said("rsvp-nobody")
    return [Direct(ctx.person.id, body), Reply(Body((say("needs-sent"),)))]
