"""Small things of which there are very many: made once, never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def lasting(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """A dataclass that the type checker keeps frozen.

    Frozen by Python itself each would take five times as long to make, and a plan has thousands of them.
    """
    return dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)
