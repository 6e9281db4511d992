"""Installation of Kueue and JobSet."""

import json
from typing import Any

from tests.unit.components.queueing_sample import queueing

NAMESPACE, RELEASE = "kubernetes:core/v1:Namespace", "kubernetes:helm.sh/v3:Release"


def values(name: str, **changed: Any) -> dict[str, Any]:
    return queueing(**changed).one(RELEASE, name).inputs["values"]


def configuration(**changed: Any) -> dict[str, Any]:
    return json.loads(values("uae-kueue-release", **changed)["managerConfig"]["controllerManagerConfigYaml"])


def test_the_charts_are_pinned_and_run_closed_on_system_nodes() -> None:
    for name, chart, version in (("kueue", "kueue", "0.17.0"), ("jobset", "jobset", "0.11.1")):
        release = queueing().one(RELEASE, f"uae-{name}-release").inputs
        assert (release["chart"], release["version"]) == (f"oci://registry.k8s.io/{chart}/charts/{chart}", version)
    manager = values("uae-kueue-release")["controllerManager"]
    assert (manager["replicas"], manager["podDisruptionBudget"]["enabled"]) == (2, True)
    assert manager["nodeSelector"] == {"falaj/profile": "system"}
    assert manager["manager"]["image"]["repository"] == "registry.k8s.io/kueue/kueue"
    assert manager["manager"]["image"]["tag"].startswith("v0.17.0@sha256:368d2053ffd9")
    assert values("uae-jobset-release")["image"]["tag"].startswith("v0.11.1@sha256:88154814bfd5")
    assert manager["manager"]["priorityClassName"] == "falaj-platform"
    jobset = values("uae-jobset-release")["controller"]
    for container, pod in (
        (manager["manager"]["containerSecurityContext"], manager["manager"]["podSecurityContext"]),
        (jobset["securityContext"], jobset["podSecurityContext"]),
    ):
        assert (pod["runAsNonRoot"], pod["seccompProfile"]) == (True, {"type": "RuntimeDefault"})
        assert (container["readOnlyRootFilesystem"], container["allowPrivilegeEscalation"]) == (True, False)
        assert container["capabilities"] == {"drop": ["ALL"]}
    for resources in (manager["manager"]["resources"], jobset["resources"]):
        assert all(resources[kind].keys() == {"cpu", "memory"} for kind in ("requests", "limits"))
    labels = queueing().one(NAMESPACE, "uae-kueue-namespace").inputs["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_prometheus_reads_its_metrics_if_there_is_one() -> None:
    assert values("uae-kueue-release")["enablePrometheus"] is False
    metering = {"prometheus": "http://prometheus.monitoring:9090"}
    assert values("uae-kueue-release", metering=metering)["enablePrometheus"] is True


def test_it_is_installed_from_a_private_registry() -> None:
    own = {"chart_repository": "oci://r.example.ae/charts", "image_mirror": "r.example.ae/mirror"}
    assert queueing(**own).one(RELEASE, "uae-kueue-release").inputs["chart"] == "oci://r.example.ae/charts/kueue"
    image = values("uae-kueue-release", **own)["controllerManager"]["manager"]["image"]
    assert image["repository"] == "r.example.ae/mirror/kueue/kueue"
    assert values("uae-jobset-release", **own)["image"]["repository"] == "r.example.ae/mirror/jobset/jobset"


def test_tenants_jobs_wait_for_their_queue_and_nobody_elses_do() -> None:
    result = configuration()
    assert result["manageJobsWithoutQueueName"] is True
    assert result["managedJobsNamespaceSelector"] == {
        "matchExpressions": [{"key": "falaj/queued", "operator": "Exists"}]
    }
    assert result["integrations"]["frameworks"] == [
        "batch/job",
        "jobset.x-k8s.io/jobset",
        "trainer.kubeflow.org/trainjob",
        "ray.io/rayjob",
        "ray.io/raycluster",
    ]
    assert result["fairSharing"]["preemptionStrategies"] == ["LessThanOrEqualToFinalShare", "LessThanInitialShare"]


def test_work_without_machines_makes_room_and_tries_again() -> None:
    waiting = configuration()["waitForPodsReady"]
    assert (waiting["timeout"], waiting["recoveryTimeout"], waiting["blockAdmission"]) == ("20m", "10m", False)
    # Without a limit, Kueue never deactivates a job for lack of machines (0.17, configuration API: "endless").
    assert set(waiting["requeuingStrategy"]) == {"timestamp", "backoffBaseSeconds", "backoffMaxSeconds"}
    wait = configuration(start_minutes=5, recover_minutes=2, requeues=3)["waitForPodsReady"]
    assert (wait["timeout"], wait["recoveryTimeout"]) == ("5m", "2m")
    assert wait["requeuingStrategy"]["backoffLimitCount"] == 3


def test_what_comes_with_a_machine_needs_no_quota_and_gpus_do() -> None:
    prefixes = configuration()["resources"]["excludeResourcePrefixes"]
    assert any("vpc.amazonaws.com/efa".startswith(prefix) for prefix in prefixes)
    for counted in ("cpu", "memory", "nvidia.com/gpu", "nvidia.com/mig-1g.10gb", "nvidia.com/gpu.shared"):
        assert not any(counted.startswith(prefix) for prefix in prefixes)


def test_throughput_is_that_of_the_chart() -> None:
    """The configuration replaces the chart's whole. Without these Kueue reconciles one object at a time, and sends 20
    requests a second (v0.17.0, apis/config/v1beta2/defaults.go)."""
    result = configuration()
    assert result["clientConnection"] == {"qps": 50, "burst": 100}
    concurrency = result["controller"]["groupKindConcurrency"]
    assert {kind for kind, count in concurrency.items() if count == 5} == {
        "Job.batch",
        "JobSet.jobset.x-k8s.io",
        "Workload.kueue.x-k8s.io",
    }
    assert {count for count in concurrency.values() if count != 5} == {1}
