"""The command line. Only this package knows typer and exit codes."""

from __future__ import annotations

import gc
import os
import sys

from kpicheck import __version__
from kpicheck.cli.streams import prepare, say, tell

NOT_CHECKED, INTERRUPTED = 3, 130
BROKEN_INSTALLATION = "kpicheck: installatie niet compleet, installeer opnieuw / broken installation ({})"


def main() -> None:
    """Run the command and leave with its exit code; `--version` is answered before anything loads.

    Parts of kpicheck that are missing are no findings: without its texts it can still say that much.
    """
    prepare()
    if sys.argv[1:] == ["--version"]:
        say(f"kpicheck {__version__}\n")
        return
    _start_quickly()
    try:
        from kpicheck.cli.app import run
        from kpicheck.cli.interruption import stop_as_interrupted

        stop_as_interrupted()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a traceback would end with the exit code of findings
        tell(BROKEN_INSTALLATION.format(type(error).__name__))
        code = NOT_CHECKED
    gc.freeze()  # the end of the process frees all there is; a last search would only delay it
    sys.exit(code)


def _start_quickly() -> None:
    """Search for no objects in circles until plans are judged, and for no plugins of pydantic at all.

    Whoever uses kpicheck as a library decides on both.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
