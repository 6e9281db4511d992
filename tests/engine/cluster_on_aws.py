"""A cluster on AWS for programs whose subject is what runs in it."""

from dataclasses import dataclass

import pulumi

from falaj.components import aws
from falaj.components.core.validation.enums import Egress
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.samples import COST_TAGS

REGION, VERSION, CIDR = "me-central-1", "1.34", "10.20.0.0/16"


@dataclass(frozen=True)
class OnAws:
    """The cluster and its network, its Kubernetes, and the provider of what is beside it."""

    network: aws.Network
    cluster: aws.Cluster
    kubernetes: pulumi.ProviderResource
    account: pulumi.ProviderResource

    def after(self, *parts: pulumi.Resource) -> pulumi.ResourceOptions:
        """Options of what runs in the cluster, once these parts are there."""
        return pulumi.ResourceOptions(providers={"kubernetes": self.kubernetes}, depends_on=list(parts))


def cluster_on_aws() -> OnAws:
    """A network, a cluster and the provider of its objects."""
    provider = aws.site_provider("uae", REGION)
    account = pulumi.ResourceOptions(providers=[provider])
    network = aws.Network(
        "net",
        aws.NetworkArgs(
            region=REGION,
            cidr=CIDR,
            zones=2,
            egress=Egress.NAT_SINGLE,
            tags=COST_TAGS,
        ),
        account,
    )
    inner = network.control_plane_subnet_ids
    cluster = aws.Cluster(
        "eks",
        aws.ClusterArgs(
            region=REGION,
            version=VERSION,
            control_plane_subnet_ids=inner,
            tags=COST_TAGS,
        ),
        account,
    )
    # Not a child of what it waits for: whoever depends on a component depends on all its children.
    place = pulumi.ComponentResource("test:index:Place", "place")
    inside = site_kubernetes("uae", cluster.kubeconfig, place, [network, cluster])
    return OnAws(network, cluster, inside, provider)
