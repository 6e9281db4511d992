"""Attacks on budgets: those that watch nothing, and notifications that are never sent."""

from tests.samples import COST_TAGS as TAGS

from ..harness import Given
from . import Attack

STACK = Given("pulumi:pulumi:Stack", {}, name="falaj-prod-uae", provider={})
MACHINE = Given("aws:ec2/instance:Instance", {"instanceType": "m6i.large", "tags": TAGS}, name="machine")
SIZE = {"resourceGroupName": "g", "hardwareProfile": {"vmSize": "Standard_D4s_v5"}}
VM = Given("azure-native:compute:VirtualMachine", {"location": "uaenorth", "tags": TAGS, **SIZE}, name="vm")
NOTIFICATION = {"subscriberEmailAddresses": ["finops@example.ae"], "threshold": 80, "notificationType": "ACTUAL",
                "comparisonOperator": "GREATER_THAN", "thresholdType": "PERCENTAGE"}  # fmt: skip
FLEET = {"tags": TAGS, "launchTemplateConfigs": [{}],
         "targetCapacitySpecification": {"totalTargetCapacity": 1, "defaultTargetCapacityType": "spot"}}  # fmt: skip
WHOLE = {"budgetType": "COST", "timeUnit": "MONTHLY", "limitUnit": "USD", "limitAmount": "100",
         "notifications": [NOTIFICATION]}  # fmt: skip
AZURE = {"amount": 100, "category": "Cost", "timeGrain": "Monthly", "scope": "/subscriptions/1",
         "timePeriod": {"startDate": "2026-12-01T00:00:00Z"},
         "notifications": {"a": {"enabled": True, "operator": "GreaterThan", "threshold": 80,
                                 "contactEmails": ["finops@example.ae"]}}}  # fmt: skip


def _aws(what: str, **props: object) -> Attack:
    budget = Given("aws:budgets/budget:Budget", {**WHOLE, "tags": TAGS, **props}, name="budget")
    return Attack(f"budget {what}", ("FJ-COST-001",), (STACK, MACHINE, budget))


def _azure(what: str, **props: object) -> Attack:
    budget = Given("azure-native:consumption:Budget", {**AZURE, **props}, name="budget")
    return Attack(f"Azure budget {what}", ("FJ-COST-001",), (STACK, VM, budget))


def _notification(what: str, rule: str, **props: object) -> Attack:
    budget = {**WHOLE, "tags": TAGS, "notifications": [{**NOTIFICATION, **props}]}
    return Attack(f"notification {what}", (rule,), (Given("aws:budgets/budget:Budget", budget, name="budget"),))


def _dimension(key: str, *values: str) -> dict[str, object]:
    return {"dimensions": {"key": key, "values": list(values), "matchOptions": ["EQUALS"]}}


ATTACKS: tuple[Attack, ...] = (
    _aws("of 999,999,999", limitAmount="999999999"),
    _aws("of a million a day", limitAmount="1000000", timeUnit="DAILY"),
    _aws("planned at a billion", plannedLimits=[{"startTime": "2026-12-01_00:00", "amount": "1e9", "unit": "USD"}]),
    _aws("for Route 53 only", costFilters=[{"name": "Service", "values": ["Amazon Route 53"]}]),
    _aws("for a service, as an expression", filterExpression=_dimension("SERVICE", "Amazon Route 53")),
    _aws("for one operation", filterExpression=_dimension("OPERATION", "GetObject")),
    _aws("for another region", costFilters=[{"name": "Region", "values": ["eu-west-1"]}]),
    _aws("for a project that has no machines",
         filterExpression={"tags": {"key": "project", "values": ["nothing"], "matchOptions": ["EQUALS"]}}),
    _aws("for another project, in the older form",
         costFilters=[{"name": "TagKeyValue", "values": ["user:project$nothing"]}]),
    _aws("without the machines",
         filterExpression={"not": {"tags": {"key": "project", "values": [TAGS["project"]]}}}),
    _aws("that ended in 2021", timePeriodStart="2020-01-01_00:00", timePeriodEnd="2021-01-01_00:00"),
    _aws("that starts in 2087", timePeriodStart="2087-01-01_00:00"),
    _aws("of usage instead of cost", budgetType="USAGE", limitUnit="GB"),
    _azure("of 99,999,999", amount=99_999_999),
    _azure("that ended", timePeriod={"startDate": "2020-01-01T00:00:00Z", "endDate": "2021-01-01T00:00:00Z"}),
    _azure("for bandwidth only",
           filter={"dimensions": {"name": "MeterCategory", "operator": "In", "values": ["Bandwidth"]}}),
    _azure("for another project", filter={"tags": {"name": "project", "operator": "In", "values": ["nothing"]}}),
    _azure("of reservations", category="ReservationUtilization"),
    _notification("when costs fall", "FJ-COST-002", comparisonOperator="LESS_THAN"),
    _notification("to nobody", "FJ-COST-002", subscriberEmailAddresses=[""]),
    _notification("at a forecast of a hundred times the amount", "FJ-COST-005",
                  notificationType="FORECASTED", threshold=10_000),
    Attack("a fleet without a budget", ("FJ-COST-001",), (STACK, Given("aws:ec2/fleet:Fleet", FLEET))),
)  # fmt: skip
