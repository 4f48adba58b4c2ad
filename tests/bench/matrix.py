"""Matrix: replies and bursts against a bare nio echo and a maubot echo, all running at once, on one real Synapse."""

import asyncio
import contextlib
import json
import shutil
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processes import Sizes, process, rounds_of
from tests.bench.report import Row, at_least, at_most, best, limit, shown
from tests.bench.telegram import PEERS
from tests.crash.process import ROOT
from tests.fakes.ports import free_port
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.seen import Seen
from tests.fakes.synapse.server import Account, SynapseServer

COMMAND = "!pomoc"
LOST_SECONDS = 20.0
"""A message without its reply for so long counts as lost."""
MAUBOT = ROOT / ".bench" / "bin" / "python"
RIVALS = ("nio", "maubot")


class Driver(Member):
    """A member who asks and waits for the reply, by the id of the message that it answers."""

    def __init__(self, url: str, account: Account) -> None:
        super().__init__(url, account)
        self.replied: dict[str, float] = {}
        self._waiting: dict[str, asyncio.Future[None]] = {}

    def note(self, entry: Seen) -> None:
        """Keep the replies, not the thousands of events beside them."""
        if entry.type != "m.room.message":
            super().note(entry)
            return
        target = entry.content.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id")
        if entry.sender != self.user_id and target:
            self.replied.setdefault(target, time.monotonic())
            if waiting := self._waiting.pop(target, None):
                waiting.set_result(None)

    async def ask(self, room: str, within: float = LOST_SECONDS) -> tuple[float, float | None]:
        """When it was said and when the reply was seen, None if it was not."""
        said = time.monotonic()
        event_id = await self.text(room, COMMAND)
        if event_id not in self.replied:
            waiting = self._waiting[event_id] = asyncio.get_running_loop().create_future()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within):
                    await waiting
            self._waiting.pop(event_id, None)
        return said, self.replied.get(event_id)


@dataclass(frozen=True)
class Burst:
    """What came of a burst: replies a second, messages without one, rooms whose replies stand in another order."""

    rate: float
    lost: int
    disordered: int


def obrady(folder: Path, url: str, account: Account, inviter: str) -> list[str]:
    """The product itself, on Matrix alone."""
    config = folder / "config.toml"
    config.write_text(
        f'[database]\nurl = "sqlite:///{folder}/obrady.db"\n[web]\nport = {free_port()}\n'
        + table(folder, url, account, inviter),
        "utf-8",
    )
    config.chmod(0o600)
    return ["-m", "bot", "run", "--config", str(config)]


def table(folder: Path, url: str, account: Account, inviter: str) -> str:
    """The bot's account in its config."""
    return (
        f'[platforms.matrix]\nhomeserver = "{url}"\nuser_id = "{account.user_id}"\n'
        f'access_token = "{account.access_token}"\ndevice_id = "{account.device_id}"\n'
        f'store = "{folder / "keys"}"\ninvites = ["{inviter}"]\n'
    )


def nio(_folder: Path, url: str, account: Account) -> list[str]:
    """A bare nio echo."""
    return [str(PEERS / "nio_echo.py"), url, account.user_id, account.access_token]


def maubot(folder: Path, url: str, account: Account) -> list[str]:
    """A maubot echo in standalone mode; it logs warnings only."""
    shutil.copytree(PEERS / "maubot_echo", folder, dirs_exist_ok=True)
    credentials = {"id": account.user_id, "homeserver": url, "access_token": account.access_token, "device_id": None}
    config = {
        "user": {"credentials": credentials, "sync": True, "displayname": "disable", "avatar_url": "disable"},
        "database": f"sqlite:{folder}/bot.db",
        "logging": {
            "version": 1,
            "handlers": {"console": {"class": "logging.StreamHandler"}},
            "root": {"level": "WARNING", "handlers": ["console"]},
            "loggers": {},
        },
    }
    # JSON is YAML, and needs no library.
    (folder / "config.yaml").write_text(json.dumps(config), "utf-8")
    return ["-m", "maubot.standalone", "-c", str(folder / "config.yaml"), "-m", str(folder / "maubot.yaml")]


@contextlib.asynccontextmanager
async def bots(
    folder: Path, synapse: SynapseServer, names: Sequence[str], count: int
) -> AsyncIterator[tuple[Driver, dict[str, list[str]]]]:
    """All bots at once, each with rooms of its own, and the one who talks to them; everything is warm."""
    async with contextlib.AsyncExitStack() as stack:
        driver = await stack.enter_async_context(Driver(synapse.url, await register(synapse, "driver")))
        rooms: dict[str, list[str]] = {}
        for name in names:
            account, home = await register(synapse, name), folder / name
            home.mkdir(parents=True)
            if name == "obrady":
                await stack.enter_async_context(process(obrady(home, synapse.url, account, driver.user_id), home))
            rooms[name] = [await open_room(driver, f"{name} {number}", account) for number in range(count)]
            if name == "nio":
                await join(synapse.url, account, rooms[name])
                await stack.enter_async_context(process(nio(home, synapse.url, account), home))
            elif name == "maubot":
                await join(synapse.url, account, rooms[name])
                arguments = maubot(home, synapse.url, account)
                await stack.enter_async_context(process(arguments, home, python=MAUBOT))
            try:
                for room in rooms[name]:
                    await driver.wait_membership(room, account.user_id, "join", 30)
            except TimeoutError:
                raise AssertionError(f"{name} is not in its rooms:\n{_tail(home)}") from None
        for name in names:
            await warm_up(driver, rooms[name], folder / name)
        yield driver, rooms


async def register(synapse: SynapseServer, name: str) -> Account:
    """An account whose name nobody else has."""
    return await asyncio.to_thread(synapse.register, f"{name}-{time.monotonic_ns():x}")


async def open_room(driver: Driver, name: str, account: Account) -> str:
    """A room with a bot invited. It has a name: without one it would be a direct chat of the two."""
    return await driver.create_room(name=name, invite=[account.user_id])


async def join(url: str, account: Account, rooms: Sequence[str]) -> None:
    """Accept the invitations for a bot that would need code of its own for it."""
    async with Member(url, account, listening=False) as member:
        for room in rooms:
            await member.join(room)


async def warm_up(driver: Driver, rooms: Sequence[str], home: Path) -> None:
    """Until the bot answers, and once in each room."""
    for _ in range(15):
        if (await driver.ask(rooms[0], 2.0))[1] is not None:
            break
    else:
        raise AssertionError(f"no answer:\n{_tail(home)}")
    for room in rooms:
        await driver.ask(room)


def _tail(home: Path) -> str:
    return (home / "bot.log").read_text("utf-8", "replace")[-2000:]


async def sequence(driver: Driver, room: str, count: int) -> list[float]:
    """One user who waits for each reply: milliseconds from the message's sending to the reply's being seen."""
    waits = []
    for _ in range(count):
        said, seen = await driver.ask(room)
        waits.append(((seen or said + LOST_SECONDS) - said) * 1000)
    return waits


async def burst(driver: Driver, rooms: Sequence[str], count: int, in_flight: int) -> Burst:
    """`count` messages over the rooms, always `in_flight` of them unanswered."""
    left = count
    begun = time.monotonic()
    last, lost = begun, 0

    async def one(room: str) -> None:
        nonlocal left, last, lost
        while left:
            left -= 1
            _, seen = await driver.ask(room)
            if seen is None:
                lost += 1
            else:
                last = max(last, seen)

    async with asyncio.TaskGroup() as group:
        for number in range(in_flight):
            group.create_task(one(rooms[number % len(rooms)]))
    disordered = sum([await out_of_order(driver, room) for room in rooms])
    return Burst((count - lost) / (last - begun) if last > begun else 0.0, lost, disordered)


async def out_of_order(driver: Driver, room: str) -> bool:
    """Do the replies stand in another order than the messages that they answer? Lost ones left aside."""
    asked, answered = [], []
    for event in await driver.messages(room):
        if event["type"] != "m.room.message":
            continue
        if event["sender"] == driver.user_id:
            asked.append(event["event_id"])
        elif target := event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id"):
            answered.append(target)
    there = set(answered)
    return [one for one in asked if one in there] != list(dict.fromkeys(answered))


async def measured(
    folder: Path,
    rounds: int,
    sizes: Sizes,
    names: Sequence[str] = ("obrady", *RIVALS),
    synapse: SynapseServer | None = None,
) -> list[Row]:
    """The rows of replies in sequence and of bursts."""
    p50: dict[str, list[float]] = {name: [] for name in names}
    p95: dict[str, list[float]] = {name: [] for name in names}
    bursts: dict[str, list[Burst]] = {name: [] for name in names}
    async with contextlib.AsyncExitStack() as stack:
        home = synapse or SynapseServer(folder / "synapse")
        if synapse is None:
            await asyncio.to_thread(home.start)
            stack.push_async_callback(asyncio.to_thread, home.stop)
        driver, rooms = await stack.enter_async_context(bots(folder, home, names, sizes.rooms))
        # Alternated in small pieces: what disturbs a second of one disturbs a second of the others.
        piece = max(1, sizes.sequence // 8)
        for _ in range(rounds):
            waits: dict[str, list[float]] = {name: [] for name in names}
            for _, name in rounds_of(names, -(-sizes.sequence // piece)):
                waits[name] += await sequence(driver, rooms[name][0], piece)
            for name in names:
                cuts = statistics.quantiles(waits[name], n=20)
                p50[name].append(cuts[9])
                p95[name].append(cuts[18])
        for _, name in rounds_of(names, rounds):
            bursts[name].append(await burst(driver, rooms[name], sizes.burst, sizes.in_flight))
    return _rows(names[1:], sizes, p50, p95, bursts)


def _rows(
    rivals: Sequence[str],
    sizes: Sizes,
    p50: dict[str, list[float]],
    p95: dict[str, list[float]],
    bursts: dict[str, list[Burst]],
) -> list[Row]:
    rates = {name: [one.rate for one in found] for name, found in bursts.items()}
    quick = best({name: p50[name] for name in rivals}, most=False)
    busy = best({name: rates[name] for name in rivals}, most=True)
    what = f"Matrix, {sizes.burst} messages, {sizes.in_flight} in flight"
    others = []
    for name in rivals:
        lost, disordered = (sum(one.lost for one in bursts[name]), sum(one.disordered for one in bursts[name]))
        others.append(f"{name}: {lost} lost, {disordered} rooms out of order")
    rows = [
        at_most(
            f"Matrix, one user, {sizes.sequence} messages: reply p50", "ms", p50["obrady"], quick, p50[quick], 1.15
        ),
        Row("the same: p95", "ms", p95["obrady"], quick, p95[quick]),
        at_least(what, "replies/s", rates["obrady"], busy, rates[busy], 0.95),
        limit("the same: lost", "messages", [float(one.lost) for one in bursts["obrady"]], 0, every=True),
        limit(
            "the same: out of order",
            "rooms",
            [float(one.disordered) for one in bursts["obrady"]],
            0,
            every=True,
            note="; ".join(others),
        ),
    ]
    for name in rivals:
        if name != quick:
            rows.append(shown("the slower one: reply p50", "ms", name, p50[name]))
        if name != busy:
            rows.append(shown("the slower one: burst, replies/s", "replies/s", name, rates[name]))
    return rows
