"""A person's ballot out of native votes and votes of other ways: in whatever order they come, as a plain model says."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.core.native_polls import CARD, answer_id
from bot.core.polls import Draft, Poll
from bot.core.refs import AccountRef, CardRef, ChatRef
from storage import schema
from storage.engine import open_engine
from storage.native_votes import NativeVote
from storage.outbox import Priority
from storage.store import Store
from tests.storage.support import NOW, Box

ROOM, OTHER, DIRECT = ChatRef("matrix", "!r"), ChatRef("matrix", "!q"), ChatRef("telegram", "1")
PEOPLE = ("ola", "jan")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("other"), st.sampled_from(PEOPLE), st.integers(1, 3)),
        st.tuples(
            st.just("native"),
            st.sampled_from(PEOPLE),
            st.integers(0, 3),
            st.integers(0, 4),
            st.sampled_from([ROOM, OTHER]),
        ),
        st.tuples(st.just("back"), st.integers(0, 8)),
        st.tuples(st.just("link")),
    ),
    max_size=14,
)


@dataclass
class Model:
    """What should count. Natives are [person, sender, room, sent, id, choice, place]; None is one taken back."""

    natives: list[Any] = field(default_factory=list)
    others: dict[str, tuple[int, int]] = field(default_factory=dict)
    place: int = 0

    def counts(self, person: str) -> int:
        newest: dict[Any, Any] = {}
        for vote in sorted((vote for vote in self.natives if vote), key=lambda vote: vote[3:5]):
            if vote[0] == person:
                newest[vote[1], vote[2]] = vote
        found = [(vote[6], vote[5]) for vote in newest.values() if vote[5]]
        found += [self.others[person]] if person in self.others else []
        return max(found, default=(0, 0))[1]


@pytest.fixture(scope="module")
def empty() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="obrady-native-") as folder:
        path = Path(folder) / "obrady.db"
        engine = open_engine(f"sqlite:///{path}")
        schema.upgrade(engine)
        engine.dispose()
        yield path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_newest_valid_vote_of_any_way_counts(empty: Path, steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory(prefix="obrady-native-") as folder:
        path = Path(folder) / "obrady.db"
        shutil.copy(empty, path)
        engine = open_engine(f"sqlite:///{path}")
        try:
            with Session(engine.connect().execution_options(write=True), expire_on_commit=False) as session:
                _play(Store(session, NOW), steps)
        finally:
            engine.dispose()


def _play(store: Store, steps: list[Any]) -> None:
    unit = {name: store.people.of(AccountRef("matrix", name)).id for name in PEOPLE}
    poll = store.polls.open(store.polls.draft(Draft("?", ("a", "b", "c")), None, ROOM, [ROOM, OTHER]))
    model, person = Model(), {name: name for name in PEOPLE}
    for step in steps:
        model.place += 1
        match step:
            case ("other", who, number):
                store.polls.vote(poll.id, unit[person[who]], 1 << number - 1, DIRECT)
                model.others[person[who]] = (model.place, 1 << number - 1)
            case ("native", who, number, second, room):
                id_, at = f"${len(model.natives)}", NOW + second * timedelta(seconds=1)
                chosen = 1 << number - 1 if number else 0
                vote = NativeVote(id=id_, sender=who, post=f"s{room.chat_id}", chat=room, choices=chosen, sent_at=at)
                store.native_votes.respond(poll, unit[person[who]], vote)
                model.natives.append([person[who], who, room, second, id_, chosen, model.place])
            case ("back", number) if number < len(model.natives) and model.natives[number]:
                whose = store.native_votes.taken_back(ROOM, f"${number}")
                assert whose == (poll.id, unit[model.natives[number][0]])
                model.natives[number] = None
                store.native_votes.settle(poll, whose[1])
            case ("link",) if person["jan"] == "jan":
                store.merge(unit["jan"], unit["ola"])
                both = [model.others.pop(name) for name in PEOPLE if name in model.others]
                model.others |= {"ola": max(both)} if both else {}
                for one in model.natives:
                    if one:
                        one[0] = "ola"
                person["jan"] = "ola"
        for name in set(person.values()):
            ballot = store.polls.ballot(poll.id, unit[name])
            assert (ballot.choices if ballot else 0) == model.counts(name), step
    expected = [model.counts(name) for name in set(person.values())]
    assert store.polls.tally(poll).voters == sum(1 for chosen in expected if chosen)


# --- on both databases ---


def opened(box: Box, *rooms: ChatRef) -> Poll:
    def job(store: Store) -> Poll:
        return store.polls.open(store.polls.draft(Draft("?", ("a", "b")), None, ROOM, rooms or [ROOM]))

    return box.do(job)


def voted(box: Box, poll: Poll, id_: str, choices: int, chat: ChatRef = ROOM) -> str:
    def job(store: Store) -> str:
        unit = store.people.of(AccountRef("matrix", "anna")).id
        vote = NativeVote(id=id_, sender="anna", post="$s", chat=chat, choices=choices, sent_at=NOW)
        store.native_votes.respond(poll, unit, vote)
        return unit

    return box.do(job)


def test_a_vote_and_its_end(box: Box) -> None:
    poll = opened(box)
    unit = voted(box, poll, "$1", 1)
    assert box.do(lambda store: store.polls.tally(poll).counts) == (1, 0)
    assert box.do(lambda store: store.native_votes.concerns(ROOM, "$1"))
    assert not box.do(lambda store: store.native_votes.concerns(ROOM, "$2"))
    assert box.do(lambda store: store.native_votes.taken_back(ROOM, "$1")) == (poll.id, unit)
    assert box.do(lambda store: store.native_votes.settle(poll, unit)) is None
    assert box.do(lambda store: store.polls.tally(poll).voters) == 0
    assert box.do(lambda store: store.native_votes.end(poll, ROOM, "$s", "$end", NOW))
    assert not box.do(lambda store: store.native_votes.end(poll, ROOM, "$s", "$end2", NOW))
    assert box.do(lambda store: store.native_votes.ended(ROOM, "$s")) == NOW
    box.do(lambda store: store.polls.withdraw(poll))
    box.do(lambda store: store.native_votes.forget(NOW + timedelta(days=1), 10))
    assert box.do(lambda store: store.native_votes.ended(ROOM, "$s")) is None


def test_kept_in_one_room_the_votes_of_the_others_are_gone_and_do_not_come_back(box: Box) -> None:
    poll = opened(box, ROOM, OTHER)
    unit = voted(box, poll, "$1", 1)
    voted(box, poll, "$2", 2, OTHER)

    def keep(store: Store) -> None:
        store.native_votes.keep_in(poll, ROOM)
        store.polls.keep_in(poll, ROOM)

    box.do(keep)
    assert box.do(lambda store: store.polls.tally(poll).counts) == (1, 0)
    assert box.do(lambda store: store.native_votes.taken_back(OTHER, "$2")) is None
    box.do(lambda store: store.native_votes.taken_back(ROOM, "$1"))
    assert box.do(lambda store: store.native_votes.settle(poll, unit)) is None


def test_a_poll_that_is_out_but_not_yet_written_down_is_known_by_its_answers(box: Box) -> None:
    poll, other = opened(box), opened(box)
    answers = [answer_id(poll, 1)]
    assert box.do(lambda store: store.native_votes.poll_of(ROOM, "$s", answers)) is None
    box.do(lambda store: store.outbox.send(ROOM, lang="pl", priority=Priority.REPLY, card=CardRef(CARD, poll.id)))
    assert box.do(lambda store: store.native_votes.poll_of(ROOM, "$s", answers)) == poll.id
    for chat, named in ((OTHER, answers), (ROOM, []), (ROOM, ["x"]), (ROOM, [*answers, answer_id(other, 1)])):
        assert box.do(lambda store, c=chat, n=named: store.native_votes.poll_of(c, "$s", n)) is None
