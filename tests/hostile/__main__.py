"""Runs the hostile files and prints a table by class.

`python -m tests.hostile [--warm] [--keep FOLDER] [WORD…]`. Without --warm each file gets a process of its
own, as users start it; with words only the cases whose class or name holds one of them. Exits 1 where a file
does not come out as expected.
"""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from .checking import wrong
from .expected import expected
from .parts import Parts
from .register import Case, cases
from .running import Run, Runner, run

_HEADINGS = (
    "class",
    "files",
    "exit 0",
    "exit 1",
    "exit 3",
    "slowest wall",
    "most CPU",
    "most memory",
    "not as expected",
)


def main(arguments: list[str]) -> int:
    """Run the cases and print the table."""
    parser = ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--warm", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args(arguments)
    words = asked.words or [""]
    chosen = [one for key, one in cases().items() if any(word in key for word in words)]
    with ExitStack() as stack:
        runner = stack.enter_context(Runner("warm" if asked.warm else "cold"))
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        plain = _run(runner, folder, "plain", "plan.xlsx", Parts().zipped()).report
        runs: dict[str, list[tuple[Case, Run]]] = {}
        failed: Counter[str] = Counter()
        for case in chosen:
            found = _run(runner, folder, case.key.replace("/", "-"), case.file, case.data())
            runs.setdefault(case.group, []).append((case, found))
            if problems := wrong(found, expected()[case.key], plain):
                failed[case.group] += 1
                sys.stdout.write(f"{case.key}: {'; '.join(problems)}\n")
            if not asked.keep:
                _emptied(folder / case.key.replace("/", "-"))
    _print(runs, failed)
    return 1 if failed else 0


def _run(runner: Runner, folder: Path, name: str, file: str, data: bytes) -> Run:
    own = folder / name
    own.mkdir(parents=True, exist_ok=True)
    return run(runner, own, file, data)


def _emptied(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _print(runs: dict[str, list[tuple[Case, Run]]], failed: Counter[str]) -> None:
    lines = [_HEADINGS, tuple("---" for _ in _HEADINGS)]
    lines += [_line(group, found, failed[group]) for group, found in runs.items()]
    everything = [one for found in runs.values() for one in found]
    lines.append(_line("all", everything, sum(failed.values())))
    sys.stdout.writelines(f"| {' | '.join(line)} |\n" for line in lines)


def _line(group: str, found: list[tuple[Case, Run]], failed: int) -> tuple[str, ...]:
    exits = Counter(one.exit for _, one in found)
    slowest = max(found, key=lambda one: one[1].wall)
    fattest = max(found, key=lambda one: one[1].mebibytes)
    return (
        group,
        str(len(found)),
        *(str(exits[code]) for code in (0, 1, 3)),
        f"{slowest[1].wall:.2f} s ({slowest[0].name})",
        f"{max(one.seconds for _, one in found):.2f} s",
        f"{fattest[1].mebibytes:.0f} MiB ({fattest[0].name})",
        str(failed),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
