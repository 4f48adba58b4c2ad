"""Roles: moderators and coordinators are appointed by a reply to their message or by a one-time code, and dismissed."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.chats import ChatKind
from bot.core.clean import fold
from bot.core.content import Body, Text, say, text
from bot.core.context import Context
from bot.core.events import Message
from bot.core.intents import Direct, Intent, Reply
from bot.core.people import Person, Role
from bot.core.routing import Names, Router
from storage import Store

CODE_LIFETIME = timedelta(days=7)
_WORDS = {Role.MODERATOR: "moderator", Role.COORDINATOR: "coordinator"}
_TAKING = ("odbierz", "odwołaj", "usuń", "revoke", "remove", "dismiss", "відкликати", "відклич", "забрати", "забери")
_TAKE = {fold(word) for word in _TAKING}


def router() -> Router[Store]:
    """One command a role."""
    routes: Router[Store] = Router()

    @routes.command("moderator", Names("moderator", "moderator", "модератор"), who=Role.COORDINATOR)
    def moderator(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return change(Role.MODERATOR, argument, message, ctx)

    @routes.command("coordinator", Names("koordynator", "coordinator", "координатор"), who=Role.OWNER)
    def coordinator(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        return change(Role.COORDINATOR, argument, message, ctx)

    return routes


def change(role: Role, argument: str, message: Message, ctx: Context[Store]) -> Sequence[Intent]:
    """Give the role to the author of the message that this one answers, or take it; alone in a direct chat make a
    code."""
    actor, taking = ctx.person, fold(argument).strip(" .!") in _TAKE
    if actor is None or (argument and not taking):
        return [_reply(text("role-how"))]
    if message.reply_to is None:
        if message.kind is ChatKind.DIRECT and not taking:
            return _invite(role, actor, ctx)
        return [_reply(text("role-reply-to-whom"))]
    if ctx.post is not None or message.reply_to_sender is None:
        return [_reply(text("role-nobody" if ctx.post is not None else "role-unknown-author"))]
    person = ctx.store.people.of(message.reply_to_sender)
    return _take(person, actor, ctx) if taking else _give(role, person, actor, ctx)


def _invite(role: Role, actor: Person, ctx: Context[Store]) -> Sequence[Intent]:
    code = ctx.store.people.new_invite(role, ctx.now + CODE_LIFETIME, actor.id)
    ctx.store.audit.note(actor.id, "role-code-made", role=_WORDS[role])
    return [_reply(text(f"role-code-{_WORDS[role]}"), text("role-code-how", code=code))]


def _give(role: Role, person: Person, actor: Person, ctx: Context[Store]) -> Sequence[Intent]:
    if ctx.store.people.standing(person.id) >= role:
        return [_reply(text("role-has-already"))]
    ctx.store.people.grant(person.id, role)
    ctx.store.audit.note(actor.id, "role-granted", person.id, role=_WORDS[role], by="reply")
    return [
        _reply(text(f"role-given-{_WORDS[role]}")),
        Direct(person.id, Body((say(f"role-yours-{_WORDS[role]}"),))),
    ]


def _take(person: Person, actor: Person, ctx: Context[Store]) -> Sequence[Intent]:
    """Who is below may be dismissed, and by owners an owner too; never the last one, nor one whom the config names."""
    people = ctx.store.people
    had = people.standing(person.id)
    if had < Role.MODERATOR:
        return [_reply(text("role-has-none"))]
    if had >= actor.role and actor.role is not Role.OWNER:
        return [_reply(text("role-not-above"))]
    if people.named_in_config(person.id):
        return [_reply(text("role-in-config"))]
    if had is Role.OWNER and people.with_role(Role.OWNER) == [person.id]:
        return [_reply(text("role-last-owner"))]
    people.revoke(person.id)
    ctx.store.audit.note(actor.id, "role-revoked", person.id, role=had.name.lower())
    return [_reply(text("role-taken")), Direct(person.id, Body((say("role-lost"),)))]


def _reply(*texts: Text) -> Reply:
    return Reply(Body(tuple(say(one.id, **dict(one.args)) for one in texts)))
