"""The estimate as a whole: no cost is silently zero, every line has a site and an owner, and it is fast."""

from dataclasses import replace
from decimal import Decimal

import pytest

from falaj.facts.prices import Layer, catalogue
from falaj.finops.estimate import METERS, estimate
from falaj.finops.free import why_free
from falaj.finops.lines import Basis, Owner
from falaj.finops.money import Rates
from falaj.finops.plan import read
from falaj.finops.usage_model import Usage
from tests.processor_time import within
from tests.unit.finops.plans import (
    AWS_NETWORK,
    TAGS,
    agent_pool,
    karpenter_pool,
    plan,
    preview,
    priced,
    step,
    urn,
    vault,
)


def names(what) -> dict[str, str]:
    return {line.name: line.what for line in priced(what).lines}


@pytest.mark.parametrize(
    "kind",
    [
        "aws:emr/cluster:Cluster",
        "aws:dms/replicationInstance:ReplicationInstance",
        "azure-native:cognitiveservices:CommitmentPlan",
        "gcp:compute/instance:Instance",
        "kubernetes:s3.services.k8s.aws/v1alpha1:Bucket",
    ],
)
def test_an_unknown_type_is_unpriced_and_never_zero(kind: str) -> None:
    (line,) = priced(plan((kind, "uae-thing", {}))).unpriced
    assert line.what == f"unlisted {kind}"
    assert "no price model" in line.price.source


@pytest.mark.parametrize(
    "kind",
    [
        "aws:ec2/vpc:Vpc",
        "aws:iam/role:Role",
        "azure-native:authorization:RoleAssignment",
        "kubernetes:apps/v1:Deployment",
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
        "kubernetes:inference.networking.k8s.io/v1:InferencePool",
        "falaj:aws:Site",
        "pulumi:providers:aws",
        "random:index/randomId:RandomId",
    ],
)
def test_what_costs_nothing_has_no_line(kind: str) -> None:
    assert priced(plan((kind, "uae-thing", {}))).lines == ()


def test_no_type_is_both_priced_and_free() -> None:
    assert [kind for kind in METERS if why_free(kind)] == []


def test_baseline_and_usage_are_apart() -> None:
    result = priced(plan(AWS_NETWORK, ("aws:ec2/natGateway:NatGateway", "uae-nat", {"tags": TAGS})), "{}")
    assert {line.charge.sku: line.charge.basis for line in result.lines} == {
        "gateway": Basis.BASELINE,
        "processed": Basis.USAGE,
    }
    assert result.assumed == {"uae.nat_gb": "500"}


def test_what_a_site_moves_is_counted_once_whatever_it_is_moved_through() -> None:
    gateways = [("aws:ec2/natGateway:NatGateway", f"uae-nat-{index}", {"tags": TAGS}) for index in range(3)]
    result = priced(plan(AWS_NETWORK, *gateways), "site_defaults: {nat_gb: 600}")
    moved = sum(line.charge.quantity.expected for line in result.lines if line.charge.sku == "processed")
    assert moved == 600


@pytest.mark.parametrize(
    ("others", "skus"),
    [
        ((), ["attachment", "processed"]),
        ((("aws:ec2/natGateway:NatGateway", "uae-nat", {"tags": TAGS}),), ["attachment"]),
    ],
)
def test_egress_through_a_hub_is_counted_where_no_gateway_is(others: tuple, skus: list[str]) -> None:
    hub = ("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "uae-hub", {"tags": TAGS})
    lines = priced(plan(AWS_NETWORK, hub, *others)).lines
    assert [line.charge.sku for line in lines if line.charge.service == "transit-gateway"] == skus


def test_an_endpoint_is_paid_in_each_zone_and_a_gateway_endpoint_not_at_all() -> None:
    def endpoint(**props):
        return ("aws:ec2/vpcEndpoint:VpcEndpoint", "uae-endpoint", {"tags": TAGS} | props)

    (line, _) = priced(plan(AWS_NETWORK, endpoint(vpcEndpointType="Interface", subnetIds=["a", "b", "c"]))).lines
    assert line.charge.quantity.expected == 3 * 730
    assert names(plan(AWS_NETWORK, endpoint(vpcEndpointType="Gateway"))) == {}
    unknown = read(
        preview(
            step(*AWS_NETWORK),
            step(
                "aws:ec2/vpcEndpoint:VpcEndpoint",
                "uae-endpoint",
                {"vpcEndpointType": "Interface", "subnetIds": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "tags": TAGS},
            ),
        )
    )
    (line, _) = priced(unknown).lines
    assert "one assumed" in line.charge.note


def test_a_place_is_found_by_word_by_provider_and_by_site() -> None:
    provider = urn("pulumi:providers:aws", "uae-aws")
    result = read(
        preview(
            step("pulumi:providers:aws", "uae-aws", {"region": "me-central-1"}),
            step("aws:ec2/eip:Eip", "uae-address", {"tags": TAGS}, provider=f"{provider}::id"),
            step("azure-native:network:PublicIPAddress", "north-address", {"location": "UAE North"}),
            step(*karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "1"})),
        )
    )
    assert {line.name: line.region for line in priced(result).lines} == {
        "uae-address": "me-central-1",
        "north-address": "uaenorth",
        "uae-pool-gpu": "me-central-1",
    }


def test_a_place_that_nobody_says_has_no_price_and_one_abroad_is_told() -> None:
    (line,) = priced(plan(("aws:ec2/eip:Eip", "address", {}))).unpriced
    assert "an unknown region" in line.price.source
    abroad = priced(plan(("aws:ec2/eip:Eip", "address", {"region": "eu-west-1"})))
    assert abroad.unpriced
    assert any("eu-west-1 is outside the UAE" in warning for warning in abroad.warnings)


def test_a_price_that_all_places_have_in_common_needs_no_place() -> None:
    zone = plan(("azure-native:privatedns:PrivateZone", "zone", {"location": "Global"}))
    assert [line.usd.expected for line in priced(zone).lines] == [Decimal("0.5")]
    row = ("uaenorth", "private-dns", "zone")
    dearer = replace(catalogue().unit(*row), usd=Decimal(9))
    (line,) = estimate(zone, Usage(), Layer(catalogue(), units={row: dearer}), Rates()).unpriced
    assert "an unknown region" in line.price.source


def test_an_impaired_region_causes_a_warning() -> None:
    aws = priced(plan(("aws:ec2/eip:Eip", "address", {"region": "me-central-1"})))
    assert any("me-central-1 is impaired" in warning for warning in aws.warnings)
    assert priced(plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1))).warnings == ()


def test_the_owner_of_a_line() -> None:
    own = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"tenant": "bank"})
    site = ("falaj:azure:Site", "uae", {})
    untagged = (
        "azure-native:storage:FileShare",
        "uae-files-share",
        {"accessTier": "Premium", "shareQuota": 10},
        {"parent": urn(*site[:2])},
    )
    result = {line.name: line.owner for line in priced(plan(site, own, untagged)).lines}
    assert result["uae-pool-gpu"] == Owner("uae", "bank", "retail", "llm", "prod", "cc-1001")
    assert result["uae-files-share"] == Owner("uae", "", "retail", "llm", "prod", "cc-1001")


def test_geo_redundant_storage_says_what_the_copy_costs() -> None:
    props = {"sku": {"name": "Standard_GZRS"}, "tags": TAGS}
    models = vault("models", "azure-native:storage:StorageAccount", props, "azure")
    result = priced(
        plan(("azure-native:network:VirtualNetwork", "uae-net", {"location": "uaenorth", "tags": TAGS}), *models)
    )
    stored = next(line for line in result.lines if line.charge.sku == "hot-gzrs")
    zrs, gzrs = Decimal("0.0320476"), Decimal("0.063509715")
    assert stored.compliance_usd == pytest.approx(200 * (gzrs - zrs))
    assert "cross-region" in {line.charge.sku for line in result.lines}


@pytest.mark.parametrize(("location", "sku"), [("uaenorth", "premium-v2"), ("uaecentral", "p10")])
def test_volumes_of_a_cluster_are_of_the_disks_that_the_region_has(location: str, sku: str) -> None:
    cluster = ("azure-native:containerservice:ManagedCluster", "uae-aks", {"location": location, "tags": TAGS})
    result = priced(plan(cluster), "site_defaults: {volumes_gb: 100}")
    assert [line.charge.sku for line in result.lines if line.charge.service == "disk"] == [sku]


@pytest.mark.parametrize(
    ("version", "support", "day", "sku", "usd"),
    [
        ("1.36", "EXTENDED", "2026-11-26", "cluster", "0.1"),
        ("1.34", "EXTENDED", "2026-12-01", "cluster", "0.1"),
        ("1.34", "EXTENDED", "2026-12-02", "cluster-extended", "0.6"),
        ("1.34", "STANDARD", "2026-12-02", "cluster", "0.1"),
        ("1.50", "EXTENDED", "2026-12-02", "cluster", "0.1"),
    ],
)
def test_a_version_past_standard_support_costs_the_extended_price_on_eks(
    version: str, support: str, day: str, sku: str, usd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FALAJ_TODAY", day)
    props = {"version": version, "upgradePolicy": {"supportType": support}, "tags": TAGS}
    result = priced(plan(AWS_NETWORK, ("aws:eks/cluster:Cluster", "uae-eks", props)))
    (line,) = [line for line in result.lines if line.charge.service == "eks"]
    assert (line.charge.sku, line.price.usd) == (sku, Decimal(usd))


@pytest.mark.parametrize(("tier", "usd"), [("Standard", "0.1"), ("Premium", "0.6")])
@pytest.mark.parametrize("location", ["uaenorth", "uaecentral"])
def test_the_tier_of_long_term_support_costs_more_on_aks(location: str, tier: str, usd: str) -> None:
    props = {"location": location, "sku": {"name": "Base", "tier": tier}, "tags": TAGS}
    result = priced(plan(("azure-native:containerservice:ManagedCluster", "uae-aks", props)))
    (line,) = [line for line in result.lines if line.charge.service == "aks"]
    assert line.price.usd == Decimal(usd)


def test_the_same_arguments_give_the_same_estimate() -> None:
    what = plan(AWS_NETWORK, karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "1"}))
    assert priced(what) == priced(what)


def test_two_thousand_resources_in_less_than_two_seconds() -> None:
    rows = [AWS_NETWORK]
    for index in range(500):
        rows += [
            ("aws:kms/key:Key", f"uae-key-{index}", {"tags": TAGS}),
            ("aws:s3/bucket:Bucket", f"uae-vault{index}-bucket", {"tags": TAGS}),
            ("aws:iam/role:Role", f"uae-role-{index}", {"tags": TAGS}),
            karpenter_pool(f"p{index}", ["g6.xlarge", "g5.xlarge"], limits={"nodes": "4"}),
        ]
    what = plan(*rows)
    priced(plan(AWS_NETWORK, karpenter_pool("p", ["g6.xlarge"], limits={"nodes": "1"})))  # the catalogue is loaded
    with within(2):
        result = priced(what)
    assert len(what.resources) == 2001
    assert len(result.lines) > 2000
