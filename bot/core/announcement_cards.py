"""What an announcement looks like: in its rooms, at the desk of those who send it, and in its reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.announcements import GIVEN, GOOD, RETRIED, Announcement, Outcome, Phase, Round, counted
from bot.core.content import Arg, Block, Body, Button, ByLanguage, Items, Lines, Rich, Text, say, text
from bot.core.forms import listed
from bot.core.places import EVERYWHERE, Place, Standing
from bot.core.refs import ChatRef, network_of
from bot.core.wall import shown

LISTED = 40
"""How many rooms a card names."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a card at the desk shows beside the announcement. `named`: rooms may be named there."""

    now: datetime
    zone: ZoneInfo
    places: Mapping[ChatRef, Place] = field(default_factory=dict)
    areas: Mapping[str, ByLanguage] = field(default_factory=dict)
    outcomes: Mapping[ChatRef, Outcome] = field(default_factory=dict)
    readers: int = 0
    unpinned: int = 0
    without_file: int = 0
    not_loud: int = 0
    named: bool = False


# --- in the rooms ---


def copy(one: Announcement, *, again: bool = False) -> Body | None:
    """The message in a room; `again`: the network did not say whether the first arrived, so this says what it is."""
    if one.phase not in (Phase.SENDING, Phase.SENT):
        return None
    first: tuple[Block, ...] = (say("announce-again" if again else "announce-head", number=one.number),)
    last: tuple[Block, ...] = (say("announce-corrected"),) if one.corrected else ()
    buttons = (Button(text("announce-read"), f"announce.read:{one.id}"),) if one.draft.options.receipt else ()
    return Body((*first, Rich(one.draft.said), *last), buttons, loud=one.draft.options.loud and not again)


# --- at the desk ---


def desk(one: Announcement, seen: Desk) -> Body:
    """The card of those who send it, from the first draft to the last report."""
    match one.phase:
        case Phase.DRAFT:
            return _preview(one, seen)
        case Phase.WAITING:
            buttons = (_button("approve", one), _button("undo", one))
            return Body((*_words(one), say("announce-waits", rooms=len(one.copies)), *_facts(one, seen)), buttons)
        case Phase.HELD:
            held = say("announce-held", number=one.number, when=_when(one, seen), rooms=len(one.copies))
            return Body((held, say("announce-held-undo"), *_late(one, seen)), (_button("undo", one),))
        case Phase.SENDING | Phase.SENT | Phase.WITHDRAWN if one.round:
            return _under_way(one, seen)
        case _:
            return Body((say("announce-dropped", number=one.number),))


def _preview(one: Announcement, seen: Desk) -> Body:
    blocks = [say("announce-preview", number=one.number), *_words(one), *_facts(one, seen)]
    blocks += _rooms(one, seen)
    if one.asked_twice:
        blocks.append(say("announce-twice"))
    blocks.append(say("announce-check"))
    send = Button(text("announce-send-anyway"), f"announce.again:{one.id}") if one.asked_twice else _button("send", one)
    return Body(tuple(blocks), (send, _button("fix", one), _button("drop", one)))


def _words(one: Announcement) -> list[Block]:
    """The words as they will look; of several languages each under its name."""
    out: list[Block] = []
    for lang, words in one.draft.words:
        if len(one.draft.words) > 1:
            label = text(f"language-name-{lang}") if lang != GIVEN else text("announce-other-languages")
            out.append(say("announce-in", language=label))
        out.append(Rich(ByLanguage(((GIVEN, words),))))
    return out


def _facts(one: Announcement, seen: Desk) -> list[Block]:
    """To whom, when and how."""
    lines = [text("announce-to", target=target_words(one.draft.target, seen))]
    counts: dict[str, int] = {}
    for room in one.copies:
        counts[room.chat.platform] = counts.get(room.chat.platform, 0) + 1
    lines += [text("announce-network", network=network_of(name), rooms=counts[name]) for name in sorted(counts)]
    if one.draft.send_at:
        lines.append(text("announce-at", when=shown(one.draft.send_at, seen.now, seen.zone)))
    lines += [text(f"announce-option-{name}") for name in one.draft.options.chosen()]
    if one.file:
        lines.append(text("announce-file", name=one.file) if one.has_file else _file_missing(one))
    return [Items(tuple(lines))]


def _file_missing(one: Announcement) -> Text:
    return text("announce-file-failed", name=one.file) if one.file_error else text("announce-file-comes", name=one.file)


def _rooms(one: Announcement, seen: Desk) -> list[Block]:
    if not seen.named:
        return []
    names = tuple(text("announce-room", room=room_name(copy.chat, seen)) for copy in one.copies[:LISTED])
    more = len(one.copies) - len(names)
    return [say("announce-rooms"), Items(names), *([say("announce-more", rooms=more)] if more else [])]


def _late(one: Announcement, seen: Desk) -> list[Block]:
    """Quiet hours hold it longer than it was asked for."""
    asked = one.draft.send_at or seen.now
    hours = (one.due_at - asked).total_seconds() / 3600 if one.due_at else 0
    return [say("announce-quiet")] if hours > 0.1 else []


def _when(one: Announcement, seen: Desk) -> Arg:
    at = one.due_at or seen.now
    local = at.astimezone(seen.zone)
    today = local.date() == seen.now.astimezone(seen.zone).date()
    return f"{local:%H:%M:%S}" if today else at


def _under_way(one: Announcement, seen: Desk) -> Body:
    done = sum(outcome is not Outcome.WAITS for outcome in seen.outcomes.values())
    head = say(f"announce-progress-{one.round_kind.value}", number=one.number, done=done, rooms=len(seen.outcomes))
    blocks: list[Block] = [head]
    if one.draft.options.receipt:
        blocks.append(say("announce-readers", count=seen.readers))
    if one.phase is Phase.WITHDRAWN:
        return Body(tuple(blocks))
    buttons = [_button("words", one), _button("pull", one)]
    return Body(tuple(blocks), tuple(buttons))


# --- reports ---


def report(one: Announcement, seen: Desk) -> Body:
    """What became of a round: a line an outcome, and the rooms where it did not go well."""
    counts = counted(seen.outcomes)
    good = sum(count for outcome, count in counts.items() if outcome in GOOD)
    head = say(f"announce-report-{one.round_kind.value}", number=one.number, good=good, rooms=len(seen.outcomes))
    lines = [text(f"announce-{_verb(one, outcome)}-{outcome.value}", rooms=n) for outcome, n in counts.items()]
    for name, count in (("unpinned", seen.unpinned), ("no-file", seen.without_file), ("not-loud", seen.not_loud)):
        if count and one.round_kind is Round.SEND:
            lines.append(text(f"announce-{name}", rooms=count))
    blocks: list[Block] = [head, *([Items(tuple(lines))] if lines else [])]
    blocks += _troubled(seen)
    if one.draft.options.receipt and one.round_kind is Round.SEND:
        blocks.append(say("announce-readers-later"))
    buttons = []
    if one.phase is Phase.SENT:
        retry = one.round_kind is Round.SEND and any(outcome in RETRIED for outcome in seen.outcomes.values())
        buttons = [*([_button("retry", one)] if retry else []), _button("words", one), _button("pull", one)]
    return Body(tuple(blocks), tuple(buttons))


def _verb(one: Announcement, outcome: Outcome) -> str:
    """Whose words an outcome has: those that differ by what was done, or those that do not."""
    return one.round_kind.value if outcome in _BY_ROUND else "outcome"


_BY_ROUND = frozenset({Outcome.THERE, Outcome.UNSURE, Outcome.ABSENT, Outcome.STOPPED})


def _troubled(seen: Desk) -> list[Block]:
    bad = [
        (chat, outcome) for chat, outcome in seen.outcomes.items() if outcome not in GOOD or outcome is Outcome.AGAIN
    ]
    if not bad or not seen.named:
        return [say("announce-names-direct")] if bad else []
    lines = [
        text("announce-room-why", room=room_name(chat, seen), why=text(f"announce-why-{_why(chat, outcome, seen)}"))
        for chat, outcome in bad[:LISTED]
    ]
    more = len(bad) - len(lines)
    return [Lines(tuple(lines)), *([say("announce-more", rooms=more)] if more else [])]


def _why(chat: ChatRef, outcome: Outcome, seen: Desk) -> str:
    if outcome is not Outcome.GONE:
        return outcome.value
    place = seen.places.get(chat)
    return "out" if place and place.standing is Standing.GONE else "silent"


# --- words for others ---


def room_name(chat: ChatRef, seen: Desk) -> Arg:
    """A room for a reader: the network's name for it, or its place in the network's list."""
    place = seen.places.get(chat)
    name = place.name if place else ""
    return text("announce-named", name=name, network=network_of(chat.platform)) if name else _nameless(chat)


def _nameless(chat: ChatRef) -> Arg:
    return text("announce-nameless", network=network_of(chat.platform), id=chat.chat_id)


def target_words(target: str, seen: Desk) -> Arg:
    """A target for a reader."""
    return listed([_one_target(one, seen) for one in target.split(",")])


def _one_target(target: str, seen: Desk) -> Text:
    kind, _, id_ = target.partition(":")
    if kind == EVERYWHERE:
        return text("announce-target-all")
    if kind == "network":
        return text("announce-target-network", name=network_of(id_))
    if kind == "area":
        return text("announce-target-area", name=seen.areas.get(id_, id_))
    found = [place for place in seen.places.values() if id_ in (place.id, place.audience)]
    if kind == "audience":
        name = found[0].audience_name if found else ""
        return text("announce-target-audience", name=name) if name else text("announce-target-default")
    return text("announce-target-room", name=room_name(found[0].chat, seen) if found else id_)


def _button(what: str, one: Announcement) -> Button:
    return Button(text(f"announce-{what}"), f"announce.{what}:{one.id}")


# --- for moderators ---


def asked_for(one: Announcement, seen: Desk) -> Body:
    """It waits for a second person."""
    head = say("announce-approve-ask", number=one.number, rooms=len(one.copies))
    return Body((head, *_words(one), *_facts(one, seen)), (_button("approve", one), _button("refuse", one)))


def gone_wrong(one: Announcement, kind: Round, seen: Desk) -> Body:
    """It did not go well in these rooms, and what can be done."""
    bad = [outcome for outcome in seen.outcomes.values() if outcome not in GOOD]
    head = say(f"announce-failed-{kind.value}", number=one.number, bad=len(bad), rooms=len(one.copies))
    if not bad:  # The outbox forgot which ones before anybody saw to it.
        head = say("announce-failed-old", number=one.number)
    retry = kind is Round.SEND and one.phase is Phase.SENT and any(outcome in RETRIED for outcome in bad)
    what = say("announce-failed-retry" if retry else "announce-failed-what")
    left = Button(text("announce-left"), f"announce.left:{one.id}.{kind.value}")
    return Body((head, *_troubled(seen), what), (*([_button("retry", one)] if retry else []), left))
