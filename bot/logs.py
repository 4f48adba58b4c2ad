"""Logs: one line an event on stderr, secrets taken out of everything, whatever library wrote it."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import Any

import structlog

# Telegram's tokens, Matrix access tokens (Synapse's syt_…, mct_… of its OAuth service), bearer headers.
_TOKENS = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{30,}|\b(?:syt|mct|mcr)_[A-Za-z0-9_-]{10,}|(?<=access_token=)[^&\s\"']+|(?<=Bearer )\S+"
)
HIDDEN = "[hidden]"
# Libraries that would write whole requests or message bodies at DEBUG, or the same lines at every start (alembic).
_QUIET = "httpx httpcore telegram nio aiohttp sqlalchemy alembic apscheduler asyncio peewee".split()


class Redactor(logging.Filter):
    """Sits on the handler, so that it sees every record of every library, traceback included."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = sorted({secret for secret in secrets if secret}, key=len, reverse=True)

    def hide(self, value: str) -> str:
        """The string with secrets replaced."""
        for secret in self._secrets:
            value = value.replace(secret, HIDDEN)
        return _TOKENS.sub(HIDDEN, value)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drop it."""
        if isinstance(record.msg, dict):  # structlog's own
            record.msg = {
                key: self.hide(value) if isinstance(value, str) else value for key, value in record.msg.items()
            }
        else:
            record.msg, record.args = self.hide(record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = self.hide("".join(traceback.format_exception(*record.exc_info)).rstrip())
            record.exc_info = None
        return True


def set_up(level: str, secrets: Iterable[str], *, json: bool = False) -> None:
    """Send all logs to stderr, redacted. Libraries write from WARNING up, so that DEBUG is ours alone."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    redactor = Redactor(secrets)
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )

    def last_look(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: redactor.hide(value) if isinstance(value, str) else value for key, value in event.items()}

    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(redactor)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last_look, renderer],
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def trail(error: BaseException) -> str:
    """Where an error came from, without its words: they may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"
