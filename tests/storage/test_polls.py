"""Polls and ballots on both databases: one ballot a person, whatever comes in which order."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import Session

from bot.core.poll_form import YES_NO
from bot.core.polls import Draft, Kind, Poll, PollState
from bot.core.refs import AccountRef, ChatRef
from storage.polls import Polls
from storage.store import Store
from storage.writer import Writer
from tests.storage.support import NOW, Box

HERE, THERE = ChatRef("telegram", "-1", "7"), ChatRef("matrix", "!r")
DRAFT = Draft("Czy idziemy?", YES_NO, closes_at=NOW + timedelta(hours=1))


def opened(box: Box, draft: Draft = DRAFT, *rooms: ChatRef) -> Poll:
    def job(store: Store) -> Poll:
        opener = store.people.of(AccountRef("telegram", "ola")).id
        return store.polls.open(store.polls.draft(draft, opener, HERE, rooms or (HERE, THERE)))

    return box.do(job)


def vote(box: Box, poll: Poll, unit: str, choices: int, chat: ChatRef = HERE) -> None:
    box.do(lambda store: store.polls.vote(poll.id, unit, choices, chat))


def counts(box: Box, poll: Poll) -> tuple[int, ...]:
    return box.do(lambda store: store.polls.tally(poll)).counts


def test_a_poll_comes_back_as_it_was(box: Box) -> None:
    options = ("a|b", "<b>ś</b>", *YES_NO)
    poll = opened(box, Draft("Co?\u2060", options, Kind.MULTIPLE, 1, 3))
    assert box.do(lambda store: store.polls.get(poll.id)) == poll
    assert box.do(lambda store: store.polls.running(HERE)) == [poll]
    assert box.do(lambda store: store.polls.running(ChatRef("telegram", "-2"))) == []
    assert box.do(lambda store: store.polls.get("nothing")) is None


def test_one_ballot_a_unit_and_the_last_one_counts(box: Box) -> None:
    poll = opened(box)
    for choices in (1, 2, 2, 4):
        vote(box, poll, "anna", choices)
    vote(box, poll, "jan", 1, THERE)
    assert counts(box, poll) == (1, 0, 1)
    assert {(s.network, s.voters) for s in box.do(lambda store: store.polls.tally(poll)).shares} == {
        ("telegram", 1),
        ("matrix", 1),
    }


def test_a_later_event_of_a_batch_sees_the_earlier_one(box: Box) -> None:
    poll = opened(box)

    def batch(store: Store) -> None:
        assert store.polls.ballot(poll.id, "anna") is None
        store.polls.vote(poll.id, "anna", 1, HERE)
        found = store.polls.ballot(poll.id, "anna")
        assert found is not None
        assert found.choices == 1
        store.polls.vote(poll.id, "anna", 2, HERE)
        assert store.polls.tally(poll).counts == (0, 1, 0)

    box.do(batch)
    found = box.do(lambda store: store.polls.ballot(poll.id, "anna"))
    assert found is not None
    assert found.choices == 2


def test_a_hundred_votes_are_a_few_statements(box: Box) -> None:
    poll = opened(box)
    accounts = [AccountRef("telegram", str(number)) for number in range(100)]
    statements: list[str] = []
    event.listen(box.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def batch(store: Store) -> None:
        store.people.prefetch(accounts)
        for account in accounts:
            person = store.people.of(account)
            store.polls.ballot(poll.id, person.id)
            store.polls.vote(poll.id, person.id, 1, HERE)

    box.do(batch)
    assert sum("ballot" in statement for statement in statements) == 2, "new people: number them, write all"
    statements.clear()
    box.do(batch)
    assert sum("ballot" in statement for statement in statements) == 3, "read all, number them, write all"
    assert counts(box, poll) == (100, 0, 0)


def test_acts_move_the_state_and_none_that_leads_nowhere(box: Box) -> None:
    poll = opened(box)
    closing = box.do(lambda store: store.polls.time_is_over(poll))
    closed = box.do(lambda store: store.polls.close(closing, None, NOW))
    assert (closed.state, closed.closings) == (PollState.CLOSED, 1)
    again = box.do(lambda store: store.polls.reopen(closed))
    assert (again.state, again.closed_at) == (PollState.OPEN, None)
    ended = box.do(lambda store: store.polls.close(again, poll.opener, NOW))
    assert box.do(lambda store: store.polls.get(poll.id)) == ended
    assert box.do(lambda store: store.polls.ended(HERE, 5)) == [ended]
    with pytest.raises(ValueError, match="can't withdraw"):
        box.do(lambda store: store.polls.withdraw(ended))


def test_kept_in_one_room_it_counts_only_what_was_cast_there(box: Box) -> None:
    poll = opened(box)
    vote(box, poll, "anna", 1, HERE)
    vote(box, poll, "jan", 1, THERE)
    kept = box.do(lambda store: store.polls.keep_in(poll, HERE))
    assert kept.rooms == (HERE,)
    assert box.do(lambda store: store.polls.get(poll.id)) == kept
    assert counts(box, kept) == (1, 0, 0)


@pytest.mark.parametrize("first", ["old", "new"])
def test_of_two_ballots_of_one_person_the_newest_stays(box: Box, first: str) -> None:
    poll, second = opened(box), {"old": "new", "new": "old"}[first]
    vote(box, poll, first, 1)
    vote(box, poll, second, 2)
    assert box.do(lambda store: store.polls.settle_link("old", "new")) == [poll.id]
    assert counts(box, poll) == (0, 1, 0)
    found = box.do(lambda store: store.polls.ballot(poll.id, "new"))
    assert found is not None
    assert found.choices == 2
    assert box.do(lambda store: store.polls.ballot(poll.id, "old")) is None


def test_a_linked_person_keeps_the_one_ballot_and_a_published_result_stands(box: Box) -> None:
    running, closed = opened(box), opened(box)
    vote(box, running, "old", 1)
    for unit in ("old", "new"):
        vote(box, closed, unit, 1)
    box.do(lambda store: store.polls.close(closed, None, NOW))
    assert box.do(lambda store: store.polls.settle_link("old", "new")) == []
    assert counts(box, running) == (1, 0, 0)
    assert box.do(lambda store: store.polls.ballot(running.id, "new")) is not None
    assert counts(box, closed) == (2, 0, 0)


def test_two_persons_merged_lose_no_ballot_and_gain_none(box: Box) -> None:
    poll = opened(box)

    def job(store: Store) -> list[str]:
        old, new = (store.people.of(AccountRef(network, "anna")).id for network in ("matrix", "telegram"))
        store.polls.vote(poll.id, new, 1, HERE)
        store.polls.vote(poll.id, old, 2, THERE)
        return store.merge(old, new)

    assert box.do(job) == [poll.id]
    assert counts(box, poll) == (0, 1, 0)


def test_a_room_that_moved_keeps_its_poll(box: Box) -> None:
    poll, new = opened(box), ChatRef("telegram", "-100")
    box.do(lambda store: store.polls.moved(HERE, new))
    found = box.do(lambda store: store.polls.get(poll.id))
    assert found is not None
    assert found.rooms[0] == replace(new, thread_id=HERE.thread_id)


def test_drafts_are_forgotten_and_polls_are_not(box: Box) -> None:
    poll = opened(box)
    draft = box.do(lambda store: store.polls.draft(DRAFT, None, HERE, (HERE,)))
    assert box.do(lambda store: store.polls.forget_drafts(NOW + timedelta(days=1), 10)) == 1
    assert box.do(lambda store: store.polls.get(draft.id)) is None
    assert box.do(lambda store: store.polls.get(poll.id)) == poll


async def test_votes_through_the_writer_from_everywhere_at_once(box: Box) -> None:
    poll = opened(box)
    writer = Writer(box.engine)
    writer.start()

    def cast(unit: str, choices: int) -> None:
        def job(session: Session) -> None:
            polls = Polls(session, NOW, lambda: None, lambda: ())
            polls.ballot(poll.id, unit)
            polls.vote(poll.id, unit, choices, HERE)
            polls.flush()

        jobs.append(writer.run(job))

    jobs: list[object] = []
    for number in range(120):
        cast(f"p{number % 40}", 1 << number // 40)
    await asyncio.gather(*jobs)  # type: ignore[call-overload]
    writer.close()
    assert counts(box, poll) == (0, 0, 40)


def test_a_draft_is_listed_for_its_writer_and_changed(box: Box) -> None:
    def job(store: Store) -> Poll:
        opener = store.people.of(AccountRef("telegram", "ola")).id
        return store.polls.draft(DRAFT, opener, HERE, (HERE, THERE))

    draft = box.do(job)
    assert draft.opener
    opener = draft.opener
    assert box.do(lambda store: store.polls.drafts(opener, 5)) == [draft]
    assert box.do(lambda store: store.polls.drafts("nobody", 5)) == []
    other = Draft("Kto?", ("A", "B", "C"), Kind.MULTIPLE, 1, 2)
    box.now = NOW + timedelta(days=1)
    changed = box.do(lambda store: store.polls.rewrite(draft, other, (THERE,)))
    assert changed == replace(draft, draft=other, rooms=(THERE,), opened_at=box.now)
    assert box.do(lambda store: store.polls.get(draft.id)) == changed
    opened_ = box.do(lambda store: store.polls.open(changed))
    assert box.do(lambda store: store.polls.drafts(opener, 5)) == []
    reworded = box.do(lambda store: store.polls.rewrite(opened_, replace(other, question="Co?")))
    assert (reworded.rooms, reworded.opened_at) == ((THERE,), opened_.opened_at)


def test_any_ballot_is_a_vote(box: Box) -> None:
    poll = opened(box, Draft("Co?", ("A", "B", "C"), Kind.MULTIPLE, 2, 3))
    assert not box.do(lambda store: store.polls.voted(poll.id))

    def job(store: Store) -> bool:
        store.polls.vote(poll.id, "anna", 1, HERE)
        return store.polls.voted(poll.id)

    assert box.do(job)
    assert box.do(lambda store: store.polls.voted(poll.id))
