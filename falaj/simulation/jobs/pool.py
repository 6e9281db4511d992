"""A node pool: the scheduler, Karpenter's provisioning and the removal of empty nodes.

- A pod goes at once to the ready node with room that the scheduler prefers (`scheduler`). If there is none, the pool
  decides after its batch window (`batch`): which pods fit on nodes that are starting, and new machines for the others
  (`packing`). It decides anew each time: no pod has a node before the scheduler has given it one.
- Room that becomes free, and nodes that become ready, go to the pods that wait, in the order of the scheduler. A node
  may have started for nothing, as it does with the real components.
- Spot-first pools request on-demand machines where no spot machine can be had; spot pools request again later.
- An empty node is removed after the pool's idle time, if the pool keeps its minimum; by Karpenter later (`karpenter`).
"""

from collections.abc import Sequence
from math import inf
from random import Random

from falaj.components.core.validation.enums import Capacity
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.job import Job
from falaj.simulation.jobs.karpenter import Karpenter, batch_of
from falaj.simulation.jobs.ledger import Ledger
from falaj.simulation.jobs.listener import Listener
from falaj.simulation.jobs.market import RETRY_SECONDS, Market
from falaj.simulation.jobs.node import Node, Pod
from falaj.simulation.jobs.packing import cheapest, pack, price, unplaced
from falaj.simulation.jobs.scheduler import chosen, failed, in_turn
from falaj.simulation.platform_model import MachineType, PoolModel


class Pool:
    """Nodes of a pool and the pods that wait for one."""

    def __init__(
        self,
        model: PoolModel,
        clock: Clock,
        ledger: Ledger,
        market: Market,
        listener: Listener,
        karpenter: Karpenter | None = None,
    ) -> None:
        self.model = model
        self.market = market
        self.nodes: dict[int, Node] = {}
        self.waiting: dict[Pod, None] = {}
        """Pods that are not on a ready node, oldest first."""
        self._without_zone: list[Pod] = []
        """Pods whose job may need the choice of a zone."""
        self.is_asleep = False
        self.interruptions = 0
        """Machines that the cloud reclaimed with pods on them."""
        self._clock, self._ledger, self._listener = clock, ledger, listener
        self._emptiness = karpenter.emptiness if karpenter else None
        self._random = Random(model.key)  # noqa: S311 - reproducible
        """Draws between equal nodes."""
        self._batch = karpenter.batch if karpenter else batch_of(clock, model)
        self._batch.add(self._provision)
        self._retries = False
        self._count = 0
        self._keep_minimum(start_seconds=0.0)
        if market.has_trace:
            clock.at(market.next_change(0.0), self._follow_trace)

    def place(self, job: Job) -> None:
        """Creates the pods of a job that is admitted here."""
        shape = job.kind.shapes[self.model.key]
        job.zone = None
        job.pods = [Pod(job, shape.gpus, shape.cpu, shape.memory, shape.machine_gpus) for _ in range(shape.pods)]
        job.unready = len(job.pods)
        for pod in job.pods:
            node = chosen(self.nodes.values(), pod, self._random)
            if node is None:
                failed(pod, self._clock.now)
                self.waiting[pod] = None
                if shape.pods > 1:
                    self._without_zone.append(pod)
            else:
                self._bind(pod, node, self._clock.now)
        if job.unready:
            self.request()

    def release(self, job: Job) -> None:
        """Deletes the pods of a job, and gives their room to pods that wait."""
        freed = dict[Node, None]()
        for pod in job.pods:
            self.waiting.pop(pod, None)
            if (node := pod.node) is not None:
                self._unbind(pod, node)
                freed[node] = None
        job.pods, job.unready, job.ready_at = [], 0, inf
        for node in freed:
            self._settle(node)

    def withdraw(self, job: Job) -> None:
        """Deletes the pods of a job that have no node, and so nothing to end."""
        for pod in job.pods:
            self.waiting.pop(pod, None)

    def request(self) -> None:
        """Decides after the batch window which machines the waiting pods need."""
        self._batch.request()

    def launch(self, machine: MachineType, is_spot: bool, zone: int, start_seconds: float) -> Node:
        """Requests a machine."""
        self._count += 1
        node = Node(self._count, machine, is_spot, zone, self._clock.now, price(machine, is_spot))
        self.nodes[node.number] = node
        if is_spot:
            self.market.in_use[zone] += 1
            self._clock.after(self.market.life_seconds(), self.reclaim, node)
        self._clock.after(start_seconds, self._ready, node)
        return node

    def reclaim(self, node: Node) -> None:
        """The cloud takes a spot machine back."""
        if not node.is_closing:
            self.interruptions += bool(node.pods)
            self.drain(node, self.model.notice_seconds)

    def drain(self, node: Node, notice: float) -> None:
        """Ends the pods of a node within `notice` seconds, and removes it."""
        if node.is_closing:
            return
        node.is_closing = True
        jobs = dict.fromkeys(pod.job for pod in node.pods)
        hold = max((self._listener.interrupted(job, notice) for job in jobs), default=0.0)
        self._clock.after(hold, self._remove, node)

    def sleep(self) -> None:
        """Drains all nodes, and starts none until the pool wakes."""
        self.is_asleep = True
        for node in [*self.nodes.values()]:
            self.drain(node, self.model.grace_seconds)

    def wake(self) -> None:
        """Starts nodes again."""
        self.is_asleep = False
        self._keep_minimum()
        if self.waiting:
            self.request()

    def close(self) -> None:
        """Bills the nodes that are there at the end of the month."""
        for node in self.nodes.values():
            for pod in node.pods:
                self._ledger.occupied(self.model, pod, self._clock.now)
            self._ledger.close(self.model, node, self._clock.now, is_removed=False)

    def on_spot(self, is_interruptible: bool, zone: int | None) -> int | None:
        """Returns the zone of a spot machine that can be had now; None if there is none."""
        may = is_interruptible and self.model.capacity in (Capacity.SPOT, Capacity.SPOT_FIRST)
        return self.market.offered(zone, self._clock.now) if may else None

    def _bind(self, pod: Pod, node: Node, since: float) -> None:
        node.add(pod, self._clock.now)
        pod.since = since
        if len(pod.job.pods) > 1:
            pod.job.zone = node.zone
        self._starts(pod, node)

    def _starts(self, pod: Pod, node: Node) -> None:
        job = pod.job
        pod.charged = node.aed_per_hour * pod.largest_share(node.machine)
        self._listener.charged(job, pod.charged)
        job.unready -= 1
        if not job.unready:
            job.ready_at = job.changed_at = self._clock.now
            self._listener.ready(job)

    def _unbind(self, pod: Pod, node: Node) -> None:
        self._ledger.occupied(self.model, pod, self._clock.now)
        node.remove(pod, self._clock.now)
        if pod.charged:
            self._listener.charged(pod.job, -pod.charged)
            pod.charged = 0.0

    def _settle(self, node: Node) -> None:
        """Gives free room of a node to pods that wait, and removes it later if it stays empty."""
        if node.is_closing or not node.is_ready:
            return
        if self.waiting:
            self._fill(node, self._clock.now)
        if not node.pods:
            self._await_idle(node, node.changed_at if self._emptiness is None else node.noted_at)

    def _fill(self, node: Node, since: float) -> None:
        """Tries all pods that wait; those that the node takes are charged since then."""
        now = self._clock.now
        for pod in in_turn(self.waiting, now):
            if node.has_room(pod):
                del self.waiting[pod]
                self._bind(pod, node, since)
            else:
                failed(pod, now)

    def _provision(self) -> None:
        if self.is_asleep or not self.waiting:
            return
        self._choose_zones()
        room = self.model.max - len(self.nodes)
        if room <= 0:
            return  # In a pool that is full, ten thousand pods may wait.
        starting = [node for node in self.nodes.values() if not node.is_ready and not node.is_closing]
        claims = pack(unplaced(self.waiting, starting), self.model.machines, room)
        if None in [self._buy(claim.options, claim.is_interruptible, claim.zone) for claim in claims]:
            self._retry_later()

    def _choose_zones(self) -> None:
        """Chooses the zone of jobs with several pods that have none yet."""
        for pod in self._without_zone:
            if pod in self.waiting and pod.job.zone is None:
                pod.job.zone = self.market.best_zone(self._clock.now)
        self._without_zone.clear()

    def _retry_later(self) -> None:
        if not self._retries:
            self._retries = True
            self._clock.after(RETRY_SECONDS, self._retry)

    def _retry(self) -> None:
        self._retries = False
        self._keep_minimum()
        if self.waiting:
            self.request()

    def _buy(
        self,
        options: Sequence[MachineType],
        is_interruptible: bool,
        zone: int | None,
        start_seconds: float | None = None,
    ) -> Node | None:
        """Requests the cheapest machine, on spot if there is one; None if the pool may have none."""
        spot_zone = self.on_spot(is_interruptible, zone)
        machine = cheapest(options, on_spot=True) if spot_zone is not None else None
        is_spot = machine is not None
        if machine is None and self.model.capacity is not Capacity.SPOT:
            machine = cheapest(options, on_spot=False)
        if machine is None:
            return None
        seconds = self.model.start_seconds if start_seconds is None else start_seconds
        return self.launch(machine, is_spot, spot_zone or zone or 0, seconds)

    def _ready(self, node: Node) -> None:
        if node.is_closing:
            return
        node.is_ready, node.changed_at = True, self._clock.now
        if self.waiting:
            self._fill(node, node.requested)
        if self.waiting:
            self.request()
        if not node.pods:
            self._await_idle(node, node.changed_at)

    def _await_idle(self, node: Node, since: float) -> None:
        self._clock.at(since + self.model.idle_seconds, self._remove_if_idle, node, node.changed_at)

    def may_remove(self, node: Node, since: float) -> bool:
        """Returns whether a node has been empty since then, and the pool keeps its minimum without it."""
        is_idle = not node.pods and node.changed_at == since and not node.is_closing
        return is_idle and len(self.nodes) > self.model.min

    def remove_empty(self, node: Node, seconds: float = 0.0) -> None:
        """Closes a node without pods, and removes it after some seconds."""
        node.is_closing = True
        if seconds:
            self._clock.after(seconds, self._remove, node)
        else:
            self._remove(node)

    def _remove_if_idle(self, node: Node, since: float) -> None:
        if not self.may_remove(node, since):
            return
        if self._emptiness is None:
            self.remove_empty(node)
        else:
            self._emptiness.found(self, node)

    def _remove(self, node: Node) -> None:
        del self.nodes[node.number]
        if node.is_spot:
            self.market.in_use[node.zone] -= 1
        self._ledger.close(self.model, node, self._clock.now, is_removed=True)
        self._keep_minimum()
        if self.waiting:
            self.request()

    def _keep_minimum(self, start_seconds: float | None = None) -> None:
        """Starts the nodes that are missing, or tries again later."""
        while not self.is_asleep and len(self.nodes) < self.model.min:
            if self._buy(self.model.machines, True, None, start_seconds) is None:
                self._retry_later()
                return

    def _follow_trace(self) -> None:
        now = self._clock.now
        open_nodes = [node for node in self.nodes.values() if node.is_spot and not node.is_closing]
        for node in self.market.reclaimed(open_nodes, now):
            self.reclaim(node)
        self._clock.at(self.market.next_change(now), self._follow_trace)
