"""What happens before the first poll: the token, webhooks, privacy mode, the menu."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.core.capabilities import Address
from bot.platforms.port import FatalError, Menu, NotSentError
from bot.platforms.telegram import Telegram
from tests.fakes.telegram import FakeTelegram

from .support import NO_MENU, MemoryInbox, adapter, message, reading, update

MENU = Menu(
    commands={
        "pl": [("pytanie", "Zadaj pytanie"), ("pomoc", "Co umiem")],
        "en": [("ask", "Ask a question"), ("help", "What I can do")],
    },
    moderator_commands={"pl": [("ogloszenie", "Napisz do wszystkich kół")], "en": [("announce", "Write to all")]},
    about={"pl": "Bot stowarzyszenia", "en": "The association's bot"},
    greeting={"pl": "Cześć! Zapytaj mnie o coś.", "en": "Hello! Ask me something."},
)


async def shown(telegram: Telegram) -> None:
    await telegram.start()
    assert telegram._showing is not None
    await telegram._showing


@pytest.mark.parametrize("token", ["", "x", "123", "abc:def", "1:a b", "１:x"])
async def test_a_token_that_can_not_be_one(token: str) -> None:
    telegram = adapter("http://127.0.0.1:1", token)
    if token == "123":
        # It could be a token; only the server can tell.
        with pytest.raises(NotSentError):
            await telegram.start()
    else:
        with pytest.raises(FatalError, match="@BotFather"):
            await telegram.start()
    await telegram.close()


async def test_a_token_the_server_does_not_know(fake: FakeTelegram) -> None:
    telegram = adapter(fake.url, fake.token[:-1] + "9")
    with pytest.raises(FatalError, match="@BotFather"):
        await telegram.start()
    assert sum(fake.counts.values()) == 1
    await telegram.close()


@pytest.mark.parametrize("fault", ["flood", "html_502", "truncated", "reset_before", "internal"])
async def test_a_start_that_has_to_wait(fake: FakeTelegram, fault: str) -> None:
    telegram = adapter(fake.url, fake.token)
    fake.fault(fault, method="getMe", seconds=9)
    with pytest.raises(NotSentError) as caught:
        await telegram.start()
    assert caught.value.everywhere
    assert caught.value.retry_after == (9 if fault == "flood" else None)
    await telegram.start()
    await telegram.close()


async def test_the_server_is_away_at_the_start(fake: FakeTelegram) -> None:
    telegram = adapter(fake.url, fake.token)
    await fake.down()
    with pytest.raises(NotSentError):
        await telegram.start()
    await fake.start()
    await telegram.start()
    await telegram.close()


async def test_a_webhook_is_left_alone(fake: FakeTelegram) -> None:
    fake.webhook_url = "https://bot.example.org/secret-path"
    telegram = adapter(fake.url, fake.token)
    with pytest.raises(FatalError, match=r"webhook at bot\.example\.org") as caught:
        await telegram.start()
    assert "secret-path" not in str(caught.value)
    assert fake.webhook_url
    assert "deleteWebhook" not in fake.counts
    await telegram.close()


@pytest.mark.parametrize("privacy", [True, False])
async def test_privacy_mode_is_advised(fake: FakeTelegram, privacy: bool) -> None:
    fake.privacy = privacy
    telegram = adapter(fake.url, fake.token)
    with capture_logs() as logs:
        await telegram.start()
    advice = [line for line in logs if "privacy mode is off" in line["event"]]
    assert len(advice) == (0 if privacy else 1)
    await telegram.close()


async def test_reading_before_the_start_is_a_mistake(fake: FakeTelegram) -> None:
    telegram = adapter(fake.url, fake.token)
    with pytest.raises(RuntimeError, match="before start"):
        await telegram.receive(MemoryInbox())
    await telegram.close()


async def test_the_name_comes_from_the_server(fake: FakeTelegram) -> None:
    fake.world.bot["username"] = "inny_Bot"
    inbox = MemoryInbox()
    telegram = adapter(fake.url, fake.token)
    assert telegram.capabilities.address is None
    async with reading(telegram, inbox):
        fake.push(update("message", message({"id": -5, "type": "group", "title": "K"}, text="/pomoc@inny_bot")))
        await inbox.count(1)
        assert telegram.capabilities.address == Address("t.me/inny_Bot", "https://t.me/inny_Bot")


async def test_the_menu_by_language_and_kind_of_chat(fake: FakeTelegram) -> None:
    telegram = adapter(fake.url, fake.token, menu=MENU)
    await shown(telegram)

    def names(scope: str, lang: str) -> list[str]:
        return [entry["command"] for entry in fake.commands[scope, lang]]

    for scope in ("default", "all_private_chats", "all_group_chats"):
        assert names(scope, "pl") == ["pytanie", "pomoc"]
        assert names(scope, "en") == ["ask", "help"]
        # People of other languages get the menu's first.
        assert names(scope, "") == ["pytanie", "pomoc"]
    assert names("all_chat_administrators", "pl") == ["pytanie", "pomoc", "ogloszenie"]
    assert fake.profile["description", "en"] == "Hello! Ask me something."
    assert fake.profile["short_description", ""] == "Bot stowarzyszenia"
    await telegram.close()


async def test_a_menu_that_is_there_already_is_not_written_again(fake: FakeTelegram) -> None:
    first = adapter(fake.url, fake.token, menu=MENU)
    await shown(first)
    await first.close()
    written = writes(fake)
    second = adapter(fake.url, fake.token, menu=MENU)
    await shown(second)
    await second.close()
    assert writes(fake) == written
    changed = Menu(
        commands={**MENU.commands, "en": [("ask", "Ask me")]},
        moderator_commands=MENU.moderator_commands,
        about=MENU.about,
        greeting=MENU.greeting,
    )
    third = adapter(fake.url, fake.token, menu=changed)
    await shown(third)
    await third.close()
    assert writes(fake) == written + 4


def writes(fake: FakeTelegram) -> int:
    return sum(count for method, count in fake.counts.items() if method.startswith("set"))


async def test_texts_are_cut_to_what_the_profile_holds(fake: FakeTelegram) -> None:
    long = "ą" * 600
    menu = Menu(commands={"pl": [("pytanie", long)]}, moderator_commands={}, about={"pl": long}, greeting={"pl": long})
    telegram = adapter(fake.url, fake.token, menu=menu)
    await shown(telegram)
    assert len(fake.profile["description", ""]) == 512
    assert len(fake.profile["short_description", ""]) == 120
    assert len(fake.commands["default", ""][0]["description"]) == 256
    await telegram.close()


@pytest.mark.parametrize("fault", ["flood", "reset_before", "command_invalid", "html_502"])
async def test_a_menu_that_can_not_be_shown_is_one_line(fake: FakeTelegram, fault: str) -> None:
    fake.fault(fault, method="setMyCommands", seconds=9000)
    telegram = adapter(fake.url, fake.token, menu=MENU)
    with capture_logs() as logs:
        await shown(telegram)
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == [
        "command menu not shown, tried again at the next start"
    ]
    await telegram.close()


async def test_closing_does_not_wait_for_the_menu(fake: FakeTelegram) -> None:
    fake.fault("hang_after", method="getMyCommands")
    telegram = adapter(fake.url, fake.token, menu=MENU)
    await telegram.start()
    await fake.until(lambda: fake.counts["getMyCommands"])
    await asyncio.wait_for(telegram.close(), 2)
    await telegram.close()


async def test_the_default_server_is_telegrams(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    original = Telegram.__init__

    def spy(self: Telegram, *args: Any, **options: Any) -> None:
        original(self, *args, **options)
        seen["prefix"] = self._calls._prefix

    monkeypatch.setattr(Telegram, "__init__", spy)
    Telegram("1:x", menu=NO_MENU)
    assert seen["prefix"] == "https://api.telegram.org/bot1:x/"
