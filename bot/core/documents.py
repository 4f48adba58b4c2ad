"""Documents that questions are answered from: what is known of each, and what the form asks when one is added."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import date as Day  # the fields are called `date`
from enum import StrEnum
from typing import Any

from bot.core.clean import fold, one_line
from bot.core.content import ByLanguage, Text, text
from bot.core.forms import Choice, Form, Scene, Step

LONGEST_TITLE, LONGEST_ADDRESS = 200, 500
CARD = "document"
"""The kind of the cards of files that are being added."""
LANGUAGES = ("pl", "en", "uk")


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document. `source` is its address or "", `source_title` the name of what it stands on; `kind`
    is "original", or "summary" for words of the federation's own."""

    title: str
    source: str
    source_title: str
    date: Day
    valid_from: Day | None
    valid_to: Day | None
    lang: str
    area: str | None = None
    kind: str = "original"


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a document, the places in it where pages begin, and of what file: its format and digest."""

    text: str
    pages: tuple[int, ...]
    format: str
    digest: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A stored document without its text. `path` is the file that it was read from on the bot's machine, or ""."""

    id: str
    about: About
    format: str
    digest: str
    path: str


class Outcome(StrEnum):
    """What adding did. Same: the file and all that is known of it were there already."""

    ADDED = "added"
    UPDATED = "updated"
    SAME = "same"


class DraftState(StrEnum):
    """Of a file that somebody sent: it is being read, was read, can't be read, is in and the index is being made, or
    questions are answered from it; or nobody wants it."""

    READING = "reading"
    READ = "read"
    FAILED = "failed"
    ADDED = "added"
    DONE = "done"
    DROPPED = "dropped"


_DAY = (
    re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*(?:r|р)\.?)?"),
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
)
_ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+")
_TODAY = ("dzisiaj", "dziś", "today", "сьогодні")


_MONTHS = (
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "january february march april may june july august september october november december",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
)
_MONTH = {name: number for names in _MONTHS for number, name in enumerate(names.split(), 1)}
_WRITTEN = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(_MONTH)})\s+(\d{{4}})\b|\b(\d{{1,2}})\.(\d{{1,2}})\.(\d{{4}})\b", re.IGNORECASE
)


def first_day(words: str) -> Day | None:
    """The first day that a text names in full ("2 września 2022", "2.09.2022"); None when it names none."""
    for found in _WRITTEN.finditer(words):
        day, month, year = (found[1], _MONTH[found[2].lower()], found[3]) if found[1] else found.group(4, 5, 6)
        with contextlib.suppress(ValueError):
            return Day(int(year), int(month), int(day))
    return None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the form's steps choose from: areas by id, and the day it is."""

    areas: tuple[tuple[str, ByLanguage], ...]
    today: date


def read_day(words: str, today: date) -> date | None:
    """A day as people write it: 5.03.2024, 2024-03-05, today."""
    words = words.strip()
    if fold(words) in map(fold, _TODAY):
        return today
    for pattern, order in zip(_DAY, ((3, 2, 1), (1, 2, 3)), strict=True):
        if found := pattern.fullmatch(words):
            try:
                return date(*(int(found[group]) for group in order))
            except ValueError:
                return None
    return None


def document_form() -> Form:
    """The steps that ask for what is not known of a file."""
    return Form(
        (
            Step("title", text("document-title"), lambda _: text("document-ask-title"), read=_title),
            Step("source", text("document-source"), lambda _: text("document-ask-source"), read=_source, optional=True),
            Step("date", text("document-date"), lambda _: text("document-ask-date"), read=_read_date, show=_day),
            Step(
                "valid_from",
                text("document-from"),
                lambda _: text("document-ask-from"),
                read=_read_date,
                show=_day,
                optional=True,
            ),
            Step(
                "valid_to",
                text("document-to"),
                lambda _: text("document-ask-to"),
                read=_read_end,
                show=_day,
                optional=True,
            ),
            Step("lang", text("document-lang"), lambda _: text("document-ask-lang"), choices=_languages),
            Step(
                "area",
                text("document-area"),
                lambda _: text("document-ask-area"),
                choices=_areas,
                optional=True,
                applies=lambda scene: bool(scene.facts.areas),
            ),
        ),
        act=text("document-add"),
    )


def about_of(answers: dict[str, Any], source_title: str) -> About:
    """What the form's answers say."""
    return About(
        title=answers["title"],
        source=answers.get("source") or "",
        source_title=source_title,
        date=date.fromisoformat(answers["date"]),
        valid_from=_or_none(answers.get("valid_from")),
        valid_to=_or_none(answers.get("valid_to")),
        lang=answers["lang"],
        area=answers.get("area"),
        kind=answers["kind"],
    )


def _or_none(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _title(words: str, _scene: Scene) -> str | Text:
    words = one_line(words)
    return words if 3 <= len(words) <= LONGEST_TITLE else text("document-title-wrong", limit=LONGEST_TITLE)


def _source(words: str, _scene: Scene) -> str | Text:
    words = words.strip()
    if len(words) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(words):
        return text("document-source-wrong")
    return words


def _read_date(words: str, scene: Scene) -> str | Text:
    day = read_day(words, scene.facts.today)
    return day.isoformat() if day else text("document-date-wrong")


def _read_end(words: str, scene: Scene) -> str | Text:
    day = _read_date(words, scene)
    begin = scene.answers.get("valid_from")
    return text("document-to-wrong") if isinstance(day, str) and begin and day < begin else day


def _day(value: Any, _scene: Scene) -> date:
    return date.fromisoformat(value)


def _languages(_scene: Scene) -> Sequence[Choice]:
    return [Choice(lang, text(f"document-in-{lang}"), (lang,)) for lang in LANGUAGES]


def _areas(scene: Scene) -> Sequence[Choice]:
    return [
        Choice(id_, text("form-label", words=names), tuple(words for _, words in names.words))
        for id_, names in scene.facts.areas
    ]
