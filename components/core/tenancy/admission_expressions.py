"""CEL expressions of the admission policies of tenants' namespaces. Pure.

Variables are Kubernetes' own (kubernetes.io, CEL in Kubernetes): `object`, `oldObject`, `namespaceObject`, `variables`.
"""

from collections.abc import Sequence

from falaj.facts.labels import TENANT_LABEL

OWN_TENANT = f"namespaceObject.metadata.labels['{TENANT_LABEL}']"
"""The tenant of the namespace."""

CONTAINERS = "object.spec.containers + object.spec.?initContainers.orValue([])"

NO_INLINE_VOLUMES = "object.spec.?volumes.orValue([]).all(volume, !has(volume.csi))"

BY_PLATFORM = "authorizer.group('').resource('namespaces').check('delete').allowed()"
"""Whoever may delete namespaces may delete these policies anyway."""

OWN_FOLDERS = (
    "variables.shared.size() == 0 || variables.containers.all(container, "
    "container.?volumeMounts.orValue([]).all(mount, !(mount.name in variables.shared) || "
    "mount.?subPath.orValue('') == object.metadata.namespace))"
)

NO_FILTERS = (
    "object.spec.?rules.orValue([]).all(rule, !has(rule.filters) && "
    "rule.?backendRefs.orValue([]).all(backend, !has(backend.filters)))"
)

SERVICE_NAME = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"
"""Pattern of a Service's name. A longer text is an address where it is put before a namespace or domain."""

ALLOWS_DISRUPTION = (
    "!has(object.spec.minAvailable) && has(object.spec.maxUnavailable) && "
    "string(object.spec.maxUnavailable).matches('^[1-9][0-9]*%?$')"
)
"""That a disruption budget lets at least one pod be evicted (a percentage is rounded up)."""

OWN_NAMESPACE_SELECTED = (
    "!has(object.spec.namespaceSelector) || (!object.spec.namespaceSelector.?any.orValue(false) && "
    "object.spec.namespaceSelector.?matchNames.orValue([]).all(name, name == object.metadata.namespace))"
)


# Prometheus expands `$` in `targetLabel`, and scrapes what labels that begin with `__` say (prometheus v0.314.0,
# model/relabel/relabel.go). The operator sets labels of pods after the namespace, and `jobLabel` after the job
# (prometheus-operator v0.93.0, pkg/prometheus/promcfg.go).
OWN_METRICS = (
    "object.spec.?podMetricsEndpoints.orValue([]).all(endpoint, !endpoint.?honorLabels.orValue(false) && "
    "!has(endpoint.metricRelabelings) && endpoint.?relabelings.orValue([]).all(label, "
    "label.?action.orValue('replace') == 'replace' && has(label.targetLabel) && "
    "label.targetLabel.matches('^[a-zA-Z][a-zA-Z0-9_]*$') && "
    "!(label.targetLabel in ['namespace', 'exported_namespace', 'job']) && (label.targetLabel != 'tenant' || "
    f"label.?replacement.orValue('') == {OWN_TENANT}))) && "
    "!has(object.spec.podTargetLabels) && !has(object.spec.jobLabel) && !has(object.spec.scrapeClass)"
)

OWN_PODS_SCRAPED = (
    "object.spec.?podMetricsEndpoints.orValue([]).all(endpoint, !has(endpoint.proxyUrl) && "
    "!endpoint.?proxyFromEnvironment.orValue(false) && !has(endpoint.oauth2))"
)


def texts(values: Sequence[str]) -> str:
    """Returns a list of strings."""
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


def absent_or(path: str, expression: str) -> str:
    """Returns that a field of the object is absent, or the expression holds."""
    return f"!has(object.{path}) || ({expression})"


def absent_or_empty(path: str) -> str:
    """Returns that a text of the object is absent or empty."""
    return absent_or(path, f"object.{path} == ''")


def labelled_with_account(key: str, account: str) -> str:
    """Returns that a pod has the label only with the service account."""
    has_account = f"object.spec.?serviceAccountName.orValue('') == '{account}'"
    return f"!('{key}' in object.metadata.?labels.orValue({{}})) || {has_account}"


def own_label(path: str, key: str) -> str:
    """Returns that a mapping of the object has the key with the own tenant only, or not at all."""
    return absent_or(path, f"!('{key}' in object.{path}) || object.{path}['{key}'] == {OWN_TENANT}")


def own_affinity(key: str) -> str:
    """Returns that terms of required and preferred node affinity with the key name the own tenant only."""
    own = (
        f"term.?matchExpressions.orValue([]).all(wanted, wanted.key != '{key}' || "
        f"(wanted.operator == 'In' && wanted.values.all(value, value == {OWN_TENANT})))"
    )
    required = (
        "object.spec.?affinity.?nodeAffinity.?requiredDuringSchedulingIgnoredDuringExecution.?nodeSelectorTerms"
        f".orValue([]).all(term, {own})"
    )
    preferred = (
        "object.spec.?affinity.?nodeAffinity.?preferredDuringSchedulingIgnoredDuringExecution.orValue([])"
        f".all(weighted, [weighted.preference].all(term, {own}))"
    )
    return f"{required} && {preferred}"


def tolerations(keys: Sequence[str], profile_key: str, profiles: Sequence[str], tenant_key: str) -> str:
    """Returns that tolerations have one of the keys or that of the tenant, that of the profile one of the values, and
    that of the tenant its own."""
    return (
        f"object.spec.?tolerations.orValue([]).all(taint, taint.?key.orValue('') in {texts([*keys, tenant_key])} && "
        f"(taint.key != '{profile_key}' || taint.?value.orValue('') in {texts(profiles)}) && "
        f"(taint.key != '{tenant_key}' || taint.?value.orValue('') == {OWN_TENANT}))"
    )


def annotated_if_controlled_by(keys: Sequence[str], kinds: Sequence[str]) -> str:
    """Returns that the object has none of the annotations, or that an object of one of the kinds controls it."""
    annotations = "object.metadata.?annotations.orValue({})"
    none = f"{texts(keys)}.all(key, !(key in {annotations}))"
    return f"{none} || {_controlled_by(kinds)}"


def labelled_if_not_controlled_by(key: str, kinds: Sequence[str]) -> str:
    """Returns that the object does not have the label, or that no object of these kinds controls it."""
    return f"!('{key}' in object.metadata.?labels.orValue({{}})) || !{_controlled_by(kinds)}"


def _controlled_by(kinds: Sequence[str]) -> str:
    return (
        "object.metadata.?ownerReferences.orValue([])"
        f".exists(owner, owner.kind in {texts(kinds)} && owner.?controller.orValue(false))"
    )


def selects_label(key: str) -> str:
    """Returns that the object selects pods by a value of the label."""
    return f"'{key}' in object.spec.?selector.?matchLabels.orValue({{}})"


def volumes_of_claim(claim: str) -> str:
    """Returns the names of the pod's volumes of a claim."""
    return (
        "object.spec.?volumes.orValue([]).filter(volume, has(volume.persistentVolumeClaim) && "
        f"volume.persistentVolumeClaim.claimName == '{claim}').map(volume, volume.name)"
    )


def words_of_namespace(annotation: str) -> str:
    """Returns the words of an annotation of the namespace."""
    return f"namespaceObject.metadata.?annotations[?'{annotation}'].orValue('').split(' ')"


def own_hosts(hosts: str) -> str:
    """Returns that a list of hosts is not empty, and that each is one of `variables.hosts` or below a `*.` of them."""
    return (
        f"{hosts}.size() > 0 && {hosts}.all(host, variables.hosts.exists(own, "
        "host == own || (own.startsWith('*.') && host.endsWith(own.substring(1)))))"
    )


def attached_to(gateway: str | None, namespace: str | None) -> str:
    """Returns that a route attaches to the gateway only, or to nothing if there is none."""
    if gateway is None:
        return "object.spec.?parentRefs.orValue([]).size() == 0"
    return (
        f"object.spec.?parentRefs.orValue([]).all(parent, parent.name == '{gateway}' && "
        f"parent.?namespace.orValue('') == '{namespace}' && parent.?kind.orValue('Gateway') == 'Gateway')"
    )


def own_backends(shared_namespace: str, shared_service: str) -> str:
    """Returns that the backends of a route are Services and InferencePools of the own namespace, or the shared
    Service."""
    own = "backend.?namespace.orValue(object.metadata.namespace) == object.metadata.namespace"
    shared = f"(backend.?namespace.orValue('') == '{shared_namespace}' && backend.name == '{shared_service}')"
    service = "backend.?group.orValue('') == '' && backend.?kind.orValue('Service') == 'Service'"
    pool = "backend.?group.orValue('') == 'inference.networking.k8s.io' && backend.?kind.orValue('') == 'InferencePool'"
    return (
        "object.spec.?rules.orValue([]).all(rule, rule.?backendRefs.orValue([]).all(backend, "
        f"({service} && ({own} || {shared})) || ({pool} && {own})))"
    )


def ingress_from(namespaces: Sequence[str]) -> str:
    """Returns that a network policy admits pods of the own namespace and of `namespaces` only, and opens no egress."""
    key = "kubernetes.io/metadata.name"
    named = (
        "has(peer.namespaceSelector.matchLabels) && !has(peer.namespaceSelector.matchExpressions) && "
        f"peer.namespaceSelector.matchLabels[?'{key}'].orValue('') in {texts(namespaces)}"
    )
    peers = f"rule.from.all(peer, !has(peer.ipBlock) && (!has(peer.namespaceSelector) || ({named})))"
    return (
        "object.spec.?policyTypes.orValue([]) == ['Ingress'] && "
        f"object.spec.?ingress.orValue([]).all(rule, has(rule.from) && rule.from.size() > 0 && {peers})"
    )


def triggers(prometheus: Sequence[str], scalers: Sequence[str]) -> str:
    """Returns that the triggers of a ScaledObject read CPU, the time, or an address of these."""
    return (
        "object.spec.triggers.all(trigger, trigger.type in ['cpu', 'cron'] || "
        f"(trigger.type == 'prometheus' && trigger.metadata.?serverAddress.orValue('') in {texts(prometheus)}) || "
        f"(trigger.type == 'external-push' && trigger.metadata.?scalerAddress.orValue('') in {texts(scalers)}))"
    )


_QUERY_START = r'^(sum|avg|min|max)[(](rate[(])?[a-zA-Z_:][a-zA-Z0-9_:]*[{]namespace="'
_QUERY_END = r'"(,[a-z_]+="[a-zA-Z0-9_.:/-]*")*[}](\[[0-9]+[smh]\][)])?[)]$'
"""RE2 before and after the namespace of the queries that `inference_scaling` makes: one metric of one namespace."""

_QUERY_KEYS = ("serverAddress", "query", "threshold", "activationThreshold", "ignoreNullValues")
"""Metadata of a Prometheus trigger. Others, as `queryParameters`, would change what is asked (keda v2.21.0,
pkg/scalers/prometheus_scaler.go)."""


def own_queries() -> str:
    """Returns that the Prometheus triggers of a ScaledObject ask for one metric of the own namespace: the tenant may
    read what a query returns, in the status of the HorizontalPodAutoscaler.

    Others remain as they are if the platform made them, as KEDA writes a finalizer to every ScaledObject.
    """
    pattern = f"r'{_QUERY_START}' + object.metadata.namespace + r'{_QUERY_END}'"
    asked = (
        f"trigger.metadata.all(key, key in {texts(_QUERY_KEYS)}) && "
        f"trigger.metadata.?query.orValue('').matches({pattern})"
    )
    return (
        f"object.spec.triggers.all(trigger, trigger.type != 'prometheus' || ({asked})) || "
        f"(request.operation == 'UPDATE' && object.spec.triggers == oldObject.spec.triggers) || {BY_PLATFORM}"
    )
