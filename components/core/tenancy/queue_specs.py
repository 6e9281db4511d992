"""Specifications of queues: the budget that they spend and the machines that they use."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.money.amounts import Aed
from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import Accepts, Choice, Spec, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import refusal

QUEUED = (Profile.TRAINING, Profile.BATCH)
"""Profiles whose workloads wait in queues. Inference services are never queued; they scale by their own load."""

FRAMEWORKS = (
    "batch/job",
    "jobset.x-k8s.io/jobset",
    "trainer.kubeflow.org/trainjob",
    "ray.io/rayjob",
    "ray.io/raycluster",
)
"""Kinds that Kueue queues. It waits for the CRDs of those whose controller is not installed (Kueue 0.17.0,
pkg/controller/jobframework/setup.go). Without RayClusters, a tenant could take machines past its queue with one."""


def _is_queued(profile: Profile) -> Profile:
    if profile not in QUEUED:
        allowed = " or ".join(queued.value for queued in QUEUED)
        raise refusal(allowed, "choose one of these; serve a model with an inference service")
    return profile


QueuedProfile = Annotated[
    Profile,
    AfterValidator(_is_queued),
    Field(json_schema_extra={"enum": [profile.value for profile in QUEUED]}),
]
"""A workload profile for work that runs to completion: `training` or `batch`."""

Percent = Annotated[int, Field(ge=0, le=100)]
"""A percentage, 0 to 100."""


class Borrowing(Enum):
    """The idle quota of other tenants that a tenant may borrow beyond its own quota."""

    NONE = "none"
    """None: the tenant's cost never exceeds its budget."""
    SPOT = "spot"
    """Idle quota of all machines except on-demand ones. The tenant's cost may exceed its budget by what other tenants
    left unspent."""
    ALL = "all"
    """Idle quota of all machines, on-demand ones included."""


class QueueBudget(Spec):
    """The budget of a tenant's queue, converted to a quota of GPUs or vCPUs at the prices of the machines."""

    aed_per_month: Accepts[Aed, Aed | float]
    """Maximum cost of queued work in AED per month, without VAT. Also the tenant's weight when idle quota is shared."""
    hours_per_month: int = Field(default=HOURS_PER_MONTH, ge=1, le=744)
    """Expected hours per month in which the full quota is in use. At the default of 730, the whole month, the quota
    never
    costs more than the budget. Fewer hours give a larger quota; budget alarms report if the machines run longer."""
    pool_percent: Mapping[str, Percent] | None = None
    """Percentage of the budget by node pool, at most 100 in total. If absent, the budget is divided equally among the
    pools that the tenant may use."""
    borrows: Choice[Borrowing] = default(Borrowing.SPOT)
    """Idle quota of other tenants that the tenant may borrow: `none`, `spot` (all machines except on-demand) or
    `all`."""


class QueueSpec(QueueBudget):
    """A tenant's queue on a cluster."""

    tier: Choice[Tier]
    """Tier of the tenant: `smb` may use machines without GPUs only, `enterprise` may use GPUs too."""


LOCAL_QUEUE = "default"
"""Name of the LocalQueue in a tenant's namespace. Kueue assigns jobs without a queue name to the LocalQueue of this
name (LocalQueueDefaulting)."""

TRAINING_PRIORITY, BATCH_PRIORITY = "falaj-training", "falaj-batch"
"""Names of the priority classes of queued work."""
