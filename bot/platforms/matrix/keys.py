"""What the end-to-end protocol asks of the server: own keys up, others' devices and one-time keys down, sessions out.

Source of the rules: the Matrix specification v1.16, "End-to-end encryption". nio makes and reads the payloads.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Any

import structlog
from nio.responses import KeysClaimResponse, KeysQueryResponse, KeysUploadResponse, ToDeviceResponse

from bot.platforms.matrix.crypto import Crypto
from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire, part
from bot.platforms.port import FatalError

log = structlog.get_logger(__name__)

LOST_KEYS = (
    "Matrix: the server holds other keys for device {device} than the key store does: the store was lost or replaced, "
    "and encrypted messages can't be read. Run `obrady init` to log in as a new device."
)
_AGAIN_SECONDS = 60.0
_ROUNDS = 5


class Keys:
    """One device's dealings with the server's key endpoints."""

    def __init__(self, wire: Wire, crypto: Crypto) -> None:
        self._wire = wire
        self._crypto = crypto
        self._sharing: dict[str, asyncio.Lock] = {}
        self._asking = asyncio.Lock()
        self._silent: dict[str, float] = {}
        self._requested: set[str] = set()
        self.members: dict[str, frozenset[str]] = {}
        """The people of the encrypted rooms that were written to, so that a changed device renews the rooms' keys."""

    async def publish(self) -> None:
        """Make the device known with its keys, or see that it is.

        Raises:
            FatalError: the server knows the device by other keys.
        """
        me, device = self._crypto.user_id, self._crypto.device_id
        answer = await self._wire.call("POST", f"{CLIENT}/keys/query", {"device_keys": {me: [device]}})
        known = _dict(_dict(_dict(answer).get("device_keys")).get(me)).get(device)
        if known is None:
            # Never published, or the server lost it.
            self._crypto.olm.account.shared = False
        elif _dict(known.get("keys")).get(f"curve25519:{device}") != self._crypto.identity["curve25519"]:
            raise FatalError(LOST_KEYS.format(device=device))
        else:
            self._crypto.olm.account.shared = True
        await self._upload()

    async def upkeep(self) -> None:
        """What has come up since the last time. Called after each sync, beside the next one."""
        olm = self._crypto.olm
        await self._upload()
        await self._query()
        if olm.wedged_devices:
            await self._claim(olm.get_users_for_key_claiming())
        for message in list(olm.outgoing_to_device_messages):
            await self._to_device(message.type, message.as_dict())
            olm.handle_response(ToDeviceResponse(message))

    async def seal(
        self, room_id: str, people: Callable[[], frozenset[str]], kind: str, content: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The encrypted form of an event, once every device of `people` that can be reached has its key.

        Raises:
            UnreachableError: people or devices change faster than keys can be shared; try again.
        """
        olm = self._crypto.olm
        async with self._sharing.setdefault(room_id, asyncio.Lock()):
            for _ in range(_ROUNDS):
                members = people()
                self.members[room_id] = members
                await self._query(members)
                if not olm.should_share_group_session(room_id):
                    return self._crypto.seal(room_id, kind, content)
                await self._share(room_id, list(members))
            raise UnreachableError("the room's devices keep changing")

    async def request(self, room_id: str, event: Mapping[str, Any]) -> None:
        """Ask the account's other devices for a missing key, once a session in this run."""
        parsed = self._crypto.megolm_event(room_id, event)
        if parsed is None or not parsed.session_id or parsed.session_id in self._requested:
            return
        self._requested.add(parsed.session_id)
        message: Any = parsed.as_key_request(self._crypto.user_id, self._crypto.device_id)
        await self._to_device(message.type, message.as_dict())
        self._crypto.olm.outgoing_to_device_messages.append(message)
        # The machine accepts a forwarded key only for what it knows was asked for.
        self._crypto.olm.handle_response(ToDeviceResponse(message))

    async def _upload(self) -> None:
        olm = self._crypto.olm
        if not olm.should_upload_keys:
            return
        first = not olm.account.shared
        keys = olm.share_keys()
        # Before they are uploaded: after a crash in between, the same keys go up again under the same ids. Made anew
        # they would clash with those that the server has, and it would take no more keys, ever.
        olm.save_account()
        try:
            answer = await self._wire.call("POST", f"{CLIENT}/keys/upload", keys)
        except MatrixError as error:
            if "already exists" in error.error:
                raise FatalError(LOST_KEYS.format(device=self._crypto.device_id)) from error
            raise
        counts = _dict(_dict(answer).get("one_time_key_counts"))
        olm.handle_response(KeysUploadResponse(0, int(counts.get("signed_curve25519", 0))))
        if first:
            log.info("matrix_device_published", ed25519=self._crypto.fingerprint)

    async def _query(self, people: frozenset[str] = frozenset()) -> None:
        """Learn the devices of those whose devices are not known or have changed."""
        async with self._asking:
            olm, changed = self._crypto.olm, self._crypto.changed_users
            now = time.monotonic()
            self._silent = {user: until for user, until in self._silent.items() if until > now}
            wanted = (changed | olm.users_for_key_query | (people - olm.tracked_users)) - self._silent.keys()
            if not wanted:
                return
            # Before the request: who changes while it is under way is asked for once more.
            changed -= wanted
            try:
                asked: dict[str, Any] = {"device_keys": {user: [] for user in wanted}}
                answer = _dict(await self._wire.call("POST", f"{CLIENT}/keys/query", asked))
            except BaseException:
                changed |= wanted
                raise
            devices = _dict(answer.get("device_keys"))
            for user in wanted & devices.keys():
                self._learn(user, _dict(devices[user]))
            # Those whose server is away are asked for again later, not before every message.
            self._silent |= dict.fromkeys(wanted - devices.keys(), now + _AGAIN_SECONDS)
            changed |= wanted - devices.keys()
            olm.users_for_key_query -= wanted

    def _learn(self, user: str, devices: dict[str, Any]) -> None:
        olm = self._crypto.olm
        response = KeysQueryResponse({user: devices}, {})
        before = {device.id for device in olm.device_store.active_user_devices(user)}
        try:
            olm.handle_response(response)
        except Exception as error:  # noqa: BLE001  # nio trusts what devices publish; a broken one harms its owner only
            log.warning("matrix_device_keys_unreadable", error=type(error).__name__)
            olm.tracked_users.add(user)
        changed = set(response.changed.get(user, ()))
        for room_id, people in self.members.items():
            if changed and user in people:
                # One that had the key is gone or another; or there are only new ones, which are to get it.
                (self._crypto.rotate if changed & before else self._crypto.share_again)(room_id)

    async def _share(self, room_id: str, people: list[str]) -> None:
        """Give the room's key to every device. Used only if all requests succeeded; nio's client would go on."""
        olm = self._crypto.olm
        if missing := olm.get_missing_sessions(people):
            await self._claim(missing)
        batches = self._crypto.shares(room_id, people)
        session = olm.outbound_group_sessions[room_id]
        for devices, messages in batches:
            await self._to_device("m.room.encrypted", messages)
            session.users_shared_with.update(devices)
        # Somebody may have left (another session) or come (another round) meanwhile.
        session.shared = room_id not in self._crypto.newcomers

    async def _claim(self, devices: Mapping[str, Collection[str]]) -> None:
        wanted = {user: dict.fromkeys(ids, "signed_curve25519") for user, ids in devices.items()}
        answer = _dict(await self._wire.call("POST", f"{CLIENT}/keys/claim", {"one_time_keys": wanted}))
        for user, keys in _dict(answer.get("one_time_keys")).items():
            found = {device: key for device, key in _dict(keys).items() if key and device in wanted.get(user, ())}
            try:
                self._crypto.olm.handle_response(KeysClaimResponse({user: found}, {}))
            except Exception as error:  # noqa: BLE001  # as above: somebody's broken key must not silence the room
                log.warning("matrix_one_time_key_unreadable", error=type(error).__name__)

    async def _to_device(self, kind: str, messages: Mapping[str, Any]) -> None:
        await self._wire.call("PUT", f"{CLIENT}/sendToDevice/{part(kind)}/{uuid.uuid4().hex}", messages)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
