"""The work of a plan decides how many nodes its pools have: a hand bill of each case stands beside it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.figures import differences, figures
from falaj.finops.lines import Line, Range
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import GPU, deployment, of_kind, pod, scaled_object

H100 = Decimal("9.98")
"""USD per hour of a Standard_NC40ads_H100_v5 on demand: the price row of the catalogue."""
GPU_POD = pod("16", "96Gi", 1)


def gpu_pool(most: int = 6) -> Row:
    return pool_with({}, most)


def pool_with(props: Mapping[str, Any], most: int = 6) -> Row:
    return agent_pool("gpu", "Standard_NC40ads_H100_v5", 0, most, **props)


def nodes(*rows: Row, usage: str = "") -> tuple[float, float, float]:
    """Returns the fewest, the expected and the most nodes of the only pool."""
    found = machines(*rows, usage=usage)
    spans = sum((line.charge.quantity for line in found), Range(Decimal(0), Decimal(0), Decimal(0)))
    return tuple(round(float(hours / 730), 4) for hours in (spans.min, spans.expected, spans.max))  # type: ignore[return-value]


def machines(*rows: Row, usage: str = "") -> list[Line]:
    return [line for line in priced(plan(AWS_NETWORK, *rows), usage).lines if line.charge.service == "machine"]


def test_deployments_and_scaled_objects_keep_their_fewest_pods_running() -> None:
    """Two pods of a scaled model and one of a fixed one, with a GPU each: three machines of one GPU, not 0.25 x 6."""
    work = (deployment("assistant", 2, GPU_POD), scaled_object("assistant", 2, 4), deployment("intents", 1, GPU_POD))
    assert nodes(gpu_pool(), *work) == (3, 3, 6)
    (line,) = machines(gpu_pool(), *work)
    assert line.usd == Range(3 * 730 * H100, 3 * 730 * H100, 6 * 730 * H100)
    assert (
        "3 nodes hold what always runs there: assistant (2), intents (1); the pool's minimum is 0" in line.charge.note
    )


def test_more_replicas_in_a_change_are_more_money() -> None:
    """Two more pods of one H100 each: 2 x 730 h x USD 9.98 = 14,570.80 a month."""
    before, after = (
        figures(priced(plan(gpu_pool(), deployment("assistant", 2, GPU_POD), scaled_object("assistant", least, 4))))
        for least in (2, 4)
    )
    (change,) = differences(before, after)
    assert change.usd == Decimal("14570.80") == after.usd - before.usd


def test_an_autoscaler_decides_and_not_the_replicas_beside_it() -> None:
    work = deployment("assistant", 1, GPU_POD)
    assert nodes(gpu_pool(), work, scaled_object("assistant", 0, 4), usage=QUIET)[:2] == (0, 0)
    assert nodes(gpu_pool(), work, scaled_object("assistant", 3, 4, idleReplicaCount=0), usage=QUIET)[:2] == (0, 0)
    assert nodes(gpu_pool(), work, scaled_object("other", 0, 4), usage=QUIET)[:2] == (1, 1)
    spec = {"scaleTargetRef": {"kind": "Deployment", "name": "assistant"}, "maxReplicas": 4}
    horizontal = of_kind("autoscaling/v2:HorizontalPodAutoscaler", "hpa", spec | {"minReplicas": 3})
    assert nodes(gpu_pool(), work, horizontal, usage=QUIET)[:2] == (3, 3)
    default = of_kind("autoscaling/v2:HorizontalPodAutoscaler", "hpa", spec)
    assert nodes(gpu_pool(), work, default, usage=QUIET)[:2] == (1, 1)


QUIET = "profiles: {inference-gpu: {load: 0}, training: {load: 0}}"


def test_the_usage_file_comes_on_top_of_the_work() -> None:
    work = (deployment("assistant", 2, GPU_POD), scaled_object("assistant", 2, 4))
    assert nodes(gpu_pool(), *work)[1] == 2  # a load of 0.25 x 6 is less than what always runs
    assert nodes(gpu_pool(), *work, usage="profiles: {inference-gpu: {load: 0.5}}")[1] == 3
    hours = "sites: {uae: {pools: {gpu: {nodes: 4, hours: 73}}}}"
    assert nodes(gpu_pool(), *work, usage=hours)[1] == pytest.approx(2 + 2 * 0.1)
    replicas = "sites: {uae: {workloads: {assistant: {replicas: 3}}}}"
    assert nodes(gpu_pool(), *work, usage=replicas)[:2] == (2, 3)
    above = "sites: {uae: {workloads: {assistant: {replicas: 9}}}}"
    assert nodes(gpu_pool(), *work, usage=above)[1] == 4  # never above the autoscaler's maximum


@pytest.mark.parametrize(
    ("kind", "spec", "pods"),
    [
        ("apps/v1:Deployment", {"replicas": 3, "template": GPU_POD}, 3),
        ("apps/v1:Deployment", {"template": GPU_POD}, 1),
        ("apps/v1:StatefulSet", {"replicas": 2, "template": GPU_POD}, 2),
        ("core/v1:Pod", GPU_POD["spec"], 1),
        (
            "leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
            {"replicas": 2, "leaderWorkerTemplate": {"size": 2, "workerTemplate": GPU_POD}},
            4,
        ),
        (
            "leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
            {"leaderWorkerTemplate": {"size": 3, "leaderTemplate": pod("1"), "workerTemplate": GPU_POD}},
            2,
        ),
        (
            "ray.io/v1:RayCluster",
            {
                "headGroupSpec": {"template": pod("1")},
                "workerGroupSpecs": [{"replicas": 2, "template": GPU_POD}, {"minReplicas": 1, "template": GPU_POD}],
            },
            3,
        ),
    ],
)
def test_pods_of_every_kind_that_runs_all_month(kind: str, spec: dict[str, Any], pods: int) -> None:
    """A pod with a GPU takes a machine of one GPU; the small ones fit beside it."""
    assert nodes(gpu_pool(), of_kind(kind, "work", spec), usage=QUIET)[:2] == (pods, pods)


JOB = {"template": GPU_POD}
TRAINER = {"metadata": {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}}, "spec": JOB}
JOBS: list[tuple[str, dict[str, Any], int]] = [
    ("batch/v1:Job", JOB | {"parallelism": 3}, 3),
    ("batch/v1:Job", JOB | {"parallelism": 4, "completions": 2}, 2),
    ("batch/v1:CronJob", {"jobTemplate": {"spec": JOB}}, 1),
    (
        "jobset.x-k8s.io/v1alpha2:JobSet",
        {"replicatedJobs": [{"replicas": 2, "template": {"spec": JOB | {"parallelism": 2}}}]},
        4,
    ),
    ("ray.io/v1:RayJob", {"rayClusterSpec": {"workerGroupSpecs": [{"replicas": 2, "template": GPU_POD}]}}, 2),
    (
        "trainer.kubeflow.org/v1alpha1:TrainingRuntime",
        {"mlPolicy": {"numNodes": 3}, "template": {"spec": {"replicatedJobs": [{"template": TRAINER}]}}},
        3,
    ),
]


@pytest.mark.parametrize(("kind", "spec", "pods"), JOBS)
def test_jobs_cost_their_hours_and_keep_nothing_running(kind: str, spec: dict[str, Any], pods: int) -> None:
    job = of_kind(kind, "train", spec)
    assert nodes(gpu_pool(), job, usage=QUIET) == (0, 0, 6)
    hours = QUIET + "\nsites: {uae: {workloads: {train: {hours: 73}}}}"
    assert nodes(gpu_pool(), job, usage=hours) == (0, pytest.approx(0.1 * pods), 6)


def test_the_load_of_a_pool_includes_its_jobs() -> None:
    job = of_kind("batch/v1:Job", "train", JOB)
    usage = "sites: {uae: {workloads: {train: {hours: 73}}}}"
    assert nodes(gpu_pool(), job, usage=usage)[1] == 1.5  # 0.25 x 6, more than 0.1


def test_small_pods_share_a_machine_and_the_kubelet_keeps_its_part() -> None:
    """An AKS node of 40 vCPUs and 320 GiB leaves 39,500 millicores: two pods of 16 vCPUs, or three of 13."""
    assert nodes(gpu_pool(), deployment("small", 4, pod("16", "1Gi")), usage=QUIET)[1] == 2
    assert nodes(gpu_pool(), deployment("small", 3, pod("13", "1Gi")), usage=QUIET)[1] == 1
    assert nodes(gpu_pool(), deployment("small", 2, pod("20", "1Gi")), usage=QUIET)[1] == 2


def test_daemon_sets_take_their_part_of_each_node() -> None:
    agent = of_kind("apps/v1:DaemonSet", "agent", {"template": pod("600m", "1Gi")})
    three = deployment("small", 3, pod("13", "1Gi"))
    assert nodes(gpu_pool(), three, agent, usage=QUIET)[1] == 2
    elsewhere = of_kind(
        "apps/v1:DaemonSet", "agent", {"template": pod("600m", "1Gi", nodeSelector={"falaj/pool": "other"})}
    )
    assert nodes(gpu_pool(), three, elsewhere, usage=QUIET)[1] == 1


def test_pods_that_must_not_share_a_node_do_not() -> None:
    term = {"labelSelector": {"matchLabels": {"app": "small"}}, "topologyKey": "kubernetes.io/hostname"}
    apart = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}
    alike = pod("1", affinity=apart, labels={"app": "small"})
    assert nodes(gpu_pool(), deployment("small", 3, alike), usage=QUIET)[:2] == (3, 3)
    others = pod("1", affinity=apart, labels={"app": "other"})
    assert nodes(gpu_pool(), deployment("small", 3, others), usage=QUIET)[:2] == (1, 1)
    by_zone = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term | {"topologyKey": "zone"}]}}
    assert nodes(gpu_pool(), deployment("small", 3, pod("1", affinity=by_zone, labels={"app": "small"})), usage=QUIET)[
        :2
    ] == (1, 1)


def test_pods_above_the_limit_of_their_pool_stay_pending_and_are_named() -> None:
    result = priced(plan(gpu_pool(most=2), deployment("assistant", 5, GPU_POD)))
    (line,) = (line for line in result.lines if line.charge.service == "machine")
    assert [float(hours / 730) for hours in (line.charge.quantity.min, line.charge.quantity.max)] == [2, 2]
    assert "site uae: 3 pods of assistant find no room on the pools of the site" in " ".join(result.warnings)


@pytest.mark.parametrize(
    ("spec", "runs"),
    [
        ({}, True),
        ({"nodeSelector": {"falaj/pool": "gpu"}}, True),
        ({"nodeSelector": {"falaj/pool": "cpu"}}, False),
        ({"nodeSelector": {"kubernetes.io/arch": "arm64"}}, False),
        ({"nodeSelector": {"topology.kubernetes.io/zone": "uaenorth-1"}}, True),
        ({"affinity": [("falaj/profile", "In", ["inference-gpu", "training"])]}, True),
        ({"affinity": [("falaj/profile", "NotIn", ["inference-gpu"])]}, False),
        ({"affinity": [("falaj/capacity", "NotIn", ["spot"])]}, True),
        ({"affinity": [("falaj/capacity", "Exists", [])]}, False),
        ({"affinity": [("falaj/capacity", "DoesNotExist", [])]}, True),
    ],
)
def test_pods_run_where_their_selector_and_affinity_allow(spec: dict[str, Any], runs: bool) -> None:
    if isinstance(expressions := spec.get("affinity"), list):
        rows = [{"key": key, "operator": operator, "values": values} for key, operator, values in expressions]
        terms = {"nodeSelectorTerms": [{"matchExpressions": rows}]}
        spec = {"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}}
    work = deployment("assistant", 1, pod("1", **spec))
    assert nodes(gpu_pool(), work, usage=QUIET)[1] == int(runs)


TAINT = {"nodeTaints": ["nvidia.com/gpu=true:NoSchedule"]}


@pytest.mark.parametrize(
    ("pool", "tolerations", "runs"),
    [
        (TAINT, [], False),
        (TAINT, [{"key": "nvidia.com/gpu", "value": "true"}], True),
        (TAINT, [{"key": "nvidia.com/gpu", "value": "false"}], False),
        (TAINT, [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}], True),
        (TAINT, [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoExecute"}], False),
        (TAINT, [{"operator": "Exists"}], True),
        ({"nodeTaints": ["nvidia.com/gpu=true:NoExecute"]}, [], False),
        ({"nodeTaints": ["nvidia.com/gpu=true:PreferNoSchedule"]}, [], True),
        ({"scaleSetPriority": "Spot"}, [], False),  # AKS taints the nodes of spot pools
        ({"scaleSetPriority": "Spot"}, [{"key": "kubernetes.azure.com/scalesetpriority", "value": "spot"}], True),
    ],
)
def test_taints_keep_pods_off(pool: dict[str, Any], tolerations: list[dict[str, str]], runs: bool) -> None:
    work = deployment("assistant", 1, pod("1", tolerations=tolerations))
    assert nodes(pool_with(pool), work, usage=QUIET)[1] == int(runs)


def test_of_two_pools_the_cheaper_one_starts_the_node() -> None:
    """A pod without a GPU runs on either pool."""
    cheap = agent_pool("cpu", "Standard_D8as_v5", 0, 1)
    lines = {line.name: line for line in machines(gpu_pool(), cheap, deployment("web", 2, pod("4")), usage=QUIET)}
    expected = {name: float(line.charge.quantity.expected / 730) for name, line in lines.items()}
    assert expected == {"uae-pool-cpu": 1, "uae-pool-gpu": 1}
    # Another choice of nodes could do without either of them.
    assert {line.charge.quantity.min for line in lines.values()} == {0}


def test_karpenter_starts_the_cheapest_type_on_which_its_pods_fit() -> None:
    """The pool's cheapest type has no room for the pod, so a dearer one runs, at its own price."""
    pool = karpenter_pool("cpu", ["m7g.xlarge", "m7g.4xlarge"], limits={"nodes": "3"})
    lines = machines(pool, deployment("web", 1, pod("8")), usage=QUIET)
    assert {line.what: float(line.charge.quantity.expected / 730) for line in lines} == {
        "machine m7g.xlarge on-demand": 0,
        "machine m7g.4xlarge on-demand": 1,
    }
    large = next(line for line in lines if "4xlarge" in line.what)
    assert large.usd.expected == large.price.usd * 730  # type: ignore[operator]
    assert sum(line.usd.max for line in lines) == 3 * 730 * large.price.usd  # type: ignore[operator]


def test_slices_of_gpus_are_shared_by_pods() -> None:
    """An H100 NVL with the profile 1g.12gb has seven slices (NVIDIA, MIG User Guide)."""
    sliced = {"nodeLabels": {"falaj/pool": "gpu", "nvidia.com/mig.config": "all-1g.12gb"}}
    template = pod("1")
    template["spec"]["containers"][0]["resources"]["limits"] = {"nvidia.com/mig-1g.12gb": 1}
    assert nodes(pool_with(sliced), deployment("small", 7, template))[0] == 1
    assert nodes(pool_with(sliced), deployment("small", 8, template))[0] == 2
    assert nodes(pool_with({"gpuInstanceProfile": "MIG1g"}), deployment("small", 8, template), usage=QUIET)[0] == 2
    shared = {"nodeLabels": {"falaj/pool": "gpu", "nvidia.com/device-plugin.config": "turns-4"}}
    template["spec"]["containers"][0]["resources"]["limits"] = {"nvidia.com/gpu.shared": 1}
    assert nodes(pool_with(shared), deployment("small", 5, template))[0] == 2
    assert nodes(pool_with(shared), deployment("whole", 1, GPU_POD), usage=QUIET)[0] == 0


def test_work_of_another_site_changes_nothing() -> None:
    kind, name, props = deployment("assistant", 3, GPU_POD)
    elsewhere = kind, name, props | {"metadata": {"name": "assistant", "labels": TAGS | {"site": "other"}}}
    assert nodes(gpu_pool(), elsewhere, usage=QUIET)[1] == 0


def test_a_billion_replicas_take_no_time_and_are_named() -> None:
    result = priced(plan(gpu_pool(most=1000), deployment("many", 10**9, GPU_POD)))
    assert "999999000 pods of many find no room" in " ".join(result.warnings)


def test_values_that_are_unknown_before_the_update_count_as_nothing() -> None:
    unknown = deployment("assistant", 2, {"spec": {"containers": [{"resources": {"requests": {GPU: "?"}}}, 7]}})
    assert nodes(gpu_pool(), unknown, usage=QUIET)[1] == 1
    assert nodes(gpu_pool(), ("kubernetes:apps/v1:Deployment", "uae-empty", {"metadata": {"labels": TAGS}}))[0] == 1


def test_pods_without_machines_in_the_plan_are_named() -> None:
    """A tenant's stack of its own runs on machines that the platform's stack pays for."""
    (sentence,) = priced(plan(deployment("assistant", 1, GPU_POD))).warnings
    assert sentence == "site uae: the plan has no machines, so those of assistant are not in the estimate"
    own = {"metadata": {"labels": TAGS | {"falaj/pool": "own"}, "annotations": {"falaj/aed-per-hour": "1"}}}
    node = ("kubernetes:core/v1:NodePatch", "uae-node", own)
    assert priced(plan(node, deployment("assistant", 1, GPU_POD))).warnings == ()
