"""S: the texts. Patterns only; what a text means is judged by people."""

from itertools import chain

from kpicheck.checks.common import unfinished
from kpicheck.dutch import modality
from kpicheck.dutch.periods import has_date
from kpicheck.dutch.placeholders import only_placeholders, placeholders, placeholders_of_name
from kpicheck.dutch.wording import (
    defines,
    has_words,
    is_telegram,
    open_items,
    vague_terms,
    word_count,
    work_bullets,
)
from kpicheck.finding import Problem, Problems
from kpicheck.model import Payment, Plan, Text
from kpicheck.model.plan import texts_of
from kpicheck.registry import check

_EXPLAINED = ("smart", "evidence", "explanation")


def _gaps(piece: Text) -> list[str]:
    return placeholders_of_name(piece.text) if piece.field == "name" else placeholders(piece.text)


@check("S101", per=Text, only=_gaps)
def placeholder_left(piece: Text) -> Problems:
    """A gap of the format or of an example was never filled in.

    Bad:
        | SMART omschrijving                                                     |
        | Op 30-6-2026 volgen [aantal] inwoners de training.                     | <- SMART omschrijving
        | In 2026 is het aantal verwijzingen met xx% afgenomen t.o.v. 2025.      | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                     |
        | Op 30-6-2026 volgen 40 inwoners de training in fase II (1).            |
    """
    if found := _gaps(piece):
        yield Problem(piece.cell, typed=found)


@check("S102", per=Text, only=open_items)
def open_item_left(text: str, piece: Text) -> Problems:
    """A note of the author says that something is still to be decided or filled in.

    Bad:
        | SMART omschrijving                                          | Bewijsvoering                        |
        | Uiterlijk 30-6-2026 werken 5 teams, locatie nog te bepalen. | Getekend verslag van alle teams.     | <- SMART omschrijving
        | Uiterlijk 30-6-2026 werken 5 teams volgens de werkwijze.    | Verslag, handtekening volgt nog.     | <- Bewijsvoering
    Bad:
        | Naam                                       | (streef)datum | Resultaat- of inspanningsverplichting |
        | (1) ALGEMEEN (mogelijk nog naar gemeenten) |               |                                       | <- Naam
        | Wijkteam - Scholing - KPI 1.1              | 30-6-2026     | Inspanningsverplichting               |
    Good:
        | SMART omschrijving                                          | Bewijsvoering                        |
        | Op 30-6-2026 is het nog te bouwen platform ontworpen.       | Verslag van de check op medicatie.   |
    """  # noqa: E501 - a table is as wide as its columns
    gaps = placeholders(text)
    if found := [note for note in open_items(text) if not any(note in gap for gap in gaps)]:
        yield Problem(piece.cell, typed=found)


@check("S103", per=Payment)
def telegram_style(smart: str, *, min_words: int) -> Problems:
    """Keywords instead of a sentence: not to be read on its own.

    Bad:
        | SMART omschrijving                                       |
        | Wijkteam is gereed op 30-6-2026                          | <- SMART omschrijving
        | • wijkteam volledig op sterkte • werkwijze op 30-6-2026  | <- SMART omschrijving
    Good:
        | SMART omschrijving                                       |
        | Het wijkteam is gereed op 30-6-2026                      |
    """
    if is_telegram(smart, min_words) and not unfinished(smart):
        words = word_count(smart)
        yield Problem("smart", kind="short" if words < min_words else "bullets", words=words)


@check("S104", per=Payment, only=modality.noncommittal)
def noncommittal(smart: str) -> Problems:
    """The wording leaves open whether it will happen.

    Bad:
        | SMART omschrijving                                                           |
        | Uiterlijk 30-6-2026 kan het wijkbeeld worden gedeeld met de gemeente.        | <- SMART omschrijving
        | Uiterlijk 30-6-2026 werken 5 teams zo veel mogelijk digitaal.                | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                           |
        | Op 30-6-2026 hebben 5 teams cijfers die zij met elkaar kunnen vergelijken.   |
        | Op 30-6-2026 is bekend welke 40 inwoners in aanmerking komen.                |
        | Op 30-6-2026 hebben 5 teams de mogelijkheid om digitaal te verwijzen.        |
    """
    if found := modality.noncommittal(smart):
        yield Problem("smart", typed=list(dict.fromkeys(found)))


@check("S105", per=Plan)
def vague_term(plan: Plan, *, terms: tuple[str, ...]) -> Problems:
    """A term that people read differently, and that the plan defines nowhere. Found where it is used first.

    Bad:
        | SMART omschrijving                                                     |
        | Uiterlijk 30-6-2026 hebben 40 kwetsbare ouderen een zorgplan.          | <- SMART omschrijving
        | Uiterlijk 31-12-2026 hebben 80 kwetsbare ouderen een zorgplan.         |
    Good:
        | SMART omschrijving                                                     |
        | Uiterlijk 30-6-2026 hebben 40 kwetsbare ouderen een zorgplan.          |
        | Onder kwetsbare ouderen verstaan wij op 31-12-2026: 80 jaar en ouder.  |
    """
    seen: set[str] = set()
    for row in plan.payments:
        for field in (row.smart, row.evidence):
            if field.value and (found := vague_terms(field.value, terms)) and field.cell:
                used = {" ".join(typed.casefold().split()): typed for typed in found}
                new = [typed for term, typed in used.items() if term not in seen and not _defined(term, plan)]
                seen.update(used)
                if new:
                    yield Problem(field, on=row, terms=new)


@check("S111", per=Payment)
def deadline_not_in_text(smart: str) -> Problems:
    """The text names no date or period at all.

    Bad:
        | SMART omschrijving                                                    |
        | Het zelfzorgplatform is gebouwd en door alle teams in gebruik.        | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                    |
        | Eind 2026 is het zelfzorgplatform door alle teams in gebruik.         |
        | Binnen 6 maanden is het zelfzorgplatform door alle teams in gebruik.  |
    """
    if not (has_date(smart) or open_items(smart) or only_placeholders(smart)):
        yield Problem("smart")


@check("S112", per=Payment)
def evidence_too_thin(evidence: str, *, min_words: int) -> Problems:
    """One or two words do not say what will be handed in.

    Bad:
        | Bewijsvoering                  |
        | Notitie                        | <- Bewijsvoering
        | Ondertekende notitie           | <- Bewijsvoering
    Good:
        | Bewijsvoering                  |
        | Ondertekende notitie governance |
    """
    if not has_words(evidence, min_words) and not unfinished(evidence):
        yield Problem("evidence", words=word_count(evidence), typed=evidence)


@check("S113", per=Payment)
def work_described(smart: str, *, min_bullets: int) -> Problems:
    """The bullets say what will be done, not what is there in the end.

    Bad:
        | SMART omschrijving                                                          |
        | Uiterlijk 30-6-2026: • opstellen van een rooster • werven van artsen        | <- SMART omschrijving
    Good:
        | SMART omschrijving                                                          |
        | Uiterlijk 30-6-2026: • opstellen van een rooster • twee artsen zijn geworven |
        | Op 30-6-2026 is klaar: • het rooster van 5 teams • de lijst met twee artsen  |
    """
    if len(found := work_bullets(smart)) >= min_bullets:
        yield Problem("smart", bullets=found)


def _defined(term: str, plan: Plan) -> bool:
    explained = texts_of(plan.payments, _EXPLAINED)
    return any(defines(piece.text, term) for piece in chain(explained, plan.unrecognised))
