"""`kpicheck summary`, and the options of `validate` that are about pages."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import pytest
from samples.expected import FOLDER

from kpicheck.cli.app import run

GOOD = FOLDER / "goed-plan.xlsx"
REGIONAL = FOLDER / "midden-limburg-west.xlsx"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened in a browser, which is not started."""
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    return found


def call(*arguments: str | Path) -> int:
    return run([*map(str, arguments), "--isolated"])


def test_the_summary_shows_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("summary", GOOD) == 0
    said = capsys.readouterr().out
    assert "Inspanning: 67,5%, dat is € 810.000 van € 1.200.000. Dat past binnen 70,0%." in said
    assert "2026 1e helft" in said
    assert "Huisartsengroep Het Baken" in said
    assert "Aan het eind van elk jaar is niet meer betaald dan tot dan toe is begroot." in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_summary_speaks_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("summary", GOOD, "--lang", "en") == 0
    assert "Effort: 67.5%, which is €810,000 of €1,200,000." in capsys.readouterr().out


def test_the_budget_beside_the_plan_counts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    budget = tmp_path / "budget.toml"
    budget.write_text("2025 = 1\n2026 = 4000000\n", "utf-8")
    assert call("summary", REGIONAL, "--budget", budget) == 0
    assert "Eind 2025 is € 364.000 betaald en € 1 begroot: € 363.999 komt te vroeg" in " ".join(
        capsys.readouterr().out.split()
    )


def test_the_summary_in_other_formats(tmp_path: Path) -> None:
    asked = [f"--output={name}={tmp_path / name}" for name in ("json", "html", "md", "console")]
    assert call("summary", REGIONAL, *asked) == 0
    plain = json.loads((tmp_path / "json").read_text("utf-8"))
    assert plain["plan"]["effort"] == "2476653"
    assert plain["glance"]["money"] == {"effort": "2476653", "result": "751828", "untyped": "106975"}
    assert plain["glance"]["milestones"][2]["deadline"] == "2026-09-01"
    assert "| Synthese | € 29.123 | 3,3% |" in (tmp_path / "md").read_text("utf-8")
    assert (tmp_path / "html").read_text("utf-8").count("<svg role=") == 5


@pytest.mark.parametrize("form", ["console", "json", "html", "md"])
def test_a_file_that_cannot_be_read_is_told(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "kapot.xlsx"
    broken.write_bytes(b"geen werkmap")
    assert call("summary", broken, "--output", form) == 3
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "Dit is een tekstbestand" in captured.err
    assert form == "console" or "Dit is een tekstbestand" in captured.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("summary", FOLDER), "één plan; dit zijn er 7"),
        (("summary", GOOD, "--output", "xlsx"), "xlsx"),
        (("summary", FOLDER / "er-niet.xlsx"), "er-niet.xlsx"),
        (("validate", GOOD, "--hide-values"), "--hide-values geldt voor --output html"),
        (
            ("validate", GOOD, "--output=html", "--output=json=x.json", "--hide-values"),
            "kies alleen die uitvoer",
        ),
        (("validate", GOOD, "--open"), "--output html=BESTAND"),
        (("validate", GOOD, "--output", "html", "--open"), "--output html=BESTAND"),
    ],
)
def test_wrong_usage(
    arguments: Sequence[str | Path], said: str, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*arguments) == 2
    assert said in capsys.readouterr().err
    assert opened == []


def test_the_page_is_opened_when_asked_also_when_there_are_errors(opened: list[str], tmp_path: Path) -> None:
    target = tmp_path / "een pagina.html"
    assert call("validate", REGIONAL, f"--output=html={target}", "--open") == 1
    assert opened == [target.as_uri()]
    assert call("validate", REGIONAL, f"--output=html={target}") == 1
    assert len(opened) == 1


def test_values_are_hidden_on_the_command_line(tmp_path: Path) -> None:
    target = tmp_path / "pagina.html"
    assert call("validate", REGIONAL, f"--output=html={target}", "--hide-values") == 1
    said = target.read_text("utf-8")
    assert "Synthese" not in said
    assert "Plan 1" in said


def test_a_kept_answer_without_a_glance_is_not_used_for_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    plan = tmp_path / "plan.xlsx"
    shutil.copy(REGIONAL, plan)
    pages = [tmp_path / f"{number}.html" for number in range(2)]
    assert run(["validate", str(plan), "--output", f"json={tmp_path / 'x.json'}"]) == 1
    for page in pages:
        assert run(["validate", str(plan), f"--output=html={page}"]) == 1
    assert "<svg role=" in pages[0].read_text("utf-8")
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_who_asks_no_page_loads_no_templates() -> None:
    code = (
        "import sys; from kpicheck.cli.app import run; "
        f"code = run(['validate', {str(GOOD)!r}, '--isolated', '--quiet']); "
        "print(code, sorted({'jinja2', 'webbrowser', 'kpicheck.report.html'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "0 []\n"
