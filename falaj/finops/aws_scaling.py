"""Limits of Application Auto Scaling on AWS: up to which capacity the plan lets a resource grow."""

from decimal import Decimal

from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str

_TARGET = "aws:appautoscaling/target:Target"


def most_capacity(context: PricingContext, item: Planned, namespace: str, dimension: str) -> Decimal:
    """Returns the most that scaling makes of a resource or of a part of it, zero without such a limit. `dimension` is
    the end of the scalable dimension. A limit of which it is not known what it is for counts for all resources."""
    targets = [each for each in context.plan.of_type(_TARGET) if _is_of(context, each, item)]
    most = [get_number(get_path(each.props, "maxCapacity"), 0) for each in targets
            if get_str(each.props, "serviceNamespace", default=namespace) == namespace
            and get_str(each.props, "scalableDimension", default=dimension).endswith(dimension)]  # fmt: skip
    return max(most, default=Decimal(0))


def _is_of(context: PricingContext, target: Planned, item: Planned) -> bool:
    """Returns whether a limit may be that of a resource: by its dependencies, or by the name in the second part of
    `table/NAME/index/INDEX` or `endpoint/NAME/variant/VARIANT` (botocore 0e6e2404, application-autoscaling,
    RegisterScalableTarget, ResourceId)."""
    linked = [found for found in context.plan.sources(target, "resourceId") if found.type == item.type]
    if linked:
        return any(found is item for found in linked)
    _, _, path = get_str(target.props, "resourceId").partition("/")
    name = get_str(item.props, "name")
    return not path or not name or path.partition("/")[0] == name
