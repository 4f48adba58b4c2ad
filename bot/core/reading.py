"""How a text that is no command is read: who reads first, and whether it is for the bot."""

from enum import IntEnum
from typing import Any

from bot.core.chats import ChatKind
from bot.core.context import Context
from bot.core.events import Message


class Reading(IntEnum):
    """The order of the readers of plain text (`Router.text`): the first that takes it answers it."""

    ANSWER = 50
    """A reply to one of the bot's posts that asks for a person's words."""
    FORM = 100
    """An answer to a form that is open."""
    FILE = 150
    """A file without a command, for those who may give the bot one."""
    VOTE = 200
    """A number, when a poll waits for this person."""
    CODE = 250
    """A code for linking accounts alone."""
    SETTING = 300
    """A language's name alone."""
    SMALL_TALK = 400
    """A greeting, thanks, a sticker."""
    QUESTION = 500
    """Anything else."""


def for_the_bot(message: Message, ctx: Context[Any]) -> bool:
    """Whether the text speaks to the bot: in a direct chat always, in a room by a mention or a reply to its post."""
    return message.kind is ChatKind.DIRECT or message.addressed or ctx.post is not None
