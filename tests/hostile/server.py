"""Starts kpicheck for each request on stdin and measures it: `python -m tests.hostile.server warm|cold`.

Warm is a fork of a process that has loaded kpicheck already; cold is a process of its own, as users start
it. A small process does this, because a child's memory counts from what its parent had.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def _warm(request: dict[str, Any]) -> int:
    """Fork, and become kpicheck in the child; give the child's number."""
    child = os.fork()
    if child:
        return child
    for stream, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(request[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(request["folder"])
    sys.argv = ["kpicheck", *request["arguments"]]
    from kpicheck.cli import main

    code = 0
    try:
        main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:  # noqa: BLE001 - the child says it in its exit code, as a process would
        code = 99
    sys.stdout.flush()
    os._exit(code)


def _cold(request: dict[str, Any]) -> int:
    """Start kpicheck as a process of its own; give its number."""
    with Path(request["stdout"]).open("wb") as stdout, Path(request["stderr"]).open("wb") as stderr:
        return subprocess.Popen(
            [sys.executable, "-m", "kpicheck", *request["arguments"]],
            cwd=request["folder"],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
        ).pid


def main(mode: str) -> None:
    """Answer each request with exit code, seconds of the clock and of the processor, and most MiB."""
    start = _warm if mode == "warm" else _cold
    if mode == "warm":
        from kpicheck.cli.app import run

        sample = Path(__file__).parents[2] / "samples" / "goed-plan.xlsx"
        run(["validate", "--quiet", "--isolated", str(sample)])
    unit = 1 if sys.platform == "darwin" else 1024
    for line in sys.stdin:
        before = time.perf_counter()
        _, status, used = os.wait4(start(json.loads(line)), 0)
        answer = {
            "exit": os.waitstatus_to_exitcode(status),
            "wall": time.perf_counter() - before,
            "seconds": used.ru_utime + used.ru_stime,
            "mebibytes": used.ru_maxrss * unit / (1 << 20),
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
