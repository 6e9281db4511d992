"""Savings options, computed by hand, and options that are never offered."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console

from falaj.facts.machines import find
from falaj.facts.prices import Layer, PriceKind, UnitPrice, catalogue
from falaj.facts.regions import REGIONS, RegionState
from falaj.finops.cheaper import SavingKind, SavingOption, cheaper
from falaj.finops.document import document
from falaj.finops.estimate import estimate
from falaj.finops.money import Rates
from falaj.finops.report.markdown import markdown
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.page import page
from falaj.finops.report.sarif import sarif
from falaj.finops.report.sections import tables_of_change
from falaj.finops.report.terminal import show
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.reports import MONTH, UNPRICED, reported

DEV = TAGS | {"environment": "dev"}


def pool(machine: str, profile: str, least: int, most: int, **more: Any) -> tuple[str, str, dict[str, Any]]:
    """Returns an AKS pool of a workload profile."""
    labels = {"falaj/pool": profile, "falaj/profile": profile}
    return agent_pool(profile, machine, least, most, nodeLabels=labels, **more)


def offers(*rows: tuple[str, str, Mapping[str, Any]]) -> dict[SavingKind, SavingOption]:
    """Returns the offers for a plan of these rows, at most one of each kind."""
    result = cheaper(priced(plan(*rows))).options
    by_way = {item.way: item for item in result}
    assert len(by_way) == len(result)
    return by_way


@pytest.fixture
def aws_as_if_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the AWS region fully operational."""
    operational = replace(REGIONS["me-central-1"], state=RegionState.AVAILABLE)
    monkeypatch.setitem(REGIONS, "me-central-1", operational)


def test_a_training_pool_by_hand() -> None:
    """One to three D16s_v5 at 0.942 USD: expected 730 x (1 + 0.25 x 2) = 1,095 machine hours, minimum 730."""
    result = offers(pool("Standard_D16s_v5", "training", 1, 3, tags=DEV))
    assert {way: round(item.usd, 6) for way, item in result.items()} == {
        # Spot is 0.122648: 1,095 x 0.819352.
        SavingKind.SPOT: Decimal("897.190440"),
        # Office hours are 5 x 365 / 84 x 12 = 260.714 hours; the rest, 469.286: 469.2857 x 0.942.
        SavingKind.SLEEP: Decimal("442.067143"),
        # Reserved for a year is 0.55559: 730 x 0.38641.
        SavingKind.COMMITMENT: Decimal("282.0793"),
        # D16ps_v6 is 0.685: 1,095 x 0.257.
        SavingKind.ARCHITECTURE: Decimal("281.415"),
        # D16as_v5 is 0.848: 1,095 x 0.094.
        SavingKind.MACHINE: Decimal("102.930"),
    }
    assert list(result) == [
        SavingKind.SPOT,
        SavingKind.SLEEP,
        SavingKind.COMMITMENT,
        SavingKind.ARCHITECTURE,
        SavingKind.MACHINE,
    ]
    assert result[SavingKind.MACHINE].instead == "Standard_D16as_v5 on-demand"
    assert result[SavingKind.ARCHITECTURE].in_return == "every image must be built for arm64"
    assert [price.date for price in result[SavingKind.MACHINE].prices] == ["2026-06-18", "2025-05-28"]
    assert result[SavingKind.COMMITMENT].now == "Standard_D16s_v5 on-demand"


def test_a_pool_that_sleeps_is_off_when_offices_are_closed() -> None:
    (sleep,) = [
        offer
        for offer in offers(pool("Standard_D16as_v5", "batch", 2, 2, tags=DEV)).values()
        if offer.way is SavingKind.SLEEP
    ]
    hours_open = Decimal(5) * 365 / 84 * 12
    assert round(sleep.usd, 9) == round(2 * (730 - hours_open) * Decimal("0.848"), 9)
    assert sleep.now == "Standard_D16as_v5 on-demand, 2 at all hours"


@pytest.mark.parametrize(
    ("environment", "profile", "minimum", "more"),
    [
        ("prod", "training", 1, ()),
        ("production", "training", 1, ()),
        ("", "training", 1, ()),
        ("dev", "system", 1, ()),
        ("dev", "training", 0, ()),
        ("dev", "training", 1, (("azure-native:logic:Workflow", "uae-sleep-wake", {"tags": DEV}),)),
    ],
)
def test_pools_that_are_not_offered_a_schedule(environment: str, profile: str, minimum: int, more: tuple) -> None:
    result = offers(pool("Standard_D16as_v5", profile, minimum, 2, tags=TAGS | {"environment": environment}), *more)
    assert SavingKind.SLEEP not in result


def test_spot_only_for_work_that_may_be_broken_off_and_only_where_it_is_cheaper() -> None:
    assert SavingKind.SPOT in offers(pool("Standard_D16as_v5", "batch", 0, 2))
    for profile in ("inference-cpu", "inference-gpu", "system"):
        assert SavingKind.SPOT not in offers(pool("Standard_D16as_v5", profile, 0, 2))
    assert SavingKind.SPOT not in offers(pool("Standard_NC40ads_H100_v5", "training", 0, 2)), (
        "its spot price saves nothing"
    )
    bought = offers(pool("Standard_D16s_v5", "training", 1, 2, scaleSetPriority="Spot"))
    assert not {SavingKind.SPOT, SavingKind.COMMITMENT} & set(bought)
    assert bought[SavingKind.MACHINE].instead.endswith(" spot")


def test_a_commitment_is_for_machines_that_run_at_all_hours() -> None:
    assert SavingKind.COMMITMENT not in offers(pool("Standard_NC40ads_H100_v5", "inference-gpu", 0, 2))
    result = offers(pool("Standard_NC40ads_H100_v5", "inference-gpu", 1, 9))
    assert result[SavingKind.COMMITMENT].usd == 730 * (Decimal("9.98") - Decimal("7.48505"))
    assert set(result) == {SavingKind.COMMITMENT}, "no other machine has an H100 NVL for less"


def test_no_other_machine_nor_commitment_where_a_region_is_impaired(monkeypatch: pytest.MonkeyPatch) -> None:
    machines = karpenter_pool("k", ["m5.2xlarge"], limits={"nodes": 4})
    result = cheaper(priced(plan(AWS_NETWORK, machines)))
    assert (result.options, result.avoided) == ((), ("me-central-1",))
    central = agent_pool("gpu", "Standard_D16s_v5", 1, 2, location="uaecentral")
    assert cheaper(priced(plan(central))).avoided == ("uaecentral",)
    operational = replace(REGIONS["me-central-1"], state=RegionState.AVAILABLE)
    monkeypatch.setitem(REGIONS, "me-central-1", operational)
    result = cheaper(priced(plan(AWS_NETWORK, machines)))
    assert result.avoided == ()
    assert {option.way for option in result.options} >= {SavingKind.SPOT, SavingKind.ARCHITECTURE}
    assert {item.region for item in result.options} == {"me-central-1"}


def test_gp3_in_place_of_gp2_where_both_have_a_price() -> None:
    volume = ("aws:ebs/volume:Volume", "uae-data", {"size": 500, "type": "gp2", "tags": TAGS})
    (result,) = cheaper(priced(plan(AWS_NETWORK, volume))).options
    assert (result.way, result.usd, result.instead) == (
        SavingKind.DISK,
        500 * (Decimal("0.121") - Decimal("0.0968")),
        "gp3",
    )
    assert not cheaper(priced(plan(AWS_NETWORK, (volume[0], "uae-data", volume[2] | {"type": "gp3"})))).options
    unknown = UnitPrice(None, "GB-month", PriceKind.MISSING, "not told", "")
    prices = Layer(catalogue(), units={("me-central-1", "ebs", "gp3"): unknown})
    assert not cheaper(estimate(plan(AWS_NETWORK, volume), parse(""), prices, Rates())).options


def test_nothing_is_offered_from_a_missing_price() -> None:
    nowhere = pool("Standard_D160as_v7", "training", 1, 2)  # no spot, no memory, no commitment
    assert not cheaper(priced(plan(nowhere, UNPRICED))).options
    assert not cheaper(priced(plan())).options


def test_a_contract_is_compared_with_what_it_makes_cheap() -> None:
    rows = plan(pool("Standard_D16s_v5", "inference-cpu", 1, 1))
    today = date(2026, 11, 1).isoformat()
    cheap = UnitPrice(Decimal("0.5"), "hour", PriceKind.NEGOTIATED, "contract", today, "EA", Decimal("0.942"))
    prices = Layer(catalogue(), machines={("uaenorth", "Standard_D16s_v5", "on-demand"): cheap})
    assert not cheaper(estimate(rows, parse(""), prices, Rates())).options
    other = Layer(catalogue(), machines={("uaenorth", "Standard_D16as_v5", "on-demand"): cheap})
    result = {option.way: option for option in cheaper(estimate(rows, parse(""), other, Rates())).options}
    assert (result[SavingKind.MACHINE].instead, result[SavingKind.MACHINE].prices[1].book) == (
        "Standard_D16as_v5 on-demand",
        "EA",
    )
    assert SavingKind.ARCHITECTURE not in result, "it costs more than the other of its own architecture"


def test_of_two_at_one_price_the_one_whose_price_was_seen() -> None:
    rows = plan(pool("Standard_D16s_v5", "inference-cpu", 1, 1))
    kinds = {"Standard_D16as_v5": PriceKind.ESTIMATED, "Standard_D16as_v6": PriceKind.OBSERVED}
    alike = {
        ("uaenorth", name, "on-demand"): UnitPrice(Decimal("0.5"), "hour", kind, "told", "2026")
        for name, kind in kinds.items()
    }
    result = cheaper(estimate(rows, parse(""), Layer(catalogue(), machines=alike), Rates())).options
    assert [item.instead for item in result if item.way is SavingKind.MACHINE] == ["Standard_D16as_v6 on-demand"]


DEVS = pool("Standard_D16s_v5", "training", 1, 3, tags=DEV)

GOLDEN = """\
**Savings options**

| resource | now | instead | trade-off | prices | saved |
| --- | --- | --- | --- | --- | ---: |
| `uae-pool-training` | `Standard_D16s_v5 on-demand` | `Standard_D16s_v5 spot` | lowest observed \
spot price of 2025-05-28; may be reclaimed at any time: work must save its state or start again \
| observed 2026-06-18, observed 2025-05-28 | 3,294.93 |
| `uae-pool-training` | `Standard_D16s_v5 on-demand, 1 at all hours` | `none outside office hours` | work \
outside office hours waits until a machine has started | observed 2026-06-18 | 1,623.49 |
| `uae-pool-training` | `Standard_D16s_v5 on-demand` | `reserved for a year` | paid for a year whether it runs or not \
| observed 2026-06-18, observed 2025-05-28 | 1,035.94 |
| `uae-pool-training` | `Standard_D16s_v5 on-demand` | `Standard_D16ps_v6 on-demand` | every image must be built for \
arm64 | observed 2026-06-18 | 1,033.50 |
| `uae-pool-gpu` | `Standard_D16as_v5 on-demand` | `reserved for a year` | paid for a year whether it runs or not | \
observed 2025-05-28 | 932.05 |

Savings in AED a month at expected usage, without VAT, from price lists only. Options are alternatives and \
do not add up. 2 smaller ones more in the JSON.
"""


def test_the_exact_text_of_a_comment() -> None:
    """730 x 0.34766 x 3.6725 is 932.05: the other pool's reservation. Its D16ps_v6 and the first one's AMD remain."""
    assert GOLDEN in markdown(reported(DEVS, agent_pool("gpu", "Standard_D16as_v5", 1, 1)))


def test_every_format_states_that_nothing_was_found() -> None:
    empty = reported(AWS_NETWORK, karpenter_pool("k", ["m5.2xlarge"], limits={"nodes": 4}))
    sentence = "No savings options found. Other machines, spot and commitments were not considered in me-central-1."
    assert f"**Savings options**\n\n{sentence}" in markdown(empty)
    assert sentence in page(empty)
    assert f"Savings options: {sentence}" in shown(empty)
    assert not [item for item in json.loads(sarif(empty))["runs"][0]["results"] if item["ruleId"] == "cheaper"]
    result = document(priced(plan()), MONTH)
    assert (result["cheaper"], result["cheaper_avoided"]) == ([], [])


def test_every_form_has_the_best_and_the_json_has_all() -> None:
    rows = (DEVS, agent_pool("gpu", "Standard_D16as_v5", 1, 1))
    for text in (page(reported(*rows)), shown(reported(*rows))):
        assert "do not add up" in " ".join(text.split())
        assert "3,294.93" in text
        assert "436.99" not in text
        assert "378.01" not in text
    notes = [item for item in json.loads(sarif(reported(*rows)))["runs"][0]["results"] if item["ruleId"] == "cheaper"]
    assert [note["level"] for note in notes] == ["note"] * 5
    assert notes[0]["message"]["text"].startswith(
        "uae-pool-training: Standard_D16s_v5 spot in place of Standard_D16s_v5 on-demand: AED 3,294.93 a month less"
    )
    every = document(priced(plan(*rows)), MONTH)["cheaper"]
    assert [entry["less"]["aed"] for entry in every[-2:]] == ["436.99", "378.01"]
    assert len(every) == 7
    assert every[0]["prices"][1] == {
        "usd": "0.122648",
        "unit": "hour",
        "kind": "observed",
        "source": "vantage",
        "date": "2025-05-28",
        "book": "",
        "list_usd": None,
    }
    assert every[0]["less"]["aed_with_vat"] == "3459.68"
    json.dumps(every)


def shown(what: ChangeReport) -> str:
    """Returns the output on a wide terminal."""
    out = Console(width=300, record=True)
    show(out, what, tables_of_change(what))
    return out.export_text()


def test_an_aws_pool_by_hand(aws_as_if_whole: None) -> None:
    """g6.xlarge is 0.98824 USD on demand; the Karpenter pool has a minimum of none and uses a quarter of four: 730
    hours.
    """
    result = {
        option.way: option
        for option in cheaper(
            priced(plan(AWS_NETWORK, karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": 4})))
        ).options
    }
    machine = find("me-central-1", "g6.xlarge")
    assert machine is not None
    spot = machine.spot.usd_hour
    assert spot is not None
    assert result[SavingKind.SPOT].usd == 730 * (Decimal("0.98824") - spot)
    assert SavingKind.MACHINE not in result, "no other machine has an L4 for less"
