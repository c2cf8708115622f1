"""--watch: judge again whenever a plan or a setting changes (extra: kpicheck[watch])."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kpicheck.cli.options import usage_sentence
from kpicheck.cli.streams import tell
from kpicheck.task import forget_rules
from kpicheck.usage import UsageError

_PLANS_AND_SETTINGS = (".xlsx", ".xlsm", ".toml", ".kpicheckignore")
_NETWORK = ("\\\\", "//")


def whenever_changed(
    paths: Sequence[str], reports: Sequence[Path], once: Callable[[], int], language: str
) -> int:
    """Run once, and again after each change, until the user breaks it off.

    A mistake in the settings is told and waited for. Network shares tell nothing of changes: there the files
    are looked at again and again. Raises UsageError where the extra is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise UsageError("no-watch") from None
    places = [Path(one.removeprefix("@")) for one in paths]
    folders = {one if one.is_dir() else one.parent for one in places}
    ours = {one.resolve() for one in reports}

    def counts(_change: object, path: str) -> bool:
        """Plans and settings; not our own reports, nor what Excel makes meanwhile."""
        name = Path(path).name
        hidden = name.startswith(("~$", ".")) and name != ".kpicheckignore"
        return name.endswith(_PLANS_AND_SETTINGS) and not hidden and Path(path).resolve() not in ours

    polls = any(str(one).startswith(_NETWORK) for one in folders) or None
    changes = watch(*filter(Path.is_dir, folders), watch_filter=counts, force_polling=polls)
    _run(once, language)
    for _ in changes:
        forget_rules()
        _run(once, language)
    raise KeyboardInterrupt


def _run(once: Callable[[], int], language: str) -> None:
    try:
        once()
    except UsageError as error:
        tell(usage_sentence(error, language))
