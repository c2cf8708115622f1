"""The command annotate as a process: names, exit codes, one sentence, nothing damaged."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from samples.expected import FOLDER

from kpicheck.atomic import write_file
from kpicheck.cli.app import run
from tests.test_cli import kpicheck

FAULTY, GOOD = FOLDER / "fouten-per-familie.xlsx", FOLDER / "goed-plan.xlsx"
KILLS = 200


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return Path(shutil.copy(FAULTY, tmp_path / "plan.xlsx"))


def test_a_copy_beside_the_plan(plan: Path) -> None:
    before, time = plan.read_bytes(), plan.stat().st_mtime_ns
    done = kpicheck("annotate", plan)
    assert (done.returncode, done.stderr) == (1, "")
    copy = plan.with_name("plan - gecontroleerd.xlsx")
    assert done.stdout.splitlines() == [
        "Niet in orde: 10 fouten, 2 keer let op, 0 tips.",
        f"Gemarkeerde kopie: {copy}",
    ]
    assert zipfile.is_zipfile(copy)
    assert (plan.read_bytes(), plan.stat().st_mtime_ns) == (before, time)
    assert len(list(plan.parent.iterdir())) == 2


def test_what_is_beside_the_plan_is_never_written_over(plan: Path) -> None:
    taken = plan.with_name("plan - gecontroleerd.xlsx")
    taken.write_bytes(b"werk van iemand")
    done = kpicheck("annotate", plan)
    assert done.returncode == 2
    assert (
        done.stderr
        == f"kpicheck: {taken} bestaat al; geef met -o een andere naam, of verwijder dat bestand.\n"
    )
    assert taken.read_bytes() == b"werk van iemand"


def test_a_good_plan_gets_its_sheet_too(tmp_path: Path) -> None:
    done = kpicheck("annotate", GOOD, "-o", tmp_path / "kopie.xlsx", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert zipfile.is_zipfile(tmp_path / "kopie.xlsx")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("plan.xlsx", "-o", "plan.xlsx"), 2, "plan.xlsx"),
        (("plan.xlsx", "-o", "kopie.xlsm"), 2, "De kopie van een .xlsx-bestand moet ook op .xlsx eindigen"),
        (("plan.xlsx", "-o", "nergens/kopie.xlsx"), 2, "nergens"),
        (("er-is-geen.xlsx",), 2, "bestaat niet"),
        ((".", "-o", "kopie.xlsx"), 2, "één"),
        (("tekst.xlsx", "-o", "kopie.xlsx"), 3, "tekst.xlsx: "),
        (("leeg.xlsx", "-o", "kopie.xlsx"), 3, "leeg.xlsx: "),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: tuple[str, ...], code: int, said: str, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(plan.parent)
    shutil.copy(FAULTY, "ander.xlsx")
    Path("tekst.xlsx").write_text("geen werkmap")
    Path("leeg.xlsx").write_bytes(b"")
    before = sorted(Path().iterdir())
    done = kpicheck("annotate", *arguments)
    assert done.returncode == code, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
    assert sorted(Path().iterdir()) == before


def test_a_signed_workbook_gets_its_report_apart(plan: Path) -> None:
    with zipfile.ZipFile(plan, "a") as package:
        package.writestr("_xmlsignatures/origin.sigs", b"")
    before = plan.read_bytes()
    done = kpicheck("annotate", plan)
    assert done.returncode == 1
    report = plan.with_name("plan - controle.xlsx")
    assert done.stdout.splitlines()[1] == (
        "In dit bestand zelf kan kpicheck niets zetten: het is digitaal ondertekend, en een wijziging maakt"
        " de handtekening ongeldig. Het verslag staat daarom apart, met koppelingen naar de cellen:"
        f" {report}"
    )
    assert not plan.with_name("plan - gecontroleerd.xlsx").exists()
    assert plan.read_bytes() == before
    with zipfile.ZipFile(report) as package:
        related = b"".join(package.read(name) for name in package.namelist() if "worksheets/_rels" in name)
    assert b"plan.xlsx" in related
    assert kpicheck("validate", plan.parent).stderr == ""


def test_the_settings_of_the_plan_hold_for_its_copy(plan: Path) -> None:
    (plan.parent / "kpicheck.toml").write_text('select = ["A103"]\n')
    done = kpicheck("annotate", plan, "-o", plan.with_name("kopie.xlsx"))
    assert done.returncode == 0
    with zipfile.ZipFile(plan.with_name("kopie.xlsx")) as package:
        assert not [name for name in package.namelist() if "comments" in name]


@pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as Unix does")
def test_killed_at_any_point_nothing_is_damaged(plan: Path) -> None:
    """Two hundred points from the first to the last step of writing, spread over all of them."""
    target = plan.with_name("kopie.xlsx")
    data = (FOLDER / "midden-limburg-west.xlsx").read_bytes()
    steps = _killed_after(sys.maxsize, target, data)
    assert target.read_bytes() == data
    assert steps > KILLS
    target.write_bytes(b"wat er stond")
    before, time = plan.read_bytes(), plan.stat().st_mtime_ns
    outcomes = set()
    for nth in range(KILLS):
        _killed_after(1 + nth * steps // KILLS, target, data)
        found = target.read_bytes()
        assert found in (b"wat er stond", data)
        outcomes.add(len(found))
        target.write_bytes(b"wat er stond")
    assert len(outcomes) == 2
    assert (plan.read_bytes(), plan.stat().st_mtime_ns) == (before, time)


def _killed_after(steps: int, target: Path, data: bytes) -> int:
    """Write in a process that is killed after so many steps of Python; how many it took is told in a pipe."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        taken = 0

        def step(*_: object) -> object:
            nonlocal taken
            taken += 1
            if taken >= steps:
                os.kill(os.getpid(), signal.SIGKILL)
            return step

        sys.settrace(step)  # type: ignore[arg-type]
        write_file(target, data)
        sys.settrace(None)
        os.write(writer, str(taken).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        said = told.read()
    os.waitpid(child, 0)
    return int(said or 0)


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as Unix does")
@pytest.mark.parametrize("room", [0, 1, 4_096, 20_000])
def test_a_full_disk_leaves_what_was_there(room: int, plan: Path) -> None:
    target = plan.with_name("kopie.xlsx")
    target.write_bytes(b"wat er stond")
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    code += "; import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    code += "; import sys; sys.argv[0] = 'kpicheck'; from kpicheck.cli import main; main()"
    call = [sys.executable, "-c", code, "annotate", str(plan), "-o", str(target), "--isolated"]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "kopie.xlsx" in done.stderr
    assert target.read_bytes() == b"wat er stond"
    assert sorted(plan.parent.iterdir()) == [target, plan]


def test_the_copy_is_a_plan_like_any_other(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = plan.with_name("kopie.xlsx")
    assert run(["annotate", str(plan), "-o", str(copy), "--isolated", "--quiet"]) == 1
    told = []
    for one in (plan, copy):
        assert run(["validate", str(one), "--output", "short", "--isolated"]) == 1
        told.append(capsys.readouterr().out.replace(str(one), ""))
    assert told[0] == told[1]
    with zipfile.ZipFile(io.BytesIO(copy.read_bytes())) as package:
        assert package.testzip() is None


def test_the_report_apart_takes_nobodys_place(plan: Path) -> None:
    with zipfile.ZipFile(plan, "a") as package:
        package.writestr("_xmlsignatures/origin.sigs", b"")
    taken = plan.with_name("plan - controle.xlsx")
    taken.write_bytes(b"werk van iemand")
    assert kpicheck("annotate", plan).returncode == 2
    assert taken.read_bytes() == b"werk van iemand"
    for _ in range(2):  # an earlier report may be replaced
        assert kpicheck("annotate", plan, "-o", plan.with_name("mijn.xlsx")).returncode == 1
        assert plan.with_name("mijn - controle.xlsx").exists()


@pytest.mark.parametrize(
    "arguments", [("annotate", "{}", "-o"), ("fix", "{}", "--write"), ("template", "-o")]
)
def test_a_name_that_is_too_long_is_one_sentence(arguments: tuple[str, ...], plan: Path) -> None:
    name = plan.with_name("a" * 300 + ".xlsx")
    slow = plan if arguments[0] == "annotate" else FOLDER / "slordig-plan.xlsx"
    done = kpicheck(*(one.format(slow) for one in arguments), name)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_fix_on_a_marked_copy_says_that_its_marks_are_old(tmp_path: Path) -> None:
    marked, fixed = tmp_path / "kopie.xlsx", tmp_path / "hersteld.xlsx"
    assert kpicheck("annotate", FOLDER / "slordig-plan.xlsx", "-o", marked).returncode == 1
    done = kpicheck("fix", marked, "--write", fixed)
    assert "van vóór het herstel" in " ".join(done.stdout.split())
    plain = kpicheck("fix", FOLDER / "slordig-plan.xlsx", "--write", fixed)
    assert "van vóór het herstel" not in plain.stdout
