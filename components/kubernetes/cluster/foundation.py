"""What a cluster has before anything runs on it: priorities, and a closed space for each tenant."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict, cast

import pulumi
from pydantic import Field

from falaj.components.core.tenancy.tenancy import CheckedTenant, TenantSpec
from falaj.components.core.validation.names import TenantName
from falaj.components.kubernetes.cluster.priorities import priority_classes
from falaj.components.kubernetes.cluster.tenant_space import Surroundings, TenantSpace, TenantSpaceArgs
from falaj.facts.regions import Cloud


class FoundationArgs(TypedDict):
    """Arguments of a `Foundation`."""

    tenants: Mapping[str, TenantSpec]
    """Tenants by name, each with the most that it may have at once. Those with stacks of their own are left out."""
    cloud: Cloud
    """Where the cluster runs: `aws`, `azure` or `onprem`."""
    network_cidr: str
    """The site's block, in which the private endpoints are."""
    version: str
    """Kubernetes minor version, such as `1.34`, whose Pod Security Standards hold."""
    store_cidrs: NotRequired[pulumi.Input[Sequence[str]]]
    """Blocks outside the network that are reached by HTTPS too: on AWS those of S3, which a gateway endpoint answers.
    None if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class _Checked(Surroundings):
    tenants: dict[TenantName, CheckedTenant] = Field(default_factory=dict)


class Foundation(pulumi.ComponentResource):
    """Priority classes of the cluster, and a `TenantSpace` for each tenant.

    Takes the `kubernetes` provider of the cluster from its options. Make everything that runs depend on it.
    """

    namespaces: pulumi.Output[Mapping[str, str]]
    """Namespace of each tenant."""
    priority_classes: pulumi.Output[Sequence[str]]
    """Names of the priority classes, highest first: for the platform, inference, training and batch."""

    def __init__(self, name: str, args: FoundationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:Foundation", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        classes = priority_classes(name, settings.tags, child)
        spaces = {tenant: TenantSpace(f"{name}-{tenant}", _space(tenant, args), child) for tenant in settings.tenants}
        self.namespaces = pulumi.Output.all(**{tenant: space.namespace for tenant, space in spaces.items()})
        self.priority_classes = pulumi.Output.all(*(made.metadata.name for made in classes))
        self.register_outputs({"namespaces": self.namespaces, "priority_classes": self.priority_classes})


def _space(tenant: str, args: FoundationArgs) -> TenantSpaceArgs:
    shared = {key: value for key, value in args.items() if key != "tenants"}
    return cast(TenantSpaceArgs, {**shared, "tenant": tenant, "limits": args["tenants"][tenant]})
