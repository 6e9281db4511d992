"""Machines that pods make an autoscaler buy by where they may stand, whatever they ask for.

A pod that must not share its machine with another of its workload needs one of its own, and a pod that selects machines
with GPUs gets one although it asks for none (Kubernetes, "Assigning Pods to Nodes" and "Pod Topology Spread
Constraints", kubernetes/website 3842a284; aws/karpenter-provider-aws 1d927085, labels `karpenter.k8s.aws/instance-*`;
read 2026-11-29). The limits are chosen here, not read anywhere.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, Pod, pods

_HOST = "kubernetes.io/hostname"
_LARGEST_MACHINES = 64
"""Machines that the pods of one workload need."""
_LARGEST_GPU_MACHINES = 8
"""Machines with GPUs that the pods of one workload need: eight of eight GPUs, the largest number of one workload."""
_OF_GPUS = lazy_regex(
    r"(?:p[3-6]\w*(?:-\w+)?|g[4-7]\w*|trn\d\w*|inf\d\w*|gr6\w*|dl2q)\.\w+|Standard_N[CDGPV]\w+", re.IGNORECASE
)
"""Names of types of machines with GPUs or other accelerators (aws/karpenter-provider-aws 1d927085 website/content/en/
docs/reference/instance-types.md, all with a number of either, read 2026-11-29; MicrosoftDocs/azure-compute-docs
02773904, articles/virtual-machines/sizes/overview.md, families NC, ND, NG, NV and, with FPGAs, NP, read 2026-11-30)."""
_NONE = frozenset({"false", "0", "no", "none"})
"""Values of a label of GPUs on machines without any."""


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
    if has_host_ports or any(term.get("topologyKey") == _HOST and _selects(term, pod) for term in terms):
        return count
    spread = (number_of(rule.get("minDomains")) or 1 for rule in pod.spec.children("topologySpreadConstraints")
              if rule.get("topologyKey") == _HOST and rule.get("whenUnsatisfiable") == "DoNotSchedule")  # fmt: skip
    return max((1, *spread))


def _selects(term: ObjectPart, pod: Pod) -> bool:
    """Returns whether a term of affinity selects a pod's own labels. A term without a selector has no pods; one of
    which a part is not known is evaluated at deployment."""
    selector, labels = term.child("labelSelector"), pod.metadata.child("labels").data
    is_known = all(value is not UNKNOWN for _, _, value in leaves(selector.data))
    if not is_known or not isinstance(term.get("labelSelector"), dict):
        return False
    expressions = all(_has(labels, item) for item in selector.children("matchExpressions"))
    return expressions and all(labels.get(key) == value for key, value in selector.child("matchLabels").data.items())


def _has(labels: Mapping[str, Plain], expression: ObjectPart) -> bool:
    """Returns whether labels are as an expression of a selector asks."""
    key, values = str(expression.get("key")), expression.get("values")
    if labels.get(key) is UNKNOWN:
        return False
    is_in = key in labels and isinstance(values, list) and labels[key] in values
    operators = {"In": is_in, "NotIn": not is_in, "Exists": key in labels, "DoesNotExist": key not in labels}
    return operators.get(str(expression.get("operator")), False)


def _selects_gpus(spec: ObjectPart) -> bool:
    """Returns whether a pod must stand on machines with GPUs, by a label or by the name of their type."""
    required = spec.child("affinity").child("nodeAffinity").child("requiredDuringSchedulingIgnoredDuringExecution")
    expressions = (
        expression
        for term in required.children("nodeSelectorTerms")
        for key in ("matchExpressions", "matchFields")
        for expression in term.children(key)
        if expression.get("operator") not in ("NotIn", "DoesNotExist")
    )
    pairs = [*spec.child("nodeSelector").data.items()]
    for expression in expressions:
        values = expression.get("values")
        listed = values if expression.get("operator") == "In" and isinstance(values, list) else ["true"]
        pairs += [(str(expression.get("key")), value) for value in listed]
    return any(_is_of_gpus(key, _text(value)) for key, value in pairs)


def _is_of_gpus(key: str, value: str) -> bool:
    """Returns whether a label, unless it says that there are none, names GPUs or a type of machine that has them."""
    names_gpus = "gpu" in f"{key}{value}".lower() and value.lower() not in _NONE
    return names_gpus or _OF_GPUS.fullmatch(value) is not None


def _text(value: Plain) -> str:
    return str(value) if isinstance(value, str | bool | int) else ""
