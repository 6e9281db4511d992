"""Objects that create pods or volumes in ways of their own: KServe's services, charts, patches, StatefulSets."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.work.pod_groups import form_of
from falaj.finops.work.requests import requests
from tests.unit.finops.plans import AWS_NETWORK, TAGS, UNKNOWN_WORD, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.volume_plans import azure_disk, claim_spec, ebs
from tests.unit.finops.work_plans import deployment, of_kind, pod

H100 = "Standard_NC40ads_H100_v5"
KSERVE = "serving.kserve.io/v1beta1:InferenceService"
GPU_MODEL = {"resources": {"requests": {"cpu": "16", "memory": "96Gi"}, "limits": {"nvidia.com/gpu": "1"}}}
CONTAINER = {"containers": [GPU_MODEL]}
WORKERS = {"pipelineParallelSize": 3, **CONTAINER}
POOL = karpenter_pool("work", ["m5.4xlarge"], limits={"nodes": "4"}, profile="batch")


def warnings(*rows: Row) -> list[str]:
    return list(priced(plan(AWS_NETWORK, POOL, *rows)).warnings)


@pytest.mark.parametrize(
    ("spec", "counts"),
    [
        # `minReplicas` is 1 by default (KServe, V1beta1ComponentExtensionSpec; read 2026-11-27).
        ({"predictor": {"model": GPU_MODEL}}, [1]),
        ({"predictor": {"minReplicas": 3, "maxReplicas": 8, "model": GPU_MODEL}}, [3]),
        ({"predictor": {"minReplicas": 0, "triton": GPU_MODEL}}, [0]),
        ({"predictor": CONTAINER, "transformer": {"minReplicas": 2, **CONTAINER}}, [1, 2]),
        # One head and a worker for each other stage of the pipeline (KServe, multi-node inference).
        ({"predictor": {"minReplicas": 2, "model": GPU_MODEL, "workerSpec": WORKERS}}, [2, 4]),
    ],
)  # fmt: skip
def test_pods_of_inference_services(spec: dict[str, Any], counts: list[int]) -> None:
    form = form_of(f"kubernetes:{KSERVE}")
    assert form is not None
    groups = list(form.groups(spec))
    assert [(group.count or 0) * getattr(group, "replicas", 1) for group in groups] == counts
    assert all(requests(group.template["spec"])["nvidia.com/gpu"] == 1 for group in groups)


def test_a_model_without_requests_has_those_of_the_runtimes() -> None:
    """1 CPU and 2 GiB (kserve/kserve, config/runtimes; read 2026-11-27)."""
    form = form_of(f"kubernetes:{KSERVE}")
    assert form is not None
    (group,) = form.groups({"predictor": {"model": {"modelFormat": {"name": "sklearn"}}}})
    assert requests(group.template["spec"]) == {"cpu": 1000, "memory": 2 * 1024**3, "pods": 1}


def test_an_inference_service_is_money() -> None:
    service = of_kind(KSERVE, "assistant", {"predictor": {"minReplicas": 2, "model": GPU_MODEL}})
    lines = priced(plan(agent_pool("gpu", H100, 0, 6), service), "profiles: {inference-gpu: {load: 0}}").lines
    assert [line.charge.quantity.expected for line in lines if line.charge.machine] == [2 * 730]


def release(chart: str, name: str = "tools", **values: Any) -> Row:
    props = {"chart": chart, "name": name, "values": values, "metadata": {"labels": TAGS}}
    return "kubernetes:helm.sh/v3:Release", "uae-release", props


def test_charts_without_requests_on_record_are_named() -> None:
    assert "milvus" in without_requests(release("oci://charts.example/milvus"))
    assert not without_requests(release("oci://charts.example/keda", "scaler"))
    assert not without_requests(release("keda"))
    assert "adot" in without_requests(("aws:eks/addon:Addon", "uae-addon", {"addonName": "adot", "tags": TAGS}))


def without_requests(row: Row) -> str:
    return " ".join(text for text in warnings(row) if "no requests are on record" in text)


def test_a_chart_is_known_by_its_chart_and_not_by_its_release() -> None:
    system = ("aws:eks/nodeGroup:NodeGroup", "uae-system", {
        "instanceTypes": ["t4g.large"],
        "scalingConfig": {"minSize": 1, "maxSize": 3},
        "labels": {"falaj/pool": "system", "falaj/profile": "system"},
        "tags": TAGS,
    })  # fmt: skip
    lines = priced(plan(AWS_NETWORK, system, release("oci://mirror/karpenter", "autoscaler"))).lines
    # Its two pods must not share a node.
    assert [line.charge.quantity.min for line in lines if line.charge.machine] == [2 * 730]


def test_patches_of_work_are_named() -> None:
    patch = of_kind("apps/v1:DeploymentPatch", "existing", {"replicas": 20})
    (text,) = (text for text in warnings(patch) if "existing" in text)
    assert "DeploymentPatch" in text
    node = ("kubernetes:core/v1:NodePatch", "node", {"metadata": {"name": "node"}})
    assert not any("Patch" in text for text in warnings(node, deployment("work", 1, pod())))


@pytest.mark.parametrize("kind", ["example.com/v1:Lab", "serving.kserve.io/v1alpha1:InferenceGraph"])
def test_kinds_with_pods_that_the_estimate_does_not_know_are_named(kind: str) -> None:
    (text,) = (text for text in warnings(of_kind(kind, "lab", {"template": pod()})) if "lab" in text)
    assert "starts pods that are not in the estimate" in text
    for known in ("apps/v1:Deployment", "core/v1:PodTemplate", "serving.kserve.io/v1alpha1:ServingRuntime"):
        assert not any("starts pods" in text for text in warnings(of_kind(known, "lab", {"template": pod()})))


def stateful_set(replicas: Any, *sizes: Any) -> Row:
    claims = [{"spec": claim_spec(size, "own")} for size in sizes]
    return of_kind("apps/v1:StatefulSet", "database", {
        "replicas": replicas, "template": pod(), "volumeClaimTemplates": claims,
    })  # fmt: skip


def test_claims_of_a_stateful_set_are_one_volume_for_each_replica() -> None:
    """Each pod gets one claim of each template (apps/v1, StatefulSetSpec)."""
    lines = priced(plan(AWS_NETWORK, ebs("own"), stateful_set(3, "100Gi", "1Ti"))).lines
    assert [line.charge.quantity.expected for line in lines if line.charge.service == "ebs"] == [300, 3 * 1024]
    rows = agent_pool("cpu", "Standard_D8as_v5", 1, 1), azure_disk("own", skuName="Premium_LRS")
    on_azure = priced(plan(*rows, stateful_set(2, "100Gi"))).lines
    (disk,) = (line for line in on_azure if line.what == "disk p10")
    assert disk.charge.quantity.expected == 2
    assert disk.usd.expected == 2 * (disk.price.usd or Decimal(0))


def test_claims_of_an_unknown_number_have_no_price() -> None:
    (line,) = priced(plan(AWS_NETWORK, stateful_set(UNKNOWN_WORD, "100Gi"))).unpriced
    assert "spec.replicas is known only after the update" in line.price.source
