"""The network in memory keeps the contract."""

from collections.abc import Sequence

import pytest

from bot.app import App
from bot.core.files import FileRef, file_name
from bot.platforms.memory import Delivered, Memory
from tests.engine.world import DIRECT, ROOM, press, say
from tests.platforms.contract.contract import Contract, Harness, Place, Shown, unquoted

CHATS = {"direct": DIRECT, "room": ROOM}


class MemoryHarness(Harness):
    """Pushes events, reads calls."""

    def __init__(self) -> None:
        self.platform = self.memory = Memory()

    async def begin(self, app: App) -> None:
        assert app.routes.commands

    async def say(self, place: Place, text: str, *, reply_to: str | None = None) -> str:
        message = say(text, CHATS[place], reply_to=reply_to)
        self.memory.push(message)
        await self.memory.taken()
        return message.id

    async def give(self, place: Place, name: str, content: bytes, caption: str) -> None:
        self.memory.files["1"] = content
        file = FileRef(file_name(name), "memory", "1", len(content))
        self.memory.push(say(caption, CHATS[place], files=(name,), file=file))

    async def choose(self, place: Place, post: Shown, number: int) -> None:
        [sent] = [one for one in self.memory.delivered if one.message_id == post.id]
        action = sent.outgoing.choices[number - 1].action
        self.memory.push(press(post.id, CHATS[place], action=action, press_id="p"))

    async def shown(self, place: Place) -> Sequence[Shown]:
        found: dict[str, Shown] = {}
        for one in self.memory.delivered:
            if one.outgoing.chat == CHATS[place] and one.outgoing.op in {"send", "edit"}:
                found[one.message_id] = Shown(one.message_id, unquoted(one.text), one.outgoing.reply_to, _files(one))
            if one.outgoing.op == "delete":
                found.pop(one.message_id, None)
        return list(found.values())

    async def pinned(self) -> Sequence[str]:
        return [one.message_id for one in self.memory.delivered if one.outgoing.op == "pin"][-1:]

    async def allow_pins(self, *, allowed: bool) -> None:
        self.memory.may_pin = allowed

    async def shut(self) -> None:
        self.memory.gone.add(ROOM)


def _files(one: Delivered) -> tuple[tuple[str, bytes], ...]:
    file = one.outgoing.file
    return ((file.name, file.content),) if file else ()


class TestMemory(Contract):
    """All of it."""

    @pytest.fixture
    def harness(self) -> Harness:
        return MemoryHarness()
