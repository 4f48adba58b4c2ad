"""The locale files beside each other: the same messages, variables, commands and styles in all three."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.core.access_needs import NEEDS, NOTHING
from bot.core.poll_steps import poll_form
from bot.core.routing import Routes
from bot.documents.model import ERRORS
from bot.knowledge import Knowledge
from bot.locales import LANGUAGES, entries
from handlers import routers

ROUTES = Routes(routers(Knowledge.from_documents([])))
COMMANDS = ROUTES.command_names()
ROOT = Path(__file__).parents[2]
POLL_STEPS = {step.id for step in poll_form().steps}
MEETING_STEPS = {step.id for step in ROUTES.forms["meeting"].form.steps}
# Ids that code puts together: each prefix with all that may follow it.
COMPOSED = {
    "document-": {"reading", "added", "done", "dropped"},
    "document-in-": set(LANGUAGES),
    "document-error-": {*ERRORS, "no-file", "away", "bad-metadata"},
    "answer-source-": {"summary", "original"},
    "language-name-": set(LANGUAGES),
    "language-set-": set(LANGUAGES),
    "language-choose": {"", "-room"},
    "language-unknown": {"", "-room"},
    "organisation-own-": {"asked", "member", "deputy", "delegate"},
    "organisation-given-": {"member", "deputy", "delegate"},
    "organisation-confirm-": {"member", "deputy", "delegate"},
    "organisation-was-": {"confirmed", "refused", "ended"},
    "report-was-": {"done", "rejected"},
    "report-told-": {"done", "rejected"},
    "report-toast-": {"done", "rejected"},
    "queue-card-": {"answered", "dropped"},
    "room-polls-": {"moderators", "everybody"},
    "room-polls-set-": {"moderators", "everybody"},
    "room-let-": {"moderators", "everybody"},
    "span-": {"hours", "days", "months"},
    "poll-base-": {"votes", "voters", "entitled"},
    "poll-turnout-": {"people", "people-of", "organisations", "organisations-of"},
    "role-code-": {"moderator", "coordinator"},
    "role-given-": {"moderator", "coordinator"},
    "role-yours-": {"moderator", "coordinator"},
    "board-": {"running", "over", "closed", "idle", "gone", "gone-next", "away", "away-next"},
    "command-": set(COMMANDS),
    "form-name-": set(ROUTES.forms),
    **{f"poll-{part}-": POLL_STEPS for part in ("step", "ask")},
    "poll-terms-": {"usual", "secret", "step-by-step"},
    "poll-secrecy-": {"open", "secret"},
    "poll-results-": {"at-once", "at-end"},
    "poll-for-": {"people", "members", "organisations", "both", "both-members"},
    "poll-options-": {"yes-no", "areas", "consent"},
    "announce-": {
        "send",
        "fix",
        "drop",
        "undo",
        "approve",
        "refuse",
        "words",
        "pull",
        "retry",
        "unpinned",
        "no-file",
        "not-loud",
    }
    | {
        f"{kind}-{outcome}"
        for kind in ("send", "edit", "withdraw")
        for outcome in ("there", "unsure", "absent", "stopped")
    }
    | {f"{what}-{kind}" for what in ("progress", "report") for kind in ("send", "edit", "withdraw")},
    "announce-outcome-": {"waits", "again", "gone", "refused", "too-large", "moved", "mistake", "replaced"},
    "announce-why-": {"waits", "again", "unsure", "out", "silent", "refused", "too-large", "moved", "mistake"},
    "announce-option-": {"urgent", "pin", "receipt", "loud"},
    "announce-choose-": {"urgent", "pin", "receipt", "loud"},
    "rooms-state-": {"active", "desk", "silent", "gone", "offered"},
    "need-": {*NEEDS, NOTHING},
    "meeting-step-": MEETING_STEPS,
    "meeting-ask-": MEETING_STEPS,
    "form-": {f"{control}-word" for control in ("cancel", "back", "skip", "keep", "done")},
}
# Those the engine and the menu use, so that they must be there whether or not a handler says them.
ENGINE = {
    "choose-by-number", "unknown-command", "not-allowed", "something-went-wrong", "answered-late", "press-expired",
    "slow-down", "unreadable", "about", "greeting",
}  # fmt: skip


def messages(lang: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for entry in sorted(files("bot.locales").joinpath(lang).iterdir(), key=lambda entry: entry.name):
        for part in FluentParser().parse(entry.read_text("utf-8")).body:
            assert not isinstance(part, ftl.Junk), f"{lang}/{entry.name}: {part.content}"
            if isinstance(part, ftl.Message):
                assert part.id.name not in found, f"{part.id.name} twice in {lang}"
                found[part.id.name] = part
    return found


def walk(node: object) -> Iterator[object]:
    yield node
    children = vars(node).values() if isinstance(node, ftl.BaseNode) else node if isinstance(node, list) else ()
    for child in children:
        yield from walk(child)


def variables(message: ftl.Message) -> set[str]:
    """What code has to give; `buttons` is the network's own."""
    return {node.id.name for node in walk(message) if isinstance(node, ftl.VariableReference)} - {"buttons"}


def words(message: ftl.Message) -> str:
    return "\n".join(node.value for node in walk(message) if isinstance(node, ftl.TextElement))


MESSAGES = {lang: messages(lang) for lang in LANGUAGES}


def test_every_language_has_the_same_files_with_the_same_messages() -> None:
    names = [{entry.name for entry in files("bot.locales").joinpath(lang).iterdir()} for lang in LANGUAGES]
    assert names[0] == names[1] == names[2]
    assert MESSAGES["pl"].keys() == MESSAGES["en"].keys() == MESSAGES["uk"].keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_message_can_be_parsed_alone(lang: str) -> None:
    found = {}
    for entry in files("bot.locales").joinpath(lang).iterdir():
        found |= entries(entry.read_text("utf-8"))
    assert found.keys() == MESSAGES[lang].keys()
    parser = FluentParser(with_spans=False)
    for id_, source in found.items():
        [alone] = parser.parse(source).body
        assert alone.equals(MESSAGES[lang][id_], ["span", "comment"]), id_
        references = (ftl.MessageReference, ftl.TermReference)
        assert not any(isinstance(node, references) for node in walk(alone)), id_


@pytest.mark.parametrize("id_", MESSAGES["pl"])
def test_variables_commands_styles_and_paragraphs_agree(id_: str) -> None:
    pl, *others = (MESSAGES[lang][id_] for lang in LANGUAGES)
    for other in others:
        assert variables(other) == variables(pl)
        for pattern in (r"<cmd:[^>]*>", r"</?(?:b|i|code|bot)>", "• ", r"\n\n"):
            assert re.findall(pattern, words(other)) == re.findall(pattern, words(pl)), pattern


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tags_are_ours_and_commands_exist(lang: str) -> None:
    for id_, message in MESSAGES[lang].items():
        for tag in re.findall(r"<[^>]*>?", words(message)):
            assert re.fullmatch(r"</?(b|i|code|bot)>|<cmd:[a-z-]+>", tag), f"{id_}: {tag}"
            assert not tag.startswith("<cmd:") or tag[5:-1] in COMMANDS, f"{id_}: {tag}"


def said_in_code() -> set[str]:
    """Ids of `text(…)`, `say(…)` and the handlers' own short forms, as they stand in the sources."""
    found: set[str] = set()
    for folder in ("bot", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def test_every_message_is_used_and_every_used_one_is_there() -> None:
    composed = {prefix + rest for prefix, rests in COMPOSED.items() for rest in rests}
    known = MESSAGES["pl"].keys()
    assert composed | ENGINE <= known
    assert known - composed - ENGINE <= said_in_code(), "nobody says these"


def test_ids_in_code_are_there() -> None:
    calls: set[str] = set()
    for path in [*(ROOT / "handlers").glob("*.py"), *(ROOT / "bot" / "engine").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"text", "say", "_reply"} and node.args:
                calls |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    assert {"welcome-hello", "unknown-command"} <= calls
    rests = {rest for some in COMPOSED.values() for rest in some}
    assert calls - COMPOSED.keys() - rests <= MESSAGES["pl"].keys()


def test_own_names_of_languages_are_the_same_in_every_file() -> None:
    for prefix in ("language-name-", "language-set-"):
        for code in LANGUAGES:
            assert len({words(MESSAGES[lang][prefix + code]) for lang in LANGUAGES}) == 1


def test_polish_is_impersonal_and_ukrainian_has_its_own_letters() -> None:
    for id_, message in MESSAGES["pl"].items():
        assert not re.search(r"(?<!źród)ł(em|am|eś|aś|yśmy)\b", words(message)), id_
    office = "Prezes Urzędu Ochrony Danych Osobowych"  # Its name, in Polish everywhere.
    for id_, message in MESSAGES["uk"].items():
        if not id_.startswith("language-"):
            assert not re.search("[ыэъё]", words(message), re.IGNORECASE), id_
            assert not re.search("[ąćęłńśźż]", words(message).replace(office, "")), id_
    for id_, message in MESSAGES["en"].items():
        if not id_.startswith("language-"):
            assert not re.search("[ąćęłńóśźżа-яіїєґ]", words(message).replace(office, "")), id_


def test_no_label_is_an_emoji_alone() -> None:
    for lang in LANGUAGES:
        for id_ in ("question-pass", *(f"language-name-{code}" for code in LANGUAGES)):
            assert any(char.isalpha() for char in words(MESSAGES[lang][id_]))
