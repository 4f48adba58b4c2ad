"""What `telegram.Bot` sends through the wire, files included."""

from collections.abc import AsyncIterator

import pytest
import telegram
from telegram.error import NetworkError

from bot.platforms.telegram.errors import RefusedError
from bot.platforms.telegram.wire import Wire
from tests.fakes.telegram import FakeTelegram


@pytest.fixture
async def wire(fake: FakeTelegram) -> AsyncIterator[Wire]:
    one = Wire(fake.url, fake.token, connections=2, seconds=2.0)
    await one.initialize()
    yield one
    await one.shutdown()


@pytest.fixture
def bot(wire: Wire) -> telegram.Bot:
    def nowhere(_token: str) -> str:
        return ""

    return telegram.Bot("-", base_url=nowhere, base_file_url=nowhere, request=wire, get_updates_request=wire)


async def test_a_form(fake: FakeTelegram, bot: telegram.Bot) -> None:
    fake.user(42, "Anna", started=True)
    sent = await bot.send_message(42, "Zażółć 🙂", entities=[telegram.MessageEntity("bold", 7, 2)])
    assert sent.text == "Zażółć 🙂"
    assert fake.sent(42)[0]["entities"] == [{"type": "bold", "offset": 7, "length": 2}]


async def test_an_upload(fake: FakeTelegram, bot: telegram.Bot) -> None:
    fake.user(42, "Anna", started=True)
    await bot.send_document(42, b"BEGIN:VCALENDAR", filename="zebranie żółć.ics", caption="Zaproszenie")
    [message] = fake.sent(42)
    assert message["document"]["file_name"] == "zebranie żółć.ics"
    assert message["caption"] == "Zaproszenie"


async def test_refusals_keep_their_words(fake: FakeTelegram, bot: telegram.Bot) -> None:
    with pytest.raises(RefusedError) as caught:
        await bot.send_message(43, "x")
    assert (caught.value.code, caught.value.description) == (400, "Bad Request: chat not found")


async def test_nothing_but_methods(bot: telegram.Bot) -> None:
    with pytest.raises(NetworkError, match="only methods"):
        await bot.request.retrieve("/file/documents/1.pdf")


async def test_a_closed_wire_opens_again(fake: FakeTelegram, wire: Wire) -> None:
    assert wire.read_timeout == 2.0
    await wire.call("getMe", {})
    await wire.renew(at_once=True)
    await wire.renew(at_once=True)
    await wire.call("getMe", {})
    assert fake.counts["getMe"] == 2
