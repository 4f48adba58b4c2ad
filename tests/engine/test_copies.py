"""The report of a broadcast is true for each chat, at any moment."""

import pytest

from bot.core.copies import Copy, State, Why
from bot.core.files import File
from bot.core.intents import Intent, Pin, Post, Retract, SendFile
from bot.core.refs import CardRef, ChatRef
from bot.platforms.port import NotSentError, Outgoing, UnclearError, UndeliverableError
from storage import Store
from storage.engine import Session, open_engine
from tests.engine.test_posted import CARD, _but, news
from tests.engine.world import NOW, Network, World, say

ROOMS = {name: ChatRef("memory", name) for name in ("fine", "kicked", "muted", "unclear", "later", "large")}
ERRORS = {
    "kicked": UndeliverableError("out", chat_gone=True),
    "muted": UndeliverableError("no rights"),
    "unclear": UnclearError("reset"),
    "later": NotSentError("limit", 3600),
}
PUBLISH: list[Intent] = [Post(CARD, room) for room in ROOMS.values()]
FILES: list[Intent] = [SendFile(File("a.pdf", "application/pdf", b"%"), chat=ROOMS["large"], ref=CARD)]


def copies(world: World, card: CardRef = CARD) -> dict[str, Copy]:
    engine = open_engine(world.url)
    with Session(engine) as session:
        found = Store(session, NOW).copies.of(card)
    engine.dispose()
    return {copy.chat.chat_id: copy for copy in found}


def judge(call: Outgoing) -> None:
    if call.op == "send" and (error := ERRORS.get(call.chat.chat_id)):
        raise error
    if call.file:
        raise UndeliverableError("413", too_large=True)


async def test_each_chat_has_its_own_truth_and_a_retry_is_what_counts(world: World) -> None:
    network = Network(judge=judge)
    network.capabilities = _but(network, idempotent=False)
    again: list[Intent] = [Post(CARD, ROOMS["muted"]), Post(CardRef("news", "2"), ROOMS["fine"])]
    async with world.bot(news(("daj", PUBLISH + FILES), ("ponów", again)), network=network) as bot:
        await bot.tell(say("daj"))
        await bot.until(lambda: copies(world)["unclear"].state is State.UNCERTAIN)
        found = copies(world)
        assert {name: (copy.state, copy.why) for name, copy in found.items()} == {
            "fine": (State.SENT, None),
            "kicked": (State.FAILED, Why.GONE),
            "muted": (State.FAILED, Why.REFUSED),
            "unclear": (State.UNCERTAIN, None),
            "later": (State.PENDING, None),
            "large": (State.FAILED, Why.TOO_LARGE),
        }
        assert {name for name, copy in found.items() if not copy.done} == {"later"}
        assert found["fine"].message_id
        assert found["fine"].at
        network.judge = None
        await bot.tell(say("ponów"))
        assert (copies(world)["muted"].state, copies(world)["muted"].why) == (State.SENT, None)
        assert len(copies(world)) == len(ROOMS)


async def test_deletions_and_pins_are_told_apart_by_chat(lite: World) -> None:
    def refuse(call: Outgoing) -> None:
        if call.op == "pin" and call.chat == ROOMS["muted"]:
            raise UndeliverableError("no rights")
        if call.op == "delete" and call.chat == ROOMS["large"]:
            raise UndeliverableError("too old")
        if call.op in ("delete", "edit") and call.chat == ROOMS["kicked"]:
            raise UndeliverableError("out", chat_gone=True)

    network = Network(judge=refuse)
    async with lite.bot(news(("daj", [*PUBLISH, Pin(CARD)]), ("cofnij", [Retract(CARD)])), network=network) as bot:
        await bot.tell(say("daj"))
        assert {name for name, copy in copies(lite).items() if copy.pinned is State.SENT} == set(ROOMS) - {"muted"}
        await bot.tell(say("cofnij"))
        await bot.until(lambda: all(copy.deleted and copy.done for copy in copies(lite).values()))
    found = {name: (copy.deleted, copy.deleted_why) for name, copy in copies(lite).items()}
    assert found == dict.fromkeys(ROOMS, (State.SENT, None)) | {
        "kicked": (State.FAILED, Why.GONE),
        "large": (State.SENT, Why.REFUSED),
    }
    assert {copy.state for copy in copies(lite).values()} == {State.SENT}


async def test_what_was_taken_back_before_it_went_out_says_so(lite: World) -> None:
    network = Network(judge=judge)
    async with lite.bot(
        news(("daj", [Post(CARD, ROOMS["later"])]), ("cofnij", [Retract(CARD)])), network=network
    ) as bot:
        await bot.tell(say("daj"))
        await bot.tell(say("cofnij"))
        await bot.until(lambda: copies(lite)["later"].why is Why.WITHDRAWN)
    assert copies(lite)["later"].state is State.CANCELLED


@pytest.mark.parametrize("aged", [False, True])
async def test_what_was_sent_is_known_when_its_row_is_dropped(lite: World, aged: bool) -> None:
    async with lite.bot(news(("daj", [Post(CARD, ROOMS["fine"])]))) as bot:
        await bot.tell(say("daj"))
    if aged:
        lite.sql("DELETE FROM outbox")
    found = copies(lite)
    assert [(copy.state, copy.message_id) for copy in found.values()] == [(State.SENT, "1")]
    assert copies(lite, CardRef("news", "none")) == {}
