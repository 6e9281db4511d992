"""Pod disruption budgets that block every eviction."""

from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack

PACK = Pack()


BUDGET = "kubernetes:policy/v1:PodDisruptionBudget"


def _resource_rules(token: str, props: dict[str, Any], *rules: str) -> set[str]:
    return {item.rule for item in PACK.evaluate_resource(Given(token, props)) if item.rule in rules}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"maxUnavailable": 0}, {"FJ-COST-303"}),
        ({"maxUnavailable": "0%"}, {"FJ-COST-303"}),
        ({"minAvailable": "100%"}, {"FJ-COST-303"}),
        ({"maxUnavailable": 1}, set()),
        ({"minAvailable": 1}, set()),
        ({"minAvailable": UNKNOWN}, set()),
        ({}, set()),
    ],
)
def test_a_disruption_budget_allows_an_eviction(spec: dict[str, Any], expected: set[str]) -> None:
    for token in (BUDGET, BUDGET.replace("/v1:", "/v1beta1:")):
        assert _resource_rules(token, {"metadata": {"name": "api"}, "spec": spec}, "FJ-COST-303") == expected
