"""The key store by itself: what is written with what, and what happens when it can't be."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError  # type: ignore[import-untyped]

from bot.platforms.matrix.crypto import Crypto, SealedError
from bot.platforms.matrix.parse import MalformedError

ME, DEVICE = "@obrady/x:example.org", "DEVICE/1"


def answer(*numbers: int) -> dict[str, Any]:
    """A sync answer with so many messages for the device."""
    return {"to_device": {"events": [{"type": "m.room.encrypted", "content": {"n": number}} for number in numbers]}}


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The messages that were decrypted."""
    found: list[int] = []

    def take(_self: Crypto, message: Mapping[str, Any]) -> set[str]:
        found.append(message["content"]["n"])
        return {f"session {message['content']['n']}"}

    monkeypatch.setattr(Crypto, "_take_key", take)
    return found


def test_a_repeated_answer_is_absorbed_once_also_after_a_crash(tmp_path: Path, taken: list[int]) -> None:
    crypto = Crypto(tmp_path, ME, DEVICE)
    assert crypto.absorb(answer(1, 2)) == {"session 1", "session 2"}
    crypto.close()
    again = Crypto(tmp_path, ME, DEVICE)
    # Repeated, and one more has come meanwhile.
    assert again.absorb(answer(1, 2, 3)) == {"session 3"}
    assert again.absorb(answer(4)) == {"session 4"}
    assert taken == [1, 2, 3, 4]
    again.close()


def test_answers_without_messages_forget_nothing(tmp_path: Path, taken: list[int]) -> None:
    crypto = Crypto(tmp_path, ME, DEVICE)
    crypto.absorb(answer(1))
    crypto.absorb({})
    crypto.absorb(answer(1))
    assert taken == [1]
    crypto.close()


def test_a_store_that_fails_keeps_nothing_of_the_answer(
    tmp_path: Path, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    crypto = Crypto(tmp_path, ME, DEVICE)
    before = crypto.olm
    real = crypto._database.execute_sql

    def full(sql: str, *args: Any) -> Any:
        if sql.startswith("INSERT INTO obrady"):
            raise OperationalError("disk full")
        return real(sql, *args)

    monkeypatch.setattr(crypto._database, "execute_sql", full)
    with pytest.raises(OperationalError):
        crypto.absorb(answer(1))
    # What is in memory is what is on disk.
    assert crypto.olm is not before
    monkeypatch.undo()
    monkeypatch.setattr(Crypto, "_take_key", lambda _self, message: {f"again {message['content']['n']}"})
    assert crypto.absorb(answer(1)) == {"again 1"}
    crypto.close()


def test_garbage_is_malformed_and_unknown_sessions_are_sealed(tmp_path: Path) -> None:
    crypto = Crypto(tmp_path, ME, DEVICE)
    good = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "session_id": "s",
        "ciphertext": "c",
        "sender_key": "k",
        "device_id": "d",
    }
    event = {"event_id": "$e", "sender": "@anna:x", "origin_server_ts": 1, "type": "m.room.encrypted"}
    with pytest.raises(SealedError) as sealed:
        crypto.open("!r", {**event, "content": good})
    assert sealed.value.session_id == "s"
    # Newer clients leave out the deprecated sender_key and device_id.
    with pytest.raises(SealedError):
        crypto.open(
            "!r", {**event, "content": {name: good[name] for name in ("algorithm", "session_id", "ciphertext")}}
        )
    for bad in ({}, {**good, "algorithm": "x"}, {**good, "session_id": 5}, {**good, "ciphertext": {}}, "x"):
        with pytest.raises(MalformedError):
            crypto.open("!r", {**event, "content": bad})
    crypto.close()


def test_what_the_bot_wrote_itself_opens_without_the_deprecated_fields(tmp_path: Path) -> None:
    crypto = Crypto(tmp_path, ME, DEVICE)
    crypto.shares("!r", [])
    crypto.olm.outbound_group_sessions["!r"].shared = True
    relation = {"rel_type": "m.thread", "event_id": "$root"}
    content = {"msgtype": "m.text", "body": "żółw 🐢", "m.relates_to": relation}
    sealed = crypto.seal("!r", "m.room.message", content)
    assert sealed["m.relates_to"] == relation
    del sealed["sender_key"], sealed["device_id"]
    event = {"event_id": "$e", "sender": ME, "origin_server_ts": 1, "type": "m.room.encrypted", "content": sealed}
    opened = crypto.open("!r", event)
    assert (opened["type"], opened["content"], opened["event_id"]) == ("m.room.message", content, "$e")
    # The same words again under another id are a replay; the same event again is not.
    assert crypto.open("!r", event) == opened
    with pytest.raises(MalformedError, match="replay"):
        crypto.open("!r", {**event, "event_id": "$other"})
    # Moved to another room, the key does not fit.
    with pytest.raises(SealedError):
        crypto.open("!other", event)
    # State can't be smuggled in.
    smuggled = crypto.olm.outbound_group_sessions["!r"]._session.encrypt(
        b'{"type":"m.room.power_levels","state_key":"","content":{},"room_id":"!r"}'
    )
    with pytest.raises(MalformedError):
        crypto.open("!r", {**event, "event_id": "$s", "content": {**sealed, "ciphertext": smuggled.to_base64()}})
    crypto.close()


def test_once_encrypted_always_encrypted(tmp_path: Path) -> None:
    crypto = Crypto(tmp_path, ME, DEVICE)
    crypto.remember_encrypted("!r")
    crypto.close()
    again = Crypto(tmp_path, ME, DEVICE)
    assert again.encrypted_rooms == {"!r"}
    again.close()
