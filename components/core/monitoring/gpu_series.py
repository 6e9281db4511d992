"""Recording rules about GPUs: held, idle and free, in GPUs and in AED. Pure.

OpenCost also exports `kube_node_status_allocatable` and `kube_pod_container_resource_requests` (opencost
pkg/metrics/kubemetrics.go, `EMIT_KSM_V1_METRICS`, on by default; read 2026-11-27). So series are selected by their job,
and every sum is over the maximum of equal series: two replicas of an exporter count once.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from falaj.components.core.charts.scraping import KUBE_STATE_METRICS
from falaj.components.core.node_pools.gpu_resources import GPU, SHARED_GPU, SLICES

GPU_ACTIVE_METRIC = "DCGM_FI_PROF_GR_ENGINE_ACTIVE"
"""Fraction of time in which the graphics engine was active, 0 to 1. Unlike GPU utilisation, it is also available for
MIG slices (DCGM exporter, profiling metrics)."""

IDLE_SHARE = 0.05
"""Utilisation below which an allocated GPU counts as idle."""


def series_name(resource: str) -> str:
    """Returns a resource name as kube-state-metrics writes it in the label `resource`."""
    return re.sub("[./-]", "_", resource)


GPU_RESOURCES = 'resource=~"nvidia_com_(gpu|gpu_shared|mig_.*)"'
"""Label matcher of GPU resources."""

RESOURCES_BY_SLICES_PER_GPU: Mapping[int, str] = {
    count: "|".join(series_name(name) for name, slices in {GPU: 1, **SLICES}.items() if slices == count)
    for count in sorted({*SLICES.values()})
}
"""Slices per GPU -> regular expression of resource names. Excludes time-sliced GPUs, whose number per GPU is
unknown."""

_RUNNING = f'max by (namespace, pod) (kube_pod_status_phase{{phase="Running",{KUBE_STATE_METRICS}}} == 1)'
_REQUESTS = (
    "max by (namespace, pod, container, node, resource)"
    f" (kube_pod_container_resource_requests{{{GPU_RESOURCES},{KUBE_STATE_METRICS}}})"
)
_REQUESTED = "falaj:gpu_requests:count"
_NODE_GPUS = f"max by (node, resource) (kube_node_status_allocatable{{%s,{KUBE_STATE_METRICS}}})"


def _total(series: str) -> str:
    """Returns the sum of a series in GPUs. `series` has `%s` for a label matcher; a slice is a fraction of a GPU."""
    matchers = {count: f'resource=~"{names}"' for count, names in RESOURCES_BY_SLICES_PER_GPU.items()}
    return " + ".join(f"(sum({series % matcher}) / {count} or vector(0))" for count, matcher in matchers.items())


def _by_pod() -> str:
    """Returns the GPUs of each pod. A time-sliced GPU counts as 0: how many pods share one is not known here."""
    slices = (f'{_REQUESTED}{{resource=~"{names}"}} / {count}' for count, names in RESOURCES_BY_SLICES_PER_GPU.items())
    shared = f'{_REQUESTED}{{resource="{series_name(SHARED_GPU)}"}} * 0'
    return f"sum by (namespace, pod, node) ({' or '.join([*slices, shared])})"


def gpu_series(gpu_aed_per_hour: Decimal) -> dict[str, str]:
    """Returns name -> PromQL expression, in the order of evaluation. `gpu_aed_per_hour` is the price of a GPU.

    By tenant, each slice or time-sliced GPU counts as one; in totals and costs, a slice counts as a fraction of a GPU.
    """
    price = f"{gpu_aed_per_hour:.4f}"
    return {
        _REQUESTED: f"{_REQUESTS} * on (namespace, pod) group_left () {_RUNNING}",
        # Metrics of a GPU that no pod holds get the labels of the exporter's own pod, which requests no GPU.
        "falaj:gpu_busy:ratio": (
            f"group by (namespace, pod, node) ({_REQUESTED})"
            f" * on (namespace, pod) group_left () avg by (namespace, pod) ({GPU_ACTIVE_METRIC})"
        ),
        "falaj:gpus_held:count": f"sum by (namespace) ({_REQUESTED})",
        "falaj:gpus_there:count": _total(_NODE_GPUS),
        "falaj:gpus_held:sum": _total(f"{_REQUESTED}{{%s}}"),
        "falaj:gpus_free:count": "falaj:gpus_there:count - falaj:gpus_held:sum",
        "falaj:gpus_free:aed_per_hour": f"falaj:gpus_free:count * {price}",
        "falaj:pod_gpus:aed_per_hour": f"{_by_pod()} * {price}",
        "falaj:gpus_idle:aed_per_hour": (
            f"falaj:pod_gpus:aed_per_hour and on (namespace, pod) falaj:gpu_busy:ratio < {IDLE_SHARE}"
        ),
    }
