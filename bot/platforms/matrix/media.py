"""Files in the server's media store: up with what the bot sends, down with what people sent.

Source of the rules: the Matrix specification v1.16, "Content repository" (authenticated since v1.11) and "Sending
encrypted attachments" (EncryptedFile, version 2).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError

from bot.core.files import File
from bot.platforms.matrix.wire import CLIENT_V1, MEDIA, MatrixError, Wire, part
from bot.platforms.port import FetchError, UndeliverableError

SECONDS = 120.0
_MOST_REMEMBERED = 64
_BINARY = "application/octet-stream"


class Media:
    """Of one account."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._most: int | None = None
        self._asked = False
        # A message that has to wait for the server's limits is not uploaded once more each time.
        self._there: OrderedDict[str, Mapping[str, Any]] = OrderedDict()

    async def attachment(self, id_: str, file: File, *, encrypted: bool) -> Mapping[str, Any]:
        """Upload a file; the part of a message's content that points to it. `id_`: the message's, for one that is
        tried again.

        Raises:
            UndeliverableError: the server doesn't take it.
            MatrixError, UnreachableError: not now.
        """
        known = self._there.get(id_)
        if known is None:
            known = self._there[id_] = await self._upload(file, encrypted=encrypted)
            if len(self._there) > _MOST_REMEMBERED:
                self._there.popitem(last=False)
        return known

    def sent(self, id_: str) -> None:
        """The message with this id is out."""
        self._there.pop(id_, None)

    async def _upload(self, file: File, *, encrypted: bool) -> Mapping[str, Any]:
        size = len(file.content)
        most = await self._limit()
        if most is not None and size > most:
            raise UndeliverableError(f"Matrix: the server takes files of {most} bytes, this has {size}", too_large=True)
        info = {
            "msgtype": "m.image" if file.mime.startswith("image/") else "m.file",
            "filename": file.name,
            "info": {"mimetype": file.mime, "size": size},
        }
        if not encrypted:
            return {**info, "url": await self._put(file.content, file.mime, file.name)}
        # A tenth of a second for ten megabytes: other chats don't wait for it.
        sealed, keys = await asyncio.to_thread(encrypt_attachment, file.content)
        return {**info, "file": {**keys, "url": await self._put(sealed, _BINARY, None)}}

    async def _put(self, content: bytes, mime: str, name: str | None) -> str:
        try:
            answer = await self._wire.call(
                "POST", f"{MEDIA}/upload", query={"filename": name}, content=(content, mime), seconds=SECONDS
            )
        except MatrixError as error:
            # Whatever is refused here is about the file; the room has nothing to do with it.
            if not error.final:
                raise
            too_large = error.status == 413 or error.errcode == "M_TOO_LARGE"
            raise UndeliverableError(f"Matrix: the file is refused: {error}", too_large=too_large) from error
        uri = answer.get("content_uri") if isinstance(answer, dict) else None
        if not isinstance(uri, str):
            raise MatrixError(502, {"errcode": "M_NOT_JSON"})
        return uri

    async def _limit(self) -> int | None:
        """The most bytes that the server takes, if it says so; asked once."""
        if not self._asked:
            try:
                answer = await self._wire.call("GET", f"{CLIENT_V1}/media/config")
            except MatrixError as error:
                if not error.final:
                    raise
                answer = {}
            most = answer.get("m.upload.size") if isinstance(answer, dict) else None
            self._most = most if isinstance(most, int) else None
            self._asked = True
        return self._most

    async def fetch(self, source: Mapping[str, Any], limit: int) -> bytes:
        """What an event's `url` or `file` points to, decrypted, of at most `limit` bytes.

        Raises:
            FetchError: it is not there, too large, or not what it says.
            MatrixError, UnreachableError: not now.
        """
        address = source.get("url")
        server, _, media_id = str(address or "").removeprefix("mxc://").partition("/")
        if not server or not media_id or "/" in media_id:
            raise FetchError("Matrix: the file has no address")
        try:
            content = await self._wire.download(
                f"{CLIENT_V1}/media/download/{part(server)}/{part(media_id)}", limit, seconds=SECONDS
            )
        except MatrixError as error:
            if not error.final:
                raise
            raise FetchError(f"Matrix: the file can't be had: {error}") from error
        if "key" not in source:
            return content
        try:
            return await asyncio.to_thread(
                decrypt_attachment, content, source["key"]["k"], source["hashes"]["sha256"], source["iv"]
            )
        except (EncryptionError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise FetchError("Matrix: the file can't be decrypted") from error
