"""What a guided form says: its questions, the review, and how one is opened. Shared by the handlers that have forms."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.core.chats import ChatKind
from bot.core.content import Arg, Block, Body, Button, Items, Lines, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Pressed
from bot.core.forms import (
    CHOOSING,
    Control,
    OpenForm,
    Scene,
    Step,
    controls,
    listed,
    opened,
    settled,
    step_of,
    steps_of,
)
from bot.core.intents import Acknowledge, Intent, Reply
from bot.core.routing import FormRoute

_LABELS = {
    Control.CANCEL: "form-cancel",
    Control.BACK: "form-back",
    Control.SKIP: "form-skip",
    Control.KEEP: "form-keep",
    Control.DONE: "form-done",
}


def start(
    route: FormRoute[Any], event: FromChat, ctx: Context[Any], argument: str = "", *, anyway: bool = False
) -> Sequence[Intent]:
    """Open a form and ask its first question, in the direct chat where it was asked for.

    Where another form is open with an answer in it, the person is asked which one to go on with, unless `anyway`.
    """
    if event.kind is not ChatKind.DIRECT or ctx.person is None:
        return refused(event, text("form-direct"))
    answers = route.allowed(ctx, argument) or route.begin(ctx, argument)
    if isinstance(answers, Text):
        return refused(event, answers)
    forms = ctx.store.forms
    before: OpenForm | None = forms.of(ctx.person.id, event.chat)
    if before and before.turn > 1 and before.waiting(ctx.now) and not anyway:
        forms.put(replace(before, wanted=f"{route.kind}.{argument}"), event.key)
        return [Reply(which_form(before, route.kind))]
    state = opened(route.form, answers, scene_of(route, ctx, argument))
    form = forms.new(route.kind, argument, ctx.person.id, event.chat, state, event.key)
    return [Reply(question(route, form, ctx))]


def refused(event: FromChat, why: Text) -> Sequence[Intent]:
    """Tell why not: a press gets a notice that stays, anything else a reply."""
    return [Acknowledge(why, alert=True)] if isinstance(event, Pressed) else [Reply(Body((Say(why),)))]


def scene_of(route: FormRoute[Any], ctx: Context[Any], argument: str) -> Scene:
    """What a form's functions may look at, before the answers are put in."""
    return Scene({}, ctx.now, route.facts(ctx, argument))


def question(route: FormRoute[Any], form: OpenForm, ctx: Context[Any], *before: Block) -> Body:
    """What the form asks where it stands, behind what is said first."""
    scene = scene_of(route, ctx, form.argument)
    state = settled(route.form, form.state, scene)
    scene = replace(scene, answers=state.answers)
    step = step_of(route.form, state)
    if step is not None:
        return _asked(route, form, scene, step, before)
    lines = tuple(_line(one, scene) for one in steps_of(route.form, scene))
    if state.step == CHOOSING:
        buttons = [
            Button(text("form-label", words=one.title), _action(form, str(number)))
            for number, one in enumerate(steps_of(route.form, scene), 1)
        ]
        offered = controls(route.form, state, scene)
        blocks = (*before, say("form-which", form=_name(form.kind)), Items(lines), _ways(offered))
        return Body(blocks, (*buttons, *_controls(form, offered)))
    preview = route.form.preview(scene) if route.form.preview else (Items(lines),)
    act = route.form.act or text("form-done")
    ends = ((act, Control.DONE), (text("form-fix"), Control.FIX), (text("form-cancel"), Control.CANCEL))
    return Body(
        (*before, *preview, say("form-check")),
        tuple(Button(label, _action(form, control.value)) for label, control in ends),
    )


def which_form(form: OpenForm, wanted: str) -> Body:
    """A form is open and another one is asked for: which one to go on with?"""
    return Body(
        (say("form-other", form=_name(form.kind), wanted=_name(wanted)),),
        (
            Button(text("form-return"), f"form.resume:{form.id}"),
            Button(text("form-begin"), f"form.begin:{form.id}"),
        ),
    )


def put_aside(form: OpenForm) -> Body:
    """The form waited too long."""
    resume = Button(text("form-return"), f"form.resume:{form.id}")
    return Body((say("form-expired", form=_name(form.kind)),), (resume,))


def left(form: OpenForm) -> Body:
    """The person left the form."""
    return Body((say("form-left", form=_name(form.kind)),))


def waits(form: OpenForm) -> Block:
    """After something else was answered: the form is still there."""
    return say("form-waits", form=_name(form.kind))


def shown_value(step: Step, value: Any, scene: Scene) -> Arg:
    """An answer for its reader."""
    if value is None:
        return text("form-skipped")
    if step.several:
        labels = [_label(step, one, scene) for one in value]
        return listed(labels)
    return _label(step, value, scene)


def _label(step: Step, value: Any, scene: Scene) -> Arg:
    for choice in step.choices(scene):
        if choice.value == value:
            return choice.label
    if step.show:
        return step.show(value, scene)
    return value if isinstance(value, int) else str(value)


def _asked(route: FormRoute[Any], form: OpenForm, scene: Scene, step: Step, before: tuple[Block, ...]) -> Body:
    steps = [one.id for one in steps_of(route.form, scene)]
    number = steps.index(step.id) + 1 if step.id in steps else len(steps)
    blocks: list[Block] = [*before, say("form-step", form=_name(form.kind), number=number, count=len(steps))]
    blocks.append(Say(step.prompt(scene)))
    if step.id in scene.answers:
        blocks.append(say("form-now", value=shown_value(step, scene.answers[step.id], scene)))
    offered = controls(route.form, form.state, scene)
    buttons = [Button(choice.label, _action(form, str(place))) for place, choice in enumerate(step.choices(scene), 1)]
    if step.several:
        blocks.append(say("form-several"))
    return Body((*blocks, _ways(offered)), (*buttons, *_controls(form, offered)))


def _ways(offered: Sequence[Control]) -> Block:
    """The words that do what the buttons below the choices do."""
    return Lines((text("form-ways", words=listed([text(f"{_LABELS[one]}-word") for one in offered])),))


def _controls(form: OpenForm, offered: Sequence[Control]) -> list[Button]:
    return [Button(text(_LABELS[one]), _action(form, one.value), spoken=True) for one in offered]


def _line(step: Step, scene: Scene) -> Text:
    known = step.id in scene.answers
    value = shown_value(step, scene.answers[step.id], scene) if known else text("form-open")
    return text("form-line", title=step.title, value=value)


def _action(form: OpenForm, what: str) -> str:
    return f"form.do:{form.id}.{form.turn}.{what}"


def _name(kind: str) -> Text:
    return text(f"form-name-{kind}")
