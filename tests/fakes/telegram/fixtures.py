"""Fixtures: take one into a test module as `fake = fixtures.fake`, or import it in a conftest."""

from collections.abc import AsyncIterator

import pytest

from .clients import CLIENTS, Client
from .server import FakeTelegram


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A strict server; a request that the documentation doesn't allow fails the test.

    A test that departs on purpose takes `fake.violations` away by `clear()`.
    """
    async with FakeTelegram(conflict_pause=0.2) as server:
        yield server
        assert server.violations == []


@pytest.fixture(params=CLIENTS)
async def client(request: pytest.FixtureRequest, fake: FakeTelegram) -> AsyncIterator[Client]:
    """Each of the two clients in turn, with the token of the server."""
    async with CLIENTS[request.param](fake) as one:
        yield one
