"""Announcements that are out: other words everywhere, or withdrawn everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.core.announcement_form import read_words
from bot.core.announcement_intents import (
    at_desk,
    desk_changed,
    gone_wrong,
    id_in,
    in_rooms,
    looked_at,
    may,
    no,
    once_more,
    said,
)
from bot.core.announcement_steps import correction_of, words_form, words_of
from bot.core.announcements import Act, Announcement, Phase, Round, after
from bot.core.chats import ChatKind
from bot.core.content import Body, Button, Text, say, text
from bot.core.context import Context
from bot.core.desk import handled
from bot.core.events import FromChat, Message, Pressed
from bot.core.form_talk import refused, start
from bot.core.forms import Answers
from bot.core.intents import Acknowledge, Intent, Refresh, Reply, Retract
from bot.core.people import Role
from bot.core.refs import CardRef
from bot.core.routing import FormRoute, Names, Router
from storage import Store

_CARDS = frozenset({"announcement", "announcement-again", "announcement-desk", "announcement-report"})


def router() -> Router[Store]:
    """Correcting and withdrawing."""
    routes: Router[Store] = Router()
    form = routes.form(
        FormRoute("correction", words_form(), finish=_formed, allowed=_may_correct, begin=_begin, facts=_draft)
    )
    changes = Changes(form)
    names = Names("popraw_ogłoszenie", "edit_announcement", "виправити_оголошення")
    routes.command("edit-announcement", names, who=Role.MODERATOR)(changes.command)
    routes.press("announce.words")(changes.press)
    routes.press("announce.pull")(ask)
    routes.press("announce.pulled")(withdraw)
    return routes


@dataclass(frozen=True, slots=True)
class Changes:
    """Correcting in one message, or step by step in a direct chat."""

    form: FormRoute[Store]

    def command(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """In answer to one of its cards, or the last that this person sent: other words."""
        one = _replied(ctx) or (ctx.store.announcements.last_of(ctx.person.id) if ctx.person else None)
        if one is None:
            return said("announce-none")
        if not argument:
            direct = message.kind is ChatKind.DIRECT
            return start(self.form, message, ctx, one.id) if direct else said("announce-correct-how")
        refusal = _may_correct(ctx, one.id)
        words = refusal or read_words(argument)
        return refused(message, words) if isinstance(words, Text) else _corrected(ctx, one, words)

    def press(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """The button under a card at the desk."""
        refusal = may(ctx)
        if refusal or event.kind is not ChatKind.DIRECT:
            return refused(event, refusal or text("announce-correct-how-toast"))
        return start(self.form, event, ctx, id_in(event.action))


def ask(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Withdrawing is for good: one more word."""
    one, refusal = _of(event, ctx)
    if one is None:
        return refusal
    sure = Button(text("announce-pulled"), f"announce.pulled:{one.id}")
    return [Reply(Body((say("announce-pull-ask", number=one.number, rooms=len(one.copies)),), (sure,)))]


def withdraw(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Take it back everywhere."""
    one, refusal = _of(event, ctx)
    if one is None:
        return refusal
    one = ctx.store.announcements.begin(one, Round.WITHDRAW, Phase.WITHDRAWN)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "announcement-withdrawn", one.id)
    toast = Acknowledge(text("announce-pulled-toast"))
    over = [handled(ctx, gone_wrong(one, kind), "over") or [] for kind in (Round.SEND, Round.EDIT)]
    return [
        toast,
        *over[0],
        *over[1],
        Retract(in_rooms(one)),
        Retract(once_more(one)),
        looked_at(one, ctx.now),
        desk_changed(one),
    ]


def _corrected(ctx: Context[Store], one: Announcement, words: tuple[tuple[str, str], ...]) -> Sequence[Intent]:
    """What is on its way goes out with the new words and is reported with the sending; what is out is a round."""
    store = ctx.store.announcements
    one = store.rewrite(one, replace(one.draft, words=words))
    if one.phase is Phase.SENT:
        one = store.begin(one, Round.EDIT, Phase.SENT, corrected=True)
        over = handled(ctx, gone_wrong(one, Round.EDIT), "over") or []
    else:
        one, over = store.change(one, one.phase, corrected=True), []
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "announcement-corrected", one.id)
    refreshed = [Refresh(in_rooms(one)), Refresh(once_more(one)), Refresh(at_desk(one))]
    return [*refreshed, *over, looked_at(one, ctx.now), *said("announce-correct-begun")]


def _of(event: Pressed, ctx: Context[Store]) -> tuple[Announcement | None, Sequence[Intent]]:
    refusal = may(ctx)
    if refusal:
        return None, refused(event, refusal)
    one = ctx.store.announcements.get(id_in(event.action))
    if one is None or after(one.phase, Act.WITHDRAW) is None:
        return None, no(event, "announce-already" if one else "announce-gone")
    return one, []


# --- the guided form ---


def _may_correct(ctx: Context[Store], id_: str) -> Text | None:
    refusal = may(ctx)
    if refusal:
        return refusal
    one = ctx.store.announcements.get(id_)
    if one is None:
        return text("announce-gone")
    return None if one.phase in (Phase.SENDING, Phase.SENT) else text("announce-not-out")


def _begin(ctx: Context[Store], id_: str) -> Answers | Text:
    one = ctx.store.announcements.get(id_)
    return correction_of(one.draft) if one else text("announce-gone")


def _draft(ctx: Context[Store], id_: str) -> Any:
    one = ctx.store.announcements.get(id_)
    return one.draft if one else None


def _formed(_event: FromChat, answers: Answers, id_: str, ctx: Context[Store]) -> Sequence[Intent]:
    one = ctx.store.announcements.get(id_)
    return _corrected(ctx, one, words_of(answers)) if one else said("announce-gone")


def _replied(ctx: Context[Store]) -> Announcement | None:
    card: CardRef | None = ctx.post.card if ctx.post else None
    if card is None or card.kind not in _CARDS:
        return None
    return ctx.store.announcements.get(card.id.partition(".")[0])
