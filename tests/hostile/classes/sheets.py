"""What stands in a worksheet: places, kinds and values of cells that no workbook of Excel has."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.parts import BOOK, MAIN, NOTES, PLAN, STRINGS, STYLES, Parts
from tests.hostile.register import changed

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ALTERNATIVE = f'<mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice Requires="x14">'
_READING = '<rPh sb="0" eb="1"><t>lezing</t></rPh>'


def _raw(ref: str, value: str, kind: str = "n") -> Callable[[Parts], Parts]:
    return lambda parts: parts.raw(ref, value, kind)


def _merged(*refs: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts.behind(
        f"<mergeCells>{''.join(f'<mergeCell ref={one!r}/>' for one in refs)}</mergeCells>"
    )


def _at(ref: str, other: str) -> Callable[[Parts], Parts]:
    """Give a cell of the plan another address."""
    return lambda parts: parts.swap(PLAN, f'<c r="{ref}"', f'<c r="{other}"')


def _dimension(ref: str) -> Callable[[Parts], Parts]:
    return lambda parts: parts.pattern(PLAN, r'<dimension ref="[^"]*"/>', f'<dimension ref="{ref}"/>')


def _row(text: str, number: int) -> str:
    found = re.search(rf'<row r="{number}".*?</row>', text)
    assert found
    return found[0]


def _rows_backwards(parts: Parts) -> Parts:
    text = parts[PLAN].decode()
    rows = [_row(text, number) for number in range(1, 14)]
    return parts.swap(PLAN, "".join(rows), "".join(reversed(rows)))


def _cells_backwards(parts: Parts) -> Parts:
    text = parts[PLAN].decode()
    for number in range(1, 14):
        row = _row(text, number)
        cells = re.findall(r"<c .*?</c>", row)
        text = text.replace("".join(cells), "".join(reversed(cells)))
    return parts.with_part(PLAN, text)


def _split_rows(parts: Parts) -> Parts:
    """Each row of the plan in two elements with the same number."""
    return parts.pattern(PLAN, r'(<row (r="\d+")[^>]*>)(.*?)(<c r="F\d+".*?</row>)', r"\1\3</row><row \2>\4")


def _half_in(opening: str, closing: str) -> Callable[[Parts], Parts]:
    """The second half of the rows within something else."""

    def change(parts: Parts) -> Parts:
        text = parts[PLAN].decode()
        half = text[text.index('<row r="8"') : text.index("</sheetData>")]
        return parts.swap(PLAN, half, f"{opening}{half}{closing}")

    return change


def _inline(parts: Parts) -> Parts:
    """Every text of the plan in its own cell."""
    texts = re.findall(r"<si>(.*?)</si>", parts[STRINGS].decode(), re.DOTALL)
    return parts.with_part(
        PLAN,
        re.sub(
            r't="s"><v>(\d+)</v>',
            lambda found: f't="inlineStr"><is>{texts[int(found[1])]}</is>',
            parts[PLAN].decode(),
        ),
    )


def _as_iso_days(parts: Parts) -> Parts:
    import datetime as dt

    def day(found: re.Match[str]) -> str:
        told = dt.date(1899, 12, 30) + dt.timedelta(int(found[2]))
        return f'<c r="C{found[1]}" s="4" t="d"><v>{told.isoformat()}T00:00:00</v></c>'

    return parts.with_part(PLAN, re.sub(r'<c r="C(\d+)" s="4"><v>(\d+)</v></c>', day, parts[PLAN].decode()))


def _from_1904(parts: Parts) -> Parts:
    """Days counted from 1904, as workbooks of old Macs do."""
    parts.swap(BOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    for part, pattern in {
        PLAN: r'(<c r="C\d+" s="4"><v>)(\d+)',
        "xl/worksheets/sheet1.xml": r'(<c r="B\d+" s="4"><v>)(\d+)',
    }.items():
        parts.with_part(
            part, re.sub(pattern, lambda found: f"{found[1]}{int(found[2]) - 1462}", parts[part].decode())
        )
    return parts


changed("sheet", "dimension-too-small", _dimension("A1:B2"))
changed("sheet", "dimension-of-one-cell", _dimension("A1"))
changed("sheet", "dimension-of-everything", _dimension("A1:XFD1048576"))
changed("sheet", "dimension-that-is-none", _dimension("hier"))
changed(
    "sheet",
    "stray-value-in-the-last-cell",
    lambda parts: parts.rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', NOTES),
)
changed(
    "sheet",
    "stray-value-in-the-last-cell-of-the-plan",
    lambda parts: parts.rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
)
changed(
    "sheet",
    "stray-format-in-the-last-cell",
    lambda parts: parts.rows('<row r="1048576"><c r="XFD1048576" s="3"/></row>'),
)
changed(
    "sheet",
    "5,000-formatted-empty-rows",
    lambda parts: parts.rows("".join(f'<row r="{n}" s="2" customFormat="1"/>' for n in range(20, 5_020))),
)
changed(
    "sheet",
    "row-beyond-the-last",
    lambda parts: parts.rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
)
changed("sheet", "row-zero", lambda parts: parts.rows('<row r="0"><c><v>1</v></c></row>'))
changed("sheet", "row-below-zero", lambda parts: parts.rows('<row r="-4"><c><v>1</v></c></row>'))
changed("sheet", "row-number-of-5,000-figures", lambda parts: parts.rows(f'<row r="{"9" * 5_000}"/>'))
changed("sheet", "row-number-that-is-none", lambda parts: parts.swap(PLAN, '<row r="8"', '<row r="acht"'))
changed("sheet", "column-beyond-the-last", _at("L13", "XFE13"))
changed("sheet", "column-far-beyond-the-last", _at("L13", "ZZZZZZ13"))
changed("sheet", "address-in-small-letters", _at("B8", "b8"))
changed("sheet", "address-with-dollar-signs", _at("B8", "$B$8"))
changed("sheet", "address-without-row", _at("B8", "B"))
changed("sheet", "address-that-is-none", _at("B8", "=B8"))
changed("sheet", "address-of-row-zero", _at("B8", "B0"))
changed("sheet", "address-with-figures-of-another-script", _at("B8", "B٨"))
changed("sheet", "address-of-another-row", _at("B8", "B300"))
changed("sheet", "cell-twice", lambda parts: parts.swap(PLAN, '<c r="F8"', '<c r="F8"><v>1</v></c><c r="F8"'))
changed(
    "sheet", "cell-again-in-a-later-row", lambda parts: parts.rows('<row r="20"><c r="F8"><v>1</v></c></row>')
)
changed("sheet", "rows-in-other-order", _rows_backwards)
changed("sheet", "cells-in-other-order", _cells_backwards)
changed("sheet", "rows-in-two-pieces", _split_rows)
changed("sheet", "without-row-numbers", lambda parts: parts.pattern(PLAN, r'<row r="\d+"', "<row"))
changed(
    "sheet",
    "without-any-address",
    lambda parts: parts.pattern(PLAN, r'<row r="\d+"', "<row").pattern(PLAN, r'<c r="[A-Z]+\d+"', "<c"),
)
changed(
    "sheet",
    "second-half-in-an-alternative",
    _half_in(
        _ALTERNATIVE,
        "</mc:Choice></mc:AlternateContent>",
    ),
)
changed("sheet", "second-half-in-a-second-block", _half_in("</sheetData><sheetData>", ""))
changed(
    "sheet",
    "second-half-in-a-list-of-extras",
    _half_in("</sheetData><extLst><ext>", "</ext></extLst><sheetData>"),
)
changed("sheet", "second-half-in-a-group", _half_in("<group>", "</group>"))
changed(
    "sheet",
    "second-half-under-another-name",
    lambda parts: parts.pattern(PLAN, r'<row r="(8|9|1\d)"(.*?)</row>', r'<rij r="\1"\2</rij>'),
)
changed(
    "sheet",
    "second-half-of-another-namespace",
    lambda parts: parts.pattern(
        PLAN, r'<row r="(8|9|1\d)"(.*?)</row>', r'<q:row xmlns:q="urn:q" r="\1"\2</q:row>'
    ),
)
changed(
    "sheet",
    "cell-in-an-alternative",
    lambda parts: parts.pattern(
        PLAN,
        r'(<c r="F8".*?</c>)',
        rf"{_ALTERNATIVE}\1</mc:Choice></mc:AlternateContent>",
    ),
)
changed(
    "sheet",
    "cell-under-another-name",
    lambda parts: parts.pattern(PLAN, r'<c (r="G8".*?)</c>', r"<cel \1</cel>"),
)
changed(
    "sheet",
    "cell-outside-a-row",
    lambda parts: parts.swap(PLAN, "</sheetData>", '<c r="A20"><v>1</v></c></sheetData>'),
)
changed(
    "sheet",
    "row-in-a-row",
    lambda parts: parts.swap(
        PLAN, '<row r="9"', '<row r="20"/></row><row r="9"><row r="21"/></row><row r="9"'
    ),
)
changed(
    "sheet", "without-rows", lambda parts: parts.pattern(PLAN, "<sheetData>.*</sheetData>", "<sheetData/>")
)
changed("sheet", "without-block-of-rows", lambda parts: parts.pattern(PLAN, "<sheetData>.*</sheetData>", ""))
changed("sheet", "two-values-in-a-cell", lambda parts: parts.cell("I8", '<c r="I8"><v>5000</v><v>9</v></c>'))
changed("sheet", "element-in-a-value", lambda parts: parts.cell("I8", '<c r="I8"><v>5<b/>000</v></c>'))
changed(
    "sheet",
    "element-in-a-text",
    lambda parts: parts.swap(STRINGS, "<t>Naam TransformatiePlan</t>", "<t>Naam <b/>TransformatiePlan</t>"),
)
changed(
    "sheet",
    "two-texts-in-a-string",
    lambda parts: parts.swap(
        STRINGS, "<t>Naam TransformatiePlan</t>", "<t>Naam</t><t>Naam TransformatiePlan</t>"
    ),
)
changed(
    "sheet",
    "text-under-another-name",
    lambda parts: parts.swap(
        STRINGS, "<si><t>Naam TransformatiePlan</t></si>", "<si><tt>Naam TransformatiePlan</tt></si>"
    ),
)
changed(
    "sheet",
    "string-in-an-alternative",
    lambda parts: parts.swap(
        STRINGS, "<si><t>Naam TransformatiePlan</t></si>", "<q><si><t>Naam TransformatiePlan</t></si></q>"
    ),
)
changed(
    "sheet",
    "value-beside-an-inline-text",
    lambda parts: parts.cell("I8", '<c r="I8" t="inlineStr"><is><t>5000</t></is><v>9</v></c>'),
)
changed(
    "sheet", "inline-text-in-a-number", lambda parts: parts.cell("I8", '<c r="I8"><is><t>5000</t></is></c>')
)
changed("sheet", "all-texts-in-their-cells", _inline)
changed("sheet", "string-number-too-high", _raw("B8", "108", "s"))
changed("sheet", "string-number-below-zero", _raw("B8", "-1", "s"))
changed("sheet", "string-number-that-is-none", _raw("B8", "x", "s"))
changed("sheet", "string-number-with-a-point", _raw("B8", "1.5", "s"))
changed("sheet", "string-number-of-5,000-figures", _raw("B8", "1" * 5_000, "s"))
changed("sheet", "kind-nobody-knows", _raw("I8", "5000", "q"))
changed("sheet", "kind-that-is-empty", _raw("I8", "5000", ""))
for _name, _value in {
    "of-400-figures": "9" * 401,
    "of-1e400": "1e400",
    "of-1e999999999": "1e999999999",
    "that-is-not-a-number": "NaN",
    "without-end": "INF",
    "in-words": "vijfduizend",
    "in-another-script": "٥٠٠٠",
    "with-underscores": "5_000",
    "in-sixteens": "0x1388",
    "with-a-comma": "5000,00",
}.items():
    changed("sheet", f"number-{_name}", _raw("I8", _value))
changed("sheet", "number-with-binary-noise", _raw("I8", "10000.0000000000001"))
changed("sheet", "number-as-power", _raw("I8", "1e4"))
changed("sheet", "number-almost-nothing", _raw("L10", "1e-999999"))
changed("sheet", "number-below-zero-that-is-zero", _raw("L10", "-0"))
changed("sheet", "number-as-large-as-excel-can", _raw("I8", "9.99999999999999E+307"))
changed("sheet", "number-of-16-figures", _raw("I8", "9007199254740993"))
changed("sheet", "amount-below-zero", _raw("I8", "-5000"))
changed("sheet", "day-below-zero", _raw("C8", "-5"))
changed("sheet", "day-beyond-the-calendar", _raw("C8", "99999999"))
changed("sheet", "day-of-1e300", _raw("C8", "1e300"))
changed("sheet", "day-with-hours", _raw("C8", "46752.99999"))
changed("sheet", "day-zero", _raw("C8", "0"))
changed("sheet", "day-60", _raw("C8", "60"))
changed("sheet", "days-as-iso", _as_iso_days)
changed("sheet", "day-as-iso-that-is-none", _raw("C8", "2027-13-45", "d"))
changed("sheet", "days-from-1904", _from_1904)
changed(
    "sheet",
    "told-to-count-from-1904",
    lambda parts: parts.swap(BOOK, "<workbookPr ", '<workbookPr date1904="1" '),
)
changed("sheet", "truth-as-name", _raw("A8", "1", "b"))
changed("sheet", "truth-as-day", _raw("C8", "1", "b"))
changed("sheet", "truth-as-amount", _raw("I8", "1", "b"))
changed("sheet", "truth-that-is-none", _raw("I8", "misschien", "b"))
changed("sheet", "error-as-name", _raw("A8", "#REF!", "e"))
changed("sheet", "error-as-day", _raw("C8", "#VALUE!", "e"))
changed("sheet", "error-as-amount", _raw("I8", "#N/A", "e"))
changed("sheet", "error-in-words", _raw("I8", "plan", "e"))
changed("sheet", "style-too-high", lambda parts: parts.swap(PLAN, '<c r="C8" s="4"', '<c r="C8" s="99999"'))
changed("sheet", "style-below-zero", lambda parts: parts.swap(PLAN, '<c r="C8" s="4"', '<c r="C8" s="-1"'))
changed("sheet", "style-that-is-none", lambda parts: parts.swap(PLAN, '<c r="C8" s="4"', '<c r="C8" s="x"'))
changed(
    "sheet",
    "format-number-that-is-none",
    lambda parts: parts.pattern(STYLES, r'(<cellXfs.*?numFmtId=")\d+', r"\1x", count=1),
)
changed(
    "sheet",
    "format-of-90,000-brackets",
    lambda parts: parts.pattern(STYLES, r'formatCode="[^"]*"', f'formatCode="{"[" * 90_000}"', count=1),
)
changed("sheet", "merge-to-the-last-cell", _merged("N20:XFD1048576"))
changed("sheet", "merge-of-everything", _merged("A1:XFD1048576"))
changed("sheet", "merges-over-each-other", _merged("A20:C22", "B21:D23", "A20:C22"))
changed("sheet", "merge-over-two-milestones", _merged("E8:E9"))
changed("sheet", "merge-that-is-none", _merged("hier"))
changed("sheet", "merge-of-whole-columns", _merged("A:C"))
changed("sheet", "merge-beyond-the-last-row", _merged("A1:A1048577"))
changed("sheet", "merge-without-address", lambda parts: parts.behind("<mergeCells><mergeCell/></mergeCells>"))
changed("sheet", "merge-back-to-front", _merged("D23:B21"))
changed("sheet", "hidden-rows", lambda parts: parts.swap(PLAN, '<row r="8"', '<row hidden="1" r="8"'))
changed(
    "sheet",
    "hidden-columns",
    lambda parts: parts.swap(PLAN, '<col min="9" max="12"', '<col hidden="true" min="9" max="12"'),
)
changed(
    "sheet",
    "hidden-columns-that-are-none",
    lambda parts: parts.swap(PLAN, '<col min="9" max="12"', '<col hidden="1" min="x" max="12"'),
)
changed(
    "sheet",
    "hidden-columns-without-end",
    lambda parts: parts.swap(PLAN, '<col min="9" max="12"', '<col hidden="1" min="9" max="99999"'),
)
changed(
    "sheet",
    "rich-text-and-readings",
    lambda parts: parts.pattern(
        STRINGS,
        r"<t>(\w+) ([^<]*)</t>",
        r'<r><rPr><b/><color rgb="zzz"/></rPr><t xml:space="preserve">\1 </t></r>'
        rf"<r><t>\2</t></r>{_READING}",
    ),
)
changed(
    "sheet",
    "rows-that-say-much",
    lambda parts: parts.pattern(
        PLAN, r"<row ", '<row ht="15" customHeight="1" s="7" thickBot="1" xml:space="preserve" '
    ),
)
changed("sheet", "root-of-a-chart", lambda parts: parts.with_part(PLAN, f'<chartsheet xmlns="{MAIN}"/>'))
