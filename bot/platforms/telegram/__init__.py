"""Telegram: an own loop over getUpdates, and python-telegram-bot as the codec of rare calls."""

from bot.platforms.port import Menu
from bot.platforms.telegram.adapter import Telegram
from bot.platforms.telegram.limits import TelegramLimits
from bot.platforms.telegram.settings import Settings

__all__ = ["Settings", "Telegram", "TelegramLimits", "create"]


def create(settings: Settings, menu: Menu) -> Telegram:
    """The adapter for a config table."""
    return Telegram(
        settings.token.get_secret_value(),
        base_url=settings.base_url,
        menu=menu,
        limits=TelegramLimits(
            overall=settings.overall_per_second,
            group=settings.room_per_minute,
            private=settings.person_per_3_seconds,
        ),
    )
