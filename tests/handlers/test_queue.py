"""Questions for people: joined, withdrawn, answered once to all who want to know, marked as a person's answer."""

from datetime import timedelta

import pytest

from bot.core.intents import Direct, Post
from bot.core.people import Role
from bot.core.queue import key_of
from bot.core.refs import CardRef
from storage.audit import acts
from storage.question_queue import CARD, DESK_CARD
from tests.handlers.test_desk import grant
from tests.handlers.world import World, elsewhere, ids, kinds

ASKED = "Kiedy będą nowe lokale?"


def forward(world: World, who: str = "anna", words: str = ASKED, room: str | None = None) -> str:
    """Put a question forward; its id."""
    world.say(who, f"/na_spotkanie {words}", room)
    return next(intent.card.id for intent in world.intents if isinstance(intent, Post) and intent.card.kind == CARD)


def directs(world: World) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for intent in world.intents:
        if isinstance(intent, Direct):
            found.setdefault(intent.person_id, []).extend(ids([intent]) if not isinstance(intent.body, CardRef) else [])
    return found


@pytest.mark.parametrize(
    "same", ["kiedy BĘDĄ nowe lokale", "Kiedy beda nowe lokale???", "Dzień dobry, kiedy będą  nowe lokale? Dziękuję!"]
)
def test_questions_that_ask_the_same_are_one(same: str) -> None:
    assert key_of(same) == key_of(ASKED)


def test_different_questions_stay_apart() -> None:
    assert key_of("Kiedy będą lokale?") != key_of(ASKED)
    assert key_of("???") == "???"


def test_one_answer_reaches_all_who_want_it_once_with_their_question_above(world: World) -> None:
    grant(world, "marek", Role.MODERATOR)
    id_ = forward(world, room="ngo")
    assert forward(world, "jan", "kiedy beda nowe LOKALE") == id_
    toast, card, desk = world.press("ewa", f"queue.up:{id_}", "ngo")
    assert (toast.kind, card.kind, desk.kind) == ("toast", "refresh", "refresh")
    assert "3 osoby" in card.text
    assert "już" in world.press("ewa", f"queue.up:{id_}", "ngo")[0].text

    told = world.say("marek", "Od stycznia 2027.", reply=CardRef(DESK_CARD, id_))
    answers = [one for one in told if one.kind == "direct"]
    assert {one.to for one in answers} == {world.person(who) for who in ("anna", "jan", "ewa")}
    for one in answers:
        assert one.text.index("nie program") < one.text.index(f"> {ASKED}") < one.text.index("> Od stycznia 2027.")
        assert "marek" not in one.text
    assert "do 3 osób" in told[0].text
    late = world.say("olga", "W lutym.", reply=CardRef(DESK_CARD, id_))[0]
    assert "już załatwione" in late.text
    assert directs(world) == {}
    noted = world.store(lambda store: [(one.act, one.detail) for one in acts(store.session)])
    assert noted == [("question-answered", '{"people": 3}')]


def test_a_passed_on_question_joins_the_one_that_waits_and_is_answered_with_it(world: World) -> None:
    world.press("anna", world.say("anna", "/pytanie Czy jutro pada deszcz?")[0].actions[0])
    world.press("jan", world.say("jan", "/pytanie czy jutro pada DESZCZ", "ngo")[0].actions[0], "ngo")
    assert directs(world) == {}, "the owner has it already"
    [one] = world.store(lambda store: store.queue.open_ones(10))
    assert one.people == 2
    world.say("olga", "Tak.", reply=CardRef(DESK_CARD, one.id))
    assert directs(world).keys() == {world.person("anna"), world.person("jan")}


def test_only_who_moderates_at_that_moment_answers(world: World) -> None:
    marek = grant(world, "marek", Role.MODERATOR)
    id_ = forward(world)
    world.store(lambda store: store.people.revoke(marek))
    assert ids(_said(world, "marek", "Tak.", id_))[:1] == ["queue-answer-moderators"]
    assert ids(_said(world, "anna", "Tak.", id_))[:1] == ["queue-answer-moderators"]
    assert ids(_said(world, "olga", " ", id_))[:1] == ["queue-answer-words"]
    assert ids(_said(world, "olga", "x" * 2_001, id_))[:1] == ["queue-answer-long"]
    assert world.store(lambda store: store.queue.get(id_)).open


def _said(world: World, who: str, words: str, id_: str) -> list[object]:
    world.say(who, words, reply=CardRef(DESK_CARD, id_))
    return world.intents  # type: ignore[return-value]


def test_markup_in_an_answer_is_shown_to_the_letter(world: World) -> None:
    id_ = forward(world, words="<b>Kiedy</b> @all?")
    told = world.say("olga", "<b>jutro</b> { $x } /pomoc", reply=CardRef(DESK_CARD, id_))
    assert any("<b>jutro</\u2060b> { $x } /\u2060pomoc" in one.text for one in told if one.kind == "direct")


def test_the_list_shows_what_most_want_to_know_first_and_joins_by_number(world: World) -> None:
    first, second = forward(world, "anna", "Pierwsze?"), forward(world, "jan", "Drugie?")
    world.press("ewa", f"queue.up:{second}")
    [shown] = world.say("ewa", "/pytania")
    assert shown.text.index("1. Drugie?") < shown.text.index("2. Pierwsze?")
    assert shown.actions == (f"queue.up:{second}", f"queue.up:{first}")
    assert "to jest lista" in world.say("ewa", "/pytania Kiedy?")[0].text.lower()


@pytest.mark.parametrize("name", ["/pytania", "!questions", "!список_запитань"])
def test_the_list_is_no_question(world: World, name: str) -> None:
    world.say("anna", name)
    assert ids(world.intents)[0] == "queue-none"


def test_a_thumb_up_joins_and_taking_it_off_takes_nothing_back(world: World) -> None:
    id_ = forward(world, room="ngo")
    assert kinds(world.react("jan", "👍", CardRef(CARD, id_), "ngo")) == ["refresh", "refresh"]
    assert world.react("jan", "😡", CardRef(CARD, id_), "ngo") == []
    assert world.store(lambda store: store.queue.get(id_)).people == 2


def test_only_ones_own_question_is_withdrawn_and_others_who_asked_keep_it(world: World) -> None:
    id_ = forward(world)
    forward(world, "jan")
    assert world.press("ewa", f"queue.off:{id_}")[0].kind == "alert"
    listed = world.say("anna", "/pytania")
    assert listed[1].actions == (f"queue.off:{id_}",)
    assert kinds(world.press("anna", f"queue.off:{id_}"))[0] == "toast"
    assert world.store(lambda store: store.queue.get(id_)).people == 1
    assert world.press("anna", f"queue.off:{id_}")[0].kind == "alert"
    world.press("jan", f"queue.off:{id_}")
    gone = world.store(lambda store: store.queue.get(id_))
    assert (gone.open, gone.words, gone.people) == (False, "", 0)
    assert world.store(lambda store: store.desk.waiting()) == []
    assert world.press("ewa", f"queue.up:{id_}")[0].kind == "alert"


def test_who_asked_is_told_when_it_is_closed_without_an_answer(world: World) -> None:
    id_ = forward(world)
    for action in (f"queue.drop:{id_}", f"queue.dropped:{id_}"):
        assert world.press("anna", action)[0].kind == "alert"
    [asking, *_] = world.press("olga", f"queue.drop:{id_}")
    assert asking.actions == (f"queue.dropped:{id_}",)
    assert "1 osoba" in asking.text, "a number alone may have been the answer"
    assert world.store(lambda store: store.queue.get(id_)).open
    toast, told, *_ = world.press("olga", f"queue.dropped:{id_}")
    assert (toast.kind, told.kind, told.to) == ("toast", "direct", world.person("anna"))
    for action in (f"queue.drop:{id_}", f"queue.dropped:{id_}"):
        assert "już załatwione" in world.press("olga", action)[0].text
    late = world.say("olga", "Jednak tak.", reply=CardRef(DESK_CARD, id_))[0]
    assert "już załatwione" in late.text


def test_whom_the_answer_does_not_reach_is_counted_for_moderators(world: World) -> None:
    id_ = forward(world)
    world.say("olga", "Tak.", reply=CardRef(DESK_CARD, id_))
    [answer] = (intent for intent in world.intents if isinstance(intent, Direct))
    [card] = world.fail(answer)
    assert "nie udało się powiadomić" in card.text


def test_one_person_asks_five_things_at_most(world: World) -> None:
    for number in range(5):
        forward(world, words=f"Pytanie numer {number}?")
    world.say("anna", "/na_spotkanie Jeszcze jedno?")
    assert ids(world.intents) == ["queue-too-many"]


@pytest.mark.parametrize(
    ("words", "said"), [("", "queue-how"), ("?!", "queue-how"), ("x" * 1_001, "question-too-long")]
)
def test_what_is_no_question_is_told_so(world: World, words: str, said: str) -> None:
    world.say("anna", f"/na_spotkanie {words}", "ngo")
    assert ids(world.intents) == [said]
    world.say(None, f"/na_spotkanie {ASKED}", "ngo")
    assert ids(world.intents) == ["queue-anonymous"]


def test_questions_and_answers_are_kept_thirty_days(world: World) -> None:
    id_ = forward(world)
    world.later(timedelta(days=29))
    world.fire("housekeeping")
    assert world.store(lambda store: store.queue.get(id_))
    world.later(timedelta(days=2))
    world.fire("housekeeping")
    assert world.store(lambda store: store.queue.get(id_)) is None
    assert world.store(lambda store: store.desk.waiting()) == []


def test_two_accounts_that_become_one_want_it_once(world: World) -> None:
    id_ = forward(world)
    matrix = elsewhere(world, platform="matrix")
    matrix.press("@anna", f"queue.up:{id_}")
    old, new = world.person("anna"), matrix.person("@anna")
    world.store(lambda store: store.merge(old, new))
    one = world.store(lambda store: store.queue.withdraw(id_, new))
    assert one is not None, "who asked it may withdraw it, by whichever account"


def test_what_was_asked_goes_with_its_asker_unless_another_asked_it(world: World) -> None:
    alone, shared = forward(world, words="Tylko moje?"), forward(world)
    forward(world, "jan")
    person = world.person("anna")
    world.store(lambda store: store.erase(person))
    assert world.store(lambda store: store.queue.get(alone)) is None
    assert world.store(lambda store: store.queue.get(shared)).people == 1


# --- /co_nowego ---


def test_what_is_new_is_told_once_and_then_nothing_is(world: World) -> None:
    world.say("olga", "/krag", "ngo")
    world.say("olga", "/ankieta Idziemy?", "ngo")
    world.later(timedelta(minutes=5))
    world.say("olga", "/zamknij", "ngo")
    id_ = forward(world)
    world.say("olga", "Tak.", reply=CardRef(DESK_CARD, id_))
    world.later(timedelta(minutes=1))
    [shown] = world.say("anna", "/co_nowego")
    assert f"na pytanie: {ASKED}" in shown.text
    assert "Koniec ankiety: Idziemy?" in shown.text
    [nothing] = world.say("anna", "/co_nowego")
    assert ids(world.intents) == ["news-none"]
    assert "\n" not in nothing.text


def test_in_a_room_it_tells_that_rooms_news_and_nobodys_own(world: World) -> None:
    id_ = forward(world)
    world.say("olga", "Tak.", reply=CardRef(DESK_CARD, id_))
    world.say("anna", "/co_nowego", "ngo")
    assert ids(world.intents) == ["news-none"]
    person = world.person("anna")
    assert world.store(lambda store: store.looks.last(person)) is None


def test_five_lines_at_most(world: World) -> None:
    for number in range(7):
        id_ = forward(world, f"m{number}", f"Pytanie numer {number}?")
        world.press("anna", f"queue.up:{id_}")
        world.say("olga", "Tak.", reply=CardRef(DESK_CARD, id_))
    assert world.say("anna", "/co_nowego")[0].text.count("•") == 5
