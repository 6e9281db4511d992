"""The namespace of one tenant, with network isolation, a quota and labels."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

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
from falaj.components.core.serving.backend_tls import SECRET, tenant_names
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.tenancy.tenancy import (
    TenantSpec,
    container_limits,
    namespace_labels,
    namespace_of,
    quota,
    tenant_annotations,
    tenant_labels,
)
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.deployer_role import deployer_role
from falaj.components.kubernetes.cluster.network_policies import EgressTargets, tenant_policies
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.picker_access import picker_access
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.cluster.serving_authority import serving_certificate
from falaj.facts.regions import Cloud


class NamespaceContext(Spec):
    """Arguments shared by all tenants' namespaces of a cluster."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    cloud: Choice[Cloud]
    """Where the cluster runs: `aws`, `azure` or `onprem`. It determines how pods get their identity."""
    network_cidr: Accepts[Input[InsideBlock], Input[InsideBlock | str]]
    """Private IPv4 CIDR block of the site's network, which contains its private endpoints."""
    endpoint_cidrs: Input[Sequence[Input[str]]] | None = None
    """CIDR blocks of the private endpoints, to which pods may connect by HTTPS: output `endpoint_cidrs` of a `Network`.
    Default: the whole network, with its nodes and API server."""
    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version, such as `1.36`, that the Pod Security Standards are pinned to. An upgrade of the
    cluster
    does not change it."""
    store_cidrs: Input[Sequence[Input[str]]] | None = None
    """CIDR blocks outside the network to which pods may connect by HTTPS. On AWS, those of the S3 gateway endpoint (its
    output `cidr_blocks`)."""
    serving_tls: bool = False
    """Whether the namespace gets the certificate with which its served models accept TLS of the gateway. It needs the
    `ServingAuthority` of the cluster. Default: false."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels, with the tenant's business unit."""


class TenantSpaceArgs(NamespaceContext, Args):
    """Arguments of `TenantSpace`: the namespace of one tenant."""

    tenant: TenantName
    """Name of the tenant. The namespace is named `tenant-<name>`."""
    limits: TenantSpec
    """Tier and quota of the tenant."""


class TenantSpace(pulumi.ComponentResource):
    """A namespace with Pod Security level `restricted`, a quota, and network policies that allow only required traffic.

    Pods get no API server token unless they request one. Members of `limits.deployer_groups` may create workloads
    there, and nothing elsewhere; the admission policies of `Foundation` restrict what they create. Takes the
    `kubernetes` provider of the cluster from its options. It is independent of other tenants' namespaces, in the same
    stack or in another.
    """

    namespace: pulumi.Output[str]
    """Name of the namespace."""

    def __init__(self, name: str, args: TenantSpaceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = TenantSpaceArgs.of(name, args)
        super().__init__("falaj:kubernetes:TenantSpace", name, {}, opts)
        labels = tenant_labels(args.tenant, args.limits, args.tags)
        of_namespace = namespace_labels(args.tenant, args.limits, args.tags)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={
                "name": namespace_of(args.tenant),
                "labels": _with_level(of_namespace, args.kubernetes_version),
                "annotations": tenant_annotations(args.limits),
            },
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.namespace = namespace.metadata.name
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        endpoints = [map_inputs(str, args.network_cidr)] if args.endpoint_cidrs is None else args.endpoint_cidrs
        targets = EgressTargets(args.cloud, endpoints, args.store_cidrs)
        tenant_policies(f"{name}-policy", self.namespace, targets, labels, after_namespace)
        self._limit(name, args, labels, after_namespace)
        if args.serving_tls:
            meta = ObjectMeta(SECRET, self.namespace, labels)
            serving_certificate(f"{name}-serving", tenant_names(namespace_of(args.tenant)), meta, after_namespace)
        if args.limits.deployer_groups:
            deployer_role(name, self.namespace, args.limits.deployer_groups, labels, after_namespace)
        if args.limits.endpoint_picker:
            picker_access(name, self.namespace, labels, after_namespace)
        self.register_outputs({"namespace": self.namespace})

    def _limit(self, name: str, args: TenantSpaceArgs, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> None:
        metadata: ObjectMetaArgsDict = {"name": "tenant", "namespace": self.namespace, "labels": labels}
        ResourceQuota(f"{name}-quota", metadata=metadata, spec={"hard": quota(args.limits)}, opts=opts)
        containers = LimitRangeItemArgs(type="Container", **container_limits(args.limits))
        LimitRange(f"{name}-limits", metadata=metadata, spec=LimitRangeSpecArgs(limits=[containers]), opts=opts)
        # Kubernetes creates the service account `default`, before or after this patch, which works in both cases.
        ServiceAccountPatch(
            f"{name}-account",
            metadata={"name": "default", "namespace": self.namespace, "labels": labels},
            automount_service_account_token=False,
            opts=opts,
        )


def _with_level(labels: Mapping[str, str], version: Input[str]) -> dict[str, Input[str]]:
    """Returns `labels` with level `restricted` pinned to a version: a newer one could reject running workloads."""
    level = map_inputs(lambda known: f"v{known}", version)
    return {
        **restricted_namespace(labels),
        **{f"pod-security.kubernetes.io/{mode}-version": level for mode in ("enforce", "audit", "warn")},
    }
