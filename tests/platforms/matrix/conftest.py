"""A bot for each test, on the shared server unless told otherwise."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.synapse.makers import MakeAccount
from tests.fakes.synapse.server import Account, SynapseServer
from tests.platforms.matrix.support import Bot, MakeBot, MemoryInbox


@pytest.fixture
async def make_bot(request: pytest.FixtureRequest, make_account: MakeAccount, tmp_path: Path) -> AsyncIterator[MakeBot]:
    """Makes bots and sees them off."""
    async with AsyncExitStack() as online:

        async def make(
            *,
            url: str | None = None,
            account: Account | None = None,
            inbox: MemoryInbox | None = None,
            store: Path | None = None,
            server: SynapseServer | None = None,
            **options: Any,
        ) -> Bot:
            home: SynapseServer = server or request.getfixturevalue("synapse")
            account = account or await make_account("obrady", server=home)
            store = store or tmp_path / f"keys of {account.device_id}"
            bot = Bot(url or home.url, account, store, inbox, **options)
            await online.enter_async_context(bot)
            await bot.ready()
            return bot

        yield make
