"""Azure's cost details (exports of type `ActualCost` and `AmortizedCost`).

Columns: learn.microsoft.com/azure/cost-management-billing/automate/understand-usage-details-fields, read 2026-11-26.
Their spelling differs between kinds of agreement in case only, except for the currency. `ActualCost` charges a
reservation on the day of purchase, and says nothing about when it is used; `AmortizedCost` spreads it.
"""

from falaj.finops.showback.columns import (
    AMOUNT,
    QUANTITY,
    YEARS,
    YEARS_SENTENCE,
    Check,
    Columns,
    Mapped,
    amount,
    last_part,
    month,
    number_check,
)
from falaj.finops.showback.engine import text

_REQUIRED = ("date", "costinbillingcurrency", "chargetype")
"""Columns by which a file is recognised."""

_UNUSED = ("UnusedReservation", "UnusedSavingsPlan")
"""Types of charges for the part of a commitment that nothing used, in amortised cost."""

_PROVIDER = "Microsoft"
"""Provider in Azure's FOCUS exports, so that both kinds of export add up."""


def are_cost_details(columns: Columns) -> bool:
    """Returns whether a file with these columns has Azure's cost details."""
    return all(column in columns for column in _REQUIRED)


def _day(value: str) -> str:
    return f"TRY_STRPTIME(left({value}, 10), ['%m/%d/%Y', '%Y-%m-%d'])"


def _date_checks(column: str, value: str) -> tuple[Check, Check]:
    day = _day(value)
    sentence = "{value!r} is not a date such as 11/30/2026 or 2026-11-30"
    return Check(column, f"{day} IS NULL", value, sentence), Check(
        column, f"year({day}) NOT {YEARS}", value, YEARS_SENTENCE
    )


def cost_details(columns: Columns) -> Mapped:
    """Returns the expressions of a charge."""
    cost, usd, quantity = columns.text("CostInBillingCurrency"), columns.text("CostInUsd"), columns.text("Quantity")
    currency = f"coalesce({columns.text('BillingCurrency', 'BillingCurrencyCode')}, '')"
    day_text = columns.text("Date")
    period_text = columns.text("BillingPeriodStartDate", "Date")
    day, period = _day(day_text), _day(period_text)
    region = columns.text("ResourceLocation")
    unused = f"coalesce({columns.text('ChargeType')} IN ({', '.join(map(text, _UNUSED))}), FALSE)"
    return Mapped(
        {
            "provider": text(_PROVIDER),
            "issuer": "''",
            "invoice": f"coalesce({columns.text('InvoiceId')}, '')",
            "form": text("cost details"),
            "account": last_part(columns.text("BillingAccountId")),
            "sub_account": last_part(columns.text("SubscriptionId", "SubscriptionGuid")),
            "billing_period": month(period),
            "region": f"coalesce(nullif(lower(replace({region}, ' ', '')), ''), '(no region)')",
            "service": f"coalesce({columns.text('MeterCategory')}, '(other)')",
            "sku": f"coalesce({columns.text('MeterId')}, '')",
            "resource": f"coalesce({columns.text('ResourceId', 'InstanceName')}, '')",
            "compute": f"coalesce({columns.text('MeterCategory')} = 'Virtual Machines', FALSE) AND NOT {unused}",
            "category": f"coalesce({columns.text('ChargeType')}, 'Usage')",
            "charge_class": "''",
            "currency": currency,
            "cost": amount(cost),
            "billed": amount(cost),
            "usd": f"coalesce({amount(usd)}, CASE WHEN {currency} = 'USD' THEN {amount(cost)} END)",
            "quantity": amount(quantity, QUANTITY),
            "idle": f"CASE WHEN {unused} THEN {amount(cost)} ELSE CAST(NULL AS {AMOUNT}) END",
            "first_day": f"CAST({day} AS DATE)",
            "last_day": f"CAST({day} AS DATE)",
            "tags": columns.text("Tags"),
        },
        (
            *_date_checks("Date", day_text),
            *_date_checks("BillingPeriodStartDate", period_text),
            Check("CostInBillingCurrency", f"{cost} IS NULL", cost, "is empty"),
            number_check("CostInBillingCurrency", cost),
            *(number_check(column, columns.text(column)) for column in ("CostInUsd", "Quantity") if column in columns),
        ),
    )
