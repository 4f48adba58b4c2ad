"""Receipts that have to wait, since the network asks for pauses, are one message and not one for each vote."""

import pytest

from bot.core.content import text
from bot.core.intents import Acknowledge
from bot.core.refs import ChatRef
from bot.core.routing import Router
from bot.platforms.port import NotSentError, Outgoing
from storage import Store
from tests.engine.world import ANNA, DIRECT, ROOM, Network, World, echo, say

OTHER = ChatRef("memory", "ewa")


@pytest.fixture
def votes() -> Router[Store]:
    """Every text is a vote; who has a direct chat is told there."""
    return echo(
        lambda message, _ctx: [
            Acknowledge(
                text("vote-saved", choice=message.text, until=text("vote-until-closed")),
                aside=True,
                topic="vote:1",
                many="votes-saved",
            )
        ]
    )


class Silence:
    """The network wants nothing to be sent for a while."""

    def __init__(self) -> None:
        self.on = True

    def __call__(self, _outgoing: Outgoing) -> None:
        if self.on:
            raise NotSentError("429", 0.3, everywhere=True)


async def test_of_one_person_the_last_and_of_several_their_number(world: World, votes: Router[Store]) -> None:
    silence = Silence()
    network = Network(judge=silence)
    async with world.bot(votes, network=network) as bot:
        network.push(say("1", OTHER, sender="ewa", direct=True))
        await bot.until(lambda: bool(network.calls))
        for number in range(3):
            network.push(say(str(number), DIRECT))
            await network.taken()
        network.push(say("1", ROOM, sender="jan", addressed=True), say("2", ROOM, sender="jan", addressed=True))
        await network.taken()
        for number in range(4):
            network.push(say("3", ROOM, sender=f"v{number}", addressed=True))
            await network.taken()
        silence.on = False
        await bot.until(lambda: len(network.delivered) >= 3)
        await bot.settle()
        shown = [(one.outgoing.chat.chat_id, one.text) for one in network.delivered]
    assert ANNA.user_id == DIRECT.chat_id
    direct = [words for chat, words in shown if chat == DIRECT.chat_id]
    room = [words for chat, words in shown if chat == ROOM.chat_id]
    assert [words[:11] for words in direct] == ["Zapisano: 2"]
    assert len(room) == 1
    assert "tylu osób: 5" in room[0]
    assert not world.sql("SELECT 1 FROM outbox WHERE payload <> ''")


async def test_where_nothing_waits_everybody_gets_their_own(world: World, votes: Router[Store]) -> None:
    network = Network()
    async with world.bot(votes, network=network) as bot:
        for number in range(3):
            await bot.tell(say(str(number), ROOM, sender=f"v{number}", addressed=True))
    assert [words[:11] for words in network.texts] == ["Zapisano: 0", "Zapisano: 1", "Zapisano: 2"]
