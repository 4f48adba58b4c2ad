"""What the bot can do, one module a capability. `routers` lists them all."""

from bot.core.routing import Router
from bot.knowledge import Knowledge
from handlers import areas, housekeeping, linking, questions, roles, rooms, settings, smalltalk, welcome
from storage import Store


def routers(knowledge: Knowledge) -> list[Router[Store]]:
    """The handlers of every capability."""
    return [
        welcome.router(),
        questions.router(knowledge),
        smalltalk.router(),
        settings.router(),
        areas.router(),
        rooms.router(),
        linking.router(),
        roles.router(),
        housekeeping.router(),
    ]
