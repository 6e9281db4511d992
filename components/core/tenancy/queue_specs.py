"""Specifications of queues: whose budget they spend, and on which machines."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import Accepts, Choice, Spec, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import refusal

QUEUED = (Profile.TRAINING, Profile.BATCH)
"""Profiles whose work waits in queues. Services are never queued: their own load scales them."""


def _is_queued(profile: Profile) -> Profile:
    if profile not in QUEUED:
        allowed = " or ".join(queued.value for queued in QUEUED)
        raise refusal(allowed, "choose one of these; a model that is served is a service")
    return profile


QueuedProfile = Annotated[
    Profile,
    AfterValidator(_is_queued),
    Field(json_schema_extra={"enum": [profile.value for profile in QUEUED]}),
]
"""A workload profile of work that ends: `training` or `batch`."""

Percent = Annotated[int, Field(ge=0, le=100)]
"""A percentage, 0 to 100."""


class Borrowing(Enum):
    """What a tenant may use beyond its own quota while other tenants leave it idle."""

    NONE = "none"
    """Nothing: its bill never exceeds its budget."""
    SPOT = "spot"
    """Any machines but on-demand ones. Its bill may exceed its budget by what others left unspent."""
    ALL = "all"
    """On-demand machines too."""


class QueueBudget(Spec):
    """The budget of a tenant's queue. It becomes a quota of GPUs or processors at the prices of the machines."""

    aed_per_month: Accepts[Decimal, Decimal | float] = Field(gt=0)
    """Dirhams a month, without VAT, that queued work may cost. Also the tenant's weight where idle machines are
    shared."""
    hours_per_month: int = Field(default=HOURS_PER_MONTH, ge=1, le=744)
    """Hours of a month in which the whole quota is expected to be in use. At 730, the whole month, the budget holds
    whatever is queued. Fewer hours allow more machines at once, and the budget alarms if they run longer."""
    pool_percent: Mapping[str, Percent] | None = None
    """Percentages of the budget by node pool, 100 or less in total. If absent, all pools that are open to the tenant
    get the same share."""
    borrows: Choice[Borrowing] = default(Borrowing.SPOT)
    """What the tenant may use of other tenants' idle quota: `none`, `spot` or `all`."""


class QueueSpec(QueueBudget):
    """A tenant's queue on a cluster."""

    tier: Choice[Tier]
    """`smb` queues for processors only, `enterprise` for GPUs too."""


class OwnMachineSpec(Spec):
    """A kind of machine of an on-premises cluster."""

    vcpu: int = Field(ge=1)
    """Processors, as the operating system counts them."""
    memory_gib: float = Field(gt=0)
    """Memory in GiB."""
    gpus: int = Field(default=0, ge=0)
    """GPUs."""


LOCAL_QUEUE = "default"
"""The queue in a tenant's namespace. Work without a queue goes to the one of this name (Kueue,
LocalQueueDefaulting)."""

TRAINING_PRIORITY, BATCH_PRIORITY = "falaj-training", "falaj-batch"
"""Names of the priority classes of queued work."""
