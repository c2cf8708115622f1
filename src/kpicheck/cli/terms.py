"""The options by which plans are judged: the same words and the same meaning for every command.

Commands are light at the top, so that their help is said at once: what they work with is imported by them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AUTO = "auto"
OWN_ENGINE = "own"
ENGINES = (OWN_ENGINE, "openpyxl")
Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, globs, @list.txt, or - for a list on stdin.")
]
PlanFile = Annotated[str, typer.Argument(help="The workbook.")]
RulesetName = Annotated[str | None, typer.Option(help="Name of a ruleset, or a .toml file.")]
Words = Annotated[list[str] | None, typer.Option(help="Rule code or its beginning; repeatable.")]
FailOn = Annotated[str | None, typer.Option(help="error (default), warning, info or never.")]
BudgetFile = Annotated[Path | None, typer.Option(help="Budget per year: .xlsx, .csv or .toml.")]
Requested = Annotated[str | None, typer.Option(help="Requested total in euro.")]
MaxTotal = Annotated[str | None, typer.Option(help="Maximum agreed in the quick scan, in euro.")]
Start = Annotated[str | None, typer.Option(help="Start of the plan.")]
End = Annotated[str | None, typer.Option(help="End of the plan.")]
Today = Annotated[str | None, typer.Option(help="Date of judgement.")]
Lang = Annotated[str | None, typer.Option(help="nl or en.")]
ConfigFile = Annotated[Path | None, typer.Option(help="Settings file instead of the nearest one.")]
AskPassword = Annotated[
    bool, typer.Option("--ask-password", help="Ask for the password of an encrypted workbook.")
]
HideValues = Annotated[
    bool, typer.Option("--hide-values", help="Leave amounts and texts out of the html page, to share it.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing on stdout.")]
Isolated = Annotated[bool, typer.Option("--isolated", help="Ignore configuration and KPICHECK_* variables.")]
OutputOfVersions = Annotated[
    list[str] | None, typer.Option(help="FORMAT[=FILE], repeatable: console, html, json, md, xlsx.")
]
IsolatedFromVariables = Annotated[bool, typer.Option("--isolated", help="Ignore KPICHECK_* variables.")]
Jobs = Annotated[str, typer.Option(help="How many processes: a number, or auto.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Judge unchanged files again.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Never show progress.")]
