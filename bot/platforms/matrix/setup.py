"""Matrix for the operator: asks for the account, makes a device of the bot's own, says how to get in."""

from typing import Any

from pydantic import ValidationError

from bot.platforms.matrix.crypto import fingerprint
from bot.platforms.matrix.errors import unavailable
from bot.platforms.matrix.session import DEVICE_NAME, kept, login
from bot.platforms.matrix.settings import Settings
from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire
from bot.platforms.matrix.words import link_to
from bot.platforms.port import DeliveryError, FatalError
from bot.platforms.setup import Finding, Prompt, WayIn

_TRIES = 3
_INVITES = "Name in platforms.matrix.invites who may invite the bot, such as your server's name; then start it anew."


async def interview(prompt: Prompt) -> dict[str, Any] | None:
    """Ask for an account until it works; an empty first line leaves Matrix out. The password is used once."""
    prompt.tell("\nMatrix: make an account for the bot on your homeserver, as for a person.")
    for _ in range(_TRIES):
        homeserver = prompt.ask("Homeserver, like https://matrix.example.org (Enter: no Matrix)").strip()
        if not homeserver:
            return None
        user_id = prompt.ask("The bot's id, like @obrady:example.org").strip()
        password = prompt.ask("Its password (used once, never kept)", secret=True)
        try:
            # The form is checked before the password goes anywhere.
            Settings(homeserver=homeserver, user_id=user_id, password=password)
            token, device = await login(homeserver, user_id, password, DEVICE_NAME)
        except ValidationError as error:
            wrong = ", ".join(str(problem["loc"][0]) for problem in error.errors())
            prompt.tell(f"no: not of the form shown above: {wrong}")
            continue
        except (FatalError, DeliveryError) as error:
            prompt.tell(f"no: {error}")
            continue
        server = user_id.partition(":")[2]
        prompt.tell(f"ok: logged in as {user_id}, as a new device.")
        answer = prompt.ask(f"Who may invite the bot? Ids or servers, commas between (Enter: all of {server})")
        return {
            "homeserver": homeserver,
            "user_id": user_id,
            "access_token": token,
            "device_id": device,
            "invites": [part.strip() for part in answer.split(",") if part.strip()] or [server],
        }
    prompt.tell("Matrix is left out. Run obrady init again when the account is at hand.")
    return None


async def check(settings: Settings) -> list[Finding]:
    """Whether the account's token works, whether anybody may invite the bot, and the device's fingerprint."""
    try:
        token, device = _device(settings)
    except FatalError as error:
        return [Finding(True, "Matrix logs in with the password at the first start", str(error))]
    try:
        found = await _whoami(settings.homeserver, token)
    except (FatalError, DeliveryError) as error:
        return [Finding(False, "the homeserver does not accept the bot", str(error))]
    if found.get("user_id") != settings.user_id:
        cure = "Put the id that belongs to the token into platforms.matrix.user_id, or run: obrady init --force"
        return [Finding(False, "the access token belongs to another account", cure)]
    findings = [Finding(True, f"the homeserver knows the bot as {settings.user_id}")]
    if found.get("device_id") != device:
        cure = "Take device_id and access_token from one login: obrady init --force"
        findings.append(Finding(False, "the access token belongs to another device than device_id names", cure))
    if key := fingerprint(settings.store, settings.user_id, device):
        what = f"device {device} has the fingerprint {key}"
        findings.append(Finding(True, what, "Tell it to members who verify devices."))
    elif await _published(settings, token, device):
        cure = "Bring the folder back from a copy, or log in as a new device: obrady init --force"
        findings.append(Finding(False, f"the keys of device {device} are not in {settings.store}", cure))
    if not settings.invites:
        findings.append(Finding(False, "nobody may invite the bot: it can reach no room and no person", _INVITES))
    return findings


async def way_in(settings: Settings, code: str) -> WayIn:
    """A direct chat with the bot, and the code typed there: Matrix links can't carry it."""
    words = f"Matrix: open this link, start a direct chat with the bot, and send it:  !start {code}"
    return WayIn(words, link_to(settings.user_id))


def _device(settings: Settings) -> tuple[str, str]:
    """The token and device in the config, or those kept from the first start's login.

    Raises:
        FatalError: there was no login yet.
    """
    if settings.access_token and settings.device_id:
        return settings.access_token.get_secret_value(), settings.device_id
    found = kept(settings.store, settings.user_id)
    if found is None:
        raise FatalError("obrady init exchanges the password for a token at once.")
    return found


async def _whoami(homeserver: str, token: str) -> dict[str, Any]:
    return await _ask(homeserver, token, "GET", "/account/whoami")


async def _published(settings: Settings, token: str, device: str) -> bool:
    """Does the server know keys of the device? Then it has run before, and its store was not empty."""
    asked = {"device_keys": {settings.user_id: [device]}}
    try:
        answer = await _ask(settings.homeserver, token, "POST", "/keys/query", asked)
    except (FatalError, DeliveryError):
        return False
    return device in answer.get("device_keys", {}).get(settings.user_id, {})


async def _ask(
    homeserver: str, token: str, method: str, path: str, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    wire = Wire(homeserver)
    wire.authorise(token)
    try:
        answer = await wire.call(method, f"{CLIENT}{path}", body)
    except (MatrixError, UnreachableError) as error:
        raise unavailable(error) from error
    finally:
        await wire.reset()
    return answer if isinstance(answer, dict) else {}
