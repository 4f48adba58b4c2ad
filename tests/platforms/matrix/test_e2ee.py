"""Encrypted rooms: read and written, keys that come late, keys that survive, and what hostile devices send."""

import asyncio
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.core.events import Edited, Message, Poison, Reacted, Unreadable
from bot.platforms.matrix import fingerprint
from bot.platforms.port import FatalError
from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember
from tests.fakes.synapse.wire import CLIENT, part
from tests.platforms.matrix.support import Bot, MakeBot, eventually, outgoing


async def meet_encrypted(host: EncryptedMember, bot: Bot, **options: Any) -> str:
    """An encrypted room of the two, the host knowing the bot's device."""
    room = await host.plain.create_room(encrypted=True, name="Obrady", invite=[bot.user_id], **options)
    await host.wait_ready(room, bot.user_id)
    await host.wait_membership(room, bot.user_id, "join")
    return room


@pytest.mark.parametrize("version", ["10", "12"])
async def test_both_ways(make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, version: str) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot, version=version)
    asked = await ola.text(room, "!pytanie Zażółć gęślą jaźń")
    message = await bot.inbox.until_text("!pytanie Zażółć gęślą jaźń")
    assert message.id == asked
    answer = await bot.say(room, "Odpowiedź", reply_to=asked)
    seen = await ola.wait_text(room, "Odpowiedź", sender=bot.user_id)
    assert seen.event_id == answer
    raw = await ola.plain.event(room, answer)
    assert raw["type"] == "m.room.encrypted"
    assert "Odpowiedź" not in str(raw)
    assert raw["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": asked}}
    # Relations, edits, reactions (not encrypted by clients) as in plain rooms.
    await ola.text(room, "!pytanie inne", edits=asked)
    await ola.plain.react(room, answer, "👍")
    await ola.text(room, "w wątku", thread=asked)
    assert (await bot.inbox.until_text("w wątku")).chat.thread_id == asked
    assert (await bot.inbox.until_one(Edited)).id == asked
    assert (await bot.inbox.until_one(Reacted)).post == answer
    assert len(bot.inbox.of(Message)) == 2
    await bot.say(room, "Lepsza", op="edit", message_id=answer)
    await ola.wait_text(room, "* Lepsza", sender=bot.user_id)


async def test_messages_from_while_the_bot_was_down(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, ola = await make_bot(account=account), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    await ola.text(room, "przed")
    await bot.inbox.until_text("przed")
    shown = bot.matrix.fingerprint
    await bot.stop()
    await bot.matrix.close()
    await ola.text(room, "dalej")
    # A new key, sent to a device that is asleep.
    ola.client.invalidate_outbound_session(room)
    await ola.text(room, "z nowym kluczem")
    later = await make_bot(account=account, inbox=bot.inbox)
    await later.inbox.until_text("z nowym kluczem")
    assert later.inbox.texts(room) == ["przed", "dalej", "z nowym kluczem"]
    assert later.matrix.fingerprint == shown
    await later.say(room, "jestem znów")
    await ola.wait_text(room, "jestem znów")
    assert not later.inbox.of(Unreadable)


async def test_what_no_server_could_check(make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    for content in (
        {"body": "tajne"},
        {"msgtype": "m.text"},
        {"msgtype": 5, "body": "x"},
        {"msgtype": "m.text", "body": {}},
    ):
        await ola.send(room, "m.room.message", content)
    await ola.send(room, "m.reaction.x", {"whatever": ["tajne"]})
    await ola.send(room, "m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2"})
    await ola.text(room, "a\x00b\ud800")
    await ola.text(room, "dalej")
    await bot.inbox.until_text("dalej")
    assert len(bot.inbox.of(Poison)) == 5
    assert "tajne" not in str(bot.inbox.of(Poison))
    assert bot.inbox.texts(room) == ["a\ufffdb\ufffd", "dalej"]


async def test_hostile_to_device_messages_stop_nothing(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    # Sent by anybody, without a room; the library's own sync dies of some of them, at every repetition.
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    key = bot.matrix._ready.crypto.identity["curve25519"]
    olm = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "x"}
    hostile: list[dict[str, Any]] = [
        {**olm, "ciphertext": {key: {"type": 0, "body": "!!!"}}},
        {**olm, "ciphertext": {key: {"type": 1, "body": "AAAA"}}},
        {**olm, "ciphertext": {key: {"type": "x"}}},
        {**olm, "ciphertext": {key: None}},
        {**olm, "ciphertext": []},
        {"algorithm": 5},
        {},
    ]
    for number, content in enumerate(hostile):
        path = f"{CLIENT}/sendToDevice/m.room.encrypted/hostile-{number}"
        await ola.plain.call("PUT", path, {"messages": {bot.user_id: {"*": content}}})
    for kind in ("m.room_key_request", "m.room_key", "m.key.verification.start", "x"):
        path = f"{CLIENT}/sendToDevice/{kind}/hostile-{kind}"
        await ola.plain.call("PUT", path, {"messages": {bot.user_id: {"*": {"action": "request", "body": 5}}}})
    await ola.text(room, "dalej")
    await bot.inbox.until_text("dalej")
    assert bot.inbox.texts(room) == ["dalej"]


async def test_the_same_id_again_is_one_message_also_encrypted(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, ola = await make_bot(account=account), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    call = outgoing(room, "raz")
    first = await bot.matrix.deliver(call)
    assert await bot.matrix.deliver(call) == first
    await bot.stop()
    await bot.matrix.close()
    # After a crash, with another key.
    later = await make_bot(account=account, inbox=bot.inbox)
    assert await later.matrix.deliver(call) == first
    await later.say(room, "koniec")
    await ola.wait_text(room, "koniec")
    assert ola.bodies(room, bot.user_id) == ["raz", "koniec"]


async def test_many_first_messages_at_once_are_all_readable(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    said = [f"m{number}" for number in range(20)]
    await asyncio.gather(*(bot.say(room, word) for word in said))
    await bot.say(room, "koniec")
    await ola.wait_text(room, "koniec")
    assert sorted(ola.bodies(room, bot.user_id)) == sorted([*said, "koniec"])


async def test_who_comes_can_read_and_who_left_cannot(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola, jan = await make_bot(), await make_encrypted_member("ola"), await make_encrypted_member("jan")
    room = await meet_encrypted(ola, bot)
    await bot.say(room, "bez jana")
    outbound = bot.matrix._ready.crypto.olm.outbound_group_sessions
    first = outbound[room].id
    await ola.plain.invite(room, jan.user_id)
    await jan.plain.join(room)
    await ola.plain.text(room, "jan już jest")
    await bot.inbox.until_text("jan już jest")
    await bot.say(room, "z janem")
    await jan.wait_text(room, "z janem", sender=bot.user_id)
    assert outbound[room].id == first
    assert jan.bodies(room, bot.user_id) == ["z janem"]
    await jan.plain.leave(room)
    await ola.plain.text(room, "jana już nie ma")
    await bot.inbox.until_text("jana już nie ma")
    await bot.say(room, "znów bez jana")
    await ola.wait_text(room, "znów bez jana", sender=bot.user_id)
    assert outbound[room].id != first


async def test_one_time_keys_that_ran_out_are_made_anew(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, ola = await make_bot(account=account), await make_encrypted_member("ola")
    await bot.stop()
    await bot.matrix.close()
    wanted = {"one_time_keys": {account.user_id: {account.device_id: "signed_curve25519"}}}

    async def claim() -> bool:
        answer = await ola.plain.call("POST", f"{CLIENT}/keys/claim", wanted)
        return bool(answer["one_time_keys"].get(account.user_id, {}).get(account.device_id))

    async with asyncio.timeout(20):
        while await claim():
            pass
    later = await make_bot(account=account, inbox=bot.inbox)
    await eventually(claim)
    room = await meet_encrypted(ola, later)
    await ola.text(room, "!pytanie")
    await later.inbox.until_text("!pytanie")


async def test_the_longest_text_in_an_encrypted_room(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    longest = "語" * (bot.matrix.capabilities.text_limit - 10)
    sent = await bot.say(room, longest)
    await ola.wait_text(room, longest)
    await bot.say(room, longest[::-1], op="edit", message_id=sent)


async def test_the_key_store_is_the_bots_alone(make_bot: MakeBot, tmp_path: Path) -> None:
    store = tmp_path / "open for all"
    store.mkdir(mode=0o755)
    bot = await make_bot(store=store)
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
    files = list(store.iterdir())
    assert files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert fingerprint(store, bot.user_id, bot.account.device_id) == bot.matrix.fingerprint
    assert fingerprint(store, bot.user_id, "OTHER") is None
    await bot.stop()
    await bot.matrix.close()
    assert {stat.S_IMODE(path.stat().st_mode) for path in store.iterdir()} == {0o600}
    # Closing is no logging out, which would delete the device's keys on the server.
    await make_bot(account=bot.account, store=store)


async def test_a_lost_key_store_is_the_end_and_names_the_cure(make_bot: MakeBot, tmp_path: Path) -> None:
    bot = await make_bot(store=tmp_path / "old")
    await bot.stop()
    await bot.matrix.close()
    with pytest.raises(FatalError, match="obrady init"):
        await make_bot(account=bot.account, store=tmp_path / "new")


async def test_a_store_that_cannot_be_used_is_the_end(make_bot: MakeBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FatalError, match="key store"):
        await make_bot(store=tmp_path / "file")


async def test_the_device_is_named_by_its_fingerprint_on_the_server(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    asked = {"device_keys": {bot.user_id: [bot.account.device_id]}}
    answer = await ola.plain.call("POST", f"{CLIENT}/keys/query", asked)
    keys = answer["device_keys"][bot.user_id][bot.account.device_id]["keys"]
    assert keys[f"ed25519:{part(bot.account.device_id)}"] == bot.matrix.fingerprint.replace(" ", "")
