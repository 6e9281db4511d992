"""On-premises machines in the bill: priced by node annotations, in dirhams to the fils, with idle cost."""

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
    annotations = {"falaj/machine": "h100x8"} | ({} if aed is None else {"falaj/aed-per-hour": aed})
    all_labels = {"falaj/pool": "gpu", "falaj/profile": "training", **TAGS, "site": "dc1"} | labels
    return NODE, f"dc1-pool-gpu-{name}", {"metadata": {"name": name, "labels": all_labels, "annotations": annotations}}


def test_a_month_of_two_machines_to_the_fils() -> None:
    result = priced(plan(node("gpu1"), node("gpu2")))
    money = bill(result)
    assert round(money.net_aed.expected, 2) == Decimal("58108.00")  # 2 x 39.8 x 730
    assert money.net_aed.min == money.net_aed.max == money.net_aed.expected
    assert round(result.aed(money.idle_usd), 2) == Decimal(
        "23243.20"
    )  # 40 % of the total: the default utilisation of training is 60 %
    assert {(line.cloud, line.region, line.owner.site, line.what) for line in result.lines} == {
        ("onprem", "", "dc1", "own-machine h100x8")
    }
    assert {line.price.kind for line in result.lines} == {PriceKind.AMORTISED}
    assert not result.unpriced


def test_the_bill_of_a_site_matches_its_cost_output() -> None:
    recorded = site()
    resources = [(item.urn, item.typ, item.name, item.inputs) for item in recorded.resources]
    money = bill(estimate(of_plain(resources), parse(""), catalogue(), Rates()))
    output = recorded.outputs[recorded.one("falaj:kubernetes:Site").urn]["aed_per_month"]
    assert round(money.net_aed.expected, 2) == Decimal(str(output)) == Decimal("36281.0")
    assert not money.open


def test_the_usage_file_sets_the_utilisation() -> None:
    result = priced(plan(node("gpu1")), "sites: {dc1: {pools: {gpu: {utilisation: 0.9}}}}")
    assert round(result.aed(bill(result).idle_usd), 2) == Decimal("2905.40")


def test_costs_in_dirhams_have_no_fx_spread_or_depeg() -> None:
    rates = Rates(spread=Decimal("0.02"), invoice=Invoice("EUR", Decimal("0.9"), date(2026, 11, 1)))
    money = bill(priced(plan(node("gpu1")), rates=rates))
    assert round(money.net_aed.expected, 2) == round(money.stressed_aed, 2) == Decimal("29054.00")
    assert money.invoice == 0


def test_on_premises_lines_are_separate_from_cloud_lines() -> None:
    result = priced(plan(AWS_NETWORK, ("aws:kms/key:Key", "uae-key", {"tags": TAGS}), node("gpu1", tenant="bank")))
    on_premises = [line for line in result.lines if line.cloud == "onprem"]
    assert [(line.region, line.owner.tenant) for line in on_premises] == [("", "bank")]
    assert {line.region for line in result.lines if line.cloud == "aws"} == {"me-central-1"}
    assert {row["ProviderName"] for row in rows(result, date(2026, 12, 1))} == {"AWS", "On-premises"}


def test_an_annotated_node_without_a_cost_is_unpriced_and_other_nodes_are_ignored() -> None:
    (line,) = priced(plan(node("gpu1", aed=None))).unpriced
    assert "falaj/aed-per-hour" in line.price.source
    assert not priced(plan((NODE, "x", {"metadata": {"name": "x", "labels": {"a": "b"}}}))).lines


def test_without_a_site_label_the_site_is_the_parent_component() -> None:
    site, (kind, name, props) = urn("falaj:kubernetes:Site", "dc1"), node("gpu1")
    del props["metadata"]["labels"]["site"]
    site_plan = plan(("falaj:kubernetes:Site", "dc1", {}), (kind, name, props, {"parent": site}))
    (line,) = estimate(site_plan, parse(""), catalogue(), Rates()).lines
    assert line.owner.site == "dc1"
