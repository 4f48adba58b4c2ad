"""Into rooms and out of them: invitations, direct chats, being put out, being muted."""

import asyncio

import pytest

from bot.core.chats import ChatKind
from bot.core.events import Joined, Left
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.matrix.doors import allowed, inviter
from bot.platforms.port import UndeliverableError
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.wire import CLIENT, part
from tests.platforms.matrix.support import MakeBot, MemoryInbox
from tests.platforms.matrix.test_plain import meet


@pytest.mark.parametrize(
    ("allow", "yes"),
    [
        (("*",), True),
        (("@anna:example.org",), True),
        (("example.org",), True),
        (("*:example.org",), True),
        (("@an*:example.org",), True),
        ((), False),
        (("@anna:example.com",), False),
        (("ample.org",), False),
        (("*:example.com", "evil.example"), False),
        (("anna",), False),
    ],
)
def test_who_may_invite(allow: tuple[str, ...], yes: bool) -> None:
    assert allowed("@anna:example.org", allow) is yes


def test_the_invitation_is_the_event_about_the_bot() -> None:
    # The inviter's own member event comes beside it.
    about_anna = {
        "type": "m.room.member",
        "state_key": "@anna:x",
        "sender": "@anna:x",
        "content": {"membership": "join"},
    }
    about_me = {"type": "m.room.member", "state_key": "@me:x", "sender": "@anna:x", "content": {"membership": "invite"}}
    assert inviter("@me:x", [about_anna, about_me]) == "@anna:x"
    assert inviter("@me:x", [about_anna]) is None


async def test_an_invitation_to_a_room(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    joined = await bot.inbox.until_one(Joined)
    assert (joined.chat, joined.kind, joined.sender) == (
        ChatRef("matrix", room),
        ChatKind.ROOM,
        AccountRef("matrix", anna.user_id),
    )
    assert joined.key.startswith(f"matrix:join:{room}:$")


async def test_a_direct_chat_stays_one_after_a_restart(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, anna = await make_bot(account=account), await make_member("anna")
    # A name does not make it a room: the invitation said that it is direct.
    room = await anna.create_room(direct=True, invite=[bot.user_id], name="Bot")
    assert (await bot.inbox.until_one(Joined)).kind is ChatKind.DIRECT
    await bot.stop()
    await bot.matrix.close()
    await anna.text(room, "czym jest strategia?")
    again = await make_bot(account=account, inbox=bot.inbox)
    message = await again.inbox.until_text("czym jest strategia?")
    assert (message.kind, message.addressed) == (ChatKind.DIRECT, True)


async def test_a_third_person_makes_it_a_room(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna, jan = await make_bot(), await make_member("anna"), await make_member("jan")
    room = await anna.create_room(invite=[bot.user_id])
    # Two people and no name: direct.
    assert (await bot.inbox.until_one(Joined)).kind is ChatKind.DIRECT
    await anna.text(room, "we dwoje")
    assert (await bot.inbox.until_text("we dwoje")).kind is ChatKind.DIRECT
    await anna.invite(room, jan.user_id)
    await anna.text(room, "we troje")
    message = await bot.inbox.until_text("we troje")
    assert (message.kind, message.addressed) == (ChatKind.ROOM, False)
    await jan.leave(room)
    await anna.wait_membership(room, jan.user_id, "leave")
    await anna.text(room, "znów we dwoje")
    assert (await bot.inbox.until_text("znów we dwoje")).kind is ChatKind.DIRECT


async def test_only_the_allowed_are_followed(make_bot: MakeBot, make_member: MakeMember) -> None:
    anna, jan = await make_member("anna"), await make_member("jan")
    bot = await make_bot(allow_invites=(anna.user_id,))
    strangers = [await jan.create_room(name="spam", invite=[bot.user_id]) for _ in range(30)]
    room = await meet(anna, bot)
    await anna.text(room, "hej")
    await bot.inbox.until_text("hej")
    assert [event.chat.chat_id for event in bot.inbox.of(Joined)] == [room]
    # Unanswered, not declined.
    member = await jan.state(strangers[0], "m.room.member", bot.user_id)
    assert member["membership"] == "invite"


async def test_an_invitation_that_waits_since_before_the_start(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account, anna = await make_account("obrady"), await make_member("anna")
    closed = await make_bot(account=account, allow_invites=())
    room = await anna.create_room(name="Obrady", invite=[account.user_id])
    # Read, committed and not wanted; a sync from the token never shows it again.
    await anna.create_room(name="inny", invite=[account.user_id])
    await asyncio.sleep(0.3)
    await closed.stop()
    await closed.matrix.close()
    open_now = await make_bot(account=account, inbox=closed.inbox, allow_invites=("localhost",))
    await open_now.inbox.until(lambda: len(open_now.inbox.of(Joined)) == 2)
    assert room in {event.chat.chat_id for event in open_now.inbox.of(Joined)}


@pytest.mark.parametrize("how", ["kick", "ban"])
async def test_being_put_out(make_bot: MakeBot, make_member: MakeMember, how: str) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    await bot.say(room, "jestem")
    await anna.text(room, "ostatnie słowo")
    await (anna.kick if how == "kick" else anna.ban)(room, bot.user_id, "dość")
    left = await bot.inbox.until_one(Left)
    assert (left.chat.chat_id, left.muted, left.sender) == (room, False, AccountRef("matrix", anna.user_id))
    assert bot.inbox.texts(room) == ["ostatnie słowo"]
    with pytest.raises(UndeliverableError) as refusal:
        await bot.say(room, "halo")
    assert refusal.value.chat_gone


async def test_put_out_while_away_and_let_in_again(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, anna = await make_bot(account=account), await make_member("anna")
    room = await meet(anna, bot)
    await bot.stop()
    await anna.text(room, "!pytanie przed")
    await anna.kick(room, bot.user_id)
    bot.listen()
    await bot.inbox.until_one(Left)
    assert bot.inbox.texts(room) == ["!pytanie przed"]
    await anna.text(room, "!pytanie w międzyczasie")
    await anna.invite(room, bot.user_id)
    await bot.inbox.until(lambda: len(bot.inbox.of(Joined)) == 2)
    await anna.text(room, "!pytanie po")
    await bot.inbox.until_text("!pytanie po")
    assert bot.inbox.texts(room) == ["!pytanie przed", "!pytanie po"]
    await bot.say(room, "jestem znów")


async def test_the_account_leaves_by_another_client(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, anna = await make_bot(account=account), await make_member("anna")
    room = await meet(anna, bot)
    await bot.matrix._wire.call("POST", f"{CLIENT}/rooms/{part(room)}/leave", {})
    left = await bot.inbox.until_one(Left)
    assert (left.chat.chat_id, left.muted) == (room, False)


async def test_a_withdrawn_invitation_is_no_leaving(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(allow_invites=()), await make_member("anna")
    room = await anna.create_room(name="x", invite=[bot.user_id])
    await anna.kick(room, bot.user_id)
    bot.matrix._ready.listener._doors._allow = ("*",)
    await meet(anna, bot)
    assert not bot.inbox.of(Left)


@pytest.mark.parametrize("version", ["11", "12"])
async def test_muted_and_given_the_word_again(make_bot: MakeBot, make_member: MakeMember, version: str) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot, version=version)
    levels = await anna.state(room, "m.room.power_levels")
    await anna.set_state(room, "m.room.power_levels", {**levels, "events_default": 50})
    left = await bot.inbox.until_one(Left)
    assert (left.muted, left.chat.chat_id) == (True, room)
    with pytest.raises(UndeliverableError) as refusal:
        await bot.say(room, "halo")
    assert refusal.value.chat_gone
    # What concerns others changes nothing.
    await anna.set_state(room, "m.room.power_levels", {**levels, "events_default": 50, "ban": 60})
    await anna.set_power(room, bot.user_id, 50)
    await bot.inbox.until(lambda: len(bot.inbox.of(Joined)) == 2)
    assert len(bot.inbox.of(Left)) == 1
    await bot.say(room, "dziękuję za głos")


async def test_a_room_where_the_bot_is_muted_from_the_beginning(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot, power={"events_default": 50})
    left = await bot.inbox.until_one(Left)
    assert (left.muted, left.chat.chat_id) == (True, room)


async def test_the_bot_opens_a_direct_chat_once(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account, ola = await make_account("obrady"), await make_encrypted_member("ola")
    bot = await make_bot(account=account)
    sent = await bot.send("", "hej, to ja", account_id=ola.user_id)
    assert sent.chat is not None
    room = sent.chat.chat_id
    await ola.wait_invite(room)
    await ola.plain.join(room)
    # Said before she accepted, and readable: the invited get the key too.
    await ola.wait_text(room, "hej, to ja", sender=bot.user_id)
    again = await bot.send("", "drugi raz", account_id=ola.user_id)
    assert again.chat == sent.chat
    await ola.text(room, "odpowiadam")
    message = await bot.inbox.until_text("odpowiadam")
    assert message.kind is ChatKind.DIRECT
    assert not bot.inbox.of(Joined)
    await bot.stop()
    await bot.matrix.close()
    later = await make_bot(account=account, inbox=bot.inbox)
    assert (await later.send("", "po restarcie", account_id=ola.user_id)).chat == sent.chat
    await ola.wait_text(room, "po restarcie")
    # She leaves: the next word needs a new room.
    await ola.plain.leave(room)
    moved = await later.send("", "nowy pokój", account_id=ola.user_id)
    assert moved.chat not in (None, sent.chat)


async def test_a_direct_chat_that_was_made_just_before_a_crash_is_found(
    make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount
) -> None:
    account, anna = await make_account("obrady"), await make_member("anna")
    inbox = MemoryInbox()
    bot = await make_bot(account=account, inbox=inbox)
    await bot.stop()
    await bot.matrix.close()
    crashed = await make_member("other")
    crashed.account = account
    await crashed.close()
    await crashed.open()
    room = str(
        (
            await crashed.call(
                "POST",
                f"{CLIENT}/createRoom",
                {"is_direct": True, "invite": [anna.user_id], "preset": "trusted_private_chat"},
            )
        )["room_id"]
    )
    later = await make_bot(account=account, inbox=inbox)
    sent = await later.send("", "jestem", account_id=anna.user_id)
    assert sent.chat == ChatRef("matrix", room)


async def test_nobody_by_that_name_is_undeliverable(make_bot: MakeBot) -> None:
    bot = await make_bot()
    with pytest.raises(UndeliverableError):
        await bot.send("", "hej", account_id="nonsense")
    with pytest.raises(UndeliverableError):
        await bot.send("", "hej")
