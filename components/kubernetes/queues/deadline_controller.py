"""The program that moves runs with a deadline between spot and on-demand machines.

A CronJob runs it with the standard library alone. It reads and changes Kueue's workloads, whatever the form of a run:
the node affinity of a workload decides which flavors Kueue considers, and the flavor decides the nodes of the pods.
Kueue 0.17.0 lets a workload's pods be changed while no quota is reserved for it (pkg/webhooks/workload_webhook.go),
keeps an affinity that the Job does not have (pkg/util/equality/podset.go compares containers and tolerations only) and
never copies it to the Job (pkg/podset/podset.go). So a workload on the wrong machines is deactivated, which evicts it;
once its quota is free, it gets the other affinity and is activated again.

Without this program a run stays where it is. If it does not know what a run has computed, it assumes nothing.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from falaj.components.core.training.deadline import Machine
from falaj.components.core.training.run_capacity import Record, Seen, Terms, choose_capacity, count
from falaj.components.kubernetes.queues.api_server import ApiServer, own_api_server
from falaj.facts.labels import CAPACITY_LABEL, DEADLINE_ANNOTATION, MOVES_TO_ANNOTATION, PROGRESS_ANNOTATION

WORKLOADS = "/apis/kueue.x-k8s.io/v1beta2/namespaces/{}/workloads"
CONFLICT = 409
WAIT_SECONDS, POLL_SECONDS = 180, 5
"""How long a run of this program waits for evicted pods to end: longer than their grace period."""

EXCLUDED: Mapping[Machine, Sequence[str]] = {
    Machine.SPOT: ["on-demand"],
    Machine.ON_DEMAND: ["spot", "spot-first"],
}
"""Capacity types of pools on which a run must not be. Prepaid machines are never excluded."""

EXCLUSIONS: Mapping[Machine, Mapping[str, Any]] = {
    machines: {"key": CAPACITY_LABEL, "operator": "NotIn", "values": values} for machines, values in EXCLUDED.items()
}
"""The conditions of the node affinity that exclude them."""

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


@dataclass(frozen=True)
class Workload:
    """A workload of Kueue that belongs to a run with a deadline."""

    manifest: Mapping[str, Any]

    @property
    def terms(self) -> Terms:
        """Its deadline. Raises KeyError without one."""
        return Terms(**json.loads(self._pod_annotations[DEADLINE_ANNOTATION]))

    @property
    def has_deadline(self) -> bool:
        """Whether its run has one."""
        return DEADLINE_ANNOTATION in self._pod_annotations

    @property
    def path(self) -> str:
        """Path at the API server."""
        metadata = self.manifest["metadata"]
        return f"{WORKLOADS.format(metadata['namespace'])}/{metadata['name']}"

    @property
    def annotations(self) -> Mapping[str, str]:
        """Its annotations."""
        return self.manifest["metadata"].get("annotations", {})

    @property
    def is_active(self) -> bool:
        """Whether Kueue may admit it."""
        return self.manifest["spec"].get("active", True)

    @property
    def has_quota(self) -> bool:
        """Whether quota is reserved for it, so that its pods cannot be changed."""
        return self.is_true("QuotaReserved")

    @property
    def record(self) -> Record:
        """What it has computed, as far as it is known."""
        text = self.annotations.get(PROGRESS_ANNOTATION)
        return Record(**json.loads(text)) if text else Record()

    def is_true(self, condition: str) -> bool:
        """Returns whether a condition is true."""
        return self._condition(condition).get("status") == "True"

    def capacities(self, of_flavors: Mapping[str, str]) -> set[str]:
        """Returns the capacity types of the flavors to which it is admitted."""
        assigned = self.manifest.get("status", {}).get("admission", {}).get("podSetAssignments", ())
        flavors = {flavor for pods in assigned for flavor in pods.get("flavors", {}).values()}
        return {of_flavors.get(flavor, "") for flavor in flavors} if self.has_quota else set()

    def seen(self, of_flavors: Mapping[str, str]) -> Seen:
        """Returns what Kueue says of it. Prepaid machines count as spot machines: a run stays there."""
        capacities = self.capacities(of_flavors)
        # A run that was moved to on-demand machines is on its way there until it is admitted.
        waits_for = Machine.ON_DEMAND if self.is_bound_to(Machine.ON_DEMAND) else Machine.NONE
        is_on_demand = capacities == {"on-demand"}
        on = (Machine.ON_DEMAND if is_on_demand else Machine.SPOT) if capacities else waits_for
        created = _moment(self.manifest["metadata"]["creationTimestamp"])
        is_ready = self.is_true("Admitted") and self.is_true("PodsReady")
        names = ("PodsReady",) if is_ready else ("PodsReady", "Admitted", "QuotaReserved")
        changes = [_moment(text) for name in names if (text := self._condition(name).get("lastTransitionTime"))]
        return Seen(created, on, max([created, *changes]), is_ready)

    @property
    def _pod_annotations(self) -> Mapping[str, str]:
        return self.manifest["spec"]["podSets"][0]["template"].get("metadata", {}).get("annotations", {})

    def _condition(self, name: str) -> Mapping[str, Any]:
        conditions = self.manifest.get("status", {}).get("conditions", ())
        return next((condition for condition in conditions if condition["type"] == name), dict[str, Any]())

    def is_bound_to(self, machines: Machine) -> bool:
        """Returns whether Kueue considers exactly these machines, among those that the run itself allows."""
        return all(
            [one for one in term.get("matchExpressions", ()) if one in EXCLUSIONS.values()] == [EXCLUSIONS[machines]]
            for pods in self.manifest["spec"]["podSets"]
            for term in _terms(pods)
        )

    def pods_on(self, machines: Machine) -> list[Any]:
        """Returns its pods with the affinity to these machines, beside the conditions of the run itself."""
        changed = json.loads(json.dumps(self.manifest["spec"]["podSets"]))
        for pods in changed:
            terms = [{**term, "matchExpressions": _expressions(term, machines)} for term in _terms(pods)]
            nodes = pods["template"]["spec"].setdefault("affinity", {}).setdefault("nodeAffinity", {})
            nodes[REQUIRED] = {"nodeSelectorTerms": terms}
        return changed


def workloads(namespace: str, server: ApiServer) -> Iterator[Workload]:
    """Yields the workloads of runs with a deadline that have not ended, and that nobody else has stopped."""
    for manifest in server.call("GET", WORKLOADS.format(namespace))["items"]:
        workload = Workload(manifest)
        is_stopped = not workload.is_active and MOVES_TO_ANNOTATION not in workload.annotations
        if workload.has_deadline and not workload.is_true("Finished") and not is_stopped:
            yield workload


def decide(workload: Workload, of_flavors: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Returns the merge patch of a workload. `of_flavors`: flavor -> capacity type of its pool.

    A workload that only waits is deactivated too: this ends the time for which Kueue keeps it from the queue.
    """
    seen = workload.seen(of_flavors)
    record = count(workload.terms, workload.record, seen, now)
    # A move is finished as it was decided: the eviction has begun a new time of waiting.
    moves_to = None if workload.is_active else workload.annotations[MOVES_TO_ANNOTATION]
    machines = Machine(moves_to) if moves_to else choose_capacity(workload.terms, record, seen, now)
    annotations: dict[str, str | None] = {PROGRESS_ANNOTATION: json.dumps(asdict(record))}
    spec: dict[str, Any] = {}
    is_excluded = bool(workload.capacities(of_flavors) & {*EXCLUDED[machines]})
    is_unbound = not workload.has_quota and not workload.is_bound_to(machines)
    if workload.is_active and (is_excluded or is_unbound):
        annotations[MOVES_TO_ANNOTATION] = machines.value
        spec = {"active": False}
    elif not workload.is_active and not workload.has_quota:
        annotations[MOVES_TO_ANNOTATION] = None
        spec = {"active": True, "podSets": workload.pods_on(machines)}
    version = workload.manifest["metadata"]["resourceVersion"]
    metadata = {"annotations": annotations, "resourceVersion": version}
    return {"metadata": metadata, **({"spec": spec} if spec else {})}


def run(
    namespaces: Sequence[str], of_flavors: Mapping[str, str], server: ApiServer, now: datetime
) -> tuple[list[str], list[str]]:
    """Decides for each run with a deadline. Returns the workloads that are being evicted, and failures."""
    moving, failed = list[str](), list[str]()
    for namespace in namespaces:
        try:
            found = list(workloads(namespace, server))
        except (OSError, ValueError) as error:
            failed.append(f"{namespace}: {error}")
            continue
        for workload in found:
            try:
                changed = server.call("PATCH", workload.path, decide(workload, of_flavors, now))
            except (OSError, ValueError, TypeError) as error:
                # With a conflict, Kueue has changed the workload in between: it is tried again at once.
                is_conflict = isinstance(error, HTTPError) and error.code == CONFLICT
                (moving if is_conflict else failed).append(f"{workload.path}: {error}")
            else:
                if not changed["spec"].get("active", True):
                    moving.append(workload.path)
    return moving, failed


def _terms(pods: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Returns the alternatives of the required node affinity; an empty one if there is none."""
    nodes = pods["template"]["spec"].get("affinity", {}).get("nodeAffinity", {})
    return nodes.get(REQUIRED, {}).get("nodeSelectorTerms") or [{}]


def _expressions(term: Mapping[str, Any], machines: Machine) -> list[Any]:
    own = [one for one in term.get("matchExpressions", ()) if one not in EXCLUSIONS.values()]
    return [*own, EXCLUSIONS[machines]]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def main(configuration: str, account: str) -> int:
    """Runs once, with the path of the configuration and the folder of the service account."""
    settings = json.loads(Path(configuration).read_text())
    server = ApiServer(*own_api_server(account))
    until = time.monotonic() + WAIT_SECONDS
    while True:
        moving, failed = run(settings["namespaces"], settings["capacities"], server, datetime.now(UTC))
        if not moving or time.monotonic() > until:
            break
        time.sleep(POLL_SECONDS)
    print("\n".join(failed) or "runs with deadlines are placed", file=sys.stderr if failed else sys.stdout)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
