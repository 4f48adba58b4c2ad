"""The guided forms of polls: a poll step by step, and other words for one that runs. Quick form: `poll_form`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.content import Arg, Text, text
from bot.core.forms import Answers, Choice, Form, Scene, listed
from bot.core.poll_form import CONSENT, MOST, YES_NO, read_closing, read_options, read_question, read_same_options
from bot.core.poll_term_steps import step, term_steps, terms_of, with_terms
from bot.core.polls import Draft, Kind, Words, words_in, words_out
from bot.core.wall import shown

YES_NO_ID, AREAS_ID, CONSENT_ID = "yes-no", "areas", "consent"
"""Options that are offered ready made; others are the list of their words."""
NO_END = "no-end"
_UNTIL = re.compile(r"(?:do|until|till|до)\s+(\S.*)", re.IGNORECASE)
_HOW_MANY = re.compile(r"(?:([0-9]{1,2})\s*[-–—]\s*)?([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class PollFacts:
    """What the steps see of the store. `audiences` are ids with names; the default one has an empty name."""

    zone: ZoneInfo
    areas: tuple[Words, ...]
    audiences: tuple[tuple[str, str], ...]


def poll_form() -> Form:
    """A poll, step by step. It has no review of its own: the draft's card is that."""
    return Form(
        (
            step("question", read=lambda words, _scene: read_question(words)),
            step("options", read=lambda words, _scene: read_options(words), choices=_ready_made, show=_options_shown),
            step("kind", choices=_kinds, applies=lambda scene: scene.answers.get("options") != CONSENT_ID),
            step("how-many", read=_how_many, choices=_any_number, applies=_several, show=_how_many_shown),
            step("until", read=_until, choices=_no_end, show=_until_shown),
            step("audience", choices=_audiences, applies=lambda scene: len(scene.facts.audiences) > 1),
            *term_steps(),
        )
    )


def wording_form() -> Form:
    """Other words for a poll in which nobody has voted."""
    return Form(
        (
            step("question", read=lambda words, _scene: read_question(words)),
            step(
                "options",
                prompt="poll-ask-same-options",
                read=lambda words, scene: read_same_options(words, scene.facts),
                applies=lambda scene: scene.answers.get("options") != CONSENT_ID,
                show=_options_shown,
            ),
        )
    )


def draft_of(answers: Answers, facts: PollFacts) -> Draft:
    """The poll that the answers make."""
    chosen = answers["options"]
    options = _ready(facts).get(chosen) if isinstance(chosen, str) else tuple(map(words_in, chosen))
    if options is None:
        raise ValueError(f"no such options: {chosen}")
    kind = Kind.CONSENT if chosen == CONSENT_ID else Kind(answers["kind"])
    least, most = answers.get("how-many") or (1, 1)
    until = answers["until"]
    draft = Draft(
        answers["question"],
        options,
        kind,
        least=min(least, len(options)) if kind is Kind.MULTIPLE else 1,
        most=min(most, len(options)) if kind is Kind.MULTIPLE else 1,
        closes_at=None if until == NO_END else datetime.fromisoformat(until),
    )
    return with_terms(draft, answers)


def answers_of(draft: Draft, audience: str | None = None) -> dict[str, Any]:
    """The inverse of `draft_of`: a draft as answers, to be changed."""
    answers: dict[str, Any] = {
        "question": draft.question,
        "options": _options_answer(draft),
        "until": draft.closes_at.isoformat() if draft.closes_at else NO_END,
        **terms_of(draft),
    }
    if draft.kind is not Kind.CONSENT:
        answers["kind"] = draft.kind.value
    if draft.kind is Kind.MULTIPLE:
        answers["how-many"] = [draft.least, draft.most]
    return answers if audience is None else answers | {"audience": audience}


def wording_of(draft: Draft) -> dict[str, Any]:
    """The words of a poll as answers. Answers of consent are fixed."""
    options = CONSENT_ID if draft.kind is Kind.CONSENT else [words_out(option) for option in draft.options]
    return {"question": draft.question, "options": options}


def worded(draft: Draft, answers: Answers) -> Draft:
    """The poll with other words."""
    options = answers.get("options")
    words = tuple(map(words_in, options)) if isinstance(options, list) else draft.options
    return replace(draft, question=answers["question"], options=words)


def _options_answer(draft: Draft) -> Any:
    if draft.kind is Kind.CONSENT:
        return CONSENT_ID
    return YES_NO_ID if draft.options == YES_NO else [words_out(option) for option in draft.options]


def _ready(facts: PollFacts) -> dict[str, tuple[Words, ...]]:
    ready = {YES_NO_ID: YES_NO, CONSENT_ID: CONSENT}
    return ready | {AREAS_ID: facts.areas} if 1 < len(facts.areas) <= MOST else ready


def _ready_made(scene: Scene) -> Sequence[Choice]:
    return [
        Choice(id_, text(f"poll-options-{id_}"))
        for id_ in (YES_NO_ID, AREAS_ID, CONSENT_ID)
        if id_ in _ready(scene.facts)
    ]


def _options_shown(value: Any, _scene: Scene) -> Arg:
    return listed([words_in(one) for one in value]) if isinstance(value, list) else text(f"poll-options-{value}")


def _kinds(_scene: Scene) -> Sequence[Choice]:
    single = Choice(Kind.SINGLE.value, text("poll-kind-single"), ("jedna", "jedną", "one", "single", "одна", "одну"))
    several = ("kilka", "wielokrotna", "several", "multiple", "кілька", "множинна")
    return [single, Choice(Kind.MULTIPLE.value, text("poll-kind-multiple"), several)]


def _several(scene: Scene) -> bool:
    return scene.answers.get("kind") == Kind.MULTIPLE and scene.answers.get("options") != CONSENT_ID


def _any_number(_scene: Scene) -> Sequence[Choice]:
    words = ("dowolnie", "dowolna", "ile się chce", "any", "any number", "скільки завгодно", "будь-скільки")
    return [Choice([1, MOST], text("poll-any-number"), words)]


def _how_many(words: str, _scene: Scene) -> list[int] | Text:
    match = _HOW_MANY.fullmatch(words)
    least, most = (int(match[1] or 1), int(match[2])) if match else (0, 0)
    return [least, most] if 0 < least <= most else text("poll-how-many-wrong")


def _how_many_shown(value: Any, _scene: Scene) -> Arg:
    return f"{value[0]}–{value[1]}"


def _no_end(_scene: Scene) -> Sequence[Choice]:
    words = ("bez końca", "ręcznie", "by hand", "no end", "вручну", "без кінця")
    return [Choice(NO_END, text("poll-until-by-hand"), words)]


def _until(words: str, scene: Scene) -> str | Text:
    match = _UNTIL.fullmatch(words)
    when = read_closing(match[1] if match else words, scene.now, scene.facts.zone)
    return text("poll-until-wrong", why=when) if isinstance(when, Text) else when.isoformat()


def _until_shown(value: Any, scene: Scene) -> Arg:
    return shown(datetime.fromisoformat(value), scene.now, scene.facts.zone)


def _audiences(scene: Scene) -> Sequence[Choice]:
    return [
        Choice(id_, text("audience-name", name=name) if name else text("audience-default"), (name,) if name else ())
        for id_, name in scene.facts.audiences
    ]
