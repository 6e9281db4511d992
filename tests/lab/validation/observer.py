"""Watches the laboratory and notes when things happen. The API's own times are whole seconds, so arrivals count."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from falaj.sandbox.lab.api import Api, Json

KUEUE, KARPENTER = "kueue.x-k8s.io/v1beta2", "karpenter.sh/v1"


@dataclass
class SeenJob:
    """A job; times are infinite until something has happened for the first time."""

    admitted: float = inf
    reserved: bool = False
    """Whether it has quota now."""
    freed: float = inf
    """When its workload had finished."""
    evictions: int = 0
    turns: list[tuple[float, bool]] = field(default_factory=list[tuple[float, bool]])
    """When it got quota (true) or lost it."""


@dataclass
class SeenPod:
    """A pod of a job; times are infinite until something has happened."""

    job: str
    created: float
    node: str = ""
    bound: float = inf
    """When it had a node."""
    started: float = inf
    ended: float = inf
    """When its program had ended by itself."""


@dataclass
class SeenNode:
    """A node claim of Karpenter."""

    pool: str
    created: float
    node: str = ""
    machine: str = ""
    capacity: str = ""
    deleted: float = inf


@dataclass
class Observer:
    """What happens from `start` on, in seconds since `began`."""

    api: Api
    began: float = 0.0
    jobs: dict[str, SeenJob] = field(default_factory=dict[str, SeenJob])
    """By the job's name."""
    pods: dict[str, SeenPod] = field(default_factory=dict[str, SeenPod])
    """By UID."""
    nodes: dict[str, SeenNode] = field(default_factory=dict[str, SeenNode])
    """By the name of the node claim."""
    _error: BaseException | None = None

    def start(self, seconds: int) -> None:
        """Watches for that long, in threads that end with the process."""
        self.began = time.monotonic()
        watched = (("v1", "Pod", self._pod), (KUEUE, "Workload", self._workload), (KARPENTER, "NodeClaim", self._node))
        for version, kind, note in watched:
            threading.Thread(target=self._follow, args=(version, kind, note, seconds), daemon=True).start()

    @property
    def now(self) -> float:
        """Seconds since the start. Raises what ended a watch."""
        if self._error is not None:
            raise self._error
        return time.monotonic() - self.began

    def _follow(self, version: str, kind: str, note: Callable[[str, Json], None], seconds: int) -> None:
        try:
            for event in self.api.watch(version, kind, seconds):
                note(event["type"], event["object"])
        except BaseException as error:
            self._error = error
            raise

    def _pod(self, _: str, pod: Json) -> None:
        metadata, now = pod["metadata"], self.now
        if (job := metadata.get("labels", {}).get("job-name", "")) not in self.jobs:
            return
        seen = self.pods.setdefault(metadata["uid"], SeenPod(job, now))
        if "nodeName" in pod["spec"]:
            seen.node, seen.bound = pod["spec"]["nodeName"], min(seen.bound, now)
        if pod["status"].get("phase") == "Running":
            seen.started = min(seen.started, now)
        if pod["status"].get("phase") == "Succeeded":
            seen.ended = min(seen.ended, now)

    def _workload(self, change: str, workload: Json) -> None:
        owners = [owner["name"] for owner in workload["metadata"].get("ownerReferences", ())]
        seen = self.jobs.get(owners[0]) if owners else None
        if seen is None or change == "DELETED":
            return
        conditions = workload.get("status", {}).get("conditions", ())
        true = {condition["type"] for condition in conditions if condition["status"] == "True"}
        now, reserved = self.now, "QuotaReserved" in true
        if reserved:
            seen.admitted = min(seen.admitted, now)
        if "Finished" in true:
            seen.freed = min(seen.freed, now)
        elif seen.reserved and not reserved:
            seen.evictions += 1
        if seen.reserved != reserved:
            seen.turns.append((now, reserved))
        seen.reserved = reserved

    def _node(self, change: str, claim: Json) -> None:
        name, labels = claim["metadata"]["name"], claim["metadata"].get("labels", {})
        now = self.now
        seen = self.nodes.setdefault(name, SeenNode(labels.get("karpenter.sh/nodepool", ""), now))
        seen.node = claim.get("status", {}).get("nodeName", seen.node)
        seen.machine = labels.get("node.kubernetes.io/instance-type", seen.machine)
        seen.capacity = labels.get("karpenter.sh/capacity-type", seen.capacity)
        if change == "DELETED":
            seen.deleted = min(seen.deleted, now)
