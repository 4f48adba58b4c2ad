"""What is committed goes out in order, whatever the network does with it."""

import asyncio
import time
from collections import defaultdict
from dataclasses import replace

import pytest

from bot.core.refs import ChatRef
from bot.engine.limits import OVERALL
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import (
    FatalError,
    MovedError,
    NotSentError,
    Outgoing,
    Rate,
    UnclearError,
    UndeliverableError,
)
from tests.engine.world import DIRECT, ROOM, Network, World, echo, press, say

ONCE_ONLY = replace(CAPABILITIES, idempotent_send=False)


def failing(*errors: Exception):  # type: ignore[no-untyped-def]
    """Raise these in turn, then let everything pass."""
    left = list(errors)

    def judge(_outgoing: Outgoing) -> None:
        if left:
            raise left.pop(0)

    return judge


@pytest.mark.parametrize("idempotent", [True, False])
@pytest.mark.parametrize(
    "error",
    [
        NotSentError("429", 0.1),
        NotSentError("429", 0.1, everywhere=True),
        NotSentError("refused"),
        MovedError(DIRECT),
    ],
    ids=["retry_after", "everywhere", "back off", "moved"],
)
async def test_the_order_in_a_chat_is_kept_under_faults(world: World, error: Exception, idempotent: bool) -> None:
    network = Network(capabilities=CAPABILITIES if idempotent else ONCE_ONLY, judge=failing(error))
    async with world.bot(network=network) as bot:
        network.push(*(say(str(number)) for number in range(40)))
        await bot.until(lambda: len(network.texts) == 40)
        assert network.texts == [str(number) for number in range(40)]


async def test_the_order_in_every_chat_is_kept_while_some_fail_at_random(world: World) -> None:
    attempts: dict[str, int] = defaultdict(int)

    def judge(outgoing: Outgoing) -> None:
        attempts[outgoing.id] += 1
        if attempts[outgoing.id] == 1 and outgoing.seq % 5 == 0:
            raise NotSentError("429", 0.05)

    network = Network(judge=judge, max_in_flight=7)
    async with world.bot(network=network) as bot:
        chats = [ChatRef("memory", f"room{number}") for number in range(10)]
        network.push(*(say(str(number), chats[number % 10], addressed=True) for number in range(200)))
        await bot.until(lambda: len(network.texts) == 200)
        for chat in chats:
            got = [int(one.text[2:]) for one in network.delivered if one.outgoing.chat == chat]
            assert got == sorted(got)
            assert len(got) == 20


async def test_more_waiting_chats_than_a_query_cares_to_name_keep_their_order(lite: World) -> None:
    """600 chats wait for their second try at once."""
    attempts: set[str] = set()

    def judge(outgoing: Outgoing) -> None:
        if outgoing.id not in attempts and outgoing.markup and outgoing.markup[0].runs[0].text == "raz":
            attempts.add(outgoing.id)
            raise NotSentError("429", 1.5)

    network = Network(judge=judge, max_in_flight=1000)
    async with lite.bot(network=network) as bot:
        chats = [ChatRef("memory", f"room{number}") for number in range(600)]
        network.push(*(say(words, chat, addressed=True) for words in ("raz", "dwa") for chat in chats))
        await bot.until(lambda: len(network.texts) == 1200)
        by_chat: dict[ChatRef, list[str]] = defaultdict(list)
        for one in network.delivered:
            by_chat[one.outgoing.chat].append(one.text)
        assert set(map(tuple, by_chat.values())) == {("> raz", "> dwa")}


async def test_the_order_in_a_chat_is_kept_over_a_restart(world: World) -> None:
    network = Network(judge=failing(NotSentError("429", 1.0)), capabilities=ONCE_ONLY)
    async with world.bot(network=network) as bot:
        network.push(say("raz"), say("dwa"))
        await bot.until(lambda: len(network.calls) == 1)
        await bot.settle()
        assert network.texts == []
    network = Network(capabilities=ONCE_ONLY)
    async with world.bot(network=network) as bot:
        await bot.until(lambda: len(network.texts) == 2)
        assert network.texts == ["raz", "dwa"]


async def test_a_chat_that_hangs_holds_up_no_other_and_none_that_waits(lite: World) -> None:
    hanging = asyncio.Event()
    waited: list[float] = []

    async def hang() -> None:
        await hanging.wait()

    def judge(outgoing: Outgoing):  # type: ignore[no-untyped-def]
        if outgoing.chat == ROOM:
            return hang()
        if not waited:
            waited.append(time.monotonic())
            raise NotSentError("429", 0.3)
        return None

    network = Network(judge=judge)
    async with lite.bot(network=network) as bot:
        network.push(say("wisi", ROOM, addressed=True), say("raz"))
        await bot.until(lambda: network.texts == ["raz"])
        assert 0.3 <= time.monotonic() - waited[0] < 5
        hanging.set()
        await bot.until(lambda: network.texts == ["raz", "wisi"])


async def test_a_press_is_answered_at_once_in_a_chat_that_waits(lite: World) -> None:
    router = echo()
    router.press("quiet")(lambda _event, _ctx: [])

    def judge(outgoing: Outgoing) -> None:
        if outgoing.op == "send":
            raise NotSentError("429", 30)

    network = Network(judge=judge)
    async with lite.bot(router, network=network) as bot:
        await bot.tell(say("raz"))
        await bot.tell(press("1", action="quiet", press_id="p1"))
        assert [one.outgoing.op for one in network.delivered] == ["ack"]


async def test_what_may_have_arrived_is_uncertain_and_never_sent_again(world: World) -> None:
    network = Network(capabilities=ONCE_ONLY, judge=failing(UnclearError("reset")))
    async with world.bot(network=network) as bot:
        await bot.tell(say("raz"), say("dwa"))
        assert network.texts == ["dwa"]
        assert world.states() == ["uncertain", "sent"]
    async with world.bot(network=Network(capabilities=ONCE_ONLY)) as bot:
        await bot.settle()
        assert bot.network.texts == []
    assert world.states() == ["uncertain", "sent"]
    assert world.rows("seq, payload, reason", "outbox")[0] == (1, "", "reset")


async def test_where_a_repeated_id_is_one_message_the_same_id_goes_again(world: World) -> None:
    network = Network(judge=failing(UnclearError("reset")))
    async with world.bot(network=network) as bot:
        network.push(say("raz"), say("dwa"))
        await bot.until(lambda: network.texts == ["raz", "dwa"])
        assert network.calls[0].id == network.calls[1].id
        await bot.settle()
        assert world.states() == ["sent", "sent"]


async def test_a_chat_that_is_gone_is_written_to_no_more(world: World) -> None:
    def judge(outgoing: Outgoing) -> None:
        if outgoing.chat == ROOM:
            raise UndeliverableError("kicked", chat_gone=True)

    network = Network(judge=judge, capabilities=ONCE_ONLY)
    async with world.bot(network=network) as bot:
        await bot.tell(*(say("raz", ROOM, addressed=True) for _ in range(5)), say("dwa"))
        assert network.texts == ["dwa"]
        assert len([call for call in network.calls if call.chat == ROOM]) == 1
    assert sorted(world.states()) == ["cancelled"] * 4 + ["failed", "sent"]
    active = dict(world.rows("chat_id, active", "chat"))
    assert (bool(active["room"]), bool(active["anna"])) == (False, True)
    assert {payload for (payload,) in world.rows("payload", "outbox")} == {""}


async def test_a_message_that_can_not_be_delivered_leaves_the_chat_alone(world: World) -> None:
    network = Network(judge=failing(UndeliverableError("empty")))
    async with world.bot(network=network) as bot:
        await bot.tell(say("raz"), say("dwa"))
        assert network.texts == ["dwa"]
    assert world.states() == ["failed", "sent"]


async def test_a_chat_that_moved_is_followed(world: World) -> None:
    new = ChatRef("memory", "-100")

    def judge(outgoing: Outgoing) -> None:
        if outgoing.chat.chat_id == "room":
            raise MovedError(new)

    network = Network(judge=judge)
    async with world.bot(network=network) as bot:
        await bot.tell(
            say("raz", replace(ROOM, thread_id="t"), addressed=True),
            say("dwa", ROOM, addressed=True),
            say("trzy", ROOM, addressed=True),
        )
        await bot.until(lambda: len(network.texts) == 3)
        assert [(one.outgoing.chat, one.outgoing.reply_to) for one in network.delivered] == [(new, None)] * 3
        assert network.texts == ["raz", "dwa", "trzy"]


async def test_a_mistake_in_an_adapter_costs_its_row_alone(world: World) -> None:
    class Careless(Network):
        def rates(self, outgoing: Outgoing) -> list[Rate]:
            if outgoing.seq == 2:
                raise KeyError("rates")
            return []

    network = Careless(judge=failing(ValueError("deliver")))
    async with world.bot(network=network) as bot:
        await bot.tell(*(say(str(number)) for number in range(4)))
        assert network.texts == ["2", "3"]
    assert world.states() == ["failed", "failed", "sent", "sent"]


async def test_a_network_that_refuses_for_good_ends_the_bot_and_nothing_is_lost(world: World) -> None:
    network = Network(judge=failing(FatalError("The token was revoked.")))

    async def run() -> None:
        async with world.bot(network=network) as bot:
            network.push(*(say(str(number)) for number in range(5)))
            await bot.until(bot.task.done)

    with pytest.raises(FatalError, match="revoked"):
        await run()
    assert len(network.calls) == 1
    assert set(world.states()) == {"pending"}
    async with world.bot() as bot:
        await bot.until(lambda: len(bot.network.texts) == len(world.states()))
        assert bot.network.texts == [str(number) for number in range(len(bot.network.texts))]


async def test_rates_are_kept_and_nothing_is_dropped(lite: World) -> None:
    at: list[float] = []

    class Slow(Network):
        def rates(self, _outgoing: Outgoing) -> list[Rate]:
            return [Rate(OVERALL, 5, 0.2), Rate("memory:anna", 3, 0.2)]

    network = Slow(judge=lambda _outgoing: at.append(time.monotonic()))
    async with lite.bot(network=network) as bot:
        network.push(*(say(str(number)) for number in range(12)))
        await bot.until(lambda: len(network.texts) == 12)
        assert network.texts == [str(number) for number in range(12)]
    for index, start in enumerate(at):
        assert sum(start <= other < start + 0.19 for other in at[index:]) <= 3
