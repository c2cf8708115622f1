"""kpicheck checks the official Excel milestone template for IZA transformation plans."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would take longer than saying the version
if TYPE_CHECKING:
    from kpicheck.api import validate, validate_many
    from kpicheck.finding import Finding, NotChecked, Report, Severity
    from kpicheck.usage import UsageError

__all__ = [
    "Finding",
    "NotChecked",
    "Report",
    "Severity",
    "UsageError",
    "validate",
    "validate_many",
]
__title__ = "kpicheck"
__version__ = "0.1.0"

_HOMES = {
    "validate": "api",
    "validate_many": "api",
    "UsageError": "usage",
    **dict.fromkeys(("Finding", "NotChecked", "Report", "Severity"), "finding"),
}


def __getattr__(name: str) -> object:
    """Load a name when it is first asked for, so that `--version` waits for nothing."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(f"kpicheck.{_HOMES[name]}"), name)
