"""What is shown of a meeting: its card, its preview, notices of changes. Date, hour and place always in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from bot.core.content import Arg, Block, Body, Button, ByLanguage, Items, Lines, Link, Text, say, text
from bot.core.meetings import Answer, Attendance, Meeting, MeetingState, Occurrence, Plan, is_open
from bot.core.refs import network_of
from bot.core.reminders import DAY, HOUR
from bot.core.wall import instant
from bot.core.when.shown import how_often, moment

_LABELS = {Answer.YES: "rsvp-yes", Answer.MAYBE: "rsvp-maybe", Answer.NO: "rsvp-no"}


def when(meeting: Meeting, occurrence: Occurrence) -> Text:
    """Weekday, date, hours and zone."""
    return moment(occurrence.starts_at, occurrence.ends_at, meeting.zone)


def card(
    meeting: Meeting,
    occurrence: Occurrence,
    area: ByLanguage | None,
    invited: Sequence[str],
    attendance: Attendance,
    now: datetime,
) -> Body:
    """The card of one occurrence, the same in every room. `invited`: names of organisations."""
    title = say("meeting-title", title=meeting.plan.title)
    blocks: list[Block] = [title, Lines(tuple(_facts(meeting, occurrence, area, invited)))]
    if meeting.state is not MeetingState.OPEN or occurrence.cancelled:
        return Body((title, say("meeting-cancelled"), Lines((text("meeting-when", when=when(meeting, occurrence)),))))
    blocks.append(Lines(tuple(_counts(attendance))))
    if not is_open(meeting, occurrence, now):
        return Body((*blocks, say("meeting-over")))
    return Body((*blocks, say("rsvp-ways")), answers(occurrence))


def answers(occurrence: Occurrence) -> tuple[Button, ...]:
    """The three answers."""
    return tuple(Button(text(label), f"rsvp:{occurrence.id}:{answer}") for answer, label in _LABELS.items())


def answer_label(answer: Answer) -> Text:
    """An answer in words."""
    return text(_LABELS[answer])


def preview(meeting: Meeting, area: ByLanguage | None, invited: Sequence[str]) -> Body:
    """A draft as who writes it sees it before it is opened: everything that was understood."""
    if meeting.state is MeetingState.CANCELLED:
        return Body((say("meeting-dropped"),))
    if meeting.state is not MeetingState.DRAFT:
        return Body((say("meeting-opened", rooms=len(meeting.rooms)), say("meeting-opened-ways")))
    plan = meeting.plan
    starts_at = instant(plan.first, meeting.zone)
    first = moment(starts_at, starts_at + plan.length if plan.length else None, meeting.zone)
    facts = [text("meeting-when", when=first), *_lasting(meeting, area, invited)]
    if plan.capacity is not None:
        facts.append(text("meeting-capacity", count=plan.capacity))
    if plan.quorum_people is not None or plan.quorum_organisations is not None:
        facts.append(quorum(plan))
    facts.append(_reminders(plan.reminders))
    networks = sorted({room.platform for room in meeting.rooms})
    where = ", ".join(
        f"{network_of(network)}: {sum(room.platform == network for room in meeting.rooms)}" for network in networks
    )
    blocks = (
        say("meeting-title", title=plan.title),
        Lines(tuple(facts)),
        say("meeting-draft-where", rooms=len(meeting.rooms), where=where),
    )
    start = Button(text("meeting-send"), f"meeting.start:{meeting.id}")
    # The form that changes it is for direct chats.
    fix = () if meeting.shown_in(meeting.chat) else (Button(text("meeting-fix"), f"meeting.fix:{meeting.id}"),)
    return Body(blocks, (start, *fix, Button(text("meeting-drop"), f"meeting.drop:{meeting.id}")))


def quorum(plan: Plan) -> Text:
    """How many have to be there."""
    if plan.quorum_organisations is None:
        return text("meeting-quorum-people", count=plan.quorum_people or 0)
    if plan.quorum_people is None:
        return text("meeting-quorum-organisations", count=plan.quorum_organisations)
    return text("meeting-quorum-both", people=plan.quorum_people, organisations=plan.quorum_organisations)


def place_of(meeting: Meeting) -> Arg:
    """The place, or the link."""
    place = meeting.plan.place
    return Link(place) if urlsplit(place).scheme in {"http", "https"} and " " not in place else place


def _facts(meeting: Meeting, occurrence: Occurrence, area: ByLanguage | None, invited: Sequence[str]) -> Iterator[Text]:
    yield text("meeting-when", when=when(meeting, occurrence))
    if occurrence.moved and meeting.plan.rule:
        planned = moment(instant(occurrence.planned, meeting.zone), None, meeting.zone)
        yield text("meeting-moved", when=planned)
    yield from _lasting(meeting, area, invited)


def _lasting(meeting: Meeting, area: ByLanguage | None, invited: Sequence[str]) -> Iterator[Text]:
    if meeting.plan.rule:
        yield text("meeting-series", rule=how_often(meeting.plan.rule, meeting.plan.first))
    if meeting.plan.place:
        yield text("meeting-place", place=place_of(meeting))
    if area:
        yield text("meeting-area", name=area)
    if invited:
        yield text("meeting-invited", names=", ".join(invited))
    for id_, words in (
        ("meeting-access", meeting.plan.access),
        ("meeting-chair", meeting.plan.chair),
        ("meeting-agenda", meeting.plan.agenda),
    ):
        if words:
            yield text(id_, words=words)


def _counts(attendance: Attendance) -> Iterator[Text]:
    yield text("meeting-counts", yes=attendance.seated, maybe=attendance.maybe, no=attendance.no)
    if attendance.capacity is not None:
        free = attendance.capacity - attendance.seated
        if free:
            yield text("meeting-free", count=free, most=attendance.capacity)
        else:
            yield text("meeting-full", count=attendance.waiting, most=attendance.capacity)


def _reminders(offsets: tuple[int, ...]) -> Text:
    if not offsets:
        return text("meeting-no-reminders")
    return text("meeting-reminders", offsets=_listed([before(one) for one in offsets]))


def before(minutes: int) -> Text:
    """So long before the start."""
    for unit, id_ in ((DAY, "before-days"), (HOUR, "before-hours")):
        if minutes % unit == 0:
            return text(id_, count=minutes // unit)
    return text("before-minutes", count=minutes)


def _listed(texts: list[Text]) -> Text:
    *rest, last = texts
    return last if not rest else text("meeting-list", rest=_listed(rest), last=last)


def items(listed: list[tuple[Meeting, Occurrence]]) -> Items:
    """A list of what comes."""
    lines = (text("meeting-line", title=one.plan.title, when=when(one, its)) for one, its in listed)
    return Items(tuple(lines))
