"""Errors with a meaning for people or for the engine."""

from bot.core.content import Text


class UserError(Exception):
    """A person asked for something that can't be done: `text` tells them, kindly, what to do next.

    The handler's writes are undone; the text is sent as the reply.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(text.id)
        self.text = text
