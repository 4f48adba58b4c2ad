"""Copies taken back and pinned: every one, in the order of its chat, whatever is on its way."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.content import Body
from bot.core.context import Context
from bot.core.events import Message
from bot.core.files import File
from bot.core.intents import Intent, Pin, Post, Refresh, Retract, SendFile
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Router
from bot.platforms.port import NotSentError, Outgoing, UnclearError, UndeliverableError
from storage import Store
from tests.engine.world import DIRECT, Network, World, body, echo, say

CARD = CardRef("news", "1")
ROOMS = [ChatRef("memory", f"room{number}") for number in range(3)]
PLAN = File("plan.pdf", "application/pdf", b"%PDF")
PUBLISH: list[Intent] = [Post(CARD, room) for room in ROOMS]


def news(*orders: tuple[str, list[Intent]], words: str = "wiadomość") -> Router[Store]:
    """A card, and what each word does."""
    table = dict(orders)

    def obey(message: Message, _ctx: Context[Store]) -> Sequence[Intent]:
        return table[message.text]

    router = echo(obey)

    @router.card("news")
    def show(_store: Store, _id: str) -> Body:
        return body(words)

    return router


def ops(network: Network, chat: ChatRef | None = None) -> list[str]:
    return [one.outgoing.op for one in network.delivered if chat in (None, one.outgoing.chat)]


async def test_every_copy_goes_with_its_file_and_all_its_parts(world: World) -> None:
    words = " ".join(["słowo"] * 1000)
    files: list[Intent] = [SendFile(PLAN, chat=room, ref=CARD) for room in ROOMS]
    network = Network()
    async with world.bot(
        news(("daj", PUBLISH + files), ("cofnij", [Retract(CARD)]), words=words), network=network
    ) as bot:
        await bot.tell(say("daj"))
        sent = {(one.outgoing.chat, one.message_id) for one in network.delivered}
        assert len(sent) == 9, "two parts and a file in each room"
        await bot.tell(say("cofnij"))
        await bot.tell(say("cofnij"))
    gone = [(one.outgoing.chat, one.message_id) for one in network.delivered if one.outgoing.op == "delete"]
    assert len(gone) == 9
    assert set(gone) == sent
    assert world.rows("message_id", "post") == []


async def test_what_waits_is_not_sent_and_what_is_on_its_way_is_deleted_when_there(lite: World) -> None:
    arrived, go = asyncio.Event(), asyncio.Event()

    async def judge(call: Outgoing) -> None:
        if call.op == "send" and call.chat == ROOMS[0]:
            arrived.set()
            await go.wait()
        if call.op == "send" and call.chat == ROOMS[1]:
            raise NotSentError("later", 3600)

    network = Network(judge=judge)
    async with lite.bot(news(("daj", PUBLISH), ("cofnij", [Refresh(CARD), Retract(CARD)])), network=network) as bot:
        network.push(say("daj"))
        await arrived.wait()
        await bot.until(lambda: lite.rows("state", "outbox", "seq")[1:] == [("pending",), ("sent",)])
        network.push(say("cofnij"))
        await network.taken()
        go.set()
        await bot.settle()
    assert ops(network, ROOMS[0]) == ["send", "delete"]
    assert ops(network, ROOMS[1]) == []
    assert ops(network, ROOMS[2]) == ["send", "delete"]
    assert lite.rows("why", "outbox", "seq")[1] == ("withdrawn",)


async def test_a_send_that_would_be_tried_again_is_not_once_it_is_taken_back(lite: World) -> None:
    arrived, go = asyncio.Event(), asyncio.Event()

    async def judge(call: Outgoing) -> None:
        arrived.set()
        await go.wait()
        raise NotSentError("later", 0)

    network = Network(judge=judge)
    async with lite.bot(news(("daj", PUBLISH[:1]), ("cofnij", [Retract(CARD)])), network=network) as bot:
        network.push(say("daj"))
        await arrived.wait()
        network.push(say("cofnij"))
        await network.taken()
        go.set()
        await bot.settle()
    assert len(network.calls) == 1
    assert lite.rows("state, why", "outbox") == [("cancelled", "withdrawn")]


async def test_where_it_is_deleted_no_more_the_copy_says_that_it_is_withdrawn(lite: World) -> None:
    refused = lambda call: _raise(UndeliverableError("message can't be deleted")) if call.op == "delete" else None  # noqa: E731
    network = Network(judge=refused)
    async with lite.bot(news(("daj", PUBLISH), ("cofnij", [Retract(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
        await bot.tell(say("cofnij"))
    assert [(one.outgoing.op, one.text, one.outgoing.choices) for one in network.delivered[3:]] == [
        ("edit", "Ta wiadomość została wycofana.", ())
    ] * 3
    assert lite.rows("state, why", "outbox WHERE op = 'delete'") == [("sent", "refused")] * 3


async def test_a_copy_in_a_chat_that_is_gone_fails_and_says_so(lite: World) -> None:
    network = Network()
    async with lite.bot(news(("daj", PUBLISH), ("cofnij", [Retract(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
        network.gone.add(ROOMS[1])
        await bot.tell(say("cofnij"))
    assert sorted(lite.rows("chat_id, state, why", "outbox WHERE op = 'delete'")) == [
        ("room0", "sent", None),
        ("room1", "failed", "gone"),
        ("room2", "sent", None),
    ]


@pytest.mark.parametrize("idempotent", [True, False])
async def test_a_card_is_pinned_behind_its_own_sending(world: World, idempotent: bool) -> None:
    network = Network()
    network.capabilities = _but(network, idempotent)
    async with world.bot(news(("daj", [*PUBLISH, Pin(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
    for room in ROOMS:
        [sent, pinned] = [one for one in network.delivered if one.outgoing.chat == room]
        assert (sent.outgoing.op, pinned.outgoing.op) == ("send", "pin")
        assert pinned.message_id == sent.message_id


async def test_no_pin_without_the_right_and_nobody_hears_of_it(lite: World) -> None:
    network = Network(may_pin=False)
    async with lite.bot(news(("daj", PUBLISH[:1]), ("przypnij", [Pin(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
        await bot.tell(say("przypnij"))
    assert ops(network) == ["send"]
    assert lite.rows("op, state, why", "outbox", "seq") == [("send", "sent", None), ("pin", "failed", "refused")]


async def test_what_never_arrived_is_not_pinned(lite: World) -> None:
    network = Network(judge=lambda call: _raise(UndeliverableError("no")) if call.op == "send" else None)
    async with lite.bot(news(("daj", [*PUBLISH[:1], Pin(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
    assert [call.op for call in network.calls] == ["send"]
    assert lite.rows("state, why", "outbox", "seq") == [("failed", "refused"), ("cancelled", "nothing")]


async def test_unclear_deletions_are_tried_again(lite: World) -> None:
    errors: list[Exception] = [UnclearError("reset")]
    network = Network(judge=lambda call: _raise(errors.pop()) if call.op == "delete" and errors else None)
    network.capabilities = _but(network, False)
    async with lite.bot(news(("daj", PUBLISH[:1]), ("cofnij", [Retract(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
        await bot.tell(say("cofnij"))
        await bot.until(lambda: ops(network) == ["send", "delete"])
    assert DIRECT not in {one.outgoing.chat for one in network.delivered}


def _but(network: Network, idempotent: bool):  # type: ignore[no-untyped-def]
    return replace(network.capabilities, idempotent_send=idempotent)


def _raise(error: Exception) -> None:
    raise error
