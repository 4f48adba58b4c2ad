"""From a password to a device of the bot's own."""

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.platforms.matrix import Matrix, Settings, create, login
from bot.platforms.port import FatalError, Menu, NotSentError
from tests.fakes.ports import free_port
from tests.fakes.synapse.makers import MakeAccount, MakeMember
from tests.fakes.synapse.server import SynapseServer
from tests.fakes.synapse.wire import CLIENT, part

MENU = Menu({}, {}, {}, {})


@pytest.fixture
async def no_homeserver() -> AsyncIterator[str]:
    """A web server that knows nothing of Matrix."""
    application = web.Application()

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Strona</html>", content_type="text/html")

    async def empty(_request: web.Request) -> web.Response:
        return web.json_response([])

    application.router.add_route("*", "/html/{rest:.*}", page)
    application.router.add_route("*", "/json/{rest:.*}", empty)
    runner = web.AppRunner(application)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def test_a_password_is_exchanged_once(synapse: SynapseServer, make_account: MakeAccount) -> None:
    account = await make_account("obrady")
    token, device = await login(synapse.url, account.user_id, account.password, "Obrady")
    assert token != account.access_token
    assert device != account.device_id
    with pytest.raises(FatalError, match="password"):
        await login(synapse.url, account.user_id, "wrong", "Obrady")


async def test_what_is_no_homeserver_says_so(no_homeserver: str) -> None:
    with pytest.raises(NotSentError):
        await login(f"{no_homeserver}/html", "@a:b", "x", "Obrady")
    with pytest.raises(FatalError, match="homeserver"):
        await login(f"{no_homeserver}/json", "@a:b", "x", "Obrady")
    with pytest.raises(NotSentError):
        await login(f"http://127.0.0.1:{free_port()}", "@a:b", "x", "Obrady")


async def test_a_configuration_with_a_password_keeps_its_device(
    synapse: SynapseServer, make_account: MakeAccount, make_member: MakeMember, tmp_path: Path
) -> None:
    account = await make_account("obrady")
    settings = Settings(
        homeserver=synapse.url, user_id=account.user_id, password=SecretStr(account.password), store=tmp_path / "keys"
    )
    shown = []
    for _ in range(2):
        matrix = create(settings, MENU)
        await matrix.start()
        shown.append(matrix.fingerprint)
        await matrix.close()
    assert shown[0] == shown[1]
    assert stat.S_IMODE((tmp_path / "keys" / "session.json").stat().st_mode) == 0o600
    other = await make_member("other", listening=False)
    devices = (await other.call("POST", f"{CLIENT}/keys/query", {"device_keys": {account.user_id: []}}))["device_keys"]
    assert len(devices[account.user_id]) == 1


async def test_a_profile_without_a_name_gets_one(
    synapse: SynapseServer, make_account: MakeAccount, make_member: MakeMember, tmp_path: Path
) -> None:
    account, other = await make_account("obrady"), await make_member("other", listening=False)
    path = f"{CLIENT}/profile/{part(account.user_id)}/displayname"
    mine = await make_member("mine", listening=False)
    mine.account = account
    await mine.close()
    await mine.open()
    for name, expected in (("", "Obrady"), ("Nasz bot", "Nasz bot")):
        await mine.call("PUT", path, {"displayname": name})
        matrix = Matrix(
            synapse.url,
            account.user_id,
            store=tmp_path / "keys",
            access_token=account.access_token,
            device_id=account.device_id,
        )
        await matrix.start()
        await asyncio.gather(matrix.close())
        assert (await other.call("GET", path))["displayname"] == expected
