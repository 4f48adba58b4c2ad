"""Announcements in reply to a message, with a file of their own or of that message, and loud ones in their report."""

from datetime import timedelta

import pytest

from bot.core.content import Body
from bot.core.files import LARGEST, FileRef
from bot.core.intents import Do, Post
from bot.core.refs import CardRef, ChatRef
from tests.handlers.test_announcements import count, look, only, press, queued, rooms, sent, settled
from tests.handlers.world import World, ids

PLAN = FileRef("plan.pdf", "telegram", "f1", 3, "application/pdf")


@pytest.fixture
def desk(world: World) -> World:
    """Three rooms; Olga is the owner."""
    rooms(world)
    return world


def fetched(world: World) -> list[str]:
    return [str(x.payload["file"]["id"]) for x in world.intents if isinstance(x, Do)]


def test_the_message_that_is_answered_is_the_announcement(desk: World) -> None:
    desk.say("olga", "/ogloszenie", "-0", answers="anna", quoted="**Spotkanie** jutro")
    one = only(desk)
    assert dict(one.draft.words)[""] == "**Spotkanie** jutro"
    assert one.draft.target == "audience:default", "in a room its audience"
    assert [x.card.kind for x in desk.intents if isinstance(x, Post)] == ["announcement-desk"]


def test_lines_of_its_head_go_before_the_words_that_are_answered(desk: World) -> None:
    desk.say(
        "olga", "/ogloszenie do: wszystkie\njak: pilne, powiadom wszystkich", "-0", answers="anna", quoted="Spotkanie"
    )
    one = only(desk)
    assert (dict(one.draft.words)[""], one.draft.target) == ("Spotkanie", "all")
    assert (one.draft.options.urgent, one.draft.options.loud) == (True, True)


def test_words_of_its_own_go_before_what_is_answered(desk: World) -> None:
    desk.say("olga", "/ogloszenie Inne słowa", "-0", answers="anna", quoted="Spotkanie", quoted_file=PLAN)
    assert dict(only(desk).draft.words)[""] == "Inne słowa"
    assert fetched(desk) == []


def test_head_lines_in_what_is_answered_count_for_nothing_unless_a_moderator_wrote_them(desk: World) -> None:
    """A member's message can't choose where it goes or how loud: the moderator sees the preview and sends it."""
    desk.say("olga", "/ogloszenie", "-0", answers="anna", quoted="Spotkanie\ndo: wszystkie")
    assert only(desk).draft.target == "audience:default"


def test_the_file_of_the_message_that_is_answered_comes_along(desk: World) -> None:
    desk.say("olga", "/ogloszenie", "-0", answers="anna", quoted="Plan na jutro", quoted_file=PLAN)
    assert fetched(desk) == ["f1"]
    assert (only(desk).file, only(desk).has_file) == ("plan.pdf", False)
    desk.say("olga", "/ogloszenie Plan", file=FileRef("swój.pdf", "telegram", "f2", 3, "application/pdf"))
    assert fetched(desk) == ["f2"]


def test_a_file_that_is_answered_and_too_large_is_refused(desk: World) -> None:
    big = FileRef("film.mp4", "telegram", "f1", LARGEST + 1, "video/mp4")
    desk.say("olga", "/ogloszenie", "-0", answers="anna", quoted="Film", quoted_file=big)
    assert ids(desk.intents)[0] == "announce-file-large"
    assert desk.store(lambda store: count(store)) == 0


def test_an_answer_to_what_has_no_words_says_how(desk: World) -> None:
    desk.say("olga", "/ogloszenie", "-0", answers="anna")
    assert ids(desk.intents)[0] == "announce-how"
    desk.say("olga", "/ogloszenie", answers="anna")
    assert ids(desk.intents)[0] == "announce-how", "in a direct chat too, not the guided form"


def test_a_loud_one_says_in_its_report_where_it_did_not_ring(desk: World) -> None:
    one = sent(desk, "jak: powiadom wszystkich\nSpotkanie")
    body = desk.store(lambda store: desk.routes.show(store, CardRef("announcement", one.id), ChatRef("telegram", "-0")))
    assert isinstance(body, Body)
    assert body.loud
    queued(desk)
    settled(desk, {"-0": ("sent", None), "-1": ("sent", "refused"), "-2": ("sent", None)})
    look(desk, one)
    [report] = [x for x in desk.intents if isinstance(x, Post)]
    shown = desk._shown(report, "pl", "")
    assert shown
    assert "Dotarło: 3 z 3" in shown.text
    assert "Bez powiadomienia wszystkich, bo bot nie ma do tego prawa: 1" in shown.text
    assert desk.store(lambda store: store.desk.waiting()) == [], "it arrived"


def test_once_more_is_not_loud_and_what_was_not_asked_for_rings_for_nobody(desk: World) -> None:
    one = sent(desk, "jak: powiadom wszystkich\nSpotkanie")
    for kind, card in (("announcement-again", one.id), ("announcement-desk", one.id)):
        body = desk.store(
            lambda store, kind=kind, card=card: desk.routes.show(store, CardRef(kind, card), ChatRef("telegram", "-0"))  # type: ignore[misc]
        )
        assert isinstance(body, Body)
        assert not body.loud
    desk.later(timedelta(minutes=2))
    press(desk, "olga", "pulled", one)
    quiet = sent(desk, "Zwykłe @room @all")
    body = desk.store(
        lambda store: desk.routes.show(store, CardRef("announcement", quiet.id), ChatRef("telegram", "-0"))
    )
    assert isinstance(body, Body)
    assert not body.loud
