"""`obrady export poll`: results of polls as CSV or JSON. Counts only, never how somebody voted."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from bot.config import load
from bot.core.content import ByLanguage
from bot.core.polls import Poll, Tally, Words
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
            voters = polls.tally(poll).voters
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
    rows.writerow(["number", "option", "count", "percent", "hall"])
    for number, option in enumerate(poll.draft.options, 1):
        hands = tally.hands[number - 1] if tally.hands else ""
        rows.writerow([number, cell(_shown(option)), tally.counts[number - 1], tally.percent(number), hands])


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
        "voters": tally.voters,
        "options": [
            {
                "number": number,
                "words": dict(option.words) if isinstance(option, ByLanguage) else option,
                "count": tally.counts[number - 1],
                "percent": tally.percent(number),
                # Hands counted in the hall, in no other number here; null where nobody counted.
                "hall": tally.hands[number - 1] if tally.hands else None,
            }
            for number, option in enumerate(draft.options, 1)
        ],
        # Only where no voter can be told from it.
        "networks": [
            {"network": share.network, "voters": share.voters, "counts": list(share.counts)}
            for share in tally.shown_shares
        ],
    }


def _shown(option: Words) -> str:
    return option.in_(_FIRST_LANGUAGE) if isinstance(option, ByLanguage) else option


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
