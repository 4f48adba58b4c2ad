"""What stands in the logs, and what does not."""

import io
import sys
from pathlib import Path

import pytest
import structlog

from bot.logs import set_up
from storage import schema
from storage.engine import open_engine


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_a_start_is_silent_about_the_schema(level: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level, [])
    engine = open_engine(f"sqlite:///{tmp_path / 'obrady.db'}")
    schema.upgrade(engine)
    schema.check(engine)
    engine.dispose()
    assert capsys.readouterr().err == ""


def test_work_goes_on_when_nobody_can_read_the_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up("INFO", [])
    gone = io.StringIO()
    gone.close()
    monkeypatch.setattr(sys, "stderr", gone)
    structlog.get_logger("bot.test").info("lost")
    here = io.StringIO()
    monkeypatch.setattr(sys, "stderr", here)
    structlog.get_logger("bot.test").info("read")
    assert "read" in here.getvalue()
    assert "lost" not in here.getvalue()
