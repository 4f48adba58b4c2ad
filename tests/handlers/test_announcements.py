"""Announcements before they go out: who may do what at which moment, bad input, a second person, a second thought."""

from datetime import timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.core.announcements import GIVEN, Announcement, Draft, Phase, Round, Terms
from bot.core.chats import ChatKind
from bot.core.events import WorkDone
from bot.core.files import FileRef
from bot.core.intents import At, Direct, Pin, Post, Retract, SendFile
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from handlers import routers
from storage import Store
from storage.announcement_tables import AnnouncementRow
from storage.outbox import Priority
from storage.tables import OutboxRow
from tests.handlers.world import Shown, World, elsewhere, ids, kinds

ZONE = ZoneInfo("Europe/Warsaw")
ROOMS = 3


def rooms(world: World, count: int = ROOMS) -> list[ChatRef]:
    def job(store: Store) -> list[ChatRef]:
        found = [ChatRef("telegram", f"-{number}") for number in range(count)]
        for chat in found:
            store.chats.seen(chat, ChatKind.ROOM, "pl", None, f"Grupa {chat.chat_id}")
            store.rooms.claim(chat, None)
        return found

    return world.store(job)


def grant(world: World, who: str, role: Role) -> None:
    def job(store: Store) -> None:
        person = store.people.of(AccountRef("telegram", who)).id
        store.people.revoke(person)
        if role > Role.MEMBER:
            store.people.grant(person, role)

    world.store(job)


def only(world: World) -> Announcement:
    def job(store: Store) -> Announcement:
        newest = select(AnnouncementRow.id).order_by(col(AnnouncementRow.number).desc())
        found = store.announcements.get(str(store.session.scalars(newest).first()))
        assert found
        return found

    return world.store(job)


def count(store: Store) -> int:
    return len(store.session.scalars(select(AnnouncementRow.id)).all())


def write(world: World, who: str = "olga", words: str = "Spotkanie jutro") -> Announcement:
    world.say(who, f"/ogloszenie {words}")
    return only(world)


def press(world: World, who: str, what: str, one: Announcement) -> list[Shown]:
    """What the press brings, without the bot's introduction behind it."""
    shown = world.press(who, f"announce.{what}:{one.id}")
    return [one for one in shown if "automatyczny asystent" not in one.text]


@pytest.fixture
def desk(world: World) -> World:
    """Three rooms; Olga is the owner, Piotr and Ewa moderate. More than two rooms need no second person yet."""
    rooms(world)
    grant(world, "piotr", Role.MODERATOR)
    grant(world, "ewa", Role.MODERATOR)
    return world


@pytest.fixture
def pairs(world: World, knowledge: object) -> World:
    """As `desk`, where more than two rooms need a second person."""
    found = elsewhere(world, routers=routers(knowledge, ZONE, announcing=Terms(ZONE, approval_above=2)))  # type: ignore[arg-type]
    rooms(found)
    grant(found, "piotr", Role.MODERATOR)
    grant(found, "ewa", Role.MODERATOR)
    return found


# --- who may do what, in which scope, at which moment: all of it, from the product's table ---

ROLES = {None: None, "guest": Role.MEMBER, **{role.name.lower(): role for role in Role if role >= Role.MEMBER}}
ALLOWED = {"moderator", "coordinator", "owner"}
SCOPES = ("all", "audience:default", "area:support", "network:telegram")
ACTS: dict[str, Phase] = {
    "send": Phase.DRAFT,
    "drop": Phase.DRAFT,
    "fix": Phase.DRAFT,
    "approve": Phase.WAITING,
    "refuse": Phase.WAITING,
    "undo": Phase.HELD,
    "retry": Phase.SENT,
    "words": Phase.SENT,
    "pull": Phase.SENT,
    "pulled": Phase.SENT,
}
MOMENTS = ("still", "demoted")
"""Demoted: the person lost the role between seeing the card and pressing."""


@pytest.mark.parametrize(("name", "act", "moment"), list(product(ROLES, ACTS, MOMENTS)))
def test_every_role_act_scope_and_moment(world: World, name: str | None, act: str, moment: str) -> None:
    rooms(world)
    for scope in SCOPES:
        check(world, name, act, scope, moment)


def check(world: World, name: str | None, act: str, scope: str, moment: str) -> None:
    who = name and f"p-{name}-{scope}"
    if who and (role := ROLES[name]):
        grant(world, who, role)

    def prepare(store: Store) -> Announcement:
        author = store.people.of(AccountRef("telegram", "olga")).id
        one = store.announcements.new(
            Draft(((GIVEN, "Treść"),), scope), author, ChatRef("telegram", "dm-olga"), [ChatRef("telegram", "-0")]
        )
        return store.announcements.change(one, ACTS[act], sender_id=author)

    one = world.store(prepare)
    if who and moment == "demoted":
        grant(world, who, Role.MEMBER)
    shown = press(world, who, act, one) if who else world.press(None, f"announce.{act}:{one.id}", "-0")
    after = world.store(lambda store: store.announcements.get(one.id))
    may = name in ALLOWED and moment == "still"
    if not may:
        assert [(one.kind, "moderują" in one.text) for one in shown] == [("alert", True)]
        assert after == one
    elif act in ("send", "drop", "approve", "refuse", "undo", "pulled"):
        assert after is not None
        assert after.phase is not one.phase
    else:
        assert not any("moderują" in one.text for one in shown)


@pytest.mark.parametrize(("name", "scope"), list(product(ROLES, ("all", "Matrix", "wszystkie"))))
def test_only_moderators_write_them(world: World, name: str | None, scope: str) -> None:
    rooms(world)
    who = name and f"p-{name}"
    if who and (role := ROLES[name]):
        grant(world, who, role)
    world.say(who, f"/ogloszenie do: {scope}\nTreść", None if who else "-0")
    written = world.store(lambda store: count(store))
    assert written == (1 if name in ALLOWED and scope != "Matrix" else 0)


@pytest.mark.parametrize("lost", ["sender", "approver"])
def test_who_lost_the_role_while_it_was_held_sends_nothing(pairs: World, lost: str) -> None:
    one = write(pairs, "piotr")
    press(pairs, "piotr", "send", one)
    press(pairs, "ewa", "approve", one)
    grant(pairs, {"sender": "piotr", "approver": "ewa"}[lost], Role.MEMBER)
    pairs.later(timedelta(seconds=30))
    intents = pairs.fire("announce.go", id=one.id)
    assert ids(intents) == ["announce-demoted"]
    assert only(pairs).phase is Phase.DROPPED


# --- bad input ---


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("x" * 20_000, "announce-long"),
        ("kiedy: 1.1.2025 10:00\nx", "when-past"),
        ("!!!", "announce-empty"),
        ("do: Atlantyda\nx", "announce-no-such-target"),
        ("do: Wielokulturowość\n", "announce-empty"),
        ("jak: cicho\nx", "announce-no-such-option"),
    ],
)
def test_each_bad_input_has_a_kind_word(desk: World, words: str, why: str) -> None:
    desk.say("olga", f"/ogloszenie {words}")
    assert ids(desk.intents)[0] == why
    assert desk.store(lambda store: count(store)) == 0


def test_a_target_with_no_room_is_told_at_once_and_again_when_it_has_none_any_more(world: World) -> None:
    world.say("olga", "/ogloszenie Spotkanie")
    assert ids(world.intents)[0] == "announce-no-rooms"
    chats = rooms(world)
    one = write(world)

    def close(store: Store) -> None:
        for chat in chats:
            store.chats.gone(chat)

    world.store(close)
    [alert] = press(world, "olga", "send", one)
    assert "Nie ma tam żadnej grupy" in alert.text


def test_the_moderators_room_is_listed_and_hears_no_announcement(desk: World) -> None:
    chats = rooms(desk)
    desk.store(lambda store: store.rooms.set_desk(chats[0], on=True))
    assert {chat.chat_id for chat in (copy.chat for copy in write(desk).copies)} == {"-1", "-2"}
    [listed] = desk.say("olga", "/czaty")
    assert listed.text.count("grupa moderatorów") == 1


def test_marks_and_mentions_of_a_hostile_text_or_room_name_stay_letters(world: World) -> None:
    hostile = "<b>@all</b> [x](tg://user?id=1) /zamknij"

    def job(store: Store) -> None:
        store.chats.seen(ChatRef("telegram", "-9"), ChatKind.ROOM, "pl", None, f"{hostile} \u202e")
        store.rooms.claim(ChatRef("telegram", "-9"), None)

    world.store(job)
    [card, *_] = world.say("olga", f"/ogloszenie {hostile}")
    assert "@all" not in card.text
    assert "/zamknij" not in card.text
    assert card.text.count("<b>") == 2
    assert "\u202e" not in card.text


def test_a_file_over_the_limit_or_one_that_is_none_is_refused_before_it_is_fetched(desk: World) -> None:
    desk.say("olga", "/ogloszenie Spotkanie", files=("sticker",))
    assert ids(desk.intents)[0] == "announce-file-unfit"
    assert not any(isinstance(x, Post) for x in desk.intents)


def test_two_moderators_press_at_once_and_it_is_sent_once(desk: World) -> None:
    one = write(desk)
    press(desk, "olga", "send", one)
    [late] = press(desk, "piotr", "send", one)
    assert "ktoś już to zrobił" in late.text
    desk.later(timedelta(seconds=30))
    assert len([x for x in desk.fire("announce.go", id=one.id) if isinstance(x, Post)]) == ROOMS
    assert desk.fire("announce.go", id=one.id) == []


def test_the_same_within_a_minute_is_asked_about(desk: World) -> None:
    press(desk, "olga", "send", write(desk))
    again = write(desk)
    shown = press(desk, "olga", "send", again)
    assert kinds(shown) == ["alert", "refresh"]
    assert "Wyślij mimo to" in shown[1].buttons
    assert only(desk).phase is Phase.DRAFT
    press(desk, "olga", "again", again)
    assert only(desk).phase is Phase.HELD
    desk.later(timedelta(minutes=2))
    later = write(desk)
    press(desk, "olga", "send", later)
    assert only(desk).phase is Phase.HELD


# --- held, undone, quiet hours ---


def test_it_is_held_for_half_a_minute_and_goes_back_to_a_draft(desk: World) -> None:
    one = write(desk)
    press(desk, "olga", "send", one)
    [timer] = [x for x in desk.intents if isinstance(x, At)]
    assert timer.when == desk.now + timedelta(seconds=30)
    assert not any(isinstance(x, Post) for x in desk.intents)
    press(desk, "piotr", "undo", one)
    assert only(desk).phase is Phase.DRAFT
    assert desk.fire("announce.go", id=one.id) == []


def test_late_after_an_outage_quiet_hours_hold_it_anew(desk: World) -> None:
    one = write(desk)
    press(desk, "olga", "send", one)
    desk.later(timedelta(hours=10))
    [timer] = [x for x in desk.fire("announce.go", id=one.id) if isinstance(x, At)]
    assert timer.when.astimezone(ZONE).strftime("%H:%M") == "08:00"
    urgent = write(desk, words="jak: pilne\nSpotkanie odwołane")
    press(desk, "olga", "send", urgent)
    desk.later(timedelta(seconds=30))
    assert any(isinstance(x, Post) for x in desk.fire("announce.go", id=urgent.id))


# --- a second person ---


def test_above_the_limit_another_moderator_approves_and_neither_author_nor_sender_can(pairs: World) -> None:
    one = write(pairs, "piotr")
    press(pairs, "olga", "send", one)
    asked = {x.person_id for x in pairs.intents if isinstance(x, Direct)}
    assert asked == {pairs.person("ewa")}
    for who in ("piotr", "olga"):
        [alert] = press(pairs, who, "approve", one)
        assert "druga osoba" in alert.text
    press(pairs, "ewa", "approve", one)
    assert only(pairs).phase is Phase.HELD
    assert only(pairs).approver == pairs.person("ewa")


def test_a_refusal_makes_it_a_draft_again(pairs: World) -> None:
    one = write(pairs, "piotr")
    press(pairs, "piotr", "send", one)
    press(pairs, "ewa", "refuse", one)
    assert only(pairs).phase is Phase.DRAFT


def test_where_nobody_else_moderates_that_is_told(pairs: World) -> None:
    for who in ("piotr", "ewa"):
        grant(pairs, who, Role.MEMBER)
    [alert] = press(pairs, "olga", "send", write(pairs))
    assert "a takiej nie ma" in alert.text


# --- out ---


def sent(world: World, words: str = "Spotkanie") -> Announcement:
    one = write(world, words=words)
    press(world, "olga", "send", one)
    world.later(timedelta(seconds=30))
    world.fire("announce.go", id=one.id)
    return only(world)


def test_it_goes_to_each_room_in_its_language_with_its_pin(desk: World) -> None:
    desk.store(lambda store: store.chats.speak(ChatRef("telegram", "-1"), "en"))
    one = sent(desk, "jak: przypnij\nSpotkanie\nen:\nMeeting")
    cards = [x for x in desk.intents if isinstance(x, Post)]
    assert {(x.chat.chat_id, x.lang) for x in cards} == {("-0", "pl"), ("-1", "en"), ("-2", "pl")}
    assert [x for x in desk.intents if isinstance(x, Pin)] == [Pin(CardRef("announcement", one.id))]


def test_a_number_of_readers_counts_each_person_once(desk: World) -> None:
    one = sent(desk, "jak: przeczytane\nSpotkanie")
    for who in ("anna", "anna", "jan"):
        press(desk, who, "read", one)
    assert desk.store(lambda store: store.announcements.readers.count(one.id)) == 2
    desk.later(timedelta(days=31))
    desk.store(
        lambda store: store.announcements.forget_old(
            drafts=desk.now, reads=desk.now, all_=desk.now - timedelta(days=365), limit=100
        )
    )
    assert desk.store(lambda store: store.announcements.readers.count(one.id)) == 2


def test_withdrawing_asks_once_more(desk: World) -> None:
    one = sent(desk)
    [ask] = press(desk, "olga", "pull", one)
    assert "wszędzie" in ask.text
    assert only(desk).phase is Phase.SENDING
    press(desk, "olga", "pulled", one)
    assert [x.card.kind for x in desk.intents if isinstance(x, Retract)] == ["announcement", "announcement-again"]
    assert (only(desk).phase, only(desk).round_kind) == (Phase.WITHDRAWN, Round.WITHDRAW)
    [late] = press(desk, "piotr", "pulled", one)
    assert "ktoś już to zrobił" in late.text


def test_a_file_is_fetched_before_it_can_be_sent_and_goes_behind_the_words(desk: World) -> None:
    ref = FileRef("plan.pdf", "telegram", "f1", 3, "application/pdf")

    one = write(desk)
    desk.store(lambda store: store.announcements.expect(one, ref.name, ref.mime))
    [wait] = press(desk, "olga", "send", one)
    assert "pobiera" in wait.text
    _done(desk, one, {"content": "YWJj"}, None)
    press(desk, "olga", "send", one)
    desk.later(timedelta(seconds=30))
    intents = desk.fire("announce.go", id=one.id)
    files = [x for x in intents if isinstance(x, SendFile)]
    assert len(files) == ROOMS
    assert files[0].ref == CardRef("announcement", one.id)
    content = desk.store(lambda store: store.announcements.file(one.id))
    assert content is not None
    assert (content.name, content.content) == ("plan.pdf", b"abc")


def test_a_file_that_can_not_be_had_is_told(desk: World) -> None:
    one = write(desk)
    desk.store(lambda store: store.announcements.expect(one, "plan.pdf", ""))
    intents = _done(desk, one, {}, "too-large")
    assert ids(intents) == ["announce-file-large"]
    [alert] = press(desk, "olga", "send", one)
    assert "nie udało się pobrać" in alert.text


def _done(world: World, one: Announcement, payload: dict[str, str], error: str | None) -> list[object]:
    event = WorkDone(
        key="work:1",
        at=world.now,
        name="announcement-file",
        id=f"announcement-file:{one.id}",
        payload=payload,
        error=error,
    )
    world._do(event, lambda ctx: world.routes.works["announcement-file"](event, ctx))
    return list(world.intents)


def settled(world: World, states: dict[str, tuple[str, str | None]]) -> None:
    """What the network said, by chat: the state of its row in the outbox and why."""

    def job(store: Store) -> None:
        for chat, (state, why) in states.items():
            store.session.execute(
                update(OutboxRow)
                .where(col(OutboxRow.chat_id) == chat, col(OutboxRow.state) == "pending")
                .values(state=state, why=why, done_at=world.now)
            )

    world.store(job)


def queued(world: World) -> None:
    """The intents that a timer returned go into the outbox, as the engine puts them there."""

    def job(store: Store) -> None:
        for intent in world.intents:
            if isinstance(intent, Post) and intent.chat.chat_id.startswith("-"):
                store.outbox.send(intent.chat, lang="pl", priority=Priority.BROADCAST, card=intent.card)

    world.store(job)


def look(world: World, one: Announcement) -> None:
    world.later(timedelta(seconds=5))
    world.fire("announce.look", id=one.id, round=one.round, done=0)  # type: ignore[arg-type]


def test_what_may_have_arrived_is_sent_once_more_with_its_number_and_reported(desk: World) -> None:
    one = sent(desk)
    queued(desk)
    settled(desk, {"-0": ("sent", None), "-1": ("uncertain", None), "-2": ("failed", "gone")})
    look(desk, one)
    [again] = [x for x in desk.intents if isinstance(x, Post)]
    assert (again.card, again.chat.chat_id) == (CardRef("announcement-again", one.id), "-1")
    body = desk.store(lambda store: desk.routes.show(store, again.card, again.chat))
    assert body is not None
    assert "ponownie" in (desk._body("card", body, "pl", "")).text
    queued(desk)
    look(desk, one)
    assert not any(isinstance(x, Post) for x in desk.intents)  # Once, and it still waits.
    settled(desk, {"-1": ("uncertain", None)})
    look(desk, one)
    [report] = [x for x in desk.intents if isinstance(x, Post)]
    shown = desk._shown(report, "pl", "")
    assert shown is not None
    assert "Dotarło: 1 z 3" in shown.text
    assert "Nie wiadomo, czy dotarło: 1" in shown.text
    assert "Bot nie może tam pisać: 1" in shown.text
    assert only(desk).phase is Phase.SENT


def test_failed_rooms_are_tried_again_where_there_is_hope(desk: World) -> None:
    one = sent(desk)
    queued(desk)
    settled(desk, {"-0": ("sent", None), "-1": ("failed", "refused"), "-2": ("failed", "gone")})
    desk.store(lambda store: store.chats.gone(ChatRef("telegram", "-2")))
    look(desk, one)
    press(desk, "piotr", "retry", one)
    assert [x.chat.chat_id for x in desk.intents if isinstance(x, Post)] == ["-1"]
    assert only(desk).phase is Phase.SENDING
    [late] = press(desk, "olga", "retry", one)
    assert "ktoś już to zrobił" in late.text
