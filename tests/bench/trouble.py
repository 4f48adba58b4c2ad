"""How often servers are asked that have nothing good to say: a token that was revoked, a server that is down."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import matrix
from tests.bench.processes import Sizes, fresh_token
from tests.bench.report import Row, limit
from tests.crash.process import Bot
from tests.fakes.ports import free_port
from tests.fakes.proxy import Proxy
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import Account, SynapseServer
from tests.fakes.telegram import FakeTelegram

END_SECONDS = 90.0
"""How long a bot may take to notice that its token is worth nothing: Telegram holds a poll for 50 seconds."""
BACK_SECONDS = 90.0
PEOPLE = 5


class Watched(Bot):
    """A bot that may end by itself."""

    async def ended(self, within: float) -> int | None:
        """Its exit code; None if it goes on."""
        assert self._process is not None
        try:
            async with asyncio.timeout(within):
                return await self._process.wait()
        except TimeoutError:
            return None


@dataclass
class Both:
    """One bot on both networks, each behind a proxy that counts, and a member of a Matrix room."""

    bot: Watched
    fake: FakeTelegram
    telegram: Proxy
    matrix: Proxy
    account: Account
    member: matrix.Driver
    room: str

    async def answered(self, within: float) -> None:
        """Wait until both networks answer a new message."""
        person = self.fake.user(time.monotonic_ns() % 10**12, "Ola")
        await self.fake.say(person, None, "/pomoc")
        await self.fake.wait_for(lambda _message: True, chat=person, timeout=within)
        assert (await self.member.ask(self.room, within))[1] is not None, self.bot.tail()


@contextlib.asynccontextmanager
async def both(folder: Path, synapse: SynapseServer, networks: str = "telegram matrix") -> AsyncIterator[Both]:
    """The bot is ready, and a room has heard it."""
    folder.mkdir(parents=True)
    token = fresh_token()
    account, driver = await matrix.register(synapse, "obrady"), await matrix.register(synapse, "driver")
    async with contextlib.AsyncExitStack() as stack:
        fake = await stack.enter_async_context(FakeTelegram(token, strict=False))
        to_fake = await stack.enter_async_context(Proxy(fake.url))
        to_synapse = await stack.enter_async_context(Proxy(synapse.url))
        tables = f'[database]\nurl = "sqlite:///{folder}/obrady.db"\n'
        if "telegram" in networks:
            tables += f'[platforms.telegram]\ntoken = "{token}"\nbase_url = "{to_fake.url}"\n'
        if "matrix" in networks:
            tables += matrix.table(folder, to_synapse.url, account, driver.user_id)
        member = await stack.enter_async_context(matrix.Driver(synapse.url, driver))
        bot = await stack.enter_async_context(Watched(folder, tables, free_port()))
        await bot.start()
        await bot.ready()
        room = ""
        if "matrix" in networks:
            room = await matrix.open_room(member, "room", account)
            await member.wait_membership(room, account.user_id, "join", 30)
            assert (await member.ask(room))[1] is not None, bot.tail()
        yield Both(bot, fake, to_fake, to_synapse, account, member, room)


@dataclass(frozen=True)
class End:
    """What a bot did once its token was worth nothing."""

    requests: int
    clean: bool
    seconds: float
    words: str


async def revoked_on_telegram(folder: Path, synapse: SynapseServer) -> End:
    """The owner takes the token back at BotFather while people write."""
    async with both(folder, synapse, "telegram") as one:
        at = time.monotonic()
        one.fake.revoke_token()
        for number in range(PEOPLE):
            await one.fake.say(one.fake.user(1000 + number, "Jan"), None, "/pomoc")
        return await _end(one, one.telegram, at)


async def revoked_on_matrix(folder: Path, synapse: SynapseServer) -> End:
    """The device is logged out while people write."""
    async with both(folder, synapse, "matrix") as one:
        at = time.monotonic()
        async with Member(synapse.url, one.account, listening=False) as itself:
            await itself.logout()
        for _ in range(PEOPLE):
            await one.member.text(one.room, matrix.COMMAND)
        return await _end(one, one.matrix, at)


async def _end(one: Both, proxy: Proxy, at: float) -> End:
    code = await one.bot.ended(END_SECONDS)
    seconds = time.monotonic() - at
    return End(proxy.count(since=at), code not in (None, 0), seconds, one.bot.tail(1)[-160:])


async def down(folder: Path, synapse: SynapseServer, seconds: float) -> tuple[int, int]:
    """Requests to Telegram's server and to the homeserver in so many seconds in which every connection breaks.

    Answers are under way when it begins. Afterwards the bot must answer again.
    """
    async with both(folder, synapse) as one:
        one.telegram.reset("/bot*/sendMessage")
        one.matrix.reset("/_matrix/client/v3/rooms")
        for number in range(PEOPLE):
            await one.fake.say(one.fake.user(2000 + number, "Jan"), None, "/pomoc")
            await one.member.text(one.room, matrix.COMMAND)
        await asyncio.sleep(0.2)
        at = time.monotonic()
        for proxy in (one.telegram, one.matrix):
            # Connections that are open break too: the polls under way.
            await proxy.refuse()
            proxy.reset()
            await proxy.start()
        await asyncio.sleep(seconds)
        counts = one.telegram.count(since=at), one.matrix.count(since=at)
        await one.telegram.heal()
        await one.matrix.heal()
        await one.answered(BACK_SECONDS)
        return counts


async def measured(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """The rows of revoked tokens and of servers that are down. The rounds of the latter run side by side."""
    with SynapseServer(folder / "synapse") as synapse:
        ends = {
            "Telegram": [await revoked_on_telegram(folder / f"telegram-{n}", synapse) for n in range(rounds)],
            "Matrix": [await revoked_on_matrix(folder / f"matrix-{n}", synapse) for n in range(rounds)],
        }
        counts = await asyncio.gather(*(down(folder / f"down-{n}", synapse, sizes.down_seconds) for n in range(rounds)))
    rows = []
    for name, found in ends.items():
        what = f"{name}: requests after the token was revoked"
        row = limit(what, "", [float(end.requests) for end in found], 3, every=True)
        row.met = bool(row.met) and all(end.clean for end in found)
        exits = "ended by itself each time" if all(end.clean for end in found) else "DID NOT END with an error"
        row.note = f"{exits}, after {max(end.seconds for end in found):.1f} s at most; last words: {found[-1].words}"
        rows.append(row)
    for column, name in enumerate(["Telegram", "Matrix"]):
        what = f"{name}: requests in {sizes.down_seconds:g} s while the server is down"
        rows.append(limit(what, "", [float(count[column]) for count in counts], 10, every=True))
    return rows
