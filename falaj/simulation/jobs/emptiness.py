"""How Karpenter removes empty nodes (sigs.k8s.io/karpenter v1.15.0, pkg/controllers/disruption).

One loop serves all node pools of a cluster. It looks every ten seconds (controller.go, `pollingPeriod`) for nodes that
have been empty for their pool's `consolidateAfter`, waits 15 seconds (consolidation.go, `commandValidationDelay`), and
removes those of them that are still empty (emptiness.go, validation.go). Meanwhile it looks for no others; it looks
again at once if it has removed any. A removed machine drains for at least five seconds before it ends
(pkg/controllers/node/termination/controller.go, `MinDrainTime`).
"""

from __future__ import annotations

from typing import Protocol

from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.node import Node

POLLING_SECONDS, VALIDATION_SECONDS, DRAIN_SECONDS = 10.0, 15.0, 5.0


class Owner(Protocol):
    """The pool of a node."""

    def may_remove(self, node: Node, since: float) -> bool:
        """Returns whether a node has been empty since then, and its pool keeps its minimum without it."""
        ...

    def remove_empty(self, node: Node, seconds: float = 0.0) -> None:
        """Closes a node without pods, and removes it after some seconds."""
        ...


class Emptiness:
    """The loop of a cluster. It runs only while there are nodes to look at."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._found: dict[Node, tuple[Owner, float]] = {}
        """Nodes that have been empty for long enough -> their pools, and since when."""
        self._looked = 0.0
        """When it last began to wait for its next look."""
        self._is_due = False

    def found(self, owner: Owner, node: Node) -> None:
        """A node has been empty for its pool's idle time."""
        self._found[node] = (owner, node.changed_at)
        if not self._is_due:
            self._is_due = True
            elapsed = (self._clock.now - self._looked) % POLLING_SECONDS
            self._clock.after((POLLING_SECONDS - elapsed) % POLLING_SECONDS, self._look)

    def _look(self) -> None:
        candidates = {node: of for node, of in self._found.items() if of[0].may_remove(node, of[1])}
        self._found = {}
        self._is_due = bool(candidates)
        self._looked = self._clock.now
        if candidates:
            self._clock.after(VALIDATION_SECONDS, self._validate, candidates)

    def _validate(self, candidates: dict[Node, tuple[Owner, float]]) -> None:
        removed = False
        for node, (owner, since) in candidates.items():
            if owner.may_remove(node, since):
                owner.remove_empty(node, DRAIN_SECONDS)
                removed = True
        self._looked = self._clock.now
        self._clock.after(0.0 if removed else POLLING_SECONDS, self._look)
