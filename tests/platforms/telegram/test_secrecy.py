"""Canaries: neither the token nor anybody's words or name in any log line or error, whatever goes wrong."""

import asyncio
import logging
import traceback
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.core.events import Poison
from bot.platforms.telegram import Telegram
from tests.fakes.telegram import FakeTelegram

from .support import MemoryInbox, adapter, message, outgoing, reading, update
from .test_outcomes import answering, full_backlog

TOKEN = "1234567890:AAkanarek-kanarek-kanarek-kanarek00"
SECRETS = ("kanarek", "KANAREK")
WORDS, NAME = "słowa KANAREK", "Anna KANAREK"


def told(error: BaseException) -> str:
    """All an error could show: its words and those of every error behind it, suppressed ones too."""
    parts, seen = [], {id(error)}
    queue: list[BaseException | None] = [error]
    while queue:
        one = queue.pop()
        if one is None:
            continue
        parts += [repr(one), str(one), *traceback.format_exception_only(one)]
        for other in (one.__cause__, one.__context__):
            if other is not None and id(other) not in seen:
                seen.add(id(other))
                queue.append(other)
    return "\n".join([*parts, *traceback.format_exception(error)])


def assert_silent(*texts: Any) -> None:
    for text in texts:
        for secret in SECRETS:
            assert secret not in str(text)


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Any:
    """Everything that any library logs at DEBUG."""
    caplog.set_level(logging.DEBUG)
    for name in ("telegram", "telegram.Bot", "aiohttp", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    with capture_logs() as logs:
        yield lambda: [repr(logs), caplog.text, *(repr(record.__dict__) for record in caplog.records)]


async def failed(telegram: Telegram, **options: Any) -> str:
    calls = telegram.deliver(outgoing(WORDS, **options)), telegram.start()
    results = await asyncio.gather(*calls, return_exceptions=True)
    return "\n".join(told(result) for result in results if isinstance(result, BaseException))


@pytest.mark.parametrize(
    "fault",
    ["bad_token", "closed_bot_404_token", "unknown_method", "chat_not_found", "blocked", "flood", "internal",
     "reset_before", "reset_after", "hang_after", "truncated", "html_502"],
)  # fmt: skip
async def test_failing_calls(monkeypatch: pytest.MonkeyPatch, heard: Any, fault: str) -> None:
    monkeypatch.setattr("bot.platforms.telegram.adapter.CALL_SECONDS", 0.3)
    async with FakeTelegram(TOKEN) as fake:
        fake.user(42, NAME, started=True)
        telegram = adapter(fake.url, TOKEN)
        for method in ("sendMessage", "getMe"):
            fake.fault(fault, method=method)
        errors = await failed(telegram)
        await telegram.close()
    assert errors
    assert_silent(errors, *heard())


async def test_no_connection(monkeypatch: pytest.MonkeyPatch, heard: Any) -> None:
    """aiohttp names the whole address when a connection takes too long, or when a request can't be written."""
    monkeypatch.setattr("bot.platforms.telegram.wire.CONNECT", 0.1)
    with full_backlog() as url:
        telegram = adapter(url, TOKEN)
        errors = await failed(telegram)
        await telegram.close()
    async with FakeTelegram(TOKEN) as fake:
        telegram = adapter(fake.url, TOKEN)
        await telegram.start()
        await fake.down()
        errors += await failed(telegram) + await failed(telegram)
        await telegram.close()
    assert "ConnectionTimeoutError" in errors
    assert_silent(errors, *heard())


async def test_pages_that_echo_the_address(monkeypatch: pytest.MonkeyPatch, heard: Any) -> None:
    monkeypatch.setattr("tests.platforms.telegram.test_outcomes.TOKEN", TOKEN)
    for status in (200, 302, 404, 502):
        async with answering(status, f"<html>/bot{TOKEN}/sendMessage</html>", {"Location": f"/x{TOKEN}"}) as telegram:
            assert_silent(await failed(telegram))
    assert_silent(*heard())


async def test_reading_and_a_life_without_faults(heard: Any) -> None:
    async with FakeTelegram(TOKEN, conflict_pause=0.1) as fake:
        anna = fake.user(42, NAME)
        inbox = MemoryInbox()
        telegram = adapter(fake.url, TOKEN)
        async with reading(telegram, inbox) as task:
            await fake.say(anna, None, WORDS)
            fake.push(update("message", {**message(text=WORDS), "date": WORDS, WORDS: [WORDS]}))
            await inbox.count(2)
            await telegram.deliver(outgoing(WORDS, choices=[("Tak KANAREK", "vote:1")]))
            await fake.press(anna, fake.sent(42)[0], "Tak KANAREK")
            inbox.failures = 1
            await inbox.count(3)
            for fault in ("conflict_poll", "html_502", "truncated", "reset_after", "internal"):
                fake.fault(fault, method="getUpdates")
                await fake.say(anna, None, WORDS)
            await inbox.count(8)
            fake.revoke_token()
            await fake.say(anna, None, WORDS)
            [end] = await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)
    assert isinstance(end, Exception)
    assert_silent(told(end), *heard(), repr(telegram), repr(telegram._bot))
    [poison] = [event for event in inbox.events if isinstance(event, Poison)]
    assert_silent(poison)
