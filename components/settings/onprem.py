"""Settings of a site on an existing cluster."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from falaj.components.core.charts.sources import ImageSource
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.network.blocks import InsideBlock
from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.site.onprem_specs import BucketStoreSpec, ConnectionSpec, OnPremSiteSpec
from falaj.components.core.site.vendor_support import VendorSupportSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.tenancy.topology import TopologyLabels
from falaj.components.core.validation.args import Choice, Spec
from falaj.components.core.validation.enums import NodeAutoscaler, Profile
from falaj.components.core.validation.names import Label, Subdomain
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.settings.workloads import ClusterSettings


class ConnectionSettings(ConnectionSpec):
    """Connection to the cluster: one named context of one kubeconfig."""

    kubeconfig_secret: (
        Annotated[
            str,
            TextForm(
                r"^[A-Za-z][A-Za-z0-9-]{0,99}$",
                "at most 100 letters, digits and dashes, first a letter",
                "dc1-kubeconfig",
            ),
        ]
        | None
    ) = None
    """Name of the Pulumi configuration secret with the kubeconfig, instead of a file. Set it with `pulumi config set
    --secret falaj:NAME`."""


class StoreSettings(BucketStoreSpec):
    """S3-compatible object store inside the country, and the secret with its credentials."""

    secret: Label = "vault-access"  # noqa: S105 - its name
    """Kubernetes Secret in each tenant's namespace with the keys `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`,
    maintained by the operator of the store. Default: `vault-access`."""


class BurstSettings(Spec):
    """Cloud machines that join this cluster when its own machines are full. The operator of the cluster runs the
    autoscaler that creates them with the labels and taints of their pool. These settings make the pools known to the
    queues, which try them last."""

    region: UaeRegion
    """Cloud region of the machines, in the UAE."""
    node_autoscaler: Choice[NodeAutoscaler]
    """Autoscaler of the cluster, `karpenter` or `cluster-autoscaler`. It decides which node label states how a machine
    was bought."""
    pools: Mapping[NodePoolName, NodePoolSpec] = Field(min_length=1)
    """Node pools by name, at least one, of profile `training` or `batch`: queued work can burst, served models
    cannot."""


class OnPremSettings(OnPremSiteSpec, ImageSource):
    """Site on your own cluster, and what runs on it."""

    connection: ConnectionSettings
    """Connection to the cluster."""
    kubernetes_version: KubernetesVersion
    """Kubernetes minor version of the cluster, such as `1.36`."""
    vendor_support: VendorSupportSpec | None = None
    """Support of the distribution's vendor, for a version that the Kubernetes project no longer supports. Default:
    none; such a version is refused."""
    network_cidr: InsideBlock
    """IPv4 CIDR block of the nodes and the object store. It must not overlap the block of another site."""
    storage_classes: Mapping[Profile, Subdomain] = Field(default={})
    """Existing storage classes of the cluster by workload profile. Default: none."""
    topology: TopologyLabels = ()
    """Labels of the nodes for the levels in which they stand, widest first, such as `example.ae/row` and
    `example.ae/rack`. Kueue then places the nodes of a run near each other. Not with `burst`. Default: none."""
    shared_storage_class: Subdomain | None = None
    """Existing storage class whose volumes can be mounted by many nodes. Default: none."""
    store: StoreSettings | None = None
    """Object store of the vaults. Default: no vaults."""
    burst: BurstSettings | None = None
    """Cloud machines for work that does not fit on your own machines. Default: none."""
    cluster: ClusterSettings = ClusterSettings()
    """Settings shared by all tenants of the cluster."""
    budget: BudgetSpec
    """Monthly budget: at least the fixed cost of the machines."""
