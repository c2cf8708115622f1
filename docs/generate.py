"""Write the generated parts of the documentation: blocks in the two READMEs, and the rule pages.

Run: python docs/generate.py [--check]. With --check nothing is written, stale files are named (exit code 1).
A block stands between the comments "generated: NAME" and "end"; what is between them is replaced.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from kpicheck import ruleset as rulesets
from kpicheck import texts
from kpicheck.cli.validate import validate
from kpicheck.report.formats import FORMATS
from kpicheck.report.register import register
from kpicheck.report.rule_page import rule_page
from kpicheck.resources import load_toml, rules_folder
from kpicheck.ruleset import Rule

ROOT = Path(__file__).resolve().parents[1]
READMES = {"README.md": "en", "README.nl.md": "nl"}
PAGES = "docs/rules"
COVERAGE = "docs/coverage.md"
LEFT_OUT = "[…]"

_BLOCK = re.compile(r"(?<=<!-- generated: )([\w-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_CODE_CELL = re.compile(r"^\| ([A-Z]\d+) \|", re.MULTILINE)
_TERMINAL = ("KPICHECK_", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_")
_INDEX = {
    "nl": "# Regels\n\nElke regel die kpicheck controleert, met uitleg, bron en voorbeelden.\n\n",
    "en": "# Rules\n\nEvery rule that kpicheck checks, explained with its source and examples.\n\n",
}


def regional_run(root: Path, language: str) -> str:
    """A few findings on a real plan, what could not be checked, and the exit code."""
    call = f"kpicheck validate --lang {language} samples/midden-limburg-west.xlsx"
    code, report = _run(call, root)
    shown = _shortened(report, "E101", "D102", "F107", _heading("not_checked", language))
    return f"```console\n$ {call}\n{shown}$ echo $?\n{code}\n```\n"


def faulty_run(root: Path, _language: str) -> str:
    """The verdict and a few findings on an invented plan, as seen in PowerShell."""
    call = "kpicheck validate fouten-per-familie.xlsx"
    _, report = _run(call, root / "samples")
    shown = _shortened(report, "E101", "K102", "S101", "A201")
    return f"```text\nPS> {call}\n{shown}```\n"


def diff_run(root: Path, language: str) -> str:
    """Two versions of the invented plan: what changed, the plan in short, and the exit code."""
    call = f"kpicheck diff --lang {language} samples/goed-plan.xlsx samples/fouten-per-familie.xlsx"
    code, report = _run(call, root)
    words = (texts.text("differences", f"heading_{one}", language) for one in ("changed", "short"))
    return f"```console\n$ {call}\n{_shortened(report, *words)}$ echo $?\n{code}\n```\n"


def whatif_run(root: Path, language: str) -> str:
    """A real plan as it would be with another date and money moved to a result."""
    asked = "--set 2.5.date=31-12-2027 --move 84000:1.1:2.6"
    call = f"kpicheck whatif midden-limburg-west.xlsx {asked}"
    _, report = _run(f"{call} --lang {language}", root / "samples")
    words = (texts.text("differences", f"heading_{one}", language) for one in ("changed", "short"))
    return f"```text\nPS> {call}\n{_shortened(report, *words)}```\n"


def repairs_run(root: Path, language: str) -> str:
    """What can be repaired in an invented plan, what not, and the exit code."""
    call = f"kpicheck fix --lang {language} samples/slordig-plan.xlsx"
    code, report = _run(call, root)
    opening, table, *_, left, closing = report.strip("\n").split("\n\n")
    shown = f"{opening}\n\n{table}\n\n{LEFT_OUT}\n\n{left}\n\n{closing}"
    return f"```console\n$ {call}\n{shown}\n$ echo $?\n{code}\n```\n"


def rules(_root: Path, language: str) -> str:
    """The register as `kpicheck rules --output md` prints it, each code a link to its page."""
    return _linked(language, f"{PAGES}/{language}/")


def manual(_root: Path, language: str) -> str:
    """What only a person can judge."""
    return "".join(f"- {texts.text('manual', one.slug, language)}\n" for one in _ruleset().manual)


def options(_root: Path, _language: str) -> str:
    """The options of `kpicheck validate` with the words of its help."""
    hints = typing.get_type_hints(validate, include_extras=True)
    described = {
        _spelled(name, hint.__metadata__[0]): hint.__metadata__[0].help
        for name, hint in hints.items()
        if name not in ("paths", "return")
    }
    lines = [f"| `{option}` | {text} |\n" for option, text in described.items()]
    return "".join(["| option | meaning |\n", "| --- | --- |\n", *lines])


def _spelled(name: str, option: typing.Any) -> str:  # noqa: ANN401 - typer has no name for it
    """The option as it is typed: typer keeps a spelling of its own where a default would stand."""
    own = [
        one for one in (option.default, *option.param_decls) if isinstance(one, str) and one.startswith("--")
    ]
    return own[0] if own else f"--{name.replace('_', '-')}"


def formats(_root: Path, language: str) -> str:
    """What `--output` can write."""
    heading = texts.text("report", "column_format", language), texts.text("report", "column_what", language)
    lines = [heading, ("---", "---")]
    lines += [(f"`{name}`", texts.text("formats", name, language)) for name in FORMATS]
    return "".join(f"| {name} | {said} |\n" for name, said in lines)


BLOCKS: dict[str, Callable[[Path, str], str]] = {
    "regional-run": regional_run,
    "faulty-run": faulty_run,
    "diff-run": diff_run,
    "whatif-run": whatif_run,
    "repairs-run": repairs_run,
    "rules": rules,
    "manual": manual,
    "options": options,
    "formats": formats,
}


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Write what changed, or with --check name what is stale; a rule page without a rule is taken away."""
    wanted = {**dict(_readmes(root)), **dict(_pages(root)), root / COVERAGE: coverage()}
    stale = [path for path, text in wanted.items() if _text(path) != text]
    unwanted = [path for path in sorted((root / PAGES).rglob("*.md")) if path not in wanted]
    if "--check" in arguments:
        for path in (*stale, *unwanted):
            sys.stderr.write(f"{path.relative_to(root).as_posix()} is stale: run python docs/generate.py\n")
        return 1 if stale or unwanted else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    for path in unwanted:
        path.unlink()
    return 0


def _readmes(root: Path) -> Iterator[tuple[Path, str]]:
    for name, language in READMES.items():

        def block(found: re.Match[str], language: str = language) -> str:
            return f"{found[1]}{found[2]}{BLOCKS[found[1]](root, language)}"

        yield root / name, _BLOCK.sub(block, _text(root / name) or "")


def _pages(root: Path) -> Iterator[tuple[Path, str]]:
    for language, heading in _INDEX.items():
        folder = root / PAGES / language
        yield folder / "README.md", heading + _linked(language, "")
        for same in _by_code().values():
            yield folder / _page(same[0]), rule_page(same, language)


def coverage() -> str:
    """Every demand of the format and of the help document, with what kpicheck does about it (in Dutch)."""
    lines = [
        "# Wat het format vraagt, en wat kpicheck daarmee doet",
        "",
        "Elke eis van het officiële Mijlpaal format en van de checklist van Zorg en Zekerheid,",
        "in eigen woorden.",
        "Dit overzicht is gemaakt uit `rules/coverage/demands.toml`.",
    ]
    for document, demands in demands_by_document().items():
        title = document.replace("-", " ").capitalize()
        lines += [
            "",
            f"## {title}",
            "",
            "| plaats | eis | regels | zelf nagaan |",
            "| --- | --- | --- | --- |",
        ]
        for one in demands:
            codes = ", ".join(
                f"[{code}](rules/nl/{_page(_by_code()[code][0])})" for code in one.get("rules", ())
            )
            by_hand = [texts.text("manual", slug, "nl") for slug in one.get("manual", ())]
            by_hand += [str(one["why"])] if "why" in one else []
            lines.append(f"| {one['at']} | {one['asks']} | {codes or '–'} | {' '.join(by_hand) or '–'} |")
    return "\n".join([*lines, ""])


def demands_by_document() -> dict[str, list[dict[str, typing.Any]]]:
    """The demands as they stand in rules/coverage/demands.toml."""
    return typing.cast(
        "dict[str, list[dict[str, typing.Any]]]", load_toml(rules_folder() / "coverage" / "demands.toml")
    )


def _linked(language: str, folder: str) -> str:
    table = register(_ruleset(), "md", language)
    return _CODE_CELL.sub(lambda cell: f"| [{cell[1]}]({folder}{_page(_by_code()[cell[1]][0])}) |", table)


def _page(rule: Rule) -> str:
    return f"{rule.code}-{rule.check.slug}.md"


@cache
def _ruleset() -> rulesets.Ruleset:
    return rulesets.load("landelijk", also_off=True)


@cache
def _by_code() -> dict[str, list[Rule]]:
    """The rules by code: several may share a check."""
    return {code: list(same) for code, same in groupby(_ruleset().rules, key=lambda rule: rule.code)}


def _run(call: str, folder: Path) -> tuple[int, str]:
    """Run the command as its own process, without terminal: exit code, and stdout without trailing blanks."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_TERMINAL)}
    done = subprocess.run(  # noqa: S603 - the call is one of a few fixed texts of this script
        [sys.executable, "-m", *call.split()],
        cwd=folder,
        env={**environment, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def _heading(name: str, language: str) -> str:
    return texts.text("report", f"heading_{name}", language)


def _shortened(report: str, *keep: str) -> str:
    """The verdict, and the first paragraph under each rule or heading of `keep`; […] for what is left out."""
    paragraphs = re.split(r"\n{2,}", report.strip("\n"))
    kept = {0, *(_first_about(word, paragraphs) for word in keep)}
    shown: list[str] = []
    for inside, places in groupby(range(len(paragraphs)), key=kept.__contains__):
        shown += [paragraphs[place] for place in places] if inside else [LEFT_OUT]
    return "\n\n".join(shown) + "\n"


def _first_about(word: str, paragraphs: Sequence[str]) -> int:
    """The first paragraph with the word as its heading, or as the rule of its first finding."""
    headline = re.compile(rf"(^| ){re.escape(word)}( · |$)", re.MULTILINE)
    for place, paragraph in enumerate(paragraphs):
        if headline.search("\n".join(paragraph.split("\n", 2)[:2])):
            return place
    message = f"the report says nothing about {word}"
    raise ValueError(message)


def _text(path: Path) -> str | None:
    """The text of a file as it stands, line ends included; None where it is missing."""
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
