"""The quick form: one line that makes a poll. Everything that is wrong with it is a text that says what to do."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.clean import clean, fold
from bot.core.content import ByLanguage, Text, text
from bot.core.polls import Draft, Kind, Words, forms, key_of
from bot.core.wall import next_at, read_hour

LONGEST_QUESTION, LONGEST_OPTION = 300, 100
FEWEST, MOST = 2, 12

YES_NO: tuple[Words, ...] = (
    ByLanguage((("pl", "Tak"), ("en", "Yes"), ("uk", "Так"))),
    ByLanguage((("pl", "Nie"), ("en", "No"), ("uk", "Ні"))),
    ByLanguage((("pl", "Wstrzymuję się"), ("en", "I abstain"), ("uk", "Утримуюся"))),
)
CONSENT: tuple[Words, ...] = (
    ByLanguage((("pl", "Za"), ("en", "For"), ("uk", "За"))),
    ByLanguage((("pl", "Przeciw"), ("en", "Against"), ("uk", "Проти"))),
    YES_NO[2],
    ByLanguage((("pl", "Mam wątpliwości"), ("en", "I have concerns"), ("uk", "Маю сумніви"))),
)

_SECRET = {"tajna", "tajne", "tajny", "anonimowa", "secret", "anonymous", "таємна", "таємне", "анонімна", "анонімне"}
_CONSENT = {"konsent", "konsensus", "consent", "consensus", "консент", "консенсус"}
_MULTIPLE = {"wielokrotna", "wielokrotny", "wielokrotne", "multiple", "множинна", "множинне"}
_FIRST = re.compile(r"([^\W\d_]+)[:,]?(?:\s+|$)")
_HOW_MANY = re.compile(r"(?:([0-9]{1,2})\s*[-–—]|max\.?)\s*([0-9]{1,2})[:,]?\s+", re.IGNORECASE)
_UNTIL = r"(?:do|until|till|до)\s+([0-9]{1,2}[:.][0-9]{2})"
_UNTIL_FIRST = re.compile(rf"{_UNTIL}(?:[:,]?\s+|$)", re.IGNORECASE)
_UNTIL_LAST = re.compile(_UNTIL, re.IGNORECASE)
_NUMBERED = re.compile(r"([0-9]{1,2})[.)]\s+")
_BULLET = re.compile(r"[-–—•*·]\s+")
_YES_NO = re.compile(
    r"(?:czy|чи|is|are|can|could|shall|should|will|would|must|has|have)\b"
    r"|(?:do|does|did) (?:we|you|they|i|it|the|our|all|everyone|everybody)\b"
)


def read_form(words: str, areas: Sequence[Words], now: datetime, zone: ZoneInfo) -> Draft | Text:
    """A poll from its quick form: `Question? | Option | Option`, or an option a line.

    Before the question may stand a kind and a closing time ("do 18:00"); the time may also be the last part. A
    question without options that asks yes or no gets those; any other the `areas`.

    Returns a text of the locale files where it makes no poll.
    """
    words = clean(words).strip()
    head = _head(words)
    if isinstance(head, Text):
        return head
    kind, least, most, hour, words = head
    parts = [" ".join(part.split()) for part in re.split(r"[|\n]", words)]
    if hour is None:
        hour = _last_hour(parts)
    options = [part for part in _unnumbered([part for part in parts[1:] if part]) if key_of(part)]
    if not key_of(parts[0]):
        return text("poll-no-question")
    if len(parts[0]) > LONGEST_QUESTION:
        return text("poll-question-long", limit=LONGEST_QUESTION)
    closes_at = None
    if hour is not None:
        at = read_hour(hour)
        if at is None:
            return text("poll-no-such-hour", hour=hour)
        closes_at = next_at(at, now, zone)
    offered: Sequence[Words] = options
    if kind is Kind.CONSENT:
        if options:
            return text("poll-consent-fixed")
        offered = CONSENT
    elif len(parts) == 1:
        offered = YES_NO if _YES_NO.match(fold(parts[0])) and kind is Kind.SINGLE else areas
    return _fault(offered, least) or Draft(
        parts[0], tuple(offered), kind, least, min(most, len(offered)) if kind is Kind.MULTIPLE else 1, closes_at
    )


def _head(words: str) -> tuple[Kind, int, int, str | None, str] | Text:
    """What stands before the question: kind, how many, hour; and the rest."""
    kind, least, most = Kind.SINGLE, 1, 1
    hour: str | None = None
    while True:
        first = _FIRST.match(words)
        name = fold(first[1]) if first else ""
        if first and name in _SECRET:
            return text("poll-secret-later")
        if until := _UNTIL_FIRST.match(words):
            hour, words = until[1], words[until.end() :]
        elif first and name in _CONSENT and kind is Kind.SINGLE:
            kind, words = Kind.CONSENT, words[first.end() :]
        elif first and name in _MULTIPLE and kind is Kind.SINGLE:
            kind, most, words = Kind.MULTIPLE, MOST, words[first.end() :]
            if many := _HOW_MANY.match(words):
                least, most, words = int(many[1] or 1), int(many[2]), words[many.end() :]
                if not 0 < least <= most:
                    return text("poll-how-many-wrong")
        else:
            return kind, least, most, hour, words


def read_question(words: str) -> str | Text:
    """A question alone, on one line; a text of the locale files where it is none."""
    question = " ".join(clean(words).split())
    if not key_of(question):
        return text("poll-no-question")
    return question if len(question) <= LONGEST_QUESTION else text("poll-question-long", limit=LONGEST_QUESTION)


def read_options(words: str) -> list[str] | Text:
    """Options alone, one a line or between |; a text of the locale files where they make no poll."""
    parts = [" ".join(part.split()) for part in re.split(r"[|\n]", clean(words))]
    options = [part for part in _unnumbered([part for part in parts if part]) if key_of(part)]
    return _fault(options, FEWEST) or options


def read_wording(words: str, draft: Draft) -> Draft | Text:
    """Other words for a poll, as in its quick form: a question, and as many options as it has or none at all."""
    first, *rest = re.split(r"[|\n]", clean(words).strip(), maxsplit=1)
    question = read_question(first)
    if isinstance(question, Text):
        return question
    if not rest:
        return replace(draft, question=question)
    options = read_same_options(rest[0], draft)
    return options if isinstance(options, Text) else replace(draft, question=question, options=tuple(options))


def read_same_options(words: str, draft: Draft) -> list[str] | Text:
    """Other words for each option of a poll."""
    if draft.kind is Kind.CONSENT:
        return text("poll-consent-fixed")
    options = read_options(words)
    if isinstance(options, list) and len(options) != len(draft.options):
        return text("poll-fix-count", count=len(draft.options))
    return options


def _last_hour(parts: list[str]) -> str | None:
    """The closing time as the last part, taken off; where other parts are hours too, all of them are options."""
    found = [match for part in parts[1:] if (match := _UNTIL_LAST.fullmatch(part))]
    if len(found) != 1 or not _UNTIL_LAST.fullmatch(parts[-1]):
        return None
    parts.pop()
    return found[0][1]


def _unnumbered(options: list[str]) -> list[str]:
    """Options without the numbers or bullets that people put before all of them; the bot numbers them itself."""
    numbers = [_NUMBERED.match(option) for option in options]
    if numbers and all(match and int(match[1]) == n for n, match in enumerate(numbers, 1)):
        return [_NUMBERED.sub("", option, count=1) for option in options]
    if options and all(_BULLET.match(option) for option in options):
        return [_BULLET.sub("", option, count=1) for option in options]
    return options


def _fault(options: Sequence[Words], least: int) -> Text | None:
    if len(options) < max(FEWEST, least):
        return text("poll-few-options", fewest=max(FEWEST, least))
    if len(options) > MOST:
        return text("poll-many-options", most=MOST, count=len(options))
    known: set[str] = set()
    for number, option in enumerate(options, 1):
        if any(len(form) > LONGEST_OPTION for form in forms(option)):
            return text("poll-option-long", number=number, limit=LONGEST_OPTION)
        keys = set(map(key_of, forms(option)))
        if keys & known:
            return text("poll-same-options", option=option)
        known |= keys
    return None
