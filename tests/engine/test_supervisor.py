"""A network that can't be reached, makes mistakes or goes deaf is tried again; in the end the process ends."""

import asyncio
import time

import pytest

from bot.engine import supervisor
from bot.platforms.port import FatalError, Inbox, NotSentError
from tests.engine.world import Network, World, say


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_backoff", lambda _failures: 0.05)


class Deaf(Network):
    """Hears nothing until it was rebuilt `cure` times."""

    resets = 0
    cure = 1

    async def receive(self, inbox: Inbox) -> None:
        while self.resets < self.cure:
            await asyncio.sleep(0.01)
        self.last_ok = time.monotonic()
        beat = asyncio.create_task(self._beat())
        try:
            await super().receive(inbox)
        finally:
            beat.cancel()

    async def _beat(self) -> None:
        while True:
            self.last_ok = time.monotonic()
            await asyncio.sleep(0.02)

    async def reset(self) -> None:
        self.resets += 1
        if self.resets == 1:
            raise NotSentError("still no network")


class NoInbox:
    """For a client that hears nothing."""

    async def cursor(self) -> None:
        return None


async def test_a_client_that_went_deaf_is_rebuilt_and_hears_again(lite: World) -> None:
    network = Deaf(patience=0.5)
    network.cure = 2
    async with lite.bot(network=network) as bot:
        network.push(say("raz"))
        await bot.until(lambda: network.texts == ["raz"])
        assert network.resets == 2
        await asyncio.sleep(0.8)
        assert network.resets == 2


async def test_a_client_that_stays_deaf_ends_the_process(lite: World) -> None:
    network = Deaf(patience=0.1)
    network.cure = 99

    async def run() -> None:
        async with lite.bot(network=network) as bot:
            await bot.until(bot.task.done)

    with pytest.raises(FatalError, match="memory: silent for long and 3 new connections did not help"):
        await run()
    assert network.resets == supervisor.REBUILDS


async def test_while_another_network_is_heard_a_deaf_one_does_not_end_the_process() -> None:
    deaf, lively = Deaf(patience=0.1), Network(patience=60)
    deaf.cure = 99
    lively.last_ok = time.monotonic()
    task = asyncio.create_task(supervisor.supervise(deaf, NoInbox(), [lively]))
    async with asyncio.timeout(10):
        while deaf.resets <= supervisor.REBUILDS + 1:
            await asyncio.sleep(0.02)
    assert not task.done()
    lively.last_ok = time.monotonic() - 61
    async with asyncio.timeout(10):
        with pytest.raises(FatalError, match="silent for long"):
            await task


@pytest.mark.parametrize("trouble", [RuntimeError("mistake"), None], ids=["raises", "returns"])
async def test_reading_that_stops_is_started_anew_and_not_in_a_hot_loop(lite: World, trouble: Exception | None) -> None:
    class Shaky(Network):
        starts = 0

        async def receive(self, inbox: Inbox) -> None:
            self.starts += 1
            if self.starts <= 3:
                if trouble:
                    raise trouble
                return
            await super().receive(inbox)

    network = Shaky()
    async with lite.bot(network=network) as bot:
        network.push(say("raz"))
        started = time.monotonic()
        await bot.until(lambda: network.texts == ["raz"])
        assert network.starts == 4
        assert time.monotonic() - started > 0.1


async def test_a_network_that_is_away_at_the_start_is_waited_for(lite: World) -> None:
    class Away(Network):
        tries = 0

        async def start(self) -> None:
            self.tries += 1
            if self.tries < 3:
                raise NotSentError("refused", 0.05 if self.tries == 1 else None)
            await super().start()

    network = Away()
    async with lite.bot(network=network) as bot:
        await bot.tell(say("raz"))
        assert (network.texts, network.tries) == (["raz"], 3)


async def test_a_network_that_refuses_the_bot_ends_the_process_and_the_others_in_good_order(lite: World) -> None:
    answered = asyncio.Event()

    class Refused(Network):
        async def receive(self, inbox: Inbox) -> None:
            await answered.wait()
            raise FatalError("The token is wrong. Make a new one.")

    closed: list[str] = []

    class Other(Network):
        async def close(self) -> None:
            closed.append(self.name)

    async def run() -> None:
        async with lite.bot(network=Other(), others=[Refused(name="other")]) as bot:
            await bot.tell(say("raz"))
            answered.set()
            await bot.until(bot.task.done)

    with pytest.raises(FatalError, match="token is wrong"):
        await run()
    assert closed == ["memory"]
    assert lite.states() == ["sent"]
