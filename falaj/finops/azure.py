"""Pricing of Azure resources: type token -> function that returns the charges of a resource."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil
from typing import Any

from falaj.finops import (
    azure_apps,
    azure_autoscale,
    azure_brokers,
    azure_caches,
    azure_cosmos,
    azure_databases,
    azure_gateways,
    azure_interfaces,
    azure_machines,
    azure_network,
    azure_sized,
    azure_sql,
    azure_sql_instances,
)
from falaj.finops.azure_balancers import cluster_balancer, declared_balancer, ingress_balancer
from falaj.finops.azure_cluster import DECIDING, cluster
from falaj.finops.azure_disks import DRIVERS, PREMIUM, built_in_classes, managed_disk
from falaj.finops.azure_logs import flow_log, workspace
from falaj.finops.azure_machines import DEFAULT_DISK_GIB, sized_disk
from falaj.finops.azure_pools import agent_pools, cluster_pools, installed, karpenter_labels, region_zones
from falaj.finops.azure_templates import template
from falaj.finops.free import without_model
from falaj.finops.lines import ZERO, Charge, Compliance, fixed
from falaj.finops.meters import USAGE, ClusterMeters, KarpenterMeters, MeterFunction, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pools import disk_of_unknown_size, pool_charges
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str, unknown_at

_DAYS_PER_MONTH = Decimal(365) / 12


def _disk(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if unknown := unknown_at(item.props, "diskSizeGB", "sku.name", *_PERFORMANCE):
        return disk_of_unknown_size("disk", "managed", unknown[0])
    size = get_number(item.props.get("diskSizeGB"), DEFAULT_DISK_GIB)
    performance = (get_number(item.props.get(key), 0) for key in _PERFORMANCE)
    return managed_disk(get_str(item.props, "sku", "name", default=PREMIUM), size, *performance)


_PERFORMANCE = ("diskIOPSReadWrite", "diskMBpsReadWrite")


def _nat(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("nat", "gateway", fixed(context.hours))
    yield Charge("nat", "processed", usage_range(context.quantity(item, "nat_gb") / context.count(item)), USAGE)


def _peering(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Each side pays for what enters and leaves its network. The traffic is that of a site's way out."""
    yield Charge("vnet-peering", "processed", usage_range(context.quantity(item, "nat_gb")), USAGE)


def _address(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("public-ip", "standard", fixed(context.hours))


def _endpoint(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("private-endpoint", "endpoint", fixed(context.hours), compliance=Compliance.ENDPOINTS)
    processed = usage_range(context.quantity(item, "endpoint_gb") / context.count(item))
    yield Charge("private-endpoint", "processed", processed, USAGE, Compliance.ENDPOINTS)


def _workspace_outlet(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the private endpoint of a workspace's managed network; other rules may start a firewall."""
    kind = get_str(item.props, "properties", "type")
    reason = f"what an outbound rule of type {kind or '(unknown)'} costs is not known"
    yield from _endpoint(context, item) if kind == "PrivateEndpoint" else (without_model(item.type, reason),)


def _private_zone(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("private-dns", "zone", fixed(1), compliance=Compliance.ENDPOINTS)


def _storage_account(context: PricingContext, item: Planned) -> Iterable[Charge]:
    sku = get_str(item.props, "sku", "name", default="Standard_LRS")
    redundancy = sku.partition("_")[2].lower().removeprefix("ra")
    if get_str(item.props, "kind") == "FileStorage":  # whose shares are charged by themselves
        return
    if sku.startswith("Premium"):
        yield Charge("blob", f"premium-{redundancy}", usage_range(context.store(item).stored_gb or ZERO), USAGE)
        return
    geo_redundant = redundancy in ("grs", "gzrs")
    usage = context.store(item)
    stored, cool = usage.stored_gb or ZERO, usage.cool_share or ZERO
    for tier, amount in (("hot", stored * (1 - cool)), ("cool", stored * cool)):
        share = _copy_share(context, item, tier, redundancy) if geo_redundant else Decimal(1)
        kind = Compliance.COPIES if geo_redundant else None
        yield Charge("blob", f"{tier}-{redundancy}", usage_range(amount), USAGE, kind, share)
    if geo_redundant:
        yield Charge("transfer", "cross-region", usage_range(usage.written_gb or ZERO), USAGE, Compliance.COPIES)
    yield Charge("blob", "retrieval-cool", usage_range(usage.retrieved_gb or ZERO), USAGE)
    writes = "writes-geo" if geo_redundant else "writes"
    yield Charge("blob", writes, usage_range((usage.writes or ZERO) / 10_000), USAGE)
    yield Charge("blob", "reads", usage_range((usage.reads or ZERO) / 10_000), USAGE)


def _copy_share(context: PricingContext, item: Planned, tier: str, redundancy: str) -> Decimal:
    """Returns the share of a geo-redundant price that pays for the copy in the other region."""
    region = context.region(item)
    local = "zrs" if redundancy == "gzrs" else "lrs"
    with_copy = context.prices.unit(region, "blob", f"{tier}-{redundancy}").usd
    without = context.prices.unit(region, "blob", f"{tier}-{local}").usd
    return 1 - without / with_copy if with_copy and without is not None and without <= with_copy else ZERO


_PROVISIONED = (("iops", "provisionedIops"), ("throughput", "provisionedBandwidthMibps"))
_OF_SSD = ((3000, Decimal(1)), (100, Decimal("0.1")))
_OF_HDD = ((1000, Decimal("0.2")), (60, Decimal("0.02")))
"""What a share of the provisioned v2 model pays for beside its size, and its property; and by the medium, for both,
what it has where the property is missing: a number, and more for each GiB of its size (Microsoft Learn, "Understand
Azure Files billing", recommendations, read 2026-12-01). The catalogue has no price of it."""


def _provisioned_share(item: Planned, sku: str) -> Iterable[Charge]:
    size, kind = get_number(get_path(item.props, "shareQuota"), 100), sku.lower()
    recommended = _OF_HDD if kind.startswith("standard") else _OF_SSD
    yield Charge("files", f"{kind}-storage", fixed(size), note="charged by shareQuota, used or not")
    for (part, name), (base, each) in zip(_PROVISIONED, recommended, strict=True):
        amount = get_number(get_path(item.props, name), base + ceil(each * size))
        yield Charge("files", f"{kind}-{part}", fixed(amount), note=f"charged by {name}, used or not")


def _share(context: PricingContext, item: Planned) -> Iterable[Charge]:
    account = next(iter(context.siblings(item, "azure-native:storage:StorageAccount")), None)
    sku = get_str(account.props, "sku", "name") if account is not None else ""
    premium = sku.startswith("Premium") or get_str(item.props, "accessTier") == "Premium"
    redundancy = sku.partition("_")[2].lower() or "zrs"
    if sku.partition("_")[0].endswith("V2"):
        yield from _provisioned_share(item, sku)
    elif premium:
        size = get_number(get_path(item.props, "shareQuota"), 100)
        yield Charge("files", f"premium-{redundancy}", fixed(size), note="charged by provisioned size, used or not")
    else:
        yield Charge("files", f"standard-{redundancy}", usage_range(context.quantity(item, "files_gb")), USAGE)


def _registry(context: PricingContext, item: Planned) -> Iterable[Charge]:
    tier = get_str(item.props, "sku", "name", default="Basic").lower()
    yield Charge("acr", tier, fixed(_DAYS_PER_MONTH))
    above_included = max(ZERO, context.quantity(item, "images_gb") - _INCLUDED_GB.get(tier, 0))
    yield Charge("acr", "stored", usage_range(above_included), USAGE)


_INCLUDED_GB = {"basic": 10, "standard": 100, "premium": 500}
"""GB of storage that are included in a registry's daily price (Azure Container Registry, service tiers)."""


def _registry_replication(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("acr", "premium", fixed(_DAYS_PER_MONTH), compliance=Compliance.COPIES)


def _key(context: PricingContext, item: Planned) -> Iterable[Charge]:
    kind = get_str(item.props, "properties", "kty", default="RSA")
    size = get_number(get_path(item.props, "properties", "keySize"), 2048)
    if kind.endswith("-HSM"):
        sku = "hsm-key-2048" if size <= 2048 and kind.startswith("RSA") else "hsm-key"
        yield Charge("key-vault", sku, fixed(1), compliance=Compliance.HSMS)
    standard = size <= 2048 and kind.startswith("RSA")
    requests = usage_range(context.quantity(item, "key_requests") / 10_000)
    yield Charge("key-vault", "operations" if standard else "advanced-key-operations", requests, USAGE, Compliance.KEYS)


def _hsm(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("managed-hsm", "pool", fixed(context.hours), compliance=Compliance.HSMS)


def _karpenter_disks(context: PricingContext, node_class: Mapping[str, Any]) -> tuple[Charge, ...]:
    return sized_disk(PREMIUM, get_dict(node_class, "spec").get("osDiskSizeGB"))


def _karpenter_storage(_: Mapping[str, Any]) -> None:
    """Returns no size: the provider places OS disks on local disks where they fit."""


_DECIDING: Mapping[str, tuple[str, ...]] = {
    "azure-native:containerservice:ManagedCluster": DECIDING,
    "azure-native:compute:VirtualMachine": azure_machines.DECIDING,
    "azure-native:network:AzureFirewall": azure_network.FIREWALL_DECIDES,
    "azure-native:network:LoadBalancer": ("sku.name", "loadBalancingRules", "outboundRules"),
    "azure-native:storage:StorageAccount": ("sku.name",),
    "azure-native:storage:FileShare": ("accessTier", "shareQuota"),
    "azure-native:containerregistry:Registry": ("sku.name",),
    "azure-native:keyvault:Key": ("properties.kty", "properties.keySize"),
    "azure-native:operationalinsights:Workspace": ("retentionInDays",),
}

CLUSTER = ClusterMeters(
    load_balancer=cluster_balancer,
    ingress=ingress_balancer,
    drivers=DRIVERS,
    classes=built_in_classes,
    pools={
        "azure-native:containerservice:ManagedCluster": cluster_pools,
        "azure-native:containerservice:AgentPool": agent_pools,
    },
    free_kinds={"karpenter.azure.com": ("AKSNodeClass",)},
    parts={"azure-native:containerservice:ManagedCluster": installed},
    deciding=_DECIDING,
    karpenter=KarpenterMeters(
        group="karpenter.azure.com",
        node_class="kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass",
        type_keys=("karpenter.azure.com/sku-name", "node.kubernetes.io/instance-type"),
        labels=karpenter_labels,
        zones=region_zones,
        disks=_karpenter_disks,
        storage_gib=_karpenter_storage,
    ),
)

METERS: Mapping[str, MeterFunction] = {
    "azure-native:resources:Deployment": template,
    "azure-native:containerservice:ManagedCluster": cluster,
    "azure-native:containerservice:AgentPool": pool_charges,
    "azure-native:compute:VirtualMachine": azure_machines.virtual_machine,
    "azure-native:compute:VirtualMachineScaleSet": azure_machines.scale_set,
    "azure-native:compute:CapacityReservation": azure_machines.capacity_reservation,
    "azure-native:azurefleet:Fleet": azure_machines.fleet,
    **azure_apps.METERS,
    **azure_autoscale.METERS,
    **azure_brokers.METERS,
    **azure_caches.METERS,
    **azure_cosmos.METERS,
    **azure_databases.METERS,
    **azure_gateways.METERS,
    **azure_interfaces.METERS,
    **azure_network.METERS,
    **azure_sized.METERS,
    **azure_sql.METERS,
    **azure_sql_instances.METERS,
    "azure-native:compute:Disk": _disk,
    "azure-native:network:NatGateway": _nat,
    "azure-native:network:VirtualNetworkPeering": _peering,
    "azure-native:network:HubVirtualNetworkConnection": _peering,
    "azure-native:network:PublicIPAddress": _address,
    "azure-native:network:PrivateEndpoint": _endpoint,
    # Charged as a private endpoint (Microsoft Learn, "Make outbound connections through a shared private link", read
    # 2026-11-28).
    "azure-native:search:SharedPrivateLinkResource": _endpoint,
    "azure-native:machinelearningservices:ManagedNetworkSettingsRule": _workspace_outlet,
    "azure-native:network:LoadBalancer": declared_balancer,
    "azure-native:network:FlowLog": flow_log,
    "azure-native:privatedns:PrivateZone": _private_zone,
    "azure-native:storage:StorageAccount": _storage_account,
    "azure-native:storage:FileShare": _share,
    "azure-native:containerregistry:Registry": _registry,
    "azure-native:containerregistry:Replication": _registry_replication,
    "azure-native:keyvault:Key": _key,
    "azure-native:keyvault:ManagedHsm": _hsm,
    "azure-native:operationalinsights:Workspace": workspace,
}
