"""Data behind inline buttons: an action and a proof that this bot put it under a message of this chat.

Telegram promises nothing about what comes back: a client can send any data for any message of the bot.
"""

import hmac
import re
from base64 import urlsafe_b64encode

from telegram.constants import InlineKeyboardButtonLimit

_TAG = 11
"""Characters of the proof: 8 bytes in base64 without padding. Guessing one takes 2⁶³ presses on average."""
_ACTION = re.compile(r"[ -~]{1,40}")
LONGEST = 40
assert _TAG + LONGEST <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # noqa: S101 - holds at import or never


class Seal:
    """Signs and checks. The key comes from the bot's token, so a new token makes old buttons void."""

    def __init__(self, token: str) -> None:
        self._key = hmac.digest(token.encode(), b"obrady callback", "sha256")

    def close(self, chat_id: str, action: str) -> str:
        """Callback data for an action in a chat: at most 51 of the 64 bytes that Telegram allows.

        Raises:
            ValueError: the action is empty, longer than 40 characters, or not printable ASCII.
        """
        if not _ACTION.fullmatch(action):
            raise ValueError("an action is 1 to 40 printable ASCII characters")
        return self._tag(chat_id, action) + action

    def open(self, chat_id: str, data: str) -> str | None:
        """The action in the data, or None when the proof is wrong."""
        tag, action = data[:_TAG], data[_TAG:]
        if not _ACTION.fullmatch(action) or not tag.isascii():
            return None
        # The characters are compared, not the bytes they stand for: the last one has bits to spare.
        return action if hmac.compare_digest(tag, self._tag(chat_id, action)) else None

    def _tag(self, chat_id: str, action: str) -> str:
        digest = hmac.digest(self._key, f"{chat_id}\n{action}".encode(), "sha256")
        return urlsafe_b64encode(digest[:8])[:_TAG].decode()
