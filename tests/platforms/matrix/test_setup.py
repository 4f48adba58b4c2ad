"""What `obrady init` and `obrady check` do for Matrix."""

from pathlib import Path

from pydantic import SecretStr

from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.setup import check, interview, way_in
from tests.fakes.ports import free_port
from tests.fakes.synapse.makers import MakeAccount
from tests.fakes.synapse.server import SynapseServer
from tests.platforms.matrix.support import MakeBot


class Answers:
    """A person at the keyboard."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.told: list[str] = []

    def ask(self, question: str, *, secret: bool = False) -> str:
        assert secret is ("password" in question)
        return self._answers.pop(0)

    def tell(self, words: str) -> None:
        self.told.append(words)


async def test_the_interview_ends_with_a_token_and_no_password(
    synapse: SynapseServer, make_account: MakeAccount, tmp_path: Path
) -> None:
    account = await make_account("obrady")
    person = Answers(
        *("matrix.example.org", account.user_id, "x"),
        *(synapse.url, account.user_id, "wrong"),
        *(synapse.url + "/", account.user_id, account.password, ""),
    )
    table = await interview(person)
    assert table is not None
    assert account.password not in str(table) + str(person.told)
    assert table["invites"] == ["localhost"]
    settings = Settings(**table, store=tmp_path / "keys")
    findings = await check(settings)
    assert all(finding.ok for finding in findings)
    assert await interview(Answers("")) is None
    way = await way_in(settings, "abcd-efgh")
    assert way.link == f"https://matrix.to/#/{account.user_id}"
    assert "!start abcd-efgh" in way.words


async def test_the_check_names_each_fault(
    synapse: SynapseServer, make_bot: MakeBot, make_account: MakeAccount, tmp_path: Path
) -> None:
    bot = await make_bot(store=tmp_path / "keys")
    good = {
        "homeserver": synapse.url,
        "user_id": bot.user_id,
        "access_token": SecretStr(bot.account.access_token),
        "device_id": bot.account.device_id,
        "store": tmp_path / "keys",
        "invites": ["localhost"],
    }
    findings = await check(Settings.model_validate(good))
    assert all(finding.ok for finding in findings)
    assert any(bot.matrix.fingerprint in finding.what for finding in findings)
    for wrong, cure in (
        ({"access_token": SecretStr("syt_wrong")}, "obrady init"),
        ({"device_id": "OTHER"}, "device"),
        ({"store": tmp_path / "elsewhere"}, "obrady init"),
        ({"invites": []}, "invites"),
        ({"homeserver": f"http://127.0.0.1:{free_port()}"}, "Matrix"),
    ):
        bad = [finding for finding in await check(Settings.model_validate({**good, **wrong})) if not finding.ok]
        assert len(bad) == 1
        assert cure in bad[0].cure
    # Looking changes nothing.
    assert not (tmp_path / "elsewhere").exists()
