"""The table `[platforms.matrix]`."""

from pathlib import Path

from pydantic import Field, SecretStr, model_validator

from bot.platforms.settings import PlatformSettings


class Settings(PlatformSettings):
    """An account on a Matrix homeserver: an access token with its device, or a password that is used once."""

    homeserver: str = Field(pattern=r"^https?://")
    user_id: str = Field(pattern=r"^@[^:]+:.+$")
    access_token: SecretStr | None = None
    device_id: str | None = None
    password: SecretStr | None = None
    store: Path = Path("var/matrix")
    invites: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _complete(self) -> "Settings":
        if bool(self.access_token) != bool(self.device_id):
            raise ValueError("access_token and device_id belong together: give both, or a password instead")
        if not self.access_token and not self.password:
            raise ValueError("give access_token and device_id, or password; obrady init gets them for you")
        return self

    def secrets(self) -> list[str]:
        """Token and password."""
        return [secret.get_secret_value() for secret in (self.access_token, self.password) if secret]

    def account(self) -> str:
        """One account's keys, one process."""
        return self.user_id

    def anchor(self, folder: Path) -> None:
        """The store lies beside the config file."""
        if not self.store.is_absolute():
            self.store = folder / self.store
