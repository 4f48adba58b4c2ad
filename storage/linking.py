"""Codes that link two accounts of one person, and the wrong ones that were typed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from bot.core.refs import AccountRef, ChatRef
from storage.ids import new_id
from storage.linking_tables import LinkCodeRow, LinkTryRow
from storage.people import People
from storage.personal import Subject, listed

LIFETIME = timedelta(minutes=10)
TRIES, WINDOW = 5, timedelta(minutes=10)
"""So many wrong codes in so much time, then no code at all is taken from this person."""
LETTERS, DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"
"""No 0, O, 1, I or L: a code may have to be read aloud. The second character is a digit, so no code is a word."""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that can be used. `account` and `chat` are those it was asked for from; `mark` names it without telling
    it."""

    person_id: str
    account: AccountRef
    chat: ChatRef
    mark: str


class Linking:
    """Of one transaction. Codes are kept as digests, one a person."""

    def __init__(self, session: Session, now: datetime, people: People) -> None:
        self._session = session
        self._now = now
        self._people = people

    def issue(self, person_id: str, account: AccountRef, chat: ChatRef) -> str:
        """A new code; the one before it is void."""
        self._people.flush()
        self._drop(col(LinkCodeRow.person_id) == person_id)
        code = self._new_code()
        self._session.add(
            LinkCodeRow(
                person_id=person_id,
                code_hash=_digest(code),
                platform=account.platform,
                user_id=account.user_id,
                chat_id=chat.chat_id,
                thread_id=chat.thread_id,
                expires_at=self._now + LIFETIME,
            )
        )
        self._session.flush()
        return code

    def live(self, code: str) -> LinkCode | None:
        """What a code stands for; None when it is wrong, used, void or too old."""
        return self._found(col(LinkCodeRow.code_hash) == _digest(code))

    def marked(self, mark: str) -> LinkCode | None:
        """The code with this mark, if it can still be used."""
        return self._found(col(LinkCodeRow.code_hash).startswith(mark, autoescape=True)) if len(mark) == _MARK else None

    def void(self, code: str) -> None:
        """This code works no more."""
        self._drop(col(LinkCodeRow.code_hash) == _digest(code))

    def void_of(self, person_id: str) -> None:
        """The code of this person works no more."""
        self._drop(col(LinkCodeRow.person_id) == person_id)

    def wrong(self, person_id: str) -> None:
        """A person typed a code that doesn't work."""
        self._people.flush()
        self._session.add(LinkTryRow(id=new_id(), person_id=person_id, at=self._now))
        self._session.flush()

    def barred(self, person_id: str) -> bool:
        """Whether a person typed so many wrong codes lately that they have to wait."""
        query = select(func.count()).where(
            col(LinkTryRow.person_id) == person_id, col(LinkTryRow.at) > self._now - WINDOW
        )
        return self._session.scalars(query).one() >= TRIES

    def forget(self) -> None:
        """Drop what is too old to matter."""
        self._drop(col(LinkCodeRow.expires_at) < self._now)
        self._session.execute(delete(LinkTryRow).where(col(LinkTryRow.at) < self._now - WINDOW))

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The code that waits to be typed, without the code, and the wrong ones that the person typed."""
        waiting = select(LinkCodeRow.platform, LinkCodeRow.user_id, LinkCodeRow.expires_at)
        tries = select(col(LinkTryRow.at)).where(LinkTryRow.person_id == subject.person_id).order_by(col(LinkTryRow.at))
        return {
            "link_code": listed(self._session, waiting.where(LinkCodeRow.person_id == subject.person_id)),
            "wrong_link_codes": listed(self._session, tries),
        }

    def erase(self, subject: Subject) -> None:
        """No code of the person works any more."""
        self._drop(col(LinkCodeRow.person_id) == subject.person_id)
        self._session.execute(delete(LinkTryRow).where(col(LinkTryRow.person_id) == subject.person_id))

    def _found(self, which: Any) -> LinkCode | None:
        row = self._session.scalars(select(LinkCodeRow).where(which)).first()
        if row is None or row.expires_at < self._now:
            return None
        return LinkCode(
            row.person_id,
            AccountRef(row.platform, row.user_id),
            ChatRef(row.platform, row.chat_id, row.thread_id),
            row.code_hash[:_MARK],
        )

    def _drop(self, which: Any) -> None:
        self._session.execute(delete(LinkCodeRow).where(which))

    def _new_code(self) -> str:
        rest = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(4))
        code = f"{secrets.choice(LETTERS)}{secrets.choice(DIGITS)}-{rest}"
        # Two people with one code would be linked to the wrong one; it is one in millions, and costs a look.
        taken = self._session.scalars(select(LinkCodeRow).where(LinkCodeRow.code_hash == _digest(code))).first()
        return self._new_code() if taken else code


_MARK = 24


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
