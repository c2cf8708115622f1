"""The typer application and the promise of the exit codes (contract, exit codes)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from kpicheck import __version__
from kpicheck.cli import INTERRUPTED, NOT_CHECKED
from kpicheck.cli.streams import say, tell
from kpicheck.usage import UsageError

WRONG_USAGE = 2
COMMANDS = {
    "validate": "Check milestone plans and say per cell what is wrong and what to do.",
    "explain": "Explain one rule: what, why, source, a bad and a good example, what to do.",
    "summary": "Show a plan at a glance: effort and result, payments in time against the budget,"
    " money per party.",
    "triage": "Put many plans in one table: what needs attention first.",
    "diff": "Show what changed between two versions of a plan: KPIs, parties and money.",
    "whatif": "Show the report as it would be after a change, beside today's; nothing is written.",
    "annotate": "Copy the workbook, with a note and a frame at each failing cell"
    " and a sheet that leads to them.",
    "fix": "Show what can be repaired without a choice, and with --write make a copy in which it is.",
    "template": "Write an empty workbook in the official layout: formulas, drop-downs, validations, notes.",
    "rules": "List every rule: code, slug, level, title, source.",
    "config": "Show which settings hold for a plan, and where each comes from.",
    "suppress": "Add an exception from a rule to kpicheck-exceptions.toml, beside the plan.",
    "schema": "Print the JSON Schema of the JSON report.",
    "doctor": "Show the versions and limits of this installation, and what stops it from working.",
}
_ASK_HELP = ("-h", "--help")
_Refused: type[Exception] = typer.BadParameter.mro()[2]  # typer's word for wrong usage; it has no public name


def application(arguments: Sequence[str]) -> typer.Typer:
    """The commands. Only the one that is asked is loaded: of the others the help needs one line."""
    app = typer.Typer(
        name="kpicheck",
        help="Checks the Excel milestone template (Mijlpaal format) of an IZA transformation plan.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": [*_ASK_HELP]},
    )
    app.callback()(version_option)
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for name, words in COMMANDS.items():
        app.command(name, help=words)(loaded(name) if name == asked else not_loaded)
    return app


def loaded(name: str) -> Callable[..., int]:
    """The function of a command."""
    found: Callable[..., int] = getattr(import_module(f"kpicheck.cli.{name}"), name)
    return found


def not_loaded() -> None:
    """Stand for a command that was not asked. Raises RuntimeError: nothing was checked."""
    raise RuntimeError


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
        return _refuse(_in_words(error, arguments))
    except _Refused as error:
        said = getattr(error, "format_message", error.__str__)
        return _refuse(f"kpicheck: {said()}")
    except (typer.Abort, KeyboardInterrupt):
        if sys.stderr.isatty():
            tell(_in_words(UsageError("interrupted"), arguments))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a fault of the tool is never taken for findings, and shows no cells
        tell(_in_words(UsageError("broken-down", kind=type(error).__name__), arguments))
        return NOT_CHECKED


def _invoke(arguments: list[str]) -> int:
    """Run the command itself: typer's own way to do so ends with 1 where a pipe was closed."""
    command = typer.main.get_command(application(arguments))
    try:
        with command.make_context("kpicheck", list(arguments)) as context:
            code = command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except (SystemExit, OSError) as error:  # rich and typer, where the help cannot be written
        if isinstance(error, OSError) and not _is_about_help(error, arguments):
            raise
        say("")
        return 0 if arguments else WRONG_USAGE
    return code if isinstance(code, int) else 0


def _is_about_help(error: OSError, arguments: list[str]) -> bool:
    """Whether the reader of the help has left, or its disk is full."""
    return isinstance(error, BrokenPipeError) or not arguments or any(word in arguments for word in _ASK_HELP)


def _refuse(sentence: str) -> int:
    if sentence.removeprefix("kpicheck:").strip():
        tell(sentence)
    return WRONG_USAGE


def _in_words(error: UsageError, arguments: list[str]) -> str:
    from kpicheck.cli.options import language_of, usage_sentence

    return usage_sentence(error, language_of(arguments))
