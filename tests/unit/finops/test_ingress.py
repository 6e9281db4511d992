"""Load balancers that controllers start for Ingresses: by class, group, scheme and cloud."""

from typing import Any

import pytest

from tests.unit.finops.plans import TAGS, Row, plan, priced
from tests.unit.finops.test_load_balancers import AWS, AZURE, HOURS, D, quantities, service

SCHEME, GROUP = "alb.ingress.kubernetes.io/scheme", "alb.ingress.kubernetes.io/group.name"
PUBLIC = {SCHEME: "internet-facing"}
APP_ROUTING = "webapprouting.kubernetes.azure.com"


def ingress(name: str, kind: str = "alb", **annotations: str) -> Row:
    metadata = {"name": name, "labels": TAGS, "annotations": annotations}
    spec = {"ingressClassName": kind} if kind else {}
    return "kubernetes:networking.k8s.io/v1:Ingress", name, {"metadata": metadata, "spec": spec}


def ingress_class(name: str, controller: str, **spec: Any) -> Row:
    metadata = {"name": name, "labels": TAGS, "annotations": spec.pop("annotations", {})}
    props = {"metadata": metadata, "spec": {"controller": controller, **spec}}
    return "kubernetes:networking.k8s.io/v1:IngressClass", f"class-{name}", props


def on_aws(*rows: Row) -> dict[str, Any]:
    return quantities(priced(plan(AWS, *rows), "sites: {uae: {load_balancer_gb: 300}}"), "elb", "ec2")


ALB = {"application": HOURS, "lcu": 300}


def test_an_ingress_is_an_application_load_balancer() -> None:
    """730 x 0.0225 x 1.21 and 300 LCU-hours of 0.008 x 1.21 USD; a public one has an address in each of three zones."""
    result = priced(plan(AWS, ingress("web", **PUBLIC)), "sites: {uae: {load_balancer_gb: 300}}")
    assert quantities(result, "elb", "ec2") == {**ALB, "public-ipv4": 3 * HOURS}
    total = HOURS * D("0.027225") + 300 * D("0.00968") + 3 * HOURS * D("0.005")
    assert result.usd.expected == total
    assert result.usd.min == total - 300 * D("0.00968")


def test_the_scheme_is_internal_by_default() -> None:
    """AWS Load Balancer Controller, Ingress annotations, `scheme` (2026-11-27)."""
    assert on_aws(ingress("web")) == ALB
    assert on_aws(ingress("web", **{SCHEME: "internal"})) == ALB


def test_ingresses_of_a_group_share_one() -> None:
    """The same, IngressGroup; the scheme may stand at any of the group."""
    grouped = (ingress("a", **{GROUP: "g"}), ingress("b", **{GROUP: "g"}, **PUBLIC), ingress("c", **{GROUP: "h"}))
    assert on_aws(*grouped) == {"application": 2 * HOURS, "lcu": 300, "public-ipv4": 3 * HOURS}
    assert on_aws(ingress("a"), ingress("b"))["application"] == 2 * HOURS


def test_the_class_decides_by_its_controller() -> None:
    """Controllers `ingress.k8s.aws/alb` and, of EKS Auto Mode, `eks.amazonaws.com/alb`; parameters take precedence
    over annotations (AWS Load Balancer Controller, IngressClass)."""
    parameters = {"apiGroup": "elbv2.k8s.aws", "kind": "IngressClassParams", "name": "edge"}
    shared = {"scheme": "internet-facing", "group": {"name": "one"}}
    stated = ("kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", "params", {
        "metadata": {"name": "edge", "labels": TAGS}, "spec": shared,
    })  # fmt: skip
    for controller in ("ingress.k8s.aws/alb", "eks.amazonaws.com/alb"):
        edge = ingress_class("edge", controller, parameters=parameters)
        rows = (edge, stated, ingress("a", "edge"), ingress("b", "edge", **{SCHEME: "internal"}))
        assert on_aws(*rows) == {**ALB, "public-ipv4": 3 * HOURS}
    assert on_aws(ingress_class("alb", "k8s.io/ingress-nginx"), ingress("a")) == {}


def test_the_annotation_and_the_default_class() -> None:
    old = ingress("old", "", **{"kubernetes.io/ingress.class": "alb"})
    default = ingress_class(
        "mine", "ingress.k8s.aws/alb", annotations={"ingressclass.kubernetes.io/is-default-class": "true"}
    )
    assert on_aws(old) == ALB
    assert on_aws(ingress("none", "")) == {}
    assert on_aws(default, ingress("none", "")) == ALB


def test_nginx_has_the_load_balancer_of_its_service() -> None:
    assert on_aws(ingress("web", "nginx"), service("nginx", internal=True)) == {"network": HOURS, "nlcu": 300}


def test_a_class_that_the_plan_does_not_state_is_named() -> None:
    (text,) = (text for text in priced(plan(AWS, ingress("web", "edge"))).warnings if "edge" in text)
    assert "Ingress web" in text
    assert "IngressClass" in text
    assert not [text for text in priced(plan(AWS, ingress("web", "nginx"), ingress("api"))).warnings if "class" in text]


def test_application_routing_of_aks_has_one_address_and_two_rules() -> None:
    """Its managed NGINX has one Service of the ports 80 and 443 (AKS, application routing add-on; 2026-11-27)."""
    rows = (ingress("web", APP_ROUTING), ingress("api", APP_ROUTING), service("edge", ports=5))
    result = priced(plan(AZURE, *rows), "sites: {uae: {load_balancer_gb: 300}}")
    expected = {"rules": HOURS, "further-rules": 2 * HOURS, "processed": 300, "standard": 2 * HOURS}
    assert quantities(result, "load-balancer", "public-ip") == expected


@pytest.mark.parametrize("kind", ["azure-application-gateway", "azure-alb-external"])
def test_an_application_gateway_has_no_price(kind: str) -> None:
    """Its size is not in the plan: a line without a price shuts the gate. One serves all Ingresses of a cluster."""
    (line,) = priced(plan(AZURE, ingress("web", kind), ingress("api", kind))).unpriced
    assert line.charge.service == "application-gateway"
    declared = ("azure-native:network:ApplicationGateway", "edge", {"location": "uaenorth", "tags": TAGS})
    (line,) = priced(plan(AZURE, declared, ingress("web", kind))).unpriced
    assert line.charge.service == "unlisted"
    sized = (*declared[:2], declared[2] | {"sku": {"name": "WAF_v2", "tier": "WAF_v2", "capacity": 2}})
    assert priced(plan(AZURE, sized, ingress("web", kind))).unpriced == ()


def test_an_ingress_of_an_own_cluster_costs_nothing() -> None:
    assert priced(plan(ingress("web"))).lines == ()
