"""The cases by class and name: each function makes one file, its name is the name in expected.toml."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .parts import Parts

Made = Parts | bytes
_CASES: dict[str, Case] = {}


@dataclass(frozen=True)
class Case:
    """One hostile file: how it is made, and what it is called on disk."""

    group: str
    name: str
    make: Callable[[], Made]
    file: str

    @property
    def key(self) -> str:
        return f"{self.group}/{self.name}"

    def data(self) -> bytes:
        """The bytes of the file."""
        made = self.make()
        return made if isinstance(made, bytes) else made.zipped()


def add(group: str, name: str, make: Callable[[], Made], file: str = "plan.xlsx") -> None:
    """Put a case in the register."""
    case = Case(group, name, make, file)
    if case.key in _CASES:
        raise ValueError(case.key)
    _CASES[case.key] = case


def changed(group: str, name: str, change: Callable[[Parts], Made], file: str = "plan.xlsx") -> None:
    """Register a change of the good plan."""
    add(group, name, lambda: change(Parts()), file)


@cache
def cases() -> dict[str, Case]:
    """All cases, by class and name."""
    import tests.hostile.classes as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return _CASES
