"""Kinds that the estimate prices, in other versions of their APIs."""

from typing import Any

import pytest

from tests.unit.finops.plans import AWS_NETWORK, Row, karpenter_pool, plan, priced
from tests.unit.finops.test_ingress import ingress
from tests.unit.finops.test_load_balancers import gateway
from tests.unit.finops.work_plans import of_kind, pod

CLAIMS = [{"spec": {"resources": {"requests": {"storage": "100Gi"}}}}]
STATEFUL: dict[str, Any] = {"replicas": 2, "template": pod(), "volumeClaimTemplates": CLAIMS}


@pytest.mark.parametrize(
    ("row", "version"),
    [
        (karpenter_pool("work", ["m5.4xlarge"], limits={"nodes": "4"}), "v1beta1"),
        (gateway("models"), "v1beta1"),
        (ingress("web"), "v1beta1"),
        (of_kind("apps/v1:StatefulSet", "database", STATEFUL), "v1beta2"),
    ],
)
def test_another_version_costs_the_same(row: Row, version: str) -> None:
    kind, name, props = row
    older = kind.replace("/v1:", f"/{version}:"), name, props
    assert older[0] != kind
    now, then = (priced(plan(AWS_NETWORK, each)) for each in (row, older))
    assert now.usd.max > 0
    assert then.usd == now.usd
    assert [text for text in then.warnings if "judged" in text] == []


def test_the_node_class_of_another_version_has_its_disks() -> None:
    kind, name, props = karpenter_pool("work", ["m5.4xlarge"], limits={"nodes": "4"})
    reference = {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "work"}
    props["spec"]["template"]["spec"]["nodeClassRef"] = reference
    disks = {"blockDeviceMappings": [{"ebs": {"volumeSize": "500Gi", "volumeType": "gp3"}}]}
    now, then = (
        priced(plan(AWS_NETWORK, (kind, name, props), of_kind(f"karpenter.k8s.aws/{each}:EC2NodeClass", "work", disks)))
        for each in ("v1", "v1beta1")
    )
    assert then.usd == now.usd
    assert [line.charge.quantity.max for line in now.lines if line.what == "ebs gp3"] == [4 * 500]
