"""The table `[platforms.telegram]`."""

from pydantic import Field, SecretStr

from bot.platforms.settings import PlatformSettings


class Settings(PlatformSettings):
    """A bot of Telegram's. The limits are Telegram's own (its Bot FAQ); 0 is none, for a server of one's own."""

    token: SecretStr
    base_url: str | None = Field(default=None, pattern=r"^https?://")
    overall_per_second: int = Field(default=30, ge=0)
    room_per_minute: int = Field(default=20, ge=0)
    person_per_3_seconds: int = Field(default=3, ge=0)

    def secrets(self) -> list[str]:
        """The token."""
        return [self.token.get_secret_value()]

    def account(self) -> str:
        """One token, one process."""
        return self.token.get_secret_value()
