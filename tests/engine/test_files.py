"""Files wait with their rows: committed with them, gone when the last is done, whatever happened meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.core.context import Context
from bot.core.events import DeliveryFailed, Left, Message
from bot.core.files import LARGEST, File
from bot.core.intents import Intent, Reply, SendFile
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Router
from bot.platforms.port import NotSentError, Outgoing, UnclearError, UndeliverableError
from storage import Store
from storage.engine import open_engine
from tests.engine.world import DIRECT, NOW, ROOM, Network, World, body, echo, say

PLAN = File("plan.pdf", "application/pdf", b"%PDF plan")
BEFORE = dict.fromkeys(("keys_before", "parked_before", "outbox_before", "rest_before"), NOW - timedelta(days=9))
ROOMS = [ChatRef("memory", f"room{number}") for number in range(5)]


def sends(*files: SendFile) -> Router[Store]:
    return echo(lambda _message, _ctx: list(files))


def with_store(world: World, change: Callable[[Store], object]) -> None:
    engine = open_engine(world.url)
    with Session(engine.execution_options(write=True)) as session:
        store = Store(session, NOW)
        change(store)
        store.flush()
        session.commit()
    engine.dispose()


def blobs(world: World) -> int:
    return len(world.rows("id", "blob"))


async def test_it_is_kept_until_it_is_sent_and_no_longer(world: World) -> None:
    seen: list[int] = []
    network = Network(judge=lambda _call: seen.append(blobs(world)))
    async with world.bot(sends(SendFile(PLAN, body("plan"))), network=network) as bot:
        await bot.tell(say("daj"))
    assert [(one.outgoing.file, one.text) for one in network.delivered] == [(PLAN, "> plan")]
    assert seen == [1]
    assert blobs(world) == 0


async def test_one_file_for_many_rooms_is_kept_once(lite: World) -> None:
    held = Network(judge=lambda _call: _raise(NotSentError("later", 3600)))
    async with lite.bot(sends(*(SendFile(PLAN, chat=room) for room in ROOMS)), network=held) as bot:
        await bot.tell(say("daj"))
    assert blobs(lite) == 1
    lite.sql("UPDATE outbox SET not_before = :now", now="2020-01-01 00:00:00.000000")
    network = Network()
    async with lite.bot(network=network) as bot:
        await bot.settle()
    assert {one.outgoing.chat for one in network.delivered} == set(ROOMS)
    assert {one.outgoing.file for one in network.delivered} == {PLAN}
    assert blobs(lite) == 0


@pytest.mark.parametrize(
    ("error", "state", "why"),
    [
        (UnclearError("reset"), "uncertain", None),
        (UndeliverableError("413", too_large=True), "failed", "too-large"),
        (UndeliverableError("no documents here"), "failed", "refused"),
        (UndeliverableError("out", chat_gone=True), "failed", "gone"),
        (ZeroDivisionError(), "failed", "mistake"),
    ],
)
async def test_whatever_becomes_of_it_the_row_says_and_the_file_goes(
    lite: World, error: Exception, state: str, why: str | None
) -> None:
    network = Network(judge=lambda _call: _raise(error))
    network.capabilities = replace(network.capabilities, idempotent_send=False)
    async with lite.bot(sends(SendFile(PLAN)), network=network) as bot:
        await bot.tell(say("daj"))
    assert lite.rows("state, why", "outbox") == [(state, why)]
    assert blobs(lite) == 0


async def test_a_chat_that_is_gone_keeps_no_file(lite: World) -> None:
    held = Network(judge=lambda _call: _raise(NotSentError("later", 3600)))
    async with lite.bot(sends(SendFile(PLAN, chat=ROOM)), network=held) as bot:
        await bot.tell(say("daj"))
        left = Left(key="memory:left", at=NOW, chat=ROOM, kind=say("x", ROOM).kind, sender=None)
        await bot.tell(left)
    assert lite.rows("state, why", "outbox") == [("cancelled", "gone")]
    with_store(lite, lambda store: store.forget_done(**BEFORE, limit=10))
    assert blobs(lite) == 0


async def test_a_handler_that_fails_keeps_no_file(lite: World) -> None:
    def fail(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        ctx.store.files.keep(PLAN)
        raise RuntimeError

    async with lite.bot(echo(fail)) as bot:
        await bot.tell(say("daj"))
    assert blobs(lite) == 0


async def test_a_person_gets_it_and_who_asked_is_told_when_not(lite: World) -> None:
    told: list[DeliveryFailed] = []
    router = echo(lambda _message, ctx: [SendFile(PLAN, person_id=ctx.person.id, ref=CardRef("dane", "7"))])  # type: ignore[union-attr]

    @router.failure("dane")
    def failed(event: DeliveryFailed, _ctx: Context[Store]) -> Sequence[Intent]:
        told.append(event)
        return [Reply(body("nie doszło"), ROOM)]

    network = Network(judge=lambda call: _raise(UndeliverableError("blocked")) if call.file else None)
    async with lite.bot(router, network=network) as bot:
        await bot.tell(say("daj"))
        assert [event.ref for event in told] == [CardRef("dane", "7")]
        network.judge = None
        await bot.tell(say("daj"))
    assert [(one.outgoing.chat, one.outgoing.file) for one in network.delivered] == [(ROOM, None), (DIRECT, PLAN)]


async def test_a_caption_too_long_follows_the_file_and_a_failure_between_repeats_neither(lite: World) -> None:
    words = " ".join(["słowo"] * 400)
    fails = [NotSentError("later", 0)]

    def judge(call: Outgoing) -> None:
        if not call.file and fails:
            raise fails.pop()

    network = Network(judge=judge)
    async with lite.bot(sends(SendFile(PLAN, body(words))), network=network) as bot:
        await bot.tell(say("daj"))
        await bot.until(lambda: len(network.delivered) == 2)
    assert [(one.outgoing.file, one.text) for one in network.delivered] == [(PLAN, ""), (None, f"> {words}")]


async def test_what_is_made_when_it_is_sent_may_be_nothing_any_more(lite: World) -> None:
    router = sends(SendFile(CardRef("ics", "1")), SendFile(CardRef("ics", "2")))

    @router.file("ics")
    def render(_store: Store, id_: str, lang: str) -> File | None:
        return File(f"{id_}.{lang}.ics", "text/calendar", b"BEGIN") if id_ == "2" else None

    network = Network()
    async with lite.bot(router, network=network) as bot:
        await bot.tell(say("daj"))
    assert [one.outgoing.file and one.outgoing.file.name for one in network.delivered] == ["2.pl.ics"]
    assert lite.rows("state, why", "outbox") == [("cancelled", "nothing"), ("sent", None)]


def test_a_file_too_large_and_a_type_that_is_none_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="bytes"):
        File("a", "text/plain", bytes(LARGEST + 1))
    with pytest.raises(ValueError, match="media type"):
        File("a", "text/plain\r\nX: y", b"")


def _raise(error: Exception) -> None:
    raise error
