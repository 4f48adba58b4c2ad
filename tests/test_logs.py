"""What stands in the logs, and what does not."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.logs import set_up
from storage import schema
from storage.engine import open_engine


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """What `set_up` changes for the whole process is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_a_start_is_silent_about_the_schema(level: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level, [])
    engine = open_engine(f"sqlite:///{tmp_path / 'obrady.db'}")
    schema.upgrade(engine)
    schema.check(engine)
    engine.dispose()
    assert capsys.readouterr().err == ""
