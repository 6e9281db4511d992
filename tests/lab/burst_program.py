"""Program with on-premises and cloud machines in one cluster, and a tenant's queue for all of them."""

import os
from pathlib import Path

import pulumi
import yaml

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.kubernetes.site.site import Site
from tests.samples import COST_TAGS
from tests.unit.components.onprem_samples import ARGS

kubeconfig = Path(os.environ["FALAJ_LAB_KUBECONFIG"])
server = yaml.safe_load(kubeconfig.read_text())["clusters"][0]["cluster"]["server"]
system, gpu = Path("nodes").read_text().split()

args = {
    **ARGS,
    "connection": {"servers": [server], "context": "falaj-lab", "kubeconfig_path": str(kubeconfig)},
    "pools": {
        "system": {"profile": Profile.SYSTEM, "machine": "cpu", "nodes": [system]},
        "rack": {"profile": Profile.TRAINING, "machine": "h100x8", "nodes": [gpu]},
    },
}
site = Site("rack", ExistingSiteArgs.of("rack", args))
spot = NodePoolSpec(
    profile=Profile.TRAINING, machines=["g5.12xlarge", "g5.24xlarge"], capacity=Capacity.SPOT, min=0, max=1
)
firm = NodePoolSpec(profile=Profile.TRAINING, machines=["g5.12xlarge"], capacity=Capacity.ON_DEMAND, min=0, max=1)
Queueing(
    "queues",
    QueueingArgs(
        region="me-central-1",
        node_autoscaler=NodeAutoscaler.KARPENTER,
        pools={"burstfirm": firm, "burstspot": spot, **site.pools},
        own_machines=site.own_machines,
        tenants={"burst": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=100000)},
        aed_per_usd=3.6725,
        install=False,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": site.kubernetes}, depends_on=[site]),
)
