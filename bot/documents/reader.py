"""Reading a file in a child process: whatever it does, the caller gets the text or a word, in time, and stays well."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.documents import model
from bot.documents.model import ERRORS, Parsed, ReadError

Progress = Callable[[int, int], None]

_ROOT = str(Path(__file__).resolve().parents[2])
_LONGEST_LINE = 16 * model.LETTERS
"""Bytes of a result: each character takes 12 as JSON at most."""


async def read_file(
    content: bytes,
    name: str,
    progress: Progress | None = None,
    *,
    wall_seconds: float = model.WALL_SECONDS,
    **limits: int,
) -> Parsed:
    """Read a file; `name` is a hint, its content decides.

    Args:
        progress: called with a page's number and how many there are.
        wall_seconds: until the child is ended.
        limits: `memory` (bytes), `cpu` (seconds), `pages`; the usual ones when left out.

    Raises:
        ReadError: it can't be read.
    """
    if not content.strip():
        raise ReadError("empty")
    if len(content) > model.BYTES:
        raise ReadError("too-large")
    # Nothing of the bot's environment: a token is nobody's business there.
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT"}}
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-X", "utf8", "-m", "bot.documents.child"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment | {"PYTHONPATH": _ROOT},
        limit=_LONGEST_LINE,
    )
    try:
        async with asyncio.timeout(wall_seconds):
            feeding = asyncio.create_task(_feed(child, {"name": name, **limits}, content))
            try:
                result = await _hear(child, progress)
            finally:
                feeding.cancel()
                await asyncio.gather(feeding, return_exceptions=True)
            await child.wait()
    except TimeoutError:
        raise ReadError("too-long") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
        # Else it is closed by the collector, at any time.
        child._transport.close()  # type: ignore[attr-defined]
    if result is None:
        raise ReadError("too-long" if child.returncode in _TIME else "broken")
    return result


_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


async def _feed(child: asyncio.subprocess.Process, head: dict[str, Any], content: bytes) -> None:
    assert child.stdin is not None  # noqa: S101 - asked for
    with contextlib.suppress(ConnectionError):
        child.stdin.write(json.dumps(head).encode() + b"\n" + content)
        await child.stdin.drain()
        child.stdin.close()
        await child.stdin.wait_closed()


async def _hear(child: asyncio.subprocess.Process, progress: Progress | None) -> Parsed | None:
    """The result; None when the child ended without one."""
    assert child.stdout is not None  # noqa: S101 - asked for
    while True:
        try:
            line = await child.stdout.readline()
        except ValueError:
            raise ReadError("too-large") from None
        if not line.endswith(b"\n"):
            return None
        said = json.loads(line)
        if "done" in said:
            return Parsed.of(said["done"])
        if "error" in said:
            raise ReadError(said["error"] if said["error"] in ERRORS else "broken")
        if progress:
            progress(int(said["page"]), int(said["of"]))
