"""Budget actions, which AWS Budgets runs when a threshold is exceeded."""

from __future__ import annotations

from falaj.sandbox.clouds.spec import Operation, Parent, ResourceType
from falaj.sandbox.clouds.values import get_all, get_path, get_str

ACTION = "aws:budgets/budgetAction:BudgetAction"
_DEFINITIONS = {
    "APPLY_IAM_POLICY": "iamActionDefinition",
    "APPLY_SCP_POLICY": "scpActionDefinition",
    "RUN_SSM_DOCUMENTS": "ssmActionDefinition",
}
_MAX_AMOUNT = 15_000_000_000_000
_MAX_ADDRESSES, _MAX_TOPICS = 10, 1
"""At most ten e-mail addresses and one topic per action (AWS Budgets API, CreateBudgetAction)."""


def definition(op: Operation) -> str | None:
    """Checks that the definition matches the action type, and an IAM action has a target."""
    kind = get_str(op.inputs, "actionType")
    required = _DEFINITIONS.get(kind, "")
    given = [name for name in _DEFINITIONS.values() if get_path(op.inputs, f"definition.{name}")]
    if given != [required]:
        return f"InvalidParameterException: Action type {kind} needs {required} and no other definition, got {given}"
    if kind == "APPLY_IAM_POLICY":
        path = f"definition.{required}"
        if not any(get_all(op.inputs, f"{path}.{whom}[*]") for whom in ("roles", "groups", "users")):
            return "InvalidParameterException: At least one user, group or role must be specified."
        return _missing_role(op, path)
    return None


def _missing_role(op: Operation, path: str) -> str | None:
    """Checks that each role exists. Roles are given by name, not by ARN."""
    for role in get_all(op.inputs, f"{path}.roles[*]"):
        if op.state.by_handle(f"iam-role:{role}") is None:
            return f"InvalidParameterException: Role {role} was not found: roles are given by their names."
    return None


def threshold(op: Operation) -> str | None:
    """Checks that the threshold is above zero and at most the highest amount of AWS Budgets."""
    value = get_path(op.inputs, "actionThreshold.actionThresholdValue")
    if isinstance(value, int | float) and not 0 < value <= _MAX_AMOUNT:
        return f"InvalidParameterException: The threshold must be between 0 and {_MAX_AMOUNT}, got {value:g}"
    return None


def subscribers(op: Operation) -> str | None:
    """Checks that an action has at most as many subscribers as the quota."""
    kinds = get_all(op.inputs, "subscribers[*].subscriptionType")
    if kinds.count("EMAIL") > _MAX_ADDRESSES or kinds.count("SNS") > _MAX_TOPICS:
        return (
            f"CreationLimitExceededException: an action tells at most {_MAX_ADDRESSES} e-mail addresses "
            f"and {_MAX_TOPICS} topic"
        )
    return None


def role_trusts_budgets(op: Operation) -> str | None:
    """Checks that the execution role trusts AWS Budgets, which assumes the role when the action is created."""
    arn = get_str(op.inputs, "executionRoleArn")
    role = op.state.by_handle(arn)
    if role is not None and "budgets.amazonaws.com" not in get_str(role.inputs, "assumeRolePolicy"):
        return (
            f"AccessDeniedException: AWS Budgets cannot assume the role {arn}: it does not trust budgets.amazonaws.com"
        )
    return None


RESOURCE_TYPES = (
    ResourceType(
        ACTION,
        id="{account}:{uuid}:{budgetName}",
        outputs={
            "actionId": "{uuid}",
            "arn": "arn:aws:budgets::{account}:budget/{budgetName}/action/{uuid}",
            "accountId": "{account}",
            "status": "STANDBY",
        },
        replace_on_changes=("budgetName", "actionType", "accountId"),
        parents=(Parent("budgetName", "budget:{value}", "NotFoundException: Budget {value} not found"),),
        write_rules=(definition, threshold, subscribers, role_trusts_budgets),
    ),
)
