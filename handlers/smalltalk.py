"""Small talk: a greeting or thanks gets one kind line or nothing; never a document, never a refusal."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.content import Body, Say, text
from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Intent, Reply
from bot.core.reading import Reading, for_the_bot
from bot.core.routing import Router
from bot.core.smalltalk import Talk, small_talk
from storage import Store

_ANSWERS = {
    Talk.HELLO: text("smalltalk-hello", example=text("example-who")),
    Talk.PLEASE: text("smalltalk-hello", example=text("example-who")),
    Talk.THANKS: text("smalltalk-thanks"),
    Talk.BYE: text("smalltalk-bye"),
    Talk.WHO: text("smalltalk-who"),
    Talk.CHOICE: text("smalltalk-choice"),
}
# What networks name a message that is a picture of a mood.
_WORDLESS = {"sticker", "dice"}


def router() -> Router[Store]:
    """The reader of courtesies."""
    routes: Router[Store] = Router()
    routes.text(Reading.SMALL_TALK)(chat)
    return routes


def chat(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
    """Answer a courtesy in its own language, unless the person chose one."""
    if not for_the_bot(message, ctx):
        return None
    words = message.text.strip()
    if message.files and set(message.files) <= _WORDLESS:
        return []
    if not words and (message.files or message.kind is not ChatKind.DIRECT):
        return None  # A file or a bare mention: the reader of questions says what works.
    talk = small_talk(words)
    if talk is None:
        return None
    kind, told = talk
    person = ctx.person
    answer = _ANSWERS.get(kind)
    # Later a "hello" says little about a person's language, but the introduction follows the first answer.
    if told and person and (person.lang is None or (answer and not person.welcomed)):
        ctx.store.people.learn_language(person.id, told)
    if answer is None:
        return []
    lang = ctx.lang if person and person.lang_chosen else told
    return [Reply(Body((Say(answer),)), lang=lang)]
