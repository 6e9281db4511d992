"""A cluster on AWS, for programs that test what runs on a cluster."""

from dataclasses import dataclass

import pulumi

from falaj.components import aws
from falaj.components.core.validation.enums import Egress
from falaj.components.kubernetes.site.provider import site_kubernetes
from tests.samples import DEV_TAGS

REGION, VERSION, CIDR = "me-central-1", "1.36", "10.20.0.0/16"


@dataclass(frozen=True)
class OnAws:
    """A cluster with its network, its Kubernetes provider, and the AWS provider of the account."""

    network: aws.Network
    cluster: aws.Cluster
    kubernetes: pulumi.ProviderResource
    account: pulumi.ProviderResource

    def after(self, *resources: pulumi.Resource) -> pulumi.ResourceOptions:
        """Returns options of a component in the cluster that depends on `resources`."""
        return pulumi.ResourceOptions(providers={"kubernetes": self.kubernetes}, depends_on=list(resources))


def cluster_on_aws() -> OnAws:
    """Creates a network, a cluster and the cluster's Kubernetes provider."""
    provider = aws.site_provider("uae", REGION)
    account = pulumi.ResourceOptions(providers=[provider])
    network = aws.Network(
        "net",
        aws.NetworkArgs(
            region=REGION,
            cidr=CIDR,
            zones=2,
            egress=Egress.NAT_SINGLE,
            tags=DEV_TAGS,
        ),
        account,
    )
    subnet_ids = network.control_plane_subnet_ids
    cluster = aws.Cluster(
        "eks",
        aws.ClusterArgs(
            region=REGION,
            kubernetes_version=VERSION,
            control_plane_subnet_ids=subnet_ids,
            tags=DEV_TAGS,
        ),
        account,
    )
    # The provider is not a child of the resources it depends on: a dependency on a component includes all its children.
    parent = pulumi.ComponentResource("test:index:Place", "place")
    kubernetes = site_kubernetes("uae", cluster.kubeconfig, parent, [network, cluster])
    return OnAws(network, cluster, kubernetes, provider)
