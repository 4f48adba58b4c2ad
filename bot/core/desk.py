"""The desk: what needs a human is shown where moderators see it, and handled once. Shared by the handlers that ask."""

from collections.abc import Sequence
from typing import Any

from bot.core.context import Context
from bot.core.intents import Direct, Intent, Post, Refresh
from bot.core.refs import CardRef


def staffed(ctx: Context[Any], people: Sequence[str]) -> bool:
    """Whether anybody would see it: in a moderators' room, or one of these people."""
    return bool(people or ctx.store.rooms.desks())


def ask(
    ctx: Context[Any], card: CardRef, people: Sequence[str], *, ref: CardRef | None = None, again: bool = False
) -> list[Intent]:
    """Show a card in every moderators' room; where there is none, to each of these people in the direct chat.

    A card that waits already is not shown a second time, unless `again`; its copies are refreshed. The card's own
    buttons call handlers that check who presses, and end with `handled`.

    Args:
        ref: what a message to a person is about, if not the card: who is told when it will never arrive
            (`Router.failure`).
    """
    rooms = ctx.store.rooms.desks()
    if not rooms and not people:
        return []
    if not ctx.store.desk.open(card) and not again:
        return [Refresh(card)]
    if rooms:
        return [Post(card, chat, lang) for chat, lang in rooms]
    return [Direct(person, card, ref or card) for person in people]


def listed(ctx: Context[Any], card: CardRef) -> list[Intent]:
    """As `ask`, for what somebody hears of in another way: without a moderators' room it is only on the list of what
    waits."""
    asked = ask(ctx, card, ())
    if not asked:
        ctx.store.desk.open(card)
    return asked


def handled(ctx: Context[Any], card: CardRef, outcome: str) -> list[Intent] | None:
    """Whoever is first handles it: its copies are refreshed. None: somebody was faster."""
    if not ctx.store.desk.close(card, ctx.person.id if ctx.person else None, outcome):
        return None
    return [Refresh(card)]
