"""A node pool as the estimate prices it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from falaj.facts.machines import Machine
from falaj.facts.prices import Capacity
from falaj.finops.karpenter_types import no_labels
from falaj.finops.lines import Charge
from falaj.finops.work.placement import Precedence, Taint

WINDOWS = "Windows"
"""The operating system whose licence is not in the price of a machine."""


@dataclass(frozen=True)
class PricedPool:
    """Machines of one pool. `capacities` are tried in order; `max_nodes` is None if the pool has no limit.

    `in_order` says that machines are started in the order of `machines`, otherwise the cheapest is expected. `identity`
    tells apart the pools of one resource, whose names, which are those of usage files, may be the same. `precedence` is
    that of a Karpenter pool, None for pools of other autoscalers. `labels` are the labels of its nodes, with the values
    that each may have; `zones` are those in which it has nodes, empty if unknown; `max_pods` the pods of a node, if
    stated. `spot_limit` is the highest price in USD per hour at which spot machines run, None for the on-demand price.
    `disks` are the charges for one machine's disks and public addresses for a full month. `storage_gib` is the size of
    the disk that holds the data of a node's pods, None if it is unknown. `licence` is the operating system whose
    licence each machine pays beside its price. `running_hours` are the hours per month in which schedules let the pool
    run, None without a schedule. `disks_billed_when_stopped` says that the disks of stopped machines are billed.
    `machine_labels` returns further labels of a node by its machine type. `note` is a sentence for the pool's lines.
    `limits` are the most that all its nodes have together, by resource. `unknown` names properties of the pool's size
    that are known only after the update: its maximum is unknown.
    """

    name: str
    profile: str
    machines: Sequence[str]
    capacities: Sequence[Capacity]
    min_nodes: int
    max_nodes: int | None
    limits: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    in_order: bool = False
    identity: str = ""
    precedence: Precedence | None = None
    max_pods: int | None = None
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    zones: Sequence[str] = ()
    taints: Sequence[Taint] = ()
    spot_limit: Decimal | None = None
    disks: Sequence[Charge] = ()
    licence: str = ""
    service: str = "machine"
    storage_gib: Decimal | None = None
    running_hours: Decimal | None = None
    disks_billed_when_stopped: bool = False
    unknown: Sequence[str] = ()
    machine_labels: Callable[[Machine], Mapping[str, str | None]] = no_labels
    note: str = ""
