"""The names that a workbook gives to cells."""

from __future__ import annotations

from xml.sax.saxutils import unescape

from kpicheck.writer.package_copy import PackageCopy
from kpicheck.writer.splicing import Markup, at_depth


def defined_names(package: PackageCopy) -> dict[str, str]:
    """What the names of a workbook stand for, in lower case; a name of one sheet alone is left out."""
    markup = Markup(package.xml(package.workbook))
    found = [
        one
        for one in markup.elements(at_depth(None, ["definedNames"], ["definedName"]))
        if one.name == "definedName"
    ]
    local = {one.attributes.get("name", "").casefold() for one in found if "localSheetId" in one.attributes}
    return {
        name: unescape(markup.xml[one.opened : one.closed].decode("utf-8", "replace"))
        for one in found
        if (name := one.attributes.get("name", "").casefold()) not in local
    }
