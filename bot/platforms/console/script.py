"""The console for programs: one JSON object a line in, one a line out. The protocol stands in docs/console.md."""

import json
import mimetypes
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from bot.core.chats import ChatKind
from bot.core.events import Deleted, Edited, Event, Joined, Left, Message, Pressed, Reacted
from bot.core.files import FileRef, file_name
from bot.core.refs import AccountRef, ChatRef
from bot.core.when import Clock
from bot.platforms.console.adapter import Console, instant, network_of, place
from bot.platforms.port import Inbox

_MENTION = re.compile(r"\s*@?obrady\b[:,]?\s*", re.IGNORECASE)


class Engine(Protocol):
    """What the script needs of the running bot."""

    async def settle(self) -> None:
        """Wait until everything committed is delivered and no timer is due."""

    async def move(self, to: datetime) -> None:
        """Let virtual time go on.

        Raises:
            ValueError: time is real.
        """


class Script:
    """Reads lines and makes events of them, one after another: each sees all that came of those before it."""

    def __init__(self, console: Console, engine: Engine, clock: Clock, show: Callable[[dict[str, Any]], None]) -> None:
        self._console = console
        self._engine = engine
        self._clock = clock
        self._show = show
        # Who said what in this process: networks tell who wrote the message that is answered.
        self._said: dict[tuple[ChatRef, str], tuple[AccountRef, str, FileRef | None]] = {}
        self._ops: Mapping[str, Callable[[Inbox, dict[str, Any]], Awaitable[None]]] = {
            "say": self._say,
            "press": self._press,
            "react": self._react,
            "edit": self._edit,
            "erase": self._erase,
            "join": self._join,
            "leave": self._leave,
            "expel": self._shut,
            "mute": self._shut,
            "rule": self._rule,
            "clock": self._move,
            "sync": self._sync,
        }

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Read to the end, then wait until all is delivered."""
        inbox = await self._console.inbox()
        async for line in lines:
            if line.strip():
                await self.line(inbox, line)
        await self._engine.settle()

    async def line(self, inbox: Inbox, line: str) -> None:
        """Do one line; what is wrong with it is shown as an error and the next line is read."""
        try:
            request = self._request(line)
            # What the line answers or presses must be known to be posted.
            await self._engine.settle()
            await self._ops[request["op"]](inbox, request)
        except KeyError as error:
            self._show({"op": "error", "text": f"{error.args[0]} is missing"})
        except (ValueError, TypeError, RecursionError) as error:
            self._show({"op": "error", "text": str(error)})

    def _request(self, line: str) -> dict[str, Any]:
        request = json.loads(line)
        if not isinstance(request, dict) or request.get("op") not in self._ops:
            raise ValueError(f'"op" must be one of: {", ".join(self._ops)}')
        return request

    async def _take(self, inbox: Inbox, event: Event) -> None:
        await inbox.take([event])

    def _head(self, request: dict[str, Any], room: str | None = None) -> dict[str, Any]:
        id_ = str(request["id"]) if "id" in request and request["op"] == "say" else uuid4().hex
        where = place(str(request["from"]), room or request.get("room"))
        return {"key": f"console:{id_}", "at": self._clock.now(), "lang_hint": request.get("lang"), **where}

    async def _say(self, inbox: Inbox, request: dict[str, Any]) -> None:
        head = self._head(request)
        text = str(request["text"]) if "file" not in request else str(request.get("text", ""))
        mention = _MENTION.match(text)
        if mention and mention.end() and head["kind"] is ChatKind.ROOM:
            text = text[mention.end() :]
        file = _file(head["chat"], str(request["file"])) if "file" in request else None
        id_, reply = head["key"].removeprefix("console:"), request.get("reply")
        self._said[head["chat"], id_] = (head["sender"], text, file)
        quoted = self._said.get((head["chat"], str(reply)))
        await self._take(
            inbox,
            Message(
                **head,
                id=id_,
                text=text,
                reply_to=str(reply) if reply is not None else None,
                reply_to_sender=quoted[0] if quoted else None,
                addressed=bool(mention) or head["kind"] is ChatKind.DIRECT,
                files=(file.name,) if file else (),
                file=file,
                quoted=quoted[1] if quoted else "",
                quoted_file=quoted[2] if quoted else None,
            ),
        )

    async def _where(self, inbox: Inbox, request: dict[str, Any]) -> str:
        chat = await inbox.where(str(request["post"]))
        if chat is None:
            raise ValueError(f"there is no post {request['post']}")
        return chat.chat_id

    async def _press(self, inbox: Inbox, request: dict[str, Any]) -> None:
        head = self._head(request, await self._where(inbox, request))
        choice = str(request["choice"])
        await self._take(
            inbox,
            Pressed(
                **head,
                post=str(request["post"]),
                choice=choice if choice.isdecimal() else None,
                press_id=str(request["from"]),
            ),
        )

    async def _react(self, inbox: Inbox, request: dict[str, Any]) -> None:
        head = self._head(request, await self._where(inbox, request))
        await self._take(
            inbox,
            Reacted(
                **head,
                post=str(request["post"]),
                reaction=str(request["key"]),
                removed=bool(request.get("off", False)),
            ),
        )

    async def _edit(self, inbox: Inbox, request: dict[str, Any]) -> None:
        await self._take(inbox, Edited(**self._head(request), id=str(request["id"]), text=str(request["text"])))

    async def _erase(self, inbox: Inbox, request: dict[str, Any]) -> None:
        await self._take(inbox, Deleted(**self._head(request), id=str(request["id"])))

    async def _join(self, inbox: Inbox, request: dict[str, Any]) -> None:
        self._console.open(str(request["room"]))
        await self._take(inbox, Joined(**self._head(request, str(request["room"]))))

    async def _leave(self, inbox: Inbox, request: dict[str, Any]) -> None:
        # Who is in a room is the network's business; the names must fit all the same.
        place(str(request["from"]), str(request["room"]))

    async def _shut(self, inbox: Inbox, request: dict[str, Any]) -> None:
        room, muted = str(request["room"]), request["op"] == "mute"
        self._console.shut(room, "the bot may not write there" if muted else "the bot was removed")
        kind = ChatKind.DIRECT if room.startswith("@") else ChatKind.ROOM
        chat = ChatRef(network_of(room), room)
        key = f"console:{uuid4().hex}"
        await self._take(inbox, Left(key=key, at=self._clock.now(), chat=chat, kind=kind, sender=None, muted=muted))

    async def _rule(self, _inbox: Inbox, request: dict[str, Any]) -> None:
        rules = {"direct": {"after-start", "free"}, "pins": {"never", "free"}}
        if not rules.keys() & request.keys():
            raise KeyError("direct")
        for name, values in rules.items():
            if name in request and request[name] not in values:
                raise ValueError(f'"{name}" is "{min(values)}" or "{max(values)}"')
            if name in request:
                self._console.rule(str(request["network"]), name, str(request[name]))

    async def _move(self, _inbox: Inbox, request: dict[str, Any]) -> None:
        await self._engine.move(instant(str(request["at"])))

    async def _sync(self, _inbox: Inbox, _request: dict[str, Any]) -> None:
        await self._engine.settle()
        self._show({"op": "synced"})


def _file(chat: ChatRef, path: str) -> FileRef:
    mime, _ = mimetypes.guess_type(path)
    try:
        size = Path(path).stat().st_size
    except (OSError, ValueError):
        size = None  # Whoever fetches it is told.
    return FileRef(file_name(Path(path).name), chat.platform, path, size, mime or "")
