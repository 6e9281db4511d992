"""Rewrites of a load balancer by which a path without sign-in leads to one that asks for it.

A rewrite changes what the targets get, not which rule is chosen: the rule of the path that the caller asks for decides
whether he signs in (Elastic Load Balancing, "Transforms for listener rules", read 2026-12-02). The replacement may have
`$1` and the like for what the groups of the expression found, which the caller writes; `*` of a condition is any text
and `?` one character (AWS CloudFormation, ListenerRule, PathPatternConfig and HostHeaderConfig, read 2026-12-02).
"""

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, each_item, walk
from ..engine.verdicts import Outcome, failed

_REWRITES = (
    ("transforms[*].urlRewriteConfig?.rewrite?.replace?", "pathPattern"),
    ("transforms[*].hostHeaderRewriteConfig?.rewrite?.replace?", "hostHeader"),
)
"""Path of a replacement, and the condition of what it replaces."""
_GROUP = lazy_regex(r"\$\{?\w{1,20}\}?")
_WILD = lazy_regex(r"[*?]")
_SPECIAL = lazy_regex(r"[][\\^$.|?*+(){}]")


def check_rewrites(resource: Resource, guarded: Sequence[Resource], *, is_default_guarded: bool) -> Iterator[Outcome]:
    """Yields a failure for each rewrite of a rule without sign-in whose result a rule that signs in is for. `guarded`:
    the rules with sign-in that lead to the same targets; `is_default_guarded`: whether whatever has no rule signs in
    and leads there."""
    for replacement, condition in _REWRITES:
        patterns = [pattern for rule in guarded for pattern in _patterns(rule, condition)]
        for place, text in walk(resource.props, replacement):
            if not isinstance(text, str):
                continue
            found = next((pattern for pattern in patterns if may_meet(text, pattern)), "")
            if found:
                yield failed(f"{place} leads callers without sign-in to {found}, for which another rule has it", place)
            elif is_default_guarded and condition == "pathPattern" and _leads_anywhere(text):
                yield failed(f"{place} leads callers without sign-in to whatever they ask for behind it", place)


def _patterns(rule: Resource, condition: str) -> Iterator[str]:
    """Yields what a rule is for, each as a pattern with wildcards."""
    for _, value in each_item(walk(rule.props, f"conditions[*].{condition}?.values?")):
        if isinstance(value, str):
            yield value
    for _, value in each_item(walk(rule.props, f"conditions[*].{condition}?.regexValues?")):
        if isinstance(value, str):
            yield f"{re.split(_SPECIAL.pattern, value.removeprefix('^'), maxsplit=1)[0]}*"


def _leads_anywhere(replacement: str) -> bool:
    """Returns whether the caller writes the whole path that comes out."""
    match = _GROUP.search(replacement)
    return match is not None and replacement[: match.start()].strip("/") == ""


def may_meet(replacement: str, pattern: str) -> bool:
    """Returns whether the result of a replacement may meet a pattern, by what both begin and end with."""
    text = replacement.partition("?")[0]
    parts = re.split(_GROUP.pattern, text)
    if len(parts) == 1:
        return fnmatchcase(text, pattern)
    fixed = re.split(_WILD.pattern, pattern)
    begins = parts[0].startswith(fixed[0]) or fixed[0].startswith(parts[0])
    return begins and (parts[-1].endswith(fixed[-1]) or fixed[-1].endswith(parts[-1]))
