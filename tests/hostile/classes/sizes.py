"""Files that ask too much: of time, of memory, or of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from kpicheck.model import column_letters
from tests.hostile.parts import BOOK, BOOK_RELS, GENERAL, MAIN, OFFICE, PLAN, STRINGS, STYLES, Parts, zipped
from tests.hostile.register import add, changed

_MEBIBYTE = 1 << 20


def _numbers(rows: int, columns: int, first: int = 1) -> str:
    letters = [column_letters(one) for one in range(1, columns + 1)]
    return "".join(
        f'<row r="{row}">{"".join(f"""<c r="{one}{row}"><v>{row}</v></c>""" for one in letters)}</row>'
        for row in range(first, first + rows)
    )


def _words(rows: int, columns: int, text: str = "woord") -> str:
    cell = f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    return f"<row>{cell * columns}</row>" * rows


def _beside(xml: Callable[[], str]) -> Callable[[Parts], bytes]:
    """A sheet of its own beside the plan."""
    return lambda parts: zipped(parts.sheet("Gegevens", xml()), level=1)


def _alone(xml: Callable[[], str]) -> Callable[[Parts], bytes]:
    """Those rows instead of the milestone table."""

    def change(parts: Parts) -> bytes:
        text = parts[PLAN].decode()
        start, end = text.index("<sheetData>"), text.index("</sheetData>")
        return zipped(parts.with_part(PLAN, text[:start] + "<sheetData>" + xml() + text[end:]), level=1)

    return change


def _below(xml: Callable[[Parts], str]) -> Callable[[Parts], bytes]:
    """Those rows below the milestones."""
    return lambda parts: zipped(parts.rows(xml(parts)), level=1)


def _milestones(parts: Parts, count: int, **cells: str) -> str:
    """More milestones; a cell named by its column holds what is given for it."""
    text = parts[PLAN].decode()
    row = text[text.index('<row r="3"') : text.index('<row r="4"')]
    return "".join(_renumbered(row, number, cells) for number in range(20, 20 + count))


def _renumbered(row: str, number: int, cells: dict[str, str]) -> str:
    import re

    changed_row = re.sub(r"([A-L])3\b", rf"\g<1>{number}", row.replace('r="3"', f'r="{number}"'))
    for column, xml in cells.items():
        inside = xml.format(number=number)
        changed_row = re.sub(
            rf'<c r="{column}{number}".*?</c>',
            lambda _, c=column, x=inside: f'<c r="{c}{number}" {x}</c>',  # type: ignore[misc]
            changed_row,
            flags=re.DOTALL,
        )
    return changed_row


def _inline(text: str) -> str:
    return f't="inlineStr"><is><t>{text}</t></is>'


def _strings(count: int, text: str = "") -> Callable[[Parts], bytes]:
    return lambda parts: zipped(
        parts.swap(STRINGS, "</sst>", f"<si><t>{text}</t></si>" * count + "</sst>"), level=1
    )


def _merges(count: int) -> str:
    inner = "".join(f'<mergeCell ref="N{n}:O{n}"/>' for n in range(20, 20 + count))
    return f"<mergeCells>{inner}</mergeCells>"


def _many_sheets(parts: Parts, count: int) -> bytes:
    sheets, relations = [], []
    for number in range(100, 100 + count):
        sheets.append(f'<sheet name="Blad {number}" sheetId="{number}" r:id="x{number}"/>')
        kind = f'Type="{OFFICE}/worksheet"'
        relations.append(f'<Relationship Id="x{number}" {kind} Target="worksheets/x{number}.xml"/>')
        parts.with_part(f"xl/worksheets/x{number}.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')
    parts.swap(BOOK, "</sheets>", "".join(sheets) + "</sheets>")
    return zipped(parts.swap(BOOK_RELS, "</Relationships>", "".join(relations) + "</Relationships>"), level=1)


def _wide_headings(parts: Parts, count: int) -> bytes:
    names = {column: f"Stichting {column} 9900{column:04}" for column in range(13, 13 + count)}
    cells = "".join(f'<c r="{column_letters(one)}1" {_inline(name)}</c>' for one, name in names.items())
    return zipped(parts.pattern(PLAN, r'(<row r="1".*?)(</row>)', rf"\1{cells}\2", count=1), level=1)


def _listed_parties(count: int) -> bytes:
    """Parties in one cell of the layout that has them there."""
    lines = "\n".join(f"P {n}: € 1" for n in range(count))
    parts = Parts("verdeling-in-een-cel")
    for row in range(2, 7):
        parts.cell(f"G{row}", f'<c r="G{row}" {_inline(lines)}</c>', GENERAL)
    return zipped(parts, level=1)


def _heading_again(parts: Parts, count: int) -> str:
    import re

    text = parts[PLAN].decode()
    heading = text[text.index('<row r="1"') : text.index('<row r="2"')]
    row = text[text.index('<row r="3"') : text.index('<row r="4"')]
    pieces = []
    for number in range(count):
        at = 20 + 2 * number
        pieces.append(re.sub(r"([A-L])1\b", rf"\g<1>{at}", heading.replace('r="1"', f'r="{at}"')))
        pieces.append(_renumbered(row, at + 1, {}))
    return "".join(pieces)


def _empty_rows(count: int, told: str) -> str:
    return "".join(f'<row r="{n}" {told}/>' for n in range(20, 20 + count))


def _chain(count: int) -> str:
    return "".join(
        f'<row r="{n}"><c r="N{n}"><f>{f"N{n + 1}+1" if n < 99 + count else "1"}</f></c></row>'
        for n in range(100, 100 + count)
    )


def _distinct_formulas(count: int) -> Iterator[str]:
    for number in range(20, 20 + count):
        formula = f"SUM(I{number}:L{number})+SUM(A1:Z{3_000 + number % 7})"
        yield f'<row r="{number}"><c r="F{number}"><f>{formula}</f></c></row>'


changed(
    "size",
    "part-of-99-mb-of-empty-cells",
    _beside(lambda: "<row>" + "<c/>" * (99 * _MEBIBYTE // 4) + "</row>"),
)
changed("size", "part-of-99-mb-of-empty-rows", _beside(lambda: "<row/>" * (99 * _MEBIBYTE // 6)))
changed("size", "part-of-90-mb-of-numbers", _beside(lambda: _numbers(220_000, 12)))
changed("size", "part-of-90-mb-of-texts", _beside(lambda: _words(160_000, 12)))
changed("size", "part-of-90-mb-without-a-plan", _alone(lambda: _words(160_000, 12)))
changed("size", "part-of-90-mb-below-the-plan", _below(lambda _: _numbers(220_000, 12, 20)))
changed("size", "part-of-90-mb-of-large-texts", _beside(lambda: _words(290, 10, "tekst " * 5_400)))
changed(
    "size",
    "part-of-90-mb-of-odd-elements",
    lambda parts: zipped(parts.behind('<extLst><ext><x a="1"/></ext></extLst>' * 2_300_000), level=1),
)
changed("size", "part-of-90-mb-of-merges", lambda parts: zipped(parts.behind(_merges(2_400_000)), level=1))
changed("size", "400,000-merges", lambda parts: zipped(parts.behind(_merges(400_000)), level=1))
changed("size", "10,000-merges", lambda parts: zipped(parts.behind(_merges(10_000)), level=1))
changed(
    "size",
    "a-million-hidden-columns",
    lambda parts: zipped(
        parts.swap(PLAN, "<cols>", "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 1_000_000), level=1
    ),
)
changed("size", "300,000-formatted-rows", _below(lambda _: _empty_rows(300_000, 's="1" customFormat="1"')))
changed("size", "300,000-hidden-rows", _below(lambda _: _empty_rows(300_000, 'hidden="1"')))
changed("size", "a-million-rows-of-formatted-cells", _below(lambda _: "<row><c/><c/></row>" * 1_048_000))
changed("size", "5-million-empty-strings", _strings(5_000_000))
changed("size", "a-million-strings", _strings(1_000_000, "woord"))
changed("size", "strings-of-90-mb", _strings(2_900, "é " * 10_000))
changed(
    "size",
    "strings-with-emoji-of-90-mb",
    lambda parts: zipped(
        parts.swap(
            STRINGS,
            "</sst>",
            "".join(f"<si><t>😀{n}{'a' * 30_000}</t></si>" for n in range(3_000)) + "</sst>",
        ),
        level=1,
    ),
)
changed(
    "size",
    "string-of-a-million-runs",
    lambda parts: zipped(
        parts.swap(STRINGS, "</sst>", "<si>" + "<r><t/></r>" * 1_000_000 + "</si></sst>"), level=1
    ),
)
changed(
    "size",
    "a-million-styles",
    lambda parts: zipped(
        parts.swap(STYLES, "</cellXfs>", '<xf numFmtId="14"/>' * 1_000_000 + "</cellXfs>"), level=1
    ),
)
changed(
    "size",
    "a-million-formats",
    lambda parts: zipped(
        parts.pattern(
            STYLES,
            "<numFmts[^>]*>",
            "<numFmts>" + "".join(f'<numFmt numFmtId="{n}" formatCode="d{n}"/>' for n in range(1_000_000)),
        ),
        level=1,
    ),
)
changed(
    "size",
    "2-million-names",
    lambda parts: zipped(
        parts.swap(
            BOOK,
            "</sheets>",
            "</sheets><definedNames>" + '<definedName name="a"/>' * 2_000_000 + "</definedNames>",
        ),
        level=1,
    ),
)
changed(
    "size",
    "a-million-relations",
    lambda parts: zipped(
        parts.swap(
            BOOK_RELS,
            "</Relationships>",
            "".join(f'<Relationship Id="a{n}" Type="b" Target="c"/>' for n in range(1_000_000))
            + "</Relationships>",
        ),
        level=1,
    ),
)
changed("size", "1,500-sheets", lambda parts: _many_sheets(parts, 1_500))
changed("size", "a-row-of-16,384-cells", _beside(lambda: _numbers(3, 16_384)))
changed("size", "a-row-of-50,000-cells", _beside(lambda: f"<row>{'<c><v>1</v></c>' * 50_000}</row>"))
changed("size", "900-parties", lambda parts: _wide_headings(parts, 900))
changed("size", "16,000-parties", lambda parts: _wide_headings(parts, 16_000))
add("size", "900-parties-in-one-cell", partial(_listed_parties, 900))
add("size", "2,000-parties-in-one-cell", partial(_listed_parties, 2_000))
changed("size", "240-tables", _below(lambda parts: _heading_again(parts, 240)))
changed("size", "2,000-tables", _below(lambda parts: _heading_again(parts, 2_000)))
changed(
    "size",
    "large-texts-in-every-row",
    _below(lambda parts: _milestones(parts, 250, B=_inline("KPI 1, uiterlijk 1 juli 2027 en " * 1_000))),
)
changed(
    "size",
    "one-large-text-for-every-row",
    lambda parts: zipped(
        parts.swap(STRINGS, "</sst>", f"<si><t>{'a1 ' * 10_000}</t></si></sst>").rows(
            _milestones(parts, 3_000, B='t="s"><v>108</v>')
        ),
        level=1,
    ),
)
changed(
    "size",
    "formulas-in-a-chain-of-60,000",
    lambda parts: zipped(parts.formula("F8", "SUM(I8:L8)+N100*0").rows(_chain(60_000)), level=1),
)
changed("size", "5,000-formulas-over-everything", _below(lambda _: "".join(_distinct_formulas(5_000))))
changed(
    "size",
    "formula-shared-by-20,000-cells",
    _below(
        lambda _: (
            '<row r="20"><c r="F20"><f t="shared" si="9" ref="F20:F20019">'
            + "+".join(["I20"] * 1_500)
            + "</f></c></row>"
            + "".join(f'<row r="{n}"><c r="F{n}"><f t="shared" si="9"/></c></row>' for n in range(21, 20_020))
        )
    ),
)
changed(
    "size",
    "60-tokens-of-1-mb",
    lambda parts: zipped(parts.behind("".join(f'<x a="{"b" * 1_000_000}"/>' for _ in range(60))), level=1),
)
changed(
    "size",
    "300,000-rows-of-milestones",
    _below(
        lambda _: "".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>55</v></c><c><v>46203</v></c><c><v>1</v></c></row>'
            for n in range(20, 300_020)
        )
    ),
)
changed(
    "size",
    "plan-at-the-end-of-40-mb",
    lambda parts: zipped(
        parts.swap(
            PLAN, '<row r="1"', _numbers(90_000, 12).replace('<row r="1">', '<row r="1">') + '<row r="1"'
        ),
        level=1,
    ),
)
