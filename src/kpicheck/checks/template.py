"""T: the workbook and the template."""

from decimal import Decimal
from typing import Any

from kpicheck.dutch import drafts
from kpicheck.finding import Problem, Problems
from kpicheck.model import (
    Cell,
    ColumnFormulas,
    Example,
    Field,
    Gap,
    Hidden,
    MissingColumn,
    Payment,
    Plan,
    Share,
    Text,
    amounts_of,
    same_euros,
    sum_of,
)
from kpicheck.registry import check


@check("T101", per=MissingColumn)
def column_missing(missing: MissingColumn) -> Problems:
    """A column of the format is not in the table.

    Bad:
        --without-column Bewijsvoering
        | Naam                         | <- Naam
        | Wijkteam - Opzetten - KPI 10 |
    Good:
        | Naam                         | Bewijsvoering              | Opmerkingen |
        | Wijkteam - Opzetten - KPI 10 | Verslag van de werkgroep.  | akkoord     |
    """
    yield Problem("cell", column=missing.heading, key=missing.heading)


@check("T102", per=Plan)
def excel_error(error_cells: tuple[Cell, ...]) -> Problems:
    """A cell shows an Excel error.

    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | #VERW!                  | <- Zorghuis Noord 01234567
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | 5000           | 5000                    |
    """
    for cell in error_cells:
        yield Problem(cell, typed=str(cell.value))


@check("T103", per=Plan)
def formula_never_calculated(uncalculated: tuple[Cell, ...]) -> Problems:
    """A formula has no stored result and could not be worked out.

    Bad:
        | (totaal)Bedrag                | Zorghuis Noord 01234567 |
        | =VLOOKUP("a",Z1:Z9,1,0) ->    | 5000                    | <- (totaal)Bedrag
    Good:
        | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> | 5000                    |
    """
    told = {(cell.sheet, cell.row) for cell in uncalculated if cell.unworkable != "part"}
    for cell in uncalculated:
        row = (cell.sheet, cell.row)
        if cell.unworkable != "part" or row not in told:
            told.add(row)
            yield Problem(cell, formula=cell.formula or "")


@check("T104", per=ColumnFormulas)
def formula_overwritten(column: ColumnFormulas) -> Problems:
    """A typed value stands where the neighbouring rows have a formula.

    Bad:
        | (totaal)Bedrag        | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> 5000   | 5000                    |
        | 6000                  | 6000                    | <- (totaal)Bedrag
    Bad:
        | (totaal)Bedrag | Zorghuis Noord 01234567 | <- (totaal)Bedrag
        | 5000           | 5000                    |
        | 6000           | 6000                    |
    Good:
        | (totaal)Bedrag        | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> 5000   | 5000                    |
    """
    if column.formulas:
        for row, cell in column.typed:
            yield Problem(cell, on=row, kind="row", rows=1)
    elif column.typed:
        yield Problem(column, kind="column", rows=len(column.typed))


@check("T105", per=Payment)
def control_cell_wrong(control: Field[bool], total: Decimal, shares: tuple[Share, ...]) -> Problems:
    """The control cell says something else than the amounts do.

    Bad:
        | (totaal)Bedrag | Controle cel           | Zorghuis Noord 01234567 |
        | 5000           | Bedragen komen overeen | 4999                    | <- Controle cel
    Bad:
        | (totaal)Bedrag | Controle cel                | Zorghuis Noord 01234567 |
        | 5000           | Bedragen komen niet overeen | 5000                    | <- Controle cel
    Bad:
        | (totaal)Bedrag | Controle cel | Zorghuis Noord 01234567 |
        | 5000           | akkoord      | 5000                    | <- Controle cel
    Good:
        | (totaal)Bedrag | Controle cel           | Zorghuis Noord 01234567 |
        | 5000           | Bedragen komen overeen | 5000                    |
    """
    if not control.filled or control.gap in (Gap.ERROR, Gap.UNCALCULATED):
        return
    agrees = same_euros(total, sum_of(shares))
    if control.value is not agrees:
        kind = "other-text" if control.value is None else "says-agree" if control.value else "says-differ"
        typed = str(control.cell.value) if control.cell else ""
        yield Problem(
            "control", typed=typed, kind=kind, total=total, sum=sum_of(shares), related=("total", *shares)
        )


@check("T106", per=Example)
def example_left(example: Example) -> Problems:
    """An example or instruction of the format is still in the table.

    Bad:
        | Naam                                                   |
        | Fase 1 - Digitale onboarding nieuwe patiënten - KPI 1  | <- Naam
        | Wijkteam - Opzetten - KPI 10                           |
    Good:
        | Naam                          |
        | Onboarding - Digitaal - KPI 1 |
    """
    yield Problem("cell", typed=example.text, kind=example.kind)


@check("T107", per=Plan)
def hidden_content(hidden: tuple[Hidden, ...]) -> Problems:
    """A hidden row, column or sheet takes part in the sums; it is always read.

    Bad:
        --hide-row 3
        | Naam                         | (totaal)Bedrag |
        | Wijkteam - Opzetten - KPI 1  | 5000           |
        | Wijkteam - Opleiden - KPI 2  | 6000           | <- Naam
    Good:
        --hide-row 3
        | Naam                         | (totaal)Bedrag |
        | Wijkteam - Opzetten - KPI 1  | 5000           |
    """
    for one in hidden:
        yield Problem(one, kind=one.kind)


def _typed(row: Payment) -> list[Field[Any]]:
    """What was typed as text and could be read all the same."""
    fields: list[Field[Any]] = [*amounts_of(row), row.date]
    return [one for one in fields if one.from_text]


@check("T108", per=Payment, only=_typed)
def value_stored_as_text(row: Payment) -> Problems:
    """An amount or date is text in the cell, but can be read in one way only; it is used.

    Bad:
        | (streef)datum | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | "30-6-2026"   | "€ 10.000,00"  | 10000                   | <- (streef)datum; (totaal)Bedrag
    Good:
        | (streef)datum | (totaal)Bedrag | Zorghuis Noord 01234567 | Zorghuis Zuid 07654321 |
        | 30-6-2026     | 10000          | 10000                   | "-"                    |
    """
    for one in _typed(row):
        if cell := one.cell:
            yield Problem(cell, typed=str(cell.value))


@check("T109", per=Plan)
def row_not_recognised(unrecognised: tuple[Text, ...]) -> Problems:
    """A row with content is no milestone, section or total: it was not judged.

    Bad:
        | Naam                        | SMART omschrijving | (streef)datum | Resultaat- of inspanningsverplichting | Bewijsvoering | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | Let op: bedragen zijn nog niet definitief |      |               |                                       |               |                |                         | <- Naam
        | Zorgpad - Bouwen - KPI 1    | Uiterlijk 31 december 2026 is het zorgpad in alle praktijken in gebruik. | 31-12-2026 | Inspanning | Verslag van de stuurgroep. | 5000 | 5000 |
    Good:
        | Naam                        | SMART omschrijving | (streef)datum | Resultaat- of inspanningsverplichting | Bewijsvoering | (totaal)Bedrag | Zorghuis Noord 01234567 |
        | (1) ZORGPADEN               |                    |               |                                       |               | 5000           |                         |
        | Zorgpad - Bouwen - KPI 1    | Uiterlijk 31 december 2026 is het zorgpad in alle praktijken in gebruik. | 31-12-2026 | Inspanning | Verslag van de stuurgroep. | 5000 | 5000 |
    """  # noqa: E501 - a table is as wide as its columns
    for one in unrecognised:
        yield Problem(one.cell, typed=one.text)


@check("T110", per=Plan)
def draft_marker(titles: tuple[Cell, ...], plan: Plan) -> Problems:
    """Title or sheet name says that this is a draft or a version.

    Bad:
        [boven]
        | CONCEPT mijlpalen Samen Gezond | <- A
        [Mijlpalen]
        | Naam                        |
        | Wijkteam - Opzetten - KPI 1 |
    Good:
        [boven]
        | Mijlpalen Samen Gezond |
        [Mijlpalen]
        | Naam                        |
        | Wijkteam - Opzetten - KPI 1 |
    """
    marked = [(cell, found) for cell in titles if (found := drafts.draft_marker(str(cell.value)))]
    if marked:
        cell, words = marked[0]
        yield Problem(cell, words=words, related=tuple(other for other, _ in marked[1:]))
    elif in_name := drafts.draft_marker(plan.sheet):
        yield Problem(plan.heading_row, words=in_name)


@check("T111", per=Plan)
def formula_stale(stale_cells: tuple[Cell, ...]) -> Problems:
    """A stored result is not what the formula gives on the stored amounts.

    Bad:
        | (totaal)Bedrag      | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> 5000 | 4999                    | <- (totaal)Bedrag
    Good:
        | (totaal)Bedrag      | Zorghuis Noord 01234567 |
        | =SUM(I2:I2) -> 5000 | 5000                    |
    """
    for cell in stale_cells:
        yield Problem(cell, stored=cell.value, given=cell.given, formula=cell.formula or "")
