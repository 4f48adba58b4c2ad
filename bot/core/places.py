"""Rooms as moderators see them in a list, and which of them an announcement is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.core.refs import ChatRef

EVERYWHERE, OPEN = "all", "audience:default"


class Standing(StrEnum):
    """Silent: the bot may not write there (or was put out and nobody said so yet). Gone: it was put out. Offered:
    nobody claimed the room yet. Desk: a moderators' room, which hears no announcements. Archived: a moderator put it
    aside: it hears nothing that is told to several rooms."""

    ACTIVE = "active"
    DESK = "desk"
    SILENT = "silent"
    GONE = "gone"
    OFFERED = "offered"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Place:
    """A room. `name` is the network's name for it, empty where the bot has not heard one. No `areas`: about all."""

    id: str
    chat: ChatRef
    name: str
    standing: Standing
    audience: str
    audience_name: str
    areas: frozenset[str] = frozenset()
    lang: str | None = None


def reached(places: Iterable[Place], target: str) -> list[Place]:
    """The rooms that a target means, of those in which the bot may write; each once.

    A target is `all`, or `audience:`, `area:`, `network:` (the platform) or `room:` with an id behind it, or several
    of these with commas between them.
    """
    meant = [(kind, id_) for kind, _, id_ in (one.partition(":") for one in target.split(","))]
    return [
        place
        for place in places
        if place.standing is Standing.ACTIVE and any(_meant(place, kind, id_) for kind, id_ in meant)
    ]


def for_everybody(target: str) -> bool:
    """Whether a target means no closed circle: all rooms, a network, an area, or the rooms in which nobody chose an
    audience."""
    return any(one.partition(":")[0] in (EVERYWHERE, "area", "network") or one == OPEN for one in target.split(","))


def _meant(place: Place, kind: str, id_: str) -> bool:
    match kind:
        case "audience":
            return place.audience == id_
        case "area":
            return not place.areas or id_ in place.areas
        case "network":
            return place.chat.platform == id_
        case "room":
            return place.id == id_
        case _:
            return kind == EVERYWHERE
