"""One process owns a bot: the second says so and stops, and may begin when the first has ended, however it ended."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import App
from bot.engine.lock import AlreadyRunningError, Locks
from tests.engine.world import Network, World, house

_OWNER = """
import asyncio, sys
from bot.app import App
from bot.engine.lock import Locks
from tests.engine.world import Network, World, house

async def main():
    app = App(World(sys.argv[1]).settings(), capabilities=[house()])
    network = Network()
    running = asyncio.create_task(app.run([network], Locks()))
    while not network.last_ok:
        await asyncio.sleep(0.01)
    print("running", flush=True)
    await running

asyncio.run(main())
"""


def _start(world: World) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, "-c", _OWNER, world.url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    return process


async def _second(world: World) -> None:
    await App(world.settings(), capabilities=[house()]).run([Network()], Locks())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_the_second_process_says_so_and_may_begin_when_the_first_ended(world: World, how: signal.Signals) -> None:
    first = await asyncio.to_thread(_start, world)
    try:
        for _ in range(2):
            with pytest.raises(AlreadyRunningError, match="Another Obrady"):
                await _second(world)
    finally:
        first.send_signal(how)
        await asyncio.to_thread(first.wait, 10)
    assert first.stdout is not None
    first.stdout.close()
    async with world.bot() as bot:
        assert not bot.task.done()


def test_a_lock_names_the_process_that_has_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'obrady.db'}"
    first, second = Locks(), Locks()
    first.database(url)
    with pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}.*obrady.db"):
        second.database(url)
    first.release()
    second.database(url)
    second.release()


def test_an_account_is_locked_by_a_digest_of_its_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first, second = Locks(), Locks()
    first.account("telegram", "123456:SECRET")
    second.account("telegram", "123456:OTHER")
    with pytest.raises(AlreadyRunningError, match="this telegram account"):
        second.account("telegram", "123456:SECRET")
    for path in tmp_path.rglob("*"):
        assert "SECRET" not in path.name
        assert path.is_dir() or "SECRET" not in path.read_text()
    first.release()
    second.release()
