"""The fake Bot API server serves two clients that nobody here wrote: aiogram's and python-telegram-bot's."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiogram
import pytest
import telegram

from tests.fakes.telegram import FakeTelegram, fixtures
from tests.fakes.telegram.clients import Client, PythonTelegramBot

fake, client = fixtures.fake, fixtures.client  # python-telegram-bot turns the first letter of an error large


@pytest.fixture
async def ptb(fake: FakeTelegram) -> AsyncIterator[PythonTelegramBot]:
    """python-telegram-bot alone, for methods that the common face lacks."""
    async with PythonTelegramBot(fake) as one:
        yield one


async def test_a_message_comes_in_and_its_answer_goes_out(fake: FakeTelegram, client: Client) -> None:
    anna = fake.user(101, "Anna")
    said = await fake.say(anna, None, "/start dzień dobry")
    (update,) = await client.updates()
    assert update.message.text == "/start dzień dobry"
    assert [(one.type, one.offset, one.length) for one in update.message.entities] == [("bot_command", 0, 6)]
    assert update.message.from_user.language_code == "pl"
    sent = await client.send(101, "Cześć!", reply_to=said["message_id"])
    assert sent.reply_to_message.message_id == said["message_id"]
    assert (await fake.wait_for("Cześć", chat=anna))["message_id"] == sent.message_id


async def test_entities_are_counted_in_utf16_and_come_back(fake: FakeTelegram, client: Client) -> None:
    fake.user(101, "Anna", started=True)
    sent = await client.send(
        101, "👍 ważne: https://example.org/a", entities=[{"type": "bold", "offset": 3, "length": 5}]
    )
    assert [(one.type, one.offset, one.length) for one in sent.entities] == [("bold", 3, 5), ("url", 10, 21)]


async def test_entities_outside_the_text_are_violations(fake: FakeTelegram, client: Client) -> None:
    fake.user(101, "Anna", started=True)
    await client.send(101, "👍👍", entities=[{"type": "bold", "offset": 0, "length": 5}])
    await client.send(101, "👍👍", entities=[{"type": "bold", "offset": 1, "length": 2}])
    assert ["outside the text" in fake.violations[0], "cuts a character" in fake.violations[1]] == [True, True]
    fake.violations.clear()


async def test_edits_change_the_message_and_an_equal_edit_is_refused(fake: FakeTelegram, client: Client) -> None:
    fake.user(101, "Anna", started=True)
    sent = await client.send(101, "Za: 0", buttons=[[("Za", "v:1")]])
    edited = await client.edit(101, sent.message_id, "Za: 1")
    assert (edited.text, edited.reply_markup) == ("Za: 1", None)
    with pytest.raises(client.errors["bad_request"], match="essage is not modified"):
        await client.edit(101, sent.message_id, "Za: 1")
    with pytest.raises(client.errors["bad_request"], match="essage to edit not found"):
        await client.edit(101, 9999, "nic")
    assert fake.texts() == ["Za: 1"]
    await fake.remove(fake.sent()[0])
    with pytest.raises(client.errors["bad_request"], match="essage to edit not found"):
        await client.edit(101, sent.message_id, "Za: 2")


async def test_people_s_messages_cannot_be_edited(fake: FakeTelegram, client: Client) -> None:
    said = await fake.say(fake.user(101, "Anna"), None, "moje")
    with pytest.raises(client.errors["bad_request"], match="can't be edited"):
        await client.edit(101, said["message_id"], "nie moje")


async def test_a_pressed_button_is_answered_once(fake: FakeTelegram, client: Client) -> None:
    anna = fake.user(101, "Anna", started=True)
    await client.send(101, "Głosuj", buttons=[[("Za", "v:1"), ("Przeciw", "v:2")]])
    query_id = await fake.press(anna, fake.sent(anna)[0], "Przeciw")
    (update,) = await client.updates()
    assert (update.callback_query.id, update.callback_query.data) == (query_id, "v:2")
    assert update.callback_query.message.text == "Głosuj"
    assert await client.answer(query_id, "Zapisano")
    assert (await fake.wait_answer(query_id))["text"] == "Zapisano"
    with pytest.raises(client.errors["bad_request"], match="uery is too old"):
        await client.answer(query_id, "Zapisano")
    late = await fake.press(anna, fake.sent(anna)[0], "v:1")
    fake.expire(late)
    with pytest.raises(client.errors["bad_request"], match="uery is too old"):
        await client.answer(late, "Zapisano")
    with pytest.raises(AssertionError, match="no button"):
        await fake.press(anna, fake.sent(anna)[0], "v:3")


async def test_files_go_up_and_down(fake: FakeTelegram, client: Client) -> None:
    fake.user(101, "Anna", started=True)
    sent = await client.document(101, "protokół.txt", "zażółć".encode(), "Protokół")
    assert (sent.document.file_name, sent.caption) == ("protokół.txt", "Protokół")
    kept = fake.world.files[sent.document.file_id]
    assert (kept.name, kept.content.decode()) == ("protokół.txt", "zażółć")
    if isinstance(client, PythonTelegramBot):
        file = await client.bot.get_file(sent.document.file_id)
        assert bytes(await file.download_as_bytearray()) == "zażółć".encode()


async def test_topics(fake: FakeTelegram, client: Client) -> None:
    forum = fake.chat("supergroup", "Koło Wrocław")
    thread = fake.topic(forum, "Zebrania")
    said = await fake.say(fake.user(101, "Anna"), forum, "/pomoc", thread=thread)
    assert (await client.updates())[-1].message.message_thread_id == thread
    sent = await client.send(forum.id, "Tu", thread=thread, reply_to=said["message_id"])
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    with pytest.raises(client.errors["bad_request"], match="essage thread not found"):
        await client.send(forum.id, "Tam", thread=4711)


async def test_where_the_bot_may_write(fake: FakeTelegram, client: Client) -> None:
    fake.user(101, "Anna")
    with pytest.raises(client.errors["forbidden"], match="can't initiate conversation"):
        await client.send(101, "Halo")
    with pytest.raises(client.errors["bad_request"], match="hat not found"):
        await client.send(102, "Halo")
    blocked = fake.user(103, "Jan", started=True)
    await fake.block(blocked)
    with pytest.raises(client.errors["forbidden"], match="bot was blocked by the user"):
        await client.send(103, "Halo")
    for kind in ("group", "supergroup", "channel"):
        chat = fake.chat(kind, bot_status="administrator")
        await client.send(chat.id, "Halo")
        await fake.kick_bot(chat, blocked)
        with pytest.raises(client.errors["forbidden"], match=f"bot was kicked from the {kind} chat"):
            await client.send(chat.id, "Halo")


async def test_ids_of_different_supergroups_collide(fake: FakeTelegram, client: Client) -> None:
    one, two = fake.chat("supergroup"), fake.chat("supergroup")
    assert (await client.send(one.id, "a")).message_id == (await client.send(two.id, "b")).message_id
    assert (fake.texts(one), fake.texts(two)) == (["a"], ["b"])


async def test_menus_and_descriptions_by_scope_and_language(fake: FakeTelegram, ptb: PythonTelegramBot) -> None:
    polish = [telegram.BotCommand("pomoc", "Co umiem")]
    scope = telegram.BotCommandScopeAllPrivateChats()
    await ptb.bot.set_my_commands(polish, scope=scope, language_code="pl")
    assert fake.commands == {("all_private_chats", "pl"): [{"command": "pomoc", "description": "Co umiem"}]}
    assert await ptb.bot.get_my_commands() == ()
    await ptb.bot.set_my_description("Bot koła", language_code="pl")
    await ptb.bot.set_my_short_description("Bot")
    assert (await ptb.bot.get_my_description("pl")).description == "Bot koła"
    assert (await ptb.bot.get_my_short_description("uk")).short_description == "Bot"
    await ptb.bot.delete_my_commands(scope=scope, language_code="pl")
    assert fake.commands == {}


async def test_the_bot_s_account_chats_and_members(fake: FakeTelegram, ptb: PythonTelegramBot) -> None:
    anna = fake.user(101, "Anna")
    group = fake.chat("supergroup", "Koło", members=[anna])
    assert (await ptb.bot.get_me()).can_read_all_group_messages is False
    assert (await ptb.bot.get_chat(group.id)).title == "Koło"
    await fake.promote(anna, group)
    assert (await ptb.bot.get_chat_member(group.id, 101)).status == "administrator"
    assert [one.user.id for one in await ptb.bot.get_chat_administrators(group.id)] == [101]
    sent = await ptb.bot.send_message(group.id, "Przypnij mnie")
    with pytest.raises(telegram.error.BadRequest, match="ot enough rights"):
        await sent.pin()
    await fake.add_bot(group, anna, "administrator")
    assert await sent.pin()
    assert (await ptb.bot.get_updates())[-1].message.pinned_message.message_id == sent.message_id
    assert await sent.unpin()
    assert await sent.set_reaction("👍")
    assert await sent.delete()
    with pytest.raises(telegram.error.BadRequest, match="to delete not found"):
        await sent.delete()
    more = [await ptb.bot.send_message(group.id, text) for text in ("a", "b", "c")]
    assert await ptb.bot.delete_messages(group.id, [more[0].message_id, 9999, more[2].message_id])
    assert fake.texts(group) == ["b"]
    assert await ptb.bot.leave_chat(group.id)
    with pytest.raises(telegram.error.Forbidden):
        await ptb.bot.get_chat(group.id)
    fake.webhook_url = "https://example.org/hook"
    with pytest.raises(telegram.error.Conflict, match="webhook is active"):
        await ptb.bot.get_updates()
    await ptb.bot.delete_webhook()
    assert (await ptb.bot.get_webhook_info()).url == ""


async def test_every_update_that_people_make_is_read_by_both_libraries(fake: FakeTelegram) -> None:
    fake.queue.allowed = frozenset(aiogram.types.Update.model_fields)
    anna = fake.user(101, "Anna", username="anna")
    group = fake.chat("group", "Koło")
    channel = fake.chat("channel", "Ogłoszenia", bot_status="administrator")
    said = await fake.say(anna, group, "/pytanie@obrady_bot kto?")
    await fake.edit(anna, said, "/pytanie@obrady_bot co?")
    await fake.say_anonymously(group, "/pomoc")
    await fake.channel_post(channel, "Zebranie w piątek")
    await fake.send_file(anna, None, "statut.pdf", b"%PDF", caption="Statut")
    await fake.join(fake.user(102, "Jan"), group)
    await fake.leave(anna, group)
    await fake.react(anna, await fake.say(anna, None, "hej"), "👍")
    await fake.promote(anna, channel)
    await fake.block(anna)
    await fake.unblock(anna)
    new = await fake.migrate(group)
    fake.topic(new, "Ogólny")
    raw = [json.loads(item.data) for item in fake.queue.pending]
    assert len(raw) == 15
    for update in raw:
        aiogram.types.Update.model_validate(update)
        assert telegram.Update.de_json(update, None).update_id == update["update_id"]
    fake.push_poison()
    with pytest.raises(TypeError):
        telegram.Update.de_json(json.loads(fake.queue.pending[-1].data), None)


async def test_waiting_is_woken_by_the_message_and_fails_in_words(fake: FakeTelegram, client: Client) -> None:
    anna = fake.user(101, "Anna", started=True)
    first = await client.send(101, "raz")
    waiting = asyncio.create_task(fake.wait_for("dwa", chat=anna, after={"message_id": first.message_id}))
    await asyncio.sleep(0)
    await client.send(101, "dwa")
    assert (await waiting)["text"] == "dwa"
    with pytest.raises(AssertionError, match=r"did not send 'trzy'; it sent \['raz', 'dwa'\]"):
        await fake.wait_for("trzy", chat=anna, timeout=0.05)
    assert [call.method for call in fake.transcript("sendMessage")] == ["sendMessage"] * 2
