"""Validation rules and node properties of sites on AWS. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from falaj.components.core.money.amounts import LEAST_WATCHED_AED
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.money.cost_categories import MOST_UNITS, unit_problems, units_of
from falaj.components.core.network.aws_network import aws_network_problems, public_problems
from falaj.components.core.network.small_blocks import block_problems
from falaj.components.core.network.zones import ZONE_ID_LABEL, site_zones
from falaj.components.core.node_pools.karpenter_checks import eks_problems
from falaj.components.core.node_pools.node_groups import is_group
from falaj.components.core.node_pools.node_traits import IdentityEndpoint, NodeTraits
from falaj.components.core.node_pools.pod_addresses import address_problems, address_warnings
from falaj.components.core.site.administrators import ROLE_ARN
from falaj.components.core.site.aws_addons import addon_problems
from falaj.components.core.site.aws_releases import ami_release
from falaj.components.core.site.aws_roles import role_problems
from falaj.components.core.site.aws_standing import standing_charges
from falaj.components.core.site.cluster_access import access_problems, identities
from falaj.components.core.site.eks_addons import BEFORE_NODES, ON_NODES, OPTIONAL, storage_addons
from falaj.components.core.site.rules import CloudRules
from falaj.components.core.site.sleep_rules import eks_sleep_problems
from falaj.components.core.site.specs import AwsSiteSpec, SitePlacement
from falaj.components.core.site.version_support import PaidSupport
from falaj.components.core.storage.aws_backup_opt_in import opt_in_problems
from falaj.components.core.validation.enums import (
    Capacity,
    ClusterPart,
    Egress,
    Endpoints,
    NodeAutoscaler,
    Purpose,
    SupportType,
)
from falaj.components.core.validation.problems import Problem, below
from falaj.facts.regions import REGIONS
from falaj.facts.releases import AMI, AUTOSCALER, KARPENTER


def _service_problems(site: SitePlacement) -> Iterator[Problem]:
    services = site.aws.service_cidr if site.aws else None
    if services is not None and services.overlaps(site.network.cidr):
        allowed = f"a block that does not overlap the network's {site.network.cidr}"
        yield Problem("aws.service_cidr", str(services), allowed, "choose another block")


def _problems(site: SitePlacement) -> Iterator[Problem]:
    yield from _service_problems(site)
    yield from _budget_action_problems(site)
    yield from _scratch_problems(site)
    yield from _vault_access_problems(site)
    yield from _endpoint_problems(site)
    yield from _cache_problems(site)
    yield from _backup_problems(site)
    yield from below("aws.addons", addon_problems((site.aws or AwsSiteSpec()).addons))
    yield from below("aws.roles", role_problems((site.aws or AwsSiteSpec()).roles))
    yield from below("aws", access_problems(site.administrators, site.aws or AwsSiteSpec()))
    if RULES.autoscaler(site) is NodeAutoscaler.KARPENTER:
        for name, pool in site.pools.items():
            yield from () if is_group(pool) else below(f"pools.{name}", eks_problems(pool))
    options = site.aws or AwsSiteSpec()
    network = aws_network_problems(options.network, site.network.egress, site.network.zones)
    yield from below("aws.network", network)
    if options.network.existing is None:
        # Pods take addresses of the VPC. Those of an existing one are looked up in the preview.
        too_small = list(below("network", block_problems(site.network.cidr, site.network.zones, site.network.egress)))
        yield from too_small or address_problems(
            site.region, site.network.cidr, _zones(site), site.pools, options.network.pods_cidr
        )


def _budget_action_problems(site: SitePlacement) -> Iterator[Problem]:
    if site.aws is None or site.aws.budget_stop is None:
        return
    has_karpenter_pools = any(not is_group(pool) for pool in site.pools.values())
    if RULES.autoscaler(site) is not NodeAutoscaler.KARPENTER or not has_karpenter_pools:
        given, allowed = site.aws.budget_stop.model_dump(mode="json"), "only where Karpenter has pools"
        yield Problem("aws.budget_stop", given, allowed, "remove it, or use Karpenter")


def _scratch_problems(site: SitePlacement) -> Iterator[Problem]:
    size = site.aws.scratch_gib if site.aws else None
    if size is None:
        return
    if Purpose.DATASETS not in site.vaults:
        yield Problem("aws.scratch_gib", size, "only with a vault datasets", "add that vault")


def _backup_problems(site: SitePlacement) -> Iterator[Problem]:
    options = site.aws or AwsSiteSpec()
    yield from below("aws.backup_opt_in", opt_in_problems(options.backup_opt_in))
    if options.backup_opt_in and not options.backup:
        yield Problem(
            "aws.backup_opt_in", sorted(options.backup_opt_in), "only with aws.backup", "set it, or remove this"
        )


def _endpoint_problems(site: SitePlacement) -> Iterator[Problem]:
    if site.aws and site.aws.endpoints is Endpoints.MINIMAL and site.network.egress is Egress.NONE:
        yield Problem("aws.endpoints", "minimal", "full where egress is none", "remove it: nothing else reaches AWS")


def _cache_problems(site: SitePlacement) -> Iterator[Problem]:
    if site.storage.cached_registries and site.network.egress is Egress.NONE:
        given = [cached.value for cached in site.storage.cached_registries]
        allowed = "nothing where egress is none: the first pull of an image needs it (ECR User Guide)"
        yield Problem("storage.cached_registries", given, allowed, "copy the images instead (network.image_mirror)")


def _public_gateway_problems(site: SitePlacement, path: str) -> Iterator[Problem]:
    yield from public_problems((site.aws or AwsSiteSpec()).network, site.network.egress, path)


def _public_gateway_warnings(site: SitePlacement) -> Iterator[str]:
    if site.aws is not None and site.aws.network.existing is not None:
        yield (
            "its gateway is public: a public subnet of the existing VPC in each zone needs the tag "
            "`kubernetes.io/role/elb: 1`, or no load balancer is created"
        )


def _vault_access_problems(site: SitePlacement) -> Iterator[Problem]:
    for purpose in site.aws.vault_access if site.aws else ():
        if purpose not in site.vaults:
            allowed = ", ".join(vault.value for vault in site.vaults)
            yield Problem(f"aws.vault_access.{purpose.value}", purpose.value, allowed, "name a vault of the site")


def _unused_warnings(site: SitePlacement, reads_datasets: bool) -> Iterator[str]:
    if site.aws and site.aws.scratch_gib is not None and not reads_datasets:
        yield "`aws.scratch_gib` is paid for, but no run of this stack with a `dataset` in vault://datasets mounts it"


def _watched_budget_problems(budget: BudgetSpec) -> Iterator[Problem]:
    if budget.aed_per_month < LEAST_WATCHED_AED:
        allowed = f"{LEAST_WATCHED_AED} or more where `finops` monitors the account: its average per hour is an alarm"
        yield Problem("aed_per_month", float(budget.aed_per_month), allowed, "raise it")


def _account_problems(tenants: Collection[str]) -> Iterator[Problem]:
    yield from unit_problems(units_of(tenants))
    if len(tenants) > MOST_UNITS:
        allowed = f"at most {MOST_UNITS} tenants where `finops` monitors the account"
        yield Problem("", len(tenants), allowed, "give some of them a stack on another account")


def _finops_problems(given: Mapping[str, object]) -> Iterator[Problem]:
    if "cost_allocation_tags" in given and "payer" not in given:
        allowed = "true only with `payer`: AWS refuses it in a member account of an organisation"
        yield Problem("cost_allocation_tags", True, allowed, "set `payer` if the account pays for itself")
    if {"create_monitor", "monitor_arn"} <= given.keys():
        yield Problem("create_monitor", True, "only without `monitor_arn`", "remove one of the two")


def _finops_warnings(given: Mapping[str, object]) -> Iterator[str]:
    if not {"create_monitor", "monitor_arn"} & given.keys():
        yield (
            "cost anomalies are not reported: give the ARN of the account's monitor as `monitor_arn` "
            "(aws ce get-anomaly-monitors), or set `create_monitor` in an account that has none"
        )
    if "payer" not in given:
        yield (
            "no cost category splits the bill by business unit, as in a member account of an organisation: "
            "set `payer` if the account pays for itself"
        )


def _warnings(site: SitePlacement) -> Iterator[str]:
    options = site.aws or AwsSiteSpec()
    if options.network.existing is None:
        block = options.network.pods_cidr or site.network.cidr
        yield from address_warnings(site.region, block, _zones(site), site.pools)
    yield from _zone_warnings(site)
    yield from _reach_warnings(site, options)


def _zone_warnings(site: SitePlacement) -> Iterator[str]:
    for name, pool in site.pools.items():
        for zone in pool.pinned_zones or ():
            if zone in REGIONS[site.region].zones:
                yield f"pool {name}: {zone} is another zone in each account; write its ID, such as {_zones(site)[0]}"


def _zones(site: SitePlacement) -> tuple[str, ...]:
    return site_zones(site.region, site.network.zones, site.network.zone_ids)


def _reach_warnings(site: SitePlacement, options: AwsSiteSpec) -> Iterator[str]:
    """Yields a warning for a private API server that nothing outside the site's own network reaches."""
    network = options.network
    is_connected = network.existing or network.transit_gateway or network.peerings
    if site.public_access_cidrs or (is_connected and options.private_access_cidrs):
        return
    if is_connected:
        yield (
            "its API server admits no other network: name the blocks of runners and administrators under "
            "`aws.private_access_cidrs`, or deploy from a runner in the cluster security group"
        )
        return
    yield (
        "its API server is private and its network is connected to no other: `pulumi up` must run inside. Create the "
        "network and a runner first (examples/landing-zone), attach a transit gateway or a peering (`aws.network`) and "
        "name its blocks under `aws.private_access_cidrs`, or name offices under `public_access_cidrs`"
    )


def _paid_support(site: SitePlacement) -> PaidSupport:
    taken = site.aws is not None and site.aws.support_type is SupportType.EXTENDED
    return PaidSupport("aws.support_type: extended", taken)


def _autoscalers(site: SitePlacement) -> list[str]:
    """Returns the charts of the autoscalers that the site installs."""
    has_karpenter = RULES.autoscaler(site) is NodeAutoscaler.KARPENTER
    groups = [pool for pool in site.pools.values() if not has_karpenter or is_group(pool)]
    installed = {KARPENTER: len(groups) < len(site.pools), AUTOSCALER: any(pool.min < pool.max for pool in groups)}
    return [chart for chart, is_installed in installed.items() if is_installed]


LOAD_BALANCER_CONTROLLER = "aws-load-balancer-controller"


def _system_parts(site: SitePlacement, _charts: Collection[str], needed: Collection[ClusterPart]) -> Sequence[str]:
    has_scratch = site.aws is not None and site.aws.scratch_gib is not None
    optional = (OPTIONAL[kind] for kind in storage_addons(site.storage.shared_files, has_scratch))
    balancers = [LOAD_BALANCER_CONTROLLER] if ClusterPart.LOAD_BALANCER_CONTROLLER in needed else []
    return [*(addon.name for addon in (*BEFORE_NODES, *ON_NODES, *optional)), *_autoscalers(site), *balancers]


def _releases(site: SitePlacement) -> Mapping[str, str]:
    options = site.aws or AwsSiteSpec()
    charts, installed = _autoscalers(site), dict[str, object]()
    if KARPENTER in charts:
        installed |= {AMI: options.ami_alias, KARPENTER: options.karpenter_version}
    if AUTOSCALER in charts:
        installed[AUTOSCALER] = options.cluster_autoscaler_version
    # The version of another resource is not known before the deployment.
    return {name: ami_release(version) for name, version in installed.items() if isinstance(version, str)}


POD_IDENTITY_AGENT = IdentityEndpoint("169.254.170.23/32", 80)
"""The Pod Identity agent on each node (EKS User Guide, Pod Identity agent)."""

NODES = NodeTraits(
    # Two minutes, best effort (EC2 User Guide, spot interruption notices).
    notice_seconds=120,
    grace_seconds=100,
    # An assumption; measure it at your site.
    start_seconds=90,
    # By the second, for at least a minute (aws.amazon.com, EC2 per-second billing, 2017-10-02; also for spot).
    least_billed_seconds=60,
    group_labels={
        Capacity.SPOT: {"eks.amazonaws.com/capacityType": "SPOT"},
        Capacity.ON_DEMAND: {"eks.amazonaws.com/capacityType": "ON_DEMAND"},
        Capacity.RESERVED: {"eks.amazonaws.com/capacityType": "ON_DEMAND"},
        Capacity.CAPACITY_BLOCK: {"eks.amazonaws.com/capacityType": "CAPACITY_BLOCK"},
    },
    identity_endpoint=POD_IDENTITY_AGENT,
    zone_label=ZONE_ID_LABEL,
    # Karpenter, concepts/scheduling, well-known labels of AWS (2026-11-28).
    gpu_count_label="karpenter.k8s.aws/instance-gpu-count",
)

RULES = CloudRules(
    nodes=NODES,
    default_autoscaler=NodeAutoscaler.KARPENTER,
    administrator=ROLE_ARN,
    administrator_kind="the ARN of an IAM role, such as arn:aws:iam::111122223333:role/platform-admins",
    identities=lambda site: identities(site.aws or AwsSiteSpec()),
    firewall_by_address=False,
    problems=_problems,
    watched_budget_problems=_watched_budget_problems,
    sleep_problems=eks_sleep_problems,
    public_gateway_problems=_public_gateway_problems,
    public_gateway_warnings=_public_gateway_warnings,
    unused_warnings=_unused_warnings,
    finops_problems=_finops_problems,
    finops_warnings=_finops_warnings,
    account_problems=_account_problems,
    warnings=_warnings,
    paid_support=_paid_support,
    system_parts=_system_parts,
    standing_charges=standing_charges,
    releases=_releases,
    release_settings={
        AMI: "aws.ami_alias",
        KARPENTER: "aws.karpenter_version",
        AUTOSCALER: "aws.cluster_autoscaler_version",
    },
)
