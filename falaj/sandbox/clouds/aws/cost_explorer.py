"""Cost Explorer: anomaly monitors and subscriptions, cost categories, cost allocation tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falaj.sandbox.clouds.aws.account import ACCOUNT, AccountKind, account_kind
from falaj.sandbox.clouds.spec import InventoryItem, Naming, Operation, ResourceType, UsedBy
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
_SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription"
DEFAULT_MONITOR = f"arn:aws:ce::{ACCOUNT}:anomalymonitor/5bcd0d0c-0c1e-4a2b-9f8e-1d2c3b4a5f60"
"""Monitor of services that AWS creates in every account that uses Cost Explorer (AWS Cost Management User Guide,
getting started with Cost Anomaly Detection; read 2026-11-26)."""

_IMPACTS = ("ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE")
_MAX_AMOUNT = 10_000_000_000
_CHANNELS = {"IMMEDIATE": "SNS", "DAILY": "EMAIL", "WEEKLY": "EMAIL"}
_VALUE = re.compile(r"(?! )[\w\s-]{1,50}(?<! )")
"""A cost category's name or value (Cost Explorer API, CostCategoryName and CostCategoryValue)."""


def monitor_type(op: Operation) -> str | None:
    """Checks that a DIMENSIONAL monitor has a dimension that no other monitor of the account has, and that a CUSTOM
    monitor has a specification.
    """
    kind, dimension = get_str(op.inputs, "monitorType"), get_str(op.inputs, "monitorDimension")
    if kind == "DIMENSIONAL" and not dimension:
        return "ValidationException: A DIMENSIONAL monitor needs a monitorDimension"
    if kind == "CUSTOM" and (dimension or not get_str(op.inputs, "monitorSpecification")):
        return "ValidationException: A CUSTOM monitor needs a monitorSpecification and no monitorDimension"
    if kind == "DIMENSIONAL" and op.existing is None:
        others = [
            monitor for monitor in op.state.find(_MONITOR) if get_str(monitor.inputs, "monitorDimension") == dimension
        ]
        if others or (dimension == "SERVICE" and account_kind() is not AccountKind.NEW):
            # One monitor a dimension (aws-cloudformation/cloudformation-coverage-roadmap#2515, 2026-05-28).
            return "ValidationException: Limit exceeded on dimensional spend monitor creation"
    return None


def subscription_channel(op: Operation) -> str | None:
    """Checks that IMMEDIATE subscriptions notify SNS topics; DAILY and WEEKLY ones notify e-mail addresses."""
    frequency = get_str(op.inputs, "frequency")
    kinds = {str(kind) for kind in get_all(op.inputs, "subscribers[*].type")}
    if kinds - {_CHANNELS.get(frequency, "")}:
        channel = _CHANNELS.get(frequency)
        return f"ValidationException: {frequency} subscriptions tell {channel} subscribers only, got {sorted(kinds)}"
    if not kinds or not get_all(op.inputs, "monitorArnLists[*]"):
        return "ValidationException: A subscription needs a monitor and a subscriber."
    return None


def threshold(op: Operation) -> str | None:
    """Checks that a threshold compares the impact of an anomaly with an amount or a percentage."""
    leaves = list(_dimensions(op.inputs.get("thresholdExpression")))
    if not leaves:
        return "ValidationException: One of threshold or thresholdExpression is required."
    for leaf in leaves:
        key, values = get_str(leaf, "key"), get_all(leaf, "values[*]")
        if key not in _IMPACTS or get_all(leaf, "matchOptions[*]") != ["GREATER_THAN_OR_EQUAL"]:
            return f"ValidationException: A threshold is {' or '.join(_IMPACTS)} GREATER_THAN_OR_EQUAL, got {key}"
        if len(values) != 1 or not _is_amount(values[0]):
            return f"ValidationException: Values must be numbers between 0 and {_MAX_AMOUNT}, got {values}"
    return None


def _dimensions(expression: Json) -> Iterator[Json]:
    """Yields all comparisons inside an expression."""
    if (comparison := get_path(expression, "dimension")) is not None:
        yield comparison
    for operator in ("ands", "ors"):
        for inner in get_all(expression, f"{operator}[*]"):
            yield from _dimensions(inner)


def _is_amount(value: Json) -> bool:
    try:
        return 0 <= float(str(value)) <= _MAX_AMOUNT
    except ValueError:
        return False


def cost_category(op: Operation) -> str | None:
    """Checks that names are valid, and that charges are split between values of the category."""
    values = [str(value) for value in get_all(op.inputs, "rules[*].value")]
    default = get_str(op.inputs, "defaultValue")
    for name in [op.name, *values, *([default] if default else [])]:
        if not _VALUE.fullmatch(name):
            return f"ValidationException: '{name}' must be 1 to 50 letters, digits, spaces, dashes or underscores"
    category_values = {*values, default, ""}
    sources = [get_str(rule, "source") for rule in get_all(op.inputs, "splitChargeRules[*]")]
    targets = [str(target) for target in get_all(op.inputs, "splitChargeRules[*].targets[*]")]
    for value in [*sources, *targets]:
        if value not in category_values:
            return f"ValidationException: Split charge rule names '{value}', which is no value of the cost category"
    if both := sorted({*sources} & {*targets}):
        return f"ValidationException: '{both[0]}' is a source and a target of split charge rules"
    return None


def only_payer_has_categories(op: Operation) -> str | None:
    """Rejects cost categories in a member account: only regular and management accounts may create them (AWS Billing
    User Guide, managing cost categories; read 2026-11-26).
    """
    if account_kind() is not AccountKind.MEMBER:
        return None
    return "AccessDeniedException: Failed to create Cost Category: Linked account doesn't have access to cost category"


def only_payer_activates_tags(op: Operation) -> str | None:
    """Rejects the activation of tags in a member account (2i2c-org/infrastructure#4932, 2024-10-03)."""
    if account_kind() is not AccountKind.MEMBER:
        return None
    return (
        "AccessDeniedException: Failed to update Cost Allocation Tag: "
        "Linked account doesn't have access to cost allocation tags."
    )


def tag_in_use(op: Operation) -> str | None:
    """Checks that a resource has the tag: AWS activates a tag only after a resource with costs has had it (in reality
    up to a day later).
    """
    key = get_str(op.inputs, "tagKey")
    if any(key in _tags_of(resource) for resource in op.state.all_items()):
        return None
    return f"TagKeysNotFound: Tag keys not found: {key}"


def _tags_of(resource: InventoryItem) -> set[str]:
    tags = resource.inputs.get("tagsAll") or resource.inputs.get("tags")
    return {str(key) for key in tags} if isinstance(tags, dict) else set()


RESOURCE_TYPES = (
    ResourceType(
        _MONITOR,
        id="arn:aws:ce::{account}:anomalymonitor/{uuid}",
        naming=Naming("name", max_length=1024),
        outputs={"arn": "{id}"},
        replace_on_changes=("monitorType", "monitorDimension", "monitorSpecification"),
        write_rules=(monitor_type,),
        used_by=(UsedBy((_SUBSCRIPTION,), "ValidationException: the monitor is used by subscription {user}"),),
    ),
    ResourceType(
        _SUBSCRIPTION,
        id="arn:aws:ce::{account}:anomalysubscription/{uuid}",
        naming=Naming("name", max_length=1024),
        outputs={"arn": "{id}", "accountId": "{account}"},
        replace_on_changes=("accountId",),
        write_rules=(subscription_channel, threshold),
    ),
    ResourceType(
        "aws:costexplorer/costCategory:CostCategory",
        id="arn:aws:ce::{account}:costcategory/{uuid}",
        naming=Naming("name", max_length=50),
        outputs={"arn": "{id}", "effectiveStart": "2026-11-01T00:00:00Z", "effectiveEnd": ""},
        replace_on_changes=("name",),
        already_exists="ValidationException: Failed to create Cost Category: "
        "Cost category with name {name} already exists",
        write_rules=(only_payer_has_categories, cost_category),
    ),
    ResourceType(
        "aws:costexplorer/costAllocationTag:CostAllocationTag",
        id="{tagKey}",
        outputs={"type": "UserDefined"},
        replace_on_changes=("tagKey",),
        write_rules=(only_payer_activates_tags, tag_in_use),
    ),
)
