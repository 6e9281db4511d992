"""What autoscalers scale, by the scale subresource of each kind and by their own switches."""

from typing import Any

from tests.unit.finops.plans import UNKNOWN_WORD, Row, plan, priced
from tests.unit.finops.test_work_nodes import GPU_POD, QUIET, gpu_pool, nodes
from tests.unit.finops.work_plans import deployment, of_kind, pod

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


def served(replicas: int | None) -> Row:
    return deployment("served", replicas, GPU_POD)


def test_a_horizontal_autoscaler_leaves_a_target_without_replicas_alone() -> None:
    """`replicas: 0` turns it off, unless its own minimum is 0 (kubernetes 1.34, pkg/controller/podautoscaler:
    ScalingDisabled)."""
    assert nodes(gpu_pool(), served(0), horizontal("Deployment", least=2), usage=QUIET)[:2] == (0, 0)
    assert nodes(gpu_pool(), served(None), horizontal("Deployment", least=2), usage=QUIET)[:2] == (2, 2)
    stated = QUIET + "\nsites: {uae: {workloads: {served: {replicas: 3}}}}"
    assert nodes(gpu_pool(), served(0), horizontal("Deployment", least=2), usage=stated)[:2] == (0, 0)
    assert nodes(gpu_pool(), served(0), horizontal("Deployment", least=0), usage=stated)[:2] == (0, 3)


def test_keda_starts_a_target_without_replicas() -> None:
    """KEDA itself scales from 0 to the minimum (KEDA 2.21, pkg/scaling/executor)."""
    assert nodes(gpu_pool(), served(0), keda("Deployment", least=2), usage=QUIET)[:2] == (2, 2)


def paused(**annotations: str) -> Row:
    kind, name, props = keda("Deployment", least=2)
    stated = {f"autoscaling.keda.sh/{key.replace('_', '-')}": value for key, value in annotations.items()}
    return kind, name, props | {"metadata": props["metadata"] | {"annotations": stated}}


def test_a_paused_scaled_object_keeps_its_replicas() -> None:
    """KEDA 2.21, Pausing autoscaling: `paused-replicas` sets the number, `paused` keeps the one that runs."""
    assert nodes(gpu_pool(), served(1), paused(paused_replicas="3"), usage=QUIET)[:2] == (3, 3)
    assert nodes(gpu_pool(), served(1), paused(paused_replicas="0", paused="true"), usage=QUIET)[:2] == (0, 0)
    assert nodes(gpu_pool(), served(1), paused(paused="true"), usage=QUIET)[:2] == (1, 1)
    assert nodes(gpu_pool(), served(1), paused(paused="false"), usage=QUIET)[:2] == (2, 2)


def http(target: str = "Deployment", **replicas: int) -> Row:
    spec = {"scaleTargetRef": {"kind": target, "name": "served", "service": "served"}, "replicas": replicas}
    return of_kind("http.keda.sh/v1alpha1:HTTPScaledObject", "scaling", spec)


def test_keda_http_add_on_scales_between_its_own_bounds() -> None:
    """It creates a ScaledObject with `replicas.min`, 0 by default, and `replicas.max`, 100 by default (HTTP Add-on
    v0.15.0, operator/controllers/http; 2026-11-27)."""
    assert nodes(gpu_pool(), served(None), http(min=3, max=9), usage=QUIET)[:2] == (3, 3)
    assert nodes(gpu_pool(), served(0), http(min=2), usage=QUIET)[:2] == (2, 2)
    assert nodes(gpu_pool(), served(1), http(), usage=QUIET)[:2] == (0, 0)
    stated = QUIET + "\nsites: {uae: {workloads: {served: {replicas: 4}}}}"
    assert nodes(gpu_pool(), served(None), http(min=1, max=3), usage=stated)[:2] == (1, 3)


def test_an_http_scaled_object_without_a_scaled_object_changes_nothing() -> None:
    """The annotation `skip-scaledobject-creation` (the same, app.go)."""
    kind, name, props = http(min=3)
    skipped = {"httpscaledobject.keda.sh/skip-scaledobject-creation": "true"}
    row = kind, name, props | {"metadata": props["metadata"] | {"annotations": skipped}}
    assert nodes(gpu_pool(), served(1), row, usage=QUIET)[:2] == (1, 1)


def test_an_http_scaled_object_of_unknown_size_is_a_warning() -> None:
    row = http(min=UNKNOWN_WORD)  # pyright: ignore[reportArgumentType] - as the engine writes it
    (text,) = (text for text in priced(plan(gpu_pool(), served(1), row)).warnings if "known only after" in text)
    assert "spec.replicas.min" in text
