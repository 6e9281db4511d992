"""Validation rules and node properties of sites on Azure. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from falaj.components.core.charts.charts import KEDA
from falaj.components.core.network.azure_blocks import AZURE_SIZES, SMALLEST_AZURE_PREFIX
from falaj.components.core.network.azure_specs import AzureNetworkSpec, NatSpec
from falaj.components.core.node_pools.azure_checks import pool_warnings
from falaj.components.core.node_pools.azure_scale_down import unneeded_minutes
from falaj.components.core.node_pools.karpenter_checks import aks_problems
from falaj.components.core.node_pools.node_traits import IdentityEndpoint, NodeTraits
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT
from falaj.components.core.site.administrators import ENTRA_GROUP
from falaj.components.core.site.aks_options import overlap_problems
from falaj.components.core.site.aks_upgrades import subdomain_problems
from falaj.components.core.site.azure_keys import control_plane_problems
from falaj.components.core.site.azure_standing import standing_charges
from falaj.components.core.site.log_tables import retention_problems
from falaj.components.core.site.rules import CloudRules
from falaj.components.core.site.sleep_rules import aks_sleep_problems
from falaj.components.core.site.specs import AzureSiteSpec, SiteBase, SitePlacement, SiteSpec
from falaj.components.core.site.version_support import PaidSupport
from falaj.components.core.validation.enums import Capacity, ClusterPart, Egress, NodeAutoscaler, Profile, SupportPlan
from falaj.components.core.validation.problems import Problem, below
from falaj.facts.regions import REGIONS, RegionState


def _problems(site: SitePlacement) -> Iterator[Problem]:
    if site.sleeps and RULES.autoscaler(site) is NodeAutoscaler.KARPENTER:
        allowed = "false with node auto-provisioning: AKS cannot stop such a cluster"
        yield Problem("sleeps", True, allowed, "set node_autoscaler to cluster-autoscaler")
    options = site.azure or AzureSiteSpec()
    if site.network.cidr.prefixlen > SMALLEST_AZURE_PREFIX:
        yield Problem("network.cidr", str(site.network.cidr), f"a block of {AZURE_SIZES}", "choose a larger block")
    if options.registry_replica and not site.storage.registry:
        yield Problem(
            "azure.registry_replica", True, "true only with `storage.registry`", "remove it, or add a registry"
        )
    if options.workspace_id is not None and options.log_tables:
        given = [table.value for table in options.log_tables]
        allowed = "nothing with workspace_id: its tables belong to its owner"
        yield Problem("azure.log_tables", given, allowed, "remove it, or workspace_id")
    if isinstance(site, SiteSpec):
        yield from below("azure", retention_problems(options.log_tables, site.log_retention_days))
    for purpose in options.vault_access:
        if purpose not in site.vaults:
            allowed = f"one of the site's vaults: {', '.join(vault.value for vault in site.vaults)}"
            yield Problem("azure.vault_access", purpose.value, allowed, "remove it, or add the vault")
    if not options.flow_logs.enabled and options.network.existing is None:
        allowed = "true for a network that the site creates"
        yield Problem("azure.flow_logs.enabled", False, allowed, "remove it, or use `azure.network.existing`")
    keys = options.keys
    yield from below("azure", control_plane_problems(keys.secrets_key, keys.identity_id, options.identities))
    zones = "network.dns_zones.api_server or network.dns_links"
    yield from below("azure", subdomain_problems(options, options.network.has_api_server_zone, zones))
    yield from below("azure", overlap_problems(options, site.network.cidr))
    yield from below("azure.network", _network_problems(site, options.network))


def _network_problems(site: SitePlacement, network: AzureNetworkSpec) -> Iterator[Problem]:
    zone = network.dns_zones.api_server
    if isinstance(zone, str) and not zone.endswith(f"private.{site.region}.azmk8s.io"):
        yield Problem("dns_zones.api_server", zone, f"a zone of {site.region}", "name the zone of the site's region")
    if zone is not None and site.public_access_cidrs:
        allowed = "nothing with public_access_cidrs: a public API server has a public name"
        yield Problem("dns_zones.api_server", zone, allowed, "remove one of the two")
    if network.nat != NatSpec() and (site.network.egress is not Egress.NAT_SINGLE or network.existing is not None):
        given = network.nat.model_dump(mode="json", exclude_defaults=True, warnings=False)
        allowed = "nothing unless egress is nat-single and the network is created here"
        yield Problem("nat", given, allowed, "remove it")


REACH_FIX = (
    "connect the network with that of your runners (`azure.network.hub`, and `dns_links` or `dns_zones.api_server` for "
    "the name), use `azure.network.existing`, or name your offices in `public_access_cidrs`"
)


def _reach_warnings(site: SitePlacement) -> Iterator[str]:
    network = (site.azure or AzureSiteSpec()).network
    if not site.public_access_cidrs and not network.reaches_runners:
        yield (
            "its API server is private, and nothing outside its network reaches it or resolves its name: a deployment "
            f"must run on a machine inside the network, which does not exist before the first one; {REACH_FIX}"
        )
    if site.network.egress is Egress.FIREWALL and not (network.existing or network.hub):
        yield (
            "egress is firewall, and nothing connects its network with the firewall's before the cluster is created: "
            "its nodes will not start; add `azure.network.hub`"
        )


def _has_own_routes(site: SitePlacement) -> bool:
    return site.azure is not None and site.azure.network.existing is not None


def _system_parts(site: SitePlacement, charts: Collection[str], _needed: Collection[ClusterPart]) -> Sequence[str]:
    options = site.azure or AzureSiteSpec()
    features = {
        "aks": True,
        "aks-keda": KEDA.name not in charts,
        "aks-policy": options.azure_policy,
        "aks-defender": options.defender,
    }
    return [part for part, is_enabled in features.items() if is_enabled]


def _paid_support(site: SitePlacement) -> PaidSupport:
    taken = site.azure is not None and site.azure.support_plan is SupportPlan.LTS
    return PaidSupport("azure.support_plan: lts", taken)


def _warnings(site: SitePlacement) -> Iterator[str]:
    for name, pool in site.pools.items():
        yield from (f"pool {name}: {warning}" for warning in pool_warnings(site.region, pool))
    yield from _replica_warnings(site)
    yield from _reach_warnings(site)


def _replica_warnings(site: SitePlacement) -> Iterator[str]:
    pair = REGIONS[site.region].pair
    if site.azure is not None and site.azure.registry_replica and pair and _is_restricted(pair):
        yield (
            f"the registry's replica is in {pair}, which is open only to subscriptions that Azure has admitted: "
            "without access the deployment stops there"
        )


def _is_restricted(region: str) -> bool:
    return REGIONS[region].state is RegionState.RESTRICTED


def _pool_problems(site: SiteBase) -> Iterator[Problem]:
    if RULES.autoscaler(site) is not NodeAutoscaler.KARPENTER:
        return
    for name, pool in site.pools.items():
        if pool.profile is not Profile.SYSTEM:
            yield from below(f"pools.{name}", aks_problems(pool))


NO_SUBSCRIPTION_SETTINGS = ("payer", "cost_allocation_tags", "monitor_arn", "create_monitor", "email_only")
"""FinOps settings that a subscription does not have."""


def _finops_problems(given: Mapping[str, object]) -> Iterator[Problem]:
    for field in NO_SUBSCRIPTION_SETTINGS:
        if field in given:
            yield Problem(field, given[field], "only under the other cloud's account", "remove it")


NON_INTERNET_BLOCKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "168.63.129.16/32",
)
"""Blocks that are not on the internet: private networks, link-local addresses (including instance metadata), and
Azure's platform address."""

ENTRA = IdentityEndpoint("0.0.0.0/0", 443, NON_INTERNET_BLOCKS)
"""Entra's addresses change, and network policies cannot select host names."""

NODES = NodeTraits(
    # "Up to 30 seconds" (Azure, spot virtual machines); often less than ten (karpenter-provider-azure 1769).
    notice_seconds=30,
    grace_seconds=25,
    # An assumption; measure it at your site.
    start_seconds=180,
    # By the second (azure.microsoft.com, Linux Virtual Machines Pricing). That it is for at least a minute is stated by
    # third parties (api-evangelist, microsoft-azure-virtual-machines, 2026-08-11), not by Microsoft's own pages.
    least_billed_seconds=60,
    group_labels={Capacity.SPOT: {AKS_SPOT_LABEL: "spot"}, Capacity.ON_DEMAND: {}},
    spot_taints=(AKS_SPOT_TAINT,),
    # AKS, node auto-provisioning, requirements of node pools (2026-11-28).
    gpu_count_label="karpenter.azure.com/sku-gpu-count",
    # Pods without the label get no token (azure-workload-identity).
    pod_labels={"azure.workload.identity/use": "true"},
    client_id_annotation="azure.workload.identity/client-id",
    identity_endpoint=ENTRA,
    # Runtime class of AKS GPU images (NVIDIA, GPU Operator with AKS, preinstalled driver and toolkit).
    gpu_runtime_class="nvidia-container-runtime",
)


def _identities(site: SitePlacement) -> Iterator[str]:
    options = site.azure or AzureSiteSpec()
    groups = [*options.viewers, *(access.group for access in options.namespace_groups)]
    return (group for group in groups if isinstance(group, str))


RULES = CloudRules(
    nodes=NODES,
    default_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER,
    administrator=ENTRA_GROUP,
    administrator_kind="the object id of an Entra group, such as 11111111-2222-3333-4444-555555555555",
    identities=_identities,
    unsupported_egress={
        Egress.NAT_PER_ZONE: "none, nat-single or firewall: an Azure subnet takes one NAT gateway",
    },
    stores_bill=True,
    problems=_problems,
    has_own_routes=_has_own_routes,
    pool_problems=_pool_problems,
    warnings=_warnings,
    sleep_problems=aks_sleep_problems,
    finops_problems=_finops_problems,
    paid_support=_paid_support,
    system_parts=_system_parts,
    standing_charges=standing_charges,
    unneeded_seconds=lambda workloads: unneeded_minutes(workloads) * 60,
)
