"""Engines of policies, and what watches a cluster, that get no pods, or whose kinds the API server does not serve.

- A quota refuses each new pod, or what makes one, beyond its numbers, and pods in being stay until they are replaced
  (kubernetes/website 0016292e, concepts/policy/resource-quotas.md); quotas of scopes count only pods of these scopes. A
  range of limits refuses pods outside it (pulumi-kubernetes 4.34.2, LimitRangeItem).
- An autoscaler of KEDA ends all pods if its least number is 0 or is not stated, and holds the number of
  `autoscaling.keda.sh/paused-replicas` (KEDA, "ScaledObject specification"); one of Kubernetes may state 0 with the
  feature HPAScaleToZero (pulumi-kubernetes 4.34.2, HorizontalPodAutoscalerSpec). What reads records of audit from a
  queue may end while the queue is empty: KEDA starts it when there are records, which wait (keda.sh, "Scalers").
- Objects of a version are read and written only where `served` is true, and are kept in the one whose `storage` is true
  (pulumi-kubernetes 4.34.2, CustomResourceDefinitionVersion).

All read 2026-12-03. How little is too little for any pod was decided here. Names of programs and namespaces by their
projects' charts, as known.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Resource, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, equals_bool, is_patch, objects
from ..readers.same_cluster import place_of
from .admission_left_out import ENGINES
from .deleted_disks import LEAST, goes_to_none

_WATCHERS = lazy_regex(
    r"falco(?:sidekick)?|tetragon(?:-operator)?|tracee|(?:kubearmor|wazuh|neuvector)(?:-[\w-]{1,60})?"
    r"|(?:[\w-]{1,60}-)?(?:alertmanager|vmalert|audit-?(?:log|event|record|webhook|trail)s?(?:-[\w-]{1,60})?)"
)
"""Names of programs that watch a cluster, tell of attacks, or keep its records."""
_READERS = lazy_regex(r"(?:[\w-]{1,60}-)?audit-?(?:log|event|record|trail)s?(?:-[\w-]{1,60})?")
"""Those of them that may read from a queue; others are called."""
_QUEUES = frozenset({
    "apache-kafka", "aws-kinesis-stream", "aws-sqs-queue", "azure-eventhub", "azure-queue", "azure-servicebus", "kafka",
    "nats-jetstream", "pulsar", "rabbitmq", "redis-streams",
})  # fmt: skip
"""Triggers of KEDA that start pods when a queue has messages."""
_NAMESPACES = lazy_regex(
    r"falco|tetragon|neuvector|wazuh|monitoring|observability|logging|security|kube-system|istio-system|linkerd"
    r"|cert-manager|external-secrets|velero|(?:audit|security)-[\w-]{1,60}"
)
"""Namespaces, beside those of engines, whose pods others depend on."""
_WORKLOADS = ("Deployment", "StatefulSet", "ReplicaSet")
_OF_ALERTS = ("Alertmanager", "Prometheus", "ThanosRuler", "VMAlert", "VMAlertmanager")
"""Kinds whose controller starts `spec.replicas` pods that find what is wrong and tell of it."""
_COUNTS = lazy_regex(r"(?:count/)?(?:pods|secrets|configmaps)|count/(?:deployments|replicasets)\.apps")
_RESOURCES = lazy_regex(r"(?:(?:requests|limits)\.)?(cpu|memory)")
_NOTHING = lazy_regex(r"0+")
_TOO_LITTLE = {
    "cpu": lazy_regex(r"0*\.?0*m?|\d{1,3}[nu]|[1-9]m|0?\.00\d*"),
    "memory": lazy_regex(r"0*\.?0*(?:[kmgtpe]i?)?|\d{1,6}|\d{1,4}ki?|[1-9]mi?"),
}
_TOO_MUCH = {"cpu": lazy_regex(r"\d{3,9}"), "memory": lazy_regex(r"\d{4,6}gi?|\d{1,6}[tpe]i?")}
"""Resource -> quantities with which no pod starts, and that no pod asks for, in lower case."""
_OTHER_PODS = frozenset({"Terminating", "BestEffort", "CrossNamespacePodAffinity"})
"""Scopes of quotas that have no pods of controllers with requests."""
_GROUPS = frozenset({
    "kyverno.io", "policies.kyverno.io", "templates.gatekeeper.sh", "constraints.gatekeeper.sh",
    "config.gatekeeper.sh", "policies.kubewarden.io", "policy.sigstore.dev", "security.istio.io", "policy.linkerd.io",
    "cilium.io", "crd.projectcalico.org", "policy.networking.k8s.io", "gateway.envoyproxy.io",
    "policy.cert-manager.io", "monitoring.coreos.com",
})  # fmt: skip
"""API groups whose controllers forbid something, or tell of it, and ask for the stable version of each kind."""
_STABLE = lazy_regex(r"v\d{1,3}")


def check_stopped_engines(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each object by which an engine of policies, or what watches a cluster, ends."""
    for definition in objects(resource, "CustomResourceDefinition"):
        yield from _unserved(definition.child("spec"))
    for quota in objects(resource, "ResourceQuota"):
        yield from _refusing_quota(quota.child("spec")) if _is_of_guards(place_of(quota)) else ()
    for limits in objects(resource, "LimitRange"):
        yield from _refusing_range(limits.child("spec")) if _is_of_guards(place_of(limits)) else ()
    for service in objects(resource, "Service") if is_patch(resource) else ():
        if ENGINES.fullmatch(str(place_of(service))) and "selector" in service.child("spec").data:
            path = service.child("spec").path_to("selector")
            yield failed(f"{path} lets other pods answer for an engine of policies", path)
    yield from _ended(resource)


def _ended(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each number by which no pod is left."""
    for workload in objects(resource, *_WORKLOADS):
        is_watcher = _WATCHERS.fullmatch(str(workload.child("metadata").get("name")))
        yield from _without_pods(workload) if is_watcher else ()
    for item in objects(resource, *_OF_ALERTS):
        yield from _without_pods(item)
    for scaler in objects(resource, *LEAST):
        path, target = scaler.child("spec").path, scaler.child("spec").child("scaleTargetRef").get("name")
        if _is_guard(target, place_of(scaler)) and goes_to_none(scaler) and not _wakes(scaler, target):
            text = f"{path} may leave no pod of {target}: state a least number above 0, and do not pause at 0"
            yield failed(text, path)


def _is_guard(name: object, place: object) -> bool:
    """Returns whether a program is an engine of policies or watches a cluster, by its name or its namespace."""
    return any(ENGINES.fullmatch(str(key)) for key in (name, place)) or _WATCHERS.fullmatch(str(name)) is not None


def _wakes(scaler: ObjectPart, name: object) -> bool:
    """Returns whether a program reads from queues, and is started as soon as these have messages."""
    keys = scaler.child("metadata").child("annotations").data
    kinds = {str(trigger.get("type")) for trigger in scaler.child("spec").children("triggers")}
    is_reader = _READERS.fullmatch(str(name)) is not None and bool(kinds) and kinds <= _QUEUES
    return is_reader and not any(key.startswith("autoscaling.keda.sh/paused") for key in keys)


def _is_of_guards(place: object) -> bool:
    return ENGINES.fullmatch(str(place)) is not None or _NAMESPACES.fullmatch(str(place)) is not None


def _without_pods(item: ObjectPart) -> Iterator[Outcome]:
    path, count = item.child("spec").path_to("replicas"), item.child("spec").get("replicas")
    if number_of(count) == 0:
        yield failed(f"{path} is 0: without pods nobody hears of attacks", path)


def _unserved(spec: ObjectPart) -> Iterator[Outcome]:
    """Yields a failure for each version of a kind that nobody reads: the one in which objects are kept, and the
    newest stable one of a kind of policies."""
    names = [str(version.get("name")) for version in spec.children("versions")]
    stable = (
        sorted(filter(_STABLE.fullmatch, names), key=lambda name: int(name[1:]))[-1:]
        if spec.get("group") in _GROUPS
        else []
    )
    for version in spec.children("versions"):
        is_kept = equals_bool(version.get("storage"), True)
        if equals_bool(version.get("served"), False) and (is_kept or version.get("name") in stable):
            path = version.path_to("served")
            yield failed(f"{path} is false, so that controllers find no object of the kind, and do nothing", path)


def _quantity(value: object) -> str:
    return str(value).strip().removesuffix(".0").lower()


def _refusing_quota(spec: ObjectPart) -> Iterator[Outcome]:
    """Yields a failure for each number of a quota with which no pod of a controller starts."""
    terms = spec.child("scopeSelector").children("matchExpressions")
    scopes = {*texts_in(spec.get("scopes")), *(str(term.get("scopeName")) for term in terms)}
    for key, value in spec.child("hard").data.items() if scopes.isdisjoint(_OTHER_PODS) else ():
        found = _RESOURCES.fullmatch(key)
        least = _TOO_LITTLE[found[1]] if found else _NOTHING if _COUNTS.fullmatch(key) else None
        if least is not None and least.fullmatch(_quantity(value)):
            path = spec.child("hard").path_to(key)
            yield failed(
                f"{path} is {value}: the namespace gets no new pod of what guards or watches the cluster", path
            )


def _refusing_range(spec: ObjectPart) -> Iterator[Outcome]:
    """Yields a failure for each limit of pods or containers that none of them meets."""
    for item in spec.children("limits"):
        if item.get("type") == "PersistentVolumeClaim":
            continue
        for key, bounds in (("max", _TOO_LITTLE), ("min", _TOO_MUCH)):
            yield from _unmet(item.child(key), bounds)


def _unmet(given: ObjectPart, bounds: Mapping[str, re.Pattern[str]]) -> Iterator[Outcome]:
    for name, least in bounds.items():
        if least.fullmatch(_quantity(given.get(name))):
            path = given.path_to(name)
            yield failed(f"{path} is {given.get(name)}, and no pod of the namespace meets it", path)
