"""Series as the exporters report them, in promtool's notation."""

from __future__ import annotations

from collections.abc import Mapping

LENGTH = 720
"""Minutes of every constant series."""

Series = Mapping[str, str]


def constant(value: float) -> str:
    """Returns a series with one value each minute."""
    return f"{value}x{LENGTH}"


def merged(*parts: Series) -> dict[str, str]:
    """Returns all series; two of one name would hide one."""
    result: dict[str, str] = {}
    for part in parts:
        assert not result.keys() & part.keys()
        result |= part
    return result


def gpu_node(node: str, gpus: int) -> Series:
    """A node with GPUs, as kube-state-metrics and OpenCost both report it."""
    labels = f'node="{node}",resource="nvidia_com_gpu",unit="integer"'
    return {
        f'kube_node_status_allocatable{{{labels},job="{job}"}}': constant(gpus)
        for job in ("kube-state-metrics", "opencost")
    }


def gpu_pod(namespace: str, pod: str, node: str, gpus: int, resource: str = "nvidia_com_gpu") -> Series:
    """A running pod that requests GPUs, as both report it; only kube-state-metrics reports the phase."""
    of_pod = f'namespace="{namespace}",pod="{pod}",uid="u-{pod}"'
    phase = f'kube_pod_status_phase{{{of_pod},job="kube-state-metrics"'
    labels = f'{of_pod},container="main",node="{node}",resource="{resource}",unit="integer"'
    return {
        **{
            f'kube_pod_container_resource_requests{{{labels},job="{job}"}}': constant(gpus)
            for job in ("kube-state-metrics", "opencost")
        },
        f'{phase},phase="Running"}}': constant(1),
        f'{phase},phase="Pending"}}': constant(0),
    }


def gpu_activity(namespace: str, pod: str, value: float, gpu: int = 0) -> Series:
    """Activity of one GPU that a pod holds, as the exporter reports it with `honorLabels`."""
    labels = f'gpu="{gpu}",namespace="{namespace}",pod="{pod}",container="main"'
    return {f"DCGM_FI_PROF_GR_ENGINE_ACTIVE{{{labels}}}": constant(value)}


def unheld_gpu(node: str, gpu: int) -> Series:
    """Activity of a GPU that no pod holds. Its series has no labels of a pod, so that Prometheus adds those of the
    exporter's pod (prometheus v0.314.0, scrape/scrape.go, mutateSampleLabels)."""
    labels = f'gpu="{gpu}",namespace="gpu-operator",pod="nvidia-dcgm-exporter-{node}"'
    return {f"DCGM_FI_PROF_GR_ENGINE_ACTIVE{{{labels}}}": constant(0)}


def allocation(namespace: str, pod: str, node: str, cpu: float, gib: float, gpus: float) -> Series:
    """What OpenCost reports of a container. Without GPUs it has no series of them."""
    labels = f'{{namespace="{namespace}",pod="{pod}",container="main",node="{node}",instance="{node}",job="opencost"}}'
    gpu = {f"container_gpu_allocation{labels}": constant(gpus)} if gpus else {}
    return {
        f"container_cpu_allocation{labels}": constant(cpu),
        f"container_memory_allocation_bytes{labels}": constant(gib * 2**30),
        **gpu,
    }


def prices(node: str, vcpu: float, gib: float, gpu: float) -> Series:
    """Hourly prices of a node, as OpenCost reports them."""
    labels = (
        f'{{node="{node}",instance="{node}",instance_type="m",region="r",provider_id="p",arch="amd64",job="opencost"}}'
    )
    return {
        f"node_cpu_hourly_cost{labels}": constant(vcpu),
        f"node_ram_hourly_cost{labels}": constant(gib),
        f"node_gpu_hourly_cost{labels}": constant(gpu),
    }


def started(namespace: str, pod: str, created: int, ready: int | None, ready_minutes: int = LENGTH) -> Series:
    """A pod created and, if ever, ready at these seconds, which the series report from the minute when they are so. It
    stays ready for `ready_minutes`."""
    labels = f'{{namespace="{namespace}",pod="{pod}",uid="u-{pod}",job="kube-state-metrics"}}'
    series = {f"kube_pod_created{labels}": _from(created)}
    return (
        series
        if ready is None
        else {**series, f"kube_pod_status_ready_time{labels}": f"{_from(ready, ready_minutes)} stale"}
    )


def _from(seconds: int, during: int = LENGTH) -> str:
    minutes = -(-seconds // 60)
    return f"_x{minutes} {seconds}x{during}"
