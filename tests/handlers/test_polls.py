"""Opening, taking back, closing: who may, what is shown where, what is refused and how."""

from datetime import timedelta

import pytest

from bot.core.intents import At, Cancel, Post
from bot.core.people import Role
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.audit import acts
from storage.rooms import PollsBy
from tests.handlers.world import Shown, World, ids, kinds

ROOM, OTHER = "ngo", "dwa"
HOW = ("/ankieta", "/ankiety", "/wyniki", "/pomoc")


def claim(world: World, *rooms: str) -> None:
    for room in rooms:
        world.say("olga", "/czaty", room)
        world.store(lambda store, room=room: store.rooms.claim(ChatRef(world.platform, room), None))


def opened(world: World, words: str = "Czy idziemy? | Tak | Nie", who: str = "olga", room: str = ROOM) -> str:
    """Open a poll; its id."""
    shown = world.say(who, f"/ankieta {words}", room)
    assert kinds(shown)[-1] == "card", shown
    [poll] = {intent.card.id for intent in world.intents if isinstance(intent, Post) and intent.card.kind == "poll"}
    return poll


def card(world: World, poll: str, room: str = ROOM) -> str:
    body = world.store(lambda store: world.routes.show(store, CardRef("poll", poll), ChatRef(world.platform, room)))
    assert body is not None
    return str(body.blocks)


def text_of(shown: list[Shown]) -> str:
    return "\n".join(one.text for one in shown)


def test_one_line_opens_it_in_every_room_of_the_audience(world: World) -> None:
    claim(world, ROOM, OTHER)
    here, there, back = world.say("olga", "/ankieta Czy idziemy? | Tak | Nie", ROOM)
    assert (here.to, there.to) == (ROOM, OTHER)
    assert here.text == there.text
    lines = here.text.splitlines()
    assert lines[0] == "Ankieta: Czy idziemy?"
    assert lines[2:4] == ["1. Tak", "2. Nie"]
    assert "Jawna" in here.text
    assert here.buttons == ("1. Tak", "2. Nie")
    assert "w 2 grupach" in back.text
    assert back.buttons == ("Tylko tu", "Cofnij")
    [timer] = [intent for intent in world.intents if isinstance(intent, At)]
    assert timer.when == world.now + timedelta(seconds=60)


def test_actions_are_short(world: World) -> None:
    shown = world.say("olga", "/ankieta Co? |" + "|".join(map(str, range(12))), ROOM)
    assert all(action.isascii() and len(action) <= 40 for one in shown for action in one.actions)


def test_each_room_is_told_in_its_language(world: World) -> None:
    claim(world, ROOM, OTHER)
    world.store(lambda store: store.chats.speak(ChatRef(world.platform, OTHER), "uk"))
    here, there, _ = world.say("olga", "/ankieta Czy idziemy?", ROOM)
    assert here.buttons == ("1. Tak", "2. Nie", "3. Wstrzymuję się")
    assert there.buttons == ("1. Так", "2. Ні", "3. Утримуюся")


def test_a_question_alone_offers_the_areas(world: World) -> None:
    shown = world.say("olga", "/ankieta O czym rozmawiamy?", ROOM)[0]
    assert any("Wielokulturowość" in button for button in shown.buttons)


def test_words_of_people_are_no_markup_and_no_mention(world: World) -> None:
    shown = world.say("olga", "/ankieta <b>Kto</b> @all? | <cmd:help> \u202etxt | @jan /start", ROOM)[0]
    assert "<b>Kto</\u2060b> @\u2060all?" in shown.text
    assert "\u202e" not in shown.text
    assert shown.buttons[0] == "1. <cmd:help> txt"
    assert "/start" not in shown.buttons[1]


def test_in_a_room_moderators_open_unless_it_lets_everybody(world: World) -> None:
    claim(world, ROOM)
    assert "Poproś" in text_of(world.say("anna", "/ankieta Czy idziemy?", ROOM))
    world.store(lambda store: store.rooms.set_polls(ChatRef(world.platform, ROOM), PollsBy.EVERYBODY))
    assert world.say("anna", "/ankieta Czy idziemy?", ROOM)[0].kind == "card"
    assert ids(world.intents) == []
    world.say(None, "/ankieta Czy idziemy?", ROOM)
    assert ids(world.intents) == ["poll-anonymous"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "poll-how"),
        ("tajna wielokrotna na organizacje Co? | a | b", "poll-secret-too-much"),
        ("kworum 1/2 Czy idziemy?", "poll-entitled-unknown"),
        ("kworum 0 Czy idziemy?", "poll-quorum-wrong"),
        ("próg 5 Czy idziemy?", "poll-threshold-wrong"),
        ("obszar Kosmos Czy idziemy?", "poll-no-such-area"),
        ("Pytanie? | jedna", "poll-few-options"),
        ("Pytanie? |" + "|".join(map(str, range(20))), "poll-many-options"),
        ("Pytanie? | Tak | tak", "poll-same-options"),
        ("x" * 4000, "poll-question-long"),
        ("do 99:99 Czy?", "poll-until-wrong"),
    ],
)
def test_what_makes_no_poll_opens_nothing_and_says_how(world: World, words: str, said: str) -> None:
    shown = world.say("olga", f"/ankieta {words}", ROOM)
    assert ids(world.intents) == [said]
    assert "/ankieta" in text_of(shown)
    assert world.store(lambda store: store.polls.running()) == []


def test_in_a_direct_chat_members_are_told_where_and_moderators_see_it_first(world: World) -> None:
    world.say("anna", "/ankieta Czy idziemy?")
    assert ids(world.intents)[0] == "poll-direct"
    world.say("olga", "/ankieta Czy idziemy?")
    assert ids(world.intents)[0] == "poll-no-rooms"
    claim(world, ROOM, OTHER)
    preview = world.say("olga", "/ankieta Czy idziemy?")[0]
    assert preview.buttons == ("Otwórz", "Popraw", "Usuń")
    assert "Telegram: 2" in preview.text
    assert world.store(lambda store: store.polls.running()) == []
    toast, changed, *cards = world.press("olga", preview.actions[0])
    assert toast.text == "Ankieta otwarta."
    assert changed.buttons == ("Popraw",)
    assert [one.to for one in cards if one.text.startswith("Ankieta:")] == ["dwa", "ngo"]
    assert len(world.store(lambda store: store.polls.running())) == 1
    assert world.press("olga", preview.actions[0])[0].kind == "alert"
    assert world.press("olga", preview.actions[2])[0].kind == "alert"


def test_a_draft_that_is_dropped_is_no_poll(world: World) -> None:
    claim(world, ROOM)
    preview = world.say("olga", "/ankieta Czy idziemy?")[0]
    assert world.press("anna", preview.actions[2])[0].kind == "alert"
    assert world.press("olga", preview.actions[2])[0].text == "Szkic jest usunięty."
    assert world.press("olga", preview.actions[0])[0].kind == "alert"
    assert world.store(lambda store: store.polls.running()) == []


def test_the_opener_alone_takes_it_back_and_only_for_a_minute(world: World) -> None:
    claim(world, ROOM, OTHER)
    poll = opened(world)
    world.store(lambda store: store.people.grant(store.people.of(AccountRef("telegram", "ewa")).id, Role.MODERATOR))
    assert "tylko osoba, która otworzyła" in text_of(world.press("ewa", f"poll.undo:{poll}", ROOM))
    world.later(timedelta(seconds=60))
    assert "Czas na cofnięcie minął" in text_of(world.press("olga", f"poll.undo:{poll}", ROOM))
    assert "Czas na cofnięcie minął" in text_of(world.press("olga", f"poll.only:{poll}", ROOM))
    second = opened(world)
    shown = world.press("olga", f"poll.undo:{second}", ROOM)
    assert shown[0].text == "Ankieta wycofana."
    assert "Ankieta wycofana" in shown[1].text
    assert any(isinstance(intent, Cancel) for intent in world.intents)
    assert text_of(world.press("anna", f"vote:{second}:1", ROOM)).startswith("Ta ankieta jest wycofana")


def test_only_here_takes_it_from_the_other_rooms_with_the_votes_there(world: World) -> None:
    claim(world, ROOM, OTHER)
    poll = opened(world)
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.press("jan", f"vote:{poll}:1", OTHER)
    shown = world.press("olga", f"poll.only:{poll}", ROOM)
    assert shown[0].text == "Ankieta jest teraz tylko w tej grupie."
    assert "poll-elsewhere" in card(world, poll, OTHER)
    assert "poll-elsewhere" not in card(world, poll, ROOM)
    assert world.store(lambda store: store.polls.tally(store.polls.get(poll)).voters) == 1
    assert "nie ma w tej grupie" in text_of(world.press("jan", f"vote:{poll}:1", OTHER))


def test_the_minute_over_the_buttons_go(world: World) -> None:
    claim(world, ROOM, OTHER)
    poll = opened(world)
    world.later(timedelta(seconds=60))
    assert len(world.fire("poll.refresh", kind="poll-opened", id=poll)) == 1
    shown = world.store(lambda store: world.routes.show(store, CardRef("poll-opened", poll), ChatRef("telegram", ROOM)))
    assert shown is not None
    assert shown.buttons == ()


def test_closing_publishes_everywhere_and_ten_seconds_take_it_back(world: World) -> None:
    claim(world, ROOM, OTHER)
    poll = opened(world)
    world.press("anna", f"vote:{poll}:1", ROOM)
    assert "Ankietę zamyka" in text_of(world.say("anna", "/zamknij", ROOM))
    shown = world.say("olga", "/zamknij", ROOM)
    results = [one for one in shown if one.kind == "card" and one.text.startswith("Wynik ankiety")]
    assert [one.to for one in results] == [ROOM, OTHER]
    assert results[0].text == results[1].text
    assert results[0].text.index("1. Tak: 1 (100%)") < results[0].text.index("█")
    shut = next(one for one in shown if one.buttons == ("Cofnij",))
    assert "zakończona" in text_of(shown)
    assert world.press("anna", shut.actions[0], ROOM)[0].kind == "alert"
    world.later(timedelta(seconds=9))
    again = world.press("olga", shut.actions[0], ROOM)
    assert again[0].text == "Zamknięcie cofnięto: ankieta trwa dalej."
    assert any("ten wynik się nie liczy" in one.text for one in again)
    assert world.press("jan", f"vote:{poll}:2", ROOM)[0].text.startswith("Zapisano")
    world.say("olga", "/zamknij", ROOM)
    world.later(timedelta(seconds=10))
    assert world.press("olga", f"poll.reopen:{poll}.2", ROOM)[0].kind == "alert"
    assert world.press("olga", f"poll.reopen:{poll}.1", ROOM)[0].kind == "alert"


def test_the_clock_closes_with_a_grace(world: World) -> None:
    poll = opened(world, "do 18:00 Czy idziemy?")  # It is 13:00.
    closes = world.now + timedelta(hours=5)
    assert At(closes, "poll.time", f"poll:{poll}", {"poll": poll}) in world.intents
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.now = closes
    assert world.fire("poll.time", poll=poll)[0] == At(
        closes + timedelta(seconds=30), "poll.time", f"poll:{poll}", {"poll": poll}
    )
    assert "poll-closing" in card(world, poll)
    world.later(timedelta(seconds=29))
    assert "tuż po czasie" in text_of(world.press("jan", f"vote:{poll}:2", ROOM))
    world.later(timedelta(seconds=1))
    late = world.press("ewa", f"vote:{poll}:2", ROOM)
    assert late[0].text.startswith("Ankieta zamknięta: 18:00. Ten głos nie został policzony.")
    intents = world.fire("poll.time", poll=poll)
    assert [intent.card.kind for intent in intents if isinstance(intent, Post)] == ["poll-result"]
    assert world.store(lambda store: store.polls.get(poll)).closed_at == closes
    assert world.fire("poll.time", poll=poll) == []


def test_a_timer_that_is_late_closes_at_once(world: World) -> None:
    poll = opened(world, "do 18:00 Czy idziemy?")
    world.later(timedelta(hours=7))
    assert world.press("ewa", f"vote:{poll}:2", ROOM)[0].kind == "alert"
    world.fire("poll.time", poll=poll)
    assert world.store(lambda store: store.polls.running()) == []


def test_of_several_it_asks_which_and_of_none_it_says_so(world: World) -> None:
    for end in ("/zamknij", "/wycofaj"):
        world.say("olga", end, ROOM)
        assert ids(world.intents) == ["poll-none-running"]
    first, second = opened(world, "Pierwsza? | a | b"), opened(world, "Druga? | a | b")
    asked = world.say("olga", "/zamknij", ROOM)[0]
    assert asked.buttons == ("Pierwsza?", "Druga?")
    world.press("olga", asked.actions[1], ROOM)
    assert [poll.id for poll in world.store(lambda store: store.polls.running())] == [first]
    assert world.press("anna", f"poll.close:{first}", ROOM)[0].kind == "alert"
    assert world.press("olga", f"poll.close:{second}", ROOM)[0].kind == "alert"
    world.say("olga", "/wycofaj", ROOM, reply=CardRef("poll", first))
    assert world.store(lambda store: store.polls.running()) == []
    assert world.say("olga", "/wyniki", ROOM, reply=CardRef("poll", first))[0].text.startswith("Ankieta wycofana")


def test_results_and_the_list(world: World) -> None:
    world.say("anna", "/wyniki", ROOM)
    assert ids(world.intents) == ["poll-none"]
    world.say("anna", "/ankiety", ROOM)
    assert ids(world.intents) == ["poll-none"]
    poll = opened(world, "do 18:00 Czy idziemy?")
    assert "Nikt nie zagłosował" in text_of(world.say("anna", "/wyniki", ROOM))
    world.press("anna", f"vote:{poll}:3", ROOM)
    assert "na razie" in text_of(world.say("anna", "/wyniki", ROOM))
    assert "Czy idziemy? (do 18:00, głosujących: 1)" in text_of(world.say("anna", "/ankiety", ROOM))
    world.say("olga", "/zamknij", ROOM)
    assert "3. Wstrzymuję się: 1 (100%)" in text_of(world.say("anna", "/wyniki"))
    assert "Zakończone:" in text_of(world.say("anna", "/ankiety"))
    assert ids(world.intents)[-1] != "poll-none"


@pytest.mark.parametrize(
    "action",
    ["poll.only:", "poll.undo:x", "poll.start:0", "poll.drop:0", "poll.close:0", "poll.withdraw:-", "poll.reopen:0.1"],
)
def test_forged_buttons_do_nothing(world: World, action: str) -> None:
    shown = world.press("anna", action, ROOM)
    assert kinds(shown)[0] == "alert"
    assert any(command in shown[0].text for command in HOW)


def test_acts_are_noted_without_votes(world: World) -> None:
    poll = opened(world)
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "/zamknij", ROOM)
    noted = world.store(lambda store: [(row.act, row.subject) for row in acts(store.session)])
    assert ("poll-opened", poll) in noted
    assert ("poll-closed", poll) in noted
    assert not any("vote" in act for act, _ in noted)
