"""What a screen shows of the database: the right poll, the right phase, nothing for a wrong token."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.core.poll_terms import ORGANISATION, Unit
from bot.core.polls import Draft
from bot.core.refs import AccountRef, ChatRef
from bot.screen.board import RESULT_STAYS, Board, Phase, board_of
from storage import schema
from storage.engine import open_engine
from storage.rooms import DEFAULT
from storage.store import Store
from storage.writer import Reader
from tests.storage.support import NOW, Box

HERE, ELSEWHERE = ChatRef("telegram", "-1"), ChatRef("telegram", "-2")
ENDS = NOW + timedelta(minutes=5)


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    """A room of the default audience, and one that nobody claimed."""
    engine = open_engine(database_url)
    schema.upgrade(engine)
    box = Box(engine)

    def job(store: Store) -> None:
        from bot.core.chats import ChatKind

        for chat in (HERE, ELSEWHERE):
            store.chats.seen(chat, ChatKind.ROOM, None, None)
        store.rooms.claim(HERE, None)

    box.do(job)
    yield box
    engine.dispose()


def opened(box: Box, question: str, chat: ChatRef = HERE, ends: bool = False, **terms: Any) -> str:
    def job(store: Store) -> str:
        opener = store.people.of(AccountRef("telegram", "1")).id
        draft = Draft(question, ("a", "b"), closes_at=ENDS if ends else None, **terms)
        return store.polls.open(store.polls.draft(draft, opener, chat, [chat])).id

    return box.do(job)


def close(box: Box, poll_id: str) -> None:
    def job(store: Store) -> None:
        poll = store.polls.get(poll_id)
        assert poll
        store.polls.close(poll, None, NOW)

    box.do(job)


def look(box: Box, token: str | None = None, later: timedelta = timedelta()) -> Board | None:
    token = token or box.do(lambda store: store.screens.token(DEFAULT))
    return box.do(lambda store: board_of(store.session, token, NOW + later))


def test_nothing_runs(box: Box) -> None:
    opened(box, "Gdzie indziej?", ELSEWHERE)
    assert look(box) == Board(Phase.IDLE, None)


def test_the_newest_poll_with_its_counts_and_hands(box: Box) -> None:
    opened(box, "Pierwsza?")
    second = opened(box, "Druga?")

    def vote(store: Store) -> None:
        poll = store.polls.get(second)
        assert poll
        store.polls.vote(second, "somebody", 2, HERE)
        store.polls.count_hall(poll, (4, 2))

    box.do(vote)
    board = look(box)
    assert board
    assert board.poll
    assert (board.phase, board.poll.draft.question, board.more) == (Phase.RUNNING, "Druga?", 1)
    assert board.tally
    assert (board.tally.counts, board.tally.voters, board.tally.hands) == ((0, 1), 1, (4, 2))


def test_phases_by_the_clock(box: Box) -> None:
    poll_id = opened(box, "Czy?", ends=True)
    phases = [board.phase for minutes in (0, 4, 5) if (board := look(box, later=timedelta(minutes=minutes)))]
    assert phases == [Phase.RUNNING, Phase.RUNNING, Phase.OVER]

    close(box, poll_id)
    for later, phase in ((timedelta(minutes=1), Phase.CLOSED), (RESULT_STAYS, Phase.IDLE)):
        board = look(box, later=later)
        assert board
        assert board.phase is phase


@pytest.mark.parametrize("terms", [{"hidden": True}, {"secret": True}, {"hidden": True, "unit": Unit.BOTH}])
def test_counts_that_may_not_be_shown_are_not_there(box: Box, terms: dict[str, Any]) -> None:
    poll_id = opened(box, "Czy?", **terms)

    def vote(store: Store) -> None:
        poll = store.polls.get(poll_id)
        assert poll
        if poll.draft.secret:
            store.polls.secret.cast(poll_id, "somebody", 2, organisation=False)
        else:
            store.polls.vote(poll_id, "somebody", 2, HERE)
            store.polls.vote(poll_id, f"{ORGANISATION}o", 1, HERE)
        store.polls.count_hall(poll, (4, 2))

    box.do(vote)
    board = look(box)
    assert board
    assert board.tally
    for part in (board.tally, board.tally.organisations):
        assert part is None or (part.counts, part.hands, part.shares) == ((), (), ())
    assert board.tally.voters == (1 if terms.get("unit") or terms.get("secret") else 2)
    assert not board.tally.organisations or board.tally.organisations.voters == 1
    close(box, poll_id)
    board = look(box)
    assert board
    assert board.tally
    assert board.tally.counts == ((0, 1) if terms.get("unit") or terms.get("secret") else (1, 1))


def test_few_secret_votes_beside_others_are_not_shown_when_it_is_over(box: Box) -> None:
    poll_id = opened(box, "Czy?", secret=True, unit=Unit.BOTH)

    def vote(store: Store) -> None:
        for number in range(6):
            store.polls.secret.cast(poll_id, f"p{number}", 1, organisation=False)
        store.polls.secret.cast(poll_id, f"{ORGANISATION}o", 2, organisation=True)

    box.do(vote)
    close(box, poll_id)
    board = look(box)
    assert board
    assert board.tally
    assert board.tally.organisations
    assert (board.tally.counts, board.tally.voters) == ((6, 0), 6)
    assert (board.tally.organisations.counts, board.tally.organisations.voters) == ((), 1)


def test_a_wrong_token_opens_nothing(box: Box) -> None:
    token = box.do(lambda store: store.screens.token(DEFAULT))
    assert look(box, "A" * 22) is None
    assert look(box, token.swapcase()) is None
    box.do(lambda store: store.screens.new_token(DEFAULT))
    assert look(box, token) is None


async def test_looking_never_waits_for_who_writes(box: Box, database_url: str) -> None:
    token = box.do(lambda store: store.screens.token(DEFAULT))
    engine = open_engine(database_url)
    reader = Reader(engine)
    try:
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.exec_driver_sql("UPDATE audience SET name = 'x'")
            assert await reader.run(lambda session: board_of(session, token, NOW)) == Board(Phase.IDLE, None)
    finally:
        reader.close()
        engine.dispose()
