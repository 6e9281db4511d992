"""Budgets and their notifications."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from falaj.facts.currency import AED_PER_USD

from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.settings import CostSettings
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.effective_tags import effective_tags
from .budget_coverage import AWS_BUDGET, MOST_CEILINGS, why_not_counted
from .ceilings import STACK
from .recipients import is_read, unheard

AZURE_BUDGETS = azure("consumption:Budget", "costmanagement:Budget")
_HOURLY_TYPES = {
    "AWS": (
        *aws("eks/Cluster", "eks/NodeGroup", "ec2/Instance", "autoscaling/Group", "batch/ComputeEnvironment",
             "rds/Instance", "rds/Cluster", "redshift/Cluster", "opensearch/Domain", "emr/Cluster",
             "sagemaker/Endpoint", "sagemaker/NotebookInstance", "sagemaker/EndpointConfiguration",
             "sagemaker/TrainingJob", "ec2/Fleet", "ec2/SpotFleetRequest", "ec2/SpotInstanceRequest",
             "ec2/CapacityReservation", "ec2/CapacityBlockReservation", "ec2/DedicatedHost",
             "bedrock/ProvisionedModelThroughput", "redshiftserverless/Workgroup"),
    ),
    "Azure": (
        *azure("containerservice:ManagedCluster", "containerservice:AgentPool", "compute:VirtualMachine",
               "compute:VirtualMachineScaleSet", "machinelearningservices:Compute", "databricks:Workspace",
               "dbforpostgresql:Server", "dbformysql:Server", "sql:ManagedInstance", "azurefleet:Fleet",
               "compute:CapacityReservation", "compute:DedicatedHost", "batch:Pool", "kusto:Cluster",
               "machinelearningservices:OnlineDeployment", "synapse:BigDataPool", "synapse:SqlPool",
               "hdinsight:Cluster", "avs:PrivateCloud"),
    ),
}  # fmt: skip
"""Cloud -> the types that are charged by the hour. A stack without any of them needs no budget."""
_BUDGET_TYPES = {"AWS": AWS_BUDGET, "Azure": AZURE_BUDGETS}


def _check_budget(stack: Resource, plan: Plan, *, settings: CostSettings) -> Iterator[Outcome]:
    if stack.stack in settings.budgets_elsewhere:
        yield passed()
        return
    for cloud, types in _HOURLY_TYPES.items():
        if machines := list(plan.of_type(*types)):
            yield _judge_budgets(
                cloud, list(plan.of_type(*_BUDGET_TYPES[cloud])), machines, settings.ceiling(stack.stack), plan
            )


def _judge_budgets(
    cloud: str, budgets: list[Resource], machines: list[Resource], ceiling: Decimal | None, plan: Plan
) -> Outcome:
    reasons = {
        budget.name: why_not_counted(budget, machines, ceiling)
        or _high_thresholds(budget, ceiling)
        or unheard(budget, list(_delivered(budget)), plan)
        for budget in budgets
    }
    if not all(reasons.values()):
        return passed()
    why = "".join(f"; budget '{name}' {reason}" for name, reason in reasons.items())
    return failed(f"it runs machines on {cloud} without a budget there that covers them{why}")


def _high_thresholds(budget: Resource, ceiling: Decimal | None) -> str:
    """Returns whether all notifications of a budget are at sums that the stack does not reach."""
    sent = [item for item in notifications(budget) if item is UNKNOWN or is_delivered(item)]
    sums = [
        number_of(item.get("threshold"))
        for item in sent
        if isinstance(item, dict) and str(item.get("thresholdType")).upper() == "ABSOLUTE_VALUE"
    ]
    known = [number for number in sums if number is not None]
    if ceiling is None or not sent or len(known) < len(sent):
        return ""
    rate = Decimal(1) if str(budget.get("limitUnit")).upper() == "AED" else AED_PER_USD
    least = Decimal(min(known)) * rate
    return f"notifies only at AED {least:,.0f}" if least > MOST_CEILINGS * ceiling else ""


def _filter_text(budget: Resource) -> str:
    """Returns the name and the filters of a budget as one text, in lower case, to search for sites and tenants."""
    texts = [budget.get(key) for key in ("name", "budgetName", "costFilters", "filterExpression", "filter")]
    return json.dumps([budget.name, *(item for item in texts if item is not MISSING)], default=str).lower()


def _check_sites_and_tenants(stack: Resource, plan: Plan, *, elsewhere: Mapping[str, str]) -> Iterator[Outcome]:
    """Checks that every site and tenant in the tags of machines has a budget. Does not apply to a stack without
    budgets."""
    budgets = "\n".join(_filter_text(item) for item in plan.of_type(*AWS_BUDGET, *AZURE_BUDGETS))
    if not budgets or stack.stack in elsewhere:
        return
    sites_and_tenants: dict[tuple[str, str], None] = {}
    for item in plan.of_type(*(token for types in _HOURLY_TYPES.values() for token in types)):
        tags = effective_tags(item).values
        for key in ("site", "tenant"):
            if isinstance(name := tags.get(key), str) and name:
                sites_and_tenants[key, name] = None
    for key, name in sites_and_tenants:
        yield (
            passed()
            if name.lower() in budgets
            else failed(f"no budget covers {key} '{name}', which has machines in the stack")
        )


def _has_recipient(value: Plain) -> bool:
    """Returns whether a list of recipients has one whom somebody reads. An unknown list counts as one."""
    return value is UNKNOWN or any(map(is_read, one_or_many(value)))


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
        path = "limitAmount" if budget.type in AWS_BUDGET else "amount"
        if budget.get(path) in (MISSING, 0, "0"):
            yield failed("it has no amount", path)
    if budget.get("notifications") is UNKNOWN:
        yield undetermined("its notifications are not known before deployment", "notifications")
        return
    delivered = [item for item in notifications(budget) if item is UNKNOWN or is_delivered(item)]
    yield passed() if delivered else failed("it has no notification with a recipient", "notifications")


def _delivered(budget: Resource) -> Iterator[dict[str, Plain]]:
    return (item for item in notifications(budget) if isinstance(item, dict) and is_delivered(item))


def is_delivered(notification: Plain) -> bool:
    """Returns whether a notification is enabled, has a recipient, and is sent when costs rise above its threshold."""
    if not isinstance(notification, dict) or str(notification.get("enabled", True)).lower() == "false":
        return False
    operator = notification.get("comparisonOperator", notification.get("operator", UNKNOWN))
    rises = operator is UNKNOWN or str(operator).lower().startswith("greater")
    return rises and any(_has_recipient(notification.get(key, "")) for key in _RECIPIENT_KEYS)


def budget_guardrails(settings: CostSettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the stacks whose budgets are managed elsewhere."""
    return (
        cost_rule(1, Severity.HIGH, "A stack that runs machines has a budget in each cloud that covers them",
                  "without a budget, nobody learns of a cost overrun before the invoice",
                  "Add a monthly budget of type COST without filters, or with filters by tags that the machines carry, "
                  "that has no end and whose amount is near the stack's ceiling; or list the stack with the reason "
                  "under cost.budgets_elsewhere in enforcement.yaml",
                  plan_predicate=partial(_check_budget, settings=settings), types=(STACK,)),
        cost_rule(2, Severity.HIGH, "Every budget has an amount and a recipient of its notifications",
                  "a budget that notifies nobody prevents nothing",
                  "Add notifications with e-mail addresses, SNS topics or action groups",
                  predicate=_check_notifications, types=(*AWS_BUDGET, *AZURE_BUDGETS)),
        cost_rule(3, Severity.MEDIUM, "Every site and tenant in the tags of machines has a budget",
                  "a total over all sites and tenants hides which of them is growing",
                  "Add a budget whose filter or name contains the site or tenant",
                  plan_predicate=partial(_check_sites_and_tenants, elsewhere=settings.budgets_elsewhere),
                  types=(STACK,)),
    )  # fmt: skip
