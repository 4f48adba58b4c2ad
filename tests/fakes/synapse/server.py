"""A real Synapse in a folder: generated configuration, start, stop, kill, restart, and accounts on it.

Everything is synchronous and of the standard library only; a coroutine says `await asyncio.to_thread(server.restart)`.
"""

import hashlib
import hmac
import http.client
import json
import os
import secrets
import signal
import subprocess
import time
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from tests.fakes.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
GUARD = Path(__file__).with_name("guard.py")
SERVER_NAME = "localhost"

START_SECONDS = 60.0  # 1 s on a quiet machine
STOP_SECONDS = 15.0

# With these gone a test may write as fast as it likes. Synapse's own values stand in limits="default".
_ENDLESS = {"per_second": 10_000, "burst_count": 10_000}
LOOSE_LIMITS: dict[str, Any] = {
    **dict.fromkeys(
        (
            "rc_message",
            "rc_registration",
            "rc_admin_redaction",
            "rc_joins_per_room",
            "rc_third_party_invite",
            "rc_room_creation",
            "rc_reports",
            "rc_presence",
            "rc_delayed_event_mgmt",
        ),
        _ENDLESS,
    ),
    "rc_login": dict.fromkeys(("address", "account", "failed_attempts"), _ENDLESS),
    "rc_joins": dict.fromkeys(("local", "remote"), _ENDLESS),
    "rc_invites": dict.fromkeys(("per_room", "per_user", "per_issuer"), _ENDLESS),
}


class SynapseMissing(Exception):
    """Synapse is not installed where it is looked for: a failure of the test, never a reason to skip it."""


class SynapseFailed(Exception):
    """Synapse did not start; the end of its log is in the message."""


@dataclass(frozen=True)
class Account:
    """A registered person with one logged-in device."""

    user_id: str
    access_token: str
    device_id: str
    password: str


def synapse_python() -> Path:
    """The interpreter of Synapse's own environment: OBRADY_SYNAPSE_PYTHON, or the one `make test` makes."""
    path = Path(os.environ.get("OBRADY_SYNAPSE_PYTHON") or ROOT / ".synapse" / "bin" / "python")
    if not path.exists():
        raise SynapseMissing(
            f"no Synapse: {path} does not exist. Run `make test`, which installs it into an environment of its own, "
            "or let OBRADY_SYNAPSE_PYTHON name the interpreter of one that has matrix-synapse."
        )
    return path


class SynapseServer:
    """One homeserver on 127.0.0.1 whose data and port stay in `directory` through every restart.

    `limits="default"` keeps Synapse's own rate limits, those a bot meets in the world: 429 after about 10 messages.
    It ends when this process ends, and after `lifetime` seconds whatever happens.
    """

    def __init__(
        self,
        directory: Path,
        *,
        limits: Literal["loose", "default"] = "loose",
        port: int | None = None,
        lifetime: float = 3600.0,
    ) -> None:
        self.directory = directory.resolve()
        self.limits = limits
        self.port = port or free_port()
        self.lifetime = lifetime
        self.log = self.directory / "homeserver.log"
        self._shared_secret = ""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """The process, while it was not stopped."""
        return self._process.pid if self._process else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Start and return when it answers; the first time also writes its configuration and keys."""
        if self._process is not None:
            raise RuntimeError("this Synapse is running")
        python = synapse_python()
        config = self._configure()
        with (self.directory / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                [python, "-I", GUARD, str(self.lifetime), "-c", config],
                stdin=subprocess.PIPE,  # the guard's sign of life of this process
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.directory,
            )
        try:
            self._wait_healthy()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Ask it to end, as an operator would, and wait. Stopping a stopped server is fine."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL: the machine lost its power."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop and start on the same port with the same data."""
        self.stop()
        self.start()

    def healthy(self) -> bool:
        """Does it answer now?"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def register(self, user: str, password: str = "", admin: bool = False) -> Account:
        """Make an account through the shared secret; the answer is a logged-in device."""
        password = password or secrets.token_urlsafe(12)
        nonce = self._call("GET", "/_synapse/admin/v1/register")["nonce"]
        role = "admin" if admin else "notadmin"
        signed = "\0".join((nonce, user, password, role)).encode()
        mac = hmac.new(self._shared_secret.encode(), signed, hashlib.sha1).hexdigest()
        answer = self._call(
            "POST",
            "/_synapse/admin/v1/register",
            {"nonce": nonce, "username": user, "password": password, "admin": admin, "mac": mac},
        )
        return Account(answer["user_id"], answer["access_token"], answer["device_id"], password)

    def log_tail(self, lines: int = 30) -> str:
        """The end of what it logged and printed, for messages of failing tests."""
        texts = [
            path.read_text(errors="replace") for path in (self.directory / "output.log", self.log) if path.exists()
        ]
        return "\n".join("\n".join(texts).splitlines()[-lines:])

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise SynapseFailed(f"{method} {path}: {response.status} {answer}")
        return answer

    def _wait_healthy(self) -> None:
        process = self._process
        assert process is not None
        deadline = time.monotonic() + START_SECONDS
        while not self.healthy():
            if process.poll() is not None:
                raise SynapseFailed(f"Synapse ended with status {process.returncode}:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise SynapseFailed(f"Synapse does not answer after {START_SECONDS:.0f} s:\n{self.log_tail()}")
            time.sleep(0.03)

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(sign)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()

    def _configure(self) -> Path:
        """homeserver.yaml, its log configuration and its keys, written once: a restart must find the same ones."""
        path = self.directory / "homeserver.yaml"
        if path.exists():
            written = json.loads(path.read_text())
            self._shared_secret = written["registration_shared_secret"]
            self.port = written["listeners"][0]["port"]
            return path
        self.directory.mkdir(parents=True, exist_ok=True)
        self._shared_secret = secrets.token_hex(16)
        # The file that --generate-keys would write, a second sooner: algorithm, name of the key, its 32 bytes.
        signing_key = b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (self.directory / "signing.key").write_text(f"ed25519 a_test {signing_key}\n")
        (self.directory / "log.yaml").write_text(json.dumps(self._logging()))
        # JSON is YAML, and needs no library.
        path.write_text(json.dumps(self._settings(), indent=1))
        return path

    def _settings(self) -> dict[str, Any]:
        return {
            "server_name": SERVER_NAME,
            "report_stats": False,
            "pid_file": str(self.directory / "homeserver.pid"),
            "log_config": str(self.directory / "log.yaml"),
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "tls": False,
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client"]}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.directory / "homeserver.db")}},
            "media_store_path": str(self.directory / "media"),
            "signing_key_path": str(self.directory / "signing.key"),
            "registration_shared_secret": self._shared_secret,
            "macaroon_secret_key": secrets.token_hex(16),
            "form_secret": secrets.token_hex(16),
            "trusted_key_servers": [],
            "presence": {"enabled": False},
            "bcrypt_rounds": 4,
            **(LOOSE_LIMITS if self.limits == "loose" else {}),
        }

    def _logging(self) -> dict[str, Any]:
        return {
            "version": 1,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
            "handlers": {
                "file": {"class": "logging.FileHandler", "formatter": "line", "filename": str(self.log)},
            },
            "root": {"level": "WARNING", "handlers": ["file"]},
            "disable_existing_loggers": False,
        }
