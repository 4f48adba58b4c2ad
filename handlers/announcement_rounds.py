"""Announcements on their way: sent to each room, looked after, reported; sent again where it failed; read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core import announcement_cards as cards
from bot.core.announcement_intents import (
    desk_changed,
    goes_at,
    gone_wrong,
    id_in,
    in_rooms,
    looked_at,
    may,
    no,
    once_more,
)
from bot.core.announcements import (
    APPROVAL,
    FAILED,
    GOOD,
    RETRIED,
    Act,
    Announcement,
    Outcome,
    Phase,
    Round,
    Terms,
    after,
)
from bot.core.chats import ChatKind
from bot.core.content import Body, say, text
from bot.core.context import Context
from bot.core.desk import handled, listed
from bot.core.events import Pressed, TimerFired
from bot.core.files import File
from bot.core.form_talk import refused
from bot.core.intents import Acknowledge, Intent, Pin, Post, Reply, SendFile
from bot.core.people import Role
from bot.core.places import Standing
from bot.core.refs import CardRef, ChatRef
from bot.core.routing import Router
from storage import Store

LANGUAGE = "pl"
"""Of rooms whose language is not known."""
_DEAF = (Standing.ARCHIVED, Standing.DESK)
"""What a room became while the announcement was held: it is not sent there."""


def router(terms: Terms) -> Router[Store]:
    """The timers, the cards, and the buttons of what is out."""
    routes: Router[Store] = Router()
    rounds = Rounds(terms)
    routes.timer("announce.go")(rounds.go)
    routes.timer("announce.look")(look)
    routes.press("announce.retry")(retry)
    routes.press("announce.left")(leave)
    routes.press("announce.read")(read)
    routes.card("announcement")(copy)
    routes.card("announcement-again")(again)
    routes.copy("announcement-desk")(rounds.desk)
    routes.copy("announcement-report")(rounds.report)
    routes.copy(APPROVAL)(rounds.approval)
    routes.copy(FAILED)(rounds.failed)
    routes.file("announcement-file")(file)
    return routes


@dataclass(frozen=True, slots=True)
class Rounds:
    """What needs the operator's terms."""

    terms: Terms

    def go(self, event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
        """Its time has come. Who sent it must still have the right; late after an outage, quiet hours hold it anew."""
        one = ctx.store.announcements.get(str(event.payload["id"]))
        if one is None or after(one.phase, Act.GO) is None:
            return []
        people = ctx.store.people
        if not all(who and people.standing(who) >= Role.MODERATOR for who in _answerable(one)):
            ctx.store.announcements.change(one, Phase.DROPPED)
            ctx.store.audit.note(None, "announcement-stopped", one.id)
            told = Reply(Body((say("announce-demoted", number=one.number),)), chat=one.desk)
            return [told, desk_changed(one)] if one.desk.chat_id else []
        at = ctx.now if one.draft.options.urgent else self.terms.quiet.over(ctx.now, self.terms.zone)
        if at > ctx.now:
            one = ctx.store.announcements.change(one, one.phase, due_at=at)
            return [goes_at(one, at), desk_changed(one)]
        one = ctx.store.announcements.begin(one, Round.SEND, Phase.SENDING, sent_at=ctx.now)
        deaf = {place.chat for place in ctx.store.rooms.places() if place.standing in _DEAF}
        one = ctx.store.announcements.stopped(one, deaf)
        ctx.store.audit.note(one.sender, "announcement-sent", one.id, rooms=len(one.copies))
        chats = [copy.chat for copy in one.copies if copy.outcome is Outcome.WAITS]
        return [*_sent(ctx, one, chats), looked_at(one, ctx.now), desk_changed(one)]

    def desk(self, store: Store, id_: str, chat: ChatRef) -> Body | None:
        """Its card at the desk."""
        one = store.announcements.get(id_)
        return cards.desk(one, self._seen(store, one, chat)) if one else None

    def report(self, store: Store, id_: str, chat: ChatRef) -> Body | None:
        """The report of a round; of one that is over for long the last report stays as it is."""
        one = store.announcements.get(id_.partition(".")[0])
        if one is None or id_ != f"{one.id}.{one.round}":
            return None
        return cards.report(one, self._seen(store, one, chat))

    def approval(self, store: Store, id_: str, chat: ChatRef) -> Body | None:
        """It waits for a second person; or how that ended."""
        one = store.announcements.get(id_)
        if one is None:
            return None
        if one.phase is not Phase.WAITING:
            outcome = store.desk.outcome(CardRef(APPROVAL, id_)) or "undone"
            return Body((say(f"announce-approval-{outcome}", number=one.number),))
        return cards.asked_for(one, self._seen(store, one, chat))

    def failed(self, store: Store, id_: str, chat: ChatRef) -> Body | None:
        """Where a round went wrong; or what was done about it."""
        id_, _, kind = id_.partition(".")
        one = store.announcements.get(id_)
        if one is None or kind not in set(Round):
            return None
        outcome = store.desk.outcome(gone_wrong(one, Round(kind)))
        if outcome:
            return Body((say(f"announce-failed-was-{outcome}", number=one.number),))
        seen = self._seen(store, one, chat)
        if one.round_kind != kind:  # What became of the sending is written down before another round begins.
            seen = replace(
                seen, outcomes={copy.chat: copy.outcome for copy in one.copies} if kind == Round.SEND else {}
            )
        return cards.gone_wrong(one, Round(kind), seen)

    def _seen(self, store: Store, one: Announcement, chat: ChatRef) -> cards.Desk:
        deliveries = store.announcements.deliveries(one)
        room = store.rooms.get(chat)
        return cards.Desk(
            store.now,
            self.terms.zone,
            {place.chat: place for place in store.rooms.places()},
            {area.id: area.words for area in store.areas.all(retired=True)},
            deliveries.outcomes(),
            store.announcements.readers.count(one.id),
            deliveries.unpinned(),
            deliveries.without_file(),
            deliveries.not_loud(),
            # Names of other rooms are not told in a room, but in the moderators'.
            named=store.chats.kind(chat) is ChatKind.DIRECT or bool(room and room.desk),
        )


def _answerable(one: Announcement) -> list[str | None]:
    return [one.sender, one.approver] if one.approver else [one.sender]


def _sent(ctx: Context[Store], one: Announcement, chats: Iterable[ChatRef]) -> list[Intent]:
    """The announcement with all that belongs to it, to each of these rooms in its language."""
    chats = list(chats)
    ctx.store.chats.prefetch(chats)
    intents: list[Intent] = []
    for chat in chats:
        lang = ctx.store.chats.language(chat) or LANGUAGE
        intents.append(Post(in_rooms(one), chat, lang))
        if one.has_file:
            intents.append(SendFile(CardRef("announcement-file", one.id), chat=chat, ref=in_rooms(one), lang=lang))
    return [*intents, Pin(in_rooms(one))] if one.draft.options.pin else intents


def look(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """How far is it? What nobody can tell has arrived is sent once more; when all is done there is a report."""
    one = ctx.store.announcements.get(str(event.payload["id"]))
    if one is None or one.round != event.payload["round"]:
        return []
    deliveries = ctx.store.announcements.deliveries(one)
    doubtful = deliveries.uncertain() if one.phase is Phase.SENDING else []
    if doubtful:
        ctx.store.announcements.repeated(one, doubtful)
        ctx.store.audit.note(None, "announcement-repeated", one.id, rooms=len(doubtful))
    repeats = [Post(once_more(one), copy.chat, ctx.store.chats.language(copy.chat) or LANGUAGE) for copy in doubtful]
    if deliveries.open or doubtful:
        done = sum(outcome is not Outcome.WAITS for outcome in deliveries.outcomes().values())
        shown = [desk_changed(one)] if done != event.payload["done"] else []
        return [*repeats, *shown, looked_at(one, ctx.now, done)]
    phase = after(one.phase, Act.DONE) or one.phase
    one = ctx.store.announcements.change(one, phase)
    if one.round_kind is Round.SEND:
        ctx.store.announcements.conclude(one)
    bad = any(outcome not in GOOD for outcome in deliveries.outcomes().values())
    told = listed(ctx, gone_wrong(one, one.round_kind)) if bad else []
    if not one.desk.chat_id:  # Its sender was erased meanwhile: there is nobody to report to.
        return told
    report = Post(CardRef("announcement-report", f"{one.id}.{one.round}"), one.desk, _lang(ctx, one))
    return [desk_changed(one), report, *told]


def retry(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Send it again to the rooms where it failed and where there is hope now."""
    refusal = may(ctx)
    if refusal:
        return refused(event, refusal)
    one = ctx.store.announcements.get(id_in(event.action))
    if one is None or after(one.phase, Act.RETRY) is None:
        return no(event, "announce-already" if one else "announce-gone")
    ctx.store.announcements.conclude(one)
    one = ctx.store.announcements.get(one.id) or one
    active = {place.chat for place in ctx.store.rooms.places() if place.standing is Standing.ACTIVE}
    chats = [copy.chat for copy in one.copies if copy.outcome in RETRIED and copy.chat in active]
    if not chats:
        return no(event, "announce-no-hope")
    one = ctx.store.announcements.begin(one, Round.SEND, Phase.SENDING)
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "announcement-retried", one.id, rooms=len(chats))
    toast = Acknowledge(text("announce-retry-toast"))
    over = handled(ctx, gone_wrong(one, Round.SEND), "again") or []
    return [toast, *over, *_sent(ctx, one, chats), looked_at(one, ctx.now), desk_changed(one)]


def leave(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """What went wrong is seen to, or stays as it is."""
    refusal = may(ctx)
    if refusal:
        return refused(event, refusal)
    done = handled(ctx, CardRef(FAILED, id_in(event.action)), "left")
    if done is None:
        return [Acknowledge(text("desk-handled"))]
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "announcement-left", id_in(event.action))
    return [Acknowledge(text("announce-left-toast")), *done]


def read(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """A person read it. Who did is told to nobody, only how many."""
    one = ctx.store.announcements.get(id_in(event.action))
    if one is None or ctx.person is None:
        return [Acknowledge(text("announce-read-anonymous" if one else "announce-gone"), alert=True, aside=True)]
    fresh = ctx.store.announcements.readers.add(one.id, ctx.person.id)
    return [Acknowledge(text("announce-read-toast" if fresh else "announce-read-before"), aside=True)]


def copy(store: Store, id_: str) -> Body | None:
    """It in a room."""
    one = store.announcements.words_of(id_)
    return cards.copy(one) if one else None


def again(store: Store, id_: str) -> Body | None:
    """It in a room where the first may not have arrived."""
    one = store.announcements.words_of(id_)
    return cards.copy(one, again=True) if one else None


def file(store: Store, id_: str, _lang: str) -> File | None:
    """The file that goes with it."""
    return store.announcements.file(id_)


def _lang(ctx: Context[Store], one: Announcement) -> str:
    author = ctx.store.people.language(one.sender) if one.sender else None
    return author or ctx.store.chats.language(one.desk) or LANGUAGE
