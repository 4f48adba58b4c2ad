"""What announcements ask of a real Synapse: a mention of the whole room, a file behind the words, words in reply."""

from dataclasses import replace

import pytest

from bot.core.events import Message, Reacted
from bot.core.files import File
from bot.core.refs import AccountRef
from bot.platforms.port import Sent
from tests.fakes.synapse.makers import MakeEncryptedMember, MakeMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.wire import CLIENT
from tests.platforms.matrix.support import Bot, MakeBot, outgoing
from tests.platforms.matrix.test_e2ee import meet_encrypted
from tests.platforms.matrix.test_plain import meet

PLAN = File("plan.pdf", "application/pdf", b"%PDF-1.7 plan")


async def rang(member: Member) -> set[str]:
    """The events that rang for this member, as the server counts them."""
    answer = await member.call("GET", f"{CLIENT}/notifications?only=highlight&limit=50")
    return {one["event"]["event_id"] for one in answer["notifications"]}


async def empower(bot: Bot, member: Member, room: str, level: int) -> None:
    """Give the bot this power, and wait until it heard of it."""
    await member.set_power(room, bot.user_id, level)
    said = await bot.say(room, f"moc: {level}")
    before = len(bot.inbox.of(Reacted))
    await member.react(room, said, "👍")  # Never encrypted, and behind the change.
    await bot.inbox.until(lambda: len(bot.inbox.of(Reacted)) > before)


async def loud(bot: Bot, room: str, text: str) -> Sent:
    return await bot.matrix.deliver(outgoing(room, text, loud=True))


async def test_with_the_right_it_rings_for_everybody_and_without_it_says_so(
    make_bot: MakeBot, make_member: MakeMember
) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    # Without the right: the words arrive, nobody's phone rings, and the engine is told.
    quiet = await loud(bot, room, "Spotkanie jutro @room")
    assert quiet.muted
    seen = await anna.wait_text(room, "Spotkanie jutro @room")
    assert (seen.content["msgtype"], seen.content["m.mentions"]) == ("m.notice", {})
    assert await rang(anna) == set()

    await empower(bot, anna, room, 50)
    ringing = await loud(bot, room, "Spotkanie odwołane")
    assert not ringing.muted
    seen = await anna.wait_text(room, "Spotkanie odwołane")
    assert (seen.content["msgtype"], seen.content["m.mentions"]) == ("m.text", {"room": True})
    assert await rang(anna) == {ringing.message_id}
    # Whatever the words say, and whoever may: only what is asked to be loud rings.
    await bot.say(room, "@room zwykłe słowa")
    await anna.wait_text(room, "@room zwykłe słowa")
    assert await rang(anna) == {ringing.message_id}


async def test_a_room_may_ask_for_more_and_a_correction_rings_for_nobody(
    make_bot: MakeBot, make_member: MakeMember
) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot, power={"notifications": {"room": 75}})
    await empower(bot, anna, room, 50)
    assert (await loud(bot, room, "za cicho")).muted
    await empower(bot, anna, room, 75)
    sent = await loud(bot, room, "dość głośno")
    assert not sent.muted
    await bot.say(room, "poprawione", op="edit", message_id=sent.message_id)
    await anna.wait_text(room, "* poprawione")
    assert await rang(anna) == {sent.message_id}


async def test_in_an_encrypted_room_the_mention_is_as_secret_as_the_words(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    assert (await loud(bot, room, "cicho")).muted
    await empower(bot, ola.plain, room, 50)
    sent = await loud(bot, room, "głośno")
    assert not sent.muted
    seen = await ola.wait_text(room, "głośno", sender=bot.user_id)
    assert (seen.content["msgtype"], seen.content["m.mentions"]) == ("m.text", {"room": True})
    raw = await ola.plain.event(room, sent.message_id)
    assert "m.mentions" not in raw["content"]


async def test_the_file_of_an_announcement_comes_behind_its_words_and_goes_with_them(
    make_bot: MakeBot, make_member: MakeMember
) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    words = await bot.say(room, "Plan w załączniku")
    file = await bot.matrix.deliver(replace(outgoing(room, ""), markup=(), file=PLAN))
    raw = await anna.event(room, file.message_id)
    assert (raw["content"]["msgtype"], raw["content"]["filename"]) == ("m.file", "plan.pdf")
    assert await anna.download(raw["content"]["url"]) == PLAN.content
    for message in (words, file.message_id):
        await bot.matrix.deliver(replace(outgoing(room, ""), op="delete", message_id=message))
        assert (await anna.event(room, message))["content"] == {}


async def test_an_announcement_in_reply_brings_the_words_or_the_file_it_answers(
    make_bot: MakeBot, make_member: MakeMember
) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    words = await anna.text(room, "**Spotkanie** jutro\n- sala 12")
    address = await anna.upload(PLAN.content, PLAN.name, PLAN.mime)
    content = {"msgtype": "m.file", "body": "Plan na jutro", "filename": PLAN.name, "url": address}
    file = await anna.send(room, "m.room.message", {**content, "info": {"mimetype": PLAN.mime, "size": 13}})
    await anna.text(room, "!ogłoszenie", reply_to=words)
    await anna.text(room, "!ogłoszenie do: Kultura", reply_to=file)
    second = await bot.inbox.until_text("!ogłoszenie do: Kultura")
    first = await bot.inbox.until_text("!ogłoszenie")
    assert (first.quoted, first.quoted_file) == ("**Spotkanie** jutro\n- sala 12", None)
    assert first.reply_to_sender == AccountRef("matrix", anna.user_id)
    assert second.quoted == "Plan na jutro"
    assert second.quoted_file
    assert (second.quoted_file.name, second.quoted_file.mime, second.quoted_file.size) == (PLAN.name, PLAN.mime, 13)
    assert await bot.matrix.fetch(second.quoted_file, 1000) == PLAN.content


async def test_in_an_encrypted_room_too(make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    asked = await ola.text(room, "Spotkanie jutro")
    await bot.inbox.until_text("Spotkanie jutro")
    await ola.text(room, "!ogłoszenie", reply_to=asked)
    message = await bot.inbox.until_text("!ogłoszenie")
    assert (message.quoted, message.quoted_file) == ("Spotkanie jutro", None)


@pytest.mark.parametrize("gone", [True, False])
async def test_what_is_answered_and_gone_has_no_words(make_bot: MakeBot, make_member: MakeMember, gone: bool) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    answered = await anna.text(room, "Spotkanie jutro")
    if gone:
        await anna.redact(room, answered)
    await anna.text(room, "!ogłoszenie", reply_to=answered)
    message = await bot.inbox.until_text("!ogłoszenie")
    assert isinstance(message, Message)
    assert message.quoted == ("" if gone else "Spotkanie jutro")
