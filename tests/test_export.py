"""Exports: read from the database of the config, beside a running bot, and never written to."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.refs import AccountRef
from bot.operator.export import export_audit
from storage import schema
from storage.engine import open_engine
from storage.reading import open_for_reading
from storage.schema import SchemaError
from tests.storage.support import NOW, Box


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Path:
    """A config with a database in which three acts were noted."""
    engine = open_engine(database_url)
    schema.upgrade(engine)
    box = Box(engine)
    box.do(
        lambda store: store.audit.note(store.people.of(AccountRef("telegram", "1")).id, "poll-opened", "p1", kind="x")
    )
    box.now = NOW.replace(day=2, hour=22, minute=59)
    box.do(lambda store: store.audit.note(None, "poll-closed", "=cmd|'/c calc'!A1"))
    box.now = NOW.replace(day=2, hour=23)
    box.do(lambda store: store.audit.note(None, "poll-withdrawn", 'p,"1"\n2'))
    engine.dispose()
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "{database_url}"\n', "utf-8")
    path.chmod(0o600)
    return path


def rows(config: Path, since: date | None = None) -> list[dict[str, str]]:
    out = io.StringIO()
    count = export_audit(config, since, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(found) == count
    return found


def test_the_log_of_acts_as_csv(config: Path) -> None:
    opened, closed, withdrawn = rows(config)
    assert opened["at"] == "2026-12-01T17:00:00+00:00"
    assert len(opened["person"]) == 32
    assert (opened["act"], opened["subject"], json.loads(opened["detail"])) == ("poll-opened", "p1", {"kind": "x"})
    assert (closed["person"], closed["subject"]) == ("", "'=cmd|'/c calc'!A1")  # No formula for a spreadsheet.
    assert withdrawn["subject"] == 'p,"1"\n2'


def test_since_a_day_of_the_federation_s_own_zone(config: Path) -> None:
    # 22:59 UTC is still the 2nd in Warsaw, an hour's minute later it is the 3rd there.
    assert [row["act"] for row in rows(config, date(2026, 12, 3))] == ["poll-withdrawn"]
    assert len(rows(config, date(2026, 12, 2))) == 2


def test_the_view_can_t_write(config: Path, database_url: str) -> None:
    with open_for_reading(database_url) as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        session.execute(text("DELETE FROM audit"))
    assert len(rows(config)) == 3


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="obrady run"), open_for_reading(f"sqlite:///{tmp_path / 'no.db'}"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command(config: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "export", "audit", "--config", str(config), "--since", "2026-12-03"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout.splitlines()[0] == "at,person,act,subject,detail"
    assert "poll-withdrawn" in done.stdout
    assert "poll-opened" not in done.stdout
