"""End-to-end encryption: matrix-nio's Olm machine on a key store of its own. The only file that imports nio, beside
keys.py and media.py.

What must hold when the process dies at any moment. A sync answer brings room keys (to-device messages) and events.
Three things are written: (1) the keys, in the store's SQLite file; (2) the events and the sync token, in the bot's
database; (3) the server forgets the to-device messages, once we ask for what follows that token. They come in this
order, and (1) is one transaction over all messages of an answer, so:
- killed before (1): nothing happened; the server sends all of it again;
- killed between (1) and (2): the server sends the answer again. An Olm message can be decrypted only once (the
  ratchet moved on), so the second time it would look like a broken session and nio would start a new one. Hence the
  digests of the messages of the last answer are kept in transaction (1): what is in the list is skipped. One answer's
  digests are enough, since a message comes again only until the token behind it is used;
- killed between (2) and (3): the next request uses the new token.
No key is lost in any of them, and an event whose key was read in a failed round is decrypted in the repeated one.
Outbound sessions live in memory only: after a restart a new one is shared, so that no ratchet is ever used twice.
"""

import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import structlog
from nio.crypto.olm_machine import Olm
from nio.events.room_events import MegolmEvent
from nio.events.to_device import EncryptedToDeviceEvent, ForwardedRoomKeyEvent, RoomKeyEvent, ToDeviceEvent
from nio.store.database import SqliteStore
from peewee import PeeweeException  # type: ignore[import-untyped]
from vodozemac import DecodeException, MegolmDecryptionException

from bot.platforms.matrix.parse import MalformedError
from bot.platforms.matrix.wire import part
from bot.platforms.port import FatalError

log = structlog.get_logger(__name__)

MEGOLM = "m.megolm.v1.aes-sha2"
STORE_ERRORS = (PeeweeException, sqlite3.Error)
_PICKLE_KEY = "obrady"  # not a secret: who can read the folder has the token as well; the folder is 0700

# At DEBUG nio writes whole answers (texts, tokens), at WARNING the JSON that failed its schemas, and peewee the pickled
# keys. What matters of it is logged here, without contents. Disabled, since levels may be set again by others.
for _noisy in ("nio.crypto.log", "nio.events.misc", "nio.events.to_device", "nio.responses", "peewee"):
    logging.getLogger(_noisy).disabled = True


class SealedError(Exception):
    """The event's key is not here (yet)."""

    def __init__(self, session_id: str) -> None:
        super().__init__("no key")
        self.session_id = session_id


class Crypto:
    """The device's keys and sessions. Everything is synchronous and local; keys.py talks to the server.

    Raises:
        FatalError: the store can't be opened or made private.
    """

    def __init__(self, store: Path, user_id: str, device_id: str) -> None:
        self.user_id = user_id
        self.device_id = device_id
        try:
            name = _private_file(store, user_id, device_id)
            self._store = SqliteStore(user_id, device_id, str(store), _PICKLE_KEY, name)
            self._database = self._store.database
            self._database.execute_sql("CREATE TABLE IF NOT EXISTS obrady_absorbed (digest TEXT PRIMARY KEY)")
        except (OSError, *STORE_ERRORS) as error:
            raise FatalError(
                f"Matrix: the key store can't be used ({error}). Its folder must belong to the bot's user."
            ) from error
        self.encrypted_rooms: set[str] = set(self._store.load_encrypted_rooms())
        self.olm: Any = Olm(user_id, device_id, self._store)
        self.changed_users: set[str] = set()
        """Whose devices changed since they were asked for last."""
        self.newcomers: set[str] = set()
        """Rooms into which somebody came since the key in use was shared."""

    @property
    def fingerprint(self) -> str:
        """The device's Ed25519 key, as clients show it: in groups of four."""
        return grouped(self.identity["ed25519"])

    @property
    def identity(self) -> dict[str, str]:
        """The device's public keys: `curve25519` and `ed25519`."""
        return dict(self.olm.account.identity_keys)

    def close(self) -> None:
        """Close the store."""
        self._database.close()

    def remember_encrypted(self, room_id: str) -> None:
        """Once encrypted, always encrypted, whatever a server says later."""
        if room_id not in self.encrypted_rooms:
            self.encrypted_rooms.add(room_id)
            self._store.save_encrypted_rooms({room_id})

    def absorb(self, answer: Mapping[str, Any]) -> set[str]:
        """Take in what a sync answer brings for the device; the ids of the sessions whose keys arrived.

        Raises:
            peewee.PeeweeException: the store could not be written; the answer must be read again.
        """
        messages = [message for message in _list(answer.get("to_device")) if isinstance(message, Mapping)]
        digests = [hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest() for message in messages]
        arrived: set[str] = set()
        try:
            with self._database.atomic():
                known = {row[0] for row in self._database.execute_sql("SELECT digest FROM obrady_absorbed")}
                for message, digest in zip(messages, digests, strict=True):
                    if digest not in known:
                        arrived |= self._take_key(message)
                if digests and known != set(digests):
                    self._database.execute_sql("DELETE FROM obrady_absorbed")
                    for digest in set(digests):
                        self._database.execute_sql("INSERT INTO obrady_absorbed VALUES (?)", (digest,))
        except STORE_ERRORS:
            # In memory the sessions have moved on; what is on disk is the truth.
            self.olm = Olm(self.user_id, self.device_id, self._store)
            raise
        counts = answer.get("device_one_time_keys_count")
        if isinstance(counts, Mapping):
            # Zero counts too: nio's client ignores it, and a device whose keys ran out would stay deaf.
            self.olm.uploaded_key_count = int(counts.get("signed_curve25519", 0))
        changes = answer.get("device_lists")
        if isinstance(changes, Mapping):
            self.changed_users |= self.olm.tracked_users & set(_strings(changes.get("changed")))
            self.olm.tracked_users -= set(_strings(changes.get("left")))
        return arrived

    def open(self, room_id: str, event: Mapping[str, Any]) -> dict[str, Any]:
        """An encrypted event as it was before.

        Raises:
            SealedError: its key has not come.
            MalformedError: it is no such event, or what is in it is none.
        """
        content = event.get("content")
        if not isinstance(content, Mapping) or content.get("algorithm") != MEGOLM:
            raise MalformedError("algorithm")
        session_id, ciphertext = content.get("session_id"), content.get("ciphertext")
        if not isinstance(session_id, str) or not isinstance(ciphertext, str):
            raise MalformedError("ciphertext")
        session = self._session(room_id, content.get("sender_key"), session_id)
        if session is None:
            self._look_for_wedge(room_id, event)
            raise SealedError(session_id)
        try:
            plaintext, index = session.decrypt(ciphertext)
        except MegolmDecryptionException as error:
            # Earlier in the session than the key we have; an earlier one may come.
            raise SealedError(session_id) from error
        except (DecodeException, ValueError) as error:
            raise MalformedError("ciphertext") from error
        unique = SimpleNamespace(
            sender_key=session.sender_key,
            session_id=session_id,
            event_id=event.get("event_id"),
            server_timestamp=event.get("origin_server_ts"),
        )
        if not self.olm.message_index_ok(index, unique):
            raise MalformedError("replayed ciphertext")
        return _opened(event, content, room_id, plaintext)

    def rotate(self, room_id: str) -> None:
        """What is said next in the room is encrypted with a new key: somebody left, or a device changed."""
        self.olm.outbound_group_sessions.pop(room_id, None)

    def share_again(self, room_id: str) -> None:
        """Somebody came: before more is said, the key in use goes to those who do not have it."""
        self.newcomers.add(room_id)
        session = self.olm.outbound_group_sessions.get(room_id)
        if session is not None:
            session.shared = False

    def shares(self, room_id: str, people: list[str]) -> list[tuple[set[tuple[str, str]], dict[str, Any]]]:
        """The room's key for each device that lacks it, encrypted: batches of devices and their messages."""
        self.newcomers.discard(room_id)
        # One transaction: nio saves each device's session by itself.
        with self._database.atomic():
            return list(self.olm.share_group_session_parallel(room_id, people, ignore_unverified_devices=True))

    def seal(self, room_id: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """The content of the `m.room.encrypted` event; the session must have been shared (keys.py)."""
        session = self.olm.outbound_group_sessions[room_id]
        # nio writes ASCII-only JSON, six bytes for each Polish or Cyrillic letter of at most 64 KiB.
        plaintext = json.dumps(
            {"type": kind, "content": content, "room_id": room_id}, ensure_ascii=False, separators=(",", ":")
        )
        sealed = {
            "algorithm": MEGOLM,
            "sender_key": self.identity["curve25519"],
            "ciphertext": session.encrypt(plaintext),
            "session_id": session.id,
            "device_id": self.device_id,
        }
        if "m.relates_to" in content:
            # Relations stay readable for the server (spec, "Encrypted events and relations").
            sealed["m.relates_to"] = content["m.relates_to"]
        return sealed

    def megolm_event(self, room_id: str, event: Mapping[str, Any]) -> MegolmEvent | None:
        """nio's form of an encrypted event, where it has one."""
        parsed = MegolmEvent.from_dict(dict(event))
        if not isinstance(parsed, MegolmEvent):
            return None
        parsed.room_id = room_id
        return parsed

    def _session(self, room_id: str, sender_key: Any, session_id: str) -> Any:
        store = self.olm.inbound_group_store
        if isinstance(sender_key, str):
            return store.get(room_id, sender_key, session_id)
        # Deprecated in the specification (v1.3) and left out by newer clients; the session's id is enough.
        for sessions in list(store[room_id].values()):
            if session_id in sessions:
                return sessions[session_id]
        return None

    def _look_for_wedge(self, room_id: str, event: Mapping[str, Any]) -> None:
        parsed = self.megolm_event(room_id, event)
        if parsed is not None:
            self.olm.check_if_wedged(parsed)

    def _take_key(self, message: Mapping[str, Any]) -> set[str]:
        # Only what is encrypted: requests for our keys and verification by emoji are not for bots.
        if message.get("type") != "m.room.encrypted":
            return set()
        try:
            event = ToDeviceEvent.parse_event(dict(message))
            if not isinstance(event, EncryptedToDeviceEvent):
                return set()
            opened = self.olm.handle_to_device_event(event)
        except STORE_ERRORS:
            raise
        except Exception as error:  # noqa: BLE001  # nio raises what it likes on hostile ones; one must not stop all
            log.warning("matrix_to_device_unreadable", error=type(error).__name__)
            return set()
        if isinstance(opened, RoomKeyEvent | ForwardedRoomKeyEvent):
            return {opened.session_id}
        return set()


def grouped(key: str) -> str:
    """A key as clients show fingerprints: groups of four characters."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def fingerprint(store: Path, user_id: str, device_id: str) -> str | None:
    """The fingerprint of a device whose keys are in `store`, for comparing with what clients show; None: no keys there.

    Opens the store and writes nothing that is not there.
    """
    if not (store / _file_name(user_id, device_id)).exists():
        return None
    crypto = Crypto(store, user_id, device_id)
    try:
        return crypto.fingerprint
    finally:
        crypto.close()


def _file_name(user_id: str, device_id: str) -> str:
    return f"{part(user_id)}_{part(device_id)}.db"


def _private_file(store: Path, user_id: str, device_id: str) -> str:
    """Make the folder and the file before SQLite does, which would make them readable for all (0644)."""
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    store.chmod(0o700)
    name = _file_name(user_id, device_id)
    # SQLite gives its journal the mode of the database.
    os.close(os.open(store / name, os.O_RDWR | os.O_CREAT, 0o600))
    (store / name).chmod(0o600)
    return name


def _opened(event: Mapping[str, Any], content: Mapping[str, Any], room_id: str, plaintext: str) -> dict[str, Any]:
    try:
        inner = json.loads(plaintext)
    except (ValueError, RecursionError) as error:
        raise MalformedError("plaintext") from error
    if not isinstance(inner, dict) or not isinstance(inner.get("content"), dict):
        raise MalformedError("plaintext")
    if inner.get("room_id") != room_id or inner.get("type") == "m.room.encrypted" or "state_key" in inner:
        # Taken from another room, wrapped twice, or pretending to be state.
        raise MalformedError("plaintext")
    read = {**inner["content"]}
    if "m.relates_to" not in read and "m.relates_to" in content:
        read["m.relates_to"] = content["m.relates_to"]
    outer = {name: event[name] for name in ("event_id", "sender", "origin_server_ts", "unsigned") if name in event}
    return {**outer, "type": inner.get("type"), "content": read}


def _list(section: Any) -> list[Any]:
    events = section.get("events") if isinstance(section, Mapping) else None
    return events if isinstance(events, list) else []


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
