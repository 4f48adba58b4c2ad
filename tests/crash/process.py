"""The bot as a real process: started from a config file, killed without warning, started again."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[2]


class Bot:
    """`python -m bot run`, on a config file of the test's."""

    def __init__(self, folder: Path, tables: str, health_port: int, web: str = "") -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.log = folder / "bot.log"
        self.health_port = health_port
        self.starts = 0
        self.config.write_text(f"{tables}\n[web]\nport = {health_port}\n{web}\n", "utf-8")
        self.config.chmod(0o600)
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "Bot":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def start(self) -> None:
        """Start; returns at once, while the process is still loading."""
        self.starts += 1
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run", "--config", str(self.config)),
                cwd=ROOT,
                stderr=log,
                stdout=log,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )

    async def ready(self, within: float = 30.0) -> None:
        """Wait until every network was heard."""
        async with asyncio.timeout(within), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.health_port}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                assert self._process is not None
                assert self._process.returncode is None, f"the bot ended by itself:\n{self.tail()}"
                await asyncio.sleep(0.05)

    async def waiting(self) -> int:
        """How many rows the outbox still holds."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.health_port}/readyz") as answer,
        ):
            networks = (await answer.json())["networks"]
            return sum(network["waiting"] for network in networks.values())

    async def kill(self) -> None:
        """SIGKILL: no last words."""
        await self._end(signal.SIGKILL)

    async def stop(self, within: float = 20.0) -> int:
        """SIGTERM; the exit code."""
        return await self._end(signal.SIGTERM, within)

    async def _end(self, number: signal.Signals, within: float = 20.0) -> int:
        process = self._process
        assert process is not None
        if process.returncode is None:
            process.send_signal(number)
        async with asyncio.timeout(within):
            return await process.wait()

    def tail(self, lines: int = 30) -> str:
        """The end of the log, for a failing test's message."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-lines:])
