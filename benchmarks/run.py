"""Measure kpicheck beside its peers and write the table and the plots of docs/benchmarks.md.

Run: just bench, or python -m benchmarks.run [--rounds N] [--quick]. Needs Linux or macOS, and the network
the first time.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks import plans
from benchmarks.environments import ROOT, Environment, made
from benchmarks.measuring import Cost, Work, measured
from benchmarks.page import Row, write_page

HELLO = "import typer\napp = typer.Typer()\n@app.command()\ndef hello() -> None:\n    'Say hello.'\napp()\n"
JUDGED = frozenset({0, 1})
ROWS = (1, 100, 1_000, 5_000, 20_000, 50_000)
FILES = (1, 10, 50, 100, 200, 500)
_OFTEN = 3  # times as many rounds where two are compared that hardly differ from what is asked

_AT_ONCE = '"$@" & "$@"; wait'  # the same twice: by how much the cores of a machine hold each other up


@dataclass(frozen=True)
class Bench:
    """The plans, the programs and how often each is run."""

    folder: Path
    own: Environment
    peers: Environment
    rounds: int

    def rows(self) -> Iterator[Row]:
        """Every line of the table, one measurement after the other."""
        yield from self.one_plan()
        yield from self.start()
        yield from self.many_plans()
        yield from self.large_plan()
        yield self.stray_cell()

    def one_plan(self) -> Iterator[Row]:
        """One plan of 40 rows, from a cold start."""
        file = self.folder / "plan-40.xlsx"
        load = f"import openpyxl; openpyxl.load_workbook({str(file)!r})"
        costs = measured(
            {"kpicheck": self.validate(file), "L": Work([self.own.python, "-c", load])},
            _OFTEN * self.rounds,
        )
        peers = ("calamine", "pandas_openpyxl", "pandas_calamine", "frictionless")
        costs |= measured({name: self.peer(name, file) for name in peers}, self.rounds)
        yield Row(
            "validate, one plan of 40 rows, report on screen",
            "openpyxl loads it once",
            costs,
            "L",
            "cpu",
            2.2,
        )

    def start(self) -> Iterator[Row]:
        """What is asked before any plan."""
        costs = measured(
            {
                "kpicheck": Work([self.own.kpicheck, "--version"]),
                "pass": Work([self.own.python, "-c", "pass"]),
            },
            _OFTEN * self.rounds,
        )
        yield Row("--version", "python -c pass", costs, "pass", "cpu", 2.0)
        hello = self.folder / "hello.py"
        hello.write_text(HELLO)
        costs = measured(
            {
                "kpicheck": Work([self.own.kpicheck, "--help"]),
                "hello": Work([self.own.python, str(hello), "--help"]),
            },
            self.rounds,
        )
        yield Row("--help", "--help of a typer program that says hello", costs, "hello", "cpu", 1.2)

    def many_plans(self) -> Iterator[Row]:
        """Two hundred varied plans."""
        files = sorted((self.folder / "varied").glob("*.xlsx"))
        costs = measured(
            {
                "kpicheck": self.validate(*files, jobs="1", form="json"),
                "twice": self.peer("openpyxl_twice", *files),
            },
            _OFTEN * self.rounds,
        )
        peers = ("calamine", "pandas_openpyxl", "frictionless")
        costs |= measured({name: self.peer(name, *files) for name in peers}, self.rounds)
        yield Row(
            "200 varied plans, all rules, json", "openpyxl loads each twice", costs, "twice", "cpu", 0.6
        )
        one = self.validate(*files, jobs="1", form="json")
        costs = measured(
            {
                "kpicheck": self.validate(*files, jobs="2", form="json"),
                "one": one,
                "two_such_runs_at_once": Work(["sh", "-c", _AT_ONCE, "sh", *one.call]),
            },
            _OFTEN * self.rounds,
        )
        yield Row("the same, --jobs 2", "--jobs 1", costs, "one", "wall", 0.6)
        cache = self.folder / "cache"
        environment = ["env", f"XDG_CACHE_HOME={cache}", self.own.kpicheck, "validate", "--no-progress"]
        call = [*environment, *map(str, files), "--output", "json", "--jobs", "1"]

        def forget() -> None:
            shutil.rmtree(cache, ignore_errors=True)

        works = {"first": Work(call, forget, JUDGED), "kpicheck": Work(call, None, JUDGED)}
        yield Row(
            "the same again, nothing changed",
            "the first run",
            measured(works, self.rounds),
            "first",
            "wall",
            0.15,
        )

    def large_plan(self) -> Iterator[Row]:
        """One plan of 50,000 rows."""
        file = self.folder / "plan-50000.xlsx"
        works = {
            "kpicheck": self.validate(file, form="json"),
            "twice": self.peer("openpyxl_twice", file),
            "calamine": self.peer("calamine", file),
        }
        costs = measured(works, 1)
        for figure, most in (("cpu", 0.6), ("mebibytes", 0.4)):
            yield Row(
                "one plan of 50,000 rows, json", "openpyxl loads it twice", costs, "twice", figure, most
            )

    def stray_cell(self) -> Row:
        """A cell in the far corner and 5,000 rows that are only formatted."""
        plain, stray = (self.folder / f"{name}.xlsx" for name in ("plan-40", "stray"))
        costs = measured({"kpicheck": self.validate(stray), "without": self.validate(plain)}, self.rounds)
        return Row("a cell in XFD1048576 and 5,000 formatted rows", "without", costs, "without", "more", 0.4)

    def growth(self) -> tuple[dict[int, Cost], dict[int, Cost]]:
        """Cost by number of rows of one plan, and by number of plans."""
        by_rows: dict[int, Cost] = {}
        for rows in ROWS:
            file = self.folder / f"grown-{rows}.xlsx"
            apart(plans.write, file, rows, rows)
            by_rows[rows] = measured({"kpicheck": self.validate(file, form="json")}, 1)["kpicheck"]
        more = self.folder / "more"
        apart(plans.varied, more, max(FILES))
        files = sorted(more.glob("*.xlsx"))
        return by_rows, {
            number: measured({"kpicheck": self.validate(*files[:number], jobs="1", form="json")}, 1)[
                "kpicheck"
            ]
            for number in FILES
        }

    def validate(self, *files: Path, jobs: str = "auto", form: str = "console") -> Work:
        """The main job, without cache and settings."""
        options = ["--isolated", "--no-progress", "--jobs", jobs, "--output", form]
        return Work([self.own.kpicheck, "validate", *map(str, files), *options], None, JUDGED)

    def peer(self, name: str, *files: Path) -> Work:
        """What another does with the same files; openpyxl without numpy beside it, where it is fastest."""
        python = self.own.python if name.startswith("openpyxl") else self.peers.python
        return Work([python, str(ROOT / "benchmarks" / "peers.py"), name, *map(str, files)])


def apart(work: Callable[..., object], *given: object) -> None:
    """Do that in a process of its own: what this one once took would count as taken by all it starts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        process.submit(work, *given).result()


def main() -> None:
    """Measure all and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    asked.add_argument("--quick", action="store_true", help="the table alone, without the plots")
    said = asked.parse_args()
    home = Path(os.environ.get("KPICHECK_BENCH", ROOT / "benchmarks" / ".work"))
    own, peers = made(home)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        apart(plans.main, folder)
        apart(plans.stray, folder / "stray.xlsx", plans.SIZES[0], plans.SIZES[0])
        bench = Bench(folder, own, peers, said.rounds)
        rows = []
        for row in bench.rows():
            print(row.told(), flush=True)
            rows.append(row)
        growth = None if said.quick else bench.growth()
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    versions = own.versions("kpicheck", "openpyxl", "pydantic", "typer", "rich")
    versions |= peers.versions("pandas", "python-calamine", "frictionless")
    write_page(rows, growth, peers, machine, versions)


if __name__ == "__main__":
    main()
