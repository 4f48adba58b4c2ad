"""The rooms, for those who moderate: all of them with their state, page by page, moved between audiences, put aside."""

import re
from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.content import Arg, Block, Body, Button, Items, Text, say, text
from bot.core.context import Context
from bot.core.desk import handled
from bot.core.events import Message, Pressed
from bot.core.forms import listed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.places import Place, Standing
from bot.core.refs import CardRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.rooms import LOST, WAITING

PAGE = 8
"""How many rooms a page shows: each is a button as well."""
AUDIENCES = 20
_MOVE = re.compile(r"move:([0-9a-f]{1,16})\.([0-9a-z]{1,16})")
LANGUAGE = "pl"
"""Of rooms in which nobody chose one."""


def router() -> Router[Store]:
    """The list and its buttons."""
    routes: Router[Store] = Router()
    names = Names("czaty", "rooms", "чати", also=("pokoje", "pokój"))
    routes.command("rooms", names, who=Role.MODERATOR)(rooms)
    routes.press("rooms.page")(page)
    routes.press("rooms.one")(one)
    routes.press("rooms.archive")(archive)
    routes.press("rooms.restore")(restore)
    routes.press("move")(move)
    return routes


def rooms(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """In a room its settings; in a direct chat all rooms."""
    room = ctx.store.rooms.get(message.chat) if message.kind is ChatKind.ROOM else None
    if room:
        return [Post(CardRef("room", room.id), message.chat, room.lang or LANGUAGE)]
    return [Reply(_page(ctx, 0))] if message.kind is ChatKind.DIRECT else [Reply(Body((say("rooms-direct"),)))]


def page(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Another page."""
    number = (event.action or "").partition(":")[2]
    return _refused(event, ctx) or [Reply(_page(ctx, int(number) if number.isdecimal() else 0))]


def one(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """One room, and the audiences that it can be moved to."""
    place = _pressed(event, ctx)
    if not isinstance(place, Place):
        return place
    others = [other for other in ctx.store.rooms.audiences() if other.id != place.audience]
    buttons = [
        Button(text("rooms-move", audience=_audience(other.name)), f"move:{place.id}.{other.id}")
        for other in others[:AUDIENCES]
    ]
    if place.standing is not Standing.DESK:
        aside = "restore" if place.standing is Standing.ARCHIVED else "archive"
        buttons.insert(0, Button(text(f"rooms-{aside}"), f"rooms.{aside}:{place.id}"))
    return [Reply(Body((Items((_line(place, ctx),)), say("rooms-move-how")), tuple(buttons)))]


def archive(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Put a room aside: it hears nothing that is told to several rooms, and nobody has to see to it."""
    place = _pressed(event, ctx)
    if not isinstance(place, Place):
        return place
    if not ctx.store.rooms.archive(place.id):
        return [Acknowledge(text("rooms-archive-not"), alert=True)]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-archived", place.id)
    over = [one for kind in (LOST, WAITING) for one in handled(ctx, CardRef(kind, place.id), "archived") or ()]
    return [Acknowledge(text("rooms-archive-toast")), Refresh(CardRef("room", place.id)), *over]


def restore(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Take it back."""
    place = _pressed(event, ctx)
    if not isinstance(place, Place):
        return place
    if not ctx.store.rooms.restore(place.id):
        return [Acknowledge(text("rooms-restore-not"), alert=True)]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-restored", place.id)
    return [Acknowledge(text("rooms-restore-toast")), Refresh(CardRef("room", place.id))]


def move(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Put a room into another audience."""
    refusal = _refused(event, ctx)
    match = _MOVE.fullmatch(event.action or "")
    place = ctx.store.rooms.place(match[1]) if match else None
    there = next((one for one in ctx.store.rooms.audiences() if match and one.id == match[2]), None)
    if refusal or place is None or there is None:
        return refusal or [Acknowledge(text("rooms-gone"), alert=True)]
    ctx.store.rooms.move_to(place.chat, there.name)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-moved", place.id, audience=there.id)
    told = Acknowledge(text("rooms-moved-toast", audience=_audience(there.name)))
    return [told, Refresh(CardRef("room", place.id))]


def _refused(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    if event.kind is not ChatKind.DIRECT or ctx.role < Role.MODERATOR:
        return [Acknowledge(text("room-moderators"), alert=True)]
    return []


def _pressed(event: Pressed, ctx: Context[Store]) -> Place | Sequence[Intent]:
    """The room that a button is about; else why not."""
    place = ctx.store.rooms.place((event.action or "").partition(":")[2])
    return _refused(event, ctx) or place or [Acknowledge(text("rooms-gone"), alert=True)]


def _page(ctx: Context[Store], number: int) -> Body:
    places = ctx.store.rooms.places()
    if not places:
        return Body((say("rooms-none"),))
    pages = -(-len(places) // PAGE)
    number = min(number, pages - 1)
    shown = places[number * PAGE : (number + 1) * PAGE]
    blocks: list[Block] = [say("rooms-head", count=len(places), page=number + 1, pages=pages)]
    blocks.append(Items(tuple(_line(place, ctx) for place in shown)))
    buttons = [Button(text("rooms-label", name=_name(place)), f"rooms.one:{place.id}") for place in shown]
    if number + 1 < pages:
        buttons.append(Button(text("rooms-next"), f"rooms.page:{number + 1}"))
    if number:
        buttons.append(Button(text("rooms-previous"), f"rooms.page:{number - 1}"))
    return Body((*blocks, say("rooms-how")), tuple(buttons))


def _line(place: Place, ctx: Context[Store]) -> Text:
    known: dict[str, Arg] = {area.id: area.words for area in ctx.store.areas.all()}
    areas = [known[id_] for id_ in known if id_ in place.areas]
    return text(
        "rooms-line",
        name=_name(place),
        network=network_of(place.chat.platform),
        state=text(f"rooms-state-{place.standing.value}"),
        audience=_audience(place.audience_name),
        areas=listed(areas) if areas else text("room-about-all"),
        language=text(f"language-name-{place.lang or LANGUAGE}"),
    )


def _name(place: Place) -> Arg:
    return place.name or text("rooms-nameless", id=place.chat.chat_id)


def _audience(name: str) -> Text:
    return text("audience-name", name=name) if name else text("audience-default")
