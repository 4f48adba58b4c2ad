"""The guided form of a meeting, step by step. Quick form: `meeting_form`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.clean import fold
from bot.core.content import Arg, ByLanguage, Text, text
from bot.core.forms import Answers, Choice, Form, Scene, Step
from bot.core.meeting_form import length_of, read_invited, read_place, read_seats, read_title
from bot.core.meeting_terms import ACCESS, AGENDA, CHAIR, read_words
from bot.core.meetings import Plan
from bot.core.reminders import DEFAULT
from bot.core.wall import instant
from bot.core.when.recurrence import Every, Rule, read_rule
from bot.core.when.series import read_start
from bot.core.when.shown import how_often, moment

ONCE = "once"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the steps see of the store. Areas and audiences are ids with names; the default audience has none."""

    zone: ZoneInfo
    areas: tuple[tuple[str, ByLanguage], ...]
    audiences: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...] = ()


def meeting_form() -> Form:
    """A meeting, step by step. It has no review of its own: the draft's card is that."""
    return Form(
        (
            _step("title", read=lambda words, _scene: read_title(words)),
            _step("start", read=_start, show=_start_shown),
            _step("repeat", read=_repeat, choices=_repeats, show=_repeat_shown, applies=_once_so_far),
            _step("place", read=lambda words, _scene: read_place(words), optional=True),
            _step("access", read=_words(ACCESS), optional=True, applies=lambda scene: bool(scene.answers.get("place"))),
            _step("area", choices=_areas, optional=True, applies=lambda scene: bool(scene.facts.areas)),
            _step("capacity", read=lambda words, _scene: read_seats(words), optional=True),
            _step("chair", read=_words(CHAIR), optional=True),
            _step("agenda", read=_words(AGENDA), optional=True),
            _step(
                "invited",
                read=_invited,
                show=_invited_shown,
                optional=True,
                applies=lambda scene: bool(scene.facts.organisations),
            ),
            _step("audience", choices=_audiences, applies=lambda scene: len(scene.facts.audiences) > 1),
        )
    )


def plan_of(answers: Answers, before: Plan | None = None) -> Plan:
    """The meeting that the answers make; what no step asks for stays as it was `before`."""
    start = answers["start"]
    rule = start["rule"] or answers.get("repeat")
    minutes = start["minutes"]
    plan = before or Plan(answers["title"], datetime.fromisoformat(start["wall"]), reminders=DEFAULT)
    return replace(
        plan,
        title=answers["title"],
        first=datetime.fromisoformat(start["wall"]),
        length=timedelta(minutes=minutes) if minutes is not None else None,
        rule=read_rule(rule) if rule and rule != ONCE else None,
        place=answers.get("place") or "",
        access=answers.get("access") or "",
        area=answers.get("area"),
        capacity=answers.get("capacity"),
        chair=answers.get("chair") or "",
        agenda=answers.get("agenda") or "",
        invited=tuple(answers.get("invited") or ()),
    )


def answers_of(plan: Plan, audience: str | None = None) -> dict[str, Any]:
    """The inverse of `plan_of`: a draft as answers, to be changed."""
    answers: dict[str, Any] = {
        "title": plan.title,
        "start": {"wall": plan.first.isoformat(), "minutes": _minutes(plan.length), "rule": None},
        "repeat": plan.rule.text() if plan.rule else ONCE,
        "place": plan.place or None,
        "access": plan.access or None,
        "area": plan.area,
        "capacity": plan.capacity,
        "chair": plan.chair or None,
        "agenda": plan.agenda or None,
        "invited": list(plan.invited) or None,
    }
    return answers if audience is None else answers | {"audience": audience}


def _step(id_: str, **rest: Any) -> Step:
    return Step(id_, text(f"meeting-step-{id_}"), lambda _scene: text(f"meeting-ask-{id_}"), **rest)


def _words(term: str) -> Any:
    def read(words: str, _scene: Scene) -> str | Text:
        found = read_words(term, words)
        return found if isinstance(found, Text) else str(found[term])

    return read


def _invited(words: str, scene: Scene) -> list[str] | Text:
    known = {fold(name): id_ for id_, name in scene.facts.organisations}
    return read_invited(words, lambda name: known.get(fold(name)))


def _invited_shown(value: Sequence[str], scene: Scene) -> Arg:
    names = dict(scene.facts.organisations)
    return ", ".join(names[id_] for id_ in value if id_ in names)


def _start(words: str, scene: Scene) -> dict[str, Any] | Text:
    start = read_start(words, scene.now, scene.facts.zone)
    if isinstance(start, Text):
        return start
    rule = start.rule.text() if start.rule else None
    return {"wall": start.when.wall.isoformat(), "minutes": _minutes(length_of(start.when)), "rule": rule}


def _start_shown(value: Mapping[str, Any], scene: Scene) -> Arg:
    """Weekday, full date, hours and zone, so that a mistake is seen at once."""
    first, zone = datetime.fromisoformat(value["wall"]), scene.facts.zone
    starts = instant(first, zone)
    when = moment(starts, starts + timedelta(minutes=value["minutes"]) if value["minutes"] else None, zone)
    rule = read_rule(value["rule"]) if value["rule"] else None
    return text("meeting-start-series", when=when, rule=how_often(rule, first)) if rule else when


def _once_so_far(scene: Scene) -> bool:
    start = scene.answers.get("start")
    return start is None or start["rule"] is None


def _first(scene: Scene) -> datetime:
    return datetime.fromisoformat(scene.answers["start"]["wall"])


def _repeats(scene: Scene) -> Sequence[Choice]:
    """Once, and the ways in which that day can come again."""
    once = Choice(ONCE, text("meeting-repeat-once"), ("raz", "nie", "once", "no", "один раз", "ні"))
    if "start" not in scene.answers:
        return [once]
    first = _first(scene)
    nth = (first.day - 1) // 7 + 1
    rules = [Rule(Every.WEEK), Rule(Every.WEEK, 2)]
    if nth < 5:
        rules.append(Rule(Every.MONTH, weekday=first.weekday(), nth=nth))
    return [once, *(Choice(rule.text(), how_often(rule, first)) for rule in rules)]


def _repeat(words: str, scene: Scene) -> str | Text:
    """Any other way, such as "ostatni czwartek miesiąca do 30.06.2027"."""
    first = _first(scene)
    day = f"{first.day}.{first.month:02}.{first.year} {first:%H:%M}"
    start = read_start(f"{day}, {words}", scene.now, scene.facts.zone)
    if isinstance(start, Text):
        return start
    return start.rule.text() if start.rule else text("meeting-repeat-unknown")


def _repeat_shown(value: str, scene: Scene) -> Arg:
    return how_often(read_rule(value), _first(scene))


def _areas(scene: Scene) -> Sequence[Choice]:
    return [
        Choice(id_, text("area-name", name=name), tuple(words for _, words in name.words))
        for id_, name in scene.facts.areas
    ]


def _audiences(scene: Scene) -> Sequence[Choice]:
    return [
        Choice(id_, text("audience-name", name=name) if name else text("audience-default"), (fold(name),) * bool(name))
        for id_, name in scene.facts.audiences
    ]


def _minutes(length: timedelta | None) -> int | None:
    return int(length.total_seconds()) // 60 if length is not None else None
