"""A made database of each kind, with room for a bot."""

import pytest

from bot.engine import sender
from tests.engine.world import World


@pytest.fixture
def world(database_url: str) -> World:
    """On each database in turn."""
    return World(database_url)


@pytest.fixture
def lite(sqlite_url: str) -> World:
    """On SQLite alone, for what no database changes."""
    return World(sqlite_url)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits seconds for a second try."""
    monkeypatch.setattr(sender, "_backoff", lambda attempts: 0.05 * (attempts + 1))
