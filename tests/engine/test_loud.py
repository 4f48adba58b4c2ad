"""A card that rings for everybody: asked of the network once, and its refusal is kept with the row."""

from collections.abc import Sequence

import pytest

from bot.core.content import Body, Quoted
from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Intent, Post, Refresh
from bot.core.refs import CardRef
from bot.core.routing import Router
from bot.platforms.port import Outgoing, Sent
from storage import Store
from tests.engine.world import ROOM, Network, World, say

CARD = CardRef("notice", "1")


def notice() -> Router[Store]:
    """Shows a loud card, or another of its words."""
    routes: Router[Store] = Router()
    words = ["jeden"]

    @routes.text(500)
    def show(message: Message, _ctx: Context[Store]) -> Sequence[Intent]:
        words[0] = message.text
        return [Post(CARD, ROOM)] if message.text == "jeden" else [Refresh(CARD)]

    @routes.card("notice")
    def card(_store: Store, _id: str) -> Body:
        return Body((Quoted(words[0]),), loud=True)

    return routes


@pytest.mark.parametrize("muted", [True, False])
async def test_the_refusal_to_ring_is_kept_and_a_change_never_rings(world: World, muted: bool) -> None:
    def judge(outgoing: Outgoing) -> Sent | None:
        return Sent("post-1", muted=True) if muted and outgoing.loud else None

    network = Network(judge=judge)
    async with world.bot(notice(), network=network) as bot:
        await bot.tell(say("jeden"))
        await bot.tell(say("dwa"))
    calls = [(call.op, call.loud) for call in network.calls if call.chat == ROOM]
    assert calls == [("send", True), ("edit", False)]
    assert world.rows("op, state, why", "outbox", "seq")[:2] == [
        ("send", "sent", "refused" if muted else None),
        ("edit", "sent", None),
    ]
