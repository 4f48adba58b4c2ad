"""Announcements at the desk: a second person is asked there, and rooms that could not be reached wait there."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from bot.core.announcements import Announcement, Phase, Terms
from bot.core.content import Body
from bot.core.intents import Direct, Post, Refresh
from bot.core.people import Role
from bot.core.refs import CardRef, ChatRef
from handlers import routers
from storage import Store
from storage.audit import acts
from storage.tables import OutboxRow
from tests.handlers.test_announcements import (
    ZONE,
    grant,
    look,
    only,
    press,
    queued,
    rooms,
    settled,
    write,
)
from tests.handlers.world import Shown, World, elsewhere, kinds

DESK = "desk-room"


@pytest.fixture
def desk(world: World, knowledge: object) -> World:
    """Three rooms and a moderators' room; Olga is the owner, Piotr and Ewa moderate. Three rooms need a second one."""
    found = elsewhere(world, routers=routers(knowledge, ZONE, announcing=Terms(ZONE, approval_above=2)))  # type: ignore[arg-type]
    rooms(found)
    for who in ("piotr", "ewa"):
        grant(found, who, Role.MODERATOR)
    found.say("olga", "/grupa_moderatorow", DESK)
    return found


def posted(world: World) -> list[Post]:
    return [x for x in world.intents if isinstance(x, Post) and x.chat.chat_id == DESK]


def seen(world: World, card: CardRef, chat: str = DESK) -> Shown:
    body = world.store(lambda store: world.routes.show(store, card, ChatRef("telegram", chat)))
    assert isinstance(body, Body)
    return world._body("card", body, "pl", chat)


def waiting(world: World) -> list[CardRef]:
    return world.store(lambda store: store.desk.waiting())


def asked(world: World) -> tuple[Announcement, CardRef]:
    one = write(world, "piotr", "jak: przypnij\nSpotkanie")
    press(world, "piotr", "send", one)
    [card] = posted(world)
    return one, card.card


# --- approvals ---


def test_the_request_goes_to_the_moderators_room_and_not_to_direct_chats(desk: World) -> None:
    one, card = asked(desk)
    assert not any(isinstance(x, Direct) for x in desk.intents)
    shown = seen(desk, card)
    assert shown.actions == (f"announce.approve:{one.id}", f"announce.refuse:{one.id}")
    for word in ("Spotkanie", "3 grup", "wszystkie grupy", "Przypięte"):
        assert word in shown.text
    assert waiting(desk) == [card]
    head, listed, *_ = desk.say("ewa", "/sprawy")
    assert "1 sprawa" in head.text
    assert listed.actions == shown.actions


def test_it_is_approved_once_however_many_press_and_the_card_says_so(desk: World) -> None:
    one, card = asked(desk)
    for who in ("piotr", "anna"):
        [alert] = [x for x in desk.press(who, f"announce.approve:{one.id}", DESK) if x.kind == "alert"]
        assert "osob" in alert.text
        assert waiting(desk) == [card]
    desk.press("ewa", f"announce.approve:{one.id}", DESK)
    assert Refresh(card) in desk.intents
    assert (only(desk).phase, only(desk).approver) == (Phase.HELD, desk.person("ewa"))
    assert waiting(desk) == []
    shown = seen(desk, card)
    assert ("jest zgoda" in shown.text, shown.actions) == (True, ())
    for act in ("approve", "refuse"):
        late = desk.press("olga", f"announce.{act}:{one.id}", DESK)
        assert "ktoś już to zrobił" in late[0].text
    assert desk.press("ewa", f"late.{card.kind}:{card.id}:7", DESK)[0].text.startswith("To jest już załatwione")


def test_a_refusal_ends_it_and_a_new_request_is_asked_anew(desk: World) -> None:
    one, card = asked(desk)
    desk.press("ewa", f"announce.refuse:{one.id}", DESK)
    assert "nie ma zgody" in seen(desk, card).text
    assert waiting(desk) == []
    press(desk, "piotr", "send", one)
    assert [x.card for x in posted(desk)] == [card]
    assert seen(desk, card).actions
    assert waiting(desk) == [card]


def test_who_sent_it_takes_the_request_back(desk: World) -> None:
    one, card = asked(desk)
    press(desk, "piotr", "undo", one)
    assert Refresh(card) in desk.intents
    assert "wycofana" in seen(desk, card).text
    assert waiting(desk) == []


def test_without_a_moderators_room_each_moderator_is_asked_and_all_their_cards_change(desk: World) -> None:
    desk.press("olga", "desk.off", DESK)
    one = write(desk, "piotr")
    press(desk, "piotr", "send", one)
    asked = [x for x in desk.intents if isinstance(x, Direct)]
    assert {x.person_id for x in asked} == {desk.person("ewa"), desk.person("olga")}
    card = CardRef("announcement-approve", one.id)
    assert {x.body for x in asked} == {card}
    press(desk, "olga", "approve", one)
    assert Refresh(card) in desk.intents


def test_a_request_that_is_forgotten_waits_no_more(desk: World) -> None:
    one, _ = asked(desk)
    desk.later(timedelta(days=100))
    desk.fire("housekeeping")
    assert desk.store(lambda store: store.announcements.get(one.id)) is None
    assert waiting(desk) == []


# --- rooms that were not reached ---


def failing(world: World, why: str = "refused") -> tuple[Announcement, CardRef]:
    """One of three rooms has it, one has not, one threw the bot out."""
    one = write(world, words="Spotkanie")
    press(world, "olga", "send", one)
    press(world, "ewa", "approve", one)
    world.later(timedelta(seconds=30))
    world.fire("announce.go", id=one.id)
    queued(world)
    world.store(lambda store: store.chats.gone(ChatRef("telegram", "-2")))
    world.store(lambda store: store.rooms.left(ChatRef("telegram", "-2")))
    settled(world, {"-0": ("sent", None), "-1": ("failed", why)})
    look(world, only(world))
    return only(world), CardRef("announcement-failed", f"{one.id}.send")


def test_a_card_at_the_desk_names_the_rooms_and_their_reasons(desk: World) -> None:
    one, card = failing(desk)
    assert [x.card for x in posted(desk)] == [card]
    shown = seen(desk, card)
    for word in ("w 2 grupach z 3", "Grupa -1", "sieć odmówiła", "Grupa -2", "bot został usunięty z grupy"):
        assert word in shown.text
    assert "Grupa -0" not in shown.text
    assert shown.actions == (f"announce.retry:{one.id}", f"announce.left:{one.id}.send")
    assert "Grupa -1" not in seen(desk, card, "-0").text, "no names of rooms in another room"
    assert card in waiting(desk)


def test_trying_again_handles_it_and_a_new_failure_brings_it_back(desk: World) -> None:
    one, card = failing(desk)
    desk.press("ewa", f"announce.retry:{one.id}", DESK)
    assert Refresh(card) in desk.intents
    assert [x.chat.chat_id for x in desk.intents if isinstance(x, Post)] == ["-1"]
    assert "próbuje jeszcze raz" in seen(desk, card).text
    assert card not in waiting(desk)
    assert "ktoś już to zrobił" in desk.press("olga", f"announce.retry:{one.id}", DESK)[0].text
    queued(desk)
    settled(desk, {"-1": ("failed", "refused")})
    look(desk, only(desk))
    assert [x.card for x in posted(desk)] == [card]
    assert "Grupa -1" in seen(desk, card).text
    desk.press("ewa", f"announce.retry:{one.id}", DESK)
    queued(desk)
    desk.store(lambda store: store.rooms.offer(ChatRef("telegram", "-2")))
    settled(desk, {"-1": ("sent", None)})
    look(desk, only(desk))
    assert card in waiting(desk), "one room is still without it"


def test_it_can_be_left_as_it_is_once_and_by_moderators_alone(desk: World) -> None:
    one, card = failing(desk)
    action = f"announce.left:{one.id}.send"
    assert kinds(desk.press("anna", action, DESK))[0] == "alert"
    assert card in waiting(desk)
    desk.press("ewa", action, DESK)
    assert "załatwiona" in seen(desk, card).text
    assert "już załatwione" in desk.press("olga", action, DESK)[0].text
    assert desk.store(lambda store: [x.act for x in acts(store.session)]).count("announcement-left") == 1


@pytest.mark.parametrize("action", ["announce.left:", "announce.left:zzz.send", "announce.left:zzz"])
def test_forged_presses_do_nothing(desk: World, action: str) -> None:
    assert kinds(desk.press("ewa", action, DESK))[0] == "toast"
    assert kinds(desk.press("anna", action, DESK))[0] == "alert"


def test_what_is_corrected_meanwhile_still_shows_where_it_never_arrived(desk: World) -> None:
    one, card = failing(desk)
    desk.say("olga", "/popraw_ogloszenie Spotkanie w piątek")
    assert only(desk).round_kind == "edit"
    assert "Grupa -1" in seen(desk, card).text
    press(desk, "olga", "pulled", one)
    assert Refresh(card) in desk.intents
    assert "nowsza zmiana" in seen(desk, card).text


def test_a_withdrawal_that_failed_names_the_rooms_while_they_are_known(desk: World) -> None:
    one = write(desk)
    press(desk, "olga", "send", one)
    press(desk, "ewa", "approve", one)
    desk.later(timedelta(seconds=30))
    desk.fire("announce.go", id=one.id)
    queued(desk)
    settled(desk, {f"-{n}": ("sent", None) for n in range(3)})
    look(desk, only(desk))
    press(desk, "olga", "pulled", one)

    def refuse(store: Store) -> None:
        store.outbox.flush()
        for chat, state in (("-0", "sent"), ("-1", "failed"), ("-2", "sent")):
            row = {"op": "delete", "ref": f"announcement:{one.id}", "state": state, "why": None}
            example = store.session.scalars(select(OutboxRow).where(col(OutboxRow.chat_id) == chat)).first()
            assert example
            values = example.model_dump() | row | {"id": f"d{chat}", "card_kind": None, "card_id": None}
            values |= {"seq": example.seq + 1000, "created_at": store.now, "why": "gone" if state == "failed" else None}
            store.session.add(OutboxRow(**values))

    desk.store(refuse)
    look(desk, only(desk))
    card = CardRef("announcement-failed", f"{one.id}.withdraw")
    assert [x.card for x in posted(desk)] == [card]
    shown = seen(desk, card)
    assert "nie jest wszędzie wycofane" in shown.text
    assert "Grupa -1" in shown.text
    assert "Grupa -0" not in shown.text
    assert shown.actions == (f"announce.left:{one.id}.withdraw",), "what is withdrawn is not sent again"
    desk.store(lambda store: store.session.execute(delete(OutboxRow)))
    assert "nie wszędzie się udało" in seen(desk, card).text


def test_without_a_moderators_room_it_is_on_the_list_beside_the_report(desk: World) -> None:
    desk.press("olga", "desk.off", DESK)
    one, _ = failing(desk)
    assert [x.card.kind for x in desk.intents if isinstance(x, Post)] == ["announcement-report"]
    assert not any(isinstance(x, Direct) for x in desk.intents)
    shown = desk.say("ewa", "/sprawy")
    assert any(f"announce.retry:{one.id}" in x.actions for x in shown)


def test_where_all_went_well_nothing_waits(desk: World) -> None:
    one = write(desk)
    press(desk, "olga", "send", one)
    press(desk, "ewa", "approve", one)
    desk.later(timedelta(seconds=30))
    desk.fire("announce.go", id=one.id)
    queued(desk)
    settled(desk, {f"-{n}": ("sent", None) for n in range(3)})
    look(desk, only(desk))
    assert only(desk).phase is Phase.SENT
    assert waiting(desk) == []
