"""The cluster that workloads are deployed to: on a cloud, or an existing one on premises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from falaj.components.build.cloud_site import SiteOutputs
from falaj.components.build.workload_identity import WorkloadIdentity
from falaj.components.core.training.datasets import DatasetFileSystem
from falaj.components.settings.arguments import DeclaredCluster
from falaj.facts.machines import find


@dataclass(frozen=True, kw_only=True)
class WorkloadCluster(DeclaredCluster):
    """A cluster and its vaults. Workloads are created after `site` and deleted before it."""

    cidr: str
    """IPv4 block of the site's network."""
    version: str
    """Kubernetes minor version."""
    site: pulumi.Resource
    """Resource that the workloads depend on."""
    kubernetes: pulumi.ProviderResource
    vaults: Mapping[str, pulumi.Input[str]]
    """URI of each vault by purpose."""
    identity: WorkloadIdentity
    """Grants pods access to the vaults."""
    outputs: SiteOutputs | None = None
    """Outputs of the cluster's site; None in a tenant's own stack."""
    store_cidrs: pulumi.Input[Sequence[str]] | None = None
    """CIDR blocks of the vaults' service outside the site's network."""
    shared_class: str | None = None
    """Storage class of the site's shared files; None if the site has none."""
    endpoint_cidrs: pulumi.Input[Sequence[str]] | None = None
    """CIDR blocks of the site's private endpoints; None if they may lie anywhere in its network."""
    datasets: DatasetFileSystem | None = None
    """File system in front of the vault for datasets; None if the site has none."""

    @property
    def is_managed(self) -> bool:
        """Whether this stack manages the cluster, and may create objects outside the namespaces of its tenants."""
        return self.outputs is not None

    @property
    def has_gpus(self) -> bool:
        """Whether any machine type of the cluster's pools has GPUs."""
        own = self.own_machines
        rented = [find(self.region, name) for name in self.machines if name not in own] if self.region else []
        return any(machine.gpus for machine in own.values()) or any(machine and machine.gpus for machine in rented)

    def after(self, *resources: pulumi.Resource) -> pulumi.ResourceOptions:
        """Returns options for a component on the cluster that depends on the site and on `resources`."""
        return pulumi.ResourceOptions(providers=[self.kubernetes], depends_on=[self.site, *resources])


def exports(cluster: WorkloadCluster) -> dict[str, object]:
    """Returns the stack outputs of a site, with the same keys on every cloud.

    Raises ValueError in a tenant's own stack.
    """
    site = cluster.outputs
    if site is None:
        raise ValueError(f"{cluster.name} is a site of another stack")
    return {
        "region": site.region,
        "clusterName": site.cluster_name,
        "endpoint": site.endpoint,
        "kubeconfig": site.kubeconfig,
        "oidcIssuerUrl": site.oidc_issuer_url,
        "vaultUris": site.vault_uris,
        "poolNames": site.pool_names,
        "storageClasses": site.storage_classes,
        "registry": site.registry,
        "imageCaches": site.image_caches,
        "doors": cluster.identity.exported,
        "datasets": None if cluster.datasets is None else dict(cluster.datasets),
    }
