"""Replicas of served models on several machines, with the real controller of LeaderWorkerSets and scheduler."""

from collections.abc import Iterator
from typing import Any

import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import ApiError, wait_for
from tests.lab.objects import LabNamespace, Object, namespace_manifest, platform_pool
from tests.lab.test_queue_admission import TRAINING, policies, queued
from tests.lab.test_training_run import integers
from tests.unit.components.serving_samples import GROUPED, service

__all__ = ["policies", "queued"]

SET = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"
PLANNED = (
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "kubernetes:core/v1:Service",
    "kubernetes:policy/v1:PodDisruptionBudget",
    SET,
)
ZONE = "topology.kubernetes.io/zone"
LWS = "leaderworkerset.sigs.k8s.io"
SECONDS = 120


@pytest.fixture
def space(namespace: LabNamespace) -> Iterator[LabNamespace]:
    """The namespace of a tenant with a queue, and nodes for models on GPUs."""
    namespace.apply(
        namespace_manifest(namespace.name, queued=True),
        {
            "apiVersion": "scheduling.k8s.io/v1",
            "kind": "PriorityClass",
            "metadata": {"name": namespace.name},
            "value": 1000,
        },
        platform_pool(namespace.name, Profile.INFERENCE_GPU, Capacity.ON_DEMAND, ["g6e.4xlarge"], 1),
    )
    yield namespace
    for name in ("Service", "LeaderWorkerSet"):
        namespace.made.sort(key=lambda manifest, name=name: manifest["kind"] == name)


def manifests(space: LabNamespace, **changed: Any) -> list[Object]:
    """Returns the planned objects of a model whose replicas have two machines."""
    serving = {**GROUPED, "priority_class": space.name, "pool": space.name, "gpu": {"count": 1}, **changed}
    made = service(serving, namespace=space.name, host=None, gateway=None, pools=None)
    return [integers(made.one(kind).inputs) for kind in PLANNED]


def deploy(space: LabNamespace, pods: int, **changed: Any) -> dict[str, Object]:
    """Applies the objects; returns the running pods by name."""
    space.apply(*manifests(space, **changed))
    return running(space, pods)


def running(space: LabNamespace, pods: int) -> dict[str, Object]:
    return {pod["metadata"]["name"]: pod for pod in space.wait_running(pods, SECONDS)}


def environment(pod: Object) -> dict[str, Any]:
    return {item["name"]: item.get("value") for item in pod["spec"]["containers"][0]["env"]}


def test_a_replica_is_a_leader_with_a_worker_in_its_zone(space: LabNamespace) -> None:
    pods = deploy(space, 4, min=2, max=2, load=None)
    assert pods.keys() == {"sentiment-0", "sentiment-0-1", "sentiment-1", "sentiment-1-1"}
    nodes = {node["metadata"]["name"]: node["metadata"]["labels"] for node in space.nodes(space.name)}
    zones = {name: nodes[pod["spec"]["nodeName"]][ZONE] for name, pod in pods.items()}
    for replica in ("sentiment-0", "sentiment-1"):
        assert zones[replica] == zones[f"{replica}-1"]
        for index, name in enumerate((replica, f"{replica}-1")):
            variables = environment(pods[name])
            assert variables["LWS_LEADER_ADDRESS"] == f"{replica}.{replica}.{space.name}"
            assert (variables["LWS_WORKER_INDEX"], variables["LWS_GROUP_SIZE"]) == (str(index), "2")
    assert len({pod["spec"]["nodeName"] for pod in pods.values()}) == 4
    [term] = pods["sentiment-1-1"]["spec"]["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    [of_group] = [rule for rule in term["labelSelector"]["matchExpressions"] if rule["key"] == f"{LWS}/group-key"]
    assert of_group["values"] == [pods["sentiment-1"]["metadata"]["labels"][f"{LWS}/group-key"]]


def test_requests_reach_leaders_only_and_each_leader_has_a_name(space: LabNamespace) -> None:
    pods = deploy(space, 2)
    services = {item["metadata"]["name"]: item["spec"] for item in space.api.list("v1", "Service", space.name)}
    assert services.keys() == {"sentiment", "sentiment-0"}
    assert services["sentiment-0"]["clusterIP"] == "None"
    assert services["sentiment-0"]["publishNotReadyAddresses"] is True
    assert pods["sentiment-0"]["spec"]["subdomain"] == pods["sentiment-0-1"]["spec"]["subdomain"] == "sentiment-0"

    def reached() -> set[str]:
        label = "kubernetes.io/service-name=sentiment"
        slices = space.api.list("discovery.k8s.io/v1", "EndpointSlice", space.name, label)
        return {end["targetRef"]["name"] for item in slices for end in item.get("endpoints") or ()}

    wait_for(lambda: reached() == {"sentiment-0"}, 30, "the leader to be the only endpoint")


def test_replicas_follow_the_subresource_that_keda_scales(space: LabNamespace) -> None:
    deploy(space, 2)
    target = manifests(space)[-1]
    space.api.merge(target, {"spec": {"replicas": 2}}, "/scale")
    assert running(space, 4).keys() == {"sentiment-0", "sentiment-0-1", "sentiment-1", "sentiment-1-1"}
    scale = space.api.request("GET", space.api.path(target) + "/scale")
    assert f"{LWS}/worker-index=0" in scale["status"]["selector"]


def test_a_lost_worker_starts_its_whole_replica_again_and_no_other(space: LabNamespace) -> None:
    before = deploy(space, 4, min=2, max=2, load=None)
    # As an eviction deletes it. Without any grace it is gone before LeaderWorkerSet has seen that it is being deleted.
    space.api.delete(before["sentiment-0-1"], grace=1)

    def again() -> bool:
        now = {pod["metadata"]["name"]: pod["metadata"]["uid"] for pod in space.running()}
        changed = {name for name, uid in now.items() if uid != before[name]["metadata"]["uid"]}
        return len(now) == 4 and changed == {"sentiment-0", "sentiment-0-1"}

    wait_for(again, SECONDS, "a new leader and a new worker")


def test_a_new_image_replaces_one_replica_after_the_other(space: LabNamespace) -> None:
    fixed, image = {"min": 2, "max": 2, "load": None}, "registry.example/vllm/vllm-openai:v0.13.0"
    before = {name: pod["metadata"]["uid"] for name, pod in deploy(space, 4, **fixed).items()}
    space.apply(manifests(space, **fixed, image=image)[-1])
    fewest = 4

    def replaced() -> bool:
        nonlocal fewest
        now = space.running()
        fewest = min(fewest, len(now))
        images = {pod["spec"]["containers"][0]["image"] for pod in now}
        return len(now) == 4 and images == {image} and not {pod["metadata"]["uid"] for pod in now} & {*before.values()}

    wait_for(replaced, SECONDS, "new pods in both replicas")
    assert fewest >= 2


def test_one_pod_at_a_time_is_evicted_and_workers_count(space: LabNamespace) -> None:
    deploy(space, 4, min=2, max=2, load=None)
    budget = manifests(space)[-2]
    expected = {"expectedPods": 4, "currentHealthy": 4, "desiredHealthy": 3, "disruptionsAllowed": 1}
    wait_for(lambda: expected.items() <= (space.api.get(budget) or {}).get("status", {}).items(), 30, "the budget")


def test_kueue_does_not_queue_served_models(space: LabNamespace) -> None:
    deploy(space, 2)
    assert space.api.list("kueue.x-k8s.io/v1beta2", "Workload", space.name) == []


def test_the_set_is_available_for_pulumi_to_wait_for(space: LabNamespace) -> None:
    deploy(space, 2)
    target = manifests(space)[-1]

    def available() -> bool:
        conditions = (space.api.get(target) or {}).get("status", {}).get("conditions", ())
        return any(one["type"] == "Available" and one["status"] == "True" for one in conditions)

    wait_for(available, 60, "the condition Available")


@pytest.mark.usefixtures("queued")
def test_a_set_gets_no_pod_past_the_queue(space: LabNamespace) -> None:
    *others, planned = manifests(space)
    for template in ("leaderTemplate", "workerTemplate"):
        planned["spec"]["leaderWorkerTemplate"][template]["spec"]["tolerations"] = [TRAINING]
    space.apply(*others, planned)
    events = wait_for(
        lambda: [one for one in space.api.list("v1", "Event", space.name) if one.get("reason") == "FailedCreate"],
        60,
        "the refusal of the pods",
    )
    assert any("must belong to a Job, JobSet, TrainJob or RayJob" in event["message"] for event in events)
    assert not space.pods()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"leaderWorkerTemplate": {"restartPolicy": "Sometimes"}}, "restartPolicy"),
        ({"startupPolicy": "WorkersFirst"}, "startupPolicy"),
        ({"leaderWorkerTemplate": {"size": 0}}, "size must be equal or greater than 1"),
        ({"rolloutStrategy": {"rollingUpdateConfiguration": {"maxUnavailable": 0, "maxSurge": 0}}}, "must not be 0"),
    ],
)
def test_an_invalid_set_is_refused(space: LabNamespace, change: Object, message: str) -> None:
    planned = manifests(space)[-1]
    for key, value in change.items():
        if isinstance(value, str):
            planned["spec"][key] = value
            continue
        for inner, given in value.items():
            target = planned["spec"][key]
            target[inner] = {**target[inner], **given} if isinstance(given, dict) else given
    with pytest.raises(ApiError, match=message):
        space.api.create(planned)
