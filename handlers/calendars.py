"""Meetings for people's own calendars: an .ics file, made when it is sent, of the meeting as it is then."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vRecur

from bot.core.files import File
from bot.core.meeting_intents import CALENDAR
from bot.core.meetings import Meeting, MeetingState, Occurrence
from bot.core.routing import Router
from bot.core.wall import instant
from bot.core.when.recurrence import DAYS, Rule
from storage import Store

_YEARS = timedelta(days=366)


def router() -> Router[Store]:
    """The file."""
    routes: Router[Store] = Router()
    routes.file(CALENDAR)(file)
    return routes


def file(store: Store, id_: str, _lang: str) -> File | None:
    """The whole series: its rule, and each meeting that is moved or cancelled alone."""
    meeting = store.meetings.get(id_)
    if meeting is None:
        return None
    content = calendar(meeting, store.meetings.of_meeting(meeting), store.now)
    return File(f"{meeting.plan.title[:60]}.ics", "text/calendar", content)


def calendar(meeting: Meeting, occurrences: list[Occurrence], now: datetime) -> bytes:
    """A meeting as iCalendar (RFC 5545). The UID stays for ever, SEQUENCE rises with each change."""
    plan, zone = meeting.plan, meeting.zone
    found = Calendar()
    for name, value in (("prodid", "-//Obrady//PL"), ("version", "2.0"), ("method", "PUBLISH")):
        found.add(name, value)
    series = _event(meeting, plan.first, plan.length, now)
    if plan.rule:
        series.add("rrule", vRecur(_rule(plan.rule, plan.first, meeting)))
    found.add_component(series)
    for one in occurrences if plan.rule else ():
        if one.moved or one.cancelled:
            changed = _event(meeting, one.wall, one.length, now, cancelled=one.cancelled)
            changed.add("recurrence-id", one.planned.replace(tzinfo=zone))
            found.add_component(changed)
    found.add_missing_timezones(first_date=plan.first.date() - _YEARS, last_date=plan.first.date() + 11 * _YEARS)
    return bytes(found.to_ical())


def _event(
    meeting: Meeting, wall: datetime, length: timedelta | None, now: datetime, *, cancelled: bool = False
) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@obrady")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("summary", meeting.plan.title)
    event.add("dtstart", wall.replace(tzinfo=meeting.zone))
    if length:
        ends_at = instant(wall, meeting.zone) + length
        event.add("dtend", ends_at.astimezone(meeting.zone))
    if meeting.plan.place:
        event.add("location", meeting.plan.place)
    gone = cancelled or meeting.state is not MeetingState.OPEN
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    return event


def _rule(rule: Rule, first: datetime, meeting: Meeting) -> dict[str, Any]:
    parts: dict[str, Any] = {"freq": rule.every.value, "interval": rule.interval}
    if rule.weekday is not None:
        parts["byday"] = f"{'' if rule.nth is None else rule.nth}{DAYS[rule.weekday]}"
    if rule.count is not None:
        parts["count"] = rule.count
    if rule.until is not None:
        # Where DTSTART has a zone, UNTIL is an instant: the one at which the series begins on that day.
        parts["until"] = instant(datetime.combine(rule.until, first.time()), meeting.zone).astimezone(UTC)
    return parts
