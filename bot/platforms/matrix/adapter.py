"""The adapter: what the engine sees of Matrix."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.core.capabilities import Address, Capabilities
from bot.core.files import FileRef
from bot.platforms.matrix.crypto import Crypto
from bot.platforms.matrix.doors import Doors
from bot.platforms.matrix.errors import delivery, unavailable
from bot.platforms.matrix.keys import Keys
from bot.platforms.matrix.listener import Listener
from bot.platforms.matrix.media import Media
from bot.platforms.matrix.reader import Reader
from bot.platforms.matrix.rights import Rights
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.sealed import Sealed
from bot.platforms.matrix.send import TEXT_LIMIT, Sender
from bot.platforms.matrix.session import session
from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire, part
from bot.platforms.matrix.words import Self, link_to
from bot.platforms.port import FatalError, Inbox, Menu, NotSentError, Outgoing, Rate, Sent

log = structlog.get_logger(__name__)

NAME = "Obrady"


class Matrix:
    """One account on one homeserver, end-to-end encryption on. `store` is the folder of the device's keys.

    Either `access_token` with its `device_id`, or `password`, which the first start exchanges for them.

    `allow_invites`: who may invite the bot; full ids, servers' names, patterns like `*:example.org`, or `*`.
    `poll_seconds` is how long the server holds a sync open, `timeline` how many events of a room it is asked for at
    once (Synapse gives 100 at most), `now` the clock for the age of messages that wait for their keys.
    """

    name = "matrix"
    capabilities = Capabilities(
        guarded=True,
        buttons=False,
        toasts=False,
        edits=True,
        text_limit=TEXT_LIMIT,
        caption_limit=TEXT_LIMIT,
        command_prefix="!",
        ascii_commands=False,
        idempotent_send=True,
        edit_interval=3.0,
        native_polls=True,
    )
    max_in_flight = 32

    def __init__(
        self,
        homeserver: str,
        user_id: str,
        *,
        store: Path,
        access_token: str = "",
        device_id: str = "",
        password: str = "",
        allow_invites: Sequence[str] = (),
        menu: Menu | None = None,
        poll_seconds: float = 30.0,
        timeline: int = 100,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.capabilities = replace(self.capabilities, address=Address(user_id, link_to(user_id)))
        self.last_ok = 0.0
        self.patience = 3 * poll_seconds
        self._homeserver = homeserver
        self._user_id = user_id
        self._device_id = device_id
        self._password = password
        self._store = store
        self._allow = tuple(allow_invites)
        # Clients have no place for a menu of commands; the greeting tells them.
        self._menu = menu
        self._poll_seconds = poll_seconds
        self._timeline = timeline
        self._now = now
        self._wire = Wire(homeserver, access_token)
        self._parts: _Parts | None = None

    @property
    def fingerprint(self) -> str:
        """The device's fingerprint as clients show it, to be compared by people; known after `start`."""
        return self._ready.crypto.fingerprint

    async def start(self) -> None:
        """Check the token, open the key store, publish the device's keys, take a name if there is none.

        Raises:
            FatalError: the token, the account or the key store is not what it should be.
            NotSentError: the server can't be reached now.
        """
        if not self._device_id:
            token, self._device_id = await session(self._homeserver, self._user_id, self._password, self._store)
            self._wire.authorise(token)
        try:
            await self._check_account()
            if self._parts is None:
                self._parts = _Parts(self, Crypto(self._store, self._user_id, self._device_id))
            await self._ready.keys.publish()
            await self._ready.rooms.load_directs()
            self._ready.reader.me = Self(self._user_id, await self._display_name())
        except (MatrixError, UnreachableError) as error:
            raise unavailable(error) from error
        log.info("matrix_ready", user=self._user_id, device=self._device_id, ed25519=self.fingerprint)

    async def receive(self, inbox: Inbox) -> None:
        """Sync for ever. See `Platform.receive`."""
        await self._ready.listener.run(inbox)

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Send, or edit. See `Platform.deliver`."""
        if self._parts is None:
            raise NotSentError("Matrix: not started yet", everywhere=True)
        if away := self._parts.listener.away():
            raise NotSentError("Matrix: the server is down", away, everywhere=True)
        try:
            return await self._parts.sender.deliver(outgoing)
        except (MatrixError, UnreachableError) as error:
            raise delivery(error) from error

    async def fetch(self, file: FileRef, limit: int) -> bytes:
        """A file out of the media store, decrypted. See `Platform.fetch`."""
        if self._parts is None:
            raise NotSentError("Matrix: not started yet", everywhere=True)
        try:
            return await self._parts.media.fetch(json.loads(file.id), limit)
        except (MatrixError, UnreachableError) as error:
            raise unavailable(error) from error

    def rates(self, outgoing: Outgoing) -> Sequence[Rate]:
        """None of our own: a homeserver's limits are its operator's, and it says how long to wait."""
        return ()

    async def rights(self, room_id: str) -> Rights:
        """Who may do what in a room now, read from the server.

        Raises:
            DeliveryError, FatalError: as `deliver`.
        """
        try:
            return (await self._ready.rooms.get(room_id, fresh=True)).rights
        except (MatrixError, UnreachableError) as error:
            raise delivery(error) from error

    async def reset(self) -> None:
        """Throw the connections away. Keys and sessions stay: they are not the connection's."""
        log.warning("matrix_reset")
        await self._wire.reset()

    async def close(self) -> None:
        """Close the connections and the key store. The device stays logged in: logging out would delete its keys."""
        await self._wire.reset()
        parts, self._parts = self._parts, None
        if parts is not None:
            await parts.rooms.close()
            parts.crypto.close()

    @property
    def _ready(self) -> "_Parts":
        if self._parts is None:
            raise RuntimeError("start comes first")
        return self._parts

    def _synced(self) -> None:
        self.last_ok = time.monotonic()

    async def _check_account(self) -> None:
        answer = await self._wire.call("GET", f"{CLIENT}/account/whoami")
        found = answer if isinstance(answer, dict) else {}
        if found.get("user_id") != self._user_id:
            raise FatalError("Matrix: the access token belongs to another account than `user_id` names.")
        if found.get("device_id") != self._device_id:
            raise FatalError("Matrix: the access token belongs to another device than `device_id` names.")

    async def _display_name(self) -> str:
        path = f"{CLIENT}/profile/{part(self._user_id)}/displayname"
        try:
            answer = await self._wire.call("GET", path)
        except MatrixError as error:
            if error.status != 404:
                raise
            answer = {}
        name = answer.get("displayname") if isinstance(answer, dict) else None
        if isinstance(name, str) and name:
            return name
        await self._wire.call("PUT", path, {"displayname": NAME})
        return NAME


class _Parts:
    """What there is once the key store is open."""

    def __init__(self, matrix: Matrix, crypto: Crypto) -> None:
        wire = matrix._wire
        self.crypto = crypto
        self.keys = Keys(wire, crypto)
        self.rooms = Rooms(wire, crypto)
        self.media = Media(wire)
        sealed = Sealed(crypto, matrix._now)
        self.reader = Reader(Self(crypto.user_id), wire, crypto, self.rooms, sealed)
        self.listener = Listener(
            wire,
            self.reader,
            sealed,
            self.keys,
            Doors(crypto.user_id, wire, self.rooms, matrix._allow),
            poll_seconds=matrix._poll_seconds,
            timeline=matrix._timeline,
            on_sync=matrix._synced,
        )
        self.sender = Sender(crypto.user_id, wire, self.rooms, self.keys, self.media, self.listener.first_sync)
