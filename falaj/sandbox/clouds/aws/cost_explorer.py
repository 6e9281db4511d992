"""Cost Explorer: what is unusual, whose each charge is, and the tags that it is split by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from falaj.sandbox.clouds.rows import Call, InUse, Naming, Resource, Row
from falaj.sandbox.clouds.values import Json, at, each, text

_MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
_SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription"
_IMPACTS = ("ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE")
_MOST = 10_000_000_000
_WAYS = {"IMMEDIATE": "SNS", "DAILY": "EMAIL", "WEEKLY": "EMAIL"}
_VALUE = re.compile(r"(?! )[\w\s-]{1,50}(?<! )")
"""A cost category's name or value (Cost Explorer API, CostCategoryName and CostCategoryValue)."""


def monitor_kind(call: Call) -> str | None:
    """A monitor of services finds its values by itself, and an account has one; a custom one is told them."""
    kind, dimension = text(call.inputs, "monitorType"), text(call.inputs, "monitorDimension")
    if kind == "DIMENSIONAL" and not dimension:
        return "ValidationException: A DIMENSIONAL monitor needs a monitorDimension"
    if kind == "CUSTOM" and (dimension or not text(call.inputs, "monitorSpecification")):
        return "ValidationException: A CUSTOM monitor needs a monitorSpecification and no monitorDimension"
    if kind == "DIMENSIONAL" and call.existing is None:
        others = [found for found in call.world.find(_MONITOR) if text(found.inputs, "monitorDimension") == dimension]
        if others:
            return "ValidationException: Limit exceeded on dimensional spend monitor creation"
    return None


def way_fits(call: Call) -> str | None:
    """Topics hear at once, people once a day or week, and nobody both ways."""
    frequency = text(call.inputs, "frequency")
    kinds = {str(kind) for kind in each(call.inputs, "subscribers[*].type")}
    if kinds - {_WAYS.get(frequency, "")}:
        told = _WAYS.get(frequency)
        return f"ValidationException: {frequency} subscriptions tell {told} subscribers only, got {sorted(kinds)}"
    if not kinds or not each(call.inputs, "monitorArnLists[*]"):
        return "ValidationException: A subscription needs a monitor and a subscriber."
    return None


def threshold(call: Call) -> str | None:
    """A threshold compares an anomaly's impact with numbers."""
    leaves = list(_dimensions(call.inputs.get("thresholdExpression")))
    if not leaves:
        return "ValidationException: One of threshold or thresholdExpression is required."
    for leaf in leaves:
        key, values = text(leaf, "key"), each(leaf, "values[*]")
        if key not in _IMPACTS or each(leaf, "matchOptions[*]") != ["GREATER_THAN_OR_EQUAL"]:
            return f"ValidationException: A threshold is {' or '.join(_IMPACTS)} GREATER_THAN_OR_EQUAL, got {key}"
        if len(values) != 1 or not _is_amount(values[0]):
            return f"ValidationException: Values must be numbers between 0 and {_MOST}, got {values}"
    return None


def _dimensions(expression: Json) -> Iterator[Json]:
    """Every comparison inside an expression."""
    if (own := at(expression, "dimension")) is not None:
        yield own
    for joined in ("ands", "ors"):
        for inner in each(expression, f"{joined}[*]"):
            yield from _dimensions(inner)


def _is_amount(value: Json) -> bool:
    try:
        return 0 <= float(str(value)) <= _MOST
    except ValueError:
        return False


def category(call: Call) -> str | None:
    """Names are short, and charges are split from one value to others that the category has."""
    values = [str(value) for value in each(call.inputs, "rules[*].value")]
    default = text(call.inputs, "defaultValue")
    for name in [call.name, *values, *([default] if default else [])]:
        if not _VALUE.fullmatch(name):
            return f"ValidationException: '{name}' must be 1 to 50 letters, digits, spaces, dashes or underscores"
    known = {*values, default, ""}
    sources = [text(rule, "source") for rule in each(call.inputs, "splitChargeRules[*]")]
    targets = [str(target) for target in each(call.inputs, "splitChargeRules[*].targets[*]")]
    for value in [*sources, *targets]:
        if value not in known:
            return f"ValidationException: Split charge rule names '{value}', which is no value of the cost category"
    if both := sorted({*sources} & {*targets}):
        return f"ValidationException: '{both[0]}' is a source and a target of split charge rules"
    return None


def tag_is_seen(call: Call) -> str | None:
    """The bill knows a tag once something that costs money has carried it (in truth up to a day later)."""
    key = text(call.inputs, "tagKey")
    if any(key in _tags_of(found) for found in call.world.everything()):
        return None
    return f"TagKeysNotFound: Tag keys not found: {key}"


def _tags_of(resource: Resource) -> set[str]:
    tags = resource.inputs.get("tagsAll") or resource.inputs.get("tags")
    return {str(key) for key in tags} if isinstance(tags, dict) else set()


ROWS = (
    Row(
        _MONITOR,
        id="arn:aws:ce::{account}:anomalymonitor/{uuid}",
        naming=Naming("name", longest=1024),
        outputs={"arn": "{id}"},
        replace=("monitorType", "monitorDimension", "monitorSpecification"),
        creating=(monitor_kind,),
        in_use=(InUse((_SUBSCRIPTION,), "ValidationException: the monitor is used by subscription {user}"),),
        enums={
            "monitorType": ("DIMENSIONAL", "CUSTOM"),
            "monitorDimension": ("SERVICE", "LINKED_ACCOUNT", "TAG", "COST_CATEGORY"),
        },
    ),
    Row(
        _SUBSCRIPTION,
        id="arn:aws:ce::{account}:anomalysubscription/{uuid}",
        naming=Naming("name", longest=1024),
        outputs={"arn": "{id}", "accountId": "{account}"},
        replace=("accountId",),
        creating=(way_fits, threshold),
        enums={"frequency": tuple(_WAYS), "subscribers[*].type": ("EMAIL", "SNS")},
    ),
    Row(
        "aws:costexplorer/costCategory:CostCategory",
        id="arn:aws:ce::{account}:costcategory/{uuid}",
        naming=Naming("name", longest=50),
        outputs={"arn": "{id}", "effectiveStart": "2026-11-01T00:00:00Z", "effectiveEnd": ""},
        replace=("name",),
        taken="ValidationException: Failed to create Cost Category: Cost category with name {name} already exists",
        creating=(category,),
        enums={
            "ruleVersion": ("CostCategoryExpression.v1",),
            "rules[*].type": ("REGULAR", "INHERITED_VALUE"),
            "splitChargeRules[*].method": ("FIXED", "PROPORTIONAL", "EVEN"),
        },
    ),
    Row(
        "aws:costexplorer/costAllocationTag:CostAllocationTag",
        id="{tagKey}",
        outputs={"type": "UserDefined"},
        replace=("tagKey",),
        creating=(tag_is_seen,),
        enums={"status": ("Active", "Inactive")},
    ),
)
