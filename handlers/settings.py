"""Settings: the language of a person or of a room."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.clean import fold
from bot.core.content import Body, Button, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed
from bot.core.intents import Acknowledge, Intent, Reply
from bot.core.people import Role
from bot.core.reading import Reading
from bot.core.routing import Names, Router
from storage import Store

_NAMES = {
    "pl": "pl polski polsku polish польська польською польський",
    "en": "en angielski angielska angielsku english англійська англійською англійський",
    "uk": "uk ua ukr ukraiński ukraińska ukraińsku ukrainian українська українською український",
}
_CODES = {fold(name): code for code, names in _NAMES.items() for name in names.split()}
# What may stand before a language's name: "po polsku", "in English", "język: polski".
_BEFORE = {fold(word) for word in ("po", "in", "język", "jezyk", "language", "мова")}


def router() -> Router[Store]:
    """Language."""
    routes: Router[Store] = Router()
    names = Names("język", "language", "мова", also=("ustawienia", "settings", "налаштування", "lang"))
    routes.command("language", names)(language)
    routes.press("lang")(press_language)
    routes.text(Reading.SETTING)(name_language)
    return routes


def language(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Set the language that is named, or show the three to choose from."""
    if not _may_set(message, ctx):
        return [Reply(Body((say("language-moderators"),)))]
    code = _code(argument)
    if code:
        return [Reply(Body((say(_set(message, ctx, code).id),)), lang=code)]
    question = "language-unknown" if argument else "language-choose"
    buttons = tuple(Button(text(f"language-name-{code}"), f"lang:{code}") for code in _NAMES)
    return [Reply(Body((say(question if _own(message) else f"{question}-room"),), buttons))]


def press_language(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Set the language on the button; who may is checked anew, since anybody in a room can press."""
    code = (event.action or "").partition(":")[2]
    if code not in _NAMES:
        return [Acknowledge(text("press-expired"), alert=True)]
    if not _may_set(event, ctx):
        return [Acknowledge(text("language-moderators"), alert=True)]
    return [Acknowledge(_set(event, ctx, code))]


def name_language(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
    """In a direct chat a language's name alone sets it."""
    code = _code(message.text) if _own(message) and ctx.person else None
    return [Reply(Body((say(_set(message, ctx, code).id),)), lang=code)] if code else None


def _own(event: FromChat) -> bool:
    return event.kind is ChatKind.DIRECT


def _may_set(event: FromChat, ctx: Context[Store]) -> bool:
    return ctx.person is not None if _own(event) else ctx.role >= Role.MODERATOR


def _set(event: FromChat, ctx: Context[Store], code: str) -> Text:
    """Write it; the confirmation is worded in the new language in the files of all three."""
    if _own(event) and ctx.person:
        ctx.store.people.choose_language(ctx.person.id, code)
    else:
        ctx.store.chats.speak(event.chat, code)
    return text(f"language-set-{code}")


def _code(words: str) -> str | None:
    parts = fold(words[:40]).replace(":", " ").strip(" .!?\n").split()
    while len(parts) > 1 and parts[0] in _BEFORE:
        parts = parts[1:]
    return _CODES.get(parts[0]) if len(parts) == 1 else None
