"""People, their accounts and their roles."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.people import Person, Role
from bot.core.refs import AccountRef
from storage.ids import new_id
from storage.tables import AccountRow, InviteRow, PersonRow, RoleRow
from storage.upsert import insert_many

# How stale `seen_at` may be: it only decides where a person is written to, so not every message needs a write.
SEEN_EVERY = timedelta(hours=1)


class People:
    """Found by stable account id; a first message makes the person. Writes are collected and flushed set-wise."""

    def __init__(self, session: Session, now: datetime, owners: frozenset[AccountRef]) -> None:
        self._session = session
        self._now = now
        self._owners = owners
        self._known: dict[AccountRef, Person] = {}
        self._asked: set[AccountRef] = set()
        self._new_people: list[dict[str, Any]] = []
        self._accounts: list[dict[str, Any]] = []

    def prefetch(self, accounts: Iterable[AccountRef]) -> None:
        """Read all these accounts' people in one query a platform."""
        by_platform: dict[str, set[str]] = {}
        for account in accounts:
            if account not in self._asked:
                self._asked.add(account)
                by_platform.setdefault(account.platform, set()).add(account.user_id)
        for platform, ids in by_platform.items():
            rows = self._session.execute(
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
                .where(AccountRow.platform == platform, col(AccountRow.user_id).in_(ids))
            )
            for user_id, seen_at, id_, lang, chosen, welcomed, role in rows:
                account = AccountRef(platform, user_id)
                self._known[account] = Person(id_, lang, chosen, self._role(account, role), welcomed)
                if self._now - seen_at > SEEN_EVERY:
                    self._see(account, id_)

    def of(self, account: AccountRef, lang: str | None = None) -> Person:
        """The account's person; one is made, with this language, when the account is seen for the first time."""
        self.prefetch([account])
        person = self._known.get(account)
        if person is None:
            person = Person(new_id(), lang, role=self._role(account, None))
            self._known[account] = person
            self._new_people.append(
                {"id": person.id, "lang": lang, "lang_chosen": False, "welcomed": False, "created_at": self._now},
            )
            self._see(account, person.id)
        return person

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
        for account, person in self._known.items():
            if person.id == person_id and person.role < role:
                self._known[account] = replace(person, role=role)

    def _change(self, person_id: str, **values: Any) -> None:
        for account, person in self._known.items():
            if person.id == person_id:
                self._known[account] = replace(person, **values)
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
        row = self._session.get(PersonRow, person_id)
        return row.lang if row else None

    def accounts(self, person_id: str) -> list[AccountRef]:
        """A person's accounts, the one used last first."""
        self.flush()
        rows = self._session.scalars(
            select(AccountRow).where(AccountRow.person_id == person_id).order_by(col(AccountRow.seen_at).desc())
        )
        return [AccountRef(row.platform, row.user_id) for row in rows]

    def invite(self, code: str, role: Role, expires_at: datetime) -> None:
        """Make a one-time code for a role."""
        self._session.add(InviteRow(code_hash=_digest(code), role=role, expires_at=expires_at))

    def redeem(self, code: str, person_id: str) -> Role | None:
        """Use a code. None: there is no such code, it was used, or its time is over."""
        row = self._session.get(InviteRow, _digest(code))
        if row is None or row.used_at is not None or row.expires_at < self._now:
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

    def _role(self, account: AccountRef, granted: int | None) -> Role:
        if account in self._owners:
            return Role.OWNER
        return Role.MEMBER if granted is None else Role(granted)


def _digest(code: str) -> str:
    return sha256(code.strip().upper().encode()).hexdigest()
