"""`obrady knowledge add`, `list`, `remove`, `refresh`: what an operator types and reads."""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from bot.core.curated import Variant
from bot.engine.lock import Locks
from storage.engine import open_engine
from storage.store import Store
from tests.documents.makers import encrypted_pdf, odt, pdf
from tests.test_cli import obrady

ACT = "Art. 1. 1. Federacja zrzesza organizacje.\n2. Siedzibą jest Wrocław.\n\nArt. 2. Składka wynosi sto złotych.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a config and files."""
    (tmp_path / "config.toml").write_text('[database]\nurl = "sqlite:///obrady.db"\n', "utf-8")
    (tmp_path / "statut.txt").write_text(ACT, "utf-8")
    return tmp_path


def know(folder: Path, *arguments: str, code: int = 0) -> tuple[str, str]:
    done = obrady("knowledge", *arguments, folder=folder, code=code)
    return done.stdout, done.stderr


def test_several_kinds_go_in_by_one_command_and_are_listed(folder: Path) -> None:
    lines = ["Uchwala z dnia 5 marca 2024 roku w sprawie stypendiow dla artystow."]
    (folder / "uchwala.pdf").write_bytes(pdf([lines, lines]))
    (folder / "r.odt").write_bytes(
        odt("<text:h>Regulamin</text:h><text:p>Salę rezerwuje się w biurze federacji.</text:p>")
    )
    out, err = know(folder, "add", "statut.txt", "uchwala.pdf", "r.odt", "--lang", "pl", "--valid-to", "2025-12-31")
    assert [line.split()[0] for line in out.splitlines()] == ["added"] * 3
    assert "2 pages" in out
    assert "█" not in err, "a bar is for terminals"
    out, _ = know(folder, "list")
    assert len(out.splitlines()) == 3
    assert "2024-03-05  pl  pdf" in out
    assert out.count("EXPIRED 2025-12-31") == 3
    assert "Regulamin" in out


def test_asking_with_a_config_answers_from_its_database_too(folder: Path) -> None:
    def ask(question: str, *more: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(obrady("ask", question, "--json", *more, folder=folder).stdout)
        return found

    know(folder, "add", "statut.txt", "--title", "Statut")
    assert "documents that were added to the database: 1" in obrady("check", folder=folder, code=None).stdout
    question = "Gdzie jest siedziba federacji?"
    assert not ask(question)["answered"]
    [quote] = ask(question, "--config", "config.toml")["quotes"]
    assert (quote["document"], "Siedzibą jest Wrocław" in quote["text"]) == ("Statut", True)
    engine = open_engine(f"sqlite:///{folder / 'obrady.db'}")
    with Session(engine) as session:
        Store(session, datetime.now(UTC)).curated.add(None, [Variant("pl", "Kiedy jest dyżur?")], "W środy o 10:00.")
        session.commit()
    engine.dispose()
    prepared = ask("kiedy jest dyzur", "--config", "config.toml")
    assert prepared["answered"]
    assert "W środy o 10:00." in prepared["text"]


def test_the_same_file_is_said_a_changed_one_updates_and_metadata_stays(folder: Path) -> None:
    given = ("--title", "Statut", "--source", "https://example.org/statut", "--date", "2020-01-02")
    first, _ = know(folder, "add", "statut.txt", *given)
    assert know(folder, "add", "statut.txt")[0].startswith("already in")
    # Under another name it is the same file.
    (folder / "kopia.txt").write_text(ACT, "utf-8")
    assert know(folder, "add", "kopia.txt")[0].startswith("already in")
    (folder / "statut.txt").write_text(ACT.replace("sto", "dwieście"), "utf-8")
    again, _ = know(folder, "add", "statut.txt")
    assert again.startswith("updated")
    assert again.split()[1] == first.split()[1]
    out, _ = know(folder, "list")
    assert re.fullmatch(r"\w+  2020-01-02  pl  text      Statut  https://example.org/statut\n", out)
    # Only something said of it anew.
    assert know(folder, "add", "statut.txt", "--valid-to", "2020-12-31")[0].startswith("updated")
    assert "EXPIRED 2020-12-31" in know(folder, "list")[0]


def test_refresh_reads_what_changed_and_names_what_is_gone(folder: Path) -> None:
    (folder / "drugi.txt").write_text("Zarząd federacji spotyka się co miesiąc.", "utf-8")
    know(folder, "add", "statut.txt", "drugi.txt")
    (folder / "statut.txt").write_text(ACT + "\nArt. 3. Zarząd liczy pięć osób.\n", "utf-8")
    out, _ = know(folder, "refresh")
    assert sorted(line.split()[0] for line in out.splitlines()) == ["unchanged", "updated"]
    (folder / "drugi.txt").unlink()
    out, err = know(folder, "refresh", code=1)
    assert "is there no more" in err


def test_remove_and_what_is_wrong(folder: Path) -> None:
    added, _ = know(folder, "add", "statut.txt")
    id_ = added.split()[1]
    assert know(folder, "remove", id_)[0].startswith("removed")
    assert "There is no document" in know(folder, "remove", id_, code=1)[1]
    assert "There are no documents" in know(folder, "list")[0]
    (folder / "tajny.pdf").write_bytes(encrypted_pdf())
    (folder / "bzdura.txt").write_bytes(os.urandom(3000))
    out, err = know(folder, "add", "tajny.pdf", "bzdura.txt", "statut.txt", code=1)
    assert out.startswith("added"), "the good one goes in"
    assert "locked by a password" in err
    assert "none of the kinds" in err
    assert "There is no file nie.ma" in know(folder, "add", "nie.ma", code=1)[1]
    assert 'no area "Kosmos"' in know(folder, "add", "statut.txt", "--area", "Kosmos", code=1)[1]
    assert "of one document" in know(folder, "add", "statut.txt", "tajny.pdf", "--title", "X", code=1)[1]
    assert (
        "before --valid-from"
        in know(folder, "add", "statut.txt", "--valid-from", "2025-01-01", "--valid-to", "2024-01-01", code=1)[1]
    )


def test_a_markdown_files_own_block_is_read_and_checked(folder: Path) -> None:
    (folder / "a.md").write_text(
        '+++\ntitle = "Arkusz"\ndate = 2022-09-02\nvalid_to = 2022-12-31\nlang = "pl"\nkind = "summary"\n+++\n\n'
        "## Część\n\nTo jest zdanie o współpracy.\n",
        "utf-8",
    )
    know(folder, "add", "a.md")
    assert "2022-09-02  pl  markdown  Arkusz  EXPIRED 2022-12-31" in know(folder, "list")[0].replace("  EX", "  EX")
    (folder / "b.md").write_text("+++\ntytuł = 1\n+++\nTo jest zdanie o współpracy.\n", "utf-8")
    assert "b.md: the metadata block is not valid TOML" in know(folder, "add", "b.md", code=1)[1]


def test_it_works_while_a_bot_owns_the_database(folder: Path) -> None:
    know(folder, "add", "statut.txt")
    locks = Locks()
    locks.database(f"sqlite:///{folder}/obrady.db")
    try:
        (folder / "drugi.txt").write_text("Zarząd federacji spotyka się co miesiąc.", "utf-8")
        assert know(folder, "add", "drugi.txt")[0].startswith("added")
    finally:
        locks.release()


def test_the_page_comes_by_a_folder(folder: Path) -> None:
    pages = folder / "strony"
    pages.mkdir()
    (pages / "a.html").write_text(
        "<!doctype html><html lang='pl'><body><nav>Menu</nav><article><h1>Spotkanie federacji</h1>"
        + "<p>Spotkanie federacji odbyło się 2 września 2022 roku w bibliotece przy rynku.</p>" * 3
        + "</article></body></html>",
        "utf-8",
    )
    (pages / "b.png").write_bytes(b"\x89PNG")
    out, _ = know(folder, "add", "strony")
    assert out.count("added") == 1
    assert "Spotkanie federacji (pl, 2022-09-02" in out
