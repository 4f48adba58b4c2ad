"""A command's name tells the language of a person who chose none."""

from collections.abc import Sequence

import pytest

from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Intent, Reply
from bot.core.refs import ChatRef
from bot.core.routing import Names, Router
from storage import Store
from tests.engine.world import ROOM, World, body, say


def router() -> Router[Store]:
    """Two commands, and what changes languages."""
    routes: Router[Store] = Router()

    @routes.command("ask", Names("pytanie", "ask", "питання"), bare=True)
    def ask(_message: Message, _argument: str, _ctx: Context[Store]) -> Sequence[Intent]:
        return [Reply(body("?"))]

    @routes.command("language", Names("język", "language", "мова", also=("налаштування", "lang")))
    def language(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        if argument and message.chat == ROOM:
            ctx.store.chats.speak(ROOM, argument)
        elif argument and ctx.person:
            ctx.store.people.choose_language(ctx.person.id, argument)
        return [Reply(body(ctx.lang))]

    return routes


async def answered(world: World, *said: Message) -> list[str]:
    """The language of each answer."""
    async with world.bot(router()) as bot:
        for message in said:
            await bot.tell(message)
    return [lang for lang, _ in world.rows("lang, seq", "outbox", "seq")]


def learned(world: World) -> str | None:
    [(lang,)] = world.rows("lang", "person")
    return lang


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("!допомога", "uk"),
        ("допомога", "uk"),
        ("!мова", "uk"),
        ("!налаштування", "uk"),
        ("/help", "en"),
        ("/pomoc", "pl"),
        ("/lang", "pl"),
    ],
)
async def test_of_whom_nothing_is_known_the_name_tells_the_language(lite: World, name: str, lang: str) -> None:
    assert await answered(lite, say(name), say("/lang")) == [lang, lang]
    assert learned(lite) == (None if name == "/lang" else lang)


@pytest.mark.parametrize(
    ("hint", "name", "lang"),
    [
        ("pl", "/допомога", "uk"),
        ("uk", "/pomoc", "pl"),
        ("en", "/pomoc", "pl"),
        # The names that everybody is shown where only ASCII works.
        ("uk", "/help", "uk"),
        ("pl", "/help", "pl"),
    ],
)
async def test_a_guess_gives_way_to_a_name_of_another_language(lite: World, hint: str, name: str, lang: str) -> None:
    assert await answered(lite, say(name, lang_hint=hint)) == [lang]
    assert learned(lite) == lang


async def test_a_chosen_language_stays(lite: World) -> None:
    assert await answered(lite, say("/lang en"), say("/допомога")) == ["pl", "en"]
    assert learned(lite) == "en"


async def test_a_command_with_an_argument_changes_no_guess(lite: World) -> None:
    assert await answered(lite, say("/питання Who?", lang_hint="en"), say("/lang")) == ["uk", "en"]


async def test_in_a_room_the_name_is_answered_but_changes_no_guess(lite: World) -> None:
    said = [say("/lang pl", ROOM), say("/допомога", ROOM, lang_hint="en"), say("/help", ROOM), say("/pomoc", ROOM)]
    assert await answered(lite, *said) == ["pl", "uk", "pl", "pl"]


async def test_in_a_room_of_no_language_an_english_name_is_answered_in_english(lite: World) -> None:
    room = ChatRef("memory", "new")
    assert await answered(lite, say("/ask Who?", room), say("!ask Who?", room, sender=None)) == ["en", "en"]
    assert learned(lite) == "en"
