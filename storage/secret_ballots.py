"""Secret ballots: a unit is put down as having voted, and a ballot that is nobody's is put into the box."""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import delete, func, insert, update
from sqlmodel import Session, col, select

from bot.core.polls import PollState
from storage.personal import Subject, listed
from storage.poll_tables import OrganisationVoteRow, PollRow
from storage.secret_tables import SecretBallotRow, VoterRow
from storage.upsert import table_of

RUNNING = (PollState.OPEN, PollState.CLOSING)


class SecretBallots:
    """Of one transaction. Register and box are written set-wise, each in the order of its own keys, so that the order
    of a batch is lost at once.

    Args:
        present: the persons that this batch is about, so that the register is read for all of them in one query.
    """

    def __init__(self, session: Session, present: Callable[[], Iterable[str]]) -> None:
        self._session = session
        self._present = present
        self._known: dict[str, dict[str, bool]] = {}
        self._voters: list[dict[str, Any]] = []
        self._ballots: list[dict[str, Any]] = []

    def voted(self, poll_id: str, unit: str) -> bool:
        """Whether a unit voted already."""
        known = self._known.setdefault(poll_id, {})
        if unit not in known:
            wanted = {unit, *self._present()} - known.keys()
            known.update(dict.fromkeys(wanted, False))
            found = select(VoterRow.unit).where(VoterRow.poll_id == poll_id, col(VoterRow.unit).in_(wanted))
            known.update(dict.fromkeys(self._session.scalars(found), True))
        return known[unit]

    def cast(self, poll_id: str, unit: str, choices: int, *, organisation: bool = False) -> None:
        """Take a ballot. Whether the unit may vote, and has not, is for the caller to see to; the key does too."""
        self._known.setdefault(poll_id, {})[unit] = True
        self._voters.append({"poll_id": poll_id, "unit": unit})
        ballot = {"poll_id": poll_id, "number": new_number(), "choices": choices, "organisation": organisation}
        self._ballots.append(ballot)

    def groups(self, poll_id: str) -> list[tuple[int, bool, int]]:
        """Equal ballots: choices, whether organisations cast them, how many."""
        self.flush()
        rows = self._session.execute(
            select(SecretBallotRow.choices, SecretBallotRow.organisation, func.count())
            .where(SecretBallotRow.poll_id == poll_id)
            .group_by(col(SecretBallotRow.choices), col(SecretBallotRow.organisation))
        )
        return [(choices, organisation, count) for choices, organisation, count in rows]

    def voters(self, poll_id: str) -> set[str]:
        """The units that voted."""
        self.flush()
        return set(self._session.scalars(select(VoterRow.unit).where(VoterRow.poll_id == poll_id)))

    def anybody(self, poll_id: str) -> bool:
        """Whether any unit voted."""
        self.flush()
        first = select(VoterRow.unit).where(VoterRow.poll_id == poll_id).limit(1)
        return self._session.scalars(first).first() is not None

    def settle_link(self, old: str, new: str) -> None:
        """Two accounts are one person: who voted with either has voted. Ballots that are in the box stay there."""
        self.flush()
        both = select(VoterRow.poll_id).where(VoterRow.unit == new)
        mine = col(VoterRow.unit) == old
        self._session.execute(delete(VoterRow).where(mine, col(VoterRow.poll_id).in_(both)))
        self._session.execute(update(VoterRow).where(mine).values(unit=new))
        self._known.clear()

    def parted(self, old: str, new: str) -> None:
        """An account became a person of its own: where the one person voted both have voted. Else linking and parting
        again and again would be a vote each time."""
        self.flush()
        running = (
            select(VoterRow.poll_id)
            .join(PollRow, col(PollRow.id) == col(VoterRow.poll_id))
            .where(VoterRow.unit == old, col(PollRow.state).in_(RUNNING))
        )
        polls = self._session.scalars(running).all()
        self._voters += [{"poll_id": poll_id, "unit": new} for poll_id in polls]
        self.flush()
        self._known.clear()

    def discard(self, poll_id: str) -> None:
        """Empty box and register of a poll that will never have a result."""
        self.flush()
        for table, column in ((VoterRow, VoterRow.poll_id), (SecretBallotRow, SecretBallotRow.poll_id)):
            self._session.execute(delete(table).where(col(column) == poll_id))
        self._known.clear()

    def running_of(self, person_id: str) -> list[str]:
        """The questions of the secret polls that run in which a person has voted."""
        self.flush()
        query = _of(person_id).where(col(PollRow.state).in_(RUNNING))
        return list(self._session.scalars(query.with_only_columns(PollRow.question)))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """In which secret polls the person voted, and for which organisation an open ballot was cast."""
        spoken = (
            select(PollRow.id, PollRow.question, OrganisationVoteRow.organisation_id)
            .join(PollRow, col(PollRow.id) == col(OrganisationVoteRow.poll_id))
            .where(OrganisationVoteRow.person_id == subject.person_id)
            .order_by(col(PollRow.seq))
        )
        return {
            "voted_secretly": listed(self._session, _of(subject.person_id)),
            "votes_for_organisations": listed(self._session, spoken),
        }

    def erase(self, subject: Subject) -> None:
        """The register keeps that somebody voted, not who; an organisation's ballot stays, without who cast it."""
        mine = VoterRow.unit == subject.person_id
        for poll_id in self._session.scalars(select(VoterRow.poll_id).where(mine)).all():
            one = update(VoterRow).where(mine, VoterRow.poll_id == poll_id)  # type: ignore[arg-type]
            self._session.execute(one.values(unit=new_number()))
        spoken = col(OrganisationVoteRow.person_id) == subject.person_id
        self._session.execute(delete(OrganisationVoteRow).where(spoken))
        self._known.clear()

    def flush(self) -> None:
        """Write what was collected."""
        # Plain inserts: a unit that is there already is a mistake, and must not add a ballot.
        for model, rows, key in ((VoterRow, self._voters, "unit"), (SecretBallotRow, self._ballots, "number")):
            if rows:
                ordered = sorted(rows, key=lambda row, key=key: row[key])  # type: ignore[misc]
                self._session.connection().execute(insert(table_of(model)), ordered)
        self._voters, self._ballots = [], []


def _of(person_id: str) -> Any:
    return (
        select(PollRow.id, PollRow.question, PollRow.state)
        .join(VoterRow, col(VoterRow.poll_id) == col(PollRow.id))
        .where(VoterRow.unit == person_id)
        .order_by(col(PollRow.seq))
    )


def new_number() -> str:
    """A ballot's number. Not from `storage.ids`: those follow from each other for who knows enough of them."""
    return secrets.token_hex(8)
