"""Changes plans at random, always the same way, and has each judged: `python -m tests.hostile.fuzz`.

Every change must end in a judgement or a refusal, never in a crash that was caught, never in a hang; and what
was only damaged in its package must be refused or judged as if nothing had happened to it.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

from kpicheck import ruleset
from kpicheck.finding import Report
from kpicheck.job import Stated, check_bytes
from kpicheck.report.as_json import to_json
from kpicheck.report.console import to_text
from kpicheck.report.run import Basis
from kpicheck.ruleset import Ruleset

from .changing import SEED, changed, packages
from .parts import zipped

COUNT, HANGS = 2_000, 60
CRASHED = ("reader-crashed", "check-crashed")


@dataclass(frozen=True)
class Outcome:
    """What came of one change."""

    number: int
    kind: str
    word: str
    seconds: float
    problem: str = ""


@cache
def _rules() -> Ruleset:
    return ruleset.load("landelijk")


@cache
def _untouched(sample: int) -> Report:
    return check_bytes(zipped(packages()[sample]), "plan.xlsx", _rules(), Stated())


def _written(report: Report) -> None:
    """The report in words: what was read must also be told without a crash."""
    run = Basis(_rules(), dt.date(2026, 1, 1), "nl", None).run([report])
    to_json(run.view).encode()
    to_text(run).encode()


def outcome(number: int, seed: int = SEED) -> Outcome:
    """Make one change and have it judged."""
    kind, sample, data = changed(number, seed)
    faulthandler.dump_traceback_later(HANGS, exit=True)
    before = time.process_time()
    try:
        report = check_bytes(data, "plan.xlsx", _rules(), Stated())
        _written(report)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return Outcome(number, kind, "traceback", time.process_time() - before, repr(error)[:200])
    finally:
        faulthandler.cancel_dump_traceback_later()
    seconds = time.process_time() - before
    failure = report.failure
    if failure is None:
        alike = (report.findings, report.plan) == (_untouched(sample).findings, _untouched(sample).plan)
        problem = "" if alike or not kind.startswith("package") else "a damaged package was judged otherwise"
        return Outcome(number, kind, "judged", seconds, problem)
    crashed = f"{failure.code} {dict(failure.facts)}" if failure.code in CRASHED else ""
    return Outcome(number, kind, failure.code, seconds, crashed)


def main(arguments: list[str]) -> int:
    """Make the changes on all processors and print one line, and one for each problem."""
    parser = ArgumentParser(prog="python -m tests.hostile.fuzz")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    with ProcessPoolExecutor(asked.jobs) as pool:
        numbers = range(asked.count)
        found = list(pool.map(outcome, numbers, [asked.seed] * asked.count, chunksize=20))
    words = Counter(one.word for one in found)
    slowest = max(found, key=lambda one: one.seconds)
    problems = [one for one in found if one.problem]
    told = ", ".join(f"{count:,} {word}" for word, count in words.most_common())
    sys.stdout.write(
        f"{len(found):,} mutations (seed {asked.seed}): {told}; {words['traceback']} tracebacks, 0 hangs, "
        f"{len(problems)} problems; slowest {slowest.seconds:.2f} s ({slowest.kind}, {slowest.number})\n"
    )
    sys.stdout.writelines(f"{one.number} ({one.kind}): {one.problem}\n" for one in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
