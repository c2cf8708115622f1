"""docs/benchmarks.md: its table and two plots. What stands around the generated blocks is written by hand."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from benchmarks.environments import ROOT, Environment
from benchmarks.measuring import Cost

PAGE = ROOT / "docs" / "benchmarks.md"
_BLOCK = re.compile(r"(?<=<!-- generated: )([\w-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_PLOT = """
import json, sys
import matplotlib
matplotlib.use("Agg")
matplotlib.rcParams["svg.hashsalt"] = "kpicheck"
import matplotlib.pyplot as plt
told = json.load(sys.stdin)
for name, (label, costs) in told.items():
    at = [int(one) for one in costs]
    figure, left = plt.subplots(figsize=(7, 3.5))
    left.plot(at, [one["cpu"] for one in costs.values()], "o-", color="#1f3864", label="CPU")
    left.set_xlabel(label); left.set_ylabel("seconds of CPU"); left.set_ylim(0); left.set_xlim(0)
    right = left.twinx()
    right.plot(at, [one["mebibytes"] for one in costs.values()], "s--", color="#c55a11", label="memory")
    right.set_ylabel("MiB at most"); right.set_ylim(0)
    figure.legend(loc="upper left", bbox_to_anchor=(0.12, 0.88)); figure.tight_layout()
    figure.savefig(sys.argv[1] + "/benchmark-" + name + ".svg", metadata={"Date": None})
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a work, what it is measured against, and how much of that it may cost."""

    work: str
    against: str
    costs: Mapping[str, Cost]
    base: str
    figure: str
    must: float

    @property
    def found(self) -> float:
        """The ratio, or the seconds more where figure is "more"."""
        own, base = self.costs["kpicheck"], self.costs[self.base]
        if self.figure == "more":
            return own.cpu - base.cpu
        return float(getattr(own, self.figure) / getattr(base, self.figure))

    def told(self) -> str:
        """The line in the table."""
        sign = "+ {:.2f} s" if self.figure == "more" else "{:.2f}×"
        figure = {"cpu": "CPU", "wall": "wall clock", "mebibytes": "memory", "more": "CPU"}[self.figure]
        others = ", ".join(
            f"{name.replace('_', ' ')} {_cost(cost, self.figure)}"
            for name, cost in self.costs.items()
            if name != "kpicheck"
        )
        cells = (
            self.work,
            f"{self.against} ({figure})",
            f"**{sign.format(self.found)}**",
            sign.format(self.must),
            _cost(self.costs["kpicheck"], self.figure),
            others,
        )
        return f"| {' | '.join(cells)} |"


def write_page(
    rows: Sequence[Row],
    growth: tuple[dict[int, Cost], dict[int, Cost]] | None,
    peers: Environment,
    machine: str,
    versions: Mapping[str, str],
) -> None:
    """Put the figures in the page."""
    head = (
        "| work | against | found | must | kpicheck | the others |\n| --- | --- | --- | --- | --- | --- |\n"
    )
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    blocks = {"table": head + "".join(f"{one.told()}\n" for one in rows), "machine": f"{machine}; {named}.\n"}
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_BLOCK.sub(lambda one: f"{one[1]}{one[2]}{blocks[one[1]]}", text), encoding="utf-8")
    if growth:
        told = {
            name: (label, {str(at): asdict(cost) for at, cost in costs.items()})
            for name, label, costs in (("rows", "rows of one plan", growth[0]), ("files", "plans", growth[1]))
        }
        call = [peers.python, "-c", _PLOT, str(PAGE.parent)]
        subprocess.run(call, input=json.dumps(told).encode(), check=True)


def _cost(cost: Cost, figure: str) -> str:
    if figure == "mebibytes":
        return f"{cost.mebibytes:.0f} MiB"
    return f"{cost.wall if figure == 'wall' else cost.cpu:.2f} s"
