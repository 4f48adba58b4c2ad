"""Members who talk in encrypted rooms, and who can keep the keys of what they say to themselves for a while.

Encryption is matrix-nio's (no second implementation is at hand in Python); all else goes over our own requests.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
from nio.client.async_client import AsyncClient, AsyncClientConfig
from nio.events.room_events import MegolmEvent
from nio.exceptions import EncryptionError
from nio.responses import RoomSendResponse, ShareGroupSessionResponse, SyncResponse

from tests.fakes.synapse.people import Member, text_content
from tests.fakes.synapse.seen import Notebook, Seen, Where
from tests.fakes.synapse.server import Account
from tests.fakes.synapse.wire import PAUSE_SECONDS

SYNC_FILTER = {"room": {"timeline": {"limit": 100}}}


class EncryptedFailure(Exception):
    """The server refused a member of encrypted rooms something."""


class _Client(AsyncClient):
    """nio's client with a drawer for room keys: `withhold` puts them in instead of sending them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.withhold = False
        self.withheld: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    async def _send(self, response_class: type, *args: Any, **options: Any) -> Any:
        if response_class is ShareGroupSessionResponse and self.withhold:
            self.withheld.append(((response_class, *args), options))
            room_id, shared_with = options["response_data"]
            return ShareGroupSessionResponse(room_id, shared_with)
        return await super()._send(response_class, *args, **options)

    async def send_withheld(self) -> None:
        """Send what the drawer holds, in its order."""
        self.withhold = False
        drawer, self.withheld = self.withheld, []
        for args, options in drawer:
            await super()._send(*args, **options)


class EncryptedMember(Notebook):
    """A person with one device whose keys are in `store`: `async with EncryptedMember(url, account, store) as ola:`.

    What can be decrypted is noted decrypted. What cannot is noted as `m.room.encrypted`, and once more, decrypted,
    when its key comes. `plain` makes rooms, invites, joins and so on with the same device; it does not sync, because
    two syncs of one device take each other's keys away.
    """

    def __init__(self, base_url: str, account: Account, store: Path) -> None:
        super().__init__(account.user_id)
        self.account = account
        self.user_id = account.user_id
        self.plain = Member(base_url, account, listening=False)
        store.mkdir(parents=True, exist_ok=True, mode=0o700)
        # The token is not stored: a member who comes back reads the rooms anew, like a client that was restarted.
        config = AsyncClientConfig(store_sync_tokens=False, encryption_enabled=True, max_timeouts=0)
        self.client = _Client(base_url, account.user_id, account.device_id, str(store), config)
        self._keys = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None
        self._undecrypted: list[MegolmEvent] = []

    async def open(self) -> Self:
        """Publish the device's keys, sync once and go on syncing."""
        await self.plain.open()
        self.client.restore_login(self.account.user_id, self.account.device_id, self.account.access_token)
        await self._upkeep()
        self._loop = asyncio.create_task(self._listen(), name=f"sync of {self.user_id}")
        return self

    async def close(self) -> None:
        """End the sync and close everything; the store stays for the next time."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
            self._loop = None
        await self.client.close()
        if self.client.store is not None:
            self.client.store.database.close()
        await self.plain.close()

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def text(
        self,
        room_id: str,
        body: str,
        *,
        html: str | None = None,
        reply_to: str | None = None,
        thread: str | None = None,
        edits: str | None = None,
        mentions: Sequence[str] = (),
        txn_id: str | None = None,
    ) -> str:
        """Say something encrypted; the event's id."""
        content = text_content(body, html=html, reply_to=reply_to, thread=thread, edits=edits, mentions=mentions)
        return await self.send(room_id, "m.room.message", content, txn_id=txn_id)

    async def send(self, room_id: str, kind: str, content: dict[str, Any], *, txn_id: str | None = None) -> str:
        """Any event, encrypted for every device known to be in the room, verified or not."""
        await self._upkeep()
        answer = await self.client.room_send(room_id, kind, content, txn_id, ignore_unverified_devices=True)
        if not isinstance(answer, RoomSendResponse):
            raise EncryptedFailure(f"{self.user_id} could not send to {room_id}: {answer}")
        return str(answer.event_id)

    def withhold_keys(self, room_id: str) -> None:
        """From now on nobody gets the keys: what is said in this room next cannot be read, by anyone, yet."""
        self.client.withhold = True
        # The session in use was shared already, so a new one must begin.
        self.client.invalidate_outbound_session(room_id)

    async def share_keys(self) -> None:
        """Send the withheld keys to those they were meant for, and withhold no more."""
        await self.client.send_withheld()

    async def wait_ready(self, room_id: str, user_id: str, within: float = 10.0) -> None:
        """Until this member knows the room, that it is encrypted, and a device of the other: what is said then reaches
        them with its key. Real clients do no better: what is said before somebody's join is known, they cannot read."""
        await self.wait_until(lambda: self._ready(room_id, user_id), within)

    def _ready(self, room_id: str, user_id: str) -> bool:
        room = self.client.rooms.get(room_id)
        if room is None or not room.encrypted or user_id not in room.users:
            return False
        return any(self.client.device_store.active_user_devices(user_id))

    async def _upkeep(self) -> None:
        """What the end-to-end protocol asks for between syncs: own keys up, others' keys down, replies out."""
        async with self._keys:
            if self.client.should_upload_keys:
                await self.client.keys_upload()
            if self.client.should_query_keys:
                await self.client.keys_query()
            if self.client.should_claim_keys:
                await self.client.keys_claim(self.client.get_users_for_key_claiming())
            await self.client.send_to_device_messages()
        self.wake()

    async def _listen(self) -> None:
        first = True
        while True:
            try:
                answer = await self.client.sync(0 if first else 30_000, SYNC_FILTER, full_state=first)
                if not isinstance(answer, SyncResponse):
                    self.fail(EncryptedFailure(f"{self.user_id} could not sync: {answer}"))
                    return
                first = False
                self._note_answer(answer)
                await self._upkeep()
            except (aiohttp.ClientError, OSError):
                # The server is down, and people wait for it.
                await asyncio.sleep(PAUSE_SECONDS)

    def _note_answer(self, answer: SyncResponse) -> None:
        for event in answer.to_device_events:
            self.note(Seen("", "to_device", event.source))
        # Keys come beside the rooms, so what waited for them is older than what the rooms bring now.
        self._retry()
        for room_id, invited in answer.rooms.invite.items():
            self._note_events(room_id, "invite", invited.invite_state)
        for room_id, joined in answer.rooms.join.items():
            self._note_events(room_id, "state", joined.state)
            self._note_events(room_id, "timeline", joined.timeline.events)
        for room_id, left in answer.rooms.leave.items():
            self._note_events(room_id, "left", left.timeline.events)

    def _note_events(self, room_id: str, where: Where, events: Sequence[Any]) -> None:
        for event in events:
            if isinstance(event, MegolmEvent):
                self._undecrypted.append(event)
            source = event.source
            if "content" not in source:
                # nio takes the content out of the source of invitations.
                source = {**source, "content": getattr(event, "content", {})}
            self.note(Seen(room_id, where, source))

    def _retry(self) -> None:
        still = []
        for event in self._undecrypted:
            try:
                readable = self.client.decrypt_event(event)
            except EncryptionError:
                still.append(event)
            else:
                self.note(Seen(event.room_id, "timeline", readable.source))
        self._undecrypted = still
