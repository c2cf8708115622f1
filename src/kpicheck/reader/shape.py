"""Which elements may stand where in the parts that are read: what stands elsewhere would be lost unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONSHIP = f"{_PACKAGE} Relationship"
_TEXT = {"t": "", "r": "rPr t", "rPh": "t"}


@dataclass(frozen=True)
class Shape:
    """The root of a kind of part, and what may stand in those of its elements that are read.

    An element that is listed stands nowhere else; an element without a list of its own may hold anything.
    """

    namespace: str
    root: str
    lists: Mapping[str, str]
    also_elsewhere: str = ""

    @cached_property
    def inside(self) -> dict[str, frozenset[str]]:
        """What may stand in an element, by its full name; the root stands in nothing."""
        told = {"": self.root, **{self._full(name): names for name, names in self.lists.items()}}
        return {name: frozenset(map(self._full, names.split())) for name, names in told.items()}

    @cached_property
    def only_there(self) -> frozenset[str]:
        """The elements that stand nowhere but where they are listed."""
        listed = {name for told in self.lists.values() for name in told.split()}
        return frozenset(map(self._full, listed - set(self.also_elsewhere.split())))

    def _full(self, name: str) -> str:
        return f"{self.namespace} {name}"


SHEET = Shape(
    MAIN,
    "worksheet",
    {
        "sheetData": "row",
        "row": "c extLst",
        "c": "f v is extLst",
        "f": "",
        "v": "",
        "is": "t r rPh phoneticPr",
        "mergeCells": "mergeCell",
        "cols": "col",
        **_TEXT,
    },
    also_elsewhere="extLst",
)
STRINGS = Shape(MAIN, "sst", {"sst": "si extLst", "si": "t r rPh phoneticPr", **_TEXT})
STYLES = Shape(
    MAIN, "styleSheet", {"numFmts": "numFmt", "cellXfs": "xf extLst"}, also_elsewhere="xf extLst numFmt"
)
WORKBOOK = Shape(MAIN, "workbook", {"sheets": "sheet"})
RELATIONS = Shape(_PACKAGE, "Relationships", {"Relationships": "Relationship"})
