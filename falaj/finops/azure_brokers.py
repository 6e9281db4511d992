"""Charges of brokers on Azure: units of Event Hubs and Service Bus. Messages and connections are charged by use."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.finops.azure_autoscale import AT_LEAST, is_unknown, most_by_rules, settings_of
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import is_on, is_stated

_HUBS, _HUB = "azure-native:eventhub:Namespace", "azure-native:eventhub:EventHub"


def _hubs(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the units of a namespace (infracost/infracost 95ba4f49, internal/providers/terraform/azure/
    event_hubs_namespace.go). One in a dedicated cluster is paid for with the cluster (MicrosoftDocs/azure-docs 009d3e23
    articles/event-hubs/event-hubs-dedicated-overview.md: a cluster is billed by its capacity); read 2026-12-01."""
    if is_stated(item.props, "clusterArmId"):
        yield by_use(item.type)
        return
    if unknown := unknown_at(item.props, "sku.name", "sku.capacity", *_INFLATED):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier = get_str(item.props, "sku", "name").lower()
    units = max(Decimal(1), get_number(get_path(item.props, "sku", "capacity"), 1))
    if is_on(item.props, "isAutoInflateEnabled"):
        # Units are added and never removed automatically, so the maximum is expected (MicrosoftDocs/azure-docs 0476a498
        # articles/event-hubs/event-hubs-auto-inflate.md, read 2026-12-01).
        most = get_number(get_path(item.props, "maximumThroughputUnits"), 0)
        if not most:
            yield without_model(item.type, "the maximum of its throughput units is not in the plan")
        units = max(units, most)
    if not tier:
        yield without_model(item.type, "its tier is not in the plan")
        return
    yield Charge("event-hubs", tier, fixed(units * context.hours))
    if tier == "standard" and any(_is_in(context, hub, item) for hub in _captured(context)):
        yield Charge("event-hubs", "capture", fixed(units * context.hours))


_INFLATED = ("isAutoInflateEnabled", "maximumThroughputUnits")


def _captured(context: PricingContext) -> Iterable[Planned]:
    """Yields the event hubs whose events are captured, which the tier Standard pays for by throughput unit."""
    return (hub for hub in context.plan.of_type(_HUB) if is_stated(hub.props, "captureDescription.enabled"))


def _is_in(context: PricingContext, hub: Planned, namespace: Planned) -> bool:
    """Returns whether an event hub is in a namespace; one whose namespace is not known yet may be in any."""
    if any(found is namespace for found in context.plan.sources(hub, "namespaceName")):
        return True
    name, own = get_str(hub.props, "namespaceName"), get_str(namespace.props, "namespaceName")
    return name in ("", own)


def _hub(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the capture of an event hub in a namespace of another plan as charged by use: that namespace's units, by
    which it is charged, are not in the plan."""
    captured = is_stated(item.props, "captureDescription.enabled")
    if captured and not any(_is_in(context, item, found) for found in context.plan.of_type(_HUBS)):
        yield by_use(item.type)


def _dedicated(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if unknown := unknown_at(item.props, "sku.name", "sku.capacity"):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    units = max(Decimal(1), get_number(get_path(item.props, "sku", "capacity"), 1))
    yield Charge("event-hubs", get_str(item.props, "sku", "name").lower(), fixed(units * context.hours))


def _bus(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the base charge of a namespace, or its messaging units (infracost 95ba4f49, internal/resources/azure/
    servicebus_namespace.go, read 2026-12-01): a multiple of its partitions, and as many in each region to which its
    data is replicated (MicrosoftDocs/azure-docs 03e5750a articles/service-bus-messaging/enable-partitions-premium.md
    and 01363e7a service-bus-geo-replication.md, read 2026-12-01)."""
    if unknown := unknown_at(item.props, "sku.name", "sku.capacity", "premiumMessagingPartitions", _REPLICATED):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    tier = get_str(item.props, "sku", "name").lower()
    if tier == "basic":
        yield by_use(item.type)
    elif tier == "standard":
        yield Charge("service-bus", "standard", fixed(1))
    elif tier == "premium":
        sizes = (get_path(item.props, "sku", "capacity"), get_path(item.props, "premiumMessagingPartitions"))
        rules = settings_of(context, item)
        if is_unknown(rules, *AT_LEAST):
            yield without_model(item.type, "the capacity of its autoscale setting is known only after the update")
        units = max(Decimal(max(1, most_by_rules(rules, *AT_LEAST))), *(get_number(size, 1) for size in sizes))
        regions = max(1, len(get_list(item.props, "geoDataReplication", "locations")))
        yield Charge("service-bus", "premium", fixed(units * regions * context.hours))
    else:
        yield without_model(item.type, f"the tier {tier or '(not stated)'} has no price")


_REPLICATED = "geoDataReplication.locations"

METERS: Mapping[str, MeterFunction] = {
    _HUBS: _hubs,
    _HUB: _hub,
    "azure-native:eventhub:Cluster": _dedicated,
    "azure-native:servicebus:Namespace": _bus,
}
