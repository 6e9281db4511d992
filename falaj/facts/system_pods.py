"""Pods that a cluster runs for itself, with what they request: charts, EKS add-ons, and the pods of AKS.

The rows are in `data/system_pods.csv`. `part` is the name of a chart or an add-on, or `aks` with what AKS adds for a
feature. `replicas` is `node` for a DaemonSet. `replicas_at` is where the values of the chart, or the configuration of
the add-on, have the number of replicas that the size of the system pools decides. `apart` says that two replicas must
not run on one node. Sources:

- `set`: the components set it, and read it here;
- `aks-measured`: `kubectl describe node` of AKS nodes with Azure CNI, 2026 (Taliko5/travel-agent-platform);
  `aks-described`: the same of an older cluster with Azure Policy and Defender;
- `aks-cilium`: Azure/AKS#5244: only the agent's init container has a request, and its operator has none;
- `aks-cost-analysis`: MicrosoftDocs, troubleshoot the AKS cost analysis add-on, for the memory; no source for the CPU;
- `vpa-manifests`: kubernetes/autoscaler, vertical-pod-autoscaler/deploy; AKS runs two admission controllers;
- `ebs-chart`, `fsx-chart`, `node-monitoring-chart`, `pod-identity-chart`: values of the charts that the add-ons are
  built from, with one request for each container; `nfd-chart`: values of the subchart of NVIDIA's GPU operator;
- `efs-described`: aws/containers-roadmap#2155, no requests; `cni-manifest`: amazon-vpc-cni-k8s, config/master;
- `eks-coredns`, `eks-kube-proxy`, `metrics-server-manifest`: EKS User Guide and upstream's manifests;
- `crds`: a chart without pods; `assumed`: no source, a small controller's usual request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from falaj.facts.rows import Row, rows, whole, yes_or_no

FEWEST, USUAL = 1, 2
"""Replicas of a controller on a single node, and on several."""


@dataclass(frozen=True, slots=True)
class SystemPods:
    """Equal pods of a part. `replicas` is None for a DaemonSet. CPU is in millicores, memory in MiB."""

    part: str
    pods: str
    replicas: int | None
    replicas_at: str
    cpu_m: int
    memory_mib: int
    apart: bool
    source: str
    date: str

    @property
    def is_scaled(self) -> bool:
        """Whether the size of the system pools decides the number of replicas."""
        return bool(self.replicas_at)

    @property
    def cpu(self) -> str:
        """Request of CPU as Kubernetes writes it, such as `100m`."""
        return f"{self.cpu_m}m"

    @property
    def memory(self) -> str:
        """Request of memory as Kubernetes writes it, such as `512Mi` or `1Gi`."""
        return f"{self.memory_mib}Mi" if self.memory_mib % 1024 else f"{self.memory_mib // 1024}Gi"

    @property
    def requests(self) -> dict[str, str]:
        """Requests as Kubernetes writes them."""
        return {"cpu": self.cpu, "memory": self.memory}


def pods_of(part: str) -> Sequence[SystemPods]:
    """Returns the pods of a part. Raises KeyError for a part without a row."""
    return _parts()[part]


def pods_in(part: str, pods: str) -> SystemPods:
    """Returns the row of some pods of a part. Raises KeyError if there is none."""
    return {row.pods: row for row in pods_of(part)}[pods]


def parts() -> frozenset[str]:
    """Returns the parts that have a row."""
    return frozenset(_parts())


def system_replicas(system_nodes: int) -> int:
    """Returns the replicas of a controller for a number of nodes that always run: a second one on the same node costs
    its requests and survives nothing that the first does not."""
    return FEWEST if system_nodes == 1 else USUAL


@cache
def _parts() -> Mapping[str, Sequence[SystemPods]]:
    columns = ("part", "pods", "replicas", "replicas_at", "cpu_m", "memory_mib", "apart", "source", "date")
    found: dict[str, list[SystemPods]] = {}
    for row in rows("system_pods.csv", ("part", "pods"), columns):
        pods = _pods(row)
        found.setdefault(pods.part, []).append(pods)
    return found


def _pods(row: Row) -> SystemPods:
    return SystemPods(
        part=row.need("part", str, "a chart, an add-on, or a feature of AKS"),
        pods=row.need("pods", str, "a name of pods, or none"),
        replicas=None
        if row.cells["replicas"] == "node"
        else row.need("replicas", whole, "a whole number, or node for one on each node"),
        replicas_at=row.cells["replicas_at"],
        cpu_m=row.need("cpu_m", whole, "millicores, 0 for none"),
        memory_mib=row.need("memory_mib", whole, "MiB, 0 for none"),
        apart=row.need("apart", yes_or_no, "yes or no"),
        source=row.need("source", str, "the source of the figures"),
        date=row.need("date", str, "the day on which the source was read"),
    )
