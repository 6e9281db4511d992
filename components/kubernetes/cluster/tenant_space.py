"""Where one tenant works: a namespace that is closed, counted and labelled, and nothing else's business."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.core.v1 import (
    LimitRange,
    LimitRangeItemArgs,
    LimitRangeSpecArgs,
    Namespace,
    ResourceQuota,
    ServiceAccountPatch,
)
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict

from falaj.components.core.network.blocks import InsideBlock
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.tenancy.tenancy import (
    CheckedTenant,
    TenantSpec,
    container_limits,
    namespace_of,
    quota,
    tenant_labels,
)
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.network_policies import Reach, tenant_policies
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.facts.regions import Cloud


class TenantSpaceArgs(TypedDict):
    """Arguments of a `TenantSpace`."""

    tenant: str
    """Name of the tenant: its namespace is `tenant-<name>`."""
    limits: TenantSpec
    """Its tier, and the most that it may have at once."""
    cloud: Cloud
    """Where the cluster runs: `aws`, `azure` or `onprem`. Decides how pods get their identity."""
    network_cidr: str
    """The site's block, in which the private endpoints are."""
    version: str
    """Kubernetes minor version, such as `1.34`, whose Pod Security Standards hold: an upgrade changes nothing by
    itself."""
    store_cidrs: NotRequired[pulumi.Input[Sequence[str]]]
    """Blocks outside the network that are reached by HTTPS too: on AWS those of S3, which a gateway endpoint answers
    (its output `cidr_blocks`). None if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here, with the tenant's own business unit."""


class Surroundings(Checked):
    """The validated part that tenants of one cluster share."""

    cloud: Cloud
    network_cidr: InsideBlock
    version: KubernetesVersion
    store_cidrs: Passed[Sequence[str]] | None = None
    tags: CostTags


class _Checked(Surroundings):
    tenant: TenantName
    limits: CheckedTenant


class TenantSpace(pulumi.ComponentResource):
    """A namespace at level `restricted`, closed to all but what its pods need, with a quota and without tokens of the
    API server in pods that do not ask for one.

    Takes the `kubernetes` provider of the cluster from its options. It stands alone: another tenant's comes and goes
    without touching it, in the same stack or in another.
    """

    namespace: pulumi.Output[str]
    """Its name."""

    def __init__(self, name: str, args: TenantSpaceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:TenantSpace", name, {}, opts)
        labels = tenant_labels(settings.tenant, settings.limits, settings.tags)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": namespace_of(settings.tenant), "labels": _pinned(labels, settings.version)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.namespace = namespace.metadata.name
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        reach = Reach(settings.cloud, str(settings.network_cidr), settings.store_cidrs)
        tenant_policies(f"{name}-policy", self.namespace, reach, labels, inside)
        self._count(name, settings, labels, inside)
        self.register_outputs({"namespace": self.namespace})

    def _count(self, name: str, settings: _Checked, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> None:
        metadata: ObjectMetaArgsDict = {"name": "tenant", "namespace": self.namespace, "labels": labels}
        ResourceQuota(f"{name}-quota", metadata=metadata, spec={"hard": quota(settings.limits)}, opts=opts)
        containers = LimitRangeItemArgs(type="Container", **container_limits(settings.limits))
        LimitRange(f"{name}-limits", metadata=metadata, spec=LimitRangeSpecArgs(limits=[containers]), opts=opts)
        # Kubernetes makes the account `default` itself, sooner or later than this: a patch finds it or makes it.
        ServiceAccountPatch(
            f"{name}-account",
            metadata={"name": "default", "namespace": self.namespace, "labels": labels},
            automount_service_account_token=False,
            opts=opts,
        )


def _pinned(labels: Mapping[str, str], version: str) -> dict[str, str]:
    """The labels of the level, of one version of it: a newer one may refuse what runs."""
    modes = {f"pod-security.kubernetes.io/{mode}-version": f"v{version}" for mode in ("enforce", "audit", "warn")}
    return {**restricted_namespace(labels), **modes}
