"""Rooms in which the bot can't write any more: moderators hear of it, and say what is to be done."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.content import Body, Button, say, text
from bot.core.context import Context
from bot.core.desk import ask, handled, listed
from bot.core.events import Pressed, TimerFired
from bot.core.intents import Acknowledge, Intent, Reply
from bot.core.people import Role
from bot.core.places import Place, Standing
from bot.core.refs import CardRef, network_of
from bot.core.routing import Router
from storage import Store
from storage.rooms import LOST, WAITING

LANGUAGE = "pl"
"""Of rooms in which nobody chose one."""
_OUT = (Standing.SILENT, Standing.GONE)


def router() -> Router[Store]:
    """The timer that tells of a loss, the card, its buttons."""
    routes: Router[Store] = Router()
    routes.timer(LOST)(lost)
    routes.press("lost.try")(try_again)
    routes.press("lost.leave")(leave)
    routes.card(LOST)(show)
    return routes


def lost(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """The bot was muted in a room or put out of it. Who lost their own room is told in direct chats."""
    place = ctx.store.rooms.place(str(event.payload["id"]))
    if place is None or place.standing not in _OUT:
        return []
    over = handled(ctx, CardRef(WAITING, place.id), "gone") if place.standing is Standing.GONE else None
    card = CardRef(LOST, place.id)
    if not event.payload["claimed"]:
        return over or []
    if place.standing is Standing.SILENT and ctx.store.desk.outcome(card) == "left":
        return []  # It is left as it is, and heard of anew by every answer that the bot can't give there.
    if event.payload["desk"]:
        return ask(ctx, card, ctx.store.people.with_role(Role.MODERATOR))
    return listed(ctx, card)


def show(store: Store, id_: str) -> Body | None:
    """The card: what happened and what helps, or how it ended."""
    place = store.rooms.place(id_)
    if place is None:
        return None
    where = {"name": place.name or text("rooms-nameless", id=place.chat.chat_id), "network": _network(place)}
    outcome = store.desk.outcome(CardRef(LOST, id_))
    if outcome or place.standing not in _OUT:
        return Body((say(f"lost-was-{outcome or 'back'}", **where),))
    leave_it = Button(text("lost-leave"), f"lost.leave:{id_}")
    if place.standing is Standing.GONE:
        return Body((say("lost-gone", **where), say("lost-gone-what")), (leave_it,))
    again = Button(text("lost-try"), f"lost.try:{id_}")
    return Body((say("lost-silent", **where), say("lost-silent-what")), (again, leave_it))


def try_again(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Somebody gave the right back, or hopes so: the bot says a word there. If that fails it is told again."""
    place = _place(event, ctx)
    if not isinstance(place, Place):
        return place
    if place.standing is not Standing.SILENT:
        return [Acknowledge(text("press-expired"), alert=True)]
    done = handled(ctx, CardRef(LOST, place.id), "tried")
    if done is None:
        return [Acknowledge(text("desk-handled"))]
    ctx.store.chats.seen(place.chat, ChatKind.ROOM, place.lang, None)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-tried", place.id)
    word = Reply(Body((say("lost-here"),)), place.chat, place.lang or LANGUAGE)
    return [Acknowledge(text("lost-try-toast")), word, *done]


def leave(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Nothing is to be done about it."""
    place = _place(event, ctx)
    if not isinstance(place, Place):
        return place
    done = handled(ctx, CardRef(LOST, place.id), "left")
    if done is None:
        return [Acknowledge(text("desk-handled"))]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-loss-left", place.id)
    return [Acknowledge(text("lost-left-toast")), *done]


def _place(event: Pressed, ctx: Context[Store]) -> Place | list[Intent]:
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("desk-moderators"), alert=True)]
    place = ctx.store.rooms.place((event.action or "").partition(":")[2])
    return place or [Acknowledge(text("press-expired"), alert=True)]


def _network(place: Place) -> str:
    return network_of(place.chat.platform)
