"""Asks for the password of a workbook: on the terminal, unseen, and in no other way."""

from __future__ import annotations

import sys
from collections.abc import Callable

from kpicheck import texts
from kpicheck.clean import one_line, shown


def asks(language: str) -> Callable[[str], str | None]:
    """A question for the password of the file with that name.

    The answer is empty where it was not given, and None where there is nobody to ask.
    """

    def ask(name: str) -> str | None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        import getpass
        import warnings

        question = texts.text("report", "ask_password", language, {"file": one_line(shown(name))})
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would show what is typed
            try:
                return getpass.getpass(f"{question} ", stream=sys.stderr)
            except EOFError:
                return ""
            except (OSError, getpass.GetPassWarning):
                return None

    return ask
