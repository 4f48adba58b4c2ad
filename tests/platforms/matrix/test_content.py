"""What is put into events, and what the server's and the network's refusals mean."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.core.markup import Run, paragraph, split
from bot.platforms.matrix.errors import Backoff, delivery, fatal
from bot.platforms.matrix.send import TEXT_LIMIT, build
from bot.platforms.matrix.wire import MatrixError, UnreachableError
from bot.platforms.port import FatalError, NotSentError, UndeliverableError
from tests.platforms.matrix.support import outgoing


def test_a_message_mentions_nobody_and_is_a_notice() -> None:
    content = build(outgoing("!r", "cześć @room <b>"))
    assert content == {
        "msgtype": "m.notice",
        "body": "cześć @room <b>",
        "m.mentions": {},
    }


def test_a_layout_comes_beside_the_plain_words() -> None:
    markup = (paragraph("para", [Run("źródło", bold=True)]), paragraph("quote", [Run("<b>@room</b>")]))
    content = build(replace(outgoing("!r", ""), markup=markup))
    assert content == {
        "msgtype": "m.notice",
        "body": "źródło\n\n> <b>@room</b>",
        "format": "org.matrix.custom.html",
        "formatted_body": "<p><strong>źródło</strong></p><blockquote>&lt;b&gt;@room&lt;/b&gt;</blockquote>",
        "m.mentions": {},
    }


def test_replies_and_threads() -> None:
    assert build(outgoing("!r", "x", reply_to="$q"))["m.relates_to"] == {"m.in_reply_to": {"event_id": "$q"}}
    assert build(outgoing("!r", "x", thread="$root"))["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": "$root"},
    }
    assert build(outgoing("!r", "x", thread="$root", reply_to="$q"))["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": "$root",
        "is_falling_back": False,
        "m.in_reply_to": {"event_id": "$q"},
    }


def test_an_edit_replaces_and_mentions_nobody_either() -> None:
    content = build(outgoing("!r", "nowe", op="edit", message_id="$old"))
    assert content["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$old"}
    assert content["body"] == "* nowe"
    assert content["m.mentions"] == content["m.new_content"]["m.mentions"] == {}
    assert content["m.new_content"]["body"] == "nowe"
    assert "m.relates_to" not in content["m.new_content"]


@pytest.mark.parametrize("op", ["send", "edit"])
@pytest.mark.parametrize("letter", ["a", "ł", "ї", "語", "😀", '"', "\n", "&", "<"])
def test_the_longest_text_fits_an_event_encrypted_too(op: Any, letter: str) -> None:
    units = 2 if letter > "\uffff" else 1
    # `split` counts two more units for each line, so lines alone are a third of what fits.
    (markup, *_rest) = split((paragraph("quote", [Run(letter * (TEXT_LIMIT // units))]),), TEXT_LIMIT)
    call = outgoing("!r", "", op=op, message_id="$old")
    content = build(replace(call, markup=markup))
    plaintext = json.dumps({"type": "m.room.message", "content": content, "room_id": "!r" * 30}, ensure_ascii=False)
    assert len(plaintext.encode()) * 4 // 3 < 62_000


@pytest.mark.parametrize(
    ("status", "errcode", "gone"),
    [(403, "M_FORBIDDEN", True), (404, "M_NOT_FOUND", True), (413, "M_TOO_LARGE", False), (400, "M_BAD_JSON", False)],
)
def test_what_will_never_arrive(status: int, errcode: str, gone: bool) -> None:
    error = delivery(MatrixError(status, {"errcode": errcode, "error": "@anna:x is not in !room"}))
    assert isinstance(error, UndeliverableError)
    assert error.chat_gone is gone
    assert "@anna" not in str(error)


@pytest.mark.parametrize(
    ("status", "body", "wait"),
    [
        (429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 4466}, 4.466),
        (429, {"errcode": "M_LIMIT_EXCEEDED"}, None),
        (403, {"errcode": "M_USER_SUSPENDED"}, None),
        (401, {"errcode": "M_USER_LOCKED", "soft_logout": True}, None),
        (502, {}, None),
        (500, {"errcode": "M_UNKNOWN"}, None),
        (302, {}, None),
    ],
)
def test_what_may_pass_is_tried_again(status: int, body: dict[str, Any], wait: float | None) -> None:
    error = delivery(MatrixError(status, body))
    assert isinstance(error, NotSentError)
    assert (error.everywhere, error.retry_after) == (True, wait)


def test_silence_is_tried_again_since_the_server_drops_repeats() -> None:
    error = delivery(UnreachableError("ServerTimeoutError"))
    assert isinstance(error, NotSentError)
    assert error.everywhere


@pytest.mark.parametrize(
    ("status", "errcode", "soft"),
    [(401, "M_UNKNOWN_TOKEN", False), (401, "M_UNKNOWN_TOKEN", True), (401, "M_MISSING_TOKEN", False)],
)
def test_a_worthless_token_is_the_end_and_names_the_cure(status: int, errcode: str, soft: bool) -> None:
    error = fatal(MatrixError(status, {"errcode": errcode, "soft_logout": soft}))
    assert isinstance(error, FatalError)
    assert "obrady init" in str(error)
    assert isinstance(delivery(MatrixError(status, {"errcode": errcode})), FatalError)


def test_a_deactivated_account_is_the_end() -> None:
    assert isinstance(fatal(MatrixError(403, {"errcode": "M_USER_DEACTIVATED"})), FatalError)


def test_pauses_allow_ten_requests_a_minute_at_most() -> None:
    for _ in range(200):
        backoff, at, requests = Backoff(), 0.0, 0
        while at < 60:
            requests += 1
            pause = backoff.pause()
            assert 0.7 < pause <= 75
            at += pause
        assert requests <= 10
        # Later it is about one a minute.
        assert min(backoff.pause() for _ in range(5)) > 40
