"""Charges of SageMaker on AWS: machines of endpoints, notebooks and training jobs, with their volumes.

What is charged by use has no estimate: requests and data of endpoints, serverless endpoints that keep nothing warm.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.aws_scaling import least_capacity, most_capacity
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import decided_by, is_stated

_CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration"


def _endpoint(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of the variants of an endpoint: machines, or requests of serverless ones.

    They stand in its configuration, of which nothing runs until an endpoint has it (botocore 0e6e2404, sagemaker,
    CreateEndpoint, read 2026-12-01).
    """
    name = get_str(item.props, "endpointConfigName")
    configurations = context.plan.named_by(item, "endpointConfigName", _CONFIGURATION, "name", name)
    if configurations and all(_is_idle(each.props) for each in configurations):
        yield by_use(item.type)
    elif len(configurations) == 1:
        yield from _variants(context, item, configurations[0].props)
    else:
        yield without_model(item.type, "its configuration is not in the plan")


def _is_idle(configuration: Mapping[str, Any]) -> bool:
    """Returns whether all variants of a configuration are serverless, without machines that wait for requests."""
    states = [_is_by_use(each) for each in get_list(configuration, "productionVariants")]
    return bool(states) and all(states) and not is_stated(configuration, "shadowProductionVariants")


def _is_by_use(variant: object) -> bool:
    serverless = get_dict(variant, "serverlessConfig")
    return bool(serverless) and not is_stated(serverless, "provisionedConcurrency")


_VARIANTS = ("productionVariants", "shadowProductionVariants")
_OF_VARIANT = ("instanceType", "initialInstanceCount", "volumeSizeInGb", "serverlessConfig", "acceleratorType",
               *(f"managedInstanceScaling.{key}" for key in ("status", "maxInstanceCount")))  # fmt: skip


def _variants(context: PricingContext, item: Planned, configuration: Mapping[str, Any]) -> Iterable[Charge]:
    variants = [each for key in _VARIANTS for each in get_list(configuration, key)]
    if unknown := unknown_at(configuration, *_VARIANTS):
        yield without_model(item.type, f"{unknown[0]} of its configuration is known only after the update")
    elif not variants:
        yield without_model(item.type, "the variants of its configuration are not in the plan")
    else:
        bounds = [
            bound(context, item, "sagemaker", "DesiredInstanceCount") for bound in (least_capacity, most_capacity)
        ]
        for variant in variants:
            if not _is_by_use(variant):
                yield from _variant(context, item, variant, *bounds)


def _variant(
    context: PricingContext, item: Planned, variant: Mapping[str, Any], least: Decimal, most: Decimal
) -> Iterable[Charge]:
    """Yields the machines of a variant between the bounds of its scaling: how many run is not known."""
    name, count = get_str(variant, "instanceType"), get_number(get_path(variant, "initialInstanceCount"), 0)
    scaled = get_number(get_path(variant, "managedInstanceScaling", "maxInstanceCount"), 0)
    has_limit = scaled or get_str(variant, "managedInstanceScaling", "status") != "ENABLED"
    if unknown := unknown_at(variant, *_OF_VARIANT):
        yield without_model(item.type, f"{unknown[0]} of a variant is known only after the update")
    elif not name or not count or not has_limit or is_stated(variant, "acceleratorType"):
        yield without_model(item.type, "the machines of a variant, or their number, have no price")
    else:
        kept, highest = max(count, least), max(count, scaled, least, most)
        machines = Range(kept, highest, highest)
        yield Charge("sagemaker", name, machines.times(context.hours))
        if volume := get_number(get_path(variant, "volumeSizeInGb"), 0):
            yield Charge("sagemaker", "storage", machines.times(volume))


_NOTEBOOK_GB = 5
"""Size of a notebook's volume that states none (pulumi-aws 7.51.1, sagemaker.NotebookInstance)."""


@decided_by("instanceType", "volumeSize")
def _notebook(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the machine of a notebook, which is counted as if nobody stopped it, and its volume."""
    if name := get_str(item.props, "instanceType"):
        yield Charge("sagemaker", name, fixed(context.hours))
        yield Charge("sagemaker", "storage", fixed(get_number(get_path(item.props, "volumeSize"), _NOTEBOOK_GB)))
    else:
        yield without_model(item.type, "its machine is not in the plan")


_SECONDS, _DAY = Decimal(3600), 86_400
"""Seconds of an hour, and those after which a job that states no limit is stopped (botocore 0e6e2404, sagemaker,
StoppingCondition, MaxRuntimeInSeconds, as known)."""
_GROUPS = ("resourceConfig", "instanceGroups")


@decided_by("serverlessJobConfig", ".".join(_GROUPS), "stoppingCondition.maxRuntimeInSeconds",
            "enableManagedSpotTraining", *(f"resourceConfig.{key}" for key in (
                "instanceType", "instanceCount", "keepAlivePeriodInSeconds", "trainingPlanArn")))  # fmt: skip
def _training(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the machines of a job, which runs once: until its limit stops it, at most. Spot machines count as others,
    and volumes are left out."""
    resources = get_dict(item.props, "resourceConfig")
    groups = [get_dict(each) for each in get_list(item.props, *_GROUPS)] or [resources]
    if is_stated(item.props, "serverlessJobConfig") or is_stated(resources, "trainingPlanArn"):
        yield without_model(item.type, "jobs without machines of their own, and those of training plans, have no price")
        return
    seconds = get_number(get_path(item.props, "stoppingCondition", "maxRuntimeInSeconds"), _DAY)
    hours = (seconds + get_number(resources.get("keepAlivePeriodInSeconds"), 0)) / _SECONDS
    for group in groups:
        name, count = get_str(group, "instanceType"), get_number(group.get("instanceCount"), 0)
        if name and count and not unknown_at(group, "instanceType", "instanceCount"):
            yield Charge("sagemaker", name, Range(ZERO, hours, hours).times(count))
        else:
            yield without_model(item.type, "its machines, or their number, are not in the plan")


METERS: Mapping[str, MeterFunction] = {
    "aws:sagemaker/endpoint:Endpoint": _endpoint,
    "aws:sagemaker/notebookInstance:NotebookInstance": _notebook,
    "aws:sagemaker/trainingJob:TrainingJob": _training,
}
