"""Each event is handled once, with all that comes of it in one transaction; one that fails takes no other along."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from bot.core.chats import ChatKind
from bot.core.content import text
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.events import Edited, Message, Poison
from bot.core.intents import At, Intent, Reply
from bot.core.people import Role
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Names
from bot.engine.intake import TRIES
from bot.locales import Texts
from bot.platforms.memory import CAPABILITIES
from storage import Store
from storage.engine import open_engine
from tests.engine.world import DIRECT, NOW, ROOM, Network, World, body, echo, react, say


async def test_an_answer_is_committed_and_delivered(world: World) -> None:
    async with world.bot() as bot:
        await bot.tell(say("raz", key="memory:1"))
        assert bot.network.texts == ["raz"]
    assert world.rows("state, payload, message_id", "outbox") == [("sent", "", "1")]
    assert ("memory:1",) in world.rows("key", "processed_event")
    assert world.rows("message_id", "post") == [("1",)]


async def test_a_key_is_handled_once_in_a_batch_in_two_and_after_a_restart(world: World) -> None:
    async with world.bot() as bot:
        await bot.tell(say("raz", key="k"), say("raz", key="k"), say("dwa"))
        await bot.tell(say("raz", key="k"))
        assert sorted(bot.network.texts) == ["dwa", "raz"]
    async with world.bot() as bot:
        await bot.tell(say("raz", key="k"), say("trzy"))
        assert bot.network.texts == ["trzy"]


async def test_a_key_is_handled_once_in_a_batch_that_is_handled_again(world: World) -> None:
    def change(message: Message, _ctx: Context[Store]) -> Sequence[Intent]:
        if message.text == "błąd":
            raise RuntimeError
        return [Reply(body(message.text))]

    async with world.bot(echo(change)) as bot:
        await bot.tell(say("raz", key="k"), say("błąd"), say("raz", key="k"))
        assert bot.network.texts.count("raz") == 1


async def test_poison_is_set_aside_and_the_rest_goes_on(world: World) -> None:
    poison = Poison(key="memory:bad", at=NOW, platform="memory", error="KeyError", shape="{text: str}")
    async with world.bot() as bot:
        await bot.tell(say("raz"), poison, say("dwa"))
        assert bot.network.texts == ["raz", "dwa"]
    assert world.rows("key, platform, error, shape", "poison") == [("memory:bad", "memory", "KeyError", "{text: str}")]


async def test_a_handler_that_fails_is_tried_three_times_and_set_aside_and_takes_no_other_along(world: World) -> None:
    tries: list[str] = []

    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        tries.append(message.text)
        if message.text == "tajne słowa":
            ctx.store.questions.offer(None, message.chat, "pl", "half done")
            ctx.store.due.arm(At(NOW, "x", "half-done"))
            raise RuntimeError(message.text)
        return [Reply(body(message.text))]

    async with world.bot(echo(change)) as bot:
        await bot.tell(say("raz"), say("tajne słowa", key="memory:bad"), say("dwa"))
        assert [words for words in bot.network.texts if words in {"raz", "dwa"}] == ["raz", "dwa"]
        told = _told(bot.app.texts, "something-went-wrong")
        assert [one.text for one in bot.network.delivered].count(told) == 1
        # Once in the batch, then three times alone.
        assert tries.count("tajne słowa") == 1 + TRIES
        await bot.tell(say("tajne słowa", key="memory:bad"))
        assert tries.count("tajne słowa") == 1 + TRIES
    assert world.rows("id", "question") == []
    assert [key for (key,) in world.rows("key", "due")] == ["housekeeping"]
    [(key, error, shape)] = world.rows("key, error, shape", "poison")
    assert (key, shape) == ("memory:bad", "Message")
    assert "RuntimeError at test_intake.py" in error
    assert "tajne" not in error


async def test_a_handler_that_fails_once_is_tried_again(world: World) -> None:
    tries: list[str] = []

    def change(message: Message, _ctx: Context[Store]) -> Sequence[Intent]:
        tries.append(message.text)
        if len(tries) < 3:
            raise RuntimeError
        return [Reply(body(message.text))]

    async with world.bot(echo(change)) as bot:
        await bot.tell(say("raz"))
        assert bot.network.texts == ["raz"]
    assert world.rows("key", "poison") == []


async def test_a_user_error_undoes_the_writes_and_tells_the_person(world: World) -> None:
    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        ctx.store.questions.offer(None, message.chat, "pl", "half done")
        ctx.store.session.flush()
        raise UserError(text("not-allowed"))

    async with world.bot(echo(change)) as bot:
        await bot.tell(say("raz", key="k"), say("raz", key="k"))
        assert [one.text for one in bot.network.delivered] == [_told(bot.app.texts, "not-allowed")]
    assert world.rows("id", "question") == []
    assert ("k",) in world.rows("key", "processed_event")
    assert world.rows("key", "poison") == []


async def test_a_clash_in_the_database_is_its_handlers_mistake(world: World) -> None:
    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        if message.text == "dwa":
            ctx.store.session.execute(sql("INSERT INTO cursor VALUES ('a', '1')"))
            with pytest.raises(IntegrityError), ctx.store.session.begin_nested():
                ctx.store.session.execute(sql("INSERT INTO cursor VALUES ('a', '2')"))
            ctx.store.session.execute(sql("INSERT INTO cursor VALUES ('a', '3')"))
        return [Reply(body(message.text))]

    async with world.bot(echo(change)) as bot:
        await bot.tell(say("raz"), say("dwa"), say("trzy"))
        assert [words for words in bot.network.texts if len(words) < 5] == ["raz", "trzy"]
    assert world.rows("name", "cursor") == [("memory",)]


@pytest.mark.parametrize(
    "event",
    [
        say("raz", reply_to="\x00"),
        say("raz", reply_to="\ud800"),
        say("raz", key="k\x00"),
        say("raz", key="k\ud800"),
        say("raz", ROOM, sender="\ud800", addressed=True),
        say("raz", ChatRef("memory", "\x00"), addressed=True),
        react("\x00", "👍"),
    ],
    ids=lambda event: ascii((event.key[-2:], event.chat.chat_id, event.sender.user_id))[:40],
)
async def test_an_event_that_no_database_can_look_up_holds_nothing_up(world: World, event: Any) -> None:
    async with world.bot() as bot:
        await bot.tell(say("przed"), event, say("po"))
        assert [words for words in bot.network.texts if words in {"przed", "po"}] == ["przed", "po"]
        await bot.tell(say("później"))
        assert "później" in bot.network.texts


async def test_nothing_of_talk_that_is_not_for_the_bot_is_stored(world: World) -> None:
    secret = "sekretna rozmowa"
    who = AccountRef("memory", "sekretny-jan")
    at = datetime.now(UTC)
    head = {"at": at, "chat": ROOM, "kind": ChatKind.ROOM, "sender": who}
    async with world.bot() as bot:
        before = _everything(world)
        await bot.tell(
            say(secret, ROOM, sender="sekretny-jan", key="memory:sekret-1"),
            say("2", ROOM, sender="sekretny-jan", key="memory:sekret-2"),
            say("!help", ROOM, sender="sekretny-jan", key="memory:sekret-3"),
            say("/inny bot", ROOM, sender="sekretny-jan", key="memory:sekret-4", reply_to="sekret"),
            Edited(key="memory:sekret-5", id="sekret", text=secret, **head),
            react("sekret", "👍", ROOM, sender="sekretny-jan"),
        )
        assert bot.network.delivered == []
        after = _everything(world)
        assert "sekret" not in repr(after)
        # The cursor moved, and housekeeping's timer fires when it likes; nothing else is touched.
        for table in before.keys() - {"cursor", "due", "processed_event"}:
            assert after[table] == before[table]
        assert all(key.startswith("timer:") for key, _ in after["processed_event"])


async def test_what_is_said_to_the_bot_is_stored_nowhere_once_it_is_answered(world: World) -> None:
    async with world.bot() as bot:
        await bot.tell(say("sekret", ROOM, addressed=True), say("sekret w cztery oczy"))
        assert len(bot.network.texts) == 2
        assert "sekret" not in repr(_everything(world))


def _everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    engine = open_engine(world.url)
    tables = inspect(engine).get_table_names()
    engine.dispose()
    return {table: world.rows("*", table) for table in tables}


@pytest.mark.parametrize(("age", "late"), [(timedelta(minutes=9), False), (timedelta(hours=2), True)])
async def test_an_answer_after_an_outage_says_that_it_is_late_once(lite: World, age: timedelta, late: bool) -> None:
    router = echo(lambda message, _: [Reply(body(message.text)), Reply(body("w innym"), chat=ROOM)])
    router.after(lambda _event, _ctx: [Reply(body("jeszcze"))])
    async with lite.bot(router) as bot:
        await bot.tell(say("raz", at=datetime.now(UTC) - age))
        here = [one.text for one in bot.network.delivered if one.outgoing.chat == DIRECT]
        there = [one.text for one in bot.network.delivered if one.outgoing.chat == ROOM]
    assert [("> raz" in words, words == "> raz") for words in here[:1]] == [(True, not late)]
    assert here[1:] == ["> jeszcze"]
    assert there == ["> w innym"]


async def test_in_a_room_an_answer_points_to_what_it_answers(lite: World) -> None:
    async with lite.bot() as bot:
        asked = say("raz", ROOM, addressed=True)
        await bot.tell(asked, say("dwa"))
        assert [one.outgoing.reply_to for one in bot.network.delivered] == [asked.id, None]


async def test_a_language_chosen_wins_over_the_one_of_the_app(lite: World) -> None:
    def change(message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        if message.text == "en" and ctx.person:
            ctx.store.people.choose_language(ctx.person.id, "en")
        return [Reply(body(ctx.lang))]

    async with lite.bot(echo(change)) as bot:
        await bot.tell(say("a", lang_hint="uk"))
        await bot.tell(say("en", lang_hint="uk"))
        await bot.tell(say("b", lang_hint="uk"))
        assert bot.network.texts == ["uk", "uk", "en"]


async def test_the_cursor_moves_with_its_batch(world: World) -> None:
    network = Network()
    async with world.bot(network=network) as bot:
        await bot.tell(say("raz"))
        await bot.tell(say("dwa"), say("trzy"))
    assert world.rows("name, value", "cursor") == [("memory", "3")]


def _told(texts: Texts, id_: str) -> str:
    return "\n\n".join("".join(run.text for run in part.runs) for part in texts.words(text(id_), "pl", CAPABILITIES))


async def test_a_role_counts_at_the_moment_of_the_act(world: World) -> None:
    router = echo()

    @router.command("promote", Names("awans", "promote", "підвищ"))
    def promote(_message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        ctx.store.people.grant(ctx.store.people.of(AccountRef("memory", argument)).id, Role.MODERATOR)
        return []

    @router.command("secret", Names("tajne", "secret", "таємне"), who=Role.MODERATOR)
    def secret(_message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return [Reply(body(f"dla {ctx.role.name}"))]

    async with world.bot(router) as bot:
        refused = _told(bot.app.texts, "not-allowed")
        await bot.tell(say("/tajne"))
        assert [one.text for one in bot.network.delivered] == [refused]
        # In one batch: granted between two tries.
        await bot.tell(say("/tajne"), say("/awans anna", ROOM, sender="jan"), say("/tajne"))
        assert [one.text for one in bot.network.delivered[1:]] == [refused, "> dla MODERATOR"]
        world.sql("DELETE FROM role")
        await bot.tell(say("/tajne"))
        assert bot.network.delivered[-1].text == refused


async def test_an_owner_of_the_config_may_at_once_and_no_more_when_the_config_says_so(lite: World) -> None:
    lite.owners = ["console:anna"]
    router = echo(lambda _message, ctx: [Reply(body(ctx.role.name))])
    direct = ChatRef("console", "@anna")
    for owners, role in ((["console:anna"], "OWNER"), ([], "MEMBER")):
        lite.owners = owners
        async with lite.bot(router, network=Network(name="console")) as bot:
            await bot.tell(say("kto ja?", direct, direct=True))
            assert bot.network.texts == [role]
