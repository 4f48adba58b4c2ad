"""Requests are judged by aiogram's models: unknown, removed and malformed parameters, limits, and each encoding."""

import ast
import inspect
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import aiogram.methods
import aiogram.types
import aiohttp
import pytest
from pydantic import BaseModel

from tests.fakes.telegram import FakeTelegram, fixtures
from tests.fakes.telegram.limits import LIMITS, Limit
from tests.fakes.telegram.methods import HANDLERS
from tests.fakes.telegram.spec import METHODS, allowed_keys

fake = fixtures.fake


def model_of(name: str) -> type[BaseModel]:
    model: type[BaseModel] = getattr(aiogram.methods, name, None) or getattr(aiogram.types, name)
    return model


def field_texts(model: type[BaseModel]) -> dict[str, str]:
    """The docstrings under a model's fields, which only its source holds."""
    (cls,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(cls, ast.ClassDef)
    texts, last = {}, ""
    for node in cls.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            last = node.target.id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and last:
            texts[last] = str(node.value.value)
    return texts


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.owner}.{limit.field}")
def test_the_documentation_still_names_the_limit(limit: Limit) -> None:
    text = field_texts(model_of(limit.owner))[limit.field]
    assert limit.says in text
    if limit.pattern is None:
        assert limit.high > 0


def every_model() -> Iterator[type[BaseModel]]:
    for module in (aiogram.methods, aiogram.types):
        for name in module.__all__:
            model = getattr(module, name)
            if inspect.isclass(model) and issubclass(model, BaseModel) and model.__module__.startswith("aiogram."):
                yield model


def test_removed_fields_are_marked_wherever_their_text_says_so() -> None:
    removed = 0
    for model in every_model():
        current = set(allowed_keys(model).values())
        for name, text in field_texts(model).items():
            if name in model.model_fields:
                assert (name not in current) == (".. deprecated::" in text), f"{model.__name__}.{name}"
                removed += name not in current
    assert removed > 50


def test_every_method_answered_is_in_the_documentation() -> None:
    assert set(HANDLERS) <= set(METHODS)
    assert len(METHODS) > 180


class Wire:
    """Requests written by hand, without any library in between."""

    def __init__(self, fake: FakeTelegram, session: aiohttp.ClientSession) -> None:
        self.fake, self.session = fake, session

    async def __call__(self, method: str, **options: Any) -> tuple[int, dict[str, Any]]:
        url = f"{self.fake.url}/bot{self.fake.token}/{method}"
        async with self.session.request(options.pop("verb", "POST"), url, **options) as response:
            return response.status, await response.json()

    def complaints(self) -> list[str]:
        """The violations so far, taken away."""
        found = list(self.fake.violations)
        self.fake.violations.clear()
        return found


@pytest.fixture
async def wire(fake: FakeTelegram) -> Any:
    fake.user(101, "Anna", started=True)
    async with aiohttp.ClientSession() as session:
        yield Wire(fake, session)


KEYBOARD = {"inline_keyboard": [[{"text": "Za", "callback_data": "v:1"}]]}
SENT = {"chat_id": 101, "text": "Zażółć", "disable_notification": True, "reply_markup": KEYBOARD}


@pytest.mark.parametrize("encoding", ["query", "form", "multipart", "json"])
async def test_each_encoding_means_the_same(wire: Wire, encoding: str) -> None:
    form = {key: value if isinstance(value, str) else json.dumps(value) for key, value in SENT.items()}
    if encoding == "query":
        status, body = await wire("SENDmessage?" + urlencode(form), verb="GET")
    elif encoding == "json":
        status, body = await wire("sendmessage", json=SENT)
    else:
        data = aiohttp.FormData(form, default_to_multipart=encoding == "multipart")
        status, body = await wire("sendMessage", data=data)
    assert (status, body["ok"], body["result"]["text"]) == (200, True, "Zażółć")
    assert body["result"]["reply_markup"] == KEYBOARD
    assert wire.fake.transcript()[0].params == {**SENT, "chat_id": "101"}


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"colour": "red"}, "SendMessage.colour is not a current field"),
        ({"reply_to_message_id": 1}, "SendMessage.reply_to_message_id is not a current field"),
        ({"disable_web_page_preview": True}, "SendMessage.disable_web_page_preview is not a current field"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "color": "red"}]]}},
            "reply_markup.inline_keyboard[0][0].color is not a current field of InlineKeyboardButton",
        ),
        (
            {"entities": [{"type": "bold", "offset": 0, "length": 1, "size": 3}]},
            "entities[0].size is not a current field of MessageEntity",
        ),
        ({"parse_mode": "HTML"}, "parse_mode HTML is not modelled"),
    ],
)
async def test_what_nobody_documents_is_a_violation_and_ignored(
    wire: Wire, params: dict[str, Any], complaint: str
) -> None:
    status, _ = await wire("sendMessage", json={"chat_id": 101, "text": "x", **params})
    (found,) = wire.complaints()
    assert status == 200
    assert complaint.lower() in found.lower()


@pytest.mark.parametrize(
    ("method", "params", "says"),
    [
        ("sendMessage", {"chat_id": 101, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 101, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 101}, ""),
        ("sendMessage", {"chat_id": 101, "text": "x", "entities": [{"type": "bold", "offset": 0}]}, ""),
        ("sendMessage", {"chat_id": 101, "text": "x", "entities": "[not json"}, ""),
        ("sendMessage", {"chat_id": 101, "text": "x", "reply_markup": "{"}, "keyboard markup JSON"),
        (
            "sendMessage",
            {
                "chat_id": 101,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "ą" * 33}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {
                "chat_id": 101,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101},
            },
            "reply markup is too long",
        ),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("setMyCommands", {"commands": [{"command": "Język", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("sendPoll", {"chat_id": 101, "question": "?", "options": [{"text": "a"}]}, "not modelled"),
        ("getUpdates", {"timeout": "soon"}, ""),
    ],
)
async def test_what_cannot_be_right_is_refused_too(wire: Wire, method: str, params: dict[str, Any], says: str) -> None:
    status, body = await wire(method, json=params)
    assert (status, body["error_code"]) == (400, 400)
    assert says in body["description"]
    assert len(wire.complaints()) == 1


async def test_limits_without_a_known_error_are_violations_only(wire: Wire) -> None:
    status, _ = await wire("getUpdates", json={"limit": 500})
    assert status == 200
    status, _ = await wire("sendMessage", json={"chat_id": 101, "text": "👍" * 2049})
    assert status == 200
    status, _ = await wire("getUpdates", json={"allowed_updates": ["message", "telepathy"]})
    assert status == 200
    limit, units, kinds = wire.complaints()
    assert limit.startswith("getUpdates.limit: 500 is not within 1-100")
    assert units == "text of 4098 UTF-16 units"
    assert kinds == "allowed_updates names 'telepathy'"


async def test_addresses_that_lead_nowhere(wire: Wire) -> None:
    assert await wire("sendTelepathy") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )
    assert wire.complaints() == ["unknown method sendTelepathy"]
    for token, code in (("4711:AAanother", 401), ("rubbish", 404)):
        async with wire.session.get(f"{wire.fake.url}/bot{token}/getMe") as response:
            assert response.status == code


async def test_a_file_part_must_belong_to_a_parameter(wire: Wire) -> None:
    form = aiohttp.FormData({"chat_id": "101", "text": "x"}, default_to_multipart=True)
    form.add_field("scan", b"%PDF", filename="scan.pdf")
    await wire("sendMessage", data=form)
    assert wire.complaints() == ["sendMessage: the file part 'scan' belongs to no parameter"]


async def test_a_body_that_is_not_json(wire: Wire) -> None:
    status, _ = await wire("sendMessage", data=b"{", headers={"Content-Type": "application/json"})
    assert status == 400
    assert len(wire.complaints()) == 1


async def test_without_strictness_the_server_answers_as_telegram_does() -> None:
    async with FakeTelegram(strict=False) as fake, aiohttp.ClientSession() as session:
        fake.user(101, "Anna", started=True)
        wire = Wire(fake, session)
        assert (await wire("sendMessage", json={"chat_id": 101, "text": "x", "colour": "red"}))[0] == 200
        assert (await wire("sendMessage", json={"chat_id": 101, "text": "x" * 4097}))[0] == 400
        assert (await wire("sendMessage", json={"chat_id": 101, "text": " "}))[1]["description"] == (
            "Bad Request: message text is empty"
        )
        assert wire.complaints() == []
