"""Machines of a pool that runs served models: start, packing, removal and interruption.

Karpenter's and the cluster autoscaler's rules that the components configure (components/core/node_pools/disruption.py,
components/azure/cluster/scaling.py). Not modelled: replacing a machine by a cheaper type, expiry, and drift.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from falaj.components.core.node_pools.disruption import WHEN_UNDERUSED, disruption_of
from falaj.components.core.validation.enums import Capacity
from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS
from falaj.simulation.jobs.market import Market
from falaj.simulation.jobs.sleeping import Hours
from falaj.simulation.platform_model import MachineType, PoolModel
from falaj.simulation.serving.ledger import Ledger
from falaj.simulation.serving.nodes import Node, Replica, fits

OFFICE_HOURS = (int(OFFICE_OPENS[:2]), int(OFFICE_CLOSES[:2]))
"""Hours of working days in which the disruption budgets keep machines with replicas, unless a stack sets others."""

_ON_SPOT = (Capacity.SPOT, Capacity.SPOT_FIRST)


class ServingPool:
    """The machines of a pool. Calls are in the order of time, to within one interval of the autoscaler."""

    def __init__(self, pool: PoolModel, market: Market, start: datetime, length: float) -> None:
        """The month has `length` seconds."""
        self.pool, self._market, self._start, self._length = pool, market, start, length
        self.ledger = Ledger(pool.profile.value, pool.tenant)
        self.nodes: list[Node] = []
        self.pending: list[Replica] = []
        self.ended: list[Node] = []
        self.interruptions = 0
        self.moved: Callable[[Replica, float], None] = lambda _replica, _now: None
        """Called for each replica whose machine goes away, before its successor has a place."""
        self._leaving: list[tuple[float, Replica]] = []
        self._may_change = True
        self._awake = None if pool.sleeps is None else self.hours(pool.sleeps)
        self._office = self.hours(OFFICE_HOURS)
        self._consolidates = disruption_of(pool.profile, pool.capacity).policy == WHEN_UNDERUSED

    def hours(self, of_day: tuple[float, float]) -> Hours:
        """Returns these hours of the month's working days."""
        return Hours(of_day, self._start, self._length)

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
        return self._awake is None or self._awake.include(now)

    def place(self, replicas: Sequence[Replica], now: float) -> None:
        """Finds places for new replicas: free room, or machines that are requested for them."""
        self._may_change = True
        self.pending.extend(replicas)
        self._schedule(now)
        if self.pending and self.is_awake(now):
            self._launch(now + self.pool.decision_seconds, self.pool.start_seconds)

    def remove(self, replica: Replica, until: float) -> None:
        """Removes a replica that completes its requests until then."""
        if replica.node is None:
            self.pending.remove(replica)
        else:
            replica.is_leaving = True
            self._leaving.append((until, replica))

    def update(self, now: float) -> None:
        """Applies what has happened since the last call."""
        if self.is_quiet:
            return
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
        has_spot = any(node.is_spot for node in self.nodes)
        self._may_change = has_spot or self.pool.sleeps is not None or self._has_surplus or self._is_short

    @property
    def is_quiet(self) -> bool:
        """Whether `update` has nothing to do until replicas are placed or removed, whatever the time."""
        return not (self.pending or self._leaving or self._may_change)

    @property
    def _has_surplus(self) -> bool:
        """Whether there are machines that time alone may remove."""
        can_move = self._consolidates and len(self.nodes) > 1
        return len(self.nodes) > self.pool.min and (can_move or not all(node.replicas for node in self.nodes))

    @property
    def _is_short(self) -> bool:
        """Whether least machines are missing, because the market had none."""
        return len(self.nodes) < self.pool.min

    def on_demand(self) -> Iterator[tuple[tuple[str, str], tuple[float, float]]]:
        """Yields site and machine type, and begin and end, of each machine that is paid on demand."""
        for node in (*self.ended, *self.nodes):
            if not node.is_spot and node.machine.on_demand_aed:
                yield (self.pool.site, node.machine.name), (node.asked, node.settled)

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
        """Requests machines for pending replicas, in Karpenter's order (`falaj.simulation.jobs.packing`): the largest
        replicas first, each on the new machine with fewest that can take it; then the cheapest type for each."""
        groups: list[list[Replica]] = []
        for replica in sorted(self.pending, key=lambda replica: (-replica.service.cpu, -replica.service.memory_gib)):
            groups.sort(key=len)
            group = next((group for group in groups if self._offer([*group, replica], asked)), None)
            if group is not None:
                group.append(replica)
            elif self._offer([replica], asked):
                groups.append([replica])
        for group in groups:
            node = self._request(group, asked, start_seconds)
            if node is None:
                continue
            for replica in group:
                self.pending.remove(replica)
                node.add(replica, asked, self.ledger)

    def _offer(self, replicas: Sequence[Replica], now: float) -> tuple[MachineType, int | None] | None:
        """Returns the cheapest machine on which the replicas fit, and the zone of a spot machine; None if there is
        none."""
        services = [replica.service for replica in replicas]
        machines = [machine for machine in self.pool.machines if fits(machine, services)]
        if self.pool.capacity in _ON_SPOT:
            zone = self._market.best_zone(now)
            spot = [machine for machine in machines if machine.spot_aed is not None]
            if spot and self._market.free(zone, now) >= 1:
                return min(spot, key=lambda machine: machine.spot_aed or 0.0), zone
            if self.pool.capacity is Capacity.SPOT:
                return None
        return (min(machines, key=lambda machine: machine.on_demand_aed), None) if machines else None

    def _request(self, replicas: Sequence[Replica], asked: float, start_seconds: float) -> Node | None:
        offer = self._offer(replicas, asked) if len(self.nodes) < self.pool.max else None
        if offer is None:
            return None
        machine, zone = offer
        ready = asked + start_seconds
        node = Node(machine, zone is not None, asked, ready, changed=ready, settled=asked)
        if zone is not None:
            self._market.in_use[zone] += 1
            node.zone, node.lost = zone, asked + self._market.life_seconds()
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
        if len(self.nodes) <= max(self.pool.min, 1) or self._office.include(now):
            return
        # Machines that have just changed are neither given up nor filled (as in `falaj.simulation.jobs.consolidation`).
        quiet = [node for node in self.nodes if max(node.changed, node.ready) + self.pool.idle_seconds <= now]
        for node in sorted(quiet, key=lambda node: node.allocated):
            is_serving = node.replicas and all(replica.is_serving for replica in node.replicas)
            if is_serving and self._fit_elsewhere(node, quiet):
                self._lose(node, now, now)
                return

    def _fit_elsewhere(self, node: Node, quiet: Sequence[Node]) -> bool:
        others = {other: [item.service for item in other.replicas] for other in quiet if other is not node}
        for replica in node.replicas:
            room = next(
                (other for other, held in others.items() if fits(other.machine, [*held, replica.service])), None
            )
            if room is None:
                return False
            others[room].append(replica.service)
        return True

    def _interrupt(self, now: float) -> None:
        """Interrupts the spot machines that the market reclaims."""
        spot = [node for node in self.nodes if node.is_spot]
        lost = [node for node in spot if node.lost <= now]
        if self._market.has_trace:
            lost = self._market.reclaimed(spot, now)
        for node in lost:
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
        self.ended.append(node)
        if node.is_spot:
            self._market.in_use[node.zone] -= 1
