"""Matrix for the operator: asks for the account, logs in once, checks it, gives the owner's way in."""

from typing import Any

from bot.platforms.matrix.adapter import Matrix
from bot.platforms.matrix.crypto import fingerprint
from bot.platforms.matrix.session import DEVICE_NAME, login
from bot.platforms.matrix.settings import Settings
from bot.platforms.port import DeliveryError, FatalError
from bot.platforms.setup import Finding, Prompt, WayIn

_TRIES = 3


async def interview(prompt: Prompt) -> dict[str, Any] | None:
    """Ask for the account until a login works; an empty line leaves Matrix out. The password is not kept."""
    prompt.tell("Matrix: make an account for the bot on your homeserver, with a client such as Element.")
    for _ in range(_TRIES):
        homeserver = prompt.ask("Homeserver, such as https://matrix.example.org (Enter: no Matrix)").strip().rstrip("/")
        if not homeserver:
            return None
        user_id = prompt.ask("The bot's user id, such as @obrady:example.org").strip()
        password = prompt.ask("Its password (used once, not kept)", secret=True)
        try:
            Settings.model_validate({"homeserver": homeserver, "user_id": user_id, "password": password})
            token, device_id = await login(homeserver, user_id, password, DEVICE_NAME)
        except ValueError:
            prompt.tell("no: the homeserver begins with https://, the user id is like @obrady:example.org.")
            continue
        except (FatalError, DeliveryError) as error:
            prompt.tell(f"no: {error}")
            continue
        prompt.tell(f"ok: logged in as the new device {device_id}")
        server = user_id.partition(":")[2]
        asked = prompt.ask(f"Who may invite the bot: ids or servers, with commas (Enter: everybody of {server})")
        invites = [entry.strip() for entry in asked.split(",") if entry.strip()] or [server]
        return {
            "homeserver": homeserver,
            "user_id": user_id,
            "access_token": token,
            "device_id": device_id,
            "invites": invites,
        }
    prompt.tell("Matrix is left out. Run obrady init again when the account is at hand.")
    return None


async def check(settings: Settings) -> list[Finding]:
    """Whether the token works, the keys are there and are the server's, and somebody may invite the bot."""
    if not settings.device_id or not settings.access_token:
        return [
            Finding(True, "Matrix logs in with its password at the first start", "obrady init keeps a token instead")
        ]
    matrix = Matrix(
        settings.homeserver,
        settings.user_id,
        store=settings.store,
        access_token=settings.access_token.get_secret_value(),
        device_id=settings.device_id,
    )
    try:
        known = await matrix.look()
    except (FatalError, DeliveryError) as error:
        return [Finding(False, "Matrix does not accept the bot", str(error))]
    finally:
        await matrix.close()
    findings = [Finding(True, f"Matrix knows the bot as {settings.user_id}")]
    shown = fingerprint(settings.store, settings.user_id, settings.device_id)
    if shown:
        findings.append(Finding(True, f"the device's fingerprint is {shown}", "Compare it with what clients show."))
    elif known:
        findings.append(
            Finding(
                False,
                f"the server knows keys of the device, but there are none in {settings.store}",
                "Bring the folder back from a copy, or run obrady init to log in as a new device.",
            )
        )
    if not settings.invites:
        findings.append(Finding(False, "nobody may invite the bot", "Name people or servers in `invites`."))
    return findings


async def way_in(settings: Settings, code: str) -> WayIn:
    """The address that opens a chat with the bot in any client; the code is the first message."""
    link = f"https://matrix.to/#/{settings.user_id}"
    return WayIn(f"Matrix: open this link, start a chat with the bot, and send it this: !start {code}", link)
