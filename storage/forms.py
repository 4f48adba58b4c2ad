"""Guided forms that people are filling in: written at each answer, so that none is lost."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from bot.core.forms import OpenForm, State
from bot.core.refs import AccountRef, ChatRef
from storage.form_tables import FormRow
from storage.ids import new_id
from storage.personal import Subject, listed
from storage.tables import ChatRow
from storage.upsert import insert_many

_KEY = ("platform", "chat_id")


class Forms:
    """Of one transaction.

    Args:
        flush: writes the people that were collected: forms point to them.
        present: the persons that this batch is about, so that their forms are read in one query.
        made_now: whether a person is so new that no form of theirs can be there.
    """

    def __init__(
        self,
        session: Session,
        now: datetime,
        flush: Callable[[], None],
        present: Callable[[], Iterable[str]],
        made_now: Callable[[str], bool],
    ) -> None:
        self._session = session
        self._now = now
        self._flush = flush
        self._present = present
        self._made_now = made_now
        self._known: dict[str, dict[tuple[str, str], OpenForm]] = {}
        self._moved: set[str] = set()

    def of(self, person_id: str, chat: ChatRef) -> OpenForm | None:
        """The person's form in a direct chat, waiting or put aside."""
        if person_id not in self._known and self._made_now(person_id):
            self._known[person_id] = {}
        if person_id not in self._known:
            wanted = {person_id, *self._present()} - self._known.keys()
            self._known.update((one, {}) for one in wanted)
            rows = self._session.scalars(
                select(FormRow).where(col(FormRow.person_id).in_(wanted)).execution_options(populate_existing=True)
            )
            for row in rows:
                self._known[row.person_id][row.platform, row.chat_id] = _form(row)
        return self._known[person_id].get((chat.platform, chat.chat_id))

    def new(self, kind: str, argument: str, person_id: str, chat: ChatRef, state: State, by: str) -> OpenForm:
        """Open a form, in place of the one before it in this chat. `by` is the key of the event that did it."""
        form = OpenForm(new_id()[:12], kind, argument, person_id, chat, state, self._now)
        self.put(form, by)
        return form

    def put(self, form: OpenForm, by: str) -> None:
        """Write how far a form is."""
        self._flush()
        row = {
            "platform": form.chat.platform,
            "chat_id": form.chat.chat_id,
            "id": form.id,
            "person_id": form.person_id,
            "kind": form.kind,
            "argument": form.argument,
            "step": form.state.step,
            "answers": json.dumps(form.state.answers, ensure_ascii=False),
            "turn": form.turn,
            "wanted": form.wanted,
            "paused": form.paused,
            "touched_at": form.touched_at,
        }
        insert_many(self._session, FormRow, [row], update=[name for name in row if name not in _KEY])
        self._known.setdefault(form.person_id, {})[form.chat.platform, form.chat.chat_id] = form
        self._moved.add(by)

    def close(self, form: OpenForm, by: str) -> None:
        """It is done or left: nothing of it stays."""
        self._session.execute(delete(FormRow).where(col(FormRow.id) == form.id))
        self._known.setdefault(form.person_id, {}).pop((form.chat.platform, form.chat.chat_id), None)
        self._moved.add(by)

    def moved_by(self, key: str) -> bool:
        """Whether the event with this key had to do with a form."""
        return key in self._moved

    def merged(self) -> None:
        """Two persons became one, in the database already."""
        self._known.clear()
        # A person who was met just now may have got forms by this.
        self._made_now = lambda _person: False

    def part(self, account: AccountRef, old: str) -> None:
        """An account left a person: the forms in its direct chats are its own."""
        theirs = (
            select(ChatRow.person_id)
            .where(col(ChatRow.platform) == col(FormRow.platform), col(ChatRow.chat_id) == col(FormRow.chat_id))
            .scalar_subquery()
        )
        self._session.execute(
            update(FormRow)
            .where(col(FormRow.person_id) == old, col(FormRow.platform) == account.platform, theirs.is_not(None))
            .values(person_id=theirs)
            .execution_options(synchronize_session=False)
        )
        self._known.clear()

    def moved(self, old: ChatRef, new: ChatRef) -> None:
        """A conversation goes on under another id, and so does its form; one that is there already stays."""
        here = (col(FormRow.platform) == old.platform, col(FormRow.chat_id) == old.chat_id)
        there = select(FormRow.id).where(col(FormRow.platform) == new.platform, col(FormRow.chat_id) == new.chat_id)
        if self._session.scalars(there).first() is not None:
            self._session.execute(delete(FormRow).where(*here))
        else:
            self._session.execute(update(FormRow).where(*here).values(platform=new.platform, chat_id=new.chat_id))
        self._known.clear()

    def personal(self, subject: Subject) -> dict[str, Any]:
        """The forms that the person is filling in, with the answers so far."""
        query = (
            select(FormRow.kind, FormRow.answers, FormRow.touched_at)
            .where(FormRow.person_id == subject.person_id)
            .order_by(FormRow.platform, FormRow.chat_id)
        )
        return {"forms": [row | {"answers": json.loads(row["answers"])} for row in listed(self._session, query)]}

    def erase(self, subject: Subject) -> None:
        """Nothing of them stays."""
        self._session.execute(delete(FormRow).where(col(FormRow.person_id) == subject.person_id))
        self._known.clear()

    def forget(self, before: datetime, limit: int) -> int:
        """Drop forms that nobody went on with, at most `limit`. Returns how many."""
        old = self._session.scalars(select(FormRow.id).where(col(FormRow.touched_at) < before).limit(limit)).all()
        self._session.execute(delete(FormRow).where(col(FormRow.id).in_(old)))
        self._known.clear()
        return len(old)


def _form(row: FormRow) -> OpenForm:
    return OpenForm(
        id=row.id,
        kind=row.kind,
        argument=row.argument,
        person_id=row.person_id,
        chat=ChatRef(row.platform, row.chat_id),
        state=State(row.step, json.loads(row.answers)),
        touched_at=row.touched_at,
        turn=row.turn,
        wanted=row.wanted,
        paused=row.paused,
    )
