"""What a tenant is given on a cluster: its namespace, and the most that it may have there. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, NotRequired, Self, TypedDict

from pydantic import Field, StringConstraints, model_validator

from falaj.components.core.node_pools.gpu_resources import GPU, SHARED_GPU, SLICES
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.quantities import amount, gibibytes
from falaj.facts.labels import TENANT_LABEL, TIER_LABEL
from falaj.facts.tags import COST_TAGS


class Tier(Enum):
    """How a tenant is served."""

    SMB = "smb"
    """On processors, down to zero when nobody asks. No GPU."""
    ENTERPRISE = "enterprise"
    """On GPUs."""


class TenantSpec(TypedDict):
    """The most that a tenant may have on a cluster at once, queued and served work together."""

    tier: Tier
    """`smb` (no GPU) or `enterprise`."""
    cpu: int
    """Processors (vCPU) that its pods may ask for."""
    memory_gib: int
    """Memory in GiB that they may ask for, and never pass."""
    gpus: NotRequired[int]
    """GPUs; none if absent. Where GPUs are split, as many slices as these make."""
    storage_gib: NotRequired[int]
    """GiB of volumes; none if absent."""
    business_unit: NotRequired[str]
    """The business unit that pays, as in the cost tag of that name; the platform's own if absent."""


_UNIT = next(tag for tag in COST_TAGS if tag.key == "business-unit")


BusinessUnit = Annotated[str, StringConstraints(pattern=f"^(?:{_UNIT.pattern})$")]
"""Who pays, as the cost tag of that name has it."""


class CheckedTenant(Checked):
    """The validated form of a `TenantSpec`."""

    tier: Tier
    cpu: Annotated[int, Field(ge=1)]
    memory_gib: Annotated[int, Field(ge=1)]
    gpus: Annotated[int, Field(ge=0)] = 0
    storage_gib: Annotated[int, Field(ge=0)] = 0
    business_unit: BusinessUnit | None = None

    @model_validator(mode="after")
    def _has_what_its_tier_has(self) -> Self:
        if self.tier is Tier.SMB and self.gpus:
            raise refusal("0 for tier smb", "remove it, or make the tenant enterprise", "gpus", self.gpus)
        return self


def namespace_of(tenant: str) -> str:
    """Name of a tenant's namespace."""
    return f"tenant-{tenant}"


def tenant_labels(tenant: str, spec: CheckedTenant, tags: Mapping[str, str]) -> dict[str, str]:
    """Labels of everything that is a tenant's: the cost tags with its own business unit, its name and tier."""
    paid_by = {"business-unit": spec.business_unit} if spec.business_unit else {}
    return {**tags, **paid_by, TENANT_LABEL: tenant, TIER_LABEL: spec.tier.value}


def quota(spec: CheckedTenant) -> dict[str, str]:
    """`spec.hard` of the tenant's ResourceQuota. Nothing of it is reached from outside but through a gateway."""
    slices = {name: spec.gpus * instances for name, instances in SLICES.items()}
    # A share of a GPU has no size of its own to count: who has GPUs may share them among its own pods.
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


def container_limits(spec: CheckedTenant) -> dict[str, dict[str, str]]:
    """What a container has that asks for nothing, and the most it may ask for. Its limit of processors is that most,
    all of the tenant's (Kubernetes takes `max`): a lower one would slow down a program while processors are idle."""
    return {
        "default_request": {"cpu": "100m", "memory": "256Mi"},
        "default": {"memory": "1Gi"},
        "max": {"cpu": amount(spec.cpu), "memory": gibibytes(spec.memory_gib)},
    }
