"""Specifications of queues: the budget that they spend and the machines that they use."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.money.amounts import Aed
from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.tenancy.tenancy import SpaceSpec, Tier
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
    """None."""
    SPOT = "spot"
    """Idle quota of all machines except on-demand ones. The tenant pays for it. With a quota that follows the spend it
    may borrow as much again as its quota, while its budget pays for a day of it."""
    ALL = "all"
    """The same for all machines, on-demand ones included."""


class QuotaBasis(Enum):
    """What the quota of a queue follows."""

    SPEND = "spend"
    """What the tenant's queued work has cost since the first of the month. It needs a Prometheus; without one the quota
    is static."""
    STATIC = "static"
    """The number of units that the budget buys at list prices, computed at the deployment. Nothing counts the hours, so
    a month may cost several times the budget."""


class BudgetStop(Enum):
    """What happens to running work when the budget of a queue is used up."""

    CHECKPOINT = "checkpoint"
    """It is evicted, saves a checkpoint on SIGTERM and waits for the next month."""
    FINISH = "finish"
    """It finishes. No work starts any more once what is left is needed for 24 hours of the work that runs; work that
    runs for longer may exceed the budget by 5 %, and is then evicted."""


STOP_POLICIES = {BudgetStop.CHECKPOINT: "HoldAndDrain", BudgetStop.FINISH: "Hold"}
"""What happens to running work -> stop policy of a ClusterQueue (Kueue 0.17, apis/kueue/v1beta2)."""


class QueueBudget(Spec):
    """The budget of a tenant's queue, and how it becomes a quota of GPUs or vCPUs."""

    aed_per_month: Accepts[Aed, Aed | float]
    """Maximum cost of queued work in AED per month, without VAT. Also the tenant's weight when idle quota is shared."""
    hours_per_month: int = Field(default=HOURS_PER_MONTH, ge=1, le=744)
    """Expected hours per month in which the full quota is in use. At the default of 730, the budget is spread evenly
    over the month. Fewer hours give a larger quota, which shrinks as the money is spent."""
    quota_basis: Choice[QuotaBasis] = default(QuotaBasis.SPEND)
    """What the quota follows: `spend`, the cost of the tenant's work in the month, or `static`, list prices at the
    deployment. A static quota does not limit the cost of a month."""
    at_limit: Choice[BudgetStop] = default(BudgetStop.CHECKPOINT)
    """What happens to running work when the budget is used up: `checkpoint` or `finish`. Not used by static quotas."""
    pool_percent: Mapping[str, Percent] | None = None
    """Percentage of the budget by node pool, at most 100 in total. If absent, the budget is divided equally among the
    pools that the tenant may use."""
    borrows: Choice[Borrowing] = default(Borrowing.SPOT)
    """Idle quota of other tenants that the tenant may borrow: `none`, `spot` (all machines except on-demand) or
    `all`."""


class PodTotals(Spec):
    """Requests of several pods together."""

    cpu: float = Field(default=0, ge=0)
    """vCPUs."""
    memory_gib: float = Field(default=0, ge=0)
    """Memory in GiB."""
    gpus: int = Field(default=0, ge=0)
    """GPUs."""


class QueueSpec(QueueBudget):
    """A tenant's queue on a cluster."""

    tier: Choice[Tier]
    """Tier of the tenant: `smb` may use machines without GPUs only, `enterprise` may use GPUs too."""
    space: SpaceSpec | None = None
    """The tenant's ResourceQuota on the cluster. The queue's quota must fit into it, and what the queue borrows is
    limited to it: pods of an admitted job that exceed it would never start. Neither is checked if absent."""
    unqueued: PodTotals = default(PodTotals())
    """What the tenant's pods that are not queued request at most: served models, their surge, the tracking server. They
    share the ResourceQuota."""


LOCAL_QUEUE = "default"
"""Name of the LocalQueue in a tenant's namespace. Kueue assigns jobs without a queue name to the LocalQueue of this
name (LocalQueueDefaulting)."""

TRAINING_PRIORITY, BATCH_PRIORITY = "falaj-training", "falaj-batch"
"""Names of the priority classes of queued work."""
