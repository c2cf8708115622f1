"""Runs kpicheck many times from one warm process: `python -m tests.hostile.server`.

A request is a line on stdin.
Each run is a fork with its own memory, output and exit code, and is measured alone.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path


def _run(request: dict[str, list[str] | str]) -> None:
    """Become kpicheck with those arguments; never returns."""
    for stream, name in ((1, "stdout"), (2, "stderr")):
        handle = os.open(str(request[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(str(request["folder"]))
    sys.argv = ["kpicheck", *request["arguments"]]
    from kpicheck.cli import main

    try:
        main()
    except SystemExit as left:
        sys.stdout.flush()
        os._exit(left.code if isinstance(left.code, int) else 0)
    except BaseException:  # noqa: BLE001 - the child says it in its exit code, as a process would
        os._exit(99)
    sys.stdout.flush()
    os._exit(0)


def _warm() -> None:
    """Load what every run loads."""
    from kpicheck.cli.app import run

    sample = Path(__file__).parents[2] / "samples" / "goed-plan.xlsx"
    run(["validate", "--quiet", "--isolated", str(sample)])


def main() -> None:
    """Answer each request with exit code, processor seconds and most memory in MiB."""
    _warm()
    unit = 1 if sys.platform == "darwin" else 1024
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(request)
        _, status, used = os.wait4(child, 0)
        answer = {
            "exit": os.waitstatus_to_exitcode(status),
            "seconds": used.ru_utime + used.ru_stime,
            "mebibytes": used.ru_maxrss * unit / (1 << 20),
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    resource.getrusage(resource.RUSAGE_SELF)
    main()
