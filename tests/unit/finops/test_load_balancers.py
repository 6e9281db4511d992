"""Load balancers of Services and gateways: hours, capacity units or data, shared rules, addresses."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.clouds import CLOUDS
from falaj.finops.balanced import rules_of
from falaj.finops.estimate import Estimate
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.system_work import system_work
from tests.unit.finops.plans import TAGS, Row, plan, priced

D = Decimal
HOURS = 730
INTERNAL = {key: value for entry in CLOUDS.values() for key, value in entry.internal_load_balancer.items()}
AZURE = ("azure-native:network:VirtualNetwork", "uae-network", {"location": "uaenorth", "tags": TAGS})
AWS = ("aws:ec2/vpc:Vpc", "uae-network", {"region": "me-central-1", "tags": TAGS})


def service(name: str, ports: int = 1, internal: bool = False) -> Row:
    metadata = {"labels": TAGS, "annotations": INTERNAL if internal else {}}
    spec = {"type": "LoadBalancer", "ports": [{"port": 8000 + index} for index in range(ports)]}
    return "kubernetes:core/v1:Service", name, {"metadata": metadata, "spec": spec}


def gateway(name: str, kind: str = "istio", internal: bool = True, ports: tuple[int, ...] = (443,)) -> Row:
    spec: dict[str, Any] = {
        "gatewayClassName": kind,
        "listeners": [{"port": port, "protocol": "HTTPS"} for port in ports],
        "infrastructure": {"annotations": INTERNAL if internal else {}},
    }
    return "kubernetes:gateway.networking.k8s.io/v1:Gateway", name, {"metadata": {"labels": TAGS}, "spec": spec}


def cluster(outbound: str) -> Row:
    props = {"location": "uaenorth", "tags": TAGS, "networkProfile": {"outboundType": outbound}}
    return "azure-native:containerservice:ManagedCluster", "uae-cluster", props


def quantities(result: Estimate, *services: str) -> dict[str, Decimal]:
    """Returns the expected quantity of each SKU of these services."""
    found: dict[str, Decimal] = {}
    for line in result.lines:
        if line.charge.service in services:
            assert line.priced, line.what
            found[line.charge.sku] = found.get(line.charge.sku, D(0)) + line.charge.quantity.expected
    return found


def test_a_gateway_on_aws_pays_hours_and_capacity_units() -> None:
    """730 x 0.0225 x 1.21 and 300 GB, each an NLCU-hour of 0.006 x 1.21 USD."""
    result = priced(plan(AWS, gateway("models")), "sites: {uae: {load_balancer_gb: 300}}")
    assert quantities(result, "elb", "ec2") == {"network": HOURS, "nlcu": 300}
    assert sum(line.usd.expected for line in result.lines) == HOURS * D("0.027225") + 300 * D("0.00726")
    assert sum(line.usd.min for line in result.lines) == HOURS * D("0.027225")


def test_a_public_one_on_aws_has_an_address_in_each_zone() -> None:
    assert quantities(priced(plan(AWS, service("edge"))), "ec2") == {"public-ipv4": 3 * HOURS}
    assert quantities(priced(plan(AWS, service("edge", internal=True))), "ec2") == {}


def subnet(name: str, zone: str) -> Row:
    return "aws:ec2/subnet:Subnet", name, {"availabilityZoneId": zone, "region": "me-central-1", "tags": TAGS}


def test_addresses_are_those_of_the_zones_with_subnets() -> None:
    """One address in each zone in which the load balancer has a subnet (ELB, Network Load Balancers, Availability
    Zones; 2026-11-27)."""
    subnets = subnet("a", "mec1-az1"), subnet("a2", "mec1-az1"), subnet("c", "mec1-az3")
    assert quantities(priced(plan(AWS, *subnets, service("edge"))), "ec2") == {"public-ipv4": 2 * HOURS}
    kind, name, props = service("edge")
    stated = {"service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-1"}
    edge = kind, name, props | {"metadata": props["metadata"] | {"annotations": stated}}
    assert quantities(priced(plan(AWS, *subnets, edge)), "ec2") == {"public-ipv4": HOURS}


@pytest.mark.parametrize(
    ("props", "addresses"),
    [
        ({"subnets": ["a", "b"]}, 2),
        ({"subnetMappings": [{"subnetId": "a"}, {"subnetId": "b"}, {"subnetId": "c"}]}, 3),
        ({"subnets": ["a", "b"], "internal": True}, 0),
        ({"subnetMappings": [{"subnetId": "a", "allocationId": "eip"}]}, 0),  # an Elastic IP of the plan
    ],
)
def test_a_declared_public_one_of_aws_has_an_address_in_each_subnet(props: dict[str, Any], addresses: int) -> None:
    """VPC pricing, public IPv4 addresses; an Elastic IP is a line of its own (2026-11-27)."""
    row = ("aws:lb/loadBalancer:LoadBalancer", "edge", props | {"loadBalancerType": "network", "tags": TAGS})
    expected = {"public-ipv4": addresses * HOURS} if addresses else {}
    assert quantities(priced(plan(AWS, row)), "ec2") == expected


@pytest.mark.parametrize("kind", ["amazon-vpc-lattice", "istio-waypoint"])
def test_gateways_of_other_controllers_have_neither_balancer_nor_proxies(kind: str) -> None:
    """VPC Lattice has no Network Load Balancer and no price here; a waypoint has a Service within the cluster."""
    system = ("aws:eks/nodeGroup:NodeGroup", "uae-system", {
        "instanceTypes": ["t4g.large"], "scalingConfig": {"minSize": 1, "maxSize": 3}, "tags": TAGS,
        "labels": {"falaj/pool": "system", "falaj/profile": "system"},
    })  # fmt: skip
    result = priced(plan(AWS, system, gateway("one", kind)))
    assert not [line for line in result.lines if line.charge.service == "elb"]
    assert [line.charge.service for line in result.unpriced] == ["vpc-lattice"] * (kind == "amazon-vpc-lattice")
    assert not context_work(result)


def context_work(result: Estimate) -> list[str]:
    """Returns the parts of the cluster whose pods are counted."""
    context = PricingContext(result.plan, result.usage, result.prices, result.rates)
    return [work.name for work in system_work(context, {})]


def test_what_is_processed_is_printed_as_an_assumption_and_shared() -> None:
    result = priced(plan(AWS, service("one"), gateway("two")))
    assert result.assumed["uae.load_balancer_gb"] == "200"
    assert quantities(result, "elb")["nlcu"] == 200


def test_balancers_of_a_cluster_on_azure_share_one() -> None:
    """Two gateways, each with its port and Istio's health port: four rules, which are included; six are not."""
    usage = "sites: {uae: {load_balancer_gb: 300}}"
    two = priced(plan(AZURE, gateway("one"), gateway("two")), usage)
    assert quantities(two, "load-balancer") == {"rules": HOURS, "processed": 300}
    three = priced(plan(AZURE, gateway("one"), gateway("two"), gateway("three")), usage)
    assert quantities(three, "load-balancer") == {"rules": HOURS, "further-rules": HOURS, "processed": 300}
    assert sum(line.usd.expected for line in three.lines) == HOURS * D("0.035") + 300 * D("0.005")


def test_each_rule_above_five_is_counted_once() -> None:
    """Six rules of the first Service are one too many, and both of the second."""
    result = priced(plan(AZURE, service("one", ports=6), service("two", ports=2)))
    assert quantities(result, "load-balancer") == {"rules": HOURS, "further-rules": 3 * HOURS, "processed": 200}


def test_a_public_and_an_internal_one_are_two() -> None:
    result = priced(plan(AZURE, gateway("one"), service("edge")))
    assert quantities(result, "load-balancer", "public-ip") == {"rules": 2 * HOURS, "processed": 200, "standard": HOURS}


@pytest.mark.parametrize(("outbound", "balancers"), [("loadBalancer", 1), ("userAssignedNATGateway", 1)])
def test_the_way_out_of_a_cluster_is_a_rule_of_the_public_one(outbound: str, balancers: int) -> None:
    result = priced(plan(cluster(outbound), service("edge", ports=5)))
    further = {"further-rules": D(HOURS)} if outbound == "loadBalancer" else {}
    processed = 700 if outbound == "loadBalancer" else 200
    assert quantities(result, "load-balancer") == {"rules": balancers * HOURS, "processed": processed} | further


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (service("a", ports=3), 3),
        (gateway("b", ports=(443, 443, 80)), 3),
        (gateway("c", kind="cilium", ports=(443, 443)), 1),
        (("kubernetes:core/v1:Service", "d", {"spec": {"type": "ClusterIP", "ports": [{"port": 1}]}}), 0),
        (("kubernetes:core/v1:Secret", "e", {}), 0),
    ],
)
def test_rules_are_ports(row: Row, rules: int) -> None:
    (item,) = plan(row).resources
    assert rules_of(item) == rules


@pytest.mark.parametrize("module", ["lb", "alb"])
@pytest.mark.parametrize(("kind", "unit"), [("application", "lcu"), ("network", "nlcu")])
def test_a_declared_balancer_of_aws_pays_capacity_units(module: str, kind: str, unit: str) -> None:
    row = (f"aws:{module}/loadBalancer:LoadBalancer", "edge", {"loadBalancerType": kind, "tags": TAGS})
    assert quantities(priced(plan(AWS, row)), "elb") == {kind: HOURS, unit: 200}


def test_a_declared_balancer_of_azure_pays_its_rules() -> None:
    props = {"sku": {"name": "Standard"}, "loadBalancingRules": [{}] * 6, "outboundRules": [{}], "tags": TAGS}
    row = ("azure-native:network:LoadBalancer", "edge", props | {"location": "uaenorth"})
    expected = {"rules": HOURS, "further-rules": 2 * HOURS, "processed": 200}
    assert quantities(priced(plan(row)), "load-balancer") == expected


def test_a_site_with_clusters_of_two_clouds_has_one_bill() -> None:
    """The way out of the Azure cluster decides whose rules are counted, whatever the order of the plan."""
    other = ("aws:eks/cluster:Cluster", "other", {"region": "me-central-1", "tags": TAGS})
    rows = (AZURE, cluster("userAssignedNATGateway"), other, service("edge"))
    assert quantities(priced(plan(*rows)), "load-balancer")["rules"] == HOURS
    assert quantities(priced(plan(*reversed(rows))), "load-balancer")["rules"] == HOURS
