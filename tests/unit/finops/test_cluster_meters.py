"""What Kubernetes objects create is priced as on the cluster's cloud, and never as on another one."""

from dataclasses import replace
from typing import Any

import pytest

from falaj.facts import clouds
from falaj.facts.machine_names import is_burstable, traits
from falaj.facts.prices import catalogue
from falaj.finops.lines import Line
from falaj.finops.rightsize.profile import Batch
from falaj.finops.rightsize.sites import regions
from falaj.finops.rightsize.storage import Readers, classes
from tests.unit.finops.plans import Row, plan, priced
from tests.unit.finops.volume_plans import storage_class

SITES = {site.name: site for site in regions()}
BALANCER = ("kubernetes:core/v1:Service", "edge", {"spec": {"type": "LoadBalancer"}})
CLAIM = (
    "kubernetes:core/v1:PersistentVolumeClaim",
    "disk",
    {"spec": {"storageClassName": "own", "resources": {"requests": {"storage": "100Gi"}}}},
)
CLASSES: dict[str, Row] = {
    "me-central-1": storage_class("own", "ebs.csi.aws.com", tags={}),
    "uaenorth": storage_class("own", "disk.csi.azure.com", {"skuName": "Premium_LRS"}, tags={}),
}
"""Region -> class of claims. Nothing here belongs to a site."""

GATEWAY = (
    "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    "models",
    {"spec": {"gatewayClassName": "istio", "listeners": []}},
)


def release(chart: str, **values: Any) -> tuple[str, str, dict[str, Any]]:
    return ("kubernetes:helm.sh/v3:Release", chart, {"chart": chart, "values": values})


def _prometheus(**spec: Any) -> tuple[str, str, dict[str, Any]]:
    return release("kube-prometheus-stack", prometheus={"prometheusSpec": spec})


METRICS = _prometheus(storageSpec={"volumeClaimTemplate": CLAIM[2]})


def nodes(group: str) -> tuple[str, str, dict[str, Any]]:
    requirements = [{"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7g.large"]}]
    spec = {"requirements": requirements, "nodeClassRef": {"group": group, "name": "default"}}
    return (
        "kubernetes:karpenter.sh/v1:NodePool",
        "pool",
        {"spec": {"template": {"spec": spec}, "limits": {"nodes": 2}}},
    )


def lines(region: str, *rows: tuple[str, str, dict[str, Any]]) -> list[Line]:
    provider = ("pulumi:providers:stub", "provider", {"region": region})
    classes = (CLASSES[region],) if region in CLASSES else ()
    return [line for line in priced(plan(provider, *classes, *rows)).lines if line.charge.service != "machine"]


@pytest.mark.parametrize(
    ("region", "services"),
    [
        ("me-central-1", [("elb", "network"), ("elb", "nlcu"), ("ec2", "public-ipv4"), ("ebs", "gp3")]),
        (
            "uaenorth",
            [("load-balancer", "rules"), ("load-balancer", "processed"), ("public-ip", "standard"), ("disk", "p10")],
        ),
    ],
)
def test_load_balancers_and_volumes_are_those_of_the_cloud(region: str, services: list[tuple[str, str]]) -> None:
    found = lines(region, BALANCER, CLAIM)
    assert [(line.charge.service, line.charge.sku) for line in found] == services
    assert all(line.priced for line in found)


def test_a_gateway_costs_what_the_service_of_its_controller_costs() -> None:
    assert [line.usd for line in lines("me-central-1", GATEWAY)] == [
        line.usd for line in lines("me-central-1", BALANCER)
    ]


def test_the_volume_that_a_chart_claims_costs_what_a_claim_costs() -> None:
    assert [line.usd for line in lines("uaenorth", METRICS)] == [line.usd for line in lines("uaenorth", CLAIM)]
    (volume,) = lines("uaenorth", METRICS)
    assert volume.charge.note == "claimed by the chart kube-prometheus-stack, whose pods are counted at the node pools"
    assert lines("uaenorth", _prometheus()) == []
    assert lines("uaenorth", release("kueue", prometheus=METRICS[2]["values"]["prometheus"])) == []


@pytest.mark.parametrize("row", [BALANCER, CLAIM], ids=["balancer", "volume"])
def test_a_region_of_no_cloud_has_no_price(row: tuple[str, str, dict[str, Any]]) -> None:
    (line,) = lines("gulf-central-7", row)
    assert line.price.usd is None
    assert line.price.source == "the region of its cluster is not known, or belongs to no registered cloud"


@pytest.mark.parametrize(
    ("group", "service"), [("karpenter.k8s.aws", "ebs"), ("karpenter.azure.com", "disk"), ("", "ebs")]
)
def test_the_disks_of_karpenter_are_those_of_its_node_class(group: str, service: str) -> None:
    assert {line.charge.service for line in lines("me-central-1", nodes(group))} == {service}


def test_a_node_class_of_no_cloud_has_no_price() -> None:
    (line,) = lines("me-central-1", nodes("karpenter.gulf.example"))
    assert line.price.usd is None
    assert line.price.source == "the API group of its node class belongs to no registered cloud"


@pytest.mark.parametrize("name", ["t2d-standard-4", "n2-standard-4", "stub.large"])
def test_names_of_another_convention_have_no_traits(name: str) -> None:
    assert traits(name).has == frozenset()
    assert traits(name).generation == 0
    assert not is_burstable(name)


def test_storage_of_a_cloud_without_classes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = replace(clouds.CLOUDS[clouds.Cloud.AZURE], storage=None, display_name="Gulf")
    monkeypatch.setitem(clouds.CLOUDS, clouds.Cloud.AZURE, entry)  # type: ignore[arg-type]
    work = {"kind": "batch", "vcpu_hours": 1, "memory_gib": 1, "dataset_gib": 10, "read_mib_per_second": 1}
    (option,) = classes(Batch.model_validate(work), SITES["uaenorth"], Readers(1, 8), catalogue())
    assert (option.name, option.usd_month) == ("storage on Gulf", None)
