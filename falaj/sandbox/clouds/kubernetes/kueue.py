"""Kueue 0.17: which jobs it manages, and whether a job that it suspends is ever admitted.

A managed job that no flavor can take stays suspended for ever: what waits for it fails after its timeout, and what does
not wait for it never runs. The emulator refuses both, with the message in the job's Workload. Sources, at v0.17.0:
pkg/controller/jobframework (defaults.go, validation.go, reconciler.go), pkg/controller/core/workload_controller.go,
charts/kueue/templates/webhook/manifests.yaml (the webhooks of jobs have the selector of managed namespaces).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from falaj.sandbox.clouds.kubernetes.connection import cluster_key
from falaj.sandbox.clouds.kubernetes.installed_kinds import RELEASE, has_chart
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.kueue_flavors import PodSet, unassignable
from falaj.sandbox.clouds.kubernetes.label_selectors import labels_match
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, Props, get_all, get_path, get_str

JOB = "kubernetes:batch/v1:Job"
JOB_SET = "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet"
KUEUE = "kubernetes:kueue.x-k8s.io/v1beta2:"
NAMESPACE = "kubernetes:core/v1:Namespace"

QUEUE_LABEL = "kueue.x-k8s.io/queue-name"
FIXED_LABELS = (QUEUE_LABEL, "kueue.x-k8s.io/max-exec-time-seconds")
"""Labels that cannot change while a job is not suspended (validation.go, `validateUpdateForQueueName` and
`validateUpdateForMaxExecTime`)."""
DEFAULT_QUEUE = "default"
"""Jobs without a queue get the LocalQueue of this name, if it exists (LocalQueueDefaulting)."""

_FRAMEWORKS = {JOB: "batch/job", JOB_SET: "jobset.x-k8s.io/jobset"}
_WEBHOOKS = {JOB: "vjob.kb.io", JOB_SET: "vjobset.kb.io"}


@dataclass(frozen=True)
class Configuration:
    """What Kueue's configuration says of jobs. `namespaces` selects those in which it manages jobs at all."""

    manages_without_queue: bool
    namespaces: Json
    frameworks: frozenset[str]
    excluded: tuple[str, ...]


def admissible(op: Operation) -> str | None:
    """Checks that a managed job has a queue, and that a flavor of the queue can take its pods."""
    configuration = _configuration(op)
    if configuration is None or not _is_managed(op, configuration):
        return None
    queue = _queue_name(op)
    if not queue and not configuration.manages_without_queue:
        return None
    reason = _inadmissible(op, queue, configuration)
    if reason is None:
        return None
    kind = group_and_kind(op.token)[1]
    return f'timed out waiting for the condition: {kind} "{op.name}" is suspended: QuotaReserved False: {reason}'


def labels_fixed(op: Operation) -> str | None:
    """Checks that the labels of a running managed job that Kueue reads do not change."""
    configuration = _configuration(op)
    if op.existing is None or configuration is None or not _is_managed(op, configuration):
        return None
    if get_path(op.inputs, "spec.suspend") is True:
        return None
    for label in FIXED_LABELS:
        before, after = (_labels(inputs).get(label) for inputs in (op.existing.inputs, op.inputs))
        if before != after:
            return (
                f'admission webhook "{_WEBHOOKS[op.token]}" denied the request: metadata.labels[{label}]: '
                f'Invalid value: "{after or ""}": field is immutable'
            )
    return None


def node_selector_unowned(op: Operation) -> str | None:
    """Checks that an update of a running managed job does not state a node selector to which Kueue has added labels.

    Kueue writes the labels of a flavor into the pods of a job that it admits, and a node selector has one owner
    (`podset.Merge`; Kubernetes v1.36.3, api/core/v1, `mapType=atomic`). The message is that of the Kubernetes provider
    (pkg/await/await.go, `handleSSAErr`), observed with Kueue and the provider on 2026-11-27.
    """
    configuration = _configuration(op)
    if op.existing is None or configuration is None or not _is_managed(op, configuration):
        return None
    if get_path(op.inputs, "spec.suspend") is True:
        return None
    flavors = op.state.find(f"{KUEUE}ResourceFlavor", scope=cluster_key(op.config))
    added = [labels for item in flavors if isinstance(labels := get_path(item.inputs, "spec.nodeLabels"), Mapping)]
    for pods in _pod_sets(op, configuration.excluded):
        stated = get_path(pods.pod_spec, "nodeSelector")
        if isinstance(stated, Mapping) and stated and not any(labels.items() <= stated.items() for labels in added):
            return (
                'Server-Side Apply field conflict detected: Apply failed with 1 conflict: conflict with "kueue": '
                f".spec.template.spec.nodeSelector of the pods {pods.name}"
            )
    return None


def _configuration(op: Operation) -> Configuration | None:
    """Returns the configuration of the cluster's Kueue; None without Kueue."""
    if not has_chart(op, "kueue"):
        return None
    text = next((_configuration_text(release) for release in op.state.find(RELEASE) if _is_kueue(op, release)), "")
    settings = yaml.safe_load(text) or {}
    return Configuration(
        get_path(settings, "manageJobsWithoutQueueName") is True,
        get_path(settings, "managedJobsNamespaceSelector"),
        frozenset(str(name) for name in get_all(settings, "integrations.frameworks[*]")),
        tuple(str(prefix) for prefix in get_all(settings, "resources.excludeResourcePrefixes[*]")),
    )


def _is_kueue(op: Operation, release: InventoryItem) -> bool:
    is_here = release.scope.split("/namespace/")[0] == cluster_key(op.config)
    return is_here and get_str(release.inputs, "chart").rpartition("/")[2] == "kueue"


def _configuration_text(release: InventoryItem) -> str:
    return get_str(release.inputs, "values.managerConfig.controllerManagerConfigYaml")


def _is_managed(op: Operation, configuration: Configuration) -> bool:
    """Returns whether Kueue manages jobs of this kind in the namespace (ManagedJobsNamespaceSelectorAlwaysRespected,
    on by default since 0.15)."""
    if configuration.frameworks and _FRAMEWORKS[op.token] not in configuration.frameworks:
        return False
    return labels_match(configuration.namespaces, _namespace_labels(op))


def _namespace_labels(op: Operation) -> Mapping[str, str]:
    found = op.state.find(NAMESPACE, scope=cluster_key(op.config), name=op.variables["namespace"])
    return _labels(found[0].inputs) if found else {}


def _labels(inputs: Props) -> dict[str, str]:
    labels = get_path(inputs, "metadata.labels")
    return {key: str(value) for key, value in labels.items()} if isinstance(labels, Mapping) else {}


def _queue_name(op: Operation) -> str:
    given = _labels(op.inputs).get(QUEUE_LABEL, "")
    return given or (DEFAULT_QUEUE if _find(op, "LocalQueue", DEFAULT_QUEUE, op.scope) else "")


def _find(op: Operation, kind: str, name: str, scope: str) -> InventoryItem | None:
    return next(iter(op.state.find(f"{KUEUE}{kind}", scope=scope, name=name)), None)


def _inadmissible(op: Operation, queue: str, configuration: Configuration) -> str | None:
    """Returns Kueue's reason why a job in a queue is never admitted."""
    local_queue = _find(op, "LocalQueue", queue, op.scope)
    if local_queue is None:
        return f"LocalQueue {queue} doesn't exist"
    cluster = cluster_key(op.config)
    name = get_str(local_queue.inputs, "spec.clusterQueue")
    cluster_queue = _find(op, "ClusterQueue", name, cluster)
    if cluster_queue is None:
        return f"ClusterQueue {name} doesn't exist"
    if not labels_match(get_path(cluster_queue.inputs, "spec.namespaceSelector"), _namespace_labels(op)):
        return "Workload namespace doesn't match ClusterQueue selector"
    flavors = {item.name: item.inputs for item in op.state.find(f"{KUEUE}ResourceFlavor", scope=cluster)}
    cohort = [item.inputs for item in op.state.find(f"{KUEUE}ClusterQueue", scope=cluster)]
    return unassignable(list(_pod_sets(op, configuration.excluded)), cluster_queue.inputs, cohort, flavors)


def _pod_sets(op: Operation, excluded: tuple[str, ...]) -> Iterator[PodSet]:
    spec = get_path(op.inputs, "spec")
    if op.token == JOB:
        yield PodSet("main", get_path(spec, "template.spec"), _count(spec, "parallelism"), excluded)
        return
    for job in get_all(spec, "replicatedJobs[*]"):
        job_spec = get_path(job, "template.spec")
        pods = _count(job_spec, "parallelism") * _count(job, "replicas")
        yield PodSet(get_str(job, "name"), get_path(job_spec, "template.spec"), pods, excluded)


def _count(spec: Json, field: str) -> int:
    count = get_path(spec, field)
    return int(count) if isinstance(count, int | float) else 1
