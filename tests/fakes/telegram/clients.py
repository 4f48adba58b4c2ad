"""Two clients nobody of us wrote, behind one small face, so that the server is shaped after neither of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Self

import aiogram
import aiogram.exceptions
import telegram
import telegram.error
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest

from .server import FakeTelegram
from .text import JsonDict


class Client(ABC):
    """What the tests of the server do with a client; `errors` are its exception classes by what happened."""

    errors: dict[str, type[Exception]]

    @abstractmethod
    async def send(
        self,
        chat: int,
        text: str,
        *,
        entities: list[JsonDict] | None = None,
        buttons: list[list[tuple[str, str]]] | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        wait: float = 3,
    ) -> Any:
        """sendMessage."""

    @abstractmethod
    async def edit(self, chat: int, message_id: int, text: str) -> Any:
        """editMessageText."""

    @abstractmethod
    async def answer(self, query_id: str, text: str) -> bool:
        """answerCallbackQuery."""

    @abstractmethod
    async def updates(self, offset: int = 0, seconds: int = 0, allowed: list[str] | None = None) -> Any:
        """getUpdates."""

    @abstractmethod
    async def document(self, chat: int, name: str, content: bytes, caption: str) -> Any:
        """sendDocument with an upload."""

    @abstractmethod
    async def close(self) -> None:
        """Close the connections."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class Aiogram(Client):
    """aiogram 3."""

    def __init__(self, fake: FakeTelegram) -> None:
        error = aiogram.exceptions
        self.errors = {
            "bad_request": error.TelegramBadRequest,
            "forbidden": error.TelegramForbiddenError,
            "unauthorized": error.TelegramUnauthorizedError,
            "flood": error.TelegramRetryAfter,
            "migrated": error.TelegramMigrateToChat,
            "conflict": error.TelegramConflictError,
            "network": error.TelegramNetworkError,
            "garbage": error.ClientDecodeError,
            "gateway": error.ClientDecodeError,
            "server": error.TelegramServerError,
            "timeout": error.TelegramNetworkError,
        }
        self.bot = aiogram.Bot(fake.token, session=AiohttpSession(api=TelegramAPIServer.from_base(fake.url)))

    async def send(
        self,
        chat: int,
        text: str,
        *,
        entities: list[JsonDict] | None = None,
        buttons: list[list[tuple[str, str]]] | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        wait: float = 3,
    ) -> Any:
        """sendMessage."""
        keyboard = [
            [aiogram.types.InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
            for row in buttons or ()
        ]
        return await self.bot.send_message(
            chat,
            text,
            entities=[aiogram.types.MessageEntity(**entity) for entity in entities] if entities else None,
            reply_markup=aiogram.types.InlineKeyboardMarkup(inline_keyboard=keyboard) if buttons else None,
            reply_parameters=aiogram.types.ReplyParameters(message_id=reply_to) if reply_to else None,
            message_thread_id=thread,
            request_timeout=wait,  # type: ignore[arg-type]  # aiohttp takes fractions of a second
        )

    async def edit(self, chat: int, message_id: int, text: str) -> Any:
        """editMessageText."""
        return await self.bot.edit_message_text(text, chat_id=chat, message_id=message_id)

    async def answer(self, query_id: str, text: str) -> bool:
        """answerCallbackQuery."""
        return await self.bot.answer_callback_query(query_id, text)

    async def updates(self, offset: int = 0, seconds: int = 0, allowed: list[str] | None = None) -> Any:
        """getUpdates."""
        return await self.bot.get_updates(offset=offset, timeout=seconds, allowed_updates=allowed)

    async def document(self, chat: int, name: str, content: bytes, caption: str) -> Any:
        """sendDocument with an upload."""
        upload = aiogram.types.BufferedInputFile(content, name)
        return await self.bot.send_document(chat, upload, caption=caption)

    async def close(self) -> None:
        """Close the connections."""
        await self.bot.session.close()


class PythonTelegramBot(Client):
    """python-telegram-bot's `Bot` over its own default transport."""

    def __init__(self, fake: FakeTelegram) -> None:
        error = telegram.error
        self.errors = {
            "bad_request": error.BadRequest,
            "forbidden": error.Forbidden,
            "unauthorized": error.InvalidToken,
            "flood": error.RetryAfter,
            "migrated": error.ChatMigrated,
            "conflict": error.Conflict,
            "network": error.NetworkError,
            "garbage": error.TelegramError,
            "gateway": error.NetworkError,
            "server": error.NetworkError,
            "timeout": error.TimedOut,
        }
        # A Bot that was not initialized doesn't close its transports on shutdown, so these are ours.
        self._requests = HTTPXRequest(), HTTPXRequest()
        self.bot = telegram.Bot(
            fake.token,
            base_url=f"{fake.url}/bot",
            base_file_url=f"{fake.url}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )

    async def send(
        self,
        chat: int,
        text: str,
        *,
        entities: list[JsonDict] | None = None,
        buttons: list[list[tuple[str, str]]] | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        wait: float = 3,
    ) -> Any:
        """sendMessage."""
        keyboard = [
            [telegram.InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in buttons or ()
        ]
        return await self.bot.send_message(
            chat,
            text,
            entities=[telegram.MessageEntity(**entity) for entity in entities] if entities else None,
            reply_markup=telegram.InlineKeyboardMarkup(keyboard) if buttons else None,
            reply_parameters=telegram.ReplyParameters(reply_to) if reply_to else None,
            message_thread_id=thread,
            read_timeout=wait,
        )

    async def edit(self, chat: int, message_id: int, text: str) -> Any:
        """editMessageText."""
        return await self.bot.edit_message_text(text, chat_id=chat, message_id=message_id)

    async def answer(self, query_id: str, text: str) -> bool:
        """answerCallbackQuery."""
        return await self.bot.answer_callback_query(query_id, text)

    async def updates(self, offset: int = 0, seconds: int = 0, allowed: list[str] | None = None) -> Any:
        """getUpdates."""
        return await self.bot.get_updates(offset=offset, timeout=seconds, allowed_updates=allowed)

    async def document(self, chat: int, name: str, content: bytes, caption: str) -> Any:
        """sendDocument with an upload."""
        return await self.bot.send_document(chat, content, filename=name, caption=caption)

    async def close(self) -> None:
        """Close the connections."""
        for request in self._requests:
            await request.shutdown()


CLIENTS: dict[str, Callable[[FakeTelegram], Client]] = {"aiogram": Aiogram, "ptb": PythonTelegramBot}
