"""`obrady export poll`: results of polls as CSV or JSON. Counts only, never how somebody voted."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from bot.config import load
from bot.core.content import ByLanguage
from bot.core.poll_outcome import passing, quorum
from bot.core.poll_verdicts import tells_somebody
from bot.core.polls import Draft, Poll, Tally, Words, may_show
from bot.operator.export import cell
from storage.reading import open_for_reading
from storage.store import Store

_FIRST_LANGUAGE = "pl"


class NoSuchPollError(Exception):
    """There is no poll with this id."""


def list_polls(config: Path, out: TextIO) -> int:
    """Write every poll with its id as CSV, the oldest first. Returns how many there are.

    Raises:
        SchemaError: the database is of another version.
    """
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["id", "opened", "state", "voters", "question"])
    with open_for_reading(load(config).database.url) as session:
        polls = Store(session, datetime.now(UTC)).polls
        found = polls.all()
        for poll in found:
            tally = polls.tally(poll)
            voters = tally.voters + (tally.organisations.voters if tally.organisations else 0)
            rows.writerow([poll.id, _instant(poll.opened_at), poll.state.value, voters, cell(poll.draft.question)])
    return len(found)


def export_poll(config: Path, id_: str, form: str, out: TextIO) -> None:
    """Write the counts of a poll: a row an option as CSV, or all that may be told of it as JSON.

    Raises:
        SchemaError: the database is of another version.
        NoSuchPollError: there is no poll with this id.
    """
    with open_for_reading(load(config).database.url) as session:
        polls = Store(session, datetime.now(UTC)).polls
        poll = polls.get(id_)
        if poll is None:
            raise NoSuchPollError(f"There is no poll {id_}. For a list of them run: obrady export poll")
        tally = polls.tally(poll)
    if form == "json":
        out.write(json.dumps(_object(poll, tally), ensure_ascii=False, indent=2) + "\n")
        return
    rows = csv.writer(out, lineterminator="\n")
    both = tally.organisations is not None
    rows.writerow(["number", "option", "count", "percent", *(["organisations"] if both else []), "hall"])
    for line, option in zip(_options(poll, tally), poll.draft.options, strict=True):
        more = [line["organisations"]] if both else []
        rows.writerow([line["number"], cell(_shown(option)), line["count"], line["percent"], *more, line["hall"]])


def _object(poll: Poll, tally: Tally) -> dict[str, Any]:
    draft = poll.draft
    return {
        "id": poll.id,
        "question": draft.question,
        "kind": draft.kind.value,
        "least": draft.least,
        "most": draft.most,
        "state": poll.state.value,
        "opened_at": _instant(poll.opened_at),
        "closes_at": _instant(draft.closes_at),
        "closed_at": _instant(poll.closed_at),
        "rooms": len(poll.rooms),
        "secret": draft.secret,
        "unit": draft.unit.value,
        "members": draft.members,
        "hidden": draft.hidden,
        "area": _words(draft.area) if draft.area else None,
        "voters": tally.voters,
        "entitled": tally.entitled,
        "organisations": _turnout(tally.organisations),
        "quorum": _quorum(draft, tally),
        "threshold": _threshold(draft, tally) if _told(poll, tally) else None,
        "options": _options(poll, tally),
        # Only where no voter can be told from it.
        "networks": [
            {"network": share.network, "voters": share.voters, "counts": list(share.counts)}
            for share in tally.shown_shares
        ],
    }


def _options(poll: Poll, tally: Tally) -> list[dict[str, Any]]:
    """The options with their counts; null where nobody may see them, or not yet."""
    told = _told(poll, tally)
    theirs = tally.organisations
    return [
        {
            "number": number,
            "words": _words(option),
            "count": tally.counts[number - 1] if told else None,
            "percent": tally.percent(number) if told else None,
            "organisations": theirs.counts[number - 1] if theirs and _told(poll, theirs) else None,
            # Hands counted in the hall, in no other number here; null where nobody counted.
            "hall": tally.hands[number - 1] if tally.hands else None,
        }
        for number, option in enumerate(poll.draft.options, 1)
    ]


def _told(poll: Poll, tally: Tally) -> bool:
    return may_show(poll) and not tells_somebody(poll.draft, tally)


def _turnout(tally: Tally | None) -> dict[str, int | None] | None:
    return {"voters": tally.voters, "entitled": tally.entitled} if tally else None


def _quorum(draft: Draft, tally: Tally) -> dict[str, Any] | None:
    found = quorum(draft, tally)
    return {"needed": found.needed, "entitled": found.entitled, "reached": found.reached} if found else None


def _threshold(draft: Draft, tally: Tally) -> dict[str, Any] | None:
    found = passing(draft, tally)
    if found is None:
        return None
    base = {"option": found.option, "count": found.count, "of": found.total, "base": found.base.value}
    return {**base, "part": str(found.part), "reached": found.reached}


def _words(words: Words) -> str | dict[str, str]:
    return dict(words.words) if isinstance(words, ByLanguage) else words


def _shown(option: Words) -> str:
    return option.in_(_FIRST_LANGUAGE) if isinstance(option, ByLanguage) else option


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
