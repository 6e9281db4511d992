"""Pricing of AWS resources: type token -> function that returns the charges of a resource."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from falaj.facts.labels import POOL_LABEL, PROFILE_LABEL
from falaj.facts.prices import missing
from falaj.finops.lines import ZERO, Basis, Charge, Compliance, Range, fixed
from falaj.finops.plan import Planned
from falaj.finops.pools import PricedPool, charges, gp3
from falaj.finops.pricing_context import LOG_GROUP, PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list

MeterFunction = Callable[[PricingContext, Planned], Iterable[Charge]]

USAGE = Basis.USAGE
_NODE_DISK_GIB = 20
"""Root disk of an EKS node group without a launch template (EKS API, CreateNodegroup, diskSize)."""
_NODE_TYPE = "t3.medium"
"""Machine of an EKS node group that names none (EKS API, CreateNodegroup, instanceTypes)."""
_DAYS_A_MONTH = 30


def used(amount: Decimal) -> Range:
    """A quantity from the usage file: nothing of it is certain but that it may be nothing."""
    return Range(ZERO, amount, amount)


def _cluster(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("eks", "cluster", fixed(context.hours))
    yield from _traffic(context, item)
    yield Charge("ebs", "gp3", used(context.quantity(item, "volumes_gb")), USAGE, note="volumes claimed in the cluster")


def _traffic(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """What leaves a site, counted once a cluster. Free allowances of the account are not taken off."""
    yield Charge("transfer", "internet-out", used(context.quantity(item, "internet_out_gb")), USAGE)
    yield Charge("transfer", "cross-zone", used(context.quantity(item, "cross_zone_gb")), USAGE)
    if context.copies:
        copied = used(context.quantity(item, "copied_out_gb"))
        yield Charge("transfer", "to-other-cloud", copied, USAGE, Compliance.COPIES)


def _node_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if get_str(item.props, "capacityType") == "CAPACITY_BLOCK":
        yield _capacity_block(item)
        return
    labels = get_dict(item.props, "labels")
    scaling = get_dict(item.props, "scalingConfig")
    least = int(get_number(get_path(scaling, "minSize"), 0))
    name = get_str(labels, POOL_LABEL, default=item.name)
    template = next(iter(context.siblings(item, "aws:ec2/launchTemplate:LaunchTemplate")), None)
    of_template = get_str(template.props, "instanceType") if template is not None else ""
    machines = get_str_list(item.props, "instanceTypes") or [of_template or _NODE_TYPE]
    yield from charges(
        context,
        item,
        PricedPool(
            name=name,
            profile=get_str(labels, PROFILE_LABEL),
            machines=machines,
            capacities=("spot",) if get_str(item.props, "capacityType") == "SPOT" else ("on-demand",),
            least=least,
            most=int(get_number(get_path(scaling, "maxSize"), least)),
            disks=disks(template, get_path(item.props, "diskSize")),
            awake=context.awake(item, name),
        ),
    )


def _capacity_block(item: Planned) -> Charge:
    most = get_number(get_path(item.props, "scalingConfig", "maxSize"), 1)
    price = missing("hour", "a capacity block is paid beforehand, at a price that is offered day by day")
    return Charge("machine", "capacity block", fixed(most), price=price)


def disks(template: Planned | None, size: object = None) -> tuple[Charge, ...]:
    """The disks of one machine, from its launch template; a root disk of the stated or usual size without one."""
    mappings = get_list(template.props, "blockDeviceMappings") if template is not None else []
    result: list[Charge] = []
    for mapping in mappings:
        result += volume(get_dict(mapping, "ebs"))
    return tuple(result) or gp3(get_number(size, _NODE_DISK_GIB), Decimal(0), Decimal(0))


def volume(ebs: Mapping[str, object]) -> tuple[Charge, ...]:
    """A volume as launch templates and Karpenter's node classes describe it."""
    size = get_number(get_path(ebs, "volumeSize"), _NODE_DISK_GIB)
    kind = get_str(ebs, "volumeType", default="gp3")
    if kind != "gp3":
        return (Charge("ebs", kind, fixed(size)),)
    return gp3(size, get_number(get_path(ebs, "iops"), 0), get_number(get_path(ebs, "throughput"), 0))


def _instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    machine = get_str(item.props, "instanceType")
    spot = get_str(item.props, "instanceMarketOptions", "marketType") == "spot"
    root = get_dict(item.props, "rootBlockDevice")
    yield from charges(
        context,
        item,
        PricedPool(
            name=item.name,
            profile="",
            machines=[machine] if machine else [],
            capacities=("spot",) if spot else ("on-demand",),
            least=1,
            most=1,
            disks=volume(root) if root else gp3(Decimal(8), Decimal(0), Decimal(0)),
        ),
    )


def _nat(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("nat", "gateway", fixed(context.hours))
    yield Charge("nat", "processed", used(context.quantity(item, "nat_gb") / context.count(item)), USAGE)


def _endpoint(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if get_str(item.props, "vpcEndpointType") not in ("Interface", "GatewayLoadBalancer"):
        return  # gateway endpoints cost nothing (AWS, VPC User Guide, gateway endpoints)
    subnets = item.props.get("subnetIds")
    listed = isinstance(subnets, list)
    zones = len(subnets) if isinstance(subnets, list) else 1
    yield Charge(
        "vpc-endpoint",
        "interface",
        fixed(context.hours * zones),
        compliance=Compliance.ENDPOINTS,
        note=f"in {zones} zones" if listed else "zones not known before the update: one counted",
    )
    moved = used(context.quantity(item, "endpoint_gb") / context.count(item))
    yield Charge("vpc-endpoint", "processed", moved, USAGE, Compliance.ENDPOINTS)


def _key(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("kms", "key", fixed(1), compliance=Compliance.KEYS)
    requests = used(context.quantity(item, "key_requests") / 10_000)
    yield Charge("kms", "requests", requests, USAGE, Compliance.KEYS)


def _bucket(context: PricingContext, item: Planned) -> Iterable[Charge]:
    held = context.store(item)
    stored, cool = held.stored_gb or ZERO, held.cool_share or ZERO
    yield Charge("s3", "standard", used(stored * (1 - cool)), USAGE)
    yield Charge("s3", "standard-ia", used(stored * cool), USAGE)
    yield Charge("s3", "retrieval-ia", used(held.retrieved_gb or ZERO), USAGE)
    yield Charge("s3", "writes", used((held.writes or ZERO) / 1000), USAGE)
    yield Charge("s3", "reads", used((held.reads or ZERO) / 1000), USAGE)


def _files(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("efs", "standard", used(context.quantity(item, "files_gb")), USAGE)
    moved = used(context.quantity(item, "files_moved_gb") / 2)
    if get_str(item.props, "throughputMode") == "elastic":
        yield Charge("efs", "reads", moved, USAGE, note="half of what is moved")
        yield Charge("efs", "writes", moved, USAGE, note="half of what is moved")


def _lustre(context: PricingContext, item: Planned) -> Iterable[Charge]:
    kind = get_str(item.props, "deploymentType", default="SCRATCH_2").lower().replace("_", "-")
    rate = get_number(get_path(item.props, "perUnitStorageThroughput"), 0)
    sku = f"{kind}-{rate:f}" if rate else kind
    yield Charge("fsx-lustre", sku, fixed(get_number(get_path(item.props, "storageCapacity"), 1200)))


def _log_group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    key = "flow_logs_gb" if context.is_flow_log_group(item) else "logs_gb"
    taken = context.quantity(item, key)
    kept = get_number(get_path(item.props, "retentionInDays"), 365) / _DAYS_A_MONTH
    yield Charge("logs", "ingested", used(taken), USAGE, Compliance.LOGS)
    yield Charge("logs", "stored", used(taken * kept), USAGE, Compliance.LOGS, note="once the retention is full")


def _alarm(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("cloudwatch", "alarm", fixed(1))


def _repository(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("ecr", "stored", used(context.quantity(item, "images_gb")), USAGE)


def _backup(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("backup", "efs-warm", used(context.quantity(item, "backup_gb")), USAGE, Compliance.COPIES)


def _address(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("ec2", "public-ipv4", fixed(context.hours))


def _balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    kind = get_str(item.props, "loadBalancerType", default="application")
    yield Charge("elb", kind, fixed(context.hours), note="capacity units are not counted")


def _firewall(context: PricingContext, item: Planned) -> Iterable[Charge]:
    zones = max(1, len(get_list(item.props, "subnetMappings")))
    yield Charge("network-firewall", "endpoint", fixed(context.hours * zones))
    yield Charge("network-firewall", "processed", used(context.quantity(item, "nat_gb")), USAGE)


def _volume(context: PricingContext, item: Planned) -> Iterable[Charge]:
    return volume(
        {"volumeSize": get_path(item.props, "size"), "volumeType": get_str(item.props, "type", default="gp2")}
    )


def _hsm(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("cloudhsm", "hsm", fixed(context.hours), compliance=Compliance.HSMS)


METERS: Mapping[str, MeterFunction] = {
    "aws:eks/cluster:Cluster": _cluster,
    "aws:eks/nodeGroup:NodeGroup": _node_group,
    "aws:ec2/instance:Instance": _instance,
    "aws:ec2/natGateway:NatGateway": _nat,
    "aws:ec2/vpcEndpoint:VpcEndpoint": _endpoint,
    "aws:ec2/eip:Eip": _address,
    "aws:ebs/volume:Volume": _volume,
    "aws:kms/key:Key": _key,
    "aws:kms/replicaKey:ReplicaKey": _key,
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketV2:BucketV2": _bucket,
    "aws:efs/fileSystem:FileSystem": _files,
    "aws:fsx/lustreFileSystem:LustreFileSystem": _lustre,
    LOG_GROUP: _log_group,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:ecr/repository:Repository": _repository,
    "aws:backup/vault:Vault": _backup,
    "aws:lb/loadBalancer:LoadBalancer": _balancer,
    "aws:networkfirewall/firewall:Firewall": _firewall,
    "aws:cloudhsmv2/hsm:Hsm": _hsm,
}
