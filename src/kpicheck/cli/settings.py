"""Which settings hold for a run and for each plan, and where each was said.

An option goes before a KPICHECK_* variable, that before kpicheck.toml, that before the default. The file is
the one named with --config or KPICHECK_CONFIG, else the one nearest upward from each plan.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from kpicheck import config, exceptions
from kpicheck.cli.options import environment
from kpicheck.config import Agreement, Config
from kpicheck.finding import Severity
from kpicheck.job import Stated
from kpicheck.report.settings import SettingLine
from kpicheck.resources import file_there
from kpicheck.usage import UsageError

T = TypeVar("T")
_NO_NAMES = ("", "..")
DEFAULTS = {"ruleset": "landelijk", "lang": "nl", "fail_on": "error"}


class Said(NamedTuple, Generic[T]):
    """A setting and where it was said: an option, a variable, a file, or "" for the default."""

    value: T
    origin: str = ""


class Options(NamedTuple):
    """What the call itself says; None and nothing leave it to the files and the defaults."""

    ruleset: str | None = None
    lang: str | None = None
    fail_on: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    stated: Stated = Stated()


@dataclass(frozen=True)
class PlanTerms:
    """All settings for one plan."""

    options: Options
    config: Config
    plan: Path | None
    isolated: bool
    folder: Path | None = None

    @property
    def ruleset(self) -> Said[str]:
        """The name of the ruleset, or its file."""
        return self._word("ruleset", self.options.ruleset, self.config.ruleset)

    @property
    def lang(self) -> Said[str]:
        """The language of the texts."""
        return self._word("lang", self.options.lang, self.config.lang)

    @property
    def fail_on(self) -> Said[str]:
        """From which level a finding makes the run fail."""
        return self._word("fail_on", self.options.fail_on, self.config.fail_on)

    @property
    def select(self) -> Said[tuple[str, ...]]:
        """The only rules that count; empty is all."""
        return self._words("select", self.options.select, self.config.select)

    @property
    def ignore(self) -> Said[tuple[str, ...]]:
        """The rules that do not count."""
        return self._words("ignore", self.options.ignore, self.config.ignore)

    @property
    def configured(self) -> Stated:
        """What kpicheck.toml states for this plan."""
        return self.config.for_plan(self.plan).stated if self.plan else Stated()

    @cached_property
    def exceptions(self) -> Stated:
        """The exceptions beside the plan."""
        if self.isolated or self.plan is None or self.folder is None:
            return Stated(suppressions=())
        return Stated(suppressions=exceptions.beside(self.folder, self.plan.name))

    @property
    def stated(self) -> Stated:
        """Everything that is stated about the plan beside its workbook."""
        return self.options.stated.over(self.configured).over(self.exceptions)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The thresholds that were agreed for this plan."""
        return self.config.for_plan(self.plan).agreements if self.plan else ()

    @property
    def threshold(self) -> Severity | None:
        """The lowest level that makes the run fail; None where nothing does. Raises UsageError."""
        word = self.fail_on.value
        if word == "never":
            return None
        try:
            return Severity(word)
        except ValueError:
            raise UsageError("bad-fail-on", word=word) from None

    @property
    def file(self) -> str:
        """The name of the settings file, "" where there is none."""
        return str(self.config.path) if self.config.path else ""

    def lines(self) -> list[SettingLine]:
        """Every setting with its origin; what is stated about the plan only where it is stated."""
        names = ("ruleset", "lang", "fail_on", "select", "ignore")
        said = [(name, getattr(self, name)) for name in names]
        found = [SettingLine(name, one.value, one.origin) for name, one in said]
        found += [
            SettingLine(name, value, origin)
            for stated, origin in ((self.configured, self.file), (self.exceptions, self._beside))
            for name, value in _stated_lines(stated)
        ]
        agreed = {one.rule: {**one.thresholds, "reason": one.reason} for one in self.agreements}
        return found + ([SettingLine("agreed", agreed, self.file)] if agreed else [])

    @property
    def _beside(self) -> str:
        return str(self.plan.parent / exceptions.NAME) if self.plan else ""

    def _word(self, name: str, option: str | None, configured: str | None) -> Said[str]:
        if option:
            return Said(option, f"--{name.replace('_', '-')}")
        if variable := environment(name.upper(), isolated=self.isolated):
            return Said(variable, f"KPICHECK_{name.upper()}")
        return Said(configured, self.file) if configured else Said(DEFAULTS[name])

    def _words(
        self, name: str, option: tuple[str, ...], configured: tuple[str, ...]
    ) -> Said[tuple[str, ...]]:
        if option:
            return Said(option, f"--{name}")
        return Said(configured, self.file) if configured else Said(())


class Settings:
    """The settings of a call, for the run as a whole and for each plan."""

    def __init__(self, options: Options, named: Path | None = None, *, isolated: bool = False) -> None:
        """Take what the call says, and the settings file it names if any. Raises UsageError."""
        self.options = options
        self.isolated = isolated
        self._loaded: dict[Path, Config] = {}
        self._nearest = cache(config.nearest_file)
        self._resolved = cache(Path.resolve)
        word = environment("CONFIG", isolated=isolated)
        file = None if isolated else named or (Path(word) if word else None)
        if file is not None and not file_there(file):
            raise UsageError("no-such-path", path=str(file))
        self._named = self._load(file) if file else None

    def for_run(self, plans: Sequence[Path]) -> PlanTerms:
        """What holds for the run as a whole: the file nearest above all its plans together."""
        if self.isolated or self._named is not None or not plans:
            above = Path.cwd()
        else:
            above = Path(os.path.commonpath({str(self._folder(path)) for path in plans}))
        return PlanTerms(self.options, self._config(above), None, self.isolated)

    def for_plan(self, plan: Path) -> PlanTerms:
        """What holds for one plan: the file nearest to it."""
        folder = self._folder(plan)
        return PlanTerms(self.options, self._config(folder), plan, self.isolated, folder)

    def _folder(self, plan: Path) -> Path:
        """The folder itself, or that in which a plan really stands; each folder is looked up once."""
        if plan.name in _NO_NAMES or os.path.islink(plan) or os.path.isdir(plan):  # noqa: PTH112, PTH114 - as in cli.paths
            place = plan.resolve()
            return place if os.path.isdir(place) else place.parent  # noqa: PTH112 - same
        found: Path = self._resolved(plan.parent)
        return found

    def _config(self, folder: Path) -> Config:
        if self.isolated:
            return Config()
        if self._named is not None:
            return self._named
        found = self._nearest(folder)
        return self._load(found) if found else Config()

    def _load(self, file: Path) -> Config:
        if file not in self._loaded:
            self._loaded[file] = config.load(file)
        return self._loaded[file]


def _stated_lines(stated: Stated) -> Iterator[tuple[str, object]]:
    """What is stated, by the names of kpicheck.toml."""
    for name in ("requested", "max_total", "start", "end"):
        if (value := getattr(stated, name)) is not None:
            yield name, value
    if stated.budget:
        yield "budget", {str(year): amount for year, amount in stated.budget.years}
    if stated.party_agreements:
        yield (
            "party_totals",
            {one.party: one.total for one in stated.party_agreements if one.total is not None},
        )
        yield (
            "party_subprojects",
            {one.party: one.subprojects for one in stated.party_agreements if one.subprojects},
        )
    if stated.suppressions:
        yield (
            "exception",
            [one.model_dump(exclude_none=True, exclude={"state"}) for one in stated.suppressions],
        )
