"""Annotations of pods that the runtime of containers, its plug-ins or the network's plug-in obey, and the machines that
pods choose past the scheduler."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, pods
from ..readers.runtime_annotations import OBEYED
from ..readers.webhooks import is_of_platform

_OF_THE_CLUSTER = lazy_regex(r"node-role\.kubernetes\.io/(?:control-plane|controlplane|master|etcd)|CriticalAddonsOnly")
"""Labels and taints of machines that run the cluster itself (Kubernetes, "Well-Known Labels, Annotations and Taints";
RKE2 has etcd too, by its users, and kubernetes/kubernetes v1.36.3 cluster/addons CriticalAddonsOnly, read 2026-11-29;
AKS by Azure/karpenter-provider-azure 352646f5 Makefile-az.mk, `--nodepool-taints`;
awsdocs/amazon-eks-user-guide 4d52b4d0 latest/ug/automode/critical-workload.adoc, read 2026-11-30)."""
_TOLERATION = lazy_regex(r"(?P<toleration>.*\.tolerations\[\d+\])\.(?P<field>key|operator|effect)")
_SPARK_SELECTOR = lazy_regex(r"\bspark\.kubernetes\.(?:driver\.|executor\.)?node\.selector\.")
"""Where the label of a selector of machines begins in a setting of Spark (apache/spark 00185e3d docs/
running-on-kubernetes.md, read 2026-11-30)."""
_EVERY_TAINT = ("", "NoSchedule")
"""Effects of a toleration without a key that lets pods start on every machine."""


def check_annotations(annotations: ObjectPart) -> Iterator[Outcome]:
    """Checks that no annotation gives a pod what its spec would have to ask for."""
    for key in annotations.data:
        if OBEYED.fullmatch(key) is not None:
            path = annotations.path_to(key)
            yield failed(f"{path} makes the runtime or the network give the pod what no rule on pods reads", path)


def check_placement(resource: Resource, privileged: Collection[str]) -> Iterator[Outcome]:
    """Checks that pods of teams leave to the scheduler where they start, and stay off the machines of the cluster.
    `privileged`: namespaces of the platform that the settings list. Agents of each node are on all of them."""
    for item in expand_list(resource):
        namespace = ObjectPart("", item.props).child("metadata").get("namespace")
        is_agent = item.type.endswith(":DaemonSet")
        if not isinstance(namespace, str) or is_of_platform(namespace) or namespace in privileged or is_agent:
            continue
        for pod in pods(item):
            yield from _judge_placement(pod.spec)
        # Fields beside pods too: of workflows of Argo, graphs of KServe, programs of Spark.
        for root in ("spec", "template"):
            yield from _judge_settings(item.props.get(root), root)


def _judge_settings(settings: Plain, root: str) -> Iterator[Outcome]:
    tolerations: dict[str, dict[str, str]] = defaultdict(dict)
    for path, _, value in leaves(settings, root):
        found = _TOLERATION.fullmatch(path)
        if found is not None:
            tolerations[found["toleration"]][found["field"]] = str(value or "")
        is_key = found is not None and found["field"] == "key"
        name = str(value) if is_key else _SPARK_SELECTOR.split(path.rpartition("nodeSelector.")[2], maxsplit=1)[-1]
        if _OF_THE_CLUSTER.fullmatch(name):
            yield failed(f"{path} puts pods onto the machines of the cluster itself", path)
        elif path == "spec.nodeName" and value not in (None, ""):
            yield failed(f"{path} starts pods on a machine of its choice, past the scheduler and its taints", path)
    for path, fields in tolerations.items():
        is_for_every = fields.get("operator") == "Exists" and not fields.get("key")
        if is_for_every and fields.get("effect", "") in _EVERY_TAINT:
            yield failed(f"{path} tolerates every taint, those of the machines of the cluster too: set its key", path)


def _judge_placement(spec: ObjectPart) -> Iterator[Outcome]:
    if spec.get("nodeName") not in (MISSING, "") and spec.path != "spec":
        path = spec.path_to("nodeName")
        yield failed(f"{path} starts pods on a machine of its choice, past the scheduler and its taints", path)
    required = spec.child("affinity").child("nodeAffinity").child("requiredDuringSchedulingIgnoredDuringExecution")
    for term in required.children("nodeSelectorTerms"):
        for expression in term.children("matchExpressions"):
            is_named = _OF_THE_CLUSTER.fullmatch(str(expression.get("key"))) is not None
            if is_named and expression.get("operator") in ("Exists", "In"):
                yield failed(f"{expression.path} puts the pod onto the machines of the cluster itself", expression.path)
    yield passed()
