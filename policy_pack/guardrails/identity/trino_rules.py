"""Rules of Trino by which each user acts in the name of every other, or stops the workers.

The rules of one list are read in their order, and the first that matches decides; a rule without `original_user` or
`original_role` is for everybody, and `new_user` must be there (trinodb/trino pull request 10908, docs/src/main/sphinx/
security/file-system-access-control.rst; user-impersonation.json at 4f19db6 has `allow` where it forbids; read
2026-11-29). `allow` is true unless it is set, `originalUser` and `newUser` are read as well, and Trino does not start
with a field that it does not know, such as `original_group`, which is of `authorization` only (trinodb/trino 2a95490
ImpersonationRule.java, 029c93b JsonUtils.java; read 2026-11-30). Principal rules say which user a caller is, and system
information rules who stops workers (0a40d1c docs/src/main/sphinx/security/file-system-access-control.md; read
2026-11-30). A rule that forbids everything to everybody leaves nothing to those behind it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_ITEM = lazy_regex(
    r"(?P<list>.*(?P<kind>impersonation|(?<![a-z])principals|system_information))\[(?P<index>\d{1,4})\]"
    r"\.(?P<key>original_?user|original_role|new_?user|user|role|principal|principal_to_user|allow)(?:\[\d{1,2}\])?",
    re.DOTALL | re.IGNORECASE,
)
_EVERYBODY = lazy_regex(
    r"(?:\(\?[a-z]{1,5}\))?\^?\(*(?:(?:\.|\\[Sw]|\[\\[sSwW]\\[sSwW]\])(?:[*+]|\{[01],\})[?+]?){1,4}\)*\$?",
    re.IGNORECASE,
)
"""An expression, or an alternative of one, that each name matches."""
_ALLOWED = "allow"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of list of rules: what a rule must state, which of its fields say for whom it is, and the harm."""

    needed: frozenset[str]
    """Fields without which a rule is not of this kind, or is for nobody."""
    patterns: frozenset[str]
    """Fields with expressions; one that is absent is for everybody."""
    grants: re.Pattern[str]
    """Values of `allow` that grant it."""
    harm: str
    """What everybody does."""
    is_granted: bool = False
    """Whether a rule without `allow` grants it."""


_NAMES, _YES = "each user acts in the name of every other", lazy_regex("(?!false).*", re.DOTALL)
_KINDS: Mapping[str, _Kind] = {
    "impersonation": _Kind(
        frozenset({"newuser"}), frozenset({"originaluser", "originalrole", "newuser"}), _YES, _NAMES, is_granted=True
    ),
    "principals": _Kind(frozenset({"principal", "user"}), frozenset({"principal", "user"}), _YES, _NAMES),
    "system_information": _Kind(
        frozenset({_ALLOWED}), frozenset({"user", "role"}), lazy_regex("write"), "each user stops the workers"
    ),
}


def _is_for_everybody(kind: _Kind, rule: Mapping[str, list[Leaf]]) -> bool:
    """Returns whether a rule is for each user, and in the name of each."""
    texts = [str(leaf.value).strip() for key in kind.patterns for leaf in rule.get(key, ())]
    return kind.needed <= rule.keys() and all(any(map(_EVERYBODY.fullmatch, text.split("|"))) for text in texts)


def _grants(kind: _Kind, rule: Mapping[str, list[Leaf]]) -> bool:
    values = [str(leaf.value).strip().lower() for leaf in rule.get(_ALLOWED, ())]
    return any(map(kind.grants.fullmatch, values)) if values else kind.is_granted


def check_trino_rules(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each list of rules by which each user acts in the name of every other, or stops workers."""
    lists: dict[tuple[str, str], dict[int, dict[str, list[Leaf]]]] = {}
    for leaf in leaves:
        has_rules = any(f"{kind}[" in leaf.path for kind in _KINDS)
        if has_rules and (item := _ITEM.fullmatch(leaf.path)):
            rules = lists.setdefault((item["list"], item["kind"].lower()), {})
            rule = rules.setdefault(int(item["index"]), {})
            rule.setdefault(item["key"].lower().replace("_", ""), []).append(leaf)
    for (_, name), rules in lists.items():
        kind = _KINDS[name]
        first = next((rule for _, rule in sorted(rules.items()) if _is_for_everybody(kind, rule)), None)
        if first is not None and _grants(kind, first):
            place = min(leaf.path for found in first.values() for leaf in found)
            yield failed(f"{place}: {kind.harm}", place)
