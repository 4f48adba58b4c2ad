"""Files on a real Synapse: encrypted where the room is, once however often, and the server's limit is kept."""

from dataclasses import replace
from typing import Any

import pytest
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from bot.core.events import Message
from bot.core.files import File
from bot.core.markup import Run, paragraph
from bot.platforms.matrix.media import Media
from bot.platforms.matrix.send import build
from bot.platforms.matrix.wire import MatrixError
from bot.platforms.port import FetchError, UndeliverableError
from tests.fakes.synapse.makers import MakeEncryptedMember
from tests.platforms.matrix.support import MakeBot, outgoing
from tests.platforms.matrix.test_e2ee import meet_encrypted

PLAN = File("Plan ąę.pdf", "application/pdf", bytes(range(256)) * 8000)


async def test_an_encrypted_room_gets_an_encrypted_file_once(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    call = replace(outgoing(room, "plan na jutro"), file=PLAN)
    sent = await bot.matrix.deliver(call)
    assert await bot.matrix.deliver(call) == sent
    seen = await ola.wait_text(room, "plan na jutro", sender=bot.user_id)
    content = seen.content
    assert "url" not in content
    assert (content["msgtype"], content["filename"]) == ("m.file", "Plan-ąę.pdf")
    file = content["file"]
    assert (file["v"], file["key"]["alg"], file["key"]["kty"], file["key"]["ext"]) == ("v2", "A256CTR", "oct", True)
    stored = await ola.plain.download(file["url"])
    assert PLAN.content[:32] not in stored
    opened = decrypt_attachment(stored, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
    assert opened == PLAN.content
    # The name is as secret as the words.
    raw = await ola.plain.event(room, sent.message_id)
    assert "pdf" not in str(raw)


def test_a_picture_is_shown_as_one_and_a_caption_stands_beside_the_name() -> None:
    attachment = {"msgtype": "m.image", "filename": "a.png", "url": "mxc://s/1", "info": {}}
    call = replace(outgoing("!r", "", reply_to="$q"), file=File("a.png", "image/png", b"x"), markup=())
    assert build(call, attachment)["body"] == "a.png"
    bold = build(replace(call, markup=(paragraph("para", [Run("ważne", bold=True)]),)), attachment)
    assert (bold["msgtype"], bold["body"], bold["filename"]) == ("m.image", "ważne", "a.png")
    assert bold["formatted_body"] == "<p><strong>ważne</strong></p>"
    assert bold["m.relates_to"] == {"m.in_reply_to": {"event_id": "$q"}}


class Server:
    """Answers as told; `puts` counts the uploads."""

    def __init__(self, most: int | None, refusal: MatrixError | None = None) -> None:
        self.most, self.refusal, self.puts = most, refusal, 0

    async def call(self, method: str, path: str, **_more: Any) -> dict[str, Any]:
        if method == "GET":
            if self.most is None:
                raise MatrixError(404, {"errcode": "M_UNRECOGNIZED"})
            return {"m.upload.size": self.most}
        self.puts += 1
        if self.refusal:
            raise self.refusal
        return {"content_uri": "mxc://s/1"}


@pytest.mark.parametrize(
    ("server", "too_large"),
    [
        (Server(10), True),
        (Server(None, MatrixError(413, {"errcode": "M_TOO_LARGE"})), True),
        (Server(None, MatrixError(403, {"errcode": "M_FORBIDDEN"})), False),
    ],
)
async def test_what_the_server_does_not_take_is_told_and_no_room_is_gone(server: Server, too_large: bool) -> None:
    with pytest.raises(UndeliverableError) as refused:
        await Media(server).attachment("1", PLAN, encrypted=False)  # type: ignore[arg-type]
    assert (refused.value.too_large, refused.value.chat_gone) == (too_large, False)
    assert server.puts == (0 if server.most else 1)


async def test_a_message_tried_again_is_not_uploaded_again() -> None:
    server = Server(1 << 30)
    media = Media(server)  # type: ignore[arg-type]
    first = await media.attachment("1", PLAN, encrypted=True)
    assert await media.attachment("1", PLAN, encrypted=True) == first
    media.sent("1")
    await media.attachment("1", PLAN, encrypted=True)
    assert server.puts == 2


async def test_a_message_taken_back_is_pinned_no_more(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    await ola.plain.set_power(room, bot.user_id, 50)
    theirs = await ola.text(room, "regulamin")
    await ola.plain.set_state(room, "m.room.pinned_events", {"pinned": [theirs]})
    sent = await bot.send(room, "ogłoszenie")
    for _ in range(2):
        await bot.matrix.deliver(replace(outgoing(room, ""), op="pin", message_id=sent.message_id))
    assert (await ola.plain.state(room, "m.room.pinned_events"))["pinned"] == [theirs, sent.message_id]
    await bot.matrix.deliver(replace(outgoing(room, ""), op="delete", message_id=sent.message_id))
    assert (await ola.plain.state(room, "m.room.pinned_events"))["pinned"] == [theirs]
    assert (await ola.plain.event(room, sent.message_id))["content"] == {}


async def test_a_file_out_of_an_encrypted_room_is_decrypted_and_one_that_was_changed_is_refused(
    make_bot: MakeBot, make_encrypted_member: MakeEncryptedMember
) -> None:
    bot, ola = await make_bot(), await make_encrypted_member("ola")
    room = await meet_encrypted(ola, bot)
    sealed, keys = encrypt_attachment(PLAN.content)
    for address in (await ola.plain.upload(sealed), await ola.plain.upload(sealed[:-1] + b"x")):
        file = {**keys, "url": address}
        await ola.send(room, "m.room.message", {"msgtype": "m.file", "body": "statut.pdf", "file": file})
    await bot.inbox.until(lambda: len(bot.inbox.of(Message)) == 2)
    good, bad = (message.file for message in bot.inbox.of(Message))
    assert good
    assert bad
    assert (good.name, good.size, good.mime) == ("statut.pdf", None, "")
    assert await bot.matrix.fetch(good, 10_000_000) == PLAN.content
    with pytest.raises(FetchError):
        await bot.matrix.fetch(bad, 10_000_000)


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"url": 7},
        {"url": "mxc://a"},
        {"url": "https://example.org/x"},
        {"url": "mxc://a/b/c"},
        {"url": "mxc://a/b", "key": {"k": None}, "iv": "!", "hashes": {"sha256": "?"}},
    ],
)
async def test_what_a_hostile_event_points_to_is_refused(source: dict[str, Any]) -> None:
    class Store:
        async def download(self, *_: Any, **__: Any) -> bytes:
            return b"x"

    with pytest.raises(FetchError):
        await Media(Store()).fetch(source, 10)  # type: ignore[arg-type]
