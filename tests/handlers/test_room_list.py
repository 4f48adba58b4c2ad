"""The list of rooms: who sees it, what it says of each, pages, moving, putting aside and taking back."""

import re

import pytest

from bot.core.chats import ChatKind
from bot.core.intents import Post, Refresh
from bot.core.people import Role
from bot.core.places import Standing
from bot.core.refs import CardRef, ChatRef
from storage import Store
from storage.audit import acts
from storage.rooms import RoomState
from tests.handlers.test_announcements import grant, only
from tests.handlers.world import MATRIX, Shown, World, elsewhere, ids, kinds

HOSTILE = "<b>@all</b> /zamknij \u202e[x](tg://user?id=1)"


def claim(world: World, chat_id: str, name: str = "", platform: str = "telegram") -> str:
    def job(store: Store) -> str:
        chat = ChatRef(platform, chat_id)
        store.chats.seen(chat, ChatKind.ROOM, "pl", None, name)
        store.rooms.claim(chat, None)
        room = store.rooms.get(chat)
        assert room
        return room.id

    return world.store(job)


@pytest.fixture
def desk(world: World) -> World:
    """Marek moderates."""
    grant(world, "marek", Role.MODERATOR)
    world.say("marek", "cześć")
    return world


def lines(shown: Shown) -> list[str]:
    return [line for line in shown.text.split("\n") if line.startswith("•")]


def the_list(world: World, who: str = "marek") -> Shown:
    return world.say(who, "/czaty")[0]


def press(world: World, action: str, who: str = "marek", room: str | None = None) -> list[Shown]:
    return [one for one in world.press(who, action, room) if "automatyczny asystent" not in one.text]


def state(world: World, room: str) -> RoomState:
    found = world.store(lambda store: store.rooms.by_id(room))
    assert found
    return found.state


# --- who ---


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.MODERATOR, Role.OWNER])
def test_only_who_moderates_sees_it(world: World, role: Role | None) -> None:
    claim(world, "-1", "Grupa A")
    who = "olga" if role is Role.OWNER else "ktos"
    if role and role is not Role.OWNER:
        grant(world, who, role)
    shown = the_list(world, who)
    assert ("Grupa A" in shown.text) == (role is not None)


BUTTONS = ("rooms.page:0", "rooms.one:{id}", "move:{id}.default", "rooms.archive:{id}", "rooms.restore:{id}")


@pytest.mark.parametrize("action", BUTTONS)
def test_others_buttons_do_nothing_nor_do_buttons_in_a_room(desk: World, action: str) -> None:
    room = claim(desk, "-1", "Grupa A")
    for who, where in (("anna", None), ("marek", "-1"), (None, "-1")):
        shown = desk.press(who, action.format(id=room), where)
        assert kinds(shown)[0] == "alert"
        assert "Grupa A" not in shown[0].text
    grant(desk, "marek", Role.MEMBER)
    assert kinds(press(desk, action.format(id=room))) == ["alert"], "demoted between seeing and pressing"
    assert state(desk, room) is RoomState.CLAIMED


@pytest.mark.parametrize(
    "action",
    [
        "rooms.one:", "rooms.one:zzz", "rooms.archive:", "rooms.archive:%", "rooms.restore:zzz", "move:", "move:zzz",
        "move:{id}", "move:{id}.zzz", "move:{id}.default.default", "move:.default", "move:\u0661.default",
    ],
)  # fmt: skip
def test_forged_buttons_say_that_there_is_no_such_room(desk: World, action: str) -> None:
    room = claim(desk, "-1", "Grupa A")
    shown = press(desk, action.format(id=room))
    assert kinds(shown) == ["alert"]
    assert "już nie ma" in shown[0].text


@pytest.mark.parametrize("page", ["", "x", "-1", "99999", "²", "9" * 30])
def test_forged_pages_are_a_page(desk: World, page: str) -> None:
    claim(desk, "-1", "Grupa A")
    [shown] = press(desk, f"rooms.page:{page}")
    assert "Grupa A" in shown.text


# --- what it says ---


def test_without_a_room_it_says_how_to_get_one(desk: World) -> None:
    the_list(desk)
    assert ids(desk.intents) == ["rooms-none"]


def test_in_a_room_it_is_that_rooms_settings_or_the_way_to_the_list(desk: World) -> None:
    desk.say("marek", "/czaty", "ngo")
    [card] = [x for x in desk.intents if isinstance(x, Post)]
    assert (card.card.kind, card.chat.chat_id) == ("room", "ngo")


def test_each_room_has_its_line_with_network_audience_areas_and_language(desk: World) -> None:
    claim(desk, "-1", "Grupa A")
    other = claim(desk, "!m", "Grupa M", "matrix")

    def job(store: Store) -> None:
        chat = ChatRef("matrix", "!m")
        store.rooms.move_to(chat, "Kultura")
        store.chats.speak(chat, "uk")
        store.rooms.set_area(chat, store.areas.all()[0].id, on=True)

    desk.store(job)
    first, second = lines(the_list(desk))
    assert first == "• Grupa A · Telegram · działa · krąg: domyślny · obszary: wszystkie · Polski"
    assert re.fullmatch(r"• Grupa M · Matrix · działa · krąg: „Kultura” · obszary: \w.+ · Українська", second)
    assert press(desk, f"rooms.one:{other}")[0].text.startswith(second)


def test_names_stay_letters_and_a_room_without_a_name_has_its_id(desk: World) -> None:
    room = claim(desk, "-1", HOSTILE)
    claim(desk, "-2")
    shown = the_list(desk)
    for text in (shown.text, *shown.buttons, press(desk, f"rooms.one:{room}")[0].text):
        assert "@all" not in text
        assert "/zamknij" not in text
        assert "\u202e" not in text
    assert any("grupa -2" in line for line in lines(shown))
    matrix = elsewhere(desk, capabilities=MATRIX, platform="telegram")
    assert "@all" not in the_list(matrix).text


def test_pages_have_each_room_once_and_lead_to_each_other(desk: World) -> None:
    for number in range(19):
        claim(desk, f"-{number}", f"Grupa {number:02}")
    found: list[str] = []
    shown = the_list(desk)
    assert "Grupy: 19." in shown.text
    assert not any("Poprzednia" in label for label in shown.buttons)
    for page in range(3):
        assert f"Strona {page + 1} z 3" in shown.text
        found += lines(shown)
        forward = [action for action, label in zip(shown.actions, shown.buttons, strict=True) if "Następna" in label]
        assert forward == ([f"rooms.page:{page + 1}"] if page < 2 else [])
        if forward:
            [shown] = press(desk, forward[0])
    assert [line.split(" · ")[0] for line in found] == [f"• Grupa {number:02}" for number in range(19)]
    [back] = press(desk, next(a for a, b in zip(shown.actions, shown.buttons, strict=True) if "Poprzednia" in b))
    assert "Strona 2 z 3" in back.text


# --- moving ---


def test_a_room_is_moved_and_its_card_changes(desk: World) -> None:
    room = claim(desk, "-1", "Grupa A")
    claim(desk, "-2", "Grupa B")
    desk.store(lambda store: store.rooms.move_to(ChatRef("telegram", "-2"), "Kultura"))
    [shown] = press(desk, f"rooms.one:{room}")
    [there] = [action for action in shown.actions if action.startswith("move:")]
    assert press(desk, there)[0].text == "Zapisano. Grupa jest teraz w kręgu: „Kultura”."
    assert Refresh(CardRef("room", room)) in desk.intents
    assert desk.store(lambda store: store.rooms.by_id(room).audience.name) == "Kultura"  # type: ignore[union-attr]
    assert all("Kultura" in line for line in lines(the_list(desk)))
    assert "room-moved" in desk.store(lambda store: [one.act for one in acts(store.session)])


# --- lost, moved, recovered ---


def states(world: World) -> dict[str, str]:
    return {line.split(" · ")[0].removeprefix("• "): line.split(" · ")[2] for line in lines(the_list(world))}


def test_lost_rights_and_a_kick_are_shown_and_recovered(desk: World) -> None:
    chat = ChatRef("telegram", "-1")
    claim(desk, "-1", "Grupa A")
    desk.store(lambda store: store.chats.gone(chat))
    assert states(desk) == {"Grupa A": "bot nie ma prawa pisać"}
    desk.join("obcy", "-1")  # How networks tell that a right was given back.
    assert states(desk) == {"Grupa A": "działa"}
    desk.store(lambda store: store.chats.gone(chat))
    desk.store(lambda store: store.rooms.left(chat))
    assert states(desk) == {"Grupa A": "bot został usunięty"}
    desk.join("marek", "-1")
    assert states(desk) == {"Grupa A": "czeka na przyjęcie"}
    desk.press("marek", "room.claim", "-1")
    assert states(desk) == {"Grupa A": "działa"}


def test_a_room_that_a_stranger_brings_the_bot_back_to_is_not_claimed(desk: World) -> None:
    desk.say("olga", "/grupa_moderatorow", "desk-room")
    claim(desk, "-1", "Grupa A")
    desk.store(lambda store: store.rooms.left(ChatRef("telegram", "-1")))
    desk.join("obcy", "-1")
    assert states(desk)["Grupa A"] == "czeka na przyjęcie"


@pytest.mark.parametrize("platform", ["telegram", "matrix"])
def test_a_group_that_migrates_or_a_room_that_is_upgraded_stays_one_line_with_all_that_was_set(
    desk: World, platform: str
) -> None:
    old, new = ChatRef(platform, "old"), ChatRef(platform, "new")
    room = claim(desk, "old", "Grupa A", platform)
    desk.store(lambda store: store.rooms.move_to(old, "Kultura"))
    desk.store(lambda store: store.chats.speak(old, "en"))
    [before] = lines(the_list(desk))
    desk.store(lambda store: store.move(old, new))
    assert lines(the_list(desk)) == [before]
    place = desk.store(lambda store: store.rooms.place(room))
    assert place is not None
    assert (place.chat, place.standing) == (new, Standing.ACTIVE)
    desk.store(lambda store: store.chats.gone(old))  # The network says of the old one that the bot is out.
    desk.store(lambda store: store.rooms.left(old))
    assert lines(the_list(desk)) == [before]


# --- the archive ---


def test_an_archived_room_hears_nothing_and_is_taken_back_as_it_was(desk: World) -> None:
    chat = ChatRef("telegram", "-1")
    room = claim(desk, "-1", "Grupa A")
    claim(desk, "-2", "Grupa B")
    [shown] = press(desk, f"rooms.one:{room}")
    assert shown.actions[0] == f"rooms.archive:{room}"
    assert press(desk, shown.actions[0])[0].text.startswith("Zapisano: grupa jest w archiwum")
    assert Refresh(CardRef("room", room)) in desk.intents
    assert states(desk) == {"Grupa B": "działa", "Grupa A": "w archiwum"}, "archived ones come last"
    assert desk.store(lambda store: [one.chat_id for one in store.rooms.rooms_of("default")]) == ["-2"]
    assert desk.store(lambda store: store.rooms.audience_of(chat)) == [chat]
    desk.say("olga", "/ogloszenie Spotkanie")
    assert "Grupa A" not in desk._shown(desk.intents[0], "pl", "").text  # type: ignore[union-attr]
    [again] = press(desk, shown.actions[0])
    assert (again.kind, "już w archiwum" in again.text) == ("alert", True)

    [shown] = press(desk, f"rooms.one:{room}")
    assert shown.actions[0] == f"rooms.restore:{room}"
    assert "przywrócona" in press(desk, shown.actions[0])[0].text
    assert state(desk, room) is RoomState.CLAIMED
    [late] = press(desk, shown.actions[0])
    assert (late.kind, "nie ma w archiwum" in late.text) == ("alert", True)
    assert desk.store(lambda store: [one.act for one in acts(store.session)])[-2:] == ["room-archived", "room-restored"]


def test_who_speaks_there_takes_it_not_back_but_the_rooms_own_button_does(desk: World) -> None:
    room = claim(desk, "-1", "Grupa A")
    press(desk, f"rooms.archive:{room}")
    [card, *_] = desk.say("marek", "/czaty", "-1")
    assert "w archiwum" in card.text
    assert state(desk, room) is RoomState.ARCHIVED
    assert card.actions[0] == "room.claim"
    desk.press("marek", "room.claim", "-1")
    assert state(desk, room) is RoomState.CLAIMED


def test_a_room_that_was_lost_may_be_archived_and_waits_at_the_desk_no_more(desk: World) -> None:
    room = claim(desk, "-1", "Grupa A")
    desk.store(lambda store: store.rooms.left(ChatRef("telegram", "-1")))
    desk.store(lambda store: store.desk.open(CardRef("room-lost", room)))
    press(desk, f"rooms.archive:{room}")
    assert Refresh(CardRef("room-lost", room)) in desk.intents
    assert desk.store(lambda store: store.desk.waiting()) == []
    assert states(desk) == {"Grupa A": "w archiwum"}
    desk.join("obcy", "-1")
    assert states(desk) == {"Grupa A": "w archiwum"}, "whoever brings the bot back changes nothing"
    press(desk, f"rooms.restore:{room}")
    assert state(desk, room) is RoomState.OFFERED, "it has to be claimed anew"


def test_the_moderators_room_is_not_put_aside(desk: World) -> None:
    desk.say("olga", "/grupa_moderatorow", "desk-room")
    room = desk.store(lambda store: store.rooms.get(ChatRef("telegram", "desk-room")).id)  # type: ignore[union-attr]
    [shown] = press(desk, f"rooms.one:{room}")
    assert not any(action.startswith("rooms.archive") for action in shown.actions)
    assert kinds(press(desk, f"rooms.archive:{room}")) == ["alert"]
    assert state(desk, room) is RoomState.DESK


def test_what_is_archived_while_an_announcement_is_held_does_not_get_it(desk: World) -> None:
    rooms = [claim(desk, f"-{number}", f"Grupa {number}") for number in range(3)]
    desk.say("olga", "/ogloszenie Spotkanie")
    one = only(desk)
    desk.press("olga", f"announce.send:{one.id}")
    press(desk, f"rooms.archive:{rooms[1]}")
    sent = [x.chat.chat_id for x in desk.fire("announce.go", id=one.id) if isinstance(x, Post)]
    assert sent == ["-0", "-2"]
    deliveries = desk.store(lambda store: store.announcements.deliveries(only(desk)).outcomes())
    assert deliveries[ChatRef("telegram", "-1")] == "stopped"
