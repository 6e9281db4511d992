"""Jobs from Kueue's workloads: `kubectl get workloads -A -o json` (Kueue 0.17.0, apis/kueue/v1beta2,
workload_types.go).

- Submission is `creationTimestamp`. Computation begins when the pods are ready (`PodsReady`), or if that is not said
  when the workload is `Admitted` (`QuotaReserved` if it is not), and ends when it is `Finished`.
  `accumulatedPastExecutionTimeSeconds`, the time before evictions, is added.
- A workload that still runs ends at the newest time in the file. One that was never admitted is left out: how long it
  would run is not known, unless it has a deadline with its expected work.
- The request is that of all pods (`podSets`). MIG slices count as fractions of a GPU, and time-sliced GPUs
  (`nvidia.com/gpu.shared`) as `SHARED`: the export does not say how many share one.
- The tenant is the label `falaj/tenant` of the pods or the namespace. Runs that must not be on spot nodes, by their
  node affinity, are not interruptible; runs with a deadline are.
"""

import json
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any

from falaj.components.core.node_pools.gpu_resources import GPU, SHARED_GPU, SLICES
from falaj.facts.labels import CAPACITY_LABEL, DEADLINE_ANNOTATION, TENANT_LABEL
from falaj.finops.errors import BadInput, shown
from falaj.finops.properties import get_dict, get_list, get_str
from falaj.finops.work.requests import requests
from falaj.simulation.traces.instants import EARLIEST, instant
from falaj.simulation.traces.job_list import Job, JobList
from falaj.simulation.traces.json_values import items, mapping, number, read_json, text
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.work import Work

KIND = "kueue.x-k8s.io"
SHARED = 0.25
"""GPUs of a time-sliced GPU: four pods share one, a supposition."""
OTHER_GPU = "amd.com/gpu"
GPU_SHARES: Mapping[str, float] = {
    GPU: 1.0,
    OTHER_GPU: 1.0,
    SHARED_GPU: SHARED,
    **{resource: 1 / slices for resource, slices in SLICES.items()},
}
"""Extended resource -> GPUs of one of it."""
STARTS = ("PodsReady", "Admitted", "QuotaReserved")
SPOT_LABELS = (CAPACITY_LABEL, "karpenter.sh/capacity-type")
MOST_SECONDS, MOST_PODS = 1e9, 100_000
LEFT_OUT = "they were never admitted, or have not computed, and no deadline states their work"


def read_workloads(path: Path, options: TraceOptions) -> Work:
    """Returns the jobs of an export. Raises `BadInput`."""
    document = mapping(read_json(path), str(path))
    entries = {f"{path}: items[{index}]": entry for index, entry in enumerate(items(document, "items", str(path)))}
    newest = max((time for where, entry in entries.items() for time in _times(entry, where)), default=EARLIEST)
    found = JobList()
    for where, entry in entries.items():
        if job := _job(entry, where, newest, options):
            found.jobs.append(job)
        else:
            found.left_out += 1
    return found.work(str(path), LEFT_OUT, newest)


def _job(entry: Any, where: str, newest: float, options: TraceOptions) -> Job | None:
    metadata = mapping(mapping(entry, where).get("metadata"), f"{where}: metadata")
    submit = instant(metadata.get("creationTimestamp"), f"{where}: metadata.creationTimestamp")
    pod_sets = items(mapping(entry.get("spec"), f"{where}: spec"), "podSets", f"{where}: spec")
    templates = [get_dict(each, "template") for each in pod_sets]
    deadline, expected = _deadline(templates, where)
    run = _computed(entry, where, newest)
    if not _is_true(entry, "Finished"):
        run = max(run, expected)
    if run <= 0:
        return None
    amounts = _requested(pod_sets, where)
    gpus = sum(share * amounts.get(resource, 0) for resource, share in GPU_SHARES.items())
    tenant = _label(templates, TENANT_LABEL) or text(metadata, "namespace", f"{where}: metadata")
    interruptible = expected > 0 or (options.interruptible and not _avoids_spot(templates))
    cpu, memory = amounts.get("cpu", 0) / 1000, amounts.get("memory", 0) / 2**30
    return Job(submit, run, gpus, cpu or gpus * options.cpu_per_gpu, memory, tenant, interruptible, deadline)


def _times(entry: Any, where: str) -> Iterator[float]:
    for condition in get_list(entry, "status", "conditions"):
        if time := get_str(condition, "lastTransitionTime"):
            yield instant(time, f"{where}: status.conditions")


def _condition(entry: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    conditions = get_list(entry, "status", "conditions")
    return next((each for each in conditions if isinstance(each, dict) and each.get("type") == name), {})


def _is_true(entry: Mapping[str, Any], name: str) -> bool:
    return _condition(entry, name).get("status") == "True"


def _computed(entry: Mapping[str, Any], where: str, newest: float) -> float:
    """Returns the seconds that a workload has computed."""
    before = get_dict(entry, "status").get("accumulatedPastExecutionTimeSeconds") or 0
    total = number(before, f"{where}: status.accumulatedPastExecutionTimeSeconds", 0, MOST_SECONDS)
    started = next((name for name in STARTS if _is_true(entry, name)), None)
    if started is None:
        return total
    at = f"{where}: status.conditions"
    start = instant(_condition(entry, started).get("lastTransitionTime"), f"{at}: {started}")
    end = newest
    if _is_true(entry, "Finished"):
        end = instant(_condition(entry, "Finished").get("lastTransitionTime"), f"{at}: Finished")
    if end < start:
        raise BadInput(at, f"Finished is {start - end:.0f} seconds before {started}; is the clock of a node wrong?")
    return total + end - start


def _requested(pod_sets: Any, where: str) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for index, pod_set in enumerate(pod_sets):
        at = f"{where}: spec.podSets[{index}]"
        count = int(number(mapping(pod_set, at).get("count", 1), f"{at}.count", 0, MOST_PODS))
        for resource, amount in requests(get_dict(pod_set, "template", "spec")).items():
            total[resource] = total.get(resource, 0) + count * amount
    return total


def _label(templates: list[Any], label: str) -> str:
    labels = (get_dict(each, "metadata", "labels").get(label) for each in templates)
    return next((each for each in labels if isinstance(each, str) and each), "")


def _deadline(templates: list[Any], where: str) -> tuple[float, float]:
    """Returns the deadline of a run and its expected work in seconds, as its pods state them."""
    texts = (get_dict(each, "metadata", "annotations").get(DEADLINE_ANNOTATION) for each in templates)
    if not (stated := next((each for each in texts if each), None)):
        return inf, 0.0
    at = f"{where}: {DEADLINE_ANNOTATION}"
    try:
        terms = mapping(json.loads(stated), at) if isinstance(stated, str) else {}
    except (ValueError, RecursionError):
        raise BadInput(at, f"{shown(stated)} is not JSON") from None
    return instant(terms.get("deadline"), at), number(terms.get("work_seconds"), at, 0, MOST_SECONDS)


def _avoids_spot(templates: list[Any]) -> bool:
    """Returns whether the node affinity or selector keeps a run off spot nodes."""
    for template in templates:
        selector = get_dict(template, "spec", "nodeSelector")
        if any(str(selector.get(label, "spot")) != "spot" for label in SPOT_LABELS):
            return True
        required = get_dict(
            template, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"
        )
        for term in get_list(required, "nodeSelectorTerms"):
            if any(_excludes_spot(each) for each in get_list(term, "matchExpressions")):
                return True
    return False


def _excludes_spot(expression: Any) -> bool:
    if get_str(expression, "key") not in SPOT_LABELS:
        return False
    has_spot = "spot" in get_list(expression, "values")
    return has_spot if get_str(expression, "operator") == "NotIn" else not has_spot
