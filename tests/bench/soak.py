"""`make soak MINUTES=30`: both networks under light load and one fault after another, then the crash ledger's audit.

Every half minute something goes wrong for a while: 429, resets after the work was done, 502, black holes, a server
that restarts, a kill of the bot. At the end every message is accounted for as in tests/crash, and the memory's slope
is told.
Environment: OBRADY_SOAK_MINUTES (default 30).
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench import matrix
from tests.bench.processes import fresh_token, megabytes
from tests.crash.process import Bot
from tests.crash.test_ledger import Load, all_answered, audit, say, tables
from tests.fakes.ports import free_port
from tests.fakes.proxy import Proxy
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import SynapseServer
from tests.fakes.synapse.wire import MatrixError
from tests.fakes.telegram import Chat, FakeTelegram, Person

MINUTES = float(os.environ.get("OBRADY_SOAK_MINUTES", "30"))
EVERY_SECONDS = 30.0
FAULT_SECONDS = 12.0
QUIET_SECONDS = 240.0
"""How long the last answers may take after the last fault: pauses grow to a minute."""
SAMPLE_SECONDS = 5.0


class Soaked(Bot):
    """A bot whose memory is looked at."""

    @property
    def pid(self) -> int:
        """Of the process that runs or ran last."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Is it running?"""
        return self._process is not None and self._process.returncode is None


@dataclass
class World:
    """Everything there is, and what befell it."""

    bot: Soaked
    fake: FakeTelegram
    synapse: SynapseServer
    telegram: Proxy
    matrix: Proxy
    rng: random.Random
    befell: Counter[str] = field(default_factory=Counter)
    lives: list[list[tuple[float, float]]] = field(default_factory=lambda: [[]])


async def too_many(world: World) -> None:
    """Telegram asks for patience, twice."""
    world.fake.fault("flood", method="sendMessage", times=2, seconds=3)


async def bad_gateway(world: World) -> None:
    """HTML instead of an answer, for polls and for messages."""
    world.fake.fault("html_502", method="getUpdates", times=2)
    world.fake.fault("html_502", method="sendMessage", times=2)


async def reset_after(world: World) -> None:
    """The server has done it and the bot can't know."""
    world.telegram.reset_after("/bot*/sendMessage", times=3)
    world.matrix.reset_after("/_matrix/client/v3/rooms/*/send", times=4)


async def reset(world: World) -> None:
    """Connections break for a while, on both networks."""
    await _broken(world, lambda proxy: proxy.reset())


async def black_hole(world: World) -> None:
    """Nothing answers for a while, on both networks."""
    await _broken(world, lambda proxy: proxy.black_hole())


async def slow(world: World) -> None:
    """Answers take a second longer."""
    await _broken(world, lambda proxy: proxy.delay(1.0))


async def refused(world: World) -> None:
    """Nobody listens for a while."""
    for proxy in (world.telegram, world.matrix):
        await proxy.refuse()
    await asyncio.sleep(FAULT_SECONDS)
    for proxy in (world.telegram, world.matrix):
        await proxy.heal()


async def homeserver_restarts(world: World) -> None:
    """The homeserver is killed and comes back."""
    await asyncio.to_thread(world.synapse.kill)
    await asyncio.sleep(world.rng.uniform(0.0, 5.0))
    await asyncio.to_thread(world.synapse.start)


async def telegram_restarts(world: World) -> None:
    """Telegram is away for a moment."""
    await world.fake.down()
    await asyncio.sleep(world.rng.uniform(0.5, 5.0))
    await world.fake.start()


async def killed(world: World) -> None:
    """The bot dies without last words, and is started anew."""
    await world.bot.kill()
    await world.bot.start()
    world.lives.append([])


FAULTS: tuple[Callable[[World], Awaitable[None]], ...] = (
    too_many,
    bad_gateway,
    reset_after,
    homeserver_restarts,
    reset,
    telegram_restarts,
    black_hole,
    slow,
    refused,
    killed,
)


async def _broken(world: World, switch: Callable[[Proxy], None]) -> None:
    for proxy in (world.telegram, world.matrix):
        switch(proxy)
    await asyncio.sleep(FAULT_SECONDS)
    for proxy in (world.telegram, world.matrix):
        await proxy.heal()


async def trouble(world: World, until: float) -> None:
    """One fault after another, all of them before any comes again."""
    while True:
        for fault in world.rng.sample(FAULTS, len(FAULTS)):
            if time.monotonic() + EVERY_SECONDS > until:
                return
            await asyncio.sleep(EVERY_SECONDS - FAULT_SECONDS)
            world.befell[fault.__name__] += 1
            await fault(world)


async def on_telegram(world: World, load: Load, users: list[Person], groups: list[Chat], until: float) -> None:
    """A command every half second or so."""
    while time.monotonic() < until:
        n = world.rng.randrange(len(groups))
        await say(world.fake, users[n], groups[n], load)
        await asyncio.sleep(world.rng.uniform(0.2, 0.8))


async def on_matrix(world: World, load: Load, member: Member, rooms: list[str], until: float) -> None:
    """A command every second or so; while the server is away the same one is tried again."""
    while time.monotonic() < until:
        room, txn = world.rng.choice(rooms), uuid.uuid4().hex
        while True:
            try:
                event_id = await member.text(room, matrix.COMMAND, txn_id=txn)
            except (aiohttp.ClientError, OSError, MatrixError, ValueError):
                await asyncio.sleep(0.5)
            else:
                break
        load.matrix.append((room, event_id))
        await asyncio.sleep(world.rng.uniform(0.5, 1.5))


async def sample(world: World) -> None:
    """Memory, life by life."""
    while True:
        await asyncio.sleep(SAMPLE_SECONDS)
        if world.bot.alive:
            world.lives[-1].append((time.monotonic(), megabytes(world.bot.pid)))


def slope(life: list[tuple[float, float]]) -> float | None:
    """MB an hour over one life, its first minute left aside; None if it was too short to tell."""
    settled = [point for point in life if point[0] > life[0][0] + 60]
    if len(settled) < 12:
        return None
    found: float = statistics.linear_regression([at / 3600 for at, _ in settled], [size for _, size in settled]).slope
    return found


async def soak(minutes: float, folder: Path) -> None:
    """The whole run.

    Raises:
        AssertionError: a message is not accounted for.
    """
    rng = random.Random(os.environ.get("OBRADY_SEED"))
    load, token, url = Load(), fresh_token(), f"sqlite:///{folder}/obrady.db"
    async with AsyncExitStack() as stack:
        synapse = SynapseServer(folder / "synapse", lifetime=minutes * 60 + 1800)
        await asyncio.to_thread(synapse.start)
        stack.push_async_callback(asyncio.to_thread, synapse.stop)
        account, anna = await matrix.register(synapse, "obrady"), await matrix.register(synapse, "anna")
        member = await stack.enter_async_context(Member(synapse.url, anna, listening=False))
        fake = await stack.enter_async_context(FakeTelegram(token, strict=False))
        to_fake = await stack.enter_async_context(Proxy(fake.url))
        to_synapse = await stack.enter_async_context(Proxy(synapse.url))
        users = [fake.user(1000 + n, f"u{n}") for n in range(8)]
        groups = [fake.chat("supergroup", f"g{n}", members=[users[n]]) for n in range(8)]
        config = tables(url, token, to_fake.url, to_synapse.url, account, folder / "keys", anna.user_id)
        bot = await stack.enter_async_context(Soaked(folder, config, free_port()))
        world = World(bot, fake, synapse, to_fake, to_synapse, rng)
        await bot.start()
        await bot.ready()
        rooms = [await member.create_room(name=f"r{n}", invite=[account.user_id]) for n in range(3)]
        await joined(member, rooms, account.user_id)
        until = time.monotonic() + minutes * 60
        looking = asyncio.create_task(sample(world))
        async with asyncio.TaskGroup() as group:
            group.create_task(on_telegram(world, load, users, groups, until))
            group.create_task(on_matrix(world, load, member, rooms, until))
            group.create_task(trouble(world, until))
        await bot.ready(QUIET_SECONDS)
        await all_answered(bot, url, load, QUIET_SECONDS)
        looking.cancel()
        assert await bot.stop() == 0, bot.tail()
        answered = Counter(
            (str(message["chat"]["id"]), str(message["reply_to_message"]["message_id"]))
            for one in groups
            for message in fake.sent(one)
            if "reply_to_message" in message
        )
        seen = await replies(member, rooms, account.user_id)
    audit(url, load, answered, seen, bot)
    tell(world, minutes)


async def joined(member: Member, rooms: list[str], user_id: str) -> None:
    """Wait until the bot is in every room."""
    async with asyncio.timeout(60):
        for room in rooms:
            while user_id not in await member.members(room):
                await asyncio.sleep(0.2)


async def replies(member: Member, rooms: list[str], sender: str) -> Counter[tuple[str, str]]:
    """How often each message was answered."""
    found: Counter[tuple[str, str]] = Counter()
    for room in rooms:
        for event in await member.messages(room):
            relation: Any = event.get("content", {}).get("m.relates_to", {})
            if event["sender"] == sender and "m.in_reply_to" in relation:
                found[room, relation["m.in_reply_to"]["event_id"]] += 1
    return found


def tell(world: World, minutes: float) -> None:
    """The summary."""
    longest = max(world.lives, key=len)
    grown = slope(longest)
    print(f"{minutes:g} minutes; faults: {', '.join(f'{name} {n}' for name, n in sorted(world.befell.items()))}")
    if longest:
        print(f"memory in the longest life: {longest[0][1]:.0f} MB at first, {longest[-1][1]:.0f} MB at last, ", end="")
        print("too short to tell a slope" if grown is None else f"{grown:+.1f} MB an hour after the first minute")
    print("every message is accounted for")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="obrady-soak-") as where:
        try:
            asyncio.run(soak(MINUTES, Path(where)))
        except* AssertionError as failed:
            sys.exit(f"SOAK FAILED: {failed.exceptions[0]}")
