"""--watch: a change to a plan is judged; a report of our own, or a half-saved file, is none."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.outside.running import environment, kpicheck

SAMPLES = Path(__file__).parent.parent / "samples"
pytest.importorskip("watchfiles")


def lines(file: Path, number: int) -> list[str]:
    """Wait for that many lines in a file that grows."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = file.read_text(encoding="utf-8").splitlines()
        if len(found) >= number:
            return found
        time.sleep(0.05)
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C of a Unix terminal")
def test_a_changed_plan_is_judged_again_until_ctrl_c(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "goed-plan.xlsx", tmp_path / "plan.xlsx")
    shown = tmp_path / "shown.txt"
    call = [sys.executable, "-m", "kpicheck", "validate", ".", "--watch", "--isolated", "--output", "jsonl"]
    with (
        shown.open("wb") as out,
        subprocess.Popen(
            [*call, "--output", "xlsx=verslag.xlsx"], cwd=tmp_path, stdout=out, env=environment()
        ) as running,
    ):
        try:
            assert '"passed"' in lines(shown, 1)[0]
            time.sleep(1)
            shutil.copy(SAMPLES / "fouten-per-familie.xlsx", tmp_path / "plan.xlsx")
            assert '"failed"' in lines(shown, 2)[1]
            (tmp_path / "~$plan.xlsx").write_bytes(b"x")
            (tmp_path / "notitie.txt").write_bytes(b"x")
            time.sleep(2)
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=30) == 130
        finally:
            running.kill()
    assert len(shown.read_text(encoding="utf-8").splitlines()) == 2


def test_without_the_extra_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n", encoding="utf-8")
    ran = kpicheck(
        "validate", SAMPLES / "goed-plan.xlsx", "--watch", env={"PYTHONPATH": str(tmp_path)}, cwd=tmp_path
    )
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'kpicheck: --watch heeft een extra nodig: pip install "kpicheck[watch]".\n'
