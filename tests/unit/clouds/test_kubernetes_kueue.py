"""Jobs that Kueue manages in the emulated Kubernetes: which ones can never start, and which labels are fixed."""

import json
from typing import Any

import pytest

from falaj.sandbox.clouds.kubernetes.kueue import JOB, JOB_SET, KUEUE
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import NAMESPACE, RELEASE, Open, kubeconfig, meta, refusal, release

CONFIGURATION = {
    "manageJobsWithoutQueueName": True,
    "managedJobsNamespaceSelector": {"matchExpressions": [{"key": "queued", "operator": "Exists"}]},
    "integrations": {"frameworks": ["batch/job", "jobset.x-k8s.io/jobset"]},
    "resources": {"excludeResourcePrefixes": ["ephemeral-storage"]},
}
TAINT = {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"}
TOLERATION = {"key": "falaj/profile", "operator": "Equal", "value": "training", "effect": "NoSchedule"}
TRAINING = {"nodeSelector": {"falaj/profile": "training"}, "tolerations": [TOLERATION]}
NEVER = 'Job "run" is suspended: QuotaReserved False: '


def cluster(open_cloud: Open, local_queue: str | None = "default", **configuration: Json) -> Driver:
    """A cluster with Kueue, a managed namespace `queued` and another one, and a queue of 4 GPUs that may borrow 2."""
    cloud = open_cloud("kubernetes", kubeconfig=kubeconfig(charts=("jobset",)))
    text = json.dumps({**CONFIGURATION, **configuration})
    values = {"managerConfig": {"controllerManagerConfigYaml": text}}
    cloud.create(RELEASE, "kueue", **release(values=values))
    cloud.create(NAMESPACE, "queued", metadata=meta("queued", labels={"queued": "true"}))
    cloud.create(NAMESPACE, "free", metadata=meta("free"))
    flavor = {"nodeLabels": {"falaj/profile": "training"}, "nodeTaints": [TAINT]}
    custom(cloud, "ResourceFlavor", meta("spot"), flavor)
    for name, gpus in (("cards", 4), ("loans", 1)):
        resources = [
            {"name": "cpu", "nominalQuota": "64"},
            {"name": "nvidia.com/gpu", "nominalQuota": gpus, "borrowingLimit": "2"},
        ]
        group = {"coveredResources": ["cpu", "nvidia.com/gpu"], "flavors": [{"name": "spot", "resources": resources}]}
        spec = {
            "cohortName": "all",
            "namespaceSelector": {"matchLabels": {"queued": "true"}},
            "resourceGroups": [group],
        }
        custom(cloud, "ClusterQueue", meta(name), spec)
    if local_queue:
        custom(cloud, "LocalQueue", meta(local_queue, namespace="queued"), {"clusterQueue": "cards"})
    return cloud


def custom(cloud: Driver, kind: str, metadata: dict[str, Json], spec: dict[str, Json]) -> None:
    version = "kueue.x-k8s.io/v1beta2"
    cloud.create(f"{KUEUE}{kind}", str(metadata["name"]), apiVersion=version, kind=kind, metadata=metadata, spec=spec)


def pod(gpus: int = 0, **spec: Json) -> dict[str, Json]:
    requests: dict[str, Json] = {"cpu": "4", **({"nvidia.com/gpu": str(gpus)} if gpus else {})}
    container: dict[str, Json] = {"name": "main", "image": "img", "resources": {"requests": requests}}
    return {"restartPolicy": "Never", "containers": [container], **TRAINING, **spec}


def job(namespace: str = "queued", queue: str | None = None, gpus: int = 0, **spec: Json) -> dict[str, Any]:
    labels: dict[str, Json] = {"kueue.x-k8s.io/queue-name": queue} if queue else {}
    metadata = meta("run", namespace=namespace, labels=labels)
    return {"metadata": metadata, "spec": {"template": {"spec": pod(gpus, **spec)}}}


def job_set(nodes: int) -> dict[str, Any]:
    jobs = [{"name": "workers", "template": {"spec": {"parallelism": nodes, "template": {"spec": pod(2)}}}}]
    return {
        "apiVersion": "jobset.x-k8s.io/v1alpha2",
        "kind": "JobSet",
        "metadata": meta("run", namespace="queued"),
        "spec": {"replicatedJobs": jobs},
    }


@pytest.mark.parametrize(
    "inputs", [job(), job(queue="default"), job(gpus=4), job(gpus=5), job(namespace="free"), job("free", "none")]
)
def test_a_job_with_a_queue_and_a_flavor_starts_and_others_are_not_managed(
    open_cloud: Open, inputs: dict[str, Any]
) -> None:
    assert cluster(open_cloud).create(JOB, "run", **inputs).id.endswith("/run")


@pytest.mark.parametrize("manages", [True, False])
def test_a_job_without_a_queue_is_suspended_for_ever_where_all_are_managed(open_cloud: Open, manages: bool) -> None:
    cloud = cluster(open_cloud, None, manageJobsWithoutQueueName=manages)
    if manages:
        assert NEVER + "LocalQueue  doesn't exist" in refusal(cloud, JOB, **job())
    else:
        assert cloud.create(JOB, "run", **job()).id == "queued/run"


def test_a_kind_without_integration_is_not_managed(open_cloud: Open) -> None:
    cloud = cluster(open_cloud, None, integrations={"frameworks": ["jobset.x-k8s.io/jobset"]})
    assert cloud.create(JOB, "run", **job()).id == "queued/run"


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (job(queue="other"), "LocalQueue other doesn't exist"),
        (
            job(tolerations=[]),
            "couldn't assign flavors to pod set main: untolerated taint {falaj/profile training NoSchedule <nil>} in "
            "flavor spot",
        ),
        (
            job(nodeSelector={"falaj/profile": "inference-cpu"}),
            "couldn't assign flavors to pod set main: flavor spot doesn't match node affinity",
        ),
        (
            job(gpus=6),
            "couldn't assign flavors to pod set main: insufficient quota for nvidia.com/gpu in flavor spot, previously "
            "considered podsets requests (0) + current podset request (6) > maximum capacity (5)",
        ),
        (
            job(containers=[{"name": "a", "image": "i", "resources": {"requests": {"memory": "1Gi"}}}]),
            "couldn't assign flavors to pod set main: resource memory unavailable in ClusterQueue",
        ),
    ],
)
def test_a_job_that_no_flavor_takes_is_suspended_for_ever(
    open_cloud: Open, inputs: dict[str, Any], reason: str
) -> None:
    assert NEVER + reason in refusal(cluster(open_cloud), JOB, **inputs)


def test_all_pods_of_a_jobset_count(open_cloud: Open) -> None:
    cloud = cluster(open_cloud)
    assert "current podset request (6)" in refusal(cloud, JOB_SET, **job_set(3))
    assert cloud.create(JOB_SET, "run", **job_set(2)).id == "queued/run"


@pytest.mark.parametrize(
    ("operator", "values", "matches"),
    [
        ("In", ["training", "batch"], True),
        ("Exists", [], True),
        ("NotIn", ["training"], False),
        ("DoesNotExist", [], False),
    ],
)
def test_node_affinity_counts_like_a_node_selector(
    open_cloud: Open, operator: str, values: list[Json], matches: bool
) -> None:
    term = {"matchExpressions": [{"key": "falaj/profile", "operator": operator, "values": values}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    inputs, cloud = job(affinity={"nodeAffinity": required}), cluster(open_cloud)
    if matches:
        assert cloud.create(JOB, "run", **inputs)
    else:
        assert "flavor spot doesn't match node affinity" in refusal(cloud, JOB, **inputs)


def test_the_queue_of_a_running_job_cannot_change(open_cloud: Open) -> None:
    cloud = cluster(open_cloud)
    created = cloud.create(JOB, "run", **job())
    with pytest.raises(Exception, match=r"vjob.*metadata.labels\[kueue.x-k8s.io/queue-name\].*field is immutable"):
        cloud.update(created, **job(queue="default"))
    suspended = job(queue="default")
    suspended["spec"]["suspend"] = True
    cloud.update(created, **suspended)


@pytest.mark.parametrize(
    ("placed", "refused"),
    [
        ({"nodeSelector": {"falaj/profile": "training", "kubernetes.io/arch": "amd64"}}, False),
        ({"nodeSelector": {"kubernetes.io/arch": "amd64"}}, True),
        ({"nodeSelector": {}}, False),
    ],
)
@pytest.mark.parametrize("suspended", [False, True])
def test_kueue_owns_the_node_selector_of_an_admitted_job(
    placed: dict[str, Any], refused: bool, suspended: bool, open_cloud: Open
) -> None:
    cloud = cluster(open_cloud)
    inputs = job(**placed)
    created = cloud.create(JOB, "run", **inputs)
    changed = {**inputs, "metadata": {**inputs["metadata"], "labels": {"owner": "another-team"}}}
    changed["spec"] = {**inputs["spec"], **({"suspend": True} if suspended else {})}
    if refused and not suspended:
        with pytest.raises(Exception, match=r'conflict with "kueue": \.spec\.template\.spec\.nodeSelector'):
            cloud.update(created, **changed)
    else:
        cloud.update(created, **changed)
