"""Errors in the real server's words.

The texts are data (`errors.json`): each row names the place in Telegram's own server or tdlib that it was read from,
or says that it is not verified.
"""

import json
from pathlib import Path
from typing import Any

ERRORS: dict[str, dict[str, Any]] = {
    row["key"]: row for row in json.loads(Path(__file__).with_name("errors.json").read_text("utf-8"))
}


class ApiError(Exception):
    """An answer with `ok: false`; `parameters` are Telegram's ResponseParameters."""

    def __init__(self, key: str, *, description: str | None = None, code: int | None = None, **parameters: int) -> None:
        row = ERRORS.get(key, {})
        self.key = key
        self.code: int = code or row["http"]
        text: str = description or row["description"]
        self.description = text.replace("{n}", str(parameters.get("retry_after", "")))
        self.parameters = parameters
        super().__init__(self.description)

    def body(self) -> bytes:
        """The JSON that the client reads."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return json.dumps(answer, ensure_ascii=False).encode()

    @property
    def headers(self) -> dict[str, str]:
        """`Retry-After` stands beside the JSON on 429, as HttpConnection.cpp does it."""
        after = self.parameters.get("retry_after")
        return {"Retry-After": str(after)} if self.code == 429 and after else {}


def flood(seconds: int) -> ApiError:
    """429, with the pause the client must make."""
    return ApiError("flood", retry_after=seconds)
