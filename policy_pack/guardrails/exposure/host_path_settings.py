"""Access to the node in what becomes a pod without having its shape: settings of programs that start pods, defaults
that an operator adds to pods, containers that it adds by options of its own, and templates in texts.

Spark, "Running on Kubernetes", `spark.kubernetes.*.volumes.hostPath`, read 2026-11-28; volumes of Kubeflow's
PodDefault by a copy of its type, read 2026-11-29.
"""

from collections.abc import Collection, Iterator

from ..engine.kubernetes_lists import kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, walk
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import Pod, equals_bool, pods
from ..readers.texts import Leaf, read_texts

_PATH = lazy_regex(r"(?:^|.*\.)hostPath\.(?:[\w-]{1,63}\.options\.)?path")
"""Path of a property that names a directory of the node."""
_LINE = lazy_regex(r"\bspark\.kubernetes\.(?:driver|executor)\.volumes\.hostPath\.[\w-]{1,63}\.options\.path\b")
_ACCESS = frozenset({"privileged", "hostnetwork", "hostpid", "hostipc", "hostprocess"})
"""Fields of a pod or a container, in lower case, that give it the node's rights, network, processes or memory."""
_EVALUATED_ELSEWHERE = (
    "kubernetes:core/v1:PersistentVolume", "kubernetes:apiextensions.k8s.io/", "kubernetes:helm.sh/",
    "kubernetes:policy/", "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/",
    "kubernetes:templates.gatekeeper.sh/", "kubernetes:constraints.gatekeeper.sh/",
)  # fmt: skip
"""Types that other rules read, and policies, whose patterns forbid what they name."""
_POLICY_OF_PODS = "PodSecurityPolicy"
"""Kind that says what pods may have, whatever its group: FJ-EXP-319 reads it."""


def check_settings(resource: Resource, privileged: Collection[str]) -> Iterator[Outcome]:
    """Yields a failure for each directory of the node, and each field that gives access to it, in the settings and
    texts of an object outside the namespaces that may have the privileged level. What pods state is left out."""
    if resource.type.startswith(_EVALUATED_ELSEWHERE) or kind_of(resource) == _POLICY_OF_PODS:
        return
    if any(isinstance(value, str) and value in privileged for _, value in walk(resource.props, "metadata?.namespace?")):
        return
    mounted = tuple(pod.spec.path_to("volumes") for pod in pods(resource))
    stated = tuple(path for pod in pods(resource) for path in _stated(pod))
    for leaf in read_texts(resource).leaves:
        if not leaf.path.startswith(mounted) and _names_directory(leaf):
            yield failed(f"{leaf.path} mounts a directory of the node", leaf.path)
        elif leaf.key.lower() in _ACCESS and equals_bool(leaf.value, True) and not leaf.path.startswith(stated):
            yield failed(f"{leaf.path} gives a pod access to the node", leaf.path)


def _stated(pod: Pod) -> Iterator[str]:
    """Yields the paths under which a pod states its own access to the node, which other rules evaluate."""
    yield from (f"{container.path}." for container in pod.containers)
    yield from (pod.spec.path_to(key) for key in ("hostNetwork", "hostPID", "hostIPC", "securityContext."))


def _names_directory(leaf: Leaf) -> bool:
    is_path = isinstance(leaf.value, str) and leaf.value.startswith("/") and _PATH.fullmatch(leaf.path) is not None
    return is_path or (isinstance(leaf.value, str) and _LINE.search(leaf.value) is not None)
