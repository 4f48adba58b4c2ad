"""What goes wrong between the bot and the server, and with the account."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from bot.platforms.matrix import Matrix
from bot.platforms.port import FatalError, NotSentError, Outgoing
from tests.fakes.proxy import Proxy
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.server import Account, SynapseServer
from tests.platforms.matrix.support import Bot, MakeBot, outgoing
from tests.platforms.matrix.test_e2ee import meet_encrypted
from tests.platforms.matrix.test_plain import meet

SYNC = "/_matrix/client/v3/sync"
SEND = "/_matrix/client/v3/rooms/*/send/"


@pytest.fixture
async def proxy(synapse: SynapseServer) -> AsyncIterator[Proxy]:
    async with Proxy(synapse.url) as found:
        yield found


async def insist(bot: Bot, call: Outgoing) -> str:
    """Deliver as the engine does: again after as long as was asked for."""
    while True:
        try:
            return (await bot.matrix.deliver(call)).message_id
        except NotSentError as error:
            await asyncio.sleep(error.retry_after or 0.2)


async def test_the_server_is_down_at_the_start(proxy: Proxy, make_bot: MakeBot, make_account: MakeAccount) -> None:
    account = await make_account("obrady")
    await proxy.refuse()
    with pytest.raises(NotSentError) as failure:
        await make_bot(url=proxy.url, account=account)
    assert failure.value.everywhere
    await proxy.heal()
    await make_bot(url=proxy.url, account=account)


async def test_the_server_is_down_in_the_middle(proxy: Proxy, make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(url=proxy.url), await make_member("anna")
    room = await meet(anna, bot)
    await bot.say(room, "jestem")
    started = time.monotonic()
    proxy.reset("/")
    await anna.text(room, "!pytanie")
    with pytest.raises(NotSentError) as failure:
        await bot.say(room, "nie dojdzie")
    assert failure.value.everywhere
    sends = proxy.count(SEND, since=started)
    await asyncio.sleep(4.5)
    # At 0, 1 and 3 seconds, give or take a quarter; the pauses themselves are tested for the whole minute.
    assert proxy.count(since=started) - sends <= 4
    await proxy.heal()
    await bot.inbox.until_text("!pytanie")
    assert bot.inbox.texts(room) == ["!pytanie"]


async def test_the_server_is_restarted(own_synapse: SynapseServer, make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(server=own_synapse), await make_member("anna", server=own_synapse)
    room = await meet(anna, bot)
    await anna.text(room, "raz")
    await asyncio.to_thread(own_synapse.restart)
    await anna.text(room, "dwa")
    await bot.inbox.until_text("dwa")
    assert bot.inbox.texts(room) == ["raz", "dwa"]
    await bot.say(room, "jestem")


@pytest.mark.parametrize("how", ["revoked", "logged out"])
async def test_a_token_that_is_worth_nothing_any_more(
    proxy: Proxy, make_bot: MakeBot, make_member: MakeMember, make_account: MakeAccount, how: str
) -> None:
    account, admin = await make_account("obrady"), await make_member("admin", admin=True)
    bot = await make_bot(url=proxy.url, account=account)
    await asyncio.sleep(0.5)
    task, started = bot.task, time.monotonic()
    assert task is not None
    if how == "revoked":
        await admin.revoke(account.user_id, account.device_id)
    else:
        admin.account = account
        await admin.close()
        await admin.open()
        await admin.logout()
    await asyncio.wait([task], timeout=10)
    with pytest.raises(FatalError, match="obrady init"):
        task.result()
    bot.task = None
    assert proxy.count(since=started) <= 3
    with pytest.raises(FatalError):
        await bot.say("!room", "x")


async def test_a_token_that_never_was(synapse: SynapseServer, make_bot: MakeBot, make_account: MakeAccount) -> None:
    account = await make_account("obrady")
    async with Proxy(synapse.url) as proxy:
        for wrong in (
            Account(account.user_id, "syt_wrong", account.device_id, ""),
            Account("@other:localhost", account.access_token, account.device_id, ""),
            Account(account.user_id, account.access_token, "OTHER", ""),
        ):
            with pytest.raises(FatalError):
                await make_bot(url=proxy.url, account=wrong)
        assert proxy.count() == 3


async def test_a_silent_connection_is_cured_by_a_reset(
    proxy: Proxy, make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(url=proxy.url), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    await ola.text(room, "słychać")
    await bot.inbox.until_text("słychać")
    olm = bot.matrix._ready.crypto.olm
    proxy.black_hole(SYNC)
    await asyncio.sleep(0.3)
    heard = bot.matrix.last_ok
    await ola.text(room, "nie słychać")
    await proxy.heal()
    # The connection stays silent although all is well again.
    await asyncio.sleep(1.0)
    assert bot.matrix.last_ok == heard
    assert time.monotonic() - bot.matrix.last_ok > 1.0
    assert bot.inbox.texts(room) == ["słychać"]
    await bot.matrix.reset()
    await bot.inbox.until_text("nie słychać")
    assert bot.matrix.last_ok > heard
    assert bot.matrix._ready.crypto.olm is olm
    await bot.say(room, "słyszę")
    await ola.wait_text(room, "słyszę")


async def test_a_silent_connection_is_given_up_in_time(
    proxy: Proxy, make_bot: MakeBot, make_member: MakeMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.matrix.sync.GRACE_SECONDS", 0.5)
    bot, anna = await make_bot(url=proxy.url, poll_seconds=0.5), await make_member("anna")
    room = await meet(anna, bot)
    assert bot.matrix.patience == 1.5
    proxy.black_hole(SYNC, times=1)
    await asyncio.sleep(0.6)
    await anna.text(room, "hej")
    await bot.inbox.until_text("hej", within=8)


async def test_an_answer_that_is_lost_after_the_message_was_taken(
    proxy: Proxy, make_bot: MakeBot, make_member: MakeMember
) -> None:
    bot, anna = await make_bot(url=proxy.url), await make_member("anna")
    room = await meet(anna, bot)
    call = outgoing(room, "raz")
    # aiohttp repeats a PUT once by itself, so two answers are lost.
    proxy.reset_after(SEND, times=2)
    with pytest.raises(NotSentError):
        await bot.matrix.deliver(call)
    await insist(bot, call)
    await bot.say(room, "koniec")
    await anna.wait_text(room, "koniec")
    assert anna.bodies(room, bot.user_id) == ["raz", "koniec"]


async def test_keys_that_could_not_be_shared_stop_the_message(
    proxy: Proxy, make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    # The library would send on, readable for nobody.
    bot, ola = await make_bot(url=proxy.url), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    call = outgoing(room, "czytelne")
    for path in ("/_matrix/client/v3/keys/query", "/_matrix/client/v3/keys/claim", "/_matrix/client/v3/sendToDevice"):
        proxy.reset(path, times=2 if "sendToDevice" in path else 1)
        with pytest.raises(NotSentError):
            await bot.matrix.deliver(call)
    await insist(bot, call)
    await ola.wait_text(room, "czytelne", sender=bot.user_id)
    assert ola.bodies(room) == ["czytelne"]


async def test_a_crash_while_keys_are_published(proxy: Proxy, make_bot: MakeBot, make_account: MakeAccount) -> None:
    account = await make_account("obrady")
    proxy.reset_after("/_matrix/client/v3/keys/upload", times=1)
    with pytest.raises(NotSentError):
        await make_bot(url=proxy.url, account=account)
    # The server has them, the store does not know; uploaded anew they would clash for ever.
    await make_bot(url=proxy.url, account=account)


async def test_sending_does_not_hold_up_reading(proxy: Proxy, make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(url=proxy.url), await make_member("anna")
    room = await meet(anna, bot)
    proxy.delay(2.0, SEND)
    sending = asyncio.create_task(bot.say(room, "powoli"))
    await asyncio.sleep(0.1)
    await anna.text(room, "szybko")
    await bot.inbox.until_text("szybko", within=1.5)
    assert not sending.done()
    await sending


async def test_the_servers_own_limits(
    strict_synapse: SynapseServer, make_bot: MakeBot, make_member: MakeMember
) -> None:
    bot, anna = await make_bot(server=strict_synapse), await make_member("anna", server=strict_synapse)
    rooms = [await meet(anna, bot), await meet(anna, bot)]
    # Ten events at once are let through, the two joins among them, then one in five seconds.
    said = [[f"{number}-{turn}" for turn in range(5 - number)] for number in range(2)]
    refusals: list[NotSentError] = []

    async def answer(room: str, words: list[str]) -> None:
        for word in words:
            call = outgoing(room, word)
            while True:
                try:
                    await bot.matrix.deliver(call)
                    break
                except NotSentError as error:
                    refusals.append(error)
                    await asyncio.sleep(error.retry_after or 0.0)

    await asyncio.gather(*(answer(room, words) for room, words in zip(rooms, said, strict=True)))
    assert refusals
    assert all(refusal.everywhere and refusal.retry_after for refusal in refusals)
    for room, words in zip(rooms, said, strict=True):
        await anna.wait_text(room, words[-1])
        assert anna.bodies(room, bot.user_id) == words


async def test_a_delivery_before_the_start_is_tried_later(synapse: SynapseServer, make_account: MakeAccount) -> None:
    account = await make_account("obrady")
    bot = Bot(synapse.url, account, store=None)  # type: ignore[arg-type]
    with pytest.raises(NotSentError):
        await bot.say("!room", "x")
    assert isinstance(bot.matrix, Matrix)
    assert bot.matrix.rates(outgoing("!room", "x")) == ()
