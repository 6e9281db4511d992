"""The nodes of a pool that the work of a plan keeps running."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from falaj.facts.prices import Capacity

Key = tuple[str, str]
"""URN of the resource that has a pool, and what tells the pool apart from others of the resource."""
Bought = tuple[str, Capacity]
"""Machine type and capacity type."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The nodes of a pool in an average hour of its minimum and its work.

    `fewest` are the nodes of any choice at least, and `least_usd` what those of any choice cost an hour at least.
    `job_hours` are hours of machines a month for work that runs to completion or on a schedule, of whose cost
    `least_job_share` is needed at least. `pods` are the workloads, each with its expected pods: `assistant (4)`.
    """

    nodes: Mapping[Bought, int]
    fewest: int = 0
    least_usd: Decimal = Decimal(0)
    pods: tuple[str, ...] = ()
    job_hours: Mapping[Bought, Decimal] = field(default_factory=dict[Bought, Decimal])
    least_job_share: Decimal = Decimal(0)

    @property
    def count(self) -> int:
        """Number of nodes."""
        return sum(self.nodes.values())

    @property
    def least_share(self) -> Decimal:
        """The fewest nodes as a share of the nodes."""
        return Decimal(self.fewest) / self.count if self.count else Decimal(0)


_DIGITS = Decimal("1e-15")


def rounded_down(value: Decimal) -> Decimal:
    """Returns a share or price that is never above the exact one: no rounding lifts a minimum above its bound."""
    return value.quantize(_DIGITS, ROUND_FLOOR)
