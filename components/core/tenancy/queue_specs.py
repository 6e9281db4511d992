"""What is said of queues: whose money they spend, and on which machines."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Annotated, NotRequired, TypedDict

from pydantic import ConfigDict, Field

from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.enums import Capacity, Profile

QUEUED = (Profile.TRAINING, Profile.BATCH)
"""Profiles whose work waits in queues. What serves is there or not, and is scaled by its own load."""


class Borrowing(Enum):
    """What a tenant may use beyond its own quota while others leave it idle."""

    NONE = "none"
    """Nothing: its bill never passes its budget."""
    SPOT = "spot"
    """All but on-demand machines. Its bill may pass its budget by what others did not spend of theirs."""
    ALL = "all"
    """On-demand machines too."""


class QueueSpec(TypedDict):
    """A tenant's queue on a cluster."""

    tier: Tier
    """`smb` queues for processors only, `enterprise` for GPUs too."""
    aed_per_month: float
    """Dirhams a month, without VAT, that its queued work may cost. Also its weight where idle machines are shared."""
    hours_per_month: NotRequired[int]
    """Hours of a month in which it is expected to use all of its quota; 730, the whole month, if absent: then the
    budget holds whatever is queued. Fewer hours are more machines at once, and a budget that alarms if they go on."""
    pool_percent: NotRequired[Mapping[str, int]]
    """Percentages of the money by pool, 100 or less together; if absent, alike for all pools that are open to it."""
    borrows: NotRequired[Borrowing]
    """What it may use of others' quota while that is idle; `spot` if absent."""


class OwnMachineSpec(TypedDict):
    """A machine that is no cloud's: one of an on-premises cluster."""

    vcpu: int
    """Processors, as the operating system counts them."""
    memory_gib: float
    """Memory in GiB."""
    gpus: NotRequired[int]
    """GPUs; none if absent."""


class CheckedQueue(Checked):
    """The validated form of a `QueueSpec`."""

    tier: Tier
    aed_per_month: Annotated[Decimal, Field(gt=0)]
    hours_per_month: Annotated[int, Field(ge=1, le=744)] = HOURS_PER_MONTH
    pool_percent: dict[str, Annotated[int, Field(ge=0, le=100)]] | None = None
    borrows: Borrowing = Borrowing.SPOT


class OwnMachine(Checked):
    """The validated form of an `OwnMachineSpec`."""

    vcpu: Annotated[int, Field(ge=1)]
    memory_gib: Annotated[float, Field(gt=0)]
    gpus: Annotated[int, Field(ge=0)] = 0


class QueuedPool(Checked):
    """What queues want to know of a pool. The pool itself was validated where its machines are made."""

    model_config = ConfigDict(extra="ignore")

    profile: Profile
    machines: Annotated[tuple[str, ...], Field(min_length=1)]
    capacity: Capacity
    max: Annotated[int, Field(ge=1)]
    tenant: str | None = None
    interconnect: bool = False
    gpu_partition: str | None = None
