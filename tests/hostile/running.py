"""kpicheck on one file, from outside: exit code, output in every format, time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from kpicheck.report.formats import FORMATS

ROOT = Path(__file__).parents[2]
_STDOUT = "console"


@dataclass(frozen=True)
class Run:
    """What came of one file."""

    exit: int
    seconds: float
    wall: float
    mebibytes: float
    outputs: dict[str, bytes]
    stderr: bytes

    @property
    def report(self) -> dict[str, Any]:
        """What the JSON report says of the file."""
        found: dict[str, Any] = json.loads(self.outputs["json"])["files"][0]
        return found


class Runner(Protocol):
    """A way to start kpicheck."""

    def start(self, request: dict[str, Any]) -> tuple[int, float, float]:
        """Run it; give its exit code, processor seconds and most memory in MiB."""


class Cold:
    """A process of its own for each file, as users start it."""

    def start(self, request: dict[str, Any]) -> tuple[int, float, float]:
        with Path(request["stdout"]).open("wb") as stdout, Path(request["stderr"]).open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "kpicheck", *request["arguments"]],
                cwd=request["folder"],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )
        if not hasattr(os, "wait4"):
            return process.wait(), 0.0, 0.0
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1 if sys.platform == "darwin" else 1024
        return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / (1 << 20)


class Warm:
    """One process that forks for each file: the same work without loading Python again."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.server"],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait()
        assert self._server.stdout
        self._server.stdout.close()

    def start(self, request: dict[str, Any]) -> tuple[int, float, float]:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(request).encode() + b"\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        return answer["exit"], answer["seconds"], answer["mebibytes"]


def _environment() -> dict[str, str]:
    """The environment of the tests, with the kpicheck that is being tested."""
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KPICHECK_")}
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1"}


def run(runner: Runner, folder: Path, name: str, data: bytes) -> Run:
    """Judge the bytes under that file name, in every format at once."""
    (folder / name).write_bytes(data)
    others = [one for one in FORMATS if one != _STDOUT]
    files = {one: folder / f"out.{one}" for one in others}
    options = [f"--output={one}={file}" for one, file in files.items()]
    typed = f"./{name}" if name.startswith(("-", "@")) else name
    request = {
        "arguments": ["validate", "--isolated", "--today=2026-01-01", f"--output={_STDOUT}", *options, typed],
        "stdout": str(folder / "out.txt"),
        "stderr": str(folder / "err.txt"),
        "folder": str(folder),
    }
    before = time.perf_counter()
    exit_code, seconds, mebibytes = runner.start(request)
    wall = time.perf_counter() - before
    written = {one: file.read_bytes() for one, file in files.items() if file.exists()}
    shown = (folder / "out.txt").read_bytes()
    return Run(
        exit_code, seconds, wall, mebibytes, {_STDOUT: shown, **written}, (folder / "err.txt").read_bytes()
    )
