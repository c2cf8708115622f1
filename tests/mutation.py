"""Breaks every check on purpose, one small change at a time, and lists the changes no test would notice.

`python -m tests.mutation [MODULE…] [--at-most PERCENT]`. A change is noticed when what the checks say about
their examples and about the samples differs from what they said before: tests compare exactly that
(test_golden, test_samples). A module without checks is judged by the modules that use it. Runs in one
process, in about a minute; with --at-most, exits 1 where a larger share goes unnoticed.
"""

from __future__ import annotations

import ast
import copy
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType

from samples.expected import FOLDER

from kpicheck import registry
from kpicheck import ruleset as rulesets
from kpicheck.checks import __path__ as CHECKS  # noqa: N812 - a folder
from kpicheck.job import Stated
from kpicheck.model import Plan
from kpicheck.reader import read
from kpicheck.registry import Check, checks
from kpicheck.ruleset import Ruleset

from .golden import plans, told

PACKAGE = "kpicheck.checks"
MODULES = sorted(path for path in Path(CHECKS[0]).glob("*.py") if path.stem != "__init__")

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """One change: where, what, and the changed module."""

    line: int
    change: str
    tree: ast.Module


def changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], ast.AST]]]:  # noqa: C901 - one case a kind
    """The small changes a node allows, each as a function from the node to its replacement."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in COMPARE:
            other = COMPARE[type(operator)]

            def compare(found: ast.AST) -> ast.AST:
                assert isinstance(found, ast.Compare)
                found.ops = [other()]
                return found

            yield f"{type(operator).__name__} -> {other.__name__}", compare
        case ast.BoolOp():

            def swap(found: ast.AST) -> ast.AST:
                assert isinstance(found, ast.BoolOp)
                found.op = ast.Or() if isinstance(found.op, ast.And) else ast.And()
                return found

            yield "and <-> or", swap
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", lambda found: found.operand  # type: ignore[attr-defined]
        case ast.BinOp(op=operator) if type(operator) in ARITHMETIC:
            turned = ARITHMETIC[type(operator)]

            def arithmetic(found: ast.AST) -> ast.AST:
                assert isinstance(found, ast.BinOp)
                found.op = turned()
                return found

            yield f"{type(operator).__name__} -> {turned.__name__}", arithmetic
        case ast.Constant(value=bool()) | ast.Constant(value=None):
            return
        case ast.Constant(value=int(number)):
            yield f"{number} -> {number + 1}", lambda _: ast.Constant(number + 1)
        case ast.Constant(value=str(text)) if text:
            yield f"{text!r} -> changed", lambda _: ast.Constant(f"{text}X")
        case ast.If() | ast.IfExp():

            def never(found: ast.AST) -> ast.AST:
                assert isinstance(found, ast.If | ast.IfExp)
                found.test = ast.UnaryOp(ast.Not(), found.test)
                return found

            yield "condition turned round", never
        case ast.Call(func=ast.Name(id="Problem"), keywords=keywords):
            for number, keyword in enumerate(keywords):

                def drop(found: ast.AST, number: int = number) -> ast.AST:
                    assert isinstance(found, ast.Call)
                    del found.keywords[number]
                    return found

                yield f"{keyword.arg} left out", drop


def mutants(source: str) -> Iterator[Mutant]:
    """Every change of a module, outside docstrings, decorators and annotations."""
    count = len(list(_points(ast.parse(source))))
    for number in range(count):
        for index in range(len(list(changes(list(_points(ast.parse(source)))[number])))):
            tree = ast.parse(source)
            point = list(_points(tree))[number]
            change, apply = list(changes(point))[index]
            line = getattr(point, "lineno", 0)
            replaced = apply(copy.deepcopy(point))
            yield Mutant(line, change, ast.fix_missing_locations(_put(tree, point, replaced)))


def _put(tree: ast.Module, point: ast.AST, replaced: ast.AST) -> ast.Module:
    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return replaced if node is point else super().generic_visit(node)

    changed = Put().visit(tree)
    assert isinstance(changed, ast.Module)
    return changed


def _points(tree: ast.Module) -> Iterator[ast.AST]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                is_doc = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
                if not is_doc and not isinstance(statement, ast.FunctionDef):
                    yield from (
                        node for node in ast.walk(statement) if not isinstance(node, ast.expr_context)
                    )


def load(tree: ast.Module, name: str) -> dict[str, Check]:
    """The checks of a changed module, and those of the modules that use it."""
    before = dict(registry._CHECKS)  # noqa: SLF001 - the register is filled by the decorator
    registry._CHECKS.clear()  # noqa: SLF001
    known = sys.modules[f"{PACKAGE}.{name}"]
    changed = ModuleType(known.__name__)
    sys.modules[known.__name__] = changed
    try:
        for found, space in ((tree, changed.__dict__), *((one, {"__name__": name}) for one in users(name))):
            exec(compile(found, name, "exec"), space)  # noqa: S102 - the project's own source
        return dict(registry._CHECKS)  # noqa: SLF001
    finally:
        sys.modules[known.__name__] = known
        registry._CHECKS.clear()  # noqa: SLF001
        registry._CHECKS.update(before)  # noqa: SLF001


@cache
def users(name: str) -> tuple[ast.Module, ...]:
    """The modules that import from that module."""
    sources = [path.read_text(encoding="utf-8") for path in MODULES]
    return tuple(ast.parse(one) for one in sources if f"from {PACKAGE}.{name} import" in one)


def said(found: dict[str, Check], read_plans: dict[str, list[Plan]], ruleset: Ruleset) -> list[str]:
    """What those checks say about all plans."""
    rules = tuple(rule._replace(check=found.get(rule.code, rule.check)) for rule in ruleset.rules)
    changed = replace(ruleset, rules=rules)
    return [line for code in found for line in told(code, read_plans[code], changed)]


def survivors(module: Path, read_plans: dict[str, list[Plan]], ruleset: Ruleset) -> tuple[int, list[str]]:
    """How many changes there are, and those that nothing noticed."""
    source = module.read_text(encoding="utf-8")
    expected = said(load(ast.parse(source), module.stem), read_plans, ruleset)
    count, unnoticed = 0, []
    for mutant in mutants(source):
        count += 1
        try:
            same = said(load(mutant.tree, module.stem), read_plans, ruleset) == expected
        except Exception:  # noqa: BLE001, S112 - a change that breaks everything is noticed
            continue
        if same:
            unnoticed.append(f"{module.name}:{mutant.line} {mutant.change}")
    return count, unnoticed


def main(names: list[str], at_most: float) -> int:
    """Print the survivors and the score; 1 where more than so many percent goes unnoticed."""
    ruleset = rulesets.load("landelijk", also_off=True)
    samples = [Stated().added_to(read(path.read_bytes())) for path in sorted(FOLDER.glob("*.xlsx"))]
    read_plans = {code: plans(code) + samples for code in checks()}
    total, unnoticed = 0, list[str]()
    for module in MODULES:
        if names and module.stem not in names:
            continue
        count, found = survivors(module, read_plans, ruleset)
        total += count
        unnoticed += found
        print(f"{module.stem:16} {count:4} changes, {len(found)} unnoticed", flush=True)  # noqa: T201
    for line in unnoticed:
        print(line)  # noqa: T201
    share = 100 * len(unnoticed) / max(total, 1)
    print(f"{total} changes, {len(unnoticed)} unnoticed ({share:.1f}%)")  # noqa: T201
    return 1 if share > at_most else 0


if __name__ == "__main__":
    parser = ArgumentParser(description="Breaks every check on purpose.")
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--at-most", type=float, default=100, metavar="PERCENT")
    given = parser.parse_args()
    if unknown := set(given.modules) - {module.stem for module in MODULES}:
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    sys.exit(main(given.modules, given.at_most))
