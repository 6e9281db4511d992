"""Budgets must notify before the amount is spent."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

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


@pytest.mark.parametrize(
    ("notification", "rule"),
    [
        ({"threshold": 110, "notificationType": "FORECASTED"}, None),
        ({"threshold": 10_000, "notificationType": "FORECASTED"}, "FJ-COST-005"),
        ({"threshold": 80, "comparisonOperator": "GREATER_THAN"}, None),
        ({"threshold": 80, "comparisonOperator": "LESS_THAN"}, "FJ-COST-002"),
        ({"threshold": 80, "comparisonOperator": "EQUAL_TO"}, "FJ-COST-002"),
        ({"threshold": 80, "comparisonOperator": UNKNOWN}, None),
        ({"threshold": 80, "subscriberEmailAddresses": [""]}, "FJ-COST-002"),
        ({"threshold": 80, "subscriberEmailAddresses": [UNKNOWN]}, None),
    ],
)
def test_a_notification_is_sent_when_costs_rise(notification: dict[str, Any], rule: str | None) -> None:
    props = {"limitAmount": "500", "notifications": [RECIPIENTS | notification]}
    assert _resource_rules(AWS_BUDGET, props, "FJ-COST-002", "FJ-COST-005") == ({rule} if rule else set())


STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
MACHINE = Given("aws:ec2/instance:Instance", {"tags": {"project": "ai", "site": "awsuae"}}, "machine")
AZURE_MACHINE = Given("azure-native:compute:VirtualMachine", {"tags": {"Project": "ai"}}, "machine")
AZURE_BUDGET = "azure-native:consumption:Budget"
SETTINGS = Pack(Enforcement.model_validate({"default": {}, "cost": {"ceilings": {"prod-uae": 1000}}}))


def _is_covered(machine: Given, token: str, props: dict[str, Any]) -> bool:
    reports = SETTINGS.evaluate_stack(STACK, machine, Given(token, props, "budget"))
    return all(item.rule != "FJ-COST-001" for item in reports)


def _tags(key: str, *values: str) -> dict[str, Any]:
    return {"tags": {"key": key, "values": list(values)}}


@pytest.mark.parametrize(
    "props",
    [
        {"limitAmount": "1000"},
        {"limitAmount": UNKNOWN},
        {"limitAmount": "12000", "timeUnit": "ANNUALLY"},
        {"limitAmount": "40", "timeUnit": "DAILY"},
        {"limitAmount": "3000", "limitUnit": "AED"},
        {"budgetType": "COST", "timePeriodStart": "2026-11-01_00:00", "timePeriodEnd": "2087-06-15_00:00"},
        {"filterExpression": _tags("project", "ai")},
        {"filterExpression": _tags("project", "other", "AI")},
        {"filterExpression": {"tags": {"key": "project", "values": [UNKNOWN]}}},
        {"filterExpression": {"ands": [_tags("project", "ai"), _tags("site", "awsuae")]}},
        {"filterExpression": {"not": {"dimensions": {"key": "RECORD_TYPE", "values": ["Credit", "Refund"]}}}},
        {"filterExpression": {"dimensions": {"key": "LINKED_ACCOUNT", "values": ["123456789012"]}}},
        {"filterExpression": {"costCategories": {"key": "team", "values": ["ai"]}}},
        {"filterExpression": UNKNOWN},
        {"costFilters": [{"name": "TagKeyValue", "values": ["user:project$ai"]}]},
        {"costFilters": [{"name": "TagKeyValue", "values": ["project$ai"]}]},
        {"costFilters": [{"name": "LinkedAccount", "values": ["123456789012"]}]},
        {"costFilters": UNKNOWN},
    ],
)
def test_a_budget_on_aws_that_covers_the_machines(props: dict[str, Any]) -> None:
    assert _is_covered(MACHINE, AWS_BUDGET, props)


@pytest.mark.parametrize(
    "props",
    [
        {"limitAmount": "999999999"},
        {"limitAmount": 9999.0, "timeUnit": "DAILY"},
        {"plannedLimits": [{"startTime": "2026-12-01_00:00", "amount": "999999", "unit": "USD"}]},
        {"budgetType": "USAGE"},
        {"budgetType": "SAVINGS_PLANS_COVERAGE"},
        {"timePeriodEnd": "2021-01-01_00:00"},
        {"timePeriodStart": "2087-01-01_00:00"},
        {"filterExpression": _tags("project", "other")},
        {"filterExpression": {"ands": [_tags("project", "ai"), _tags("site", "elsewhere")]}},
        {"filterExpression": {"dimensions": {"key": "SERVICE", "values": ["Amazon Route 53"]}}},
        {"filterExpression": {"ors": [{"dimensions": {"key": "INSTANCE_TYPE", "values": ["t3.nano"]}}]}},
        {"filterExpression": {"not": _tags("project", "ai")}},
        {"filterExpression": {"not": {"dimensions": {"key": "SERVICE", "values": ["Amazon EC2"]}}}},
        {"costFilters": [{"name": "Service", "values": ["Amazon Route 53"]}]},
        {"costFilters": [{"name": "AZ", "values": ["us-east-1a"]}]},
        {"costFilters": [{"name": "TagKeyValue", "values": ["user:project$other"]}]},
    ],
)
def test_a_budget_on_aws_that_does_not(props: dict[str, Any]) -> None:
    assert not _is_covered(MACHINE, AWS_BUDGET, props)


@pytest.mark.parametrize(
    ("props", "covered"),
    [
        ({"amount": 5000, "category": "Cost"}, True),
        ({"amount": 99_999, "timeGrain": "Monthly"}, False),
        ({"amount": 50_000, "timeGrain": "Annually"}, True),
        ({"category": "ReservationUtilization"}, False),
        ({"timePeriod": {"startDate": "2026-12-01T00:00:00Z"}}, True),
        ({"timePeriod": {"startDate": "2020-01-01", "endDate": "2021-01-01"}}, False),
        ({"filter": {"tags": {"name": "project", "operator": "In", "values": ["ai"]}}}, True),
        ({"filter": {"and": [{"tags": {"name": "project", "values": ["other"]}}]}}, False),
        ({"filter": {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": [UNKNOWN]}}}, True),
        ({"filter": {"dimensions": {"name": "MeterCategory", "operator": "In", "values": ["Bandwidth"]}}}, False),
        ({"filter": {"dimensions": {"name": "ResourceId", "operator": "In", "values": ["/subscriptions/1"]}}}, False),
    ],
)
def test_a_budget_on_azure(props: dict[str, Any], covered: bool) -> None:
    assert _is_covered(AZURE_MACHINE, AZURE_BUDGET, props) is covered


def test_one_budget_that_covers_the_machines_is_enough_and_the_reason_is_said() -> None:
    narrow = Given(AWS_BUDGET, {"costFilters": [{"name": "Service", "values": ["Amazon EC2"]}]}, "narrow")
    (report,) = [item for item in SETTINGS.evaluate_stack(STACK, MACHINE, narrow) if item.rule == "FJ-COST-001"]
    assert "budget 'narrow' counts only some values of Service" in report.text
    whole = Given(AWS_BUDGET, {"limitAmount": "900"}, "whole")
    assert not [item for item in SETTINGS.evaluate_stack(STACK, MACHINE, narrow, whole) if item.rule == "FJ-COST-001"]


def test_the_machines_of_fleets_and_endpoints_need_a_budget() -> None:
    for token in ("aws:ec2/fleet:Fleet", "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
                  "aws:ec2/capacityReservation:CapacityReservation", "azure-native:azurefleet:Fleet"):  # fmt: skip
        assert "FJ-COST-001" in {item.rule for item in SETTINGS.evaluate_stack(STACK, Given(token, {}))}
