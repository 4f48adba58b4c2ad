"""The bot's own words in Polish, English and Ukrainian (Fluent), and how they become markup."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

from bot.core.capabilities import Capabilities
from bot.core.clean import inert
from bot.core.content import Arg, ByLanguage, CommandName, Link, Text
from bot.core.markup import Paragraph, Run, paragraph
from bot.core.routing import Names

LANGUAGES = ("pl", "en", "uk")
DEFAULT = "pl"

# Arguments that are not numbers stand in the formatted text as one private-use character each, so that their words
# are put in after the markup of the text was read and can't be taken for it. `clean` removes these characters
# from everything that comes from outside.
_FIRST = 0xE000
_TOKEN = re.compile(r"<(/?)(b|i|code|bot)>|<cmd:([a-z-]+)>|([\ue000-\uf8ff])")
# A message of a locale file: its first line, with its id, and the lines indented under it. Locale files have no
# terms and no references from one message to another; a test sees to that.
_ENTRY = re.compile(r"^([a-z][\w-]*) *=.*(?:\n(?:[ \t].*)?(?=\n|\Z))*\n?", re.MULTILINE)


class Texts:
    """Looks texts up and lays them out. Immutable once made; safe to share between threads.

    Raises:
        KeyError: (from `words`) no such message id, or an argument is missing: a mistake in the code.
    """

    def __init__(self, commands: Mapping[str, Names], zone: ZoneInfo) -> None:
        self._commands = commands
        self._zone = zone
        self._bundles = {lang: _Bundle(lang) for lang in LANGUAGES}
        # Only texts without arguments are remembered: arguments may be people's words, which nothing here keeps.
        self._fixed = lru_cache(maxsize=2048)(self._words)

    def words(self, text: Text, lang: str, capabilities: Capabilities) -> tuple[Paragraph, ...]:
        """The text's paragraphs. In locale files: blank line = new paragraph, "• " = item, <b> <i> <code> = style,
        <cmd:ID> = a command under the reader's name for it, on its network; <bot> = a link to a direct chat with the
        bot. The variable $buttons is "yes" where choices are buttons, which nobody else sees pressed, else "no"."""
        return self._words(text, lang, capabilities) if text.args else self._fixed(text, lang, capabilities)

    def _words(self, text: Text, lang: str, capabilities: Capabilities) -> tuple[Paragraph, ...]:
        marks: list[tuple[Run, ...]] = []
        values: dict[str, str | int] = {"buttons": "yes" if capabilities.buttons else "no"}
        for name, arg in text.args:
            if isinstance(arg, int):
                values[name] = arg
            else:
                values[name] = chr(_FIRST + len(marks))
                marks.append(tuple(self._argument(arg, lang, capabilities)))
        formatted = self._format(text.id, values, lang)
        return tuple(self._paragraphs(formatted, marks, lang, capabilities))

    def _format(self, id_: str, values: Mapping[str, str | int], lang: str) -> str:
        formatted, errors = self._bundles[lang].format(id_, values)
        if errors:
            raise KeyError(f"{id_} in {lang}: {errors[0]}")
        return formatted

    def _argument(self, arg: Arg, lang: str, capabilities: Capabilities) -> Iterator[Run]:
        match arg:
            case Text():
                for part in self.words(arg, lang, capabilities):
                    yield from part.runs
            case Link():
                yield Run(inert(arg.label) if arg.label else arg.url, link=arg.url)
            case CommandName():
                yield Run(self.command(arg.id, lang, capabilities))
            case ByLanguage():
                yield Run(inert(arg.in_(lang)))
            case datetime():
                yield Run(self.moment(arg, lang))
            case date():
                yield Run(str(format_date(arg, format="d MMMM y", locale=lang)))
            case _:
                yield Run(inert(str(arg)))

    def moment(self, at: datetime, lang: str) -> str:
        """An instant in the federation's own zone, date and hour."""
        local = at.astimezone(self._zone)
        return f"{format_date(local, format='d MMMM y', locale=lang)}, {format_time(local, 'HH:mm', locale=lang)}"

    def command(self, id_: str, lang: str, capabilities: Capabilities) -> str:
        """A command as this reader types it on this network."""
        shown = self._commands[id_].shown(lang, ascii_only=capabilities.ascii_commands)
        return capabilities.command_prefix + shown

    def _paragraphs(
        self, formatted: str, marks: list[tuple[Run, ...]], lang: str, capabilities: Capabilities
    ) -> Iterator[Paragraph]:
        for chunk in re.split(r"\n\s*\n", formatted.strip()):
            lines = chunk.split("\n")
            if all(line.startswith("• ") for line in lines):
                for line in lines:
                    yield paragraph("item", self._runs(line[2:], marks, lang, capabilities))
            else:
                yield paragraph("para", self._runs(chunk, marks, lang, capabilities))

    def _runs(self, value: str, marks: list[tuple[Run, ...]], lang: str, capabilities: Capabilities) -> Iterable[Run]:
        style = {"b": False, "i": False, "code": False, "bot": False}

        def run(words: str) -> Run:
            home = capabilities.address.link if style["bot"] and capabilities.address else None
            return Run(words, style["b"], style["i"], style["code"], home)

        at = 0
        for token in _TOKEN.finditer(value):
            if token.start() > at:
                yield run(value[at : token.start()])
            at = token.end()
            if token[2]:
                style[token[2]] = not token[1]
            elif token[3]:
                yield run(self.command(token[3], lang, capabilities))
            else:
                for mark in marks[ord(token[4]) - _FIRST]:
                    yield Run(mark.text, mark.bold or style["b"], mark.italic or style["i"], mark.code, mark.link)
        if at < len(value):
            yield run(value[at:])


class _Bundle:
    """The messages of a language, each parsed when it is first said: a start parses none, and those that nobody
    asks for take no memory but their words."""

    def __init__(self, lang: str) -> None:
        # Isolation marks are left out: no text here is right to left, and screen readers stumble over them.
        self._bundle = FluentBundle([lang], use_isolating=False)
        self._parser = FluentParser(with_spans=False)
        self._waiting: dict[str, str] = {}
        for entry in files(__package__).joinpath(lang).iterdir():
            if entry.name.endswith(".ftl"):
                self._waiting |= entries(entry.read_text("utf-8"))

    def format(self, id_: str, values: Mapping[str, str | int]) -> tuple[str, list[Exception]]:
        """The message's words, and what was wrong with the values.

        Raises:
            KeyError: no such message.
        """
        if not self._bundle.has_message(id_):
            self._bundle.add_resource(self._parser.parse(self._waiting[id_]))
        message = self._bundle.get_message(id_)
        if message.value is None:
            raise KeyError(id_)
        formatted, errors = self._bundle.format_pattern(message.value, dict(values))
        return str(formatted), errors


def entries(source: str) -> dict[str, str]:
    """The messages of a locale file, unparsed, by id."""
    return {one[1]: one[0] for one in _ENTRY.finditer(source)}


def language_of(code: str | None) -> str | None:
    """One of our languages for a code like "uk" or "pl-PL"; None when we don't speak it."""
    short = (code or "").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else None
