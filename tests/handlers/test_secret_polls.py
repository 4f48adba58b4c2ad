"""Secret polls: how one votes is seen by nobody, said nowhere, and can't be changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.capabilities import Address
from bot.core.intents import At, Intent, Post, Refresh, Reply
from bot.core.refs import AccountRef, CardRef, ChatRef
from bot.core.render import render
from storage.audit import acts
from storage.compaction import COMPACT
from storage.due import take
from tests.handlers.test_polls import ROOM, card, claim, opened, text_of
from tests.handlers.world import MATRIX, Shown, World, elsewhere, ids, kinds

ACCEPTED = "Głos przyjęty. Jest tajny i nie można go zmienić."


def counts(world: World, poll: str) -> tuple[int, ...]:
    return world.store(lambda store: store.polls.tally(store.polls.get(poll)).counts)


def turnout(world: World, poll: str) -> int:
    return world.store(lambda store: store.polls.tally(store.polls.get(poll)).voters)


def on_matrix(world: World) -> World:
    """The same federation's room on the other network."""
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX)
    claim(world, ROOM)
    matrix.say("ewa", "cześć", "pokój")
    world.store(lambda store: store.rooms.claim(ChatRef("matrix", "pokój"), None))
    return matrix


def shown_on(world: World, poll: str, room: str) -> Shown:
    body = world.store(lambda store: world.routes.show(store, CardRef("poll", poll), ChatRef(world.platform, room)))
    return world._body("card", body, "pl", room)


def test_the_card_says_what_is_promised_and_what_is_not(world: World) -> None:
    matrix = on_matrix(world)
    poll = opened(world, "tajna Czy idziemy?")
    here, there = shown_on(world, poll, ROOM), shown_on(matrix, poll, "pokój")
    for one in (here, there):
        assert "Głosu tajnego nie można zmienić." in one.text
        assert "a nie głosowanie według statutu" in one.text
        assert "Jawna" not in one.text
    assert "przyciskiem tutaj" in here.text
    assert here.buttons == ("1. Tak", "2. Nie", "3. Wstrzymuję się")
    assert "przyciskiem" not in there.text
    assert "W grupie głosów nie liczymy" in there.text
    assert "prywatnej rozmowie z botem" in there.text


def test_the_card_links_to_the_direct_chat_where_the_network_has_such_links(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    body = world.store(lambda store: world.routes.show(store, CardRef("poll", poll), ChatRef("telegram", ROOM)))
    link = "https://matrix.to/#/@bot:example.org"
    for address, links in ((Address("@bot:example.org", link), {link}), (None, set())):
        markup, _ = render(body, "pl", replace(MATRIX, address=address), world.texts.words)
        assert {run.link for part in markup for run in part.runs if run.link} == links


def test_a_press_is_accepted_without_a_word_on_the_choice(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    toast = world.press("anna", f"vote:{poll}:2", ROOM)[0]
    assert (toast.kind, toast.text) == ("toast", ACCEPTED)
    assert Refresh(CardRef("poll", poll)) in world.intents
    assert "Nie" not in toast.text.split()
    assert counts(world, poll) == (0, 0, 0), "no counts before the end"
    assert turnout(world, poll) == 1
    assert "poll-option-count" not in card(world, poll)


def test_it_can_not_be_changed_in_any_way(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:2", ROOM)
    for shown in (
        world.press("anna", f"vote:{poll}:2", ROOM),
        world.press("anna", f"vote:{poll}:1", ROOM),
        world.say("anna", "1"),
        world.press("anna", f"vote.anew:{poll}", ROOM),
    ):
        assert "Tajnego głosu nie można zmienić." in text_of(shown)
    world.say("olga", "/zamknij", ROOM)
    assert counts(world, poll) == (0, 1, 0)


def test_what_others_see_is_not_counted_and_told_where_to_vote(world: World) -> None:
    matrix = on_matrix(world)
    poll = opened(world, "tajna Czy idziemy?")
    for shown in (
        world.say("anna", "/głos 1", ROOM),
        world.say("anna", "1", ROOM, reply=CardRef("poll", poll)),
        matrix.say("jan", "!głos 1", "pokój"),
        matrix.say("jan", "1", "pokój", reply=CardRef("poll", poll)),
        matrix.press("jan", f"vote:{poll}:1", "pokój"),  # a reaction
    ):
        assert shown[0].kind == "alert"
        assert "Ta ankieta jest tajna" in shown[0].text
        assert "prywatnej rozmowie z botem" in shown[0].text
    assert turnout(world, poll) == 0
    assert matrix.say("jan", "1")[0].text == ACCEPTED
    assert world.say("anna", "1")[0].text == ACCEPTED
    world.say("olga", "/zamknij", ROOM)
    assert counts(world, poll) == (2, 0, 0)


def test_nothing_that_follows_from_a_vote_tells_the_choice(world: World) -> None:
    poll = opened(world, "tajna Kogo wysyłamy? | Basia | Celina")
    done: list[Intent] = []
    world.press("anna", f"vote:{poll}:2", ROOM)
    done += world.intents
    world.say("jan", "1")
    done += world.intents
    world.say("ewa", "celina")
    done += world.intents
    world.say("iza", "głos 2")
    done += world.intents
    assert not any(word in repr(done) for word in ("Basia", "Celina", "option", "choice", "'1'", "'2'"))
    noted = world.store(lambda store: [row.act for row in acts(store.session)])
    assert not any("vote" in act for act in noted)


def test_results_come_at_the_close_alone(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    assert "Wyniki będą po zamknięciu" in text_of(world.say("jan", "/wyniki", ROOM))
    assert "Tak:" not in text_of(world.say("jan", "/wyniki", ROOM))
    shown = world.say("olga", "/zamknij", ROOM)
    assert any("1. Tak: 1 (100%)" in one.text for one in shown)
    assert "1. Tak: 1" in text_of(world.say("jan", "/wyniki", ROOM))


def test_a_close_is_final_since_the_next_vote_would_be_seen(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "/zamknij", ROOM)
    [shut] = [one for one in world.intents if isinstance(one, Post) and one.card.kind == "poll-shut"]
    body = world.store(lambda store: world.routes.show(store, shut.card, shut.chat))
    assert body.buttons == ()
    refused = world.press("olga", f"poll.reopen:{poll}.1", ROOM)[0]
    assert (refused.kind, "nie byłby tajny" in refused.text) == ("alert", True)
    assert world.store(lambda store: store.polls.running()) == []


def test_with_two_polls_open_the_poll_is_chosen_before_the_option(world: World) -> None:
    secret, other = opened(world, "tajna Pierwsza? | a | b"), opened(world, "Druga? | c | d")
    asked = world.say("anna", "2")[0]
    assert asked.buttons == ("Pierwsza?", "Druga?")
    assert not any(action.endswith(":2") for action in asked.actions)
    ballot = world.press("anna", asked.actions[0])[0]
    assert ballot.buttons == ("1. a", "2. b")
    assert world.press("anna", ballot.actions[1])[0].text == ACCEPTED
    assert world.say("anna", "1", reply=CardRef("poll-ballot", other))[0].text.startswith("Zapisano: 1. c.")
    assert world.press("anna", f"vote.in:{other}", ROOM)[0].kind == "alert"
    world.say("olga", "/zamknij", ROOM, reply=CardRef("poll", secret))
    assert counts(world, secret) == (0, 1)


def test_several_options_are_typed_at_once(world: World) -> None:
    poll = opened(world, "tajna wielokrotna 1-2 Co? | a | b | c")
    assert shown_on(world, poll, ROOM).buttons == ()
    assert "wszystkich wybranych odpowiedzi naraz" in shown_on(world, poll, ROOM).text
    assert "Napisz numery" in text_of(world.press("anna", f"vote:{poll}:1", ROOM))
    assert "Napisz numery" in text_of(world.press("anna", f"late.poll:{poll}:1"))
    assert turnout(world, poll) == 0
    assert "najwyżej 2" in text_of(world.say("anna", "1 2 3"))
    assert world.say("anna", "1 3")[0].text == ACCEPTED
    world.press("jan", f"vote.in:{poll}")
    world.say("olga", "/zamknij", ROOM)
    assert counts(world, poll) == (1, 0, 1)


def test_it_is_kept_in_one_room_only_before_the_first_vote(world: World) -> None:
    claim(world, ROOM, "dwa")
    poll = opened(world, "tajna Czy idziemy?")
    assert world.press("olga", f"poll.only:{poll}", ROOM)[0].text == "Ankieta jest teraz tylko w tej grupie."
    claim(world, "dwa")
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    assert "nie wie, które głosy" in text_of(world.press("olga", f"poll.only:{poll}", ROOM))
    world.press("olga", f"poll.undo:{poll}", ROOM)
    assert turnout(world, poll) == 0, "nobody will count them"


@pytest.mark.parametrize("end", ["/zamknij", "/wycofaj", "time"])
def test_the_end_asks_for_compaction_in_its_transaction(world: World, end: str) -> None:
    poll = opened(world, "tajna do 18:00 Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    if end == "time":
        world.later(timedelta(hours=6))
        world.fire("poll.time", poll=poll)
    else:
        world.say("olga", end, ROOM)
    due = world.store(lambda store: take(store.session, world.now, 10))
    assert [one.payload["poll"] for one in due if one.name == COMPACT] == [poll]


def test_open_polls_ask_for_none(world: World) -> None:
    opened(world)
    world.say("olga", "/zamknij", ROOM)
    assert not any(one.name == COMPACT for one in world.store(lambda store: take(store.session, world.now, 10)))


def test_linking_touches_no_ballot_and_gives_no_second_one(world: World) -> None:
    matrix = on_matrix(world)
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    matrix.say("anna", "2")

    def link(store: object) -> list[str]:
        people = store.people  # type: ignore[attr-defined]
        old, new = (people.of(AccountRef(network, "anna")).id for network in ("matrix", "telegram"))
        return store.merge(old, new)  # type: ignore[attr-defined, no-any-return]

    assert world.store(link) == [], "nothing was settled, so nobody is told of it"
    assert "Tajnego głosu nie można zmienić" in text_of(matrix.say("anna", "2"))
    world.say("olga", "/zamknij", ROOM)
    assert counts(world, poll) == (1, 1, 0)


def test_parting_accounts_again_and_again_gives_no_vote_more(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    account = AccountRef("telegram", "anna")
    new = world.store(lambda store: store.part(account, ChatRef("telegram", "dm-anna")))
    assert world.person("anna") == new
    assert "Tajnego głosu nie można zmienić" in text_of(world.press("anna", f"vote:{poll}:1", ROOM))
    assert turnout(world, poll) == 1


def test_a_draft_in_the_direct_chat_shows_that_it_is_secret(world: World) -> None:
    claim(world, ROOM)
    preview = world.say("olga", "/ankieta tajna Czy idziemy?")[0]
    assert "Tajna:" in preview.text
    world.press("olga", preview.actions[0])
    [poll] = world.store(lambda store: store.polls.running())
    assert poll.draft.secret


def test_the_answers_fit_into_a_notice_and_name_what_to_do(world: World) -> None:
    poll = opened(world, "tajna Czy idziemy?")
    world.press("anna", f"vote:{poll}:2", ROOM)
    assert kinds(world.press("anna", f"vote:{poll}:2", ROOM)) == ["toast"]
    assert "/wyniki" in text_of(world.press("anna", f"vote:{poll}:2", ROOM))
    assert ids(world.intents) == []
    assert not any(isinstance(one, Reply | At) for one in world.intents)


def test_its_words_can_be_changed_until_the_first_secret_vote(world: World) -> None:
    poll = opened(world, "tajna Kto idzie? | a | b")
    world.say("olga", "/popraw Kto jedzie?", ROOM, reply=CardRef("poll", poll))
    draft = world.store(lambda store: store.polls.get(poll).draft)
    assert (draft.question, draft.secret) == ("Kto jedzie?", True)
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.say("olga", "/popraw Kto leci?", ROOM, reply=CardRef("poll", poll))
    assert world.store(lambda store: store.polls.get(poll).draft.question) == "Kto jedzie?"
