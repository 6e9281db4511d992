"""How spot-first pools go back to spot: Karpenter's single-node consolidation (pkg/controllers/disruption).

A node whose pods fit on other nodes is removed. A busy on-demand node is replaced by a cheaper spot machine if one
takes all its pods: that starts first, then the old one is drained. Spot nodes are not replaced by spot nodes
(feature gate SpotToSpotConsolidation is off). One node at a time, as the components' disruption budget says, of which
each node that is being deleted takes one, whatever the reason (helpers.go `BuildDisruptionBudgetMapping`); nodes with
the best ratio of price to pods first (`SavingsRatio`). Consolidation of several nodes at once needs two candidates, of
which that budget leaves one. A pod that must not be interrupted holds its node. The new machine may exceed the pool's
maximum until the old one is gone: the simulation of Karpenter's scheduler leaves out the node that is given up, and a
launch is refused only if a limit is exceeded already (helpers.go `SimulateScheduling`, provisioner.go `Create`).
"""

from __future__ import annotations

from heapq import heapify, heappop

from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.free_room import FreeRoom
from falaj.simulation.jobs.node import Node
from falaj.simulation.jobs.packing import Claim, cheapest, price
from falaj.simulation.jobs.pool import Pool
from falaj.simulation.platform_model import MachineType

INTERVAL_SECONDS = 60.0
"""Seconds between two looks. Karpenter looks every 10 seconds and waits 15 before it acts (controller.go,
validation.go); both are short against its `consolidateAfter`, here `idle_seconds`."""


class Consolidation:
    """Looks for a node of a pool that can be given up."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self._pool, self._clock = pool, clock
        self._old: Node | None = None
        """The node that is being replaced."""
        self._new: Node | None = None
        clock.at(INTERVAL_SECONDS, self._look)

    def _look(self) -> None:
        if self._old is not None:
            self._finish(self._old)
        elif not self._pool.waiting and (settled := self._settled()) is not None:
            self._begin(FreeRoom(settled))
        self._clock.after(INTERVAL_SECONDS, self._look)

    def _finish(self, old: Node) -> None:
        """Drains the node that is replaced once the new one is ready, or gives up if that was lost."""
        if self._new is None or self._new.is_closing or old.is_closing:
            self._old = self._new = None
        elif self._new.is_ready:
            self._pool.drain(old, self._pool.model.grace_seconds)
            self._old = self._new = None

    def _begin(self, room: FreeRoom) -> None:
        zone = self._pool.on_spot(is_interruptible=True, zone=None)
        candidates = _candidates(room, has_spot=zone is not None)
        while candidates:
            node = heappop(candidates)[2]
            if not all(pod.job.kind.interruptible for pod in node.pods):
                continue
            if room.takes_pods_of(node):
                self._pool.drain(node, self._pool.model.grace_seconds)
                return
            if not node.is_spot and zone is not None and (machine := self._spot_machine(node)) is not None:
                self._old = node
                self._new = self._pool.launch(machine, True, zone, self._pool.model.start_seconds)
                return

    def _settled(self) -> list[Node] | None:
        """Returns the nodes of which no pod has come or gone for a while; None if any node is closing. Others are
        neither given up nor filled (scheduler.go, `isUnderConsolidateAfter`)."""
        now, idle = self._clock.now, self._pool.model.idle_seconds
        settled: list[Node] = []
        for node in self._pool.nodes.values():
            if node.is_closing:
                return None
            if node.is_ready and now - node.changed_at >= idle:
                settled.append(node)
        return settled

    def _spot_machine(self, node: Node) -> MachineType | None:
        """Returns a spot machine that takes all pods of a node and costs less."""
        claim = Claim(self._pool.model.machines, None)
        if not all(claim.add(pod) for pod in node.pods):
            return None
        machine = cheapest(claim.options, on_spot=True)
        return machine if machine is not None and price(machine, on_spot=True) < node.aed_per_hour else None


def _candidates(room: FreeRoom, has_spot: bool) -> list[tuple[float, int, Node]]:
    """Returns a heap of the nodes that may be given up, in the order in which they are tried.

    Most spot nodes have a pod for which no node has room: of thousands, few are tried.
    """
    heap = [
        (-node.aed_per_hour / len(node.pods), node.number, node)
        for node in room.nodes
        if node.pods and ((has_spot and not node.is_spot) or room.may_take(node.largest))
    ]
    heapify(heap)
    return heap
