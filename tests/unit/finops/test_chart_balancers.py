"""Charts of ingress controllers have a Service of type LoadBalancer by default: values of ingress-nginx 4.13, of the
gateway of Istio, of Traefik, of Kong and of F5's nginx-ingress (read 2026-11-27)."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Line
from tests.unit.finops.plans import TAGS, Row
from tests.unit.finops.volume_plans import bill


def release(chart: str, **values: Any) -> Row:
    props = {"chart": chart, "name": "door", "values": values, "metadata": {"labels": TAGS}}
    return "kubernetes:helm.sh/v3:Release", "uae-door", props


def balancers(cloud: str, *rows: Row) -> list[Line]:
    return [line for line in bill(cloud, *rows).lines if line.charge.service in ("elb", "ec2", "load-balancer")]


_CHARTS = (
    "ingress-nginx",
    "https://charts.example.com/traefik",
    "kong",
    "nginx-ingress",
    "oci://r.example.com/gateway",
)


@pytest.mark.parametrize("chart", _CHARTS)
def test_an_ingress_controller_has_a_load_balancer(chart: str) -> None:
    # 0.027225 x 730, 200 GB at 0.00726, addresses in 3 zones at 0.005 x 730
    assert sum(line.usd.expected for line in balancers("aws", release(chart))) == Decimal("32.27625")
    # Up to five rules at 0.025 x 730, 200 GB at 0.005
    assert sum(line.usd.expected for line in balancers("azure", release(chart))) == Decimal("19.25")


@pytest.mark.parametrize(
    ("chart", "values"),
    [
        ("ingress-nginx", {"controller": {"service": {"type": "ClusterIP"}}}),
        ("ingress-nginx", {"controller": {"service": {"enabled": False}}}),
        ("traefik", {"service": {"type": "NodePort"}}),
        ("kong", {"proxy": {"type": "ClusterIP"}}),
        ("nginx-ingress", {"controller": {"service": {"create": False}}}),
        ("gateway", {"service": {"type": "None"}}),
        ("kueue", {}),
    ],
)
def test_a_controller_without_such_a_service_has_none(chart: str, values: dict[str, Any]) -> None:
    assert not balancers("aws", release(chart, **values))


def test_an_internal_one_has_no_addresses() -> None:
    annotations = {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}
    lines = balancers("aws", release("ingress-nginx", controller={"service": {"annotations": annotations}}))
    assert {line.charge.service for line in lines} == {"elb"}
