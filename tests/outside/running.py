"""Starts the tool as a process: alone, or once over a batch whose report is kept for all tests."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .workbooks import Plan, write

TODAY = "2025-01-15"
CHUNK = 30
PATIENCE = 600.0
TRIES = 3
NO_REPORT = "no-report"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def report(self) -> dict[str, Any]:
        assert "Traceback" not in self.err, self.err[-2000:]
        try:
            data: dict[str, Any] = json.loads(self.out)
        except json.JSONDecodeError:
            message = f"exit {self.code}, stdout is not JSON: {self.out[:300]!r}, stderr: {self.err[:600]!r}"
            raise AssertionError(message) from None
        return data

    def file(self) -> dict[str, Any]:
        files: list[dict[str, Any]] = self.report()["files"]
        assert len(files) == 1, [f["path"] for f in files]
        return files[0]


def environment(**extra: str) -> dict[str, str]:
    dropped = ("KPICHECK_", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)} | extra


@cache
def answered(args: tuple[str, ...], cwd: Path | None, extra: tuple[tuple[str, str], ...], _again: int) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "kpicheck", *args],
        check=False,
        capture_output=True,
        cwd=cwd,
        env=environment(**dict(extra)),
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
    )
    return Ran(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )


def kpicheck(
    *args: str | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    again: int = 0,
) -> Ran:
    """Run the tool, or give the answer of the same run before; another `again` is a run of its own."""
    return answered(tuple(map(str, args)), cwd, tuple(sorted((env or {}).items())), again)


def validate(
    *args: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None, again: int = 0
) -> Ran:
    return kpicheck("validate", *args, "--isolated", "--today", TODAY, cwd=cwd, env=env, again=again)


def validate_json(
    *args: str | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    again: int = 0,
) -> Ran:
    return validate(*args, "--output", "json", cwd=cwd, env=env, again=again)


@dataclass(frozen=True)
class Job:
    """One workbook to judge: its file name without suffix, how to build it, and extra options."""

    id: str
    build: Callable[[], Plan]
    args: tuple[str, ...] = ()


class Batch:
    """Many workbooks, few runs. Workers share the result files; whoever comes first does the run."""

    def __init__(self, name: str, jobs: Sequence[Job]) -> None:
        self.name = name
        self.groups: list[list[Job]] = []
        ids = [job.id for job in jobs]
        assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
        by_args: dict[tuple[str, ...], list[Job]] = {}
        for job in jobs:
            by_args.setdefault(job.args, []).append(job)
        for group in by_args.values():
            self.groups += [group[at : at + CHUNK] for at in range(0, len(group), CHUNK)]
        self.kept: dict[int, dict[str, Any]] = {}

    def report(self, wanted: str, root: Path) -> dict[str, Any]:
        at = next(i for i, group in enumerate(self.groups) if any(job.id == wanted for job in group))
        if at not in self.kept:
            self.kept[at] = self.shared(at, root / f"{self.name}-{at}")
        file: dict[str, Any] = self.kept[at][wanted]
        return file

    def shared(self, at: int, folder: Path) -> dict[str, Any]:
        result = folder / "result.json"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            end = time.monotonic() + PATIENCE
            while not result.exists() and time.monotonic() < end:
                time.sleep(0.05)
        else:
            half = folder / "result.half"
            try:
                files = judged(self.groups[at], folder)
            except Exception as error:  # noqa: BLE001  (the workers that wait must hear of it)
                files = {job.id: refused(job.id, f"batch broke: {error!r}") for job in self.groups[at]}
            half.write_text(json.dumps(files), encoding="utf-8")
            half.replace(result)
        kept: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return kept


def refused(name: str, message: str) -> dict[str, Any]:
    return {
        "path": f"{name}.xlsx",
        "status": "not_checked",
        "error": {"code": NO_REPORT, "message": message},
    }


def judged(jobs: Sequence[Job], folder: Path) -> dict[str, Any]:
    paths = [write(job.build(), folder / f"{job.id}.xlsx") for job in jobs]
    files = attempt(paths, jobs[0].args)
    lost = [path for path in paths if path.stem not in files]
    for tried, path in enumerate(lost):
        hopeless = (
            tried >= TRIES and len(lost) == len(paths) and all(has_no_report(one) for one in files.values())
        )
        alone = {} if hopeless else attempt([path], jobs[0].args)
        files[path.stem] = alone.get(path.stem) or refused(path.stem, "no JSON report for this file")
    return files


def has_no_report(file: dict[str, Any]) -> bool:
    return bool(file["error"]) and file["error"]["code"] == NO_REPORT


def attempt(paths: Sequence[Path], args: tuple[str, ...]) -> dict[str, Any]:
    ran = validate_json(*paths, *args)
    try:
        report = json.loads(ran.out)
        return {Path(file["path"]).stem: file for file in report["files"]}
    except (json.JSONDecodeError, KeyError, TypeError):
        if len(paths) > 1:
            return {}
        talk = f"exit {ran.code}; stderr: {ran.err[-800:]!r}; stdout: {ran.out[:200]!r}"
        return {paths[0].stem: refused(paths[0].stem, talk)}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
