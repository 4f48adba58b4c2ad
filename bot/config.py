"""Settings: a TOML file, then `OBRADY_*` environment variables over it. Unknown keys are refused by name."""

import contextlib
import os
import stat
import tomllib
from datetime import time
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, ValidationError, field_validator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.core.announcements import Quiet, Terms
from bot.core.refs import AccountRef, account_named, adapter_of
from bot.core.retention import Retention
from bot.platforms.settings import PlatformSettings, names, settings_of
from storage.engine import ArgumentError, make_url


class ConfigError(Exception):
    """The settings can't be used; each line of the message names a key and the cure."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Database(_Table):
    """Where everything is kept."""

    url: str = "sqlite:///var/obrady.db"

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError:
            raise ValueError(
                'must look like "sqlite:///var/obrady.db" or "postgresql://user:password@host/name"'
            ) from None
        if backend not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value


class People(_Table):
    """Who is in charge."""

    owners: list[str] = Field(default_factory=list)

    @field_validator("owners")
    @classmethod
    def _addresses(cls, value: list[str]) -> list[str]:
        for owner in value:
            account_of(owner)
        return value


class Web(_Table):
    """Pages: health for operators, screens for halls."""

    host: str = "127.0.0.1"
    port: int | None = Field(default=None, ge=0, le=65535)
    screen: bool = False
    public_url: str | None = None

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError('must look like "https://obrady.example.org"')
        return value.rstrip("/")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.screen and (self.port is None or self.public_url is None):
            raise ValueError("screen = true needs port and public_url")
        return self

    def screen_page(self) -> str | None:
        """The address of the hall's screens without the token behind it; None while they are off."""
        return f"{self.public_url}/screen/" if self.screen else None


class Time(_Table):
    """The federation's own time."""

    zone: str = "Europe/Warsaw"

    @field_validator("zone")
    @classmethod
    def _exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError('must be a name of the IANA zone database, such as "Europe/Warsaw"')
        return value


class Announcements(_Table):
    """How announcements go out."""

    approval_above: int = Field(default=20, ge=0)
    quiet_from: time = time(21)
    quiet_to: time = time(8)

    @field_validator("quiet_from", "quiet_to")
    @classmethod
    def _hour(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError('must be an hour of the federation\'s zone, such as "21:00"')
        return value


_KEEP = Retention()


class Keep(_Table):
    """How long things are kept."""

    votes_months: int = Field(default=_KEEP.votes_months, ge=1, le=120)
    meetings_months: int = Field(default=_KEEP.meetings_months, ge=1, le=120)
    audit_months: int = Field(default=_KEEP.audit_months, ge=1, le=120)
    questions_days: int = Field(default=_KEEP.questions_days, ge=1, le=365)
    offers_hours: int = Field(default=_KEEP.offers_hours, ge=1, le=168)
    drafts_days: int = Field(default=_KEEP.drafts_days, ge=1, le=365)
    # Networks repeat events for a day, and longer when they were down.
    keys_hours: int = Field(default=_KEEP.keys_hours, ge=48, le=720)
    parked_hours: int = Field(default=_KEEP.parked_hours, ge=24, le=168)
    outbox_days: int = Field(default=_KEEP.outbox_days, ge=1, le=90)
    posts_days: int = Field(default=_KEEP.posts_days, ge=7, le=365)


class Logs(_Table):
    """What is written to stderr."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    json_lines: bool = False


class Documents(_Table):
    """How questions are answered."""

    glossary: Path | None = None
    semantic: bool = False
    vectors: Path = Path("var/vectors.bin")


class Settings(BaseSettings):
    """Everything that an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix="OBRADY_", env_nested_delimiter="__", extra="forbid", nested_model_default_partial_update=True
    )

    database: Database = Field(default_factory=Database)
    people: People = Field(default_factory=People)
    platforms: dict[str, SerializeAsAny[PlatformSettings]] = Field(default_factory=dict)
    knowledge: Documents = Field(default_factory=Documents)
    web: Web = Field(default_factory=Web)
    time: Time = Field(default_factory=Time)
    announcements: Announcements = Field(default_factory=Announcements)
    retention: Keep = Field(default_factory=Keep)
    logs: Logs = Field(default_factory=Logs)

    @field_validator("platforms", mode="before")
    @classmethod
    def _by_network(cls, tables: Any) -> dict[str, PlatformSettings]:
        if not isinstance(tables, dict):
            raise ValueError("must be tables, such as [platforms.telegram]")  # noqa: TRY004 - pydantic's kind of error
        found: dict[str, PlatformSettings] = {}
        problems: list[InitErrorDetails] = []
        for name, table in tables.items():
            try:
                found[name] = settings_of(name).model_validate(table)
            except ValidationError as error:
                problems += [_problem(p["type"], p["msg"], name, *p["loc"]) for p in error.errors(include_input=False)]
            except ValueError as error:
                problems.append(_problem("value_error", str(error), name))
        if problems:
            raise ValidationError.from_exception_data("platforms", problems)
        return found

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose content comes as arguments."""
        return env_settings, init_settings

    def zone(self) -> ZoneInfo:
        """The federation's zone."""
        return ZoneInfo(self.time.zone)

    def announcing(self) -> Terms:
        """How announcements go out."""
        table = self.announcements
        return Terms(self.zone(), Quiet(table.quiet_from, table.quiet_to), table.approval_above)

    def keep(self) -> Retention:
        """How long things are kept, for the handlers."""
        return Retention(**self.retention.model_dump())

    def owners(self) -> frozenset[AccountRef]:
        """Accounts of the owners named here."""
        return frozenset(account_of(owner) for owner in self.people.owners)

    def secrets(self) -> list[str]:
        """Everything that no log may show."""
        found = [secret for platform in self.platforms.values() for secret in platform.secrets()]
        password = make_url(self.database.url).password
        return [*found, str(password)] if password else found


def _problem(kind: str, message: str, *where: str | int) -> InitErrorDetails:
    # Without the input: it may be a secret.
    error = PydanticCustomError(kind, "{message}", {"message": message})
    return {"type": error, "loc": where, "input": None}


def example() -> str:
    """A config file in which every setting is explained, as it ships."""
    return files("bot").joinpath("config.example.toml").read_text("utf-8")


def account_of(address: str) -> AccountRef:
    """An account as owners write it: `telegram:123`, `matrix:@a:example.org`, `console:tg/marek`.

    Raises:
        ValueError: it is not of this form.
    """
    account = account_named(address)
    if account is None or adapter_of(account.platform) not in names():
        raise ValueError(f'"{address}" must be like "telegram:123", "matrix:@anna:example.org" or "console:anna"')
    return account


def load(path: Path | None) -> Settings:
    """Read the settings. Relative paths in the file are relative to the file.

    Raises:
        ConfigError: the file is missing, readable by others though it holds a secret, not TOML, or has wrong keys.
    """
    content: dict[str, Any] = {}
    if path is not None:
        if not path.is_file():
            raise ConfigError(
                f"There is no file {path}. Make one with: obrady init, or by hand from what obrady config prints."
            )
        try:
            content = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path} is not valid TOML: {error}.") from None
        _refuse_open(path, content)
    try:
        settings = Settings(**content)
    except ValidationError as error:
        raise ConfigError("\n".join(_line(problem) for problem in error.errors(include_input=False))) from None
    if path is not None:
        _anchor(settings, path.resolve().parent)
    return settings


def _refuse_open(path: Path, content: dict[str, Any]) -> None:
    tables = content.get("platforms", {})
    secret = any(
        key in table
        for table in (tables.values() if isinstance(tables, dict) else ())
        if isinstance(table, dict)
        for key in ("token", "access_token", "password")
    )
    database = content.get("database")
    url = database.get("url") if isinstance(database, dict) else None
    with contextlib.suppress(ArgumentError):
        secret = secret or (isinstance(url, str) and make_url(url).password is not None)
    if secret and os.name == "posix" and path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        raise ConfigError(f"{path} holds a secret and other users can read it. Run: chmod 600 {path}")


def _line(problem: Any) -> str:
    key = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{key}: there is no such key. All of them: obrady config"
    if problem["type"] == "missing":
        return f"{key}: is missing. What it is for: obrady config"
    return f"{key}: {problem['msg'].removeprefix('Value error, ')}."


def _anchor(settings: Settings, folder: Path) -> None:
    url = make_url(settings.database.url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_absolute():
        settings.database.url = url.set(database=str(folder / url.database)).render_as_string(hide_password=False)
    settings.knowledge.vectors = folder / settings.knowledge.vectors
    if settings.knowledge.glossary is not None:
        settings.knowledge.glossary = folder / settings.knowledge.glossary
    for platform in settings.platforms.values():
        platform.anchor(folder)
