"""Members who talk in plain rooms, and the administrator of the server.

Source of the rules: the Matrix specification v1.16 (client-server API) and Synapse's admin API.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.synapse.wire import CLIENT, Wire, part

MEGOLM = "m.megolm.v1.aes-sha2"
ADMIN = "/_synapse/admin"


def text_content(
    body: str,
    *,
    html: str | None = None,
    reply_to: str | None = None,
    thread: str | None = None,
    edits: str | None = None,
    mentions: Sequence[str] = (),
) -> dict[str, Any]:
    """The content of an `m.text` as Element writes it: mentions always, an edit with its fallback body."""
    content: dict[str, Any] = {"msgtype": "m.text", "body": body, "m.mentions": {}}
    if mentions:
        content["m.mentions"] = {"user_ids": list(mentions)}
    if html is not None:
        content |= {"format": "org.matrix.custom.html", "formatted_body": html}
    relation: dict[str, Any] = {}
    if thread is not None:
        # A message in a thread which answers nobody still names one, for clients that know no threads.
        relation = {"rel_type": "m.thread", "event_id": thread, "is_falling_back": reply_to is None}
        relation["m.in_reply_to"] = {"event_id": reply_to or thread}
    elif reply_to is not None:
        relation = {"m.in_reply_to": {"event_id": reply_to}}
    if edits is not None:
        return {
            **content,
            "body": f"* {body}",
            "m.new_content": content,
            "m.relates_to": {"rel_type": "m.replace", "event_id": edits},
        }
    return {**content, "m.relates_to": relation} if relation else content


class Member(Wire):
    """A person with one device, in rooms without encryption. Use as `async with Member(url, account) as anna:`."""

    # Rooms

    async def create_room(
        self,
        *,
        version: str = "12",
        name: str | None = None,
        topic: str | None = None,
        encrypted: bool = False,
        invite: Sequence[str] = (),
        direct: bool = False,
        preset: str = "private_chat",
        power: Mapping[str, Any] | None = None,
        creation: Mapping[str, Any] | None = None,
        state: Sequence[Mapping[str, Any]] = (),
    ) -> str:
        """A new room's id. `power` overrides parts of the power levels, `creation` adds to `m.room.create`.

        `direct` marks the invitations as direct and keeps the room in one's own `m.direct`, as clients do.
        """
        initial = list(state)
        if encrypted:
            initial.append({"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM}})
        asked = {
            "room_version": version,
            "name": name,
            "topic": topic,
            "invite": list(invite),
            "is_direct": direct,
            "preset": preset,
            "power_level_content_override": power,
            "creation_content": creation,
            "initial_state": initial,
        }
        answer = await self.call(
            "POST", f"{CLIENT}/createRoom", {key: value for key, value in asked.items() if value is not None}
        )
        room_id = str(answer["room_id"])
        if direct:
            path = f"{CLIENT}/user/{part(self.user_id)}/account_data/m.direct"
            await self.call("PUT", path, {user_id: [room_id] for user_id in invite})
        return room_id

    async def invite(self, room_id: str, user_id: str) -> None:
        """Invite somebody."""
        await self._room("POST", room_id, "/invite", {"user_id": user_id})

    async def join(self, room_id: str) -> None:
        """Accept an invitation, or enter a public room."""
        await self.call("POST", f"{CLIENT}/join/{part(room_id)}", {})

    async def leave(self, room_id: str) -> None:
        """Leave, or decline an invitation."""
        await self._room("POST", room_id, "/leave", {})

    async def kick(self, room_id: str, user_id: str, reason: str = "") -> None:
        """Put somebody out; they may be invited again."""
        await self._room("POST", room_id, "/kick", {"user_id": user_id, "reason": reason})

    async def ban(self, room_id: str, user_id: str, reason: str = "") -> None:
        """Put somebody out for good."""
        await self._room("POST", room_id, "/ban", {"user_id": user_id, "reason": reason})

    async def unban(self, room_id: str, user_id: str) -> None:
        """Let somebody be invited again."""
        await self._room("POST", room_id, "/unban", {"user_id": user_id})

    async def members(self, room_id: str) -> list[str]:
        """Who is in the room."""
        return sorted((await self._room("GET", room_id, "/joined_members"))["joined"])

    async def state(self, room_id: str, kind: str, key: str = "") -> dict[str, Any]:
        """The content of one piece of room state."""
        return await self._room("GET", room_id, f"/state/{part(kind)}/{part(key)}")

    async def set_state(self, room_id: str, kind: str, content: Mapping[str, Any], key: str = "") -> str:
        """Put a piece of room state; the id of its event."""
        return str((await self._room("PUT", room_id, f"/state/{part(kind)}/{part(key)}", content))["event_id"])

    async def set_power(self, room_id: str, user_id: str, level: int) -> None:
        """Give somebody a power level. From room version 12 on the server refuses to list a creator."""
        levels = await self.state(room_id, "m.room.power_levels")
        levels["users"] = {**levels.get("users", {}), user_id: level}
        await self.set_state(room_id, "m.room.power_levels", levels)

    async def upgrade(self, room_id: str, version: str = "12") -> str:
        """Replace the room by a new one and leave a tombstone; the new room's id. Nobody is moved or invited."""
        return str((await self._room("POST", room_id, "/upgrade", {"new_version": version}))["replacement_room"])

    async def tombstone(self, room_id: str, replacement: str, body: str = "This room has moved") -> str:
        """Only the tombstone: what a careless or a hostile moderator can write by hand."""
        return await self.set_state(room_id, "m.room.tombstone", {"body": body, "replacement_room": replacement})

    # Messages

    async def send(self, room_id: str, kind: str, content: Mapping[str, Any], *, txn_id: str | None = None) -> str:
        """Any event, and its id. The same `txn_id` twice is one event."""
        path = f"/send/{part(kind)}/{part(txn_id or uuid.uuid4().hex)}"
        return str((await self._room("PUT", room_id, path, content))["event_id"])

    async def text(
        self,
        room_id: str,
        body: str,
        *,
        html: str | None = None,
        reply_to: str | None = None,
        thread: str | None = None,
        edits: str | None = None,
        mentions: Sequence[str] = (),
        txn_id: str | None = None,
    ) -> str:
        """Say something; relations are given by the ids of the events they point at."""
        content = text_content(body, html=html, reply_to=reply_to, thread=thread, edits=edits, mentions=mentions)
        return await self.send(room_id, "m.room.message", content, txn_id=txn_id)

    async def react(self, room_id: str, event_id: str, key: str) -> str:
        """Put an emoji on a message; redacting the answered id takes it off."""
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.send(room_id, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room_id: str, event_id: str, reason: str = "") -> str:
        """Erase an event."""
        path = f"/redact/{part(event_id)}/{uuid.uuid4().hex}"
        return str((await self._room("PUT", room_id, path, {"reason": reason}))["event_id"])

    async def event(self, room_id: str, event_id: str) -> dict[str, Any]:
        """One event as it is now."""
        return await self._room("GET", room_id, f"/event/{part(event_id)}")

    async def messages(self, room_id: str) -> list[dict[str, Any]]:
        """The room's whole history, state events too, oldest first."""
        return await self.pages(f"{CLIENT}/rooms/{part(room_id)}/messages", dir="f", limit=100)

    async def relations(self, room_id: str, event_id: str, rel_type: str | None = None) -> list[dict[str, Any]]:
        """What points at an event, oldest first."""
        path = f"/_matrix/client/v1/rooms/{part(room_id)}/relations/{part(event_id)}"
        return await self.pages(path + (f"/{part(rel_type)}" if rel_type else ""), dir="f", limit=100)

    # Files

    async def upload(self, content: bytes, name: str | None = None, mime: str = "application/octet-stream") -> str:
        """Put a file into the media store; its address."""
        query = f"?filename={part(name)}" if name else ""
        answer = await self.raw("POST", f"/_matrix/media/v3/upload{query}", content, mime)
        return str(json.loads(answer)["content_uri"])

    async def download(self, address: str) -> bytes:
        """A file out of the media store."""
        server, _, media_id = address.removeprefix("mxc://").partition("/")
        return await self.raw("GET", f"/_matrix/client/v1/media/download/{part(server)}/{part(media_id)}")

    # Devices

    async def devices(self) -> list[str]:
        """The ids of one's logged-in devices."""
        return [device["device_id"] for device in (await self.call("GET", f"{CLIENT}/devices"))["devices"]]

    async def logout(self) -> None:
        """Revoke this device's own token (and delete its keys)."""
        await self.call("POST", f"{CLIENT}/logout", {})

    # For a Member whose account is an administrator's

    async def override_ratelimit(self, user_id: str) -> None:
        """Lift the limit on somebody's messages, as an operator may for a bot."""
        path = f"{ADMIN}/v1/users/{part(user_id)}/override_ratelimit"
        await self.call("POST", path, {"messages_per_second": 0, "burst_count": 0})

    async def revoke(self, user_id: str, device_id: str) -> None:
        """Log somebody else's device out: its token is worth nothing from now on."""
        await self.call("DELETE", f"{ADMIN}/v2/users/{part(user_id)}/devices/{part(device_id)}")

    async def _room(
        self, method: str, room_id: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return await self.call(method, f"{CLIENT}/rooms/{part(room_id)}{path}", body)
