"""Timers fire once, in order, each at its own time; an outage makes them late, never silent."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.context import Context
from bot.core.events import Message, TimerFired
from bot.core.intents import At, Cancel, Intent, Reply
from bot.core.routing import Router
from bot.engine.clock import VirtualClock
from bot.engine.clockwork import CHUNK, Clockwork
from storage import Store
from tests.engine.world import DIRECT, NOW, World, body, echo, say


def _timers() -> tuple[Router[Store], list[tuple[str, datetime, datetime]]]:
    """A text "5 a" sets a timer `a` in five minutes, "-a" cancels it."""
    fired: list[tuple[str, datetime, datetime]] = []

    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        intents: list[Intent] = []
        for words in message.text.split(","):
            if words.startswith("-"):
                intents.append(Cancel(words[1:]))
            else:
                minutes, key = words.split()
                intents.append(At(ctx.now + timedelta(minutes=float(minutes)), "ring", key, {"key": key}))
        return intents

    router = echo(change)

    @router.timer("ring")
    def ring(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
        key = event.payload["key"]
        fired.append((key, event.due, ctx.now))
        intents: list[Intent] = [Reply(body(key), chat=DIRECT)]
        if key == "again":
            intents.append(At(ctx.now + timedelta(minutes=10), "ring", "again", {"key": "again"}))
        if key == "kills":
            intents.append(Cancel("victim"))
        if key == "moves":
            intents.append(At(ctx.now + timedelta(minutes=1), "ring", "victim", {"key": "victim"}))
        if key == "fails":
            raise RuntimeError
        return intents

    return router, fired


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


async def test_timers_fire_in_order_each_at_its_own_time(world: World) -> None:
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("30 c,10 a,20 b,90 d"))
        await bot.app.move(minutes(60))
        assert fired == [(key, minutes(at), minutes(at)) for key, at in (("a", 10), ("b", 20), ("c", 30))]
        assert bot.network.texts == ["a", "b", "c"]
        await bot.app.move(minutes(60))
        assert len(fired) == 3


async def test_a_timer_that_sets_itself_again_keeps_ringing(world: World) -> None:
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("10 again"))
        await bot.app.move(minutes(45))
        assert [at for _, _, at in fired] == [minutes(10), minutes(20), minutes(30), minutes(40)]


async def test_a_timer_with_the_same_key_is_replaced_and_a_cancelled_one_is_silent(world: World) -> None:
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("10 a,10 b"))
        await bot.tell(say("20 a,-b"))
        await bot.app.move(minutes(30))
        assert fired == [("a", minutes(20), minutes(20))]


@pytest.mark.parametrize(("first", "rings"), [("kills", []), ("moves", [11.0])])
async def test_a_timer_cancelled_by_one_that_fires_with_it_does_not_fire(
    world: World, first: str, rings: list[float]
) -> None:
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say(f"10 {first},10 victim"))
        await bot.app.move(minutes(15))
        assert [at for key, _, at in fired if key == "victim"] == [minutes(at) for at in rings]


async def test_a_timer_missed_in_an_outage_fires_late_and_knows_it(world: World) -> None:
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("10 a,20 b"))
    async with world.bot(router, clock=VirtualClock(minutes(120))) as bot:
        await bot.settle()
    assert fired == [("a", minutes(10), minutes(120)), ("b", minutes(20), minutes(120))]


async def test_a_timer_fires_once_however_often_the_clock_ticks_at_once(world: World) -> None:
    router, fired = _timers()
    clock = VirtualClock(NOW)
    async with world.bot(router, clock=clock) as bot:
        await bot.tell(say(",".join(f"1 key{number:03}" for number in range(CHUNK + 50))))
        clock.move(minutes(2))
        clockwork = bot.app._clockwork
        assert clockwork is not None
        await asyncio.gather(*(clockwork.tick() for _ in range(5)))
        await bot.settle()
        assert len(fired) == len({key for key, _, _ in fired}) == CHUNK + 50


async def test_a_timer_of_a_batch_that_was_not_committed_fires_after_a_restart(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot ends between the commit that set the timer and its firing, and once more between taking and handling."""
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("10 a"))

    async def taken_and_dead(self: Clockwork) -> None:
        return None

    with monkeypatch.context() as patch:
        patch.setattr(Clockwork, "tick", taken_and_dead)
        async with world.bot(router, clock=VirtualClock(minutes(15))) as bot:
            await bot.settle()
        assert fired == []
    async with world.bot(router, clock=VirtualClock(minutes(15))) as bot:
        await bot.settle()
        assert [key for key, _, _ in fired] == ["a"]
    async with world.bot(router, clock=VirtualClock(minutes(15))) as bot:
        await bot.settle()
        assert [key for key, _, _ in fired] == ["a"]


async def test_a_timer_whose_handler_fails_is_set_aside_and_holds_up_no_other(world: World) -> None:
    router, fired = _timers()
    async with world.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("10 fails,10 z"))
        await bot.app.move(minutes(20))
        assert bot.network.texts == ["z"]
        assert [key for key, _, _ in fired].count("z") <= 2
    assert [shape for (shape,) in world.rows("shape", "poison")] == ["TimerFired"]
    assert [key for (key,) in world.rows("key", "due")] == ["housekeeping"]


async def test_in_real_time_a_timer_fires_by_itself(world: World) -> None:
    router, fired = _timers()
    async with world.bot(router) as bot:
        before = datetime.now(UTC)
        await bot.tell(say("0.001 a"))
        await bot.until(lambda: bot.network.texts == ["a"])
        assert (datetime.now(UTC) - before).total_seconds() < 5
    assert len(fired) == 1


async def test_housekeeping_is_set_once_and_comes_again(world: World) -> None:
    for hour in range(3):
        async with world.bot(clock=VirtualClock(NOW + timedelta(hours=hour))) as bot:
            await bot.settle()
            [(key, at)] = world.rows("key, at", "due")
            assert key == "housekeeping"
            assert str(at)[:16].replace("T", " ") == f"{NOW + timedelta(hours=hour + 1):%Y-%m-%d %H:%M}"


async def test_virtual_days_pass_timer_by_timer(lite: World) -> None:
    router, fired = _timers()
    async with lite.bot(router, clock=VirtualClock(NOW)) as bot:
        await bot.tell(say("1440 again"))
        await bot.app.move(NOW + timedelta(days=2))
        assert len(fired) == 1 + 144
