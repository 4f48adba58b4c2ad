"""The proxy: each fault as a client meets it, in front of a real Synapse."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes.proxy import Proxy
from tests.fakes.synapse.makers import MakeMember
from tests.fakes.synapse.server import SynapseServer

pytest_plugins = ["tests.fakes.synapse.fixtures"]

SYNC = "/_matrix/client/v3/sync"
SEND = "/_matrix/client/v3/rooms/*/send/"


async def test_requests_pass_unchanged_and_are_counted(synapse: SynapseServer, make_member: MakeMember) -> None:
    async with Proxy(synapse.url) as proxy:
        anna = await make_member("anna", url=proxy.url)
        room = await anna.create_room()
        long = "ż" * 20_000
        await anna.text(room, long)
        await anna.wait_text(room, long)
        assert proxy.count(SEND) == 1
        assert proxy.count(SYNC) >= 2
        assert proxy.count() == len(proxy.requests)
        assert proxy.count(since=time.monotonic()) == 0
        await anna.close()


async def test_a_body_in_chunks_passes(synapse: SynapseServer) -> None:
    async def body() -> AsyncIterator[bytes]:
        for piece in (b'{"type":"m.login.', b'password"}'):
            yield piece
            await asyncio.sleep(0.01)

    async with Proxy(synapse.url) as proxy, aiohttp.ClientSession(proxy.url) as session:
        for _ in range(2):
            async with session.post("/_matrix/client/v3/login", data=body()) as answer:
                assert answer.status == 400
                assert "errcode" in await answer.json()


async def test_a_black_hole_swallows_the_waiting_sync_and_what_comes_later(
    synapse: SynapseServer, make_member: MakeMember
) -> None:
    async with Proxy(synapse.url) as proxy:
        deaf, anna = await make_member("deaf", url=proxy.url), await make_member("anna")
        room = await anna.create_room(invite=[deaf.user_id])
        await deaf.join(room)
        await deaf.wait_membership(room, deaf.user_id, "join")
        await asyncio.sleep(0.3)  # the next long poll waits at the server by now
        asked = proxy.count(SYNC)
        proxy.black_hole(SYNC)
        await anna.text(room, "do you hear me?")
        with pytest.raises(TimeoutError):
            await deaf.wait_text(room, "do you hear me?", 0.5)
        assert proxy.count(SYNC) <= asked + 1
        await deaf.text(room, "I can still speak")
        await anna.wait_text(room, "I can still speak")

        # Healed or not, the silent connection stays silent: only a new one hears.
        await proxy.heal()
        with pytest.raises(TimeoutError):
            await deaf.wait_text(room, "do you hear me?", 0.3)
        await deaf.close()
        await deaf.open()
        await deaf.wait_text(room, "do you hear me?")
        await deaf.close()


async def test_reset_after_leaves_the_client_in_doubt_and_the_message_sent(
    synapse: SynapseServer, make_member: MakeMember
) -> None:
    async with Proxy(synapse.url) as proxy:
        anna = await make_member("anna", url=proxy.url, listening=False)
        room = await anna.create_room()
        proxy.reset_after(SEND, times=2)
        with pytest.raises(aiohttp.ClientConnectionError):
            await anna.text(room, "once", txn_id="one")
        again = await anna.text(room, "once", txn_id="one")
        said = [event["event_id"] for event in await anna.messages(room) if event["type"] == "m.room.message"]
        assert said == [again]
        assert proxy.count(SEND) == 3


async def test_reset_refuse_delay_and_a_dead_server(synapse: SynapseServer, make_member: MakeMember) -> None:
    async with Proxy(synapse.url) as proxy:
        anna = await make_member("anna", url=proxy.url, listening=False)
        room = await anna.create_room()

        proxy.reset(SEND, times=2)
        with pytest.raises(aiohttp.ClientConnectionError):
            await anna.text(room, "lost")
        await anna.text(room, "said")
        assert [e["content"]["body"] for e in await anna.messages(room) if e["type"] == "m.room.message"] == ["said"]

        await proxy.refuse()
        with pytest.raises(aiohttp.ClientConnectorError):
            await anna.devices()
        await proxy.heal()
        assert await anna.devices() == [anna.account.device_id]

        proxy.delay(0.3, times=1)
        began = time.monotonic()
        await anna.devices()
        assert 0.3 <= time.monotonic() - began < 1.5
        began = time.monotonic()
        await anna.devices()
        assert time.monotonic() - began < 0.3


async def test_a_request_for_a_server_that_is_not_there_is_reset_and_counted() -> None:
    async with Proxy("http://127.0.0.1:9") as proxy, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(f"{proxy.url}/health")
        assert (proxy.count("/health"), proxy.connections) == (1, 1)
