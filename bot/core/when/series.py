"""Starts of meetings as people type them: once, or again and again ("co drugi wtorek 17:00-19:00 do 30.06.2027")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.clean import clean, fold
from bot.core.content import Text, text
from bot.core.when.reading import example, read_next, read_when
from bot.core.when.recurrence import Every, Rule, fits
from bot.core.when.result import When
from bot.core.when.vocabulary import WORDS

MOST_TIMES = 520
_NTH = {
    1: "pierwszy pierwsza pierwsze first 1st перший першу перша першого першої",
    2: "drugi druga drugie second 2nd другий другу друга другого другої",
    3: "trzeci trzecia trzecie third 3rd третій третю третя третього третьої",
    4: "czwarty czwarta czwarte fourth 4th четвертий четверту четверта четвертого четвертої",
    -1: "ostatni ostatnia ostatnie last останній останню остання останнього останньої",
}
_ORDINAL = {word: nth for nth, words in _NTH.items() for word in words.split()}
_TIMES = {word: int(found.value) for word, found in WORDS.items() if found.kind == "number"} | {"other": 2}
_UNITS = {
    Every.DAY: "dzien dnia dni day days день дня дні днів",
    Every.WEEK: "tydzien tygodnie tygodni tygodnia week weeks тиждень тижні тижнів тижня",
    Every.MONTH: "miesiac miesiace miesiecy miesiaca month months місяць місяці місяців місяця",
}
_UNIT = {word: every for every, words in _UNITS.items() for word in words.split()}
_ALONE = {
    Every.DAY: "codziennie daily щодня щоденно",
    Every.WEEK: "cotygodniowo weekly щотижня щотижнево",
    Every.MONTH: "comiesiecznie monthly щомісяця щомісячно",
}
_ONE_WORD = {word: every for every, words in _ALONE.items() for word in words.split()}
_WEEKDAY = {word: int(found.value) for word, found in WORDS.items() if found.kind == "weekday"}


def _any(words: object) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))  # type: ignore[call-overload]


_EVERY = (
    r"\b(?:(?:w|we|on|у|в)\s+)?"
    r"(?:co|kazdy|kazda|kazde|kazdego|kazdej|every|each|кожен|кожний|кожна|кожну|кожне|кожного|кожної|кожні|що)"
)
_MONTHLY = re.compile(
    rf"(?:(?:{_EVERY}|\b(?:w|we|on|the|у|в))\s+)*(?P<nth>{_any(_ORDINAL)})\s+(?P<day>{_any(_WEEKDAY)})"
    r"\s+(?:of\s+)?(?:the\s+|every\s+|each\s+|kazdego\s+|кожного\s+)?(?:miesiaca|month|місяця)\b"
)
_DAY = re.compile(rf"{_EVERY}\s+(?:(?P<nth>{_any(_ORDINAL)}|other)\s+)?(?P<day>{_any(_WEEKDAY)})\b\.?")
_STEP = re.compile(
    rf"{_EVERY}\s+(?:(?P<number>[0-9]{{1,2}}|{_any([*_ORDINAL, *_TIMES])})\s+)?(?P<unit>{_any(_UNIT)})\b"
)
_GLUED = re.compile(rf"що(?P<day>{_any(_WEEKDAY)})\b")
_SINGLE = re.compile(rf"\b(?:{_any(_ONE_WORD)})\b")
_LOOKS = re.compile(rf"\b(?:{_EVERY}\s|{_any(_ONE_WORD)}\b|що(?:{_any(_WEEKDAY)})\b)")
_COUNT = re.compile(r",?\s*\b(?P<times>[0-9]{1,3})\s*(?:x|razy|raz|times|разів|рази|раз)\b")
_UNTIL = re.compile(r",?\s*\b(?:do|until|till|до)\s+")


@dataclass(frozen=True, slots=True)
class Start:
    """When something begins, and how it goes on if it does."""

    when: When
    rule: Rule | None = None


def read_start(words: str, now: datetime, zone: ZoneInfo) -> Start | Text:
    """A day with its hour, once or as the first of a series.

    Returns a text of the locale files that says what was not understood, with an example.
    """
    plain = " ".join(fold(clean(words)).split())
    today = now.astimezone(zone).date()
    found = _rule(plain)
    if found is None:
        if _LOOKS.search(plain) or _COUNT.search(plain):
            return text("series-unknown", example=f"{example(today)} co tydzień")
        when = read_when(words, now, zone)
        if isinstance(when, When) and when.hour is None:
            return text("when-no-start-hour", example=example(today))
        return when if isinstance(when, Text) else Start(when)
    rule, rest = found
    return _series(rule, rest, now, zone, today)


def is_series(words: str) -> bool:
    """Whether a text alone says how something goes on."""
    return _LOOKS.match(" ".join(fold(clean(words)).split())) is not None or _rule(fold(clean(words))) is not None


def _series(rule: Rule, rest: str, now: datetime, zone: ZoneInfo, today: date) -> Start | Text:
    ended = _ended(rule, rest, now, zone)
    if isinstance(ended, Text):
        return ended
    rule, rest = ended
    if not any(char.isalnum() for char in rest):
        return text("series-start", example=example(today))
    when = read_when(rest, now, zone)
    if isinstance(when, Text) and when.id == "when-no-day" and _names_days(rule):
        when = read_next(rest, now, zone, _fitting(rule, today))
    elif isinstance(when, Text) and when.id == "when-no-day":
        return text("series-start", example=example(today))
    if isinstance(when, Text):
        return when
    if when.hour is None:
        return text("when-no-start-hour", example=example(today))
    if not fits(rule, when.day):
        return text("series-misfit", date=when.day, example=example(today))
    if rule.until and rule.until < when.day:
        return text("series-ends-first", date=rule.until, example=example(today))
    return Start(when, rule)


def _names_days(rule: Rule) -> bool:
    """Whether it is sure without a date which day comes first."""
    return rule.interval == 1 and (rule.every is Every.DAY or rule.weekday is not None)


def _fitting(rule: Rule, today: date) -> Iterator[date]:
    days = (today + timedelta(days=ahead) for ahead in range(70))
    return (day for day in days if fits(rule, day))


def _rule(plain: str) -> tuple[Rule, str] | None:
    """The rule in a phrase, and the rest of the phrase."""
    for pattern in (_MONTHLY, _DAY, _STEP, _GLUED, _SINGLE):
        if match := pattern.search(plain):
            rule = _of_match(match)
            return (rule, f"{plain[: match.start()]} {plain[match.end() :]}") if rule else None
    return None


def _of_match(match: re.Match[str]) -> Rule | None:
    if match.re is _MONTHLY:
        return Rule(Every.MONTH, weekday=_WEEKDAY[match["day"]], nth=_ORDINAL[match["nth"]])
    if match.re is _GLUED:
        return Rule(Every.WEEK, weekday=_WEEKDAY[match["day"]])
    if match.re is _SINGLE:
        return Rule(_ONE_WORD[match[0]])
    if match.re is _DAY:
        interval = _interval(match["nth"])
        return Rule(Every.WEEK, interval, _WEEKDAY[match["day"]]) if interval else None
    interval = _interval(match["number"])
    return Rule(_UNIT[match["unit"]], interval) if interval else None


def _interval(word: str | None) -> int | None:
    """ "every", "every second", "every 2"; None for "every last"."""
    if word is None:
        return 1
    number = int(word) if word.isdigit() else _TIMES.get(word) or _ORDINAL.get(word, 0)
    return number if number > 0 else None


def _ended(rule: Rule, rest: str, now: datetime, zone: ZoneInfo) -> tuple[Rule, str] | Text:
    """The rule with its last day or its count, if one is said, and the rest without it."""
    if count := _COUNT.search(rest):
        times = int(count["times"])
        if not 1 < times <= MOST_TIMES:
            return text("series-times", most=MOST_TIMES)
        return replace(rule, count=times), rest[: count.start()] + rest[count.end() :]
    for match in reversed(list(_UNTIL.finditer(rest))):
        last = read_when(rest[match.end() :], now, zone)
        if isinstance(last, When) and last.hour is None:
            return replace(rule, until=last.day), rest[: match.start()]
        if isinstance(last, Text) and last.id in {"when-no-such-day", "when-past", "when-past-year", "when-far"}:
            return last
    return rule, rest
