"""The table `[platforms.console]`."""

from bot.platforms.settings import PlatformSettings


class Settings(PlatformSettings):
    """The terminal; nothing to set."""
