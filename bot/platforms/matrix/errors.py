"""What a refusal or a silence of the server means for the engine, and how long to wait before asking again."""

import random

from bot.platforms.matrix.wire import MatrixError, UnreachableError
from bot.platforms.port import DeliveryError, FatalError, NotSentError, UndeliverableError

FIRST_SECONDS, LONGEST_SECONDS = 1.0, 60.0
# The account is held up, not gone: an administrator or the person behind it can lift this.
_HELD_UP = ("M_USER_LOCKED", "M_USER_SUSPENDED", "M_CONSENT_NOT_GIVEN", "M_RESOURCE_LIMIT_EXCEEDED")


def fatal(error: MatrixError) -> FatalError | None:
    """The end of this account's work, if the refusal is one."""
    if error.errcode == "M_USER_DEACTIVATED":
        return FatalError("Matrix: the bot's account is deactivated. Make another one and run `obrady init`.")
    if not error.unauthorised:
        return None
    if error.soft_logout:
        return FatalError("Matrix: the bot's session has expired. Run `obrady init` to log in again.")
    return FatalError(
        "Matrix: the homeserver does not know the access token (logged out, or the device was removed). "
        "Run `obrady init` to log in as a new device."
    )


def delivery(error: MatrixError | UnreachableError) -> DeliveryError | FatalError:
    """What `deliver` raises. A repeated transaction id is one message, so whatever may pass is tried again."""
    if isinstance(error, UnreachableError):
        return NotSentError(f"Matrix: {error}", everywhere=True)
    if end := fatal(error):
        return end
    if error.limited or error.errcode in _HELD_UP:
        return NotSentError(f"Matrix: {error}", error.retry_after, everywhere=True)
    if error.status >= 500 or 300 <= error.status < 400:
        return NotSentError(f"Matrix: {error}", everywhere=True)
    # Not in the room, or in it without the right to speak; 404: the server does not know the room (any more).
    return UndeliverableError(f"Matrix: {error}", chat_gone=error.status in (403, 404))


def unavailable(error: MatrixError | UnreachableError) -> FatalError | NotSentError:
    """What a failure before anything was sent means: wait and try again, or the end."""
    if isinstance(error, UnreachableError):
        return NotSentError(f"Matrix: {error}", everywhere=True)
    return fatal(error) or NotSentError(f"Matrix: {error}", error.retry_after, everywhere=True)


class Backoff:
    """Doubling, jittered pauses from a second to a minute: at most ten requests a minute to a server that is down."""

    def __init__(self) -> None:
        self._failures = 0

    def reset(self) -> None:
        """It went well."""
        self._failures = 0

    def pause(self) -> float:
        """Seconds to wait after one more failure."""
        base = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return base * random.uniform(0.75, 1.25)  # noqa: S311  # against stampedes, not against guessing
