"""Each claimed volume is counted once: with the class that it gets, as often as pods run, and not where the plan has
its volume already. Sources, read on 2026-11-27: Kubernetes, Storage Classes, Persistent Volumes (Binding, Reserving a
PersistentVolume), Ephemeral Volumes (Lifecycle and PersistentVolumeClaim) and StatefulSet (PersistentVolumeClaim
retention); EKS User Guide, Kubernetes versions (no default class since 1.30); AKS, Storage classes.
"""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Range
from tests.unit.finops.plans import TAGS, UNKNOWN_WORD, Row, plan, priced, urn
from tests.unit.finops.volume_plans import azure_disk, bill, claim, claim_spec, ebs, storage_class, volumes
from tests.unit.finops.work_plans import deployment, of_kind, pod, scaled_object

FAST = ebs("fast", type="gp3", throughput="250")
GIB_1000 = Decimal("96.80")  # 1,000 x 0.0968
MBPS_125 = Decimal("6.05")  # 125 x 0.0484
EKS: Row = ("aws:eks/cluster:Cluster", "uae-eks", {"tags": TAGS})
AKS: Row = ("azure-native:containerservice:ManagedCluster", "uae-aks", {"location": "uaenorth", "tags": TAGS})
NO_VOLUMES = "site_defaults: {volumes_gb: 0}"


def totals(*rows: Row, usage: str = "") -> Range:
    lines = volumes("aws", *rows, usage=usage)
    assert all(line.priced for line in lines), [line.price.source for line in lines]
    return sum((line.usd for line in lines), Range(Decimal(0), Decimal(0), Decimal(0)))


def times(*numbers: int) -> Range:
    least, expected, most = (number * (GIB_1000 + MBPS_125) for number in numbers)
    return Range(least, expected, most)


def stateful_set(replicas: Any, name: str = "db") -> Row:
    claims = [{"metadata": {"name": "data"}, "spec": claim_spec("1000Gi", "fast")}]
    return of_kind(
        "apps/v1:StatefulSet", name, {"replicas": replicas, "template": pod(), "volumeClaimTemplates": claims}
    )


def ephemeral(**spec: Any) -> dict[str, Any]:
    volume = {"name": "scratch", "ephemeral": {"volumeClaimTemplate": {"spec": claim_spec("1000Gi", "fast")}}}
    return pod(volumes=[volume], **spec)


def test_a_stateful_set_has_a_volume_for_each_pod_that_its_autoscaler_keeps() -> None:
    target = {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db"}
    assert totals(FAST, stateful_set(3)) == times(3, 3, 3)
    scaling = scaled_object("db", 4, 10, scaleTargetRef=target)
    assert totals(FAST, stateful_set(1), scaling) == times(4, 4, 10)
    assert totals(FAST, stateful_set(1), scaling, usage="sites: {uae: {workloads: {db: {replicas: 6}}}}") == times(
        4, 6, 10
    )


def test_a_leader_worker_set_has_a_volume_for_each_pod() -> None:
    """LWS 0.9.0, LeaderWorkerTemplate, volumeClaimTemplates: both of its StatefulSets get them."""
    claims = [{"metadata": {"name": "data"}, "spec": claim_spec("1000Gi", "fast")}]
    template = {"size": 3, "workerTemplate": pod(), "volumeClaimTemplates": claims}
    spec = {"replicas": 2, "leaderWorkerTemplate": template}
    lines = volumes("aws", FAST, of_kind("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "llm", spec))
    assert sum(line.charge.quantity.expected for line in lines if line.charge.sku == "gp3") == 6000


def test_a_prometheus_has_a_volume_for_each_pod() -> None:
    """Prometheus Operator v0.85.0: a StatefulSet of `replicas` pods for each shard."""
    storage = {"volumeClaimTemplate": {"spec": claim_spec("1000Gi", "fast")}}
    spec = {"replicas": 2, "shards": 2, "storage": storage}
    assert totals(FAST, of_kind("monitoring.coreos.com/v1:Prometheus", "metrics", spec)) == times(4, 4, 4)


@pytest.mark.parametrize(
    ("spec", "number"),
    [
        ({"mode": "statefulset", "replicas": 3}, 3),
        ({"mode": "statefulset", "replicas": 3, "autoscaler": {"maxReplicas": 5}}, 5),
        ({"mode": "sidecar"}, 0),
    ],
)
def test_a_collector_has_a_volume_for_each_pod_that_it_may_start(spec: dict[str, Any], number: int) -> None:
    kind, claims = "opentelemetry.io/v1alpha1:OpenTelemetryCollector", [{"spec": claim_spec("1000Gi", "fast")}]
    assert totals(FAST, of_kind(kind, "otel", {**spec, "volumeClaimTemplates": claims})) == times(*[number] * 3)
    assert bill("aws", of_kind(kind, "otel", spec)).unpriced == ()
    (opened,) = bill("aws", of_kind(kind, "otel", {**spec, "ingress": {"type": "ingress"}})).unpriced
    assert "load balancer" in opened.price.source


def test_an_ephemeral_volume_of_a_training_job_is_that_of_its_runtime() -> None:
    step = {"labels": {"trainer.kubeflow.org/trainjob-ancestor-step": "trainer"}}
    nodes = {"name": "node", "template": {"metadata": step, "spec": {"template": ephemeral()}}}
    template = {"replicatedJobs": [nodes]}
    runtime = of_kind(
        "trainer.kubeflow.org/v1alpha1:TrainingRuntime",
        "torch",
        {"mlPolicy": {"numNodes": 1}, "template": {"spec": template}},
    )
    reference = {"apiGroup": "trainer.kubeflow.org", "kind": "TrainingRuntime", "name": "torch"}
    job = of_kind(
        "trainer.kubeflow.org/v1alpha1:TrainJob", "tune", {"runtimeRef": reference, "trainer": {"numNodes": 3}}
    )
    found = totals(FAST, runtime, job, usage="sites: {uae: {workloads: {tune: {hours: 73}}}}")
    assert found.expected == times(3, 3, 3).max / 10


def test_an_ephemeral_volume_is_one_for_each_pod() -> None:
    assert totals(FAST, deployment("web", 3, ephemeral())) == times(3, 3, 3)
    assert totals(FAST, deployment("web", 1, ephemeral()), scaled_object("web", 0, 5)) == times(0, 0, 5)
    ray = {"headGroupSpec": {"template": pod()}, "workerGroupSpecs": [{"replicas": 2, "template": ephemeral()}]}
    assert totals(FAST, of_kind("ray.io/v1:RayCluster", "ray", ray)) == times(2, 2, 2)


def test_ephemeral_volumes_of_jobs_cost_their_hours() -> None:
    job = of_kind("batch/v1:Job", "train", {"parallelism": 2, "completions": 2, "template": ephemeral()})
    assert totals(FAST, job) == times(0, 0, 0)
    found = totals(FAST, job, usage="sites: {uae: {workloads: {train: {hours: 73}}}}")
    assert (found.min, found.expected, found.max) == (0, times(2, 2, 2).max / 10, times(2, 2, 2).max / 10)


def test_ephemeral_volumes_on_each_node_have_no_price() -> None:
    (line,) = volumes("aws", FAST, of_kind("apps/v1:DaemonSet", "agent", {"template": ephemeral()}))
    assert line.price.source == "it is one for each node, whose number follows from the pools"


def test_a_set_of_unknown_size_has_no_price() -> None:
    (line,) = volumes("aws", FAST, stateful_set(UNKNOWN_WORD))
    assert line.price.source == "spec.replicas is known only after the update"


@pytest.mark.parametrize(
    "spec", [{"storage_class_name": ""}, {"storage_class_name": "", "volumeName": UNKNOWN_WORD},
             {"storage_class_name": "manual", "volumeName": "data"}]
)  # fmt: skip
def test_a_static_volume_is_counted_where_it_is_created(spec: dict[str, Any]) -> None:
    volume = of_kind("core/v1:PersistentVolume", "data", {"capacity": {"storage": "1200Gi"}})
    assert volumes("aws", volume, claim("1200Gi", **spec)) == []


def test_a_claim_of_a_class_that_only_volumes_have_gets_one_of_them() -> None:
    volume = of_kind("core/v1:PersistentVolume", "data", {"storageClassName": "manual"})
    assert volumes("aws", volume, claim("100Gi", "manual")) == []
    (line,) = volumes("aws", volume, claim("100Gi", "other"))
    assert line.price.source == "storage class other is not in the plan"


def test_a_volume_reserved_for_a_claim_is_counted_where_it_is_created() -> None:
    reserved = {"claimRef": {"namespace": "default", "name": "disk"}}
    volume = of_kind("core/v1:PersistentVolume", "data", reserved)
    assert volumes("aws", volume, FAST, claim("1200Gi", "fast")) == []
    assert len(volumes("aws", volume, FAST, claim("1200Gi", "fast", "other"))) == 2


def test_a_retained_volume_of_a_class_is_still_paid() -> None:
    assert totals(FAST, claim("1000Gi", "fast", volumeName="pvc-1")) == times(1, 1, 1)


@pytest.mark.parametrize("mark", ["storageclass.kubernetes.io", "storageclass.beta.kubernetes.io"])
def test_a_claim_without_a_class_gets_the_default_class(mark: str) -> None:
    kind, name, props = ebs("fast", type="gp3", throughput="250")
    props["metadata"]["annotations"] = {f"{mark}/is-default-class": "true"}
    assert totals((kind, name, props), ebs("slow", type="st1"), claim("1000Gi")) == times(1, 1, 1)


@pytest.mark.parametrize(
    ("cloud", "rows", "name", "reason"),
    [
        ("aws", (), "gone", "storage class gone is not in the plan"),
        ("aws", (FAST,), None, "it names no storage class, and the plan does not have the cluster's default class"),
        ("aws", (EKS, FAST), None, "it names no storage class, and the cluster has no default class"),
        ("azure", (), None, "it names no storage class, and the plan does not have the cluster's default class"),
        ("aws", (FAST,), UNKNOWN_WORD, "its storage class is known only after the update"),
        (
            "aws",
            (storage_class("a", "ebs.csi.aws.com", {}, True), storage_class("b", "ebs.csi.aws.com", {}, True)),
            None,
            "it names no storage class, and several are the default: a, b",
        ),
    ],
)
def test_a_class_that_is_not_known_is_no_guess(cloud: str, rows: tuple[Row, ...], name: Any, reason: str) -> None:
    lines = volumes(cloud, *rows, claim("100Gi", name), usage=NO_VOLUMES)
    assert [(line.price.usd, line.price.source) for line in lines] == [(None, reason)]


@pytest.mark.parametrize(
    ("cloud", "name", "what"),
    [
        ("aws", "gp2", "ebs gp2"),
        ("azure", "default", "disk e10"),
        ("azure", "managed-csi", "disk e10"),
        ("azure", "managed-csi-premium", "disk p10"),
        ("azure", "azurefile-csi-premium", "files premium-lrs"),
    ],
)
def test_classes_that_the_cluster_comes_with(cloud: str, name: str, what: str) -> None:
    """EKS and AKS create them (EKS User Guide, Storage; AKS, Concepts - Storage; read 2026-11-27)."""
    assert [line.what for line in volumes(cloud, claim("100Gi", name))] == [what]


def test_the_default_class_of_aks_is_its_own_until_another_one_replaces_it() -> None:
    assert [line.what for line in volumes("azure", AKS, claim("100Gi"), usage=NO_VOLUMES)] == ["disk e10"]
    own = azure_disk("own", skuName="Premium_LRS")
    own[2]["metadata"]["annotations"] = {"storageclass.kubernetes.io/is-default-class": "true"}
    assert [line.what for line in volumes("azure", AKS, own, claim("100Gi"), usage=NO_VOLUMES)] == ["disk p10"]
    mark = {"name": "default", "annotations": {"storageclass.kubernetes.io/is-default-class": "false"}, "labels": TAGS}
    patch = ("kubernetes:storage.k8s.io/v1:StorageClassPatch", "born-default", {"metadata": mark})
    (line,) = volumes("azure", AKS, patch, claim("100Gi"), usage=NO_VOLUMES)
    assert line.price.source == "it names no storage class, and the cluster has no default class"


def test_classes_of_aks_are_zone_redundant_if_its_nodes_are_in_several_zones() -> None:
    """Since Kubernetes 1.29 (AKS, Create and manage persistent volumes with Azure Disks; read 2026-11-27)."""
    zones = {"agentPoolProfiles": [{"name": "system", "availabilityZones": ["1", "2", "3"]}]}
    aks = (AKS[0], AKS[1], {**AKS[2], **zones})
    lines = volumes("azure", aks, claim("100Gi", "managed-csi"), usage=NO_VOLUMES)
    assert "e10-zrs" in [line.charge.sku for line in lines if not line.priced]


def test_the_claims_of_a_chart_are_one_for_each_replica() -> None:
    spec = {"replicas": 2, "storageSpec": {"volumeClaimTemplate": {"spec": claim_spec("1000Gi", "fast")}}}
    values = {"prometheus": {"prometheusSpec": spec}}
    props = {"chart": "kube-prometheus-stack", "values": values, "metadata": {"labels": TAGS}}
    release = ("kubernetes:helm.sh/v3:Release", "metrics", props)
    assert totals(FAST, release) == times(2, 2, 2)


def snapshot(source: dict[str, Any]) -> Row:
    return of_kind("snapshot.storage.k8s.io/v1:VolumeSnapshot", "nightly", {"source": source})


@pytest.mark.parametrize(("cloud", "row", "usd"), [
    ("aws", FAST, "60.5"),  # 1,000 x 0.0605
    ("azure", azure_disk("fast", skuName="Premium_LRS"), "61.63"),  # 1,000 x 0.06163
])  # fmt: skip
def test_a_snapshot_costs_at_most_all_of_its_claim(cloud: str, row: Row, usd: str) -> None:
    """It is charged by its data (AWS, EBS pricing; Azure, Understand Azure Disk Storage billing)."""
    lines = volumes(cloud, row, claim("1000Gi", "fast"), snapshot({"persistentVolumeClaimName": "disk"}))
    (line,) = (line for line in lines if line.charge.sku == "snapshot")
    assert line.usd == Range(Decimal(0), Decimal(usd), Decimal(usd))


@pytest.mark.parametrize(("name", "prices"), [
    ("data-index-0", ["6.16300"]), ("data-index-2", ["6.16300"]),  # 100 x 0.06163
    ("data-index", []), ("data-index-a", []), ("data-other-0", []), ("index-data-0", []),
])  # fmt: skip
def test_a_snapshot_of_a_claim_that_a_stateful_set_makes(name: str, prices: list[str]) -> None:
    """The claims of its pods have the names of its template, its own, and a number."""
    template = {"metadata": {"name": "data"}, "spec": claim_spec("100Gi", "fast")}
    pods = of_kind("apps/v1:StatefulSet", "index", {"replicas": 1, "volumeClaimTemplates": [template]})
    lines = volumes("azure", azure_disk("fast", skuName="Premium_LRS"), pods, snapshot({
        "persistentVolumeClaimName": name}))  # fmt: skip
    assert [str(line.usd.max) for line in lines if line.charge.sku == "snapshot" and line.usd.max] == prices


@pytest.mark.parametrize(
    ("rows", "source", "reasons"),
    [
        ((), {"volumeSnapshotContentName": "content"}, []),
        ((), {"persistentVolumeClaimName": "disk"},
         ["the plan does not have its claim disk, so its size is not known"]),
        ((), {"persistentVolumeClaimName": UNKNOWN_WORD},
         ["the plan does not have its claim, so its size is not known"]),
        ((storage_class("fast", "efs.csi.aws.com"), claim("1Gi", "fast")), {"persistentVolumeClaimName": "disk"},
         ["what snapshots of volumes of efs.csi.aws.com cost is not known"]),
    ],
)  # fmt: skip
def test_a_snapshot_of_unknown_size_has_no_price(rows: tuple[Row, ...], source: Any, reasons: list[str]) -> None:
    assert [line.price.source for line in volumes("aws", *rows, snapshot(source))] == reasons


def test_attributes_of_a_claim_replace_those_of_its_class() -> None:
    """Kubernetes, Volume Attributes Classes (stable since 1.34)."""
    attributes = ("kubernetes:storage.k8s.io/v1:VolumeAttributesClass", "silver", {
        "metadata": {"name": "silver", "labels": TAGS}, "driverName": "ebs.csi.aws.com", "parameters": {"iops": "5000"},
    })  # fmt: skip
    found = totals(FAST, attributes, claim("1000Gi", "fast", volumeAttributesClassName="silver"))
    assert found.expected == times(1, 1, 1).expected + Decimal("12.10")  # 2,000 x 0.00605
    (line,) = volumes("aws", FAST, claim("1000Gi", "fast", volumeAttributesClassName="gold"))
    assert line.price.source == "volume attributes class gold is not in the plan"


def test_the_class_of_a_claim_follows_from_its_dependency() -> None:
    kind, name, props = claim("1000Gi", UNKNOWN_WORD)
    source = {"dependencies": {"spec": (urn(FAST[0], FAST[1]),)}}
    assert totals(FAST, (kind, name, props, source)) == times(1, 1, 1)


def test_volumes_of_an_on_premises_cluster_cost_nothing_more_than_its_machines() -> None:
    """Nothing of the site has a region of a cloud."""
    assert priced(plan(FAST, claim("1000Gi", "fast"), stateful_set(2))).lines == ()
