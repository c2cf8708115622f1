"""The names that a workbook gives to cells."""

from __future__ import annotations

from kpicheck.reader.refusal import Refusal
from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.splicing import Markup, Unpatchable, at_depth


def known_names(package: PackageCopy) -> dict[str, str]:
    """What the names of a workbook stand for, in lower case: those of cells, and of Excel tables.

    Raises Unpatchable where the workbook does not tell.
    """
    try:
        return {**_tables(package), **_defined(package)}
    except (Refusal, KeyError) as error:
        raise Unpatchable("workbook") from error


def _tables(package: PackageCopy) -> dict[str, str]:
    found = {}
    for sheet in package.sheets():
        for one in package.relations(sheet.part):
            if one.kind == "table":
                told = Markup(package.xml(one.target)).root.attributes
                quoted = sheet.name.replace("'", "''")
                name = told.get("displayName", told.get("name", ""))
                found[name.casefold()] = f"'{quoted}'!{told.get('ref', '')}"
    return found


def _defined(package: PackageCopy) -> dict[str, str]:
    """The names that stand for cells; a name of one sheet alone is left out."""
    markup = Markup(package.xml(package.workbook))
    found = [
        one
        for one in markup.elements(at_depth(None, ["definedNames"], ["definedName"]))
        if one.name == "definedName"
    ]
    local = {one.attributes.get("name", "").casefold() for one in found if "localSheetId" in one.attributes}
    return {
        name: markup.said(one)
        for one in found
        if (name := one.attributes.get("name", "").casefold()) not in local
    }
