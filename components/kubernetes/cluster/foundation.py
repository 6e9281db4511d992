"""Prerequisites of workloads on a cluster: priority classes, admission policies, and a namespace for each tenant."""

from collections.abc import Mapping, Sequence

import pulumi

from falaj.components.core.tenancy.tenancy import TenantSpec
from falaj.components.core.tenancy.tenant_admission import AdmissionSpec
from falaj.components.core.validation.args import Args, default
from falaj.components.core.validation.inputs import outputs_by_name
from falaj.components.core.validation.names import TenantName
from falaj.components.kubernetes.cluster.priorities import priority_classes
from falaj.components.kubernetes.cluster.tenant_admission import tenant_admission
from falaj.components.kubernetes.cluster.tenant_space import NamespaceContext, TenantSpace, TenantSpaceArgs


class FoundationArgs(NamespaceContext, Args):
    """Arguments of `Foundation`."""

    tenants: Mapping[TenantName, TenantSpec] = default({})
    """Tenants by name, each with its quota."""
    admission: AdmissionSpec = AdmissionSpec()
    """What workloads of tenants may refer to: the cluster's gateway, Prometheus and external scalers. By default none
    of them."""


class Foundation(pulumi.ComponentResource):
    """Priority classes of the cluster, admission policies of all tenants' namespaces, and a `TenantSpace` for each
    tenant.

    Takes the `kubernetes` provider of the cluster from its options. Make all workloads depend on it.
    """

    namespaces: pulumi.Output[Mapping[str, str]]
    """Namespace of each tenant, by name of the tenant."""
    priority_classes: pulumi.Output[Sequence[str]]
    """Names of the priority classes, highest first: for the platform, inference, training and batch."""

    def __init__(self, name: str, args: FoundationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = FoundationArgs.of(name, args)
        super().__init__("falaj:kubernetes:Foundation", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        classes = priority_classes(name, args.tags, child)
        policies = tenant_admission(name, args.admission, args.tags, child)
        # No tenant may write into its namespace before what it writes is checked.
        spaces_after = pulumi.ResourceOptions(parent=self, depends_on=policies)
        spaces = {
            tenant: TenantSpace(f"{name}-{tenant}", _space_args(tenant, limits, args), spaces_after)
            for tenant, limits in args.tenants.items()
        }
        self.namespaces = outputs_by_name({tenant: space.namespace for tenant, space in spaces.items()})
        self.priority_classes = pulumi.Output.all(*(priority.metadata.name for priority in classes))
        self.register_outputs({"namespaces": self.namespaces, "priority_classes": self.priority_classes})


def _space_args(tenant: str, limits: TenantSpec, context: NamespaceContext) -> TenantSpaceArgs:
    return TenantSpaceArgs(
        tenant=tenant,
        limits=limits,
        cloud=context.cloud,
        network_cidr=context.network_cidr,
        endpoint_cidrs=context.endpoint_cidrs,
        kubernetes_version=context.kubernetes_version,
        store_cidrs=context.store_cidrs,
        serving_tls=context.serving_tls,
        tags=context.tags,
    )
