"""Program with an existing on-premises cluster, and a tenant's namespace and queue on it. The kubeconfig is a secret of
the stack's configuration."""

import pulumi

from falaj.components.core.tenancy.queue_specs import QueueSpec
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.kubernetes import ExistingSiteArgs, Foundation, FoundationArgs, Queueing, QueueingArgs, Site
from falaj.facts.regions import Cloud
from tests.unit.components.onprem_samples import ARGS, SERVER

kubeconfig = pulumi.Config("falaj").require_secret("dc1Kubeconfig")
tags = {**ARGS["tags"], "environment": "dev"}
args = {**ARGS, "tags": tags, "connection": {"servers": [SERVER], "context": "dc1", "kubeconfig": kubeconfig}}
site = Site("dc1", ExistingSiteArgs.of("dc1", args))
pulumi.export("site", {name: getattr(site, name) for name in Site.__annotations__})
on_site = pulumi.ResourceOptions(providers=[site.kubernetes], depends_on=[site])
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={"retail": TenantSpec(tier=Tier.ENTERPRISE, cpu=64, memory_gib=256, gpus=8)},
        cloud=Cloud.ONPREM,
        network_cidr="10.60.0.0/16",
        kubernetes_version="1.36",
        tags=tags,
    ),
    on_site,
)
Queueing(
    "queues",
    QueueingArgs(
        node_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER,
        pools=site.pools,
        own_machines=site.own_machines,
        tenants={"retail": QueueSpec(tier=Tier.ENTERPRISE, aed_per_month=9000)},
        aed_per_usd=3.6725,
        tags=tags,
    ),
    pulumi.ResourceOptions(providers=[site.kubernetes], depends_on=[foundation]),
)
