"""Rows that are never sent: too old, not to be rendered, or taken by a bot that was about to end."""

import asyncio
import contextlib
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.engine.clock import VirtualClock
from bot.engine.delivery import Delivery, Ride
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import NotSentError
from storage.engine import Session
from storage.writer import Writer
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
    real = Writer.run

    async def slow(self: Writer, job: Any) -> Any:
        result = await real(self, job)
        if isinstance(ride := getattr(job, "__self__", None), Ride) and ride.items:
            taking.set()
            await asyncio.sleep(0.3)
        return result

    monkeypatch.setattr(Writer, "run", slow)
    # It takes them in a transaction of its own.
    monkeypatch.setattr(Delivery, "riding", lambda _self: contextlib.nullcontext())
    monkeypatch.setattr("bot.app.DRAIN_SECONDS", 0.0)
    async with lite.bot(network=network):
        network.push(say("raz"))
        await asyncio.wait_for(taking.wait(), 10)
    assert network.texts == []
    assert lite.states() == ["pending"]


async def test_rows_taken_with_the_events_that_brought_them_go_out_when_the_bot_ends(
    lite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading is over while its last transaction is under way: what that one took is sent."""
    committing, network = asyncio.Event(), Network(capabilities=ONCE_ONLY)
    real = Ride.do

    def slow(self: Ride, session: Session) -> None:
        real(self, session)
        if self.items:
            loop.call_soon_threadsafe(committing.set)
            time.sleep(0.3)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(Ride, "do", slow)
    async with lite.bot(network=network):
        network.push(say("raz"))
        await asyncio.wait_for(committing.wait(), 10)
    assert network.texts == ["raz"]
    assert lite.states() == ["sent"]


async def test_rows_are_not_taken_by_a_transaction_that_fails(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database was away at the commit: the batch is handed in again, and its answer is there once."""
    network, failed = Network(capabilities=ONCE_ONLY), []
    real = Ride.do

    def away(self: Ride, session: Session) -> None:
        real(self, session)
        if self.items and not failed:
            failed.append(self)
            raise OperationalError("COMMIT", {}, Exception("disk is full"))

    monkeypatch.setattr(Ride, "do", away)
    async with lite.bot(network=network) as bot:
        await bot.tell(say("raz"))
    assert failed
    assert network.texts == ["raz"]
    assert lite.states() == ["sent"]
