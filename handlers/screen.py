"""The hall's screen: its address for moderators, and a new one in place of it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from bot.core.chats import ChatKind
from bot.core.clean import fold
from bot.core.content import Body, Button, Link, Say, Text, say, text
from bot.core.context import Context
from bot.core.events import Message, Pressed
from bot.core.files import File
from bot.core.intents import Acknowledge, Intent, Reply, SendFile
from bot.core.people import Role
from bot.core.poll_intents import alert, said
from bot.core.refs import CardRef
from bot.core.routing import Names, Router
from storage import Store
from storage.rooms import Audience

_NEW = {fold(word) for word in ("nowy", "nowa", "nowe", "new", "новий", "нова", "нове")}


def router(page: str | None) -> Router[Store]:
    """One command, and its question which audience is meant.

    Args:
        page: the address under which screens are served, without the token; None while they are off.
    """
    routes: Router[Store] = Router()
    screens = Screens(page)
    routes.command("screen", Names("ekran", "screen", "екран"), who=Role.MODERATOR)(screens.command)
    routes.press("screen.show")(screens.press_show)
    routes.press("screen.new")(screens.press_new)
    routes.file("screen-qr")(screens.picture)
    return routes


@dataclass(frozen=True, slots=True)
class Screens:
    """What needs to know where screens are served."""

    page: str | None

    def command(self, message: Message, argument: str, ctx: Context[Store]) -> Sequence[Intent]:
        """The address, or a new one; with several audiences ask whose."""
        if message.kind is not ChatKind.DIRECT:
            # Whoever has the address sees the screen: it is not for a room.
            return said("screen-in-direct")
        if self.page is None:
            return said("screen-off")
        renew = fold(argument).strip(" .!") in _NEW
        if argument and not renew:
            return said("screen-how")
        audiences = ctx.store.rooms.audiences()
        if len(audiences) == 1:
            return self._address(audiences[0], ctx, renew=renew)
        action, question = ("screen.new", "screen-which-new") if renew else ("screen.show", "screen-which")
        buttons = [Button(_name(audience), f"{action}:{audience.id}") for audience in audiences]
        return [Reply(Body((Say(Text(question)),), tuple(buttons)))]

    def press_show(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """The address of the audience that was chosen."""
        return self._pressed(event, ctx, renew=False)

    def press_new(self, event: Pressed, ctx: Context[Store]) -> Sequence[Intent]:
        """A new one for the audience that was chosen."""
        return self._pressed(event, ctx, renew=True)

    def _pressed(self, event: Pressed, ctx: Context[Store], *, renew: bool) -> Sequence[Intent]:
        if ctx.role < Role.MODERATOR:
            return alert("not-allowed")
        chosen = (event.action or "").partition(":")[2]
        audience = next((one for one in ctx.store.rooms.audiences() if one.id == chosen), None)
        if audience is None or self.page is None or event.kind is not ChatKind.DIRECT:
            return alert("press-expired")
        return [Acknowledge(_name(audience)), *self._address(audience, ctx, renew=renew)]

    def _address(self, audience: Audience, ctx: Context[Store], *, renew: bool) -> Sequence[Intent]:
        screens = ctx.store.screens
        token = screens.new_token(audience.id) if renew else screens.token(audience.id)
        act = "screen-renewed" if renew else "screen-shown"
        ctx.store.audit.note(ctx.person.id if ctx.person else None, act, audience.id)
        link = Link(f"{self.page}{token}")
        first = say("screen-new-address") if renew else say("screen-address", audience=_name(audience))
        told = Reply(Body((first, say("screen-link", link=link), say("screen-ways"))))
        return [told, SendFile(CardRef("screen-qr", audience.id), Body((say("screen-qr"),)))]

    def picture(self, store: Store, audience_id: str, _lang: str) -> File | None:
        """The address as a QR code, made when it is sent: no copy of it waits in the database."""
        token = store.screens.token_there(audience_id)
        if token is None or self.page is None:
            return None
        png = io.BytesIO()
        segno.make(f"{self.page}{token}", error="m", micro=False).save(png, kind="png", scale=12, border=4)
        return File("ekran-qr.png", "image/png", png.getvalue())


def _name(audience: Audience) -> Text:
    return text("audience-name", name=audience.name) if audience.name else text("audience-default")
