"""What every benchmark needs: its sizes, processes that end with it, and a look at their memory."""

import asyncio
import contextlib
import random
import string
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil

from tests.crash.process import ROOT

END_SECONDS = 15.0
T = TypeVar("T")


@dataclass(frozen=True)
class Sizes:
    """How much is measured. The defaults are those of the published figures; the smoke test takes less."""

    pending: int = 2_000
    chats: int = 500
    pace: int = 100  # messages a second
    paced_seconds: float = 5.0
    sequence: int = 80
    burst: int = 500
    in_flight: int = 50
    rooms: int = 10
    down_seconds: float = 60.0
    rows: int = 100_000
    messages: int = 10_000  # at the end; memory is compared with a tenth of them
    people: int = 2_000
    votes: int = 10_000
    groups: int = 1_000  # of one announcement
    window_seconds: float = 20.0
    reminders: int = 10_000
    settle_seconds: float = 1.0  # nothing is sent for so long: all is done


def fresh_token() -> str:
    """A Telegram token of nobody's: one process on a machine may use one, and tests run beside this."""
    secret = "".join(random.choices(string.ascii_letters + string.digits, k=35))
    return f"{random.randrange(10**9, 10**10)}:{secret}"


def rounds_of(names: Sequence[T], rounds: int) -> Iterator[tuple[int, T]]:
    """Everybody once a round, each round begun by another: a machine's moods and its heat meet all alike."""
    for number in range(rounds):
        shift = number % len(names)
        for name in [*names[shift:], *names[:shift]]:
            yield number, name


@contextlib.asynccontextmanager
async def process(
    arguments: Sequence[str], folder: Path, *, python: Path | str = sys.executable
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process whose output goes to `bot.log` in the folder; it is ended on the way out."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "bot.log").open("wb") as log:
        started = await asyncio.create_subprocess_exec(str(python), *arguments, cwd=ROOT, stdout=log, stderr=log)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(END_SECONDS):
                    await started.wait()
        if started.returncode is None:
            started.kill()
            await started.wait()


def megabytes(pid: int) -> float:
    """Resident memory of a process and of those it started, in MB (10⁶ bytes)."""
    parent = psutil.Process(pid)
    total = 0
    for one in [parent, *parent.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total / 1e6
