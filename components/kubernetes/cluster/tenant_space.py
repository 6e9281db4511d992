"""The namespace of one tenant: isolated, with a quota and labels."""

from collections.abc import Mapping, Sequence

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
    TenantSpec,
    container_limits,
    namespace_of,
    quota,
    tenant_labels,
)
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.network_policies import Reach, tenant_policies
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.facts.regions import Cloud


class NamespaceContext(Spec):
    """What the namespaces of one cluster have in common."""

    cloud: Choice[Cloud]
    """Where the cluster runs: `aws`, `azure` or `onprem`. It decides how pods get their identity."""
    network_cidr: Accepts[InsideBlock, InsideBlock | str]
    """The site's block, which contains the private endpoints."""
    version: KubernetesVersion
    """Kubernetes minor version, such as `1.34`, of the Pod Security Standards: an upgrade changes nothing by itself."""
    store_cidrs: Input[Sequence[Input[str]]] | None = None
    """Blocks outside the network that are reached by HTTPS too: on AWS those of S3 behind a gateway endpoint (its
    output `cidr_blocks`)."""
    tags: CostTags
    """The mandatory cost tags; labels here, with the tenant's own business unit."""


class TenantSpaceArgs(NamespaceContext, Args):
    """The namespace of one tenant."""

    tenant: TenantName
    """Name of the tenant: its namespace is `tenant-<name>`."""
    limits: TenantSpec
    """Its tier and its quota."""


class TenantSpace(pulumi.ComponentResource):
    """A namespace at level `restricted`, closed to all traffic but what its pods need, with a quota. Pods get no token
    of the API server unless they ask for one.

    Takes the `kubernetes` provider of the cluster from its options. It is independent of other tenants' namespaces, in
    the same stack or in another.
    """

    namespace: pulumi.Output[str]
    """Its name."""

    def __init__(self, name: str, args: TenantSpaceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = TenantSpaceArgs.of(name, args)
        super().__init__("falaj:kubernetes:TenantSpace", name, {}, opts)
        labels = tenant_labels(args.tenant, args.limits, args.tags)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": namespace_of(args.tenant), "labels": _with_level(labels, args.version)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.namespace = namespace.metadata.name
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        reach = Reach(args.cloud, str(args.network_cidr), args.store_cidrs)
        tenant_policies(f"{name}-policy", self.namespace, reach, labels, inside)
        self._limit(name, args, labels, inside)
        self.register_outputs({"namespace": self.namespace})

    def _limit(self, name: str, args: TenantSpaceArgs, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> None:
        metadata: ObjectMetaArgsDict = {"name": "tenant", "namespace": self.namespace, "labels": labels}
        ResourceQuota(f"{name}-quota", metadata=metadata, spec={"hard": quota(args.limits)}, opts=opts)
        containers = LimitRangeItemArgs(type="Container", **container_limits(args.limits))
        LimitRange(f"{name}-limits", metadata=metadata, spec=LimitRangeSpecArgs(limits=[containers]), opts=opts)
        # Kubernetes creates the account `default` itself, before or after this: a patch applies either way.
        ServiceAccountPatch(
            f"{name}-account",
            metadata={"name": "default", "namespace": self.namespace, "labels": labels},
            automount_service_account_token=False,
            opts=opts,
        )


def _with_level(labels: Mapping[str, str], version: str) -> dict[str, str]:
    """The labels, and those of level `restricted` at one version: a newer one may refuse running workloads."""
    modes = {f"pod-security.kubernetes.io/{mode}-version": f"v{version}" for mode in ("enforce", "audit", "warn")}
    return {**restricted_namespace(labels), **modes}
