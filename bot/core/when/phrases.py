"""A phrase that says when, taken apart: days, hours, and what separates the start from the end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.core.clean import clean, fold
from bot.core.content import Text, text
from bot.core.when.vocabulary import AHEAD, PHRASES, WORDS, Word

LONGEST = 100
_TOKEN = re.compile(
    r"(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?:t(?=[0-9]))?"
    r"|(?P<dmy>[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?(?:[0-9]{4}|[0-9]{2})(?![0-9:.]))"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2})(?![0-9:])"
    r"|(?P<dot>[0-9]{1,2}\.[0-9]{1,2})(?![0-9:])\.?"
    r"|(?P<slash>[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4})(?![0-9:])"
    r"|(?P<year>[0-9]{4})(?![0-9:/])"
    r"|(?P<number>[0-9]{1,2})(?:-?(?:st|nd|rd|th|go|ego|ej|tej|ta|го|й|ій|та|тій)\b)?(?![0-9:/])(?:\.(?=\s|$))?"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)\.?"
    r"|(?P<dash>-)|(?P<comma>[,()])"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A day of a month; the year where it was said."""

    day: int
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Weekday:
    """Monday is 0. `which`: "next", "nearest" or "this" where it was said."""

    number: int
    which: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many days from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week: "next" or "this"; a weekday says which day of it."""

    which: str


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour; `minute` is None where it was said without. `half`: of the day, where it was said."""

    hour: int
    minute: int | None
    half: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """ "10.12": a date or an hour."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Until:
    """What separates the start from the end."""

    dash: bool


Item = Date | Weekday | Ahead | Week | Hour | Dot | Until


class Unreadable(Exception):
    """Something of the phrase means nothing for certain; `why` is a text that lacks its `$example`."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.id)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    @property
    def word(self) -> Word | None:
        return WORDS.get(self.text.rstrip(".")) if self.kind == "word" else None

    def means(self, *kinds: str) -> bool:
        return self.word is not None and self.word.kind in kinds


_END = _Token("", "")


class Phrase:
    """The items of a phrase, in order. `english`: it has words of English alone.

    Raises:
        Unreadable: a word is not known, or a number that may be anything.
    """

    def __init__(self, words: str) -> None:
        self._tokens = list(_tokens(words))
        self._at = 0
        self.english = any(token.word.english for token in self._tokens if token.word)
        self.items: list[Item] = []
        while self._at < len(self._tokens):
            token = self._take()
            self._read(token)

    def _peek(self, ahead: int = 0) -> _Token:
        at = self._at + ahead
        return self._tokens[at] if 0 <= at < len(self._tokens) else _END

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _read(self, token: _Token) -> None:
        match token.kind:
            case "iso":
                year, month, day = map(int, token.text.rstrip("t").split("-"))
                self.items.append(Date(day, month, year))
            case "dmy":
                day, month, year = map(int, token.text.split("."))
                self.items.append(Date(day, month, year + 2000 if year < 100 else year))
            case "slash":
                self.items.append(_slashed(token.text))
            case "clock":
                self._hour(*map(int, token.text.split(":")))
            case "dot":
                self._dot(token.text.rstrip("."))
            case "number":
                self._number(int(re.findall("[0-9]+", token.text)[0]), token)
            case "word":
                self._word(token)
            case "dash":
                self.items.append(Until(dash=True))
            case "year":
                raise _unknown(token)

    def _hour(self, hour: int, minute: int | None) -> None:
        half = ""
        if self._peek().means("hour"):
            self._take()
        if self._peek().means("half"):
            half = str(self._take().word.value)  # type: ignore[union-attr]
        self.items.append(Hour(hour, minute, half))

    def _dot(self, token: str) -> None:
        first, second = map(int, token.split("."))
        hour = len(token.partition(".")[2]) == 2 and first < 24 and second < 60
        date = 0 < first <= 31 and 0 < second <= 12
        if hour and (not date or self._marked() or self._peek().means("half", "hour")):
            self._hour(first, second)
        else:
            self.items.append(Dot(first, second) if hour else Date(first, second, None))

    def _number(self, number: int, token: _Token) -> None:
        after = self._peek()
        if after.means("month"):
            self._take()
            self.items.append(Date(number, int(after.word.value), self._year()))  # type: ignore[union-attr]
        elif self._marked() or after.means("half", "hour") or self._in_range():
            self._hour(number, None)
        else:
            raise Unreadable(text("when-number", words=token.text))

    def _marked(self) -> bool:
        """Whether the word before says that an hour comes."""
        return self._peek(-2).means("at", "hour", "from", "to")

    def _in_range(self) -> bool:
        """Whether a number is one side of "17-19"."""
        if self._peek().kind == "dash":
            return self._peek(1).kind in {"number", "clock"}
        before = self.items[-2:]
        return len(before) == 2 and isinstance(before[0], Hour) and isinstance(before[1], Until)

    def _year(self) -> int | None:
        if self._peek().kind == "comma" and self._peek(1).kind == "year":
            self._take()
        return int(self._take().text) if self._peek().kind == "year" else None

    def _word(self, token: _Token) -> None:
        word = token.word
        if token.text in AHEAD and self._ahead():
            return
        if token.means("half"):
            raise Unreadable(text("when-hours"))
        if word is None or word.kind in {"unit", "number"}:
            raise _unknown(token)
        match word.kind:
            case "month":
                if self._peek().kind != "number" or self._peek(1).means("half", "hour", "month"):
                    raise _unknown(token)
                number = int(re.findall("[0-9]+", self._take().text)[0])
                self.items.append(Date(number, int(word.value), self._year()))
            case "weekday":
                self.items.append(Weekday(int(word.value)))
            case "relative":
                self.items.append(Ahead(int(word.value)))
            case "which":
                self._which(token, str(word.value))
            case "to":
                self.items.append(Until(dash=False))
            case "at" | "hour" | "from":
                if self._peek().kind not in {"number", "clock", "dot"} and not self._peek().means("at", "hour"):
                    raise _unknown(token)

    def _ahead(self) -> bool:
        """ "za 3 dni", "in a week"."""
        number, unit = 1, self._peek()
        if not unit.means("unit"):
            token, unit = self._peek(), self._peek(1)
            if not unit.means("unit") or not (token.kind == "number" or token.means("number")):
                return False
            number = int(token.word.value) if token.word else int(re.findall("[0-9]+", token.text)[0])
            self._take()
        self._take()
        self.items.append(Ahead(number * int(unit.word.value)))  # type: ignore[union-attr]
        return True

    def _which(self, token: _Token, which: str) -> None:
        after = self._peek()
        if after.means("weekday"):
            self.items.append(Weekday(int(self._take().word.value), which))  # type: ignore[union-attr]
        elif after.means("unit") and after.word and after.word.value == 7 and which != "nearest":
            self._take()
            self.items.append(Week(which))
        else:
            raise _unknown(token)


def _slashed(token: str) -> Date:
    first, second, year = map(int, re.split("[/-]", token))
    if first <= 12 and second <= 12 and first != second:
        raise Unreadable(text("when-slash", words=token))
    return Date(second, first, year) if second > 12 else Date(first, second, year)


def _unknown(token: _Token) -> Unreadable:
    return Unreadable(text("when-unknown", words=token.text))


def _tokens(words: str) -> Iterator[_Token]:
    plain = " ".join(re.sub("[‐‑‒–—−]", "-", fold(clean(words))).split())
    if not any(char.isalnum() for char in plain) or len(plain) > LONGEST:
        raise Unreadable(text("when-empty"))
    for pattern, one in PHRASES:
        plain = re.sub(pattern, one, plain)
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match:
            yield _Token(str(match.lastgroup), match[0])
            at = match.end()
        elif plain[at].isspace():
            at += 1
        else:
            raise Unreadable(text("when-unknown", words=plain[at:].split()[0][:40]))


def of_side(items: list[Item]) -> tuple[list[Item], list[Hour]]:
    """The days and the hours of one side, with what may be either decided by the other hours.

    Raises:
        Unreadable: it may be a date or an hour.
    """
    hours = [item for item in items if isinstance(item, Hour)]
    dots = [item for item in items if isinstance(item, Dot)]
    days = [item for item in items if not isinstance(item, Hour | Dot | Until)]
    if dots and not hours and (days or len(dots) > 1):
        raise Unreadable(text("when-dot", words=f"{dots[-1].first}.{dots[-1].second:02}"))
    return [*days, *(Date(dot.first, dot.second, None) for dot in dots)], hours


def shared_half(start: Hour, end: Hour) -> tuple[Hour, Hour]:
    """ "5-7 pm" is said of both; the half of the start alone ("5 pm - 7") is of both too."""
    if end.half and not start.half and start.hour <= 12:
        return replace(start, half=end.half), end
    if start.half and not end.half and end.hour <= 12 and end.minute is None:
        return start, replace(end, half=start.half)
    return start, end
