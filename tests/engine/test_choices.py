"""However a member chooses, by button, number, keycap or reply, it is the same press."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.content import text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Intent, Reply
from bot.core.routing import Router
from bot.platforms.memory import CAPABILITIES
from storage import Store
from tests.engine.world import ROOM, Network, Running, World, body, echo, press, react, say

PLAIN = replace(CAPABILITIES, buttons=False, toasts=False)


def _voting() -> Router[Store]:
    def change(message: Message, _ctx: Context[Store]) -> Sequence[Intent] | None:
        if message.text.startswith("pytaj"):
            return [Reply(body(message.text, "vote:tak", "vote:nie"))]
        return [Reply(body(f"tekst {message.text}"))]

    router = echo(change)

    @router.press("vote")
    def vote(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        person = ctx.store.people.accounts(ctx.person.id)[0].user_id if ctx.person else "?"
        return [Reply(body(f"głos {person} {event.action} {event.post}"))]

    return router


async def _asked(bot: Running) -> None:
    await bot.tell(say("pytaj"))
    assert bot.network.texts[-1].startswith("pytaj")


@pytest.mark.parametrize("written", ["2", " 2 ", "2.", "2)", "2️⃣", "2\u20e3", "2\n"])
async def test_a_number_in_a_direct_chat_is_a_press_of_the_last_question(lite: World, written: str) -> None:
    async with lite.bot(_voting()) as bot:
        await _asked(bot)
        await bot.tell(say(written))
        assert bot.network.texts[-1] == "głos anna vote:nie 1"


@pytest.mark.parametrize("written", ["22x", "2022", "2 maja", "druga", "-2", "2/3"])
async def test_what_is_no_number_alone_is_a_text(lite: World, written: str) -> None:
    async with lite.bot(_voting()) as bot:
        await _asked(bot)
        await bot.tell(say(written))
        assert bot.network.texts[-1].startswith("tekst")


async def test_a_number_without_a_question_is_a_text(lite: World) -> None:
    async with lite.bot(_voting()) as bot:
        await bot.tell(say("2"))
        assert bot.network.texts == ["tekst 2"]


@pytest.mark.parametrize("written", ["0", "3", "99"])
async def test_a_number_that_is_no_choice_is_told_so(lite: World, written: str) -> None:
    async with lite.bot(_voting()) as bot:
        await _asked(bot)
        count = len(bot.network.delivered)
        await bot.tell(say(written))
        [told] = bot.network.delivered[count:]
        assert "głos" not in told.text.split()
        assert "tekst" not in told.text


async def test_a_number_answers_the_newest_of_questions_asked_together(world: World) -> None:
    async with world.bot(_voting()) as bot:
        await bot.tell(*(say(f"pytaj {number}") for number in range(12)))
        assert len(bot.network.texts) == 12
        newest = bot.network.delivered[-1].message_id
        await bot.tell(say("1"))
        assert bot.network.texts[-1] == f"głos anna vote:tak {newest}"


async def test_a_reply_with_a_number_answers_that_question(lite: World) -> None:
    async with lite.bot(_voting()) as bot:
        await bot.tell(say("pytaj raz"), say("pytaj dwa"))
        await bot.tell(say("2", reply_to="1"))
        assert bot.network.texts[-1] == "głos anna vote:nie 1"


async def test_in_a_room_a_number_counts_only_as_a_reply_to_a_question(lite: World) -> None:
    async with lite.bot(_voting()) as bot:
        await bot.tell(say("pytaj", ROOM, addressed=True))
        count = len(bot.network.delivered)
        await bot.tell(say("2", ROOM), say("2", ROOM, reply_to="somebody's"))
        assert len(bot.network.delivered) == count
        await bot.tell(say("2", ROOM, sender="jan", reply_to="1"))
        assert bot.network.texts[-1] == "głos jan vote:nie 1"


async def test_a_keycap_reaction_is_a_press_and_its_removal_is_not(lite: World) -> None:
    async with lite.bot(_voting()) as bot:
        await bot.tell(say("pytaj", ROOM, addressed=True))
        await bot.tell(react("1", "1️⃣", ROOM, sender="jan"))
        assert bot.network.texts[-1] == "głos jan vote:tak 1"
        count = len(bot.network.delivered)
        await bot.tell(react("1", "1️⃣", ROOM, sender="jan", removed=True), react("1", "👍", ROOM), react("9", "1️⃣", ROOM))
        assert len(bot.network.delivered) == count


async def test_a_press_by_number_and_by_action_is_the_same(lite: World) -> None:
    async with lite.bot(_voting()) as bot:
        await _asked(bot)
        await bot.tell(press("1", choice="2"))
        await bot.tell(press("1", action="vote:nie"))
        assert bot.network.texts[1:] == ["głos anna vote:nie 1"] * 2


async def test_a_press_of_a_question_that_is_forgotten_is_told_so(lite: World) -> None:
    async with lite.bot(_voting()) as bot:
        await bot.tell(press("77", choice="1", press_id="p1"), press("77", action="unknown:1", press_id="p2"))
        toasts = [one.outgoing for one in bot.network.delivered if one.outgoing.op == "ack"]
        assert [(toast.message_id, toast.alert) for toast in toasts] == [("p1", True), ("p2", True)]
        assert all(toast.toast for toast in toasts)


async def test_every_press_is_acknowledged_once(lite: World) -> None:
    router = _voting()
    router.press("quiet")(lambda _event, _ctx: [])
    router.press("loud")(lambda _event, _ctx: [Acknowledge(text("language-name-en"))])
    router.after(lambda _event, _ctx: [])
    async with lite.bot(router) as bot:
        await bot.tell(press("1", action="quiet", press_id="p1"), press("1", action="loud", press_id="p2"))
        assert len(bot.network.delivered) == 2
        toasts = {one.outgoing.message_id: one.outgoing.toast for one in bot.network.delivered}
        assert toasts.keys() == {"p1", "p2"}
        assert (toasts["p1"], bool(toasts["p2"])) == ("", True)


async def test_without_toasts_and_buttons_words_take_their_place(lite: World) -> None:
    router = _voting()
    router.press("loud")(lambda _event, _ctx: [Acknowledge(text("language-name-en"))])
    router.press("quiet")(lambda _event, _ctx: [])
    async with lite.bot(router, network=Network(capabilities=PLAIN)) as bot:
        await bot.tell(say("pytaj"))
        shown = bot.network.delivered[0].text
        assert "\n1. " in shown
        assert "\n2. " in shown
        await bot.tell(press("1", action="loud", press_id="p"), press("1", action="quiet", press_id="p"))
        assert [one.outgoing.op for one in bot.network.delivered] == ["send", "send"]


async def test_a_choice_works_after_a_restart(world: World) -> None:
    async with world.bot(_voting()) as bot:
        await _asked(bot)
    async with world.bot(_voting()) as bot:
        await bot.tell(say("2"))
        assert bot.network.texts == ["głos anna vote:nie 1"]
