"""The command line. Only this package knows typer and exit codes."""

from __future__ import annotations

import sys

from kpicheck import __version__


def main() -> None:
    """Run the command and leave with its exit code; `--version` is answered before anything loads."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kpicheck {__version__}\n")
        return
    from kpicheck.cli.app import run

    sys.exit(run(sys.argv[1:]))
