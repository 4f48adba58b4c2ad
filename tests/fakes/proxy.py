"""A proxy on 127.0.0.1 in front of any HTTP/1.1 server, with switches for what goes wrong on the way.

Without a switch it forwards bytes as they are. It reads the requests (not the answers), so that a test can count them
and choose which ones a fault meets. Source of the rules: RFC 9112 (framing of requests).

A client of aiohttp repeats GET, PUT and DELETE by itself, at once and once, when its connection breaks: to reach the
caller a reset must meet two requests (`times=2`). POST it does not repeat.
"""

import asyncio
import enum
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.fakes.ports import free_port

CHUNK = 65_536
LONGEST_HEAD = 1 << 20
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True)
class Request:
    """One request that came in, whatever became of it. `at` is `time.monotonic()`, `target` the path with its query."""

    at: float
    method: str
    target: str


class Kind(enum.Enum):
    """What a fault does to a request it fits."""

    BLACK_HOLE = enum.auto()
    RESET = enum.auto()
    RESET_AFTER = enum.auto()
    DELAY = enum.auto()


@dataclass
class _Fault:
    kind: Kind
    path: str
    times: int | None
    seconds: float = 0.0


@dataclass
class _Link:
    """One client's connection and the one to the server that belongs to it."""

    client: asyncio.StreamWriter
    target: str = ""
    answering: bool = False
    deaf: bool = False
    server: asyncio.StreamWriter | None = None
    answers: asyncio.Task[None] | None = None


class Proxy:
    """`async with Proxy(server.url) as proxy:`, and let the client talk to `proxy.url`.

    `path` in every switch is the beginning of the requests' paths; `*` in it stands for anything ("/bot*/getUpdates").
    The first switch that fits wins. `times` ends a switch after so many requests.
    """

    def __init__(self, target: str, *, port: int | None = None) -> None:
        address = urlsplit(target)
        self._server_at = (address.hostname or "127.0.0.1", address.port or 80)
        self.port = port or free_port()
        self.requests: list[Request] = []
        self.connections = 0
        self._faults: list[_Fault] = []
        self._links: dict[asyncio.Task[None], _Link] = {}
        self._listener: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where the client goes instead of to the server."""
        return f"http://127.0.0.1:{self.port}"

    def count(self, path: str = "/", *, since: float = 0.0) -> int:
        """How many requests for such paths came in, answered or not, since a `time.monotonic()`."""
        return sum(fnmatchcase(request.target, path + "*") for request in self.requests if request.at >= since)

    # Switches

    def black_hole(self, path: str = "/", *, times: int | None = None) -> None:
        """Take requests and never answer, not those either which already wait for their answer (a long poll).

        Nothing is forwarded meanwhile. A connection that fell silent stays so until the client gives it up.
        """
        self._faults.append(_Fault(Kind.BLACK_HOLE, path, times))

    def reset(self, path: str = "/", *, times: int | None = None) -> None:
        """Reset the connection instead of forwarding: the server never sees the request."""
        self._faults.append(_Fault(Kind.RESET, path, times))

    def reset_after(self, path: str = "/", *, times: int | None = 1) -> None:
        """Reset the connection when the server has begun to answer: it was done, and the client cannot know."""
        self._faults.append(_Fault(Kind.RESET_AFTER, path, times))

    def delay(self, seconds: float, path: str = "/", *, times: int | None = None) -> None:
        """Hold answers back for so long; the server has done its work at once."""
        self._faults.append(_Fault(Kind.DELAY, path, times, seconds))

    async def refuse(self) -> None:
        """Connections are refused, and those that are open are reset: the server is not there."""
        await self._stop_listening()

    async def heal(self) -> None:
        """All switches off; listen again on the same port."""
        self._faults.clear()
        await self.start()

    # Life

    async def start(self) -> None:
        """Listen."""
        if self._listener is None:
            self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=LONGEST_HEAD)

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        await self._stop_listening()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.stop()

    async def _stop_listening(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        for link in self._links.values():
            _reset(link.client)
            if link.server is not None:
                link.server.transport.abort()
        # Each ends by itself once its sockets are gone. Cancelled, it could leave one of them half closed.
        await asyncio.gather(*self._links)
        if listener is not None:
            await listener.wait_closed()

    # One connection

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._listener is None:
            # Accepted in the last moment before `refuse`.
            _reset(writer)
            return
        self.connections += 1
        link = _Link(writer)
        with self._listed(link):
            try:
                while await self._one_request(reader, link):
                    pass
            except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                _reset(writer)
            finally:
                await _hang_up(link)

    @contextmanager
    def _listed(self, link: _Link) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None
        self._links[task] = link
        try:
            yield
        finally:
            del self._links[task]

    async def _one_request(self, reader: asyncio.StreamReader, link: _Link) -> bool:
        """Read and forward one request; False when the connection is over."""
        try:
            head = await reader.readuntil(END_OF_HEAD)
        except asyncio.IncompleteReadError as end:
            if end.partial:
                raise
            return False
        method, link.target, headers = _parse(head)
        self.requests.append(Request(time.monotonic(), method, link.target))
        if self._take(link.target, Kind.RESET):
            _reset(link.client)
            return False
        if link.deaf or self._take(link.target, Kind.BLACK_HOLE):
            link.deaf = True
            while await reader.read(CHUNK):
                pass
            return False
        if link.server is None:
            # Only now, so that requests are counted while the server is not there.
            answers, link.server = await asyncio.open_connection(*self._server_at)
            link.answers = asyncio.create_task(self._answer(answers, link))
        link.answering = False
        link.server.write(head)
        await _forward_body(reader, link.server, headers)
        return True

    async def _answer(self, reader: asyncio.StreamReader, link: _Link) -> None:
        """Pass the server's answers on, unless a fault has it otherwise."""
        try:
            while data := await reader.read(CHUNK):
                if not link.answering:
                    link.answering = True
                    if self._take(link.target, Kind.BLACK_HOLE):
                        link.deaf = True
                    if self._take(link.target, Kind.RESET_AFTER):
                        _reset(link.client)
                        return
                    if fault := self._take(link.target, Kind.DELAY):
                        await asyncio.sleep(fault.seconds)
                if not link.deaf:
                    link.client.write(data)
                    await link.client.drain()
        except OSError:
            _reset(link.client)
        else:
            if not link.deaf:
                link.client.close()

    def _take(self, target: str, kind: Kind) -> _Fault | None:
        """The fault that meets this request if it is of this kind, used up once."""
        for fault in self._faults:
            if fault.times != 0 and fnmatchcase(target, fault.path + "*"):
                if fault.kind is not kind:
                    return None
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None


def _parse(head: bytes) -> tuple[str, str, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, found, value = line.partition(":")
        if found:
            headers[name.strip().lower()] = value.strip()
    return method, target, headers


async def _forward_body(reader: asyncio.StreamReader, server: asyncio.StreamWriter, headers: dict[str, str]) -> None:
    if "chunked" in headers.get("transfer-encoding", "").lower():
        size = -1
        while size != 0:
            line = await reader.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            server.write(line)
            if size:
                server.write(await reader.readexactly(size + 2))
                await server.drain()
        # Trailers, mostly none, up to an empty line.
        while line != b"\r\n":
            line = await reader.readuntil(b"\r\n")
            server.write(line)
    left = int(headers.get("content-length", 0))
    while left > 0:
        data = await reader.read(min(left, CHUNK))
        if not data:
            raise asyncio.IncompleteReadError(b"", left)
        server.write(data)
        left -= len(data)
        await server.drain()
    await server.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of FIN: what a client sees when a machine or a middlebox dies."""
    connection = writer.get_extra_info("socket")
    if connection is not None and not writer.is_closing():
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _hang_up(link: _Link) -> None:
    """Close both sides and wait, so that no socket outlives the test."""
    if link.answers is not None:
        link.answers.cancel()
        await asyncio.gather(link.answers, return_exceptions=True)
    for writer in (link.client, link.server):
        if writer is not None:
            writer.close()
            await asyncio.gather(writer.wait_closed(), return_exceptions=True)
