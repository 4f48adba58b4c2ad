"""What came while the bot was away, was slow or failed: all of it, in order, once; and nothing of before its time."""

import asyncio

import pytest

from bot.core.events import Message
from tests.fakes.synapse.makers import MakeAccount, MakeMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import SynapseServer
from tests.platforms.matrix.support import Bot, MakeBot, MemoryInbox
from tests.platforms.matrix.test_plain import meet


async def say_many(member: Member, room: str, first: int, last: int) -> list[str]:
    """Numbered messages."""
    words = [f"!m{number}" for number in range(first, last)]
    for word in words:
        await member.text(room, word)
    return words


@pytest.mark.parametrize("timeline", [100, 10, 3])
async def test_35_messages_while_away(make_bot: MakeBot, make_member: MakeMember, timeline: int) -> None:
    # 10 is what servers give unasked: the last 10 of 35 arrive and the rest is lost to who fills no gaps.
    bot, anna = await make_bot(timeline=timeline), await make_member("anna")
    room = await meet(anna, bot)
    said = await say_many(anna, room, 0, 3)
    await bot.inbox.until_text(said[-1])
    await bot.stop()
    said += await say_many(anna, room, 3, 38)
    bot.listen()
    await bot.inbox.until_text(said[-1])
    assert bot.inbox.texts(room) == said
    assert not bot.inbox.again


async def test_more_than_a_page_of_a_gap(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(timeline=3), await make_member("anna")
    room = await meet(anna, bot)
    await bot.stop()
    said = await say_many(anna, room, 0, 130)
    bot.listen()
    await bot.inbox.until_text(said[-1])
    assert bot.inbox.texts(room) == said
    assert not bot.inbox.again


async def test_a_burst_while_listening(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna, jan = await make_bot(timeline=5), await make_member("anna"), await make_member("jan")
    rooms = [await meet(anna, bot), await meet(jan, bot)]
    said = await asyncio.gather(say_many(anna, rooms[0], 0, 60), say_many(jan, rooms[1], 0, 60))
    await bot.inbox.until(lambda: len(bot.inbox.of(Message)) == 120)
    assert [bot.inbox.texts(room) for room in rooms] == list(said)
    assert not bot.inbox.again


async def test_a_new_process_with_the_same_database(
    synapse: SynapseServer, make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    first, anna = await make_bot(account=account), await make_member("anna")
    room = await meet(anna, first)
    await anna.text(room, "raz")
    await first.inbox.until_text("raz")
    await first.stop()
    await first.matrix.close()
    await anna.text(room, "dwa")
    second = await make_bot(account=account, inbox=first.inbox)
    await second.inbox.until_text("dwa")
    assert second.inbox.texts(room) == ["raz", "dwa"]
    assert not second.inbox.again
    # Rooms are known again when they are needed.
    await second.say(room, "jestem")
    await anna.wait_text(room, "jestem")


async def test_the_first_start_ever_replays_nothing(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    anna, account = await make_member("anna"), await make_account("obrady")
    room = await anna.create_room(name="Obrady", invite=[account.user_id])
    as_person = Member(anna.base_url, account, listening=False)
    await as_person.open()
    await as_person.join(room)
    await as_person.close()
    await say_many(anna, room, 0, 12)
    bot = await make_bot(account=account)
    await anna.text(room, "!nowe")
    await bot.inbox.until_text("!nowe")
    assert bot.inbox.texts() == ["!nowe"]


async def test_history_from_before_the_bots_time_in_a_room_is_not_handled(
    make_bot: MakeBot, make_member: MakeMember
) -> None:
    # The first sync of a room that was just joined shows its past.
    bot, anna = await make_bot(), await make_member("anna")
    room = await anna.create_room(name="Obrady")
    await say_many(anna, room, 0, 12)
    await anna.invite(room, bot.user_id)
    await anna.wait_membership(room, bot.user_id, "join")
    await anna.text(room, "!nowe")
    await bot.inbox.until_text("!nowe")
    assert bot.inbox.texts() == ["!nowe"]


@pytest.mark.parametrize("token", ["garbage", "s99999999999_0_0_0_0", ""])
async def test_a_token_that_the_server_refuses(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount, token: str
) -> None:
    account, inbox = await make_account("obrady"), MemoryInbox()
    inbox.token = token
    bot, anna = await make_bot(account=account, inbox=inbox), await make_member("anna")
    await bot.inbox.until(lambda: inbox.token not in (None, token))
    room = await meet(anna, bot)
    await anna.text(room, "hej")
    await bot.inbox.until_text("hej")
    assert bot.inbox.texts() == ["hej"]


async def test_a_database_that_fails_loses_nothing(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    bot.inbox.failures = 2
    said = await say_many(anna, room, 0, 5)
    await bot.inbox.until_text(said[-1])
    assert bot.inbox.failures == 0
    assert bot.inbox.texts(room) == said


async def test_killed_between_reading_and_committing(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, anna = await make_bot(account=account), await make_member("anna")
    room = await meet(anna, bot)
    bot.inbox.failures = 1_000
    await anna.text(room, "raz")
    await asyncio.sleep(0.3)
    await bot.stop()
    bot.inbox.failures = 0
    bot.listen()
    await bot.inbox.until_text("raz")
    assert bot.inbox.texts(room) == ["raz"]


async def test_stopped_in_the_middle_of_nothing(make_bot: MakeBot) -> None:
    bot: Bot = await make_bot()
    for _ in range(3):
        await bot.stop()
        bot.listen()
        await asyncio.sleep(0.05)
