"""People and their roles; codes that work once."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.core.people import Role
from bot.core.refs import AccountRef
from storage.store import Store
from tests.storage.support import Box

ANNA, JAN = AccountRef("memory", "anna"), AccountRef("matrix", "@jan:example.org")


def test_an_account_is_one_person_for_ever(box: Box) -> None:
    first = box.do(lambda store: store.people.of(ANNA, "uk"))
    assert (first.lang, first.role) == ("uk", Role.MEMBER)
    assert box.do(lambda store: store.people.of(ANNA, "pl")) == first
    assert box.do(lambda store: store.people.of(JAN)).id != first.id


def test_an_owner_of_the_config_needs_no_row(box: Box) -> None:
    box.owners = frozenset({ANNA})
    assert box.do(lambda store: store.people.of(ANNA)).role is Role.OWNER
    box.owners = frozenset()
    assert box.do(lambda store: store.people.of(ANNA)).role is Role.MEMBER


def test_owners_are_found_though_they_never_wrote(box: Box) -> None:
    box.owners = frozenset({ANNA})
    found = box.do(lambda store: store.people.with_role(Role.OWNER))
    assert found == [box.do(lambda store: store.people.of(ANNA)).id]


def test_a_code_gives_its_role_once(box: Box) -> None:
    box.do(lambda store: store.people.invite("SESAM-7", Role.OWNER, box.now + timedelta(hours=1)))
    anna, jan = (box.do(lambda store, a=account: store.people.of(a).id) for account in (ANNA, JAN))
    assert box.do(lambda store: store.people.redeem(" sesam-7 ", anna)) is Role.OWNER
    assert box.do(lambda store: store.people.redeem("SESAM-7", jan)) is None
    assert box.do(lambda store: store.people.of(ANNA)).role is Role.OWNER
    assert box.do(lambda store: store.people.of(JAN)).role is Role.MEMBER


def test_a_code_used_twice_in_one_transaction_works_once(box: Box) -> None:
    box.do(lambda store: store.people.invite("K", Role.MODERATOR, box.now + timedelta(hours=1)))

    def both(store: Store) -> list[Role | None]:
        people = store.people
        return [people.redeem("K", people.of(account).id) for account in (ANNA, JAN)]

    assert box.do(both) == [Role.MODERATOR, None]


def test_a_code_that_is_too_old_is_refused(box: Box) -> None:
    box.do(lambda store: store.people.invite("K", Role.OWNER, box.now + timedelta(hours=1)))
    box.now += timedelta(hours=1, seconds=1)
    assert box.do(lambda store: store.people.redeem("K", store.people.of(ANNA).id)) is None


def test_the_code_itself_is_nowhere_in_the_database(box: Box) -> None:
    box.do(lambda store: store.people.invite("SESAM-7", Role.OWNER, box.now + timedelta(hours=1)))
    with box.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM invite").all()
    assert len(rows) == 1
    assert "sesam" not in repr(rows).casefold()


def test_a_lower_role_takes_no_higher_one_away(box: Box) -> None:
    anna = box.do(lambda store: store.people.of(ANNA).id)
    box.do(lambda store: store.people.grant(anna, Role.OWNER))
    box.do(lambda store: store.people.grant(anna, Role.MEMBER))
    assert box.do(lambda store: store.people.of(ANNA)).role is Role.OWNER


def test_a_role_counts_within_its_own_transaction(box: Box) -> None:
    def grant(store: Store) -> Role:
        people = store.people
        people.grant(people.of(ANNA).id, Role.COORDINATOR)
        role: Role = people.of(ANNA).role
        return role

    assert box.do(grant) is Role.COORDINATOR


@pytest.mark.parametrize("chosen", [True, False])
def test_a_language_told_by_the_words_never_replaces_the_chosen_one(box: Box, chosen: bool) -> None:
    anna = box.do(lambda store: store.people.of(ANNA).id)
    if chosen:
        box.do(lambda store: store.people.choose_language(anna, "pl"))

    def learn(store: Store) -> None:
        people = store.people
        people.of(ANNA)
        people.learn_language(anna, "uk")

    box.do(learn)
    assert box.do(lambda store: store.people.language(anna)) == ("pl" if chosen else "uk")


def test_a_hundred_new_people_are_looked_up_once(box: Box) -> None:
    accounts = [AccountRef("memory", str(number)) for number in range(100)]
    statements: list[str] = []
    event.listen(box.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def meet(store: Store) -> None:
        people = store.people
        people.prefetch(accounts)
        for account in accounts:
            people.of(account)

    box.do(meet)
    assert sum("FROM account" in statement for statement in statements) == 1
