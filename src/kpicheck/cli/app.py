"""The typer application and the promise of the exit codes (contract, exit codes)."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from kpicheck import __version__
from kpicheck.cli import INTERRUPTED, NOT_CHECKED
from kpicheck.cli.options import language_of, usage_sentence
from kpicheck.cli.streams import say, tell
from kpicheck.usage import UsageError

WRONG_USAGE = 2
COMMANDS = (
    *("validate", "explain", "summary", "triage", "diff", "whatif", "annotate", "fix", "template"),
    *("rules", "config", "suppress", "schema", "doctor"),
)
_Refused: type[Exception] = typer.BadParameter.mro()[2]  # typer's word for wrong usage; it has no public name


def application(arguments: list[str]) -> typer.Typer:
    """The commands: the one that is asked, which saves loading the others, else all of them."""
    app = typer.Typer(
        name="kpicheck",
        help="Checks the Excel milestone template (Mijlpaal format) of an IZA transformation plan.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(version_option)
    for name in arguments[:1] if arguments[:1] and arguments[0] in COMMANDS else COMMANDS:
        app.command(name)(getattr(import_module(f"kpicheck.cli.{name}"), name))
    return app


def version_option(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Hold the options that stand before a command."""
    if version:
        say(f"kpicheck {__version__}\n")
        raise typer.Exit


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; wrong usage is one sentence on stderr."""
    try:
        return _invoke(arguments)
    except UsageError as error:
        return _refuse(usage_sentence(error, language_of(arguments)))
    except _Refused as error:
        said = getattr(error, "format_message", error.__str__)
        return _refuse(f"kpicheck: {said()}")
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a fault of the tool is never taken for findings, and shows no cells
        return _broken_down(error, language_of(arguments))


def _invoke(arguments: list[str]) -> int:
    """Run the command itself: typer's own way to do so ends with 1 where a pipe was closed."""
    command = typer.main.get_command(application(arguments))
    try:
        with command.make_context("kpicheck", list(arguments)) as context:
            code = command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except (SystemExit, BrokenPipeError):  # rich and typer, where the reader of the help has left
        say("")
        return 0 if arguments else WRONG_USAGE
    return code if isinstance(code, int) else 0


def _refuse(sentence: str) -> int:
    if sentence.removeprefix("kpicheck:").strip():
        tell(sentence)
    return WRONG_USAGE


def _broken_down(error: Exception, spoken: str) -> int:
    tell(usage_sentence(UsageError("broken-down", kind=type(error).__name__), spoken))
    return NOT_CHECKED
