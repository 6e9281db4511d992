"""Pricing of AWS resources: type token -> function that returns the charges of a resource."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.facts.prices import missing
from falaj.finops import (
    aws_brokers,
    aws_caches,
    aws_capacity,
    aws_containers,
    aws_databases,
    aws_files,
    aws_fixed,
    aws_instances,
    aws_memory,
    aws_models,
    aws_proxies,
    aws_scaling,
    aws_streams,
    aws_tables,
    aws_warehouses,
)
from falaj.finops.aws_balancers import cluster_balancer, declared_balancer, ingress_balancer
from falaj.finops.aws_cluster import DECIDING, cluster
from falaj.finops.aws_logs import flow_log_bucket, log_group
from falaj.finops.aws_machine_groups import auto_scaling_group, capacity_reservation, fleet, spot_fleet
from falaj.finops.aws_pools import address, karpenter_labels, node_groups, site_zones, storage_gib
from falaj.finops.aws_volumes import BUILT_IN, DRIVERS, volume
from falaj.finops.aws_warm import warm_pool
from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json
from falaj.finops.lines import ZERO, Charge, Compliance, Range, fixed
from falaj.finops.meters import USAGE, ClusterMeters, KarpenterMeters, MeterFunction, usage_range
from falaj.finops.plan import Planned
from falaj.finops.pools import pool_charges
from falaj.finops.pricing_context import LOG_GROUP, PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str
from falaj.finops.work.system_work import Parts


def _node_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if get_str(item.props, "capacityType") == "CAPACITY_BLOCK":
        yield _capacity_block(item)
    yield from pool_charges(context, item)
    for pool in context.pools[item.urn]:
        yield from warm_pool(context, item, "warmPoolConfig", pool)


def _addon(item: Planned) -> Parts:
    text = get_path(item.props, "configurationValues")
    try:
        values = parse_json(text, "configurationValues") if isinstance(text, str) else {}
    except BadInput:
        values = {}
    yield get_str(item.props, "addonName"), get_dict(values)


def _capacity_block(item: Planned) -> Charge:
    max_size = get_number(get_path(item.props, "scalingConfig", "maxSize"), 1)
    price = missing("hour", "a capacity block is prepaid at a price that changes daily")
    return Charge("machine", "capacity block", fixed(max_size), price=price)


def _nat(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("nat", "gateway", fixed(context.hours))
    yield Charge("nat", "processed", usage_range(context.quantity(item, "nat_gb") / context.count(item)), USAGE)


def _hub(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the attachment of a VPC to a transit gateway, which the owner of the VPC pays. Traffic to the internet
    passes it only without NAT gateways."""
    yield Charge("transit-gateway", "attachment", fixed(context.hours))
    if not context.siblings(item, "aws:ec2/natGateway:NatGateway"):
        yield Charge("transit-gateway", "processed", usage_range(context.quantity(item, "nat_gb")), USAGE)


def _is_placed(context: PricingContext, item: Planned) -> bool:
    """Returns whether associations of the plan, of which each has its own charge, put an endpoint into subnets."""
    associations = context.plan.of_type("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation")
    return any(item in context.plan.sources(each, "vpcEndpointId") for each in associations)


def _endpoint(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if get_str(item.props, "vpcEndpointType") not in ("Interface", "GatewayLoadBalancer"):
        return  # gateway endpoints cost nothing (AWS, VPC User Guide, gateway endpoints)
    subnets = item.props.get("subnetIds", [] if _is_placed(context, item) else None)
    listed = isinstance(subnets, list)
    zones = len(subnets) if isinstance(subnets, list) else 1
    yield Charge(
        "vpc-endpoint",
        "interface",
        fixed(context.hours * zones),
        compliance=Compliance.ENDPOINTS,
        note=f"in {zones} zones" if listed else "zones unknown before the update: one assumed",
    )
    processed = usage_range(context.quantity(item, "endpoint_gb") / context.count(item))
    yield Charge("vpc-endpoint", "processed", processed, USAGE, Compliance.ENDPOINTS)


def _key(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a key; its material may be imported (aws.amazon.com/kms/pricing, "Key Storage", read 2026-12-02)."""
    yield Charge("kms", "key", fixed(1), compliance=Compliance.KEYS)
    requests = usage_range(context.quantity(item, "key_requests") / 10_000)
    yield Charge("kms", "requests", requests, USAGE, Compliance.KEYS)


def _bucket(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if context.has_flow_logs(item):
        yield from flow_log_bucket(context, item)
        return
    usage = context.store(item)
    stored, cool = usage.stored_gb or ZERO, usage.cool_share or ZERO
    yield Charge("s3", "standard", usage_range(stored * (1 - cool)), USAGE)
    yield Charge("s3", "standard-ia", usage_range(stored * cool), USAGE)
    yield Charge("s3", "retrieval-ia", usage_range(usage.retrieved_gb or ZERO), USAGE)
    yield Charge("s3", "writes", usage_range((usage.writes or ZERO) / 1000), USAGE)
    yield Charge("s3", "reads", usage_range((usage.reads or ZERO) / 1000), USAGE)


def _files(context: PricingContext, item: Planned) -> Iterable[Charge]:
    stored = context.quantity(item, "files_gb")
    yield Charge("efs", "standard", usage_range(stored), USAGE)
    half = usage_range(context.quantity(item, "files_moved_gb") / 2)
    mode = get_str(item.props, "throughputMode")
    if mode == "elastic":
        yield Charge("efs", "reads", half, USAGE, note="half of the data transferred")
        yield Charge("efs", "writes", half, USAGE, note="half of the data transferred")
    elif mode == "provisioned":
        provisioned = get_number(get_path(item.props, "provisionedThroughputInMibps"), 0)
        above = max(ZERO, provisioned - stored / _GB_WITH_A_MBPS)
        yield Charge("efs", "provisioned-throughput", Range(above, above, provisioned))


_GB_WITH_A_MBPS = 20
"""GB of EFS Standard storage whose price includes 1 MB/s (AWS, EFS pricing; Infracost, efs_file_system; read
2026-11-27)."""


def _alarm(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("cloudwatch", "alarm", fixed(1))


def _repository(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("ecr", "stored", usage_range(context.quantity(item, "images_gb")), USAGE)


def _backup(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("backup", "efs-warm", usage_range(context.quantity(item, "backup_gb")), USAGE, Compliance.COPIES)


def _address(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("ec2", "public-ipv4", fixed(context.hours))


def _firewall(context: PricingContext, item: Planned) -> Iterable[Charge]:
    zones = max(1, len(get_list(item.props, "subnetMappings")))
    yield Charge("network-firewall", "endpoint", fixed(context.hours * zones))
    yield Charge("network-firewall", "processed", usage_range(context.quantity(item, "nat_gb")), USAGE)


def _volume(context: PricingContext, item: Planned) -> Iterable[Charge]:
    kind = get_str(item.props, "type", default="gp2")
    return volume({**item.props, "volumeSize": item.props.get("size"), "volumeType": kind})


def _hsm(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("cloudhsm", "hsm", fixed(context.hours), compliance=Compliance.HSMS)


def _karpenter_disks(context: PricingContext, node_class: Mapping[str, Any]) -> tuple[Charge, ...]:
    has_address = get_path(node_class, "spec", "associatePublicIPAddress") is True
    return (*_karpenter_volumes(node_class), *address(context, has_address))


def _karpenter_volumes(node_class: Mapping[str, Any]) -> tuple[Charge, ...]:
    mappings = get_list(node_class, "spec", "blockDeviceMappings")
    return tuple(disk for mapping in mappings for disk in volume(get_dict(mapping, "ebs"))) or volume({})


def _karpenter_storage(node_class: Mapping[str, Any]) -> Decimal | None:
    """Returns the storage of a node, which may be on local disks instead."""
    is_local = get_str(node_class, "spec", "instanceStorePolicy") == "RAID0"
    return None if is_local else storage_gib(_karpenter_volumes(node_class))


_BALANCERS = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
"""One resource of AWS in two modules (pulumi-aws 7.51.1, classes LoadBalancer of lb and alb)."""
_DECIDING: Mapping[str, tuple[str, ...]] = {
    "aws:eks/cluster:Cluster": DECIDING,
    "aws:ec2/instance:Instance": (
        "instanceType",
        "instanceMarketOptions.marketType",
        "instanceMarketOptions.spotOptions.maxPrice",
        "rootBlockDevice",
        "ebsBlockDevices",
        "associatePublicIpAddress",
    ),
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ("instanceType", "rootBlockDevice", "ebsBlockDevices"),
    "aws:ebs/volume:Volume": ("type",),
    "aws:efs/fileSystem:FileSystem": ("throughputMode",),
    "aws:fsx/lustreFileSystem:LustreFileSystem": ("deploymentType", "perUnitStorageThroughput"),
    LOG_GROUP: ("retentionInDays",),
    **dict.fromkeys(_BALANCERS, ("loadBalancerType",)),
    "aws:networkfirewall/firewall:Firewall": ("subnetMappings",),
}

CLUSTER = ClusterMeters(
    load_balancer=cluster_balancer,
    ingress=ingress_balancer,
    drivers=DRIVERS,
    classes=lambda context, site: BUILT_IN,
    pools={"aws:eks/nodeGroup:NodeGroup": node_groups},
    free_kinds={
        "eks.amazonaws.com": ("CNINode", "IngressClassParams", "NodeClass", "NodeDiagnostic", "TargetGroupBinding"),
        "elbv2.k8s.aws": ("IngressClassParams", "TargetGroupBinding"),
        # How the load balancer of a Gateway is set up (kubernetes-sigs/aws-load-balancer-controller, config/crd,
        # read 2026-11-28).
        "gateway.k8s.aws": ("ListenerRuleConfiguration", "LoadBalancerConfiguration", "TargetGroupConfiguration"),
        "karpenter.k8s.aws": ("EC2NodeClass",),
    },
    parts={"aws:eks/addon:Addon": _addon},
    deciding=_DECIDING,
    karpenter=KarpenterMeters(
        group="karpenter.k8s.aws",
        node_class="kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
        type_keys=("node.kubernetes.io/instance-type",),
        labels=karpenter_labels,
        zones=site_zones,
        disks=_karpenter_disks,
        storage_gib=_karpenter_storage,
    ),
)

METERS: Mapping[str, MeterFunction] = {
    **aws_brokers.METERS,
    **aws_caches.METERS,
    **aws_capacity.METERS,
    **aws_containers.METERS,
    **aws_databases.METERS,
    **aws_files.METERS,
    **aws_fixed.METERS,
    **aws_instances.METERS,
    **aws_memory.METERS,
    **aws_models.METERS,
    **aws_proxies.METERS,
    **aws_scaling.METERS,
    **aws_streams.METERS,
    **aws_tables.METERS,
    **aws_warehouses.METERS,
    "aws:eks/cluster:Cluster": cluster,
    "aws:eks/nodeGroup:NodeGroup": _node_group,
    "aws:ec2/fleet:Fleet": fleet,
    "aws:ec2/spotFleetRequest:SpotFleetRequest": spot_fleet,
    "aws:ec2/capacityReservation:CapacityReservation": capacity_reservation,
    "aws:autoscaling/group:Group": auto_scaling_group,
    "aws:ec2/natGateway:NatGateway": _nat,
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": _hub,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "aws:ec2/eip:Eip": _address,
    "aws:ebs/volume:Volume": _volume,
    "aws:kms/key:Key": _key,
    "aws:kms/externalKey:ExternalKey": _key,
    "aws:kms/replicaKey:ReplicaKey": _key,
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketV2:BucketV2": _bucket,
    "aws:efs/fileSystem:FileSystem": _files,
    LOG_GROUP: log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:ecr/repository:Repository": _repository,
    "aws:backup/vault:Vault": _backup,
    **dict.fromkeys(_BALANCERS, declared_balancer),
    "aws:networkfirewall/firewall:Firewall": _firewall,
    "aws:cloudhsmv2/hsm:Hsm": _hsm,
}
