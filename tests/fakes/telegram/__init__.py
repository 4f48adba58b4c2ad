"""A Bot API server for tests whose knowledge of the API comes from aiogram's models, not from us.

    async with FakeTelegram() as fake:                       # or the fixture `fake` of fixtures.py
        anna = fake.user(101, "Anna")
        … start a bot with fake.token and f"{fake.url}/bot" …
        await fake.say(anna, None, "/start")
        card = await fake.wait_for("Cześć", chat=anna)
        query = await fake.press(anna, card, "Tak")
        assert (await fake.wait_answer(query))["text"] == "Zapisano"

It also runs as a process (`python -m tests.fakes.telegram`), driven over HTTP as `control.py` says.
"""

from .errors import ERRORS, ApiError
from .faults import Fault, Limits
from .server import TOKEN, FakeTelegram
from .watch import Call
from .world import Chat, Person

__all__ = ["ERRORS", "TOKEN", "ApiError", "Call", "Chat", "FakeTelegram", "Fault", "Limits", "Person"]
