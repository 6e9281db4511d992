"""Valid and invalid Kubernetes objects, to compare the emulated with the real API server. `HERE` is the placeholder of
the namespace."""

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.lab.objects import container, pod_spec, pool

HERE = "here"
Object = dict[str, Any]


class Case(NamedTuple):
    """An object, and whether the real API server accepts it."""

    name: str
    good: bool
    manifest: Object


def _object(version: str, kind: str, namespaced: bool = True, /, **parts: Any) -> Object:
    metadata = {"name": "case"} | ({"namespace": HERE} if namespaced else {})
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **parts}


def changed(manifest: Object, path: str, value: Any = ...) -> Object:
    """Returns a copy with another value at a dotted path; `...` removes the value."""
    copied = copy.deepcopy(manifest)
    *parents, last = path.split(".")
    target: Any = copied
    for key in parents:
        target = target[int(key)] if isinstance(target, list) else target.setdefault(key, {})
    if value is ...:
        del target[last]
    else:
        target[int(last) if isinstance(target, list) else last] = value
    return copied


_LABELS = {"app": "case"}
_TEMPLATE = {"metadata": {"labels": _LABELS}, "spec": {"containers": [container()]}}
_MAP = _object("v1", "ConfigMap", data={"a": "b"})
_NAMESPACE = _object("v1", "Namespace", False)
_DEPLOYMENT = _object(
    "apps/v1", "Deployment", spec={"replicas": 1, "selector": {"matchLabels": _LABELS}, "template": _TEMPLATE}
)
_SERVICE = _object("v1", "Service", spec={"selector": _LABELS, "ports": [{"name": "http", "port": 80}]})
_JOB = _object("batch/v1", "Job", spec={"backoffLimit": 0, "template": {"spec": pod_spec(None, container())}})
_CRON = _object("batch/v1", "CronJob", spec={"schedule": "0 3 * * *", "jobTemplate": {"spec": _JOB["spec"]}})
_QUOTA = _object("v1", "ResourceQuota", spec={"hard": {"requests.cpu": "4", "requests.nvidia.com/gpu": "1"}})
_LIMITS = _object("v1", "LimitRange", spec={"limits": [{"type": "Container", "default": {"cpu": "1"}}]})
_POLICY = _object(
    "networking.k8s.io/v1",
    "NetworkPolicy",
    spec={
        "podSelector": {},
        "policyTypes": ["Egress"],
        "egress": [
            {"to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}], "ports": [{"port": 53}]},
        ],
    },
)
_PRIORITY = _object("scheduling.k8s.io/v1", "PriorityClass", False, value=1000, description="a case")
_CLAIM = _object(
    "v1",
    "PersistentVolumeClaim",
    spec={"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "20Gi"}}},
)
_CLASS = _object("storage.k8s.io/v1", "StorageClass", False, provisioner="ebs.csi.aws.com", reclaimPolicy="Delete")
_ROLE = _object(
    "rbac.authorization.k8s.io/v1", "Role", rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]
)
_BUDGET = _object("policy/v1", "PodDisruptionBudget", spec={"maxUnavailable": 1, "selector": {"matchLabels": _LABELS}})
_SECRET = _object("v1", "Secret", stringData={"a": "b"})

BUILT_IN = (
    Case("map", True, _MAP),
    Case("map-unknown-field", False, changed(_MAP, "daata", {"a": "b"})),
    Case("map-number-for-text", False, changed(_MAP, "data.a", 1)),
    Case("map-list-for-object", False, changed(_MAP, "data", ["a"])),
    Case("map-key-with-space", False, changed(_MAP, "data", {"a b": "c"})),
    Case("map-name-in-capitals", False, changed(_MAP, "metadata.name", "Case")),
    Case("map-name-too-long", False, changed(_MAP, "metadata.name", "a" * 254)),
    Case("map-label-too-long", False, changed(_MAP, "metadata.labels", {"team": "x" * 64})),
    Case("map-label-with-space", False, changed(_MAP, "metadata.labels", {"team": "a b"})),
    Case("map-label-of-number", False, changed(_MAP, "metadata.labels", {"team": 1})),
    Case("map-label-key-twice-divided", False, changed(_MAP, "metadata.labels", {"a/b/c": "d"})),
    Case("map-label-key-prefixed", True, changed(_MAP, "metadata.labels", {"falaj.example/team": "a.b_c-d"})),
    Case("map-annotation-key-with-space", False, changed(_MAP, "metadata.annotations", {"a b": "c"})),
    Case("map-of-no-such-namespace", False, changed(_MAP, "metadata.namespace", "nowhere")),
    Case("map-of-another-version", False, changed(_MAP, "apiVersion", "v2")),
    Case("namespace", True, _NAMESPACE),
    Case("namespace-with-dot", False, changed(_NAMESPACE, "metadata.name", "a.b")),
    Case("secret", True, _SECRET),
    Case("secret-no-base64", False, changed(changed(_SECRET, "stringData"), "data", {"a": "not base64!"})),
    Case("deployment", True, _DEPLOYMENT),
    Case("deployment-old-version", False, changed(_DEPLOYMENT, "apiVersion", "extensions/v1beta1")),
    Case("deployment-text-for-number", False, changed(_DEPLOYMENT, "spec.replicas", "two")),
    Case("deployment-negative", False, changed(_DEPLOYMENT, "spec.replicas", -1)),
    Case("deployment-unknown-field", False, changed(_DEPLOYMENT, "spec.replica", 1)),
    Case("deployment-no-selector", False, changed(_DEPLOYMENT, "spec.selector")),
    Case("deployment-other-selector", False, changed(_DEPLOYMENT, "spec.selector.matchLabels", {"app": "other"})),
    Case("deployment-no-containers", False, changed(_DEPLOYMENT, "spec.template.spec.containers", [])),
    Case("deployment-no-image", False, changed(_DEPLOYMENT, "spec.template.spec.containers.0.image")),
    Case("deployment-never-restarts", False, changed(_DEPLOYMENT, "spec.template.spec.restartPolicy", "Never")),
    Case(
        "deployment-quantity-in-words",
        False,
        changed(_DEPLOYMENT, "spec.template.spec.containers.0.resources", {"limits": {"cpu": "two"}}),
    ),
    Case(
        "deployment-request-over-limit",
        False,
        changed(_DEPLOYMENT, "spec.template.spec.containers.0.resources.requests", {"cpu": "2", "memory": "1Gi"}),
    ),
    Case(
        "deployment-privileged-is-for-its-pods",
        True,
        changed(_DEPLOYMENT, "spec.template.spec.containers.0.securityContext", {"privileged": True}),
    ),
    Case(
        "deployment-template-label-bad",
        False,
        changed(_DEPLOYMENT, "spec.template.metadata.labels", {**_LABELS, "a": "b c"}),
    ),
    Case("service", True, _SERVICE),
    Case("service-no-ports", False, changed(_SERVICE, "spec.ports", [])),
    Case("service-port-too-high", False, changed(_SERVICE, "spec.ports.0.port", 70_000)),
    Case("service-of-unknown-type", False, changed(_SERVICE, "spec.type", "Everywhere")),
    Case("service-name-begins-with-digit", True, changed(_SERVICE, "metadata.name", "1case")),
    Case("job", True, _JOB),
    Case("job-always-restarts", False, changed(_JOB, "spec.template.spec.restartPolicy", "Always")),
    Case("job-no-restart-policy", False, changed(_JOB, "spec.template.spec.restartPolicy")),
    Case("job-no-template", False, changed(_JOB, "spec.template")),
    Case("cron", True, _CRON),
    Case("cron-four-fields", False, changed(_CRON, "spec.schedule", "0 3 * *")),
    Case("cron-zone", True, changed(_CRON, "spec.timeZone", "Asia/Dubai")),
    Case("cron-no-such-zone", False, changed(_CRON, "spec.timeZone", "Asia/Nowhere")),
    Case("quota", True, _QUOTA),
    Case("quota-in-words", False, changed(_QUOTA, "spec.hard", {"requests.cpu": "many"})),
    Case("limits", True, _LIMITS),
    Case("limits-no-type", False, changed(_LIMITS, "spec.limits.0.type")),
    Case("policy", True, _POLICY),
    Case("policy-no-cidr", False, changed(_POLICY, "spec.egress.0.to.0.ipBlock.cidr", "10.0.0.0")),
    Case("policy-except-outside", False, changed(_POLICY, "spec.egress.0.to.0.ipBlock.except", ["11.0.0.0/16"])),
    Case("policy-unknown-type", False, changed(_POLICY, "spec.policyTypes", ["Sideways"])),
    Case("policy-port-too-high", False, changed(_POLICY, "spec.egress.0.ports.0.port", 70_000)),
    Case("priority", True, _PRIORITY),
    Case("priority-too-high", False, changed(_PRIORITY, "value", 2_000_000_000)),
    Case("priority-no-value", True, changed(_PRIORITY, "value")),
    Case("claim", True, _CLAIM),
    Case("claim-no-mode", False, changed(_CLAIM, "spec.accessModes", [])),
    Case("claim-unknown-mode", False, changed(_CLAIM, "spec.accessModes", ["ReadSometimes"])),
    Case("claim-no-size", False, changed(_CLAIM, "spec.resources.requests", {})),
    Case("storage-class", True, _CLASS),
    Case("storage-class-no-provisioner", False, changed(_CLASS, "provisioner")),
    Case("storage-class-unknown-reclaim", False, changed(_CLASS, "reclaimPolicy", "Forget")),
    Case("role", True, _ROLE),
    Case("role-no-verbs", False, changed(_ROLE, "rules.0.verbs", [])),
    Case("budget", True, _BUDGET),
    Case("budget-both", False, changed(_BUDGET, "spec.minAvailable", 1)),
)
"""Cases of built-in kinds."""

_FLAVOR = _object("kueue.x-k8s.io/v1beta2", "ResourceFlavor", False, spec={"nodeLabels": {"falaj/capacity": "spot"}})
_FLAVORS = [{"name": "spot", "resources": [{"name": "cpu", "nominalQuota": "8"}]}]
_QUEUE = _object(
    "kueue.x-k8s.io/v1beta2",
    "ClusterQueue",
    False,
    spec={"namespaceSelector": {}, "resourceGroups": [{"coveredResources": ["cpu"], "flavors": _FLAVORS}]},
)
_LOCAL = _object("kueue.x-k8s.io/v1beta2", "LocalQueue", spec={"clusterQueue": "case"})
_JOB_SET = _object(
    "jobset.x-k8s.io/v1alpha2",
    "JobSet",
    spec={"replicatedJobs": [{"name": "workers", "replicas": 1, "template": {"spec": _JOB["spec"]}}]},
)
_TRAIN = {
    "name": "node",
    "template": {"metadata": {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}}},
}
_STEP = "spec.template.spec.replicatedJobs.0"
_RUNTIME = changed(
    _object(
        "trainer.kubeflow.org/v1alpha1", "TrainingRuntime", spec={"template": {"spec": {"replicatedJobs": [_TRAIN]}}}
    ),
    "spec.template.spec.replicatedJobs.0.template.spec.template.spec",
    {"containers": [container() | {"name": "node"}]},
)
_SCALED = _object(
    "keda.sh/v1alpha1",
    "ScaledObject",
    spec={"scaleTargetRef": {"name": "case"}, "triggers": [{"type": "cpu", "metadata": {"value": "60"}}]},
)
_ROUTE = _object(
    "http.keda.sh/v1beta1",
    "InterceptorRoute",
    spec={"target": {"service": "case", "port": 80}, "scalingMetric": {"concurrency": {"targetValue": 4}}},
)


def _labels(count: int) -> dict[str, str]:
    return {f"label-{index}": "x" for index in range(count)}


_GATEWAY = _object(
    "gateway.networking.k8s.io/v1",
    "Gateway",
    spec={"gatewayClassName": "c", "listeners": [{"name": "http", "port": 80, "protocol": "HTTP"}]},
)
_HTTP = _object(
    "gateway.networking.k8s.io/v1",
    "HTTPRoute",
    spec={"rules": [{"backendRefs": [{"name": "a", "port": 80, "weight": 90}]}]},
)
_RULES = _object(
    "monitoring.coreos.com/v1",
    "PrometheusRule",
    spec={"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "1"}]}]},
)
_POOL = pool("case")

CUSTOM = (
    Case("node-pool", True, _POOL),
    Case("node-pool-unknown-operator", False, changed(_POOL, "spec.template.spec.requirements.0.operator", "Maybe")),
    Case("node-pool-unknown-field", False, changed(_POOL, "spec.limit", {})),
    Case("node-pool-bad-duration", False, changed(_POOL, "spec.disruption.consolidateAfter", "soon")),
    Case("node-pool-no-class", False, changed(_POOL, "spec.template.spec.nodeClassRef")),
    Case("node-pool-unknown-effect", False, changed(_POOL, "spec.template.spec.taints.0.effect", "Never")),
    Case("flavor", True, _FLAVOR),
    Case("flavor-unknown-field", False, changed(_FLAVOR, "spec.nodeLabel", {})),
    Case("flavor-list-for-object", False, changed(_FLAVOR, "spec.nodeLabels", ["spot"])),
    Case("flavor-bad-label", False, changed(_FLAVOR, "spec.nodeLabels", {"falaj/capacity": "not a label!"})),
    Case("queue", True, _QUEUE),
    Case("queue-old-field", False, changed(_QUEUE, "spec.cohort", "all")),
    Case(
        "queue-no-quota",
        True,
        changed(_QUEUE, "spec.resourceGroups.0.flavors.0.resources.0.nominalQuota"),
    ),
    Case("queue-unknown-preemption", False, changed(_QUEUE, "spec.preemption", {"withinClusterQueue": "Sometimes"})),
    Case("queue-uncovered", False, changed(_QUEUE, "spec.resourceGroups.0.coveredResources", ["cpu", "memory"])),
    Case("local-queue", True, _LOCAL),
    Case("local-queue-bad-name", False, changed(_LOCAL, "spec.clusterQueue", "No_Name")),
    Case("local-queue-of-no-such-namespace", False, changed(_LOCAL, "metadata.namespace", "nowhere")),
    Case("job-set", True, _JOB_SET),
    Case(
        "job-set-unknown-action", False, changed(_JOB_SET, "spec.failurePolicy.rules", [{"name": "r", "action": "X"}])
    ),
    Case("job-set-no-name", True, changed(_JOB_SET, "spec.replicatedJobs.0.name")),
    Case("training-runtime", True, _RUNTIME),
    Case(
        "training-runtime-other-container",
        False,
        changed(_RUNTIME, f"{_STEP}.template.spec.template.spec.containers.0.name", "main"),
    ),
    Case("training-runtime-two-replicas", False, changed(_RUNTIME, f"{_STEP}.replicas", 2)),
    Case(
        "training-runtime-of-no-step",
        True,
        changed(changed(_RUNTIME, f"{_STEP}.template.metadata", {"labels": {}}), f"{_STEP}.replicas", 2),
    ),
    Case("scaled", True, _SCALED),
    Case("scaled-number-for-text", False, changed(_SCALED, "spec.triggers.0.metadata.value", 60)),
    Case("scaled-no-triggers", False, changed(_SCALED, "spec.triggers")),
    Case("scaled-text-for-number", False, changed(_SCALED, "spec.minReplicaCount", "0")),
    Case("scaled-unknown-field", False, changed(_SCALED, "spec.coolDown", 300)),
    Case("route", True, _ROUTE),
    Case("route-no-metric", False, changed(_ROUTE, "spec.scalingMetric")),
    Case("route-both-ports", False, changed(_ROUTE, "spec.target.portName", "http")),
    Case("route-port-too-high", False, changed(_ROUTE, "spec.target.port", 70_000)),
    Case("gateway", True, _GATEWAY),
    Case("gateway-no-listeners", False, changed(_GATEWAY, "spec.listeners", [])),
    Case("gateway-many-labels", False, changed(_GATEWAY, "spec.infrastructure", {"labels": _labels(9)})),
    Case("gateway-eight-labels", True, changed(_GATEWAY, "spec.infrastructure", {"labels": _labels(8)})),
    Case("gateway-no-class", False, changed(_GATEWAY, "spec.gatewayClassName")),
    Case("http-route", True, _HTTP),
    Case("http-route-too-heavy", False, changed(_HTTP, "spec.rules.0.backendRefs.0.weight", 1_000_001)),
    Case("http-route-no-backend-name", False, changed(_HTTP, "spec.rules.0.backendRefs.0.name")),
    Case("http-route-unknown-version", False, changed(_HTTP, "apiVersion", "gateway.networking.k8s.io/v9")),
    Case("rules", True, _RULES),
    Case("rules-bad-duration", False, changed(_RULES, "spec.groups.0.rules.0.for", "five minutes")),
    Case("rules-no-expression", False, changed(_RULES, "spec.groups.0.rules.0.expr")),
    Case("unknown-kind", False, _object("example.com/v1", "Thing", spec={})),
)
"""Cases of custom resources."""

DIFFERS: Mapping[str, str] = {
    "service-name-begins-with-digit": "clusters before 1.36 refuse it (feature gate RelaxedServiceNameValidation)",
    "priority-no-value": "the SDK requires the value, so no request without it reaches the server, which would use 0",
    "queue-no-quota": "Kueue's webhook sets 0 before the validation, which is never intended",
    "job-set-no-name": "JobSet's webhook sets an empty name before the validation, which is never intended",
}
"""Cases for which the emulation differs from the real API server, and the reason."""
