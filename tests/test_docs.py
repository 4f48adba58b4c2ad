"""What the documents say is what the code does: keys, commands, options, targets, links."""

import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import BaseModel

from bot.cli import app
from bot.config import Settings, load
from bot.core.clean import fold
from bot.core.routing import Command, Routes
from bot.knowledge import Knowledge
from bot.platforms.settings import names, settings_of
from handlers import routers
from storage import Store

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "bot" / "config.example.toml"
DOCS = [path for place in (ROOT, ROOT / "docs", ROOT / "deploy") for path in sorted(place.glob("*.md"))]
DOCS += sorted((ROOT / "docs").glob("*/*.md"))
# A setting that is off: "#key = value" or "#[table]", no space behind the "#".
_OFF = re.compile(r"^#(?=[a-z0-9_]+ = |\[)", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]*)(?:#([^)\s]*))?\)")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _everything_on() -> str:
    return _OFF.sub("", EXAMPLE.read_text("utf-8"))


def _keys(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _keys(inner, f"{before}{name}.")
        elif name != "platforms":
            yield before + name


def _leaves(table: dict[str, Any], before: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield before + key


# --- bot/config.example.toml ---


@pytest.mark.parametrize("off", [True, False], ids=["as it is", "with every key on"])
def test_the_example_is_accepted(off: bool, tmp_path: Path) -> None:
    copy = tmp_path / "config.toml"
    copy.write_text(EXAMPLE.read_text("utf-8") if off else _everything_on(), "utf-8")
    copy.chmod(0o600)
    assert set(load(copy).platforms) == (set() if off else set(names()))


def test_the_example_holds_every_key_and_no_other() -> None:
    wanted = {*_keys(Settings)}
    for network in names():
        wanted |= {*_keys(settings_of(network), f"platforms.{network}.")}
    assert {*_leaves(tomllib.loads(_everything_on()))} == wanted


def test_what_the_example_sets_is_the_default(tmp_path: Path) -> None:
    copy = tmp_path / "config.toml"
    copy.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    example, default = load(copy).model_dump(), load(None).model_dump()
    example["database"]["url"] = example["database"]["url"].replace(f"{tmp_path.resolve()}/", "")
    example["knowledge"]["vectors"] = example["knowledge"]["vectors"].relative_to(tmp_path.resolve())
    assert example == default


def test_every_key_of_the_example_is_explained() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for before, line in itertools.pairwise(lines):
        if re.match(r"#?[a-z_0-9]+ = ", line):
            assert before.startswith("# "), f"no explanation above {line!r}"


# --- commands of the bot ---


def _commands() -> list[Command[Store]]:
    return list(Routes(routers(Knowledge.shipped())).commands.values())


@pytest.mark.parametrize("lang", ["pl", "en", "uk"])
@pytest.mark.parametrize("command", _commands(), ids=lambda command: command.id)
def test_every_command_stands_in_a_guide(command: Command[Store], lang: str) -> None:
    guides = [path for path in (ROOT / "docs").glob(f"m*.{lang}.md") if path.stem.startswith(("member", "moderator"))]
    assert guides
    shown = {command.names.shown(lang, ascii_only=True), command.names.shown(lang, ascii_only=False)}
    words = set().union(*(re.findall(r"[/!][\w'’ʼ]+", path.read_text("utf-8")) for path in guides))
    typed = {word[1:] for word in words}
    assert shown & typed, f"none of {shown} in {[_named(path) for path in guides]}"


def test_the_guides_name_no_command_that_is_not_there() -> None:
    known = {name for command in _commands() for name in command.names.all()}
    for path in (ROOT / "docs").glob("m*.*.md"):
        for code in _CODE.findall(path.read_text("utf-8")):
            for name in re.findall(r"(?<![\w/!])[/!]([^\W\d][\w'’ʼ]*)", code):
                assert fold(name) in known, f"{_named(path)} names {name!r}"


# --- the command line ---


def _walk(command: Any, path: str = "obrady") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _walk(inner, f"{path} {name}")


CLI = dict(_walk(typer.main.get_command(app)))


@pytest.mark.parametrize("path", CLI)
def test_every_command_line_has_help_and_is_documented(path: str) -> None:
    told = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "docs/operator.md"))
    command = CLI[path]
    assert command.help
    if not hasattr(command, "commands"):
        assert f"{path}`" in told or f"{path} " in told or f"{path}\n" in told
    for param in command.params:
        if param.param_type_name == "option" and "--help" not in param.opts:
            assert param.help, f"{path} {param.opts}"
            assert max(param.opts, key=len) in told, f"{path} {param.opts} is not documented"


@pytest.mark.parametrize("path", DOCS, ids=_named)
def test_the_documents_name_no_command_line_that_is_not_there(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for code in _CODE.findall(path.read_text("utf-8")):
        for words in re.findall(r"(?<![\w./-])(?:\.venv/bin/)?obrady((?: [a-z]+)+)", code):
            named = "obrady"
            for word in words.split():
                if not hasattr(CLI.get(named), "commands"):
                    break
                named = f"{named} {word}"
            assert named in CLI, f"{_named(path)} names `{named}`"
        for target in re.findall(r"(?<![\w.-])make ([a-z]+)", code):
            assert target in targets, f"{_named(path)} names `make {target}`"


# --- files ---


def _headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCS, ids=_named)
def test_links_lead_to_files(path: Path) -> None:
    for target, heading in _LINK.findall(path.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file = path.parent / target if target else path
        assert file.exists(), f"{_named(path)} links to {target}"
        assert not heading or heading in _headings(file), f"{_named(path)} links to {target}#{heading}"


@pytest.mark.parametrize("path", DOCS, ids=_named)
def test_the_places_that_are_named_are_there(path: Path) -> None:
    examples = {"handlers/contact.py"}
    for place in re.findall(r"`((?:bot|handlers|storage|tests|docs)/[a-z0-9_./-]+)`", path.read_text("utf-8")):
        assert place in examples or (ROOT / place).exists(), f"{_named(path)} names {place}"


@pytest.mark.parametrize("path", [*DOCS, EXAMPLE], ids=_named)
def test_no_registry_and_no_folder_of_one_machine(path: Path) -> None:
    found = re.findall(
        r"pypi\.org|pythonhosted\.org|npmjs\.|proxy\.golang\.org|index-url|(?<![\w.])/(?:work|root|home|Users)/",
        path.read_text("utf-8"),
    )
    assert not found
