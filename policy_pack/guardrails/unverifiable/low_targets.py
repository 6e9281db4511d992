"""Autoscalers that add machines or pods until each has next to nothing to do.

A target of utilisation is a percentage, of which DynamoDB takes 20 to 90 (awsdocs/amazon-dynamodb-developer-guide
028b8fec doc_source/AutoScaling.md, read 2026-12-02); that of provisioned concurrency is a part of one (AWS CDK,
UtilizationScalingOptions, read 2026-12-02). Below ten the group is at its largest number as soon as anything runs,
whatever that number is; the limit was decided here.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, each_item, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_LEAST = 10
_POLICY, _SERVICE_POLICY, _PROVIDER = aws("autoscaling/Policy", "appautoscaling/Policy", "ecs/CapacityProvider")
_SETTING = azure("monitor:AutoscaleSetting")[0]
_TRACKING = {_POLICY: "targetTrackingConfiguration", _SERVICE_POLICY: "targetTrackingScalingPolicyConfiguration"}
_UTILISATION = lazy_regex(r".*(?:cpu|memory|capacity|concurrency)utilization", re.IGNORECASE)
_OF_ONE = lazy_regex(r"(?:lambda|sagemakervariant)provisionedconcurrencyutilization", re.IGNORECASE)
_SHARES = 100
"""Metrics that are a part of one, not of a hundred."""
_SHARE = lazy_regex(r"percentage cpu|(?:cpu|memory)[ _-]?percent(?:age)?|(?:cpu|memory)usage", re.IGNORECASE)
_ABOVE = ("greaterthan", "greaterthanorequal")
_KNATIVE = (
    "autoscaling.knative.dev/target-utilization-percentage",
    "autoscaling.knative.dev/targetUtilizationPercentage",
)
_RESOURCES = ("cpu", "memory")


def check_targets_of_clouds(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each target of a policy of AWS or Azure that every machine exceeds."""
    for path, value in _of_clouds(resource):
        yield from _evaluate(value, path)


def check_targets(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each target of an autoscaler of pods that every pod exceeds."""
    for path, value in _of_objects(item):
        yield from _evaluate(value, path)


def _evaluate(value: Plain, path: str) -> Iterator[Outcome]:
    number = number_of(value)
    if number is not None and number < _LEAST:
        text = f"{path} is {number:g} %, so that the largest number runs as soon as anything does"
        yield failed(f"{text}: state {_LEAST} or more", path)


def _of_clouds(resource: Resource) -> Iterator[tuple[str, Plain]]:
    if resource.type in _TRACKING:
        key = _TRACKING[resource.type]
        for _, kind in walk(resource.props, f"{key}?.predefinedMetricSpecification?.predefinedMetricType?"):
            if _UTILISATION.fullmatch(str(kind)):
                scale = _SHARES if _OF_ONE.fullmatch(str(kind)) else 1
                for path, value in walk(resource.props, f"{key}.targetValue"):
                    number = number_of(value)
                    yield path, value if number is None else number * scale
    elif resource.type == _PROVIDER:
        yield from walk(resource.props, "autoScalingGroupProvider?.managedScaling?.targetCapacity?")
    elif resource.type == _SETTING:
        for path, rule in each_item(walk(resource.props, "profiles[*].rules?")):
            if isinstance(rule, dict) and _adds_for_use(ObjectPart(path, rule)):
                trigger = ObjectPart(path, rule).child("metricTrigger")
                yield trigger.path_to("threshold"), trigger.get("threshold")


def _adds_for_use(rule: ObjectPart) -> bool:
    trigger, action = rule.child("metricTrigger"), rule.child("scaleAction")
    is_share = _SHARE.fullmatch(str(trigger.get("metricName"))) is not None
    is_above = str(trigger.get("operator")).lower() in _ABOVE
    return is_share and is_above and str(action.get("direction")).lower() == "increase"


def _of_objects(item: Resource) -> Iterator[tuple[str, Plain]]:
    for scaler in objects(item, "HorizontalPodAutoscaler"):
        spec = scaler.child("spec")
        yield spec.path_to("targetCPUUtilizationPercentage"), spec.get("targetCPUUtilizationPercentage")
        for metric in spec.children("metrics"):
            for key in ("resource", "containerResource"):
                target = metric.child(key).child("target")
                yield target.path_to("averageUtilization"), target.get("averageUtilization")
    for scaler in objects(item, "ScaledObject"):
        for trigger in scaler.child("spec").children("triggers"):
            kinds = (trigger.get("metricType"), trigger.child("metadata").get("type"))
            if trigger.get("type") in _RESOURCES and "AverageValue" not in kinds:
                yield trigger.child("metadata").path_to("value"), trigger.child("metadata").get("value")
    for metadata in _metadata(item):
        for key in _KNATIVE:
            yield metadata.child("annotations").path_to(key), metadata.child("annotations").get(key)


def _metadata(item: Resource) -> Iterator[ObjectPart]:
    """Yields the metadata of a revision of Knative, or of what makes one."""
    for service in objects(item, "Service", "Configuration", "InferenceService"):
        yield service.child("metadata")
        yield service.child("spec").child("template").child("metadata")
