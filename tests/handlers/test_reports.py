"""Reports: what is kept of a reported message, who sees it, that it is handled once and then forgotten."""

from datetime import timedelta

import pytest

from bot.core.chats import ChatKind
from bot.core.events import Message
from bot.core.intents import Direct
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from tests.handlers.test_desk import grant
from tests.handlers.world import Shown, World, ids, kinds

LINK = "https://t.me/c/100/7"


def report(world: World, who: str = "anna", *, link: str = "", quoted: str = "brzydkie <b>słowo</b>") -> list[Shown]:
    """Report the message 7 in a room."""
    world._count += 1
    message = Message(
        key=f"report:{world._count}",
        at=world.now,
        chat=ChatRef("telegram", "ngo"),
        kind=ChatKind.ROOM,
        sender=AccountRef("telegram", who),
        id=str(world._count),
        text="/zglos_wiadomosc",
        reply_to="7",
        reply_link=link,
        quoted=quoted,
    )
    return world._do(message, lambda ctx: world._read(message, ctx))


def card_of(world: World) -> CardRef:
    [card] = {intent.ref for intent in world.intents if isinstance(intent, Direct) and intent.ref}
    return card


def shown(world: World, card: CardRef) -> str:
    body = world.store(lambda store: world.routes.show(store, card, ChatRef("telegram", "dm-olga")))
    assert body
    return world._body("card", body, "pl", "").text


def test_words_are_kept_only_without_a_link_and_only_until_it_is_handled(world: World) -> None:
    told = report(world)
    assert "Zgłoszone" in told[0].text
    card = card_of(world)
    assert "> brzydkie <b>słowo" in shown(world, card)
    assert "Telegram: anna" in shown(world, card)
    toast, refreshed, reporter, *_ = world.press("olga", f"report.done:{card.id}")
    assert (toast.kind, reporter.to) == ("toast", world.person("anna"))
    assert "brzydkie" not in refreshed.text
    assert "anna" not in refreshed.text
    assert world.store(lambda store: store.reports.get(card.id)).words == ""


def test_where_the_network_has_a_link_no_words_are_kept(world: World) -> None:
    report(world, link=LINK)
    card = card_of(world)
    assert world.store(lambda store: store.reports.get(card.id)).words == ""
    assert LINK in shown(world, card)


def test_several_reports_of_one_message_are_one_and_all_are_told(world: World) -> None:
    grant(world, "marek", Role.MODERATOR)
    report(world)
    card = card_of(world)
    report(world, "jan")
    assert not any(isinstance(intent, Direct) for intent in world.intents)
    assert "już przez ciebie" in report(world)[0].text
    assert "2 osoby" in shown(world, card)
    done = world.press("marek", f"report.no:{card.id}")
    assert {one.to for one in done if one.kind == "direct"} == {world.person("anna"), world.person("jan")}
    assert "już załatwione" in world.press("olga", f"report.done:{card.id}")[0].text
    assert "odrzucone" in shown(world, card)
    report(world)
    assert card_of(world) != card, "what is said of it anew is a matter of its own"


def test_only_moderators_settle_it(world: World) -> None:
    report(world)
    card = card_of(world)
    assert world.press("jan", f"report.done:{card.id}")[0].kind == "alert"
    assert world.store(lambda store: store.desk.waits(card))
    assert kinds(world.press("olga", "report.done:zzz"))[:1] == ["toast"]


@pytest.mark.parametrize(("who", "room", "said"), [("anna", None, "report-how"), (None, "ngo", "report-anonymous")])
def test_without_a_message_it_says_how(world: World, who: str | None, room: str | None, said: str) -> None:
    world.say(who, "/zglos_wiadomosc", room)
    assert ids(world.intents)[0] == said
    world.say("anna", "!report", "ngo")
    assert ids(world.intents)[0] == "report-how"


def test_reports_are_forgotten_handled_or_not(world: World) -> None:
    report(world)
    card = card_of(world)
    world.later(timedelta(days=31))
    world.fire("housekeeping")
    assert world.store(lambda store: store.reports.get(card.id)) is None
    assert world.store(lambda store: store.desk.waiting()) == []


def test_a_reporter_who_is_erased_is_not_told_and_not_named(world: World) -> None:
    report(world)
    card = card_of(world)
    person = world.person("anna")
    assert world.store(lambda store: store.personal(person))["reports"]
    world.store(lambda store: store.erase(person))
    assert "anna" not in shown(world, card)
    assert "direct" not in kinds(world.press("olga", f"report.done:{card.id}"))
