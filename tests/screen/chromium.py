"""Debian's Chromium without a window, spoken to by its DevTools protocol over a websocket."""

import asyncio
import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.fakes.ports import free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30.0
"""Seconds after which a test gives up waiting for the page. Long, since the machine is shared."""


def browser() -> str:
    """The browser's command; a test that needs it is left out where there is none, and says what to install."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium fonts-dejavu-core")
    return found


class Tab:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.errors: list[str] = []
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol."""
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        answer = await asyncio.wait_for(self._answers[number], PATIENCE)
        del self._answers[number]
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    async def open(self, url: str, width: int = 1920, height: int = 1080, *, scale: float = 1) -> None:
        """Go to an address in a window of this size, in CSS pixels."""
        await self.size(width, height, scale=scale)
        await self.call("Page.navigate", url=url)
        await self.until("document.readyState === 'complete'")

    async def size(self, width: int, height: int, *, scale: float = 1) -> None:
        """The window's size in CSS pixels; `scale` is how many pixels each has, as when a page is zoomed."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False
        )

    async def value(self, script: str) -> Any:
        """What an expression is in the page."""
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with contextlib.suppress(AssertionError):  # The page is just going elsewhere.
                    if await self.value(f"Boolean({script})"):
                        return
                await asyncio.sleep(0.05)

    async def picture(self, path: Path) -> None:
        """What the window shows, as a PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        shot = await self.call("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    async def close(self) -> None:
        """Stop reading."""
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        async for message in self._socket:
            found = json.loads(message.data)
            if "id" in found and found["id"] in self._answers:
                self._answers[found["id"]].set_result(found)
            elif found.get("method") == "Runtime.exceptionThrown":
                self.errors.append(json.dumps(found["params"]))
            elif found.get("method") == "Log.entryAdded":
                self.errors.append(found["params"]["entry"]["text"])


@contextlib.asynccontextmanager
async def chromium(folder: Path, *more: str) -> AsyncIterator[Tab]:
    """A browser with one empty page, its profile in `folder`."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *_command(port, folder, more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        async with aiohttp.ClientSession() as session:
            address = await _page(session, f"http://127.0.0.1:{port}/json")
            async with session.ws_connect(address, max_msg_size=0) as socket:
                tab = Tab(socket)
                for domain in ("Page", "Runtime", "Log", "Accessibility"):
                    await tab.call(f"{domain}.enable")
                yield tab
                await tab.close()
    finally:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()


def _command(port: int, folder: Path, more: Sequence[str]) -> list[str]:
    # The sandbox needs rights that containers don't give, and root is refused with it.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 or os.environ.get("CI") else []
    return [
        browser(), "--headless=new", *sandbox, "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
        f"--remote-debugging-port={port}", f"--user-data-dir={folder}", *more, "about:blank",
    ]  # fmt: skip


async def _page(session: aiohttp.ClientSession, url: str) -> str:
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(url) as response:
                    pages = [page for page in await response.json() if page["type"] == "page"]
                    if pages:
                        return str(pages[0]["webSocketDebuggerUrl"])
            await asyncio.sleep(0.1)
