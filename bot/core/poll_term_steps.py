"""The steps of the guided form that set a poll's terms: one question for the usual ones, the rest only if wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from bot.core.content import Arg, Text, text
from bot.core.forms import Answers, Choice, Scene, Step
from bot.core.poll_head import read_quorum, read_threshold
from bot.core.poll_terms import Base, Quorum, Threshold, Unit, part_words
from bot.core.polls import Draft, Kind, forms, words_in, words_out

USUAL, SECRET, STEP_BY_STEP = "usual", "secret", "step-by-step"
"""Open and for everybody; the same, but secret; asked one by one."""
OPENLY, AT_ONCE, AT_END = "open", "at-once", "at-end"
_WHO = {
    "people": (Unit.PERSON, False),
    "members": (Unit.PERSON, True),
    "organisations": (Unit.ORGANISATION, False),
    "both": (Unit.BOTH, False),
    "both-members": (Unit.BOTH, True),
}


def step(id_: str, *, prompt: str = "", **rest: Any) -> Step:
    """A step whose texts are named after it."""
    return Step(id_, text(f"poll-step-{id_}"), lambda _scene: text(prompt or f"poll-ask-{id_}"), **rest)


def term_steps() -> tuple[Step, ...]:
    """Which terms; and each of them, for those who want to set them."""
    return (
        step("terms", choices=_offered("poll-terms", USUAL, SECRET, STEP_BY_STEP)),
        step("secrecy", choices=_offered("poll-secrecy", OPENLY, SECRET), applies=_wanted),
        step("who", choices=_who, applies=_wanted),
        step("results", choices=_offered("poll-results", AT_ONCE, AT_END), applies=_open_and_wanted),
        step("quorum", read=_quorum, optional=True, applies=_wanted, show=_quorum_shown),
        step("threshold", read=_threshold, optional=True, applies=_wanted, show=_threshold_shown),
        step("area", choices=_areas, optional=True, applies=_areas_and_wanted, show=_area_shown),
    )


def with_terms(draft: Draft, answers: Answers) -> Draft:
    """The poll with the terms that the answers make."""
    usual = Draft(draft.question, draft.options, draft.kind, draft.least, draft.most, draft.closes_at)
    if answers["terms"] != STEP_BY_STEP:
        return replace(usual, secret=answers["terms"] == SECRET)
    unit, members = _WHO[answers["who"]]
    area = answers.get("area")
    return replace(
        usual,
        secret=answers["secrecy"] == SECRET,
        unit=unit,
        members=members,
        hidden=answers.get("results") == AT_END,
        quorum=_quorum_in(answers.get("quorum")),
        threshold=_threshold_in(answers.get("threshold")),
        area=None if area is None else words_in(area),
    )


def terms_of(draft: Draft) -> dict[str, Any]:
    """The inverse of `with_terms`."""
    unit = (draft.unit, draft.members and draft.unit is not Unit.ORGANISATION)
    plain = unit == _WHO["people"] and not (draft.hidden or draft.quorum or draft.threshold or draft.area)
    if plain:
        return {"terms": SECRET if draft.secret else USUAL}
    answers: dict[str, Any] = {
        "terms": STEP_BY_STEP,
        "secrecy": SECRET if draft.secret else OPENLY,
        "who": next(name for name, one in _WHO.items() if one == unit),
        "quorum": _quorum_out(draft.quorum),
        "threshold": [str(draft.threshold.part), draft.threshold.base.value] if draft.threshold else None,
        "area": words_out(draft.area) if draft.area else None,
    }
    return answers if draft.secret else answers | {"results": AT_END if draft.hidden else AT_ONCE}


def _wanted(scene: Scene) -> bool:
    return scene.answers.get("terms") == STEP_BY_STEP


def _open_and_wanted(scene: Scene) -> bool:
    """Of a secret poll there are no results before the end anyway."""
    return _wanted(scene) and scene.answers.get("secrecy") != SECRET


def _areas_and_wanted(scene: Scene) -> bool:
    return _wanted(scene) and (bool(scene.facts.areas) or scene.answers.get("area") is not None)


def _offered(prefix: str, *ids: str) -> Any:
    choices = tuple(Choice(id_, text(f"{prefix}-{id_}"), _SAID.get(id_, ())) for id_ in ids)
    return lambda _scene: choices


def _who(scene: Scene) -> Sequence[Choice]:
    """A secret ballot of several options is typed by a person: no organisation can be named with it."""
    several = scene.answers.get("secrecy") == SECRET and scene.answers.get("kind") == Kind.MULTIPLE
    names = [name for name, (unit, _) in _WHO.items() if unit is Unit.PERSON or not several]
    return [Choice(name, text(f"poll-for-{name}"), _SAID.get(name, ())) for name in names]


def _known(scene: Scene) -> bool:
    """Whether it is known how many may vote; while nobody said who votes, it may come to be."""
    return scene.answers.get("who") != "people"


def _quorum(words: str, scene: Scene) -> Any:
    quorum = read_quorum(words)
    if isinstance(quorum, Text):
        return quorum
    return text("poll-quorum-number") if quorum.part is not None and not _known(scene) else _quorum_out(quorum)


def _threshold(words: str, scene: Scene) -> Any:
    threshold = read_threshold(words)
    if isinstance(threshold, Text):
        return threshold
    if threshold.base is Base.ENTITLED and not _known(scene):
        return text("poll-threshold-voters")
    return [str(threshold.part), threshold.base.value]


def _quorum_out(quorum: Quorum | None) -> Any:
    if quorum is None:
        return None
    return quorum.count if quorum.part is None else str(quorum.part)


def _quorum_in(value: Any) -> Quorum | None:
    if value is None:
        return None
    return Quorum(count=value) if isinstance(value, int) else Quorum(part=Fraction(value))


def _threshold_in(value: Any) -> Threshold | None:
    return None if value is None else Threshold(Fraction(value[0]), Base(value[1]))


def _quorum_shown(value: Any, _scene: Scene) -> Arg:
    if isinstance(value, int):
        return value
    return text("poll-share-of", part=part_words(Fraction(value)), base=text("poll-base-entitled"))


def _threshold_shown(value: Any, _scene: Scene) -> Arg:
    return text("poll-share-of", part=part_words(Fraction(value[0])), base=text(f"poll-base-{value[1]}"))


def _areas(scene: Scene) -> Sequence[Choice]:
    return [Choice(words_out(area), text("poll-label", option=area), forms(area)) for area in scene.facts.areas]


def _area_shown(value: Any, _scene: Scene) -> Arg:
    return words_in(value)


_SAID: Mapping[str, tuple[str, ...]] = {
    OPENLY: ("jawna", "jawne", "open", "public", "відкрите"),
    SECRET: (
        *("tajna", "tajne", "anonimowa", "tajna, dla wszystkich", "secret", "anonymous", "secret, for everybody"),
        *("таємне", "анонімне", "таємне, для всіх"),
    ),
    USUAL: (
        *("zwykłe", "zwykła", "jawna", "jawna, dla wszystkich", "usual", "open", "open, for everybody"),
        *("звичайне", "відкрите", "відкрите, для всіх"),
    ),
    STEP_BY_STEP: ("inne", "inne zasady", "other", "other terms", "інші", "інші правила"),
    AT_ONCE: ("od razu", "at once", "відразу"),
    AT_END: ("po zamknięciu", "ukryte", "when it is closed", "hidden", "після закриття", "приховані"),
    "people": ("wszyscy", "osoby", "osoby z grup", "everybody", "people", "people in the groups", "усі", "люди з груп"),
    "members": ("członkowie", "członkinie i członkowie", "dla członków", "members", "члени", "членкині й члени"),
    "organisations": ("organizacje", "na organizacje", "organisations", "organizations", "організації"),
    "both": (
        *("osoby i organizacje", "osoby z grup, osobno organizacje", "people and organisations"),
        *("people, and organisations apart", "люди й організації", "люди з груп, окремо організації"),
    ),
    "both-members": (
        *("członkinie i członkowie, osobno organizacje", "members, and organisations apart"),
        "членкині й члени, окремо організації",
    ),
}
