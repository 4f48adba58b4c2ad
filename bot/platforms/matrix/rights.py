"""Who may do what in a room, from its raw state.

Source of the rules: the Matrix specification, room versions 1-12, "Authorization rules" and m.room.power_levels.
matrix-nio (0.26) is not asked: it does not know that from room version 12 on the creators stand above all levels.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, Literal

Action = Literal["ban", "kick", "redact", "invite"]

_DEFAULTS = {"ban": 50, "kick": 50, "redact": 50, "invite": 0}


@dataclass(frozen=True, slots=True)
class Rights:
    """A room's creators and its power levels (None: the room has none)."""

    version: str = "1"
    creators: frozenset[str] = frozenset()
    power: Mapping[str, Any] | None = field(default_factory=dict)

    @classmethod
    def of(cls, state: Iterable[Mapping[str, Any]]) -> "Rights":
        """From the list of state events that `GET /rooms/{id}/state` returns."""
        create: Mapping[str, Any] = {}
        power: Mapping[str, Any] | None = None
        for event in state:
            if event.get("state_key") != "":
                continue
            if event.get("type") == "m.room.create":
                create = event
            elif event.get("type") == "m.room.power_levels":
                power = _mapping(event.get("content"))
        return cls.build(create, power)

    @classmethod
    def build(cls, create: Mapping[str, Any], power: Mapping[str, Any] | None) -> "Rights":
        """From the whole m.room.create event and the content of m.room.power_levels."""
        content = _mapping(create.get("content"))
        version = content.get("room_version")
        version = version if isinstance(version, str) else "1"
        # The creator stood in the content up to version 10; it was always the sender as well.
        creators = [create.get("sender")]
        more = content.get("additional_creators")
        if unlimited_creators(version) and isinstance(more, list):
            creators += more
        return cls(version, frozenset(creator for creator in creators if isinstance(creator, str)), power)

    def level(self, user_id: str) -> float:
        """A person's power; infinite for the creators of a room of version 12 or later."""
        if user_id in self.creators and unlimited_creators(self.version):
            return inf
        if self.power is None:
            return 100 if user_id in self.creators else 0
        users = _mapping(self.power.get("users"))
        return _level(users.get(user_id), _level(self.power.get("users_default"), 0))

    def may_send(self, user_id: str, kind: str = "m.room.message") -> bool:
        """May the person send events of this type that are no state?"""
        return self.level(user_id) >= self._needed(kind, "events_default", 0)

    def may_set(self, user_id: str, kind: str) -> bool:
        """May the person set state of this type?"""
        # Tombstones need 150 by the power levels that version 12 rooms start with; the event's own entry says so.
        return self.level(user_id) >= self._needed(kind, "state_default", 0 if self.power is None else 50)

    def may(self, user_id: str, action: Action) -> bool:
        """May the person ban, kick or invite others, or redact their messages?"""
        return self.level(user_id) >= _level((self.power or {}).get(action), _DEFAULTS[action])

    def may_notify_all(self, user_id: str) -> bool:
        """May the person's `@room` ring for everybody?"""
        notifications = _mapping((self.power or {}).get("notifications"))
        return self.level(user_id) >= _level(notifications.get("room"), 50)

    def _needed(self, kind: str, default: str, value: int) -> float:
        power = self.power or {}
        return _level(_mapping(power.get("events")).get(kind), _level(power.get(default), value))


def unlimited_creators(version: str) -> bool:
    """Do the creators of rooms of this version stand above all power levels?"""
    # Versions are opaque, but the stable ones have been numbers in order; the other is version 12's name in testing.
    return (version.isdecimal() and int(version) >= 12) or version.startswith("org.matrix.hydra")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _level(value: Any, default: float) -> float:
    if isinstance(value, bool):
        return default
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        # Rooms before version 10 may hold levels as text.
        try:
            return int(value)
        except ValueError:
            return default
    return default
