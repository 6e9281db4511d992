"""The nodes of a pool that the work of a plan keeps running."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from falaj.facts.prices import Capacity

Key = tuple[str, str]
"""URN of the resource that has a pool, and what tells the pool apart from others of the resource."""
Bought = tuple[str, Capacity]
"""Machine type and capacity type."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The nodes of a pool in an average hour of its minimum and its work.

    `least_share` is the part of their cost that any choice of nodes costs at least, at the prices of these nodes; where
    `is_by_count`, the part of their number, at the price of the cheapest. `job_hours` are hours of
    machines a month for work that runs to completion or on a schedule, of whose cost `least_job_share` is needed at
    least. `pods` are the workloads, each with its expected pods: `assistant (4)`.
    """

    nodes: Mapping[Bought, int]
    least_share: Decimal = Decimal(1)
    is_by_count: bool = True
    pods: tuple[str, ...] = ()
    job_hours: Mapping[Bought, Decimal] = field(default_factory=dict[Bought, Decimal])
    least_job_share: Decimal = Decimal(0)

    @property
    def count(self) -> int:
        """Number of nodes."""
        return sum(self.nodes.values())
