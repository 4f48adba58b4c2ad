"""Plain rooms on a real Synapse: in and out, in each room version."""

import pytest

from bot.core.chats import ChatKind
from bot.core.events import Joined
from tests.fakes.synapse.makers import MakeMember
from tests.fakes.synapse.people import Member
from tests.platforms.matrix.support import Bot, MakeBot


async def meet(host: Member, bot: Bot, **options: object) -> str:
    """A named room of the host and the bot, the bot inside."""
    room = await host.create_room(invite=[bot.user_id], **{"name": "Obrady", **options})  # type: ignore[arg-type]
    await host.wait_membership(room, bot.user_id, "join")
    await bot.inbox.until(lambda: any(event.chat.chat_id == room for event in bot.inbox.of(Joined)))
    return room


@pytest.mark.parametrize("version", ["10", "11", "12"])
async def test_a_question_and_its_answer(make_bot: MakeBot, make_member: MakeMember, version: str) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot, version=version)
    asked = await anna.text(room, "!pytanie Zażółć gęślą jaźń?")
    message = await bot.inbox.until_text("!pytanie Zażółć gęślą jaźń?")
    assert (message.id, message.chat.chat_id, message.kind) == (asked, room, ChatKind.ROOM)
    assert message.sender is not None and message.sender.user_id == anna.user_id
    answer = await bot.say(room, "Odpowiedź <b>", reply_to=asked)
    seen = await anna.wait_text(room, "Odpowiedź <b>")
    assert seen.event_id == answer
