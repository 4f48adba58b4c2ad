"""What follows from an act on an announcement: its cards, its timers, short answers. Shared by its handlers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.core.announcements import APPROVAL, FAILED, Announcement, Round
from bot.core.content import Body, Say, Text, text
from bot.core.context import Context
from bot.core.events import FromChat
from bot.core.form_talk import refused
from bot.core.intents import At, Cancel, Intent, Post, Refresh, Reply
from bot.core.people import Role
from bot.core.refs import CardRef

LOOK = timedelta(seconds=5)
"""How often the desk looks how far it is, and edits its card if that changed."""


def may(ctx: Context[Any]) -> Text | None:
    """Why the person of the context may not touch announcements; None when they may."""
    return None if ctx.person is not None and ctx.role >= Role.MODERATOR else text("announce-moderators")


def in_rooms(one: Announcement) -> CardRef:
    """The card in the rooms."""
    return CardRef("announcement", one.id)


def once_more(one: Announcement) -> CardRef:
    """The card in rooms where the first may not have arrived."""
    return CardRef("announcement-again", one.id)


def at_desk(one: Announcement) -> CardRef:
    """The card of those who send it."""
    return CardRef("announcement-desk", one.id)


def approval(one: Announcement) -> CardRef:
    """The card that asks moderators for a second person."""
    return CardRef(APPROVAL, one.id)


def gone_wrong(one: Announcement, kind: Round) -> CardRef:
    """The card that tells moderators where a round of this kind went wrong."""
    return CardRef(FAILED, f"{one.id}.{kind.value}")


def shown_at_desk(one: Announcement, lang: str) -> Post:
    """Its card at the desk."""
    return Post(at_desk(one), one.desk, lang)


def desk_changed(one: Announcement) -> Refresh:
    """The card at the desk shows something else."""
    return Refresh(at_desk(one))


def goes_at(one: Announcement, when: datetime) -> At:
    """The timer of its sending."""
    return At(when, "announce.go", _going(one), {"id": one.id})


def goes_not(one: Announcement) -> Cancel:
    """It is not sent."""
    return Cancel(_going(one))


def looked_at(one: Announcement, now: datetime, done: int = 0) -> At:
    """The timer of the next look at its round. `done`: how many rooms had their outcome at this one."""
    payload = {"id": one.id, "round": one.round, "done": done}
    return At(now + LOOK, "announce.look", f"announce-look:{one.id}", payload)


def id_in(action: str | None) -> str:
    """The announcement's id in a button's action."""
    return (action or "").partition(":")[2]


def said(id_: str, **args: Any) -> Sequence[Intent]:
    """A reply of one text."""
    return [Reply(Body((Say(text(id_, **args)),)))]


def no(event: FromChat, id_: str, **args: Any) -> Sequence[Intent]:
    """Why an act does nothing."""
    return refused(event, text(id_, **args))


def _going(one: Announcement) -> str:
    return f"announce:{one.id}"
