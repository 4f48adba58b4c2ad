"""Linking: a code shown on one account and typed on another makes them one person; everything that can go wrong."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.core.people import Role
from bot.core.refs import AccountRef
from storage import audit
from storage.linking import DIGITS, LETTERS, TRIES
from tests.handlers.world import MATRIX, World, elsewhere, ids, kinds

ANNA_TG, ANNA_MX = AccountRef("telegram", "anna"), AccountRef("matrix", "@ania:example.org")


@pytest.fixture
def matrix(world: World) -> World:
    """The same bot, seen from Matrix."""
    return elsewhere(world, platform="matrix", capabilities=MATRIX)


def code_for(world: World, who: str, command: str = "/polacz") -> str:
    found = re.search(r"\b\w\d-\w{4}\b", world.say(who, command)[0].text)
    assert found
    return found[0]


def persons(world: World, *accounts: AccountRef) -> set[str]:
    return world.store(lambda store: {store.people.of(account).id for account in accounts})


def linked(world: World, matrix: World) -> str:
    """Anna links her accounts; the person's id."""
    matrix.say(ANNA_MX.user_id, f"!połącz {code_for(world, 'anna')}")
    [id_] = persons(world, ANNA_TG, ANNA_MX)
    return id_


def acts(world: World) -> list[str]:
    return world.store(lambda store: [row.act for row in audit.acts(store.session)])


@pytest.mark.parametrize("typed", ["!połącz {}", "połącz {}", "{}", "!link {}", "!пов'язати {}", "  {} "])
def test_a_code_typed_on_the_other_network_links_and_both_sides_are_told(
    world: World, matrix: World, typed: str
) -> None:
    code = code_for(world, "anna")
    here, there, *_ = matrix.say(ANNA_MX.user_id, typed.format(code))
    assert (here.to, there.to) == (f"dm-{ANNA_MX.user_id}", "dm-anna")
    assert "Telegram" in here.text
    assert "Matrix" in there.text
    assert "raz" in here.text
    assert len(persons(world, ANNA_TG, ANNA_MX)) == 1
    assert acts(world) == ["accounts-linked"]


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", "–")])
def test_a_code_may_be_typed_carelessly(world: World, matrix: World, change: Callable[[str], str]) -> None:
    matrix.say(ANNA_MX.user_id, change(code_for(world, "anna")))
    assert len(persons(world, ANNA_TG, ANNA_MX)) == 1


def test_the_answer_names_the_networks_and_no_address(world: World, matrix: World) -> None:
    world.say("anna", "/start")
    assert ids(world.intents) == ["welcome-hello", "welcome-about"]
    [before] = world.say("anna", "/połącz")
    assert ids(world.intents) == ["link-code", "link-how", "link-alone"]
    assert "Telegram" in before.text
    linked(world, matrix)
    [after] = world.say("anna", "/polacz")
    assert "Matrix, Telegram" in after.text
    assert "/rozlacz" in after.text
    assert ANNA_MX.user_id not in after.text


def test_a_new_code_voids_the_one_before(world: World, matrix: World) -> None:
    old, new = code_for(world, "anna"), code_for(world, "anna")
    matrix.say(ANNA_MX.user_id, old)
    assert ids(matrix.intents)[0] == "link-wrong"
    matrix.say(ANNA_MX.user_id, new)
    assert ids(matrix.intents) == ["link-done", "link-done"]


def test_a_code_works_once(world: World, matrix: World) -> None:
    code = code_for(world, "anna")
    matrix.say(ANNA_MX.user_id, code)
    matrix.say("@ola:example.org", code)
    assert ids(matrix.intents)[0] == "link-wrong"
    assert len(persons(world, ANNA_TG, AccountRef("matrix", "@ola:example.org"))) == 2


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False)])
def test_a_code_lives_for_ten_minutes(world: World, matrix: World, minutes: int, works: bool) -> None:
    code = code_for(world, "anna")
    matrix.now += timedelta(minutes=minutes)
    matrix.say(ANNA_MX.user_id, code)
    assert ids(matrix.intents)[0] == ("link-done" if works else "link-wrong")


def test_on_the_same_account_it_is_explained_and_the_code_still_works(world: World, matrix: World) -> None:
    code = code_for(world, "anna")
    [own] = world.say("anna", code)
    assert ids(world.intents) == ["link-own"]
    assert "drugim koncie" in own.text
    matrix.say(ANNA_MX.user_id, code)
    assert ids(matrix.intents)[0] == "link-done"


def test_accounts_that_are_linked_already_are_told_so(world: World, matrix: World) -> None:
    linked(world, matrix)
    matrix.say(ANNA_MX.user_id, code_for(world, "anna"))
    assert ids(matrix.intents) == ["link-already"]


def test_two_accounts_on_one_network_and_a_third_elsewhere_are_one_person(world: World, matrix: World) -> None:
    world.say("ania2", code_for(world, "anna"))
    matrix.say(ANNA_MX.user_id, code_for(world, "ania2"))
    assert len(persons(world, ANNA_TG, ANNA_MX, AccountRef("telegram", "ania2"))) == 1


@pytest.mark.parametrize("typed", ["!połącz {}", "{}"])
def test_a_code_shown_to_a_room_is_void(world: World, matrix: World, typed: str) -> None:
    code = code_for(world, "anna")
    [refusal] = matrix.say(ANNA_MX.user_id, typed.format(code), "ngo", addressed=True)
    assert ids(matrix.intents) == ["link-seen"]
    assert code not in refusal.text
    matrix.say(ANNA_MX.user_id, code)
    assert ids(matrix.intents)[0] == "link-wrong"
    assert len(persons(world, ANNA_TG, ANNA_MX)) == 2


def test_a_room_shows_no_codes(world: World) -> None:
    [answer] = world.say("anna", "/polacz", "ngo")
    assert ids(world.intents) == ["link-room"]
    assert not re.search(r"\w\d-\w{4}", answer.text)
    world.say("anna", "/rozlacz", "ngo")
    assert ids(world.intents) == ["unlink-room"]
    world.say(None, "/polacz", "ngo")
    assert ids(world.intents) == ["link-room"]


def test_guessing_ends_after_five_wrong_codes_even_with_the_right_one(world: World, matrix: World) -> None:
    code = code_for(world, "anna")
    for turn in range(TRIES):
        matrix.say("@eve:example.org", f"!połącz A{DIGITS[turn]}-2222")
        assert ids(matrix.intents)[0] == "link-wrong"
    [wait] = matrix.say("@eve:example.org", code)
    assert ids(matrix.intents) == ["link-wait"]
    assert "10 minut" in wait.text
    # Others aren't held up, and time heals.
    matrix.say(ANNA_MX.user_id, code)
    assert ids(matrix.intents)[0] == "link-done"
    matrix.later(timedelta(minutes=11))
    matrix.say("@eve:example.org", "A2-2222")
    assert ids(matrix.intents) == ["link-wrong"]


@pytest.mark.parametrize(
    "words",
    ["0", "x" * 4_000, "' OR 1=1 --", "%", "</b><cmd:help>", "\u202eK7-4QX2x", "strategię z uchwałą", "K7 4QX2 a"],
)
def test_what_is_no_code_is_explained_not_counted_and_not_repeated(world: World, words: str) -> None:
    for _ in range(TRIES + 1):
        answer = world.say("anna", f"/polacz {words}")[0]
        assert ids(world.intents)[0] == "link-no-code"
        assert "K7-4QX2" in answer.text
        assert words == "0" or words not in answer.text


@pytest.mark.parametrize("words", ["prezes", "by-pass", "A4", "B2 test", "2026", "K7-4QX2 i co dalej?"])
def test_words_that_look_a_little_like_a_code_are_questions(world: World, words: str) -> None:
    world.say("anna", words)
    assert not any(id_.startswith("link") for id_ in ids(world.intents))


def test_codes_are_easy_to_read_aloud_and_are_no_words() -> None:
    assert not set("01OIL") & set(LETTERS + DIGITS)


def test_the_code_is_nowhere_in_the_tables(world: World) -> None:
    code = code_for(world, "anna")
    with world.engine.connect() as connection:
        rows = repr(connection.exec_driver_sql("SELECT * FROM link_code").all())
    assert code not in rows
    assert code.replace("-", "") not in rows


def test_the_first_message_may_be_a_code_and_the_follow_up_comes_once(world: World, matrix: World) -> None:
    code = code_for(world, "anna")  # Anna is told who the bot is.
    assert kinds(matrix.say(ANNA_MX.user_id, code)) == ["reply", "reply"]
    assert kinds(matrix.say(ANNA_MX.user_id, "!pomoc")) == ["reply"]


def test_the_higher_role_and_the_chosen_language_stay(world: World, matrix: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(ANNA_TG).id, Role.COORDINATOR))
    matrix.say(ANNA_MX.user_id, "in English")
    code = code_for(world, "anna")
    [here, _] = matrix.say(ANNA_MX.user_id, code)
    assert here.lang == "en"
    for account in (ANNA_TG, ANNA_MX):
        person = world.store(lambda store, a=account: store.people.of(a))
        assert (person.role, person.lang, person.lang_chosen) == (Role.COORDINATOR, "en", True)


def test_an_owner_of_the_config_is_an_owner_on_both_networks(world: World, matrix: World) -> None:
    matrix.say("@olga:example.org", code_for(world, "olga"))
    role = world.store(lambda store: store.people.of(AccountRef("matrix", "@olga:example.org")).role)
    assert role is Role.OWNER


def test_two_owners_become_one(world: World, matrix: World) -> None:
    world.store(lambda store: store.people.grant(store.people.of(ANNA_MX).id, Role.OWNER))
    matrix.say(ANNA_MX.user_id, code_for(world, "olga"))
    assert ids(matrix.intents)[0] == "link-done"
    assert len(world.store(lambda store: store.people.with_role(Role.OWNER))) == 1


def test_rights_are_given_away_only_after_a_question(world: World, matrix: World) -> None:
    """Eve sends the owner her code and asks to type it."""
    eve = AccountRef("matrix", "@eve:example.org")
    code = code_for(matrix, eve.user_id)
    [question] = world.say("olga", code)[:1]
    assert "Matrix" in question.text
    yes, no = question.actions
    assert code not in yes
    assert world.store(lambda store: store.people.of(eve).role) is Role.MEMBER
    assert kinds(world.press("olga", no)) == ["toast"]
    assert kinds(world.press("olga", yes)) == ["alert"]
    assert len(persons(world, AccountRef("telegram", "olga"), eve)) == 2


def test_who_says_yes_is_linked_once(world: World, matrix: World) -> None:
    mine = AccountRef("matrix", "@olga:example.org")
    [question] = world.say("olga", code_for(matrix, mine.user_id))[:1]
    assert kinds(world.press("olga", question.actions[0]))[:3] == ["toast", "reply", "reply"]
    assert world.store(lambda store: store.people.of(mine).role) is Role.OWNER
    assert kinds(world.press("olga", question.actions[0])) == ["alert"]


@pytest.mark.parametrize(
    "action", ["link.yes", "link.yes:", "link.yes:%", "link.no:" + "0" * 24, "link.yes:" + "f" * 24]
)
def test_forged_presses_are_refused(world: World, action: str) -> None:
    code_for(world, "anna")
    assert kinds(world.press("eve", action))[0] == "alert"
    assert len(persons(world, ANNA_TG, AccountRef("telegram", "eve"))) == 2


def test_unlinking_asks_then_parts_the_account_and_tells_both(world: World, matrix: World) -> None:
    before = linked(world, matrix)
    world.store(lambda store: store.people.grant(before, Role.MODERATOR))
    [question] = matrix.say(ANNA_MX.user_id, "!rozłącz")
    assert question.actions == ("unlink.yes", "unlink.no")
    assert "Telegram" in question.text
    assert persons(world, ANNA_TG, ANNA_MX) == {before}
    toast, here, there = matrix.press(ANNA_MX.user_id, "unlink.yes")
    assert (toast.kind, here.to, there.to) == ("toast", f"dm-{ANNA_MX.user_id}", before)
    assert "Matrix" in there.text
    assert persons(world, ANNA_TG) == {before}
    assert persons(world, ANNA_MX) != {before}
    roles = [world.store(lambda store, a=account: store.people.of(a).role) for account in (ANNA_TG, ANNA_MX)]
    assert roles == [Role.MODERATOR, Role.MEMBER]
    assert world.store(lambda store: store.chats.direct_of(before)).platform == "telegram"  # type: ignore[union-attr]
    assert acts(world) == ["accounts-linked", "account-unlinked"]
    # A second tap parts nothing more.
    assert kinds(matrix.press(ANNA_MX.user_id, "unlink.yes")) == ["alert"]
    assert kinds(world.press("anna", "unlink.yes")) == ["alert"]


def test_an_account_that_was_unlinked_can_be_linked_again(world: World, matrix: World) -> None:
    linked(world, matrix)
    matrix.press(ANNA_MX.user_id, "unlink.yes")
    linked(world, matrix)


def test_nothing_to_unlink_and_staying(world: World) -> None:
    world.say("anna", "/rozlacz")
    assert ids(world.intents)[0] == "unlink-nothing"
    assert kinds(world.press("anna", "unlink.no")) == ["toast"]
    assert kinds(world.press("anna", "unlink.yes", "ngo")) == ["alert"]


def test_what_is_too_old_is_swept_away(world: World, matrix: World) -> None:
    code_for(world, "anna")
    matrix.say("@eve:example.org", "A2-2222")
    world.later(timedelta(minutes=11))
    world.fire("housekeeping")
    with world.engine.connect() as connection:
        for table in ("link_code", "link_try"):
            assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []  # noqa: S608
