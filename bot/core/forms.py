"""Guided forms: steps as data, and what each answer makes of an open form. Nothing is written and no word is looked up.

A form that is open stands at one of its steps, at the review of all answers, or at the question which step to change.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.core.clean import clean, fold
from bot.core.content import Arg, Block, Text, text
from bot.core.polls import is_ballot, key_of
from bot.core.refs import ChatRef

LIFETIME = timedelta(hours=2)
"""How long a form waits for the next answer before it is put aside."""
ACTIONS = "form."
"""What the actions of every button of a form begin with."""
REVIEW, CHOOSING = "", "?"
"""Instead of a step: all answers are there to be looked over; the person says which one to change."""

Answers = Mapping[str, Any]
"""Values that make a JSON round trip, by the id of their step. None: the step was skipped."""


class Control(StrEnum):
    """What moves a form without being an answer. Done: send it, or no more of several choices. Keep: as it was."""

    CANCEL = "x"
    BACK = "b"
    SKIP = "s"
    KEEP = "k"
    FIX = "f"
    DONE = "ok"


@dataclass(frozen=True, slots=True)
class Scene:
    """What the functions of a form may look at. `facts` is what the form's route gathered for this event."""

    answers: Answers
    now: datetime
    facts: Any = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that is offered. `words` (in any language) mean it as well when they are typed."""

    value: Any
    label: Text
    words: tuple[str, ...] = ()


def _no_choices(_scene: Scene) -> Sequence[Choice]:
    return ()


def _always(_scene: Scene) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a form.

    `read` makes a value of a text, or a `Text` that says kindly what is wrong; without it only `choices` are taken.
    `several`: the value is a list of choices. `applies` says whether it is asked after these answers. `show` is the
    value for a reader, where it is neither a choice nor plain words.
    """

    id: str
    title: Text
    prompt: Callable[[Scene], Text]
    read: Callable[[str, Scene], Any] | None = None
    choices: Callable[[Scene], Sequence[Choice]] = _no_choices
    optional: bool = False
    several: bool = False
    applies: Callable[[Scene], bool] = _always
    show: Callable[[Any, Scene], Arg] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """Steps in order. `act` is the label of the button that ends the review; without it there is no review, and the
    last answer ends the form. `preview` is what the review shows; without it, a line for each answer."""

    steps: tuple[Step, ...]
    act: Text | None = None
    preview: Callable[[Scene], tuple[Block, ...]] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a form stands: the id of a step, `REVIEW` or `CHOOSING`."""

    step: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Left:
    """The person left the form."""


@dataclass(frozen=True, slots=True)
class Done:
    """The form is complete: the answers of the steps that apply."""

    answers: Answers


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that a person fills in, in one direct chat.

    `argument` is what it is about, `turn` counts the questions asked, `wanted` is another form ("kind.argument") that
    they asked for meanwhile. `paused`: it was put aside and they were told.
    """

    id: str
    kind: str
    argument: str
    person_id: str
    chat: ChatRef
    state: State
    touched_at: datetime
    turn: int = 1
    wanted: str = ""
    paused: bool = False

    def waiting(self, now: datetime) -> bool:
        """Whether what the person writes now is an answer to it."""
        return not self.paused and now < self.touched_at + LIFETIME


def steps_of(form: Form, scene: Scene) -> list[Step]:
    """The steps that apply."""
    return [step for step in form.steps if step.applies(scene)]


def step_of(form: Form, state: State) -> Step | None:
    """The step that a form stands at."""
    return next((step for step in form.steps if step.id == state.step), None)


def opened(form: Form, answers: Answers, scene: Scene) -> State:
    """A form as it begins. One that has every answer already is there to be changed."""
    scene = replace(scene, answers=answers)
    step = _first_open(form, scene)
    return State(step if step or form.act else CHOOSING, answers)


def settled(form: Form, state: State, scene: Scene) -> State:
    """The state, if the form has such a step; a version that has it no more goes on with what is to be answered."""
    known = (CHOOSING,) if not form.act else (CHOOSING, REVIEW)
    return state if state.step in known or step_of(form, state) else opened(form, state.answers, scene)


def control_of(form: Form, state: State, words: str) -> Control | None:
    """The control that a text is, where the form stands."""
    key = key_of(words).rstrip(".!")
    found = _ALWAYS.get(key)
    if found:
        return found
    if state.step == REVIEW:
        return _AT_REVIEW.get(key)
    return _ANSWERED.get(key) if state.step in state.answers else None


def said(form: Form, state: State, words: str, scene: Scene) -> State | Text | Left | Done:
    """What a text makes of a form; a `Text` says why nothing."""
    control = control_of(form, state, words)
    if control:
        return moved(form, state, control, scene)
    scene, words = replace(scene, answers=state.answers), clean(words).strip()
    number = [int(one) for one in re.findall(r"[0-9]{1,2}", words)] if is_ballot(words) else []
    step = step_of(form, state)
    if step is None:
        return picked(form, state, number[0] if len(number) == 1 else 0, scene)
    choices = step.choices(scene)
    if step.several and number and all(0 < one <= len(choices) for one in number):
        return _onward(form, state, step.id, [choices[one - 1].value for one in dict.fromkeys(number)], scene)
    if not step.several and len(number) == 1 and 0 < number[0] <= len(choices):
        return _onward(form, state, step.id, choices[number[0] - 1].value, scene)
    for choice in choices:
        if key_of(words) in map(key_of, choice.words):
            return _onward(form, state, step.id, [choice.value] if step.several else choice.value, scene)
    if not words:
        return text("form-words-only")
    if step.read is None:
        return text("form-no-choice", last=len(choices))
    value = step.read(words, scene)
    return value if isinstance(value, Text) else _onward(form, state, step.id, value, scene)


def picked(form: Form, state: State, number: int, scene: Scene) -> State | Text | Left | Done:
    """What pressing a numbered choice makes of a form: a step's choice, what to do at the review, a step to change."""
    scene = replace(scene, answers=state.answers)
    step = step_of(form, state)
    if state.step == REVIEW:
        order = (Control.DONE, Control.FIX, Control.CANCEL)
        known = 0 < number <= len(order)
        return moved(form, state, order[number - 1], scene) if known else text("form-no-choice", last=len(order))
    if step is None:
        steps = steps_of(form, scene)
        known = 0 < number <= len(steps)
        return State(steps[number - 1].id, state.answers) if known else text("form-no-choice", last=len(steps))
    choices = step.choices(scene)
    if not 0 < number <= len(choices):
        return text("form-no-choice", last=len(choices))
    value = choices[number - 1].value
    if not step.several:
        return _onward(form, state, step.id, value, scene)
    before = list(state.answers.get(step.id) or ())
    chosen = [one for one in before if one != value] if value in before else [*before, value]
    rest = {key: kept for key, kept in state.answers.items() if key != step.id}
    return State(step.id, {**rest, step.id: chosen} if chosen else rest)


def moved(form: Form, state: State, control: Control, scene: Scene) -> State | Text | Left | Done:
    """What a control makes of a form."""
    scene = replace(scene, answers=state.answers)
    step = step_of(form, state)
    match control:
        case Control.CANCEL:
            return Left()
        case Control.BACK:
            return _back(form, state, scene)
        case Control.SKIP if step is not None and step.optional:
            return _onward(form, state, step.id, None, scene)
        case Control.SKIP:
            return text("form-no-skip")
        case Control.KEEP | Control.DONE if step is not None and step.id in state.answers:
            return _onward(form, state, step.id, state.answers[step.id], scene)
        case Control.DONE if state.step == REVIEW:
            missing = _first_open(form, scene)
            return State(missing, state.answers) if missing else _done(form, scene)
        case Control.FIX if state.step == REVIEW:
            return State(CHOOSING, state.answers)
        case _:
            return text("form-not-now")


def controls(form: Form, state: State, scene: Scene) -> list[Control]:
    """The controls that a step, or the question what to change, offers; each has its word."""
    scene, step = replace(scene, answers=state.answers), step_of(form, state)
    offered: list[Control] = []
    if step is not None and step.id in state.answers:
        offered.append(Control.DONE if step.several else Control.KEEP)
    if step is not None and step.optional:
        offered.append(Control.SKIP)
    if isinstance(_back(form, state, scene), State):
        offered.append(Control.BACK)
    return [*offered, Control.CANCEL]


def listed(words: Sequence[Arg]) -> Arg:
    """Several words as one, with commas between them."""
    *first, last = words
    for word in reversed(first):
        last = text("form-and", one=word, rest=last)
    return last


def _onward(form: Form, state: State, step: str, value: Any, scene: Scene) -> State | Done:
    scene = replace(scene, answers={**state.answers, step: value})
    following = _first_open(form, scene)
    if not following and form.act is None:
        return _done(form, scene)
    return State(following, scene.answers)


def _back(form: Form, state: State, scene: Scene) -> State | Text:
    steps = [step.id for step in steps_of(form, scene)]
    if state.step == CHOOSING:
        return State(REVIEW, state.answers) if form.act else text("form-first")
    place = steps.index(state.step) if state.step in steps else len(steps)
    return State(steps[place - 1], state.answers) if place > 0 else text("form-first")


def _first_open(form: Form, scene: Scene) -> str:
    return next((step.id for step in steps_of(form, scene) if step.id not in scene.answers), REVIEW)


def _done(form: Form, scene: Scene) -> Done:
    return Done({step.id: scene.answers[step.id] for step in steps_of(form, scene)})


def _keys(*by_control: tuple[Control, str]) -> dict[str, Control]:
    return {fold(word.strip()): control for control, words in by_control for word in words.split(",")}


_ALWAYS = _keys(
    (Control.CANCEL, "anuluj, przerwij, zrezygnuj, cancel, stop, quit, скасувати, скасуй, відміна"),
    (Control.BACK, "wstecz, cofnij, wróć, back, go back, назад"),
    (Control.SKIP, "pomiń, pomijam, skip, пропустити, пропусти"),
)
_AT_REVIEW = _keys(
    (
        Control.DONE,
        "wyślij, otwórz, zapisz, zatwierdź, gotowe, tak, ok, send, open, save, done, yes, "
        "надіслати, відкрити, зберегти, готово, так",
    ),
    (Control.FIX, "popraw, zmień, change, edit, виправити, змінити"),
)
_ANSWERED = _keys(
    (Control.KEEP, "bez zmian, zostaw, keep, no change, без змін, залишити"),
    (Control.DONE, "gotowe, done, готово"),
)
