"""Messages whose keys come late, in a failed round, before a crash, or never."""

from datetime import UTC, datetime, timedelta

from bot.core.events import Joined, Unreadable
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember
from tests.platforms.matrix.support import MakeBot, eventually
from tests.platforms.matrix.test_e2ee import meet_encrypted


async def test_a_key_that_comes_late(make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    ola.withhold_keys(room)
    first = await ola.text(room, "!pytanie raz")
    await ola.text(room, "!pytanie dwa")
    await bot.inbox.until(lambda: len(bot.inbox.waiting) == 2)
    await ola.plain.text(room, "jawnie")
    await bot.inbox.until_text("jawnie")
    # Said once, not for each message.
    unreadable = await bot.inbox.until_one(Unreadable)
    assert (unreadable.chat.chat_id, unreadable.key) == (room, f"matrix:unreadable:{first}")
    assert len(bot.inbox.of(Unreadable)) == 1
    assert "!pytanie" not in str(bot.inbox.waiting)
    await ola.share_keys()
    await bot.inbox.until_text("!pytanie dwa")
    assert bot.inbox.texts(room) == ["jawnie", "!pytanie raz", "!pytanie dwa"]
    assert not bot.inbox.waiting
    assert not bot.inbox.again
    # The next time it is news again.
    ola.withhold_keys(room)
    await ola.text(room, "!pytanie trzy")
    await bot.inbox.until(lambda: len(bot.inbox.of(Unreadable)) == 2)


async def test_a_late_key_and_a_database_that_fails_meanwhile(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    # The key comes only once; the round that brought it is repeated.
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    ola.withhold_keys(room)
    await ola.text(room, "!pytanie")
    await bot.inbox.until(lambda: len(bot.inbox.waiting) == 1)
    bot.inbox.failures = 2
    await ola.share_keys()
    await bot.inbox.until_text("!pytanie")
    assert bot.inbox.failures == 0
    assert bot.inbox.texts(room) == ["!pytanie"]


async def test_a_key_that_comes_while_the_bot_is_down(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, ola = await make_bot(account=account), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    ola.withhold_keys(room)
    await ola.text(room, "!pytanie")
    await bot.inbox.until(lambda: len(bot.inbox.waiting) == 1)
    await bot.stop()
    await bot.matrix.close()
    await ola.share_keys()
    later = await make_bot(account=account, inbox=bot.inbox)
    await later.inbox.until_text("!pytanie")
    assert not later.inbox.waiting


async def test_killed_after_the_keys_were_stored_and_before_the_commit(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account = await make_account("obrady")
    bot, ola = await make_bot(account=account), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    await bot.inbox.until_one(Joined)
    bot.inbox.failures = 1_000_000
    await ola.text(room, "z kluczem w tej samej odpowiedzi")
    olm = bot.matrix._ready.crypto.olm

    async def stored() -> bool:
        return bool(olm.inbound_group_store[room])

    await eventually(stored)
    await bot.stop()
    await bot.matrix.close()
    bot.inbox.failures = 0
    later = await make_bot(account=account, inbox=bot.inbox)
    await later.inbox.until_text("z kluczem w tej samej odpowiedzi")
    assert not later.inbox.of(Unreadable)
    # The key message came twice and was read once: no session was taken for broken.
    assert not later.matrix._ready.crypto.olm.wedged_devices


async def test_a_message_whose_key_never_comes_is_given_up_after_a_day(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember, make_account: MakeAccount
) -> None:
    account, time = await make_account("obrady"), [datetime(2026, 11, 24, tzinfo=UTC)]
    bot, ola = await make_bot(account=account, now=lambda: time[0]), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    ola.withhold_keys(room)
    await ola.text(room, "!pytanie")
    await bot.inbox.until(lambda: len(bot.inbox.waiting) == 1)
    await bot.stop()
    await bot.matrix.close()
    time[0] += timedelta(hours=23)
    later = await make_bot(account=account, inbox=bot.inbox, now=lambda: time[0])
    await ola.plain.text(room, "po 23 godzinach")
    await later.inbox.until_text("po 23 godzinach")
    assert len(later.inbox.waiting) == 1
    await later.stop()
    time[0] += timedelta(hours=2)
    later.listen()
    await later.inbox.until(lambda: not later.inbox.waiting)
    assert later.inbox.texts(room) == ["po 23 godzinach"]
