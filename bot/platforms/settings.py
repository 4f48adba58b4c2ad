"""What every network's config table is made of. A network's own is `Settings` in its package."""

import importlib
import pkgutil
from pathlib import Path

from pydantic import BaseModel, ConfigDict

import bot.platforms


class PlatformSettings(BaseModel):
    """A table `[platforms.NAME]`; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")

    def secrets(self) -> list[str]:
        """What no log may show."""
        return []

    def account(self) -> str:
        """What two processes on one machine must not both use, such as the token; empty: nothing."""
        return ""

    def anchor(self, folder: Path) -> None:
        """Make relative paths relative to the config file's folder."""


def names() -> list[str]:
    """The networks that can be configured: the packages beside this file that have settings."""
    return sorted(module.name for module in pkgutil.iter_modules(bot.platforms.__path__) if module.ispkg)


def settings_of(name: str) -> type[PlatformSettings]:
    """A network's settings class. Only configured networks are imported.

    Raises:
        ValueError: there is no such network.
    """
    if name not in names():
        raise ValueError(f"there is no network {name!r}; there are: {', '.join(names())}")
    found: type[PlatformSettings] = importlib.import_module(f"bot.platforms.{name}.settings").Settings
    return found
