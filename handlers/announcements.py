"""Announcements until they go out: written, seen as they will look, sent by one or two persons, taken back in time."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.announcement_form import Facts, is_head, read_announcement
from bot.core.announcement_intents import (
    approval,
    at_desk,
    desk_changed,
    goes_at,
    goes_not,
    id_in,
    may,
    no,
    said,
    shown_at_desk,
)
from bot.core.announcement_steps import announcement_form, answers_of, draft_of
from bot.core.announcements import Act, Announcement, Draft, Phase, Terms, after, due
from bot.core.chats import ChatKind
from bot.core.content import Body, Say, Text, say, text
from bot.core.context import Context
from bot.core.desk import ask, handled
from bot.core.errors import UserError
from bot.core.events import FromChat, Message, Pressed, WorkDone
from bot.core.files import LARGEST, FileRef
from bot.core.form_talk import refused, start
from bot.core.forms import Answers
from bot.core.intents import Acknowledge, Do, Intent, Refresh, Reply
from bot.core.people import Role
from bot.core.places import EVERYWHERE, reached
from bot.core.refs import ChatRef
from bot.core.routing import FormRoute, Names, Router
from storage import Store

WORK = "announcement-file"
ASKED = 20
"""How many moderators are asked to approve where they have no room."""


def router(terms: Terms) -> Router[Store]:
    """Writing, the preview's buttons, the second person."""
    routes: Router[Store] = Router()
    form = routes.form(
        FormRoute(
            "announcement", announcement_form(), finish=_formed, allowed=_may_write, begin=_begin, facts=_facts(terms)
        )
    )
    acts = Announcements(terms, form)
    routes.command("announce", Names("ogłoszenie", "announce", "оголошення"), who=Role.MODERATOR)(acts.write)
    routes.press("announce.send")(acts.send)
    routes.press("announce.again")(acts.send_anyway)
    routes.press("announce.approve")(acts.approve)
    routes.press("announce.refuse")(refuse)
    routes.press("announce.fix")(acts.fix)
    routes.press("announce.drop")(drop)
    routes.press("announce.undo")(undo)
    routes.work(WORK)(fetched)
    return routes


@dataclass(frozen=True, slots=True)
class Announcements:
    """What needs the operator's terms, or the guided form."""

    terms: Terms
    form: FormRoute[Store]

    def write(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """One message is the announcement, or the message that it answers; alone in a direct chat it is asked for."""
        refusal = may(ctx)
        if refusal:
            return refused(message, refusal)
        words = f"{argument}\n{message.quoted}" if message.quoted and is_head(argument) else argument
        file = message.file or (message.quoted_file if is_head(argument) else None)
        if message.files and message.file is None:
            return no(message, "announce-file-unfit")
        if file and file.size is not None and file.size > LARGEST:
            return no(message, "announce-file-large", limit=LARGEST // 1024 // 1024)
        direct = message.kind is ChatKind.DIRECT
        if not words.strip() and file is None:
            return start(self.form, message, ctx) if direct and message.reply_to is None else said("announce-how")
        facts = self.form.facts(ctx, "")
        draft = read_announcement(words, self._target(message, ctx), ctx.now, facts)
        if isinstance(draft, Text):
            return refused(message, draft)
        rooms = _rooms(ctx, draft)
        if not rooms:
            return no(message, "announce-no-rooms")
        desk = _desk(message, ctx)
        one = ctx.store.announcements.new(draft, _person(ctx), desk, rooms)
        intents: list[Intent] = [shown_at_desk(one, ctx.lang)]
        if file:
            ctx.store.announcements.expect(one, file.name, file.mime)
            intents.append(_fetch(one, file))
        return intents if desk == message.chat else [*intents, *said("announce-preview-direct")]

    def _target(self, message: Message, ctx: Context[Store]) -> str:
        room = ctx.store.rooms.get(message.chat) if message.kind is ChatKind.ROOM else None
        return f"audience:{room.audience.id}" if room else EVERYWHERE

    def send(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Send it: held for a moment, or until a second person agrees."""
        return self._send(event, ctx, anyway=False)

    def send_anyway(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Send it though the same went out a moment ago."""
        return self._send(event, ctx, anyway=True)

    def _send(self, event: Pressed, ctx: Context[Store], *, anyway: bool) -> Sequence[Intent]:
        one, refusal = _of(event, ctx, Act.SEND)
        if one is None:
            return refusal
        if one.draft.send_at and one.draft.send_at <= ctx.now:
            return no(event, "announce-time-passed")
        if one.file and not one.has_file:
            return no(event, "announce-file-failed-toast" if one.file_error else "announce-file-wait")
        rooms = _rooms(ctx, one.draft)
        if not rooms:
            return no(event, "announce-no-rooms")
        store = ctx.store.announcements
        if not anyway and store.same(one):
            store.change(one, one.phase, asked_twice=True)
            return [*no(event, "announce-twice-toast"), desk_changed(one)]
        one = store.rewrite(one, one.draft, rooms)
        if len(rooms) > self.terms.approval_above:
            return self._ask(event, ctx, one)
        return [*self._hold(ctx, one, Act.SEND, sender_id=_person(ctx)), Acknowledge(text("announce-held-toast"))]

    def _ask(self, event: Pressed, ctx: Context[Store], one: Announcement) -> Sequence[Intent]:
        """So many rooms take a second person, who did not write it."""
        people = ctx.store.people.with_role(Role.MODERATOR)
        others = [person for person in people if person not in (one.author, _person(ctx))]
        if not others:
            return no(event, "announce-nobody-approves", limit=self.terms.approval_above)
        one = ctx.store.announcements.change(
            one, Phase.WAITING, sender_id=_person(ctx), pressed_at=ctx.now, approver_id=None
        )
        ctx.store.audit.note(_person(ctx), "announcement-asked", one.id, rooms=len(one.copies))
        asking = ask(ctx, approval(one), others[:ASKED])
        return [*asking, desk_changed(one), Acknowledge(text("announce-waits-toast"))]

    def approve(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """The second person agrees: neither who wrote it nor who sent it."""
        one, refusal = _of(event, ctx, Act.APPROVE)
        if one is None:
            return refusal
        if _person(ctx) in (one.author, one.sender):
            return no(event, "announce-second-person")
        held = self._hold(ctx, one, Act.APPROVE, approver_id=_person(ctx))
        done = handled(ctx, approval(one), "approved") or []
        return [*held, *done, Acknowledge(text("announce-approved-toast"))]

    def _hold(self, ctx: Context[Store], one: Announcement, act: Act, **who: Any) -> list[Intent]:
        phase = after(one.phase, act)
        assert phase is not None  # noqa: S101 - the caller asked
        at = due(one.draft, ctx.now, self.terms.quiet, self.terms.zone)
        one = ctx.store.announcements.change(one, phase, due_at=at, pressed_at=ctx.now, **who)
        ctx.store.audit.note(_person(ctx), f"announcement-{act.value}", one.id, rooms=len(one.copies))
        return [goes_at(one, at), desk_changed(one)]

    def fix(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Change the draft, step by step."""
        refusal = may(ctx)
        one = ctx.store.announcements.get(id_in(event.action))
        if refusal or one is None:
            return refused(event, refusal or text("announce-gone"))
        return start(self.form, event, ctx, one.id)


def refuse(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """The second person does not agree: it is a draft again, and its author is told."""
    one, refusal = _of(event, ctx, Act.APPROVE)
    if one is None:
        return refusal
    ctx.store.announcements.change(one, Phase.DRAFT)
    ctx.store.audit.note(_person(ctx), "announcement-refused", one.id)
    told = [Reply(Body((say("announce-refused", number=one.number),)), chat=one.desk)] if one.desk.chat_id else []
    done = handled(ctx, approval(one), "refused") or []
    return [*told, *done, desk_changed(one), Acknowledge(text("announce-refused-toast"))]


def drop(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """It is not sent."""
    one, refusal = _of(event, ctx, Act.DROP)
    if one is None:
        return refusal
    ctx.store.announcements.change(one, Phase.DROPPED)
    return [desk_changed(one), Acknowledge(text("announce-dropped-toast"))]


def undo(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Back to the draft, while nobody has it."""
    one, refusal = _of(event, ctx, Act.UNDO)
    if one is None:
        return refusal
    ctx.store.announcements.change(one, Phase.DRAFT, pressed_at=None)
    ctx.store.audit.note(_person(ctx), "announcement-undone", one.id)
    done = handled(ctx, approval(one), "undone") or []
    return [goes_not(one), *done, desk_changed(one), Acknowledge(text("announce-undone-toast"))]


def _of(event: Pressed, ctx: Context[Store], act: Act) -> tuple[Announcement | None, Sequence[Intent]]:
    """The announcement that a button is about, if the person may and the act fits; else why not."""
    refusal = may(ctx)
    if refusal:
        return None, refused(event, refusal)
    one = ctx.store.announcements.get(id_in(event.action))
    if one is None:
        return None, no(event, "announce-gone")
    if after(one.phase, act) is None:
        return None, no(event, "announce-too-late" if act is Act.UNDO else "announce-already")
    return one, []


# --- files ---


def _fetch(one: Announcement, file: FileRef) -> Do:
    ref = {"name": file.name, "platform": file.platform, "id": file.id, "size": file.size, "mime": file.mime}
    return Do(WORK, f"announcement-file:{one.id}", {"announcement": one.id, "file": ref, "limit": LARGEST})


def fetched(event: WorkDone, ctx: Context[Store]) -> Sequence[Intent]:
    """The file is here, or will never be."""
    one = ctx.store.announcements.get(event.id.partition(":")[2])
    if one is None or one.phase is not Phase.DRAFT:
        return []
    if event.error:
        ctx.store.announcements.change(one, one.phase, file_error=event.error)
        why = "announce-file-large" if event.error == "too-large" else "announce-file-lost"
        return [Reply(Body((Say(text(why, limit=LARGEST // 1024 // 1024)),)), chat=one.desk), desk_changed(one)]
    ctx.store.announcements.keep(one, base64.b64decode(event.payload["content"]))
    return [desk_changed(one)]


# --- the guided form ---


def _facts(terms: Terms) -> Any:
    def facts(ctx: Context[Store], _argument: str) -> Facts:
        areas = tuple((area.id, area.words) for area in ctx.store.areas.all())
        return Facts(terms.zone, tuple(ctx.store.rooms.places()), areas)

    return facts


def _may_write(ctx: Context[Store], id_: str) -> Text | None:
    refusal = may(ctx)
    if refusal or not id_:
        return refusal
    one = ctx.store.announcements.get(id_)
    if one is None:
        return text("announce-gone")
    return None if one.phase is Phase.DRAFT else text("announce-already")


def _begin(ctx: Context[Store], id_: str) -> Answers | Text:
    one = ctx.store.announcements.get(id_) if id_ else None
    return answers_of(one.draft) if one else {}


def _formed(event: FromChat, answers: Answers, id_: str, ctx: Context[Store]) -> Sequence[Intent]:
    draft = draft_of(answers)
    rooms = _rooms(ctx, draft)
    if not rooms:
        raise UserError(text("announce-no-rooms"))
    before = ctx.store.announcements.get(id_) if id_ else None
    if before:
        one = ctx.store.announcements.rewrite(before, draft, rooms)
        return [Refresh(at_desk(one)), shown_at_desk(one, ctx.lang)]
    return [shown_at_desk(ctx.store.announcements.new(draft, _person(ctx), event.chat, rooms), ctx.lang)]


# --- where ---


def _rooms(ctx: Context[Store], draft: Draft) -> list[ChatRef]:
    return [place.chat for place in reached(ctx.store.rooms.places(), draft.target)]


def _desk(message: Message, ctx: Context[Store]) -> ChatRef:
    """Where its card is: in the sender's direct chat if there is one, else where it was written."""
    if message.kind is ChatKind.DIRECT or message.sender is None:
        return message.chat
    return ctx.store.chats.direct_of_account(message.sender) or message.chat


def _person(ctx: Context[Store]) -> str | None:
    return ctx.person.id if ctx.person else None
