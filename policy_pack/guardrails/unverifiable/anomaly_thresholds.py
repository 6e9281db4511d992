"""Subscriptions to odd costs that tell only of a growth that none reaches.

A threshold is a sum or a share of what was expected: botocore 1.44.8, ce, AnomalySubscription.ThresholdExpression
(ANOMALY_TOTAL_IMPACT_ABSOLUTE and ANOMALY_TOTAL_IMPACT_PERCENTAGE, read 2026-12-01). Rows of the table of switches
have the sums. The limit is judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, items_of, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_SUBSCRIPTIONS = aws("costexplorer/AnomalySubscription")
_SHARE = "ANOMALY_TOTAL_IMPACT_PERCENTAGE"
_MOST = 1_000
"""Percent of what was expected: eleven times the costs."""


def check_anomaly_thresholds(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each share that is very large, unless another threshold is enough."""
    expression = resource.get("thresholdExpression") if resource.type in _SUBSCRIPTIONS else None
    for path, dimension in _dimensions(expression, "thresholdExpression"):
        shares = [number_of(value) or 0 for value in one_or_many(dimension.get("values"))]
        if dimension.get("key") == _SHARE and max(shares, default=0) > _MOST:
            yield failed(f"{path} tells of odd costs from {max(shares):,.0f} percent on, more than {_MOST:,}", path)


def _dimensions(expression: Plain, path: str) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the conditions that must all be met."""
    if not isinstance(expression, dict):
        return
    dimension = expression.get("dimension")
    if isinstance(dimension, dict):
        yield f"{path}.dimension", dimension
    for index, item in enumerate(items_of(expression.get("ands"))):
        yield from _dimensions(item, f"{path}.ands[{index}]")
