"""Sizes that Kubernetes objects state as a Quantity (`1Ti`, `500Mi`, `64000m`), which is bytes or cores without a
suffix (Kubernetes API reference, Quantity; read 2026-11-27)."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.properties import get_gib, get_number
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, karpenter_pool, plan, priced
from tests.unit.finops.volume_plans import AZURE_NETWORK, claim_spec, storage_class

EBS = storage_class("own", "ebs.csi.aws.com")
PREMIUM = storage_class("own", "disk.csi.azure.com", {"skuName": "Premium_LRS"})
GP3 = Decimal("0.0968")
"""USD per GiB-month of a gp3 volume in me-central-1: the row of the price list."""


def claim(size: Any) -> dict[str, Any]:
    return {"spec": claim_spec(size, "own")}


def volume(network: Row, storage: Row, size: Any) -> tuple[str, Decimal]:
    """Returns service and SKU of a claimed volume of a class, and its cost in USD per month."""
    props = {"metadata": {"name": "disk", "labels": TAGS}} | claim(size)
    result = priced(plan(network, storage, ("kubernetes:core/v1:PersistentVolumeClaim", "disk", props)))
    (line,) = (line for line in result.lines if line.name == "disk")
    return line.what, line.usd.expected


@pytest.mark.parametrize(
    ("size", "gib"),
    # Both drivers round up to whole GiB (aws-ebs-csi-driver, azuredisk-csi-driver; RoundUpGiB).
    [("1Ti", 1024), ("500Mi", 1), ("100Gi", 100), ("100G", 94), (107374182400, 100), ("1.5Gi", 2), ("10240000Ki", 10)],
)
def test_claims_of_ebs_have_the_size_of_their_quantity(size: Any, gib: int) -> None:
    assert volume(AWS_NETWORK, EBS, size) == ("ebs gp3", gib * GP3)


@pytest.mark.parametrize(("size", "sku"), [("1Ti", "p30"), ("500Mi", "p1"), ("100Gi", "p10"), ("64G", "p6")])
def test_claims_of_azure_disks_have_the_next_size(size: str, sku: str) -> None:
    assert volume(AZURE_NETWORK, PREMIUM, size)[0] == f"disk {sku}"


def test_the_claim_of_a_chart_is_a_quantity() -> None:
    values = {"prometheus": {"prometheusSpec": {"storageSpec": {"volumeClaimTemplate": claim("1Ti")}}}}
    props = {"chart": "kube-prometheus-stack", "name": "metrics", "values": values, "metadata": {"labels": TAGS}}
    lines = priced(plan(AWS_NETWORK, EBS, ("kubernetes:helm.sh/v3:Release", "metrics", props))).lines
    assert [line.charge.quantity.max for line in lines if line.charge.service == "ebs"] == [1024]


@pytest.mark.parametrize(("cpus", "machines"), [("64000m", 16), ("1k", 250), ("64", 16), (10, 2), ("2e1", 5)])
def test_karpenters_limit_is_a_quantity(cpus: str | int, machines: int) -> None:
    """Machines of 4 vCPUs."""
    lines = priced(plan(AWS_NETWORK, karpenter_pool("gpu", ["g6.xlarge"], limits={"cpu": cpus}))).lines
    assert lines[0].charge.quantity.max == machines * 730


@pytest.mark.parametrize(
    ("value", "gib"),
    [(200, "200"), ("200", "200"), ("200Gi", "200"), ("1Ti", "1024"), ("200G", "187"), (None, "20"), ("Gi", "20")],
)
def test_sizes_of_volumes_of_node_classes_and_launch_templates(value: object, gib: str) -> None:
    """EC2's are numbers of GiB; those of an EC2NodeClass are quantities."""
    assert get_gib(value, 20) == Decimal(gib)


@pytest.mark.parametrize("text", ["1Ti", "500Mi", "64000m", "1k", "", "-1", "nan", "1e12", True, None])
def test_a_number_has_no_unit(text: object) -> None:
    assert get_number(text, 7) == 7
    assert get_number("0.35", 7) == Decimal("0.35")
