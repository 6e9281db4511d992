"""Program with the queues of three tenants on one pool of spot machines, on a cluster that already runs Kueue."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import SpaceSpec, TenantSpec, Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.facts.regions import Cloud
from falaj.sandbox.lab.versions import MINOR
from tests.samples import COST_TAGS

BUDGETS = {"alpha": 17_000, "beta": 11_300, "gamma": 5_700}
"""Tenant -> AED a month, which buy 12, 8 and 4 of the pool's 24 GPUs on spot for a whole month."""

SPACES = {"alpha": 16, "beta": 12, "gamma": 8}
"""Tenant -> GPUs of its ResourceQuota: each may borrow four."""

POOL, MACHINE, MACHINES = "fairspot", "g5.12xlarge", 6

if __name__ == "__main__":
    site = pulumi.ComponentResource("tests:lab:Site", "site")
    cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
    spaces = {
        tenant: SpaceSpec(cpu=12 * gpus + 1, memory_gib=48 * gpus + 2, gpus=gpus) for tenant, gpus in SPACES.items()
    }
    foundation = Foundation(
        "base",
        FoundationArgs(
            tenants={
                tenant: TenantSpec(tier=Tier.ENTERPRISE, queued=True, **space.model_dump())
                for tenant, space in spaces.items()
            },
            cloud=Cloud.AWS,
            network_cidr="10.30.0.0/16",
            kubernetes_version=MINOR,
            tags=COST_TAGS,
        ),
        pulumi.ResourceOptions(providers={"kubernetes": cluster}),
    )
    pool = NodePoolSpec(profile=Profile.TRAINING, machines=[MACHINE], capacity=Capacity.SPOT, max=MACHINES)
    Queueing(
        "fair",
        QueueingArgs(
            region="me-central-1",
            node_autoscaler=NodeAutoscaler.KARPENTER,
            pools={POOL: pool},
            tenants={
                tenant: QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=aed, space=spaces[tenant])
                for tenant, aed in BUDGETS.items()
            },
            aed_per_usd=3.6725,
            install=False,
            tags=COST_TAGS,
        ),
        pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation]),
    )
