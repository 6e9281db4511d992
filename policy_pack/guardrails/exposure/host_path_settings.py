"""Directories of the node in what becomes a pod without having its shape: settings of programs that start pods,
defaults that an operator adds to pods, and templates in texts.

Spark, "Running on Kubernetes", `spark.kubernetes.*.volumes.hostPath`, read 2026-11-28; Kubeflow, PodDefault, as known.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.reading import Resource, walk
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import pods
from ..readers.texts import Leaf, read_texts

_PATH = re.compile(r"(?:^|.*\.)hostPath\.(?:[\w-]{1,63}\.options\.)?path")
"""Path of a property that names a directory of the node."""
_LINE = re.compile(r"\bspark\.kubernetes\.(?:driver|executor)\.volumes\.hostPath\.[\w-]{1,63}\.options\.path\b")
_EVALUATED_ELSEWHERE = (
    "kubernetes:core/v1:PersistentVolume", "kubernetes:apiextensions.k8s.io/", "kubernetes:helm.sh/",
    "kubernetes:policy/", "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/",
    "kubernetes:templates.gatekeeper.sh/", "kubernetes:constraints.gatekeeper.sh/",
)  # fmt: skip
"""Types that other rules read, and policies, whose patterns forbid what they name."""


def check_settings(resource: Resource, privileged: Collection[str]) -> Iterator[Outcome]:
    """Yields a failure for each directory of the node in the settings and texts of an object outside the namespaces
    that may have the privileged level; what pods mount themselves is left out."""
    if resource.type.startswith(_EVALUATED_ELSEWHERE):
        return
    if any(isinstance(value, str) and value in privileged for _, value in walk(resource.props, "metadata?.namespace?")):
        return
    mounted = tuple(pod.spec.path_to("volumes") for pod in pods(resource))
    for leaf in read_texts(resource).leaves:
        if not leaf.path.startswith(mounted) and _names_directory(leaf):
            yield failed(f"{leaf.path} mounts a directory of the node", leaf.path)


def _names_directory(leaf: Leaf) -> bool:
    is_path = isinstance(leaf.value, str) and leaf.value.startswith("/") and _PATH.fullmatch(leaf.path) is not None
    return is_path or (isinstance(leaf.value, str) and _LINE.search(leaf.value) is not None)
