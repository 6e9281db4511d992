"""Budget notifications before the amount is spent."""

from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack

PACK = Pack()


def _alone(token: str, props: dict[str, Any], *rules: str) -> set[str]:
    return {item.rule for item in PACK.evaluate_resource(Given(token, props)) if item.rule in rules}


HEARD = {"subscriberEmailAddresses": ["finops@example.ae"]}


AWS_BUDGET = "aws:budgets/budget:Budget"


@pytest.mark.parametrize(
    ("alarms", "expected"),
    [
        ([{"threshold": 80, "notificationType": "ACTUAL", **HEARD}], set()),
        ([{"threshold": 100, "notificationType": "ACTUAL", **HEARD}], {"FJ-COST-005"}),
        ([{"threshold": 100, "notificationType": "FORECASTED", **HEARD}], set()),
        ([{"threshold": 80, "notificationType": "ACTUAL"}, {"threshold": 100, **HEARD}], {"FJ-COST-005"}),
        ([{"threshold": "400", "thresholdType": "ABSOLUTE_VALUE", **HEARD}], set()),
        ([{"threshold": 500, "thresholdType": "ABSOLUTE_VALUE", **HEARD}], {"FJ-COST-005"}),
        ([{"threshold": UNKNOWN, **HEARD}], set()),
        ([], set()),
    ],
)
def test_a_budget_warns_before_it_is_spent(alarms: list[dict[str, Any]], expected: set[str]) -> None:
    props = {"limitAmount": "500", "notifications": alarms}
    assert _alone(AWS_BUDGET, props, "FJ-COST-005") == expected
