"""Rewrites of a load balancer by which a path without sign-in leads to one that asks for it.

A rewrite changes what the targets get, not which rule is chosen: the rule of the path that the caller asks for decides
whether he signs in (Elastic Load Balancing, "Transforms for listener rules", read 2026-12-02). The replacement may have
`$1` and the like for what the groups of the expression found, which the caller writes; `*` of a condition is any text
and `?` one character ("Condition types for listener rules", as known).
"""

import re
from collections.abc import Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, each_item, walk
from ..engine.verdicts import Outcome, failed

_REPLACEMENTS = "transforms[*].urlRewriteConfig?.rewrite?.replace?"
_PATHS = "conditions[*].pathPattern?.values?"
_GROUP = lazy_regex(r"\$\{?\w{1,20}\}?")
_WILD = lazy_regex(r"[*?]")


def check_rewrites(resource: Resource, guarded: Sequence[Resource]) -> Iterator[Outcome]:
    """Yields a failure for each rewrite of a rule without sign-in whose result a rule that signs in is for. `guarded`:
    the rules with sign-in that lead to the same targets."""
    paths = [path for rule in guarded for _, path in each_item(walk(rule.props, _PATHS)) if isinstance(path, str)]
    for place, text in walk(resource.props, _REPLACEMENTS):
        found = next((path for path in paths if isinstance(text, str) and may_meet(text, path)), "")
        if found:
            yield failed(f"{place} leads callers without sign-in to {found}, which another rule asks for it", place)


def may_meet(replacement: str, pattern: str) -> bool:
    """Returns whether the result of a replacement may meet a pattern of paths, by what both begin with."""
    start = re.split(_GROUP.pattern, replacement.partition("?")[0], maxsplit=1)[0]
    is_open = _GROUP.search(replacement) is not None
    fixed = re.split(_WILD.pattern, pattern, maxsplit=1)[0]
    if not is_open:
        return start.startswith(fixed) if fixed != pattern else start == pattern
    return start.startswith(fixed) or fixed.startswith(start)
