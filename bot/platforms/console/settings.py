"""The table `[platforms.console]`."""

from pathlib import Path

from bot.platforms.settings import PlatformSettings


class Settings(PlatformSettings):
    """The terminal. `files` is the folder for files that the bot sends; without it they go into a temporary one."""

    files: Path | None = None

    def anchor(self, folder: Path) -> None:
        """Make relative paths relative to the config file's folder."""
        if self.files:
            self.files = folder / self.files
