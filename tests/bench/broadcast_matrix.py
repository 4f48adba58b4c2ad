"""An announcement to a hundred rooms of a real Synapse, beside a bare loop of matrix-nio that sends to the same rooms.

The limit on the messages of both accounts is lifted, as an operator may. Rates are taken from the server's own stamps.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nio import AsyncClient, RoomSendResponse

from bot.core.chats import ChatKind
from bot.core.refs import ChatRef
from storage import schema
from storage.engine import Session, open_engine
from storage.store import Store
from tests.bench.matrix import join, register, table
from tests.bench.processes import Sizes, process
from tests.bench.report import Row, at_least, limit
from tests.fakes.ports import free_port
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import Account, SynapseServer

LEAST = 0.8
IN_FLIGHT = 10
WORDS = "Zapraszamy na spotkanie"
REPORT_SECONDS = 120.0


@dataclass
class Hundred:
    """The rooms, who made them, and who writes to the bot."""

    url: str
    host: Member
    owner: Member
    direct: str
    rooms: list[str]
    bot: Account
    rival: Account

    async def ours(self, number: int) -> tuple[float, int]:
        """One announcement: messages a second, and rooms that have it more or less than once."""
        words = f"{WORDS} {number}"
        await self.owner.text(self.direct, f"!ogłoszenie do: wszystkie\njak: pilne\n{words}")
        card = await self._hears("Podgląd", words)
        await self.owner.react(self.direct, card, "1️⃣")
        await self._hears(f"Raport: ogłoszenie nr {number}.")
        return await self._rate(self.bot, words)

    async def theirs(self, number: int) -> tuple[float, int]:
        """The bare loop: the same words to the same rooms."""
        words = f"{WORDS} {number}"
        client = AsyncClient(self.url, self.rival.user_id)
        client.user_id, client.access_token = self.rival.user_id, self.rival.access_token
        content = {
            **{"msgtype": "m.notice", "body": f"Ogłoszenie nr {number}\n\n{words}", "m.mentions": {}},
            "format": "org.matrix.custom.html",
            "formatted_body": f"<p><strong>Ogłoszenie nr {number}</strong></p><p>{words}</p>",
        }
        slots = asyncio.Semaphore(IN_FLIGHT)

        async def send(room: str) -> None:
            async with slots:
                answer = await client.room_send(room, "m.room.message", content)
                assert isinstance(answer, RoomSendResponse), answer

        try:
            await asyncio.gather(*map(send, self.rooms))
        finally:
            await client.close()
        return await self._rate(self.rival, words)

    async def _rate(self, account: Account, words: str) -> tuple[float, int]:
        stamps, odd = [], 0
        for room in self.rooms:
            found = [
                event["origin_server_ts"] / 1000
                for event in await self.host.messages(room)
                if event["sender"] == account.user_id and event.get("content", {}).get("body", "").endswith(words)
            ]
            stamps += found
            odd += len(found) != 1
        return (len(stamps) - 1) / max(0.001, max(stamps) - min(stamps)), odd

    async def _hears(self, *wanted: str) -> str:
        found = await self.owner.wait_for(
            lambda one: (
                one.sender == self.bot.user_id
                and "m.new_content" not in one.content
                and all(part in one.body.replace("\u2060", "") for part in wanted)
            ),
            REPORT_SECONDS,
        )
        return found.event_id


def claimed(url: str, rooms: list[str]) -> None:
    """A database in which these rooms are claimed."""
    engine = open_engine(url)
    try:
        schema.upgrade(engine)
        with Session(engine.connect().execution_options(write=True), expire_on_commit=False) as session:
            store = Store(session, datetime.now(UTC))
            for number, room in enumerate(rooms):
                ref = ChatRef("matrix", room)
                store.chats.seen(ref, ChatKind.ROOM, "pl", None, f"r{number}")
                store.rooms.claim(ref, None)
            store.flush()
            session.commit()
    finally:
        engine.dispose()


@contextlib.asynccontextmanager
async def hundred(folder: Path, synapse: SynapseServer, count: int) -> AsyncIterator[Hundred]:
    """The bot in its rooms, the account of the bare loop in the same ones."""
    folder.mkdir(parents=True)
    bot, rival = await register(synapse, "obrady"), await register(synapse, "nio")
    async with contextlib.AsyncExitStack() as stack:
        admin = await asyncio.to_thread(synapse.register, f"op-{time.monotonic_ns():x}", admin=True)
        operator = await stack.enter_async_context(Member(synapse.url, admin, listening=False))
        for one in (bot, rival):
            await operator.override_ratelimit(one.user_id)
        host = await stack.enter_async_context(
            Member(synapse.url, await register(synapse, "host"), listening=False, patient=True)
        )
        owner = await stack.enter_async_context(Member(synapse.url, await register(synapse, "owner")))
        invited = [bot.user_id, rival.user_id]
        rooms = [await host.create_room(name=f"r{number}", invite=invited) for number in range(count)]
        for account in (bot, rival):
            await join(synapse.url, account, rooms)
        url = f"sqlite:///{folder}/obrady.db"
        claimed(url, rooms)
        config = folder / "config.toml"
        config.write_text(
            f'[database]\nurl = "{url}"\n[web]\nport = {free_port()}\n[people]\nowners = ["matrix:{owner.user_id}"]\n'
            f"[announcements]\napproval_above = {count}\n" + table(folder, synapse.url, bot, owner.user_id),
            "utf-8",
        )
        config.chmod(0o600)
        await stack.enter_async_context(process(["-m", "bot", "run", "--config", str(config)], folder))
        direct = await owner.create_room(direct=True, invite=[bot.user_id])
        await owner.wait_membership(direct, bot.user_id, "join", 60)
        yield Hundred(synapse.url, host, owner, direct, rooms, bot, rival)


async def measured(folder: Path, rounds: int, sizes: Sizes, synapse: SynapseServer | None = None) -> list[Row]:
    """The rows. The two take turns, each round begun by the other."""
    count = min(100, sizes.groups)
    ours: list[tuple[float, int]] = []
    theirs: list[tuple[float, int]] = []
    async with contextlib.AsyncExitStack() as stack:
        home = synapse or SynapseServer(folder / "synapse")
        if synapse is None:
            await asyncio.to_thread(home.start)
            stack.push_async_callback(asyncio.to_thread, home.stop)
        there = await stack.enter_async_context(hundred(folder / "bot", home, count))
        for number in range(1, rounds + 1):
            if number % 2:
                theirs.append(await there.theirs(number))
            ours.append(await there.ours(number))
            if number % 2 == 0:
                theirs.append(await there.theirs(number))
    what = f"announcement to {count} rooms on Synapse"
    return [
        at_least(what, "messages/s", [one[0] for one in ours], "nio", [one[0] for one in theirs], LEAST),
        limit("the same: not exactly once", "rooms", [float(one[1]) for one in ours], 0, every=True),
    ]
