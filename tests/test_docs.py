"""The documentation is what the tool says and does today."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from docs import generate

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    path
    for pattern in ("*.md", "rules/*.md", "samples/*.md", "docs/rules/*/README.md")
    for path in sorted(ROOT.glob(pattern))
]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in generate.READMES:
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / generate.COVERAGE, tmp_path / generate.COVERAGE)
    shutil.copytree(ROOT / generate.PAGES, tmp_path / generate.PAGES)
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    return tmp_path


def commands(text: str, ending: str) -> list[str]:
    return re.findall(rf"^ *(python3 -m venv \.venv && .*{re.escape(ending)})$", text, re.MULTILINE)


def test_generated_documentation_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0, capsys.readouterr().err


def test_a_stale_file_is_named_and_written_anew(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, dropped = copy / "docs/rules/nl/A201-row-total-mismatch.md", copy / "docs/rules/en/Z999-dropped.md"
    readme = copy / "README.md"
    page.unlink()
    dropped.write_text("a rule that is no more", encoding="utf-8")
    readme.write_text(readme.read_text(encoding="utf-8").replace("€248,808.80", "€1"), encoding="utf-8")

    assert generate.main(["--check"], copy) == 1
    named = [line.split()[0] for line in capsys.readouterr().err.splitlines()]
    assert named == ["README.md", "docs/rules/nl/A201-row-total-mismatch.md", "docs/rules/en/Z999-dropped.md"]

    assert generate.main([], copy) == 0
    assert generate.main(["--check"], copy) == 0
    assert page.is_file()
    assert not dropped.exists()
    assert readme.read_bytes() == (ROOT / "README.md").read_bytes()


def test_every_generated_block_has_its_end() -> None:
    for name in generate.READMES:
        marks = re.findall(r"<!-- (generated|end)\b", (ROOT / name).read_text(encoding="utf-8"))
        assert marks == ["generated", "end"] * (len(marks) // 2)
        assert marks


@pytest.mark.parametrize("ending", ["-m pytest", "validate samples/midden-limburg-west.xlsx"])
def test_the_commands_of_the_readme_are_those_that_ci_runs(ending: str) -> None:
    said = commands((ROOT / "README.md").read_text(encoding="utf-8"), ending)
    run = commands((ROOT / ".ci/run").read_text(encoding="utf-8"), ending)
    assert len(said) == 1
    assert run == said


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [one for one in links if not (page.parent / one).exists()] == []


def test_contributing_knows_every_option_of_the_example_tables() -> None:
    used = re.findall(r'"(--[\w-]+)"', (ROOT / "tests/building.py").read_text(encoding="utf-8"))
    explained = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [one for one in used if f"`{one} " not in explained and f" {one} " not in explained] == []
