"""What a stack says about a cluster that is there already."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.network.blocks import Block
from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.site.onprem_specs import BucketStoreSpec, ConnectionSpec, OnPremSiteSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Choice, Spec
from falaj.components.core.validation.enums import NodeAutoscaler, Profile
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.settings.workloads import ClusterSettings


class ConnectionSettings(ConnectionSpec):
    """How the cluster is reached: by one named context of one kubeconfig."""

    kubeconfig_secret: (
        Annotated[
            str, TextForm(r"^[A-Za-z][A-Za-z0-9-]*$", "letters, digits and dashes, first a letter", "dc1-kubeconfig")
        ]
        | None
    ) = None
    """Name of the configuration secret with the kubeconfig, instead of a file:
    `pulumi config set --secret falaj:NAME`."""


class StoreSettings(BucketStoreSpec):
    """An S3-compatible object store inside the country, and the secret that opens it."""

    secret: Label = "vault-access"  # noqa: S105 - its name
    """Secret in each tenant's namespace with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, kept there by
    whoever runs the store."""


class BurstSettings(Spec):
    """Machines of a cloud that join this cluster when its own are full. Whoever runs the cluster has the autoscaler
    that creates them, with the labels and taints of their pool; queues know them from here, and try them last."""

    region: UaeRegion
    """Region of that cloud, in the UAE."""
    node_autoscaler: Choice[NodeAutoscaler]
    """`karpenter` or `cluster-autoscaler`: decides by which label a node says how it was bought."""
    pools: Mapping[NodePoolName, NodePoolSpec] = Field(min_length=1)
    """Pools by name, of profile `training` or `batch`: queued work bursts, serving does not."""


class OnPremSettings(OnPremSiteSpec):
    """A cluster of your own as a site, and what runs on it."""

    connection: ConnectionSettings
    """How the cluster is reached."""
    kubernetes_version: KubernetesVersion
    """Kubernetes minor version of the cluster, such as `1.34`."""
    network_cidr: Block
    """IPv4 block of its nodes and its object store; blocks of sites must not overlap."""
    storage_classes: Mapping[Profile, str] = Field(default={})
    """Storage class of the cluster by workload profile."""
    shared_storage_class: str | None = None
    """Storage class whose volumes many nodes mount."""
    store: StoreSettings | None = None
    """Object store of the vaults; none if absent."""
    image_mirror: str | None = None
    """Registry and prefix of mirrored public images, `registry/prefix`, for a cluster without egress; each image is
    under its own path."""
    burst: BurstSettings | None = None
    """Machines of a cloud for work that your own machines do not hold; none if absent."""
    cluster: ClusterSettings = ClusterSettings()
    """What all tenants of the cluster share."""
    budget: BudgetSpec
    """Money per month: at least the fixed cost of the machines."""
