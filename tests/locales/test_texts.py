"""Every text as a reader sees it, in each language and on each kind of network."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.capabilities import Capabilities
from bot.core.clean import fold, inert
from bot.core.content import Arg, Body, ByLanguage, Link, Say, Text, say, text
from bot.core.forms import Scene
from bot.core.markup import plain, utf16, with_entities
from bot.core.poll_steps import PollFacts
from bot.core.poll_term_steps import STEP_BY_STEP, term_steps
from bot.core.polls import key_of
from bot.core.render import label_of, render
from bot.core.routing import Names, Routes
from bot.knowledge import Knowledge
from bot.locales import LANGUAGES, Texts, language_of
from handlers import routers
from tests.handlers.world import MATRIX, TELEGRAM
from tests.locales.test_files import MESSAGES, variables

ROUTES = Routes(routers(Knowledge.from_documents([])))
TEXTS = Texts(ROUTES.command_names(), ZoneInfo("Europe/Warsaw"))
HOSTILE = "</b><cmd:help> {$x} \ue000 @all /pomoc\u202e"
SAMPLES: dict[str, tuple[Arg, ...]] = {
    "when": (datetime(2026, 11, 24, 12, 0, tzinfo=UTC),),
    "date": (date(2022, 12, 31),),
    "example": (text("example-who"), "8.12.2026 17:00-19:00"),
    "document": ("Strategia", HOSTILE, text("answer-place", title=HOSTILE, place=HOSTILE)),
    "title": ("Strategia", HOSTILE),
    "place": ("Lata", HOSTILE),
    "source": ("Strona", HOSTILE, Link("https://example.org/?a=1&b=<2>", HOSTILE)),
    "page": (3,),
    "network": ("Telegram", HOSTILE),
    "networks": ("Matrix, Telegram", HOSTILE),
    "code": ("K7-4QX2",),
    "count": (1, 2, 5, 21, 22, 101),
    "limit": (0, 1, 2, 5, 21, 22, 101, 1000),
    "question": ("Czy idziemy?", HOSTILE),
    "option": (ByLanguage((("pl", "Tak"), ("en", "Yes"), ("uk", "Так"))), "x" * 100, HOSTILE),
    "until": (text("vote-until", when=datetime(2026, 11, 24, 12, 0, tzinfo=UTC)), text("vote-just-in-time")),
    "options": (2, 5, 12),
    "given": (1, 2, 5, 21),
    "total": (0, 1, 2, 21),
    "address": ("t.me/obrady_bot", HOSTILE),
    "link": (Link("https://example.org/screen/abc"),),
    "where": ("Telegram: 3, Matrix: 2",),
    "bar": ("█████░░░░░",),
    "percent": (0, 50, 100),
    "counts": ("1: 12 · 2: 7",),
    "numbers": ("1, 3",),
    "other": ("18:00",),
    "yes": (0, 5),
    "maybe": (0, 2),
    "no": (0, 1),
    "offsets": (text("before-days", count=7),),
    "before": (text("before-hours", count=2), text("before-days", count=1), text("before-minutes", count=30)),
    "what": (text("meeting-new-title", words="Zebranie"),),
    "answer": (text("rsvp-yes"),),
    "weekday": (text("weekday", number=1),),
    "start": ("17:00",),
    "end": ("19:00",),
    "zone": (text("zone-warsaw"), text("zone-named", name="Europe/Kyiv")),
    "interval": (1, 2, 5, 12),
    "day": (1, 28),
    "nth": (text("weekday-nth", number=2, nth=-1),),
    "rule": (text("series-daily", interval=1),),
    "why": (text("when-no-hour", words="25:00", example="18:00"),),
    "second": (date(2026, 12, 8),),
    "least": (1, 2),
    "most": (2, 12),
    "last": (2, 12),
    "fewest": (2, 3),
    "names": ("Stowarzyszenie A, Fundacja B", HOSTILE),
    "name": (ByLanguage((("pl", "Zdrowie"), ("en", "Health"))), HOSTILE),
    "number": (1, 12, 4821),
    "organisation": ("Fundacja Przykład", HOSTILE),
    "account": ("@jan:example.org", HOSTILE),
    "choice": (text("language-name-uk"), text("poll-option", number=12, option="x" * 90), "1, 2, 3"),
    **dict.fromkeys(("votes", "audit"), tuple(text("span-months", count=count) for count in (1, 2, 12, 21))),
    "presence": (text("span-months", count=12),),
    **dict.fromkeys(("questions", "posts", "left"), tuple(text("span-days", count=count) for count in (1, 2, 30))),
    **dict.fromkeys(("offers", "parked"), tuple(text("span-hours", count=count) for count in (1, 24, 48))),
    **dict.fromkeys(("begins", "ended"), (date(2026, 12, 8),)),
    **dict.fromkeys(("accounts", "polls", "meetings"), (1, 2, 5, 21, 22)),
    "rooms": (0, 1, 2, 5, 21, 22, 101),
    "language": (text("language-name-uk"),),
    "who": (text("room-polls-everybody"),),
    "areas": (text("room-about-all"), text("area-name", name=HOSTILE)),
    "first": (text("area-name", name=HOSTILE),),
    "rest": (text("area-name", name=HOSTILE),),
    "area": (ByLanguage((("pl", "Zdrowie"), ("en", "Health"))), HOSTILE),
    "part": ("50%", "2/3"),
    "base": (text("poll-base-votes"), text("poll-base-voters"), text("poll-base-entitled")),
    "people": (0, 1, 22),
    "organisations": (0, 1, 22),
    "entitled": (1, 28),
    "voters": (0, 1, 22),
    "needed": (1, 15),
    "few": (5,),
    "form": (text("form-name-poll"),),
    "wanted": (text("form-name-poll"),),
    "value": (HOSTILE, text("form-skipped")),
    "words": (HOSTILE, text("form-back-word")),
    "one": (text("form-back-word"),),
    "target": (text("announce-target-all"), text("announce-target-area", name=HOSTILE)),
    "room": (text("announce-named", name=HOSTILE, network="Telegram"),),
    "lang": (text("language-name-uk"),),
    "id": (HOSTILE,),
    "word": (HOSTILE,),
    "state": (text("rooms-state-silent"),),
    "done": (0, 34),
    "good": (0, 41),
    "bad": (1, 3),
    "pages": (1, 5),
    "audience": (text("audience-default"), text("audience-name", name=HOSTILE)),
}
NETWORKS = pytest.mark.parametrize("capabilities", [TELEGRAM, MATRIX], ids=["telegram", "matrix"])
IN_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
# Shown as notices, which Telegram cuts at 200 characters.
NOTICES = (
    "desk-handled", "desk-moderators", "desk-coordinators", "desk-off-done", "desk-off-already", "desk-room-left-toast",
    "report-sent", "report-before", "report-toast-done", "report-toast-rejected", "queue-joined", "queue-joined-before",
    "queue-closed", "queue-not-yours", "queue-withdrawn-toast", "queue-dropped-toast", "queue-anonymous",
    "press-expired", "language-moderators", "language-set-pl", "language-set-en", "language-set-uk", "question-gone",
    "question-not-yours", "question-passed-already", "question-passed-toast", "question-nobody",
    "organisation-moderators", "organisation-own-request", "organisation-decided", "organisation-refused-toast",
    "organisation-confirmed-toast", "organisation-left", "room-claimed-toast", "room-claimed-before",
    "room-moderators", "room-polls-set-moderators",
    "room-polls-set-everybody", "area-followed", "area-unfollowed", "area-room-on", "area-room-off",
    "vote-saved", "vote-changed", "vote-same", "vote-short", "vote-cleared", "vote-late", "vote-withdrawn",
    "vote-elsewhere", "vote-nobody", "vote-full", "vote-no-option", "poll-gone", "poll-not-yours",
    "poll-not-yours-close", "poll-too-late", "poll-too-late-reopen", "poll-time-passed", "poll-draft-used",
    "poll-close-others", "poll-reopened", "poll-undone-toast", "poll-only-toast", "poll-started-toast",
    "meeting-opened-toast", "meeting-dropped-toast", "meeting-draft-used", "meeting-time-passed", "meeting-gone",
    "meeting-moderators", "meeting-change-toast", "meeting-left-toast", "meeting-change-used",
    "meeting-changed-meanwhile", "rsvp-saved", "rsvp-waiting", "rsvp-over", "rsvp-cancelled", "rsvp-nobody",
    "needs-none",
    "sitting-none", "here-saved", "here-saved-for", "here-asked", "minute-accepted-toast", "minute-refused-toast",
    "minute-decided", "minute-gone", "minutes-approved", "minutes-approved-toast", "minutes-running",
    "minutes-moderators", "task-gone", "task-taken-toast", "task-yours", "task-not-yours", "task-done-toast",
    "erase-expired", "erase-others-owners", "erase-stays",
    "poll-dropped-toast", "poll-secret-stays", "poll-secret-closed", "vote-secret-saved", "vote-secret-again",
    "vote-secret-seen", "vote-secret-several", "vote-members-only", "vote-delegates-only", "vote-not-yours",
    "vote-for-which-toast",
    "link-declined", "link-gone", "link-done-toast", "unlink-nothing", "unlink-done-toast", "unlink-stays",
    "form-direct", "form-gone", "form-answered", "form-first", "form-no-skip", "form-not-now", "form-no-choice",
    "poll-fix-voted",
    "announce-twice-toast", "announce-held-toast", "announce-waits-toast", "announce-approved-toast",
    "announce-refused-toast", "announce-second-person", "announce-nobody-approves", "announce-undone-toast",
    "announce-dropped-toast", "announce-no-hope", "announce-retry-toast", "announce-left-toast",
    "announce-correct-how-toast",
    "announce-pulled-toast", "announce-not-out", "announce-gone", "announce-already", "announce-too-late",
    "announce-time-passed", "announce-moderators", "announce-no-rooms", "announce-file-wait",
    "announce-file-failed-toast", "announce-read-toast", "announce-read-before", "announce-read-anonymous",
    "rooms-moved-toast", "rooms-gone", "rooms-archive-toast", "rooms-archive-not", "rooms-restore-toast",
    "rooms-restore-not", "lost-try-toast", "lost-left-toast",
)  # fmt: skip


def samples(id_: str) -> list[dict[str, Arg]]:
    """Arguments for a message: each sample of each variable at least once."""
    names = sorted(variables(MESSAGES["pl"][id_]))
    most = max((len(SAMPLES[name]) for name in names), default=1)
    return [{name: SAMPLES[name][turn % len(SAMPLES[name])] for name in names} for turn in range(most)]


def shown(said: Text, lang: str, capabilities: Capabilities) -> str:
    return plain(render(Body((Say(said),)), lang, capabilities, TEXTS.words)[0])


@NETWORKS
@IN_LANGUAGE
@pytest.mark.parametrize("id_", MESSAGES["pl"])
def test_every_message_can_be_read(id_: str, lang: str, capabilities: Capabilities) -> None:
    for args in samples(id_):
        markup, _ = render(Body((say(id_, **args),)), lang, capabilities, TEXTS.words)
        words = plain(markup)
        assert words.strip() == words != ""
        assert 0 < utf16(words) <= 4096
        ours = words.replace(inert(HOSTILE), "").replace("b=<2>", "")
        assert not re.search("[{}<>]", ours)
        assert "\ue000" not in words
        assert "\u202e" not in words
        assert not re.search(r"(?<!\S)[@/]all", words)
        entities = with_entities(markup)[1]
        assert all(entity.length for entity in entities)


@IN_LANGUAGE
def test_people_s_words_never_become_markup(lang: str) -> None:
    [paragraph] = TEXTS.words(text("answer-source-summary", document=HOSTILE, date=date(2022, 1, 1), source="x"), lang, TELEGRAM)  # fmt: skip # noqa: E501
    assert not any(run.bold or run.italic or run.code for run in paragraph.runs)
    assert "<cmd:help>" in "".join(run.text for run in paragraph.runs)


@IN_LANGUAGE
@pytest.mark.parametrize("id_", [id_ for id_, message in MESSAGES["pl"].items() if variables(message)])
def test_a_missing_variable_is_a_mistake_in_the_code(id_: str, lang: str) -> None:
    args = samples(id_)[0]
    for name in args:
        fewer = {other: value for other, value in args.items() if other != name}
        with pytest.raises(KeyError):
            TEXTS.words(text(id_, **fewer), lang, TELEGRAM)


def test_an_unknown_message_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        TEXTS.words(text("no-such-message"), "pl", TELEGRAM)


@pytest.mark.parametrize(
    ("lang", "number", "form"),
    [
        ("pl", 1, "1 znak."), ("pl", 2, "2 znaków"), ("pl", 21, "21 znaków"), ("pl", 22, "22 znaków"),
        ("en", 1, "1 character."), ("en", 2, "2 characters"),
        ("uk", 1, "1 знак."), ("uk", 2, "2 знаки."), ("uk", 5, "5 знаків"), ("uk", 21, "21 знак."),
    ],
)  # fmt: skip
def test_plural_forms(lang: str, number: int, form: str) -> None:
    assert form in shown(text("question-too-long", limit=number), lang, TELEGRAM)


@IN_LANGUAGE
def test_late_answers_name_the_hour_in_wroclaw(lang: str) -> None:
    when = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    words = shown(text("answered-late", when=when), lang, TELEGRAM)
    assert "00:30" in words
    assert "2026" in words
    assert {"pl": "2 lipca", "en": "2 July", "uk": "2 липня"}[lang] in words


@IN_LANGUAGE
def test_what_the_menu_and_the_profile_show_fits(lang: str) -> None:
    assert len(label_of(text("about"), lang, TELEGRAM, TEXTS.words)) <= 120
    assert len(shown(text("greeting"), lang, TELEGRAM)) <= 512
    described = {id_.removeprefix("command-") for id_ in MESSAGES[lang] if id_.startswith("command-")}
    assert described == ROUTES.commands.keys()
    for id_ in ROUTES.commands:
        assert 1 <= len(label_of(text(f"command-{id_}"), lang, TELEGRAM, TEXTS.words)) <= 256


@IN_LANGUAGE
@pytest.mark.parametrize("id_", NOTICES)
def test_notices_fit(id_: str, lang: str) -> None:
    for args in samples(id_):
        assert len(label_of(text(id_, **args), lang, TELEGRAM, TEXTS.words)) <= 200


@IN_LANGUAGE
@NETWORKS
def test_help_is_ten_lines_at_most(lang: str, capabilities: Capabilities) -> None:
    lines = shown(text("help-members"), lang, capabilities).splitlines()
    assert len(lines) <= 10
    assert sum(line.startswith("• ") for line in lines) == 6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_terms_of_polls_are_understood_as_they_are_labelled(lang: str) -> None:
    facts = PollFacts(ZoneInfo("Europe/Warsaw"), (), ())
    scene = Scene({"terms": STEP_BY_STEP}, datetime(2026, 12, 1, tzinfo=UTC), facts)
    for step in term_steps():
        for choice in step.choices(scene):
            assert key_of(label_of(choice.label, lang, TELEGRAM, TEXTS.words)) in map(key_of, choice.words)


@pytest.mark.parametrize("names", [command.names for command in ROUTES.commands.values()], ids=list(ROUTES.commands))
def test_command_names_work_everywhere(names: Names) -> None:
    for lang in LANGUAGES:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", names.shown(lang, ascii_only=True))
        typed = names.shown(lang, ascii_only=False)
        assert len(typed) <= 32
        assert not re.search(r"[\s/!:,]", typed)
    for name in names.all():
        asked = ROUTES.read(f"/{name.upper()}", direct=False)
        assert asked is not None
        assert asked.command is not None
        assert asked.command.names is names
    assert names.shown("uk", ascii_only=True) == names.shown("en", ascii_only=True)
    assert fold(names.uk) in names.all()


def test_each_refusal_names_what_to_do_next() -> None:
    refusals = ("unknown-command", "not-allowed", "press-expired", "code-refused", "question-gone", "question-not-yours", "language-moderators", "question-try", "link-room", "link-seen", "link-no-code", "link-wrong", "link-wait", "link-own", "link-already", "link-gone", "unlink-room", "unlink-nothing", "role-how", "role-reply-to-whom", "role-nobody", "role-unknown-author", "role-has-already", "role-has-none", "role-not-above", "role-in-config", "role-last-owner")  # fmt: skip # noqa: E501
    for id_ in refusals:
        for lang in LANGUAGES:
            assert "/" in shown(text(id_), lang, TELEGRAM), id_
            assert "!" in shown(text(id_), lang, MATRIX), id_


@pytest.mark.parametrize(
    ("code", "lang"), [("pl-PL", "pl"), ("UK", "uk"), ("en_GB", "en"), ("de", None), ("", None), (None, None)]
)
def test_codes_of_languages(code: str | None, lang: str | None) -> None:
    assert language_of(code) == lang
