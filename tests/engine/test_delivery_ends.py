"""Rows that are never sent: too old, not to be rendered, or taken by a bot that was about to end."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.clock import VirtualClock
from bot.engine.delivery import Delivery
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import NotSentError
from tests.engine.test_delivery import failing
from tests.engine.world import NOW, Network, World, echo, press, say

ONCE_ONLY = replace(CAPABILITIES, idempotent_send=False)


async def test_an_answer_to_a_press_expires(lite: World) -> None:
    router = echo()
    router.press("quiet")(lambda _event, _ctx: [])
    clock = VirtualClock(NOW)
    network = Network(judge=failing(NotSentError("down", 70)))
    async with lite.bot(router, network=network, clock=clock) as bot:
        await bot.tell(
            press(
                "1",
                action="quiet",
                press_id="p1",
            )
        )
        await bot.app.move(NOW + timedelta(seconds=71))
        assert network.delivered == []
    assert lite.states() == ["expired"]


async def test_a_row_that_can_not_be_rendered_stops_no_other(lite: World) -> None:
    async with lite.bot() as bot:
        await bot.tell(say("raz"))
        network = bot.network
    lite.sql("UPDATE outbox SET state = 'pending', done_at = NULL, payload = '{\"v\": 99}'")
    async with lite.bot(network=network) as bot:
        await bot.tell(say("dwa"))
        assert network.texts == ["raz", "dwa"]
    assert lite.states() == ["failed", "sent"]


async def test_rows_taken_but_not_sent_when_the_bot_ends_are_put_back(
    lite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended in the middle of taking rows: on a network without ids they would count as sent for ever."""
    taking, network = asyncio.Event(), Network(capabilities=ONCE_ONLY)
    real = Delivery._step

    async def step(self: Delivery) -> bool:
        run = self._writer.run

        async def slow(job):  # type: ignore[no-untyped-def]
            result = await run(job)
            if result:
                taking.set()
                await asyncio.sleep(0.3)
            return result

        with monkeypatch.context() as patch:
            patch.setattr(self._writer, "run", slow)
            return await real(self)

    monkeypatch.setattr(Delivery, "_step", step)
    monkeypatch.setattr("bot.app.DRAIN_SECONDS", 0.0)
    async with lite.bot(network=network):
        network.push(say("raz"))
        await asyncio.wait_for(taking.wait(), 10)
    assert network.texts == []
    assert lite.states() == ["pending"]
