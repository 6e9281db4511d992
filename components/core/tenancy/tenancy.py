"""A tenant on a cluster: its namespace, labels and quota. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Choice, Spec
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.labels import TENANT_LABEL, TIER_LABEL
from falaj.facts.tags import COST_TAGS


class Tier(Enum):
    """How a tenant is served."""

    SMB = "smb"
    """On processors, scaled to zero without requests. No GPU."""
    ENTERPRISE = "enterprise"
    """On GPUs."""


_UNIT = next(tag for tag in COST_TAGS if tag.key == "business-unit")

BusinessUnit = Annotated[str, TextForm(f"^(?:{_UNIT.pattern})$", _UNIT.form, _UNIT.example)]
"""The business unit that pays, in the form of the cost tag `business-unit`."""


class SpaceSpec(Spec):
    """The most that a tenant may have on a cluster at once, queued and served work together."""

    cpu: int = Field(ge=1)
    """Processors (vCPU) that its pods may request."""
    memory_gib: int = Field(ge=1)
    """Memory in GiB that its pods may request, and never exceed."""
    gpus: int = Field(default=0, ge=0)
    """GPUs; 0 for tier `smb`. Where GPUs are partitioned, as many slices as these GPUs make."""
    storage_gib: int = Field(default=0, ge=0)
    """GiB of volumes."""


class TenantSpec(SpaceSpec):
    """A tenant of a cluster: its tier, its quota, and the business unit that pays."""

    tier: Choice[Tier]
    """`smb` (no GPU) or `enterprise`."""
    business_unit: BusinessUnit | None = None
    """The business unit that pays, in the form of the cost tag of that name; the platform's own if absent."""

    @model_validator(mode="after")
    def _gpus_fit_tier(self) -> Self:
        if self.tier is Tier.SMB and self.gpus:
            raise refusal("0 for tier smb", "remove it, or make the tenant enterprise", "gpus", self.gpus)
        return self


def namespace_of(tenant: str) -> str:
    """Name of a tenant's namespace."""
    return f"tenant-{tenant}"


def tenant_labels(tenant: str, spec: TenantSpec, tags: Mapping[str, str]) -> dict[str, str]:
    """Labels of everything that is a tenant's: the cost tags with its own business unit, its name and tier."""
    paid_by = {"business-unit": spec.business_unit} if spec.business_unit else {}
    return {**tags, **paid_by, TENANT_LABEL: tenant, TIER_LABEL: spec.tier.value}


def quota(spec: TenantSpec) -> dict[str, str]:
    """`spec.hard` of the tenant's ResourceQuota. No load balancer or node port: requests come in through a gateway."""
    slices = {name: spec.gpus * instances for name, instances in SLICES.items()}
    # A time-sliced share has no size to count: a tenant with GPUs may share them among its own pods.
    shared = {} if spec.gpus else {SHARED_GPU: 0}
    return {
        "requests.cpu": amount(spec.cpu),
        "requests.memory": gibibytes(spec.memory_gib),
        "limits.memory": gibibytes(spec.memory_gib),
        "requests.storage": gibibytes(spec.storage_gib),
        "services.loadbalancers": "0",
        "services.nodeports": "0",
        **{f"requests.{name}": amount(most) for name, most in {GPU: spec.gpus, **slices, **shared}.items()},
    }


def container_limits(spec: TenantSpec) -> dict[str, dict[str, str]]:
    """Requests and limits of a container that states none, and the most that one may request.

    The CPU limit is the tenant's whole quota (Kubernetes takes `max`): a lower one would throttle a program while
    processors are idle.
    """
    return {
        "default_request": {"cpu": "100m", "memory": "256Mi"},
        "default": {"memory": "1Gi"},
        "max": {"cpu": amount(spec.cpu), "memory": gibibytes(spec.memory_gib)},
    }
