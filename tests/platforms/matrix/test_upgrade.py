"""Rooms that go on under another id."""

import pytest

from bot.core.events import ChatMoved, Joined, Left
from bot.core.refs import ChatRef
from bot.platforms.port import MovedError
from tests.fakes.synapse.makers import MakeAccount, MakeMember
from tests.platforms.matrix.support import MakeBot
from tests.platforms.matrix.test_plain import meet


@pytest.mark.parametrize(("before", "after"), [("10", "11"), ("11", "12"), ("12", "12")])
async def test_an_upgraded_room_is_followed_once_the_bot_is_invited(
    make_bot: MakeBot, make_member: MakeMember, before: str, after: str
) -> None:
    anna = await make_member("anna")
    bot = await make_bot(allow_invites=(anna.user_id,))
    old = await meet(anna, bot, version=before)
    jan = await make_member("jan")
    await anna.invite(old, jan.user_id)
    await jan.join(old)
    await anna.set_power(old, jan.user_id, 100)
    await anna.text(old, "przed")
    await bot.inbox.until_text("przed")
    new = await anna.upgrade(old, after)
    await anna.invite(new, jan.user_id)
    await jan.join(new)
    # Jan may not invite the bot by the list; into the successor of a room of the bot's own he may.
    await jan.invite(new, bot.user_id)
    moved = await bot.inbox.until_one(ChatMoved)
    assert (moved.old, moved.new) == (ChatRef("matrix", old), ChatRef("matrix", new))
    assert moved.key == f"matrix:moved:{old}:{new}"
    assert len(bot.inbox.of(Joined)) == 1
    # The old room was closed to all by the upgrade; that is no muting.
    assert not bot.inbox.of(Left)
    await anna.text(new, "po")
    assert (await bot.inbox.until_text("po")).chat.chat_id == new
    await bot.say(new, "jestem")
    await anna.wait_text(new, "jestem")
    with pytest.raises(MovedError) as moving:
        await bot.say(old, "jest tu kto?")
    assert moving.value.new == ChatRef("matrix", new)


async def test_a_successor_that_is_open_to_all_is_entered_at_once(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    old = await meet(anna, bot, version="11", preset="public_chat")
    new = await anna.upgrade(old, "12")
    moved = await bot.inbox.until_one(ChatMoved)
    assert moved.new.chat_id == new


async def test_an_upgrade_while_the_bot_was_away(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, anna = await make_bot(account=account), await make_member("anna")
    old = await meet(anna, bot, version="11")
    await bot.stop()
    await bot.matrix.close()
    new = await anna.upgrade(old, "12")
    await anna.invite(new, bot.user_id)
    later = await make_bot(account=account, inbox=bot.inbox)
    assert (await later.inbox.until_one(ChatMoved)).new.chat_id == new


async def test_a_tombstone_to_a_room_that_denies_it_is_not_followed(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna, jan = await make_bot(), await make_member("anna"), await make_member("jan")
    old = await meet(anna, bot, version="11")
    trap = await jan.create_room(name="pułapka", preset="public_chat")
    await anna.tombstone(old, trap)
    # In to look, and out again.
    await jan.wait_membership(trap, bot.user_id, "join")
    await jan.wait_membership(trap, bot.user_id, "leave")
    await anna.text(old, "dalej tutaj")
    await bot.inbox.until_text("dalej tutaj")
    assert not bot.inbox.of(ChatMoved)
    assert [event.chat.chat_id for event in bot.inbox.of(Joined)] == [old]


async def test_a_room_that_claims_a_predecessor_is_not_believed(make_bot: MakeBot, make_member: MakeMember) -> None:
    anna, jan = await make_member("anna"), await make_member("jan")
    bot = await make_bot(allow_invites=(anna.user_id,))
    old = await meet(anna, bot, version="11")
    claim = {"predecessor": {"room_id": old, "event_id": "$x"}}
    trap = await jan.create_room(name="pułapka", version="11", creation=claim, invite=[bot.user_id])
    await anna.text(old, "dalej")
    await bot.inbox.until_text("dalej")
    # By somebody who may invite it is a room like others, but not the old one's successor.
    ours = await anna.create_room(name="inny", version="11", creation=claim, invite=[bot.user_id])
    await anna.wait_membership(ours, bot.user_id, "join")
    await bot.inbox.until(lambda: len(bot.inbox.of(Joined)) == 2)
    assert not bot.inbox.of(ChatMoved)
    assert (await jan.state(trap, "m.room.member", bot.user_id))["membership"] == "invite"
