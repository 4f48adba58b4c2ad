"""Thematic areas: members follow them with switches, rooms are about them, coordinators change them."""

from collections.abc import Mapping, Sequence

from bot.core.chats import ChatKind
from bot.core.clean import fold, one_line
from bot.core.content import Body, Button, Items, say, text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from storage import Store
from storage.areas import Area

LANGUAGES = ("pl", "en", "uk")
NAME_LIMIT = 60
"""Longest name of an area, in characters: longer ones would be cut on buttons."""
MOST = 30
"""How many areas there may be: each is a button."""
_VERBS = {
    "add": "dodaj nowy add new додати новий",
    "rename": "zmień nazwij rename change змінити перейменувати",
    "retire": "wycofaj usuń retire remove вилучити прибрати",
    "restore": "przywróć restore повернути відновити",
}
_DO = {fold(word): verb for verb, words in _VERBS.items() for word in words.split()}


def router() -> Router[Store]:
    """The list with its switches, and the coordinators' command."""
    routes: Router[Store] = Router()
    routes.command("areas", Names("obszary", "areas", "напрями", also=("напрямки",)))(areas)
    names = Names("obszar", "area", "напрям", also=("напрямок",))
    routes.command("area", names, who=Role.COORDINATOR)(change)
    routes.press("area.follow")(follow)
    routes.press("area.room")(set_room)
    routes.card("areas")(show_followed)
    routes.card("room-areas")(show_room)
    return routes


# --- following ---


def areas(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """In a direct chat the switches of what one follows; in a room its areas, with switches for a moderator."""
    if message.kind is ChatKind.DIRECT and ctx.person:
        return [Post(CardRef("areas", ctx.person.id), message.chat)]
    room = ctx.store.rooms.get(message.chat)
    if room and ctx.role >= Role.MODERATOR:
        return [Post(CardRef("room-areas", room.id), message.chat)]
    here = room.areas if room else frozenset()
    items = tuple(
        text("area-here" if area.id in here else "area-name", name=area.words) for area in ctx.store.areas.all()
    )
    return [Reply(Body((say("areas-head"), Items(items), say("areas-how", example=text("example-areas")))))]


def show_followed(store: Store, person_id: str) -> Body:
    """The switches of one person. Only that person's direct chat has this card."""
    on = store.areas.followed(person_id)
    head = say("areas-follow", example=text("example-areas"))
    return Body((head,), tuple(_switch("area.follow", area, area.id in on) for area in store.areas.all()))


def show_room(store: Store, room_id: str) -> Body | None:
    """The switches of a room."""
    room = store.rooms.by_id(room_id)
    if room is None:
        return None
    switches = tuple(_switch("area.room", area, area.id in room.areas) for area in store.areas.all())
    return Body((say("areas-room"),), switches)


def _switch(action: str, area: Area, on: bool) -> Button:
    # What a tap does is in the action, so a double tap doesn't take it back.
    label = text("area-on" if on else "area-name", name=area.words)
    return Button(label, f"{action}:{area.id}:{0 if on else 1}")


def follow(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Follow an area or no more: one's own list, in one's own chat."""
    area, on = _pressed(event, ctx)
    if area is None or event.kind is not ChatKind.DIRECT or ctx.person is None:
        return [Acknowledge(text("press-expired"), alert=True)]
    ctx.store.areas.follow(ctx.person.id, area.id, on)
    told = text("area-followed" if on else "area-unfollowed", name=area.words)
    return [Acknowledge(told), Refresh(CardRef("areas", ctx.person.id))]


def set_room(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Say that the room is about an area, or no more. Who taps must be a moderator at this moment."""
    area, on = _pressed(event, ctx)
    if area is None or event.kind is not ChatKind.ROOM:
        return [Acknowledge(text("press-expired"), alert=True)]
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("room-moderators"), alert=True)]
    ctx.store.rooms.set_area(event.chat, area.id, on)
    room = ctx.store.rooms.get(event.chat)
    cards = [Refresh(CardRef(kind, room.id)) for kind in ("room-areas", "room")] if room else []
    return [Acknowledge(text("area-room-on" if on else "area-room-off", name=area.words)), *cards]


def _pressed(event: Pressed, ctx: Context[Store]) -> tuple[Area | None, bool]:
    """The area of a switch and what the tap does. One that was retired can still be switched off."""
    id_, _, on = (event.action or "").partition(":")[2].partition(":")
    area = ctx.store.areas.get(id_) if on in {"0", "1"} else None
    return (None if area and area.retired and on == "1" else area), on == "1"


# --- the coordinators' list ---


def change(_message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Add, rename, retire or restore an area; without any of these the list with numbers and how to do it."""
    first, rest, *_ = *argument.split(maxsplit=1), "", ""
    verb = _DO.get(fold(first.strip(":,.")))
    listed = ctx.store.areas.all()
    if verb == "add":
        return _add(rest, listed, ctx)
    if verb is None or not rest:
        return [_how(listed)]
    which, _, names = rest.partition("|")
    area = _find(which, listed, ctx)
    if verb == "rename":
        given = _names(names, ctx, area)
        ctx.store.areas.rename(area.id, given)
        _note("area-renamed", area, ctx)
        return [_told("area-renamed", Area(area.id, given))]
    if verb == "restore" and area.retired:
        _room_for_more(listed)
    ctx.store.areas.retire(area.id, retired=verb == "retire")
    done = "area-retired" if verb == "retire" else "area-restored"
    _note(done, area, ctx)
    return [_told(done, area)]


def _add(given: str, listed: Sequence[Area], ctx: Context[Store]) -> Sequence[Intent]:
    _room_for_more(listed)
    area = ctx.store.areas.add(_names(given, ctx, None))
    _note("area-added", area, ctx)
    return [_told("area-added", area)]


def _note(act: str, area: Area, ctx: Context[Store]) -> None:
    ctx.store.audit.note(ctx.person.id if ctx.person else None, act, area.id)


def _room_for_more(listed: Sequence[Area]) -> None:
    if len(listed) >= MOST:
        raise UserError(text("area-too-many", limit=MOST))


def _find(which: str, listed: Sequence[Area], ctx: Context[Store]) -> Area:
    """An area by its number in the list or by its name in any language."""
    words = one_line(which)
    number = words.strip("#. ")
    if number.isascii() and number.isdigit() and 0 < int(number[:4]) <= len(listed):
        return listed[int(number[:4]) - 1]
    area = ctx.store.areas.named(words)
    if area is None:
        raise UserError(text("area-unknown"))
    return area


def _names(given: str, ctx: Context[Store], of: Area | None) -> Mapping[str, str]:
    """A name for each language: three between bars, or one for all."""
    names = [one_line(name) for name in given.split("|")]
    if len(names) not in {1, len(LANGUAGES)} or not all(any(char.isalpha() for char in name) for name in names):
        raise UserError(text("area-names-needed"))
    if any(len(name) > NAME_LIMIT for name in names):
        raise UserError(text("area-name-long", limit=NAME_LIMIT))
    for name in names:
        other = ctx.store.areas.named(name)
        if other and (of is None or other.id != of.id):
            raise UserError(text("area-exists-retired" if other.retired else "area-exists", name=other.words))
    return dict(zip(LANGUAGES, names * len(LANGUAGES) if len(names) == 1 else names, strict=False))


def _how(listed: Sequence[Area]) -> Reply:
    numbered = tuple(text("area-numbered", number=number, name=area.words) for number, area in enumerate(listed, 1))
    return Reply(Body((say("areas-head"), *([Items(numbered)] if numbered else []), say("area-how"))))


def _told(id_: str, area: Area) -> Reply:
    return Reply(Body((say(id_, name=area.words),)))
