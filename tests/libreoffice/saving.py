"""LibreOffice as a writer of files: many workbooks in one call, each worker with a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
REQUIRED = os.environ.get("LIBREOFFICE") == "required"
WORKBOOK = "xlsx:Calc MS Excel 2007 XML"
AT_ONCE = 30  # more calls than one, so that the workers of a test run share the work
PATIENCE = 300

Build = Callable[[], bytes]


class Saved:
    """Workbooks as LibreOffice saves them, a number of them at a time, by whichever worker comes first."""

    def __init__(self, builders: Mapping[str, Build], root: Path, profile: Path) -> None:
        """Take the workbooks by name, a folder that all workers share, and this worker's profile."""
        self.builders = builders
        self.root = root
        self.profile = profile

    def read(self, name: str) -> bytes:
        """The workbook of that name, opened and saved."""
        names = list(self.builders)
        at = names.index(name) // AT_ONCE
        folder = self.root / str(at)
        once(folder, lambda: self._make(names[at * AT_ONCE : (at + 1) * AT_ONCE], folder))
        return (folder / "saved" / f"{name}.xlsx").read_bytes()

    def _make(self, names: Sequence[str], folder: Path) -> None:
        built = folder / "built"
        built.mkdir()
        for name in names:
            (built / f"{name}.xlsx").write_bytes(self.builders[name]())
        save(sorted(built.iterdir()), WORKBOOK, folder / "saved", self.profile)


def save(workbooks: Sequence[Path], form: str, folder: Path, profile: Path) -> None:
    """Open each workbook and save it in a form of LibreOffice ("suffix:filter") in the folder."""
    assert SOFFICE is not None
    call = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    call += ["--convert-to", form, "--outdir", str(folder)]
    done = subprocess.run(
        [*call, *map(str, workbooks)], capture_output=True, check=False, timeout=PATIENCE, encoding="utf-8"
    )
    suffix = form.partition(":")[0]
    lost = [path.name for path in workbooks if not (folder / f"{path.stem}.{suffix}").is_file()]
    assert not lost, f"{lost}: {done.stdout[-1000:]} {done.stderr[-1000:]}"


def once(folder: Path, make: Callable[[], None]) -> None:
    """Let one worker fill the folder; the others wait, and hear of it when that failed."""
    told = folder / "outcome"
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not told.exists() and time.monotonic() < end:
            time.sleep(0.1)
        assert told.read_text(encoding="utf-8") == "", told.read_text(encoding="utf-8")
        return
    outcome = "the worker that called LibreOffice failed"
    try:
        make()
        outcome = ""
    finally:
        half = folder / "half"
        half.write_text(outcome, encoding="utf-8")
        half.replace(told)
