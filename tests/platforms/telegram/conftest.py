"""A strict server, and the adapter started against it."""

from collections.abc import AsyncIterator

import pytest

from bot.platforms.telegram import Telegram
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram import fixtures as server

from .support import adapter

fake = server.fake


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    """Started, not reading."""
    started = adapter(fake.url, fake.token)
    await started.start()
    yield started
    await started.close()
