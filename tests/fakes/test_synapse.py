"""The harness itself: a real Synapse, people who talk on it, and the faults put between them."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import ROOT, SynapseMissing, SynapseServer, synapse_python
from tests.fakes.synapse.wire import MatrixError

pytest_plugins = ["tests.fakes.synapse.fixtures"]

SYNC = "/_matrix/client/v3/sync"
SEND = "/_matrix/client/v3/rooms/*/send/"


async def meet(host: Member, guest: Member, version: str = "12") -> str:
    """A room of two."""
    room = await host.create_room(version=version, invite=[guest.user_id])
    await guest.wait_invite(room)
    await guest.join(room)
    await host.wait_membership(room, guest.user_id, "join")
    return room


async def meet_encrypted(host: EncryptedMember, guest: EncryptedMember) -> str:
    """An encrypted room of two who know each other's devices."""
    room = await host.plain.create_room(encrypted=True, invite=[guest.user_id])
    await guest.wait_invite(room)
    await guest.plain.join(room)
    await host.wait_ready(room, guest.user_id)
    await guest.wait_ready(room, host.user_id)
    return room


async def say_many(member: Member, room: str) -> None:
    """More than Synapse lets anyone say at once."""
    for number in range(20):
        await member.text(room, str(number))


# The server


async def test_no_synapse_is_a_failure_that_names_the_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OBRADY_SYNAPSE_PYTHON", str(tmp_path / "python"))
    with pytest.raises(SynapseMissing, match="make test"):
        SynapseServer(tmp_path / "synapse").start()


async def test_accounts_rooms_and_messages_survive_a_restart_and_a_kill(
    own_synapse: SynapseServer, make_member: MakeMember
) -> None:
    anna = await make_member("anna", server=own_synapse)
    room = await anna.create_room()
    await anna.text(room, "before")
    await asyncio.to_thread(own_synapse.restart)
    await anna.text(room, "between")
    await asyncio.to_thread(own_synapse.kill)
    assert not own_synapse.healthy()
    await asyncio.to_thread(own_synapse.start)
    await anna.text(room, "after")
    await anna.wait_text(room, "after")
    assert anna.bodies(room) == ["before", "between", "after"]


async def test_a_server_does_not_outlive_the_process_that_started_it(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, signal, sys\n"
        "from tests.fakes.synapse.server import SynapseServer\n"
        "server = SynapseServer(pathlib.Path(sys.argv[1]))\n"
        "server.start()\n"
        "print(server.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OBRADY_SYNAPSE_PYTHON": str(synapse_python())}
    run = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script, tmp_path], env=environment, stdout=subprocess.PIPE, check=False
    )
    _, alive = psutil.wait_procs(_process(int(run.stdout)), timeout=5)
    assert not alive


def _process(pid: int) -> list[psutil.Process]:
    try:
        return [psutil.Process(pid)]
    except psutil.NoSuchProcess:
        return []


async def test_default_limits_answer_429_until_an_administrator_lifts_them(
    strict_synapse: SynapseServer, make_member: MakeMember
) -> None:
    anna = await make_member("anna", server=strict_synapse, listening=False)
    admin = await make_member("admin", server=strict_synapse, listening=False, admin=True)
    room = await anna.create_room()
    with pytest.raises(MatrixError) as refusal:
        await say_many(anna, room)
    assert (refusal.value.status, refusal.value.errcode) == (429, "M_LIMIT_EXCEEDED")
    assert refusal.value.retry_after_ms > 0
    await admin.override_ratelimit(anna.user_id)
    await say_many(anna, room)


# Plain rooms


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_two_members_talk_in_every_room_version(make_member: MakeMember, version: str) -> None:
    anna, jan = await make_member("anna"), await make_member("jan")
    room = await meet(anna, jan, version)
    assert (await anna.state(room, "m.room.create"))["room_version"] == version
    assert (":" in room) == (version != "12")

    question = await anna.text(room, "Czym jest strategia?", mentions=[jan.user_id])
    await jan.wait_text(room, "Czym jest strategia?", sender=anna.user_id)
    answer = await jan.text(room, "Planem.", reply_to=question)
    await jan.text(room, "Planem na lata.", edits=answer)
    aside = await jan.text(room, "na boku", thread=question)
    reaction = await anna.react(room, answer, "👍")
    await anna.redact(room, aside)

    gone = await jan.wait_for(lambda entry: entry.type == "m.room.redaction")
    assert gone.event.get("redacts", gone.content.get("redacts")) == aside
    assert (await anna.event(room, aside))["content"] == {}
    assert jan.bodies(room) == ["Czym jest strategia?", "Planem.", "* Planem na lata.", "na boku"]
    assert [event["event_id"] for event in await anna.relations(room, answer, "m.annotation")] == [reaction]
    history = [event["event_id"] for event in await jan.messages(room) if event["type"] == "m.room.message"]
    assert history[:2] == [question, answer]

    await anna.set_power(room, jan.user_id, 50)
    await jan.set_state(room, "m.room.topic", {"topic": "Strategia"})
    assert (await jan.state(room, "m.room.power_levels"))["users"][jan.user_id] == 50


async def test_people_come_and_go(make_member: MakeMember) -> None:
    anna, jan, ola = await make_member("anna"), await make_member("jan"), await make_member("ola")
    room = await meet(anna, jan)
    await anna.invite(room, ola.user_id)
    await ola.wait_invite(room)
    await ola.join(room)
    await jan.leave(room)
    await anna.wait_membership(room, jan.user_id, "leave")
    await anna.kick(room, ola.user_id, "reason")
    gone = await ola.wait_membership(room, ola.user_id, "leave")
    assert (gone.where, gone.sender, gone.content["reason"]) == ("left", anna.user_id, "reason")
    await anna.ban(room, jan.user_id)
    await jan.wait_membership(room, jan.user_id, "ban")
    with pytest.raises(MatrixError, match="M_BAD_STATE"):
        await jan.join(room)
    assert await anna.members(room) == [anna.user_id]


async def test_an_upgraded_room_names_its_successor(make_member: MakeMember) -> None:
    anna, jan = await make_member("anna"), await make_member("jan")
    old = await meet(anna, jan, "10")
    new = await anna.upgrade(old, "12")
    moved = await jan.wait_for(lambda entry: entry.type == "m.room.tombstone")
    assert moved.content["replacement_room"] == new
    assert (await anna.state(new, "m.room.create"))["predecessor"]["room_id"] == old
    await anna.invite(new, jan.user_id)
    await jan.wait_invite(new)
    await jan.join(new)
    await jan.text(new, "I am here")
    await anna.wait_text(new, "I am here")


async def test_a_burst_is_seen_whole_and_in_order(make_member: MakeMember) -> None:
    anna, jan = await make_member("anna"), await make_member("jan", listening=False)
    room = await jan.create_room(invite=[anna.user_id])
    await anna.join(room)
    await anna.wait_membership(room, anna.user_id, "join")
    await anna.close()
    said = [await jan.text(room, f"m{number}") and f"m{number}" for number in range(120)]
    await anna.open()
    await anna.wait_text(room, said[-1])
    assert anna.bodies(room) == said


async def test_a_revoked_token_ends_the_sync_with_the_reason(make_member: MakeMember) -> None:
    admin = await make_member("admin", listening=False, admin=True)
    anna = await make_member("anna")
    assert await anna.devices() == [anna.account.device_id]
    await anna.wait_until(lambda: anna.next_batch is not None)
    await admin.revoke(anna.user_id, anna.account.device_id)
    with pytest.raises(MatrixError, match="M_UNKNOWN_TOKEN"):
        await anna.wait_for(lambda entry: False)


# Encrypted rooms


async def test_encrypted_words_are_read_by_members_only(make_encrypted_member: MakeEncryptedMember) -> None:
    ola, jan = await make_encrypted_member("ola"), await make_encrypted_member("jan")
    room = await meet_encrypted(ola, jan)
    sent = await ola.text(room, "Zażółć gęślą jaźń")
    read = await jan.wait_text(room, "Zażółć gęślą jaźń", sender=ola.user_id)
    assert read.event_id == sent
    assert (await jan.plain.event(room, sent))["type"] == "m.room.encrypted"
    await jan.text(room, "Słyszę", reply_to=sent)
    await ola.wait_text(room, "Słyszę")


async def test_a_withheld_key_comes_later(make_encrypted_member: MakeEncryptedMember) -> None:
    ola, jan = await make_encrypted_member("ola"), await make_encrypted_member("jan")
    room = await meet_encrypted(ola, jan)
    await ola.text(room, "with key")
    await jan.wait_text(room, "with key")
    ola.withhold_keys(room)
    sent = await ola.text(room, "without key")
    sealed = await jan.wait_for(lambda entry: entry.event_id == sent)
    assert sealed.type == "m.room.encrypted"
    await ola.share_keys()
    opened = await jan.wait_text(room, "without key")
    assert opened.event_id == sent
    await ola.text(room, "with the same key")
    await jan.wait_text(room, "with the same key")


async def test_a_member_comes_back_with_the_same_keys(
    synapse: SynapseServer, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount, tmp_path: Path
) -> None:
    ola, account = await make_encrypted_member("ola"), await make_account("jan")
    async with EncryptedMember(synapse.url, account, tmp_path / "jan") as jan:
        room = await meet_encrypted(ola, jan)
        await ola.text(room, "before")
        await jan.wait_text(room, "before")
    await ola.text(room, "while away")
    async with EncryptedMember(synapse.url, account, tmp_path / "jan") as jan:
        await jan.wait_text(room, "while away")
        assert jan.bodies(room) == ["before", "while away"]
