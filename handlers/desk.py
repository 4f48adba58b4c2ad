"""The moderators' room, what waits for a moderator, and rooms that nobody claimed yet."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.content import Body, Button, say, text
from bot.core.context import Context
from bot.core.desk import handled
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.refs import CardRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.desk import MEMBERSHIP
from storage.question_queue import DESK_CARD as QUESTION
from storage.reports import CARD as REPORT
from storage.rooms import WAITING, Room, RoomState

AT_ONCE = 5
"""How many waiting things are shown at once: each is a message."""


def router() -> Router[Store]:
    """Making a room the moderators', the list of what waits, and the card of an unclaimed room."""
    routes: Router[Store] = Router()
    room = Names(
        *("grupa_moderatorów", "moderators_room", "група_модераторів"),
        also=("pokój_moderatorów", "кімната_модераторів"),
    )
    routes.command("moderators-room", room, who=Role.COORDINATOR)(moderators_room)
    routes.command("desk", Names("sprawy", "desk", "справи"), who=Role.MODERATOR)(waiting)
    routes.press("desk.off")(ordinary)
    routes.press("desk.room")(claim)
    routes.press("desk.leave")(leave)
    routes.card(WAITING)(show)
    for kind in (WAITING, MEMBERSHIP, REPORT, QUESTION):
        routes.press(f"late.{kind}")(late)
    return routes


def moderators_room(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Make this room the moderators'; what waits comes along."""
    if message.kind is not ChatKind.ROOM:
        return [_reply("desk-in-room")]
    rooms = ctx.store.rooms
    new = rooms.set_desk(message.chat, on=True)
    room = rooms.get(message.chat)
    if room is None or not room.desk:  # Whoever may use this command claimed the room by it, unless nobody is named.
        return [_reply("desk-moderators")]
    off = (Button(text("desk-off"), "desk.off"),)
    if not new:
        return [Reply(Body((say("desk-already"),), off))]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "moderators-room", room.id, on=True)
    made = Reply(Body((say("desk-made"),), off))
    return [made, Refresh(CardRef("room", room.id)), *_shown(message, ctx)]


def ordinary(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The room is the moderators' no more."""
    if ctx.role < Role.COORDINATOR:
        return [Acknowledge(text("desk-coordinators"), alert=True)]
    room = ctx.store.rooms.get(event.chat)
    if room is None or not ctx.store.rooms.set_desk(event.chat, on=False):
        return [Acknowledge(text("desk-off-already"))]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "moderators-room", room.id, on=False)
    return [Acknowledge(text("desk-off-done")), Refresh(CardRef("room", room.id))]


def waiting(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Show what waits: in the direct chat and in moderators' rooms alone."""
    room = ctx.store.rooms.get(message.chat) if message.kind is ChatKind.ROOM else None
    if message.kind is not ChatKind.DIRECT and not (room and room.desk):
        return [_reply("desk-not-here")]
    return _shown(message, ctx) or [_reply("desk-nothing")]


def late(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """A number that a card doesn't offer, or no more."""
    kind, id_, *_ = (event.action or "").removeprefix("late.").split(":")
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("desk-moderators"), alert=True)]
    if ctx.store.desk.waits(CardRef(kind, id_)):
        return [Acknowledge(text("press-expired"), alert=True)]
    return [Acknowledge(text("desk-handled"))]


def _shown(message: Message, ctx: Context[Store]) -> list[Intent]:
    cards = ctx.store.desk.waiting()
    if not cards:
        return []
    head = say("desk-waiting", count=len(cards), number=min(len(cards), AT_ONCE))
    return [Reply(Body((head,))), *(Post(card, message.chat) for card in cards[:AT_ONCE])]


# --- rooms that wait ---


def show(store: Store, id_: str) -> Body | None:
    """The card of a room that a stranger brought the bot to."""
    room = store.rooms.by_id(id_)
    if room is None:
        return None
    about = say("desk-room", network=network_of(room.chat.platform), name=room.chat.chat_id)
    if room.claimed or room.state is RoomState.LEFT or not store.desk.waits(CardRef(WAITING, id_)):
        end = (
            "desk-room-claimed"
            if room.claimed
            else "desk-room-gone"
            if room.state is RoomState.LEFT
            else "desk-room-left"
        )
        return Body((about, say(end)))
    buttons = (
        Button(text("desk-room-yes"), f"desk.room:{id_}"),
        Button(text("desk-room-no"), f"desk.leave:{id_}"),
    )
    return Body((about, say("desk-room-what")), buttons)


def claim(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Claim it from here: its settings are shown there."""
    room = _room(event, ctx)
    if not isinstance(room, Room):
        return room
    done = handled(ctx, CardRef(WAITING, room.id), "claimed")
    if done is None:
        return [Acknowledge(text("desk-handled"))]
    ctx.store.rooms.claim(room.chat, ctx.person.id if ctx.person else None)
    ctx.store.audit.note(
        ctx.person.id if ctx.person else None, "room-claimed", room.id, network=network_of(room.chat.platform)
    )
    return [Acknowledge(text("room-claimed-toast")), Post(CardRef("room", room.id), room.chat, room.lang), *done]


def leave(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Leave it as it is: unclaimed."""
    room = _room(event, ctx)
    if not isinstance(room, Room):
        return room
    done = handled(ctx, CardRef(WAITING, room.id), "left")
    if done is None:
        return [Acknowledge(text("desk-handled"))]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-not-claimed", room.id)
    return [Acknowledge(text("desk-room-left-toast")), *done]


def _room(event: Pressed, ctx: Context[Store]) -> Room | list[Intent]:
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("desk-moderators"), alert=True)]
    room = ctx.store.rooms.by_id((event.action or "").partition(":")[2])
    if room is None or room.state is RoomState.LEFT:
        return [Acknowledge(text("press-expired"), alert=True)]
    return room


def _reply(id_: str) -> Reply:
    return Reply(Body((say(id_),)))
