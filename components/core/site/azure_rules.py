"""Validation rules and node properties of sites on Azure. Pure."""

from collections.abc import Iterator, Mapping

from falaj.components.core.node_pools.karpenter_checks import aks_problems
from falaj.components.core.node_pools.node_traits import IdentityEndpoint, NodeTraits
from falaj.components.core.node_pools.profiles import AKS_SPOT_LABEL, AKS_SPOT_TAINT
from falaj.components.core.site.administrators import ENTRA_GROUP
from falaj.components.core.site.rules import CloudRules
from falaj.components.core.site.sleep_rules import aks_sleep_problems
from falaj.components.core.site.specs import SiteBase, SitePlacement
from falaj.components.core.validation.enums import Capacity, Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem, below


def _problems(site: SitePlacement) -> Iterator[Problem]:
    if site.sleeps and RULES.autoscaler(site) is NodeAutoscaler.KARPENTER:
        allowed = "false with node auto-provisioning: AKS cannot stop such a cluster"
        yield Problem("sleeps", True, allowed, "set node_autoscaler to cluster-autoscaler")


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
    group_labels={Capacity.SPOT: {AKS_SPOT_LABEL: "spot"}, Capacity.ON_DEMAND: {}},
    spot_taints=(AKS_SPOT_TAINT,),
    # Pods without the label get no token (azure-workload-identity).
    pod_labels={"azure.workload.identity/use": "true"},
    client_id_annotation="azure.workload.identity/client-id",
    identity_endpoint=ENTRA,
    # Runtime class of AKS GPU images (NVIDIA, GPU Operator with AKS, preinstalled driver and toolkit).
    gpu_runtime_class="nvidia-container-runtime",
)

RULES = CloudRules(
    nodes=NODES,
    default_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER,
    administrator=ENTRA_GROUP,
    administrator_kind="the object id of an Entra group, such as 11111111-2222-3333-4444-555555555555",
    unsupported_egress={
        Egress.NAT_PER_ZONE: "none, nat-single or firewall: an Azure subnet takes one NAT gateway",
    },
    problems=_problems,
    pool_problems=_pool_problems,
    sleep_problems=aks_sleep_problems,
    finops_problems=_finops_problems,
)
