"""`obrady status`: how the bot is doing, from its health page if it runs, and from the database."""

import http.client
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from bot.config import Web, load
from storage.reading import open_for_reading
from storage.status import status

PATIENCE = 3.0
"""Seconds to wait for the health page."""


def show_status(config: Path, out: TextIO, *, as_json: bool, now: datetime | None = None) -> None:
    """Write how the bot is doing, as lines or as JSON.

    Args:
        now: the present; the machine's when None.

    Raises:
        SchemaError: there is no database yet, or it is of another version.
    """
    settings = load(config)
    found: dict[str, Any] = {"running": _health(settings.web)}
    with open_for_reading(settings.database.url) as session:
        found |= status(session, now or datetime.now(UTC))
    if as_json:
        out.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        out.writelines(f"{line}\n" for line in _lines(found, has_page=settings.web.port is not None))


def _health(web: Web) -> dict[str, Any] | None:
    """What the health page says; None where there is none, or nobody answers."""
    if not web.port:
        return None
    connection = http.client.HTTPConnection(web.host, web.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz")
        answer = json.loads(connection.getresponse().read(100_000))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return answer if isinstance(answer, dict) else None


def _lines(found: Mapping[str, Any], *, has_page: bool) -> Iterator[str]:
    running = found["running"]
    if running is not None:
        yield f"running: yes, {'ready' if running.get('ready') else 'NOT READY'}"
        for name, one in running.get("networks", {}).items():
            ready = "ready" if one.get("ready") else "NOT READY"
            yield f"  {name}: {ready}, last good answer {_span(one.get('heard_s_ago'))}"
    else:
        yield f"running: {'no answer from the health page' if has_page else 'not known ([web] port is not set)'}"
    yield f"schema: {found['schema']}, database: {_bytes(found['database_bytes'])}"
    for name, one in found["networks"].items():
        waiting = f"{one['waiting']} to send" + (f", the oldest {_span(one['oldest_s'])}" if one["waiting"] else "")
        heard, sent = _span(one["heard_s_ago"]), _span(one["sent_s_ago"])
        yield f"{name}: somebody wrote {heard} (to the hour), last sent {sent}, {waiting}"
    lost = [f"{name} {why} {count}" for name, by in found["failed_last_day"].items() for why, count in by.items()]
    yield f"not delivered in the last day: {', '.join(lost) or 'nothing'}"
    yield f"rooms: {_counts(found['rooms'])}"
    yield f"desk: {_counts(found['desk'])}"
    late = found["timers_late"]
    yield f"timers late: {late['count']}" + (f", the oldest due {_span(late['oldest_s'])}" if late["count"] else "")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _span(seconds: float | None) -> str:
    return "never" if seconds is None else f"{timedelta(seconds=round(seconds))} ago"


def _bytes(size: int | None) -> str:
    return "unknown" if size is None else f"{size / 1_048_576:.1f} MiB"
