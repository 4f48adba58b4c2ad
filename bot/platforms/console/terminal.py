"""The console for people: type as a member would, see what the bot answers."""

import sys
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

from bot.core.events import Message
from bot.core.when import Clock
from bot.platforms.console.adapter import Console, place
from bot.platforms.console.script import Engine

HELP = """\
:as NAME      speak as another person (tg/anna is anna on the network tg)
:room NAME    speak in a room (tg/wroclaw); begin with /pytanie or obrady: there
:direct       speak with the bot alone again
:help         this list
:quit         leave (or Ctrl-D)"""


class Terminal:
    """Shows posts as text and reads what is typed. Numbers choose; the bot's own commands begin with /."""

    def __init__(self, write: Callable[[str], None], *, colour: bool) -> None:
        self._write = write
        self._colour = colour
        self._name = "ty"
        self._room: str | None = None

    def show(self, shown: dict[str, Any]) -> None:
        """Print something that the bot did."""
        match shown["op"]:
            case "toast":
                self._write(self._tint("36", f"  [{shown['text']}]") + "\n")
            case "delete" | "pin":
                gone = shown["op"] == "delete"
                self._write(self._tint("36", f"  [{'✗' if gone else '📌'} {shown['post']}]") + "\n")
            case "post" | "edit":
                mark = "✎ " if shown["op"] == "edit" else ""
                here = self._room or f"@{self._name}"
                place_ = "" if shown["room"] == here else f" → {shown['room']}"
                lines = shown["text"].split("\n") + [f"[{choice['label']}]" for choice in shown["choices"]]
                lines += [file["path"] for file in shown["files"]]
                head = self._tint("1;34", f"{mark}Obrady{place_}")
                self._write("\n" + head + "\n" + "\n".join(f"  {line}" for line in lines) + "\n\n")

    async def run(self, console: Console, engine: Engine, clock: Clock, lines: AsyncIterator[str]) -> None:
        """Talk until the end of the input."""
        inbox = await console.inbox()
        await inbox.take([self._message(clock, "/start")])
        await engine.settle()
        self._prompt()
        async for line in lines:
            words = line.strip()
            if words in {":quit", ":q"}:
                break
            if words.startswith(":"):
                self._own(words)
            elif words:
                try:
                    await inbox.take([self._message(clock, words)])
                except ValueError as error:
                    self._write(f"  {error}\n")
                await engine.settle()
            self._prompt()
        self._write("\n")

    def _message(self, clock: Clock, words: str) -> Message:
        where = place(self._name, self._room)
        key = uuid4().hex
        addressed = self._room is None or words.lower().startswith("obrady")
        if self._room and addressed:
            words = words.partition(" ")[2]
        return Message(key=f"console:{key}", at=clock.now(), id=key, text=words, addressed=addressed, **where)

    def _own(self, words: str) -> None:
        command, _, argument = words.partition(" ")
        if command == ":as" and argument:
            self._name = argument.strip()
        elif command == ":room" and argument:
            self._room = argument.strip()
        elif command == ":direct":
            self._room = None
        else:
            self._write(HELP + "\n")

    def _prompt(self) -> None:
        self._write(self._tint("1", f"{self._name}{f' @ {self._room}' if self._room else ''}> "))

    def _tint(self, code: str, words: str) -> str:
        return f"\033[{code}m{words}\033[0m" if self._colour else words


def to_stdout(words: str) -> None:
    """Print at once."""
    sys.stdout.write(words)
    sys.stdout.flush()
