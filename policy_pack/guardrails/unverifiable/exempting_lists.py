"""Lists of Microsoft Sentinel that name persons whom an alarm of the plan leaves out.

An alarm reads a list by `_GetWatchlist('<alias>')` and leaves out what is on it by an operator with `!`, by `not()` or
a join of the kind leftanti, or rightanti where the list is in front (Microsoft Sentinel, "Build queries or detection
rules with watchlists", and Kusto, "join operator", in copies of their pages, read 2026-12-02), or by one of the kind
leftouter and what stays empty. Programs that deploy are on such lists by the number of their identity, as in
`left_out_persons`.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Resource, leaves, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.log_transforms import reads_security
from .left_out_persons import QUERIES

_LISTS = {
    **dict.fromkeys(azure("securityinsights:Watchlist"), "rawContent"),
    **dict.fromkeys(azure("securityinsights:WatchlistItem"), "itemsKeyValue"),
}
_USED = lazy_regex(r"\b_GetWatchlist\s{0,9}\(\s{0,9}['\"]([^'\"]{1,100})['\"]", re.IGNORECASE)
_LEAVES_OUT = lazy_regex(
    r"!(?:in|has|contains|startswith|endswith)|\bnot\s{0,9}\(|\b(?:left|right)?anti(?:semi)?\b"
    r"|\bleftouter\b[^;]{0,400}?\bis(?:empty|null)\s{0,9}\(",
    re.IGNORECASE,
)
_MAIL = lazy_regex(r"(?<![\w.@-])[\w.+-]{1,64}@[a-z0-9-]{1,63}\.[a-z]", re.IGNORECASE)
_LONGEST = 100_000


def check_exempting_lists(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for a list with persons that an alarm on what people do leaves out."""
    path = _LISTS.get(resource.type)
    if path is None or str(resource.get("watchlistAlias")).lower() not in plan.by_key(_left_out):
        return
    if any(_MAIL.search(str(text)[:_LONGEST]) for _, _, text in leaves(resource.get(path))):
        yield failed(f"{path} has persons whom an alarm leaves out: leave out programs by their number", path)


def _left_out(resource: Resource) -> Iterator[str]:
    """Yields the aliases of the lists that an alarm leaves out."""
    pattern = QUERIES.get(resource.type)
    for _, query in walk(resource.props, pattern) if pattern else ():
        if isinstance(query, str) and reads_security(query) and _LEAVES_OUT.search(query[:_LONGEST]):
            yield from (name.lower() for name in _USED.findall(query[:_LONGEST]))
