"""A made database of each kind."""

from collections.abc import Iterator

import pytest

from storage import schema
from storage.engine import open_engine
from tests.storage.support import Box


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    """An empty store with its schema."""
    engine = open_engine(database_url)
    schema.upgrade(engine)
    yield Box(engine)
    engine.dispose()
