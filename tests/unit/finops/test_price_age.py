"""Age and kind of prices: old ones are named in every output, and refused where the stack says so."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from falaj.facts.clock import VARIABLE
from falaj.facts.machines import PriceKind
from falaj.facts.price_sources import derivation, price_label, spot_figure
from falaj.facts.prices import Layer, UnitPrice, catalogue, service_rows
from falaj.finops.document import document
from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.gate import Ceilings, judge, read_ceilings, refused
from falaj.finops.money import Rates
from falaj.finops.price_age import PriceAge, kinds_sentence, old_prices
from falaj.finops.report import markdown, page, tables
from falaj.finops.report.model import report
from falaj.finops.report.sections import every_table
from falaj.finops.report.terminal import show
from falaj.finops.usage import parse
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, plan

H200, D16 = "Standard_ND96isr_H200_v5", "Standard_D16as_v5"
SPOT = agent_pool("gpuspot", H200, 1, 1, scaleSetPriority="Spot")
NAT = ("aws:ec2/natGateway:NatGateway", "uae-nat", {"tags": TAGS})
ROWS = plan(SPOT, agent_pool("cpu", D16, 1, 1), AWS_NETWORK, NAT)
MONTH = date(2026, 12, 1)


def dated(spot: str = "2026-11-20", listed: str = "2026-11-20", kind: PriceKind = PriceKind.OBSERVED) -> Layer:
    """Returns the catalogue with prices of a spot and an on-demand machine of certain days."""
    price = UnitPrice(Decimal(1), "hour", kind, "a test", listed)
    nat = UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", "2026-11-27")
    units = {("me-central-1", "nat", sku): nat for sku in ("gateway", "processed")}
    spot_price = UnitPrice(Decimal(1), "hour", PriceKind.OBSERVED, "a test", spot)
    machines = {("uaenorth", H200, "spot"): spot_price, ("uaenorth", D16, "on-demand"): price}
    return Layer(catalogue(), machines=machines, units=units)


def priced(prices: Layer, age: PriceAge | None = None) -> Estimate:
    return estimate(ROWS, parse("site_defaults: {nat_gb: 0}"), prices, Rates(), age)


@pytest.mark.parametrize(
    ("spot", "listed", "warned"),
    [
        ("2026-10-28", "2026-05-31", []),  # 30 and 180 days
        ("2026-10-27", "2026-05-31", ["spot"]),
        ("2026-10-28", "2026-05-30", ["list"]),
        ("2025-05-28", "2024", ["spot", "list"]),
        ("2026", "2026-06", ["spot"]),  # as old as the first day of the year, and of June: 179 days
    ],
)
def test_each_kind_has_a_limit(spot: str, listed: str, warned: list[str]) -> None:
    warnings = [warning for warning in priced(dated(spot, listed)).warnings if "days" in warning]
    assert [warning.split()[0] for warning in warnings] == warned


def test_the_limits_are_settings() -> None:
    assert "older than 6 days" in priced(dated(), PriceAge(spot_days=6)).warnings[-1]
    assert not [
        warning for warning in priced(dated(), PriceAge(spot_days=7, list_days=7)).warnings if "days" in warning
    ]


def test_the_day_counts_from_which_the_check_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2026-12-21")
    assert any("are older than 30 days" in warning for warning in priced(dated()).warnings)


def test_the_sentence_says_how_much_rests_on_old_prices_and_what_to_do() -> None:
    (sentence,) = [text for text in priced(dated("2025-05-28")).warnings if text.startswith("spot")]
    assert sentence == (
        "spot prices of 1 line, 33 % of the expected month, are older than 30 days; the oldest, of machine "
        "Standard_ND96isr_H200_v5 spot, is of 2025-05-28 (548 days): update them with `falaj prices refresh`"
    )


def test_a_contract_does_not_age() -> None:
    negotiated = priced(dated(listed="2025-01-01", kind=PriceKind.NEGOTIATED))
    assert not list(old_prices(negotiated.lines, PriceAge(), date(2026, 11, 27)))


def test_the_gate_refuses_old_prices_where_the_stack_says_so() -> None:
    old = priced(dated("2025-05-28"))
    assert not refused(judge(old, Ceilings()))
    (verdict,) = judge(old, read_ceilings("price_age: {refuse: true}", "ceilings"))
    assert (verdict.scope, verdict.passed) == ("age of prices", False)
    assert verdict.sentence in old.warnings
    assert not judge(old, Ceilings(price_age=PriceAge(refuse=True, spot_days=600)))


@pytest.mark.parametrize("text", ["price_age: {spot_days: 0}", "price_age: {spot: 3}"])
def test_a_limit_that_is_no_number_of_days_is_invalid(text: str) -> None:
    with pytest.raises(BadInput, match="price_age"):
        read_ceilings(text, "ceilings")


@pytest.mark.parametrize(
    ("source", "derived"),
    [
        ("infracost-us-east-1-x-1.21", "us-east-1 x 1.21"),
        ("infracost-east-us-grs-as-zrs-to-lrs-x-1.2326", "east-us x 1.2326"),
        ("azure-retail-east-us-2-x-1.2326", "east-us-2 x 1.2326"),
        ("code-57936331529-korea-central-x-1.2326", "korea-central x 1.2326"),
        ("infracost-us-east-1-m5.24xlarge-by-size-x-1.21", "us-east-1 x 1.21"),
        ("vantage-us-east-1-as-db.t4g.small-x-1.21", "us-east-1 x 1.21"),
        ("code-67049560902-us-west-2-x-1.21", "us-west-2 x 1.21"),
        ("karpenter-us-east-1-x-1.2265", "us-east-1 x 1.2265"),
        ("azure-retail-global-same-everywhere", "as in other regions"),
        ("vantage", ""),
    ],
)
def test_a_source_says_from_which_list_it_is_derived(source: str, derived: str) -> None:
    assert derivation(source) == derived


def test_every_row_with_a_ratio_says_so() -> None:
    for price in service_rows().values():
        assert bool(derivation(price.source)) == ("-x-" in price.source or "same-everywhere" in price.source)
    assert price_label(catalogue().unit("me-central-1", "nat", "gateway")) == "estimated 2024 (us-east-1 x 1.21)"


def test_what_a_spot_price_is_depends_on_its_source() -> None:
    figures = [spot_figure("vantage", "g5.xlarge"), spot_figure("vantage", H200), spot_figure("skypilot-v9", H200)]
    assert figures == ["average spot price", "lowest observed spot price", "spot price of one zone"]


def test_every_output_says_kind_day_and_derivation() -> None:
    result = estimate(plan(SPOT, AWS_NETWORK, NAT), parse(""), catalogue(), Rates())
    whole = report(result, MONTH)
    out = io.StringIO()
    show(Console(file=out, width=300), whole, every_table(whole))
    rows = {row[1]: row[2] for row in tables.dearest(whole).rows}
    assert rows["nat gateway"] == "estimated 2024 (us-east-1 x 1.21)"
    assert rows[f"machine {H200} spot"] == "observed 2025-05-28"
    for text in (out.getvalue(), markdown.markdown(whole), page.page(whole)):
        assert "estimated 2024 (us-east-1 x 1.21)" in text
        assert "observed 2025-05-28" in text
        assert "are older than 30 days" in text
    data = json.loads(json.dumps(document(result, MONTH)))
    prices = {line["what"]: line["price"] for line in data["lines"]}
    assert prices["nat gateway"]["derived_from"] == "us-east-1 x 1.21"
    focus = {row["SkuMeter"]: row for row in data["focus"] if row["ChargeCategory"] == "Usage"}
    assert focus["gateway"]["x_PriceKind"] == "estimated"
    assert focus["gateway"]["x_PriceSource"] == "infracost-us-east-1-x-1.21"
    assert any("are older than 30 days" in warning for warning in data["warnings"])
    assert kinds_sentence(result.lines) == "Prices of the expected month: 99.6 % observed, 0.4 % estimated."
