"""A made database of each kind, with room for a bot."""

import pytest

from tests.engine.world import World


@pytest.fixture
def world(database_url: str) -> World:
    """On each database in turn."""
    return World(database_url)


@pytest.fixture
def lite(sqlite_url: str) -> World:
    """On SQLite alone, for what no database changes."""
    return World(sqlite_url)
