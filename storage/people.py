"""People, their accounts and their roles."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, tuple_, update
from sqlmodel import Session, col, select

from bot.core.people import Person, Role
from bot.core.refs import AccountRef
from storage.ids import new_id
from storage.merging import move_references
from storage.personal import Subject, listed
from storage.tables import AccountRow, InviteRow, PersonRow, RoleRow
from storage.upsert import insert_many

# No 0, O, 1, I or L: a code may have to be read aloud.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
# How stale `seen_at` may be: it only decides where a person is written to, so not every message needs a write.
SEEN_EVERY = timedelta(hours=1)
MARK = 20
"""So many digits of a person's id name them where there is no room for all: in a button."""
# Made once, see `storage.sending`.
_ACCOUNTS = (
    select(  # type: ignore[call-overload]
        AccountRow.user_id,
        AccountRow.seen_at,
        PersonRow.id,
        PersonRow.lang,
        PersonRow.lang_chosen,
        PersonRow.welcomed,
        RoleRow.role,
    )
    .join(PersonRow, col(PersonRow.id) == col(AccountRow.person_id))
    .outerjoin(RoleRow, col(RoleRow.person_id) == col(PersonRow.id))
    .where(
        col(AccountRow.platform) == bindparam("b_platform"),
        col(AccountRow.user_id).in_(bindparam("b_ids", expanding=True)),
    )
)


class People:
    """Found by stable account id; a first message makes the person. Writes are collected and flushed set-wise."""

    def __init__(self, session: Session, now: datetime, owners: frozenset[AccountRef]) -> None:
        self._session = session
        self._now = now
        self._owners = owners
        self._known: dict[AccountRef, Person] = {}
        self._asked: set[AccountRef] = set()
        self._new_people: list[dict[str, Any]] = []
        self._made: set[str] = set()
        self._erased: set[AccountRef] = set()
        self._accounts: list[dict[str, Any]] = []
        self._config_owners: set[str] | None = None
        self._languages: dict[str, str | None] = {}

    def prefetch(self, accounts: Iterable[AccountRef]) -> None:
        """Read all these accounts' people in one query a platform."""
        by_platform: dict[str, set[str]] = {}
        for account in accounts:
            if account not in self._asked:
                self._asked.add(account)
                by_platform.setdefault(account.platform, set()).add(account.user_id)
        for platform, ids in by_platform.items():
            rows = self._session.execute(_ACCOUNTS, {"b_platform": platform, "b_ids": list(ids)})
            for user_id, seen_at, id_, lang, chosen, welcomed, role in rows:
                account = AccountRef(platform, user_id)
                self._known[account] = Person(id_, lang, chosen, self._role(account, id_, role), welcomed)
                if self._now - seen_at > SEEN_EVERY:
                    self._see(account, id_)

    def of(self, account: AccountRef, lang: str | None = None) -> Person:
        """The account's person; one is made, with this language, when the account is seen for the first time."""
        self.prefetch([account])
        person = self._known.get(account)
        if person is None:
            id_ = new_id()
            person = Person(id_, lang, role=self._role(account, id_, None))
            self._known[account] = person
            self._erased.discard(account)
            self._made.add(person.id)
            self._new_people.append(
                {"id": person.id, "lang": lang, "lang_chosen": False, "welcomed": False, "created_at": self._now},
            )
            self._see(account, person.id)
        return person

    def erased(self, account: AccountRef) -> bool:
        """Whether this transaction erased the account's person: `of` would make a new one."""
        return account in self._erased

    def find(self, account: AccountRef) -> Person | None:
        """The account's person, if it was ever seen."""
        self.prefetch([account])
        return self._known.get(account)

    def marked(self, mark: str) -> str | None:
        """The id of the person whose id begins with this mark (`MARK` digits of it)."""
        self.flush()
        if len(mark) != MARK or not mark.isalnum():
            return None
        return self._session.scalars(select(PersonRow.id).where(col(PersonRow.id).startswith(mark))).first()

    def present(self) -> set[str]:
        """Ids of everybody whom this transaction met so far."""
        return {person.id for person in self._known.values()}

    def made_now(self, person_id: str) -> bool:
        """Whether this transaction met the person for the first time, so that no table knows them yet."""
        return person_id in self._made

    def choose_language(self, person_id: str, lang: str) -> None:
        """Remember the language that a person asked for."""
        self._change(person_id, lang=lang, lang_chosen=True)

    def learn_language(self, person_id: str, lang: str) -> None:
        """Remember a language that could be told from what a person wrote; one they chose stays."""
        if not any(person.lang_chosen for person in self._known.values() if person.id == person_id):
            self._change(person_id, lang=lang)

    def welcome(self, person_id: str) -> None:
        """The person was welcomed; it is not done twice."""
        self._change(person_id, welcomed=True)

    def grant(self, person_id: str, role: Role) -> None:
        """Give a person a role; a higher one they have already stays."""
        self.flush()
        row = self._session.get(RoleRow, person_id)
        if row is None:
            self._session.add(RoleRow(person_id=person_id, role=role, granted_at=self._now))
        elif row.role < role:
            row.role = role
        self._known_as(person_id, role=max(role, self.standing(person_id)))

    def revoke(self, person_id: str) -> None:
        """Take a person's role away, and the codes that they gave out and nobody used. An owner of the config stays."""
        self.flush()
        self._session.execute(delete(RoleRow).where(col(RoleRow.person_id) == person_id))
        self._session.execute(
            delete(InviteRow).where(col(InviteRow.made_by) == person_id, col(InviteRow.used_at).is_(None))
        )
        self._known_as(person_id, role=self.standing(person_id))

    def named_in_config(self, person_id: str) -> bool:
        """Whether the config makes this person an owner: only the operator can change that."""
        return person_id in self._owner_ids()

    def standing(self, person_id: str) -> Role:
        """A person's role at this moment, whichever account they use."""
        self.flush()
        if person_id in self._owner_ids():
            return Role.OWNER
        row = self._session.get(RoleRow, person_id, populate_existing=True)
        return Role(row.role) if row else Role.MEMBER

    def merge(self, old: str, new: str) -> None:
        """Two persons are one from now on, by the id `new`: accounts, chats and all that points to `old` move.

        The higher role and the chosen language stay. What has to be settled first is `Store.merge`'s.
        """
        self.flush()
        self._languages.clear()
        gone, kept = self._session.get_one(PersonRow, old), self._session.get_one(PersonRow, new)
        if (gone.lang_chosen, gone.lang is not None) > (kept.lang_chosen, kept.lang is not None):
            kept.lang, kept.lang_chosen = gone.lang, gone.lang_chosen
        kept.welcomed = kept.welcomed or gone.welcomed
        role = self._session.get(RoleRow, old)
        if role is not None:
            self.grant(new, Role(role.role))
        self._session.flush()
        move_references(self._session, old, new)
        self._session.execute(delete(PersonRow).where(col(PersonRow.id) == old))
        self._config_owners = None
        person = Person(new, kept.lang, kept.lang_chosen, self.standing(new), kept.welcomed)
        for account, known in self._known.items():
            if known.id in {old, new}:
                self._known[account] = person

    def part(self, account: AccountRef) -> str:
        """An account becomes a person of its own, with the language but without the role. Returns the person's id."""
        before = self.of(account)
        self.flush()
        id_ = new_id()
        self._session.add(
            PersonRow(
                id=id_, lang=before.lang, lang_chosen=before.lang_chosen, welcomed=before.welcomed, created_at=self._now
            )
        )
        self._session.flush()
        self._session.execute(
            update(AccountRow)
            .where(col(AccountRow.platform) == account.platform, col(AccountRow.user_id) == account.user_id)
            .values(person_id=id_)
        )
        self._config_owners = None
        self._known[account] = replace(before, id=id_, role=self.standing(id_))
        self._known_as(before.id, role=self.standing(before.id))
        return id_

    def _known_as(self, person_id: str, **values: Any) -> None:
        for account, person in self._known.items():
            if person.id == person_id:
                self._known[account] = replace(person, **values)

    def _change(self, person_id: str, **values: Any) -> None:
        self._known_as(person_id, **values)
        self._languages.clear()
        for row in self._new_people:
            if row["id"] == person_id:
                row.update(values)
                return
        self._session.execute(update(PersonRow).where(col(PersonRow.id) == person_id).values(**values))

    def with_role(self, least: Role) -> list[str]:
        """Ids of everybody who has at least this role, owners named in the config among them."""
        self.flush()
        found = list(
            self._session.scalars(select(RoleRow.person_id).where(col(RoleRow.role) >= int(least))),
        )
        found += [self.of(owner).id for owner in sorted(self._owners, key=lambda a: (a.platform, a.user_id))]
        return list(dict.fromkeys(found))

    def language(self, person_id: str) -> str | None:
        """A person's language, if it is known."""
        self.flush()
        if person_id not in self._languages:
            row = self._session.get(PersonRow, person_id)
            return row.lang if row else None
        return self._languages[person_id]

    def expect_languages(self, people: Sequence[str]) -> None:
        """Read these people's languages at once. It holds until one changes."""
        self.flush()
        rows = self._session.execute(select(PersonRow.id, PersonRow.lang).where(col(PersonRow.id).in_(people)))
        self._languages.update({row.id: row.lang for row in rows})

    def accounts(self, person_id: str) -> list[AccountRef]:
        """A person's accounts, the one used last first."""
        self.flush()
        rows = self._session.scalars(
            select(AccountRow).where(AccountRow.person_id == person_id).order_by(col(AccountRow.seen_at).desc())
        )
        return [AccountRef(row.platform, row.user_id) for row in rows]

    def invite(self, code: str, role: Role, expires_at: datetime, made_by: str | None = None) -> None:
        """Make a one-time code for a role. `made_by` is None at the operator's command line."""
        self.flush()
        self._session.add(InviteRow(code_hash=_digest(code), role=role, expires_at=expires_at, made_by=made_by))

    def new_invite(self, role: Role, expires_at: datetime, made_by: str) -> str:
        """Make a one-time code for a role and tell it. It works while its maker may give such roles."""
        code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        self.invite(code, role, expires_at, made_by)
        return code

    def maker_of(self, code: str) -> str | None:
        """Who made a code; None at the operator's command line, or when there is no such code."""
        row = self._session.get(InviteRow, _digest(code))
        return row.made_by if row else None

    def redeem(self, code: str, person_id: str) -> Role | None:
        """Use a code. None: there is no such code, it was used, its time is over, or who made it has no higher role
        any more."""
        row = self._session.get(InviteRow, _digest(code))
        if row is None or row.used_at is not None or row.expires_at < self._now:
            return None
        if row.made_by and self.standing(row.made_by) <= row.role:
            return None
        row.used_at = self._now
        self.grant(person_id, Role(row.role))
        return Role(row.role)

    def forget_invites(self, before: datetime, limit: int) -> int:
        """Drop codes that were used or expired before an instant, at most `limit`. Returns how many."""
        old = (
            select(InviteRow.code_hash)
            .where((col(InviteRow.used_at) < before) | (col(InviteRow.expires_at) < before))
            .limit(limit)
        )
        result: Any = self._session.execute(delete(InviteRow).where(col(InviteRow.code_hash).in_(old)))
        return int(result.rowcount)

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The person, the accounts, the role, and the codes that they gave out."""
        me = subject.person_id
        return {
            "person": listed(
                self._session,
                select(PersonRow.lang, PersonRow.lang_chosen, PersonRow.welcomed, PersonRow.created_at).where(
                    PersonRow.id == me
                ),
            ),
            "accounts": listed(
                self._session,
                select(AccountRow.platform, AccountRow.user_id, AccountRow.seen_at)
                .where(AccountRow.person_id == me)
                .order_by(AccountRow.platform, AccountRow.user_id),
            ),
            "role": [
                {"role": Role(role).name.lower(), "granted_at": at.isoformat()}
                for role, at in self._session.execute(
                    select(RoleRow.role, RoleRow.granted_at).where(RoleRow.person_id == me)
                )
            ],
            "codes_given_out": listed(
                self._session,
                select(InviteRow.expires_at, InviteRow.used_at)
                .where(InviteRow.made_by == me)
                .order_by(col(InviteRow.expires_at)),
            ),
        }

    def erase(self, subject: Subject) -> None:
        """The person is gone. Codes that nobody used go too: nobody stands behind them any more."""
        me = subject.person_id
        mine = col(InviteRow.made_by) == me
        self._session.execute(delete(InviteRow).where(mine, col(InviteRow.used_at).is_(None)))
        self._session.execute(update(InviteRow).where(mine).values(made_by=None))
        self._session.execute(delete(RoleRow).where(col(RoleRow.person_id) == me))
        self._session.execute(delete(AccountRow).where(col(AccountRow.person_id) == me))
        self._session.execute(delete(PersonRow).where(col(PersonRow.id) == me))
        for account in subject.accounts:
            self._known.pop(account, None)
            self._erased.add(account)
        self._made.discard(me)
        self._config_owners = None

    def flush(self) -> None:
        """Write what was collected."""
        insert_many(self._session, PersonRow, self._new_people)
        insert_many(self._session, AccountRow, self._accounts, update=["seen_at"])
        self._new_people, self._accounts = [], []

    def _see(self, account: AccountRef, person_id: str) -> None:
        self._accounts.append(
            {
                "platform": account.platform,
                "user_id": account.user_id,
                "person_id": person_id,
                "seen_at": self._now,
            }
        )

    def _role(self, account: AccountRef, person_id: str, granted: int | None) -> Role:
        if account in self._owners or person_id in self._owner_ids():
            return Role.OWNER
        return Role.MEMBER if granted is None else Role(granted)

    def _owner_ids(self) -> set[str]:
        """The persons behind the accounts that the config names: owners with all their accounts."""
        if self._config_owners is None:
            self._config_owners = set()
            if self._owners:
                key = tuple_(col(AccountRow.platform), col(AccountRow.user_id))
                owners = [(account.platform, account.user_id) for account in self._owners]
                self._config_owners.update(self._session.scalars(select(AccountRow.person_id).where(key.in_(owners))))
        # An owner's first message of all may be in this batch.
        fresh = {person.id for account in self._owners if (person := self._known.get(account))}
        return self._config_owners | fresh


def _digest(code: str) -> str:
    return sha256(code.strip().upper().encode()).hexdigest()
