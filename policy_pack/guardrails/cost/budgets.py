"""Budgets and their notifications."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from ..engine.families import cost_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.effective_tags import effective_tags
from .ceilings import STACK

AWS_BUDGET = aws("budgets/Budget")
AZURE_BUDGETS = azure("consumption:Budget", "costmanagement:Budget")
_HOURLY_TYPES = {
    "AWS": (
        *aws("eks/Cluster", "eks/NodeGroup", "ec2/Instance", "autoscaling/Group", "batch/ComputeEnvironment",
             "rds/Instance", "rds/Cluster", "redshift/Cluster", "opensearch/Domain", "emr/Cluster",
             "sagemaker/Endpoint", "sagemaker/NotebookInstance"),
    ),
    "Azure": (
        *azure("containerservice:ManagedCluster", "containerservice:AgentPool", "compute:VirtualMachine",
               "compute:VirtualMachineScaleSet", "machinelearningservices:Compute", "databricks:Workspace",
               "dbforpostgresql:Server", "dbformysql:Server", "sql:ManagedInstance"),
    ),
}  # fmt: skip
"""Cloud -> the types that are charged by the hour. A stack without any of them needs no budget."""
_BUDGET_TYPES = {"AWS": AWS_BUDGET, "Azure": AZURE_BUDGETS}


def _check_budget(stack: Resource, plan: Plan, *, elsewhere: Mapping[str, str]) -> Iterator[Outcome]:
    if stack.stack in elsewhere:
        yield passed()
        return
    for cloud, types in _HOURLY_TYPES.items():
        if any(plan.of_type(*types)):
            has_budget = any(plan.of_type(*_BUDGET_TYPES[cloud]))
            yield passed() if has_budget else failed(f"it runs machines on {cloud} without a budget there")


def _filter_text(budget: Resource) -> str:
    """Returns the name and the filters of a budget as one text, in lower case, to search for sites and tenants."""
    texts = [budget.get(key) for key in ("name", "budgetName", "costFilters", "filterExpression", "filter")]
    return json.dumps([budget.name, *(item for item in texts if item is not MISSING)], default=str).lower()


def _check_sites_and_tenants(stack: Resource, plan: Plan, *, elsewhere: Mapping[str, str]) -> Iterator[Outcome]:
    """Checks that every site and tenant in the tags of machines has a budget. Does not apply to a stack without
    budgets."""
    budgets = [_filter_text(item) for item in plan.of_type(*AWS_BUDGET, *AZURE_BUDGETS)]
    if not budgets or stack.stack in elsewhere:
        return
    sites_and_tenants: dict[tuple[str, str], None] = {}
    for item in plan.of_type(*(token for types in _HOURLY_TYPES.values() for token in types)):
        tags = effective_tags(item).values
        for key in ("site", "tenant"):
            if isinstance(name := tags.get(key), str) and name:
                sites_and_tenants[key, name] = None
    for key, name in sites_and_tenants:
        has_budget = any(name.lower() in budget for budget in budgets)
        yield passed() if has_budget else failed(f"no budget covers {key} '{name}', which has machines in the stack")


def _has_recipient(value: Plain) -> bool:
    """Returns whether a list of recipients is not empty. An unknown list counts as not empty."""
    return value is UNKNOWN or (isinstance(value, list | str) and len(value) > 0)


_RECIPIENT_KEYS = (
    "subscriberEmailAddresses",
    "subscriberSnsTopicArns",
    "contactEmails",
    "contactGroups",
    "contactRoles",
)


def notifications(budget: Resource) -> Iterable[Plain]:
    """Returns the notifications of a budget: a list on AWS, a map on Azure."""
    configured = budget.get("notifications")
    return configured.values() if isinstance(configured, dict) else configured if isinstance(configured, list) else ()


def _check_notifications(budget: Resource) -> Iterator[Outcome]:
    if budget.get("autoAdjustData") is MISSING and budget.get("plannedLimits") is MISSING:
        limit = budget.get("limitAmount") if budget.type in AWS_BUDGET else budget.get("amount")
        if limit in (MISSING, 0, "0"):
            yield failed("it has no amount", "amount")
    if budget.get("notifications") is UNKNOWN:
        yield undetermined("its notifications are not known before deployment", "notifications")
        return
    delivered = [item for item in notifications(budget) if item is UNKNOWN or is_delivered(item)]
    yield passed() if delivered else failed("it has no notification with a recipient", "notifications")


def is_delivered(notification: Plain) -> bool:
    """Returns whether a notification is enabled and has a recipient."""
    if not isinstance(notification, dict) or str(notification.get("enabled", True)).lower() == "false":
        return False
    return any(_has_recipient(notification.get(key)) for key in _RECIPIENT_KEYS)


def budget_guardrails(elsewhere: Mapping[str, str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `elsewhere`: stack -> where its budgets are managed."""
    return (
        cost_rule(1, Severity.HIGH, "A stack that runs machines has a budget in each cloud",
                  "without a budget, nobody learns of a cost overrun before the invoice",
                  "Add a budget, or list the stack with the reason under cost.budgets_elsewhere in enforcement.yaml",
                  plan_predicate=partial(_check_budget, elsewhere=elsewhere), types=(STACK,)),
        cost_rule(2, Severity.HIGH, "Every budget has an amount and a recipient of its notifications",
                  "a budget that notifies nobody prevents nothing",
                  "Add notifications with e-mail addresses, SNS topics or action groups",
                  predicate=_check_notifications, types=(*AWS_BUDGET, *AZURE_BUDGETS)),
        cost_rule(3, Severity.MEDIUM, "Every site and tenant in the tags of machines has a budget",
                  "a total over all sites and tenants hides which of them is growing",
                  "Add a budget whose filter or name contains the site or tenant",
                  plan_predicate=partial(_check_sites_and_tenants, elsewhere=elsewhere), types=(STACK,)),
    )  # fmt: skip
