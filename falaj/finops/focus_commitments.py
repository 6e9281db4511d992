"""A commitment as rows of FOCUS 1.2: its purchase, what is used of it, and what is not.

The purchase is billed and has no effective cost; usage has the effective cost and is not billed again, so that both
sums are what is paid (FOCUS_Spec v1.2, specification/columns: effectivecost, commitmentdiscountquantity and -status,
pricingcategory, consumedquantity; read 2026-12-01).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.lines import ZERO, Line

Row = Mapping[str, Any]

_COSTS = (
    "BilledCost", "EffectiveCost", "ContractedCost", "ListCost", "PricingCurrencyEffectiveCost", "x_CostAed",
    "x_LeastUsd", "x_MostUsd",
)  # fmt: skip
_COMPUTE = {"ServiceCategory": "Compute", "ServiceSubcategory": "Virtual Machines"}


def commitment_rows(row: Row, line: Line, covered: Decimal) -> Iterator[dict[str, Any]]:
    """Yields the rows of a commitment. `row` is that of its line, and `covered` the hours of it that machines use."""
    hours = line.charge.quantity.expected
    used = min(covered, hours)
    idle_usd = (hours - used) * (line.price.usd or ZERO)
    purchase = _part(row, line, hours, hours) | {
        "ChargeCategory": "Purchase",
        "ChargeFrequency": "Recurring",
        "ConsumedQuantity": None,
        "ConsumedUnit": None,
        "x_IdleUsd": ZERO,
        **dict.fromkeys(_COSTS[1:2] + _COSTS[4:], ZERO),
    }
    yield purchase
    if used:
        yield _part(row, line, used, hours) | _usage("Used") | {"x_IdleUsd": max(line.idle_usd - idle_usd, ZERO)}
    if used < hours:
        none = {"ConsumedQuantity": None, "ConsumedUnit": None, "x_IdleUsd": idle_usd}
        yield _part(row, line, hours - used, hours) | _usage("Unused") | none


def _usage(status: str) -> dict[str, Any]:
    return {"CommitmentDiscountStatus": status, "PricingCategory": "Committed", "BilledCost": ZERO}


def _part(row: Row, line: Line, part: Decimal, hours: Decimal) -> dict[str, Any]:
    """Returns the row of a part of the hours."""
    is_spend = "savings" in line.charge.sku
    spend = part * row["ContractedUnitPrice"]
    return {
        **row,
        **_COMPUTE,
        **{name: row[name] * part / hours for name in _COSTS},
        "PricingQuantity": part,
        "ConsumedQuantity": part,
        "CommitmentDiscountCategory": "Spend" if is_spend else "Usage",
        "CommitmentDiscountId": line.urn,
        "CommitmentDiscountName": line.name,
        "CommitmentDiscountType": "Savings Plan" if is_spend else "Reservation",
        "CommitmentDiscountQuantity": spend if is_spend else part,
        "CommitmentDiscountUnit": row["BillingCurrency"] if is_spend else row["PricingUnit"],
    }
