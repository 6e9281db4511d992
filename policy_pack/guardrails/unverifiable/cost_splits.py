"""Rules that show all costs of one unit as those of another.

A split charge leads the costs of one value of a category to other values (botocore 1.44.8, ce,
CostCategorySplitChargeRule, read 2026-11-30). What several share is split among several; the whole of a unit's costs
that goes to one other unit is none that is shared, unless its name says so.
"""

import re
from collections.abc import Iterator

from ..engine.reading import Resource, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_CATEGORIES = aws("costexplorer/CostCategory")
_SHARED = re.compile(
    r"shared|common|platform|central|core|infra|network|secur|overhead|support|tax|discount|fee|log|monitor|audit|tool"
    r"|untagged|unallocated|uncategori[sz]ed|other|legacy|former|old|\bit\b|^$",
    re.IGNORECASE,
)
"""Words in the name of what several use, or of what is no unit any more; decided here."""


def check_cost_splits(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule that leads the costs of a unit to one other unit."""
    rules = one_or_many(resource.get("splitChargeRules")) if resource.type in _CATEGORIES else []
    for index, rule in enumerate(rules):
        if not isinstance(rule, dict):
            continue
        source, targets = rule.get("source"), rule.get("targets")
        is_one = isinstance(targets, list) and len({str(item) for item in targets}) == 1
        if is_one and isinstance(source, str) and not _SHARED.search(source):
            path = f"splitChargeRules[{index}]"
            yield failed(f"{path} shows all costs of {source} as those of one other unit", path)
