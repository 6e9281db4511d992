"""Program with one tenant's queue whose quota follows the spend, on a cluster that already runs Kueue."""

import os
from pathlib import Path

import pulumi
import pulumi_kubernetes as kubernetes

from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.queues.queueing import Queueing
from tests.samples import COST_TAGS

provider = kubernetes.Provider("lab", kubeconfig=Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text())
owner = {"owner": (Path.cwd() / "owner").read_text()} if (Path.cwd() / "owner").exists() else {}
pool = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.SPOT, max=8)
Queueing(
    "lab",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"spent": pool},
        tenants={"spender": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=11000)},
        aed_per_usd=3.6725,
        metering=PrometheusSpec(prometheus="http://prometheus.monitoring:9090"),
        install=False,
        tags=COST_TAGS | owner,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": provider}),
)
