"""What a person on Matrix has seen so far, in order, and waiting for more."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Where = Literal["timeline", "state", "invite", "left", "ephemeral", "account_data", "to_device"]


@dataclass(frozen=True)
class Seen:
    """One event as the server sent it (or as it reads decrypted) and the part of the sync it stood in.

    "state" is state that came beside a timeline, "invite" the stripped state of an invitation, "left" the timeline of
    a room this person is no longer in. Events outside rooms have no room id.
    """

    room_id: str
    where: Where
    event: dict[str, Any]

    @property
    def type(self) -> str:
        """The event's type."""
        return str(self.event.get("type", ""))

    @property
    def event_id(self) -> str:
        """The event's id, empty where there is none (invitations, to-device)."""
        return str(self.event.get("event_id", ""))

    @property
    def sender(self) -> str:
        """Who sent it."""
        return str(self.event.get("sender", ""))

    @property
    def content(self) -> dict[str, Any]:
        """Its content."""
        content: dict[str, Any] = self.event.get("content", {})
        return content

    @property
    def body(self) -> str:
        """The plain text of a message, else nothing."""
        return str(self.content.get("body", "")) if self.type == "m.room.message" else ""


class Notebook:
    """Everything seen, in order; `wait_for` looks through what came before as well as what comes."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.seen: list[Seen] = []
        self._failure: BaseException | None = None
        self._news = asyncio.Event()

    def note(self, entry: Seen) -> None:
        """Write one down and wake who waits."""
        self.seen.append(entry)
        self.wake()

    def fail(self, error: BaseException) -> None:
        """Nothing more will come: whoever waits gets the reason."""
        self._failure = error
        self.wake()

    def bodies(self, room_id: str, sender: str | None = None) -> list[str]:
        """The texts of a room's messages in the order in which they were seen."""
        return [
            entry.body
            for entry in self.seen
            if entry.room_id == room_id and entry.where == "timeline" and entry.body and sender in (None, entry.sender)
        ]

    async def wait_until(self, ready: Callable[[], bool], within: float = 10.0, *, after: int = 0) -> None:
        """Wait until `ready()`; asked again whenever there is news."""
        try:
            async with asyncio.timeout(within):
                while not ready():
                    if self._failure is not None:
                        raise self._failure
                    await self._news.wait()
        except TimeoutError:
            last = "\n".join(
                f"  {entry.where} {entry.type} {entry.sender} {entry.content}" for entry in self.seen[after:][-8:]
            )
            raise TimeoutError(f"{self.owner} waited {within} s in vain; seen last:\n{last or '  nothing'}") from None

    async def wait_for(self, fits: Callable[[Seen], bool], within: float = 10.0, *, after: int = 0) -> Seen:
        """The first entry that fits, from number `after` on (`len(seen)` now means: only what is yet to come)."""
        unread = after
        found: Seen | None = None

        def look() -> bool:
            nonlocal unread, found
            while found is None and unread < len(self.seen):
                entry = self.seen[unread]
                unread += 1
                if fits(entry):
                    found = entry
            return found is not None

        await self.wait_until(look, within, after=after)
        assert found is not None
        return found

    async def wait_text(
        self, room_id: str, body: str, within: float = 10.0, *, sender: str | None = None, after: int = 0
    ) -> Seen:
        """The first message in the room with exactly this text."""
        return await self.wait_for(
            lambda entry: (
                entry.room_id == room_id
                and entry.where == "timeline"
                and entry.body == body
                and sender in (None, entry.sender)
            ),
            within,
            after=after,
        )

    async def wait_invite(self, room_id: str, within: float = 10.0) -> Seen:
        """The invitation to a room: the member event about oneself."""
        return await self.wait_for(
            lambda entry: (
                entry.room_id == room_id
                and entry.where == "invite"
                and entry.event.get("state_key") == self.owner
                and entry.content.get("membership") == "invite"
            ),
            within,
        )

    async def wait_membership(self, room_id: str, user_id: str, membership: str, within: float = 10.0) -> Seen:
        """Somebody (or oneself) joined, left or was banned, as seen in the room."""
        return await self.wait_for(
            lambda entry: (
                entry.room_id == room_id
                and entry.type == "m.room.member"
                and entry.event.get("state_key") == user_id
                and entry.content.get("membership") == membership
            ),
            within,
        )

    def wake(self) -> None:
        """There is news: who waits looks again."""
        self._news.set()
        self._news = asyncio.Event()
