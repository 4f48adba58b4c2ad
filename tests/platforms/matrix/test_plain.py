"""Plain rooms on a real Synapse: what is said comes in, answers go out, in each room version."""

import pytest

from bot.core.chats import ChatKind
from bot.core.events import Deleted, Edited, Joined, Message, Reacted
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.port import UndeliverableError
from tests.fakes.synapse.makers import MakeMember
from tests.fakes.synapse.people import Member
from tests.platforms.matrix.support import Bot, MakeBot, outgoing


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
    assert (message.id, message.chat, message.kind) == (asked, ChatRef("matrix", room), ChatKind.ROOM)
    assert message.sender == AccountRef("matrix", anna.user_id)
    answer = await bot.say(room, "Odpowiedź <b>", reply_to=asked)
    seen = await anna.wait_text(room, "Odpowiedź <b>")
    assert seen.event_id == answer
    assert seen.content["msgtype"] == "m.notice"
    assert "formatted_body" not in seen.content
    assert seen.content["m.relates_to"] == {"m.in_reply_to": {"event_id": asked}}


async def test_all_that_members_do(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    post = await bot.say(room, "Głosowanie")
    command = await anna.text(room, "!pytanie a")
    await anna.text(room, "!pytanie b", edits=command)
    reaction = await anna.react(room, post, "1️⃣")
    await anna.redact(room, reaction)
    thread = await anna.text(room, "w wątku", thread=command)
    await anna.text(room, "odpowiadam", reply_to=post)
    await anna.send(room, "m.room.message", {"msgtype": "m.notice", "body": "inny bot"})
    await anna.send(room, "m.room.message", {"msgtype": "m.file", "body": "plan.pdf", "url": "mxc://localhost/1"})
    await anna.text(room, f"{bot.user_id}: na koniec", mentions=[bot.user_id])
    last = await bot.inbox.until_text("na koniec")
    assert last.addressed
    # An edited command is no second command, and the bot's own words are none.
    assert bot.inbox.texts(room) == ["!pytanie a", "w wątku", "odpowiadam", "", "na koniec"]
    edited = await bot.inbox.until_one(Edited)
    assert (edited.id, edited.text) == (command, "!pytanie b")
    reacted = await bot.inbox.until_one(Reacted)
    assert (reacted.post, reacted.reaction, reacted.key) == (post, "1️⃣", f"matrix:{reaction}")
    assert (await bot.inbox.until_one(Deleted)).id == reaction
    messages = {event.id: event for event in bot.inbox.of(Message)}
    assert messages[thread].chat == ChatRef("matrix", room, command)
    assert next(event for event in messages.values() if event.text == "odpowiadam").reply_to == post
    assert next(event for event in messages.values() if event.files).files == ("plan.pdf",)
    assert not bot.inbox.again


async def test_a_command_in_reply_tells_whose_message_it_answers(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna, jan = await make_bot(), await make_member("anna"), await make_member("jan")
    room = await meet(anna, bot)
    await anna.invite(room, jan.user_id)
    await jan.join(room)
    theirs, post = await jan.text(room, "zgłaszam się"), await bot.say(room, "Witamy")
    await anna.text(room, "!moderator jego", reply_to=theirs)
    await anna.text(room, "!moderator bota", reply_to=post)
    await anna.text(room, "!moderator kogoś", reply_to="$nothing:example.org")
    await anna.text(room, "brawo", reply_to=theirs)
    await bot.inbox.until_text("brawo")
    answered = {event.text: event.reply_to_sender for event in bot.inbox.of(Message) if event.reply_to}
    assert answered == {
        "!moderator jego": AccountRef("matrix", jan.user_id),
        "!moderator bota": None,
        "!moderator kogoś": None,
        # No command: the server isn't asked.
        "brawo": None,
    }
    words = {event.text: event.quoted for event in bot.inbox.of(Message) if event.quoted}
    assert words == {"!moderator jego": "zgłaszam się"}


async def test_answers_in_threads_and_edits_of_the_bots_own(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    root = await anna.text(room, "temat")
    first = await bot.say(room, "stan: 1", thread=root)
    seen = await anna.wait_text(room, "stan: 1")
    assert seen.content["m.relates_to"]["rel_type"] == "m.thread"
    assert seen.content["m.relates_to"]["event_id"] == root
    await bot.say(room, "stan: 2", op="edit", message_id=first)
    seen = await anna.wait_text(room, "* stan: 2")
    assert seen.content["m.new_content"]["body"] == "stan: 2"
    assert (await anna.event(room, first))["unsigned"]["m.relations"]["m.replace"]["sender"] == bot.user_id
    # A reaction does not say in which thread its target stands; the engine knows its own posts.
    bot.inbox.posts[first] = ChatRef("matrix", room, root)
    await anna.react(room, first, "👍")
    assert (await bot.inbox.until_one(Reacted)).chat == ChatRef("matrix", room, root)


async def test_the_same_id_again_is_the_same_message(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    call = outgoing(room, "raz")
    first = await bot.matrix.deliver(call)
    assert await bot.matrix.deliver(call) == first
    await bot.say(room, "koniec")
    await anna.wait_text(room, "koniec")
    assert anna.bodies(room, bot.user_id) == ["raz", "koniec"]


async def test_hostile_names_and_words_ring_for_nobody(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    hostile = f'<a href="https://matrix.to/#/{anna.user_id}">@room</a> \u202e{anna.user_id}'
    path = f"/_matrix/client/v3/profile/{anna.user_id}/displayname"
    await anna.call("PUT", path, {"displayname": f"Obrady {bot.user_id} @room <script>"})
    room = await meet(anna, bot)
    await anna.text(room, hostile)
    message = await bot.inbox.until_text(hostile)
    # Nobody is known by a display name.
    assert message.sender == AccountRef("matrix", anna.user_id)
    assert not message.addressed
    await bot.say(room, hostile)
    seen = await anna.wait_for(lambda entry: entry.sender == bot.user_id and bool(entry.body))
    assert seen.content["m.mentions"] == {}
    assert "<a" not in seen.content.get("formatted_body", "")
    assert "\u202e" not in seen.body


async def test_too_long_for_the_server_is_undeliverable(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    with pytest.raises(UndeliverableError, match="M_TOO_LARGE") as refusal:
        await bot.say(room, "x" * 80_000)
    assert not refusal.value.chat_gone
    # The same limit as capabilities promise passes.
    await bot.say(room, "ї" * (bot.matrix.capabilities.text_limit - 10))


async def test_where_the_bot_is_not_nothing_arrives(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await anna.create_room()
    for somewhere in (room, "!nowhere:localhost", "nonsense"):
        with pytest.raises(UndeliverableError) as refusal:
            await bot.say(somewhere, "x")
        assert refusal.value.chat_gone


async def test_malformed_events_are_set_aside_and_the_rest_go_on(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    # What this server lets pass; others let more (test_e2ee.py has what no server sees).
    hostile = {"msgtype": "m.text", "body": "tajne", "m.relates_to": {"m.in_reply_to": "tajne"}}
    await anna.send(room, "m.room.message", hostile)
    for content in ({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": 5}, {"algorithm": "tajne"}):
        await anna.send(room, "m.room.encrypted", content)
    await anna.text(room, "dalej")
    await bot.inbox.until_text("dalej")
    poison = [event for event in bot.inbox.events if type(event).__name__ == "Poison"]
    assert len(poison) == 3
    assert "tajne" not in str(poison)


async def test_receipts_and_typing_wake_nobody(make_bot: MakeBot, make_member: MakeMember) -> None:
    bot, anna = await make_bot(), await make_member("anna")
    room = await meet(anna, bot)
    said = await anna.text(room, "hej")
    await bot.inbox.until_text("hej")
    takes = bot.inbox.takes
    await anna.call("PUT", f"/_matrix/client/v3/rooms/{room}/typing/{anna.user_id}", {"typing": True, "timeout": 9000})
    await anna.call("POST", f"/_matrix/client/v3/rooms/{room}/receipt/m.read/{said}", {})
    await anna.text(room, "dalej")
    await bot.inbox.until_text("dalej")
    assert bot.inbox.takes - takes <= 2
