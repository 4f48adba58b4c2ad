"""What can become of a call, and what each outcome means to the engine.

Only a JSON answer with `ok: false` is the API's word. A page of a proxy or gateway is not, whatever its status: it
neither proves a chat gone nor a token wrong.
"""

from telegram.error import TelegramError

from bot.core.refs import ChatRef
from bot.platforms.port import (
    DeliveryError,
    FatalError,
    MovedError,
    NotSentError,
    UnclearError,
    UndeliverableError,
)

PLATFORM = "telegram"

UNAUTHORIZED = (
    "Telegram does not know the bot's token (revoked or mistyped). "
    "Take the current one from @BotFather (/mybots, API Token) and put it in platforms.telegram.token."
)

# Refusals of a chat that stay, in lower case (tdlib: Client.cpp, MessageContent.cpp; capitals: Telegram's own servers).
_GONE = (
    "chat not found",
    "not enough rights to send text",
    "have no rights to send",
    "have no write access",
    "need administrator rights in the channel",
    "chat_write_forbidden",
    "chat_restricted",
    "group chat was upgraded",
    "group chat was deactivated",
)


class UnsentError(TelegramError):
    """No connection came about in time, so nothing was sent."""


class BrokenError(TelegramError):
    """The call went out, or may have; no answer of the API came back."""


class RefusedError(TelegramError):
    """The API said no. `description` is in its words, `retry_after` in seconds.

    Not the library's own classes: they lose the code and rewrite the letters' case.
    """

    def __init__(self, code: int, description: str, retry_after: float | None = None, moved_to: int | None = None):
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to

    @property
    def token_refused(self) -> bool:
        """The token is unknown: 401, or 404 without the words that name an unknown method (HttpConnection.cpp)."""
        return self.code == 401 or (self.code == 404 and self.description == "Not Found")

    def says(self, words: str) -> bool:
        """Whether the description contains these words, in lower case."""
        return words in self.description.lower()


def refusal(answer: object) -> RefusedError | None:
    """The refusal in a decoded answer; None when it is none of the API's."""
    if not isinstance(answer, dict) or answer.get("ok") is not False:
        return None
    code, description = answer.get("error_code"), answer.get("description")
    if type(code) is not int:
        return None
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    retry_after, moved_to = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
    return RefusedError(
        code,
        description if isinstance(description, str) else "",
        retry_after=retry_after if type(retry_after) in (int, float) else None,
        moved_to=moved_to if type(moved_to) is int else None,
    )


def outcome(error: TelegramError, *, flooded: bool = False) -> DeliveryError | FatalError:
    """What the engine is told. `flooded`: so many chats were refused that the limit of all of them is meant."""
    match error:
        case UnsentError():
            return NotSentError(str(error), everywhere=True)
        case RefusedError(code=429):
            return NotSentError(error.description, error.retry_after, everywhere=flooded)
        case RefusedError(token_refused=True):
            return FatalError(UNAUTHORIZED)
        case RefusedError(moved_to=int() as moved_to):
            return MovedError(ChatRef(PLATFORM, str(moved_to)))
        case RefusedError(code=409):
            return NotSentError(error.description)
        case RefusedError(code=403):
            return UndeliverableError(error.description, chat_gone=True)
        case RefusedError(code=code) if 400 <= code < 500:
            too_large = code == 413 or error.says("file is too big")
            gone = any(error.says(words) for words in _GONE)
            return UndeliverableError(error.description, chat_gone=gone, too_large=too_large)
        case _:
            return UnclearError(str(error))


def not_now(error: TelegramError) -> NotSentError | FatalError:
    """What `start` raises: fatal when the token is refused, otherwise it is tried again later."""
    match error:
        case RefusedError(token_refused=True):
            return FatalError(UNAUTHORIZED)
        case RefusedError():
            return NotSentError(error.description, error.retry_after, everywhere=True)
        case _:
            return NotSentError(str(error), everywhere=True)
