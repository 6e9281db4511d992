"""Inputs that the emulated AWS rejects and accepts: budgets, budget actions, anomaly detection, cost categories."""

import pytest

from falaj.sandbox.clouds.aws.account import KIND_VARIABLE, AccountKind
from falaj.sandbox.clouds.aws.cost_explorer import DEFAULT_MONITOR
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import ASSUME, BUDGET, ROLE, VPC
from tests.unit.clouds.driver import CreatedResource, Driver, Rejected, refused

ACTION, POLICY = "aws:budgets/budgetAction:BudgetAction", "aws:iam/policy:Policy"
MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription"
CATEGORY, TAG = "aws:costexplorer/costCategory:CostCategory", "aws:costexplorer/costAllocationTag:CostAllocationTag"
Inputs = dict[str, Json]


@pytest.fixture(autouse=True)
def new_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account has not opened Cost Explorer, which would create a monitor."""
    monkeypatch.setenv(KIND_VARIABLE, AccountKind.NEW)


@pytest.fixture
def budget(aws: Driver) -> CreatedResource:
    """Creates a budget named `b`."""
    return aws.create(BUDGET, "b", name="b", budgetType="COST", timeUnit="MONTHLY", limitAmount="10", limitUnit="USD")


@pytest.fixture
def action(aws: Driver, budget: CreatedResource) -> Inputs:
    """Returns valid inputs of a budget action."""
    aws.create(ROLE, "karpenter", name="karpenter", assumeRolePolicy=ASSUME)
    trust = '{"Statement":[{"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"}}]}'
    role = aws.create(ROLE, "runs", name="runs", assumeRolePolicy=trust)
    policy = aws.create(POLICY, "p", name="stop", policy=ASSUME)
    return {
        "budgetName": budget.name,
        "actionType": "APPLY_IAM_POLICY",
        "approvalModel": "MANUAL",
        "notificationType": "ACTUAL",
        "actionThreshold": {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 100},
        "definition": {"iamActionDefinition": {"policyArn": policy["arn"], "roles": ["karpenter"]}},
        "executionRoleArn": role["arn"],
        "subscribers": [{"address": "a@b.ae", "subscriptionType": "EMAIL"}],
    }


def test_a_budget_with_an_action_cannot_be_deleted(aws: Driver, budget: CreatedResource, action: Inputs) -> None:
    resource = aws.create(ACTION, "a", **action)
    assert resource["status"] == "STANDBY"
    assert "Budget b has actions; delete them first." in refused(lambda: aws.delete(budget))
    aws.delete(resource)
    aws.delete(budget)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"budgetName": "none"}, "NotFoundException: Budget none not found"),
        ({"executionRoleArn": "arn:aws:iam::123456789012:role/none"}, "NoSuchEntity"),
        ({"executionRoleArn": "arn:aws:iam::123456789012:role/karpenter"}, "does not trust budgets.amazonaws.com"),
        ({"actionThreshold": {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 0}}, "must be between 0"),
        ({"definition": {"iamActionDefinition": {"policyArn": "arn:aws:iam::aws:policy/X", "roles": ["none"]}}},
         "Role none was not found"),
        ({"definition": {"iamActionDefinition": {"policyArn": "arn:aws:iam::aws:policy/X",
                                                 "roles": ["arn:aws:iam::123456789012:role/karpenter"]}}},
         "roles are given by their names"),
        ({"definition": {"iamActionDefinition": {"policyArn": "arn:aws:iam::aws:policy/X"}}}, "At least one user"),
        ({"actionType": "RUN_SSM_DOCUMENTS"}, "needs ssmActionDefinition"),
        ({"subscribers": [{"address": f"{n}@b.ae", "subscriptionType": "EMAIL"} for n in range(11)]}, "at most 10"),
    ],
)  # fmt: skip
def test_actions(aws: Driver, action: Inputs, change: Inputs, message: str) -> None:
    assert message in refused(lambda: aws.create(ACTION, "a", **{**action, **change}))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"approvalModel": "LATER"}, "approvalModel"),
        ({"actionThreshold": {"actionThresholdType": "PERCENT", "actionThresholdValue": 1}},
         "actionThreshold.actionThresholdType"),
        ({"subscribers": [{"address": "x", "subscriptionType": "SMS"}]}, "subscribers[0].subscriptionType"),
    ],
)  # fmt: skip
def test_enum_values_of_an_action_are_checked(aws: Driver, action: Inputs, change: Inputs, path: str) -> None:
    with pytest.raises(Rejected) as caught:
        aws.create(ACTION, "a", **{**action, **change})
    assert set(caught.value.failures) == {path}


def test_an_account_has_one_service_monitor(aws: Driver) -> None:
    first = aws.create(MONITOR, "m", monitorType="DIMENSIONAL", monitorDimension="SERVICE")
    message = refused(lambda: aws.create(MONITOR, "n", monitorType="DIMENSIONAL", monitorDimension="SERVICE"))
    assert message.endswith("ValidationException: Limit exceeded on dimensional spend monitor creation")
    aws.create(MONITOR, "o", monitorType="DIMENSIONAL", monitorDimension="LINKED_ACCOUNT")
    aws.create(MONITOR, "p", monitorType="CUSTOM", monitorSpecification='{"Tags":{"Key":"project"}}')
    aws.update(first, name="renamed", monitorType="DIMENSIONAL", monitorDimension="SERVICE")
    assert "needs a monitorDimension" in refused(lambda: aws.create(MONITOR, "q", monitorType="DIMENSIONAL"))
    assert "needs a monitorSpecification" in refused(lambda: aws.create(MONITOR, "r", monitorType="CUSTOM"))


def impact(
    key: str = "ANOMALY_TOTAL_IMPACT_ABSOLUTE", value: str = "100", match: str = "GREATER_THAN_OR_EQUAL"
) -> Json:
    return {"dimension": {"key": key, "values": [value], "matchOptions": [match]}}


def subscription(monitor: CreatedResource) -> Inputs:
    return {
        "frequency": "DAILY",
        "monitorArnLists": [monitor["arn"]],
        "subscribers": [{"type": "EMAIL", "address": "a@b.ae"}],
        "thresholdExpression": {"ands": [impact(), impact("ANOMALY_TOTAL_IMPACT_PERCENTAGE", "40")]},
    }


def test_a_monitor_with_a_subscription_cannot_be_deleted(aws: Driver) -> None:
    monitor = aws.create(MONITOR, "m", monitorType="DIMENSIONAL", monitorDimension="SERVICE")
    resource = aws.create(SUBSCRIPTION, "s", **subscription(monitor))
    assert "the monitor is used by subscription" in refused(lambda: aws.delete(monitor))
    aws.delete(resource)
    aws.delete(monitor)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"frequency": "IMMEDIATE"}, "IMMEDIATE subscriptions tell SNS subscribers only, got ['EMAIL']"),
        ({"monitorArnLists": ["arn:aws:ce::123456789012:anomalymonitor/none"]}, "UnknownMonitorException"),
        ({"monitorArnLists": []}, "needs a monitor and a subscriber"),
        ({"thresholdExpression": None}, "thresholdExpression is required"),
        ({"thresholdExpression": impact("SERVICE")}, "got SERVICE"),
        ({"thresholdExpression": {"ors": [impact(match="EQUALS")]}}, "GREATER_THAN_OR_EQUAL"),
        ({"thresholdExpression": impact(value="many")}, "must be numbers"),
        ({"frequency": "IMMEDIATE", "subscribers": [
            {"type": "SNS", "address": "arn:aws:sns:me-central-1:123456789012:none"}]}, "Topic does not exist"),
    ],
)  # fmt: skip
def test_subscriptions(aws: Driver, change: Inputs, message: str) -> None:
    monitor = aws.create(MONITOR, "m", monitorType="DIMENSIONAL", monitorDimension="SERVICE")
    assert message in refused(lambda: aws.create(SUBSCRIPTION, "s", **{**subscription(monitor), **change}))


def category(**change: Json) -> Inputs:
    rule: Json = {"type": "REGULAR", "value": "retail", "rule": {"tags": {"key": "tenant", "values": ["cards"]}}}
    shared: Json = {"type": "REGULAR", "value": "shared", "rule": {"tags": {"key": "project", "values": ["falaj"]}}}
    split: Json = {"method": "PROPORTIONAL", "source": "shared", "targets": ["retail"]}
    good: Inputs = {
        "name": "units",
        "ruleVersion": "CostCategoryExpression.v1",
        "rules": [rule, shared],
        "defaultValue": "other",
        "splitChargeRules": [split],
    }
    return {**good, **change}


def test_cost_categories_have_unique_names(aws: Driver) -> None:
    aws.create(CATEGORY, "c", **category())
    assert "with name units already exists" in refused(lambda: aws.create(CATEGORY, "d", **category()))
    aws.create(CATEGORY, "e", **category(name="others"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "a.b"}, "'a.b' must be 1 to 50 letters"),
        ({"defaultValue": "no/slash"}, "'no/slash' must be"),
        ({"splitChargeRules": [{"method": "EVEN", "source": "nobody", "targets": ["retail"]}]}, "names 'nobody'"),
        ({"splitChargeRules": [{"method": "EVEN", "source": "shared", "targets": ["x"]}]}, "names 'x'"),
        ({"splitChargeRules": [{"method": "EVEN", "source": "shared", "targets": ["shared"]}]}, "'shared' is a source"),
    ],
)
def test_cost_categories(aws: Driver, change: Inputs, message: str) -> None:
    assert message in refused(lambda: aws.create(CATEGORY, "c", **category(**change)))


def test_a_tag_can_be_activated_once_a_resource_has_it(aws: Driver) -> None:
    message = refused(lambda: aws.create(TAG, "t", tagKey="tenant", status="Active"))
    assert message.endswith("TagKeysNotFound: Tag keys not found: tenant")
    aws.create(VPC, "v", cidrBlock="10.0.0.0/16", tags={"tenant": "retail"})
    assert aws.create(TAG, "t", tagKey="tenant", status="Active").id == "tenant"
    aws.create(TAG, "u", tagKey="project", status="Active")


@pytest.mark.parametrize("kind", [AccountKind.STANDALONE, AccountKind.MEMBER])
def test_an_account_with_cost_explorer_has_its_monitor_of_services(
    aws: Driver, monkeypatch: pytest.MonkeyPatch, kind: AccountKind
) -> None:
    monkeypatch.setenv(KIND_VARIABLE, kind)
    services: Inputs = {"monitorType": "DIMENSIONAL", "monitorDimension": "SERVICE"}
    assert "Limit exceeded on dimensional spend monitor creation" in refused(
        lambda: aws.create(MONITOR, "m", **services)
    )
    subscription: Inputs = {
        "frequency": "DAILY",
        "monitorArnLists": [DEFAULT_MONITOR],
        "subscribers": [{"type": "EMAIL", "address": "a@b.ae"}],
        "thresholdExpression": {
            "dimension": {
                "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                "matchOptions": ["GREATER_THAN_OR_EQUAL"],
                "values": ["100"],
            }
        },
    }
    aws.create(SUBSCRIPTION, "s", **subscription)
    monkeypatch.setenv(KIND_VARIABLE, AccountKind.NEW)
    assert "UnknownMonitorException" in refused(lambda: aws.create(SUBSCRIPTION, "t", **subscription))


def test_a_member_account_has_no_access_to_categories_and_tags(aws: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KIND_VARIABLE, AccountKind.MEMBER)
    rules: Json = [{"type": "REGULAR", "value": "a", "rule": {"tags": {"key": "tenant", "values": ["a"]}}}]
    category: Inputs = {"name": "units", "ruleVersion": "CostCategoryExpression.v1", "rules": rules}
    assert "Linked account doesn't have access to cost category" in refused(
        lambda: aws.create(CATEGORY, "c", **category)
    )
    aws.create(VPC, "v", cidrBlock="10.0.0.0/16", tags={"project": "p"})
    tag: Inputs = {"tagKey": "project", "status": "Active"}
    assert "doesn't have access to cost allocation tags" in refused(lambda: aws.create(TAG, "t", **tag))
    monkeypatch.setenv(KIND_VARIABLE, AccountKind.STANDALONE)
    aws.create(CATEGORY, "c", **category)
    aws.create(TAG, "t", **tag)
