"""One's own data: shown to nobody else, erased after a question, by whom it concerns or by an owner on request."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core.intents import At, Direct, Refresh, SendFile
from bot.core.people import Role
from bot.core.polls import Draft, Kind
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.retention import Retention, months_before
from bot.knowledge import Knowledge
from handlers import routers
from storage import Store, audit
from storage.personal import ERASED
from storage.tables import PersonRow
from tests.handlers.world import START, World, elsewhere, ids, kinds

ROOM = ChatRef("telegram", "room")


@pytest.fixture
def two_owners(world: World) -> World:
    """Olga is in the config; Wiktor is an owner by a code."""
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "wiktor")).id, Role.OWNER))
    return world


def vote(world: World, who: str, *, closed: bool = False) -> str:
    def job(store: Store) -> str:
        person = store.people.of(AccountRef("telegram", who)).id
        draft = Draft("Gdzie?", ("Tu", "Tam"), Kind.SINGLE, 1, 1, None)
        poll = store.polls.open(store.polls.draft(draft, None, ROOM, [ROOM]))
        store.polls.vote(poll.id, person, 1, ROOM)
        store.flush()
        if closed:
            store.polls.close(poll, None, store.now)
        return poll.id

    return world.store(job)


def counts(world: World, poll_id: str) -> tuple[int, ...]:
    def job(store: Store) -> tuple[int, ...]:
        poll = store.polls.get(poll_id)
        assert poll
        return tuple(store.polls.tally(poll).counts)

    return world.store(job)


def people(world: World) -> set[str]:
    return world.store(lambda store: set(store.session.scalars(select(PersonRow.id))))


def ask(world: World, who: str, words: str = "/usun_moje_dane") -> str:
    """The action of the button that erases."""
    return world.say(who, words)[0].actions[0]


# --- the file ---


def test_the_file_holds_what_is_kept_and_is_made_when_it_is_sent(world: World) -> None:
    world.say("anna", "/jezyk uk")
    vote(world, "anna")
    world.say("anna", "/moje_dane")
    [sent] = [intent for intent in world.intents if isinstance(intent, SendFile)]
    assert isinstance(sent.file, CardRef)
    assert (sent.chat, sent.person_id) == (None, None)
    make = world.routes.files[sent.file.kind]
    file = world.store(lambda store: make(store, sent.file.id, "pl"))  # type: ignore[union-attr]
    assert file
    assert (file.name, file.mime) == ("moje-dane.json", "application/json")
    told = json.loads(file.content)
    assert told["format"] == 1
    assert told["person"][0]["lang"] == "uk"
    assert told["accounts"][0]["user_id"] == "anna"
    assert told["votes"][0]["choices"] == [{"number": 1, "words": "Tu"}]
    world.press("anna", ask(world, "anna"))
    assert world.store(lambda store: make(store, sent.file.id, "pl")) is None  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["/moje_dane", "/my_data", "!мої_дані"])
def test_in_a_room_nobodys_data_is_shown(world: World, words: str) -> None:
    world.say("anna", words, "room")
    assert ids(world.intents) == ["my-data-room"]


# --- erasing ---


def test_it_is_said_what_goes_then_it_goes_and_the_same_account_is_somebody_new(world: World) -> None:
    old = world.person("anna")
    running, ended = vote(world, "anna"), vote(world, "anna", closed=True)
    shown = world.say("anna", "/usun_moje_dane")[0]
    assert "Głos w 1 trwającej" in shown.text
    assert [label.partition(". ")[2] or label for label in shown.buttons] == ["Usuń dane", "Nie usuwaj"]
    assert counts(world, running) == (1, 0), "nothing happens before it is confirmed"
    done = world.press("anna", shown.actions[0])
    assert kinds(done) == ["reply", "refresh"], "nobody is welcomed who just left"
    assert "Dane usunięte" in done[0].text
    assert Refresh(CardRef("poll", running)) in world.intents
    assert (counts(world, running), counts(world, ended)) == ((0, 0), (1, 0))
    assert old not in people(world)
    [act] = world.store(lambda store: list(audit.acts(store.session)))
    assert (act.person_id, act.act, act.subject) == (ERASED, "person-erased", ERASED)
    assert "welcome-after" in str(world.say("anna", "cześć") and world.intents)
    assert world.person("anna") != old
    world.say("anna", "cześć")
    assert "welcome-after" not in ids(world.intents)


def test_no_is_no(world: World) -> None:
    old = world.person("anna")
    shown = world.say("anna", "/usun_moje_dane")[0]
    assert world.press("anna", shown.actions[1])[0].text == "Nic nie zostało usunięte."
    assert world.person("anna") == old


def test_a_late_a_forged_and_somebody_elses_button_erase_nothing(world: World) -> None:
    old = world.person("anna")
    action = ask(world, "anna")
    assert "osoba, która prowadzi" in world.press("jan", action)[0].text
    assert kinds(world.press("anna", action, "room")) == ["alert"]
    for forged in (
        "erase",
        "erase:",
        "erase:%.1",
        f"erase:{old[:19]}.1",
        "erase:0.ffffffffff",
        action.replace(".", ""),
    ):
        assert kinds(world.press("anna", forged)) == ["alert"], forged
    world.later(timedelta(minutes=11))
    assert "nieaktualne" in world.press("anna", action)[0].text
    assert world.person("anna") == old


def test_pressed_twice_it_is_erased_once_and_the_second_press_erases_nobody(world: World) -> None:
    action = ask(world, "anna")
    world.press("anna", action)
    assert "nieaktualne" in world.press("anna", action)[0].text
    assert len(world.store(lambda store: list(audit.acts(store.session)))) == 1


def test_in_a_room_it_is_not_asked(world: World) -> None:
    world.say("anna", "/usun_moje_dane", "room")
    assert ids(world.intents) == ["erase-room"]
    world.say("anna", "/usun_moje_dane", "room", answers="jan")
    assert ids(world.intents) == ["erase-room"]


def test_the_last_owner_is_told_the_cure(world: World) -> None:
    alone = elsewhere(world, owners=frozenset())
    alone.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "wiktor")).id, Role.OWNER))
    shown = alone.say("wiktor", "/usun_moje_dane")[0]
    assert shown.actions == ()
    assert "obrady invite" in shown.text
    # Between the question and the answer the other owner may have gone.
    alone.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "ewa")).id, Role.OWNER))
    action = ask(alone, "wiktor")
    alone.press("ewa", ask(alone, "ewa"))
    alone.press("wiktor", action)
    assert ids(alone.intents) == ["erase-last-owner"]
    assert alone.store(lambda store: store.people.with_role(Role.OWNER)) == [alone.person("wiktor")]


def test_an_owner_of_the_config_would_come_back(two_owners: World) -> None:
    two_owners.say("olga", "/usun_moje_dane")
    assert ids(two_owners.intents)[0] == "erase-in-config"
    two_owners.press("wiktor", ask(two_owners, "wiktor"))
    assert ids(two_owners.intents)[0] == "erase-done"


def test_both_sides_of_linked_accounts_are_told(world: World) -> None:
    matrix = elsewhere(world, platform="matrix")
    code = next(word for word in world.say("anna", "/polacz")[0].text.split() if "-" in word and len(word) == 7)
    matrix.say("@anna:x", code)
    done = matrix.press("@anna:x", ask(matrix, "@anna:x"))
    assert [(shown.kind, shown.to) for shown in done] == [("reply", "dm-@anna:x"), ("reply", "dm-anna")]
    assert world.person("anna") != matrix.person("@anna:x"), "two people again"


# --- by an owner ---


@pytest.mark.parametrize("address", ["telegram:anna", " telegram:anna "])
def test_an_owner_erases_on_request_by_account(world: World, address: str) -> None:
    old = world.person("anna")
    world.say("anna", "cześć")
    shown = world.say("olga", f"/usun_moje_dane {address}")[0]
    assert "tej osoby" in shown.text
    done = world.press("olga", shown.actions[0])
    assert [(one.kind, one.to) for one in done][:2] == [("reply", "dm-olga"), ("reply", "dm-anna")]
    assert old not in people(world)
    [act] = world.store(lambda store: list(audit.acts(store.session)))
    assert (act.person_id, act.act, act.subject) == (world.person("olga"), "person-erased", ERASED)
    assert old not in act.detail


def test_an_owner_erases_on_request_by_reply_and_is_asked_aside(world: World) -> None:
    old = world.person("anna")
    world.say("olga", "/usun_moje_dane", "room", answers="anna")
    assert ids(world.intents)[0] == "erase-asked-aside"
    [direct] = [intent for intent in world.intents if isinstance(intent, Direct)]
    assert direct.person_id == world.person("olga")
    world.press("olga", direct.body.buttons[0].action)
    assert old not in people(world)


@pytest.mark.parametrize("answers", ["", "nobody-yet"])
def test_whoever_is_not_known_is_not_made_by_it(world: World, answers: str) -> None:
    world.person("olga")
    before = people(world)
    world.say("olga", "/usun_moje_dane", "room", answers=answers)
    assert ids(world.intents) == ["erase-no-author"]
    for words in ("telegram:nobody-yet", "anna", "@anna", "telegram:"):
        world.say("olga", f"/usun_moje_dane {words}")
        assert ids(world.intents)[0] == "erase-no-account"
    assert people(world) == before


def test_others_are_erased_by_owners_alone(world: World) -> None:
    world.person("anna")
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "jan")).id, Role.COORDINATOR))
    world.say("jan", "/usun_moje_dane telegram:anna")
    assert ids(world.intents)[0] == "erase-others-owners"
    action = ask(world, "olga", "/usun_moje_dane telegram:anna")
    assert kinds(world.press("jan", action)) == ["alert"]
    assert world.person("anna") in people(world)


# --- how long ---


def test_privacy_says_the_periods_of_the_config(world: World) -> None:
    keep = Retention(votes_months=3, audit_months=1, questions_days=5, offers_hours=2, posts_days=8, parked_hours=25)
    other = elsewhere(world, routers=routers(Knowledge.from_documents([]), keep=keep))
    told = other.say("anna", "/prywatnosc")[0].text
    for words in ("3 miesiące", "1 miesiąc.", "5 dni", "2 godziny", "8 dni", "25 godzin"):
        assert words in told
    assert "/moje_dane" in told
    assert "/usun_moje_dane" in told


def test_moderators_are_told_once_a_fortnight_before_and_then_the_voters_are_forgotten(world: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "jan")).id, Role.MODERATOR))
    first = vote(world, "anna", closed=True)
    world.later(timedelta(days=10))
    second = vote(world, "anna", closed=True)
    world.later(timedelta(days=300))
    vote(world, "anna")

    def told() -> list[Direct]:
        return [intent for intent in world.fire("housekeeping") if isinstance(intent, Direct)]

    def voted() -> list[str]:
        person = world.person("anna")
        return [one["poll"] for one in world.store(lambda store: store.personal(person))["votes"]]

    assert told() == []
    world.now = START + timedelta(days=352)
    sent = told()
    assert {direct.person_id for direct in sent} == {world.person("jan"), world.person("olga")}
    assert dict(sent[0].body.blocks[0].text.args)["polls"] == 2  # type: ignore[union-attr]
    assert told() == []
    world.now = START + timedelta(days=365, hours=23)
    assert told() == []
    assert len(voted()) == 3, "not before a fortnight has gone by"
    world.now = START + timedelta(days=366, hours=1)
    assert told() == []
    assert len(voted()) == 2
    world.now = START + timedelta(days=376)
    assert told() == []
    assert len(voted()) == 1
    assert (counts(world, first), counts(world, second)) == ((1, 0), (1, 0))
    acts = world.store(lambda store: [(act.person_id, act.act) for act in audit.acts(store.session)])
    assert acts == [(None, "votes-forgotten")] * 2


def test_a_shorter_period_forgets_nothing_before_it_was_told(world: World) -> None:
    other = elsewhere(world, routers=routers(Knowledge.from_documents([]), keep=Retention(votes_months=1)))
    person = world.person("anna")
    vote(other, "anna", closed=True)
    other.later(timedelta(days=200))
    assert any(isinstance(intent, Direct) for intent in other.fire("housekeeping"))
    assert len(other.store(lambda store: store.personal(person))["votes"]) == 1
    other.later(timedelta(days=14, minutes=1))
    other.fire("housekeeping")
    assert other.store(lambda store: store.personal(person))["votes"] == []


def test_acts_go_when_their_time_is_over(world: World) -> None:
    world.store(lambda store: store.audit.note(None, "poll-closed", "p"))
    world.now = START + timedelta(days=3 * 365)
    world.fire("housekeeping")
    assert len(world.store(lambda store: list(audit.acts(store.session)))) == 1
    world.later(timedelta(days=2))
    assert world.fire("housekeeping")[-1] == At(world.now + timedelta(hours=1), "housekeeping", key="housekeeping")
    assert world.store(lambda store: list(audit.acts(store.session))) == []


def test_months_are_the_calendars() -> None:
    assert months_before(START.replace(month=3, day=31), 1) == START.replace(month=2, day=28)
    assert months_before(START.replace(month=1, day=15), 12) == START.replace(year=2025, month=1, day=15)
    assert months_before(START.replace(month=12, day=31), 1) == START.replace(month=11, day=30)
