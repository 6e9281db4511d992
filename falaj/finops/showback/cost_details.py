"""Azure's cost details (exports of type `ActualCost` and `AmortizedCost`) as FOCUS rows.

Columns: learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields, read 2026-11-26.
Their spelling differs between kinds of agreement in case only, except for the currency. `ActualCost` charges a
reservation on the day of purchase, and says nothing about when it is used; `AmortizedCost` spreads it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from falaj.finops.errors import BadInput

_REQUIRED = frozenset(("date", "costinbillingcurrency", "chargetype"))
"""Columns by which a file is recognised, in lower case."""

_DATES = ("%m/%d/%Y", "%Y-%m-%d")
_PROVIDER = "Microsoft"
"""Provider in Azure's FOCUS exports, so that both kinds of export add up."""

_COMPUTE = "Virtual Machines"
"""Meter category of machines."""


def is_cost_details(columns: Iterable[str]) -> bool:
    """Returns whether a file with these columns has Azure's cost details."""
    return {column.lower() for column in columns} >= _REQUIRED


def focus_fields(fields: Mapping[str, Any], location: str) -> dict[str, Any]:
    """Converts one row of Azure's cost details to the columns of FOCUS that showback reads. Raises `BadInput`."""
    given = {name.lower(): value for name, value in fields.items()}
    first = _day(str(given["date"]), f"{location}: Date")
    category = given.get("metercategory")
    usd = given.get("costinusd")
    return {
        "ProviderName": _PROVIDER,
        "RegionId": str(given.get("resourcelocation") or "").replace(" ", "").lower(),
        "ServiceName": category,
        "ServiceCategory": "Compute" if category == _COMPUTE else "Other",
        "SkuId": given.get("meterid"),
        "BillingAccountId": given.get("billingaccountid"),
        "ResourceId": given.get("resourceid") or given.get("instancename"),
        "ChargeCategory": given["chargetype"],
        "ChargePeriodStart": first.isoformat(),
        "ChargePeriodEnd": (first + timedelta(days=1)).isoformat(),
        "EffectiveCost": given["costinbillingcurrency"],
        "BillingCurrency": given.get("billingcurrency") or given.get("billingcurrencycode") or "",
        "PricingCurrency": "USD" if usd else None,
        "PricingCurrencyEffectiveCost": usd,
        "PricingQuantity": given.get("quantity"),
        "Tags": given.get("tags"),
    }


def _day(text: str, location: str) -> datetime:
    for form in _DATES:
        try:
            return datetime.strptime(text[:10], form)
        except ValueError:
            continue
    raise BadInput(location, f"{text!r} is not a date such as 11/30/2026 or 2026-11-30")
