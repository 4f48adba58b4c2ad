"""Welcome: the first words in a chat, help, and who the bot is, said once and after the first answer."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.clean import clean
from bot.core.content import Block, Body, Items, say, text
from bot.core.context import Context
from bot.core.events import Event, FromChat, Joined, Message, Unreadable
from bot.core.intents import Intent, Reply
from bot.core.people import Role
from bot.core.routing import Names, Router
from storage import Store


def router() -> Router[Store]:
    """Start and help, the greetings, the follow-up to a person's first message."""
    routes: Router[Store] = Router()
    routes.command("start", Names("start", "start", "старт"))(start)
    routes.command("help", Names("pomoc", "help", "допомога", also=("obrady",)))(help_)
    routes.on(Joined, ChatKind.DIRECT)(joined)
    routes.on(Unreadable)(unreadable)
    routes.after(introduce)
    return routes


def start(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Greet; with a one-time code in a direct chat give the role that the code is for."""
    if message.kind is not ChatKind.DIRECT:
        return [_room_greeting()]
    if argument and ctx.person:
        role = ctx.store.people.redeem(clean(argument), ctx.person.id)
        if role is None:
            return [_reply("code-refused")]
        maker = ctx.store.people.maker_of(clean(argument))
        ctx.store.audit.note(maker, "role-granted", ctx.person.id, role=role.name.lower(), by="code")
        return [_reply("code-owner" if role is Role.OWNER else "code-accepted")]
    return _greet(ctx)


def help_(_message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """What a member can do; below it what more this person can do."""
    blocks: list[Block] = [say("help-members")]
    if ctx.role >= Role.MODERATOR:
        blocks.append(say("help-moderators"))
    if ctx.role >= Role.COORDINATOR:
        blocks.append(say("help-coordinators"))
    if ctx.role >= Role.OWNER:
        blocks.append(say("help-owners"))
    return [Reply(Body(tuple(blocks)))]


def joined(_event: Joined, ctx: Context[Store]) -> Sequence[Intent]:
    """One greeting: what to try."""
    return [] if ctx.person and ctx.person.welcomed else _greet(ctx)


def unreadable(event: Unreadable, ctx: Context[Store]) -> Sequence[Intent]:
    """Say in a chat, once in the time that keys of events are kept, that a message couldn't be read."""
    key = f"unreadable:{event.chat.platform}:{event.chat.chat_id}"
    journal = ctx.store.journal
    journal.flush()  # Two such messages may come in one batch.
    if journal.handled([key]):
        return []
    journal.mark(key)
    return [_reply("unreadable")]


def introduce(event: Event, ctx: Context[Store]) -> Sequence[Intent]:
    """Behind the first answer in a direct chat: who answers, what is kept, in which language."""
    person = ctx.person
    if not isinstance(event, FromChat) or event.kind is not ChatKind.DIRECT or person is None or person.welcomed:
        return []
    ctx.store.people.welcome(person.id)
    return [_reply("welcome-after", lang=person.lang)]


def _greet(ctx: Context[Store]) -> Sequence[Intent]:
    # The greeting says all that the follow-up would.
    if ctx.person:
        ctx.store.people.welcome(ctx.person.id)
    examples = Items((text("example-who"), text("example-years"), text("example-areas")))
    return [Reply(Body((say("welcome-hello"), examples, say("welcome-about"))))]


def _room_greeting() -> Reply:
    return Reply(Body((say("welcome-room"),)))


def _reply(id_: str, lang: str | None = None) -> Reply:
    return Reply(Body((say(id_),)), lang=lang)
