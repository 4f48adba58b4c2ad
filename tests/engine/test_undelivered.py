"""Who sent a direct message about something is told, once, when it will never arrive."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.chats import ChatKind
from bot.core.content import Body
from bot.core.context import Context
from bot.core.events import DeliveryFailed, Left, Message
from bot.core.intents import Direct, Intent, Reply
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.routing import Router
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import NotSentError, Outgoing, UnclearError, UndeliverableError
from storage import Store
from tests.engine.world import NOW, ROOM, Network, World, body, say

NEWS = CardRef("news", "7:a")
ONCE_ONLY = replace(CAPABILITIES, idempotent_send=False)


class Newsroom:
    """A room's message goes to everybody named in it; what comes back is written into the room."""

    def __init__(self) -> None:
        self.failed: list[DeliveryFailed] = []
        self.trouble = 0
        self.router: Router[Store] = Router()
        self.router.text(500)(self.send)
        self.router.failure("news")(self.told)

    def send(self, message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        if message.chat != ROOM:
            return []
        people = [ctx.store.people.of(AccountRef("memory", name)).id for name in message.text.split()]
        return [Direct(person, body("news"), NEWS) for person in people]

    def told(self, event: DeliveryFailed, _ctx: Context[Store]) -> Sequence[Intent]:
        if self.trouble:
            self.trouble -= 1
            raise ValueError("a mistake")
        self.failed.append(event)
        return [Reply(Body(body("failed").blocks), chat=ROOM)]


def refuse(error: Exception, *names: str):  # type: ignore[no-untyped-def]
    """These can't be written to."""

    def judge(outgoing: Outgoing) -> None:
        if outgoing.account_id in names or outgoing.chat.chat_id in names:
            raise error

    return judge


@pytest.mark.parametrize("gone", [True, False])
async def test_each_failure_is_told_once(world: World, gone: bool) -> None:
    newsroom = Newsroom()
    network = Network(judge=refuse(UndeliverableError("blocked", chat_gone=gone), "jan", "ewa"))
    async with world.bot(newsroom.router, network=network) as bot:
        await bot.tell(say("anna jan ewa", ROOM, addressed=True))
        assert [(event.ref, event.reason) for event in newsroom.failed] == [(NEWS, "blocked")] * 2
        assert len({event.key for event in newsroom.failed}) == 2
        assert sorted(network.texts) == ["failed", "failed", "news"]
    async with world.bot(newsroom.router) as bot:
        await bot.settle()
    assert len(newsroom.failed) == 2
    assert [key for key, _ in world.rows("key, name", "due")] == ["housekeeping"]


async def test_what_waits_for_a_chat_that_is_gone_is_told(world: World) -> None:
    newsroom = Newsroom()
    jan = ChatRef("memory", "jan")
    network = Network(capabilities=ONCE_ONLY, judge=refuse(NotSentError("slow down", 3600), "jan"))
    async with world.bot(newsroom.router, network=network) as bot:
        await bot.tell(say("hej", jan, sender="jan", direct=True))
        await bot.tell(say("jan jan", ROOM, addressed=True))
        assert newsroom.failed == []
        await bot.tell(Left(key="left", at=NOW, chat=jan, kind=ChatKind.DIRECT, sender=None))
    assert [event.reason for event in newsroom.failed] == ["the bot is not in the chat"] * 2


async def test_what_may_have_arrived_is_no_failure(world: World) -> None:
    newsroom = Newsroom()
    network = Network(capabilities=ONCE_ONLY, judge=refuse(UnclearError("reset"), "jan"))
    async with world.bot(newsroom.router, network=network) as bot:
        await bot.tell(say("jan", ROOM, addressed=True))
    assert world.states() == ["uncertain"]
    assert newsroom.failed == []


async def test_a_person_without_an_account_is_one_too(world: World) -> None:
    newsroom = Newsroom()

    def send(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        return [Direct("nobody", body("news"), NEWS), Direct("nobody", body("news"))]

    newsroom.send = send  # type: ignore[method-assign]
    newsroom.router.texts = [(500, send)]
    async with world.bot(newsroom.router) as bot:
        await bot.tell(say("?", ROOM, addressed=True))
        await bot.settle()
    assert [event.ref for event in newsroom.failed] == [NEWS]


@pytest.mark.parametrize(("trouble", "told"), [(2, 1), (9, 0)])
async def test_a_handler_that_fails_is_tried_again_and_set_aside_at_last(world: World, trouble: int, told: int) -> None:
    newsroom = Newsroom()
    newsroom.trouble = trouble
    network = Network(judge=refuse(UndeliverableError("blocked"), "jan"))
    async with world.bot(newsroom.router, network=network) as bot:
        await bot.tell(say("jan", ROOM, addressed=True))
    assert len(newsroom.failed) == told
    assert [key for key, _ in world.rows("key, name", "due")] == ["housekeeping"]
