"""What the bot can do, one module a capability. `routers` lists them all."""

from zoneinfo import ZoneInfo

from bot.core.routing import Router
from bot.knowledge import Knowledge
from handlers import (
    areas,
    housekeeping,
    linking,
    meeting_changes,
    meetings,
    organisations,
    poll_ends,
    polls,
    questions,
    reminders,
    roles,
    rooms,
    rsvp,
    settings,
    smalltalk,
    voting,
    welcome,
)
from storage import Store

ZONE = ZoneInfo("Europe/Warsaw")
"""The federation's zone, unless the config names another."""


def routers(knowledge: Knowledge, zone: ZoneInfo = ZONE) -> list[Router[Store]]:
    """The handlers of every capability."""
    return [
        welcome.router(),
        questions.router(knowledge),
        smalltalk.router(),
        settings.router(),
        areas.router(),
        rooms.router(),
        organisations.router(),
        linking.router(),
        roles.router(),
        polls.router(zone),
        poll_ends.router(),
        voting.router(zone),
        meetings.router(zone),
        meeting_changes.router(zone),
        rsvp.router(),
        reminders.router(),
        housekeeping.router(),
    ]
