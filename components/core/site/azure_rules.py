"""What only sites on Azure must be. Pure."""

from collections.abc import Iterator

from falaj.components.core.site.administrators import ENTRA_GROUP
from falaj.components.core.site.rules import CloudRules
from falaj.components.core.site.specs import SitePlacement
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Profile
from falaj.components.core.validation.problems import Problem


def _problems(site: SitePlacement) -> Iterator[Problem]:
    if RULES.autoscaler(site) is not NodeAutoscaler.KARPENTER:
        return
    if site.sleeps:
        allowed = "false with node auto-provisioning: AKS cannot stop such a cluster"
        yield Problem("sleeps", True, allowed, "set node_autoscaler to cluster-autoscaler")
    for name, pool in site.pools.items():
        if pool.min and pool.profile is not Profile.SYSTEM:
            allowed = "0 with node auto-provisioning, which keeps no idle node"
            yield Problem(f"pools.{name}.min", pool.min, allowed, "write 0")
        if partition := pool.azure.gpu_partition:
            allowed = "nothing with node auto-provisioning, which does not split GPUs"
            yield Problem(f"pools.{name}.azure.gpu_partition", partition, allowed, "remove it")


RULES = CloudRules(
    default_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER,
    administrator=ENTRA_GROUP,
    administrator_kind="the object id of an Entra group",
    unsupported_egress={
        Egress.NAT_PER_ZONE: "none, nat-single or firewall: an Azure subnet takes one NAT gateway",
    },
    problems=_problems,
)
