"""Support plans, and logs of AWS: compressed, and of the control plane by the number of machines."""

from datetime import date
from decimal import Decimal

import pytest

from falaj.facts.clouds import Cloud
from falaj.facts.prices import catalogue
from falaj.facts.support_plans import SUPPORT_PLANS
from falaj.finops.bill import bill
from falaj.finops.errors import BadInput
from falaj.finops.estimate import estimate
from falaj.finops.lines import Range
from falaj.finops.money import Rates
from falaj.finops.prices.book import parse as parse_book
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, karpenter_pool, plan, priced

D = Decimal


@pytest.mark.parametrize(
    ("plan_name", "charges", "fee"),
    [
        ("business-plus", 0, 29),
        ("business-plus", 10_000, 900),
        ("business-plus", 100_000, 900 + 4_900 + 1_000),
        ("business-plus", 300_000, 900 + 4_900 + 8_500 + 1_500),
        ("enterprise", 40_000, 5_000),
        ("enterprise", 2_000_000, 15_000 + 24_500 + 25_000 + 30_000),
        ("unified-operations", 6_000_000, 100_000 + 240_000 + 50_000),
    ],
)
def test_aws_charges_by_tier_and_a_minimum(plan_name: str, charges: int, fee: int) -> None:
    assert SUPPORT_PLANS[Cloud.AWS][plan_name].fee(D(charges)) == fee


def test_support_is_a_line_on_top_of_all_others_of_its_cloud() -> None:
    scaling = {"minSize": 0, "maxSize": 100}
    group_ = {"instanceTypes": ["m7g.large"], "scalingConfig": scaling, "region": "me-central-1", "tags": TAGS}
    rows = plan(
        agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 4), ("aws:eks/nodeGroup:NodeGroup", "uae-group", group_)
    )
    without, result = priced(rows), priced(rows, "support: {aws: business-plus, azure: standard}")
    lines = {line.name: line for line in result.lines if line.charge.service == "support"}
    assert lines["azure support"].usd.expected == lines["azure support"].usd.max == 100
    aws = sum((line.usd.expected for line in without.lines if line.cloud == "aws"), D(0))
    assert 1000 < aws < 10_000
    assert lines["aws support"].usd.expected == aws * 9 / 100
    assert lines["aws support"].usd.min == 29
    stack, project = result.lines[0].urn.split("::")[:2]
    assert {line.urn for line in lines.values()} == {
        f"{stack}::{project}::falaj:support:Plan::{name}" for name in ("aws support", "azure support")
    }
    assert bill(result).net_usd.expected == bill(without).net_usd.expected + 100 + aws * 9 / 100
    assert lines["aws support"].charge.note == (
        "9 %, 7 %, 5 %, 3 % of the charges by tier, at least 29 USD; of this stack only"
    )


def test_support_of_aws_is_a_share_of_charges_before_discounts() -> None:
    """AWS, AWS Support pricing: gross charges, before discounts and credits (read 2026-11-27)."""
    group_ = {"instanceTypes": ["m7g.large"], "scalingConfig": {"minSize": 40, "maxSize": 100}, "tags": TAGS}
    rows = plan(AWS_NETWORK, ("aws:eks/nodeGroup:NodeGroup", "uae-group", group_))
    contract = (
        "contract: EA 2026\nvalid_from: 2026-01-01\nvalid_until: 2099-12-31\ndiscounts: [{percent: 40, cloud: aws}]"
    )
    prices = parse_book(contract, catalogue(), date(2026, 11, 27)).prices
    usage = parse("support: {aws: business-plus}")
    listed, negotiated = (estimate(rows, usage, each, Rates()) for each in (catalogue(), prices))
    fees = [next(line.usd for line in each.lines if line.charge.service == "support") for each in (listed, negotiated)]
    assert fees[0] == fees[1]
    assert negotiated.usd.expected < listed.usd.expected


def test_a_plan_that_there_is_not_is_refused() -> None:
    with pytest.raises(BadInput, match="aws has no support plan gold; allowed: business-plus, enterprise, unified"):
        parse("support: {aws: gold}")


def group(name: str) -> tuple[str, str, dict[str, object]]:
    return "aws:cloudwatch/logGroup:LogGroup", "uae-logs", {"name": name, "retentionInDays": 60, "tags": TAGS}


def test_stored_logs_are_billed_compressed_and_uncompressed_at_most() -> None:
    result = priced(plan(AWS_NETWORK, group("/falaj/other")), "sites: {uae: {logs_gb: 100}}")
    stored = next(line for line in result.lines if line.charge.sku == "stored")
    assert (stored.charge.quantity.min, stored.charge.quantity.expected, stored.charge.quantity.max) == (0, 30, 200)


def test_logs_of_the_control_plane_grow_with_the_machines() -> None:
    logs, pool = group("/aws/eks/uae/cluster"), karpenter_pool("cpu", ["m7g.large"], limits={"nodes": "8"})
    result = priced(plan(AWS_NETWORK, logs, pool), "profiles: {training: {nodes: 5}}")
    ingested = next(line for line in result.lines if line.charge.sku == "ingested")
    assert ingested.charge.quantity.expected == 50 + 5 * 20
    assert result.assumed["uae.control_plane_logs_gb"] == "150 (5 machines)"
    stated = priced(plan(AWS_NETWORK, logs, pool), "site_defaults: {control_plane_logs_gb: 7}")
    assert next(line for line in stated.lines if line.charge.sku == "ingested").charge.quantity.expected == 7


def test_a_prometheus_that_the_plan_uses_and_does_not_install_is_named() -> None:
    monitor = ("kubernetes:monitoring.coreos.com/v1:PodMonitor", "vllm", {"metadata": {"labels": TAGS}})
    trigger = {"spec": {"triggers": [{"type": "prometheus"}]}, "metadata": {"labels": TAGS}}
    scaled = ("kubernetes:keda.sh/v1alpha1:ScaledObject", "scaling", trigger)
    chart = {"chart": "oci://r.example.ae/charts/kube-prometheus-stack", "values": {}}
    installed = ("kubernetes:helm.sh/v3:Release", "prometheus", chart | {"metadata": {"labels": TAGS}})
    for user in (monitor, scaled):
        (warning,) = [text for text in priced(plan(AWS_NETWORK, user)).warnings if "Prometheus" in text]
        assert warning.startswith(f"uae uses a Prometheus that this plan does not install ({user[1]})")
        assert not [text for text in priced(plan(AWS_NETWORK, user, installed)).warnings if "Prometheus" in text]


def test_the_maximum_counts_the_logs_of_the_most_machines() -> None:
    """By hand: 50 + 20 x 8 GB at full load, which the maximum of every load has to hold."""
    rows = (group("/aws/eks/uae/cluster"), karpenter_pool("cpu", ["m7g.large"], limits={"nodes": "8"}))
    by_default, full = (priced(plan(AWS_NETWORK, *rows), usage) for usage in ("", "profiles: {training: {load: 1}}"))
    ingested = next(line for line in full.lines if line.what == "logs ingested")
    assert ingested.charge.quantity == Range(Decimal(0), Decimal(210), Decimal(210))
    assert full.usd.expected <= full.usd.max == by_default.usd.max
