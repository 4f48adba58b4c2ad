"""Memberships as both databases keep them."""

import pytest

from bot.core.refs import AccountRef
from storage.organisations import MembershipState, Standing
from storage.personal import Subject
from storage.store import Store
from tests.storage.support import Box

ANNA, ANIA = AccountRef("telegram", "1"), AccountRef("matrix", "@ania:x")


def member(store: Store, account: AccountRef, standing: Standing | None, name: str = "Łąka") -> str:
    """A confirmed membership, or (None) a request. Returns the person's id."""
    person = store.people.of(account).id  # Made in this transaction: its row must be there before the membership's.
    asked, _ = store.organisations.ask(person, name)
    if standing:
        store.organisations.decide(asked.id, standing, person)
    return person


def test_a_request_is_decided_once(box: Box) -> None:
    person = box.do(lambda store: member(store, ANNA, None))
    [asked] = box.do(lambda store: store.organisations.of(person))
    assert box.do(lambda store: store.organisations.waiting(5)) == [asked]
    assert not box.do(lambda store: store.organisations.is_member(person))
    assert box.do(lambda store: store.organisations.decide(asked.id, Standing.DEPUTY, person))
    assert not box.do(lambda store: store.organisations.decide(asked.id, None, person))
    assert not box.do(lambda store: store.organisations.decide("nothing", None, person))
    [found] = box.do(lambda store: store.organisations.speaks_for(person))
    assert (found.id, found.standing) == (asked.id, Standing.DEPUTY)
    assert box.do(lambda store: store.organisations.is_member(person))


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (Standing.DELEGATE, None, (MembershipState.CONFIRMED, Standing.DELEGATE)),
        (None, Standing.DEPUTY, (MembershipState.CONFIRMED, Standing.DEPUTY)),
        (Standing.MEMBER, Standing.DELEGATE, (MembershipState.CONFIRMED, Standing.DELEGATE)),
        (None, None, (MembershipState.ASKED, Standing.MEMBER)),
    ],
)
def test_of_two_linked_accounts_the_stronger_membership_stays(
    box: Box, first: Standing | None, second: Standing | None, kept: tuple[MembershipState, Standing]
) -> None:
    old = box.do(lambda store: member(store, ANNA, first))
    new = box.do(lambda store: member(store, ANIA, second, "łąka"))
    box.do(lambda store: member(store, ANNA, Standing.MEMBER, "Inna"))
    box.do(lambda store: store.merge(old, new))
    found = {one.organisation.name: one for one in box.do(lambda store: store.organisations.of(new))}
    assert found.keys() == {"Łąka", "Inna"}
    assert (found["Łąka"].state, found["Łąka"].standing) == kept


def test_an_erased_person_belongs_to_nothing_and_what_they_decided_stays(box: Box) -> None:
    anna = box.do(lambda store: member(store, ANNA, Standing.MEMBER))

    def decided(store: Store) -> str:
        person = store.people.of(ANIA).id
        asked, _ = store.organisations.ask(person, "Inna")
        store.organisations.decide(asked.id, Standing.DELEGATE, anna)
        return person

    ania = box.do(decided)
    box.do(lambda store: store.organisations.erase(Subject(anna, (), ())))
    assert box.do(lambda store: store.organisations.of(anna)) == []
    assert len(box.do(lambda store: store.organisations.speaks_for(ania))) == 1
    assert [one.name for one in box.do(lambda store: store.organisations.all())] == ["Inna"]
