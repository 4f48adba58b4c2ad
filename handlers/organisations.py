"""Organisations: a member says which one they are from, a moderator confirms it with one tap."""

from collections.abc import Sequence

from bot.core.chats import ChatKind
from bot.core.clean import one_line
from bot.core.content import Body, Button, Items, say, text
from bot.core.context import Context
from bot.core.desk import ask, handled, staffed
from bot.core.events import Message, Pressed
from bot.core.intents import Acknowledge, Direct, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.refs import CardRef, network_of
from bot.core.routing import Names, Router
from storage import Store
from storage.desk import MEMBERSHIP
from storage.organisations import MembershipState, Standing

NAME_LIMIT = 80
"""Longest name of an organisation, in characters."""
MOST_WAITING = 5
"""How many requests of one person may wait: each is a message to every moderator."""
AT_ONCE = 5
"""How many waiting requests a moderator is shown at once."""


def router() -> Router[Store]:
    """Saying where one is from, the list, and the moderators' answers."""
    routes: Router[Store] = Router()
    one = Names("organizacja", "organisation", "організація", also=("organization",))
    routes.command("organisation", one, bare=True)(belong)
    several = Names("organizacje", "organisations", "організації", also=("organizations",))
    routes.command("organisations", several)(listed)
    routes.press("org.yes")(confirm)
    routes.press("org.no")(refuse)
    routes.press("org.leave")(leave)
    routes.card(MEMBERSHIP)(show)
    return routes


# --- members ---


def belong(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """Ask for a membership; without a name show one's own, in the direct chat only."""
    person = ctx.person
    if person is None:
        return [_reply("organisation-unknown-sender")]
    name = one_line(argument)
    if not name:
        return [_own(person.id, ctx) if message.kind is ChatKind.DIRECT else _reply("organisation-how")]
    if len(name) > NAME_LIMIT or not any(char.isalpha() for char in name):
        return [Reply(Body((say("organisation-name-bad", limit=NAME_LIMIT),)))]
    moderators = [id_ for id_ in ctx.store.people.with_role(Role.MODERATOR) if _may_decide(id_, person.id, ctx.role)]
    if not staffed(ctx, moderators):
        return [_reply("organisation-no-moderators")]
    waiting = [one for one in ctx.store.organisations.of(person.id) if one.state is MembershipState.ASKED]
    asked, new = ctx.store.organisations.ask(person.id, name)
    if not new:
        waits = asked.state is MembershipState.ASKED
        id_ = "organisation-waits" if waits else "organisation-yours-already"
        return [Reply(Body((say(id_, organisation=asked.organisation.name, number=str(asked.number)),)))]
    if len(waiting) >= MOST_WAITING:
        ctx.store.organisations.leave(asked.id)
        return [_reply("organisation-too-many")]
    told = say("organisation-asked", organisation=asked.organisation.name, number=str(asked.number))
    return [Reply(Body((told,))), *ask(ctx, CardRef(MEMBERSHIP, asked.id), moderators)]


def leave(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Leave an organisation or take a request back: one's own only."""
    one = ctx.store.organisations.get(_arguments(event)[0])
    if one is None or ctx.person is None or one.person_id != ctx.person.id:
        return [Acknowledge(text("press-expired"), alert=True)]
    if one.state in {MembershipState.ASKED, MembershipState.CONFIRMED}:
        ctx.store.organisations.leave(one.id)
        ctx.store.audit.note(ctx.person.id, "membership-left", one.id)
    ended = handled(ctx, CardRef(MEMBERSHIP, one.id), "withdrawn") or []
    return [Acknowledge(text("organisation-left", organisation=one.organisation.name)), *ended]


def listed(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """The organisations. Who is in them is told to nobody; a moderator in the direct chat gets what waits as well."""
    names = tuple(text("organisation-name", name=one.name) for one in ctx.store.organisations.all())
    shown = Body((say("organisations-head"), Items(names))) if names else Body((say("organisations-none"),))
    if ctx.role < Role.MODERATOR or message.kind is not ChatKind.DIRECT:
        return [Reply(shown)]
    waiting = ctx.store.organisations.waiting(AT_ONCE)
    return [Reply(shown), *(Post(CardRef(MEMBERSHIP, one.id), message.chat) for one in waiting)]


def _own(person_id: str, ctx: Context[Store]) -> Reply:
    mine = ctx.store.organisations.of(person_id)
    lines = tuple(
        text(
            f"organisation-own-{one.standing.value if one.state is MembershipState.CONFIRMED else 'asked'}",
            organisation=one.organisation.name,
            number=str(one.number),
        )
        for one in mine
    )
    leaves = tuple(
        Button(text("organisation-leave", organisation=one.organisation.name), f"org.leave:{one.id}") for one in mine
    )
    head = (say("organisation-own"), Items(lines)) if lines else ()
    return Reply(Body((*head, say("organisation-how")), leaves))


# --- moderators ---


def show(store: Store, id_: str) -> Body | None:
    """The card of a request, for moderators."""
    asked = store.organisations.get(id_)
    if asked is None:
        return None
    if asked.state is not MembershipState.ASKED:
        ended = f"organisation-was-{asked.state.value}"
        return Body((say(ended, organisation=asked.organisation.name, number=str(asked.number)),))
    lines = tuple(
        text("organisation-account", network=network_of(one.platform), account=one.user_id)
        for one in store.people.accounts(asked.person_id)
    )
    head = say("organisation-request", organisation=asked.organisation.name, number=str(asked.number))
    yes = tuple(
        Button(text(f"organisation-confirm-{standing.value}"), f"org.yes:{asked.id}:{standing.value}")
        for standing in Standing
    )
    no = Button(text("organisation-refuse"), f"org.no:{asked.id}")
    return Body((head, Items(lines), say("organisation-check")), (*yes, no))


def confirm(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Confirm a request with the standing on the button: once, however many moderators press."""
    _, chosen = _arguments(event)
    standing = Standing(chosen) if chosen in set(Standing) else None
    if standing is None:
        return [Acknowledge(text("press-expired"), alert=True)]
    return _decide(event, standing, ctx)


def refuse(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Refuse a request."""
    return _decide(event, None, ctx)


def _decide(event: Pressed, standing: Standing | None, ctx: Context[Store]) -> Sequence[Intent]:
    asked = ctx.store.organisations.get(_arguments(event)[0])
    if ctx.person is None or ctx.role < Role.MODERATOR:
        return [Acknowledge(text("organisation-moderators"), alert=True)]
    if asked is None:
        return [Acknowledge(text("press-expired"), alert=True)]
    if not _may_decide(ctx.person.id, asked.person_id, ctx.role):
        return [Acknowledge(text("organisation-own-request"), alert=True)]
    if not ctx.store.organisations.decide(asked.id, standing, ctx.person.id):
        return [Acknowledge(text("organisation-decided"))]
    act = "membership-confirmed" if standing else "membership-refused"
    ctx.store.audit.note(ctx.person.id, act, asked.id, standing=standing.value if standing else None)
    name = asked.organisation.name
    told = say(f"organisation-given-{standing.value}" if standing else "organisation-refused", organisation=name)
    toast = text("organisation-confirmed-toast" if standing else "organisation-refused-toast", number=str(asked.number))
    card = CardRef(MEMBERSHIP, asked.id)
    handled(ctx, card, "confirmed" if standing else "refused")
    return [Acknowledge(toast), Direct(asked.person_id, Body((told,))), Refresh(card)]


def _may_decide(moderator: str, asking: str, role: Role) -> bool:
    """Nobody confirms themselves, but those who run organisations anyway."""
    return moderator != asking or role >= Role.COORDINATOR


def _arguments(event: Pressed) -> tuple[str, str]:
    id_, _, rest = (event.action or "").partition(":")[2].partition(":")
    return id_, rest


def _reply(id_: str) -> Reply:
    return Reply(Body((say(id_),)))
