"""Reports: a member points to a message, moderators look at it, the member is told how it ended."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.clean import clean
from bot.core.content import Block, Body, Button, Items, Link, Quoted, say, text
from bot.core.context import Context
from bot.core.desk import ask, handled, staffed
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Direct, Intent, Reply
from bot.core.people import Role
from bot.core.refs import CardRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.reports import CARD

WORDS = 1_000
"""So much of a reported message is kept, in characters, and only where no link leads to it."""
NAMED = 5
"""How many of those who reported it are named to moderators."""


def router() -> Router[Store]:
    """Reporting, and the moderators' answer."""
    routes: Router[Store] = Router()
    routes.command("report", Names("zgłoś_wiadomość", "report", "поскаржитися"))(report)
    routes.press("report.done")(done)
    routes.press("report.no")(reject)
    routes.card(CARD)(show)
    return routes


def report(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Give the message that is answered to moderators."""
    if ctx.person is None:
        return [_reply("report-anonymous")]
    if message.kind is not ChatKind.ROOM or message.reply_to is None:
        return [_reply("report-how")]
    moderators = ctx.store.people.with_role(Role.MODERATOR)
    if not staffed(ctx, moderators):
        return [_reply("report-nobody")]
    words = "" if message.reply_link else clean(message.quoted).strip()[:WORDS]
    made, new = ctx.store.reports.add(ctx.person.id, message.chat, message.reply_to, message.reply_link, words)
    if not new:
        return [Acknowledge(text("report-before"), aside=True)]
    ctx.store.audit.note(ctx.person.id, "message-reported", made.id)
    return [Acknowledge(text("report-sent"), aside=True), *ask(ctx, CardRef(CARD, made.id), moderators)]


def show(store: Store, id_: str) -> Body | None:
    """The card for moderators. Once it is handled nothing of the message is left on it."""
    found = store.reports.get(id_)
    if found is None:
        return None
    network = network_of(found.chat.platform)
    if not store.desk.waits(CardRef(CARD, id_)):
        outcome = store.desk.outcome(CardRef(CARD, id_)) or "done"
        return Body((say(f"report-was-{outcome}", network=network),))
    people = store.reports.reporters(id_)
    accounts = [account for person in people[:NAMED] for account in store.people.accounts(person)]
    blocks: list[Block] = [say("report-card", network=network, count=len(people))]
    blocks.append(
        Items(
            tuple(
                text("organisation-account", network=network_of(one.platform), account=one.user_id) for one in accounts
            )
        )
    )
    if found.link:
        blocks.append(say("report-link", link=Link(found.link)))
    elif found.words:
        blocks += [say("report-words"), Quoted(found.words)]
    else:
        blocks.append(say("report-find", name=found.chat.chat_id))
    buttons = (
        Button(text("report-done"), f"report.done:{id_}"),
        Button(text("report-reject"), f"report.no:{id_}"),
    )
    return Body((*blocks, say("report-what")), buttons)


def done(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Something was done about it."""
    return _settle(event, "done", ctx)


def reject(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Nothing has to be done."""
    return _settle(event, "rejected", ctx)


def _settle(event: Pressed, outcome: str, ctx: Context[Store]) -> Sequence[Intent]:
    if ctx.role < Role.MODERATOR:
        return [Acknowledge(text("desk-moderators"), alert=True)]
    id_ = (event.action or "").partition(":")[2]
    ended = handled(ctx, CardRef(CARD, id_), outcome)
    if ended is None:
        return [Acknowledge(text("desk-handled"))]
    ctx.store.reports.handled(id_)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, f"report-{outcome}", id_)
    told = Body((say(f"report-told-{outcome}"),))
    return [
        Acknowledge(text(f"report-toast-{outcome}")),
        *ended,
        *(Direct(person, told) for person in ctx.store.reports.reporters(id_)),
    ]


def _reply(id_: str) -> Reply:
    return Reply(Body((say(id_),)))
