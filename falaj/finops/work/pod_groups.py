"""Equal pods that the objects of a plan create: kind of an object -> its pod templates and their numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_path, get_str
from falaj.finops.work import kserve_pods, training_pods
from falaj.finops.work.operator_pods import OPERATOR_FORMS
from falaj.finops.work.pod_group import PodForm, PodGroup, get_count
from falaj.finops.work.training_pods import job


def form_of(kind: str) -> PodForm | None:
    """Returns how objects of a type token create pods, in any version of its API; None if they create none."""
    package, _, rest = kind.partition(":")
    if package != "kubernetes":
        return None
    version, _, name = rest.rpartition(":")
    return _FORMS.get((version.rpartition("/")[0], name))


def _replicas(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(get_dict(spec, "template"), 1, get_count(spec, "replicas"))


def _on_each_node(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup(get_dict(spec, "template"), None)


def _scheduled(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield from job(get_dict(spec, "jobTemplate", "spec"))


def _leader_worker_set(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Each replica has a leader and `size` - 1 workers; the leader is a worker unless it has a template. Autoscalers
    scale replicas (LWS 0.9.0, subresource scale; 2026-11-27)."""
    groups, template = get_count(spec, "replicas"), get_dict(spec, "leaderWorkerTemplate")
    worker = get_dict(template, "workerTemplate")
    yield PodGroup(get_dict(template, "leaderTemplate") or worker, 1, groups)
    yield PodGroup(worker, max(0, get_count(template, "size") - 1), groups)


def _ray_cluster(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The head, and the workers of each group within its bounds (KubeRay, ray-operator/controllers/ray/utils/util.go,
    GetWorkerGroupDesiredReplicas; 2026-11-27)."""
    yield PodGroup(get_dict(spec, "headGroupSpec", "template"), 1)
    for group in get_list(spec, "workerGroupSpecs"):
        least = get_count(group, "minReplicas", default=0)
        replicas = max(least, get_count(group, "replicas", default=least))
        replicas = min(replicas, get_count(group, "maxReplicas", default=replicas))
        if get_path(group, "suspend") is True:
            replicas = 0
        yield PodGroup(get_dict(group, "template"), get_count(group, "numOfHosts") * replicas)


def _ray_job(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield from _ray_cluster(get_dict(spec, "rayClusterSpec"))


def _ray_service(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield from _ray_cluster(get_dict(spec, "rayClusterConfig"))


def _monitoring(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """`replicas` pods for each shard, whose main container has the `resources` of the object (Prometheus Operator
    v0.85.0, Prometheus, Alertmanager and ThanosRuler)."""
    containers = [{"resources": get_dict(spec, "resources")}, *get_list(spec, "containers")]
    labels = get_dict(spec, "podMetadata", "labels")
    template = {"metadata": {"labels": labels}, "spec": {**spec, "containers": containers}}
    yield PodGroup(template, get_count(spec, "shards"), get_count(spec, "replicas"))


def _notebook(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """One pod (Kubeflow Notebooks, notebook-controller, which creates a StatefulSet of one replica)."""
    yield PodGroup(get_dict(spec, "template"), 1)


def _pod(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    yield PodGroup({"spec": spec}, 1)


def _collector(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """Pods by `mode`: a number of them, at most as many as its own autoscaler starts, one on each node, or none of its
    own (open-telemetry/opentelemetry-operator, apis/v1beta1/common.go, read 2026-11-28)."""
    mode = get_str(spec, "mode", default="deployment")
    containers = [{"resources": get_dict(spec, "resources")}, *get_list(spec, "additionalContainers")]
    template = {"spec": {**spec, "containers": containers}}
    if mode == "daemonset":
        yield PodGroup(template, None)
    elif mode != "sidecar":
        yield PodGroup(template, 1, max(get_count(spec, "replicas"), get_count(spec, "autoscaler", "maxReplicas")))


def _tasks(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """The pods of each task of a job (volcano-sh/apis 536f121, batch/v1alpha1 TaskSpec, read 2026-11-28)."""
    for task in get_list(spec, "tasks"):
        yield PodGroup(get_dict(task, "template"), get_count(task, "replicas"))


def _scaled_by_requests(spec: Mapping[str, Any]) -> Iterable[PodGroup]:
    """As many pods as a service of Knative has at most; none is counted for one without a bound (knative/serving
    98e5ef90, pkg/apis/autoscaling/register.go and config-autoscaler, read 2026-11-28: 0 is no bound)."""
    template = get_dict(spec, "template")
    annotations = get_dict(template, "metadata", "annotations")
    most = max(get_count(annotations, f"autoscaling.knative.dev/{key}", default=0) for key in ("max-scale", "maxScale"))
    if most > 0:
        yield PodGroup(template, 1, most)


_REPLICA_SPECS = PodForm(training_pods.replica_specs, ends=True)

_FORMS: Mapping[tuple[str, str], PodForm] = {
    ("apps", "Deployment"): PodForm(_replicas),
    ("apps", "ReplicaSet"): PodForm(_replicas),
    ("apps", "StatefulSet"): PodForm(_replicas),
    ("apps", "DaemonSet"): PodForm(_on_each_node),
    ("argoproj.io", "Rollout"): PodForm(_replicas),
    ("core", "ReplicationController"): PodForm(_replicas),
    ("core", "Pod"): PodForm(_pod),
    ("leaderworkerset.x-k8s.io", "LeaderWorkerSet"): PodForm(_leader_worker_set),
    ("ray.io", "RayCluster"): PodForm(_ray_cluster),
    ("ray.io", "RayService"): PodForm(_ray_service),
    ("ray.io", "RayJob"): PodForm(_ray_job, ends=True),
    ("batch", "Job"): PodForm(job, ends=True),
    ("batch.volcano.sh", "Job"): PodForm(_tasks, ends=True),
    ("serving.knative.dev", "Service"): PodForm(_scaled_by_requests),
    ("batch", "CronJob"): PodForm(_scheduled, ends=True),
    ("jobset.x-k8s.io", "JobSet"): PodForm(training_pods.job_set, ends=True),
    ("trainer.kubeflow.org", "TrainingRuntime"): PodForm(training_pods.training_runtime, ends=True),
    ("trainer.kubeflow.org", "ClusterTrainingRuntime"): PodForm(training_pods.training_runtime, ends=True),
    **{("kubeflow.org", f"{name}Job"): _REPLICA_SPECS for name in ("PyTorch", "TF", "MPI", "XGBoost", "Paddle", "JAX")},
    ("trainer.kubeflow.org", "TrainJob"): PodForm(training_pods.training_runtime, ends=True),
    ("kubeflow.org", "Notebook"): PodForm(_notebook),
    ("sparkoperator.k8s.io", "SparkApplication"): PodForm(training_pods.spark_application, ends=True),
    ("sparkoperator.k8s.io", "ScheduledSparkApplication"): PodForm(
        training_pods.scheduled_spark_application, ends=True
    ),
    **{
        ("monitoring.coreos.com", kind): PodForm(_monitoring)
        for kind in ("Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler")
    },
    ("opentelemetry.io", "OpenTelemetryCollector"): PodForm(_collector),
    ("serving.kserve.io", "InferenceService"): PodForm(kserve_pods.inference_service),
    ("serving.kserve.io", "LLMInferenceService"): PodForm(kserve_pods.llm_inference_service),
    **OPERATOR_FORMS,
}
"""(API group, kind) -> form."""


def name_of(props: Mapping[str, Any], default: str) -> str:
    """Returns the name of an object."""
    return get_str(props, "metadata", "name", default=default)


def namespace_of(props: Mapping[str, Any]) -> str:
    """Returns the namespace of an object."""
    return get_str(props, "metadata", "namespace", default="default")
