"""A controlling file, and exports of two suppliers with cost centres, billing periods and tax."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from falaj.finops.controlling.charges import Charge
from falaj.finops.showback.tags import UNTAGGED
from tests.unit.finops.exports import charge

OCTOBER = date(2026, 10, 1)
TRN = "100123456700003"
"""An invented Tax Registration Number of 15 digits."""


def controlling(**changed: Any) -> dict[str, Any]:
    """Returns a complete controlling file."""
    return {
        "ledger": "UAE01",
        "recipient": {"trn": TRN},
        "suppliers": {
            "AWS": {"invoiced_by": "aws-emea-dubai", "payable": "210110"},
            "Microsoft": {"invoiced_by": "microsoft-ireland", "payable": "210120"},
        },
        "accounts": {
            "expense": "610100",
            "accrued": "220500",
            "input_vat": "145000",
            "output_vat": "225000",
            "rounding": "699900",
            "chargeback": "610900",
            "recovery": "619900",
        },
        "cost_centres": {"CC-7": "1007", "CC-8": "1008"},
        "untagged": "9000",
        "platform": "8000",
    } | changed


def write(folder: Path, content: dict[str, Any], name: str = "controlling.yaml") -> Path:
    file = folder / name
    file.write_text(yaml.safe_dump(content))
    return file


def tagged(day: date, cost_centre: str, cost: str, **changed: Any) -> dict[str, Any]:
    """Returns one charge of a cost centre in October's billing period."""
    tags = {"business-unit": "retail", "project": "llm", "cost-centre": cost_centre}
    return (
        charge(
            day,
            EffectiveCost=cost,
            BilledCost=cost,
            BillingAccountId="111122223333",
            BillingPeriodStart="2026-10-01T00:00:00Z",
            ChargeClass="",
            Tags=json.dumps({key: value for key, value in tags.items() if value}),
        )
        | changed
    )


def month(provider: str = "AWS", centres: tuple[str, ...] = ("CC-7", "CC-8"), cost: str = "10") -> list[dict[str, Any]]:
    """Returns the charges of the whole of October, one a day and cost centre."""
    return [
        tagged(OCTOBER + timedelta(days=day), centre, cost, ProviderName=provider)
        for day in range(31)
        for centre in centres
    ]


def as_charge(fields: dict[str, Any]) -> Charge:
    """Returns a row of an export as a charge; `falaj.finops.controlling.charges.read` reads the same from a file."""
    tags = json.loads(fields["Tags"])
    start, end = (date.fromisoformat(fields[name][:10]) for name in ("ChargePeriodStart", "ChargePeriodEnd"))
    cost, usd = Decimal(fields["EffectiveCost"]), fields["BillingCurrency"] == "USD"
    return Charge(
        provider=fields["ProviderName"],
        issuer=fields.get("InvoiceIssuerName", ""),
        invoice=fields.get("InvoiceId", ""),
        account=fields.get("BillingAccountId", ""),
        service=fields["ServiceName"],
        cost_centre=tags.get("cost-centre", UNTAGGED),
        business_unit=tags.get("business-unit", UNTAGGED),
        project=tags.get("project", UNTAGGED),
        category=fields["ChargeCategory"],
        charge_class=fields.get("ChargeClass", ""),
        billing_month=(fields.get("BillingPeriodStart") or fields["ChargePeriodStart"])[:7],
        currency=fields["BillingCurrency"],
        cost=cost,
        billed=Decimal(fields["BilledCost"]),
        usd=cost if usd else None,
        estimated=False,
        starts=start,
        ends=end - timedelta(days=1),
    )
