"""Matrix keeps the contract, on a real Synapse."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.platforms.matrix import Matrix
from tests.fakes.synapse.makers import MakeAccount, MakeMember
from tests.fakes.synapse.people import Member
from tests.fakes.synapse.server import Account, SynapseServer
from tests.fakes.synapse.wire import MatrixError
from tests.platforms.contract.contract import Contract, Harness, Place, Shown, unquoted

KEYCAPS = {1: "1️⃣", 2: "2️⃣", 3: "3️⃣"}


class MatrixHarness(Harness):
    """Anna, her direct chat with the bot and a room of hers."""

    def __init__(self, server: SynapseServer, account: Account, store: Path, anna: Member, jan: Member) -> None:
        self.account, self.anna, self.jan = account, anna, jan
        self.rooms: dict[str, str] = {}
        self.platform = Matrix(
            server.url,
            account.user_id,
            store=store,
            access_token=account.access_token,
            device_id=account.device_id,
            allow_invites=("*",),
        )

    async def begin(self, app: App) -> None:
        self.rooms["direct"] = await self.anna.create_room(invite=[self.account.user_id], direct=True)
        self.rooms["room"] = await self.anna.create_room(
            invite=[self.account.user_id, self.jan.user_id], name="Wrocław"
        )
        await self.jan.join(self.rooms["room"])
        for room in self.rooms.values():
            await self.anna.wait_membership(room, self.account.user_id, "join")

    async def say(self, place: Place, text: str, *, reply_to: str | None = None) -> str:
        return await self.anna.text(self.rooms[place], text, reply_to=reply_to)

    no_file = '{"url": "mxc://localhost/nothing"}'

    async def give(self, place: Place, name: str, content: bytes, caption: str) -> None:
        message = {
            "msgtype": "m.file",
            "body": caption or name,
            "filename": name,
            "info": {"mimetype": "application/pdf", "size": len(content)},
            "url": await self.anna.upload(content, name),
        }
        await self.anna.send(self.rooms[place], "m.room.message", message)

    async def choose(self, place: Place, post: Shown, number: int) -> None:
        await self.anna.react(self.rooms[place], post.id, KEYCAPS[number])

    async def shown(self, place: Place) -> Sequence[Shown]:
        found: dict[str, Shown] = {}
        for event in await self.anna.messages(self.rooms[place]):
            if event["sender"] != self.account.user_id or event["type"] != "m.room.message":
                continue
            content = event["content"]
            if not content:
                continue  # It was redacted.
            relation = content.get("m.relates_to", {})
            if relation.get("rel_type") == "m.replace":
                old = found.get(relation["event_id"])
                if old is None:
                    continue
                found[old.id] = Shown(old.id, unquoted(content["m.new_content"]["body"]), old.reply_to)
            else:
                reply = relation.get("m.in_reply_to", {}).get("event_id")
                files = await self._files(content)
                body = "" if files and content["body"] == content["filename"] else unquoted(content["body"])
                found[event["event_id"]] = Shown(event["event_id"], body, reply, files)
        return list(found.values())

    async def _files(self, content: dict[str, Any]) -> tuple[tuple[str, bytes], ...]:
        if "url" not in content:
            return ()
        file = await self.anna.download(content["url"])
        assert content["info"] == {"mimetype": content["info"]["mimetype"], "size": len(file)}
        return ((content["filename"], file),)

    async def pinned(self) -> Sequence[str]:
        try:
            found: list[str] = (await self.anna.state(self.rooms["room"], "m.room.pinned_events"))["pinned"]
        except MatrixError:
            return []
        return found

    async def allow_pins(self, *, allowed: bool) -> None:
        await self.anna.set_power(self.rooms["room"], self.account.user_id, 50 if allowed else 0)

    async def shut(self) -> None:
        await self.anna.kick(self.rooms["room"], self.account.user_id)


class TestMatrix(Contract):
    """All of it."""

    @pytest.fixture
    async def harness(
        self, synapse: SynapseServer, make_account: MakeAccount, make_member: MakeMember, tmp_path: Path
    ) -> Harness:
        account = await make_account("obrady")
        anna, jan = await make_member("anna"), await make_member("jan")
        return MatrixHarness(synapse, account, tmp_path / "keys", anna, jan)
