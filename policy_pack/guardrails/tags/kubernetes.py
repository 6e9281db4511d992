"""Cost labels of Kubernetes objects and pod templates.

Cost tools read the labels of pods, and those of their namespace where the pod has none (OpenCost, `applyLabels` in
pkg/costmodel/allocation_helpers.go, 2026-11). So a workload in a namespace of its own may leave them out of its pod
template: there, a changed tag restarts its pods.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from falaj.facts.tags import COST_TAGS

from ..engine.families import tag_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.settings import TagSettings
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, is_patch, objects
from .values import Problem, value_problem

_LABELLED_KINDS = (
    "Namespace", "PersistentVolumeClaim", "Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
    "ReplicationController", "Job", "CronJob",
)  # fmt: skip
"""Kinds that cost money or create objects that do. Load balancers and disks have tags instead of labels."""

POD_TEMPLATE = "its pod template"

_HANDED_DOWN = ("kubernetes:clickhouse.altinity.com/", "kubernetes:clickhouse-keeper.altinity.com/")
"""Groups whose operator gives the labels of its object to the pods and claims that it makes (Altinity/
clickhouse-operator, config/config.yaml at 00e9be2a, `label`, and pkg/model/common/tags/labeler at 0cad43a7, read
2026-11-29)."""

_EXEMPT_TYPES = ("kubernetes:apiextensions.k8s.io/", "kubernetes:helm.sh/")


@dataclass(frozen=True)
class _CostLabels:
    """The required labels. `tags`: label key -> cost tag; `problem` checks a value."""

    tags: Mapping[str, str]
    problem: Problem

    def are_absent(self, template: ObjectPart) -> bool:
        """Returns whether a template is known to have no cost label."""
        labels = template.child("metadata").get("labels")
        return labels is MISSING or (isinstance(labels, dict) and not self.tags.keys() & labels.keys())

    def are_complete(self, owner: ObjectPart) -> bool:
        """Returns whether an object has all cost labels."""
        labels = owner.child("metadata").child("labels")
        return all(labels.get(key) not in (MISSING, UNKNOWN, "") for key in self.tags)

    def judge(self, owner: ObjectPart, owner_name: str) -> Iterator[Outcome]:
        metadata = owner.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else metadata
        is_whole = not owner.is_patch
        yield from self.evaluate(labels, f"{owner.path_to('metadata')}.labels", owner_name, is_whole=is_whole)

    def evaluate(self, labels: Plain, path: str, owner_name: str, *, is_whole: bool = True) -> Iterator[Outcome]:
        """Yields an outcome for each cost label. `is_whole`: a label that is not there is missing."""
        if labels is UNKNOWN:
            yield undetermined(f"the labels of {owner_name} are not known before deployment", path)
            return
        label_values = labels if isinstance(labels, dict) else {}
        missing = [key for key in self.tags if label_values.get(key) in (None, MISSING, "")]
        if not is_whole and 0 < len(missing) < len(self.tags):
            moved = ", ".join(key for key in self.tags if key not in missing)
            yield failed(f"a patch changes the cost labels {moved} of what another program made: set all or none", path)
        if missing and is_whole:
            yield failed(f"{owner_name} lacks the cost labels {', '.join(missing)}", path)
        for key, name in self.tags.items():
            yield self._judge_value(key, name, label_values.get(key), path)

    def _judge_value(self, key: str, tag_key: str, value: Plain, path: str) -> Outcome:
        tag = next(tag for tag in COST_TAGS if tag.key == tag_key)
        sentence = self.problem(tag, value) if isinstance(value, str) and value else ""
        return failed(f"the value of label '{key}' {sentence}", f"{path}.{key}") if sentence else passed()


def _templates(section: ObjectPart) -> Iterator[tuple[ObjectPart, str]]:
    """Yields the pod and volume claim templates in an object, including custom resources, with a name for messages."""
    for key, value in section.data.items():
        if key == "template" and _is_pod_template(value):
            yield section.child(key), POD_TEMPLATE
            yield from _templates(section.child(key))
        elif key == "volumeClaimTemplate" and isinstance(value, dict):
            yield section.child(key), "its volume claim template"
        elif isinstance(value, dict):
            yield from _templates(section.child(key))
        elif isinstance(value, list):
            for item in section.children(key):
                if key == "volumeClaimTemplates":
                    yield item, "its volume claim template"
                elif key != "containers":
                    yield from _templates(item)


def _is_pod_template(template: Plain) -> bool:
    spec = template.get("spec") if isinstance(template, dict) else None
    return isinstance(spec, dict) and spec.get("containers") not in (None, [])


def _check_labels(labels: _CostLabels, resource: Resource) -> Iterator[Outcome]:
    if resource.type.startswith(_EXEMPT_TYPES):
        return
    for owner in objects(resource, *_LABELLED_KINDS):
        yield from labels.judge(owner, "it")
    if not is_patch(resource):
        whole = ObjectPart("", resource.props)
        is_complete = labels.are_complete(whole)
        allocated_by_namespace = is_complete and _has_own_namespace(whole)
        handed_down = is_complete and resource.type.startswith(_HANDED_DOWN)
        for part, given in _parts_of_spark(resource):
            if not (allocated_by_namespace and isinstance(given, dict) and labels.tags.keys().isdisjoint(given)):
                yield from labels.evaluate(given, part.path_to("labels"), f"its {part.path.rpartition('.')[2]}")
        for template, owner_name in _templates(whole):
            labelled = handed_down or (owner_name == POD_TEMPLATE and allocated_by_namespace)
            if not (labelled and labels.are_absent(template)):
                yield from labels.judge(template, owner_name)


def _parts_of_spark(resource: Resource) -> Iterator[tuple[ObjectPart, Plain]]:
    """Yields the driver and the executors of each job of Spark with their labels, which the operator does not take from
    the job itself: those of the part, of its template, and of the properties of Spark (kubeflow/spark-operator 38082f33
    api/v1beta2/sparkapplication_types.go, SparkPodSpec; Apache Spark, "Running Spark on Kubernetes",
    spark.kubernetes.executor.label.NAME, found as a string; read 2026-12-01)."""
    jobs = [item.child("spec") for item in objects(resource, "SparkApplication")]
    jobs += [item.child("spec").child("template") for item in objects(resource, "ScheduledSparkApplication")]
    for job in jobs:
        for name in ("driver", "executor"):
            part = job.child(name)
            given = part.get("labels")
            if part.data and given is not UNKNOWN:
                prefix = f"spark.kubernetes.{name}.label."
                properties = job.child("sparkConf").data.items()
                own = {key.removeprefix(prefix): value for key, value in properties if key.startswith(prefix)}
                template = part.child("template").child("metadata").child("labels").data
                given = {**own, **template, **(given if isinstance(given, dict) else {})}
            if part.data:
                yield part, given


def _has_own_namespace(owner: ObjectPart) -> bool:
    """Returns whether an object names a namespace other than Kubernetes' own, which carry no cost labels."""
    namespace = owner.child("metadata").get("namespace")
    return namespace is UNKNOWN or (isinstance(namespace, str) and not namespace.startswith(("default", "kube-")))


def kubernetes_tags(settings: TagSettings) -> Guardrail:
    """Returns the guardrail of cost labels."""
    labels = _CostLabels(
        {settings.labels.get(tag.key, tag.key): tag.key for tag in COST_TAGS}, value_problem(settings.cost_centres)
    )
    return tag_rule(
        4,
        Severity.HIGH,
        "Kubernetes workloads, their pods, claims and namespaces carry the cost tags as labels",
        "cluster costs are allocated by the labels of the pods and their namespaces",
        f"Set the labels {', '.join(labels.tags)} in metadata; in the pod template's metadata too, unless the object "
        "is in a namespace that carries them",
        predicate=lambda resource: _check_labels(labels, resource),
        types=KUBERNETES_TYPES,
    )
