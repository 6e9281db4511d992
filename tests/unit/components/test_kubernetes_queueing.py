"""Kueue flavors and queues: contents, dependencies, and rejected arguments."""

from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.facts.tags import MANDATORY_KEYS
from tests.unit.components.mocks import RegisteredResource
from tests.unit.components.queueing_sample import ARGS, GPU_SPOT, RETAIL, queueing
from tests.unit.components.samples import program, recorded

KUEUE = "kubernetes:kueue.x-k8s.io/v1beta2:"
FLAVOR, CLUSTER_QUEUE, LOCAL_QUEUE = KUEUE + "ResourceFlavor", KUEUE + "ClusterQueue", KUEUE + "LocalQueue"
NAMESPACE, RELEASE = "kubernetes:core/v1:Namespace", "kubernetes:helm.sh/v3:Release"
POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"


def queue_spec(tenant: str, **changed: Any) -> dict[str, Any]:
    return queueing(**changed).one(CLUSTER_QUEUE, f"uae-queue-{tenant}").inputs["spec"]


def quota(tenant: str, **changed: Any) -> dict[str, dict[str, str]]:
    """Quotas of the pools: the last flavor is that of services."""
    [group] = queue_spec(tenant, **changed)["resourceGroups"]
    assert group["flavors"][-1]["name"] == "services"
    return {
        flavor["name"]: {item["name"]: item["nominalQuota"] for item in flavor["resources"]}
        for flavor in group["flavors"][:-1]
    }


def needs(seen: RegisteredResource) -> set[str]:
    return {urn.rsplit("::", 1)[-1] for urn in seen.depends_on}


def test_it_has_exactly_these_children() -> None:
    flavors = ("cpuspot-spot", "gpuspot-spot", "gpu-on-demand", "services")
    controllers = {
        (typ, f"uae-{controller}-{child}")
        for controller in ("kueue", "jobset")
        for typ, child in ((NAMESPACE, "namespace"), (POLICY, "policy"), (RELEASE, "release"))
    }
    queues = {
        *(
            (
                f"kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy{kind}",
                f"uae-admission-{name}-{child}",
            )
            for name in ("queued-pods", "queued-jobs")
            for kind, child in (("", "policy"), ("Binding", "binding"))
        ),
        *((FLAVOR, f"uae-flavor-{flavor}") for flavor in flavors),
        *((CLUSTER_QUEUE, f"uae-queue-{tenant}") for tenant in ("retail", "sme")),
        *((LOCAL_QUEUE, f"uae-door-{tenant}") for tenant in ("retail", "sme")),
    }
    assert queueing().names() == controllers | queues
    without = queueing(jobset=False).names()
    assert queueing().names() - without == {child for child in controllers if "jobset" in child[1]}
    assert queueing(install=False).names() == queues


def test_each_object_carries_the_cost_labels() -> None:
    for resource in queueing().custom():
        if resource.typ != RELEASE:
            assert set(MANDATORY_KEYS) <= resource.inputs["metadata"]["labels"].keys(), resource.name


def test_nothing_is_made_before_what_it_needs_nor_outlives_it() -> None:
    recording = queueing()
    assert needs(recording.one(RELEASE, "uae-kueue-release")) >= {"uae-kueue-policy", "uae-jobset-release"}
    for flavor in recording.of(FLAVOR):
        assert needs(flavor) == {"uae-kueue-release"}
    of_all = {"uae-flavor-cpuspot-spot", "uae-flavor-services"}
    flavors = {*of_all, "uae-flavor-gpuspot-spot", "uae-flavor-gpu-on-demand"}
    assert needs(recording.one(CLUSTER_QUEUE, "uae-queue-retail")) == flavors
    assert needs(recording.one(CLUSTER_QUEUE, "uae-queue-sme")) == of_all
    assert needs(recording.one(LOCAL_QUEUE, "uae-door-retail")) == {"uae-queue-retail"}


def test_a_flavor_says_which_nodes_are_meant_and_who_may_go_there() -> None:
    spec = queueing().one(FLAVOR, "uae-flavor-gpuspot-spot").inputs["spec"]
    assert spec == {
        "nodeLabels": {
            "falaj/profile": "training",
            "falaj/pool": "gpuspot",
            "falaj/capacity": "spot",
            "karpenter.sh/capacity-type": "spot",
        },
        "nodeTaints": [
            {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"},
            {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
        ],
    }
    batch = queueing().one(FLAVOR, "uae-flavor-cpuspot-spot").inputs["spec"]
    assert batch["nodeTaints"] == [{"key": "falaj/profile", "value": "batch", "effect": "NoSchedule"}]
    assert batch.keys() == {"nodeLabels", "nodeTaints"}


def test_on_azure_pods_tolerate_spot_without_asking() -> None:
    pools = {"gpuspot": {**GPU_SPOT, "machines": ["Standard_ND96isr_H200_v5"], "max": 2}}
    recording = queueing(
        region="uaenorth", node_autoscaler="cluster-autoscaler", pools=pools, tenants={"retail": RETAIL}
    )
    spec = recording.one(FLAVOR, "uae-flavor-gpuspot-spot").inputs["spec"]
    assert spec["nodeLabels"]["kubernetes.azure.com/scalesetpriority"] == "spot"
    [toleration] = spec["tolerations"]
    assert toleration == {
        "key": "kubernetes.azure.com/scalesetpriority",
        "operator": "Equal",
        "value": "spot",
        "effect": "NoSchedule",
    }


def test_quotas_follow_from_the_money_by_hand() -> None:
    """30,000 AED a pool over 730 h are 41.10 AED/h. A GPU of g5.24xlarge on spot is 2.9971 USD / 4 x 3.6725 = 2.7517
    AED/h: 14. One of g5.12xlarge on demand is 6.9575 / 4 x 3.6725 = 6.3879: 6. A vCPU of m6g.4xlarge is 0.272448 /
    16 x 3.6725 = 0.0625: 657 of 320 that exist, and the other tenant's 2,000 AED buy 43.
    """
    result = quota("retail")
    assert list(result) == ["gpuspot-spot", "cpuspot-spot", "gpu-on-demand"]
    assert result["gpuspot-spot"] == {"cpu": "336", "memory": "1344Gi", "nvidia.com/gpu": "14"}
    assert result["gpu-on-demand"] == {"cpu": "72", "memory": "288Gi", "nvidia.com/gpu": "6"}
    assert result["cpuspot-spot"]["nvidia.com/gpu"] == "0"
    # 320 x 657 / 700 and 320 x 43 / 700.
    assert (result["cpuspot-spot"]["cpu"], quota("sme")["cpuspot-spot"]["cpu"]) == ("300", "20")
    assert list(quota("sme")) == ["cpuspot-spot"]


@pytest.mark.parametrize(
    ("borrows", "closed"),
    [("none", {"cpuspot-spot", "gpuspot-spot", "gpu-on-demand"}), ("spot", {"gpu-on-demand"}), ("all", set())],
)
def test_idle_spot_is_borrowed_and_on_demand_only_where_that_is_said(borrows: str, closed: set[str]) -> None:
    spec = queue_spec("retail", tenants={"retail": {**RETAIL, "borrows": borrows}})
    limited = {
        flavor["name"]
        for flavor in spec["resourceGroups"][0]["flavors"][:-1]
        if all(item.get("borrowingLimit") == "0" for item in flavor["resources"])
    }
    assert limited == closed
    # Idle spot quota of others is borrowed before own on-demand quota is used; lent quota is reclaimed on demand.
    assert spec["flavorFungibility"] == {"whenCanBorrow": "MayStopSearch", "whenCanPreempt": "MayStopSearch"}
    assert spec["preemption"] == {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"}


SPACE: Any = {"cpu": 800, "memory_gib": 3000, "gpus": 30}
"""A ResourceQuota that fits: the queue of `retail` admits 709 vCPUs, 2,834 GiB and 20 GPUs."""


def limits(tenant: str, **changed: Any) -> dict[str, dict[str, str]]:
    return {
        flavor["name"]: {item["name"]: item["borrowingLimit"] for item in flavor["resources"]}
        for flavor in queue_spec(tenant, **changed)["resourceGroups"][0]["flavors"][:-1]
    }


def test_a_queue_borrows_only_what_its_space_leaves_and_others_can_lend() -> None:
    other = {**RETAIL, "aed_per_month": 60000}
    tenants = {"retail": {**RETAIL, "aed_per_month": 90000, "space": SPACE}, "other": other}
    quotas = quota("retail", tenants=tenants)
    borrowed = limits("retail", tenants=tenants)
    assert borrowed["gpu-on-demand"] == {"cpu": "0", "memory": "0", "nvidia.com/gpu": "0"}
    for resource, left in (("cpu", 800 - 1), ("nvidia.com/gpu", 30)):
        own = sum(int(of_flavor[resource]) for of_flavor in quotas.values())
        assert own <= own + sum(int(of_flavor[resource]) for of_flavor in borrowed.values()) <= left
    assert int(borrowed["gpuspot-spot"]["nvidia.com/gpu"]) > 0
    wide = {"cpu": 9000, "memory_gib": 90000, "gpus": 900}
    unlimited = limits("retail", tenants={**tenants, "retail": {**tenants["retail"], "space": wide}})
    lent = quota("other", tenants=tenants)
    assert {name: unlimited[name] for name in ("gpuspot-spot", "cpuspot-spot")} == {
        name: lent[name] for name in ("gpuspot-spot", "cpuspot-spot")
    }


def test_pods_that_are_not_queued_leave_less_to_borrow() -> None:
    tenants: Any = {"retail": {**RETAIL, "space": SPACE}, "other": RETAIL}
    tenants = {name: {**queue, "aed_per_month": 30000} for name, queue in tenants.items()}
    before = limits("retail", tenants=tenants)["gpuspot-spot"]
    unqueued = {"cpu": 100, "memory_gib": 100, "gpus": 22}
    after = limits("retail", tenants={**tenants, "retail": {**tenants["retail"], "unqueued": unqueued}})["gpuspot-spot"]
    assert int(after["nvidia.com/gpu"]) < int(before["nvidia.com/gpu"])


def test_a_queue_is_its_tenants_and_weighs_what_it_pays() -> None:
    spec = queue_spec("retail")
    assert spec["namespaceSelector"] == {"matchLabels": {"falaj/tenant": "retail"}}
    assert (spec["cohortName"], spec["fairSharing"]) == ("falaj", {"weight": "90k"})
    assert queue_spec("retail", tenants={"retail": {**RETAIL, "aed_per_month": 1234.5}})["fairSharing"] == {
        "weight": "1234500m"
    }
    door = queueing().one(LOCAL_QUEUE, "uae-door-retail").inputs
    assert (door["metadata"]["namespace"], door["metadata"]["name"]) == ("tenant-retail", "default")
    assert door["spec"] == {"clusterQueue": "retail"}


def test_machines_of_ones_own_come_first_and_the_cloud_takes_what_is_over() -> None:
    own = {"dgx": {"vcpu": 224, "memory_gib": 2048, "gpus": 8}}
    rack = {**GPU_SPOT, "machines": ["dgx"], "capacity": "on-demand", "max": 2}
    result = quota("retail", own_machines=own, pools={"gpuspot": GPU_SPOT, "rack": rack}, tenants={"retail": RETAIL})
    assert list(result) == ["rack-on-demand", "gpuspot-spot"]
    assert result["rack-on-demand"] == {"cpu": "448", "memory": "4Ti", "nvidia.com/gpu": "16"}
    alone = recorded(
        Queueing,
        {
            **{key: value for key, value in ARGS.items() if key != "region"},
            "own_machines": own,
            "pools": {"rack": rack},
            "tenants": {"retail": RETAIL},
        },
    )
    assert [resource.name for resource in alone.of(FLAVOR)] == ["uae-flavor-rack-on-demand", "uae-flavor-services"]


def test_small_jobs_beside_services_have_a_flavor_that_is_neither_lent_nor_borrowed() -> None:
    """A promotion selects nodes of profile inference-cpu, which no pool for queued work has."""
    spec = queueing().one(FLAVOR, "uae-flavor-services").inputs["spec"]
    assert spec == {"nodeLabels": {"falaj/profile": "inference-cpu"}}
    for tenant in ("retail", "sme"):
        last = queue_spec(tenant)["resourceGroups"][0]["flavors"][-1]
        quotas = {item["name"]: item for item in last["resources"]}
        assert {name: item["nominalQuota"] for name, item in quotas.items()} == {
            "cpu": "1",
            "memory": "2Gi",
            "nvidia.com/gpu": "0",
        }
        for item in quotas.values():
            assert (item["borrowingLimit"], item["lendingLimit"]) == ("0", "0")


def test_outputs() -> None:
    recording = queueing()
    outputs = recording.outputs[recording.one("falaj:kubernetes:Queueing").urn]
    assert outputs.keys() == set(Queueing.__annotations__)
    assert outputs["cluster_queues"] == {"retail": "retail", "sme": "sme"}
    assert (outputs["queue"], outputs["flavors"][-1]) == ("default", "gpu-on-demand")
    assert outputs["quotas"]["retail"]["gpuspot-spot"] == 14
    assert outputs["aed_per_unit_hour"]["gpu-on-demand"] == 6.3879


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tenants": {}}, "tenants"),
        ({"tenants": {"retail": {**RETAIL, "aed_per_month": 0}}}, r"tenants\.retail\.aed_per_month"),
        (
            {"tenants": {"retail": {**RETAIL, "aed_per_month": 10}}},
            r"tenants\.retail\.aed_per_month: 10\.0 is not allowed; allowed: enough for one GPU",
        ),
        (
            {"tenants": {"retail": {**RETAIL, "space": {"cpu": 900, "memory_gib": 4000, "gpus": 19}}}},
            r"tenants\.retail\.space\.gpus: 19 is not allowed; allowed: at least 20: 20 that the queue admits\. Fix: "
            "raise it, or lower the queue's aed_per_month",
        ),
        (
            {
                "tenants": {
                    "retail": {
                        **RETAIL,
                        "space": {"cpu": 900, "memory_gib": 4000, "gpus": 21},
                        "unqueued": {"gpus": 2, "cpu": 1},
                    }
                }
            },
            r"space\.gpus: 21 .* at least 22: 20 that the queue admits, and 2 of pods that are not queued",
        ),
        (
            {"tenants": {"retail": {**RETAIL, "space": {"cpu": 100, "memory_gib": 100, "gpus": 99}}}},
            r"space\.cpu: 100 (.|\n)*space\.memory_gib: 100",
        ),
        ({"tenants": {"retail": {**RETAIL, "pool_percent": {"gpu": 60, "gpuspot": 60}}}}, "at most 100 in total"),
        (
            {"tenants": {"sme": {**RETAIL, "tier": "smb", "pool_percent": {"gpu": 50}}}},
            "name a pool that the tenant may use",
        ),
        ({"pools": {"gpuspot": GPU_SPOT}}, r"tenants\.sme: .* a pool is usable by tier smb"),
        ({"pools": {"system": ARGS["pools"]["system"]}}, r"pools: .* a pool of profile training or batch"),
        ({"pools": {"gpuspot": {**GPU_SPOT, "machines": ["p4d.24xlarge"]}}}, r"pools\.gpuspot\.machines\.0: \"p4d"),
        ({"region": "eu-west-1"}, 'region: "eu-west-1" is not allowed'),
        ({"spot_hours_percent": 101}, "spot_hours_percent"),
        ({"colour": "red"}, "colour: unknown field"),
        ({"tags": {"project": "x"}}, r"tags\.business-unit"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(Queueing, {**ARGS, **changed})()
