"""A second simulation of queued work, for comparison only: in steps of time, with none of the first one's code.

It knows one queue with a quota of GPUs, one pool of machines that an autoscaler buys when pods do not fit and removes
when they are empty, and interruptions at a constant rate. A job becomes as many equal pods as it needs of the largest
machines.
"""

from dataclasses import dataclass, field
from math import ceil, floor
from random import Random

from falaj.simulation.platform_model import MachineType, Platform
from falaj.simulation.work import Work

STEP_SECONDS = 10.0
NEVER = float("inf")


@dataclass(eq=False)
class Node:
    """A machine from the request to its removal."""

    machine: MachineType
    price: float
    requested: float
    ready: float
    reclaimed: float
    gpus: float = 0.0
    cpu: float = 0.0
    memory_gib: float = 0.0
    empty_since: float = 0.0

    def has_room(self, pod: "Pod") -> bool:
        """Whether a pod fits beside the others."""
        machine = self.machine
        return (
            self.gpus + pod.gpus <= machine.gpus
            and self.cpu + pod.cpu <= machine.cpu + 1e-9
            and self.memory_gib + pod.memory_gib <= machine.memory_gib + 1e-9
        )

    def add(self, pod: "Pod", sign: int = 1) -> None:
        """Adds a pod, or removes it with sign -1."""
        self.gpus += sign * pod.gpus
        self.cpu += sign * pod.cpu
        self.memory_gib += sign * pod.memory_gib


@dataclass
class Pod:
    """A part of a job that needs one machine."""

    gpus: int
    cpu: float
    memory_gib: float


@dataclass(eq=False)
class Run:
    """A job from its submission to its end."""

    submit: float
    left: float
    pods: list[Pod]
    waited_since: float
    nodes: list[Node] = field(default_factory=list[Node])
    begins: float = NEVER
    ends: float = NEVER
    first_begin: float = NEVER

    @property
    def gpus(self) -> int:
        """GPUs of all its pods."""
        return sum(pod.gpus for pod in self.pods)


@dataclass
class Result:
    """What the month cost and how long its jobs waited."""

    aed: float
    waits: list[float]


class IndependentMonth:
    """One pool and one queue in steps of time."""

    def __init__(self, platform: Platform, work: Work, quota: float, seed: int) -> None:
        assert work.jobs is not None
        (self.pool,), self.runs, self.length, self.quota = platform.pools, platform.runs, work.length, quota
        self.chance = Random(seed)  # noqa: S311
        jobs = work.jobs
        most = max(machine.gpus for machine in self.pool.machines)
        self.ahead = [
            Run(submit, run, _pods(gpus, cpu, memory, most), submit)
            for submit, run, gpus, cpu, memory in zip(
                jobs.submit.tolist(),
                jobs.run.tolist(),
                jobs.gpus.tolist(),
                jobs.cpu.tolist(),
                jobs.memory_gib.tolist(),
                strict=True,
            )
        ][::-1]
        self.on_spot = self.pool.capacity.value == "spot"
        self.nodes: list[Node] = []
        self.waiting: list[Run] = []
        self.admitted: list[Run] = []
        self.done: list[Run] = []
        self.aed = 0.0

    def result(self) -> Result:
        """Runs the month."""
        for _ in range(self.pool.min):
            self._buy(self._cheapest([Pod(1, 0, 0)]), 0.0)
        for step in range(int(self.length / STEP_SECONDS)):
            self._step(step * STEP_SECONDS)
        for node in list(self.nodes):
            self._remove(node, self.length)
        every = [*self.done, *self.admitted, *self.waiting]
        return Result(self.aed, [run.first_begin - run.submit for run in every if run.first_begin < NEVER])

    def _step(self, now: float) -> None:
        while self.ahead and self.ahead[-1].submit <= now:
            self.waiting.append(self.ahead.pop())
        for run in [run for run in self.admitted if run.ends <= now]:
            self._release(run, now)
            self.done.append(run)
        for node in [node for node in self.nodes if node.reclaimed <= now]:
            self._interrupt(node, now)
        self._admit()
        self._place(now)
        self._start(now)
        empty = [node for node in self.nodes if not node.gpus and now - node.empty_since >= self.pool.idle_seconds]
        for node in empty[: max(len(self.nodes) - self.pool.min, 0)]:
            self._remove(node, now)

    def _admit(self) -> None:
        """Kueue's BestEffortFIFO: what does not fit in the quota does not stop what comes later."""
        used = sum(run.gpus for run in self.admitted)
        for run in list(self.waiting):
            if used + run.gpus <= self.quota:
                used += run.gpus
                self.waiting.remove(run)
                self.admitted.append(run)

    def _place(self, now: float) -> None:
        """Gives pods to nodes with room, then buys machines for those that waited for the autoscaler's decision."""
        unplaced = [run for run in self.admitted if not run.nodes]
        for run in list(unplaced):
            if self._fits(run, now):
                unplaced.remove(run)
        ripe = [run for run in unplaced if now - run.waited_since >= self.pool.decision_seconds]
        pods = sorted((pod for run in ripe for pod in run.pods), key=lambda pod: -pod.gpus)
        while pods and len(self.nodes) < self.pool.max:
            machine = self._cheapest(pods)
            bought = self._buy(machine, now)
            trial = Node(machine, 0, 0, 0, 0)
            for pod in list(pods):
                if trial.has_room(pod):
                    trial.add(pod)
                    pods.remove(pod)
            bought.empty_since = now + self.pool.start_seconds
        for run in ripe:
            self._fits(run, now)

    def _fits(self, run: Run, now: float) -> bool:
        found: list[Node] = []
        for pod in run.pods:
            node = next((node for node in self.nodes if node.has_room(pod)), None)
            if node is None:
                for used, placed in zip(found, run.pods, strict=False):
                    used.add(placed, -1)
                return False
            node.add(pod)
            found.append(node)
        run.nodes = found
        run.waited_since = now
        return True

    def _start(self, now: float) -> None:
        for run in self.admitted:
            if run.begins == NEVER and run.nodes and all(node.ready <= now for node in run.nodes):
                run.begins = max(now, *(node.ready for node in run.nodes)) + self.runs.restart_seconds
                run.first_begin = min(run.first_begin, run.begins)
                saves = max(ceil(run.left / self.runs.checkpoint_seconds) - 1, 0)
                run.ends = run.begins + run.left + saves * self.runs.save_seconds

    def _interrupt(self, node: Node, now: float) -> None:
        """What has run since the last checkpoint is lost, unless a checkpoint fits in the notice."""
        for run in [run for run in self.admitted if node in run.nodes]:
            done = max(now - run.begins, 0.0) if run.begins < NEVER else 0.0
            interval = self.runs.checkpoint_seconds + self.runs.save_seconds
            kept = floor(done / interval) * self.runs.checkpoint_seconds
            if self.runs.save_seconds <= self.pool.notice_seconds:
                kept += min(done % interval, self.runs.checkpoint_seconds)
            run.left = max(run.left - kept, 1.0)
            self._release(run, now)
            run.begins = run.ends = NEVER
            run.waited_since = now
            self.admitted.append(run)
        self._remove(node, now + self.pool.notice_seconds)

    def _release(self, run: Run, now: float) -> None:
        for node, pod in zip(run.nodes, run.pods, strict=False):
            node.add(pod, -1)
            if not node.gpus:
                node.empty_since = now
        run.nodes = []
        self.admitted.remove(run)

    def _cheapest(self, pods: list[Pod]) -> MachineType:
        """The cheapest machine that takes all pods which the largest machine would take together."""
        largest = Node(max(self.pool.machines, key=lambda machine: machine.gpus), 0, 0, 0, 0)
        together = Pod(0, 0, 0)
        for pod in pods:
            if largest.has_room(pod):
                largest.add(pod)
                together = Pod(together.gpus + pod.gpus, together.cpu + pod.cpu, together.memory_gib + pod.memory_gib)
        fitting = [machine for machine in self.pool.machines if Node(machine, 0, 0, 0, 0).has_room(together)]
        return min(fitting, key=self._price)

    def _price(self, machine: MachineType) -> float:
        price = machine.spot_aed if self.on_spot else machine.on_demand_aed
        return NEVER if price is None else price

    def _buy(self, machine: MachineType, now: float) -> Node:
        rate = self.runs.interruptions_per_hour
        life = self.chance.expovariate(rate) * 3600 if self.on_spot and rate else NEVER
        ready = now + self.pool.start_seconds
        node = Node(machine, self._price(machine), now, ready, ready + life, empty_since=ready)
        self.nodes.append(node)
        return node

    def _remove(self, node: Node, now: float) -> None:
        self.nodes.remove(node)
        self.aed += node.price * (min(now, self.length) - node.requested) / 3600


def _pods(gpus: float, cpu: float, memory_gib: float, most: int) -> list[Pod]:
    count = ceil(ceil(gpus) / most)
    return [Pod(ceil(ceil(gpus) / count), cpu / count, memory_gib / count) for _ in range(count)]
