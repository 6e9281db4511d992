"""Program with one tenant's queue whose quota follows the spend, on a cluster that already runs Kueue."""

import os
from pathlib import Path

import pulumi

from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec, QuotaBasis
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.facts.regions import Cloud
from falaj.sandbox.lab.versions import MINOR
from tests.samples import COST_TAGS

changed, static = Path("owner"), Path("static")
tags = COST_TAGS | ({"owner": changed.read_text()} if changed.exists() else {})
basis = QuotaBasis.STATIC if static.exists() else QuotaBasis.SPEND
site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={"spender": TenantSpec(tier=Tier.ENTERPRISE, cpu=200, memory_gib=800, gpus=16, queued=True)},
        cloud=Cloud.AWS,
        network_cidr="10.30.0.0/16",
        kubernetes_version=MINOR,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}),
)
pool = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.SPOT, max=8)
Queueing(
    "lab",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"spent": pool},
        tenants={"spender": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=11000, quota_basis=basis)},
        aed_per_usd=3.6725,
        metering=PrometheusSpec(prometheus="http://prometheus.monitoring:9090"),
        install=False,
        tags=tags,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation]),
)
