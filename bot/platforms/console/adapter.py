"""The console as a platform. The part of a name before "/" is its network: `tg/anna` is anna on `tg`."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.core.capabilities import Capabilities
from bot.core.chats import ChatKind
from bot.core.files import File, FileRef
from bot.core.markup import as_html, plain
from bot.core.refs import AccountRef, ChatRef
from bot.platforms.port import FetchError, Inbox, Outgoing, Rate, Sent, UndeliverableError


def network_of(name: str) -> str:
    """The platform of a person or room: `console.tg` for `tg/anna`, `console` for `anna`."""
    network, slash, _ = name.lstrip("@").partition("/")
    return f"console.{network}" if slash else "console"


class Console:
    """What goes out is handed to `show` as objects of the console protocol; what comes in goes through `inbox`.

    A post's id is its row's number in the outbox: it persists, and a post that a crash left unconfirmed is shown again
    under the same id.
    """

    name = "console"
    max_in_flight = 100
    patience = float("inf")

    def __init__(self, show: Callable[[dict[str, Any]], None], files: Path | None = None) -> None:
        """Args:
        files: the folder for files that the bot sends; one of the system's for temporary files when None.
        """
        self.capabilities = Capabilities(
            buttons=True,
            toasts=True,
            edits=True,
            text_limit=4096,
            caption_limit=4096,
            command_prefix="/",
            ascii_commands=False,
            idempotent_send=True,
            edit_interval=0,
        )
        self.last_ok = 0.0
        self._show = show
        self._folder = files
        self._inbox: asyncio.Future[Inbox] = asyncio.get_running_loop().create_future()
        self._after_start: set[str] = set()
        self._no_pins: set[str] = set()
        self._closed: dict[str, str] = {}

    async def inbox(self) -> Inbox:
        """Where events go, once the engine reads."""
        return await asyncio.shield(self._inbox)

    def rule(self, network: str, name: str, value: str) -> None:
        """Set how a network treats private messages (`direct`: `after-start`, none before the person wrote, or `free`)
        and pinning (`pins`: `never` or `free`)."""
        strict = self._after_start if name == "direct" else self._no_pins
        if value == "free":
            strict.discard(f"console.{network}")
        else:
            strict.add(f"console.{network}")

    def shut(self, room: str, reason: str) -> None:
        """The bot can't write in a room any more."""
        self._closed[room] = reason

    def open(self, room: str) -> None:
        """The bot can write in a room again."""
        self._closed.pop(room, None)

    async def start(self) -> None:
        """Nothing to check."""
        self.last_ok = time.monotonic()

    async def receive(self, inbox: Inbox) -> None:
        """Lend the inbox to whoever reads the input."""
        if not self._inbox.done():
            self._inbox.set_result(inbox)
        await asyncio.Event().wait()

    async def deliver(self, outgoing: Outgoing) -> Sent:
        """Show the call."""
        if outgoing.op == "ack":
            if outgoing.toast:
                self._show({"op": "toast", "to": outgoing.message_id, "text": outgoing.toast})
            return Sent()
        room = outgoing.chat.chat_id
        opened = None
        if not room:
            if outgoing.chat.platform in self._after_start:
                raise UndeliverableError("the person has to write first")
            room = f"@{outgoing.account_id}"
            opened = ChatRef(outgoing.chat.platform, room)
        if room in self._closed:
            raise UndeliverableError(self._closed[room], chat_gone=True)
        if outgoing.op == "pin" and outgoing.chat.platform in self._no_pins:
            raise UndeliverableError("the bot may not pin there")
        if outgoing.op in ("delete", "pin"):
            self._show({"op": outgoing.op, "post": outgoing.message_id or ""})
            return Sent()
        post = self._post_id(outgoing)
        shown: dict[str, Any] = {"op": "post" if outgoing.op == "send" else "edit", "post": post, "room": room}
        shown["text"] = plain(outgoing.markup)
        shown["html"] = as_html(outgoing.markup)
        shown["choices"] = [
            {"id": str(number), "label": _numbered(number, choice.label)}
            for number, choice in enumerate(outgoing.choices, 1)
        ]
        shown["files"] = [self._keep(outgoing.file, post)] if outgoing.file else []
        if outgoing.reply_to:
            shown["reply"] = outgoing.reply_to
        self._show(shown)
        return Sent(post, chat=opened)

    def _keep(self, file: File, post: str) -> dict[str, str]:
        """Write a file where the reader of the lines can take it; it stays there."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="obrady-files-"))
        path = self._folder / post / file.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(file.content)
        return {"name": file.name, "path": str(path)}

    @staticmethod
    def _post_id(outgoing: Outgoing) -> str:
        if outgoing.op == "edit":
            return outgoing.message_id or ""
        # A long text's later parts have the row's number with their own behind it.
        part = outgoing.id.rpartition("-")[2] if "-" in outgoing.id else ""
        return f"{outgoing.seq}-{part}" if part else str(outgoing.seq)

    async def fetch(self, file: FileRef, limit: int) -> bytes:
        """The file at the path that the line named."""
        try:
            content = await asyncio.to_thread(_read, Path(file.id), limit + 1)
        except OSError as error:
            raise FetchError(f"the file can't be read: {type(error).__name__}") from error
        if len(content) > limit:
            raise FetchError(f"more than {limit} bytes", too_large=True)
        return content

    def rates(self, _outgoing: Outgoing) -> Sequence[Rate]:
        """No limits."""
        return ()

    async def reset(self) -> None:
        """Nothing to connect."""

    async def close(self) -> None:
        """Nothing to release."""


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as source:
        return source.read(most)


def _numbered(number: int, label: str) -> str:
    return label if label.startswith(f"{number}. ") else f"{number}. {label}"


def place(name: str, room: str | None) -> dict[str, Any]:
    """The chat, kind and sender of something that `name` does in `room` (None: the direct chat).

    Raises:
        ValueError: the person is on one network and the room on another, or the room is somebody else's direct chat.
    """
    if room is None or room == f"@{name}":
        return {
            "chat": ChatRef(network_of(name), f"@{name}"),
            "kind": ChatKind.DIRECT,
            "sender": AccountRef(network_of(name), name),
        }
    if room.startswith("@"):
        raise ValueError(f"{name} can't be in {room}: it is a direct chat")
    if network_of(room) != network_of(name):
        raise ValueError(f"{name} can't be in {room}: it is on another network")
    return {
        "chat": ChatRef(network_of(room), room),
        "kind": ChatKind.ROOM,
        "sender": AccountRef(network_of(name), name),
    }


def instant(value: str) -> datetime:
    """An instant of the protocol.

    Raises:
        ValueError: it is no ISO 8601 time with an offset.
    """
    at = datetime.fromisoformat(value)
    if at.utcoffset() is None:
        raise ValueError(f"{value}: the time needs an offset, like 2026-12-01T17:00:00+01:00")
    return at
