"""Namespace, labels and quota of a tenant on a cluster. Pure."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, SHARED_GPU, SLICES
from falaj.components.core.tenancy.hosts import hosts_annotation
from falaj.components.core.validation.args import Choice, Input, Spec
from falaj.components.core.validation.names import Domain
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.labels import HOSTS_ANNOTATION, QUEUED_LABEL, TENANT_LABEL, TIER_LABEL
from falaj.facts.tags import COST_TAGS


class Tier(Enum):
    """Service tier of a tenant."""

    SMB = "smb"
    """CPU inference that scales to zero; no GPUs."""
    ENTERPRISE = "enterprise"
    """GPU workloads."""


_UNIT = next(tag for tag in COST_TAGS if tag.key == "business-unit")

BusinessUnit = Annotated[str, TextForm(f"^(?:{_UNIT.pattern})$", _UNIT.form, _UNIT.example)]
"""The business unit that is charged, in the format of the cost tag `business-unit`."""


MAX_STORAGE_GIB = 100_000_000


class SpaceSpec(Spec):
    """Resource quota of a tenant on a cluster, shared by queued jobs and inference services."""

    cpu: int = Field(ge=1, le=1_000_000)
    """Total vCPUs that the tenant's pods may request."""
    memory_gib: int = Field(ge=1, le=10_000_000)
    """Total memory in GiB of the requests, and of the limits, of the tenant's pods."""
    gpus: int = Field(default=0, ge=0, le=100_000)
    """Total GPUs that the tenant's pods may request; must be 0 for tier `smb`. For each MIG profile, the quota is the
    number of slices that these GPUs can be partitioned into."""
    storage_gib: int = Field(default=0, ge=0, le=MAX_STORAGE_GIB)
    """Total size of the tenant's persistent volumes in GiB."""
    hosts: Sequence[Domain] = ()
    """DNS names that the tenant's routes may have; `*.` before one means all names below it. The API server refuses
    routes with any other name. Default: none."""
    endpoint_picker: bool = False
    """Whether services of the tenant may have `routing: endpoint-picker`, in tier `enterprise` only. Pods of endpoint
    pickers can then read the pods of the namespace from the API server. Default: false."""


class TenantSpec(SpaceSpec):
    """A tenant of a cluster: its tier, its quota and the business unit that is charged."""

    tier: Choice[Tier]
    """Tier of the tenant: `smb` (no GPUs) or `enterprise`."""
    business_unit: BusinessUnit | None = None
    """The business unit that is charged, in the format of the cost tag `business-unit`; the platform's if absent."""
    queued: bool = False
    """Whether the tenant has a queue in the `Queueing` of the cluster. Only then does Kueue manage its jobs, and all of
    them wait for quota; without a queue, they start at once within the tenant's ResourceQuota."""
    deployer_groups: Sequence[Input[str]] = ()
    """Kubernetes groups whose members deploy the tenant's workloads in its namespace: a group of an EKS access entry,
    the object ID of an Entra group, or a group of the cluster's identity provider. Default: none."""

    @model_validator(mode="after")
    def _gpus_fit_tier(self) -> Self:
        if self.tier is Tier.SMB and self.gpus:
            raise refusal("0 for tier smb", "remove it, or set tier to enterprise", "gpus", self.gpus)
        if self.tier is Tier.SMB and self.endpoint_picker:
            raise refusal("false for tier smb", "remove it, or set tier to enterprise", "endpoint_picker", True)
        return self


def namespace_of(tenant: str) -> str:
    """Returns the name of a tenant's namespace."""
    return f"tenant-{tenant}"


def tenant_labels(tenant: str, spec: TenantSpec, tags: Mapping[str, str]) -> dict[str, str]:
    """Returns the labels of a tenant's objects: the cost tags with its own business unit, its name and its tier."""
    business_unit = {"business-unit": spec.business_unit} if spec.business_unit else {}
    return {**tags, **business_unit, TENANT_LABEL: tenant, TIER_LABEL: spec.tier.value}


def namespace_labels(tenant: str, spec: TenantSpec, tags: Mapping[str, str]) -> dict[str, str]:
    """Returns the labels of a tenant's namespace: those of its objects, and whether it has a queue."""
    queued = {QUEUED_LABEL: "true"} if spec.queued else {}
    return tenant_labels(tenant, spec, tags) | queued


def tenant_annotations(spec: TenantSpec) -> dict[str, str]:
    """Returns the annotations of a tenant's namespace: the hosts that its routes may have."""
    return {HOSTS_ANNOTATION: hosts_annotation(spec.hosts)}


def quota(spec: TenantSpec) -> dict[str, str]:
    """Returns `spec.hard` of the tenant's ResourceQuota. Load balancers and node ports are 0: ingress is by a
    gateway."""
    slices = {name: spec.gpus * instances for name, instances in SLICES.items()}
    # Time-sliced replicas have no fixed size, so they are not limited for a tenant that has GPUs.
    shared = {} if spec.gpus else {SHARED_GPU: 0}
    return {
        "requests.cpu": amount(spec.cpu),
        "requests.memory": gibibytes(spec.memory_gib),
        "limits.memory": gibibytes(spec.memory_gib),
        "requests.storage": gibibytes(spec.storage_gib),
        "services.loadbalancers": "0",
        "services.nodeports": "0",
        **{f"requests.{name}": amount(limit) for name, limit in {GPU: spec.gpus, **slices, **shared}.items()},
    }


def container_limits(spec: TenantSpec) -> dict[str, dict[str, str]]:
    """Returns the default requests and limits of a container, and the maximum that one container may request.

    The default CPU limit is the tenant's whole quota (Kubernetes uses `max`): a lower limit would throttle a program
    while CPUs are idle.
    """
    return {
        "default_request": {"cpu": "100m", "memory": "256Mi"},
        "default": {"memory": "1Gi"},
        "max": {"cpu": amount(spec.cpu), "memory": gibibytes(spec.memory_gib)},
    }
