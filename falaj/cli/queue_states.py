"""State of queued workloads, from Kueue's Workload objects. Pure.

Conditions and reasons: sigs.k8s.io/kueue v0.17.0, apis/kueue/v1beta2/workload_types.go (read on 2026-11-27).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

Json = Mapping[str, Any]


class State(Enum):
    """State of a workload, the one that needs attention most first."""

    DEACTIVATED = "deactivated"
    """Stopped for good: Kueue does not try it again until somebody activates it."""
    EVICTED = "evicted"
    """Lost its machines or never got them; Kueue tries it again."""
    PENDING = "pending"
    """Waits for quota."""
    STARTING = "starting"
    """Has quota, and its pods are not ready."""
    RUNNING = "running"


@dataclass(frozen=True)
class QueuedWorkload:
    """A workload that has not finished."""

    namespace: str
    owner: str
    """Kind and name of the object that it runs, such as `Job/train`."""
    queue: str
    state: State
    since: str
    """Time of the last change of the state, in Kubernetes' format; that of its creation if there was none."""
    evictions: int
    reason: str

    def document(self) -> dict[str, object]:
        """Returns the fields as plain data."""
        return {**asdict(self), "state": self.state.value}


def workloads(items: Json) -> list[QueuedWorkload]:
    """Returns the unfinished workloads of a list of Workload objects, those first that need attention most."""
    unfinished = (item for item in items["items"] if not _is_true(item, "Finished"))
    states = list(State)
    return sorted(map(_workload, unfinished), key=lambda one: (states.index(one.state), one.since))


def _workload(item: Json) -> QueuedWorkload:
    state, condition = _state(item)
    metadata, status = item["metadata"], item.get("status", {})
    owners = [f"{owner['kind']}/{owner['name']}" for owner in metadata.get("ownerReferences", ())]
    evictions = status.get("schedulingStats", {}).get("evictions", ())
    workload = QueuedWorkload(
        namespace=metadata["namespace"],
        owner=owners[0] if owners else metadata["name"],
        queue=item["spec"].get("queueName", ""),
        state=state,
        since=condition.get("lastTransitionTime", metadata["creationTimestamp"]),
        evictions=sum(eviction["count"] for eviction in evictions),
        reason=condition.get("message", "") if state is not State.RUNNING else "",
    )
    if not all(isinstance(value, str | int) for value in workload.document().values()):
        raise TypeError(f"{workload.namespace}/{workload.owner}: a value is nested where a text is expected")
    return workload


def _state(item: Json) -> tuple[State, Json]:
    """Returns the state, and the condition that explains it; an empty one if Kueue has set none."""
    conditions = {condition["type"]: condition for condition in _conditions(item)}
    if item["spec"].get("active") is False:
        return State.DEACTIVATED, conditions.get("Evicted", {})
    if _is_true(item, "Admitted"):
        state = State.RUNNING if _is_true(item, "PodsReady") else State.STARTING
        return state, conditions.get("PodsReady", conditions["Admitted"])
    if _is_true(item, "Evicted"):
        return State.EVICTED, conditions["Evicted"]
    return State.PENDING, conditions.get("QuotaReserved", {})


def _conditions(item: Json) -> Iterator[Json]:
    yield from item.get("status", {}).get("conditions", ())


def _is_true(item: Json, name: str) -> bool:
    return any(condition["type"] == name and condition["status"] == "True" for condition in _conditions(item))
