"""What autoscalers scale, by the scale subresource of each kind and by their own switches."""

from typing import Any

from tests.unit.finops.plans import Row
from tests.unit.finops.test_work_nodes import GPU_POD, QUIET, gpu_pool, nodes
from tests.unit.finops.work_plans import of_kind, pod

GROUP_OF_FOUR = {"size": 4, "workerTemplate": GPU_POD}


def scaler(kind: str, target: str, name: str = "served", **spec: Any) -> Row:
    least, most = ("minReplicas", "maxReplicas") if "autoscaling" in kind else ("minReplicaCount", "maxReplicaCount")
    bounds = {least: spec.pop("least", 1), most: spec.pop("most", 4)}
    return of_kind(kind, "scaling", {"scaleTargetRef": {"kind": target, "name": name}, **bounds, **spec})


def horizontal(target: str, **spec: Any) -> Row:
    return scaler("autoscaling/v2:HorizontalPodAutoscaler", target, **spec)


def keda(target: str, **spec: Any) -> Row:
    return scaler("keda.sh/v1alpha1:ScaledObject", target, **spec)


def groups(replicas: int = 1, **leader: Any) -> Row:
    spec = {"replicas": replicas, "leaderWorkerTemplate": GROUP_OF_FOUR | leader}
    return of_kind("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "served", spec)


def test_an_autoscaler_of_a_leader_worker_set_scales_its_groups() -> None:
    """Two groups of four pods are eight machines: LWS v0.9.0, subresource scale, specpath=.spec.replicas."""
    for scaling in (horizontal("LeaderWorkerSet", least=2), keda("LeaderWorkerSet", least=2)):
        assert nodes(gpu_pool(most=16), groups(), scaling, usage=QUIET)[:2] == (8, 8)
        small_leader = groups(leaderTemplate=pod("1"))
        assert nodes(gpu_pool(most=16), small_leader, scaling, usage=QUIET)[:2] == (6, 6)


def test_the_usage_file_states_groups_of_a_leader_worker_set() -> None:
    usage = QUIET + "\nsites: {uae: {workloads: {served: {replicas: 3}}}}"
    assert nodes(gpu_pool(most=16), groups(), horizontal("LeaderWorkerSet"), usage=usage)[:2] == (4, 12)
