"""A device of the bot's own: a password exchanged for an access token, once."""

import json
import os
from pathlib import Path

from bot.platforms.matrix.errors import unavailable
from bot.platforms.matrix.wire import CLIENT, MatrixError, UnreachableError, Wire
from bot.platforms.port import FatalError

DEVICE_NAME = "Obrady"
_FILE = "session.json"


async def login(homeserver: str, user_id: str, password: str, device_name: str) -> tuple[str, str]:
    """Log in as a new device: its access token and its id.

    Raises:
        FatalError: the password is wrong, or the server logs nobody in this way.
        NotSentError: the server can't be reached, or asks to wait.
    """
    wire = Wire(homeserver)
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user_id},
        "password": password,
        "initial_device_display_name": device_name,
    }
    try:
        answer = await wire.call("POST", f"{CLIENT}/login", body)
        return str(answer["access_token"]), str(answer["device_id"])
    except MatrixError as error:
        if error.final:
            raise FatalError(f"Matrix: the server did not accept the user name and password ({error}).") from error
        raise unavailable(error) from error
    except UnreachableError as error:
        raise unavailable(error) from error
    except (KeyError, TypeError) as error:
        raise FatalError("Matrix: what answered the login is no homeserver. Check `homeserver`.") from error
    finally:
        await wire.reset()


async def session(homeserver: str, user_id: str, password: str, store: Path) -> tuple[str, str]:
    """The token and device for a configuration that has a password only: from the first start's login, kept beside the
    keys (a login at every start would be a new device without keys each time).

    Raises:
        FatalError, NotSentError: as `login`.
    """
    found = kept(store, user_id)
    if found is None:
        found = await login(homeserver, user_id, password, DEVICE_NAME)
        _keep(store / _FILE, user_id, *found)
    return found


def kept(store: Path, user_id: str) -> tuple[str, str] | None:
    """The token and device of an earlier start's login, if there was one."""
    path = store / _FILE
    if not path.exists():
        return None
    found = json.loads(path.read_text())
    return (str(found["access_token"]), str(found["device_id"])) if found.get("user_id") == user_id else None


def _keep(path: Path, user_id: str, token: str, device: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"user_id": user_id, "access_token": token, "device_id": device}, file)
