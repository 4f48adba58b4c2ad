"""`obrady knowledge …`: the documents that questions are answered from, and how well they are."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.config import load
from bot.engine.clock import SystemClock
from bot.evaluating import print_evaluation
from bot.logs import set_up
from bot.operator.documents import DocumentError
from bot.operator.documents import add as add_documents
from bot.operator.documents import refresh as refresh_documents
from bot.operator.documents import remove as remove_document
from bot.operator.documents import show as show_documents
from bot.operator.options import CONFIG, ConfigOption

commands = typer.Typer(no_args_is_help=True, help="The documents that questions are answered from.")


@commands.command("eval")
def knowledge_eval(
    questions: Annotated[Path, typer.Argument(help="JSONL, a question a line; docs/knowledge.md tells its form.")],
    documents: Annotated[
        list[Path] | None, typer.Option("--documents", help="Files and folders; those that ship when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as one JSON object.")] = False,
    config: Annotated[Path | None, typer.Option("--config", help="A settings file, for its table [knowledge].")] = None,
) -> None:
    """Measure a set of questions: right passage first, answered, refused, milliseconds, memory."""
    settings = load(config)
    set_up("WARNING", settings.secrets())
    today = SystemClock().now().astimezone(settings.zone()).date()
    print_evaluation(questions, documents or [], settings, today, as_json=as_json)


class Lang(StrEnum):
    """The languages that documents are read in."""

    PL = "pl"
    EN = "en"
    UK = "uk"


@commands.command("add")
def knowledge_add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders of files.")],
    title: Annotated[str | None, typer.Option(help="Found in the file when left out.")] = None,
    source: Annotated[str | None, typer.Option(help="The address where it can be read.")] = None,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day the document speaks for.")
    ] = None,
    valid_from: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day it holds.")] = None,
    valid_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day it holds; then it is marked as expired.")
    ] = None,
    lang: Annotated[Lang | None, typer.Option(help="Told from the text when left out.")] = None,
    area: Annotated[str | None, typer.Option(help="A thematic area, by its name in any language.")] = None,
    config: ConfigOption = CONFIG,
) -> None:
    """Add documents (Markdown, HTML, PDF, DOCX, ODT, plain text); a file that changed replaces what it was."""
    if valid_from and valid_to and valid_to < valid_from:
        raise DocumentError("--valid-to is before --valid-from.")
    given = {"title": title, "source": source, "lang": lang.value if lang else None, "area": area}
    given |= {
        name: value.date().isoformat() if value else None
        for name, value in (("date", day), ("valid_from", valid_from), ("valid_to", valid_to))
    }
    known = {name: value for name, value in given.items() if value}
    if not add_documents(load(config).database.url, paths, known, SystemClock().now()):
        raise typer.Exit(1)


@commands.command("list")
def knowledge_list(config: ConfigOption = CONFIG) -> None:
    """The documents that were added, with their ids."""
    settings = load(config)
    show_documents(settings.database.url, SystemClock().now().astimezone(settings.zone()).date())


@commands.command("remove")
def knowledge_remove(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As obrady knowledge list shows it.")],
    config: ConfigOption = CONFIG,
) -> None:
    """Drop a document; the file it was read from stays."""
    remove_document(load(config).database.url, id_, SystemClock().now())


@commands.command("refresh")
def knowledge_refresh(config: ConfigOption = CONFIG) -> None:
    """Read the files of all documents again; those that changed are updated."""
    if not refresh_documents(load(config).database.url, SystemClock().now()):
        raise typer.Exit(1)
