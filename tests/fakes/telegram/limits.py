"""Limits that stand only in the field texts of the documentation.

Each row quotes the words it comes from; a test looks them up in aiogram's docstring of that field, so that a changed
limit is noticed when the dependency moves. Two limits that Telegram documents nowhere are kept apart.
"""

import re
from dataclasses import dataclass
from typing import Any

import aiogram.types

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limit:
    """`low` to `high` of `unit`: characters, bytes, items, value, upload; or a pattern the text must match."""

    owner: str
    field: str
    says: str
    low: int = 0
    high: int = 0
    unit: str = "characters"
    pattern: str | None = None
    error: str | None = None
    too_little: str | None = None

    def error_for(self, value: Any) -> str | None:
        """The key of Telegram's answer to a value beyond the limit, where it is known."""
        return self.too_little if self.too_little and (self._size(value) or 0) < self.low else self.error

    def broken_by(self, value: Any) -> str | None:
        """Why the value is beyond the limit, or None."""
        if self.pattern is not None:
            fine = isinstance(value, str) and re.fullmatch(self.pattern, value) is not None
            return None if fine else f"{value!r} does not fit: {self.says}"
        size = self._size(value)
        if size is None or self.low <= size <= self.high:
            return None
        return f"{size} is not within {self.low}-{self.high} {self.unit} ({self.says})"

    def _size(self, value: Any) -> int | None:
        if self.unit == "value":
            return value if isinstance(value, int) else None
        if self.unit == "upload":
            return len(value.data) if isinstance(value, aiogram.types.BufferedInputFile) else None
        if self.unit == "bytes" and isinstance(value, str):
            return len(value.encode())
        return len(value) if isinstance(value, str | list) else None


_TEXT, _EMPTY, _CAPTION = "text_too_long_after_parse", "text_empty", "caption_too_long"
_LANGUAGE = "A two-letter ISO 639-1 language code"

LIMITS = (
    Limit("SendMessage", "text", "1-4096 characters after entities parsing", 1, 4096, error=_TEXT, too_little=_EMPTY),
    Limit("EditMessageText", "text", "1-4096 characters after entity parsing", 1, 4096, error=_TEXT, too_little=_EMPTY),
    Limit("SendDocument", "caption", "0-1024 characters after entities parsing", 0, 1024, error=_CAPTION),
    Limit("SendPhoto", "caption", "0-1024 characters after entities parsing", 0, 1024, error=_CAPTION),
    Limit("EditMessageCaption", "caption", "0-1024 characters after entities parsing", 0, 1024, error=_CAPTION),
    Limit("AnswerCallbackQuery", "text", "0-200 characters", 0, 200, error="callback_text_too_long"),
    Limit("InlineKeyboardButton", "callback_data", "1-64 bytes", 1, 64, "bytes", error="button_data_invalid"),
    Limit("CopyTextButton", "text", "1-256 characters", 1, 256),
    Limit("ForceReply", "input_field_placeholder", "1-64 characters", 1, 64),
    Limit("ReplyKeyboardMarkup", "input_field_placeholder", "1-64 characters", 1, 64),
    Limit("ReplyParameters", "quote", "0-1024 characters after entities parsing", 0, 1024),
    Limit("BotCommand", "command", "1-32 characters. Can contain only lowercase English letters, digits",
          pattern=r"[a-z0-9_]{1,32}", error="command_invalid"),
    Limit("BotCommand", "description", "1-256 characters", 1, 256),
    Limit("SetMyCommands", "commands", "At most 100 commands can be specified", 0, 100, "items"),
    Limit("SetMyCommands", "language_code", _LANGUAGE, pattern="([a-z]{2})?"),
    Limit("DeleteMyCommands", "language_code", _LANGUAGE, pattern="([a-z]{2})?"),
    Limit("SetMyDescription", "description", "0-512 characters", 0, 512),
    Limit("SetMyDescription", "language_code", _LANGUAGE, pattern="([a-z]{2})?"),
    Limit("SetMyShortDescription", "short_description", "0-120 characters", 0, 120),
    Limit("SetMyShortDescription", "language_code", _LANGUAGE, pattern="([a-z]{2})?"),
    Limit("SetMyName", "name", "0-64 characters", 0, 64),
    Limit("GetUpdates", "limit", "Values between 1-100 are accepted", 1, 100, "value"),
    Limit("DeleteMessages", "message_ids", "1-100 identifiers of messages to delete", 1, 100, "items"),
    Limit("SetMessageReaction", "reaction", "bots can set up to one reaction per message", 0, 1, "items"),
    Limit("SendPhoto", "photo", "The photo must be at most 10 MB in size", 1, 10 * MEGABYTE, "upload"),
    Limit("CreateForumTopic", "name", "1-128 characters", 1, 128),
)  # fmt: skip

# Known from tdlib and from practice, in no field text: rows × columns of an inline keyboard.
MAX_BUTTONS, MAX_IN_ROW = 100, 8

_BY_FIELD = {(limit.owner, limit.field): limit for limit in LIMITS}


def limit_of(owner: str, field: str) -> Limit | None:
    """The limit of a field of a method or type, if we keep one."""
    return _BY_FIELD.get((owner, field))


def keyboard_problem(markup: dict[str, Any]) -> str | None:
    """Why an inline keyboard is too large, or None."""
    rows = markup.get("inline_keyboard") or []
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        return f"more than {MAX_BUTTONS} buttons"
    if any(len(row) > MAX_IN_ROW for row in rows):
        return f"more than {MAX_IN_ROW} buttons in a row"
    return None
