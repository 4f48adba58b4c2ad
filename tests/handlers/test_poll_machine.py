"""Anything in any order, through the real intake on a real file, against a plain model: one unit, one vote.

`make soak` runs it at length: OBRADY_MACHINE_RUNS (default 200), OBRADY_MACHINE_STEPS (default 12).
"""

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
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
from bot.core.polls import Poll, PollState, Tally
from bot.core.refs import AccountRef, ChatRef
from bot.core.routing import Routes
from bot.engine.clock import VirtualClock
from bot.engine.intake import Intake
from bot.knowledge import Knowledge
from handlers import routers
from storage import ids
from storage.compaction import COMPACT, compact
from storage.due import Due, take
from storage.engine import OperationalError, open_engine
from storage.organisations import Standing
from storage.store import Store
from tests.handlers.world import MATRIX, START, TELEGRAM

RUNS = int(os.environ.get("OBRADY_MACHINE_RUNS", "200"))
STEPS = int(os.environ.get("OBRADY_MACHINE_STEPS", "12"))
OLA = AccountRef("telegram", "ola")
NAMES = ("ola", "jan", "ewa", "iza")
ROOMS = {"telegram": ChatRef("telegram", "-1"), "matrix": ChatRef("matrix", "!r")}
ACCOUNTS = [AccountRef(network, name) for network in ROOMS for name in NAMES]
SPEAKERS = {("telegram", "ola"): "X", ("telegram", "jan"): "X", ("matrix", "jan"): "Y", ("telegram", "ewa"): "Y"}
"""Whose delegate an account's person is at the beginning; linked, Jan speaks for both."""
ROUTES = Routes(routers(Knowledge.from_documents([])))
SECOND = timedelta(seconds=1)
NUMBERS = (1, 2, 3)
COMPILED: dict[Any, Any] = {}
"""Statements, made once for all the engines of all runs."""


class Machine(RuleBasedStateMachine):
    """One poll in two rooms on two networks, eight accounts that may turn out to be fewer people.

    The model: `ballots` by unit of an open poll, `box` and `register` of a secret one; `speaks` for whom a person may
    vote, `spoken` who did last.
    """

    empty: Path

    def __init__(self) -> None:
        super().__init__()
        ids._random.seed(7)  # A run that fails is to fail again.
        self.folder = tempfile.TemporaryDirectory(prefix="obrady-machine-")
        self.path = Path(self.folder.name) / "obrady.db"
        shutil.copy(self.empty, self.path)
        self.clock = VirtualClock(START)
        self.loop = asyncio.new_event_loop()
        self.crashes = False
        self.start()
        self.seen: list[Event] = []
        self.count = self.turn = 0
        self.person = {account: f"{account.platform}-{account.user_id}" for account in ACCOUNTS}
        self.ballots: dict[str, tuple[frozenset[int], str, int]] = {}
        self.box: list[int] = []
        self.register: set[str] = set()
        self.speaks: dict[str, dict[str, str]] = {}
        self.spoken: dict[str, str | None] = {}
        self.state, self.kept = "open", False

    def start(self) -> None:
        """The process begins: nothing but the file is left of the one before."""
        self.engine = open_engine(f"sqlite:///{self.path}")
        self.connection = self.engine.connect().execution_options(write=True, compiled_cache=COMPILED)
        # The disk is no part of this: what a kill of the machine leaves is tested in tests/crash.
        self.connection.connection.cursor().execute("PRAGMA synchronous=OFF")
        capabilities = {"telegram": TELEGRAM, "matrix": MATRIX}
        owners = frozenset({OLA, AccountRef("matrix", "ola")})
        self.intake = Intake(self, ROUTES, capabilities, self.clock, owners, lambda: None)  # type: ignore[arg-type]

    def stop(self) -> None:
        self.connection.close()
        self.engine.dispose()

    def teardown(self) -> None:
        self.loop.close()
        self.stop()
        self.folder.cleanup()

    async def run(self, job: Callable[[Session], Any]) -> Any:
        """The writer, on this thread."""
        with Session(self.connection, expire_on_commit=False) as session:
            result = job(session)
            if self.crashes:
                session.rollback()
                raise OperationalError("killed before the commit", None, Exception())
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
        press_id = "p" if who.platform == "telegram" else None
        return Pressed(**self.head(who, direct), post="1", action=action, press_id=press_id)

    @property
    def running(self) -> bool:
        return self.state in {"open", "closing"}

    # --- the model's votes ---

    def counts(self, who: AccountRef, direct: bool, *, press: bool) -> bool:
        """Whether a vote from there counts now, whoever casts it."""
        if self.secret and not direct and not (press and who.platform == "telegram"):
            return False
        return self.running and (direct or not self.kept or who.platform == "telegram")

    def voted(self, who: AccountRef, number: int, direct: bool, *, press: bool) -> None:
        """A vote for the person, or for the one organisation that they speak for."""
        if not self.counts(who, direct, press=press) or number not in NUMBERS:
            return
        unit = self.person[who]
        if self.organised:
            mine = list(self.speaks.get(unit, {}))
            if len(mine) != 1 or self.spoken_by_another(mine[0], unit):
                return
            unit = mine[0]
        if self.secret:
            if self.many and press:
                return  # Several options are typed at once.
            self.cast_secretly(unit, number)
        else:
            before = self.ballots.get(unit)
            chosen = frozenset({number}) | (before[0] if self.many and press and before else frozenset())
            if len(chosen) <= (2 if self.many else 1):
                self.cast(who, unit, chosen, direct)

    def spoken_by_another(self, organisation: str, person: str) -> bool:
        return not self.secret and organisation in self.ballots and self.spoken.get(organisation) not in (None, person)

    def cast(self, who: AccountRef, unit: str, chosen: frozenset[int], direct: bool) -> None:
        self.turn += 1
        if self.organised:
            self.spoken[unit] = self.person[who]
        before = self.ballots.get(unit)
        if not (before and (before[0], before[1].split()[0]) == (chosen, who.platform)):
            where = f"{who.platform} {who.user_id if direct else ''}"
            self.ballots[unit] = (chosen, where, self.turn)
            self.all_voted()

    def cast_secretly(self, unit: str, number: int) -> None:
        if unit not in self.register:
            self.register.add(unit)
            self.box.append(number)
            self.all_voted()

    def all_voted(self) -> None:
        """A poll of organisations ends when each one that has somebody to speak for it has voted."""
        entitled = {organisation for one in self.speaks.values() for organisation in one}
        if self.organised and entitled and entitled <= (self.register if self.secret else self.ballots.keys()):
            self.state, self.by_hand = "closed", False
            self.closings += 1

    # --- steps ---

    @initialize(many=st.booleans(), timed=st.booleans(), secret=st.booleans(), organised=st.booleans())
    def opens(self, many: bool, timed: bool, secret: bool, organised: bool) -> None:
        self.many, self.timed, self.secret, self.organised = (
            many and not (secret and organised),
            timed,
            secret,
            organised,
        )
        for network, room in ROOMS.items():
            self.feed(self.say(AccountRef(network, "ola"), "/czaty"))
            self.look(lambda store, room=room: store.rooms.claim(room, None))
        self.joins(*((AccountRef(*account), organisation) for account, organisation in SPEAKERS.items()))
        terms = (
            (secret, "tajna "),
            (organised, "na organizacje "),
            (self.many, "wielokrotna 1-2 "),
            (timed, "do 13:02 "),
        )
        before = "".join(words for wanted, words in terms if wanted)
        self.feed(self.say(OLA, f"/ankieta {before}Co? | a | b | c"))
        [poll] = self.look(lambda store: store.polls.running())
        self.poll, self.opened_at, self.closed_at, self.closings = poll.id, START, None, 0
        assert len(poll.rooms) == 2

    def joins(self, *appointed: tuple[AccountRef, str]) -> None:
        """Persons become delegates."""

        def job(store: Store) -> list[str]:
            made = [store.organisations.ask(store.people.of(who).id, name)[0].id for who, name in appointed]
            for id_ in made:
                store.organisations.decide(id_, Standing.DELEGATE, None)
            return made

        for (who, organisation), membership in zip(appointed, self.look(job), strict=True):
            self.speaks.setdefault(self.person[who], {})[organisation] = membership

    @rule(who=st.sampled_from(ACCOUNTS), number=st.integers(0, 4), direct=st.booleans(), typed=st.booleans())
    def votes(self, who: AccountRef, number: int, direct: bool, typed: bool) -> None:
        self.feed(self.ballot(who, number, direct, typed))
        self.voted(who, number, direct, press=not typed)

    def ballot(self, who: AccountRef, number: int, direct: bool, typed: bool) -> Event:
        if typed:
            return self.say(who, f"{number}" if direct else f"/glos {number}", direct)
        return self.push(who, f"vote:{self.poll}:{number}", direct)

    @rule(events=st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.integers(1, 3)), min_size=2, max_size=8))
    def votes_in_one_batch(self, events: list[tuple[AccountRef, int]]) -> None:
        self.feed(*(self.push(who, f"vote:{self.poll}:{number}") for who, number in events))
        for who, number in events:
            self.voted(who, number, direct=False, press=True)

    @precondition(lambda self: self.organised)
    @rule(who=st.sampled_from(ACCOUNTS), number=st.sampled_from(NUMBERS), take=st.booleans(), data=st.data())
    def votes_for_an_organisation(self, who: AccountRef, number: int, take: bool, data: st.DataObject) -> None:
        """By a button that names it: one's own or one that was shown to somebody else; to take it over or not."""
        shown = [(person, *one) for person, mine in self.speaks.items() for one in mine.items()]
        if not shown:
            return
        person, organisation, membership = data.draw(st.sampled_from(shown))
        what = f"m{1 << (number - 1):x}" if take else f"o{number}"
        self.feed(self.push(who, f"{'own' if take else 'for'}:{self.poll}:{what}:{membership}"))
        if person != self.person[who] or not self.counts(who, direct=False, press=True):
            return
        if self.secret:
            if not take:
                self.cast_secretly(organisation, number)
            return
        before = self.ballots.get(organisation)
        chosen = frozenset({number}) | (before[0] if self.many and not take and before else frozenset())
        if len(chosen) <= (2 if self.many else 1) and (take or not self.spoken_by_another(organisation, person)):
            self.cast(who, organisation, chosen, direct=False)

    @rule(who=st.sampled_from(ACCOUNTS), back=st.booleans())
    def is_demoted_or_appointed(self, who: AccountRef, back: bool) -> None:
        mine = self.speaks.get(self.person[who], {})
        if back and "X" not in mine:
            self.joins((who, "X"))
        for organisation, membership in [] if back else list(mine.items()):
            self.feed(self.push(who, f"org.leave:{membership}", direct=True))
            del mine[organisation]

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def the_network_repeats_itself(self, data: st.DataObject) -> None:
        events = data.draw(st.lists(st.sampled_from(self.seen), min_size=1, max_size=5))
        self.feed(*events)
        self.seen = self.seen[: -len(events)]

    @rule(who=st.sampled_from(ACCOUNTS), number=st.sampled_from(NUMBERS), typed=st.booleans())
    def is_killed_and_starts_again(self, who: AccountRef, number: int, typed: bool) -> None:
        """Before a commit; the network then says again what was not confirmed."""
        event = self.ballot(who, number, True, typed)
        self.crashes = True
        try:
            self.loop.run_until_complete(self.intake.feed([event]))
        except OperationalError:
            self.crashes = False
        assert not self.crashes
        self.stop()
        self.start()
        self.feed(event)
        self.voted(who, number, direct=True, press=not typed)

    @rule(name=st.sampled_from(NAMES))
    def accounts_are_linked(self, name: str) -> None:
        old, new = (AccountRef(network, name) for network in ("matrix", "telegram"))
        gone, kept = self.person[old], self.person[new]
        if gone == kept:
            return
        voided = self.look(lambda store: store.merge(store.people.of(old).id, store.people.of(new).id))
        self.person[old] = kept
        self.speaks[kept] = self.speaks.pop(gone, {}) | self.speaks.get(kept, {})
        self.spoken = {unit: kept if person == gone else person for unit, person in self.spoken.items()}
        if gone in self.register:
            self.register = self.register - {gone} | {kept}
        ours = [self.ballots.pop(one, None) for one in (gone, kept)]
        if all(ours) and not self.running:
            self.turn += 1
            self.ballots[kept], self.ballots[f"gone {self.turn}"] = ours[1], ours[0]  # type: ignore[assignment]
            assert voided == []
            return
        assert voided == ([self.poll] if all(ours) else [])
        if any(ours):
            self.ballots[kept] = max((one for one in ours if one), key=lambda one: one[2])

    @rule(name=st.sampled_from(NAMES))
    def accounts_are_parted(self, name: str) -> None:
        account = AccountRef("matrix", name)
        before = self.person[account]
        if before != self.person[AccountRef("telegram", name)]:
            return
        self.look(lambda store: store.part(account, ChatRef("matrix", f"dm-{name}")))
        self.turn += 1
        self.person[account] = f"{name} {self.turn}"
        if before in self.register and self.running:
            self.register.add(self.person[account])

    @rule(who=st.sampled_from([one for one in ACCOUNTS if one.user_id != "ola"]))
    def is_erased(self, who: AccountRef) -> None:
        unit = self.person[who]
        mine = [account for account in ACCOUNTS if self.person[account] == unit]
        id_ = self.look(lambda store: store.people.of(who).id)
        self.feed(self.push(who, f"erase:{id_[:20]}.{int(self.clock.now().timestamp()):x}", direct=True))
        found = self.look(lambda store: [store.people.find(account) for account in mine])
        if unit in self.register and self.running:
            assert None not in found, "who voted secretly would vote again"
            return
        assert found == [None] * len(mine)
        for account in mine:
            self.person[account] = f"{account.platform}-{account.user_id}-{self.count}"
        self.speaks.pop(unit, None)
        self.spoken = {one: None if person == unit else person for one, person in self.spoken.items()}
        if unit in self.register:
            self.register = self.register - {unit} | {f"gone {self.count}"}
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
            if due[0].name == COMPACT:
                compact(self.engine, [due[0].payload["poll"]])
                self.look(lambda store, key=due[0].key: Due(store.session).fired(key))
            else:
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
        if self.secret or who != OLA or not self.by_hand:
            return
        if self.clock.now() < self.closed_at + 10 * SECOND:
            self.state = "open"
            self.time_goes_by(0)

    @rule(who=st.sampled_from([OLA, AccountRef("telegram", "ewa")]), action=st.sampled_from(["undo", "only"]))
    def takes_it_back(self, who: AccountRef, action: str) -> None:
        self.feed(self.push(who, f"poll.{action}:{self.poll}"))
        if who != OLA or not self.running or self.clock.now() >= self.opened_at + 60 * SECOND:
            return
        if action == "undo":
            self.is_withdrawn()
        elif not self.register:
            self.kept = True
            self.ballots = {unit: one for unit, one in self.ballots.items() if one[1] == "telegram "}

    @rule(who=st.sampled_from([OLA, AccountRef("telegram", "ewa")]))
    def withdraws(self, who: AccountRef) -> None:
        self.feed(self.say(who, "/wycofaj"))
        if who == OLA and self.running:
            self.is_withdrawn()

    def is_withdrawn(self) -> None:
        self.state = "withdrawn"
        self.box, self.register = [], set()

    # --- what must hold ---

    @invariant()
    def the_tally_is_the_model_s(self) -> None:
        if not hasattr(self, "poll"):
            return

        def job(store: Store) -> tuple[Poll | None, Tally, set[str]]:
            poll = store.polls.get(self.poll)
            assert poll is not None
            return poll, store.polls.tally(poll), store.polls.secret.voters(poll.id)

        poll, found, register = self.look(job)
        assert poll.state is PollState(self.state)
        assert poll.closings == self.closings
        assert len(register) == len(self.register)
        chosen = [number for one, _, _ in self.ballots.values() for number in one] + self.box
        if self.secret and self.running:
            chosen = []
        assert found.counts == tuple(Counter(chosen)[number] for number in NUMBERS)
        assert found.voters == len(self.ballots) + len(self.box)


@pytest.mark.timeout(max(300, RUNS * STEPS))
def test_a_plain_model_agrees(empty_database: Path) -> None:
    Machine.empty = empty_database
    quiet: Sequence[HealthCheck] = (
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    )
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(quiet)
        ),
    )
