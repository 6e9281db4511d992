"""Training runs: their resources, pod security and placement."""

from typing import Any

import pytest

from falaj.components.core.training.contract import Learning, Strategy
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS
from tests.unit.components.training_sample import (
    ACCOUNT,
    ARGS,
    FILE,
    JOB,
    JOB_SET,
    SEVERAL,
    container,
    job,
    outputs,
    pod,
    run,
    variables,
)


@pytest.mark.parametrize(("changed", "kind"), [({}, (JOB, "uae-job")), (SEVERAL, (JOB_SET, "uae-jobs"))])
def test_it_has_exactly_these_children(changed: dict[str, Any], kind: tuple[str, str]) -> None:
    assert run(**changed).names() == {(ACCOUNT, "uae-account"), (FILE, "uae-contract"), kind}
    assert run(service_account="mlops", **changed).names() == {(FILE, "uae-contract"), kind}


def test_outputs() -> None:
    assert set(outputs()) == set(TrainingRun.__annotations__)
    assert {key: outputs()[key] for key in ("job_name", "kind", "namespace", "service_account")} == {
        "job_name": "uae",
        "kind": "Job",
        "namespace": "tenant-retail",
        "service_account": "uae",
    }
    assert outputs(**SEVERAL)["kind"] == "JobSet"
    assert outputs(service_account="mlops")["service_account"] == "mlops"
    assert outputs()["checkpoint_interval_seconds"] == 1450
    assert 0.05 < outputs()["expected_overhead"] < 0.06


def test_everything_carries_the_cost_tags_the_run_and_the_tenant() -> None:
    of_pods = {"app.kubernetes.io/name": "training", "falaj/run": "uae", "falaj/tenant": "retail"}
    expected = {**COST_TAGS, **of_pods}
    for changed in ({}, SEVERAL):
        for child in run(tenant="retail", **changed).custom():
            assert child.inputs["metadata"]["labels"] == expected, child.name
            assert child.inputs["metadata"]["namespace"] == "tenant-retail"
        assert job(tenant="retail", **changed)["template"]["metadata"]["labels"] == of_pods


@pytest.mark.parametrize("changed", [{}, SEVERAL])
def test_a_pod_has_no_privilege(changed: dict[str, Any]) -> None:
    assert pod(**changed)["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 10001,
        "runAsGroup": 10001,
        "fsGroup": 10001,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container(**changed)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod(**changed)["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod(**changed))
    assert run(**changed).one(ACCOUNT).inputs["automountServiceAccountToken"] is False


def test_it_asks_for_what_it_is_limited_to() -> None:
    resources = container(**SEVERAL, cpu=40.5, memory_gib=150, efa_interfaces=1)["resources"]
    assert resources["requests"] == resources["limits"]
    assert resources["limits"] == {
        "cpu": "40500m",
        "memory": "150Gi",
        "nvidia.com/gpu": "4",
        "vpc.amazonaws.com/efa": "1",
    }
    assert container()["resources"]["limits"] == {"cpu": "8", "memory": "32Gi"}


def test_it_writes_into_folders_of_its_own_only() -> None:
    volumes = {volume["name"]: volume for volume in pod()["volumes"]}
    assert volumes["contract"]["configMap"] == {"name": "uae"}
    assert volumes["scratch"]["emptyDir"] == {"sizeLimit": "20Gi"}
    assert volumes["shared-memory"]["emptyDir"] == {"medium": "Memory", "sizeLimit": "8Gi"}
    writable = {mount["mountPath"] for mount in container()["volumeMounts"] if not mount.get("readOnly")}
    assert writable == {"/scratch", "/tmp", "/dev/shm"}  # noqa: S108
    assert set(volumes) == {"contract", "scratch", "shared-memory"}
    assert pod(shared_memory_gib=2)["volumes"][-1]["emptyDir"]["sizeLimit"] == "2Gi"


@pytest.mark.parametrize(("cloud", "seconds"), [(Cloud.AWS, 100), (Cloud.AZURE, 25), (Cloud.ONPREM, 100)])
def test_it_leaves_before_its_machine_does(cloud: Cloud, seconds: int) -> None:
    assert pod(cloud=cloud)["terminationGracePeriodSeconds"] == seconds
    assert variables(cloud=cloud)["FALAJ_GRACE_SECONDS"] == str(seconds)


def test_an_autoscaler_does_not_scale_it_down() -> None:
    for interruptible in (True, False):
        annotations = job(interruptible=interruptible)["template"]["metadata"]["annotations"]
        assert annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"] == "false"
        assert annotations["kueue.x-k8s.io/safe-to-forcefully-delete"] == "true"


def tolerated(**changed: Any) -> set[tuple[str, str]]:
    return {(item["key"], item.get("value", "")) for item in pod(**changed)["tolerations"]}


def test_it_runs_on_nodes_of_its_profile_and_pool() -> None:
    assert pod()["nodeSelector"] == {"falaj/profile": "training", "kubernetes.io/arch": "amd64"}
    assert pod(pool="train", profile=Profile.BATCH, architectures=["amd64", "arm64"])["nodeSelector"] == {
        "falaj/profile": "batch",
        "falaj/pool": "train",
    }
    away = {("node.kubernetes.io/not-ready", ""), ("node.kubernetes.io/unreachable", "")}
    mine, gpu = ("falaj/profile", "training"), ("nvidia.com/gpu", "true")
    spot = ("kubernetes.azure.com/scalesetpriority", "spot")
    assert tolerated() == {mine, *away}
    assert tolerated(gpus=1) == {mine, gpu, *away}
    assert tolerated(gpus=1, cloud=Cloud.AZURE) == {mine, gpu, spot, *away}
    assert tolerated(cloud=Cloud.AZURE, interruptible=False) == {mine, *away}
    assert tolerated(profile=Profile.BATCH) == {("falaj/profile", "batch"), *away}
    seconds = {item["tolerationSeconds"] for item in pod()["tolerations"] if (item["key"], "") in away}
    assert seconds == {60}


def test_what_must_not_be_interrupted_never_meets_a_spot_node() -> None:
    assert "affinity" not in pod()
    [term] = pod(interruptible=False)["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"][
        "nodeSelectorTerms"
    ]
    # In one term, so that all conditions must hold; a missing label counts as not spot.
    assert {(item["key"], item["operator"], *item["values"]) for item in term["matchExpressions"]} == {
        ("falaj/capacity", "NotIn", "spot"),
        ("karpenter.sh/capacity-type", "NotIn", "spot"),
        ("eks.amazonaws.com/capacityType", "NotIn", "SPOT"),
        ("kubernetes.azure.com/scalesetpriority", "NotIn", "spot"),
    }


def test_machines_that_work_together_are_in_one_zone() -> None:
    affinity = pod(**SEVERAL)["affinity"]
    assert set(affinity) == {"podAffinity"}
    [together] = affinity["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert together == {
        "topologyKey": "topology.kubernetes.io/zone",
        "labelSelector": {"matchLabels": {"falaj/run": "uae"}},
    }


def test_its_identity_on_azure() -> None:
    changed: dict[str, Any] = {"cloud": Cloud.AZURE, "azure_client_id": "11111111-1111-1111-1111-111111111111"}
    annotations = run(**changed).one(ACCOUNT).inputs["metadata"]["annotations"]
    assert annotations == {"azure.workload.identity/client-id": "11111111-1111-1111-1111-111111111111"}
    assert job(**changed)["template"]["metadata"]["labels"]["azure.workload.identity/use"] == "true"
    assert "azure.workload.identity/use" not in job()["template"]["metadata"]["labels"]


def test_more_variables_but_not_the_contracts() -> None:
    assert variables(environment={"NCCL_DEBUG": "WARN"})["NCCL_DEBUG"] == "WARN"
    for name in ("FALAJ_RUN", "PET_NNODES"):
        with pytest.raises(BadArguments, match=rf"environment\.{name}"):
            run(environment={name: "other"})


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"image": "registry.example/training:latest"}, "image"),
        ({"nodes": 0}, "nodes"),
        ({"profile": Profile.SYSTEM}, "profile.*training or batch"),
        ({"efa_interfaces": 1}, "efa_interfaces"),
        ({**SEVERAL, "cloud": Cloud.AZURE, "efa_interfaces": 1}, "efa_interfaces"),
        ({"azure_client_id": "x"}, "azure_client_id"),
        ({"shared_memory_gib": 32}, "shared_memory_gib.*less than memory_gib"),
        ({**SEVERAL, "efficiency": {"strategy": Strategy.NONE}}, "efficiency.strategy"),
        ({"efficiency": {"learning": Learning.TRANSFER}}, "efficiency.learning"),
        ({"efficiency": {"interruptions_with_notice": 1.5}}, "efficiency.interruptions_with_notice"),
        ({"efficiency": {"colour": "red"}}, "efficiency.colour"),
        ({"user": 0}, "user"),
        ({"tags": {}}, "tags.project"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadArguments, match=problem):
        run(**changed)


@pytest.mark.parametrize("name", ["Run", "1run", "run_1", "x" * 41, "run-"])
def test_names_that_pods_could_not_have(name: str) -> None:
    with pytest.raises(BadArguments, match="name"):
        TrainingRun(name, ARGS)


def test_a_store_of_ones_own_is_reached_with_the_secret_that_lies_there() -> None:
    store = {"endpoint": "https://store.bank.example.ae", "secret": "vault-access"}
    environment = {item["name"]: item for item in container(store=store)["env"]}
    assert environment["AWS_ENDPOINT_URL"]["value"] == "https://store.bank.example.ae"
    reference = {"secretKeyRef": {"name": "vault-access", "key": "AWS_ACCESS_KEY_ID"}}
    assert environment["AWS_ACCESS_KEY_ID"] == {"name": "AWS_ACCESS_KEY_ID", "valueFrom": reference}
    assert "AWS_ENDPOINT_URL" not in {entry["name"] for entry in container()["env"]}


def test_a_run_in_a_queue_leaves_the_node_selector_to_kueue() -> None:
    """Kueue writes it when it admits the run. Stated here too, each later update would be a conflict."""
    spec = pod(queue="default", pool="train", interruptible=False)
    assert "nodeSelector" not in spec
    [term] = spec["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    in_labels = {one["key"]: one["values"] for one in term["matchExpressions"] if one["operator"] == "In"}
    assert in_labels == {"falaj/profile": ["training"], "falaj/pool": ["train"], "kubernetes.io/arch": ["amd64"]}
    assert {one["values"][0] for one in term["matchExpressions"] if one["operator"] == "NotIn"} >= {"spot"}
