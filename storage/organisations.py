"""Organisations: who belongs to which, as whom, confirmed by a moderator."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.clean import fold
from storage.ids import new_id
from storage.organisation_tables import MembershipRow, OrganisationRow
from storage.personal import Subject, listed


class Standing(StrEnum):
    """In an organisation. A delegate casts its vote, a deputy does when the delegate can't."""

    MEMBER = "member"
    DEPUTY = "deputy"
    DELEGATE = "delegate"


class MembershipState(StrEnum):
    """Asked: a moderator has to decide. Ended: the person left."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation by its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in an organisation. `number` tells requests apart between people."""

    id: str
    person_id: str
    organisation: Organisation
    standing: Standing
    state: MembershipState
    number: int


# Of two memberships of one person in one organisation the first of these stays.
_STRONGEST = (MembershipState.CONFIRMED, MembershipState.ASKED, MembershipState.REFUSED, MembershipState.ENDED)


class Organisations:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: rows here point to them.
    """

    def __init__(self, session: Session, now: datetime, flush: Callable[[], None]) -> None:
        self._session = session
        self._now = now
        self._flush = flush

    def all(self) -> list[Organisation]:
        """Those with a confirmed membership, by name."""
        confirmed = select(MembershipRow.organisation_id).where(MembershipRow.state == MembershipState.CONFIRMED)
        rows = self._session.scalars(
            select(OrganisationRow).where(col(OrganisationRow.id).in_(confirmed)).order_by(col(OrganisationRow.key))
        )
        return [Organisation(row.id, row.name) for row in rows]

    def named(self, name: str) -> str | None:
        """The id of one of those, by its name."""
        key = fold(name)
        return next((one.id for one in self.all() if fold(one.name) == key), None)

    def names(self, ids: Sequence[str]) -> list[str]:
        """The names of organisations, in order."""
        if not ids:
            return []
        rows = self._session.scalars(
            select(OrganisationRow.name).where(col(OrganisationRow.id).in_(ids)).order_by(col(OrganisationRow.key))
        )
        return list(rows)

    def ask(self, person_id: str, name: str) -> tuple[Membership, bool]:
        """Ask for a membership. False: it is asked for or confirmed already; then that one is returned."""
        self._flush()
        key = fold(name)
        organisation = self._session.scalars(select(OrganisationRow).where(OrganisationRow.key == key)).first()
        if organisation is None:
            organisation = OrganisationRow(id=new_id()[:16], name=name, key=key, created_at=self._now)
            self._session.add(organisation)
            self._session.flush()
        row = self._session.scalars(
            select(MembershipRow).where(
                MembershipRow.person_id == person_id, MembershipRow.organisation_id == organisation.id
            )
        ).first()
        if row is not None and row.state in {MembershipState.ASKED, MembershipState.CONFIRMED}:
            return self._membership(row), False
        if row is not None:
            self._session.delete(row)  # An old button must not answer the new request.
            self._session.flush()
        row = MembershipRow(
            id=new_id()[:12],
            person_id=person_id,
            organisation_id=organisation.id,
            role=Standing.MEMBER,
            state=MembershipState.ASKED,
            number=1000 + secrets.randbelow(9000),
            asked_at=self._now,
        )
        self._session.add(row)
        self._session.flush()
        return self._membership(row), True

    def get(self, id_: str) -> Membership | None:
        """A membership by its id."""
        row = self._session.get(MembershipRow, id_)
        return self._membership(row) if row else None

    def of(self, person_id: str) -> list[Membership]:
        """A person's memberships that are asked for or confirmed."""
        return self._where(
            col(MembershipRow.person_id) == person_id,
            col(MembershipRow.state).in_([MembershipState.ASKED, MembershipState.CONFIRMED]),
        )

    def waiting(self, limit: int) -> list[Membership]:
        """Requests that no moderator decided yet, the oldest first."""
        return self._where(col(MembershipRow.state) == MembershipState.ASKED, limit=limit)

    def speaks_for(self, person_id: str) -> list[Membership]:
        """The organisations whose vote a person may cast: as their confirmed delegate or deputy."""
        return [one for one in self.of(person_id) if _speaks(one)]

    def is_member(self, person_id: str) -> bool:
        """Whether a moderator confirmed a membership of this person in any organisation."""
        return any(one.state is MembershipState.CONFIRMED for one in self.of(person_id))

    def decide(self, id_: str, standing: Standing | None, by: str | None) -> bool:
        """Confirm a request with a standing, or (None) refuse it. False: somebody did before, or there is none."""
        row = self._session.get(MembershipRow, id_)
        if row is None or row.state != MembershipState.ASKED:
            return False
        self._flush()
        row.state = MembershipState.CONFIRMED if standing else MembershipState.REFUSED
        row.role = standing or Standing.MEMBER
        row.decided_by, row.decided_at = by, self._now
        return True

    def leave(self, id_: str) -> None:
        """The person belongs to the organisation no more, or takes the request back."""
        row = self._session.get(MembershipRow, id_)
        if row is not None:
            row.state, row.decided_at = MembershipState.ENDED, self._now

    def settle_link(self, old: str, new: str) -> None:
        """Before two persons become one: where both belong to an organisation the stronger membership stays."""
        self._session.flush()
        rows = self._session.scalars(select(MembershipRow).where(col(MembershipRow.person_id).in_([old, new])))
        best: dict[str, MembershipRow] = {}
        for row in sorted(rows, key=_strength):
            if best.setdefault(row.organisation_id, row) is not row:
                self._session.delete(row)
        self._session.flush()

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The person's memberships, those that ended or were refused too; and what they decided on others'."""
        mine = (
            select(  # type: ignore[call-overload]
                OrganisationRow.name.label("organisation"),  # type: ignore[attr-defined]
                MembershipRow.role,
                MembershipRow.state,
                MembershipRow.number,
                MembershipRow.asked_at,
                MembershipRow.decided_at,
            )
            .join(OrganisationRow, col(OrganisationRow.id) == col(MembershipRow.organisation_id))
            .where(MembershipRow.person_id == subject.person_id)
            .order_by(MembershipRow.asked_at, MembershipRow.id)
        )
        decided = (
            select(MembershipRow.number, MembershipRow.state, MembershipRow.decided_at)
            .where(MembershipRow.decided_by == subject.person_id)
            .order_by(col(MembershipRow.decided_at), MembershipRow.id)
        )
        return {
            "memberships": listed(self._session, mine),
            "memberships_decided": listed(self._session, decided),
        }

    def erase(self, subject: Subject) -> None:
        """The person belongs nowhere; what they decided stays decided."""
        me = subject.person_id
        self._session.execute(delete(MembershipRow).where(col(MembershipRow.person_id) == me))
        self._session.execute(update(MembershipRow).where(col(MembershipRow.decided_by) == me).values(decided_by=None))

    def _where(self, *conditions: object, limit: int | None = None) -> list[Membership]:
        query = select(MembershipRow).where(*conditions)  # type: ignore[arg-type]
        rows = self._session.scalars(query.order_by(col(MembershipRow.asked_at), col(MembershipRow.id)).limit(limit))
        return [self._membership(row) for row in rows]

    def _membership(self, row: MembershipRow) -> Membership:
        organisation = self._session.get_one(OrganisationRow, row.organisation_id)
        return Membership(
            id=row.id,
            person_id=row.person_id,
            organisation=Organisation(organisation.id, organisation.name),
            standing=Standing(row.role),
            state=MembershipState(row.state),
            number=row.number,
        )


def _speaks(one: Membership) -> bool:
    return one.state is MembershipState.CONFIRMED and one.standing is not Standing.MEMBER


def _strength(row: MembershipRow) -> tuple[int, int]:
    return _STRONGEST.index(MembershipState(row.state)), -list(Standing).index(Standing(row.role))
