"""One process owns a bot: a lock file for each SQLite database and each account of a network.

On PostgreSQL the writer's connection holds an advisory lock instead (`storage.engine.take_ownership`).
"""

import fcntl
import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import IO

from storage.engine import sqlite_file


class AlreadyRunningError(Exception):
    """Another process has the lock; the message is for the operator."""


class Locks:
    """Held until `release` or the end of the process, however it ends."""

    def __init__(self) -> None:
        self._files: list[IO[str]] = []

    def database(self, url: str) -> None:
        """Own a database.

        Raises:
            AlreadyRunningError: another process does.
        """
        path = sqlite_file(url)
        if path:
            self._take(path.resolve().with_name(path.name + ".lock"), f"the database {path}")

    def account(self, platform: str, secret: str) -> None:
        """Own an account of a network on this machine. Only a digest of the secret is written.

        Raises:
            AlreadyRunningError: another process does.
        """
        digest = sha256(f"{platform}:{secret}".encode()).hexdigest()[:24]
        folder = Path(tempfile.gettempdir()) / f"obrady-locks-{os.getuid()}"
        self._take(folder / f"{platform}-{digest}.lock", f"this {platform} account")

    def release(self) -> None:
        """Give all locks back."""
        for file in self._files:
            file.close()
        self._files.clear()

    def _take(self, path: Path, what: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = open(path, "a+", opener=lambda name, flags: os.open(name, flags, 0o600))  # noqa: SIM115
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            owner = file.read(20).strip()
            file.close()
            raise AlreadyRunningError(
                f"Another Obrady (process {owner or 'unknown'}) is using {what}. Stop it first; two would answer twice."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._files.append(file)
