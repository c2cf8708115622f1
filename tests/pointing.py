"""The good plan with everything in it that can point outside a workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from samples.expected import FOLDER

GOOD = FOLDER / "goed-plan.xlsx"
SHEET = "xl/worksheets/sheet3.xml"
ELSEWHERE = "http://127.0.0.1:9/buiten"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = ("hyperlink", "image", "externalLinkPath", "oleObject", "attachedTemplate")


def pointing(secret: Path) -> bytes:
    """The workbook; some of what it points at is that file."""
    parts = {name: content.decode() for name, content in good().items()}
    for cell, formula in formulas(secret).items():
        before, found, after = parts[SHEET].partition(f'<c r="{cell}"')
        assert found
        parts[SHEET] = before + found + after.replace("<v>", f"<f>{escape(formula)}</f><v>", 1)
    kinds = parts["[Content_Types].xml"].replace(
        "spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml"
    )
    link = quoteattr(ELSEWHERE)
    parts |= {
        "[Content_Types].xml": kinds,
        "xl/worksheets/_rels/sheet3.xml.rels": relationships(secret),
        "xl/externalLinks/externalLink1.xml": f"<externalLink><ddeLink ddeTopic={link}/></externalLink>",
        "xl/connections.xml": f"<connections><connection><webPr url={link}/></connection></connections>",
        "xl/vbaProject.bin": 'Sub Auto_Open(): Shell "calc": End Sub',
        "xl/media/image1.png": "geen plaatje",
        "xl/embeddings/oleObject1.bin": "geen object",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def good() -> dict[str, bytes]:
    with zipfile.ZipFile(GOOD) as package:
        return {name: package.read(name) for name in package.namelist()}


def formulas(secret: Path) -> dict[str, str]:
    return {
        "I2": f'WEBSERVICE("{ELSEWHERE}")',
        "J2": f"'{secret.parent}/[{secret.name}]Blad1'!A1",
        "K2": "[1]Blad1!$A$1",
        "L2": "cmd|'/c calc'!A1",
        "I3": f'HYPERLINK("{secret.as_uri()}")',
        "J3": f'IMAGE("{ELSEWHERE}")',
        "K3": 'RTD("server",,"x")',
        "L3": 'CALL("Kernel32","Beep","JJ",1)',
    }


def relationships(secret: Path) -> str:
    places = [ELSEWHERE, secret.as_uri(), "file://server/deel/plan.xlsx", "\\\\server\\deel\\plan.xlsx"]
    inner = "".join(
        f'<Relationship Id="{kind}{number}" Type="{OFFICE}/{kind}" '
        f'Target={quoteattr(place)} TargetMode="External"/>'
        for kind in KINDS
        for number, place in enumerate(places)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'
