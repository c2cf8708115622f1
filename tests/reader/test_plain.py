"""What is read past the parser says the same as what the parser reads: the same cells, the same refusals."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from unittest.mock import Mock

import pytest

from kpicheck.allowance import LIMITS, Allowance, Exceeded, Limit
from kpicheck.reader.markup import STEP, read
from kpicheck.reader.package import Package
from kpicheck.reader.parts import SharedStrings, read_book
from kpicheck.reader.plain import Plain
from kpicheck.reader.refusal import Refusal, Unreadable
from kpicheck.reader.shape import MAIN, SHEET, STRINGS, Shape
from kpicheck.reader.sheet import Sheet, SheetReader
from tests.hostile.changing import changed
from tests.hostile.register import cases

TEXTS = ["nul", "een", "twee"]
_ROW = f"{MAIN} row"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPENED = f'<worksheet xmlns="{MAIN}" xmlns:x14ac="{X14AC}"><cols><col min="2" max="3" hidden="1"/></cols>'
CLOSED = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>'
ROWS = (
    """
<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" s="4" t="s"><v>0</v></c><c r="B1" s="1"/>
<c r="C1"><v>1.5</v></c><c r="D1" s="4"><v>46203</v></c></row>
""",
    """
<row r="2" hidden="1" ht="15.75" customHeight="1"><c r="A2" t="str"><f>"a"&amp;B1</f><v>a &lt; b</v></c>
<c r="B2"><f t="shared" ref="B2:B3" si="0">A1+1</f><v>2</v></c><c r="C2" t="b"><v>1</v></c></row>
""",
    """
<row r="3"/><row r="4"><c r="B4"><f t="shared" si="0"/><v>4</v></c><c r="C4" t="e"><v>#N/A</v></c>
<c r="D4"><f t="array" ref="D4:D5">A1:A2</f><v/></c></row>
""",
    """
<row r="5"><c r="A5" t="inlineStr"><is><t>één {newline}twee &amp;amp; _x0041_</t></is></c>
<c r="D5"><v>3</v></c><c r="E5" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>
<c r="F5" t="d"><v>2026-02-03</v></c></row>
""",
    """
<row r="7"><c r="A7"><f aca="false">A1</f><v></v></c><c r="B7" t="n"><v>1E3</v></c>
<c r="C7" t="str"><v/></c><c r="D7"></c><c r="E7"><f>A1</f></c></row>
""",
)
STRINGS_XML = f"""<sst xmlns="{MAIN}" count="3" uniqueCount="3"><si><t>een</t></si>
<si><t xml:space="preserve"> twee </t></si><si><r><rPr><b/></rPr><t>d</t></r><r><t>rie</t></r></si>
<si><t>&lt;vier&gt; _x000D_&amp;</t></si></sst>"""


def sheet_of(rows: Iterable[str]) -> str:
    written = "".join(one.replace("\n", "").replace("{newline}", "\n") for one in rows)
    return f"{DECLARED}{OPENED}<sheetData>{written}</sheetData>{CLOSED}"


@dataclass
class Outcome:
    """What came of reading, and what it cost."""

    said: object
    spent: dict[str, float]


def outcome(
    xml: bytes, reading: SheetReader | SharedStrings, allowance: Allowance, shape: Shape, *, past_parser: bool
) -> Outcome:
    if not past_parser:
        reading.plain = None
    try:
        read("deel.xml", xml, allowance, shape, reading)
        if isinstance(reading, SheetReader):
            reading.finish()
    except (Refusal, Exceeded, Unreadable) as error:
        return Outcome((type(error), vars(error)), {})
    spent = {what: allowance.spent(what) for what in LIMITS if what != "seconds"}
    return Outcome(None, spent)


def of_sheet(xml: bytes, *, past_parser: bool) -> tuple[Outcome, Sheet]:
    sheet, allowance = Sheet("Blad"), Allowance(LIMITS | {"elements": Limit(2_000), "merged": Limit(20)})
    reader = SheetReader(sheet, TEXTS, frozenset({4}), allowance)
    return outcome(xml, reader, allowance, SHEET, past_parser=past_parser), sheet


def of_strings(xml: bytes, *, past_parser: bool) -> tuple[Outcome, list[str]]:
    allowance = Allowance(LIMITS | {"texts": Limit(20)})
    reader = SharedStrings(allowance)
    return outcome(xml, reader, allowance, STRINGS, past_parser=past_parser), reader.found


def both_ways(xml: bytes) -> Outcome:
    quick, by_parser = of_sheet(xml, past_parser=True), of_sheet(xml, past_parser=False)
    if by_parser[0].said is None:
        assert quick == by_parser
        assert list(quick[1].stored) == list(by_parser[1].stored)
        assert list(map(repr, quick[1].stored.values())) == list(map(repr, by_parser[1].stored.values()))
    assert quick[0] == by_parser[0]
    return quick[0]


def parsed_rows(xml: str) -> int:
    """How many rows the parser met."""
    allowance = Allowance()
    reader = SheetReader(Sheet("Blad"), TEXTS, frozenset(), allowance)
    start = Mock(wraps=reader.starts[_ROW])
    reader.starts[_ROW] = start
    read("deel.xml", xml.encode(), allowance, SHEET, reader)
    return start.call_count


def test_plain_rows_never_reach_the_parser() -> None:
    assert both_ways(sheet_of(ROWS).encode()).said is None
    assert parsed_rows(sheet_of(ROWS)) == 0


@pytest.mark.parametrize(
    "row",
    [
        '<row r="6"><c t="s" r="A6"><v>1</v></c></row>',
        "<row r='6'><c r='A6'><v>1</v></c></row>",
        '<row><c r="A8"><v>1</v></c></row>',
        '<row r="6"><c><v>1</v></c></row>',
        '<row r="6"><c r="a6"><v>1</v></c></row>',
        '<row r="6"><c r="A6"><v>&#49;</v></c></row>',
        '<row r="6"><c r="A6" t="str"><v><![CDATA[1]]></v></c></row>',
        '<row r="6"><c r="A6"><v>1</v></c><!-- <row r="9"> --></row>',
        '<row r="6"><?a b?><c r="A6"><v>1</v></c></row>',
        '<row r="6"> <c r="A6"><v>1</v></c></row>',
        '<row r="6"><c r="A6" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
        '<row r="6"><c r="A6" t="str"><v>a\r{newline}b</v></c></row>',
        '<row r="6"><c r="A6" t="str"><v>a>b</v></c></row>',
        '<row r="6" thickBot="1" foo="1"><c r="A6"><v>1</v></c></row>',
        '<row r="6"><c r="B9"><v>1</v></c></row>',
        '<row r="6"><c r="A6" s="04"><v>1</v></c></row>',
    ],
)
def test_what_is_not_plain_is_parsed_and_what_follows_is_plain_again(row: str) -> None:
    xml = sheet_of((*ROWS[:4], row, ROWS[4]))
    assert both_ways(xml.encode()).said is None
    comment = "<!" in row or "<?" in row
    assert parsed_rows(xml) == (2 if comment else 1)  # a comment may hide what looks like a row


@pytest.mark.parametrize(
    "row",
    [
        '<row r="6"><c r="A6"><v>1</v></c><c r="A6"><v>1</v></c></row>',
        '<row r="6"><c r="A6"><v>x</v></c></row>',
        '<row r="6"><c r="A6" t="s"><v>3</v></c></row>',
        '<row r="6"><c r="A6" t="s"><v>-1</v></c></row>',
        '<row r="6"><c r="A6" t="s"><f>A1</f><v>9</v></c></row>',
        '<row r="6"><c r="XFE6"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="6" r="6"><c r="A6"><v>1</v></c></row>',
        '<row r="6" ht="1" ht="1"><c r="A6"><v>1</v></c></row>',
        '<row r="6" a:ht="1"><c r="A6"><v>1</v></c></row>',
        '<row r="6" xmlns="x"><c r="A6"><v>1</v></c></row>',
        '<row r="6"><c r="A6" t="str"><v>&copy;</v></c></row>',
        '<row r="6"><c r="A6" t="str"><v>a & b</v></c></row>',
        '<row r="6"><c r="A6" t="str"><v>]]></v></c></row>',
        '<row r="6"><c r="A6" t="str"><v>\x01</v></c></row>',
        '<row r="6"><c r="A6" t="str"><v>\uffff</v></c></row>',
        '<row r="6"><c r="A6" t="inlineStr"><is><t>a</t></is><v>1</v></c></row>',
        '<row r="6"><c r="A6" t="inlineStr"><v>1</v></c></row>',
        '<row r="6"><c r="A6" t="b"><v>2</v></c></row>',
        '<row r="6"><c r="A6"><v>1</v><v>1</v></c></row>',
        '<row r="6"><c r="A6"><v>1</v></c></row></row>',
        '<row r="6"><row r="6"><c r="A6"><v>1</v></c></row>',
        '<row r="6"><c r="A6"><v>' + "9" * 401 + "</v></c></row>",
        '<row r="6"><c r="A6" t="str"><v>' + "x" * 32_768 + "</v></c></row>",
        '<row r="6"><c r="A6"><v>1</v></c></row></sheetData><sheetData><row r="8"/>',
        '<row r="1"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_what_is_refused_is_refused_alike(row: str) -> None:
    assert both_ways(sheet_of((*ROWS[:4], row, ROWS[4])).encode()).said is not None


def test_a_comment_that_hides_a_row_hides_it() -> None:
    for hidden in (
        '<row r="6"/><!-- </row><row r="7"><c r="A7"><v>1</v></c></row> -->',
        '<row r="6"><c r="A6"><v>1</v></c></row><!-- <row r="7"><c r="A7"><v>1</v></c></row> -->',
    ):
        both_ways(sheet_of((*ROWS[:4], hidden)).encode())
        both_ways(sheet_of((*ROWS[:4], hidden, ROWS[4])).encode())


@pytest.mark.parametrize(
    "xml",
    [
        sheet_of(ROWS).replace("UTF-8", "windows-1252").encode("cp1252"),
        sheet_of(ROWS).replace("UTF-8", "windows-1252").encode(),
        sheet_of(ROWS).encode("cp1252"),
        b"\xef\xbb\xbf" + sheet_of(ROWS).encode(),
        sheet_of(ROWS).removeprefix(DECLARED).encode(),
        sheet_of(ROWS).replace("\xe9\xe9n", "\ud800").encode(errors="surrogatepass"),
        sheet_of(ROWS).replace("<cols>", "<!-- <sheetData> --><cols>").encode(),
        sheet_of(ROWS).replace("<cols>", "<?a <sheetData>?><cols>").encode(),
        sheet_of(ROWS).replace(DECLARED, f"{DECLARED}<!DOCTYPE a>").encode(),
        sheet_of(ROWS).replace("xmlns=", "xmlns:a=").encode(),
        sheet_of(ROWS).replace(f' xmlns:x14ac="{X14AC}"', "").encode(),
        sheet_of(ROWS).replace(f' xmlns:x14ac="{X14AC}"', f" a=' xmlns:x14ac=\"{X14AC}\"'").encode(),
        sheet_of(ROWS).replace(OPENED, f'{OPENED}<a xmlns="b">').encode(),
        sheet_of(ROWS).replace("</sheetData>", "").encode(),
        sheet_of(ROWS).replace(CLOSED, "").encode(),
        sheet_of(ROWS[:1] * 200).encode(),
        sheet_of(
            f'<row r="{row}"><c r="A{row}" t="str"><v>{"é" * 999}</v></c></row>' for row in range(1, 600)
        ).encode(),
        sheet_of(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 2_000)).encode(),
        sheet_of(ROWS).replace("één", "é" * STEP).encode(),
    ],
)
def test_the_head_and_the_whole_are_read_alike(xml: bytes) -> None:
    both_ways(xml)


_PIECE = re.compile(r'</?[\w:]+|/?>| [\w:]+="[^"]*"|[^<>]+')
_ODD = (
    *(
        '"',
        "'",
        " ",
        "\n",
        "\r",
        "\t",
        "&",
        "&#10;",
        "&lt;",
        "]]>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?x?>",
        "\x00",
    ),
    *(
        "\ufffe",
        "é",
        "€",
        "1e999",
        "-0",
        "XFE1",
        "1048577",
        "0",
        "00",
        "+1",
        "١",
        "<row",
        "</row>",
        "<c>",
        "</c>",
    ),
    *(
        ' r="A1"',
        ' t="d"',
        ' t="zz"',
        ' xml:space="preserve"',
        ' s="4"',
        ' s="x"',
        ' xmlns="x"',
        ' hidden="true"',
    ),
    *("<extLst/>", "<f/>", "<v/>", "<v> 1 </v>", "<is/>", "<t/>", "<si>", "</si>", "_xD800_", "x" * 500),
)


def _mutated(xml: str, dice: random.Random) -> str:
    for _ in range(dice.choice((1, 1, 2, 3))):
        found = [one.span() for one in _PIECE.finditer(xml)]
        (begin, end), (other, until) = dice.choice(found), dice.choice(found)
        piece = dice.choice(("", xml[begin:end] * 2, xml[other:until], *dice.sample(_ODD, 3)))
        where = dice.choice((begin, dice.randint(begin, end)))
        xml = xml[:where] + piece + xml[dice.choice((where, end)) :]
    return xml


@pytest.mark.parametrize("seed", range(10))
def test_changed_sheets_are_read_alike(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same dice each time is the point
    said = [both_ways(_mutated(sheet_of(ROWS), dice).encode()).said is None for _ in range(150)]
    assert any(said)
    assert not all(said)


@pytest.mark.parametrize("seed", range(5))
def test_changed_strings_are_read_alike(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - as above
    for _ in range(150):
        xml = _mutated(STRINGS_XML, dice).encode()
        quick, by_parser = of_strings(xml, past_parser=True), of_strings(xml, past_parser=False)
        assert quick[0] == by_parser[0]
        assert quick[0].said or quick == by_parser


def _book(data: bytes) -> object:
    allowance = Allowance({what: limit for what, limit in LIMITS.items() if what != "seconds"})
    try:
        book = read_book(Package(data, allowance))
    except (Refusal, Exceeded) as error:
        return type(error), vars(error)
    return book.sheets, book.epoch, [allowance.spent(what) for what in LIMITS]


def _book_by_parser(data: bytes, patch: pytest.MonkeyPatch) -> object:
    with patch.context() as only_parser:
        only_parser.setattr(Plain, "begins", lambda *_: 0)
        return _book(data)


@pytest.mark.parametrize("part", range(10))
def test_damaged_plans_are_read_alike(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(part * 20, part * 20 + 20):
        data = changed(number)[2]
        assert _book(data) == _book_by_parser(data, monkeypatch)


@pytest.mark.parametrize("key", sorted(key for key in cases() if key.startswith("xml")))
def test_hostile_plans_are_read_alike(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = cases()[key].data()
    assert _book(data) == _book_by_parser(data, monkeypatch)
