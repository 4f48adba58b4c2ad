"""Logs: one line an event on stderr, secrets taken out of everything, whatever library wrote it."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

import structlog

# Telegram's tokens, Matrix access tokens (Synapse's syt_…, mct_… of its OAuth service), bearer headers.
_TOKENS = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{30,}|(?:syt|mct|mcr)_[A-Za-z0-9_-]{10,}|(?<=access_token=)[^&\s\"']+|(?<=Bearer )[^\s\"']+"
)
HIDDEN = "[hidden]"
# Libraries that would write whole requests or message bodies at DEBUG, or the same lines at every start (alembic).
_QUIET = (
    *("httpx", "httpcore", "telegram", "nio", "aiohttp", "peewee"),
    *("sqlalchemy", "alembic", "apscheduler", "asyncio"),
)


class Redactor:
    """Takes secrets out of strings: those it was told, in the forms that logs give them, and those of a known shape."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        self._secrets = sorted(forms, key=len, reverse=True)

    def hide(self, value: str) -> str:
        """The string with secrets replaced."""
        for secret in self._secrets:
            value = value.replace(secret, HIDDEN)
        return _TOKENS.sub(HIDDEN, value)


def _forms(secret: str) -> Iterator[str]:
    """As it is, in JSON, in a representation, as bytes, in an address."""
    yield secret
    yield from (json.dumps(secret, ensure_ascii=ascii)[1:-1] for ascii in (True, False))
    yield repr(secret)[1:-1]
    yield repr(secret.encode())[2:-1]
    yield quote(secret, safe="")


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Hides secrets in the finished line, whatever it was made of."""

    def __init__(self, redactor: Redactor, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.hide(super().format(record))


class _Handler(logging.StreamHandler[TextIO]):
    """Sits on the root logger, so that it sees every record of every library; writes to the stderr of the moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, value: TextIO) -> None:
        raise AttributeError("logs go to stderr")

    def handle(self, record: logging.LogRecord) -> bool:
        if not isinstance(record.msg, dict):  # structlog's own is one
            try:
                record.msg, record.args = record.getMessage(), ()
            except Exception as error:  # noqa: BLE001 - whatever a library's arguments raise must not reach its caller
                record.msg, record.args = f"{record.msg} (without its arguments: {type(error).__name__})", ()
        return super().handle(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A line that can't be written; logging itself would show the arguments."""
        # Nobody reads any more (a closed pipe, a full disk): the bot's work goes on without its logs.
        with suppress(OSError, ValueError):
            self.stream.write(f"a line of {record.name} could not be written\n")


def set_up(level: str, secrets: Iterable[str], *, json: bool = False) -> None:
    """Send all logs to stderr, redacted. Libraries write from WARNING up, so that DEBUG is ours alone."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # As text, and without the values of local variables that other ways of showing tracebacks add.
        structlog.processors.format_exc_info,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    handler = _Handler()
    handler.setFormatter(
        _Formatter(
            Redactor(secrets),
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
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
