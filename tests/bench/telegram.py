"""Telegram: the whole durable path against bots that store nothing, on one fake server, in one run."""

import asyncio
import contextlib
import json
import statistics
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench.processes import Sizes, fresh_token, process, rounds_of
from tests.bench.report import Row, at_least, no_more_than, shown
from tests.crash.process import ROOT
from tests.fakes.ports import free_port

COMMAND = "/pomoc"
PEERS = Path(__file__).parent / "peers"
FLOODERS = 500_000_001
"""The id of the first of those who write when the fake is told to flood (tests/fakes/telegram/control.py)."""
LIFETIME = "300"
"""Seconds after which the fake ends by itself, whatever happens."""


@dataclass
class Server:
    """The fake Bot API as a process of its own, and its ledger."""

    url: str
    token: str
    ledger: Path
    session: aiohttp.ClientSession

    async def control(self, route: str, **body: Any) -> Any:
        async with self.session.post(f"{self.url}/control/{route}", json=body) as answer:
            return await answer.json()

    def lines(self, kind: str) -> list[dict[str, Any]]:
        found = (json.loads(line) for line in self.ledger.read_text("utf-8").splitlines())
        return [line for line in found if line["kind"] == kind]

    async def until_sent(self, count: int, within: float) -> None:
        async with asyncio.timeout(within):
            while (await self.sent()) < count:
                await asyncio.sleep(0.1)

    async def rest(self, sizes: Sizes) -> int:
        """Wait until nothing is sent any more; how many were sent in all."""
        count = -1
        while count != (count := await self.sent()):
            await asyncio.sleep(sizes.settle_seconds)
        return count

    async def sent(self) -> int:
        return int((await self.state())["sent"])

    async def state(self) -> dict[str, Any]:
        async with self.session.get(f"{self.url}/control/state") as answer:
            found: dict[str, Any] = await answer.json()
            return found


@contextlib.asynccontextmanager
async def server(folder: Path) -> AsyncIterator[Server]:
    folder.mkdir(parents=True, exist_ok=True)
    ledger = folder / "ledger.jsonl"
    token = fresh_token()
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.fakes.telegram", "--token", token, "--ledger", str(ledger), "--seconds", LIFETIME),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert started.stdout is not None
    try:
        url = (await started.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session:
            yield Server(url, token, ledger, session)
    finally:
        if started.returncode is None:
            started.terminate()
        await started.wait()


def obrady(folder: Path, url: str, token: str, database: str = "", more: str = "") -> list[str]:
    """The product itself; Telegram's limits lifted, since the others know none. `more` is added to the config."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text(
        f'[database]\nurl = "{database or f"sqlite:///{folder}/obrady.db"}"\n[web]\nport = {free_port()}\n'
        f'[platforms.telegram]\ntoken = "{token}"\nbase_url = "{url}"\n'
        f"overall_per_second = 0\nroom_per_minute = 0\nperson_per_3_seconds = 0\n{more}",
        "utf-8",
    )
    config.chmod(0o600)
    return ["-m", "bot", "run", "--config", str(config)]


def command(name: str, folder: Path, fake: Server) -> list[str]:
    """What starts one of the bots."""
    if name == "obrady":
        return obrady(folder, fake.url, fake.token)
    return [str(PEERS / f"{name}_echo.py"), fake.url, fake.token]


async def flood(name: str, folder: Path, sizes: Sizes) -> float:
    """Updates answered a second, with `sizes.pending` waiting at once."""
    async with server(folder) as fake, process(command(name, folder, fake), folder):
        await warm_up(fake, sizes)
        # Everybody has written once: our bot introduces itself then, which is not what is measured.
        await fake.control("flood", count=sizes.chats, chats=sizes.chats, text=COMMAND)
        done = await fake.rest(sizes)
        await fake.control("flood", count=sizes.pending, chats=sizes.chats, text=COMMAND)
        await fake.until_sent(done + sizes.pending, 120)
        await asyncio.sleep(0.2)
        pushed = fake.lines("update")[-1]["t"]
        return sizes.pending / (fake.lines("sent")[-1]["t"] - pushed)


async def paced(name: str, folder: Path, sizes: Sizes) -> tuple[float, float]:
    """Milliseconds from an update's being there to its reply's arrival, p50 and p95, at `sizes.pace` a second."""
    count = int(sizes.pace * sizes.paced_seconds)
    async with server(folder) as fake, process(command(name, folder, fake), folder):
        await warm_up(fake, sizes)
        # As above: everybody has written once.
        await fake.control("flood", count=count, chats=count, text=COMMAND)
        await fake.rest(sizes)
        base = len(fake.lines("update")), len(fake.lines("sent"))
        loop = asyncio.get_running_loop()
        start = loop.time()
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / sizes.pace - loop.time()))
            await fake.control("say", user=FLOODERS + number, text=COMMAND)
        await fake.until_sent(base[1] + count, 60)
        await asyncio.sleep(0.2)
        # One writer, so the updates stand in the order in which people wrote.
        pushed = {FLOODERS + number: line["t"] for number, line in enumerate(fake.lines("update")[base[0] :])}
        waits = [(line["t"] - pushed[line["chat"]]) * 1000 for line in fake.lines("sent")[base[1] :]]
        cuts = statistics.quantiles(waits, n=20)
        return cuts[9], cuts[18]


async def warm_up(fake: Server, sizes: Sizes) -> None:
    """Until the bot answers, and a little longer."""
    for number in range(20):
        await fake.control("say", user=700_000_000 + number, text=COMMAND)
    await fake.until_sent(20, 60)
    await fake.rest(sizes)


async def flooded(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """The rows of the flood."""
    rates: dict[str, list[float]] = {"obrady": [], "aiogram": [], "ptb": [], "raw": []}
    for number, name in rounds_of(list(rates), rounds):
        rates[name].append(await flood(name, folder / f"flood-{number}-{name}", sizes))
    what, unit = f"Telegram, {sizes.pending} pending, SQLite FULL", "updates/s"
    return [
        at_least(what, unit, rates["obrady"], "aiogram", rates["aiogram"], 1.6),
        at_least(what, unit, rates["obrady"], "ptb", rates["ptb"], 10),
        shown("the floor: raw aiohttp, stores nothing", unit, "raw", rates["raw"]),
    ]


async def at_pace(folder: Path, rounds: int, sizes: Sizes) -> list[Row]:
    """The rows of the paced run."""
    waits: dict[str, list[tuple[float, float]]] = {"obrady": [], "raw": []}
    for number, name in rounds_of(list(waits), rounds):
        waits[name].append(await paced(name, folder / f"paced-{number}-{name}", sizes))
    rows = []
    for column, (name, extra) in enumerate([("p50", 3.0), ("p95", 8.0)]):
        ours, theirs = ([one[column] for one in waits[who]] for who in ("obrady", "raw"))
        what = f"Telegram, {sizes.pace}/s: reply {name}"
        rows.append(no_more_than(what, "ms", ours, "raw", theirs, extra))
    return rows
