"""The command line. Only this package knows typer and exit codes."""

from __future__ import annotations

import os
import sys

from kpicheck import __version__

INTERRUPTED = 130


def main() -> None:
    """Run the command and leave with its exit code; `--version` is answered before anything loads."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kpicheck {__version__}\n")
        return
    if sys.stdout is None:  # closed by the caller; there is nobody to tell anything but the exit code
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    try:
        from kpicheck.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
