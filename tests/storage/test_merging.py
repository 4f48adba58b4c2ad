"""Two persons become one: in every table, at once, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, insert, select
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.core.chats import ChatKind
from bot.core.people import Role
from bot.core.refs import AccountRef, ChatRef
from storage import audit
from storage.ids import new_id
from storage.linking_tables import AuditRow, LinkTryRow
from storage.merging import move_references, references
from storage.store import Store
from storage.tables import ChatRow, PersonRow, QuestionRow
from storage.upsert import table_of
from tests.storage.support import Box

ANNA, ANIA = AccountRef("telegram", "1"), AccountRef("matrix", "@ania:example.org")
DM = ChatRef("matrix", "!dm:example.org")


def meet(box: Box, *accounts: AccountRef) -> list[str]:
    return [box.do(lambda store, a=account: store.people.of(a).id) for account in accounts]


def test_accounts_chats_and_questions_move_and_the_old_person_is_gone(box: Box) -> None:
    old, new = meet(box, ANIA, ANNA)

    def prepare(store: Store) -> None:
        store.chats.seen(DM, ChatKind.DIRECT, None, old)
        store.flush()
        store.questions.offer(old, DM, "pl", "Kiedy?")
        store.linking.wrong(old)

    box.do(prepare)
    assert box.do(lambda store: store.merge(old, new)) == []
    assert meet(box, ANIA, ANNA) == [new, new]
    assert box.do(lambda store: store.chats.direct_of(new)) == DM
    with box.engine.connect() as connection:
        for row, column in ((ChatRow, "person_id"), (QuestionRow, "person_id"), (LinkTryRow, "person_id")):
            assert connection.scalars(select(table_of(row).c[column])).all() == [new]
        assert connection.scalars(select(table_of(PersonRow).c.id)).all() == [new]


def test_what_the_batch_knows_already_moves_too(box: Box) -> None:
    """Both wrote in the batch in which they link; nothing of either is in the database yet."""

    def together(store: Store) -> tuple[str, str, str]:
        old, new = store.people.of(ANIA), store.people.of(ANNA)
        store.chats.seen(DM, ChatKind.DIRECT, None, old.id)
        store.audit.note(old.id, "poll-opened", "p1")
        store.merge(old.id, new.id)
        store.chats.seen(DM, ChatKind.DIRECT, None, store.people.of(ANIA).id)
        return store.people.of(ANIA).id, store.people.of(ANNA).id, new.id

    one, other, new = box.do(together)
    assert one == other == new
    assert box.do(lambda store: store.chats.direct_of(new)) == DM
    assert box.do(lambda store: [row.person_id for row in audit.acts(store.session)]) == [new]


def test_every_column_that_points_to_a_person_is_moved(box: Box) -> None:
    """Also in tables that somebody will add: a row that points to the old person would make its end fail."""
    found = {(table.name, column.name) for table, column in references()}
    assert {("account", "person_id"), ("invite", "made_by"), ("audit", "person_id"), ("role", "person_id")} <= found
    old, new = meet(box, ANIA, ANNA)
    filled = box.do(lambda store: [_fill(store, table, column, old) for table, column in references()])
    assert sum(filled) >= 7
    box.do(lambda store: store.merge(old, new))
    with box.engine.connect() as connection:
        for table, column in references():
            assert old not in connection.scalars(select(column)).all(), table.name


def _fill(store: Store, table: Any, column: Any, person: str) -> bool:
    """A row that points to the person, where the table needs nothing else to be there."""
    if any(key.column.table.name != "person" for one in table.columns for key in one.foreign_keys):
        return False
    if table.name == "account":
        return True
    row = {column.name: person}
    for one in table.columns:
        if one is column or one.nullable or one.autoincrement is True:
            continue
        if one.foreign_keys:
            row[one.name] = person
        else:
            row[one.name] = _value(one.type, store)
    store.session.connection().execute(insert(table), [row])
    return True


def _value(kind: Any, store: Store) -> Any:
    match kind:
        case UTCDateTime():
            return store.now
        case Integer():
            return 2
        case Boolean():
            return False
        case _:
            return new_id()


@pytest.mark.parametrize(
    ("old_role", "new_role", "kept"),
    [
        (Role.OWNER, None, Role.OWNER),
        (None, Role.OWNER, Role.OWNER),
        (Role.MODERATOR, Role.COORDINATOR, Role.COORDINATOR),
        (Role.COORDINATOR, Role.MODERATOR, Role.COORDINATOR),
        (None, None, Role.MEMBER),
    ],
)
def test_the_higher_role_stays(box: Box, old_role: Role | None, new_role: Role | None, kept: Role) -> None:
    old, new = meet(box, ANIA, ANNA)
    for person, role in ((old, old_role), (new, new_role)):
        if role:
            box.do(lambda store, p=person, r=role: store.people.grant(p, r))

    def merge(store: Store) -> Role:
        store.people.of(ANIA)
        store.merge(old, new)
        role: Role = store.people.of(ANIA).role
        return role

    assert box.do(merge) is kept  # Within the transaction, and after it.
    assert [box.do(lambda store, a=account: store.people.of(a).role) for account in (ANIA, ANNA)] == [kept, kept]


@pytest.mark.parametrize(
    ("old_chose", "new_chose", "kept"), [("uk", None, "uk"), (None, "en", "en"), ("uk", "en", "en"), (None, None, "pl")]
)
def test_the_chosen_language_stays(box: Box, old_chose: str | None, new_chose: str | None, kept: str) -> None:
    old = box.do(lambda store: store.people.of(ANIA, "uk").id)
    new = box.do(lambda store: store.people.of(ANNA, "pl").id)
    for person, lang in ((old, old_chose), (new, new_chose)):
        if lang:
            box.do(lambda store, p=person, code=lang: store.people.choose_language(p, code))
    box.do(lambda store: store.merge(old, new))
    assert box.do(lambda store: store.people.of(ANIA).lang) == kept


def test_whom_an_act_was_done_to_moves_with_them(box: Box) -> None:
    old, new = meet(box, ANIA, ANNA)
    box.do(lambda store: store.audit.note(new, "role-granted", old, role="moderator"))
    box.do(lambda store: store.merge(old, new))
    assert box.do(lambda store: [row.subject for row in audit.acts(store.session)]) == [new]


def test_where_only_one_row_can_stay_the_other_goes(box: Box) -> None:
    old, new = meet(box, ANIA, ANNA)
    for person, role in ((old, Role.MODERATOR), (new, Role.OWNER)):
        box.do(lambda store, p=person, r=role: store.people.grant(p, r))
    box.do(lambda store: move_references(store.session, old, new))
    assert box.do(lambda store: store.people.standing(new)) is Role.OWNER
    assert box.do(lambda store: store.people.standing(old)) is Role.MEMBER


def test_an_owner_of_the_config_is_one_with_every_account(box: Box) -> None:
    box.owners = frozenset({ANNA})
    old, new = meet(box, ANIA, ANNA)
    box.do(lambda store: store.merge(old, new))
    assert box.do(lambda store: store.people.of(ANIA)).role is Role.OWNER
    box.owners = frozenset()
    assert box.do(lambda store: store.people.of(ANIA)).role is Role.MEMBER


def test_an_account_leaves_with_its_chats_and_its_language_and_nothing_else(box: Box) -> None:
    box.do(lambda store: store.people.of(ANNA, "uk"))
    old, new = meet(box, ANIA, ANNA)
    box.do(lambda store: store.chats.seen(DM, ChatKind.DIRECT, None, old))
    box.do(lambda store: store.merge(old, new))
    box.do(lambda store: store.people.grant(new, Role.MODERATOR))

    def part(store: Store) -> tuple[str, Role, Role]:
        store.people.of(ANNA)
        id_ = store.part(ANIA, DM)
        return id_, store.people.of(ANIA).role, store.people.of(ANNA).role

    alone, mine, theirs = box.do(part)
    assert (mine, theirs) == (Role.MEMBER, Role.MODERATOR)
    assert meet(box, ANIA, ANNA) == [alone, new]
    assert box.do(lambda store: store.people.of(ANIA).lang) == "uk"
    assert box.do(lambda store: store.chats.direct_of(alone)) == DM
    assert box.do(lambda store: store.chats.direct_of(new)) is None


def test_with_two_accounts_on_a_network_only_the_chat_in_which_it_was_said_leaves(box: Box) -> None:
    second, other = AccountRef("matrix", "@anna2:example.org"), ChatRef("matrix", "!other:example.org")
    old, new = meet(box, second, ANIA)
    box.do(lambda store: store.chats.seen(DM, ChatKind.DIRECT, None, new))
    box.do(lambda store: store.chats.seen(other, ChatKind.DIRECT, None, old))
    box.do(lambda store: store.merge(old, new))
    alone = box.do(lambda store: store.part(second, other))
    assert box.do(lambda store: store.chats.direct_of(alone)) == other
    assert box.do(lambda store: store.chats.direct_of(new)) == DM


def test_a_revoked_role_is_gone_at_once_and_so_are_the_codes_given_out(box: Box) -> None:
    anna, ania = meet(box, ANNA, ANIA)
    box.do(lambda store: store.people.grant(anna, Role.COORDINATOR))
    box.do(lambda store: store.people.invite("K", Role.MODERATOR, box.now + timedelta(days=7), made_by=anna))

    def revoke(store: Store) -> Role:
        store.people.of(ANNA)
        store.people.revoke(anna)
        role: Role = store.people.of(ANNA).role
        return role

    assert box.do(revoke) is Role.MEMBER
    assert box.do(lambda store: store.people.redeem("K", ania)) is None


def test_a_code_given_out_goes_on_working_after_its_maker_linked_accounts(box: Box) -> None:
    old, new = meet(box, ANIA, ANNA)
    box.do(lambda store: store.people.grant(old, Role.COORDINATOR))
    box.do(lambda store: store.people.invite("K", Role.MODERATOR, box.now + timedelta(days=7), made_by=old))
    box.do(lambda store: store.merge(old, new))
    [jan] = meet(box, AccountRef("telegram", "2"))
    assert box.do(lambda store: store.people.redeem("K", jan)) is Role.MODERATOR


def test_acts_are_written_in_order_with_what_an_auditor_needs(box: Box) -> None:
    [anna] = meet(box, ANNA)
    box.do(lambda store: store.audit.note(anna, "poll-opened", "p1", kind="single"))
    box.now += timedelta(days=1)
    box.do(lambda store: store.audit.note(None, "poll-closed", "p1"))
    rows = box.do(
        lambda store: [(row.person_id, row.act, row.subject, row.detail) for row in audit.acts(store.session)]
    )
    assert rows == [(anna, "poll-opened", "p1", '{"kind": "single"}'), (None, "poll-closed", "p1", "{}")]
    assert [row.act for row in box.do(lambda store: list(audit.acts(store.session, box.now)))] == ["poll-closed"]
    assert table_of(AuditRow).metadata is SQLModel.metadata


def test_an_act_of_somebody_who_is_new_in_the_batch(box: Box) -> None:
    box.do(lambda store: store.audit.note(store.people.of(ANNA).id, "poll-opened", "p1"))
    assert len(box.do(lambda store: list(audit.acts(store.session)))) == 1
