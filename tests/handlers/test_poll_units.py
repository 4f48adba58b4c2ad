"""Who has a vote: persons, members, organisations by their delegates; and what is told to who has none."""

import pytest

from bot.core.intents import Direct, Post
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage.audit import acts
from storage.organisations import Standing
from tests.handlers.test_polls import ROOM, card, claim, opened, text_of
from tests.handlers.test_voting import counts
from tests.handlers.world import MATRIX, World, elsewhere, ids, kinds


def belong(world: World, who: str, organisation: str, standing: Standing = Standing.MEMBER) -> str:
    """A confirmed membership; its id."""

    def job(store: object) -> str:
        person = store.people.of(AccountRef(world.platform, who)).id  # type: ignore[attr-defined]
        asked, _ = store.organisations.ask(person, organisation)  # type: ignore[attr-defined]
        store.organisations.decide(asked.id, standing, None)  # type: ignore[attr-defined]
        return asked.id  # type: ignore[no-any-return]

    return world.store(job)


def delegate(world: World, who: str, organisation: str) -> str:
    return belong(world, who, organisation, Standing.DELEGATE)


def tallies(world: World, poll: str) -> tuple[tuple[int, ...], tuple[int, ...] | None]:
    found = world.store(lambda store: store.polls.tally(store.polls.get(poll)))
    return found.counts, found.organisations.counts if found.organisations else None


def state(world: World, poll: str) -> str:
    return world.store(lambda store: store.polls.get(poll).state.value)


def shown(world: World, poll: str) -> str:
    body = world.store(lambda store: world.routes.show(store, CardRef("poll", poll), ChatRef("telegram", ROOM)))
    return world._body("card", body, "pl", ROOM).text


# --- members ---


def test_in_a_members_poll_guests_are_told_what_to_do(world: World) -> None:
    belong(world, "anna", "Fundacja X")
    belong(world, "jan", "Fundacja X")
    poll = opened(world, "dla członków Czy idziemy?")
    assert "potwierdzonym członkostwem" in shown(world, poll)
    for refused in (
        world.press("ewa", f"vote:{poll}:1", ROOM),
        world.say("ewa", "1"),
        world.say("olga", "/głos 1", ROOM),
    ):
        assert refused[0].kind == "alert"
        assert "ankieta dla członków" in refused[0].text
        assert "/organizacja" in refused[0].text
    assert world.press("anna", f"vote:{poll}:2", ROOM)[0].text.startswith("Zapisano: 2. Nie.")
    assert "Osoby, które zagłosowały: 1 z 2 uprawnionych." in shown(world, poll)


def test_a_membership_that_ended_or_waits_is_none(world: World) -> None:
    gone = belong(world, "anna", "Fundacja X")
    belong(world, "jan", "Fundacja X")
    poll = opened(world, "dla członków Czy idziemy?")
    world.press("anna", f"org.leave:{gone}")
    world.say("ewa", "/organizacja Fundacja X")
    for who in ("anna", "ewa"):
        assert world.press(who, f"vote:{poll}:1", ROOM)[0].kind == "alert"


def test_it_closes_when_every_member_voted_and_not_by_as_many_others(world: World) -> None:
    first = belong(world, "anna", "Fundacja X")
    for who in ("jan", "ewa"):
        belong(world, who, "Fundacja X")
    poll = opened(world, "dla członków Czy idziemy?")
    assert "zamknie się sama" in shown(world, poll)
    world.press("anna", f"vote:{poll}:1", ROOM)
    world.press("anna", f"org.leave:{first}")
    world.press("jan", f"vote:{poll}:1", ROOM)
    assert state(world, poll) == "open", "two have voted and two are members, but one of these has not"
    told = world.press("ewa", f"vote:{poll}:2", ROOM)
    assert state(world, poll) == "closed"
    assert [one.card.kind for one in world.intents if isinstance(one, Post)] == ["poll-result"]
    assert any("Wynik ankiety" in one.text for one in told)
    assert "Ankieta zamknięta" in text_of(world.press("jan", f"vote:{poll}:2", ROOM))
    belong(world, "iza", "Fundacja Y")
    assert "3 z 2 uprawnionych" in text_of(world.say("jan", "/wyniki", ROOM)), "as it was at the close"


def test_an_unfinished_ballot_of_several_is_not_a_vote_yet(world: World) -> None:
    belong(world, "anna", "Fundacja X")
    poll = opened(world, "dla członków wielokrotna 2-2 Co? | a | b | c")
    world.press("anna", f"vote:{poll}:1", ROOM)
    assert state(world, poll) == "open"
    world.press("anna", f"vote:{poll}:2", ROOM)
    assert state(world, poll) == "closed"


def test_a_poll_of_nobody_known_never_closes_by_itself(world: World) -> None:
    poll = opened(world, "Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    assert state(world, poll) == "open"
    assert "zamknie się sama" not in shown(world, poll)


# --- organisations ---


def test_an_organisation_has_one_vote_by_its_delegate(world: World) -> None:
    delegate(world, "anna", "Fundacja X")
    delegate(world, "jan", "Fundacja Y")
    poll = opened(world, "na organizacje Czy idziemy?")
    assert "Głosują organizacje" in shown(world, poll)
    saved = world.press("anna", f"vote:{poll}:1", ROOM)[0]
    assert saved.text == "Zapisano za organizację „Fundacja X”: 1. Tak. Można zmienić do zamknięcia."
    assert "Organizacje, które zagłosowały: 1 z 2." in shown(world, poll)
    assert world.say("anna", "2")[0].text.startswith("Zmieniono głos organizacji „Fundacja X”: 2. Nie.")
    assert world.press("anna", f"vote:{poll}:2", ROOM)[0].text.startswith(
        "Ten głos organizacji „Fundacja X” już jest zapisany"
    )
    assert counts(world, poll) == (0, 1, 0)
    assert "Organizacje, które zagłosowały: 1 z 2." in text_of(world.say("ewa", "/wyniki", ROOM))


@pytest.mark.parametrize("standing", [None, Standing.MEMBER])
def test_who_speaks_for_none_is_told_what_to_do(world: World, standing: Standing | None) -> None:
    if standing:
        belong(world, "ewa", "Fundacja X", standing)
    delegate(world, "anna", "Fundacja X")
    poll = opened(world, "na organizacje Czy idziemy?")
    refused = world.press("ewa", f"vote:{poll}:1", ROOM)[0]
    assert (refused.kind, "/organizacja" in refused.text) == ("alert", True)
    assert "Przekaż jej swoją opinię" in refused.text
    assert counts(world, poll) == (0, 0, 0)


def test_a_deputy_may_and_a_demotion_holds_at_once(world: World) -> None:
    one = belong(world, "anna", "Fundacja X", Standing.DEPUTY)
    delegate(world, "jan", "Fundacja Y")
    poll = opened(world, "na organizacje Czy idziemy?")
    assert world.press("anna", f"vote:{poll}:1", ROOM)[0].kind == "toast"
    world.press("anna", f"org.leave:{one}")
    assert world.press("anna", f"vote:{poll}:2", ROOM)[0].kind == "alert"
    assert world.press("anna", f"for:{poll}:o2:{one}", ROOM)[0].kind == "alert"
    assert counts(world, poll) == (1, 0, 0), "what was cast while it might be stands"


def test_who_speaks_for_several_is_asked_which(world: World) -> None:
    for name in ("Fundacja X", "Fundacja Y"):
        delegate(world, "anna", name)
    delegate(world, "jan", "Fundacja Z")
    poll = opened(world, "na organizacje Czy idziemy?")
    toast, asked = world.press("anna", f"vote:{poll}:2", ROOM)
    assert "Wybierz organizację" in toast.text
    assert asked.buttons == ("Fundacja X", "Fundacja Y")
    assert counts(world, poll) == (0, 0, 0)
    assert world.press("anna", asked.actions[1], ROOM)[0].text.startswith(
        "Zapisano za organizację „Fundacja Y”: 2. Nie."
    )
    assert kinds(world.press("jan", asked.actions[0], ROOM)) == ["alert"], "a button is of whom it was shown to"
    typed = world.say("anna", "1")
    assert typed[0].kind == "reply"
    assert world.press("anna", typed[0].actions[0])[0].text.startswith("Zapisano za organizację „Fundacja X”: 1. Tak.")
    assert counts(world, poll) == (1, 1, 0)


def test_the_question_goes_to_the_direct_chat_where_there_is_one(world: World) -> None:
    for name in ("Fundacja X", "Fundacja Y"):
        delegate(world, "anna", name)
    poll = opened(world, "na organizacje Czy idziemy?")
    world.say("anna", "cześć")
    assert world.press("anna", f"vote:{poll}:2", ROOM)[1].to == "dm-anna"
    world.say("jan", "cześć", ROOM)


def test_a_second_delegate_is_asked_and_the_first_is_told(world: World) -> None:
    delegate(world, "anna", "Fundacja X")
    delegate(world, "jan", "Fundacja X")
    delegate(world, "ewa", "Fundacja Y")
    poll = opened(world, "na organizacje Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    alert, asked = world.press("jan", f"vote:{poll}:2", ROOM)
    assert alert.text == "Za organizację „Fundacja X” głos już oddano. Zmienić głos organizacji?"
    assert asked.buttons == ("Zmień",)
    assert counts(world, poll) == (1, 0, 0)
    assert world.press("ewa", asked.actions[0], ROOM)[0].kind == "alert"
    changed = world.press("jan", asked.actions[0], ROOM)
    assert changed[0].text.startswith("Zmieniono głos organizacji „Fundacja X”: 2. Nie.")
    [told] = [one for one in world.intents if isinstance(one, Direct)]
    assert told.person_id == world.person("anna")
    assert ids([told]) == ["vote-taken-over"]
    assert counts(world, poll) == (0, 1, 0)
    noted = world.store(lambda store: [(row.act, row.person_id, row.subject) for row in acts(store.session)])
    assert ("organisation-vote-taken-over", world.person("jan"), poll) in noted
    assert world.press("jan", f"vote:{poll}:1", ROOM)[0].text.startswith("Zmieniono głos"), "it is theirs now"
    assert "Zmienić głos organizacji?" in text_of(world.press("anna", f"vote:{poll}:3", ROOM))


def test_two_accounts_of_one_delegate_take_nothing_over(world: World) -> None:
    matrix = elsewhere(world, platform="matrix", capabilities=MATRIX)
    delegate(world, "anna", "Fundacja X")
    delegate(world, "jan", "Fundacja Y")
    poll = opened(world, "na organizacje Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    matrix.say("anna", "cześć")
    world.store(
        lambda store: store.merge(*(store.people.of(AccountRef(net, "anna")).id for net in ("matrix", "telegram")))
    )
    assert matrix.say("anna", "2")[0].text.startswith("Zmieniono głos organizacji „Fundacja X”: 2. Nie.")
    assert counts(world, poll) == (0, 1, 0)


def test_it_closes_when_every_organisation_voted(world: World) -> None:
    delegate(world, "anna", "Fundacja X")
    delegate(world, "jan", "Fundacja X")
    delegate(world, "jan", "Fundacja Y")
    poll = opened(world, "na organizacje Czy idziemy?")
    world.press("anna", f"vote:{poll}:1", ROOM)
    assert state(world, poll) == "open"
    asked = world.press("jan", f"vote:{poll}:1", ROOM)[1]
    shown = world.press("jan", asked.actions[asked.buttons.index("Fundacja Y")], ROOM)
    assert state(world, poll) == "closed"
    assert "Organizacje, które zagłosowały: 2 z 2." in text_of(shown)
    assert "Matrix" not in text_of(shown)


@pytest.mark.parametrize(
    "action",
    ["for:{}:o1:0", "for:{}:m1:{}", "for:{}:mfff:0", "own:{}:m1:0", "for:0:-:0", "for:{}:z:0", "for:{}", "own:{}:o1:0"],
)
def test_forged_buttons_of_organisations_cast_nothing(world: World, action: str) -> None:
    delegate(world, "anna", "Fundacja X")
    poll = opened(world, "na organizacje Czy idziemy?")
    shown = world.press("ewa", action.format(poll, poll), ROOM)[0]
    assert (shown.kind, "/" in shown.text) == ("alert", True)
    assert counts(world, poll) == (0, 0, 0)


@pytest.mark.parametrize("what", ["m0", "mf", "m8", "o0", "o9", "mfff"])
def test_a_forged_ballot_of_ones_own_organisation_is_refused(world: World, what: str) -> None:
    one = delegate(world, "anna", "Fundacja X")
    poll = opened(world, "na organizacje Czy idziemy?")
    assert world.press("anna", f"for:{poll}:{what}:{one}", ROOM)[0].kind == "alert"
    assert counts(world, poll) == (0, 0, 0)


# --- both ---


def test_persons_and_organisations_are_counted_side_by_side(world: World) -> None:
    one = delegate(world, "anna", "Fundacja X")
    delegate(world, "jan", "Fundacja Y")
    poll = opened(world, "organizacje i osoby Czy idziemy?")
    toast, offered = world.press("anna", f"vote:{poll}:1", ROOM)[:2]
    assert toast.text.startswith("Zapisano: 1. Tak.")
    assert offered.kind == "refresh" or "głosują także organizacje" in offered.text
    [asked] = [
        shown for shown in world.press("jan", f"vote:{poll}:2", ROOM) if shown.actions[:1] and shown.kind == "reply"
    ]
    assert asked.buttons == ("Fundacja Y",)
    ballot = world.press("anna", f"for:{poll}:-:{one}")[0]
    assert ballot.buttons == ("1. Tak", "2. Nie", "3. Wstrzymuję się")
    assert "Fundacja X" in ballot.text
    assert world.press("anna", ballot.actions[2])[0].text.startswith("Zapisano za organizację „Fundacja X”: 3.")
    world.press("ewa", f"vote:{poll}:1", ROOM)
    assert tallies(world, poll) == ((2, 1, 0), (0, 0, 1))
    assert not any(shown.buttons == ("Fundacja X",) for shown in world.press("anna", f"vote:{poll}:2", ROOM))
    result = text_of(world.say("olga", "/zamknij", ROOM))
    people, organisations = result.split("Organizacje\n", 1)
    assert "Osoby" in people
    assert "2. Nie: 2 (67%)" in people
    assert "3. Wstrzymuję się: 1 (100%)" in organisations
    assert "Organizacje, które zagłosowały: 1 z 2." in organisations
    assert "1. Tak: osoby 1, organizacje 0" in shown_card(world, poll)


def shown_card(world: World, poll: str) -> str:
    assert "poll-option-both" in card(world, poll)
    return shown(world, poll)


# --- secretly ---


def test_an_organisation_votes_secretly_once_and_nobody_takes_it_over(world: World) -> None:
    for who in ("anna", "jan"):
        delegate(world, who, "Fundacja X")
    delegate(world, "ewa", "Fundacja Y")
    poll = opened(world, "tajna na organizacje Czy idziemy?")
    assert world.press("anna", f"vote:{poll}:1", ROOM)[0].text == (
        "Głos organizacji „Fundacja X” przyjęty. Jest tajny i nie można go zmienić."
    )
    assert "Za organizację „Fundacja X” głos już oddano. Tajnego głosu nie można zmienić." in text_of(
        world.press("jan", f"vote:{poll}:2", ROOM)
    )
    world.press("ewa", f"vote:{poll}:1", ROOM)
    assert state(world, poll) == "closed"
    assert counts(world, poll) == (2, 0, 0)


def test_asked_for_which_organisation_the_secret_choice_is_not_repeated(world: World) -> None:
    for name in ("Fundacja X", "Fundacja Y"):
        delegate(world, "anna", name)
    poll = opened(world, "tajna na organizacje Czy idziemy?")
    asked = world.press("anna", f"vote:{poll}:2", ROOM)[1]
    assert all(":-:" in action for action in asked.actions)
    ballot = world.press("anna", asked.actions[0], ROOM)[0]
    assert world.press("anna", ballot.actions[1], ROOM)[0].text.startswith("Głos organizacji „Fundacja X” przyjęty.")
    forged = asked.actions[1].replace(":-:", ":m1:")
    assert world.press("anna", forged, ROOM)[0].kind == "alert"
    world.say("olga", "/zamknij", ROOM)
    assert counts(world, poll) == (0, 1, 0)


def test_of_few_secret_votes_side_by_side_no_counts_are_shown(world: World) -> None:
    delegate(world, "anna", "Fundacja X")
    poll = opened(world, "tajna organizacje i osoby Czy idziemy?")
    [offered] = [one for one in world.press("anna", f"vote:{poll}:1", ROOM) if one.kind == "reply"]
    ballot = world.press("anna", offered.actions[0])[0]
    world.press("anna", ballot.actions[1])
    for number in range(5):
        world.press(f"v{number}", f"vote:{poll}:1", ROOM)
    result = text_of(world.say("olga", "/zamknij", ROOM))
    assert "1. Tak: 6 (100%)" in result
    assert "mniej niż 5" in result
    assert "2. Nie: 1" not in result
    assert tallies(world, poll) == ((6, 0, 0), (0, 1, 0))


def test_actions_of_organisations_are_short(world: World) -> None:
    claim(world, ROOM)
    for name in ("Fundacja X", "Fundacja Y"):
        delegate(world, "anna", name)
    poll = opened(world, "wielokrotna na organizacje Co? |" + "|".join(map(str, range(12))))
    shown = world.say("anna", "/głos 1 2 3 4 5 6 7 8 9 10 11 12", ROOM)
    assert all(len(action) <= 40 for one in shown for action in one.actions)
    assert world.press("anna", shown[0].actions[0], ROOM)[0].text.startswith(
        "Zapisano za organizację „Fundacja X”: 1, 2,"
    )
    cleared = world.press("anna", shown[0].actions[0].replace(":mfff:", ":x:"), ROOM)[0]
    assert "skasowany" in cleared.text
    asked = world.press("anna", f"vote.anew:{poll}", ROOM)[0]
    assert asked.buttons == ("Fundacja X", "Fundacja Y")
