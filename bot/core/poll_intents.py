"""What follows from an act on a poll: its cards, its timers, and short answers. Shared by the handlers of polls."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.core import native_polls
from bot.core.content import Body, Say, Text
from bot.core.context import Context
from bot.core.intents import Acknowledge, At, Cancel, Intent, Post, Refresh, Reply
from bot.core.meetings import Meeting
from bot.core.people import Role
from bot.core.polls import GRACE, Poll, complete
from bot.core.refs import CardRef, ChatRef

ROOM_CARDS = frozenset({"poll", "poll-result", "poll-ballot", native_polls.CARD})
"""Cards that show a poll: an answer to one of them is about it."""
DATES = "date-search"
"""The card of a poll that asks for the date of a meeting, for who asks."""
_ACTION = re.compile(r"poll\.[a-z]+:([0-9a-f]{1,32})(?:\.([0-9]{1,4}))?")


def named(action: str | None) -> tuple[str, int]:
    """The poll's id in a button's action, and the number of a closing; an empty id when it is no such action."""
    match = _ACTION.fullmatch(action or "")
    return (match[1], int(match[2] or 0)) if match else ("", 0)


def id_of(card: CardRef) -> str:
    """The poll's id in a card's, which may have the number of a closing behind it."""
    return card.id.partition(".")[0]


def of_closing(kind: str, poll: Poll) -> CardRef:
    """A card of the poll's last closing."""
    return CardRef(kind, f"{poll.id}.{poll.closings}")


def everywhere(
    shown: Poll | Meeting, card: CardRef, language: Callable[[ChatRef], str | None], lang: str
) -> list[Intent]:
    """The card in every room of a poll or a meeting, in the room's language."""
    return [Post(card, room, language(room) or lang) for room in shown.rooms]


def published(poll: Poll, language: Callable[[ChatRef], str | None], lang: str) -> list[Intent]:
    """The result of a poll that was just closed, as a new message in every room; its cards say that it is over."""
    return [*everywhere(poll, of_closing("poll-result", poll), language, lang), *refreshed(poll)]


def refreshed(poll: Poll) -> list[Intent]:
    """Every card of the poll."""
    cards = [CardRef("poll", poll.id), CardRef("poll-opened", poll.id), CardRef(native_polls.CARD, poll.id)]
    cards.append(CardRef(DATES, poll.id))
    for closing in range(1, poll.closings + 1):
        cards += [CardRef("poll-result", f"{poll.id}.{closing}"), CardRef("poll-shut", f"{poll.id}.{closing}")]
    return [Refresh(card) for card in cards]


def end_native_at(when: datetime, poll: Poll) -> At:
    """End its polls of the networks' own, once its closing can't be taken back."""
    return refresh_at(when, CardRef(native_polls.CARD, poll.id))


def refresh_at(when: datetime, card: CardRef) -> At:
    """Render a card anew when time has changed what it shows."""
    return At(when, "poll.refresh", f"poll-refresh:{card.kind}:{card.id}", {"kind": card.kind, "id": card.id})


def clock(poll: Poll, *, grace: bool = False) -> list[Intent]:
    """The timer of its closing time, or of the end of its grace; nothing where it has no such time."""
    at = poll.draft.closes_at
    if at is None:
        return []
    return [At(at + GRACE if grace else at, "poll.time", _clock(poll), {"poll": poll.id})]


def no_clock(poll: Poll) -> Cancel:
    """Its closing time means nothing any more."""
    return Cancel(_clock(poll))


def replied(ctx: Context[Any], kinds: frozenset[str] = ROOM_CARDS) -> Poll | None:
    """The poll that a message answers, if it answers one of its cards."""
    card = ctx.post.card if ctx.post else None
    poll: Poll | None = ctx.store.polls.get(id_of(card)) if card and card.kind in kinds else None
    return poll


def is_opener(poll: Poll, ctx: Context[Any]) -> bool:
    """Whether the person of the context opened it."""
    return ctx.person is not None and ctx.person.id == poll.opener


def may_end(poll: Poll, ctx: Context[Any]) -> bool:
    """Whether the person of the context may close or withdraw it."""
    return ctx.role >= Role.MODERATOR or is_opener(poll, ctx)


def receipt(poll: Poll, ballot: int, told: Text, *, shown: bool = False) -> Acknowledge:
    """What a voter is told of a ballot. Where receipts have to wait they are one message for all; `shown`: the network
    shows the choice itself."""
    if not complete(poll.draft, ballot):
        return Acknowledge(told, aside=True, shown=shown)
    return Acknowledge(told, aside=True, shown=shown, topic=f"vote:{poll.id}", many="votes-saved")


def said(id_: str) -> Sequence[Intent]:
    """A reply of one text."""
    return [Reply(Body((Say(Text(id_)),)))]


def alert(id_: str) -> Sequence[Intent]:
    """Why a press does nothing."""
    return [Acknowledge(Text(id_), alert=True, aside=True)]


def _clock(poll: Poll) -> str:
    return f"poll:{poll.id}"
