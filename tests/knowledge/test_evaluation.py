"""`obrady knowledge eval`: what it reads, what it prints, and what it says of a bad line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.knowledge import Knowledge
from bot.knowledge.evaluation import SetError, evaluate, read_documents, read_questions

TODAY = date(2026, 11, 24)
DOCUMENTS = [
    {"id": "park", "title": "Park Kulturowy", "text": "Park otwarto w 1998 roku. Opiekuje się nim fundacja Zieleń."},
    {"id": "most", "title": "Most Grunwaldzki", "text": "Most ma 112 metrów długości i łączy dwa brzegi Odry."},
    {"id": "targ", "title": "Targ", "text": "Na targu sprzedają rolnicy.\n\nStoisko kosztuje 20 zł za dzień."},
]
QUESTIONS = [
    {"id": "a", "question": "Kto opiekuje się parkiem?", "lang": "pl", "style": "plain", "gold_docs": ["park"]},
    {"id": "b", "question": "Jak długi jest most?", "lang": "pl", "style": "plain", "gold": ["112  metrów\ndługości"]},
    {"id": "c", "question": "Kto wygrał mecz hokeja?", "lang": "pl", "style": "strange", "gold": []},
]


def written(path: Path, rows: list[Any]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path / "q.jsonl", QUESTIONS), written(tmp_path / "d.jsonl", DOCUMENTS)


def test_the_json_has_the_agreed_form(files: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(
        app, ["knowledge", "eval", str(files[0]), "--documents", str(files[1]), "--json"], catch_exceptions=False
    )
    assert result.exit_code == 0
    out = json.loads(result.stdout)
    assert set(out) == {"groups", "p50_ms", "p95_ms", "rss_mb", "semantic", "questions"}
    plain, strange = out["groups"]
    assert plain == {
        **{"lang": "pl", "style": "plain", "n": 2, "hit1": 1.0, "hit3": 1.0, "mrr10": 1.0, "answered": 1.0},
        "refused": None,
    }
    assert (strange["refused"], strange["hit1"]) == (1.0, None)
    assert out["semantic"] is False
    assert 0 < out["p50_ms"] <= out["p95_ms"]
    assert out["rss_mb"] > 10
    assert [(one["id"], one["answered"]) for one in out["questions"]] == [("a", True), ("b", True), ("c", False)]
    assert out["questions"][0]["docs"][0] == "park"
    assert all(len(one["docs"]) == len(set(one["docs"])) <= 10 for one in out["questions"])
    assert "3 questions, 3 documents" in result.stderr


def test_the_table_is_for_people(files: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(app, ["knowledge", "eval", str(files[0]), "--documents", str(files[1])])
    assert [line.split()[:3] for line in result.stdout.splitlines()[1:4]] == [
        ["pl", "plain", "2"],
        ["pl", "strange", "1"],
        ["all", "3", "1.000"],
    ]


def test_ranking_ignores_refusal(tmp_path: Path) -> None:
    question = {**QUESTIONS[0], "question": "Ile osób w 2021 roku widziało park?"}
    asked = read_questions(written(tmp_path / "q.jsonl", [question]))
    knowledge = Knowledge(read_documents([written(tmp_path / "d.jsonl", DOCUMENTS)], TODAY))
    (result,) = evaluate(knowledge, asked, TODAY)
    assert (result.rank, result.answered, result.cited_hit) == (1, False, False)


def test_long_documents_are_judged_by_passages(tmp_path: Path) -> None:
    text = "\n\n".join(f"Akapit o niczym numer {number}. " + "Zdanie bez treści. " * 30 for number in range(5))
    row = {"id": "long", "title": "Długi", "text": f"{text}\n\nSkarbnikiem wybrano Jana Nowaka."}
    knowledge = Knowledge(read_documents([written(tmp_path / "d.jsonl", [row])], TODAY))
    found = knowledge.look_up("Kogo wybrano skarbnikiem?", lang="pl", today=TODAY)
    assert "Jana Nowaka" in found.ranked[0].text
    assert all(len(passage.text) <= 900 for passage in found.ranked)


def test_documents_of_several_kinds_are_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.md").write_text("# Library\n\nThe library is open on Monday.", encoding="utf-8")
    (tmp_path / "folder" / "b.txt").write_text("\ufeffБібліотека відчинена у понеділок.", encoding="utf-8")
    documents = read_documents([tmp_path / "folder"], TODAY)
    assert [(document.id, document.lang) for document in documents] == [("a", "en"), ("b", "uk")]
    assert documents[1].text.startswith("Бібліотека")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "q.jsonl, line 2: is not JSON"),
        ("[]", "line 2: must be a JSON object"),
        ('{"id": "x"}', "line 2: key 'question' must be a text"),
        ('{"id": "x", "question": "?", "lang": "pl", "style": "s"}', "line 2: key 'gold' or 'gold_docs' is missing"),
        ('{"id": "x", "question": "?", "lang": "pl", "style": "s", "gold": "a"}', "line 2: key 'gold' must be a list"),
        (json.dumps(QUESTIONS[0]), "the id 'a' is used twice"),
    ],
)
def test_a_bad_question_is_named(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(QUESTIONS[0]) + "\n" + row, encoding="utf-8")
    with pytest.raises(SetError) as error:
        read_questions(path)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("d.jsonl", b'{"id": "a", "title": "A"}', "d.jsonl, line 1: key 'text' must be a text"),
        ("d.jsonl", b'{"id": "", "title": "A", "text": "x"}', "must not be empty"),
        ("d.jsonl", b'{"id": "a", "title": "", "text": "x"}\n' * 2, "the document id 'a' is used twice"),
        ("d.md", b"+++\n", "d.md: the metadata block has no closing"),
        ("d.txt", b"\xff\xfe\xfa", "is not UTF-8"),
        ("d.txt", b" \n", "there is no text in it"),
        ("d.exe", b"x", "documents are read as .jsonl"),
    ],
)
def test_a_bad_document_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SetError) as error:
        read_documents([tmp_path / name], TODAY)
    assert says in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="can't be read"):
        read_questions(tmp_path / "none.jsonl")
