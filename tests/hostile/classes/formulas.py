"""Formulas: in circles, nested without end, from elsewhere, and never calculated."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.parts import PLAN, STRINGS, Parts
from tests.hostile.register import changed


def _formula(formula: str, result: str | None = None) -> Callable[[Parts], Parts]:
    """A formula in (totaal)Bedrag of row 8, whose amount is 120,000."""
    return lambda parts: parts.formula("F8", formula, result)


def _nested(opening: str, inner: str, closing: str, times: int) -> str:
    return opening * times + inner + closing * times


def _shared(master: str, ref: str = "F2:F13", *, stored: bool = False) -> Callable[[Parts], Parts]:
    """(totaal)Bedrag as one formula that all rows share."""

    def change(parts: Parts) -> Parts:
        import re

        text = parts[PLAN].decode()
        result = "<v>\\2</v>" if stored else ""
        text = re.sub(
            r"(<c r=\"F\d+\" s=\"3\">)<f>[^<]*</f><v>(\d+)</v>", rf'\1<f t="shared" si="0"/>{result}', text
        )
        first = f'<c r="F2" s="3"><f t="shared" si="0" ref="{ref}">{master}</f>'
        return parts.with_part(PLAN, text.replace('<c r="F2" s="3"><f t="shared" si="0"/>', first))

    return change


def _chain_of_nests(parts: Parts) -> Parts:
    """Thirty formulas in a chain, each nested as deep as a formula may be."""
    cells = []
    for number in range(30):
        following = f"N{101 + number}" if number < 29 else "I8"
        nest = _nested("IF(1=1,", following, ",0)", 30)
        cells.append(f'<row r="{100 + number}"><c r="N{100 + number}"><f>{nest}</f></c></row>')
    return parts.formula("F8", "SUM(I8:L8)+N100-N100").rows("".join(cells))


def _leaving(parts: Parts) -> Parts:
    """A shared formula that would name a cell left of the first column."""
    first = '<c r="Z90"><f t="shared" si="1" ref="A90:Z90">A90</f></c>'
    follower = '<c r="A91"><f t="shared" si="1"/></c>'
    return parts.rows(f'<row r="90">{first}</row><row r="91">{follower}</row>')


def _doubling(parts: Parts) -> Parts:
    """Forty texts, each twice the one below it."""
    rows = [f'<row r="{60 + n}"><c r="N{60 + n}"><f>N{61 + n}&amp;N{61 + n}</f></c></row>' for n in range(40)]
    return parts.formula("F8", "N60").rows("".join([*rows, '<row r="100"><c r="N100"><v>5</v></c></row>']))


def _without_results(parts: Parts) -> Parts:
    return parts.pattern(PLAN, r"(</f>)<v>[^<]*</v>", r"\1").pattern(PLAN, ' t="str"><f>', "><f>")


changed("formula", "never-calculated", _without_results)
changed("formula", "circle-of-one", _formula("F8"))
changed("formula", "circle-of-two", lambda parts: parts.formula("F8", "F9").formula("F9", "F8"))
changed("formula", "circle-through-a-sum", _formula("SUM(F2:F13)"))
changed(
    "formula",
    "circle-through-sheets",
    lambda parts: parts.formula("F8", "Toelichting!Z1").rows(
        '<row r="99"><c r="Z1"><f>Mijlpalen!F8</f></c></row>', "xl/worksheets/sheet2.xml"
    ),
)
changed(
    "formula",
    "circle-with-results",
    lambda parts: parts.formula("F8", "F9*1", "120000").formula("F9", "F8*1", "70000"),
)
changed("formula", "brackets-60-deep", _formula(_nested("(", "SUM(I8:L8)", ")", 60)))
changed("formula", "brackets-4,000-deep", _formula(_nested("(", "SUM(I8:L8)", ")", 4_000)))
changed("formula", "conditions-64-deep", _formula(_nested("IF(1=1,", "SUM(I8:L8)", ",0)", 64)))
changed("formula", "chain-of-nests", _chain_of_nests)
changed("formula", "8,000-minus-signs", _formula("-" * 8_000 + "I8"))
changed("formula", "4,000-percent-signs", _formula("I8" + "%" * 4_000))
changed("formula", "of-60,000-characters", _formula("I8" + "+I8" * 20_000))
changed("formula", "of-square-brackets", _formula("[" * 8_000))
changed("formula", "of-quotes", _formula("'" * 8_000))
changed("formula", "of-nothing", _formula(""))
changed("formula", "of-signs-alone", _formula("+*/"))
changed("formula", "of-a-whole-column", _formula("SUM(I:I)"))
changed("formula", "of-the-whole-sheet", _formula("SUM(A1:XFD1048576)"))
changed("formula", "beyond-the-sheet", _formula("SUM(XFE1:ZZZ9999999)"))
changed("formula", "power-without-end", _formula("9^9^9^9^9"))
changed("formula", "power-of-a-fraction", _formula("(-8)^(1/3)"))
changed("formula", "division-by-zero", _formula("I8/0"))
changed("formula", "rounded-to-a-billion-places", _formula("ROUND(I8,-999999999)"))
changed("formula", "text-that-doubles", _doubling)
for _name, _text in {
    "unknown-function": "PLAN(I8)",
    "other-workbook": "[1]Blad1!A1",
    "other-workbook-on-the-network": "'\\\\server\\deel\\[a.xlsx]Blad1'!A1",
    "program": "cmd|'/c calc'!A0",
    "program-as-text": "MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
    "web-service": 'WEBSERVICE("http://127.0.0.1:9/"&I8)',
    "link": 'HYPERLINK("http://127.0.0.1:9/","klik")',
    "volatile": "NOW()+RAND()",
    "indirect": 'INDIRECT("I"&"8")',
    "macro-function": '_xll.PLAN()+CALL("kernel32")',
    "name-nobody-defined": "Totaalbedrag",
    "sheet-that-is-not-there": "Weg!A1",
    "lambda": "_xlfn.LAMBDA(_xlpm.x,_xlpm.x(_xlpm.x))(1)",
    "structured": "SUM(Tabel1[[#This Row],[A]:[D]])",
    "control-characters": "SUM(I8:L8)&_x001b_",
    "r1c1": "SUM(RC[3]:RC[6])",
}.items():
    changed("formula", f"{_name}-without-result", _formula(_text))
    changed("formula", f"{_name}-with-result", _formula(_text, "120000"))
changed("formula", "stale-result", _formula("SUM(I8:L8)", "130000"))
changed(
    "formula",
    "result-that-is-an-error",
    lambda parts: parts.cell("F8", '<c r="F8" t="e"><f>SUM(I8:L8)</f><v>#N/A</v></c>'),
)
changed(
    "formula",
    "result-that-is-text",
    lambda parts: parts.cell("F8", '<c r="F8" t="str"><f>SUM(I8:L8)</f><v>veel</v></c>'),
)
changed(
    "formula",
    "result-that-is-empty-text",
    lambda parts: parts.cell("F8", '<c r="F8" t="str"><f>SUM(I8:L8)</f><v></v></c>'),
)
changed(
    "formula",
    "twice-in-a-cell",
    lambda parts: parts.cell("F8", '<c r="F8"><f>SUM(I8:L8)</f><f>1</f><v>120000</v></c>'),
)
changed(
    "formula",
    "element-in-a-formula",
    lambda parts: parts.cell("F8", '<c r="F8"><f>SUM(<b/>I8:L8)</f><v>120000</v></c>'),
)
changed(
    "formula",
    "array",
    lambda parts: parts.cell(
        "F8", '<c r="F8"><f t="array" ref="F8:XFD1048576">SUM(I8:L8)</f><v>120000</v></c>'
    ),
)
changed(
    "formula",
    "data-table",
    lambda parts: parts.cell(
        "F8",
        '<c r="F8"><f t="dataTable" ref="F8:F9" dt2D="1" dtr="1" r1="A1" r2="B1" plan="x"/><v>120000</v></c>',
    ),
)
changed(
    "formula",
    "kind-nobody-knows",
    lambda parts: parts.cell("F8", '<c r="F8"><f t="plan">SUM(I8:L8)</f><v>120000</v></c>'),
)
changed("formula", "shared", _shared("SUM(I2:L2)"))
changed("formula", "shared-with-results", _shared("SUM(I2:L2)", stored=True))
changed("formula", "shared-over-whole-columns", _shared("SUM(I2:L2)", ref="A1:XFD1048576"))
changed("formula", "shared-range-of-another-place", _shared("SUM(I2:L2)", ref="Z90:Z99"))
changed("formula", "shared-without-a-first", _shared(""))
changed("formula", "shared-that-leaves-the-sheet", _leaving)
changed("formula", "shared-of-square-brackets", _shared("[" * 8_000))
changed("formula", "shared-of-60,000-characters", _shared("I2" + "+I2" * 20_000))
changed("formula", "in-every-text", lambda parts: parts.pattern(STRINGS, r"<t>([^<]+)</t>", r"<t>=\1</t>"))
