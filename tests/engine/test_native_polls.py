"""A native poll through the whole engine: sent once, answered quietly, ended once; others' polls leave no trace."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.app import App
from bot.config import Database, Settings
from bot.core.chats import ChatKind
from bot.core.events import Deleted, PollEnded, PollResponded
from bot.core.refs import AccountRef, ChatRef
from bot.engine.lock import Locks
from bot.platforms.memory import CAPABILITIES, Delivered
from tests.engine.world import ANNA, ROOM, Network, Running, World, say

_numbers = count(1)
NATIVE = replace(CAPABILITIES, native_polls=True, buttons=False, toasts=False)


class Owned(Settings):
    """The config names owners on real networks alone."""

    def owners(self) -> frozenset[AccountRef]:
        return frozenset({ANNA})


@contextlib.asynccontextmanager
async def product(world: World, network: Network) -> AsyncIterator[Running]:
    """All of the bot's capabilities, until the block ends."""
    app = App(Owned(database=Database(url=world.url)))
    task = asyncio.create_task(app.run([network], Locks()))
    running = Running(world, app, network, task)
    try:
        await running.until(lambda: task.done() or network.last_ok > 0)
        yield running
    finally:
        app.stop()
        await task


def head(sender: str, chat: ChatRef = ROOM) -> dict[str, Any]:
    number = next(_numbers)
    who = AccountRef("memory", sender)
    at = datetime.now(UTC)
    return {
        "key": f"native:{number}",
        "at": at,
        "chat": chat,
        "kind": ChatKind.ROOM,
        "sender": who,
        "id": f"$n{number}",
    }


def polls(network: Network) -> list[Delivered]:
    return [one for one in network.delivered if one.outgoing.poll]


async def test_sent_once_answered_quietly_ended_once(world: World) -> None:
    network = Network(capabilities=NATIVE)
    async with product(world, network) as bot:
        network.push(say("cześć", ChatRef("memory", "ewa"), sender="ewa", direct=True))
        network.push(say("/ankieta Idziemy? | Tak | Nie", ROOM))
        await bot.until(lambda: len(polls(network)) == 1)
        [start] = polls(network)
        form = start.outgoing.poll
        assert form is not None
        assert (form.question, [label for _, label in form.answers]) == ("Idziemy?", ["1. Tak", "2. Nie"])
        assert (start.outgoing.op, form.ended, start.outgoing.choices) == ("send", False, ())
        card = next(one for one in network.delivered if one.text.startswith("Ankieta: ") and one is not start)
        assert network.delivered.index(card) < network.delivered.index(start)
        await bot.app.settle()
        before = len(network.delivered)

        [yes, _] = [id_ for id_, _ in form.answers]
        network.push(PollResponded(**head("jan"), post=start.message_id, answers=(yes,)))
        network.push(PollResponded(**head("ewa"), post=start.message_id, answers=(yes,)))
        await network.taken()
        await bot.app.settle()
        later = network.delivered[before:]
        assert [one.text for one in later if one.outgoing.op == "send"] == [
            "Zapisano: 1. Tak. Można zmienić do zamknięcia."
        ]
        assert next(one for one in later if one.outgoing.op == "send").outgoing.chat.chat_id == "ewa"
        assert "1. Tak: 2" in next(one for one in later if one.outgoing.op == "edit").text

        network.push(say("/wycofaj", ROOM), say("/wyniki", ROOM, reply_to=start.message_id))
        await network.taken()
        await bot.app.settle()
        ends = [one for one in polls(network) if one is not start]
        assert [(one.outgoing.op, one.outgoing.message_id) for one in ends] == [("edit", start.message_id)]
        assert "wycofana" in ends[0].text


async def test_a_network_without_polls_shows_none(world: World) -> None:
    network = Network()
    async with product(world, network) as bot:
        network.push(say("/ankieta Idziemy? | Tak | Nie", ROOM))
        await network.taken()
        await bot.app.settle()
        assert any(one.text.startswith("Ankieta: ") for one in network.delivered)
        assert polls(network) == []
        assert not world.sql("SELECT 1 FROM outbox WHERE card_kind = 'poll-native'")


async def test_what_others_do_in_polls_of_their_own_leaves_no_trace(world: World) -> None:
    network = Network(capabilities=NATIVE)
    async with product(world, network):
        network.push(PollResponded(**head("obcy"), post="$theirs", answers=("a",)))
        network.push(PollEnded(**head("obcy"), post="$theirs"))
        network.push(Deleted(**head("obcy")))
        await network.taken()
        assert world.rows("*", "processed_event") == []
        assert not world.sql("SELECT 1 FROM account WHERE user_id = 'obcy'")
        assert network.delivered == []
