"""Guided forms in the direct chat: answers by text, button or number; leaving, going back, coming back to one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.chats import ChatKind
from bot.core.content import Body, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import FromChat, Message, Pressed
from bot.core.form_talk import left, put_aside, question, refused, scene_of, start, waits, which_form
from bot.core.forms import Control, Done, Left, OpenForm, State, control_of, moved, picked, said, settled
from bot.core.intents import Intent, Reply
from bot.core.reading import Reading
from bot.core.routing import FormRoute, Names, Router
from storage import Store

_DO = re.compile(r"form\.do:([0-9a-f]{1,16})\.([0-9]{1,6})\.([0-9]{1,3}|[a-z]{1,2})")


def router(routes: Mapping[str, FormRoute[Store]]) -> Router[Store]:
    """Reading answers of every capability's forms."""
    table: Router[Store] = Router()
    forms = Forms(routes)
    table.text(Reading.FORM)(forms.read)
    table.command("cancel", Names("anuluj", "cancel", "скасувати"), menu=False)(forms.cancel)
    table.press("form.do")(forms.press)
    table.press("form.resume")(forms.resume)
    table.press("form.begin")(forms.begin)
    table.before(forms.before)
    table.after(forms.after)
    return table


@dataclass(frozen=True, slots=True)
class Forms:
    """The handlers; `routes` are the forms by kind."""

    routes: Mapping[str, FormRoute[Store]]

    def read(self, message: Message, ctx: Context[Store]) -> Sequence[Intent] | None:
        """An answer, or a word that moves the form. A reply to a card is about that card."""
        form = self._open(message, ctx)
        if form is None or not form.waiting(ctx.now) or (ctx.post and ctx.post.card):
            return None
        route = self.routes[form.kind]
        if form.wanted:
            return self._which(message, ctx, form)
        words = "" if message.files and not message.text.strip() else message.text
        scene = scene_of(route, ctx, form.argument)
        state = settled(route.form, form.state, scene)
        return self._go(message, ctx, form, said(route.form, state, words, scene))

    def press(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """A choice, or what moves the form. A question that was answered before takes no second answer."""
        match = _DO.fullmatch(event.action or "")
        form = self._open(event, ctx)
        if match is None or form is None or form.id != match[1]:
            return refused(event, text("form-gone"))
        if int(match[2]) != form.turn:
            return refused(event, text("form-answered"))
        route, what = self.routes[form.kind], match[3]
        scene = scene_of(route, ctx, form.argument)
        state = settled(route.form, form.state, scene)
        if what.isdigit():
            return self._go(event, ctx, form, picked(route.form, state, int(what), scene))
        known = what in set(Control)
        return self._go(event, ctx, form, moved(route.form, state, Control(what), scene)) if known else []

    def cancel(self, message: Message, _argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """Leave the form that is open."""
        form = self._open(message, ctx)
        return self._go(message, ctx, form, Left()) if form else [Reply(Body((say("form-none"),)))]

    def resume(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Go on with a form that was put aside."""
        form = self._named(event, ctx)
        return self._asked(event, ctx, form) if form else refused(event, text("form-gone"))

    def begin(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """Begin the form that was asked for while another was open."""
        form = self._named(event, ctx)
        if form is None or not form.wanted:
            return refused(event, text("form-gone"))
        return self._begin(event, ctx, form)

    def before(self, message: Message, ctx: Context[Store]) -> Sequence[Intent]:
        """A person comes back to a form that waited too long: say so, once; what they write now is no answer to it."""
        form = self._open(message, ctx)
        if form is None or form.paused or form.waiting(ctx.now):
            return []
        ctx.store.forms.put(replace(form, paused=True), message.key)
        return [Reply(put_aside(form))]

    def after(self, event: FromChat, ctx: Context[Store]) -> Sequence[Intent]:
        """Something else was answered while a form is open: it asks its question again."""
        form = self._open(event, ctx) if isinstance(event, Message) else None
        if form is None or not form.waiting(ctx.now) or ctx.store.forms.moved_by(event.key):
            return []
        return [Reply(question(self.routes[form.kind], form, ctx, waits(form)))]

    def _go(
        self, event: FromChat, ctx: Context[Store], form: OpenForm, outcome: State | Text | Left | Done
    ) -> Sequence[Intent]:
        match outcome:
            case Left():
                ctx.store.forms.close(form, event.key)
                return [Reply(left(form))]
            case Done():
                return self._finish(event, ctx, form, outcome)
            case State():
                return self._asked(event, ctx, replace(form, state=outcome))
            case Text() if isinstance(event, Pressed):
                return refused(event, outcome)
            case Text():
                return self._asked(event, ctx, form, outcome)

    def _asked(self, event: FromChat, ctx: Context[Store], form: OpenForm, why: Text | None = None) -> Sequence[Intent]:
        """Ask where the form stands now, after a word why an answer can't be taken."""
        form = replace(form, turn=form.turn + 1, touched_at=ctx.now, wanted="", paused=False)
        ctx.store.forms.put(form, event.key)
        return [Reply(question(self.routes[form.kind], form, ctx, *((Say(why),) if why else ())))]

    def _finish(self, event: FromChat, ctx: Context[Store], form: OpenForm, done: Done) -> Sequence[Intent]:
        """Who may is checked anew. What refuses (`UserError`) leaves the form open as it was."""
        route = self.routes[form.kind]
        refusal = route.allowed(ctx, form.argument)
        if refusal:
            ctx.store.forms.put(replace(form, touched_at=ctx.now), event.key)
            return refused(event, refusal)
        ctx.store.forms.close(form, event.key)
        return route.finish(event, done.answers, form.argument, ctx)

    def _which(self, message: Message, ctx: Context[Store], form: OpenForm) -> Sequence[Intent]:
        """The answer to which form to go on with."""
        words = message.text.strip().rstrip(".)")
        if control_of(self.routes[form.kind].form, form.state, words) is Control.CANCEL:
            return self._go(message, ctx, form, Left())
        match words:
            case "1":
                return self._asked(message, ctx, form)
            case "2":
                return self._begin(message, ctx, form)
            case _:
                ctx.store.forms.put(replace(form, touched_at=ctx.now), message.key)
                return [Reply(which_form(form, form.wanted.partition(".")[0]))]

    def _begin(self, event: FromChat, ctx: Context[Store], form: OpenForm) -> Sequence[Intent]:
        kind, _, argument = form.wanted.partition(".")
        return start(self.routes[kind], event, ctx, argument, anyway=True)

    def _open(self, event: FromChat, ctx: Context[Store]) -> OpenForm | None:
        """The person's form in this direct chat; one of a kind that this version has no more is as good as none."""
        if event.kind is not ChatKind.DIRECT or ctx.person is None:
            return None
        form = ctx.store.forms.of(ctx.person.id, event.chat)
        return form if form and form.kind in self.routes else None

    def _named(self, event: Pressed, ctx: Context[Store]) -> OpenForm | None:
        form = self._open(event, ctx)
        return form if form and form.id == (event.action or "").partition(":")[2] else None
