"""Reading for ever: nothing is confirmed before it is committed, and nothing stops the rest."""

import asyncio
import time
from typing import Any

import pytest

from bot.core.events import ChatMoved, Edited, Joined, Left, Message, Poison, Pressed
from bot.platforms.port import FatalError
from bot.platforms.telegram import Telegram
from bot.platforms.telegram.parse import ALLOWED_UPDATES
from tests.fakes.proxy import Proxy
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.queue import Pending

from .support import MemoryInbox, adapter, message, outgoing, polled, reading, update


def offsets(fake: FakeTelegram) -> list[int | None]:
    return [call.params.get("offset") for call in fake.transcript("getUpdates")]


def texts(inbox: MemoryInbox) -> list[str]:
    return [event.text for event in inbox.events if isinstance(event, Message)]


async def test_the_first_start_drops_nothing(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    await fake.say(anna, None, "zanim bot wstał")
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(1)
        await fake.say(anna, None, "potem")
        await inbox.count(2)
    assert texts(inbox) == ["zanim bot wstał", "potem"]
    assert offsets(fake)[:2] == [None, 700_000_002]
    first, second, *_ = fake.transcript("getUpdates")
    assert first.params["allowed_updates"] == list(ALLOWED_UPDATES)
    assert (first.params["limit"], first.params["timeout"], second.params["timeout"]) == (100, 0, 1)


async def test_in_a_quiet_hour_the_first_good_poll_comes_at_once(fake: FakeTelegram) -> None:
    """A long poll is good news only when it returns, and /readyz would wait for it."""
    telegram = adapter(fake.url, fake.token, poll_timeout=50)
    async with reading(telegram, MemoryInbox()):
        async with asyncio.timeout(5):
            while not telegram.last_ok:
                await asyncio.sleep(0.01)
        assert [call.params["timeout"] for call in fake.transcript("getUpdates")] == [0]
        await polled(fake)


async def test_a_restart_goes_on_from_the_cursor(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    await fake.say(anna, None, "1")
    await fake.say(anna, None, "2")
    inbox = MemoryInbox("700000002")
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(1)
    assert texts(inbox) == ["2"]


async def test_a_batch_that_was_not_committed_comes_again(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    for number in range(3):
        await fake.say(anna, None, str(number))
    inbox = MemoryInbox()
    inbox.failures = 2
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(3)
        await fake.until(lambda: fake.queue.confirmed == 3)
    assert texts(inbox) == ["0", "1", "2"]
    asked = offsets(fake)
    assert asked[:3] == [None, None, None]
    assert asked[3] == int(inbox.cursors[0] or 0)


async def test_nothing_is_confirmed_while_the_inbox_works(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    await fake.say(anna, None, "1")
    entered, release = asyncio.Event(), asyncio.Event()

    class Slow(MemoryInbox):
        async def take(self, *args: Any, **options: Any) -> None:
            entered.set()
            await release.wait()
            await super().take(*args, **options)

    inbox = Slow()
    async with reading(adapter(fake.url, fake.token), inbox):
        await entered.wait()
        await asyncio.sleep(0.1)
        assert (fake.counts["getUpdates"], fake.queue.confirmed) == (1, 0)
        release.set()
        await fake.until(lambda: fake.queue.confirmed == 1)


async def test_poison_among_good_ones(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    await fake.say(anna, None, "przed")
    fake.push(update("message", {"text": "tajne"}, 700_000_002))
    fake.push_unknown()
    fake.push_poison()
    await fake.say(anna, None, "po")
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(3)
        await fake.until(lambda: fake.queue.confirmed == 5)
    assert [type(event) for event in inbox.events] == [Message, Poison, Message]
    # Polls are nothing of ours, so even one without its fields harms nobody.
    assert texts(inbox) == ["przed", "po"]


async def test_a_batch_of_nothing_for_us_still_moves_on(fake: FakeTelegram) -> None:
    fake.push_unknown()
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.until(lambda: inbox.position == "700000002")
    assert inbox.events == []


async def test_updates_without_an_id_make_no_hot_loop(fake: FakeTelegram) -> None:
    fake.queue.pending.append(Pending(0, b'"garbage"', forced=False))
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(3)
        await asyncio.sleep(0.5)
    assert fake.counts["getUpdates"] < 30
    assert len({event.key for event in inbox.events}) == 1


async def test_duplicates_and_numbers_that_go_back(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    await fake.say(anna, None, "1")
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(1)
        await fake.until(lambda: fake.queue.confirmed == 1)
        # After a week without updates the server may number anew, from anywhere.
        fake.push(update("message", message(text="2"), 5))
        await inbox.count(2)
        await inbox.until(lambda: inbox.position == "6")
        fake.push(update("message", message(text="2"), 5))
        await inbox.count(3)
    assert inbox.events[1].key == inbox.events[2].key
    assert texts(inbox)[:2] == ["1", "2"]


async def test_no_negative_offset_is_ever_asked_for(fake: FakeTelegram) -> None:
    """It would make the server forget updates."""
    fake.push(update("message", message(text="ujemny"), -5))
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(2)
    assert texts(inbox)[0] == "ujemny"
    assert all(offset is None or offset > 0 for offset in offsets(fake))


async def test_two_pollers_end_with_a_word_to_the_operator(fake: FakeTelegram) -> None:
    fake.fault("conflict_poll", method="getUpdates", times=5)
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox) as task:
        with pytest.raises(FatalError, match="Another process polls this bot"):
            await asyncio.wait_for(task, 5)
    assert fake.counts["getUpdates"] == 5


async def test_rivals_that_take_turns_are_found_too(fake: FakeTelegram) -> None:
    """Between two conflicts each of them has good polls."""
    anna = fake.user(42, "Anna")
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox) as task:
        for number in range(5):
            fake.fault("conflict_poll", method="getUpdates")
            await fake.say(anna, None, str(number))
            if number < 4:
                await inbox.count(number + 1)
        with pytest.raises(FatalError, match="Another process"):
            await asyncio.wait_for(task, 5)


async def test_one_conflict_is_lived_through(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await polled(fake)
        other = asyncio.create_task(fake.queue.poll(0, 100, 0))
        await other
        await fake.say(anna, None, "po wszystkim")
        await inbox.count(1)
    assert any(call.error == 409 for call in fake.transcript("getUpdates"))


async def test_a_webhook_set_while_polling(fake: FakeTelegram) -> None:
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox) as task:
        fake.webhook_url = "https://example.org/hook"
        with pytest.raises(FatalError, match="webhook"):
            await asyncio.wait_for(task, 5)


@pytest.mark.parametrize("key", ["bad_token", "closed_bot_404_token"])
async def test_a_revoked_token_is_one_request_and_an_end(fake: FakeTelegram, key: str) -> None:
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox) as task:
        await polled(fake)
        before = fake.counts["getUpdates"]
        fake.fault(key, method="getUpdates", times=100)
        with pytest.raises(FatalError, match="@BotFather"):
            await asyncio.wait_for(task, 5)
    assert fake.counts["getUpdates"] <= before + 2


async def test_a_server_that_is_away(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await polled(fake)
        await fake.down()
        await asyncio.sleep(0.2)
        await fake.start()
        await fake.say(anna, None, "znowu")
        await inbox.count(1)


async def test_pauses_double_and_end_at_a_minute() -> None:
    telegram = Telegram("1:x", menu=adapter("http://127.0.0.1:1", "1:x")._menu)
    for failures, most in ((1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (50, 60)):
        pauses = [telegram._pause(failures) for _ in range(100)]
        assert most / 2 <= min(pauses) <= max(pauses) <= most
    # The first minute of silence: at most ten requests, even when chance always says "soon".
    assert sum(1 for last in range(1, 20) if sum(min(60, 2**n) / 2 for n in range(last)) < 60) < 10


@pytest.mark.parametrize("fault", ["html_502", "truncated", "reset_before", "reset_after", "internal", "flood"])
async def test_a_poll_that_fails(fake: FakeTelegram, fault: str) -> None:
    anna = fake.user(42, "Anna")
    await fake.say(anna, None, "mimo to")
    fake.fault(fault, method="getUpdates", times=2, seconds=0.1)
    inbox = MemoryInbox()
    async with reading(adapter(fake.url, fake.token), inbox):
        await inbox.count(1)
    assert texts(inbox) == ["mimo to"]


async def test_a_deaf_poll_is_noticed_and_cured(fake: FakeTelegram) -> None:
    anna = fake.user(42, "Anna")
    inbox = MemoryInbox()
    async with Proxy(fake.url) as proxy:
        telegram = adapter(proxy.url, fake.token)
        assert (telegram.last_ok, telegram.patience) == (0.0, 3.0)
        async with reading(telegram, inbox):
            await fake.say(anna, None, "1")
            await inbox.count(1)
            proxy.black_hole("/bot*/getUpdates")
            heard = telegram.last_ok
            assert heard > 0
            await fake.say(anna, None, "2")
            await asyncio.sleep(1.3)
            # Only the poll is deaf: a delivery gets through meanwhile.
            await telegram.deliver(outgoing("odpowiedź"))
            assert telegram.last_ok == heard
            await proxy.heal()
            await telegram.reset()
            await inbox.count(2)
            assert telegram.last_ok > heard
    assert texts(inbox) == ["1", "2"]


async def test_deliveries_under_way_survive_a_reset(fake: FakeTelegram, telegram: Telegram) -> None:
    fake.user(42, "Anna", started=True)
    fake.fault("stall", method="sendMessage", seconds=0.3)
    under_way = asyncio.create_task(telegram.deliver(outgoing("w drodze")))
    await fake.until(lambda: fake.counts["sendMessage"])
    await telegram.reset()
    await telegram.deliver(outgoing("potem"))
    assert (await under_way).message_id
    assert sorted(fake.texts(42)) == ["potem", "w drodze"]


async def test_idle_polls_keep_the_client_well(fake: FakeTelegram) -> None:
    telegram, inbox = adapter(fake.url, fake.token), MemoryInbox()
    async with reading(telegram, inbox):
        await fake.until(lambda: fake.counts["getUpdates"] >= 2)
        await asyncio.sleep(0.05)
        assert time.monotonic() - telegram.last_ok < 1
    assert inbox.cursors == []


async def test_a_life_in_groups(fake: FakeTelegram) -> None:
    """People, topics, channels, comings and goings, as the server tells them."""
    anna = fake.user(42, "Anna")
    group, forum, channel = fake.chat("group"), fake.chat(is_forum=True), fake.chat("channel")
    inbox = MemoryInbox()
    telegram = adapter(fake.url, fake.token)
    async with reading(telegram, inbox):
        await polled(fake)
        await fake.say(anna, group, "/pytanie@obrady_bot kiedy?")
        await fake.say(anna, group, "/pomoc@other_bot")
        topic = fake.topic(forum, "Budżet")
        await fake.say(anna, forum, "@obrady_bot ile?", thread=topic)
        await fake.say_anonymously(forum, "/pytanie x")
        await fake.add_bot(channel, anna, "administrator")
        post = await fake.channel_post(channel, "Walne 5 grudnia")
        await telegram.deliver(outgoing(to=group.id, choices=[("Za", "vote:1")]))
        await fake.press(anna, fake.sent(group)[0], "Za")
        asked = await fake.say(anna, None, "pytanie")
        await fake.edit(anna, asked, "inne pytanie")
        await fake.block(anna)
        await fake.unblock(anna)
        await fake.kick_bot(forum, anna)
        new = await fake.migrate(group)
        await inbox.count(12)
        await fake.until(lambda: not fake.queue.pending)
    kinds = [type(event) for event in inbox.events]
    assert kinds == [
        Message,
        Message,
        Message,
        Joined,
        Message,
        Pressed,
        Message,
        Edited,
        Left,
        Left,
        ChatMoved,
        ChatMoved,
    ]
    command, in_topic, anonymous, joined, posted, pressed, direct, edited, blocked, kicked, moved, again = inbox.events
    assert isinstance(command, Message)
    assert command.text == "/pytanie kiedy?"
    assert isinstance(in_topic, Message)
    assert (in_topic.text, in_topic.chat.thread_id, in_topic.reply_to) == ("ile?", str(topic), None)
    assert isinstance(anonymous, Message)
    assert anonymous.sender is None
    assert isinstance(joined, Joined)
    assert joined.chat.chat_id == str(channel.id)
    assert isinstance(posted, Message)
    assert (posted.id, posted.sender) == (str(post["message_id"]), None)
    assert isinstance(pressed, Pressed)
    assert pressed.action == "vote:1"
    assert isinstance(direct, Message)
    assert isinstance(edited, Edited)
    assert (edited.id, edited.text) == (direct.id, "inne pytanie")
    assert isinstance(blocked, Left)
    assert isinstance(kicked, Left)
    assert isinstance(moved, ChatMoved)
    assert isinstance(again, ChatMoved)
    assert (moved.old, moved.new) == (again.old, again.new)
    assert moved.new.chat_id == str(new.id)
