"""Nothing of what people write, are called, or of what the bot must keep to itself appears in a log, at any level."""

import logging
from typing import Any

import pytest

from bot import logs
from tests.fakes.synapse.makers import MakeAccount, MakeEncryptedMember, MakeMember
from tests.fakes.synapse.wire import CLIENT
from tests.platforms.matrix.support import MakeBot
from tests.platforms.matrix.test_e2ee import meet_encrypted
from tests.platforms.matrix.test_plain import meet

CANARY = "kanarek-7f3a"
NAME = "Kanarzewska"


@pytest.mark.parametrize("levels", ["everything", "as the bot sets them"])
async def test_canaries_stay_silent(
    make_bot: MakeBot,
    make_member: MakeMember,
    make_encrypted_member: MakeEncryptedMember,
    make_account: MakeAccount,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    levels: str,
) -> None:
    root = logging.getLogger()
    account = await make_account("obrady")
    if levels == "as the bot sets them":
        logs.set_up("DEBUG", [account.access_token])
        root.addHandler(caplog.handler)
    root.setLevel(logging.DEBUG)
    await _everything(make_bot, make_member, make_encrypted_member, account)
    written = caplog.text + "".join(capfd.readouterr())
    assert "matrix_ready" in written
    for secret in (CANARY, NAME, account.access_token, account.password):
        assert secret not in written


async def _everything(
    make_bot: MakeBot, make_member: MakeMember, make_encrypted_member: MakeEncryptedMember, account: Any
) -> None:
    bot, anna, ola = await make_bot(account=account), await make_member("anna"), await make_encrypted_member("ola")
    path = f"{CLIENT}/profile/{anna.user_id}/displayname"
    await anna.call("PUT", path, {"displayname": NAME})
    plain, sealed = await meet(anna, bot), await meet_encrypted(ola, bot)
    await anna.text(plain, f"!pytanie {CANARY}")
    await anna.send(
        plain, "m.room.message", {"msgtype": "m.text", "body": CANARY, "m.relates_to": {"m.in_reply_to": CANARY}}
    )
    await anna.send(plain, "m.room.encrypted", {"algorithm": CANARY, CANARY: CANARY})
    await bot.say(plain, CANARY)
    bot.inbox.failures = 1
    await ola.text(sealed, CANARY)
    await ola.send(sealed, "m.room.message", {"body": CANARY})
    hostile = {"messages": {bot.user_id: {"*": {"algorithm": CANARY, "ciphertext": CANARY, "sender_key": 5}}}}
    await ola.plain.call("PUT", f"{CLIENT}/sendToDevice/m.room.encrypted/{CANARY}", hostile)
    await bot.say(sealed, CANARY)
    ola.withhold_keys(sealed)
    await ola.text(sealed, CANARY)
    await bot.inbox.until(lambda: len(bot.inbox.waiting) == 1)
    await ola.share_keys()
    await bot.inbox.until(lambda: not bot.inbox.waiting)
    await bot.matrix.reset()
    await anna.text(plain, "koniec")
    await bot.inbox.until_text("koniec")
