"""Rulesets: policy as data. A rule is a check that somebody demands, with severity, thresholds and source."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kpicheck import threshold
from kpicheck.finding import Severity, Source
from kpicheck.model import Suppression
from kpicheck.registry import Check, checks
from kpicheck.resources import load_toml, rules_folder
from kpicheck.threshold import Threshold
from kpicheck.usage import UsageError, nearest

_RULE_KEYS = {"check", "severity", "source", "enabled"}
_TOP_KEYS = {"name", "title", "extends", "rules", "manual"}


class Rule(NamedTuple):
    """A check that somebody demands. `key` is its own name where two rules share a check.

    `agreed` is the reason why its thresholds differ for this plan, where that was agreed with an insurer.
    """

    key: str
    check: Check
    severity: Severity
    source: Source
    thresholds: Mapping[str, Threshold]
    agreed: str = ""
    enabled: bool = True

    @property
    def code(self) -> str:
        """The public code of the rule."""
        return self.check.code

    @property
    def limits(self) -> str:
        """The thresholds as text: max_share = 0.70."""
        shown = {
            name: ", ".join(value) if isinstance(value, tuple) else str(value)
            for name, value in self.thresholds.items()
        }
        return "; ".join(f"{name} = {value}" for name, value in shown.items())


class Manual(NamedTuple):
    """Something only a person can judge."""

    slug: str
    source: Source


@dataclass(frozen=True)
class Ruleset:
    """A named set of rules, in the order of their codes."""

    name: str
    title: str
    rules: tuple[Rule, ...]
    manual: tuple[Manual, ...]
    sha256: str

    @cached_property
    def about_plans(self) -> tuple[Rule, ...]:
        """The rules about what stands in a plan, in the order in which they judge: the severest first."""
        found = (rule for rule in self.rules if rule.check.per is not Suppression)
        return tuple(sorted(found, key=lambda one: (one.code, -one.severity.rank)))

    @cached_property
    def about_exceptions(self) -> tuple[Rule, ...]:
        """The rules about exceptions, which judge when it is known what became of each."""
        return tuple(rule for rule in self.rules if rule.check.per is Suppression)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules, each once."""
        return tuple(dict.fromkeys(rule.code for rule in self.rules))

    @cached_property
    def agreements(self) -> tuple[tuple[str, str, str], ...]:
        """The rules with agreed thresholds: code, thresholds, reason."""
        return tuple((rule.code, rule.limits, rule.agreed) for rule in self.rules if rule.agreed)

    def choose(self, select: Iterable[str], ignore: Iterable[str]) -> Ruleset:
        """The rules whose code or slug starts with a selected word and with no ignored one.

        Raises UsageError on a word that fits no rule, and where no rule about plans is left.
        """
        wanted, unwanted = list(select), list(ignore)
        for word in (*wanted, *unwanted):
            if not any(_fits(rule, word) for rule in self.rules):
                names = [one for rule in self.rules for one in (rule.code, rule.check.slug)]
                raise UsageError("unknown-rule", word=word, nearest=nearest(word, names))
        kept = tuple(
            rule
            for rule in self.rules
            if (not wanted or any(_fits(rule, word) for word in wanted))
            and not any(_fits(rule, word) for word in unwanted)
        )
        chosen = replace(self, rules=kept)
        if not chosen.about_plans:
            raise UsageError("no-rules", select=", ".join(wanted) or "–", ignore=", ".join(unwanted) or "–")
        return chosen

    def chosen_code(self, word: str) -> str | None:
        """The code of a rule named by code or slug; None where this ruleset does not have it."""
        for rule in self.rules:
            if word.upper() == rule.code or word.lower() == rule.check.slug:
                return rule.code
        return None

    def code_of(self, word: str) -> str:
        """The code of a rule named by code or slug. Raises UsageError on a word that fits no rule."""
        if code := self.chosen_code(word):
            return code
        known = [one for rule in self.rules for one in (rule.code, rule.check.slug)]
        raise UsageError("unknown-rule", word=word, nearest=nearest(word, known))

    def only(self, code: str) -> Ruleset:
        """The rules of one code; a rule about exceptions keeps the rules it is about."""
        about_rules = any(rule.code == code and rule.check.per is Suppression for rule in self.rules)
        return replace(self, rules=tuple(rule for rule in self.rules if about_rules or rule.code == code))

    def agreeing(self, key: str, thresholds: Mapping[str, object], reason: str, where: str) -> Ruleset:
        """The set with other thresholds for one rule. Raises UsageError on an unknown rule or threshold."""
        rule = next((one for one in self.rules if one.key.upper() == key.upper()), None)
        if rule is None:
            raise UsageError("unknown-rule", word=key, nearest=nearest(key, [one.key for one in self.rules]))
        for name in thresholds:
            if name not in rule.thresholds:
                hint = nearest(name, rule.thresholds)
                raise UsageError("unknown-key", key=name, where=f"{where}, {key}", nearest=hint)
        kinds = rule.check.thresholds
        changed = {
            name: threshold.read(value, name, kinds[name], f"{where}, {key}")
            for name, value in thresholds.items()
        }
        agreed = rule._replace(thresholds={**rule.thresholds, **changed}, agreed=reason)
        return replace(self, rules=tuple(agreed if one is rule else one for one in self.rules))


def together(rulesets: Sequence[Ruleset]) -> Ruleset:
    """What the plans of a run were judged by, where not all by the same: every rule and question once."""
    rulesets = list({id(one): one for one in rulesets}.values())
    digests = sorted({one.sha256 for one in rulesets})
    rules = {rule.key: rule for one in rulesets for rule in one.rules}
    return Ruleset(
        name=" + ".join(dict.fromkeys(one.name for one in rulesets)),
        title=" + ".join(dict.fromkeys(one.title for one in rulesets)),
        rules=tuple(rules[key] for key in sorted(rules)),
        manual=tuple({asked.slug: asked for one in rulesets for asked in one.manual}.values()),
        sha256=digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest(),
    )


def _fits(rule: Rule, word: str) -> bool:
    return rule.code.startswith(word.upper()) or rule.check.slug == word.lower()


def names() -> list[str]:
    """The rulesets that come with kpicheck."""
    return sorted(path.stem for path in rules_folder().glob("*.toml"))


def load(name: str, *, also_off: bool = False) -> Ruleset:
    """The ruleset of that name, or of that TOML file; `also_off` takes in the rules that are off.

    Raises UsageError where it cannot be used.
    """
    data = _merged(name, seen=())
    rules = tuple(
        _rule(key, entry, name)
        for key, entry in sorted(table(data.get("rules")).items())
        if _enabled(table(entry), f"{name}, {key}") or also_off
    )
    manual = tuple(
        Manual(slug, _source(table(entry).get("source"), slug, name))
        for slug, entry in table(data.get("manual")).items()
    )
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Ruleset(str(data.get("name", name)), str(data.get("title", "")), rules, manual, digest)


def _merged(name: str, seen: tuple[str, ...]) -> dict[str, object]:
    if name in seen:
        raise UsageError("ruleset-loop", name=name)
    path = _path(name)
    try:
        data = load_toml(path)
    except (ValueError, OSError) as error:
        detail = re.sub(r"\s+", " ", str(error))
        raise UsageError("ruleset-broken", name=name, detail=detail) from error
    for key in data:
        if key not in _TOP_KEYS:
            raise UsageError("unknown-key", key=key, where=name, nearest=nearest(key, _TOP_KEYS))
    if "extends" not in data:
        return data
    parent = str(data["extends"])
    base = _merged(parent if parent in names() else str(path.parent / parent), (*seen, name))
    for part in ("rules", "manual"):
        merged = dict(table(base.get(part)))
        for key, entry in table(data.get(part)).items():
            merged[key] = {**table(merged.get(key)), **table(entry)}
        base[part] = merged
    return {**base, **{key: value for key, value in data.items() if key not in ("rules", "manual")}}


def _path(name: str) -> Path:
    if name in names():
        return rules_folder() / f"{name}.toml"
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path
    raise UsageError("unknown-ruleset", name=name, known=", ".join(names()), nearest=nearest(name, names()))


def _rule(key: str, entry: object, where: str) -> Rule:
    demand = table(entry)
    code = str(demand.get("check", key))
    if code not in checks():
        raise UsageError("unknown-key", key=code, where=where, nearest=nearest(code, checks()))
    found = checks()[code]
    known = (*_RULE_KEYS, *found.thresholds)
    for name in demand:
        if name not in known:
            raise UsageError("unknown-key", key=name, where=f"{where}, {key}", nearest=nearest(name, known))
    thresholds = {
        name: threshold.read(demand.get(name), name, kind, f"{where}, {key}")
        for name, kind in found.thresholds.items()
    }
    try:
        severity = Severity(str(demand.get("severity")))
    except ValueError:
        raise UsageError("bad-severity", where=f"{where}, {key}") from None
    source = _source(demand.get("source"), key, where)
    return Rule(key, found, severity, source, thresholds, enabled=_enabled(demand, f"{where}, {key}"))


def _enabled(demand: dict[str, object], where: str) -> bool:
    found = demand.get("enabled", True)
    if not isinstance(found, bool):
        raise UsageError("bad-value", key="enabled", where=where)
    return found


def _source(entry: object, key: str, where: str) -> Source:
    cited = table(entry)
    if not all(isinstance(cited.get(name), str) and cited[name] for name in ("doc", "at", "quote")):
        raise UsageError("bad-source", where=f"{where}, {key}")
    return Source(str(cited["doc"]), str(cited["at"]), str(cited["quote"]))


def table(value: object) -> dict[str, object]:
    """A TOML table, empty where there is none."""
    return {str(key): one for key, one in value.items()} if isinstance(value, dict) else {}
