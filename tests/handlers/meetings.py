"""What the tests of meetings share."""

from bot.core.content import Body
from bot.core.intents import At, Intent, Post
from bot.core.meetings import Meeting, Occurrence
from bot.core.refs import CardRef, ChatRef
from tests.handlers.world import Shown, World

ROOM, OTHER = "ngo", "dwa"


def claim(world: World, *rooms: str) -> None:
    """Rooms that hear the same things."""
    for room in rooms:
        world.say("olga", "/czaty", room)
        world.store(lambda store, room=room: store.rooms.claim(ChatRef(world.platform, room), None))  # type: ignore[misc]


def drafted(world: World, words: str, room: str | None = ROOM, who: str = "olga") -> str:
    """A draft; its id."""
    world.say(who, f"/nowe_spotkanie {words}", room)
    [post] = [intent for intent in world.intents if isinstance(intent, Post)]
    assert post.card.kind == "meeting-draft"
    return post.card.id


def opened(world: World, words: str = "Zebranie | 3.12.2026 17:00-19:00 | Biblioteka", room: str | None = ROOM) -> str:
    """A meeting in its rooms; the id of its first occurrence."""
    world.press("olga", f"meeting.start:{drafted(world, words, room)}", room)
    return next(
        intent.card.id for intent in world.intents if isinstance(intent, Post) and intent.card.kind == "meeting"
    )


def both(world: World, id_: str) -> tuple[Meeting, Occurrence]:
    """An occurrence with its meeting."""
    found = world.store(lambda store: store.meetings.both(id_))
    assert found
    return found


def occurrences(world: World, id_: str) -> list[Occurrence]:
    """All of its series."""
    meeting, _ = both(world, id_)
    return world.store(lambda store: store.meetings.of_meeting(meeting))


def card(world: World, id_: str, kind: str = "meeting") -> str:
    """A card as its readers see it."""
    at = ChatRef(world.platform, ROOM)
    body: Body | None = world.store(lambda store: world.routes.show(store, CardRef(kind, id_), at))
    assert body is not None
    return world._body("card", body, "pl", "").text


def timers(intents: list[Intent], name: str = "") -> list[At]:
    """Timers of a kind, in order."""
    return [intent for intent in intents if isinstance(intent, At) and intent.name.startswith(name)]


def text_of(shown: list[Shown]) -> str:
    """All that was said."""
    return "\n".join(one.text for one in shown)
