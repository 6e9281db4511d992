"""Work that does not run, and why: pending, evicted and deactivated workloads, and pods that a quota refuses."""

from collections.abc import Iterator

from falaj.sandbox.lab.api import Api, Json

KUEUE = "kueue.x-k8s.io/v1beta2"
WAITING = {"QuotaReserved": "False", "Evicted": "True", "PodsReady": "False"}
"""Condition of a Workload -> its status if the work does not run."""


def stuck(api: Api, namespace: str) -> list[str]:
    """Returns a sentence for each workload of a namespace that does not run, and for each job without its pods."""
    return [*_workloads(api, namespace), *_refused_pods(api, namespace)]


def _workloads(api: Api, namespace: str) -> Iterator[str]:
    for workload in api.list(KUEUE, "Workload", namespace):
        name = workload["metadata"]["name"]
        conditions = {one["type"]: one for one in workload.get("status", {}).get("conditions", ())}
        if conditions.get("Finished", {}).get("status") == "True":
            continue
        if workload["spec"].get("active") is False:
            yield f"{name}: deactivated"
        for kind in (kind for kind, status in WAITING.items() if conditions.get(kind, {}).get("status") == status):
            yield f"{name}: {kind} {WAITING[kind]}: {conditions[kind].get('message', '')}"


def _refused_pods(api: Api, namespace: str) -> Iterator[str]:
    for event in api.list("v1", "Event", namespace):
        if event.get("reason") == "FailedCreate" and _is_current(api, event):
            yield f"{event['involvedObject']['name']}: {event['message']}"


def _is_current(api: Api, event: Json) -> bool:
    involved = event["involvedObject"]
    metadata = {"name": involved["name"], "namespace": involved["namespace"]}
    found = api.get({"apiVersion": involved["apiVersion"], "kind": involved["kind"], "metadata": metadata})
    return found is not None and found["metadata"]["uid"] == involved["uid"]
