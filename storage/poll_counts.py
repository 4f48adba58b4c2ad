"""Counting: ballots of a poll by equal choices, and how many may vote. Queries only."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.core.poll_terms import ORGANISATION, Unit
from bot.core.polls import Poll, Tally, tally
from storage.organisation_tables import MembershipRow
from storage.organisations import MembershipState, Standing
from storage.poll_tables import BallotRow, PollRow
from storage.secret_ballots import SecretBallots

_CONFIRMED = col(MembershipRow.state) == MembershipState.CONFIRMED


def counted(session: Session, poll: Poll, secret: SecretBallots) -> Tally:
    """The tally of a poll, of a secret one that runs the turnout alone: its counts are all nothing."""
    if poll.draft.secret:
        shown = not poll.running
        groups = [
            (choices if shown else 0, organisation, "", count)
            for choices, organisation, count in secret.groups(poll.id)
        ]
    else:
        groups = _open_groups(session, poll)
    people, organisations = _entitled(session, poll)
    draft, unit = poll.draft, poll.draft.unit
    persons = None
    if unit is not Unit.ORGANISATION:
        persons = _tally(poll, [(c, network, n) for c, organised, network, n in groups if not organised], people)
    if unit is Unit.PERSON and persons:
        return persons
    # An organisation is known by its name: counts by network would tell how it voted.
    theirs = _tally(poll, [(c, "", n) for c, organised, _, n in groups if organised], organisations)
    if persons is None:
        return theirs
    return Tally(persons.counts, persons.voters, persons.shares if not draft.secret else (), persons.entitled, theirs)


def everybody(session: Session, poll: Poll, secret: SecretBallots) -> bool:
    """Whether each one who may vote did, by a ballot that counts. Only where it is known who may."""
    if poll.draft.secret:
        voted = secret.voters(poll.id)
    else:
        rows = session.execute(select(BallotRow.unit, BallotRow.choices).where(BallotRow.poll_id == poll.id))
        voted = {unit for unit, choices in rows if choices.bit_count() >= poll.draft.least}
    people, organisations = _who(session, poll)
    return people <= voted and organisations <= voted


def entitled(session: Session, poll: Poll) -> dict[str, int | None]:
    """How many may vote at this moment, as columns of the poll."""
    people, organisations = _who(session, poll)
    return {
        "entitled_people": len(people) if poll.draft.members and poll.draft.unit is not Unit.ORGANISATION else None,
        "entitled_organisations": len(organisations) if poll.draft.unit is not Unit.PERSON else None,
    }


def _entitled(session: Session, poll: Poll) -> tuple[int | None, int | None]:
    if poll.draft.unit is Unit.PERSON and not poll.draft.members:
        return None, None
    if poll.closed_at is not None:
        row = session.execute(
            select(PollRow.entitled_people, PollRow.entitled_organisations).where(PollRow.id == poll.id)
        ).one()
        return row.entitled_people, row.entitled_organisations
    now = entitled(session, poll)
    return now["entitled_people"], now["entitled_organisations"]


def _who(session: Session, poll: Poll) -> tuple[set[str], set[str]]:
    """The persons and the organisations that may vote, as units."""
    people: set[str] = set()
    organisations: set[str] = set()
    if poll.draft.members and poll.draft.unit is not Unit.ORGANISATION:
        people = set(session.scalars(select(MembershipRow.person_id).where(_CONFIRMED)))
    if poll.draft.unit is not Unit.PERSON:
        speaks = col(MembershipRow.role).in_([Standing.DELEGATE, Standing.DEPUTY])
        found = session.scalars(select(MembershipRow.organisation_id).where(_CONFIRMED, speaks))
        organisations = {f"{ORGANISATION}{id_}" for id_ in found}
    return people, organisations


def _open_groups(session: Session, poll: Poll) -> list[tuple[int, bool, str, int]]:
    if poll.draft.unit is not Unit.BOTH:
        organised = poll.draft.unit is Unit.ORGANISATION
        rows = session.execute(
            select(BallotRow.choices, BallotRow.platform, func.count())
            .where(BallotRow.poll_id == poll.id)
            .group_by(col(BallotRow.choices), col(BallotRow.platform))
        )
        return [(choices, organised, platform, count) for choices, platform, count in rows]
    is_organisation = col(BallotRow.unit).startswith(ORGANISATION)
    every = select(BallotRow.choices, is_organisation, BallotRow.platform).where(BallotRow.poll_id == poll.id)
    return [(choices, bool(organised), platform, 1) for choices, organised, platform in session.execute(every)]


def _tally(poll: Poll, groups: list[tuple[int, str, int]], may: int | None) -> Tally:
    if poll.draft.secret and poll.running:
        return Tally((0,) * len(poll.draft.options), sum(count for _, _, count in groups), entitled=may)
    found = tally(poll.draft, groups)
    return Tally(found.counts, found.voters, found.shares, may)
