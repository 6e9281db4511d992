"""How spot-first pools go back to spot: Karpenter's single-node consolidation (pkg/controllers/disruption).

A node whose pods fit on other nodes is removed. A busy on-demand node is replaced by a cheaper spot machine if one
takes all its pods: that starts first, then the old one is drained. Spot nodes are not replaced by spot nodes
(feature gate SpotToSpotConsolidation is off). One node at a time, as the components' disruption budget says, of which
each node that is being deleted takes one, whatever the reason (helpers.go `BuildDisruptionBudgetMapping`); nodes with
the best ratio of price to pods first (`SavingsRatio`). A pod that must not be interrupted holds its node. The new
machine may exceed the pool's maximum until the old one is gone: the simulation of Karpenter's scheduler leaves out the
node that is given up, and a launch is refused only if a limit is exceeded already (helpers.go `SimulateScheduling`,
provisioner.go `Create`).
"""

from __future__ import annotations

from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.node import ROOM, Node
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
        elif not self._pool.waiting and not any(node.is_closing for node in self._pool.nodes.values()):
            self._begin()
        self._clock.after(INTERVAL_SECONDS, self._look)

    def _finish(self, old: Node) -> None:
        """Drains the node that is replaced once the new one is ready, or gives up if that was lost."""
        if self._new is None or self._new.is_closing or old.is_closing:
            self._old = self._new = None
        elif self._new.is_ready:
            self._pool.drain(old, self._pool.model.grace_seconds)
            self._old = self._new = None

    def _begin(self) -> None:
        settled = [node for node in self._pool.nodes.values() if self._is_settled(node)]
        zone = self._pool.on_spot(is_interruptible=True, zone=None)
        for node in self._candidates(settled, has_spot=zone is not None):
            if self._fits(node, [other for other in settled if other is not node]):
                self._pool.drain(node, self._pool.model.grace_seconds)
                return
            if not node.is_spot and zone is not None and (machine := self._spot_machine(node)) is not None:
                self._old = node
                self._new = self._pool.launch(machine, True, zone, self._pool.model.start_seconds)
                return

    def _candidates(self, settled: list[Node], has_spot: bool) -> list[Node]:
        """Returns the nodes that may be given up, in the order in which they are tried.

        Most spot nodes are too full for the others, which the sums of free room already say.
        """
        gpus, cpu = sum(node.gpus for node in settled), sum(node.cpu for node in settled) + ROOM
        nodes = [
            node
            for node in settled
            if ((has_spot and not node.is_spot) or (node.machine.gpus <= gpus and node.machine.cpu <= cpu))
            and node.pods
            and all(pod.job.kind.interruptible for pod in node.pods)
        ]
        return sorted(nodes, key=lambda node: (-node.aed_per_hour / len(node.pods), node.number))

    def _is_settled(self, node: Node) -> bool:
        """Whether no pod has come or gone for a while. Other nodes are neither given up nor filled (scheduler.go,
        `isUnderConsolidateAfter`)."""
        is_quiet = self._clock.now - node.changed_at >= self._pool.model.idle_seconds
        return is_quiet and node.is_ready and not node.is_closing

    def _fits(self, node: Node, others: list[Node]) -> bool:
        """Returns whether other nodes have room for all pods of a node."""
        largest = max(node.pods, key=lambda pod: (pod.gpus, pod.cpu))
        if not any(other.has_room(largest) for other in others):
            return False
        free = {other: [other.gpus, other.cpu, other.memory] for other in others}
        for pod in sorted(node.pods, key=lambda pod: (-pod.cpu, -pod.memory)):
            needs = (pod.gpus, pod.cpu, pod.memory)
            for other, room in free.items():
                if other.has_room(pod) and all(has + ROOM >= need for has, need in zip(room, needs, strict=True)):
                    free[other] = [has - need for has, need in zip(room, needs, strict=True)]
                    break
            else:
                return False
        return True

    def _spot_machine(self, node: Node) -> MachineType | None:
        """Returns a spot machine that takes all pods of a node and costs less."""
        claim = Claim(self._pool.model.machines, None)
        if not all(claim.add(pod) for pod in node.pods):
            return None
        machine = cheapest(claim.options, on_spot=True)
        return machine if machine is not None and price(machine, on_spot=True) < node.aed_per_hour else None
