"""Three small plans whose bills were computed by hand, to the fils: 1 USD is 3.6725 AED, a month has 730 hours."""

from decimal import Decimal

import pytest

from falaj.facts.prices import Layer, catalogue, missing
from falaj.finops.bill import bill
from falaj.finops.estimate import estimate
from falaj.finops.gate import Ceilings, judge, refused
from falaj.finops.lines import Range
from falaj.finops.money import Rates, rounded
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, karpenter_pool, plan, priced, vault
from tests.unit.finops.work_plans import placeholder

NETWORK = plan(
    AWS_NETWORK,
    ("aws:ec2/natGateway:NatGateway", "uae-network-nat", {"tags": TAGS}),
    ("aws:ec2/eip:Eip", "uae-network-nat-address", {"tags": TAGS}),
    *(
        (
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            f"uae-network-{service}",
            {"vpcEndpointType": "Interface", "subnetIds": ["subnet-1", "subnet-2"], "tags": TAGS},
        )
        for service in ("ecr", "sts")
    ),
    ("aws:ec2/vpcEndpoint:VpcEndpoint", "uae-network-s3", {"vpcEndpointType": "Gateway", "tags": TAGS}),
    *(("aws:kms/key:Key", f"uae-key-{index}", {"tags": TAGS}) for index in range(3)),
)
QUIET = "site_defaults: {nat_gb: 0, endpoint_gb: 0, key_requests: 0}"

GPU = plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 4))
HALF = "sites: {uae: {pools: {gpu: {load: 0.5, hours: 200}}}}"

MIXED = plan(
    AWS_NETWORK,
    karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "2"}),
    (
        "kubernetes:apps/v1:Deployment",
        "uae-warm-gpu",
        {
            "metadata": {"labels": TAGS},
            "spec": {"replicas": 1, "template": placeholder("gpu")},
        },
    ),
    *vault("datasets", "aws:s3/bucket:Bucket", {"tags": TAGS}),
)
MIXED_USAGE = """
sites:
  uae:
    pools: {gpu: {nodes: 2, hours: 100}}
    vaults: {datasets: {stored_gb: 1000, writes: 10000, reads: 100000}}
"""


def money(*figures: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(figure) for figure in figures)


def test_network_and_keys() -> None:
    # NAT 730 x 0.05445 = 39.7485; address 730 x 0.005 = 3.65; endpoints 2 x 2 x 730 x 0.0121 = 35.332; keys 3 x 1.
    result = bill(priced(NETWORK, QUIET))
    assert result.net_usd == Range(*money("81.7305", "81.7305", "81.7305"))
    assert tuple(map(rounded, (result.net_aed.expected, result.vat_aed, result.gross_aed))) == money(
        "300.16", "15.01", "315.16"
    )
    assert result.usage_usd == 0
    assert not result.open


def test_a_pool_of_gpus() -> None:
    # Hours: least 730; expected 730 + 0.5 x 3 x 200 = 1,030; most 4 x 730 = 2,920; each at 9.98.
    result = bill(priced(GPU, HALF))
    assert result.net_usd == Range(*money("7285.4", "10279.4", "29141.6"))
    assert tuple(map(rounded, (result.net_aed.expected, result.vat_aed, result.gross_aed))) == money(
        "37751.10", "1887.55", "39638.65"
    )
    assert (result.baseline_usd, result.usage_usd) == money("7285.4", "2994.0")


def test_machines_disks_and_a_vault() -> None:
    # Machine 830 h x 0.98824 = 820.2392; disk 830/730 of 20 GiB x 0.0968 = 2.201205...; 1,000 GB x 0.02783 = 27.83;
    # writes 10 x 0.00605 = 0.0605; reads 100 x 0.000484 = 0.0484: together 850.379305... USD.
    result = bill(priced(MIXED, MIXED_USAGE))
    assert tuple(map(rounded, (result.net_usd.expected, result.net_aed.expected))) == money("850.38", "3123.02")
    assert tuple(map(rounded, (result.vat_aed, result.gross_aed))) == money("156.15", "3279.17")
    # Minimum: one machine with its disk. Maximum: two of each, and all storage and requests.
    assert tuple(map(rounded, (result.net_usd.min, result.net_usd.max))) == money("723.35", "1474.64")


def test_the_bank_the_tax_and_a_de_peg() -> None:
    recovered = bill(priced(GPU, HALF, Rates(spread=Decimal("0.01"), stress=Decimal("0.2"))))
    assert rounded(recovered.cost_aed) == Decimal("38128.61")  # 10,279.4 x 3.6725 x 1.01
    assert rounded(recovered.stressed_aed) == Decimal("47660.76")  # 10,279.4 x 3.6725 / 0.8 x 1.01
    final = bill(priced(GPU, HALF, Rates(vat_recoverable=False)))
    assert final.cost_aed == final.gross_aed


@pytest.mark.parametrize("machine", ["Standard_NC40ads_H100_v5"])
def test_without_a_price_the_total_is_a_range_and_the_gate_is_shut(machine: str) -> None:
    prices = Layer(catalogue(), machines={("uaenorth", machine, "on-demand"): missing("hour", "taken away")})
    result = estimate(GPU, parse(HALF), prices, Rates())
    assert bill(result).open
    assert bill(result).net_usd == Range(*money("0", "0", "0"))
    (verdict,) = judge(result, Ceilings())
    assert not verdict.passed
    assert machine in verdict.sentence
    assert "its maximum is unknown" in verdict.sentence
    waived = judge(result, Ceilings(), allow_missing=True)
    assert not refused(waived)
    assert "waived" in waived[0].sentence
    assert not refused(judge(priced(GPU, HALF), Ceilings()))
