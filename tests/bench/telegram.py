"""Telegram: the whole durable path against bots that store nothing, on one fake server, in one run."""

import asyncio
import contextlib
import json
import statistics
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.crash.process import ROOT
from tests.fakes.ports import free_port
from tests.fakes.telegram import TOKEN

PENDING = 2_000
CHATS = 500
PACE = 100
PACED_SECONDS = 5
COMMAND = "/pomoc"
PEERS = Path(__file__).parent / "peers"


@dataclass
class Server:
    """The fake Bot API as a process of its own, and its ledger."""

    url: str
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

    async def rest(self) -> int:
        """Wait until nothing was sent for a second; how many were sent in all."""
        count = -1
        while count != (count := await self.sent()):
            await asyncio.sleep(1.0)
        return count

    async def sent(self) -> int:
        async with self.session.get(f"{self.url}/control/state") as answer:
            return int((await answer.json())["sent"])


@contextlib.asynccontextmanager
async def server(folder: Path) -> AsyncIterator[Server]:
    folder.mkdir(parents=True, exist_ok=True)
    ledger = folder / "ledger.jsonl"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.fakes.telegram", "--ledger", str(ledger), "--seconds", "300"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as session:
        try:
            yield Server(url, ledger, session)
        finally:
            process.terminate()
            await process.wait()


@contextlib.asynccontextmanager
async def bot(arguments: Sequence[str], folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    with (folder / "bot.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(15):
                    await process.wait()
        if process.returncode is None:
            process.kill()
            await process.wait()


def obrady(folder: Path, url: str, database: str = "") -> list[str]:
    """The product itself; Telegram's limits lifted, since the others know none."""
    config = folder / "config.toml"
    config.write_text(
        f'[database]\nurl = "{database or f"sqlite:///{folder}/obrady.db"}"\n[web]\nport = {free_port()}\n'
        f'[platforms.telegram]\ntoken = "{TOKEN}"\nbase_url = "{url}"\n'
        "overall_per_second = 0\nroom_per_minute = 0\nperson_per_3_seconds = 0\n",
        "utf-8",
    )
    config.chmod(0o600)
    return ["-m", "bot", "run", "--config", str(config)]


def command(name: str, folder: Path, url: str) -> list[str]:
    return obrady(folder, url) if name == "obrady" else [str(PEERS / f"{name}_echo.py"), url, TOKEN]


async def flood(name: str, folder: Path) -> float:
    """Updates answered a second, with `PENDING` waiting at once."""
    async with server(folder) as fake, bot(command(name, folder, fake.url), folder):
        await warm_up(fake)
        # Everybody has written once: our bot introduces itself then, which is not what is measured.
        await fake.control("flood", count=CHATS, chats=CHATS, text=COMMAND)
        done = await fake.rest()
        await fake.control("flood", count=PENDING, chats=CHATS, text=COMMAND)
        await fake.until_sent(done + PENDING, 120)
        await asyncio.sleep(0.2)
        pushed = fake.lines("update")[-1]["t"]
        return PENDING / (fake.lines("sent")[-1]["t"] - pushed)


async def paced(name: str, folder: Path) -> tuple[float, float]:
    """Milliseconds from an update's being there to its reply's arrival, p50 and p95, at `PACE` a second."""
    async with server(folder) as fake, bot(command(name, folder, fake.url), folder):
        await warm_up(fake)
        base = len(fake.lines("update")), len(fake.lines("sent"))
        loop = asyncio.get_running_loop()
        start = loop.time()
        for number in range(PACE * PACED_SECONDS):
            await asyncio.sleep(max(0.0, start + number / PACE - loop.time()))
            await fake.control("say", user=600_000_000 + number, text=COMMAND)
        await fake.until_sent(base[1] + PACE * PACED_SECONDS, 60)
        await asyncio.sleep(0.2)
        pushed = {line["chat"]: line["t"] for line in fake.lines("update")[base[0] :]}
        waits = [(line["t"] - pushed[line["chat"]]) * 1000 for line in fake.lines("sent") if line["chat"] in pushed]
        cuts = statistics.quantiles(waits, n=20)
        return cuts[9], cuts[18]


async def warm_up(fake: Server) -> None:
    """Until the bot answers, and a little longer."""
    for number in range(20):
        await fake.control("say", user=700_000_000 + number, text=COMMAND)
    await fake.until_sent(20, 60)
    await fake.rest()
