"""Slow work: done outside the transaction, its result handled once, whatever crashes."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.core.context import Context
from bot.core.events import WorkDone
from bot.core.files import FileRef
from bot.core.intents import Do, Intent, Reply
from bot.core.routing import Router
from bot.engine import work
from bot.engine.work import Job, Tools, WorkError
from bot.platforms.port import NotSentError
from storage import Store
from tests.engine.world import DIRECT, Network, World, body, echo, say


def asks(*orders: Do, seen: list[WorkDone] | None = None) -> Router[Store]:
    """Every message asks for work; each result is told."""
    router = echo(lambda message, _ctx: list(orders) or [Do("count", f"count:{message.text}", {"words": message.text})])

    @router.work("count")
    def counted(event: WorkDone, _ctx: Context[Store]) -> Sequence[Intent]:
        if seen is not None:
            seen.append(event)
        return [Reply(body(f"{event.id} {event.payload or event.error}"), DIRECT, "pl")]

    return router


async def count(payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
    return {"letters": len(payload["words"])}


async def test_the_result_comes_back_once(world: World) -> None:
    network = Network()
    async with world.bot(asks(), network=network, jobs={"count": Job(count)}) as bot:
        await bot.tell(say("raz"), say("dwanaście"))
    assert sorted(network.texts) == ["count:dwanaście {'letters': 9}", "count:raz {'letters': 3}"]
    assert world.rows("key", "work") == []


async def test_others_are_answered_while_work_goes_on(lite: World) -> None:
    go, begun = asyncio.Event(), asyncio.Event()

    async def slow(_payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
        begun.set()
        await go.wait()
        return {"ok": 1}

    router = echo(lambda message, _ctx: [Do("slow", "1")] if message.text == "rób" else [Reply(body("jestem"))])
    router.work("slow")(lambda _event, _ctx: [Reply(body("gotowe"), DIRECT)])
    network = Network()
    async with lite.bot(router, network=network, jobs={"slow": Job(slow)}) as bot:
        network.push(say("rób"))
        await begun.wait()
        network.push(say("halo"))
        await bot.until(lambda: network.texts == ["jestem"])
        go.set()
        await bot.settle()
    assert network.texts == ["jestem", "gotowe"]


async def test_work_asked_for_anew_replaces_the_old(lite: World) -> None:
    seen: list[WorkDone] = []
    first = asyncio.Event()

    async def job(payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
        if payload["words"] == "stare":
            first.set()
            await asyncio.sleep(0.3)
        return payload

    router = echo(lambda message, _ctx: [Do("count", "k", {"words": message.text})])
    router.work("count")(lambda event, _ctx: seen.append(event) or [])  # type: ignore[func-returns-value]
    async with lite.bot(router, jobs={"count": Job(job)}) as bot:
        bot.network.push(say("stare"))
        await first.wait()
        await bot.tell(say("nowe"))
        await asyncio.sleep(0.4)
    assert [event.payload["words"] for event in seen] == ["nowe"]


async def _slow(_payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
    await asyncio.sleep(60)
    return {}


async def _broken(_payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
    raise ZeroDivisionError


async def _refused(_payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
    raise WorkError("too-many-pages")


@pytest.mark.parametrize(
    ("job", "error"),
    [(Job(_slow, 0.05), "timeout"), (Job(_broken), "failed"), (Job(_refused), "too-many-pages")],
)
async def test_what_goes_wrong_is_a_result_too(lite: World, job: Job, error: str) -> None:
    network = Network()
    async with lite.bot(asks(), network=network, jobs={"count": job}) as bot:
        await bot.tell(say("raz"))
    assert network.texts == [f"count:raz {error}"]
    assert lite.rows("key", "work") == []


async def test_work_that_ends_with_the_process_is_done_again_but_not_for_ever(lite: World) -> None:
    begun = 0

    async def dies(_payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
        nonlocal begun
        begun += 1
        await asyncio.sleep(60)
        return {}

    network = Network()
    for run in range(1, 4):
        async with lite.bot(asks(), network=network, jobs={"count": Job(dies)}) as bot:
            if run == 1:
                network.push(say("raz"))
            await bot.until(lambda run=run: begun == run)  # type: ignore[misc]
    assert lite.rows("attempts", "work") == [(0,)], "cut off in good order, it was not tried"
    lite.sql("UPDATE work SET attempts = :tries", tries=work.TRIES)  # As after so many kills.
    async with lite.bot(asks(), network=network, jobs={"count": Job(dies)}) as bot:
        await bot.until(lambda: network.texts == ["count:raz given-up"])
    assert begun == 3


async def test_a_file_is_fetched_and_a_network_that_is_away_is_asked_again(
    lite: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "PAUSES", (0.01, 0.01))
    failures = [NotSentError("away"), NotSentError("away")]

    class Flaky(Network):
        async def fetch(self, file: FileRef, limit: int) -> bytes:
            if failures:
                raise failures.pop()
            return await super().fetch(file, limit)

    async def size(payload: dict[str, Any], tools: Tools) -> dict[str, Any]:
        return {"bytes": len(await tools.fetch(FileRef(**payload), 10))}

    network = Flaky(files={"1": b"1234567", "2": b"12345678901"})
    orders = [Do("count", key, {"name": "a", "platform": platform, "id": key}) for key, platform in
              (("1", "memory"), ("2", "memory"), ("3", "memory"), ("4", "nowhere"))]  # fmt: skip
    async with lite.bot(asks(*orders), network=network, jobs={"count": Job(size)}) as bot:
        await bot.tell(say("raz"))
        await bot.until(lambda: len(network.texts) == 4)
    assert sorted(network.texts) == ["1 {'bytes': 7}", "2 too-large", "3 no-file", "4 no-file"]


async def test_a_network_that_stays_away_is_an_error_at_last(lite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "PAUSES", (0.01, 0.01))
    tried = 0

    async def away(_payload: dict[str, Any], _tools: Tools) -> dict[str, Any]:
        nonlocal tried
        tried += 1
        raise NotSentError("away")

    network = Network()
    async with lite.bot(asks(), network=network, jobs={"count": Job(away)}) as bot:
        await bot.tell(say("raz"))
        await bot.until(lambda: network.texts == ["count:raz away"])
    assert tried == work.TRIES


async def test_a_handler_that_fails_does_not_bring_the_work_back(lite: World) -> None:
    router = echo(lambda _message, _ctx: [Do("count", "k", {"words": "x"})])
    calls = 0

    @router.work("count")
    def fails(_event: WorkDone, _ctx: Context[Store]) -> Sequence[Intent]:
        nonlocal calls
        calls += 1
        raise ZeroDivisionError

    async with lite.bot(router, jobs={"count": Job(count)}) as bot:
        await bot.tell(say("raz"))
    assert calls >= 3
    assert lite.rows("key", "work") == []
    assert len(lite.rows("key", "poison")) == 1


async def test_a_handler_that_fails_asks_for_nothing(lite: World) -> None:
    router = echo(lambda _message, ctx: ctx.store.work.ask(Do("count", "k")) or 1 / 0)  # type: ignore[func-returns-value]
    async with lite.bot(router) as bot:
        await bot.tell(say("raz"))
    assert lite.rows("key", "work") == []


def test_work_that_nobody_does_stops_the_start(lite: World) -> None:
    from bot.app import App

    with pytest.raises(ValueError, match="count"):
        App(lite.settings(), None, [asks()])
