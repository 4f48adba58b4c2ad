"""Telegram: an own loop over getUpdates, and python-telegram-bot as the codec of rare calls."""

from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.limits import TelegramLimits

__all__ = ["Telegram", "TelegramLimits"]
