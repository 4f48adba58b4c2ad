"""HTTP in and out: parameters from any of the four encodings Telegram takes, and the ways a connection can die."""

import asyncio
import json
import socket
import struct
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

MAX_UPLOAD = 50 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file part of a multipart request."""

    name: str
    content: bytes
    content_type: str


async def read_request(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters and files of a GET or POST; the body's encoding is what its Content-Type says."""
    params: dict[str, Any] = dict(request.query) if request.query_string else {}
    files: dict[str, Upload] = {}
    if not request.can_read_body:
        return params, files
    kind = request.content_type
    if kind == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            content = bytes(await part.read(decode=True))
            if part.filename is None:
                params[part.name] = content.decode("utf-8")
            else:
                mime = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = Upload(part.filename, content, mime)
    elif kind == "application/json":
        body = json.loads(await request.read() or b"{}")
        if not isinstance(body, dict):
            raise ValueError("the body is not a JSON object")
        params.update(body)
    else:
        params.update(parse_qsl((await request.read()).decode("utf-8"), keep_blank_values=True))
    return params, files


def answer(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A JSON answer; bytes, because hot answers are joined from pieces that were encoded once."""
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


def ok(result: Any) -> bytes:
    """The body of a success."""
    return b'{"ok":true,"result":' + json.dumps(result, ensure_ascii=False).encode() + b"}"


def reset(request: web.BaseRequest) -> web.Response:
    """Kill the connection with a RST, so that the client sees "connection reset", not a polite end."""
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()


async def drip(request: web.BaseRequest, body: bytes, seconds: float) -> web.StreamResponse:
    """The whole answer, in crumbs spread over `seconds`."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    await response.prepare(request)
    crumb = max(1, len(body) // 20)
    crumbs = [body[start : start + crumb] for start in range(0, len(body), crumb)]
    for piece in crumbs:
        await response.write(piece)
        await asyncio.sleep(seconds / len(crumbs))
    await response.write_eof()
    return response
