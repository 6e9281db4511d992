"""Who reaches and uses the API server of a site on AWS, as `falaj check` sees it."""

from typing import Any

import pytest

from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import platform_settings
from tests.unit.settings.stacks import changed, problems, raw

GATEWAY = {"id": "tgw-0123456789abcdef0", "routes": ["10.9.0.0/16"]}
EXISTING = {
    "vpc_id": "vpc-0123456789abcdef0",
    "node_subnet_ids": ["subnet-0000000a", "subnet-0000000b"],
    "control_plane_subnet_ids": ["subnet-0000001a", "subnet-0000001b"],
    "route_table_ids": ["rtb-0000000a"],
}
INSIDE = "`pulumi up` must run inside"
ADMITS_NONE = "its API server admits no other network"


def with_aws(options: dict[str, Any], **site: Any) -> dict[str, Any]:
    settings = raw()
    awsuae = settings["sites"]["awsuae"]
    network = awsuae["network"] | site.pop("network", {})
    awsuae |= {**site, "network": network, "aws": {**(awsuae.get("aws") or {}), **options}}
    return settings


@pytest.mark.parametrize(
    ("options", "site", "expected"),
    [
        ({}, {}, INSIDE),
        ({"private_access_cidrs": ["10.9.0.0/24"]}, {}, INSIDE),
        ({}, {"public_access_cidrs": ["203.0.113.0/24"]}, None),
        ({"network": {"transit_gateway": GATEWAY}}, {}, ADMITS_NONE),
        ({"network": {"transit_gateway": GATEWAY}, "private_access_cidrs": ["10.9.0.0/24"]}, {}, None),
        ({"network": {"existing": EXISTING}}, {"network": {"egress": "none"}}, ADMITS_NONE),
        (
            {"network": {"existing": EXISTING}, "private_access_cidrs": ["10.9.0.0/24"]},
            {"network": {"egress": "firewall"}},
            None,
        ),
    ],
)
def test_a_private_api_server_that_nothing_outside_reaches_is_a_warning(
    options: dict[str, Any], site: dict[str, Any], expected: str | None
) -> None:
    texts = [
        text for text in warnings(platform_settings(with_aws(options, **site))) if "awsuae: its API server" in text
    ]
    assert [expected in text if expected else text for text in texts] == ([True] if expected else [])


def test_a_role_has_one_kind_of_access() -> None:
    admin = "arn:aws:iam::123456789012:role/admins"
    settings = with_aws({"viewers": [admin]}, administrators=[admin])
    assert [problem.path for problem in problems(settings)] == ["platform.sites.awsuae.aws.viewers.0"]


def test_an_existing_network_is_checked_before_anything_is_planned() -> None:
    settings = with_aws({"network": {"existing": {**EXISTING, "route_table_ids": []}, "pods_cidr": "100.64.0.0/16"}})
    below = "platform.sites.awsuae.aws.network."
    assert {problem.path.removeprefix(below) for problem in problems(settings)} == {
        "existing", "existing.route_table_ids", "pods_cidr",
    }  # fmt: skip


def test_addresses_of_pods_may_be_more_than_those_of_nodes() -> None:
    pool = {"profile": "inference-cpu", "machines": ["m7g.2xlarge"], "max": 400}
    pools = {**raw()["sites"]["awsuae"]["pools"], "burst": pool}
    small = {"cidr": "10.30.0.0/20"}
    assert {problem.path for problem in problems(with_aws({}, network=small, pools=pools))} == {
        "platform.sites.awsuae.pools"
    }
    apart = with_aws({"network": {"pods_cidr": "100.64.0.0/16"}}, network=small, pools=pools)
    assert platform_settings(apart).sites["awsuae"].pools.keys() == pools.keys()


PUBLIC = {
    "gateway_class": "istio",
    "domains": ["*.models.example.ae"],
    "certificate": "models",
    "public": True,
}


@pytest.mark.parametrize(
    ("options", "egress", "paths"),
    [
        ({}, "none", ["platform.sites.awsuae.cluster.gateway.public"]),
        ({"network": {"transit_gateway": GATEWAY}}, "firewall", ["platform.sites.awsuae.cluster.gateway.public"]),
        ({}, "nat-single", []),
        ({}, "nat-per-zone", []),
        ({"network": {"existing": EXISTING}}, "firewall", []),
    ],
)
def test_a_public_gateway_needs_public_subnets(options: dict[str, Any], egress: str, paths: list[str]) -> None:
    """AWS Load Balancer Controller, docs/deploy/subnet_discovery.md: an internet-facing load balancer needs a subnet
    with a route to an internet gateway in each zone (read 2026-11-26)."""
    network = {"egress": egress} | ({"image_mirror": "mirror.example.ae"} if egress == "none" else {})
    settings = with_aws(options, network=network)
    settings["sites"]["awsuae"]["cluster"] = {"gateway": PUBLIC}
    if paths:
        found = [problem for problem in problems(settings) if "gateway" in problem.path]
        assert [problem.path for problem in found] == paths
    else:
        platform_settings(settings)


def test_the_owner_of_an_existing_vpc_tags_its_public_subnets() -> None:
    settings = with_aws({"network": {"existing": EXISTING}}, network={"egress": "firewall"})
    settings["sites"]["awsuae"]["cluster"] = {"gateway": PUBLIC}
    found = [text for text in warnings(platform_settings(settings)) if "kubernetes.io/role/elb" in text]
    assert len(found) == 1
    settings["sites"]["awsuae"]["cluster"] = {"gateway": {**PUBLIC, "public": False}}
    assert not [text for text in warnings(platform_settings(settings)) if "kubernetes.io/role/elb" in text]


def test_the_account_has_one_monitor_of_anomalies() -> None:
    settings = changed("finops.aws.create_monitor", True)
    settings["finops"]["aws"]["monitor_arn"] = (
        "arn:aws:ce::123456789012:anomalymonitor/12345678-1234-1234-1234-123456789012"
    )
    [problem] = problems(settings)
    assert str(problem).startswith(
        "platform.finops.aws.create_monitor: true is not allowed; allowed: only without `mon"
    )
