"""Addresses of the hall's screens, one an audience, and what is to be seen there."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, select

from bot.core.polls import Poll
from storage.hall_tables import ScreenRow
from storage.polls import Polls
from storage.rooms import Rooms
from storage.tables import ChatRow

_LOOKED_AT = 20
"""How many of the polls that ended last are looked through for one of an audience."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What an audience's screen is about: its polls that run, oldest first, the one that ended last, and the language
    that most of its rooms speak (None: none was set)."""

    running: tuple[Poll, ...]
    ended: Poll | None
    lang: str | None


class Screens:
    """Of one transaction."""

    def __init__(self, session: Session, now: datetime, polls: Polls, rooms: Rooms) -> None:
        self._session = session
        self._now = now
        self._polls = polls
        self._rooms = rooms

    def token(self, audience_id: str) -> str:
        """The token in the address of an audience's screen; made when it is asked for the first time."""
        return self.token_there(audience_id) or self.new_token(audience_id)

    def token_there(self, audience_id: str) -> str | None:
        """The token, if one was made; nothing is written."""
        row = self._session.get(ScreenRow, audience_id)
        return row.token if row else None

    def new_token(self, audience_id: str) -> str:
        """A new token; the one before works no more."""
        row = self._session.get(ScreenRow, audience_id)
        token = secrets.token_urlsafe(16)
        if row is None:
            row = ScreenRow(audience_id=audience_id, token=token, digest=_digest(token), made_at=self._now)
            self._session.add(row)
        row.token, row.digest, row.made_at = token, _digest(token), self._now
        self._session.flush()
        return token

    def audience(self, token: str) -> str | None:
        """Whose screen a visitor's token opens; None when it is wrong or works no more."""
        return self._session.scalars(select(ScreenRow.audience_id).where(ScreenRow.digest == _digest(token))).first()

    def scene(self, audience_id: str) -> Scene:
        """The polls that are shown in any room of an audience."""
        rooms = self._rooms.rooms_of(audience_id)
        running = tuple(poll for poll in self._polls.running() if any(map(poll.shown_in, rooms)))
        ended = (poll for poll in self._polls.ended(None, _LOOKED_AT) if any(map(poll.shown_in, rooms)))
        langs = [chat.lang for room in rooms if (chat := self._session.get(ChatRow, (room.platform, room.chat_id)))]
        known = [lang for lang in langs if lang]
        lang = max(known, key=known.count) if known else None
        return Scene(running, next(ended, None), lang)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
