"""A Bot API server for tests whose knowledge of the API comes from aiogram's models, not from us."""

from .errors import ERRORS, ApiError
from .faults import Fault, Limits
from .server import TOKEN, FakeTelegram
from .watch import Call
from .world import Chat, Person

__all__ = ["ERRORS", "TOKEN", "ApiError", "Call", "Chat", "FakeTelegram", "Fault", "Limits", "Person"]
