"""The components of a site on the stub. None has a resource of a cloud, except the load balancer of its cluster."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.core.v1 import Namespace, Service

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.args import SiteArgs
from falaj.components.core.validation.tags import with_tags
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.facts.clouds import CLOUDS
from falaj.facts.regions import REGIONS

ENDPOINT = "https://third.stub-uae-1.stub.example.ae:443"
KUBECONFIG = f"""
apiVersion: v1
kind: Config
current-context: stub
clusters: [{{name: stub, cluster: {{server: "{ENDPOINT}", certificate-authority-data: Q0E=}}}}]
contexts: [{{name: stub, context: {{cluster: stub, user: stub}}}}]
users: [{{name: stub, user: {{}}}}]
"""


class Part(pulumi.ComponentResource):
    """A network, cluster, node pool, vault or budget."""

    def __init__(
        self, kind: str, name: str, props: Mapping[str, pulumi.Input[object]], parent: pulumi.Resource | None = None
    ) -> None:
        super().__init__(f"falaj:stub:{kind}", name, dict(props), pulumi.ResourceOptions(parent=parent))
        self.register_outputs({})


class Site(pulumi.ComponentResource):
    """One place on the stub where a cluster runs."""

    region: pulumi.Output[str]
    cluster_name: pulumi.Output[str]
    endpoint: pulumi.Output[str]
    kubeconfig: pulumi.Output[str]
    oidc_issuer_url: pulumi.Output[str]
    vault_uris: pulumi.Output[Mapping[str, str]]
    pool_names: pulumi.Output[Sequence[str]]
    storage_classes: pulumi.Output[Mapping[str, str]]
    registry: pulumi.Output[str]
    image_caches: pulumi.Output[Mapping[str, str]]
    nat_addresses: pulumi.Output[Sequence[str]]

    def __init__(self, name: str, args: SiteArgs) -> None:
        tags = with_tags(args.tags, site=name)
        super().__init__("falaj:stub:Site", name, {"region": args.region, "tags": tags})
        place = {"region": args.region, "tags": tags}
        Part("Network", f"{name}-network", {**place, "cidr": str(args.network.cidr)}, self)
        Part("Cluster", f"{name}-cluster", {**place, "version": args.kubernetes_version}, self)
        Part("Budget", f"{name}-budget", {**place, "aed": float(args.budget.aed_per_month)}, self)
        for pool, spec in args.pools.items():
            Part("NodePool", f"{name}-{pool}", {**place, **_pool(pool, spec, args.region)}, self)
        self.vaults = {
            purpose.value: pulumi.Output.from_input(f"stub://{name}/{purpose.value}") for purpose in args.vaults
        }
        for purpose in self.vaults:
            Part("Vault", f"{name}-{purpose}", place, self)
        self.kubernetes = site_kubernetes(name, KUBECONFIG, self)
        _balancer(name, args, self, self.kubernetes)
        self.region = pulumi.Output.from_input(args.region)
        self.cluster_name = pulumi.Output.from_input(name)
        self.endpoint = pulumi.Output.from_input(ENDPOINT)
        self.kubeconfig = pulumi.Output.from_input(KUBECONFIG)
        self.oidc_issuer_url = self.registry = pulumi.Output.from_input("none")
        self.vault_uris = pulumi.Output.all(**self.vaults).apply(dict)
        self.pool_names = pulumi.Output.from_input(sorted(args.pools))
        self.storage_classes = self.image_caches = pulumi.Output.from_input({})
        self.nat_addresses = pulumi.Output.from_input([])
        self.register_outputs({})


def _balancer(name: str, args: SiteArgs, site: pulumi.Resource, provider: pulumi.ProviderResource) -> None:
    """Creates the internal load balancer of the cluster's gateway."""
    opts = pulumi.ResourceOptions(parent=site, provider=provider)
    labels = with_tags(args.tags, site=name)
    level = {"pod-security.kubernetes.io/enforce": "restricted"}
    namespace = Namespace(f"{name}-edge", metadata={"name": "edge", "labels": labels | level}, opts=opts)
    annotations = dict(CLOUDS[REGIONS[args.region].cloud].internal_load_balancer)
    Service(
        f"{name}-balancer",
        metadata={"name": "edge", "namespace": "edge", "labels": labels, "annotations": annotations},
        spec={"type": "LoadBalancer", "selector": {"app": "edge"}, "ports": [{"port": 443, "target_port": 8443}]},
        opts=pulumi.ResourceOptions(parent=site, provider=provider, depends_on=[namespace]),
    )


def _pool(name: str, spec: NodePoolSpec, region: str) -> dict[str, pulumi.Input[object]]:
    return {
        "pool": name,
        "profile": spec.profile.value,
        "machines": list(spec.machines),
        "capacity": spec.capacity.value,
        "min": spec.min,
        "max": spec.max,
        "preheated": dict(spec.cloud_options()[REGIONS[region].cloud])["preheated"],
    }
