"""What the bot can do, one module a capability. `routers` lists them all."""

from zoneinfo import ZoneInfo

from bot.core.routing import Router
from bot.knowledge import Knowledge
from handlers import (
    areas,
    drafts,
    forms,
    housekeeping,
    linking,
    native_votes,
    organisations,
    poll_ends,
    polls,
    questions,
    roles,
    rooms,
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
    ballots = voting.Voting(zone)
    poll_form = drafts.guided(zone)
    found = [
        welcome.router(),
        questions.router(knowledge),
        smalltalk.router(),
        settings.router(),
        areas.router(),
        rooms.router(),
        organisations.router(),
        linking.router(),
        roles.router(),
        polls.router(zone, poll_form),
        drafts.router(poll_form),
        poll_ends.router(),
        voting.router(zone),
        native_votes.router(zone, ballots.refusal, ballots.confirmation),
        housekeeping.router(),
    ]
    # Last: it reads the answers to everybody's forms.
    return [*found, forms.router({kind: form for router in found for kind, form in router.forms.items()})]
