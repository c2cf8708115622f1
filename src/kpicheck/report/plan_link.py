"""A link from a report to a cell of the plan it is about, for a workbook."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kpicheck.clean import shown

_SPECIAL = re.compile(r"[%#? \"<>\[\]^`{}\t\n]")
_NO_PLACE = re.compile(r"[\t\n]|\*\*\*")
_LONGEST = 2079


def plan_link(path: str, report: Path | None, sheet: str = "", cell: str = "") -> str | None:
    """The link, relative to the report's folder where it can be; None where the plan cannot be pointed at.

    A name with a masked citizen number or a control character is not the name of the file any more.
    """
    if report is None or "***" in path or shown(path) != path:
        return None
    try:
        found = os.path.relpath(path, report.parent)
    except ValueError:  # another drive
        found = str(Path(path).absolute())
    pointed = cell and shown(sheet) == sheet and not _NO_PLACE.search(sheet)
    place = f"#{quoted(sheet)}!{cell}" if pointed else ""
    link = _SPECIAL.sub(lambda one: f"%{ord(one[0]):02X}", found)
    return f"external:{link}{place}" if max(len(link), len(place)) <= _LONGEST else None


def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a reference: 'KPI''s'."""
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'"
