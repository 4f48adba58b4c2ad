"""The quick form: one line that makes a poll. Everything that is wrong with it is a text that says what to do."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.clean import clean, fold
from bot.core.content import ByLanguage, Text, text
from bot.core.poll_head import Head, read_head
from bot.core.poll_terms import Unit
from bot.core.polls import Draft, Kind, Words, forms, key_of
from bot.core.when.reading import read_next

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

_UNTIL_LAST = re.compile(r"(?:do|until|till|до)\s+(\S.*)", re.IGNORECASE)
_HOUR = re.compile(r"[0-9]{1,2}[:.][0-9]{2}")
_NUMBERED = re.compile(r"([0-9]{1,2})[.)]\s+")
_BULLET = re.compile(r"[-–—•*·]\s+")
_YES_NO = re.compile(
    r"(?:czy|чи|is|are|can|could|shall|should|will|would|must|has|have)\b"
    r"|(?:do|does|did) (?:we|you|they|i|it|the|our|all|everyone|everybody)\b"
)


def read_form(words: str, areas: Sequence[Words], now: datetime, zone: ZoneInfo) -> Draft | Text:
    """A poll from its quick form: `Question? | Option | Option`, or an option a line.

    Before the question may stand a kind, terms and a closing time ("do 18:00", see `poll_head`); the time may also be
    the last part. A question without options that asks yes or no gets those; any other the `areas`.

    Returns a text of the locale files where it makes no poll.
    """
    read = read_head(clean(words).strip(), areas)
    if isinstance(read, Text):
        return read
    head, words = read
    kind, hour = head.kind, head.hour
    parts = [" ".join(part.split()) for part in re.split(r"[|\n]", words)]
    closing = _closing(hour, now, zone) if hour else _last_closing(parts, now, zone)
    options = [part for part in _unnumbered([part for part in parts[1:] if part]) if key_of(part)]
    if not key_of(parts[0]):
        return text("poll-no-question")
    if len(parts[0]) > LONGEST_QUESTION:
        return text("poll-question-long", limit=LONGEST_QUESTION)
    if isinstance(closing, Text):
        return text("poll-until-wrong", why=closing)
    closes_at = closing
    offered: Sequence[Words] = options
    if kind is Kind.CONSENT:
        if options:
            return text("poll-consent-fixed")
        offered = CONSENT
    elif len(parts) == 1:
        offered = YES_NO if _YES_NO.match(fold(parts[0])) and kind is Kind.SINGLE else areas
    most = min(head.most or MOST, len(offered)) if kind is Kind.MULTIPLE else 1
    return _fault(offered, head.least) or checked(_draft(parts[0], offered, most, closes_at, head))


def checked(draft: Draft) -> Draft | Text:
    """A draft whose terms go together; a text of the locale files where they don't."""
    if draft.secret and draft.kind is Kind.MULTIPLE and draft.unit is not Unit.PERSON:
        return text("poll-secret-too-much")
    if draft.needs_entitled and not draft.knows_entitled:
        return text("poll-entitled-unknown")
    return draft


def _draft(question: str, options: Sequence[Words], most: int, closes_at: datetime | None, head: Head) -> Draft:
    return Draft(
        question,
        tuple(options),
        head.kind,
        head.least,
        most,
        closes_at,
        secret=head.secret,
        unit=head.unit,
        members=head.members,
        hidden=head.hidden,
        quorum=head.quorum,
        threshold=head.threshold,
        area=head.area,
    )


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


def _last_closing(parts: list[str], now: datetime, zone: ZoneInfo) -> datetime | Text | None:
    """The closing time as the last part, taken off; where other parts are times too, all of them are options."""
    matches = [_UNTIL_LAST.fullmatch(part) for part in parts]
    found = [_closing(match[1], now, zone) if match else None for match in matches[1:]]
    if not found or found[-1] is None or any(found[:-1]):
        return None
    parts.pop()
    return found[-1]


def read_closing(words: str, now: datetime, zone: ZoneInfo) -> datetime | Text:
    """When a poll closes, UTC: "18:00" is the next time that clocks show it; else a day with its hour. A text of the
    locale files where that is not sure."""
    today = now.astimezone(zone).date()
    alone = _HOUR.fullmatch(words) is not None
    when = read_next(f"o {words}" if alone else words, now, zone, (today, today + timedelta(days=1)))
    if isinstance(when, Text):
        return when
    if when.hour is None or when.ends is not None:
        return text("when-hours", example="18:00")
    return when.starts_at(zone)


def _closing(words: str, now: datetime, zone: ZoneInfo) -> datetime | Text | None:
    """As `read_closing`; None where more words than an hour are no closing time, but an option."""
    at = read_closing(words, now, zone)
    return None if isinstance(at, Text) and not _HOUR.fullmatch(words) else at


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
