"""Fixtures: one Synapse for the whole session, people made for one test each.

A test module or the top conftest says `pytest_plugins = ["tests.fakes.synapse.fixtures"]`. (Not `import`: a
session fixture imported into two modules is two fixtures, and two servers. For annotations there is makers.py.)
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.fakes.synapse.e2ee import EncryptedMember
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import Account, SynapseServer


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynapseServer]:
    """The shared server, without rate limits. Don't stop it: `own_synapse` is for that."""
    with SynapseServer(tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture(scope="session")
def strict_synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SynapseServer]:
    """A shared server with Synapse's own rate limits."""
    with SynapseServer(tmp_path_factory.mktemp("strict-synapse"), limits="default") as server:
        yield server


@pytest.fixture
def own_synapse(tmp_path: Path) -> Iterator[SynapseServer]:
    """A running server of this test alone, to stop, kill and restart."""
    with SynapseServer(tmp_path / "synapse") as server:
        yield server


@pytest.fixture
def make_account(request: pytest.FixtureRequest) -> MakeAccount:
    """Makes accounts whose names nobody else has."""

    async def make(name: str, *, admin: bool = False, server: SynapseServer | None = None) -> Account:
        home: SynapseServer = server or request.getfixturevalue("synapse")
        return await asyncio.to_thread(home.register, f"{name}-{uuid.uuid4().hex[:8]}", admin=admin)

    return make


@pytest.fixture
async def make_member(request: pytest.FixtureRequest, make_account: MakeAccount) -> AsyncIterator[MakeMember]:
    """Makes members for plain rooms and sees them off."""
    async with AsyncExitStack() as online:

        async def make(
            name: str,
            *,
            admin: bool = False,
            server: SynapseServer | None = None,
            url: str | None = None,
            listening: bool = True,
            patient: bool = False,
        ) -> Member:
            home: SynapseServer = server or request.getfixturevalue("synapse")
            account = await make_account(name, admin=admin, server=home)
            member = Member(url or home.url, account, listening=listening, patient=patient)
            return await online.enter_async_context(member)

        yield make


@pytest.fixture
async def make_encrypted_member(
    request: pytest.FixtureRequest, make_account: MakeAccount, tmp_path: Path
) -> AsyncIterator[MakeEncryptedMember]:
    """Makes members for encrypted rooms, each with a key store in the test's folder, and sees them off."""
    async with AsyncExitStack() as online:

        async def make(name: str, *, server: SynapseServer | None = None) -> EncryptedMember:
            home: SynapseServer = server or request.getfixturevalue("synapse")
            account = await make_account(name, server=home)
            member = EncryptedMember(home.url, account, tmp_path / f"keys-{account.device_id}")
            return await online.enter_async_context(member)

        yield make
