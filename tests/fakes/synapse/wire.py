"""The Matrix client-server API over plain aiohttp: one device of one account, its requests and its sync loop.

Written without the library that the bot uses, so that the library is not its own witness.
Source of the rules: the Matrix specification, client-server API v1.16 (sync, error codes, rate limiting).
"""

import asyncio
import io
import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from tests.fakes.synapse.seen import Notebook, Seen, Where
from tests.fakes.synapse.server import Account

CLIENT = "/_matrix/client/v3"
PAUSE_SECONDS = 0.1
# Synapse cuts a timeline at 100 whatever the filter asks (filter_timeline_limit), so gaps are filled besides.
SYNC_FILTER = json.dumps({"room": {"timeline": {"limit": 100}}})


class MatrixError(Exception):
    """The server's refusal."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.errcode = str(body.get("errcode", ""))
        self.retry_after_ms = int(body.get("retry_after_ms", 0))
        super().__init__(f"{status} {self.errcode} {body.get('error', '')}")


def part(text: str) -> str:
    """An id as one segment of a path: room and event ids hold `!`, `$`, `:` and, in old rooms, `/`."""
    return quote(text, safe="")


class Wire(Notebook):
    """One device: `call` for any request; while open and `listening`, everything that sync brings is noted."""

    def __init__(self, base_url: str, account: Account, *, listening: bool = True, patient: bool = False) -> None:
        super().__init__(account.user_id)
        self.account = account
        self.user_id = account.user_id
        self.base_url = base_url.rstrip("/")
        self.next_batch: str | None = None
        self._listening = listening
        self._patient = patient
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.Task[None] | None = None

    async def open(self) -> Self:
        """Open the connections; with `listening`, begin to sync."""
        self._session = aiohttp.ClientSession(headers={"Authorization": f"Bearer {self.account.access_token}"})
        if self._listening:
            self._loop = asyncio.create_task(self._listen(), name=f"sync of {self.user_id}")
        return self

    async def close(self) -> None:
        """End the sync and close the connections."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
            self._loop = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, **query: str | int | None
    ) -> dict[str, Any]:
        """One request; a refusal raises MatrixError. A `patient` device waits out rate limits."""
        assert self._session is not None, "not open"
        asked = urlencode({name: value for name, value in query.items() if value is not None})
        # Encoded by us: yarl would otherwise turn %3A back into a colon and %2F stay, which servers read differently.
        url = URL(f"{self.base_url}{path}{'?' if asked else ''}{asked}", encoded=True)
        while True:
            async with self._session.request(method, url, json=body) as response:
                answer: dict[str, Any] = await response.json(content_type=None)
                if response.status == 200:
                    return answer
                refusal = MatrixError(response.status, answer)
            if refusal.status == 429 and self._patient:
                await asyncio.sleep(refusal.retry_after_ms / 1000 or 0.5)
                continue
            raise refusal

    async def raw(self, method: str, path: str, content: bytes | None = None, mime: str = "") -> bytes:
        """A request whose body and answer are bytes."""
        assert self._session is not None, "not open"
        headers = {"Content-Type": mime} if mime else {}
        url = URL(self.base_url + path, encoded=True)
        data = io.BytesIO(content) if content is not None else None
        async with self._session.request(method, url, data=data, headers=headers) as response:
            body = await response.read()
            if response.status != 200:
                raise MatrixError(response.status, json.loads(body))
            return body

    async def pages(self, path: str, **query: str | int | None) -> list[dict[str, Any]]:
        """All events of a paged listing (`chunk`, then `end` or `next_batch`), in the order given."""
        events: list[dict[str, Any]] = []
        while True:
            page = await self.call("GET", path, **query)
            events += page["chunk"]
            further = page.get("end") or page.get("next_batch")
            if not further or further == query.get("from"):
                return events
            query["from"] = further

    async def _listen(self) -> None:
        while True:
            try:
                answer = await self.call(
                    "GET",
                    f"{CLIENT}/sync",
                    since=self.next_batch,
                    timeout=30_000 if self.next_batch else 0,
                    filter=SYNC_FILTER,
                )
                entries = await self._read(answer)
                self.next_batch = answer["next_batch"]
                for entry in entries:
                    self.note(entry)
            except MatrixError as refusal:
                if refusal.status < 500 and refusal.status != 429:
                    self.fail(refusal)
                    return
                await asyncio.sleep(PAUSE_SECONDS)
            except (aiohttp.ClientError, OSError, json.JSONDecodeError):
                # The server is down, and people wait for it.
                await asyncio.sleep(PAUSE_SECONDS)

    async def _read(self, answer: Mapping[str, Any]) -> list[Seen]:
        """All events of one sync answer, gaps filled. A list, so that a failure on the way notes nothing twice."""
        entries = [
            *_section("", "to_device", answer.get("to_device")),
            *_section("", "account_data", answer.get("account_data")),
        ]
        rooms = answer.get("rooms", {})
        for room_id, room in rooms.get("invite", {}).items():
            entries += _section(room_id, "invite", room.get("invite_state"))
        for room_id, room in rooms.get("join", {}).items():
            entries += _section(room_id, "state", room.get("state"))
            timeline = room.get("timeline", {})
            if timeline.get("limited") and self.next_batch:
                path = f"{CLIENT}/rooms/{part(room_id)}/messages"
                gap: dict[str, Any] = {"from": self.next_batch, "to": timeline["prev_batch"]}
                missed = await self.pages(path, dir="f", limit=100, **gap)
                entries += [Seen(room_id, "timeline", event) for event in missed]
            entries += _section(room_id, "timeline", timeline)
            entries += _section(room_id, "ephemeral", room.get("ephemeral"))
            entries += _section(room_id, "account_data", room.get("account_data"))
        for room_id, room in rooms.get("leave", {}).items():
            entries += _section(room_id, "left", room.get("timeline"))
        return entries


def _section(room_id: str, where: Where, section: Mapping[str, Any] | None) -> list[Seen]:
    return [Seen(room_id, where, event) for event in (section or {}).get("events", ())]
