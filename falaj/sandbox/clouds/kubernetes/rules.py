"""Common validation of the API server: names, labels, namespaces, kinds and immutable fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

from falaj.sandbox.clouds.kubernetes import (
    aks_reach,
    certificates,
    crd_schemas,
    eks_access,
    envoy_filters,
    field_rules,
    image_volumes,
    inference_pools,
    installed_kinds,
    karpenter,
    model_servers,
    pods,
    trainer,
)
from falaj.sandbox.clouds.kubernetes.connection import cluster_key, cluster_missing, unreachable
from falaj.sandbox.clouds.kubernetes.installed_kinds import RELEASE
from falaj.sandbox.clouds.kubernetes.kinds import IMMUTABLE, LABEL_VALUE, group_and_kind, is_namespaced
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

NAMESPACE = "kubernetes:core/v1:Namespace"
INITIAL_NAMESPACES = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})

NOT_SERVED = re.compile(r":[^:]*/v\d+(alpha|beta)\d+:|:storagemigration\.k8s\.io/v1:")
"""API versions that Kubernetes 1.36 does not serve by default. The SDK has them for older and newer clusters."""

_LABEL_KEY = re.compile(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?")
_DNS_LABEL = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_DNS_SUBDOMAIN = rf"{_DNS_LABEL}(\.{_DNS_LABEL})*"
_SERVICE_NAME = r"[a-z]([-a-z0-9]*[a-z0-9])?"
"""RFC 1035. Kubernetes 1.36 also accepts a digit at the beginning, earlier versions do not."""
_LABEL_NAMES = {"Namespace": _DNS_LABEL, "Service": _SERVICE_NAME}
_ANY_NAME = {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}


def connected(op: Operation) -> str | None:
    """Checks that the cluster is reachable, and that the run may write to it."""
    return _found(op) or eks_access.write_refused(op)


def readable(op: Operation) -> str | None:
    """Checks that the cluster is reachable, and that the run may read from it."""
    return _found(op) or eks_access.read_refused(op)


def _found(op: Operation) -> str | None:
    return unreachable(op.config) or cluster_missing(op) or aks_reach.out_of_reach(op)


def name_valid(op: Operation) -> str | None:
    """Checks the name by RFC 1123: a label of 63 characters for namespaces and services, a subdomain of 253 characters
    for most other kinds.
    """
    kind = group_and_kind(op.token)[1]
    if kind in _ANY_NAME or op.token == RELEASE:
        return None
    label = _LABEL_NAMES.get(kind)
    longest, pattern = (63, label) if label else (253, _DNS_SUBDOMAIN)
    if len(op.name) > longest:
        return invalid(op, "metadata.name", op.name, f"must be no more than {longest} characters")
    if re.fullmatch(pattern, op.name):
        return None
    rule = (
        "label must consist of lower case alphanumeric characters or '-'"
        if label
        else ("subdomain must consist of lower case alphanumeric characters, '-' or '.'")
    )
    return invalid(
        op,
        "metadata.name",
        op.name,
        f"a lowercase RFC 1123 {rule}, and must start and end with an alphanumeric character",
    )


def labels_valid(op: Operation) -> str | None:
    """Checks that labels of the object and of its pod template have valid keys and values."""
    for path in ("metadata.labels", "spec.template.metadata.labels", "spec.selector.matchLabels"):
        labels = get_path(op.inputs, path)
        for key, value in labels.items() if isinstance(labels, Mapping) else ():
            error = _label_error(op, path, key, value)
            if error:
                return error
    return None


def _label_error(op: Operation, path: str, key: str, value: Json) -> str | None:
    if not _LABEL_KEY.fullmatch(key):
        return invalid(op, path, key, "a label key is an optional DNS prefix and a name of up to 63 characters")
    if not isinstance(value, str) or not LABEL_VALUE.fullmatch(value):
        return invalid(
            op,
            path,
            str(value),
            "a valid label must be an empty string or consist of up to 63 alphanumeric characters, '-', '_' or '.', "
            "and must start and end with an alphanumeric character",
        )
    return None


def namespace_exists(op: Operation) -> str | None:
    """Checks that the namespace of an object exists. A Helm release may create its own."""
    namespace = op.variables["namespace"]
    if not is_namespaced(op.token) or op.existing is not None or namespace in INITIAL_NAMESPACES:
        return None
    if get_path(op.inputs, "createNamespace") is True or _has_namespace(op, namespace):
        return None
    return f'namespaces "{namespace}" not found'


def _has_namespace(op: Operation, namespace: str) -> bool:
    cluster = cluster_key(op.config)
    if op.state.find(NAMESPACE, scope=cluster, name=namespace):
        return True
    releases = op.state.find(RELEASE, scope=f"{cluster}/namespace/{namespace}")
    return any(get_path(release.inputs, "createNamespace") is True for release in releases)


def kind_exists(op: Operation) -> str | None:
    """Checks that the cluster has the kind. The message is that of the Kubernetes provider (provider.go, `Create`)."""
    if op.variables["custom"] == "no" and not NOT_SERVED.search(op.token):
        return None
    if installed_kinds.exists(op):
        return None
    version, kind = op.token.split(":")[1:]
    return (
        "the Kubernetes API server reported that the apiVersion for this resource does not exist. Verify that any "
        f"required CRDs have been created: {installed_kinds.no_match(kind, version)}"
    )


def selector_matches(op: Operation) -> str | None:
    """Checks that the selector of a workload matches its pod template."""
    expected, labels = (
        get_path(op.inputs, "spec.selector.matchLabels"),
        get_path(op.inputs, "spec.template.metadata.labels"),
    )
    if not isinstance(expected, Mapping):
        return None
    labels_of_pod = labels if isinstance(labels, Mapping) else {}
    if all(labels_of_pod.get(key) == value for key, value in expected.items()):
        return None
    return invalid(
        op,
        "spec.template.metadata.labels",
        _format_labels(labels_of_pod),
        "`selector` does not match template `labels`",
    )


def _format_labels(labels: Mapping[str, Json]) -> str:
    return ",".join(f"{key}={value}" for key, value in labels.items())


def fields_immutable(op: Operation) -> str | None:
    """Checks that immutable fields do not change."""
    if op.existing is None:
        return None
    for path in IMMUTABLE.get(group_and_kind(op.token)[1], ()):
        if get_path(op.existing.inputs, path) != get_path(op.inputs, path):
            return invalid(op, path, op.name, "field is immutable")
    if get_path(op.existing.inputs, "immutable") is True:
        return invalid(op, "data", op.name, "field is immutable when `immutable` is set")
    return None


def crd_name(op: Operation) -> str | None:
    """Checks that the name of a CRD is its plural and group."""
    expected = f"{get_str(op.inputs, 'spec.names.plural')}.{get_str(op.inputs, 'spec.group')}"
    if op.name == expected:
        return None
    return invalid(op, "metadata.name", op.name, f'must be spec.names.plural+"."+spec.group ({expected})')


def delete_custom_resources(op: Operation) -> str | None:
    """Deletes all objects of a deleted CRD."""
    group, kind = get_str(op.inputs, "spec.group"), get_str(op.inputs, "spec.names.kind")
    for version in get_all(op.inputs, "spec.versions[*]"):
        for item in op.state.find(f"kubernetes:{group}/{get_str(version, 'name')}:{kind}"):
            if item.scope.split("/namespace/")[0] == op.scope:
                op.state.delete(item)
    return None


def delete_namespace_contents(op: Operation) -> str | None:
    """Deletes the contents of a deleted namespace."""
    for item in op.state.children(op.name):
        if item.scope == f"{op.scope}/namespace/{op.name}":
            op.state.delete(item)
    return None


COMMON_RULES = (
    connected,
    kind_exists,
    name_valid,
    labels_valid,
    namespace_exists,
    karpenter.valid,
    crd_schemas.valid,
    trainer.runtime_valid,
    envoy_filters.valid,
    certificates.valid,
    inference_pools.route_resolved,
    *field_rules.COMMON_RULES,
    pods.pods_valid,
    image_volumes.kept,
    fields_immutable,
    model_servers.answers,
)
"""The rules of all kinds, in the API server's order."""
