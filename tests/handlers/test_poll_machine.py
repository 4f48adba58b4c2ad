"""Anything in any order, through the real intake on a real file, against a plain model: one person, one vote."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session

from bot.core.chats import ChatKind
from bot.core.events import Event, Message, Pressed
from bot.core.polls import PollState
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Routes
from bot.engine.clock import VirtualClock
from bot.engine.intake import Intake
from bot.knowledge import Knowledge
from handlers import routers
from storage import ids
from storage.due import take
from storage.engine import open_engine
from storage.store import Store
from tests.handlers.world import MATRIX, START, TELEGRAM

OLA = AccountRef("telegram", "ola")
ROOMS = {"telegram": ChatRef("telegram", "-1"), "matrix": ChatRef("matrix", "!r")}
ACCOUNTS = [AccountRef(network, name) for network in ROOMS for name in ("ola", "jan", "ewa", "iza")]
ROUTES = Routes(routers(Knowledge.from_documents([])))
SECOND = timedelta(seconds=1)


class Machine(RuleBasedStateMachine):
    """One poll in two rooms on two networks, eight accounts that may turn out to be fewer people."""

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        ids._random.seed(7)  # A run that fails is to fail again.
        self.folder = tempfile.TemporaryDirectory(prefix="obrady-machine-")
        path = Path(self.folder.name) / "obrady.db"
        shutil.copy(self.empty, path)
        self.engine = open_engine(f"sqlite:///{path}")
        self.connection = self.engine.connect().execution_options(write=True)
        # Nothing is killed here, and no step has to wait for the disk.
        self.connection.connection.cursor().execute("PRAGMA synchronous=OFF")
        self.clock = VirtualClock(START)
        capabilities = {"telegram": TELEGRAM, "matrix": MATRIX}
        owners = frozenset({OLA, AccountRef("matrix", "ola")})
        self.intake = Intake(self, ROUTES, capabilities, self.clock, owners, lambda: None)  # type: ignore[arg-type]
        self.loop = asyncio.new_event_loop()
        self.seen: list[Event] = []
        self.count = self.turn = 0
        self.person = {account: f"{account.platform}-{account.user_id}" for account in ACCOUNTS}
        self.ballots: dict[str, tuple[frozenset[int], str, int]] = {}
        self.state, self.kept = "open", False

    def teardown(self) -> None:
        self.loop.close()
        self.connection.close()
        self.engine.dispose()
        self.folder.cleanup()

    async def run(self, job: Callable[[Session], Any]) -> Any:
        """The writer, on this thread."""
        with Session(self.connection, expire_on_commit=False) as session:
            result = job(session)
            session.commit()
            return result

    def look(self, job: Callable[[Store], Any]) -> Any:
        """One transaction of our own."""

        def work(session: Session) -> Any:
            store = Store(session, self.clock.now())
            result = job(store)
            store.flush()
            return result

        return self.loop.run_until_complete(self.run(work))

    def feed(self, *events: Event) -> None:
        self.seen += events
        self.loop.run_until_complete(self.intake.feed(events))

    def head(self, who: AccountRef, direct: bool = False) -> dict[str, Any]:
        self.count += 1
        chat = ChatRef(who.platform, f"dm-{who.user_id}") if direct else ROOMS[who.platform]
        kind = ChatKind.DIRECT if direct else ChatKind.ROOM
        return {"key": f"e{self.count}", "at": self.clock.now(), "chat": chat, "kind": kind, "sender": who}

    def say(self, who: AccountRef, words: str, direct: bool = False) -> Message:
        head = self.head(who, direct)
        return Message(**head, id=head["key"], text=words, addressed=direct)

    def push(self, who: AccountRef, action: str, direct: bool = False) -> Pressed:
        return Pressed(**self.head(who, direct), post="1", action=action, press_id="p")

    @property
    def running(self) -> bool:
        return self.state in {"open", "closing"}

    def counts(self, who: AccountRef, direct: bool) -> bool:
        return self.running and (direct or not self.kept or who.platform == "telegram")

    # --- steps ---

    @initialize(many=st.booleans(), timed=st.booleans())
    def opens(self, many: bool, timed: bool) -> None:
        self.many, self.timed = many, timed
        for network, room in ROOMS.items():
            self.feed(self.say(AccountRef(network, "ola"), "/czaty"))
            self.look(lambda store, room=room: store.rooms.claim(room, None))
        before = ("wielokrotna 1-2 " if many else "") + ("do 13:02 " if timed else "")
        self.feed(self.say(OLA, f"/ankieta {before}Co? | a | b | c"))
        [poll] = self.look(lambda store: store.polls.running())
        self.poll, self.opened_at, self.closed_at, self.closings = poll.id, START, None, 0
        assert len(poll.rooms) == 2

    @rule(who=st.sampled_from(ACCOUNTS), number=st.integers(0, 4), direct=st.booleans(), typed=st.booleans())
    def votes(self, who: AccountRef, number: int, direct: bool, typed: bool) -> None:
        event: Event = self.push(who, f"vote:{self.poll}:{number}", direct)
        if typed:
            event = self.say(who, f"{number}" if direct else f"/glos {number}", direct)
        self.feed(event)
        if self.counts(who, direct) and 1 <= number <= 3:
            chosen = frozenset({number})
            before = self.ballots.get(self.person[who])
            if self.many and not typed and before:
                chosen |= before[0]
            if len(chosen) <= (2 if self.many else 1):
                self.cast(who, chosen, direct)

    def cast(self, who: AccountRef, chosen: frozenset[int], direct: bool) -> None:
        self.turn += 1
        before = self.ballots.get(self.person[who])
        same = before and (before[0], before[1].split()[0]) == (chosen, who.platform)
        if not same:
            where = f"{who.platform} {who.user_id if direct else ''}"
            self.ballots[self.person[who]] = (chosen, where, self.turn)

    @rule(events=st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.integers(1, 3)), min_size=2, max_size=8))
    def votes_in_one_batch(self, events: list[tuple[AccountRef, int]]) -> None:
        self.feed(*(self.push(who, f"vote:{self.poll}:{number}") for who, number in events))
        for who, number in events:
            before = self.ballots.get(self.person[who])
            chosen = frozenset({number}) | (before[0] if self.many and before else frozenset())
            if self.counts(who, direct=False) and len(chosen) <= (2 if self.many else 1):
                self.cast(who, chosen, direct=False)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def the_network_repeats_itself(self, data: st.DataObject) -> None:
        events = data.draw(st.lists(st.sampled_from(self.seen), min_size=1, max_size=5))
        self.feed(*events)
        self.seen = self.seen[: -len(events)]

    @rule(names=st.sampled_from(["ola", "jan", "ewa", "iza"]))
    def accounts_are_linked(self, names: str) -> None:
        old, new = AccountRef("matrix", names), AccountRef("telegram", names)
        if self.person[old] == self.person[new]:
            return
        voided = self.look(lambda store: store.merge(store.people.of(old).id, store.people.of(new).id))
        ours = [self.ballots.pop(self.person[one], None) for one in (old, new)]
        self.person[old] = self.person[new]
        both = all(ours)
        if both and not self.running:
            self.ballots[self.person[new]], self.ballots[f"old {names} {self.count}"] = ours[1], ours[0]  # type: ignore[assignment]
            assert voided == []
        elif any(ours):
            assert voided == ([self.poll] if both else [])
            self.ballots[self.person[new]] = max((one for one in ours if one), key=lambda one: one[2])

    @rule(who=st.sampled_from([one for one in ACCOUNTS if one.user_id != "ola"]))
    def is_erased(self, who: AccountRef) -> None:
        unit = self.person[who]
        mine = [account for account in ACCOUNTS if self.person[account] == unit]
        id_ = self.look(lambda store: store.people.of(who).id)
        self.feed(self.push(who, f"erase:{id_[:20]}.{int(self.clock.now().timestamp()):x}", direct=True))
        assert self.look(lambda store: [store.people.find(account) for account in mine]) == [None] * len(mine)
        for account in mine:
            self.person[account] = f"{account.platform}-{account.user_id}-{self.count}"
        ballot = self.ballots.pop(unit, None)
        if ballot and not self.running:
            self.ballots[f"gone {self.count}"] = (ballot[0], "nowhere", ballot[2])

    @rule(seconds=st.sampled_from([1, 9, 31, 61]))
    def time_goes_by(self, seconds: int) -> None:
        to = self.clock.now() + seconds * SECOND
        while True:
            due = self.look(lambda store: take(store.session, to, 1))
            if not due:
                break
            self.clock.move(max(due[0].due, self.clock.now()))
            self.loop.run_until_complete(self.intake.feed([replace(due[0], at=self.clock.now())]))
        self.clock.move(to)
        over = START + timedelta(minutes=2)
        if self.timed and self.running and to >= over:
            self.state = "closed" if to >= over + 30 * SECOND else "closing"
            self.by_hand = False
            self.closings += self.state == "closed"

    @rule(who=st.sampled_from([OLA, AccountRef("matrix", "ewa")]))
    def closes(self, who: AccountRef) -> None:
        self.feed(self.say(who, "/zamknij"))
        if self.running and who == OLA:
            self.state, self.by_hand, self.closed_at = "closed", True, self.clock.now()
            self.closings += 1

    @precondition(lambda self: self.state == "closed")
    @rule(who=st.sampled_from([OLA, AccountRef("telegram", "ewa")]))
    def takes_the_closing_back(self, who: AccountRef) -> None:
        self.feed(self.push(who, f"poll.reopen:{self.poll}.{self.closings}"))
        if who == OLA and self.by_hand and self.clock.now() < self.closed_at + 10 * SECOND:
            self.state = "open"
            self.time_goes_by(0)

    @rule(who=st.sampled_from([OLA, AccountRef("telegram", "ewa")]), action=st.sampled_from(["undo", "only"]))
    def takes_it_back(self, who: AccountRef, action: str) -> None:
        self.feed(self.push(who, f"poll.{action}:{self.poll}"))
        if who != OLA or not self.running or self.clock.now() >= self.opened_at + 60 * SECOND:
            return
        if action == "undo":
            self.state = "withdrawn"
        else:
            self.kept = True
            self.ballots = {unit: one for unit, one in self.ballots.items() if one[1] == "telegram "}

    @rule(who=st.sampled_from([OLA, AccountRef("telegram", "ewa")]))
    def withdraws(self, who: AccountRef) -> None:
        self.feed(self.say(who, "/wycofaj"))
        if who == OLA and self.running:
            self.state = "withdrawn"

    # --- what must hold ---

    @invariant()
    def the_tally_is_the_model_s(self) -> None:
        if not hasattr(self, "poll"):
            return
        poll = self.look(lambda store: store.polls.get(self.poll))
        assert poll.state is PollState(self.state)
        found = self.look(lambda store: store.polls.tally(poll))
        wanted = Counter(number for chosen, _, _ in self.ballots.values() for number in chosen)
        assert found.counts == tuple(wanted[number] for number in (1, 2, 3))
        assert found.voters == len(self.ballots)
        assert poll.closings == self.closings


@pytest.mark.timeout(300)
def test_a_plain_model_agrees(empty_database: Path) -> None:
    Machine.empty = empty_database
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=200,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )
