"""kpicheck on one file, from outside: exit code, output in every format, time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kpicheck.report.formats import FORMATS

ROOT = Path(__file__).parents[2]
_STDOUT = "console"


@dataclass(frozen=True)
class Run:
    """What came of one file."""

    exit: int
    wall: float
    seconds: float
    mebibytes: float
    outputs: dict[str, bytes]
    stderr: bytes

    @property
    def report(self) -> dict[str, Any]:
        """What the JSON report says of the file."""
        found: dict[str, Any] = json.loads(self.outputs["json"])["files"][0]
        return found


class Runner:
    """Starts kpicheck in a process of its own ("cold") or in a fork of one that is ready for it ("warm")."""

    def __init__(self, mode: str) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.server", mode],
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
        with self._server:
            assert self._server.stdin
            self._server.stdin.close()

    def start(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run it; give its exit code, wall and processor seconds and most memory in MiB."""
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(request).encode() + b"\n")
        self._server.stdin.flush()
        answer: dict[str, Any] = json.loads(self._server.stdout.readline())
        return answer


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
    answer = runner.start(request)
    written = {one: file.read_bytes() for one, file in files.items() if file.exists()}
    outputs = {_STDOUT: (folder / "out.txt").read_bytes(), **written}
    return Run(**answer, outputs=outputs, stderr=(folder / "err.txt").read_bytes())
