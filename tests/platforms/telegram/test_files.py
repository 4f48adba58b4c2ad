"""Files out: documents as the server got them, and what its refusals mean."""

from dataclasses import replace

import pytest

from bot.core.files import File, FileRef
from bot.core.refs import ChatRef
from bot.platforms.port import Choice, FetchError, NotSentError, Sent, UnclearError, UndeliverableError
from bot.platforms.telegram import Telegram
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.wire import Upload

from .support import adapter, outgoing
from .test_deliver import RICH

PLAN = File('Plan "2".pdf', "application/pdf", bytes(range(256)) * 8000)


async def test_a_document_with_a_caption_and_buttons(fake: FakeTelegram, telegram: Telegram) -> None:
    anna, forum = fake.user(42, "Anna"), fake.chat(is_forum=True)
    topic = fake.topic(forum, "Budżet")
    asked = await fake.say(anna, forum, "/plan", thread=topic)
    call = outgoing(markup=RICH, to=forum.id, thread=topic, reply_to=str(asked["message_id"]))
    sent = await telegram.deliver(replace(call, file=PLAN, choices=(Choice("Tak", "vote:1"),)))
    [message] = fake.sent(forum)
    assert sent == Sent(str(message["message_id"]))
    assert (message["document"]["file_name"], message["document"]["mime_type"]) == ("Plan-2.pdf", PLAN.mime)
    assert fake.world.files[message["document"]["file_id"]].content == PLAN.content
    assert message["message_thread_id"] == int(topic)
    assert message["reply_to_message"]["message_id"] == asked["message_id"]
    assert {entity["type"] for entity in message["caption_entities"]} >= {"bold", "text_link", "blockquote"}
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Tak"


async def test_a_direct_chat_is_found_by_the_account(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna", started=True)
    call = replace(outgoing(markup=()), chat=ChatRef("telegram", ""), account_id="42", file=PLAN)
    assert (await telegram.deliver(call)).chat == ChatRef("telegram", "42")
    [message] = fake.sent(42)
    assert "caption" not in message


@pytest.mark.parametrize(
    ("key", "too_large", "gone"),
    [("file_too_big", True, False), ("blocked", False, True), ("caption_too_long", False, False)],
)
async def test_refusals(fake: FakeTelegram, telegram: Telegram, key: str, too_large: bool, gone: bool) -> None:
    fake.user(42, "Anna", started=True)
    fake.fault(key, method="sendDocument")
    with pytest.raises(UndeliverableError) as refused:
        await telegram.deliver(replace(outgoing(), file=PLAN))
    assert (refused.value.too_large, refused.value.chat_gone) == (too_large, gone)


@pytest.mark.parametrize("fault", ["reset_before", "reset_after", "truncated", "html_502"])
async def test_what_may_have_arrived_is_unclear(fake: FakeTelegram, fault: str) -> None:
    fake.user(42, "Anna", started=True)
    telegram = adapter(fake.url, fake.token)
    await telegram.start()
    fake.fault(fault, method="sendDocument")
    with pytest.raises(UnclearError):
        await telegram.deliver(replace(outgoing(), file=PLAN))
    assert len(fake.sent(42)) == (fault in ("reset_after", "truncated"))
    await telegram.close()


async def test_a_message_is_deleted_and_one_that_is_gone_counts_as_done(fake: FakeTelegram, telegram: Telegram) -> None:
    anna = fake.user(42, "Anna", started=True)
    sent = await telegram.deliver(outgoing())
    taken = replace(outgoing(), op="delete", message_id=sent.message_id)
    assert await telegram.deliver(taken) == await telegram.deliver(taken) == Sent()
    assert fake.sent(anna) == []
    fake.fault("delete_forbidden", method="deleteMessage")
    with pytest.raises(UndeliverableError) as refused:
        await telegram.deliver(taken)
    assert not refused.value.chat_gone


async def test_a_pin_rings_for_nobody(fake: FakeTelegram, telegram: Telegram) -> None:
    anna, group = fake.user(42, "Anna"), fake.chat("supergroup")
    await fake.add_bot(group, anna, "administrator")
    sent = await telegram.deliver(outgoing(to=group.id))
    await telegram.deliver(replace(outgoing(to=group.id), op="pin", message_id=sent.message_id))
    assert [str(message_id) for message_id in group.pinned] == [sent.message_id]
    [call] = fake.transcript("pinChatMessage")
    assert call.params["disable_notification"] is True


async def test_what_a_member_sent_is_fetched_and_the_token_stays_secret(
    fake: FakeTelegram, telegram: Telegram, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.world.files["X1"] = Upload("a.pdf", b"%PDF", "application/pdf")
    file = FileRef("a.pdf", "telegram", "X1")
    assert await telegram.fetch(file, 10) == b"%PDF"
    for broken in (replace(file, id="X2"), replace(file, size=11)):
        with pytest.raises(FetchError) as refused:
            await telegram.fetch(broken, 10)
        assert fake.token not in str(refused.value)
    await fake.down()
    with pytest.raises(NotSentError) as away:
        await telegram.fetch(file, 10)
    printed = capsys.readouterr()
    assert fake.token not in f"{away.value!r} {printed.out} {printed.err}"
    await fake.start()
