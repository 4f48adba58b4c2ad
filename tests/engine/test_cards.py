"""A card is a projection: however often it changes, a copy is edited once, and shows the state at that moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core.capabilities import Capabilities
from bot.core.chats import ChatKind
from bot.core.content import Body
from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Intent, Post, Refresh, Reply
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Router
from bot.engine.clock import VirtualClock
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import NotSentError, Outgoing, Sent, UnclearError
from storage import Store
from tests.engine.world import NOW, ROOM, Network, World, body, echo, say

CARD = CardRef("count", "1")


def _counting() -> tuple[Router[Store], dict[str, int]]:
    state = {"n": 0}

    def change(message: Message, _ctx: Context[Store]) -> Sequence[Intent]:
        if message.text == "pokaż":
            return [Post(CARD, message.chat)]
        state["n"] += 1
        return [Refresh(CARD)]

    router = echo(change)

    @router.card("count")
    def show(_store: Store, _id: str) -> Body | None:
        return body(f"n={state['n']}") if state["n"] >= 0 else None

    return router, state


async def test_a_thousand_changes_are_one_edit_a_copy(world: World) -> None:
    router, _ = _counting()
    rooms = [ChatRef("memory", f"room{number}") for number in range(3)]
    network = Network(batch=1000)
    clock = VirtualClock(NOW)
    network.capabilities = _interval(3)
    async with world.bot(router, network=network, clock=clock) as bot:
        await bot.tell(*(say("pokaż", room, addressed=True) for room in rooms))
        assert network.texts == ["n=0"] * 3
        await bot.tell(*(say("zmień") for _ in range(1000)))
        assert world.states().count("pending") == 3
        await bot.app.move(NOW + timedelta(seconds=3))
        edits = [one for one in network.delivered if one.outgoing.op == "edit"]
        assert sorted((one.message_id, one.text) for one in edits) == [(str(n), "> n=1000") for n in (1, 2, 3)]


def _interval(seconds: float) -> Capabilities:
    return replace(CAPABILITIES, edit_interval=seconds)


async def test_changes_one_by_one_keep_the_interval(world: World) -> None:
    router, _ = _counting()
    network, clock = Network(capabilities=_interval(3)), VirtualClock(NOW)
    async with world.bot(router, network=network, clock=clock) as bot:
        await bot.tell(say("pokaż"))
        for second in range(12):
            await bot.app.move(NOW + timedelta(seconds=second))
            await bot.tell(say("zmień"))
        await bot.app.move(NOW + timedelta(seconds=60))
        edits = [one.text for one in network.delivered if one.outgoing.op == "edit"]
        # At 3, 6 and 9 s what had changed by then, and at 12 s the rest.
        assert edits[-1] == "> n=12"
        assert len(edits) == 4


async def test_a_change_while_the_first_copy_is_on_its_way_is_not_missed(world: World) -> None:
    router, _ = _counting()
    sending, may = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        sending.set()
        await may.wait()

    def judge(outgoing: Outgoing):  # type: ignore[no-untyped-def]
        return slow() if outgoing.op == "send" else None

    network = Network(judge=judge)
    async with world.bot(router, network=network) as bot:
        network.push(say("pokaż"))
        await asyncio.wait_for(sending.wait(), 10)
        network.push(say("zmień"))
        await network.taken()
        may.set()
        await bot.settle()
        assert [one.text for one in network.delivered] == ["> n=0", "> n=1"]


async def test_an_edit_that_fails_gives_way_to_a_newer_one(world: World) -> None:
    router, _ = _counting()
    trouble: list[Exception] = []

    def judge(outgoing: Outgoing) -> None:
        if outgoing.op == "edit" and trouble:
            raise trouble.pop()

    network = Network(judge=judge)
    async with world.bot(router, network=network) as bot:
        await bot.tell(say("pokaż"))
        trouble += [NotSentError("429", 0.2), UnclearError("reset")]
        network.push(say("zmień"), say("zmień"))
        await bot.until(lambda: not trouble)
        network.push(say("zmień"))
        await bot.until(lambda: [one.text for one in network.delivered][-1] == "> n=3")
        await bot.settle()
    assert "pending" not in world.states()
    assert world.rows("count(*)", "outbox WHERE done_at IS NULL") == [(0,)]


async def test_a_network_that_gives_edits_ids_of_their_own_makes_no_second_copy(world: World) -> None:
    router, _ = _counting()

    def judge(outgoing: Outgoing) -> Sent | None:
        return Sent("edit-event") if outgoing.op == "edit" else None

    network = Network(judge=judge)
    async with world.bot(router, network=network) as bot:
        await bot.tell(say("pokaż"))
        for _ in range(3):
            await bot.tell(say("zmień"))
        assert [call.message_id for call in network.calls if call.op == "edit"] == ["1"] * 3
    assert world.rows("message_id", "post") == [("1",)]


async def test_a_card_that_is_no_more_is_not_sent(lite: World) -> None:
    router, state = _counting()
    state["n"] = -1
    async with lite.bot(router) as bot:
        await bot.tell(say("pokaż"))
        assert bot.network.calls == []
    assert lite.states() == ["cancelled"]


async def test_a_card_in_a_room_is_an_answer_there(lite: World) -> None:
    router, _ = _counting()
    async with lite.bot(router) as bot:
        asked = say("pokaż", ROOM, addressed=True)
        await bot.tell(asked)
        [one] = bot.network.delivered
        assert (one.outgoing.chat, one.outgoing.reply_to) == (ROOM, asked.id)
        assert asked.kind is ChatKind.ROOM


async def test_a_long_text_goes_on_at_the_part_that_failed(world: World) -> None:
    words = " ".join(f"słowo{number}" for number in range(1500))
    router = echo(lambda message, _: [Reply(body(words)), Reply(body("koniec"))])
    attempts: list[str] = []

    def judge(outgoing: Outgoing) -> None:
        attempts.append(outgoing.id)
        if len(attempts) == 3:
            raise NotSentError("429", 0.1)

    network = Network(judge=judge)
    async with world.bot(router, network=network) as bot:
        network.push(say("raz", ROOM, addressed=True))
        await bot.until(lambda: "koniec" in network.texts)
        assert " ".join(text.replace("\n> ", " ").strip() for text in network.texts[:-1]) == words
        assert attempts[3] == attempts[2]
        assert len(set(attempts)) == len(attempts) - 1
        # Each part is known as the bot's own, so that a reply to any of them is for it.
        await bot.settle()
        assert len(world.rows("message_id", "post")) == len(network.texts)
        assert [one.outgoing.reply_to is None for one in network.delivered[: len(network.texts) - 1]].count(False) == 1
