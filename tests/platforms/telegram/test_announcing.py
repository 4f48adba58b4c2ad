"""What announcements ask of Telegram: no mention of all, a file behind the words, words in reply."""

from dataclasses import replace

from bot.core.events import Message
from bot.core.files import File
from bot.platforms.telegram import Telegram
from tests.fakes.telegram import FakeTelegram

from .support import MemoryInbox, adapter, outgoing, reading

PLAN = File("plan.pdf", "application/pdf", b"%PDF-1.7 plan")


async def test_loud_is_a_message_like_any_other_since_the_network_mentions_nobody_at_once(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    anna, group = fake.user(42, "Anna"), fake.chat("supergroup")
    await fake.add_bot(group, anna, "member")
    sent = await telegram.deliver(outgoing("Spotkanie @all @everyone jutro", to=group.id, loud=True))
    assert not sent.muted
    [message] = fake.sent(group)
    assert message["text"] == "Spotkanie @all @everyone jutro"
    [call] = fake.transcript("sendMessage")
    assert "disable_notification" not in call.params


async def test_the_file_of_an_announcement_comes_behind_its_words_and_goes_with_them(
    fake: FakeTelegram, telegram: Telegram
) -> None:
    anna, group = fake.user(42, "Anna"), fake.chat("supergroup")
    await fake.add_bot(group, anna, "member")
    words = await telegram.deliver(outgoing("Plan w załączniku", to=group.id))
    file = await telegram.deliver(replace(outgoing(to=group.id, markup=()), file=PLAN))
    first, second = fake.sent(group)
    assert [str(one["message_id"]) for one in (first, second)] == [words.message_id, file.message_id]
    assert fake.world.files[second["document"]["file_id"]].content == PLAN.content
    assert "caption" not in second
    for sent in (words, file):
        await telegram.deliver(replace(outgoing(to=group.id), op="delete", message_id=sent.message_id))
    assert fake.sent(group) == []


async def test_an_announcement_in_reply_brings_the_words_or_the_file_it_answers(fake: FakeTelegram) -> None:
    anna, group = fake.user(42, "Anna"), fake.chat("supergroup")
    await fake.add_bot(group, anna, "member")
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox):
        words = await fake.say(anna, group, "**Spotkanie** jutro\n- sala 12")
        bare = await fake.send_file(anna, group, "bez.pdf", b"x")
        file = await fake.send_file(anna, group, PLAN.name, PLAN.content, caption="Plan na jutro")
        for answered in (words, file, bare):
            await fake.say(anna, group, "/ogloszenie", reply_to=answered)
        await fake.remove(words)
        await inbox.until(lambda: len([one for one in inbox.events if isinstance(one, Message)]) == 3)
        first, second, third = (one for one in inbox.events if isinstance(one, Message))
        assert (first.quoted, first.quoted_file) == ("**Spotkanie** jutro\n- sala 12", None)
        assert first.reply_to == str(words["message_id"])
        assert second.quoted == "Plan na jutro"
        assert second.quoted_file
        assert (second.quoted_file.name, second.quoted_file.size) == (PLAN.name, len(PLAN.content))
        assert await telegram.fetch(second.quoted_file, 1000) == PLAN.content
        assert (third.quoted, third.quoted_file and third.quoted_file.name) == ("", "bez.pdf")


async def test_a_file_sent_with_the_command_as_its_caption_is_the_announcements_own(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna", started=True)
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox):
        await fake.send_file(anna, None, PLAN.name, PLAN.content, caption="/ogloszenie Plan na jutro")
        await inbox.until(lambda: any(isinstance(one, Message) for one in inbox.events))
        [message] = [one for one in inbox.events if isinstance(one, Message)]
        assert message.text == "/ogloszenie Plan na jutro"
        assert message.file
        assert message.quoted_file is None
        assert await telegram.fetch(message.file, 1000) == PLAN.content
