"""Telegram keeps the contract, on the fake Bot API server."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.app import App
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram import fixtures as server
from tests.platforms.contract.contract import Contract, Harness, Place, Shown
from tests.platforms.telegram.support import adapter

fake = server.fake


class TelegramHarness(Harness):
    """Anna, and a group with her and the bot."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake
        self.anna = fake.user(42, "Anna")
        self.group = fake.chat("supergroup", members=[self.anna])
        self.platform = adapter(fake.url, fake.token)

    async def begin(self, app: App) -> None:
        assert app.routes.commands

    async def say(self, place: Place, text: str, *, reply_to: str | None = None) -> str:
        chat = self.fake.world.to(self._where(place))
        replied = chat.messages[int(reply_to)] if reply_to else None
        message = await self.fake.say(self.anna, chat, text, reply_to=replied)
        return str(message["message_id"])

    async def give(self, place: Place, name: str, content: bytes, caption: str) -> None:
        await self.fake.send_file(self.anna, self._where(place), name, content, caption=caption or None)

    async def choose(self, place: Place, post: Shown, number: int) -> None:
        message = self.fake.world.to(self._where(place)).messages[int(post.id)]
        rows = message["reply_markup"]["inline_keyboard"]
        label = [button["callback_data"] for row in rows for button in row][number - 1]
        await self.fake.press(self.anna, message, label)

    async def shown(self, place: Place) -> Sequence[Shown]:
        return [
            Shown(
                str(message["message_id"]),
                message.get("text", message.get("caption", "")),
                str(message["reply_to_message"]["message_id"]) if "reply_to_message" in message else None,
                self._files(message),
            )
            for message in self.fake.sent(self._where(place))
        ]

    def _files(self, message: dict[str, Any]) -> tuple[tuple[str, bytes], ...]:
        document = message.get("document")
        return ((document["file_name"], self.fake.world.files[document["file_id"]].content),) if document else ()

    async def pinned(self) -> Sequence[str]:
        return [str(message_id) for message_id in self.group.pinned]

    async def allow_pins(self, *, allowed: bool) -> None:
        if allowed:
            await self.fake.add_bot(self.group, self.anna, "administrator")

    async def shut(self) -> None:
        await self.fake.kick_bot(self.group, self.anna)

    def _where(self, place: Place):  # type: ignore[no-untyped-def]
        return self.group if place == "room" else self.anna


class TestTelegram(Contract):
    """All of it."""

    @pytest.fixture
    def harness(self, fake: FakeTelegram) -> Harness:
        return TelegramHarness(fake)
