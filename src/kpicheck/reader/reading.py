"""What is wanted of a part while its XML is checked: one pass does both."""

from __future__ import annotations

from collections.abc import Callable

from kpicheck.allowance import Allowance
from kpicheck.reader.plain import Plain

Attributes = dict[str, str]


class Reading:
    """What is done where an element starts, with its attributes, and where it ends; by "namespace name".

    A fault in what the part says raises Unreadable there; a fault in its XML is told before that.
    """

    def __init__(self) -> None:
        """Begin outside the root."""
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.path = [""]
        self.texts: list[str] = []
        self.prefixes: list[str | None] = []
        self.plain: Plain | None = None

    def done(self) -> None:
        """Forget what was to be done, which holds this reading itself: nobody searches for such circles."""
        self.starts.clear()
        self.ends.clear()
        self.plain = None

    def text(self) -> str:
        """What stands in the element that ends here, where it holds no other elements."""
        return "".join(self.texts)


class Elements(Reading):
    """The attributes of the elements with those names, as they are written, each counted as a relation.

    What stands inside one of them is left out.
    """

    def __init__(self, allowance: Allowance, *names: str) -> None:
        """Take the names."""
        super().__init__()
        self.found: list[tuple[str, Attributes]] = []
        self._allowance = allowance
        self._inside = 0
        for name in names:
            self.starts[name] = self._starter(name)
            self.ends[name] = self._ended

    def _starter(self, name: str) -> Callable[[Attributes], None]:
        def start(attributes: Attributes) -> None:
            if not self._inside:
                self._allowance.spend("relations")
                self.found.append((name, attributes))
            self._inside += 1

        return start

    def _ended(self) -> None:
        self._inside -= 1


class Wording(Reading):
    """The first text in an element of that name."""

    def __init__(self, name: str) -> None:
        """Take the name."""
        super().__init__()
        self.found: str | None = None
        self.ends[name] = self._ended

    def _ended(self) -> None:
        if self.found is None:
            self.found = self.text()
