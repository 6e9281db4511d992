"""VAT in an estimate: an imported service has no VAT on the provider's invoice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from falaj.cli.bill_options import rates_of
from falaj.facts.prices import catalogue
from falaj.finops.bill import bill
from falaj.finops.controlling.clouds import vat_of_clouds
from falaj.finops.controlling.settings import Controlling
from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.estimate_exchange import estimate_at
from falaj.finops.focus_rows import rows
from falaj.finops.money import Invoice, Rates
from falaj.finops.showback.exchange import Exchange, FxPolicy, Hedge
from falaj.finops.usage import parse as usage
from tests.unit.finops.controlling_files import TRN, controlling, write
from tests.unit.finops.plans import agent_pool, plan


def priced(rates: Rates) -> Estimate:
    return estimate(plan(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1)), usage(""), catalogue(), rates)


def test_the_file_says_which_clouds_are_reverse_charged(tmp_path: Path) -> None:
    recipient = {"trn": TRN, "recoverable_percent": 60}
    known = Controlling.model_validate(controlling(recipient=recipient))
    assert vat_of_clouds(known) == {"recovered": Decimal("0.6"), "reverse_charged": ("azure",)}
    assert vat_of_clouds(Controlling.model_validate(controlling(recipient={})))["reverse_charged"] == ()
    rates = rates_of({}, None, "0", controlling=write(tmp_path, controlling(recipient=recipient)))
    assert rates.vat_label == "VAT 5 %, 60 % recovered; reverse charge: azure"
    other = controlling(suppliers={"Azure": {"invoiced_by": "local", "payable": "1"}})
    with pytest.raises(BadInput, match=r"suppliers.Azure: there is no provider 'Azure'"):
        vat_of_clouds(Controlling.model_validate(other))


def test_an_imported_service_has_no_vat_on_its_invoice() -> None:
    local, imported = (bill(priced(Rates(reverse_charged=clouds))) for clouds in ((), ("azure",)))
    net = local.net_usd.expected
    assert (local.invoice, local.reverse_charge_aed) == (net * Decimal("1.05"), 0)
    assert (imported.invoice, imported.reverse_charge_aed) == (net, local.vat_aed)
    assert (imported.vat_aed, imported.cost_aed) == (local.vat_aed, local.cost_aed)


def test_vat_that_is_partly_recovered_is_partly_cost() -> None:
    money = bill(priced(Rates(recovered=Decimal("0.6"))))
    assert money.cost_aed == money.net_aed.expected * Decimal("1.02")
    final = bill(priced(Rates(recovered=Decimal("0.6"), vat_recoverable=False)))
    assert final.cost_aed == final.net_aed.expected * Decimal("1.05")


def test_the_tax_row_names_the_treatment() -> None:
    rates = Rates(reverse_charged=("azure",), invoice=Invoice("EUR", Decimal("0.9")))
    (tax,) = (row for row in rows(priced(rates), date(2026, 12, 1)) if row["ChargeCategory"] == "Tax")
    assert (tax["BilledCost"], tax["x_VatTreatment"]) == (0, "reverse-charge")
    assert tax["ChargeDescription"] == "UAE VAT 5 %, reverse charge"
    (tax,) = (row for row in rows(priced(Rates()), date(2026, 12, 1)) if row["ChargeCategory"] == "Tax")
    assert tax["BilledCost"] > 0
    assert tax["x_VatTreatment"] == "local-supply"


def test_the_policy_of_the_exchange_rate_is_named() -> None:
    today = date(2026, 11, 26)
    published = {date(2026, 11, 3): Decimal("3.6720"), date(2026, 11, 25): Decimal("3.6730")}
    made = {
        policy: estimate_at(
            priced, Rates(), Exchange(published, policy=policy, source="rates.csv", hedge=hedge), today
        ).rates
        for policy, hedge in (
            (FxPolicy.STATED, None),
            (FxPolicy.DAY, None),
            (FxPolicy.MONTH_AVERAGE, None),
            (FxPolicy.HEDGED, Hedge(Decimal("3.65"), Decimal("3642.7"))),
        )
    }  # fmt: skip
    assert made[FxPolicy.STATED] == Rates()
    day, average, hedged = made[FxPolicy.DAY], made[FxPolicy.MONTH_AVERAGE], made[FxPolicy.HEDGED]
    assert (day.aed_per_usd, day.as_of, day.source) == (Decimal("3.6730"), date(2026, 11, 25), "day rate, rates.csv")
    assert (average.aed_per_usd, average.source) == (Decimal("3.6725"), "month-average rate, rates.csv")
    assert round(hedged.aed_per_usd, 4) == Decimal("3.6615")  # half of USD 7,285.40 at 3.65, half at 3.673
    assert hedged.source == "hedged rate, rates.csv, hedged 3642.7 USD a month at 3.65"
