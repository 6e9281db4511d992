"""Rules that show all costs of one unit as those of another.

A split charge leads the costs of one value of a category to other values (botocore 1.44.8, ce,
CostCategorySplitChargeRule, read 2026-11-30). What several share is split among several; the whole of a unit's costs
that goes to one other unit is none that is shared, unless its name says so.

The first rule that fits a cost decides (AWS Cost Management API Reference, "CostCategoryRule", read 2026-12-01). One
that fits all costs of a platform in the country, before rules for its units, leaves nothing for them.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_CATEGORIES = aws("costexplorer/CostCategory")
_SHARED = lazy_regex(
    r"shared|common|platform|central|core|infra|network|secur|overhead|support|tax|discount|fee|log|monitor|audit|tool"
    r"|untagged|unallocated|uncategori[sz]ed|other|legacy|former|old|\bit\b|^$",
    re.IGNORECASE,
)
"""Words in the name of what several use, or of what is no unit any more; decided here."""


def check_cost_splits(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule that leads the costs of a unit to one other unit, and for each that takes all."""
    if resource.type in _CATEGORIES:
        yield from _check_order(one_or_many(resource.get("rules")))
    rules = one_or_many(resource.get("splitChargeRules")) if resource.type in _CATEGORIES else []
    for index, rule in enumerate(rules):
        if not isinstance(rule, dict):
            continue
        source, targets = rule.get("source"), rule.get("targets")
        is_one = isinstance(targets, list) and len({str(item) for item in targets}) == 1
        if is_one and isinstance(source, str) and not _SHARED.search(source):
            path = f"splitChargeRules[{index}]"
            yield failed(f"{path} shows all costs of {source} as those of one other unit", path)


_EVERYWHERE = {
    "REGION": r"me-central-1", "RECORD_TYPE": r"Usage", "LINKED_ACCOUNT_NAME": r"", "LINKED_ACCOUNT": r"",
    "SERVICE_CODE": r"(?:Amazon|AWS)?", "USAGE_TYPE": r"",
}  # fmt: skip
"""Dimension -> the values, or beginnings of values, that all costs of a platform in the country have; an empty text is
in every value (dimensions: the same page)."""
_OF_PART = ("CONTAINS", "STARTS_WITH", "ENDS_WITH")
"""Options by which a part of a value is enough."""


def _check_order(rules: list[Plain]) -> Iterator[Outcome]:
    """Yields a failure for each rule that fits every cost, before one that reads something else."""
    read = [rule.get("rule") if isinstance(rule, dict) else None for rule in rules]
    for index, expression in enumerate(read[:-1]):
        dimension = _takes_all(expression)
        if dimension and any(dimension not in _dimensions(later) for later in read[index + 1 :]):
            yield failed(f"rules[{index}] fits all costs, so that no later rule is asked", f"rules[{index}]")


def _takes_all(expression: Plain) -> str:
    """Returns the dimension by which an expression fits every cost; empty if it does not."""
    if not isinstance(expression, dict):
        return ""
    for part in one_or_many(expression.get("ors")):
        if found := _takes_all(part):
            return found
    dimension = expression.get("dimension")
    if not isinstance(dimension, dict):
        return ""
    name, options = str(dimension.get("key")), [str(item) for item in one_or_many(dimension.get("matchOptions"))]
    pattern, values = _EVERYWHERE.get(name), [str(item) for item in one_or_many(dimension.get("values"))]
    is_of_part = any(option in _OF_PART for option in options)
    fits = pattern is not None and any(
        re.fullmatch(pattern, value) is not None and (value != "" or is_of_part) for value in values
    )
    return name if fits and "ABSENT" not in options else ""


def _dimensions(expression: Plain) -> frozenset[str]:
    """Returns the dimensions that an expression reads."""
    return frozenset(str(value) for path, key, value in leaves(expression) if key == "key" and "dimension" in path)
