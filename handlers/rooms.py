"""Rooms: a moderator brings the bot and claims the room with one tap; audiences join rooms over networks."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.chats import ChatKind
from bot.core.clean import fold, one_line
from bot.core.content import Body, Button, Items, Text, say, text
from bot.core.context import Context
from bot.core.desk import ask, handled, staffed
from bot.core.events import FromChat, Joined, Message, Pressed
from bot.core.intents import Acknowledge, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.refs import CardRef, ChatRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.rooms import LOST, WAITING, Audience, PollsBy, Room, RoomState

LANGUAGES = ("pl", "en", "uk")
NAME_LIMIT = 40
"""Longest name of an audience, in characters."""
_DEFAULT = {fold(word) for word in ("domyślny", "domyślne", "default", "типове", "типовий", "основне")}


def router() -> Router[Store]:
    """The greeting of a room, its settings, audiences."""
    routes: Router[Store] = Router()
    routes.on(Joined, ChatKind.ROOM)(joined)
    routes.before(spoken_to)
    routes.command("audience", Names("krąg", "audience", "коло"), who=Role.MODERATOR)(audience)
    routes.press("room.claim")(claim)
    routes.press("room.lang")(press_language)
    routes.press("room.polls")(press_polls)
    routes.press("room.areas")(press_areas)
    routes.card("room")(show)
    return routes


# --- coming in ---


def joined(event: Joined, ctx: Context[Store]) -> Sequence[Intent]:
    """A moderator brought the bot: one greeting, with a tap to claim the room. A stranger did: it waits silently, and
    the moderators' room is asked."""
    back = _back(event, ctx)
    if ctx.role < Role.MODERATOR and not staffed(ctx, ()):
        return back
    room = ctx.store.rooms.offer(event.chat)
    if room and ctx.role < Role.MODERATOR:
        return [*back, *ask(ctx, CardRef(WAITING, room.id), ())]
    # Nothing is said twice: not when the network repeats itself, not in a room that was claimed meanwhile.
    return [*back, _card(room, event.chat)] if room else back


def _back(event: Joined, ctx: Context[Store]) -> list[Intent]:
    """The bot may write again in a room that it had lost: nobody has to see to it, and the next loss is a new one."""
    room = ctx.store.rooms.get(event.chat)
    if room is None:
        return []
    done = handled(ctx, CardRef(LOST, room.id), "back")
    if done is None:
        ctx.store.desk.drop(LOST, [room.id])
    return done or []


def spoken_to(event: Message, ctx: Context[Store]) -> Sequence[Intent]:
    """A room in which a moderator speaks to the bot counts as claimed, unless it was put aside."""
    rooms = ctx.store.rooms
    if event.kind is not ChatKind.ROOM or ctx.role < Role.MODERATOR or ctx.person is None or rooms.claimed(event.chat):
        return []
    offered = rooms.get(event.chat)
    if offered and offered.state is RoomState.ARCHIVED:
        return []
    _claim(event, ctx)
    if offered is None:
        return []
    return [Refresh(CardRef("room", offered.id)), *(handled(ctx, CardRef(WAITING, offered.id), "claimed") or [])]


def show(store: Store, id_: str) -> Body | None:
    """The greeting with the room's settings; once it is claimed, the settings alone."""
    room = store.rooms.by_id(id_)
    if room is None:
        return None
    known = {area.id: area for area in store.areas.all()}
    areas = [text("area-name", name=area.words) for area in known.values() if area.id in room.areas]
    lines = (
        text("room-language", language=text(f"language-name-{room.lang or LANGUAGES[0]}")),
        text("room-polls", who=text(f"room-polls-{room.polls_by.value}")),
        text("room-about", areas=_list(areas) if areas else text("room-about-all")),
        text("room-audience", audience=_name(room.audience)),
    )
    claimed = (say("room-desk" if room.desk else "room-claimed"),)
    aside = (say("room-archived"),) if room.state is RoomState.ARCHIVED else (say("welcome-room"), say("room-offer"))
    head = claimed if room.claimed else aside
    return Body((*head, Items(lines), say("room-who")), _buttons(room))


def _buttons(room: Room) -> tuple[Button, ...]:
    """What is so has a tick. Each choice keeps its place and its meaning: a second tap, or the same number sent twice,
    changes nothing more."""
    claim_it = Button(text("room-claim-done" if room.claimed else "room-claim"), "room.claim")
    speak = [
        _choice(text(f"language-name-{code}"), f"room.lang:{code}", on=code == (room.lang or LANGUAGES[0]))
        for code in LANGUAGES
    ]
    polls = [
        _choice(text(f"room-let-{who.value}"), f"room.polls:{who.value}", on=who is room.polls_by) for who in PollsBy
    ]
    return (claim_it, *speak, *polls, Button(text("room-areas"), "room.areas"))


def _choice(label: Text, action: str, *, on: bool) -> Button:
    return Button(text("room-chosen", choice=label) if on else label, action)


# --- taps: each is checked by the role of who taps, at that moment ---


def claim(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Claim the room."""
    refused = _refused(event, ctx)
    if refused:
        return refused
    done = _changed(event, ctx, text("room-claimed-toast" if _claim(event, ctx) else "room-claimed-before"))
    room = ctx.store.rooms.get(event.chat)
    return [*done, *((handled(ctx, CardRef(WAITING, room.id), "claimed") if room else None) or [])]


def _claim(event: FromChat, ctx: Context[Store]) -> bool:
    person = ctx.person.id if ctx.person else None
    done = ctx.store.rooms.claim(event.chat, person)
    room = ctx.store.rooms.get(event.chat)
    if done and room:
        ctx.store.audit.note(person, "room-claimed", room.id, network=network_of(event.chat.platform))
    return done


def press_language(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Set the room's language."""
    code = _argument(event)
    refused = _refused(event, ctx, known=code in LANGUAGES)
    if refused:
        return refused
    ctx.store.chats.speak(event.chat, code)
    return _changed(event, ctx, text(f"language-set-{code}"))


def press_polls(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Say who may open polls here."""
    chosen = _argument(event)
    refused = _refused(event, ctx, known=chosen in set(PollsBy))
    if refused:
        return refused
    ctx.store.rooms.set_polls(event.chat, PollsBy(chosen))
    room = ctx.store.rooms.get(event.chat)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-polls", room.id if room else "", by=chosen)
    return _changed(event, ctx, text(f"room-polls-set-{chosen}"))


def press_areas(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Show the switches of the room's areas."""
    refused = _refused(event, ctx)
    room = ctx.store.rooms.get(event.chat)
    if refused or room is None:
        return refused or [Acknowledge(text("press-expired"), alert=True)]
    return [Post(CardRef("room-areas", room.id), event.chat, room.lang or LANGUAGES[0])]


def _refused(event: Pressed, ctx: Context[Store], *, known: bool = True) -> Sequence[Intent]:
    if event.kind is not ChatKind.ROOM or not known:
        return [Acknowledge(text("press-expired"), alert=True)]
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("room-moderators"), alert=True)]
    return []


def _changed(event: Pressed, ctx: Context[Store], told: Text) -> Sequence[Intent]:
    room = ctx.store.rooms.get(event.chat)
    return [Acknowledge(told), *([Refresh(CardRef("room", room.id))] if room else [])]


def _argument(event: Pressed) -> str:
    return (event.action or "").partition(":")[2]


# --- commands ---


def audience(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Put this room into an audience, or show the one it is in; in a direct chat show all."""
    name = one_line(argument)
    if message.kind is not ChatKind.ROOM:
        return [Reply(Body((say("audience-in-room"),)))] if name else _every_audience(ctx)
    room = ctx.store.rooms.get(message.chat)
    if room is None:  # Whoever may use this command claimed the room by it, unless nobody is named (a channel).
        return [Reply(Body((say("room-moderators"),)))]
    if not name:
        shown = _audience(room.audience, ctx)
        return [replace(shown, body=Body((*shown.body.blocks, say("audience-how"))))]
    if len(name) > NAME_LIMIT or not any(char.isalnum() for char in name):
        return [Reply(Body((say("audience-name-bad", limit=NAME_LIMIT),)))]
    there = ctx.store.rooms.move_to(message.chat, "" if fold(name) in _DEFAULT else name)
    if there == room.audience:
        return [_audience(there, ctx)]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "room-moved", room.id, audience=there.id)
    moved = _audience(there, ctx)
    card = Refresh(CardRef("room", room.id))
    return [replace(moved, body=Body((say("audience-moved"), *moved.body.blocks))), card]


def _every_audience(ctx: Context[Store]) -> Sequence[Intent]:
    blocks = [block for one in ctx.store.rooms.audiences() for block in _audience(one, ctx).body.blocks]
    return [Reply(Body((*blocks, say("audience-how"))))]


def _audience(one: Audience, ctx: Context[Store]) -> Reply:
    """An audience and how many rooms it has on each network: other rooms' names are theirs."""
    counted = sorted(ctx.store.rooms.networks_of(one.id).items())
    if not counted:
        return Reply(Body((say("audience-empty", audience=_name(one)),)))
    lines = tuple(text("audience-network", network=network_of(platform), rooms=rooms) for platform, rooms in counted)
    return Reply(Body((say("audience-head", audience=_name(one)), Items(lines))))


def _name(one: Audience) -> Text:
    return text("audience-name", name=one.name) if one.name else text("audience-default")


def _list(texts: Sequence[Text]) -> Text:
    first, *rest = texts
    return text("room-and-more", first=first, rest=_list(rest)) if rest else first


def _card(room: Room, chat: ChatRef) -> Post:
    return Post(CardRef("room", room.id), chat, room.lang or LANGUAGES[0])
