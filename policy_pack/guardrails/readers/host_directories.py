"""Directories of a node that give who mounts them more than an agent of the node needs."""

import posixpath

from ..engine.lazy_regex import lazy_regex

_KEYS_OF_OTHERS = lazy_regex(
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


def has_keys_of_others(path: str, *, is_written: bool) -> bool:
    """Returns whether a directory of the node, however its path is spelled, has tokens and keys of others, or may be
    changed although agents only read it."""
    directory = posixpath.normpath("/" + path.lstrip("/"))
    return _KEYS_OF_OTHERS.fullmatch(directory) is not None or (is_written and directory in _ONLY_TO_READ)
