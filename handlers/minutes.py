"""Minutes: lines that people mark, decided by moderators, and what is made of them; tasks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from bot.core import minutes_cards, poll_cards
from bot.core.chats import ChatKind
from bot.core.clean import fold
from bot.core.content import Body, Button, Items, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed, TimerFired
from bot.core.intents import Acknowledge, At, Cancel, Direct, Intent, Post, Refresh, Reply
from bot.core.minutes_cards import FILE, files, remind_at
from bot.core.papers import Document, Format
from bot.core.people import Role
from bot.core.poll_intents import alert, said
from bot.core.polls import PollState
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from bot.core.sitting_talk import Held, held, latest, running
from bot.core.sittings import Kind, Line, LineState, read_line
from storage import Store

LISTED = 10
"""How many tasks or lines a list shows."""
_DROP = {"usun", "skresl", "delete", "remove", "видалити", "видали", "прибрати"}
_FIX = re.compile(r"\s*([0-9]{1,4})[.):]?\s+(\S.*)", re.DOTALL)


def router(zone: ZoneInfo) -> Router[Store]:
    """Marking, deciding, correcting, the document, tasks."""
    routes: Router[Store] = Router()
    minutes = Minutes(zone)
    for id_, kind, names in (
        ("agreed", Kind.AGREED, Names("ustalenie", "agreed", "рішення")),
        ("task", Kind.TASK, Names("zadanie", "task", "задача")),
        ("info", Kind.INFO, Names("info", "info", "інфо")),
    ):
        routes.command(id_, names)(partial(minutes.mark, kind))
    routes.command("tasks", Names("zadania", "tasks", "завдання"))(tasks)
    routes.command("minutes", Names("protokół", "minutes", "протокол"), who=Role.MODERATOR)(show)
    fix_names = Names("popraw_protokół", "edit_minutes", "виправити_протокол")
    routes.command("edit-minutes", fix_names, who=Role.MODERATOR)(fix)
    routes.press("minute.yes")(minutes.accept)
    routes.press("minute.no")(refuse)
    routes.press("minutes.approve")(approve)
    routes.press("task.take")(minutes.take)
    routes.press("task.done")(done)
    routes.timer("task.due")(remind)
    routes.card("minute")(card)
    routes.file(FILE)(as_file)
    return routes


@dataclass(frozen=True, slots=True)
class Minutes:
    """What reads days: they are the federation's."""

    zone: ZoneInfo

    def mark(self, kind: Kind, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """Keep one line: what stands behind the command, or the message that it answers. A member proposes it."""
        found = running(message, ctx)
        if isinstance(found, Text):
            return _reply(found)
        if ctx.person is None:
            return said("rsvp-nobody")
        theirs = message.quoted if ctx.post is None else ""
        if not argument and not theirs:
            return said("minute-reply-unknown" if message.reply_to and ctx.post is None else "minute-how")
        # "/zadanie do 15.12" in answer to a message: its words, until that day.
        read = read_line(kind, argument or theirs, ctx.now, self.zone)
        if theirs and argument and isinstance(read, Text) and read.id == "minute-empty":
            read = read_line(kind, f"{theirs} {argument}", ctx.now, self.zone)
        if isinstance(read, Text):
            return _reply(read)
        words, due = read
        author = ctx.store.people.find(message.reply_to_sender) if message.reply_to_sender else None
        owner = author.id if author and kind is Kind.TASK else None
        moderator = ctx.role >= Role.MODERATOR
        line = ctx.store.minutes.mark(found[1].id, kind, words, ctx.person.id, accepted=moderator, owner=owner, due=due)
        shown = Post(CardRef("minute", line.id), message.chat)
        return [shown, *(self._armed(ctx, line) if moderator else ())]

    def accept(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """One tap by a moderator."""
        line = _decided(event, ctx)
        if not isinstance(line, Line):
            return line
        ctx.store.minutes.decide(line, LineState.ACCEPTED)
        return [Acknowledge(text("minute-accepted-toast")), _refreshed(line), *self._armed(ctx, line)]

    def take(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Somebody does a task that is nobody's."""
        line = _pressed(event, ctx)
        if line is None or ctx.person is None or line.done or line.state is not LineState.ACCEPTED:
            return alert("task-gone")
        if line.owner:
            return alert("task-taken-toast" if line.owner != ctx.person.id else "task-yours")
        ctx.store.minutes.take(line, ctx.person.id)
        return [Acknowledge(text("task-yours"), aside=True), _refreshed(line), *self._armed(ctx, line)]

    def _armed(self, ctx: Context[Store], line: Line) -> Sequence[Intent]:
        at = remind_at(line, ctx.now, self.zone)
        return [At(at, "task.due", f"task.due:{line.id}", {"id": line.id})] if at else []


def refuse(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """It is not for the minutes."""
    line = _decided(event, ctx)
    if not isinstance(line, Line):
        return line
    ctx.store.minutes.decide(line, LineState.REFUSED)
    return [Acknowledge(text("minute-refused-toast")), _refreshed(line)]


# --- the document ---


def show(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """The minutes of the meeting that is held or was held last, as files in the direct chat; their lines by number."""
    found = latest(message, ctx)
    if isinstance(found, Text) or ctx.person is None:
        return _reply(found) if isinstance(found, Text) else said("rsvp-nobody")
    meeting, one, _sitting = found
    sent = files(meeting, one, ctx.person.id)
    if message.kind is not ChatKind.DIRECT:
        return [Reply(Body((say("minutes-sent"),))), *sent]
    lines = ctx.store.minutes.of(one.id)
    numbered = Items(tuple(text("minute-numbered", number=line.number, words=line.words) for line in lines))
    return [Reply(Body((say("minutes-lines"), numbered))), *sent] if lines else sent


def fix(message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """`/popraw_protokol 3 nowe słowa`, `/popraw_protokol 3 usuń`."""
    match = _FIX.fullmatch(argument)
    if match is None:
        return said("minutes-fix-how")
    found = latest(message, ctx)
    if isinstance(found, Text):
        return _reply(found)
    meeting, one, sitting = found
    if sitting.approved_at:
        return said("minutes-approved")
    line = ctx.store.minutes.numbered(one.id, int(match[1]))
    if line is None:
        return _reply(text("minutes-no-line", number=int(match[1])))
    ctx.store.audit.note(ctx.person.id if ctx.person else None, "minutes-corrected", meeting.id, line=line.number)
    if fold(match[2].strip()) in _DROP:
        ctx.store.minutes.drop(line)
        return [*said("minutes-dropped"), _refreshed(line), Cancel(f"task.due:{line.id}")]
    read = read_line(Kind.INFO, match[2], ctx.now, meeting.zone)
    if isinstance(read, Text):
        return _reply(read)
    ctx.store.minutes.reword(line, read[0])
    return [*said("minutes-fixed"), _refreshed(line)]


def approve(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """From now on they stay as they are; the files say so."""
    found = held(ctx, (event.action or "").partition(":")[2])
    if found is None:
        return alert("sitting-never")
    if ctx.role < Role.MODERATOR or ctx.person is None:
        return alert("minutes-moderators")
    meeting, one, sitting = found
    if sitting.running:
        return alert("minutes-running")
    if sitting.approved_at:
        return alert("minutes-approved")
    ctx.store.sittings.approve(one.id, ctx.person.id)
    ctx.store.audit.note(ctx.person.id, "minutes-approved", meeting.id)
    return [Acknowledge(text("minutes-approved-toast")), *files(meeting, one, ctx.person.id)]


def as_file(store: Store, id_: str, _lang: str) -> Document | None:
    """The minutes as they are when they are sent."""
    occurrence, _, format_ = id_.partition(".")
    both, sitting = store.meetings.both(occurrence), store.sittings.get(occurrence)
    if both is None or sitting is None:
        return None
    polls = [store.polls.get(poll) for poll in store.sittings.polls(occurrence)]
    results = [
        (text("form-label", words=poll.draft.question), poll_cards.result(poll, store.polls.tally(poll)).blocks[1:])
        for poll in sorted((poll for poll in polls if poll), key=lambda poll: poll.opened_at)
        if poll.state is not PollState.WITHDRAWN
    ]
    lines, present = store.minutes.of(occurrence), store.sittings.present(occurrence)
    return minutes_cards.document(*both, sitting, present, lines, results, Format(format_))


def card(store: Store, id_: str) -> Body | None:
    """A marked line."""
    line = store.minutes.get(id_)
    return minutes_cards.card(line) if line else Body((say("minutes-dropped"),))


# --- tasks ---


def tasks(message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
    """In a direct chat one's own, each with a button; in a room those of its meetings."""
    if message.kind is ChatKind.DIRECT:
        mine = ctx.store.minutes.tasks(ctx.person.id, limit=LISTED) if ctx.person else []
        if not mine:
            return said("tasks-none")
        buttons = tuple(Button(text("task-finish-one", words=line.words), f"task.done:{line.id}") for line in mine)
        return [Reply(Body((say("tasks-mine"), Items(tuple(map(minutes_cards.task_line, mine)))), buttons))]
    here = [line for line in ctx.store.minutes.tasks(limit=10 * LISTED) if _of_room(ctx, line, message)][:LISTED]
    if not here:
        return said("tasks-none")
    return [Reply(Body((say("tasks-here"), Items(tuple(map(minutes_cards.task_line, here))))))]


def done(event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
    """Its owner, or a moderator, says that it is done."""
    line = _pressed(event, ctx)
    if line is None or ctx.person is None or line.state is not LineState.ACCEPTED:
        return alert("task-gone")
    if line.owner != ctx.person.id and ctx.role < Role.MODERATOR:
        return alert("task-not-yours")
    if not line.done:
        ctx.store.minutes.finish(line)
    return [Acknowledge(text("task-done-toast")), _refreshed(line), Cancel(f"task.due:{line.id}")]


def remind(event: TimerFired, ctx: Context[Store]) -> Sequence[Intent]:
    """Once, to its owner."""
    line = ctx.store.minutes.get(str(event.payload["id"]))
    if line is None or line.done or line.due is None or line.owner is None or line.state is not LineState.ACCEPTED:
        return []
    button = Button(text("task-finish"), f"task.done:{line.id}")
    return [Direct(line.owner, Body((say("task-reminder", words=line.words, date=line.due),), (button,)))]


def _of_room(ctx: Context[Store], line: Line, message: Message) -> bool:
    found = ctx.store.meetings.both(line.occurrence)
    return found is not None and found[0].shown_in(message.chat)


def _pressed(event: Pressed, ctx: Context[Store]) -> Line | None:
    return ctx.store.minutes.get((event.action or "").partition(":")[2])


def _decided(event: Pressed, ctx: Context[Store]) -> Line | Sequence[Intent]:
    """The proposal that a moderator decides about; else why not."""
    line = _pressed(event, ctx)
    found: Held | None = held(ctx, line.occurrence) if line else None
    if line is None or found is None:
        return alert("minute-gone")
    if ctx.role < Role.MODERATOR:
        return alert("minutes-moderators")
    if found[2].approved_at:
        return alert("minutes-approved")
    return line if line.state is LineState.PROPOSED else alert("minute-decided")


def _refreshed(line: Line) -> Refresh:
    return Refresh(CardRef("minute", line.id))


def _reply(why: Text) -> Sequence[Intent]:
    return [Reply(Body((Say(why),)))]
