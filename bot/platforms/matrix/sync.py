"""Reading the sync: what to ask for, how to fill the gaps it leaves, and what the bot itself was there for."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import structlog

from bot.platforms.matrix.rooms import content
from bot.platforms.matrix.wire import CLIENT, MatrixError, Wire, part

log = structlog.get_logger(__name__)

PAGE = 100
GRACE_SECONDS = 15.0
"""How much longer than the asked-for time a long poll may take."""

_NONE: dict[str, Any] = {"types": []}
# What rooms.py keeps, but for the members: their changes stand in the timeline, and the whole list, which would come
# with every room that is joined, is asked for when it is needed. (Lazy loading would have the server look up writers.)
_STATE = {
    "types": [
        "m.room.create",
        "m.room.name",
        "m.room.canonical_alias",
        "m.room.power_levels",
        "m.room.encryption",
        "m.room.history_visibility",
        "m.room.tombstone",
    ]
}


def sync_filter(timeline: int) -> str:
    """The filter: so many events a room, no receipts, no typing, no presence, no lists of members.

    Without one Synapse sends ten events a room and the rest is lost to who does not fill gaps; above 100 it cuts
    (`filter_timeline_limit`), so gaps are filled besides.
    """
    return json.dumps(
        {
            "presence": _NONE,
            "account_data": {"types": ["m.direct"]},
            "room": {
                "timeline": {"limit": timeline},
                "state": _STATE,
                "ephemeral": _NONE,
                "account_data": _NONE,
            },
        }
    )


# Nothing of the rooms: for a token to start from, and for the invitations that wait.
BARE_FILTER = json.dumps(
    {
        "presence": _NONE,
        "account_data": _NONE,
        "room": {
            "timeline": {"limit": 1, "types": []},
            "state": _NONE,
            "ephemeral": _NONE,
            "account_data": _NONE,
        },
    }
)


class StaleTokenError(Exception):
    """The server does not understand the token it was asked from: expired, of another server, garbage."""


async def sync(wire: Wire, since: str | None, filter_: str, seconds: float) -> dict[str, Any]:
    """One sync; without `since` (or with no `seconds`) it answers at once.

    Raises:
        StaleTokenError: `since` can't be used.
        MatrixError, UnreachableError: as `Wire.call`.
    """
    try:
        answer = await wire.call(
            "GET",
            f"{CLIENT}/sync",
            seconds=seconds + GRACE_SECONDS if seconds else 4 * GRACE_SECONDS,
            # A server that is down is asked at the loop's own pace.
            once=True,
            query={
                "since": since,
                # Without a token servers answer at once. Synapse caches such answers by all parameters for two minutes,
                # so this one makes them differ: an invitation of the last minute counts.
                "timeout": int(seconds * 1000) if since is not None else random.randrange(1, 1000),  # noqa: S311
                "filter": filter_,
                "set_presence": "offline",
            },
        )
    except MatrixError as error:
        if since is not None and error.status == 400:
            raise StaleTokenError(str(error)) from error
        raise
    if not isinstance(answer, dict) or not isinstance(answer.get("next_batch"), str):
        raise MatrixError(502, {"errcode": "M_NOT_JSON"})
    return answer


Part = tuple[Literal["event", "came", "went"], Mapping[str, Any]]


@dataclass
class RoomNews:
    """A room's part of a sync, gaps filled. `state` is what changed outside the timeline."""

    room_id: str
    state: list[Mapping[str, Any]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


async def room_news(wire: Wire, me: str, room_id: str, section: Any, since: str) -> RoomNews:
    """A joined or left room's section of an answer to a sync from `since`.

    What was said before the bot came in (history that the server shows newcomers) is left out.
    """
    room = section if isinstance(section, Mapping) else {}
    raw = room.get("timeline")
    line: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    timeline = events(line)
    previous = line.get("prev_batch")
    if line.get("limited") is True and isinstance(previous, str) and _was_in(timeline, me):
        timeline = await _gap(wire, room_id, since, previous) + timeline
    return RoomNews(room_id, events(room.get("state")), list(_presence(_once(timeline), me)))


def events(section: Any) -> list[Mapping[str, Any]]:
    """The events of a section, those that are JSON objects."""
    found = section.get("events") if isinstance(section, Mapping) else None
    return [event for event in found if isinstance(event, Mapping)] if isinstance(found, list) else []


def membership(event: Mapping[str, Any], user_id: str) -> str | None:
    """Whether the event is about this person's membership, and which it is now."""
    if event.get("type") != "m.room.member" or event.get("state_key") != user_id:
        return None
    value = content(event).get("membership")
    return value if isinstance(value, str) else None


def previous(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a state event replaced, as far as the server tells."""
    unsigned = event.get("unsigned")
    before = unsigned.get("prev_content") if isinstance(unsigned, Mapping) else None
    return before if isinstance(before, Mapping) else None


def _was_in(timeline: Sequence[Mapping[str, Any]], me: str) -> bool:
    """Was the bot in the room before the first of these events? The first one about itself tells."""
    for event in timeline:
        now = membership(event, me)
        if now is not None:
            before = previous(event)
            if before is not None:
                return before.get("membership") == "join"
            return now not in ("join", "invite", "knock")
    return True


def _presence(timeline: Sequence[Mapping[str, Any]], me: str) -> Iterator[Part]:
    inside = _was_in(timeline, me)
    for event in timeline:
        now = membership(event, me)
        if now == "join" and not inside:
            inside = True
            yield "came", event
        elif now in ("leave", "ban") and inside:
            inside = False
            yield "went", event
        elif inside:
            yield "event", event


def _once(timeline: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({str(event.get("event_id", number)): event for number, event in enumerate(timeline)}.values())


async def _gap(wire: Wire, room_id: str, since: str, until: str) -> list[Mapping[str, Any]]:
    """What happened between two tokens, the oldest first, however many pages it is."""
    found: list[Mapping[str, Any]] = []
    start = since
    while True:
        try:
            answer = await wire.call(
                "GET",
                f"{CLIENT}/rooms/{part(room_id)}/messages",
                query={"from": start, "to": until, "dir": "f", "limit": PAGE},
            )
        except MatrixError as error:
            if not error.final:
                raise
            # Out of the room meanwhile: the server shows it no more.
            log.warning("matrix_gap_closed", room=room_id, error=str(error))
            return found
        page = answer if isinstance(answer, dict) else {}
        found += events({"events": page.get("chunk")})
        end = page.get("end")
        if not isinstance(end, str) or end == start or not page.get("chunk"):
            return found
        start = end
