"""On-premises machines in the estimate: by node labels, in dirhams to the fils, with idle cost."""

from datetime import date
from decimal import Decimal
from typing import Any

from falaj.facts.machines import PriceKind
from falaj.facts.prices import catalogue
from falaj.finops.bill import bill
from falaj.finops.estimate import estimate
from falaj.finops.focus_rows import rows
from falaj.finops.money import Invoice, Rates
from falaj.finops.plan import of_plain
from falaj.finops.usage import parse
from tests.unit.components.onprem_samples import site
from tests.unit.finops.plans import AWS_NETWORK, TAGS, plan, priced, urn

NODE = "kubernetes:core/v1:NodePatch"


def node(name: str, aed: str | None = "39.8", **labels: str) -> tuple[str, str, dict[str, Any]]:
    notes = {"falaj/machine": "h100x8"} | ({} if aed is None else {"falaj/aed-per-hour": aed})
    stated = {"falaj/pool": "gpu", "falaj/profile": "training", **TAGS, "site": "dc1"} | labels
    return NODE, f"dc1-pool-gpu-{name}", {"metadata": {"name": name, "labels": stated, "annotations": notes}}


def test_a_month_of_two_machines_to_the_fils() -> None:
    result = priced(plan(node("gpu1"), node("gpu2")))
    money = bill(result)
    assert round(money.net_aed.expected, 2) == Decimal("58108.00")  # 2 x 39.8 x 730
    assert money.net_aed.min == money.net_aed.max == money.net_aed.expected
    assert round(result.aed(money.idle_usd), 2) == Decimal("23243.20")  # 40 % of it: training works 60 % of the time
    assert {(line.cloud, line.region, line.owner.site, line.what) for line in result.lines} == {
        ("onprem", "", "dc1", "own-machine h100x8")
    }
    assert {line.price.kind for line in result.lines} == {PriceKind.AMORTISED}
    assert not result.unpriced


def test_the_bill_of_a_site_is_what_the_site_says_that_it_costs() -> None:
    recording = site()
    rows_ = [(resource.urn, resource.typ, resource.name, resource.inputs) for resource in recording.resources]
    money = bill(estimate(of_plain(rows_), parse(""), catalogue(), Rates()))
    stated = recording.outputs[recording.one("falaj:kubernetes:Site").urn]["aed_per_month"]
    assert round(money.net_aed.expected, 2) == Decimal(str(stated)) == Decimal("36281.0")
    assert not money.open


def test_the_usage_file_says_what_they_work() -> None:
    result = priced(plan(node("gpu1")), "sites: {dc1: {pools: {gpu: {utilisation: 0.9}}}}")
    assert round(result.aed(bill(result).idle_usd), 2) == Decimal("2905.40")


def test_a_bank_and_a_depeg_take_no_part_in_dirhams() -> None:
    rates = Rates(spread=Decimal("0.02"), invoice=Invoice("EUR", Decimal("0.9"), date(2026, 11, 1)))
    money = bill(priced(plan(node("gpu1")), rates=rates))
    assert round(money.net_aed.expected, 2) == round(money.stressed_aed, 2) == Decimal("29054.00")
    assert money.invoice == 0


def test_beside_a_cloud_they_stay_on_premises() -> None:
    result = priced(plan(AWS_NETWORK, ("aws:kms/key:Key", "uae-key", {"tags": TAGS}), node("gpu1", tenant="bank")))
    own = [line for line in result.lines if line.cloud == "onprem"]
    assert [(line.region, line.owner.tenant) for line in own] == [("", "bank")]
    assert {line.region for line in result.lines if line.cloud == "aws"} == {"me-central-1"}
    assert {row["ProviderName"] for row in rows(result, date(2026, 12, 1))} == {"AWS", "On-premises"}


def test_a_node_of_ours_without_its_cost_has_no_price_and_a_node_of_others_none_to_have() -> None:
    (line,) = priced(plan(node("gpu1", aed=None))).unpriced
    assert "falaj/aed-per-hour" in line.price.source
    assert not priced(plan((NODE, "x", {"metadata": {"name": "x", "labels": {"a": "b"}}}))).lines


def test_a_site_is_its_component_where_no_tag_says_it() -> None:
    site, (kind, name, props) = urn("falaj:kubernetes:Site", "dc1"), node("gpu1")
    del props["metadata"]["labels"]["site"]
    site_plan = plan(("falaj:kubernetes:Site", "dc1", {}), (kind, name, props, {"parent": site}))
    (line,) = estimate(site_plan, parse(""), catalogue(), Rates()).lines
    assert line.owner.site == "dc1"
