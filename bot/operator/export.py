"""`obrady export`: what the database holds, as files for people. Only read, also beside a running bot."""

import csv
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.config import load
from storage.audit import acts
from storage.reading import open_for_reading

_NO_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_audit(config: Path, since: date | None, out: TextIO) -> int:
    """Write the log of acts as CSV, the oldest first. Returns how many there are.

    Args:
        since: the first day to be in it, in the zone of the config.

    Raises:
        SchemaError: the database is of another version.
    """
    settings = load(config)
    first = start_of(since, settings.zone()) if since else None
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["at", "person", "act", "subject", "detail"])
    count = 0
    with open_for_reading(settings.database.url) as session:
        for act in acts(session, first):
            at = act.at.astimezone(UTC).isoformat(timespec="seconds")
            rows.writerow([at, act.person_id or "", act.act, *map(cell, (act.subject, act.detail))])
            count += 1
    return count


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day there."""
    return datetime.combine(day, time(), zone)


def cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_NO_FORMULA) else value
