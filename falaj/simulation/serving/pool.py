"""Machines of a pool that runs served models: start, packing, removal and interruption.

Karpenter's and the cluster autoscaler's rules that the components configure (components/core/node_pools/disruption.py,
components/azure/cluster/scaling.py). Not modelled: replacing a machine by a cheaper type, expiry, and drift.
"""

import math
from collections.abc import Callable, Sequence
from datetime import datetime

from falaj.components.core.node_pools.disruption import WHEN_UNDERUSED, disruption_of
from falaj.components.core.validation.enums import Capacity
from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS
from falaj.simulation.platform_model import MachineType, PoolModel, ServiceModel
from falaj.simulation.serving.hours import is_working, second_of_week
from falaj.simulation.serving.ledger import Ledger
from falaj.simulation.serving.nodes import Node, Replica, fits
from falaj.simulation.serving.spot_market import SpotMarket

OFFICE_HOURS = (int(OFFICE_OPENS[:2]), int(OFFICE_CLOSES[:2]))
"""Hours of working days in which the disruption budgets keep machines with replicas, unless a stack sets others."""


class ServingPool:
    """The machines of a pool. Calls are in the order of time, to within one interval of the autoscaler."""

    def __init__(self, pool: PoolModel, market: SpotMarket, start: datetime, length: float) -> None:
        """The month has `length` seconds."""
        self.pool, self._market, self._length = pool, market, length
        self.ledger = Ledger(pool.profile.value, pool.tenant)
        self.nodes: list[Node] = []
        self.pending: list[Replica] = []
        self.interruptions = 0
        self.moved: Callable[[Replica, float], None] = lambda _replica, _now: None
        """Called for each replica whose machine goes away, before its successor has a place."""
        self._leaving: list[tuple[float, Replica]] = []
        self._offset = second_of_week(start)
        self._consolidates = disruption_of(pool.profile, pool.capacity).policy == WHEN_UNDERUSED

    def begin(self, replicas: Sequence[Replica]) -> None:
        """Starts the month in the middle of operation: these replicas are ready, and so are the least machines."""
        self.pending = [*replicas]
        if self.is_awake(0.0):
            self._launch(0.0, 0.0)
            self._keep_least(0.0, 0.0)
        for node in self.nodes:
            for replica in node.replicas:
                replica.ready = 0.0

    def is_awake(self, now: float) -> bool:
        """Whether the pool works."""
        return self.pool.sleeps is None or is_working(self._offset, now, self.pool.sleeps)

    def place(self, replicas: Sequence[Replica], now: float) -> None:
        """Finds places for new replicas: free room, or machines that are requested for them."""
        self.pending.extend(replicas)
        self._schedule(now)
        if self.pending and self.is_awake(now):
            self._launch(now + self.pool.decision_seconds, self.pool.start_seconds)

    def remove(self, replica: Replica, until: float) -> None:
        """Removes a replica that completes its requests until then."""
        if replica.node is None:
            self.pending.remove(replica)
        else:
            self._leaving.append((until, replica))

    def update(self, now: float) -> None:
        """Applies what has happened since the last call."""
        self._end_replicas(now)
        self._interrupt(now)
        if not self.is_awake(now):
            for node in [*self.nodes]:
                self._lose(node, now, now)
            return
        self._remove_empty(now)
        if self._consolidates:
            self._consolidate(now)
        if self.pending:
            self.place((), now)
        self._keep_least(now + self.pool.decision_seconds, self.pool.start_seconds)

    def settle(self, now: float) -> None:
        """Charges everything until now."""
        self._end_replicas(now)
        for node in self.nodes:
            node.settle(now, self.ledger)

    def _end_replicas(self, now: float) -> None:
        if not self._leaving:
            return
        ended = sorted((item for item in self._leaving if item[0] <= now), key=lambda item: item[0])
        self._leaving = [item for item in self._leaving if item[0] > now]
        for until, replica in ended:
            if replica.node is not None:
                replica.node.remove(replica, until, self.ledger)

    def _schedule(self, now: float) -> None:
        """Assigns pending replicas to the machine with most free room, as the scheduler's scores and the soft spread of
        the components do."""
        for replica in [*self.pending]:
            rooms = [node for node in self.nodes if node.has_room(replica.service)]
            if rooms:
                self.pending.remove(replica)
                best = min(rooms, key=lambda node: (max(node.ready - now, 0.0), node.allocated))
                best.add(replica, now, self.ledger)

    def _launch(self, asked: float, start_seconds: float) -> None:
        """Requests machines for pending replicas: as many on one as fit on any type, then the cheapest type that fits
        (sigs.k8s.io/karpenter v1.13, pkg/controllers/provisioning/scheduling)."""
        waiting, self.pending = self.pending, []
        while waiting:
            together = [waiting[0]]
            for replica in waiting[1:]:
                if self._offer([item.service for item in (*together, replica)], asked):
                    together.append(replica)
            node = self._request([item.service for item in together], asked, start_seconds)
            if node is None:
                self.pending.append(waiting.pop(0))
                continue
            for replica in together:
                node.add(replica, max(asked, replica.created), self.ledger)
                waiting.remove(replica)

    def _offer(self, services: Sequence[ServiceModel], now: float) -> tuple[MachineType, bool] | None:
        """Returns the cheapest machine on which the replicas fit, and whether it is on spot; None if there is none."""
        machines = [machine for machine in self.pool.machines if fits(machine, services)]
        if self.pool.capacity is not Capacity.ON_DEMAND:
            used = sum(node.is_spot for node in self.nodes)
            spot = [machine for machine in machines if machine.spot_aed is not None]
            if spot and used < self._market.machines(now):
                return min(spot, key=lambda machine: machine.spot_aed or 0.0), True
            if self.pool.capacity is Capacity.SPOT:
                return None
        return (min(machines, key=lambda machine: machine.on_demand_aed), False) if machines else None

    def _request(self, services: Sequence[ServiceModel], asked: float, start_seconds: float) -> Node | None:
        offer = self._offer(services, asked) if len(self.nodes) < self.pool.max else None
        if offer is None:
            return None
        machine, is_spot = offer
        lost = self._market.lost(asked) if is_spot else math.inf
        ready = asked + start_seconds
        node = Node(machine, is_spot, asked, ready, lost, changed=ready, settled=asked)
        self.nodes.append(node)
        return node

    def _keep_least(self, asked: float, start_seconds: float) -> None:
        while len(self.nodes) < self.pool.min and self._request((), asked, start_seconds):
            pass

    def _remove_empty(self, now: float) -> None:
        for node in [*self.nodes]:
            end = max(node.changed, node.ready) + self.pool.idle_seconds
            if not node.replicas and end <= now and len(self.nodes) > self.pool.min:
                self._end(node, end)

    def _consolidate(self, now: float) -> None:
        """Moves the replicas of the emptiest machine if they fit on others, one machine at a time, out of office hours
        (the disruption budgets of the components)."""
        if len(self.nodes) <= max(self.pool.min, 1) or is_working(self._offset, now, OFFICE_HOURS):
            return
        quiet = [
            node
            for node in self.nodes
            if node.replicas
            and max(node.changed, node.ready) + self.pool.idle_seconds <= now
            and all(replica.is_serving for replica in node.replicas)
        ]
        for node in sorted(quiet, key=lambda node: node.allocated):
            if self._fit_elsewhere(node, now):
                self._lose(node, now, now)
                return

    def _fit_elsewhere(self, node: Node, now: float) -> bool:
        others = {other: [item.service for item in other.replicas] for other in self.nodes if other.ready <= now}
        others.pop(node, None)
        for replica in node.replicas:
            room = next(
                (other for other, held in others.items() if fits(other.machine, [*held, replica.service])), None
            )
            if room is None:
                return False
            others[room].append(replica.service)
        return True

    def _interrupt(self, now: float) -> None:
        """Interrupts spot machines whose time has come, and the newest ones of more than the market offers."""
        spot = [node for node in self.nodes if node.is_spot]
        if not spot:
            return
        kept = sorted((node for node in spot if node.lost > now), key=lambda node: node.asked)
        excess = kept[self._market.machines(now) :]
        for node in spot:
            if node.lost <= now or node in excess:
                self.interruptions += 1
                self._lose(node, now, now + self.pool.notice_seconds)

    def _lose(self, node: Node, now: float, end: float) -> None:
        """Ends a machine. Its replicas leave now; the machine is billed until its end."""
        lost = [*node.replicas]
        self._end(node, end)
        for replica in lost:
            replica.node = None
            if not replica.is_leaving:
                self.moved(replica, now)

    def _end(self, node: Node, end: float) -> None:
        """Ends the billing of a machine, after the least time that it is billed for."""
        end = min(end, self._length)
        node.settle(end, self.ledger)
        if end > node.asked:
            node.replicas.clear()
            node.settle(min(node.asked + self.pool.least_billed_seconds, self._length), self.ledger)
        self.nodes.remove(node)
