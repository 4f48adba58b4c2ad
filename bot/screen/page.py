"""The hall's page as HTML. Everything that people wrote is escaped; every word of ours comes from the locale files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from zoneinfo import ZoneInfo

import segno

from bot.core.capabilities import Capabilities
from bot.core.content import ByLanguage, Lines, Text, text
from bot.core.poll_terms import Unit
from bot.core.poll_verdicts import turnout, verdicts, who_votes
from bot.core.polls import TELLS_NOBODY, Draft, Kind, Poll, PollState, Tally, may_show
from bot.core.refs import network_of
from bot.core.render import label_of
from bot.core.wall import shown
from bot.locales import Texts
from bot.screen.board import Board, Phase

ASSETS = {name: files(__package__).joinpath(name).read_text("utf-8") for name in ("hall.css", "hall.js")}
VERSION = sha256("".join(ASSETS.values()).encode()).hexdigest()[:12]
"""Changes with the page's own files: an open page that finds another one loads itself anew."""

_NAMES = {"pl": "Polski", "en": "English", "uk": "Українська"}
_CURRENT = ' aria-current="true"'


@dataclass(frozen=True, slots=True)
class Door:
    """A network on which people reach the bot."""

    network: str
    capabilities: Capabilities


class Page:
    """Lays a board out in a language."""

    def __init__(self, texts: Texts, zone: ZoneInfo, plain: Capabilities) -> None:
        """Args:
        plain: how commands are written where no network is meant.
        """
        self._texts = texts
        self._zone = zone
        self._plain = plain

    def whole(self, board: Board, doors: Sequence[Door], lang: str, now: datetime, events: str) -> str:
        """The page with the board as it is now.

        Args:
            events: address of its updates, relative to the page's.
        """
        body = (
            f'<p id="link" role="status" data-words="{self._say("board-connecting", lang)}"></p>'
            f"{self.board(board, doors, lang, now)}"
            f'<footer><nav aria-label="{self._say("board-languages", lang)}">{_languages(lang)}</nav></footer>'
            '<p id="news" class="unseen" role="status" aria-live="polite"></p>'
        )
        data = f' data-events="{escape(events)}?lang={lang}" data-now="{_millis(now)}" data-version="{VERSION}"'
        return _document(lang, escape(self.title(board, lang)), body, data, scripted=True)

    def title(self, board: Board, lang: str) -> str:
        """The page's name, not escaped."""
        if board.poll:
            return board.poll.draft.question
        return label_of(Text("board-title"), lang, self._plain, self._texts.words)

    def notice(self, id_: str, lang: str) -> str:
        """A page that says why there is no board, and what to do."""
        title = self._say(id_, lang)
        body = (
            f'<main class="idle"><div class="poll"><h1>{title}</h1><p>{self._say(f"{id_}-next", lang)}</p></div></main>'
        )
        return _document(lang, title, body)

    def board(self, board: Board, doors: Sequence[Door], lang: str, now: datetime) -> str:
        """The part of the page that changes."""
        return "".join(self._board(board, doors, lang, now))

    def _board(self, board: Board, doors: Sequence[Door], lang: str, now: datetime) -> Iterator[str]:
        poll, tally, phase = board.poll, board.tally, board.phase
        news = self._news(board, lang)
        key = f"{phase.value}:{poll.id}.{poll.closings}" if poll else phase.value
        yield f'<main id="board" class="{phase.value}" data-key="{escape(key)}" data-news="{news}"'
        yield f' data-minute="{self._say("board-minute", lang)}"><div class="poll">'
        if poll is None or tally is None:
            yield f"<h1>{self._say('board-idle', lang)}</h1><p>{self._say('board-idle-next', lang)}</p>"
            yield f"<p>{self._say('board-idle-moderator', lang)}</p></div>"
        else:
            yield f'<p class="state">{self._say(f"board-{phase.value}", lang)}</p>'
            yield f'<h1 dir="auto">{escape(poll.draft.question)}</h1>'
            if poll.draft.kind is Kind.MULTIPLE and phase is not Phase.CLOSED:
                many = text("poll-how-many", least=poll.draft.least, most=poll.draft.most)
                yield f"<p>{self._text(many, lang)}</p>"
            if poll.draft.unit is not Unit.PERSON or poll.draft.members:
                yield f"<p>{self._text(who_votes(poll.draft), lang)}</p>"
            yield from self._tallies(poll, tally, lang)
            yield from self._below(board, poll, tally, lang)
            yield "</div>"
        yield '<div class="side">'
        if poll is not None and tally is not None:
            yield from self._figures(board, poll, tally, lang, now)
        if phase is not Phase.CLOSED:
            yield from self._join(doors, lang, poll)
        yield "</div></main>"

    def _tallies(self, poll: Poll, tally: Tally, lang: str) -> Iterator[str]:
        """The options with their counts and what they mean; where persons and organisations vote, once for each."""
        parts = [("poll-result-people", tally)]
        if tally.organisations:
            parts.append(("poll-result-organisations", tally.organisations))
        closed = poll.state is PollState.CLOSED
        few = f"<p>{self._say('poll-result-few', lang, few=TELLS_NOBODY)}</p>" if closed else ""
        if not any(part.counts for _, part in parts):
            yield from self._options(poll, None, lang)
            yield few
            return
        for title, part in parts:
            if len(parts) > 1:
                yield f"<h2>{self._say(title, lang)}</h2>"
            if not part.counts:
                yield few
                continue
            yield from self._options(poll, part, lang)
            for verdict in verdicts(poll.draft, part) if closed else ():
                yield f"<p>{self._text(verdict, lang)}</p>"

    def _options(self, poll: Poll, tally: Tally | None, lang: str) -> Iterator[str]:
        yield '<ol role="list" class="options">'
        for number, option in enumerate(poll.draft.options, 1):
            words = option.in_(lang) if isinstance(option, ByLanguage) else option
            yield f'<li><span class="number">{number}.</span> <span class="words" dir="auto">{escape(words)}</span>'
            if tally:
                share = tally.percent(number)
                votes = self._say("board-votes", lang, count=tally.counts[number - 1])
                yield f' <span class="votes">{votes}</span>'
                yield f' <span class="percent">{self._say("board-percent", lang, percent=share)}</span>'
                if tally.hands:
                    hands = self._say("board-hall-option", lang, count=tally.hands[number - 1])
                    yield f' <span class="hands">{hands}</span>'
                yield '<svg class="bar" aria-hidden="true" focusable="false">'
                yield f'<rect class="track" width="100%" height="100%"/><rect width="{share}%" height="100%"/></svg>'
            yield "</li>"
        yield "</ol>"

    def _below(self, board: Board, poll: Poll, tally: Tally, lang: str) -> Iterator[str]:
        if board.phase is not Phase.CLOSED and not may_show(poll):
            yield f"<p>{self._say('board-secret' if poll.draft.secret else 'board-hidden', lang)}</p>"
        if tally.hands:
            yield f'<p class="hall">{self._say("board-hall", lang, count=sum(tally.hands))}</p>'
        if board.phase is Phase.CLOSED:
            yield f"<p>{self._say('poll-opinion', lang)}</p>"
        if board.more:
            yield f"<p>{self._say('board-more', lang, count=board.more)}</p>"

    def _figures(self, board: Board, poll: Poll, tally: Tally, lang: str, now: datetime) -> Iterator[str]:
        for line in _turnout(poll, tally):
            yield f'<p class="turnout">{self._text(line, lang)}</p>'
        ends = poll.draft.closes_at
        if board.phase is Phase.CLOSED:
            when = text("board-ended", when=shown(poll.closed_at or now, now, self._zone))
            yield f'<p class="left">{self._text(when, lang)}</p>'
        elif board.phase is Phase.OVER:
            yield f'<p class="left">{self._say("board-late", lang)}</p>'
        elif ends is None:
            yield f'<p class="left">{self._say("board-open-end", lang)}</p>'
        else:
            # The script counts on from here by the server's clock; a timer says nothing by itself to a screen reader.
            left = f'<span role="timer" data-ends="{_millis(ends)}">{_clock(int((ends - now).total_seconds()))}</span>'
            yield f'<p class="left">{self._say("board-left", lang)} {left}</p>'

    def _join(self, doors: Sequence[Door], lang: str, poll: Poll | None) -> Iterator[str]:
        idle = poll is None
        known = [door for door in doors if door.capabilities.address]
        yield f'<section class="join"><h2>{self._say("board-join-idle" if idle else "board-join", lang)}</h2>'
        if not known and not idle:
            yield f"<p>{self._say('board-nowhere', lang)}</p>"
        yield '<ul role="list">'
        for door in known:
            yield from self._door(door, lang, poll)
        yield "</ul></section>"

    def _door(self, door: Door, lang: str, poll: Poll | None) -> Iterator[str]:
        address = door.capabilities.address
        if address is None:
            return
        label = self._say("board-qr", lang, address=address.words)
        yield f'<li><h3>{escape(network_of(door.network))}</h3><p class="address">{escape(address.words)}</p>'
        yield f'<div class="qr" role="img" aria-label="{label}">{_qr(address.link)}</div>'
        if poll is not None:
            way = _way(poll.draft, buttons=door.capabilities.buttons)
            yield f'<p class="way">{escape(label_of(Text(way), lang, door.capabilities, self._texts.words))}</p>'
        yield "</li>"

    def _news(self, board: Board, lang: str) -> str:
        """What is going on in one sentence or two, for those who hear the page."""
        poll, tally = board.poll, board.tally
        if poll is None or tally is None:
            return self._say("board-idle", lang)
        lines = [text(f"board-{board.phase.value}"), *_turnout(poll, tally)]
        for title, part in (("poll-result-people", tally), ("poll-result-organisations", tally.organisations)):
            if part and part.counts and part.voters:
                lines += [text(title)] if tally.organisations else []
                lines += [
                    text("poll-option-count", number=number, option=option, count=part.counts[number - 1])
                    for number, option in enumerate(poll.draft.options, 1)
                ]
        return ". ".join(self._text(line, lang).rstrip(".") for line in lines)

    def _say(self, id_: str, lang: str, **args: int | str) -> str:
        return self._text(text(id_, **args), lang)

    def _text(self, words: Text, lang: str) -> str:
        # The joiners keep networks from making mentions of what people wrote; a page makes none.
        return escape(label_of(words, lang, self._plain, self._texts.words).replace("\u2060", ""))


def _turnout(poll: Poll, tally: Tally) -> tuple[Text, ...]:
    """How many voted: persons, organisations, or each."""
    told = turnout(poll.draft, tally)
    return told.lines if isinstance(told, Lines) else (text("board-turnout", count=tally.voters),)


def _way(draft: Draft, *, buttons: bool) -> str:
    """How one votes on a network."""
    if draft.secret and draft.kind is Kind.MULTIPLE:
        return "board-secret-several"
    if draft.secret:
        return "board-secret-by-button" if buttons else "board-secret-by-words"
    return "board-by-button" if buttons else "board-by-words"


def _document(lang: str, title: str, body: str, data: str = "", *, scripted: bool = False) -> str:
    # Without the script the page loads itself anew now and then, and shows the same.
    script = (
        '<script src="assets/hall.js" defer></script><noscript><meta http-equiv="refresh" content="10"></noscript>'
        if scripted
        else ""
    )
    return (
        f'<!doctype html><html lang="{lang}"{data}><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f'<link rel="stylesheet" href="assets/hall.css">{script}</head><body>{body}</body></html>'
    )


def _languages(lang: str) -> str:
    links = (
        f'<li><a href="?lang={code}" lang="{code}" hreflang="{code}"{_CURRENT if code == lang else ""}>{name}</a></li>'
        for code, name in _NAMES.items()
    )
    return f'<ul role="list">{"".join(links)}</ul>'


@lru_cache(maxsize=16)
def _qr(link: str) -> str:
    svg: str = segno.make(link, error="m", micro=False).svg_inline(border=3, omitsize=True)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
