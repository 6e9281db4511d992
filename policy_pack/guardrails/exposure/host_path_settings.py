"""Access to the node in what becomes a pod without having its shape: settings of programs that start pods, defaults
that an operator adds to pods, containers that it adds by options of its own, and templates in texts.

Spark, "Running on Kubernetes", `spark.kubernetes.*.volumes.hostPath`, read 2026-11-28; volumes of Kubeflow's
PodDefault by a copy of its type, read 2026-11-29.
"""

import posixpath
import re
from collections.abc import Collection, Iterator

from ..engine.kubernetes_lists import kind_of
from ..engine.reading import Resource, walk
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import Pod, equals_bool, pods
from ..readers.texts import Leaf, read_texts

_PATH = re.compile(r"(?:^|.*\.)hostPath\.(?:[\w-]{1,63}\.options\.)?path")
"""Path of a property that names a directory of the node."""
_LINE = re.compile(r"\bspark\.kubernetes\.(?:driver|executor)\.volumes\.hostPath\.[\w-]{1,63}\.options\.path\b")
_KEYS_OF_OTHERS = re.compile(
    r"(?:/var|/var/lib|/etc|/run|/var/run|/root|/home|/proc/(?:self|\d+)(?:/.*)?)"
    r"|/var/lib/(?:k0s/)?kubelet(?:/(?!(?:device-plugins|pod-resources|seccomp|config\.yaml"
    r"|(?:cpu|memory|dra|pod_status)_manager_state|graceful_node_shutdown_state|plugins_registry"
    r"|plugins(?!/kubernetes\.io))(?:/|$)).*)?"
    r"|/var/lib/k0s(?:/(?!kubelet/).*)?"
    r"|/var/lib/(?:etcd|rancher|containers|containerd|docker(?!/containers$))(?:/.*)?"
    r"|/etc/(?:kubernetes|rancher|eks|k0s)(?:/.*)?|/(?:root|home)/.*"
    r"|(?:/var)?/run/(?:containerd|crio|docker|k0s|k3s/containerd)(?:/.*)?"
    r"|.*/(?:containerd|crio|docker|dockershim)\.sock"
)
"""Directories of the node with the tokens and volumes of its pods, the keys of the cluster, or the socket that starts
containers (kubernetes/website 061144c8 content/en/docs/setup/best-practices/certificates.md and 039d885a reference/
node/kubelet-files.md; K3s, "k3s agent": --data-dir and --config; k0s, "k0s directories"; read 2026-11-30). The
directories of plug-ins and their sockets (`/var/lib/kubelet/device-plugins`, `pod-resources`, `plugins`), the kubelet's
settings and state files and the profiles of seccomp have none, except for the mounts of volumes in
`plugins/kubernetes.io`."""
_ONLY_TO_READ = frozenset({"/", "/proc", "/var/lib/docker/containers", "/var/lib/kubelet/config.yaml"})
"""Directories that agents read for figures and logs (prometheus-community/helm-charts 01931990, node exporter, fluent/
helm-charts 011820b9, Fluent Bit, and grafana/helm-charts 01708a39, Promtail; the file by
kubernetes-sigs/node-feature-discovery 76e6cc8c test/e2e/e2e-test-config.example.yaml; read 2026-11-30)."""
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


def has_keys_of_others(path: str, *, is_written: bool) -> bool:
    """Returns whether a directory of the node, however its path is spelled, has tokens and keys of others, or may be
    changed although agents only read it."""
    directory = posixpath.normpath("/" + path.lstrip("/"))
    return _KEYS_OF_OTHERS.fullmatch(directory) is not None or (is_written and directory in _ONLY_TO_READ)


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
