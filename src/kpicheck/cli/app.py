"""The typer application and the promise of the exit codes (contract, exit codes)."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from kpicheck import __version__
from kpicheck.cli import INTERRUPTED, explain, rules, schema, suppress, validate
from kpicheck.cli.options import language_of, usage_sentence
from kpicheck.ruleset import UsageError

WRONG_USAGE = 2
_Refused: type[Exception] = typer.BadParameter.mro()[2]  # typer's word for wrong usage; it has no public name

app = typer.Typer(
    name="kpicheck",
    help="Checks the Excel milestone template (Mijlpaal format) of an IZA transformation plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(validate.validate)
app.command()(explain.explain)
app.command()(rules.rules)
app.command()(schema.schema)
app.command()(suppress.suppress)


@app.callback()
def version_option(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Hold the options that stand before a command."""
    if version:
        sys.stdout.write(f"kpicheck {__version__}\n")
        raise typer.Exit


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; wrong usage is one sentence on stderr."""
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="kpicheck", standalone_mode=False)
        sys.stdout.flush()
    except UsageError as error:
        return _refuse(usage_sentence(error, language_of(arguments)))
    except _Refused as error:
        said = getattr(error, "format_message", error.__str__)
        return _refuse(f"kpicheck: {said()}")
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError:
        return _output_lost()
    except Exception as error:  # noqa: BLE001 - a fault of the tool is never taken for findings, and shows no cells
        return _broken_down(error, language_of(arguments))
    return code if isinstance(code, int) else 0


def _refuse(sentence: str) -> int:
    if sentence.removeprefix("kpicheck:").strip():
        sys.stderr.write(f"{sentence}\n")
    return WRONG_USAGE


def _broken_down(error: Exception, spoken: str) -> int:
    sentence = usage_sentence(UsageError("broken-down", kind=type(error).__name__), spoken)
    sys.stderr.write(f"{sentence}\n")
    return validate.NOT_CHECKED


def _output_lost() -> int:
    """Nobody reads on (a closed pipe, a full disk): end with the exit code of the judgement."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - a sink until the process ends
    return validate.last_exit_code()
