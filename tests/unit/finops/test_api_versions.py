"""Objects in other versions of their API are the same objects: the API server converts between the versions that it
serves (Kubernetes, Versions in CustomResourceDefinitions; Karpenter, v1 Migration; Gateway API, Versioning; read
2026-11-27)."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Range
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, karpenter_pool, plan, priced
from tests.unit.finops.volume_plans import AZURE_NETWORK, azure_disk, claim_spec, ebs
from tests.unit.finops.work_plans import pod


def bill(*rows: Row) -> list[tuple[str, Range]]:
    estimate = priced(plan(*rows))
    assert not estimate.unpriced
    return [(line.what, line.usd) for line in estimate.lines]


def of_version(row: Row, version: str) -> Row:
    group, _, kind = row[0].rpartition(":")
    return f"{group.partition('/')[0]}/{version}:{kind}", *row[1:]


def named(kind: str, name: str, **props: Any) -> Row:
    return f"kubernetes:{kind}", f"uae-{name}", {"metadata": {"name": name, "labels": TAGS}, **props}


_POOL = karpenter_pool("cpu", ["m7g.4xlarge"], limits={"cpu": "64"})
_POOL[2]["spec"]["template"]["spec"]["nodeClassRef"] = {"name": "gp"}
_VOLUMES = {"blockDeviceMappings": [{"ebs": {"volumeSize": "100Gi", "iops": 6000}}]}
_CLAIM = claim_spec("10Gi", "disk")
_SET = {"replicas": 2, "template": pod(), "volumeClaimTemplates": [{"metadata": {"name": "d"}, "spec": _CLAIM}]}
_CLASS = named("karpenter.k8s.aws/v1:EC2NodeClass", "gp", spec=_VOLUMES)
_GATEWAY = named("gateway.networking.k8s.io/v1:Gateway", "door", spec={"gatewayClassName": "istio"})
_INGRESS = named("networking.k8s.io/v1:Ingress", "web", spec={"ingressClassName": "alb"})


@pytest.mark.parametrize(
    ("rows", "changed", "version"),
    [
        ((AWS_NETWORK, _CLASS, _POOL), 2, "v1beta1"),
        ((AWS_NETWORK, _CLASS, _POOL), 1, "v1beta1"),
        ((AWS_NETWORK, _GATEWAY), 1, "v1beta1"),
        ((AWS_NETWORK, _INGRESS), 1, "v1beta1"),
        ((AWS_NETWORK, ebs("disk", type="gp3"), named("apps/v1:StatefulSet", "db", spec=_SET)), 2, "v1beta2"),
        ((AZURE_NETWORK, azure_disk("disk", skuname="Premium_LRS"), named("apps/v1:StatefulSet", "db", spec=_SET)), 1,
         "v1beta1"),
    ],
)  # fmt: skip
def test_the_version_of_an_api_does_not_change_the_bill(rows: tuple[Row, ...], changed: int, version: str) -> None:
    others = [of_version(row, version) if index == changed else row for index, row in enumerate(rows)]
    expected = bill(*rows)
    assert sum(usd.max for _, usd in expected) > 0
    assert bill(*others) == expected


def test_machines_of_a_pool_in_an_earlier_version() -> None:
    """64 vCPU are 4 machines of 16."""
    (machines,) = (usd for what, usd in bill(AWS_NETWORK, _CLASS, of_version(_POOL, "v1beta1")) if "m7g" in what)
    (hour,) = (line.price.usd for line in priced(plan(AWS_NETWORK, _POOL)).lines if line.charge.machine)
    assert hour is not None
    assert machines.max == 4 * hour * Decimal(730)
