"""Polls as events of the network's own (MSC3381): what is written, and what is read.

Source of the shapes: MSC3381, the unstable names, which are what clients speak; the stable names are read too. A poll
is undisclosed: clients show no counts while it runs, since they know only the votes of their own network.
"""

from collections.abc import Mapping
from typing import Any

from bot.core.markup import plain
from bot.platforms.port import Outgoing

_PREFIXES = ("org.matrix.msc3381.poll", "m.poll")
START = f"{_PREFIXES[0]}.start"
END = f"{_PREFIXES[0]}.end"
RESPONSES = frozenset(f"{prefix}.response" for prefix in _PREFIXES)
ENDS = frozenset(f"{prefix}.end" for prefix in _PREFIXES)
_TEXT = "org.matrix.msc1767.text"
_MOST_READ = 100
"""Answers of one choice that are looked at; no poll has so many."""


def start(outgoing: Outgoing, relation: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a new poll."""
    form = outgoing.poll
    if form is None:
        raise ValueError("no poll")
    content: dict[str, Any] = {
        _TEXT: plain(outgoing.markup),
        START: {
            "kind": "org.matrix.msc3381.poll.undisclosed",
            "max_selections": form.most,
            "question": {_TEXT: form.question, "body": form.question, "msgtype": "m.text"},
            "answers": [{"id": id_, _TEXT: label} for id_, label in form.answers],
        },
        "m.mentions": {},
    }
    return {**content, "m.relates_to": dict(relation)} if relation else content


def end(outgoing: Outgoing) -> dict[str, Any]:
    """The content of a poll's end, with the words for clients that don't show polls."""
    words = plain(outgoing.markup)
    return {
        _TEXT: words,
        "body": words,
        END: {},
        "m.relates_to": {"rel_type": "m.reference", "event_id": outgoing.message_id},
        "m.mentions": {},
    }


def selected(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids that were chosen, in order; none when the choice was taken back or is not what it should be."""
    chosen = content.get("m.selections")
    for name in RESPONSES:
        inner = content.get(name)
        if isinstance(inner, Mapping):
            chosen = inner.get("answers")
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen[:_MOST_READ]):
        return ()
    return tuple(chosen[:_MOST_READ])
