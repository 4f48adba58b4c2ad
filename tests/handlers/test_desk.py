"""The desk: a moderators' room gets what needs a human, and each thing is handled once however many press."""

from datetime import timedelta

import pytest

from bot.core.intents import Direct, Post, Refresh
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.audit import acts
from storage.rooms import RoomState
from tests.handlers.world import World, elsewhere, kinds

DESK = "desk-room"


def grant(world: World, who: str, role: Role) -> str:
    def job(store):  # type: ignore[no-untyped-def]
        person = store.people.of(AccountRef(world.platform, who)).id
        store.people.grant(person, role)
        return person

    return str(world.store(job))


@pytest.fixture
def desk(world: World) -> World:
    """Olga made a room the moderators'; Marek moderates."""
    grant(world, "marek", Role.MODERATOR)
    world.say("olga", "/pokoj_moderatorow", DESK)
    return world


def cards(world: World) -> list[Post]:
    return [intent for intent in world.intents if isinstance(intent, Post) and intent.chat.chat_id == DESK]


def noted(world: World) -> list[str]:
    return world.store(lambda store: [one.act for one in acts(store.session)])


def test_only_coordinators_make_a_moderators_room(world: World) -> None:
    grant(world, "marek", Role.MODERATOR)
    assert "desk" not in kinds(world.say("marek", "/pokoj_moderatorow", DESK))
    assert world.store(lambda store: store.rooms.desks()) == []
    grant(world, "ewa", Role.COORDINATOR)
    made = world.say("ewa", "!pokój_moderatorów", DESK)
    assert "grupa moderatorów" in made[0].text
    assert [chat.chat_id for chat, _ in world.store(lambda store: store.rooms.desks())] == [DESK]
    assert "moderators-room" in noted(world)
    assert "już" in world.say("ewa", "/pokoj_moderatorow", DESK)[0].text
    assert "Napisz tam" in world.say("ewa", "/pokoj_moderatorow")[0].text


def test_it_becomes_an_ordinary_room_again(desk: World) -> None:
    [alert] = desk.press("marek", "desk.off", DESK)
    assert alert.kind == "alert"
    toast, card = desk.press("olga", "desk.off", DESK)
    assert (toast.kind, card.kind) == ("toast", "refresh")
    assert kinds(desk.press("olga", "desk.off", DESK)) == ["toast"]
    assert desk.store(lambda store: store.rooms.desks()) == []


def test_it_hears_no_audience_and_stays_claimed_when_moderators_speak_there(desk: World) -> None:
    desk.say("olga", "/krag", "ngo")
    desk.say("marek", "/sprawy", DESK)
    rooms = desk.store(lambda store: store.rooms.rooms_of("default"))
    assert [room.chat_id for room in rooms] == ["ngo"]
    desk.say("olga", "/ankieta Idziemy?", "ngo")
    assert cards(desk) == []


def test_a_membership_is_one_card_there_and_nothing_in_direct_chats(desk: World) -> None:
    desk.say("anna", "/organizacja Fundacja Przykład")
    [card] = cards(desk)
    assert not any(isinstance(intent, Direct) for intent in desk.intents)
    shown = desk._body("card", desk.store(lambda store: desk.routes.show(store, card.card, card.chat)), "pl", "")  # type: ignore[arg-type]
    desk.press("marek", shown.actions[0], DESK)
    assert Refresh(card.card) in desk.intents
    [late] = desk.press("olga", shown.actions[3], DESK)
    assert (late.kind, "już zamknięta" in late.text) == ("toast", True)
    assert "Nic nie czeka" in desk.say("marek", "/sprawy")[0].text


def test_who_was_demoted_meanwhile_is_refused_at_the_press(desk: World) -> None:
    desk.say("anna", "/organizacja Fundacja Przykład")
    action = f"org.yes:{cards(desk)[0].card.id}:member"
    desk.store(lambda store: store.people.revoke(store.people.of(AccountRef("telegram", "marek")).id))
    [alert] = desk.press("marek", action, DESK)
    assert alert.kind == "alert"
    assert "membership-confirmed" not in noted(desk)


def test_a_request_that_is_taken_back_waits_no_more(desk: World) -> None:
    desk.say("anna", "/organizacja Fundacja Przykład")
    card = cards(desk)[0].card
    desk.press("anna", f"org.leave:{card.id}")
    assert Refresh(card) in desk.intents
    assert desk.store(lambda store: store.desk.waiting()) == []


def test_a_room_that_a_stranger_brought_the_bot_to_is_claimed_from_the_desk_once(desk: World) -> None:
    desk.join("obcy", "nowy")
    assert desk.join("obcy", "nowy") == [], "the network repeats itself"
    card = CardRef("room-waiting", desk.store(lambda store: store.rooms.by_id(_room_id(store)).id))
    assert desk.store(lambda store: store.desk.waiting()) == [card]
    assert desk.press("anna", f"desk.room:{card.id}", DESK)[0].kind == "alert"
    toast, greeting, refreshed = desk.press("marek", f"desk.room:{card.id}", DESK)
    assert (toast.kind, greeting.kind, greeting.to, refreshed.kind) == ("toast", "card", "nowy", "refresh")
    assert "przyjęta" in refreshed.text
    [late] = desk.press("olga", f"desk.leave:{card.id}", DESK)
    assert "już załatwione" in late.text
    assert noted(desk).count("room-claimed") == 2  # the desk itself, and this one


def _room_id(store) -> str:  # type: ignore[no-untyped-def]
    return str(store.rooms.get(ChatRef("telegram", "nowy")).id)


def test_a_moderator_who_speaks_there_settles_it(desk: World) -> None:
    desk.join("obcy", "nowy")
    desk.say("marek", "/krag", "nowy")
    assert desk.store(lambda store: store.desk.waiting()) == []


def test_without_a_moderators_room_a_stranger_is_met_with_silence_as_before(world: World) -> None:
    assert world.join("obcy", "nowy") == []
    assert world.store(lambda store: store.desk.waiting()) == []


def test_a_room_left_alone_stays_unclaimed(desk: World) -> None:
    desk.join("obcy", "nowy")
    id_ = desk.store(_room_id)
    toast, card = desk.press("marek", f"desk.leave:{id_}", DESK)
    assert (toast.kind, card.actions) == ("toast", ())
    assert desk.store(lambda store: store.rooms.by_id(id_)).state is RoomState.OFFERED


def test_what_waits_is_listed_for_moderators_where_no_member_reads_it(desk: World) -> None:
    for number in range(7):
        desk.say(f"m{number}", "/organizacja Fundacja Przykład")
    shown = desk.say("marek", "/sprawy")
    assert "7 spraw" in shown[0].text
    assert kinds(shown[1:6]) == ["card"] * 5
    assert "card" not in kinds(shown[6:])
    assert kinds(desk.say("marek", "/sprawy", DESK)) == ["reply", *["card"] * 5]
    assert kinds(desk.say("marek", "/sprawy", "ngo")) == ["reply"]
    assert kinds(desk.say("anna", "/sprawy"))[0] == "reply"
    assert "card" not in kinds(desk.say("anna", "/sprawy"))


def test_a_room_made_the_desk_later_gets_what_waits(world: World) -> None:
    grant(world, "marek", Role.MODERATOR)
    world.say("anna", "/organizacja Fundacja Przykład")
    assert sum(isinstance(intent, Direct) for intent in world.intents) == 2
    world.say("olga", "/pokoj_moderatorow", DESK)
    assert [post.card.kind for post in cards(world)] == ["membership"]


def test_a_thrown_out_bot_falls_back_to_direct_chats(desk: World) -> None:
    desk.store(lambda store: store.rooms.left(store.rooms.desks()[0][0]))
    desk.say("anna", "/organizacja Fundacja Przykład")
    assert cards(desk) == []
    assert sum(isinstance(intent, Direct) for intent in desk.intents) == 2


def test_handled_things_are_forgotten_and_waiting_ones_stay(desk: World) -> None:
    desk.join("obcy", "nowy")
    desk.say("anna", "/organizacja Fundacja Przykład")
    desk.press("marek", f"desk.leave:{desk.store(_room_id)}", DESK)
    desk.later(timedelta(days=31))
    desk.fire("housekeeping")
    assert [card.kind for card in desk.store(lambda store: store.desk.waiting())] == ["membership"]
    assert desk.store(lambda store: store.desk.forget(desk.now, 10)) == 0


@pytest.mark.parametrize(
    "action", ["desk.room:", "desk.room:zzz", "desk.leave:%", "late.report:zzz:1", "late.membership"]
)
def test_forged_presses_do_nothing(desk: World, action: str) -> None:
    if action == "late.membership":
        action = "late.membership::"
    assert kinds(desk.press("marek", action, DESK))[0] in {"alert", "toast"}
    assert kinds(desk.press("obcy", action, DESK)) == ["alert"]


def test_the_desk_may_be_on_the_other_network(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", owners=frozenset({AccountRef("matrix", "@ola")}))
    matrix.say("@ola", "!pokój_moderatorów", DESK)
    world.say("anna", "/organizacja Fundacja Przykład")
    [card] = cards(world)
    assert card.chat.platform == "matrix"
