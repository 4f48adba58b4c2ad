"""What is shown of minutes: a marked line, the document in the shape that minutes of the dialogue groups have."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core import meeting_cards
from bot.core.content import Block, Body, Button, Items, Lines, Text, say, text
from bot.core.intents import Intent, SendFile
from bot.core.meetings import Meeting, Occurrence
from bot.core.papers import Document, Format, Heading
from bot.core.refs import CardRef
from bot.core.sittings import Kind, Line, LineState, Present, Sitting
from bot.core.wall import instant

FILE = "minutes"
"""Kind of the files; the id is the occurrence's with the format behind a dot."""
_HOUR = time(9)
_LABELS = {Kind.AGREED: "minute-agreed", Kind.TASK: "minute-task", Kind.INFO: "minute-info"}
Part = Heading | Block


def files(meeting: Meeting, occurrence: Occurrence, person: str) -> list[Intent]:
    """The minutes as they are now, to a person: what to do with them stands under the last one."""
    *first, last = (CardRef(FILE, f"{occurrence.id}.{one}") for one in Format)
    title = say("minutes-here", title=meeting.plan.title, when=meeting_cards.when(meeting, occurrence))
    approve = Button(text("minutes-approve"), f"minutes.approve:{occurrence.id}")
    return [
        *(SendFile(file, person_id=person) for file in first),
        SendFile(last, Body((title, say("minutes-ways")), (approve,)), person_id=person),
    ]


def remind_at(line: Line, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When its owner is reminded of a task: the morning before, else that morning; None: there is none to come."""
    if line.due is None:
        return None
    mornings = (instant(datetime.combine(line.due - timedelta(days=ago), _HOUR), zone) for ago in (1, 0))
    return next((morning for morning in mornings if morning > now), None)


def card(line: Line) -> Body | None:
    """A marked line in the room where it was marked: what a moderator decides, what somebody takes on."""
    shown = say(_LABELS[line.kind], words=line.words)
    facts = (Lines((text("task-due", date=line.due),)),) if line.due else ()
    if line.state is LineState.PROPOSED:
        yes = Button(text("minute-accept"), f"minute.yes:{line.id}")
        return Body(
            (say("minute-proposed"), shown, *facts), (yes, Button(text("minute-refuse"), f"minute.no:{line.id}"))
        )
    if line.state is LineState.REFUSED:
        return Body((say("minute-refused"), shown))
    head = say("minute-kept", number=line.number)
    if line.kind is not Kind.TASK:
        return Body((head, shown))
    if line.done:
        return Body((head, shown, say("task-done")))
    done = Button(text("task-finish"), f"task.done:{line.id}")
    if line.owner:
        return Body((head, shown, *facts, say("task-taken")), (done,))
    return Body((head, shown, *facts, say("task-free")), (Button(text("task-take"), f"task.take:{line.id}"), done))


def task_line(line: Line) -> Text:
    """A task in a list."""
    if line.done:
        return text("task-line-done", words=line.words)
    return text("task-line-due", words=line.words, date=line.due) if line.due else text("form-label", words=line.words)


def document(
    meeting: Meeting,
    occurrence: Occurrence,
    sitting: Sitting,
    present: Present,
    lines: Sequence[Line],
    polls: Sequence[tuple[Text, tuple[Block, ...]]],
    format_: Format,
) -> Document:
    """The minutes. `polls` are questions with the blocks of their results."""
    day = occurrence.wall.date()
    name = text("minutes-file", title=meeting.plan.title, date=f"{day:%Y-%m-%d}")
    title = text("minutes-title" if sitting.approved_at else "minutes-draft-title", title=meeting.plan.title)
    parts: list[Part] = [Lines(tuple(_facts(meeting, occurrence, sitting)))]
    parts += _attendance(meeting, present)
    if meeting.plan.agenda:
        parts += [Heading(2, text("minutes-agenda")), say("form-label", words=meeting.plan.agenda)]
    info = [line for line in lines if line.kind is Kind.INFO]
    if info or polls:
        parts += [Heading(2, text("minutes-course")), *_items(info)]
        for question, blocks in polls:
            parts += [Heading(3, question), *blocks]
    for kind, head in ((Kind.AGREED, "minutes-conclusions"), (Kind.TASK, "minutes-tasks")):
        if found := [line for line in lines if line.kind is kind]:
            parts += [Heading(2, text(head)), *_items(found)]
    if sitting.approved_at:
        parts.append(say("minutes-approved-at", date=sitting.approved_at.astimezone(meeting.zone).date()))
    else:
        parts.append(say("minutes-not-approved"))
    return Document(name, title, parts, format_)


def _facts(meeting: Meeting, occurrence: Occurrence, sitting: Sitting) -> Iterator[Text]:
    yield text("meeting-when", when=meeting_cards.when(meeting, occurrence))
    began = f"{sitting.began_at.astimezone(meeting.zone):%H:%M}"
    if sitting.ended_at:
        yield text("minutes-hours", start=began, end=f"{sitting.ended_at.astimezone(meeting.zone):%H:%M}")
    else:
        yield text("minutes-began", start=began)
    if meeting.plan.place:
        yield text("meeting-place", place=meeting_cards.place_of(meeting))
    if meeting.plan.chair:
        yield text("meeting-chair", words=meeting.plan.chair)


def _attendance(meeting: Meeting, present: Present) -> Iterator[Part]:
    yield Heading(2, text("minutes-attendance"))
    yield say("attendance-people", count=present.people)
    if present.organisations:
        yield say("attendance-organisations", count=len(present.organisations))
        yield Items(tuple(text("form-label", words=name) for name in present.organisations))
    quorate = present.quorate(meeting)
    if quorate is not None:
        yield say("attendance-quorum" if quorate else "attendance-no-quorum")


def _items(lines: Sequence[Line]) -> Iterator[Part]:
    if lines:
        yield Items(tuple(task_line(line) for line in lines))
