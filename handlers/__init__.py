"""What the bot can do, one module a capability. `routers` lists them all."""

from zoneinfo import ZoneInfo

from bot.core.announcements import Terms
from bot.core.retention import Retention
from bot.core.routing import Router
from bot.knowledge import Knowledge
from handlers import (
    access_needs,
    announcement_changes,
    announcement_rounds,
    announcements,
    areas,
    calendars,
    curated,
    dates,
    desk,
    documents,
    drafts,
    forms,
    hall,
    housekeeping,
    linking,
    lost_rooms,
    meeting_changes,
    meeting_drafts,
    meetings,
    minutes,
    native_votes,
    organisations,
    personal_data,
    poll_ends,
    polls,
    questions,
    queue,
    reminders,
    reports,
    roles,
    room_list,
    rooms,
    rsvp,
    screen,
    settings,
    sittings,
    smalltalk,
    voting,
    welcome,
    whats_new,
)
from storage import Store

ZONE = ZoneInfo("Europe/Warsaw")
"""The federation's zone, unless the config names another."""


KEEP = Retention()
"""How long things are kept, unless the config says something else."""


def routers(
    knowledge: Knowledge,
    zone: ZoneInfo = ZONE,
    keep: Retention = KEEP,
    announcing: Terms | None = None,
    *,
    page: str | None = None,
) -> list[Router[Store]]:
    """The handlers of every capability.

    Args:
        announcing: how announcements go out; as the config has it by default when None.
        page: the address under which the hall's screens are served, without the token; None while they are off.
    """
    terms = announcing or Terms(zone)
    poll_form, meeting_form = drafts.guided(zone), meeting_drafts.guided(zone)
    found = [
        welcome.router(),
        questions.router(knowledge),
        documents.router(knowledge),
        curated.router(zone, knowledge),
        smalltalk.router(),
        settings.router(),
        personal_data.router(keep),
        areas.router(),
        rooms.router(),
        room_list.router(),
        organisations.router(),
        desk.router(),
        lost_rooms.router(),
        queue.router(),
        reports.router(),
        whats_new.router(),
        linking.router(),
        roles.router(),
        polls.router(zone, poll_form),
        drafts.router(poll_form),
        poll_ends.router(),
        voting.router(zone),
        meetings.router(zone, meeting_form),
        meeting_drafts.router(meeting_form),
        calendars.router(),
        meeting_changes.router(zone),
        rsvp.router(),
        reminders.router(),
        sittings.router(),
        minutes.router(zone),
        dates.router(zone),
        access_needs.router(),
        hall.router(),
        screen.router(page),
        native_votes.router(zone),
        announcements.router(terms),
        announcement_rounds.router(terms),
        announcement_changes.router(),
        housekeeping.router(keep),
    ]
    # Last: it reads the answers to everybody's forms.
    return [*found, forms.router({kind: form for router in found for kind, form in router.forms.items()})]
