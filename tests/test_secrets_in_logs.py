"""A secret in a log is a stolen bot: none gets through, from whatever library and in whatever shape."""

import io
import json
import logging
import sys
from collections.abc import Callable

import pytest
import structlog

from bot.logs import HIDDEN, set_up

TELEGRAM = "123456789:AAF-canary_canary_canary_canary_cana"
MATRIX = "syt_Y2FuYXJ5_canarycanarycanary_1a2B3c"
PASSWORD = 'pass"word\\ąę with space'
CANARIES = (TELEGRAM, MATRIX, PASSWORD)


class Holder:
    """An object whose representation tells the secret, as `telegram.Bot`'s does."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def __repr__(self) -> str:
        return f"Holder(token={self.secret})"


def _raise(secret: str) -> None:
    local = secret
    try:
        int(f"first {local}")
    except ValueError as error:
        raise RuntimeError(f"https://api.example.org/bot{secret}/getMe") from error


def _caught(log: Callable[[], None], secret: str) -> None:
    try:
        _raise(secret)
    except RuntimeError:
        log()


def _std(secret: str) -> None:
    log = logging.getLogger("some.library")
    log.error("message %s", secret)
    log.error(f"in the text {secret}")
    log.error("dict %(token)s", {"token": secret})
    log.error("object %r and %s", Holder(secret), [secret, {"deep": (secret,)}])
    log.error(Holder(secret))
    log.error("bytes %r", secret.encode())
    log.error("url https://example.org/sync?access_token=%s&x=1", secret)
    log.error("header {'Authorization': 'Bearer %s'}", secret)
    _caught(lambda: log.exception("failed"), secret)
    _caught(lambda: log.error("failed", exc_info=True, stack_info=True), secret)
    log.error("bad arguments %s %s", secret)


def _struct(secret: str) -> None:
    log = structlog.get_logger("bot.some.module")
    log.error(f"event {secret}", plain=secret, holder=Holder(secret), deep={"a": [secret, {"b": (secret,)}]})
    log.error("bytes", raw=secret.encode())
    log.error("exception as a value", error=RuntimeError(secret))
    log.bind(token=secret).error("bound")
    log.error("key", **{secret: 1})
    _caught(lambda: log.exception("failed", url=f"https://x/bot{secret}/y"), secret)
    _caught(lambda: log.error("failed", exc_info=True, stack_info=True), secret)
    log.debug("at debug", token=secret)


@pytest.mark.parametrize("json_lines", [True, False])
@pytest.mark.parametrize("secret", CANARIES, ids=["telegram", "matrix", "configured"])
@pytest.mark.parametrize("write", [_std, _struct])
def test_no_secret_gets_through(
    write: Callable[[str], None], secret: str, json_lines: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    # What has a known shape is hidden without being named; a password has none.
    set_up("DEBUG", [PASSWORD], json=json_lines)
    write(secret)
    written = stderr.getvalue()
    assert HIDDEN in written
    assert "RuntimeError" in written
    for form in (secret, secret[:-3], json.dumps(secret)[1:-1], repr(secret)[1:-1], repr(secret.encode())[2:-1]):
        assert form not in written
    if json_lines:
        for line in written.splitlines():
            assert json.loads(line)["level"] in {"error", "debug"}


def test_libraries_that_would_write_requests_are_silent_at_debug(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    set_up("DEBUG", [])
    for name in ("httpx", "httpcore.http11", "telegram.Bot", "nio.client", "aiohttp.access", "sqlalchemy.engine"):
        logging.getLogger(name).info("POST https://api.example.org/bot%s/getMe", TELEGRAM)
        logging.getLogger(name).debug("body: what people wrote")
    assert stderr.getvalue() == ""


def test_a_line_is_one_line_with_what_was_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    set_up("INFO", [], json=True)
    structlog.get_logger("bot.x").info("started", rows=3, name="ą")
    logging.getLogger("some.library").warning("slow %s", "query")
    first, second = map(json.loads, stderr.getvalue().splitlines())
    assert (first["event"], first["rows"], first["name"], first["level"], first["logger"]) == (
        "started",
        3,
        "ą",
        "info",
        "bot.x",
    )
    assert (second["event"], second["level"], second["logger"]) == ("slow query", "warning", "some.library")
    assert first["timestamp"]
