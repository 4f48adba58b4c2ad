"""The console keeps the contract."""

import json
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.engine.clock import SystemClock
from bot.platforms.console import Console
from bot.platforms.console.script import Script
from tests.platforms.contract.contract import Contract, Harness, Place, Shown, unquoted

NAME, ROOM = "tg/anna", "tg/wroclaw"


class ConsoleHarness(Harness):
    """Plays lines of the protocol, reads what is shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[dict[str, Any]] = []
        self.platform = self.console = Console(self.lines.append, folder)
        self.numbers = count(1)

    async def begin(self, app: App) -> None:
        self.script = Script(self.console, app, SystemClock(), self.lines.append)
        self.inbox = await self.console.inbox()

    async def say(self, place: Place, text: str, *, reply_to: str | None = None) -> str:
        id_ = f"e{next(self.numbers)}"
        more = {"room": ROOM} if place == "room" else {}
        if reply_to:
            more["reply"] = reply_to
        await self._play(op="say", text=text, id=id_, **more)
        return id_

    async def give(self, place: Place, name: str, content: bytes, caption: str) -> None:
        (self.folder / name).write_bytes(content)
        more = {"room": ROOM} if place == "room" else {}
        await self._play(op="say", text=caption, file=str(self.folder / name), **more)

    async def choose(self, place: Place, post: Shown, number: int) -> None:
        await self._play(op="press", post=post.id, choice=str(number))

    async def shown(self, place: Place) -> Sequence[Shown]:
        found: dict[str, Shown] = {}
        for one in self.lines:
            if one["op"] in {"post", "edit"} and one["room"] == (ROOM if place == "room" else f"@{NAME}"):
                found[one["post"]] = Shown(one["post"], unquoted(one["text"]), one.get("reply"), _files(one))
            if one["op"] == "delete":
                found.pop(one["post"], None)
        return list(found.values())

    async def pinned(self) -> Sequence[str]:
        return [one["post"] for one in self.lines if one["op"] == "pin"][-1:]

    async def allow_pins(self, *, allowed: bool) -> None:
        await self._play(op="rule", network="tg", pins="free" if allowed else "never")

    async def shut(self) -> None:
        await self._play(op="expel", room=ROOM)

    async def _play(self, **line: Any) -> None:
        await self.script.line(self.inbox, json.dumps({"from": NAME, **line}))
        assert not [one for one in self.lines if one["op"] == "error"]


def _files(one: dict[str, Any]) -> tuple[tuple[str, bytes], ...]:
    return tuple((file["name"], Path(file["path"]).read_bytes()) for file in one["files"])


class TestConsole(Contract):
    """All of it."""

    @pytest.fixture
    async def harness(self, tmp_path: Path) -> Harness:
        return ConsoleHarness(tmp_path)
