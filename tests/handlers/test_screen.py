"""The address of the hall's screen: who is given it, where, and how it is revoked."""

import re

from bot.core.intents import Reply, SendFile
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.knowledge import Knowledge
from handlers import routers
from storage.audit import acts
from storage.rooms import DEFAULT
from tests.handlers.conftest import PAGE
from tests.handlers.world import World, elsewhere, ids


def address(text: str) -> str:
    found = re.search(rf"{re.escape(PAGE)}([A-Za-z0-9_-]{{22}})(?![\w-])", text)
    assert found, text
    return found[1]


def test_a_moderator_gets_the_same_address_until_it_is_renewed(world: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "mod")).id, Role.MODERATOR))
    said, *_ = world.say("mod", "/ekran")
    token = address(said.text)
    assert address(world.say("olga", "screen")[0].text) == token
    assert world.store(lambda store: store.screens.audience(token)) == DEFAULT
    [picture] = [intent for intent in world.intents if isinstance(intent, SendFile)]
    assert isinstance(picture.file, CardRef)
    qr = world.store(lambda store: world.routes.files[picture.file.kind](store, picture.file.id, "pl"))
    assert qr
    assert (qr.mime, qr.content[:4]) == ("image/png", b"\x89PNG")
    new = address(world.say("mod", "/ekran nowy")[0].text)
    assert new != token
    assert world.store(lambda store: store.screens.audience(token)) is None
    assert world.store(lambda store: store.screens.audience(new)) == DEFAULT
    assert address(world.say("olga", "/екран новий")[0].text) not in {token, new}
    noted = world.store(lambda store: [(act.act, act.subject, act.detail) for act in acts(store.session)])
    assert [act for act, _, _ in noted if act.startswith("screen")] == [
        "screen-shown", "screen-shown", "screen-renewed", "screen-renewed",
    ]  # fmt: skip
    assert token not in str(noted)


def test_nobody_else_gets_it_and_no_room_sees_it(world: World) -> None:
    assert PAGE not in world.say("jan", "/ekran")[0].text
    [said] = world.say("olga", "/ekran", "ngo")
    assert ids(world.intents) == ["screen-in-direct"]
    assert PAGE not in said.text
    assert world.store(lambda store: store.screens.audience("")) is None


def test_each_audience_has_a_screen_of_its_own(world: World) -> None:
    world.say("olga", "/krag Kultura", "kultura")
    world.say("olga", "/czaty", "ngo")
    asked, *_ = world.say("olga", "/ekran")
    assert asked.buttons == ("domyślny", "„Kultura”")
    first, second = (address(world.press("olga", action)[1].text) for action in asked.actions)
    assert first != second
    [asked] = world.say("olga", "/ekran nowy")
    world.press("olga", asked.actions[1])
    assert world.store(lambda store: store.screens.audience(first)) == DEFAULT
    assert world.store(lambda store: store.screens.audience(second)) is None
    for who, action, room in (
        ("jan", asked.actions[1], None),
        ("olga", "screen.show:nothing", None),
        ("olga", asked.actions[0], "ngo"),
    ):
        assert world.press(who, action, room)[0].kind == "alert"
        assert not any(isinstance(intent, Reply) and PAGE in str(intent) for intent in world.intents)


def test_what_is_not_understood_and_what_is_off_is_told(world: World, knowledge: Knowledge) -> None:
    world.say("olga", "/ekran cokolwiek")
    assert ids(world.intents)[0] == "screen-how"
    off = elsewhere(world, routers=routers(knowledge))
    off.say("olga", "/ekran")
    assert ids(off.intents)[0] == "screen-off"


def test_a_screen_is_about_the_polls_of_its_audience(world: World) -> None:
    world.say("olga", "/krag Kultura", "kultura")
    world.say("olga", "/czaty", "ngo")
    world.store(lambda store: store.chats.speak(ChatRef("telegram", "kultura"), "uk"))
    world.say("olga", "/ankieta Tu? | Tak | Nie", "ngo")
    world.say("olga", "/ankieta Kultura? | Tak | Nie", "kultura")
    kultura = world.store(lambda store: next(one.id for one in store.rooms.audiences() if one.name))

    def questions(audience: str) -> tuple[list[str], str | None, str | None]:
        scene = world.store(lambda store: store.screens.scene(audience))
        ended = scene.ended.draft.question if scene.ended else None
        return [poll.draft.question for poll in scene.running], ended, scene.lang

    assert questions(DEFAULT) == (["Tu?"], None, None)
    assert questions(kultura) == (["Kultura?"], None, "uk")
    world.say("olga", "/zamknij", "kultura")
    assert questions(kultura) == ([], "Kultura?", "uk")
