"""The control endpoint, for programs that run the server as a process: crash ledgers and benchmarks.

POST bodies are JSON objects; each route returns JSON:

    POST /control/push    {"updates": […]}                                raw updates
    POST /control/say     {"user", "text", "chat"?, "thread"?, "name"?, "lang"?}
    POST /control/press   {"user", "chat", "message_id", "button"}
    POST /control/flood   {"count", "chats"?, "text"?}                    many private messages; {n} is their number
    POST /control/fault   {"kind", "method"?, "chat"?, "times"?, "skip"?, "seconds"?}; "black_hole" needs only "seconds"
    POST /control/chat    {"type", "title", "id"?, "bot_status"?}
    POST /control/clear   no more faults
    POST /control/revoke  the token is no longer valid
    POST /control/stop    the process ends
    GET  /control/state   counts
    GET  /control/sent    the bot's messages as they stand
"""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .text import JsonDict
from .wire import answer
from .world import Person

if TYPE_CHECKING:
    from .server import FakeTelegram


async def serve(fake: "FakeTelegram", request: web.BaseRequest, route: str) -> web.Response:
    """Do what is asked; a mistake of the caller is told in words."""
    if request.method == "GET" and route == "state":
        return answer(json.dumps(fake.state()).encode())
    if request.method == "GET" and route == "sent":
        return answer(fake.dump_texts().encode())
    body = json.loads(await request.read() or b"{}")
    try:
        result = await _act(fake, route, body)
    except (KeyError, TypeError, ValueError, AssertionError) as mistake:
        return answer(json.dumps({"error": f"{type(mistake).__name__}: {mistake}"}).encode(), 400)
    return answer(json.dumps(result).encode())


async def _act(fake: "FakeTelegram", route: str, body: JsonDict) -> Any:
    match route:
        case "push":
            return {"update_ids": [fake.push(update) for update in body["updates"]]}
        case "say":
            message = await fake.say(_person(fake, body), body.get("chat"), body["text"], thread=body.get("thread"))
            return {"message_id": message["message_id"], "update_id": fake.queue.next_id - 1}
        case "press":
            message = fake.world.to(body["chat"]).messages[body["message_id"]]
            return {"query": await fake.press(_person(fake, body), message, body["button"])}
        case "flood":
            first = fake.queue.next_id
            for number in range(body["count"]):
                user = _person(fake, {"user": 500_000_001 + number % body.get("chats", 1)})
                await fake.say(user, None, body.get("text", "echo {n}").replace("{n}", str(number)))
            return {"first": first, "last": fake.queue.next_id - 1}
        case "chat":
            return {"chat": fake.chat(**body).id}
        case "fault" if body.get("kind") == "black_hole":
            fake.black_hole(body["seconds"])
        case "fault":
            fake.fault(**body)
        case "clear":
            fake.faults.clear()
        case "revoke":
            fake.revoke_token()
        case "stop":
            asyncio.get_running_loop().call_soon(fake.stopped.set)
        case _:
            raise ValueError(f"no such route: {route}")
    return {}


def _person(fake: "FakeTelegram", body: JsonDict) -> Person:
    known = fake.world.people.get(body["user"])
    return known or fake.user(body["user"], body.get("name", f"Osoba {body['user']}"), body.get("lang", "pl"))
