"""Announcements: reading one message, its few marks, whom it reaches, when it goes, what follows what."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.announcement_form import LONGEST, Facts, is_head, read_announcement, read_words
from bot.core.announcement_steps import answers_of, draft_of
from bot.core.announcements import GIVEN, Act, Draft, Options, Outcome, Phase, Quiet, after, due, worst
from bot.core.content import ByLanguage, Text
from bot.core.markup import as_html, fits, plain, with_entities
from bot.core.places import Place, Standing, reached
from bot.core.refs import ChatRef
from bot.core.rich import rich

ZONE = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def place(id_: str, platform: str = "telegram", **more: object) -> Place:
    defaults: dict[str, object] = {
        "name": id_.title(),
        "standing": Standing.ACTIVE,
        "audience": "default",
        "audience_name": "",
    }
    return Place(id_, ChatRef(platform, f"-{id_}"), **(defaults | more))  # type: ignore[arg-type]


PLACES = (
    place("hall"),
    place("stage", areas=frozenset({"culture"})),
    place("clinic", "matrix", areas=frozenset({"health"}), audience="med", audience_name="Medycyna"),
    place("silent", standing=Standing.SILENT),
    place("left", standing=Standing.GONE),
    place("new", standing=Standing.OFFERED),
)
FACTS = Facts(
    ZONE,
    PLACES,
    (
        ("culture", ByLanguage((("pl", "Kultura"), ("en", "Culture")))),
        ("health", ByLanguage((("pl", "Zdrowie"), ("en", "Health")))),
    ),
)


def read(words: str) -> Draft | Text:
    return read_announcement(words, "all", NOW, FACTS)


def refused(words: str) -> str:
    found = read(words)
    assert isinstance(found, Text)
    return found.id


# --- one message ---


def test_lines_before_the_words_say_to_whom_when_and_how() -> None:
    found = read(
        "do: Kultura, krąg medycyna\nkiedy: 18:00\nJak: pilne, Przeczytane\nZapraszamy\nna spotkanie\nen:\nCome"
    )
    assert found == Draft(
        ((GIVEN, "Zapraszamy\nna spotkanie"), ("en", "Come")),
        "area:culture,audience:med",
        Options(urgent=True, receipt=True),
        datetime(2026, 11, 24, 17, 0, tzinfo=UTC),
    )


def test_other_lines_with_a_colon_are_words() -> None:
    assert read("Uwaga: jutro\nspotkanie") == Draft(((GIVEN, "Uwaga: jutro\nspotkanie"),), "all")


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("wszystkie", "all"),
        ("Culture", "area:culture"),
        ("obszar zdrowie", "area:health"),
        ("MATRIX", "network:matrix"),
        ("sieć telegram", "network:telegram"),
        ("grupa hall", "room:hall"),
        ("Stage", "room:stage"),
        ("medycyna", "audience:med"),
    ],
)
def test_targets_by_name(words: str, target: str) -> None:
    assert read(f"do: {words}\nx") == Draft(((GIVEN, "x"),), target)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "announce-empty"),
        ("do: Kultura\n", "announce-empty"),
        ("** **", "announce-empty"),
        ("!!!", "announce-empty"),
        ("x" * 20_000, "announce-long"),
        ("do: Nikt\nx", "announce-no-such-target"),
        ("kiedy: kiedyś\nx", "when-unknown"),
        ("kiedy: 25:00\nx", "when-no-hour"),
        ("kiedy: 1.1.2025 10:00\nx", "when-past"),
        ("jak: głośniej\nx", "announce-no-such-option"),
        ("en:\nx\nen:\ny", "announce-language-twice"),
        ("x\nuk:\n", "announce-empty"),
    ],
)
def test_bad_input_has_a_reason(words: str, why: str) -> None:
    assert refused(words) == why


def test_a_message_of_options_alone_takes_its_words_from_what_it_answers() -> None:
    assert is_head("")
    assert is_head("do: Kultura\njak: pilne")
    assert not is_head("do: Kultura\nSpotkanie")


@given(st.text(max_size=200))
def test_whatever_is_written_is_a_draft_or_a_reason(words: str) -> None:
    found = read(words)
    if isinstance(found, Draft):
        assert all(fits([rich(said)], LONGEST + 100) for _, said in found.words)


@given(st.text(min_size=1, max_size=4000))
def test_what_is_taken_is_one_message_everywhere(words: str) -> None:
    found = read_words(words)
    if not isinstance(found, Text):
        assert all(fits([rich(said)], 4096 - 400) for _, said in found)


def test_a_form_gives_back_the_draft() -> None:
    draft = Draft(((GIVEN, "a"), ("en", "b")), "area:culture,network:matrix", Options(pin=True), NOW)
    assert draft_of(answers_of(draft)) == draft


# --- marks ---


def test_bold_lists_and_addresses() -> None:
    found = rich("**Ważne:** https://example.org/a_b?c=1.\n- raz\n- **dwa**\n\nkoniec (https://x.pl/y)")
    assert [one.kind for one in found] == ["para", "item", "item", "para"]
    html = as_html(found)
    assert "<strong>Ważne:</strong>" in html
    assert '<a href="https://example.org/a_b?c=1">https://example.org/a_b?c=1</a>.' in html
    assert '<a href="https://x.pl/y">https://x.pl/y</a>)' in html
    assert "2 ** 3" in plain(rich("2 ** 3 ** 4"))


HOSTILE = [
    "@room @all @everyone",
    "[x](https://evil.example)",
    "<b>x</b><a href='https://e.e'>y</a>",
    "/zamknij !zamknij",
    "`code` _i_ ||s||",
    "https://a.b@evil.example \u202e**x**",
    "javascript:alert(1)",
    "tg://user?id=1 https://matrix.to/#/@anna:example.org",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_mention_nobody_and_hide_no_address(words: str) -> None:
    found = rich(words)
    for one in found:
        for run in one.runs:
            assert run.link is None or run.link == run.text
            assert run.link is None or run.link.startswith("https://")
            assert not run.code
            if run.link is None:
                assert "@room" not in run.text
                assert "@all" not in run.text
    text, entities = with_entities(found)
    assert "\u202e" not in text
    assert {entity.type for entity in entities} <= {"bold", "text_link"}
    assert "<b>" not in as_html(found)


@given(st.text(max_size=300))
def test_marks_lose_no_letter(words: str) -> None:
    kept = [char for char in plain(rich(words)) if char.isalnum()]
    assert len(kept) <= len([char for char in words if char.isalnum()])


# --- to whom, when ---


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        ("all", ["hall", "stage", "clinic"]),
        ("area:culture", ["hall", "stage"]),
        ("audience:med", ["clinic"]),
        ("network:matrix", ["clinic"]),
        ("room:silent", []),
        ("room:hall", ["hall"]),
        ("area:culture,area:health", ["hall", "stage", "clinic"]),
        ("", []),
        ("nonsense:x", []),
    ],
)
def test_rooms_that_a_target_reaches(target: str, ids: list[str]) -> None:
    assert [one.id for one in reached(PLACES, target)] == ids


def test_quiet_hours_hold_what_is_not_urgent() -> None:
    draft, quiet = Draft(((GIVEN, "x"),), "all"), Quiet()
    evening = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    morning = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    assert due(draft, NOW, quiet, ZONE) == NOW + timedelta(seconds=30)
    assert due(draft, evening, quiet, ZONE) == morning
    assert due(draft, evening + timedelta(hours=3), quiet, ZONE) == morning
    urgent = Draft(draft.words, "all", Options(urgent=True))
    assert due(urgent, evening, quiet, ZONE) == evening + timedelta(seconds=30)
    assert due(draft, evening, Quiet(time(8), time(8)), ZONE) == evening + timedelta(seconds=30)
    later = Draft(draft.words, "all", send_at=NOW + timedelta(hours=2))
    assert due(later, NOW, quiet, ZONE) == NOW + timedelta(hours=2)


def test_what_was_done_by_one_fits_no_more_for_the_next() -> None:
    assert after(Phase.DRAFT, Act.SEND) is Phase.HELD
    assert after(Phase.HELD, Act.SEND) is None
    assert after(Phase.SENDING, Act.UNDO) is None
    assert after(Phase.WITHDRAWN, Act.RETRY) is None
    assert {phase for phase in Phase if after(phase, Act.GO)} == {Phase.HELD}


def test_of_several_messages_in_a_room_the_worst_is_told() -> None:
    assert worst([Outcome.THERE, Outcome.GONE]) is Outcome.GONE
    assert worst([Outcome.GONE, Outcome.WAITS]) is Outcome.WAITS
    assert worst([Outcome.THERE, Outcome.REPLACED]) is Outcome.REPLACED
