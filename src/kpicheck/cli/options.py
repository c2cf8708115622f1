"""What several commands share: repeatable options, language, words for wrong usage."""

from __future__ import annotations

import os

from kpicheck import texts
from kpicheck.usage import UsageError


def environment(name: str, *, isolated: bool) -> str | None:
    """A KPICHECK_* variable, unless the run is isolated."""
    return None if isolated else os.environ.get(f"KPICHECK_{name}") or None


def words(given: list[str] | None) -> tuple[str, ...]:
    """The words of a repeatable option, which may also be split by commas."""
    return tuple(word.strip() for one in given or [] for word in one.split(",") if word.strip())


def language(option: str | None, *, isolated: bool, configured: str | None = None) -> str:
    """The language of the texts: --lang, KPICHECK_LANG, the settings file, else Dutch; never the locale."""
    wanted = option or environment("LANG", isolated=isolated) or configured or "nl"
    if wanted not in texts.LANGUAGES:
        raise UsageError("unknown-language", word=wanted, known=", ".join(texts.LANGUAGES))
    return wanted


def language_of(arguments: list[str]) -> str:
    """The language for a sentence about the arguments themselves."""
    for index, word in enumerate(arguments):
        for found in (word.removeprefix("--lang="), *arguments[index + 1 : index + 2]):
            if word.startswith("--lang") and found in texts.LANGUAGES:
                return found
    isolated = "--isolated" in arguments
    wanted = environment("LANG", isolated=isolated)
    return wanted if wanted in texts.LANGUAGES else "nl"


def usage_sentence(error: UsageError, spoken: str) -> str:
    """What was wrong with the call or the configuration, in one sentence."""
    sentence = texts.nested("usage", error.code, "message", spoken, error.facts)
    nearest = error.facts.get("nearest")
    hint = texts.nested("usage", "nearest", "message", spoken, {"nearest": nearest}) if nearest else ""
    return f"kpicheck: {sentence} {hint}".strip()
