"""Machines that pods make an autoscaler buy by where they may stand, whatever they ask for.

A pod that shares its machine with no other of its workload needs one of its own, and a pod that selects machines with
GPUs gets one although it asks for none (Kubernetes, "Assigning Pods to Nodes" and "Pod Topology Spread Constraints",
kubernetes/website 3842a284; aws/karpenter-provider-aws 1d927085, labels `karpenter.k8s.aws/instance-*`; read
2026-11-29). The limits are judged, not read anywhere.
"""

import re
from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, Pod, pods

_HOST = "kubernetes.io/hostname"
_LARGEST_MACHINES = 64
"""Machines that the pods of one workload need."""
_LARGEST_GPU_MACHINES = 8
"""Machines with GPUs that the pods of one workload need: eight of eight GPUs, the largest number of one workload."""
_OF_GPUS = re.compile(r"(?:p[3-6]\w*|g[4-7]\w*|trn\d\w*|inf\d\w*|gr6\w*)\.\w+|Standard_N[CDGV]\w+", re.IGNORECASE)
"""Names of types of machines with GPUs (Amazon EC2 and Azure, "Instance types" and "Sizes", as known)."""


def judge_machines(resource: Resource, count: float, path: str) -> Iterator[Outcome]:
    """Yields an outcome for the machines that the pods of a workload need; `count` is the number of its pods."""
    for pod in pods(resource):
        machines = min(count, _least(pod, count))
        is_of_gpus = _selects_gpus(pod.spec)
        most = _LARGEST_GPU_MACHINES if is_of_gpus else _LARGEST_MACHINES
        text = f"{path} needs {machines:,.0f} machines{' with GPUs' if is_of_gpus else ''}, more than {most}: each pod "
        yield failed(text + "stands on one of its own", path) if machines > most else passed()


def _least(pod: Pod, count: float) -> float:
    """Returns the least number of machines for so many pods; 1 if they may share one."""
    apart = pod.spec.child("affinity").child("podAntiAffinity")
    terms = apart.children("requiredDuringSchedulingIgnoredDuringExecution")
    has_host_ports = any(port.get("hostPort") not in (MISSING, 0) for container in pod.containers
                         for port in container.children("ports"))  # fmt: skip
    if has_host_ports or any(term.get("topologyKey") == _HOST for term in terms):
        return count
    spread = (number_of(rule.get("minDomains")) or 1 for rule in pod.spec.children("topologySpreadConstraints")
              if rule.get("topologyKey") == _HOST and rule.get("whenUnsatisfiable") == "DoNotSchedule")  # fmt: skip
    return max((1, *spread))


def _selects_gpus(spec: ObjectPart) -> bool:
    """Returns whether a pod selects machines with GPUs by a label, or by the name of their type."""
    selected = (*leaves(spec.get("nodeSelector"), ""), *leaves(spec.child("affinity").get("nodeAffinity"), ""))
    return any(
        "gpu" in f"{path}{_text(value)}".lower() or _OF_GPUS.fullmatch(_text(value)) for path, _, value in selected
    )


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""
