"""Charges of apps on Azure: App Service plans, with those of Azure Functions and Logic Apps, and container groups.

An App Service Environment is charged by itself; the plans in it are charged as others are.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.azure_autoscale import AT_LEAST, is_unknown, most_by_rules, settings_of
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Charge, Range
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_FREE, _BY_USE, _SHARED = ("f1", "free"), ("y1", "fc1"), ("d1", "shared")
"""Sizes that cost nothing, that are charged by use, and whose apps are charged one by one (MicrosoftDocs/azure-docs
031c5219 articles/app-service/overview-hosting-plans.md, read 2026-12-02)."""

_ELASTIC = {"ep": ("functions", "premium"), "ws": ("logic-apps", "standard")}
_INSTANCES = {"1": (1, Decimal("3.5")), "2": (2, Decimal(7)), "3": (4, Decimal(14))}
"""Plans whose instances are charged by vCPU and GiB, and what an instance has by its number (MicrosoftDocs/azure-docs
04665cb6 articles/azure-functions/functions-premium-plan.md; WS1 of Logic Apps has one vCPU and 3.5 GB, found as a
string in Microsoft's tutorials; both read 2026-12-02; WS2 and WS3 as known)."""

_IN_ZONES = 2
"""Instances that a zone-redundant plan has at least (Microsoft Learn, "Reliability in Azure App Service", read
2026-12-02). Zones cost nothing further."""

_MAXIMUM = "maximumElasticWorkerCount"
_OF_PLAN = ("sku.name", "sku.capacity", "reserved", "zoneRedundant", "elasticScaleEnabled", _MAXIMUM)


def _plan(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the instances of a plan, each of which is charged, whatever runs on it (overview-hosting-plans.md). Linux
    is stated by `reserved` (infracost/infracost 95ba4f49, internal/resources/azure/service_plan.go: the price follows
    size, count and system, read 2026-12-02)."""
    if unknown := unknown_at(item.props, *_OF_PLAN):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    name = get_str(item.props, "sku", "name").lower()
    if name in _BY_USE:
        yield by_use(item.type)
    elif not name or name in _SHARED:
        yield without_model(item.type, "each app is charged" if name else "its size is not in the plan")
    elif name not in _FREE:
        yield from _instances(context, item, name)


def _instances(context: PricingContext, item: Planned, name: str) -> Iterable[Charge]:
    """Yields instances at the maximum of what adds them automatically: rules, or the platform, which charges for each
    by the second (MicrosoftDocs/azure-docs 008e741f articles/app-service/manage-automatic-scaling.md, read 2026-12-02).
    """
    rules = settings_of(context, item)
    if is_unknown(rules, *AT_LEAST, "maximum"):
        yield without_model(item.type, "the capacity of its autoscale setting is known only after the update")
        return
    least = max(_stated(item.props), most_by_rules(rules, *AT_LEAST))
    most = max(least, most_by_rules(rules, "maximum"))
    is_elastic = name[:2] in _ELASTIC
    if is_elastic or is_on(item.props, "elasticScaleEnabled"):
        if not is_stated(item.props, _MAXIMUM):
            yield without_model(item.type, f"the maximum of its instances, {_MAXIMUM}, is not in the plan")
        most = max(most, int(get_number(get_path(item.props, _MAXIMUM), 0)))
    hours = Range(*(Decimal(count) * context.hours for count in (least, most, most)))
    if is_elastic:
        yield from _by_core(item, name, hours)
    else:
        system = "linux" if is_on(item.props, "reserved") else "windows"
        yield Charge("app-service", f"{name}-{system}", hours)


def _stated(props: Mapping[str, Any]) -> int:
    zones = _IN_ZONES if is_on(props, "zoneRedundant") else 1
    return max(zones, int(get_number(get_path(props, "sku", "capacity"), 1)))


def _by_core(item: Planned, name: str, hours: Range) -> Iterator[Charge]:
    service, tier = _ELASTIC[name[:2]]
    if name[2:] not in _INSTANCES:
        yield without_model(item.type, f"the size {name} has no price")
        return
    cores, memory = _INSTANCES[name[2:]]
    yield Charge(service, f"{tier}-vcpu", hours.times(cores))
    yield Charge(service, f"{tier}-memory", hours.times(memory))


_OF_GROUP = ("containers", "sku", "priority", "osType", "restartPolicy")
_REQUESTS = "resources.requests"
_KINDS = {
    ("standard", "regular"): "standard",
    ("standard", "spot"): "spot",
    ("confidential", "regular"): "confidential",
}
"""SKU and priority of a container group -> its row of the price list."""


def _group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields vCPUs and memory of a group, which has the sum of what its containers request, and one vCPU and one GB at
    least (MicrosoftDocs/azure-docs 059f4387 articles/container-instances/container-instances-container-groups.md), from
    its start until it is stopped (1190215e container-instances-faq.yml; both read 2026-12-02)."""
    if reason := _why_without_price(item):
        yield without_model(item.type, reason)
        return
    kind = _KINDS[_kind(item.props)]
    cores, memory = (max(Decimal(1), _requested(item, key)) for key in ("cpu", "memoryInGB"))
    ends = get_str(item.props, "restartPolicy", default="Always") != "Always"
    hours = Range(ZERO if ends else context.hours, context.hours, context.hours)
    yield Charge("container-instances", f"{kind}-vcpu", hours.times(cores))
    yield Charge("container-instances", f"{kind}-memory", hours.times(memory))
    if get_str(item.props, "osType") == "Windows":
        # For each vCPU (code-53738135915: the price list has one price a second).
        yield Charge("container-instances", "windows", hours.times(cores))


def _requested(item: Planned, key: str) -> Decimal:
    return sum((get_number(get_path(each, *_REQUESTS.split("."), key), 0) for each in _containers(item)), ZERO)


def _containers(item: Planned) -> list[Any]:
    return get_list(item.props, "containers")


def _kind(props: Mapping[str, Any]) -> tuple[str, str]:
    return get_str(props, "sku", default="Standard").lower(), get_str(props, "priority", default="Regular").lower()


def _why_without_price(item: Planned) -> str:
    """Returns why a container group has no price, empty if it has one."""
    requested = [f"{_REQUESTS}.{key}" for key in ("cpu", "memoryInGB", "gpu")]
    unknown = (*unknown_at(item.props, *_OF_GROUP), *(path for each in _containers(item)
                                                      for path in unknown_at(each, *requested)))  # fmt: skip
    if unknown:
        return f"{unknown[0]} is known only after the update"
    if any(is_stated(each, requested[2]) for each in _containers(item)):
        return "its GPUs have no price"
    if not all(is_stated(each, path) for each in _containers(item) or [{}] for path in requested[:2]):
        return "what its containers request is not in the plan"
    return "" if _kind(item.props) in _KINDS else f"groups of type {' '.join(_kind(item.props))} have no price"


METERS: Mapping[str, MeterFunction] = {
    "azure-native:web:AppServicePlan": _plan,
    "azure-native:containerinstance:ContainerGroup": _group,
}
