"""`kpicheck doctor`: what is there, what must be there, and the exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from samples.expected import FOLDER

import kpicheck
from kpicheck import installation, texts
from kpicheck.installation import Point, State, examine, fits, requirement, works
from kpicheck.report.installation import write

ROOT = FOLDER.parent
SOURCE = Path(kpicheck.__file__).resolve().parents[1]


def doctor(
    *arguments: str, source: Path = SOURCE, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path.insert(0, {str(source)!r}); from kpicheck.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, "doctor", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
    )


def states(points: list[Point]) -> dict[str, State]:
    return {str(one.facts.get("name", one.part)): one.state for one in points}


def test_this_installation_works(tmp_path: Path) -> None:
    for language, verdict in (("nl", "kpicheck werkt."), ("en", "kpicheck works.")):
        done = doctor("--lang", language, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines()[-1] == verdict
        assert "openpyxl 3.1." in done.stdout
        assert str(tmp_path) in done.stdout


def test_as_json(tmp_path: Path) -> None:
    done = doctor("--output", "json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (told["works"], told["kpicheck"], told["schema"]) == (True, kpicheck.__version__, 1)
    found = {one["facts"].get("name", one["part"]): one for one in told["points"]}
    assert {"python", "expat", "zlib", "openpyxl", "pydantic", "landelijk", "nl", "en"} <= found.keys()
    assert found["landelijk"]["facts"]["number"] > 80
    assert all(one["message"] for one in told["points"])
    assert all(bool(one["fix"]) == (one["state"] != "ok") for one in told["points"])


def test_wrong_usage() -> None:
    done = doctor("--output", "xml")
    assert done.returncode == 2
    assert "xml" in done.stderr


@pytest.mark.parametrize(
    ("found", "bounds", "fitting"),
    [
        ("3.1.5", ">=3.1.5,<3.2", True),
        ("3.1.5", "<3.2,>=3.1.5", True),
        ("3.1.4", ">=3.1.5,<3.2", False),
        ("3.2", ">=3.1.5,<3.2", False),
        ("3.2.0rc1", ">=3.1.5,<3.2", False),
        ("10.0", ">=9", True),
        ("2.9.0.post0", ">=2.9,<5", True),
        ("2", "<=2.0", True),
        ("2", ">2.0", False),
    ],
)
def test_versions_within_bounds(found: str, bounds: str, *, fitting: bool) -> None:
    assert fits(found, bounds) is fitting


def test_every_requirement_of_the_project_is_understood() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]["password"]
    for line in project["dependencies"]:
        name, bounds, where = requirement(line)
        assert (f"{name}{bounds}", where) == (line, "")
    assert [requirement(f"{line}; extra == 'password'")[0::2] for line in extra] == [
        ("msoffcrypto-tool", "password")
    ]


@pytest.mark.parametrize(
    ("python", "state"),
    [
        ("3.11.7", "warning"),
        ("3.11.8", "ok"),
        ("3.11.15", "ok"),
        ("3.12.1", "warning"),
        ("3.12.2", "ok"),
        ("3.13.0", "ok"),
        ("3.14.0rc1", "ok"),
    ],
)
def test_python(python: str, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: python)
    points = examine(None, "utf-8")
    assert states(points)["python"] == state
    assert works(points)


@pytest.mark.parametrize(("expat", "state"), [((2, 5, 0), "warning"), ((2, 6, 0), "ok"), ((2, 10, 1), "ok")])
def test_expat(expat: tuple[int, int, int], state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyexpat.version_info", expat)
    assert states(examine(None, "utf-8"))["expat"] == state


def test_packages_that_do_not_fit_or_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"openpyxl": "3.2.0", "pydantic": "2.10.0"}

    def version(name: str) -> str:
        if name not in there:
            raise PackageNotFoundError(name)
        return there[name]

    needs = ["openpyxl<3.2,>=3.1.5", "pydantic<3,>=2.9", "babel<3,>=2.16", "ruff>=1; extra == 'dev'"]
    needs += ["msoffcrypto-tool<7,>=5.4; extra == 'password'"]
    monkeypatch.setattr(installation, "version", version)
    monkeypatch.setattr(installation, "requires", lambda _: needs)
    points = examine(None, "utf-8")
    found = states(points)
    assert (found["openpyxl"], found["pydantic"], found["babel"]) == ("error", "ok", "error")
    assert found["msoffcrypto-tool"] == "ok"
    assert "ruff" not in found
    assert not works(points)
    said = write(points, "text", "nl")
    assert "Fout    openpyxl 3.2.0 past niet bij kpicheck; nodig is <3.2,>=3.1.5." in said
    assert "Fout    babel ontbreekt" in said
    assert 'pip install "kpicheck[password]"' in said
    there |= {"openpyxl": "3.1.5", "babel": "2.17", "msoffcrypto-tool": "6.0"}
    points = examine(None, "utf-8")
    assert works(points)
    assert "--ask-password" in write(points, "text", "nl")
    there["msoffcrypto-tool"] = "7.0"
    assert not works(examine(None, "utf-8"))


def test_not_installed_with_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    def requires(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installation, "requires", requires)
    points = examine(None, "utf-8")
    assert states(points)["unpacked"] == "warning"
    assert works(points)


@pytest.mark.parametrize(
    ("encoding", "state"),
    [("utf-8", "ok"), ("ascii", "warning"), ("cp1252", "warning"), ("gibberish", "warning")],
)
def test_screen(encoding: str, state: str) -> None:
    points = examine(None, encoding)
    assert states(points)["screen"] == state
    assert works(points)


def test_settings(tmp_path: Path) -> None:
    assert "geen bestand" in doctor(cwd=tmp_path).stdout
    file = tmp_path / "kpicheck.toml"
    file.write_text('lang = "nl"\n', encoding="utf-8")
    (tmp_path / "map").mkdir()
    done = doctor(cwd=tmp_path / "map")
    assert (done.returncode, str(file) in done.stdout) == (0, True)
    for wrong in ('langg = "nl"\n', "lang = = 1\n"):
        file.write_text(wrong, encoding="utf-8")
        done = doctor(cwd=tmp_path)
        assert done.returncode == 1
        assert "Fout    Instellingen: In" in done.stdout.replace("De instellingen in", "In")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """An installation of our own to damage."""
    compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SOURCE / "kpicheck", tmp_path / "src" / "kpicheck", ignore=compiled)
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    return tmp_path


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        ("zorg-en-zekerheid.toml", "Fout    De regelset zorg-en-zekerheid is niet te laden: De regelset"),
        ("layouts/official.toml", "Fout    De indelingen van de tabel zijn niet te laden: TOMLDecodeError"),
        ("texts/en.toml", "Fout    De teksten in de taal en zijn niet te laden: TOMLDecodeError"),
        ("texts/nl.toml", "Error   The texts in the language nl cannot be loaded: TOMLDecodeError"),
    ],
)
def test_damaged_rules(damaged: str, said: str, copy: Path) -> None:
    (copy / "rules" / damaged).write_text("niet = = goed\n", encoding="utf-8")
    done = doctor(source=copy / "src")
    assert (done.returncode, done.stderr) == (1, "")
    assert said in done.stdout


@pytest.mark.parametrize(
    ("missing", "said"),
    [("texts", "texts error name: nl, why: FileNotFoundError"), (".", "rules error")],
)
def test_without_any_texts_it_still_says_what_is_missing(missing: str, said: str, copy: Path) -> None:
    shutil.rmtree(copy / "rules" / missing)
    done = doctor(source=copy / "src")
    assert (done.returncode, done.stderr) == (1, "")
    assert said in done.stdout


def test_every_sentence_is_there_in_both_languages() -> None:
    words = ("name", "version", "floor", "wanted", "number", "why", "path", "folder", "encoding", "file")
    facts = {**dict.fromkeys((*words, "unpacked", "entries", "bits"), "x"), "names": ["x"]}
    for language in texts.LANGUAGES:
        for part, sentences in texts.texts(language)["doctor"].items():
            assert isinstance(sentences, dict)
            for word in sentences:
                said = texts.nested("doctor", part, word, language, facts)
                assert said
                assert "{" not in said
            if part not in ("level", "verdict"):
                assert ("fix" in sentences) == bool({"warning", "error"} & sentences.keys())
