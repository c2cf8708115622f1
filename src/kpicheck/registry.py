"""The register of checks: which function belongs to which code, and what it wants to read."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import FunctionType, UnionType
from typing import Any, NamedTuple, cast

from kpicheck.finding import Problems
from kpicheck.model import Field

CheckFunction = Callable[..., Problems]


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """One positional parameter: which field it reads, and whether blank may be handed over.

    The `first` is what the check is about: without its column there is nothing to judge.
    """

    name: str
    first: bool
    optional: bool
    raw: bool
    subject: bool


class Check(NamedTuple):
    """A check: one function that sees that something is wrong with its subject.

    `thresholds` are its keyword parameters with the kind of each: Decimal, int, Kind or texts.
    `reads` are the row fields a plan-level check uses: an unreadable one means *not checked*.
    With `only` it is not asked of subjects whose first input is not so: of them it would say nothing.
    """

    code: str
    slug: str
    per: type[object]
    function: CheckFunction
    inputs: tuple[Input, ...]
    thresholds: Mapping[str, object]
    reads: tuple[str, ...]
    only: Callable[[Any], object] | None

    @property
    def doc(self) -> str:
        """What the function says of itself, with its examples."""
        return inspect.getdoc(self.function) or ""


_CHECKS: dict[str, Check] = {}


def check(
    code: str,
    *,
    per: type[object],
    reads: tuple[str, ...] = (),
    only: Callable[[Any], object] | None = None,
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a function as the check of that code; its name is the slug."""

    def register(function: CheckFunction) -> CheckFunction:
        if code in _CHECKS:
            message = f"two checks claim {code}"
            raise ValueError(message)
        hints = inspect.get_annotations(function, eval_str=True)
        body = cast("FunctionType", function).__code__
        positional = body.co_varnames[: body.co_argcount]
        named = body.co_varnames[body.co_argcount :][: body.co_kwonlyargcount]
        _CHECKS[code] = Check(
            code=code,
            slug=function.__name__.replace("_", "-"),
            per=per,
            function=function,
            inputs=tuple(_input(name, hints[name], per, first=name == positional[0]) for name in positional),
            thresholds={name: hints[name] for name in named},
            reads=reads,
            only=only,
        )
        return function

    return register


def _input(name: str, hint: object, per: type[object], *, first: bool) -> Input:
    options = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, UnionType) else (hint,)
    raw = any(one is Field for one in options)
    subject = isinstance(hint, type) and issubclass(per, hint)
    return _one_input(name, first=first and raw, optional=type(None) in options, raw=raw, subject=subject)


@cache
def _one_input(name: str, *, first: bool, optional: bool, raw: bool, subject: bool) -> Input:
    """Checks that read the same have the same input: what a plan says for it is looked up once."""
    return Input(name, first=first, optional=optional, raw=raw, subject=subject)


@cache
def checks() -> dict[str, Check]:
    """All checks by code, in the order of the register."""
    import kpicheck.checks as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_CHECKS.items()))
