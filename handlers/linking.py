"""Linking: a person's accounts, on one network or several, are one person by a code shown here and typed there."""

import re
from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Direct, Intent, Refresh, Reply
from bot.core.people import Person, Role
from bot.core.reading import Reading, for_the_bot
from bot.core.refs import AccountRef, CardRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.linking import DIGITS, LETTERS, LinkCode

_ALL = LETTERS + DIGITS
_CODE = re.compile(rf"([{LETTERS}][{DIGITS}])[-‐‑–—−]?([{_ALL}]{{4}})")
_LONGEST = 20
"""Of what can be a code, with the spaces that people put into it."""


def router() -> Router[Store]:
    """The code, by command or alone; and the way back."""
    routes: Router[Store] = Router()
    routes.command("link", Names("połącz", "link", "пов'язати"), bare=True)(link)
    routes.command("unlink", Names("rozłącz", "unlink", "від'єднати"), menu=False)(unlink)
    routes.text(Reading.CODE)(read)
    routes.press("link.yes")(confirm)
    routes.press("link.no")(decline)
    routes.press("unlink.yes")(part)
    routes.press("unlink.no")(stay)
    return routes


def link(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Without an argument show a code; with one link the two accounts."""
    if argument:
        code = _code(argument)
        return _enter(code, message, ctx) if code else [_reply(text("link-no-code"))]
    person, account = ctx.person, message.sender
    if message.kind is not ChatKind.DIRECT or person is None or account is None:
        return [_reply(text("link-room"))]
    code = ctx.store.linking.issue(person.id, account, message.chat)
    networks = sorted({network_of(one.platform) for one in ctx.store.people.accounts(person.id)})
    several = len(ctx.store.people.accounts(person.id)) > 1
    known = text("link-networks" if several else "link-alone", networks=", ".join(networks))
    return [_reply(text("link-code", code=code), text("link-how", code=code), known)]


def read(message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
    """A code alone."""
    words = message.text.split()
    code = _code(words[0]) if len(words) == 1 and for_the_bot(message, ctx) else None
    return _enter(code, message, ctx) if code else None


def confirm(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Somebody with more rights wants to share them with the account that showed the code."""
    found = ctx.store.linking.marked(_argument(event))
    person, account = ctx.person, event.sender
    if found is None or person is None or account is None or event.kind is not ChatKind.DIRECT:
        return [Acknowledge(text("link-gone"), alert=True)]
    if found.person_id == person.id:
        return [Acknowledge(text("link-gone"), alert=True)]
    return [Acknowledge(text("link-done-toast")), *_join(found, person, account, ctx)]


def decline(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """They don't: the code works for nobody any more."""
    found = ctx.store.linking.marked(_argument(event))
    if found is None:
        return [Acknowledge(text("link-gone"), alert=True)]
    ctx.store.linking.void_of(found.person_id)
    return [Acknowledge(text("link-declined"))]


def unlink(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Say what would follow, and ask."""
    if message.kind is not ChatKind.DIRECT or ctx.person is None or message.sender is None:
        return [_reply(text("unlink-room"))]
    if not _others(message.sender, ctx):
        return [_reply(text("unlink-nothing"))]
    buttons = (Button(text("unlink-yes"), "unlink.yes"), Button(text("unlink-no"), "unlink.no"))
    networks = ", ".join(sorted({network_of(one.platform) for one in _others(message.sender, ctx)}))
    return [Reply(Body((say("unlink-sure", networks=networks),), buttons))]


def part(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Take the account that presses out of its person."""
    person, account = ctx.person, event.sender
    if event.kind is not ChatKind.DIRECT or person is None or account is None:
        return [Acknowledge(text("press-expired"), alert=True)]
    if not _others(account, ctx):
        return [Acknowledge(text("unlink-nothing"), alert=True)]
    new = ctx.store.part(account, event.chat)
    network = network_of(account.platform)
    ctx.store.linking.void_of(person.id)
    ctx.store.audit.note(person.id, "account-unlinked", new, network=network)
    return [
        Acknowledge(text("unlink-done-toast")),
        _reply(text("unlink-done")),
        Direct(person.id, Body((say("unlink-done-there", network=network),))),
    ]


def stay(_event: Pressed, _ctx: Context[Store]) -> Sequence[Intent]:
    """Everything stays as it is."""
    return [Acknowledge(text("unlink-stays"))]


def _enter(code: str, message: Message, ctx: Context[Store]) -> Sequence[Intent]:
    """A code was typed. Wrong ones are counted, so that guessing leads nowhere."""
    linking, person, account = ctx.store.linking, ctx.person, message.sender
    if message.kind is not ChatKind.DIRECT or person is None or account is None:
        # Others have seen it. The answer is the same for a wrong one, so it tells nothing.
        linking.void(code)
        return [_reply(text("link-seen"))]
    if linking.barred(person.id):
        return [_reply(text("link-wait"))]
    found = linking.live(code)
    if found is None:
        linking.wrong(person.id)
        return [_reply(text("link-wrong"))]
    if found.account == account:
        return [_reply(text("link-own"))]
    if found.person_id == person.id:
        linking.void(code)
        return [_reply(text("link-already"))]
    if person.role >= Role.MODERATOR and ctx.store.people.standing(found.person_id) < person.role:
        # Anybody could have sent this code and asked for it to be typed: rights are not given away in one step.
        buttons = (
            Button(text("link-yes"), f"link.yes:{found.mark}"),
            Button(text("link-no"), f"link.no:{found.mark}"),
        )
        network = network_of(found.account.platform)
        return [Reply(Body((say("link-sure", network=network),), buttons))]
    return _join(found, person, account, ctx)


def _join(found: LinkCode, person: Person, account: AccountRef, ctx: Context[Store]) -> list[Intent]:
    """The two are one person, known as the one who asked for the code. Both sides are told."""
    store = ctx.store
    store.linking.void_of(found.person_id)
    store.linking.void_of(person.id)
    voided = store.merge(person.id, found.person_id)
    here, there = network_of(account.platform), network_of(found.account.platform)
    store.audit.note(found.person_id, "accounts-linked", found.person_id, networks=f"{there}, {here}")
    lang = store.people.language(found.person_id)
    settled = (text("link-votes", count=len(voided)),) if voided else ()
    return [
        _reply(text("link-done", network=there), *settled, lang=lang),
        Reply(Body((say("link-done", network=here),)), chat=found.chat, lang=lang),
        *(Refresh(CardRef("poll", poll)) for poll in voided),
    ]


def _others(account: AccountRef, ctx: Context[Store]) -> list[AccountRef]:
    """The person's accounts but this one."""
    accounts = ctx.store.people.accounts(ctx.person.id) if ctx.person else []
    return [one for one in accounts if one != account]


def _code(words: str) -> str | None:
    """The code in a text that is nothing else, as it was shown."""
    if len(words) > _LONGEST:
        return None
    found = _CODE.fullmatch("".join(words.split()).strip(".").upper())
    return f"{found[1]}-{found[2]}" if found else None


def _argument(event: Pressed) -> str:
    return (event.action or "").partition(":")[2]


def _reply(*texts: Text, lang: str | None = None) -> Reply:
    return Reply(Body(tuple(say(one.id, **dict(one.args)) for one in texts)), lang=lang)
