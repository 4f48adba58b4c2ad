"""What the bot wants to say, before language and layout: message ids with arguments, quotations, buttons.

Everything here is frozen and makes a JSON round trip, since it waits in the outbox until it is delivered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

FORMAT = 1
"""Version of the JSON form. Raise it with a reader for the old form: rows written before an upgrade are still sent."""


@dataclass(frozen=True, slots=True)
class Link:
    """An http(s) address shown as a link; without a label the address itself is shown."""

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CommandName:
    """A command by its canonical id; shown under the reader's name for it with the network's prefix."""

    id: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message of the locale files: its id and the arguments in it."""

    id: str
    args: tuple[tuple[str, "Arg"], ...] = ()


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """People's words that they gave in several languages, as pairs of code and words; the reader's are shown."""

    words: tuple[tuple[str, str], ...]

    def in_(self, lang: str) -> str:
        """The words in a language; where they lack, the first ones."""
        return dict(self.words).get(lang, self.words[0][1])


Arg = str | int | date | Link | CommandName | ByLanguage | Text
"""`datetime` is a `date`; strings are people's or documents' words and never become markup."""


@dataclass(frozen=True, slots=True)
class Say:
    """One or more paragraphs of the bot's own words."""

    text: Text


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's or a document's words, shown to the letter as a quotation."""

    words: str


@dataclass(frozen=True, slots=True)
class Rich:
    """Somebody's words with the few marks of `bot.core.rich`; of several languages the reader's."""

    words: ByLanguage


@dataclass(frozen=True, slots=True)
class Items:
    """A bulleted list."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """One paragraph with a line for each text."""

    lines: tuple[Text, ...]


Block = Say | Quoted | Rich | Items | Lines


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message. `action` is `route` or `route:argument`, at most 40 bytes of ASCII.

    `spoken`: the message names a word that does the same, so where there are no buttons it is not among the numbers.
    """

    label: Text
    action: str
    spoken: bool = False

    def __post_init__(self) -> None:
        # Telegram allows 64 bytes of callback data; our authentication takes the rest.
        if not self.action.isascii() or len(self.action) > 40:
            raise ValueError(f"an action is at most 40 ASCII characters: {self.action!r}")


@dataclass(frozen=True, slots=True)
class NativePoll:
    """A poll of the network's own: its answers as pairs of id and label, at most `most` of which a person chooses.

    It is sent once and ended once; nothing else about it can change.
    """

    question: Text
    answers: tuple[tuple[str, Text], ...]
    most: int = 1
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A whole message: blocks of content and the choices under it.

    `listed`: the choices stand in the content already, numbered in the order of the buttons and with a word on how to
    choose. The buttons show the numbers then, and no network lists them again.

    `loud`: a new message rings for everybody in the room, where the network has that and the bot the right.
    `poll`: the message is this poll of the network's own; the blocks are for apps that don't show such polls.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    listed: bool = False
    loud: bool = False
    poll: NativePoll | None = None

    def choices(self, *, buttons: bool) -> tuple[Button, ...]:
        """What a network offers under it, which may have no buttons."""
        return tuple(button for button in self.buttons if buttons or not button.spoken)


EMPTY = Body(())
"""No words, no choices: a file without a caption."""


def text(id: str, /, **args: Arg) -> Text:
    """Short form of `Text` with keyword arguments."""
    return Text(id, tuple(args.items()))


def say(id: str, /, **args: Arg) -> Say:
    """Short form of a paragraph."""
    return Say(text(id, **args))


# --- JSON ---


def _arg_out(value: Arg) -> Any:
    match value:
        case Text():
            return {"m": text_out(value)}
        case Link():
            return {"l": [value.url, value.label]}
        case CommandName():
            return {"c": value.id}
        case ByLanguage():
            return {"w": [list(pair) for pair in value.words]}
        case datetime():
            return {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case _:
            return value


def _arg_in(value: Any) -> Arg:
    if not isinstance(value, dict):
        result: Arg = value
        return result
    [(tag, inner)] = value.items()
    match tag:
        case "m":
            return text_in(inner)
        case "l":
            return Link(*inner)
        case "c":
            return CommandName(inner)
        case "w":
            return ByLanguage(tuple((lang, words) for lang, words in inner))
        case "t":
            return datetime.fromisoformat(inner)
        case "d":
            return date.fromisoformat(inner)
        case _:
            raise ValueError(f"unknown kind of argument: {tag}")


def text_out(value: Text) -> list[Any]:
    """A `Text` as JSON."""
    return [value.id, {name: _arg_out(arg) for name, arg in value.args}] if value.args else [value.id]


def text_in(value: list[Any]) -> Text:
    """The inverse of `text_out`."""
    if len(value) == 1:
        return Text(value[0])
    return Text(value[0], tuple((name, _arg_in(arg)) for name, arg in value[1].items()))


def _block_out(block: Block) -> dict[str, Any]:
    match block:
        case Say():
            return {"s": text_out(block.text)}
        case Quoted():
            return {"q": block.words}
        case Rich():
            return {"r": [list(pair) for pair in block.words.words]}
        case Items():
            return {"i": [text_out(item) for item in block.items]}
        case Lines():
            return {"l": [text_out(line) for line in block.lines]}


def _block_in(value: Mapping[str, Any]) -> Block:
    [(tag, inner)] = value.items()
    match tag:
        case "s":
            return Say(text_in(inner))
        case "q":
            return Quoted(inner)
        case "r":
            return Rich(ByLanguage(tuple((lang, words) for lang, words in inner)))
        case "i":
            return Items(tuple(text_in(item) for item in inner))
        case "l":
            return Lines(tuple(text_in(line) for line in inner))
        case _:
            raise ValueError(f"unknown kind of block: {tag}")


def body_out(body: Body) -> dict[str, Any]:
    """A `Body` as JSON."""
    out: dict[str, Any] = {"v": FORMAT, "blocks": [_block_out(block) for block in body.blocks]}
    if body.buttons:
        out["buttons"] = [
            [text_out(button.label), button.action, *([True] if button.spoken else [])] for button in body.buttons
        ]
    if body.listed:
        out["listed"] = True
    if body.loud:
        out["loud"] = True
    if body.poll:
        answers = [[id_, text_out(label)] for id_, label in body.poll.answers]
        out["poll"] = [text_out(body.poll.question), answers, body.poll.most, body.poll.ended]
    return out


def body_in(value: Mapping[str, Any]) -> Body:
    """The inverse of `body_out`.

    Raises:
        ValueError: the row was written by a newer version.
    """
    if value["v"] != FORMAT:
        raise ValueError(f"content of format {value['v']}, this version reads {FORMAT}")
    return Body(
        tuple(_block_in(block) for block in value["blocks"]),
        tuple(Button(text_in(label), *rest) for label, *rest in value.get("buttons", ())),
        value.get("listed", False),
        value.get("loud", False),
        _poll_in(value["poll"]) if "poll" in value else None,
    )


def _poll_in(value: Sequence[Any]) -> NativePoll:
    question, answers, most, ended = value
    return NativePoll(text_in(question), tuple((id_, text_in(label)) for id_, label in answers), most, ended)
