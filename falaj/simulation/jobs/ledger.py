"""What the month costs, and to whom each machine-second is charged."""

from collections import defaultdict
from collections.abc import Sequence

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.jobs.node import Node, Pod
from falaj.simulation.outcome import Cause, Charge
from falaj.simulation.platform_model import PoolModel

Interval = tuple[float, float, float]
"""Begin and end in seconds, and units: GPUs, or vCPUs."""


class Ledger:
    """Charges by tenant, profile and cause, and the intervals for the picture of the month.

    A machine is charged from its request to its removal, and for at least the pool's least billed time. EC2 bills by
    the second from the state `running` on (EC2 User Guide, "Instance lifecycle", read 2026-11-28); the seconds from the
    request to that state count here as billed. What no job is charged for is idle.
    """

    def __init__(self) -> None:
        self._aed: dict[tuple[str | None, Profile, Cause], float] = defaultdict(float)
        self.node_hours: dict[str, float] = defaultdict(float)
        self.gpu_hours_paid = 0.0
        self.gpu_hours_used = 0.0
        self.used: dict[str, list[Interval]] = defaultdict(list)
        self.spot: dict[str, list[Interval]] = defaultdict(list)
        self.on_demand: dict[str, list[Interval]] = defaultdict(list)
        self.machines: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        """Machines that are paid on demand."""
        self.waiting: dict[str, list[Interval]] = defaultdict(list)

    def charge(self, pool: PoolModel, pod: Pod, cause: Cause, seconds: float) -> None:
        """Charges a tenant for a pod's share of its node for some seconds."""
        if seconds <= 0 or pod.node is None:
            return
        aed = pod.node.aed_per_hour * pod.share(pod.node.machine) * seconds / 3600
        self._aed[pod.job.kind.tenant, pool.profile, cause] += aed
        pod.node.attributed += aed

    def occupied(self, pool: PoolModel, pod: Pod, until: float) -> None:
        """Notes that a pod held its share of a node."""
        if pod.node is not None and until > pod.since:
            units = pod.gpus if pod.node.machine.gpus else pod.cpu
            self.used[pool.key].append((pod.since, until, units))

    def close(self, pool: PoolModel, node: Node, now: float, is_removed: bool) -> None:
        """Bills a node that is removed, or that is still there at the end of the month."""
        seconds = max(now - node.requested, pool.least_billed_seconds if is_removed else 0.0)
        self._aed[None, pool.profile, Cause.IDLE] += node.aed_per_hour * seconds / 3600 - node.attributed
        capacity = Capacity.SPOT if node.is_spot else Capacity.ON_DEMAND
        self.node_hours[f"{pool.key} {capacity.value}"] += seconds / 3600
        self.gpu_hours_paid += node.machine.gpus * seconds / 3600
        if not node.is_spot and node.aed_per_hour:
            self.machines[pool.site, node.machine.name].append((node.requested, node.requested + seconds))
        series = self.spot if node.is_spot else self.on_demand
        series[pool.key].append((node.requested, now, node.units))

    @property
    def charges(self) -> Sequence[Charge]:
        """The charges, in a fixed order."""
        rows = sorted(self._aed.items(), key=lambda row: (row[0][0] or "", row[0][1].value, row[0][2].value))
        return tuple(Charge(tenant, profile.value, cause, aed) for (tenant, profile, cause), aed in rows)
