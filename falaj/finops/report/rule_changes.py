"""What a change does to the rules that judge it: settings, exemptions, reviews, levels and code, and verdicts that
differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from falaj.finops.report.formatting import counted
from falaj.finops.report.guardrails import Guardrails

RULE = "FJ-PACK-002"
"""ID of the finding that a change alters the rules that judge it."""
WEAKER, STRICTER, UNCLEAR = "weaker", "stricter", "read it"
"""Effects of a change; which way a list or a file of rules works, only a reader can say."""
_RANKS = {"": 0, "disabled": 1, "advisory": 2, "mandatory": 3}
"""Enforcement level -> how much it enforces; empty: the rule does not exist."""
MAX_NAMED = 5
"""Maximum rules that one row names."""
MAX_CHARACTERS = 80
"""Maximum length of a value that a row shows."""


@dataclass(frozen=True)
class RuleSet:
    """The rules of a commit: level by rule in the judged stack, and the content of its settings files."""

    levels: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    exemptions: tuple[Mapping[str, Any], ...] = ()
    reviews: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class RuleChange:
    """One change: its effect, its kind (level, setting, exemption, review, verdict, file), where it is, and both
    values."""

    effect: str
    kind: str
    where: str
    before: str
    after: str


@dataclass(frozen=True)
class RuleChanges:
    """All changes of the rules, weaker ones first. `base` names the commit whose rules judged the change."""

    base: str
    changes: tuple[RuleChange, ...]

    def evidence(self, stack: str) -> dict[str, Any]:
        """Returns the finding that the rules change, as a line of an evidence file."""
        weaker = sum(change.effect == WEAKER for change in self.changes)
        sentence = (
            f"this change alters the rules that evaluate it ({counted(len(self.changes), 'change')}, {weaker} weaker); "
            f"the rules of {self.base} evaluated it. Fix: let an owner of the rules approve it, whom CODEOWNERS names"
        )
        return {
            "rule": RULE,
            "concern": "escape",
            "severity": "high",
            "controls": [],
            "urn": f"urn:pulumi:{stack}::rules::falaj:policy:Pack::policy_pack",
            "path": "",
            "says": sentence,
            "verdict": "fail",
            "level": "advisory",
        }


def rule_changes(base: str, before: RuleSet, after: RuleSet, files: Iterable[str]) -> RuleChanges:
    """Returns how the rules of a change differ from those of its base. `files` are the files that differ."""
    found = [*_levels(before.levels, after.levels), *_settings(before.settings, after.settings)]
    found += _entries("exemption", _EXEMPTION, before.exemptions, after.exemptions)
    found += _entries("review", _REVIEW, before.reviews, after.reviews)
    found += [RuleChange(UNCLEAR, "file", file, "", "differs") for file in files]
    return RuleChanges(base, _sorted(found))


def with_verdicts(changes: RuleChanges, by_base: Guardrails, by_change: Guardrails) -> RuleChanges:
    """Adds the refusals of either judgement that the other does not have."""
    before, after = _refusals(by_base), _refusals(by_change)
    found = [RuleChange(WEAKER, "verdict", name, "refused", "not refused") for name in before if name not in after]
    found += [RuleChange(STRICTER, "verdict", name, "not refused", "refused") for name in after if name not in before]
    return RuleChanges(changes.base, _sorted([*changes.changes, *found]))


def _sorted(changes: list[RuleChange]) -> tuple[RuleChange, ...]:
    return tuple(sorted(changes, key=lambda change: (WEAKER, UNCLEAR, STRICTER).index(change.effect)))


def _refusals(guardrails: Guardrails) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{found.rule} {found.name}" for found in guardrails.findings if found.refuses))


def _levels(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[RuleChange]:
    """Yields one change for all rules that go from one level to another."""
    rules: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rule in sorted(before.keys() | after.keys()):
        levels = before.get(rule, ""), after.get(rule, "")
        if levels[0] != levels[1]:
            rules[levels].append(rule)
    for (old, new), names in rules.items():
        effect = WEAKER if _RANKS[new] < _RANKS[old] else STRICTER
        rest = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
        yield RuleChange(effect, "level", ", ".join(names[:MAX_NAMED]) + rest, old or "no rule", new or "no rule")


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[RuleChange]:
    old, new = dict(_leaves("", before)), dict(_leaves("", after))
    for path in dict.fromkeys((*old, *new)):
        if old.get(path) != new.get(path):
            yield RuleChange(UNCLEAR, "setting", path, old.get(path, "not set"), new.get(path, "not set"))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yields path and value of every leaf. An item of a list is a path of its own, since its place has no meaning."""
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), item)
    elif isinstance(value, list) and value:
        for item in value:
            yield f"{path}: {_shown(item)}", "listed"
    else:
        yield path, _shown(value)


_EXEMPTION = ("rule", "urn", "expires", "ticket", "approved_by", "reason", "owner", "created")
_REVIEW = ("where", "reviewed_by", "reason", "date", "digest")
"""Fields of an entry, in the order in which a row shows them."""


def _entries(
    kind: str, fields: Iterable[str], before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> Iterator[RuleChange]:
    """Yields the entries by which a rule lets something pass, that only one side has."""
    shown = tuple(fields)
    old, new = ({_entry(item, shown): None for item in items} for items in (before, after))
    yield from (RuleChange(WEAKER, kind, item, "not listed", "listed") for item in new if item not in old)
    yield from (RuleChange(STRICTER, kind, item, "listed", "not listed") for item in old if item not in new)


def _entry(item: Mapping[str, Any], fields: Iterable[str]) -> str:
    return _shown(" ".join(str(item[key]) for key in fields if key in item), 3 * MAX_CHARACTERS)


def _shown(value: Any, length: int = MAX_CHARACTERS) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= length else f"{text[: length - 3]}..."
