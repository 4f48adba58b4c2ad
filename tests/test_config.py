"""Settings: every refusal names the key and the cure, and never shows a secret."""

import os
from pathlib import Path

import pytest

from bot.config import ConfigError, load
from bot.core.refs import AccountRef

TOKEN = "123456789:AAcanary_canary_canary_canary_canary_0"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("OBRADY_"):
            monkeypatch.delenv(name)


def write(folder: Path, text: str, mode: int = 0o600) -> Path:
    """A config file."""
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


TELEGRAM = f'[platforms.telegram]\ntoken = "{TOKEN}"\n'
MATRIX = (
    '[platforms.matrix]\nhomeserver = "https://example.org"\nuser_id = "@obrady:example.org"\npassword = "geheim"\n'
)


def test_nothing_needs_to_be_set() -> None:
    settings = load(None)
    assert settings.database.url == "sqlite:///var/obrady.db"
    assert settings.zone().key == "Europe/Warsaw"
    assert dict(settings.platforms) == {}
    assert settings.secrets() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", ["not valid TOML"]),
        ("colour = 1", ["colour: there is no such key", "obrady config"]),
        ('[database]\nurll = "x"', ["database.urll: there is no such key"]),
        ('[database]\nurl = "x"', ["database.url", "sqlite:///var/obrady.db"]),
        ('[database]\nurl = "mysql://a/b"', ["database.url", "sqlite:/// or postgresql://"]),
        ("[database]\nurl = 7", ["database.url"]),
        ('[people]\nowners = ["anna"]', ["people.owners", "telegram:123"]),
        ('[people]\nowners = ["icq:1"]', ["people.owners", "telegram:123"]),
        ('[people]\nowners = "telegram:1"', ["people.owners"]),
        ('[time]\nzone = "Wrocław"', ["time.zone", "Europe/Warsaw"]),
        ("[web]\nport = 70000", ["web.port", "65535"]),
        ('[web]\nport = "http"', ["web.port"]),
        ("[web]\nport = 1\nscreen = true", ["web", "public_url"]),
        ('[web]\nscreen = true\npublic_url = "https://example.org"', ["web", "port"]),
        ('[web]\npublic_url = "example.org"', ["web.public_url", "https://"]),
        ('[web]\npublic_url = "https://example.org/?a"', ["web.public_url"]),
        ('[logs]\nlevel = "LOUD"', ["logs.level", "DEBUG"]),
        ("[platforms.icq]", ["platforms", "icq", "matrix", "telegram"]),
        ("[platforms.telegram]", ["platforms.telegram.token: is missing"]),
        (TELEGRAM + "tokken = 1", ["platforms.telegram.tokken: there is no such key"]),
        (MATRIX.replace("@obrady:example.org", "obrady"), ["platforms.matrix.user_id"]),
        ('[platforms.matrix]\nhomeserver = "https://x"', ["platforms.matrix.user_id: is missing"]),
        ("[platforms]\ntelegram = 7", ["platforms.telegram"]),
        ("platforms = 7", ["platforms"]),
        ("database = 7", ["database"]),
    ],
)
def test_a_refusal_names_the_key_and_the_cure(text: str, says: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load(write(tmp_path, text))
    message = str(refused.value)
    for words in says:
        assert words in message
    assert "Traceback" not in message
    assert "pydantic" not in message
    assert "input_value" not in message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = '[web]\nport = -1\n[time]\nzone = "x"\n[platforms.telegram]\n[platforms.matrix]\n'
    with pytest.raises(ConfigError) as refused:
        load(write(tmp_path, text))
    keys = {line.partition(":")[0] for line in str(refused.value).splitlines()}
    assert keys >= {"web.port", "time.zone", "platforms.telegram.token", "platforms.matrix.homeserver"}


@pytest.mark.parametrize(
    "text",
    [
        TELEGRAM + "x = 1",
        TELEGRAM.replace("token", "tokken"),
        f'[platforms.telegram]\ntoken = ["{TOKEN}"]',
        f'token = "{TOKEN}"',
        f'[platforms]\ntelegram = "{TOKEN}"',
        MATRIX.replace("geheim", TOKEN).replace("@obrady", "obrady"),
    ],
)
def test_a_refusal_shows_no_secret(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load(write(tmp_path, text))
    assert "canary" not in str(refused.value)


def test_a_file_that_is_not_there_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no file .*config\.toml.*obrady init"):
        load(tmp_path / "config.toml")


@pytest.mark.parametrize(
    "text",
    [TELEGRAM, MATRIX, '[database]\nurl = "postgresql://obrady:geheim@localhost/obrady"\n'],
    ids=["telegram", "matrix", "database"],
)
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_secret_that_others_can_read_is_refused(text: str, mode: int, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"other users can read it\. Run: chmod 600 .*config\.toml"):
        load(write(tmp_path, text, mode))
    load(write(tmp_path, text, 0o600))


def test_without_a_secret_others_may_read(tmp_path: Path) -> None:
    load(write(tmp_path, '[database]\nurl = "postgresql://localhost/obrady"\n[platforms.console]\n', 0o644))


def test_the_environment_wins_over_the_file_key_by_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, MATRIX + '[web]\nhost = "0.0.0.0"\nport = 80\n[time]\nzone = "Europe/Kyiv"\n')
    monkeypatch.setenv("OBRADY_WEB__PORT", "8080")
    monkeypatch.setenv("OBRADY_PLATFORMS__MATRIX__PASSWORD", "anders")
    monkeypatch.setenv("OBRADY_PLATFORMS__TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("OBRADY_PEOPLE__OWNERS", '["console:tg/marek", "matrix:@a:example.org"]')
    settings = load(path)
    assert (settings.web.host, settings.web.port, settings.time.zone) == ("0.0.0.0", 8080, "Europe/Kyiv")  # noqa: S104
    assert set(settings.platforms) == {"matrix", "telegram"}
    assert set(settings.secrets()) == {"anders", TOKEN}
    assert settings.owners() == {AccountRef("console.tg", "tg/marek"), AccountRef("matrix", "@a:example.org")}


def test_a_wrong_variable_is_refused_as_a_wrong_key_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBRADY_WEB__PORRT", "8080")
    with pytest.raises(ConfigError, match=r"web\.porrt: there is no such key"):
        load(None)


def test_relative_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "etc"
    folder.mkdir()
    path = write(folder, MATRIX + '[database]\nurl = "sqlite:///data/obrady.db"\n')
    monkeypatch.chdir(tmp_path)
    for given in (path, Path("etc/config.toml")):
        settings = load(given)
        assert settings.database.url == f"sqlite:///{folder}/data/obrady.db"
        assert settings.platforms["matrix"].store == folder / "var/matrix"  # type: ignore[attr-defined]


def test_absolute_paths_stay(tmp_path: Path) -> None:
    settings = load(write(tmp_path, '[database]\nurl = "sqlite:////srv/obrady.db"\n'))
    assert settings.database.url == "sqlite:////srv/obrady.db"


def test_secrets_hold_the_databases_password_and_settings_show_none(tmp_path: Path) -> None:
    text = TELEGRAM + MATRIX + '[database]\nurl = "postgresql://obrady:p%40ss@localhost/obrady"\n'
    settings = load(write(tmp_path, text))
    assert set(settings.secrets()) == {TOKEN, "geheim", "p@ss"}
    assert "canary" not in repr(settings.platforms)
    assert "geheim" not in repr(settings.platforms)
