"""Budgets must notify before the amount is spent."""

from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack

PACK = Pack()


def _resource_rules(token: str, props: dict[str, Any], *rules: str) -> set[str]:
    return {item.rule for item in PACK.evaluate_resource(Given(token, props)) if item.rule in rules}


RECIPIENTS = {"subscriberEmailAddresses": ["finops@example.ae"]}


AWS_BUDGET = "aws:budgets/budget:Budget"


@pytest.mark.parametrize(
    ("notifications", "expected"),
    [
        ([{"threshold": 80, "notificationType": "ACTUAL", **RECIPIENTS}], set()),
        ([{"threshold": 100, "notificationType": "ACTUAL", **RECIPIENTS}], {"FJ-COST-005"}),
        ([{"threshold": 100, "notificationType": "FORECASTED", **RECIPIENTS}], set()),
        ([{"threshold": 80, "notificationType": "ACTUAL"}, {"threshold": 100, **RECIPIENTS}], {"FJ-COST-005"}),
        ([{"threshold": "400", "thresholdType": "ABSOLUTE_VALUE", **RECIPIENTS}], set()),
        ([{"threshold": 500, "thresholdType": "ABSOLUTE_VALUE", **RECIPIENTS}], {"FJ-COST-005"}),
        ([{"threshold": UNKNOWN, **RECIPIENTS}], set()),
        ([], set()),
    ],
)
def test_a_budget_notifies_before_it_is_spent(notifications: list[dict[str, Any]], expected: set[str]) -> None:
    props = {"limitAmount": "500", "notifications": notifications}
    assert _resource_rules(AWS_BUDGET, props, "FJ-COST-005") == expected
