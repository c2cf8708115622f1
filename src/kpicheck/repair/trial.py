"""A set of repairs tried in memory: the copy is written, read and judged, and compared with the plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from kpicheck.allowance import Exceeded
from kpicheck.reader import Refusal, read
from kpicheck.repair.change import Address, Change, Reason, Repair
from kpicheck.repair.effects import Formulas, Unsafe
from kpicheck.repair.proof import Essence, difference, essence, worse
from kpicheck.report.shape import FileView
from kpicheck.writer.repaired import repaired
from kpicheck.writer.splicing import Unpatchable

_MOST_TRIALS = 40


@dataclass(frozen=True, slots=True)
class Proven:
    """Repairs that do what they say and nothing else: the copy, its judgement, and results that follow."""

    repairs: tuple[Repair, ...]
    data: bytes
    file: FileView
    follows: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """What repairs are tried on and compared with."""

    data: bytes
    file: FileView
    plan: Essence
    formulas: Formulas
    own: Collection[Address]
    check: Callable[[bytes], FileView]

    def tried(self, repairs: Sequence[Repair]) -> Proven | Reason:
        """The proof of a set of repairs, or what speaks against it."""
        changes = [one for repair in repairs for one in repair.changes]
        try:
            follows = self.formulas.after(changes, self.own)
            contents = {(one.sheet, one.place): one.content for one in (*changes, *follows)}
            data = repaired(self.data, contents)
            plan = essence(read(data))
        except Unsafe as unsafe:
            return unsafe.reason
        except Unpatchable as error:
            return Reason("unpatchable", {"why": error.reason})
        except (Refusal, Exceeded, MemoryError):
            return Reason("unreadable")
        file = self.check(data)
        gone = {one.target for one in repairs if one.target}
        reason = difference(self.plan, plan) or worse(self.file, file, gone)
        return reason or Proven(tuple(repairs), data, file, tuple(follows))

    def most(self, repairs: Sequence[Repair]) -> tuple[Proven, list[tuple[Repair, Reason]]]:
        """As many of the repairs as go together, found by halving, and why the others do not."""
        best = Proven((), self.data, self.file)
        dropped: list[tuple[Repair, Reason]] = []
        waiting = [list(repairs)] if repairs else []
        trials = 0
        while waiting:
            some = waiting.pop()
            trials += 1
            tried = self.tried((*best.repairs, *some)) if trials <= _MOST_TRIALS else Reason("too-many")
            if isinstance(tried, Proven):
                best = tried
            elif len(some) > 1 and trials <= _MOST_TRIALS:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
            else:
                dropped += [(one, tried) for one in some]
        return best, dropped
