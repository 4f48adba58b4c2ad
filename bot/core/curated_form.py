"""The guided form of a prepared answer."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.clean import one_line
from bot.core.content import Arg, Text, text
from bot.core.forms import Choice, Form, Scene, Step
from bot.core.when.reading import read_when

MOST_VARIANTS, LONGEST_VARIANT = 20, 300
LONGEST_ANSWER, LONGEST_SOURCE = 2_000, 500
ABSENT = ""
"""The answer that says that the documents don't say it."""


def curated_form(zone: ZoneInfo, says_something: Callable[[str], bool]) -> Form:
    """The steps.

    Args:
        says_something: whether a wording names what it is about; one that doesn't would answer anything.
    """

    def last_day(words: str, scene: Scene) -> str | Text:
        when = read_when(words, scene.now, zone)
        return when if isinstance(when, Text) else when.day.isoformat()

    return Form(
        (
            Step(
                "variants",
                text("curated-variants"),
                lambda _scene: text("curated-ask-variants"),
                read=lambda words, _scene: read_variants(words, says_something),
                show=lambda value, _scene: " · ".join(value),
            ),
            Step(
                "words",
                text("curated-words"),
                lambda _scene: text("curated-ask-words"),
                read=lambda words, _scene: _at_most(words, LONGEST_ANSWER),
                choices=_absent,
                show=_words_shown,
            ),
            Step(
                "citation",
                text("curated-citation"),
                lambda _scene: text("curated-ask-citation"),
                read=lambda words, _scene: _at_most(one_line(words), LONGEST_SOURCE),
                optional=True,
            ),
            Step(
                "last-day",
                text("curated-last-day"),
                lambda scene: text("curated-ask-last-day", example=f"31.12.{scene.now.year + 1}"),
                read=last_day,
                optional=True,
                show=lambda value, _scene: date.fromisoformat(value),
            ),
        ),
        act=text("curated-send"),
    )


def read_variants(words: str, says_something: Callable[[str], bool]) -> list[str] | Text:
    """The wordings, one a line; a text where there is none, or too many, or one that names nothing."""
    found = list(dict.fromkeys(line for line in map(one_line, words.split("\n")) if line))
    if (
        not 0 < len(found) <= MOST_VARIANTS
        or any(len(one) > LONGEST_VARIANT for one in found)
        or not all(map(says_something, found))
    ):
        return text("curated-variants-wrong", most=MOST_VARIANTS, limit=LONGEST_VARIANT)
    return found


def _at_most(words: str, limit: int) -> str | Text:
    return words if len(words) <= limit else text("curated-words-long", limit=limit)


def _absent(_scene: Scene) -> Sequence[Choice]:
    return [Choice(ABSENT, text("curated-words-absent"))]


def _words_shown(value: Any, _scene: Scene) -> Arg:
    return str(value) if value else text("curated-words-absent")
