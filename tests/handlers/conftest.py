"""A fresh database file and a world on it for every test."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.core.refs import AccountRef
from bot.knowledge import Document, Knowledge
from handlers import routers
from storage.engine import open_engine
from storage.schema import upgrade
from tests.handlers.world import World

PAGE = "https://obrady.example.org/screen/"
SOURCE = "https://example.org/spotkanie?a=1&b=2"


def document(lang: str, title: str, text: str, *, kind: str = "summary", valid_to: date | None = None) -> Document:
    """A document to answer from."""
    return Document(
        id=f"{title}-{lang}",
        title=title,
        source=SOURCE,
        source_title="Strona <b>federacji</b>",
        date=date(2022, 9, 2),
        valid_from=None,
        valid_to=valid_to,
        lang=lang,
        area=None,
        text=text,
        kind=kind,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """A few documents of the tests' own, so that a better fact sheet breaks nothing here."""
    return Knowledge.from_documents(
        [
            document("pl", "Spotkanie robocze", "## Kto prowadził spotkanie\n\nSpotkanie prowadziła Anna Nowak.\n"),
            document(
                "pl",
                "Strategia na lata 2018–2022",
                "## Na jakie lata jest strategia\n\nStrategia jest na lata 2018–2022.\n",
                kind="original",
                valid_to=date(2022, 12, 31),
            ),
            document("en", "Working meeting", "## Who led the meeting\n\nThe meeting was led by Anna Nowak.\n"),
            document("uk", "Робоча зустріч", "## Хто вів зустріч\n\nЗустріч вела Анна Новак.\n"),
        ]
    )


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    """The documents that ship."""
    return Knowledge.shipped()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the schema, to copy."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(empty_database: Path, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database."""
    shutil.copy(empty_database, tmp_path / "obrady.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'obrady.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def world(engine: Engine, knowledge: Knowledge) -> World:
    """All handlers; Olga is the owner."""
    return World(engine, routers(knowledge, page=PAGE), owners=frozenset({AccountRef("telegram", "olga")}))
