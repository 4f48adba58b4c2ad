"""One who writes without end is answered behind the others, told once, and can't make the bot flood; votes count."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Intent, Reply
from bot.core.people import Person, Role
from bot.core.routing import Names, Router
from bot.engine.flood import FAST, MOST_WAITING, TELL_EVERY, WINDOW, Flood, Manner
from bot.platforms.memory import CAPABILITIES
from bot.platforms.port import Outgoing
from storage import Store
from tests.engine.world import NOW, ROOM, Network, World, body, echo, press, say

SLOW_DOWN = "Za dużo wiadomości"
ANNA, OLGA = Person("anna"), Person("olga", role=Role.MODERATOR)


def guarded(hold: asyncio.Event) -> Network:
    """A network on which anybody can write, and nothing arrives before it is let."""

    async def judge(_outgoing: Outgoing) -> None:
        await hold.wait()

    return Network(capabilities=replace(CAPABILITIES, guarded=True), judge=judge)


def told(network: Network) -> int:
    return sum(SLOW_DOWN in one.text for one in network.delivered)


async def test_who_floods_is_told_once_and_others_are_answered_before_their_rest(world: World) -> None:
    hold = asyncio.Event()
    async with world.bot(network=guarded(hold)) as bot:
        bot.network.push(*(say(f"a{number}", ROOM, addressed=True) for number in range(600)))
        bot.network.push(say("od Jana", ROOM, sender="jan", addressed=True))
        await bot.network.taken()
        hold.set()
        await bot.settle()
        texts = bot.network.texts
    answered = [text for text in texts if text.startswith("a")]
    assert MOST_WAITING <= len(answered) <= MOST_WAITING + FAST + 100  # What is on its way waits no more.
    assert answered == sorted(answered, key=lambda text: int(text[1:]))
    assert told(bot.network) == 1
    assert "od Jana" in texts
    assert texts.index("od Jana") < len(texts) - FAST, "behind Jana's question there is still some of the flood"


async def test_everything_is_answered_while_the_answers_get_out(lite: World) -> None:
    hold = asyncio.Event()
    hold.set()
    async with lite.bot(network=guarded(hold)) as bot:
        for turn in range(8):
            await bot.tell(*(say(f"{turn}-{number}") for number in range(40)))
        assert len(bot.network.texts) == 320
        assert told(bot.network) == 0


async def test_a_network_that_needs_no_guard_has_none(lite: World) -> None:
    hold = asyncio.Event()
    network = guarded(hold)
    network.capabilities = CAPABILITIES
    async with lite.bot(network=network) as bot:
        network.push(*(say(f"a{number}") for number in range(300)))
        await network.taken()
        hold.set()
        await bot.settle()
        assert len(network.texts) == 300


async def test_a_moderator_is_never_told(lite: World) -> None:
    hold = asyncio.Event()
    lite.owners = ["console:olga"]
    async with lite.bot(network=guarded(hold)) as bot:
        await bot.app.settle()
        bot.network.push(say("x", sender="olga"))
        await bot.network.taken()
        lite.sql("INSERT INTO role SELECT person_id, 2, seen_at FROM account WHERE user_id = 'olga'")
        bot.network.push(*(say(f"a{number}", sender="olga") for number in range(300)))
        await bot.network.taken()
        hold.set()
        await bot.settle()
        assert len(bot.network.texts) == 301


async def test_votes_and_presses_count_always_and_are_confirmed_no_more(lite: World) -> None:
    counted: list[str] = []
    router: Router[Store] = Router()

    @router.press("vote")
    def vote(event: Pressed, _ctx: Context[Store]) -> Sequence[Intent]:
        counted.append(event.key)
        return [Acknowledge(Text("language-name-pl"))]

    @router.command("vote", Names("głos", "vote", "голос"), bare=True, counts=True)
    def command(message: Message, _argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
        counted.append(message.key)
        return [Reply(body("głos"))]

    hold = asyncio.Event()
    async with lite.bot(echo(), router, network=guarded(hold)) as bot:
        bot.network.push(*(say(f"a{number}") for number in range(200)))
        await bot.network.taken()
        votes = [say("/glos 2"), press("1", action="vote:1", press_id="p1"), press("1", action="vote:1")]
        bot.network.push(*votes)
        await bot.network.taken()
        hold.set()
        await bot.settle()
        assert counted == [one.key for one in votes]
        assert "głos" not in bot.network.texts
        toasts = [one for one in bot.network.delivered if one.outgoing.op == "ack"]
        assert [one.text for one in toasts] == [""], "the button must not hang"


async def test_what_was_not_answered_is_not_remembered(lite: World) -> None:
    hold = asyncio.Event()
    async with lite.bot(network=guarded(hold)) as bot:
        bot.network.push(*(say(f"a{number}") for number in range(500)))
        await bot.network.taken()
        hold.set()
        await bot.settle()
        answered = [text for text in bot.network.texts if text.startswith("a")]
        assert len(answered) < len(bot.network.texts) < 500, "one text tells that it is too fast"
    assert len(lite.rows("key", "processed_event")) == len(answered)


# --- the rule alone ---


def ask(flood: Flood, at: Any, waiting: int, key: str, person: Person | None = ANNA) -> Manner:
    store: Any = SimpleNamespace(
        now=at,
        chats=SimpleNamespace(direct_of_account=lambda _account: None),
        outbox=SimpleNamespace(waiting_in=lambda _chat: waiting),
    )
    return flood.manner(store, replace(say("x", ROOM), key=key), person)


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 300)), max_size=300))
def test_it_is_told_once_a_minute_at_most_and_only_to_who_is_fast(steps: list[tuple[float, int]]) -> None:
    flood, now, sent, last_told = Flood(), NOW, [], None
    for number, (gap, waiting) in enumerate(steps):
        now += timedelta(seconds=gap)
        sent.append(now)
        manner = ask(flood, now, waiting, str(number))
        recent = sum(now - one < 2 * WINDOW for one in sent)
        if recent <= FAST or waiting <= 25:
            assert manner in {Manner.AT_ONCE, Manner.BEHIND}
        if recent <= FAST:
            assert manner is Manner.AT_ONCE
        if manner is Manner.TELL:
            assert last_told is None or now - last_told >= TELL_EVERY
            last_told = now


def test_it_eases_when_the_answers_are_out_and_the_person_waits() -> None:
    flood = Flood()
    for number in range(FAST):
        assert ask(flood, NOW, 500, str(number)) is Manner.AT_ONCE
    assert ask(flood, NOW, MOST_WAITING, "a") is Manner.BEHIND
    assert ask(flood, NOW, MOST_WAITING + 1, "b") is Manner.TELL
    assert ask(flood, NOW, MOST_WAITING + 1, "b") is Manner.TELL, "its batch failed and comes again"
    assert ask(flood, NOW, 50, "c") is Manner.QUIET, "not at once answered again"
    assert ask(flood, NOW, 25, "d") is Manner.BEHIND
    assert ask(flood, NOW + 2 * WINDOW, 500, "e") is Manner.AT_ONCE


@pytest.mark.parametrize(("person", "manner"), [(OLGA, Manner.AT_ONCE), (None, Manner.TELL)])
def test_moderators_are_exempt_and_whom_the_network_does_not_name_is_one(person: Person | None, manner: Manner) -> None:
    flood = Flood()
    for number in range(FAST):
        ask(flood, NOW, 500, str(number), person)
    assert ask(flood, NOW, 500, "x", person) is manner


def test_people_who_are_slow_again_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.flood._MANY", 3)
    flood = Flood()
    for number in range(10):
        ask(flood, NOW + number * WINDOW, 0, "x", Person(str(number)))
    assert len(flood._paces) <= 3
