"""What each command loads. An import that is not needed costs every call, so each is written down here."""

from __future__ import annotations

import gc
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kpicheck.cli import diff, summary, triage, validate
from kpicheck.cli.app import COMMANDS, loaded
from kpicheck.memory import begin_collecting
from kpicheck.report import triage as triages
from kpicheck.report.differences.formats import NAMES
from kpicheck.report.formats import FORMATS
from kpicheck.report.summary import SUMMARIES

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
GOOD, FAULTY = str(SAMPLES / "goed-plan.xlsx"), str(SAMPLES / "fouten-per-familie.xlsx")

DEPENDENCIES = {
    *("babel", "dateutil", "defusedxml", "jinja2", "msoffcrypto", "openpyxl", "pathspec"),
    *("platformdirs", "pydantic", "rich", "stdnum", "tomli", "tomlkit", "typer", "watchfiles", "xlsxwriter"),
}
TYPERS_OWN = {"pydantic", "rich"}  # typer loads these as it likes, and its versions differ in that

SIGNATURE = {"cli.app", "cli.interruption", "cli.streams", "cli.terms", "usage"}
WORDS = {"clean", "cli.options", "dutch", "finding", "inputs", "model", "ranges", "resources", "texts"}
RULES = {"checks", "registry", "report", "ruleset", "threshold"}
TERMS = {
    *("cli.settings", "config", "engine", "exceptions", "job", "allowance", "memory", "report"),
    *("columns", "run_rule", "subjects"),
}
JUDGING = {
    *(SIGNATURE | WORDS | RULES | TERMS),
    *("cli.judge", "cli.output", "cli.paths", "cli.progress", "cli.stated"),
    *("atomic", "baseline", "batch", "cache", "judging", "reader", "scan", "task"),
}
ONE_PLAN = {"cli.one_plan", "cli.password"}
VERSIONS = {"cli.pages", "cli.password", "cli.versions", "comparison", "report.differences"}
VALIDATE = {"cli.pages", "cli.password", "cli.validate", "cli.watching"}
JUDGES_WITH = {"dateutil", "tomli", "typer"}

_RUN = """
import sys
there = set(sys.modules)
from kpicheck.cli import main
try:
    main()
except SystemExit as done:
    code = done.code
else:
    code = 0
loaded = sorted(set(sys.modules) - there)
import json
print(json.dumps([code, loaded]), file=sys.stderr)
"""


def loads(*words: str) -> tuple[int, set[str]]:
    """The exit code of a call, and all modules that it loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, *words], capture_output=True, check=True, encoding="utf-8"
    )
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    return code, set(modules)


def packages(modules: set[str]) -> set[str]:
    """The packages among them that kpicheck asks for."""
    return {one.partition(".")[0] for one in modules} & DEPENDENCIES


def parts(modules: set[str]) -> set[str]:
    """The parts of kpicheck among them; of the command line each module, of the reports each package."""
    found = {one.removeprefix("kpicheck.") for one in modules if one.startswith("kpicheck.")}
    names = {one if one.startswith("cli.") else one.partition(".")[0] for one in found}
    return (names | (found & {"report.differences", "report.html"})) - {"cli"}


def test_the_version_loads_nothing() -> None:
    code, modules = loads("--version")
    assert code == 0
    assert parts(modules) == {"cli.streams"}
    assert not packages(modules)
    assert {one for one in modules if not one.startswith("kpicheck")} <= {"__future__", "errno", "gc"}


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--help", "validate"]], ids=" ".join)
def test_the_help_loads_no_command(words: list[str]) -> None:
    code, modules = loads(*words)
    assert code == 0
    assert parts(modules) - {"cli.validate", "cli.terms"} == SIGNATURE - {"cli.terms"}
    assert packages(modules) - TYPERS_OWN == {"typer"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_loads_its_options_alone(name: str) -> None:
    code, modules = loads(name, "--help")
    assert code == 0
    own = {"cli.template", "template"} if name == "template" else {f"cli.{name}"}
    assert parts(modules) - {"cli.terms"} == own | SIGNATURE - {"cli.terms"}
    assert packages(modules) - TYPERS_OWN == {"typer"}


@pytest.mark.parametrize(
    ("words", "own", "beside"),
    [
        ("explain A101", WORDS | RULES | {"cli.explain", "examples"}, {"dateutil"}),
        ("rules", WORDS | RULES | {"cli.rules"}, {"dateutil", "rich"}),
        ("config", WORDS | TERMS | {"atomic", "cli.config", "registry", "ruleset", "threshold"}, {"tomlkit"}),
        (
            "doctor",
            WORDS | RULES | TERMS - {"cli.settings", "exceptions"} | {"cli.doctor", "installation", "reader"},
            {"dateutil"},
        ),
        (
            "template -o {folder}/empty.xlsx",
            WORDS | RULES - {"report"} | {"allowance", "atomic", "cli.template", "reader", "template"},
            {"dateutil", "xlsxwriter"},
        ),
    ],
    ids=lambda given: given.split()[0] if isinstance(given, str) else "",
)
def test_a_command_without_a_plan_loads_no_more_than_it_shows(
    words: str, own: set[str], beside: set[str], tmp_path: Path
) -> None:
    code, modules = loads(*words.format(folder=tmp_path).split(), "--isolated")
    assert code == 0
    assert parts(modules) == SIGNATURE | own
    assert packages(modules) - TYPERS_OWN == {"tomli", "typer"} | beside - TYPERS_OWN


@pytest.mark.parametrize(
    ("words", "own", "beside"),
    [
        ("validate {good}", VALIDATE, {"rich"}),
        ("validate {faulty}", VALIDATE, {"rich"}),
        ("validate {faulty} --output json", VALIDATE, set()),
        ("validate {good} --output html={folder}/report.html", VALIDATE | {"report.html"}, {"jinja2"}),
        ("summary {good}", {"cli.summary"}, {"rich"}),
        ("triage {good}", {"cli.pages", "cli.triage", "seen"}, {"rich"}),
        ("diff {good} {faulty}", {"cli.diff"} | VERSIONS, {"rich"}),
        (
            "whatif {good} --set 1.date=31-12-2027",
            {"cli.changing", "cli.whatif", "whatif"} | VERSIONS,
            {"rich"},
        ),
        ("fix {faulty}", {"cli.fix", "cli.fixing", "repair", "writer"} | ONE_PLAN, {"rich"}),
        (
            "annotate {faulty} -o {folder}/marked.xlsx",
            {"cli.annotate", "cli.marking", "writer"} | ONE_PLAN,
            set(),
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_command_loads_what_judging_needs_and_its_own(
    words: str, own: set[str], beside: set[str], tmp_path: Path
) -> None:
    files = {"good": GOOD, "faulty": FAULTY, "folder": tmp_path}
    code, modules = loads(*(one.format(**files) for one in words.split()), "--isolated")
    assert code in (0, 1)
    assert parts(modules) == JUDGING | own
    assert packages(modules) - TYPERS_OWN == {*JUDGES_WITH, *beside} - TYPERS_OWN


def test_a_plan_that_was_judged_before_loads_the_cache_and_no_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for needed in (JUDGING, JUDGING - {"reader"}):
        code, modules = loads("validate", GOOD)
        assert code == 0
        assert parts(modules) == needed | VALIDATE
        assert packages(modules) - TYPERS_OWN == {*JUDGES_WITH, "platformdirs"}


def test_plans_that_were_judged_before_need_no_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for needed in ({"pool"}, set()):
        _, modules = loads("validate", GOOD, FAULTY, "--jobs", "2")
        assert parts(modules) & {"pool"} == needed


def test_the_words_of_the_help_are_those_of_the_commands() -> None:
    assert {name: inspect.getdoc(loaded(name)) for name in COMMANDS} == COMMANDS


def test_the_names_in_the_help_are_the_names_that_are_known() -> None:
    """The help is said without loading what makes the formats, so it has the names itself."""
    assert ", ".join(FORMATS) == validate.FORMATS
    assert ", ".join(SUMMARIES) == summary.FORMATS
    assert tuple(triages.SORTS) == triage.SORTS
    assert tuple(triages.GROUPS) == triage.GROUPS
    told = inspect.get_annotations(diff.diff, eval_str=True)["output"].__metadata__[0].help
    assert told == f"FORMAT[=FILE], repeatable: {', '.join(NAMES)}."


def test_circles_are_searched_for_from_the_first_plan_on_and_not_among_what_was_loaded() -> None:
    loaded_before, threshold = len(gc.get_objects()), gc.get_threshold()
    gc.disable()
    try:
        begin_collecting()
        assert gc.isenabled()
        assert gc.get_freeze_count() >= loaded_before - 1000
        frozen = gc.get_freeze_count()
        kept: list[list[object]] = [[] for _ in range(1000)]
        begin_collecting()
        assert gc.get_freeze_count() <= frozen, f"{len(kept)} new objects may be searched"
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)
        gc.enable()


_LOADED_AT_THE_FREEZE = """
import gc, sys
frozen_with = []
gc.freeze = lambda: frozen_with.append("concurrent.futures.process" in sys.modules)
gc.disable()
from kpicheck.cli.app import run
run(sys.argv[1:])
print(frozen_with, file=sys.stderr)
"""


def test_the_pool_is_loaded_before_circles_are_searched_for() -> None:
    """A search would walk through all that it loads, and copy that in each process that shares it."""
    call = ["validate", GOOD, FAULTY, "--jobs", "2", "--no-cache", "--quiet"]
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED_AT_THE_FREEZE, *call],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stderr.splitlines()[-1] == "[True]"
