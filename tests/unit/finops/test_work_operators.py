"""Pods that operators start: counted where their shape is in the object, otherwise a warning, never silence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi_kubernetes
import pytest

from falaj.finops.estimate import CHARGED
from falaj.finops.kubernetes_kinds import unjudged_kinds
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.pod_groups import form_of
from falaj.finops.work.requests import requests
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, plan, priced
from tests.unit.finops.work_plans import GPU, of_kind, pod

MODEL = {"resources": {"requests": {"cpu": "8", "memory": "64Gi", GPU: "4"}}}
POD = pod("8", "64Gi", 4)
LLM, JOB = "serving.kserve.io/v1alpha1:LLMInferenceService", "trainer.kubeflow.org/v1alpha1:TrainJob"
PROMETHEUS = "monitoring.coreos.com/v1:Prometheus"


def pods(kind: str, spec: Mapping[str, Any]) -> list[tuple[int, int, int]]:
    """Returns the pods of each group of an object, the millicores and the GPUs of each."""
    form = form_of(f"kubernetes:{kind}")
    assert form is not None
    found = [((group.count or 0) * group.replicas, requests(group.template["spec"])) for group in form.groups(spec)]
    return [(count, requested.get("cpu", 0), requested.get(GPU, 0)) for count, requested in found]


def warnings(*rows: Row) -> list[str]:
    return list(priced(plan(AWS_NETWORK, *rows)).warnings)


def multi_node(workers: int, *, head: int = 0, gpus: int = 0, **sizes: int) -> list[tuple[int, int, int]]:
    """Returns the pods of a predictor of several nodes, whose head and workers state that many GPUs."""

    def container(count: int) -> dict[str, Any]:
        return {"resources": {"requests": {"cpu": "8", **({GPU: count} if count else {})}}}

    parallel = {f"{key}ParallelSize": value for key, value in sizes.items()}
    worker = {**parallel, "containers": [container(gpus)]} if workers else parallel
    spec = {"predictor": {"model": container(head), "workerSpec": worker}}
    return pods("serving.kserve.io/v1beta1:InferenceService", spec)


def test_ray_decides_the_nodes_of_a_predictor_of_several_nodes() -> None:
    """kserve/kserve, pkg/controller/v1beta1/inferenceservice/components/predictor.go, computeRayNodeAndGPUs: nodes are
    the GPUs of both sizes divided by those of a worker; the head has what is left (read 2026-11-27)."""
    assert multi_node(1, gpus=1, pipeline=2, tensor=2) == [(1, 8000, 1), (3, 8000, 1)]
    assert multi_node(1, gpus=4, pipeline=3, tensor=4) == [(1, 8000, 4), (2, 8000, 4)]
    assert multi_node(1, gpus=4, pipeline=1, tensor=6) == [(1, 8000, 2), (1, 8000, 4)]
    assert multi_node(1, gpus=8, pipeline=2, tensor=4) == [(1, 8000, 8)]
    assert multi_node(1, head=8, gpus=4, pipeline=2, tensor=4) == [(1, 8000, 8)]
    assert multi_node(1, head=2, pipeline=1, tensor=4) == [(1, 8000, 2), (2, 8000, 1)]


def test_a_predictor_of_several_nodes_has_gpus_even_if_none_are_stated() -> None:
    """The same, case 4: a node for each GPU."""
    assert multi_node(0, pipeline=2, tensor=4) == [(1, 8000, 1), (7, 1000, 1)]


def test_pods_of_an_llm_inference_service() -> None:
    """v1alpha1, LLMInferenceServiceSpec: `replicas`, 1 by default, of decoding and of prefill; a group of nodes has the
    size of its pipeline, or of its data parallelism on each node (ParallelismSpec.GetSize; 2026-11-27)."""
    main = {"containers": [MODEL]}
    assert pods(LLM, {"replicas": 3, "template": main}) == [(3, 8000, 4)]
    assert pods(LLM, {"template": main, "prefill": {"replicas": 2, "template": main}}) == [(1, 8000, 4), (2, 8000, 4)]
    sized = {"replicas": 2, "template": main, "worker": main}
    assert pods(LLM, {**sized, "parallelism": {"pipeline": 3}}) == [(2, 8000, 4), (4, 8000, 4)]
    assert pods(LLM, {**sized, "parallelism": {"data": 16, "dataLocal": 4}}) == [(2, 8000, 4), (6, 8000, 4)]
    scheduler = {"router": {"scheduler": {"template": {"containers": [{"resources": {"requests": {"cpu": "1"}}}]}}}}
    assert pods(LLM, {"template": main, **scheduler}) == [(1, 8000, 4), (1, 1000, 0)]


def test_an_llm_inference_service_without_pods_of_its_own_is_named() -> None:
    (text,) = warnings(of_kind(LLM, "chat", {"model": {"uri": "hf://a/b"}, "replicas": 3}))
    assert "LLMInferenceService chat starts pods that are not in the estimate" in text
    assert "usage file" in text


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("kubeflow.org/v1:PyTorchJob", {"pytorchReplicaSpecs": {
            "Master": {"template": pod("2")}, "Worker": {"replicas": 3, "template": POD},
        }}, [(1, 2000, 0), (3, 8000, 4)]),
        ("kubeflow.org/v2beta1:MPIJob", {"mpiReplicaSpecs": {
            "Launcher": {"replicas": 1, "template": pod("1")}, "Worker": {"replicas": 2, "template": POD},
        }}, [(1, 1000, 0), (2, 8000, 4)]),
        ("kubeflow.org/v1:Notebook", {"template": POD}, [(1, 8000, 4)]),
        # Prometheus Operator 0.85: `replicas` of each shard.
        (PROMETHEUS, {"replicas": 2, "shards": 3, "resources": {"requests": {"cpu": "14"}}}, [(6, 14000, 0)]),
        ("monitoring.coreos.com/v1:Alertmanager", {"replicas": 3, "resources": {"requests": {"cpu": "1"}}},
         [(3, 1000, 0)]),
    ],
)  # fmt: skip
def test_pods_of_operators(kind: str, spec: dict[str, Any], expected: list[tuple[int, int, int]]) -> None:
    assert pods(kind, spec) == expected


def spark(**spec: Any) -> list[tuple[int, int, int, int]]:
    form = form_of("kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication")
    assert form is not None
    found = [(group.count or 0, requests(group.template["spec"])) for group in form.groups(spec)]
    return [(count, each["cpu"], each["memory"] // 2**20, each.get(GPU, 0)) for count, each in found]


def test_pods_of_spark() -> None:
    """Spark 4.0, Running on Kubernetes: overhead of 10 %, 40 % outside the JVM, at least 384 MiB (2026-11-27)."""
    driver, executor = {"cores": 2, "memory": "2g"}, {"instances": 5, "coreRequest": "3500m", "memory": "10g"}
    assert spark(driver=driver, executor=executor) == [(1, 2000, 2048 + 384, 0), (5, 3500, 11264, 0)]
    with_gpu = executor | {"gpu": {"name": GPU, "quantity": 1}, "memoryOverhead": "1g"}
    assert spark(type="Python", driver=driver, executor=with_gpu) == [(1, 2000, 2867, 0), (5, 3500, 11264, 1)]
    assert spark(type="R", driver=driver)[0] == (1, 2000, 2867, 0)
    assert spark(type="Scala", driver=driver)[0] == (1, 2000, 2048 + 384, 0)
    dynamic = {"enabled": True, "initialExecutors": 4, "minExecutors": 2, "maxExecutors": 50}
    assert spark(driver=driver, executor={"memory": "512m"}, dynamicAllocation=dynamic)[1] == (4, 1000, 896, 0)


def runtime(kind: str = "ClusterTrainingRuntime", **template: Any) -> Row:
    ancestor = {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}
    container = {"name": "node", "resources": {"requests": {"cpu": "40", "memory": "100Gi", GPU: "4"}}}
    spec = {"containers": [container], "tolerations": [{"operator": "Exists"}]} | template
    node = {"template": {"metadata": {"labels": ancestor}, "spec": {"template": {"spec": spec}}}}
    jobs = {"replicatedJobs": [{"name": "node", **node}]}
    return of_kind(f"trainer.kubeflow.org/v1alpha1:{kind}", "torch", {
        "mlPolicy": {"numNodes": 2}, "template": {"spec": jobs},
    })  # fmt: skip


def train_job(kind: str = "", **trainer: Any) -> Row:
    reference = {"name": "torch"} | ({"kind": kind} if kind else {})
    return of_kind(JOB, "tuning", {"runtimeRef": reference, "trainer": trainer})


def machine_hours(*rows: Row) -> float:
    pool = ("aws:eks/nodeGroup:NodeGroup", "uae-pool", {
        "instanceTypes": ["g5.12xlarge"], "scalingConfig": {"minSize": 0, "maxSize": 20}, "tags": TAGS,
        "labels": {"falaj/pool": "train", "falaj/profile": "training"},
    })  # fmt: skip
    usage = "profiles: {training: {load: 0}}\nsites: {uae: {workloads: {tuning: {hours: 10}}}}"
    lines = priced(plan(AWS_NETWORK, pool, *rows), usage).lines
    return float(sum(line.charge.quantity.expected for line in lines if line.charge.machine))


def test_a_train_job_runs_the_pods_of_its_runtime() -> None:
    """Trainer v2.2.0, pkg/runtime: `numNodes` of the job, otherwise of the policy; `resourcesPerNode` instead of those
    of the container `node`; the runtime is one of the cluster by default."""
    small = {"requests": {"cpu": "10", "memory": "20Gi", GPU: "1"}}
    # A machine has four GPUs.
    assert machine_hours(runtime(), train_job()) == pytest.approx(2 * 10)
    assert machine_hours(runtime(), train_job(numNodes=4)) == pytest.approx(4 * 10)
    assert machine_hours(runtime(), train_job(numNodes=4, resourcesPerNode=small)) == pytest.approx(1 * 10)
    own = runtime("TrainingRuntime"), train_job("TrainingRuntime", numNodes=3)
    assert machine_hours(*own) == pytest.approx(3 * 10)


def test_a_train_job_without_its_runtime_has_what_it_states_and_is_named() -> None:
    large = {"requests": {GPU: "4"}}
    assert machine_hours(train_job(numNodes=4, resourcesPerNode=large)) == pytest.approx(4 * 10)
    (text,) = (text for text in warnings(train_job(numNodes=4)) if "runtime" in text)
    assert "no runtime torch of TrainJob tuning" in text
    assert not [text for text in warnings(runtime(), train_job()) if "runtime" in text]


@pytest.mark.parametrize(
    "kind",
    ["ray.io/v1:RayCronJob", "monitoring.coreos.com/v1:ThanosReceiver", "kubeflow.org/v1beta1:Experiment",
     "karpenter.sh/v1:NodeClaim", "apps/v1:DeploymentList"],
)  # fmt: skip
def test_unknown_kinds_of_known_apis_are_named(kind: str) -> None:
    (text,) = warnings(of_kind(kind, "new", {}))
    assert f"{kind.rpartition(':')[2]} new" in text
    assert "nobody has judged" in text


def test_kinds_of_kubernetes_are_free_priced_or_named() -> None:
    """Every kind of the APIs of the SDK: those that are named may start pods or store data."""
    sdk = Path(str(pulumi_kubernetes.__file__)).parent
    files = sorted(file for file in sdk.glob("*/*/*.py") if file.stem[0].isupper() and file.parent.name[0] == "v")
    suffix = {"rbac": "rbac.authorization.k8s.io", "flowcontrol": "flowcontrol.apiserver.k8s.io"}
    plain = ("core", "apps", "batch", "policy", "autoscaling", "helm", "yaml", "kustomize", "auditregistration")
    groups = {name: name for name in plain} | suffix | {"helm": "helm.sh"}
    kinds = {
        (groups.get(file.parent.parent.name, f"{file.parent.parent.name}.k8s.io"), file.parent.name, file.stem)
        for file in files
    }
    rows = [(f"kubernetes:{group}/{version}:{kind}", kind, {"spec": {}}) for group, version, kind in sorted(kinds)]
    assert len(rows) > 200
    estimate = priced(plan(*rows))
    context = PricingContext(estimate.plan, estimate.usage, estimate.prices, estimate.rates)
    named = {text.split(": ")[1].split()[0] for text in unjudged_kinds(context, CHARGED)}
    with_items = {name.removesuffix("List") for name in named if name.endswith("List")}
    assert named == {f"{name}List" for name in with_items}
    assert with_items == {
        *("CronJob", "DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet"),
        *("Ingress", "PersistentVolumeClaim", "Service"),
    }


def test_tasks_of_volcano_are_counted() -> None:
    tasks = [{"replicas": 3, "template": POD}, {"template": POD}]
    assert pods("batch.volcano.sh/v1alpha1:Job", {"tasks": tasks}) == [(3, 8000, 4), (1, 8000, 4)]
    assert pods("batch.volcano.sh/v1alpha1:Job", {}) == []


@pytest.mark.parametrize(
    ("annotations", "count"),
    [({"max-scale": "5"}, [5]), ({"maxScale": "2", "min-scale": "1"}, [2]), ({"max-scale": "0"}, []), ({}, [])],
)
def test_services_of_knative_have_as_many_pods_as_their_bound(annotations: dict[str, str], count: list[int]) -> None:
    metadata = {"annotations": {f"autoscaling.knative.dev/{key}": value for key, value in annotations.items()}}
    found = pods("serving.knative.dev/v1:Service", {"template": {**POD, "metadata": metadata}})
    assert [number for number, _, _ in found] == count
