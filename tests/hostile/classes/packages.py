"""The parts of the package and what ties them: missing, doubled, elsewhere, or of no concern to us."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.parts import (
    BOOK,
    BOOK_RELS,
    GENERAL,
    MAIN,
    OFFICE,
    PLAN,
    ROOT_RELS,
    STRINGS,
    STYLES,
    TYPES,
    Parts,
)
from tests.hostile.register import changed

_THEME = "xl/theme/theme1.xml"
_SHEET_RELS = "xl/worksheets/_rels/sheet3.xml.rels"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OUTSIDE = ' TargetMode="External"'


def _rels(inner: str) -> str:
    return f'<Relationships xmlns="{_RELS}">{inner}</Relationships>'


def _without_rel(kind: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts.pattern(BOOK_RELS, rf'<Relationship [^>]*/{kind}"[^>]*/>', "")


def _target(old: str, new: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts.swap(BOOK_RELS, f'Target="{old}"', f'Target="{new}"')


def _decoy_workbook(parts: Parts) -> Parts:
    """Two workbooks in one package: which of the two is the plan?"""
    told = f'<Relationship Id="decoy" Type="{OFFICE}/officeDocument" Target="xl/other.xml"/>'
    parts.pattern(ROOT_RELS, r"(<Relationships[^>]*>)", rf"\g<1>{told}")
    return parts.with_part("xl/other.xml", parts[BOOK].replace(b"Mijlpalen", b"Anders"))


def _macros(parts: Parts) -> Parts:
    parts.relation("macro", "../2006/relationships/vbaProject", "vbaProject.bin")
    parts.swap(
        TYPES,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return parts.with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))


def _split_in_two(parts: Parts) -> Parts:
    """The second half of the rows on a sheet of its own, whose relationship has a type that nobody knows."""
    text = parts[PLAN].decode()
    heading = text[text.index('<row r="1"') : text.index('<row r="2"')]
    second = text[text.index('<row r="8"') : text.index("</sheetData>")]
    parts[PLAN] = text.replace(second, "").encode()
    parts.sheet("Mijlpalen 2028", heading + second)
    return parts.swap(
        BOOK_RELS, '/worksheet" Target="worksheets/extra', '/worksheat" Target="worksheets/extra'
    )


changed("package", "without-content-types", lambda parts: parts.without(TYPES))
changed("package", "empty-content-types", lambda parts: parts.with_part(TYPES, ""))
changed(
    "package", "wrong-content-types", lambda parts: parts.pattern(TYPES, "worksheet\\+xml", "chartsheet+xml")
)
changed("package", "content-types-with-dtd", lambda parts: parts.with_part(TYPES, "<!DOCTYPE x><Types/>"))
changed("package", "without-root-relations", lambda parts: parts.without(ROOT_RELS))
changed("package", "without-workbook", lambda parts: parts.without(BOOK))
changed("package", "without-workbook-relations", lambda parts: parts.without(BOOK_RELS))
changed("package", "without-strings", lambda parts: parts.without(STRINGS))
changed("package", "without-the-relation-of-the-strings", _without_rel("sharedStrings"))
changed("package", "without-styles", lambda parts: parts.without(STYLES))
changed("package", "without-the-relation-of-the-styles", _without_rel("styles"))
changed("package", "without-theme", lambda parts: parts.without(_THEME))
changed("package", "broken-theme", lambda parts: parts.with_part(_THEME, "<a:theme"))
changed("package", "broken-properties", lambda parts: parts.with_part("docProps/core.xml", "<cp:x>\x01"))
changed("package", "without-the-sheet-of-the-plan", lambda parts: parts.without(PLAN))
changed("package", "without-the-general-sheet", lambda parts: parts.without(GENERAL))
changed("package", "relations-of-the-book-empty", lambda parts: parts.with_part(BOOK_RELS, _rels("")))
changed(
    "package", "relations-with-other-elements", lambda parts: parts.with_part(BOOK_RELS, "<Relationships/>")
)
changed(
    "package",
    "relation-of-a-sheet-outside",
    _target("worksheets/sheet3.xml", f'file:///etc/passwd"{_OUTSIDE} X="'),
)
changed(
    "package",
    "sheet-on-the-network",
    lambda parts: parts.swap(
        BOOK_RELS, 'Target="worksheets/sheet3.xml"', f'Target="http://127.0.0.1:9/sheet3.xml"{_OUTSIDE}'
    ),
)
changed(
    "package", "relation-twice", lambda parts: parts.relation("rId3", "worksheet", "worksheets/sheet2.xml")
)
changed("package", "relation-without-id", lambda parts: parts.swap(BOOK_RELS, 'Id="rId3" ', ""))
changed(
    "package",
    "relation-of-a-wrong-kind",
    lambda parts: parts.swap(
        BOOK_RELS, '/worksheet" Target="worksheets/sheet3.xml"', '/image" Target="worksheets/sheet3.xml"'
    ),
)
changed("package", "second-half-behind-an-unknown-kind", _split_in_two)
changed("package", "relation-that-climbs-up", _target("worksheets/sheet3.xml", "../../../../etc/passwd"))
changed(
    "package",
    "relation-that-climbs-and-comes-back",
    _target("worksheets/sheet3.xml", "../xl/./worksheets/sheet3.xml"),
)
changed("package", "relation-from-the-root", _target("worksheets/sheet3.xml", "/xl/worksheets/sheet3.xml"))
changed("package", "relation-in-percent-signs", _target("worksheets/sheet3.xml", "worksheets/%73heet3.xml"))
changed("package", "relation-in-other-case", _target("worksheets/sheet3.xml", "Worksheets/SHEET3.XML"))
changed(
    "package",
    "relations-in-a-circle",
    lambda parts: parts.with_part(
        _SHEET_RELS, _rels(f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="../workbook.xml"/>')
    ),
)
changed("package", "sheet-that-is-the-workbook", _target("worksheets/sheet3.xml", "workbook.xml"))
changed("package", "sheet-that-is-the-strings", _target("worksheets/sheet3.xml", "sharedStrings.xml"))
changed("package", "two-workbooks", _decoy_workbook)
changed(
    "package",
    "sheet-twice",
    lambda parts: parts.swap(BOOK, "</sheets>", '<sheet name="Kopie" sheetId="9" r:id="rId3"/></sheets>'),
)
changed(
    "package",
    "sheet-part-twice",
    lambda parts: parts.swap(
        BOOK, "</sheets>", '<sheet name="Kopie" sheetId="9" r:id="x9"/></sheets>'
    ).relation("x9", "worksheet", "worksheets/sheet3.xml"),
)
changed("package", "sheet-name-twice", lambda parts: parts.swap(BOOK, 'name="Begroting"', 'name="MIJLPALEN"'))
changed("package", "sheet-without-name", lambda parts: parts.swap(BOOK, 'name="Mijlpalen" ', ""))
changed("package", "sheet-without-relation", lambda parts: parts.swap(BOOK, ' r:id="rId3"', ""))
changed(
    "package",
    "sheets-in-another-element",
    lambda parts: parts.pattern(BOOK, r'(<sheet name="Mijlpalen"[^>]*/>)', r"<choice>\1</choice>"),
)
changed(
    "package",
    "sheet-behind-the-sheets",
    lambda parts: parts.pattern(BOOK, r'(<sheet name="Mijlpalen"[^>]*/>)(.*?</sheets>)', r"\2\1"),
)
changed("package", "without-sheets", lambda parts: parts.pattern(BOOK, "<sheets>.*</sheets>", "<sheets/>"))
changed(
    "package",
    "workbook-of-another-namespace",
    lambda parts: parts.swap(BOOK, f'xmlns="{MAIN}"', 'xmlns="urn:plan"'),
)
changed(
    "package",
    "two-string-parts",
    lambda parts: parts.relation("s2", "sharedStrings", "strings2.xml").with_part(
        "xl/strings2.xml", f'<sst xmlns="{MAIN}"><si><t>x</t></si></sst>'
    ),
)
changed("package", "macros", _macros, file="plan.xlsm")
changed("package", "macro-sheet", lambda parts: parts.sheet("Macro1", "", kind="dialogsheet"))
changed("package", "chart-sheet", lambda parts: parts.sheet("Grafiek", "", kind="chartsheet"))
changed(
    "package",
    "links-to-other-workbooks",
    lambda parts: parts.relation("link", "externalLink", "externalLinks/externalLink1.xml").with_part(
        "xl/externalLinks/externalLink1.xml", "<!DOCTYPE x>"
    ),
)
changed(
    "package",
    "embedded-program",
    lambda parts: parts.with_part("xl/embeddings/oleObject1.bin", b"MZ" + bytes(5000)),
)
changed(
    "package",
    "query-to-a-database",
    lambda parts: parts.relation("con", "connections", "connections.xml").with_part(
        "xl/connections.xml", "<connections/>"
    ),
)
changed(
    "package",
    "picture-on-the-network",
    lambda parts: parts.with_part(
        _SHEET_RELS,
        _rels(f'<Relationship Id="a" Type="{OFFICE}/image" Target="http://127.0.0.1:9/p.png"{_OUTSIDE}/>'),
    ),
)
changed(
    "package",
    "calculation-chain-that-lies",
    lambda parts: parts.with_part(
        "xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="ZZ99" i="77"/></calcChain>'
    ),
)
changed(
    "package",
    "sheet-hidden",
    lambda parts: parts.swap(BOOK, 'name="Mijlpalen"', 'name="Mijlpalen" state="hidden"'),
)
changed(
    "package",
    "sheet-very-hidden",
    lambda parts: parts.swap(BOOK, 'name="Mijlpalen"', 'name="Mijlpalen" state="veryHidden"'),
)
changed(
    "package",
    "sheet-in-a-state-nobody-knows",
    lambda parts: parts.swap(BOOK, 'name="Mijlpalen"', 'name="Mijlpalen" state="weg"'),
)
