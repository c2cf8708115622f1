"""Which settings hold for a run and for each plan: --config, KPICHECK_CONFIG, or the nearest file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kpicheck import config
from kpicheck.cli.options import environment
from kpicheck.config import Config, PlanSettings
from kpicheck.ruleset import Ruleset, UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the run; `fixed` is the one file that was named, for every plan."""

    run: Config
    fixed: bool

    @classmethod
    def of(cls, paths: Sequence[Path], named: Path | None, *, isolated: bool) -> Settings:
        """The named file, or the nearest one above all plans together; none when isolated."""
        if isolated:
            return cls(Config(), fixed=True)
        word = environment("CONFIG", isolated=isolated)
        file = named or (Path(word) if word else None)
        if file is not None:
            if not file.is_file():
                raise UsageError("no-such-path", path=str(file))
            return cls(config.load(file), fixed=True)
        shared = Path(os.path.commonpath([str(path.resolve()) for path in paths]))
        found = config.nearest_file(shared)
        return cls(config.load(found) if found else Config(), fixed=False)

    def for_plan(self, path: Path) -> PlanSettings:
        """What is stated and agreed for one plan, by the file nearest to it."""
        if self.fixed:
            return self.run.for_plan(path)
        found = config.nearest_file(path)
        if found is None or found == self.run.path:
            return self.run.for_plan(path)
        return config.load(found).for_plan(path)


def with_agreements(ruleset: Ruleset, known: PlanSettings) -> Ruleset:
    """The ruleset with the thresholds that were agreed for a plan."""
    for one in known.agreements:
        ruleset = ruleset.agreeing(one.rule, one.thresholds, one.reason, "agreed")
    return ruleset
