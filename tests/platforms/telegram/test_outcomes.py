"""Each way a call can go wrong, and what the engine is told: unsent for certain, perhaps there, or hopeless."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.core.refs import ChatRef
from bot.platforms.port import (
    FatalError,
    MovedError,
    NotSentError,
    Sent,
    UnclearError,
    UndeliverableError,
)
from bot.platforms.telegram import Telegram
from tests.fakes.telegram import ERRORS, TOKEN, FakeTelegram

from .support import adapter, outgoing

FATAL = {"bad_token", "closed_bot_404_token"}
NOT_SENT = {"flood", "conflict_poll", "conflict_setwebhook", "conflict_webhook", "conflict_setwebhook2"}
UNCLEAR = {"bad_gateway", "internal"}
GONE = {
    "chat_not_found",
    "text_rights",
    "channel_rights",
    # Without the new address there is no way to the chat.
    "migrated",
    "blocked",
    "deactivated",
    "cant_initiate",
    "kicked_group",
    "kicked_supergroup",
    "kicked_channel",
    "not_member_group",
    "not_member_supergroup",
    "not_member_channel",
    "group_deleted",
}
TEXT = "tajna treść"


async def attempt(telegram: Telegram, **options: Any) -> Sent | Exception:
    call = telegram.deliver(outgoing(TEXT, **options))
    [result] = await asyncio.gather(call, return_exceptions=True)
    assert not isinstance(result, BaseException) or isinstance(result, Exception)
    assert TEXT not in str(result)
    return result


@pytest.mark.parametrize("key", sorted(ERRORS))
async def test_every_refusal(fake: FakeTelegram, telegram: Telegram, key: str) -> None:
    fake.user(42, "Anna", started=True)
    fake.fault(key, method="sendMessage", seconds=3)
    error = await attempt(telegram)
    fake.violations.clear()
    if key in FATAL:
        assert isinstance(error, FatalError)
        assert "@BotFather" in str(error)
    elif key in NOT_SENT:
        assert isinstance(error, NotSentError)
        assert (error.retry_after, error.everywhere) == (3 if key == "flood" else None, False)
    elif key in UNCLEAR:
        assert isinstance(error, UnclearError)
    else:
        assert isinstance(error, UndeliverableError)
        assert error.chat_gone == (key in GONE)
        assert str(error) == ERRORS[key]["description"]
    # The trouble was the call's, not the connection's.
    assert isinstance(await attempt(telegram), Sent)


@pytest.mark.parametrize("key", ["edit_no_message", "edit_forbidden"])
async def test_an_edit_that_can_not_be_made(fake: FakeTelegram, telegram: Telegram, key: str) -> None:
    fake.fault(key, method="editMessageText")
    error = await attempt(telegram, op="edit", message_id="7")
    assert isinstance(error, UndeliverableError)
    assert not error.chat_gone


async def test_a_chat_that_moved(fake: FakeTelegram, telegram: Telegram) -> None:
    group = fake.chat("group")
    fake.fault("migrate", method="sendMessage")
    error = await attempt(telegram, to=group.id)
    assert isinstance(error, MovedError)
    assert error.new == ChatRef("telegram", str(group.migrated_to))


async def test_the_server_is_down(fake: FakeTelegram, telegram: Telegram) -> None:
    await fake.down()
    # Until the client has seen the end of the connection that it kept; a call before that may be unclear.
    await asyncio.sleep(0.1)
    for _ in range(2):
        error = await attempt(telegram)
        assert isinstance(error, NotSentError)
        assert error.everywhere
        assert error.retry_after is None


async def test_a_kept_connection_that_ends_before_the_call_is_written(
    fake: FakeTelegram, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = aiohttp.TCPConnector.connect

    async def ending(*args: Any, **options: Any) -> Any:
        connection = await connect(*args, **options)
        assert connection.protocol is not None
        assert connection.protocol.transport is not None
        asyncio.get_running_loop().call_soon(connection.protocol.transport.close)
        return connection

    fake.user(42, "Anna", started=True)
    with monkeypatch.context() as patched:
        patched.setattr(aiohttp.TCPConnector, "connect", ending)
        error = await attempt(telegram)
    assert isinstance(error, NotSentError)
    assert "sendMessage" not in fake.counts
    assert isinstance(await attempt(telegram), Sent)


@contextmanager
def full_backlog() -> Iterator[str]:
    """A port whose queue of connections is full, so that a new one is never answered."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for one in (first, second):
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def test_no_connection_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.telegram.wire.CONNECT", 0.2)
    with full_backlog() as url:
        telegram = adapter(url, TOKEN)
        error = await attempt(telegram)
        await telegram.close()
    assert isinstance(error, NotSentError)
    assert error.everywhere


async def test_no_free_connection_in_time(fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.platforms.telegram.wire.CONNECT", 0.2)
    monkeypatch.setattr(Telegram, "max_in_flight", 1)
    fake.user(42, "Anna", started=True)
    fake.fault("stall", method="sendMessage", seconds=0.6)
    telegram = adapter(fake.url, fake.token)
    first = asyncio.create_task(attempt(telegram))
    await fake.until(lambda: fake.counts["sendMessage"])
    second = await attempt(telegram)
    assert isinstance(second, NotSentError)
    assert isinstance(await first, Sent)
    assert len(fake.sent(42)) == 1
    await telegram.close()


@pytest.mark.parametrize(
    "fault", ["reset_before", "reset_after", "hang_after", "stall", "truncated", "html_502", "drip"]
)
@pytest.mark.parametrize("op", ["send", "edit"])
async def test_what_may_have_arrived(fake: FakeTelegram, monkeypatch: pytest.MonkeyPatch, fault: str, op: str) -> None:
    monkeypatch.setattr("bot.platforms.telegram.adapter.CALL_SECONDS", 0.4)
    fake.user(42, "Anna", started=True)
    telegram = adapter(fake.url, fake.token)
    sent = await telegram.deliver(outgoing("przedtem"))
    fake.fault(fault, method="sendMessage" if op == "send" else "editMessageText", seconds=5)
    error = await attempt(telegram, op=op, message_id=sent.message_id)
    assert isinstance(error, UnclearError)
    arrived = TEXT in fake.texts(42)
    assert arrived == (fault not in ("reset_before", "html_502"))
    await telegram.close()


@pytest.mark.parametrize("fault", ["stall", "drip"])
async def test_a_slow_answer_is_an_answer(fake: FakeTelegram, telegram: Telegram, fault: str) -> None:
    fake.user(42, "Anna", started=True)
    fake.fault(fault, method="sendMessage", seconds=0.3)
    assert isinstance(await attempt(telegram), Sent)


@asynccontextmanager
async def answering(status: int, body: str, headers: dict[str, str] | None = None) -> AsyncIterator[Telegram]:
    """An adapter before something that is no Bot API."""

    async def handler(request: web.BaseRequest) -> web.Response:
        await request.read()
        return web.Response(status=status, text=body, headers=headers)

    runner = web.ServerRunner(web.Server(handler, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram = adapter(f"http://127.0.0.1:{runner.addresses[0][1]}", TOKEN)
    yield telegram
    await telegram.close()
    await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html>Welcome to the Wi-Fi of this hotel</html>"),
        (200, ""),
        (200, "{}"),
        (200, "[]"),
        (200, '{"ok":true}'),
        (200, '{"ok":false}'),
        (200, '{"ok":true,"result":'),
        (200, "[" * 100_000),
        (302, ""),
        (401, "<html>proxy</html>"),
        (403, "<html>blocked by the proxy</html>"),
        (404, "Not Found"),
        (407, "Proxy Authentication Required"),
        (429, "slow down"),
        (500, ""),
        (503, '{"error":"unavailable"}'),
        (504, "<html>Gateway Time-out</html>"),
    ],
)
async def test_a_page_on_the_way_is_not_the_apis_word(status: int, body: str) -> None:
    headers = {"Location": "http://127.0.0.1:1/"} if status == 302 else None
    async with answering(status, body, headers) as telegram:
        error = await attempt(telegram)
        assert isinstance(error, UnclearError)
        assert "html" not in str(error)
        with pytest.raises(NotSentError):
            await telegram.start()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"ok":false,"error_code":429,"description":"Too Many Requests"}', NotSentError),
        ('{"ok":false,"error_code":429,"parameters":{"retry_after":"5"}}', NotSentError),
        ('{"ok":false,"error_code":400}', UndeliverableError),
        ('{"ok":false,"error_code":400,"description":7,"parameters":[]}', UndeliverableError),
        ('{"ok":false,"error_code":409,"description":"Conflict"}', NotSentError),
        ('{"ok":false,"error_code":503,"description":"Service Unavailable"}', UnclearError),
    ],
)
async def test_refusals_with_parts_missing(body: str, kind: type[Exception]) -> None:
    async with answering(400, body) as telegram:
        assert isinstance(await attempt(telegram), kind)
