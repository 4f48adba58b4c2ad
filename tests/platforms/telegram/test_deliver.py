"""What the engine wants said, as the server got it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.markup import Paragraph, Run, utf16
from bot.core.refs import ChatRef
from bot.platforms.port import NotSentError, Rate, Sent, UndeliverableError
from bot.platforms.telegram import Telegram, TelegramLimits
from bot.platforms.telegram.callback import Seal
from bot.platforms.telegram.compose import cut, keyboard
from bot.platforms.telegram.limits import Floods
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.text import part

from .support import adapter, outgoing

RICH = (
    Paragraph("para", (Run("Dzień dobry 👩‍👩‍👧 "), Run("Anno", bold=True), Run(" i "), Run("Олено", italic=True))),
    Paragraph("quote", (Run("§ 5. Walne 𝔷𝔢𝔟𝔯𝔞𝔫𝔦𝔢\nodbywa się "), Run("raz w roku", bold=True))),
    Paragraph("item", (Run("Statut", link="https://example.org/statut?a=1&b=ż"),)),
    Paragraph("item", (Run("<b>*_[x](y)`"), Run("/pomoc", code=True))),
)


async def test_text_and_entities(fake: FakeTelegram, telegram: Telegram) -> None:
    anna = fake.user(42, "Anna", started=True)
    sent = await telegram.deliver(outgoing(markup=RICH))
    [message] = fake.sent(anna)
    assert sent == Sent(str(message["message_id"]))
    assert "<b>*_[x](y)`" in message["text"]
    styled = {(entity["type"], part(message["text"], entity)) for entity in message["entities"]}
    assert styled >= {
        ("bold", "Anno"),
        ("italic", "Олено"),
        ("blockquote", "§ 5. Walne 𝔷𝔢𝔟𝔯𝔞𝔫𝔦𝔢\nodbywa się raz w roku"),
        ("bold", "raz w roku"),
        ("text_link", "Statut"),
        ("code", "/pomoc"),
    }
    [call] = fake.transcript("sendMessage")
    assert call.params["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in call.params


async def test_the_longest_message(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna", started=True)
    await telegram.deliver(outgoing("🙂" * (telegram.capabilities.text_limit // 2)))
    assert [utf16(text) for text in fake.texts(42)] == [4096]


async def test_into_a_topic_as_an_answer(fake: FakeTelegram, telegram: Telegram) -> None:
    anna, forum = fake.user(42, "Anna"), fake.chat(is_forum=True)
    topic = fake.topic(forum, "Budżet")
    asked = await fake.say(anna, forum, "/pytanie x", thread=topic)
    await telegram.deliver(outgoing(to=forum.id, thread=topic, reply_to=str(asked["message_id"])))
    [message] = fake.sent(forum)
    assert message["message_thread_id"] == topic
    assert message["reply_to_message"]["message_id"] == asked["message_id"]


async def test_an_answer_to_a_message_that_is_gone(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna", started=True)
    await telegram.deliver(outgoing(reply_to="999"))
    assert "reply_to_message" not in fake.sent(42)[0]


async def test_a_person_is_their_direct_chat(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna", started=True)
    sent = await telegram.deliver(outgoing(to="", account_id="42", choices=[("Tak", "rsvp:1")]))
    assert sent.chat == ChatRef("telegram", "42")
    assert await fake.press(fake.world.people[42], fake.sent(42)[0], "Tak")


async def test_a_person_who_never_wrote(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna")
    with pytest.raises(UndeliverableError, match="can't initiate") as caught:
        await telegram.deliver(outgoing(to="", account_id="42"))
    assert caught.value.chat_gone


async def test_an_edit_and_the_end_of_buttons(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna", started=True)
    sent = await telegram.deliver(outgoing("0 głosów", choices=[("Za", "vote:1"), ("Przeciw", "vote:2")]))
    edit: dict[str, Any] = {"op": "edit", "message_id": sent.message_id}
    assert await telegram.deliver(outgoing("1 głos", choices=[("Za", "vote:1")], **edit)) == sent
    assert fake.sent(42)[0]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Za"
    # The same again changes nothing, and that is no error.
    assert await telegram.deliver(outgoing("1 głos", choices=[("Za", "vote:1")], **edit)) == sent
    await telegram.deliver(outgoing("Zamknięte", **edit))
    assert "reply_markup" not in fake.sent(42)[0]
    assert fake.texts(42) == ["Zamknięte"]


async def test_answers_to_presses(fake: FakeTelegram, telegram: Telegram) -> None:
    anna = fake.user(42, "Anna", started=True)
    await telegram.deliver(outgoing(choices=[("Za", "vote:1")]))
    query = await fake.press(anna, fake.sent(42)[0], "Za")
    assert await telegram.deliver(outgoing(op="ack", message_id=query, toast="Oddano 🙂" * 40, alert=True)) == Sent()
    assert fake.answered[query]["show_alert"] is True
    assert utf16(fake.answered[query]["text"]) <= 200
    query = await fake.press(anna, fake.sent(42)[0], "Za")
    await telegram.deliver(outgoing(op="ack", message_id=query))
    assert "text" not in fake.answered[query]


async def test_an_answer_that_comes_too_late_is_no_error(fake: FakeTelegram, telegram: Telegram) -> None:
    anna = fake.user(42, "Anna", started=True)
    await telegram.deliver(outgoing(choices=[("Za", "vote:1")]))
    query = await fake.press(anna, fake.sent(42)[0], "Za")
    fake.expire(query)
    assert await telegram.deliver(outgoing(op="ack", message_id=query, toast="Oddano")) == Sent()


# In small portions, with a little slack for calls that take longer than others.
OVERALL = [Rate("all", 30, 1.02), Rate("all", 6, 0.17)]


@pytest.mark.parametrize(
    ("labels", "widths"),
    [
        (["Za", "Przeciw", "Wstrzymuję się"], [3]),
        (["1", "2", "3", "4"], [3, 1]),
        (["Za", "a" * 20], [2]),
        (["Za", "a" * 21], [1, 1]),
        (["Za", "🙂" * 11], [1, 1]),
    ],
)
def test_rows_of_buttons(labels: list[str], widths: list[int]) -> None:
    rows = keyboard(outgoing(choices=[(label, f"a:{label[:1]!a}") for label in labels]).choices, "42", Seal("x"))
    assert [len(row) for row in rows] == widths


@given(st.text(max_size=90), st.integers(1, 70))
def test_cutting(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert utf16(short) <= limit
    assert short == text or (utf16(text) > limit and short.endswith("…") and text.startswith(short[:-1].rstrip()))


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (outgoing(), [*OVERALL, Rate("42", 3, 3.0)]),
        (outgoing(to="", account_id="42"), [*OVERALL, Rate("42", 3, 3.0)]),
        (outgoing(op="edit", message_id="1"), [*OVERALL, Rate("42", 3, 3.0)]),
        (outgoing(to=-100, thread=5), [*OVERALL, Rate("-100", 20, 60.0)]),
        (outgoing(op="ack", message_id="1"), []),
    ],
)
def test_rates(call: Any, expected: list[Rate]) -> None:
    assert list(adapter("http://127.0.0.1:1", "1:x").rates(call)) == expected
    lifted = adapter("http://127.0.0.1:1", "1:x", limits=TelegramLimits(overall=0, group=0, private=0))
    assert list(lifted.rates(call)) == []


def test_whom_a_flood_refuses() -> None:
    floods = Floods()
    assert not floods.general("1", 0.0)
    assert not floods.general("1", 0.1)
    assert not floods.general("2", 0.2)
    assert floods.general("3", 0.9)
    assert not floods.general("4", 5.0)


async def test_a_flood_in_three_chats_silences_all(fake: FakeTelegram, telegram: Telegram) -> None:
    everywhere = []
    fake.fault("flood", method="sendMessage", times=3, seconds=7)
    for number in (1, 2, 3):
        fake.user(number, "Osoba", started=True)
        with pytest.raises(NotSentError) as caught:
            await telegram.deliver(outgoing(to=number))
        assert caught.value.retry_after == 7
        everywhere.append(caught.value.everywhere)
    assert everywhere == [False, False, True]
