"""What is installed: the three packages with all that they read, and nothing else."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
READ = ("*.ftl", "*.toml", "*.md", "*.css", "*.html", "*.ttf", "py.typed")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of the files in the wheel."""
    [path] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    with zipfile.ZipFile(path) as wheel:
        return wheel.namelist()


def test_the_wheel_holds_the_three_packages_and_what_they_read(content: list[str]) -> None:
    assert {name.partition("/")[0] for name in content if ".dist-info/" not in name} == {"bot", "handlers", "storage"}
    read = {
        str(path.relative_to(ROOT))
        for package in ("bot", "handlers", "storage")
        for pattern in (*READ, "*.py")
        for path in (ROOT / package).rglob(pattern)
    }
    assert read <= set(content)
    assert "bot/config.example.toml" in content
    assert {"bot/py.typed", "handlers/py.typed", "storage/py.typed"} <= set(content)


def test_the_wheel_holds_the_licence_and_no_leftovers(content: list[str]) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in content)
    assert not [name for name in content if name.endswith((".pyc", ".db", ".log")) or "__pycache__" in name]
