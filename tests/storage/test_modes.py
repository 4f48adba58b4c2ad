"""Nobody else on the machine can read what the bot keeps, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.engine.lock import Locks
from storage import schema
from storage.engine import open_engine


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_database_its_companions_and_its_folder_are_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "obrady.db"
    locks, engine = Locks(), open_engine(f"sqlite:///{path}")
    locks.database(f"sqlite:///{path}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM person")
        modes = {file.name: mode(file) for file in path.parent.iterdir()}
    engine.dispose()
    locks.release()
    assert modes == dict.fromkeys(["obrady.db", "obrady.db-wal", "obrady.db-shm", "obrady.db.lock"], 0o600)
    assert mode(path.parent) == 0o700


def test_the_lock_of_an_account_is_the_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    locks = Locks()
    locks.account("telegram", "1:secret")
    [folder] = tmp_path.iterdir()
    [file] = folder.iterdir()
    locks.release()
    assert (mode(folder), mode(file)) == (0o700, 0o600)


def test_a_file_that_is_there_keeps_its_content_and_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "obrady.db"
    for _ in range(2):
        engine = open_engine(f"sqlite:///{path}")
        schema.upgrade(engine)
        schema.check(engine)
        engine.dispose()
        path.chmod(0o640)
    assert mode(path) == 0o640


def test_what_cannot_be_made_is_an_error_of_the_database(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    engine = open_engine(f"sqlite:///{tmp_path / 'file' / 'obrady.db'}")
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    engine.dispose()
