"""The platform as the simulation sees it: machines and their prices, pools, queues and served models. Pure data.

Prices are AED per hour at list price, without VAT and bank spread. Times are in seconds unless a name says hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from falaj.components.core.money.burn_rate import HOURS_PER_MONTH
from falaj.components.core.tenancy.spend_quota import TenantBudget
from falaj.components.core.validation.enums import Capacity, Profile

MONTH_SECONDS = HOURS_PER_MONTH * 3600
"""Length of the month of charges per month, in seconds: 730 hours."""


@dataclass(frozen=True)
class MachineType:
    """A machine type of a pool: what pods get of it, and its prices."""

    name: str
    cpu: float
    """Allocatable vCPUs, after what Kubernetes and the pool's DaemonSets take."""
    memory_gib: float
    """Allocatable memory in GiB."""
    gpus: int
    on_demand_aed: float
    """AED per hour on demand; 0 for machines that are paid for anyway."""
    spot_aed: float | None
    """AED per hour on spot; None if no spot price is known, and then the machine is never bought on spot."""


@dataclass(frozen=True)
class PoolModel:
    """A node pool."""

    site: str
    name: str
    profile: Profile
    capacity: Capacity
    machines: tuple[MachineType, ...]
    min: int
    max: int
    zones: int
    """Number of availability zones over which spot capacity differs."""
    tenant: str | None
    """Tenant that the pool is reserved for."""
    decision_seconds: float
    """From a pod that cannot be scheduled to the request for a machine: Karpenter's batch window, or the cluster
    autoscaler's scan."""
    start_seconds: float
    """From the request for a machine to a ready node."""
    idle_seconds: float
    """Time without pods after which a node is removed."""
    returns_to_spot: bool
    """Whether a busy on-demand node is replaced once there is a spot machine (`spot-first`)."""
    notice_seconds: float
    """Interruption notice of a spot machine that a program really gets."""
    least_billed_seconds: float
    """Least time that a machine is billed for."""
    sleeps: tuple[float, float] | None = None
    """Hours of the day in Dubai from which to which the pool works on weekdays (Monday to Friday); None if always."""
    longest_decision_seconds: float = 0.0
    """The longest, where further pods extend it (`jobs.batch`); no longer than `decision_seconds` means never."""
    removal_is_validated: bool = False
    """Whether Karpenter removes empty nodes: some seconds later, once its loop has looked twice (`jobs.emptiness`)."""
    has_gpu_counts: bool = False
    """Whether pods can ask for machines with a number of GPUs (`components/core/training/machine_gpus.py`)."""
    grace_seconds: float = 100.0
    """Time that an evicted program gets to save a checkpoint: the pods' termination grace period."""

    @cached_property
    def key(self) -> str:
        """Its name among the pools of all sites."""
        return f"{self.site}/{self.name}"


@dataclass(frozen=True)
class RunModel:
    """How training runs use machines; from the settings' defaults where a trace does not say."""

    checkpoint_seconds: float
    """Seconds of work between two checkpoints."""
    save_seconds: float
    """Time that a checkpoint takes."""
    restart_seconds: float
    """From a ready node to computation that continues: pull the image, load the checkpoint."""
    interruptions_per_hour: float
    """Share of spot machines that are reclaimed per hour where no spot trace is given."""
    deadline_interval_seconds: float
    """Time between two decisions of the controller of runs with deadlines."""
    pods_ready_seconds: float = 1200.0
    """Time from admission after which a job whose pods are not all ready is evicted and requeued."""
    recover_seconds: float = 600.0
    """Time that a running job may miss a pod before it is evicted and requeued."""
    release_seconds: float = 0.0
    """From the end of a job's pods until its quota is free: others may take its nodes before the next job does."""
    evicted_seconds: float = 0.0
    """From the eviction of a job until its quota is free, whether its pods have ended or not: what messages take."""
    requeue_seconds: float = 0.0
    """From free quota until the jobs are tried again for which there was none; the heads of queues are at once."""


@dataclass(frozen=True)
class ServiceModel:
    """A served model and the autoscaler of its replicas."""

    name: str
    tenant: str
    pool: str
    """`PoolModel.key` of the pool that runs it."""
    cpu: float
    memory_gib: float
    gpus: int
    min: int
    max: int
    target: float
    """Load per replica that the autoscaler keeps."""
    follows: str
    """What the load is: `requests` (that end, per second), `queue` (requests that wait or are served), `waiting`
    (requests that wait, the metric of `load.follows: queue`), `tokens` (generated per second), `prompts` (their tokens
    per second) or `cpu` (share used)."""
    slots: int
    """Requests that a replica serves at once."""
    prompt_tokens_per_second: float
    """Speed of a replica reading prompts."""
    tokens_per_second: float
    """Generated tokens per second of one request when all slots are in use."""
    seconds_per_request: float
    """Fixed time of a request beside its tokens, or all of it for models without tokens."""
    late_seconds: float
    """Time until the first token, or the answer of a model without tokens, beyond which a request is late."""
    polling_seconds: float
    idle_seconds: float
    """Time without requests after which the last replica is removed (only with `min` 0)."""
    down_seconds: float
    """Stabilisation window of scaling down."""
    cold_start_seconds: float
    """From a pod on a ready node to its first answer: image, model, load."""
    office_min: int = 0
    """Replicas that are kept in `office_hours`, instead of `min`."""
    office_hours: tuple[float, float] | None = None
    """Hours of the day in Dubai from which to which they are, on weekdays (Monday to Friday); None if never."""


@dataclass(frozen=True)
class QueueModel:
    """Kueue's queue of a tenant on a site."""

    site: str
    tenant: str
    units: Mapping[str, float]
    """`PoolModel.key` -> nominal quota in GPUs, or vCPUs in a pool without GPUs."""
    borrow: Mapping[str, float]
    """`PoolModel.key` -> units that it may borrow from other queues of the site; a pool without an entry has no
    limit."""
    budget: TenantBudget | None
    """Money that the controller turns into quotas; None if the quotas do not change. Its flavors are named by
    `PoolModel.key`."""
    weight: float = 1.0
    """Weight with which idle quota is shared: its budget in AED per month."""


@dataclass(frozen=True)
class CommittedMachines:
    """Machines of a site that are paid for at all hours, by a reservation or savings plan."""

    name: str
    """What the commitment is of, for reports."""
    site: str
    machine: str
    count: int
    aed: float
    """AED per hour of one machine with the commitment."""
    on_demand_aed: float
    """AED per hour of one machine without it."""


@dataclass(frozen=True)
class StandingMachines:
    """On-demand machines of a site that run whatever the work: of its system pools, and reserved capacity."""

    site: str
    machine: str
    count: int
    hours: tuple[float, float] | None = None
    """Hours of the day in Dubai from which to which they run on weekdays; None if always."""


@dataclass(frozen=True)
class Platform:
    """A stack's platform."""

    stack: str
    pools: tuple[PoolModel, ...]
    queues: tuple[QueueModel, ...]
    services: tuple[ServiceModel, ...]
    runs: RunModel
    system_aed_per_month: Mapping[str, float]
    """Charges that do not follow the work, by what they are for: control planes, system nodes, NAT gateways."""
    warnings: Sequence[str] = ()
    """What the model leaves out or supposes, in a sentence each, for the report."""
    experiments: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    """Service of an experiment -> share of its requests by the names of its variants, which are services."""

    commitments: Sequence[CommittedMachines] = ()
    standing: Sequence[StandingMachines] = ()
    """Machines whose cost is in `system_aed_per_month`."""

    def system_aed(self, length: float) -> float:
        """Returns AED of the charges that do not follow the work, in `length` seconds."""
        return sum(self.system_aed_per_month.values()) * length / MONTH_SECONDS

    def pool(self, key: str) -> PoolModel:
        """Returns the pool of that key. Raises `KeyError`."""
        return {pool.key: pool for pool in self.pools}[key]
