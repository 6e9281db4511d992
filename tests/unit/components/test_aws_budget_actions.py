"""Budget actions: what they deny, to which roles, who triggers them, and minimal permissions."""

import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.money.budget_actions import deny_policy
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import BudgetAction
from tests.unit.components.aws_samples import STOP
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

FAMILIES = ["dl*.*", "f*.*", "g*.*", "inf*.*", "p*.*", "trn*.*", "vt*.*"]
KARPENTER = "arn:aws:iam::123456789012:role/karpenter"
POLICY = "arn:aws:iam::123456789012:policy/uae-deny"


def stop(**changed: Any) -> Recording:
    return recorded(aws.BudgetStop, {**STOP, **changed})


def action(**changed: Any) -> dict[str, Any]:
    return stop(**changed).one("aws:budgets/budgetAction:BudgetAction").inputs


def test_a_budget_action_has_exactly_these_children() -> None:
    assert {name for _, name in stop().names()} == {"uae-deny", "uae-role", "uae-attach", "uae-action"}


def test_it_needs_manual_approval_by_default() -> None:
    assert action()["approvalModel"] == "MANUAL"
    assert action(automatic=False)["approvalModel"] == "MANUAL"
    assert action(automatic=True)["approvalModel"] == "AUTOMATIC"


def test_it_attaches_a_policy_to_the_roles_at_the_actual_threshold() -> None:
    result = action()
    assert (result["actionType"], result["notificationType"]) == ("APPLY_IAM_POLICY", "ACTUAL")
    assert result["actionThreshold"] == {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 100}
    assert result["definition"] == {"iamActionDefinition": {"policyArn": POLICY, "roles": ["karpenter", "deploy"]}}
    assert result["subscribers"] == [{"address": "finops@example.ae", "subscriptionType": "EMAIL"}]
    assert action(percent=120)["actionThreshold"]["actionThresholdValue"] == 120


@pytest.mark.parametrize(
    ("stops", "condition"),
    [
        (BudgetAction.GPU_MACHINES, {"StringLike": {"ec2:InstanceType": FAMILIES}}),
        (BudgetAction.NOT_PROD, {"StringNotEquals": {"aws:RequestTag/environment": "prod"}}),
        (BudgetAction.EVERY_MACHINE, None),
    ],
)
def test_it_denies_the_start_of_machines_and_nothing_else(stops: BudgetAction, condition: object) -> None:
    [statement] = json.loads(deny_policy("123456789012", stops))["Statement"]
    assert (statement["Effect"], statement["Action"]) == ("Deny", ["ec2:RunInstances", "ec2:CreateFleet"])
    assert statement["Resource"] == ["arn:aws:ec2:*:123456789012:instance/*"]
    assert statement.get("Condition") == condition


def test_the_policy_is_the_requested_one() -> None:
    resource = stop(stops=BudgetAction.NOT_PROD).one("aws:iam/policy:Policy").inputs["policy"]
    assert document(resource) == document(deny_policy("123456789012", BudgetAction.NOT_PROD))
    assert document(stop().one("aws:iam/policy:Policy").inputs["policy"]) == document(
        deny_policy("123456789012", BudgetAction.GPU_MACHINES)
    )


def test_its_role_can_only_attach_that_policy_to_those_roles() -> None:
    [allowed] = document(stop().one("aws:iam/rolePolicy:RolePolicy").inputs["policy"])["Statement"]
    assert allowed["Effect"] == "Allow"
    assert allowed["Action"] == ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
    assert allowed["Resource"] == [KARPENTER, "arn:aws:iam::123456789012:role/pipelines/deploy"]
    assert allowed["Condition"] == {"ArnEquals": {"iam:PolicyARN": POLICY}}


def test_only_budgets_of_this_account_assume_its_role() -> None:
    [trust] = document(stop().one("aws:iam/role:Role").inputs["assumeRolePolicy"])["Statement"]
    assert (trust["Principal"], trust["Action"]) == ({"Service": "budgets.amazonaws.com"}, ["sts:AssumeRole"])
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "123456789012"},
        "ArnLike": {"aws:SourceArn": "arn:aws:budgets::123456789012:budget/*"},
    }


def test_the_action_waits_for_its_permission() -> None:
    recording = stop()
    permission = recording.one("aws:iam/rolePolicy:RolePolicy")
    assert permission.urn in recording.one("aws:budgets/budgetAction:BudgetAction").depends_on


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"role_arns": {}}, r"role_arns: \{\} is not allowed"),
        ({"percent": 0}, r"percent: 0 is not allowed"),
        ({"notify": []}, r"notify: \[\] is not allowed"),
        ({"stops": "prod"}, r"stops: \"prod\" is not allowed"),
    ],
)
def test_invalid_budget_actions_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        stop(**changed)
