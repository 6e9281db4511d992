"""FOCUS exports, from the preview of version 1.0 to 1.4.

FOCUS 1.3 deprecates ProviderName in favour of ServiceProviderName, and 1.4 removes it (FOCUS_Spec, changelog; read
2026-11-27). Azure's exports add the cost in USD (`x_EffectiveCostInUsd`).
"""

from collections.abc import Iterator

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
from falaj.finops.showback.cost_details import are_cost_details, cost_details
from falaj.finops.showback.engine import text

_PERIOD = ("ChargePeriodStart", "ChargePeriodEnd")

REQUIRED_COLUMNS = ("EffectiveCost", "BillingCurrency", "ChargeCategory", *_PERIOD)
"""Columns that are required to show cost. The effective cost is used: a prepaid commitment counts when it is used."""

_STATUSES = ("CommitmentDiscountStatus", "CapacityReservationStatus")

CATEGORIES = ("Usage", "Purchase", "Tax", "Credit", "Adjustment")
"""Allowed values of ChargeCategory (FOCUS 1.2; read 2026-11-27)."""

PROVIDER_COLUMNS = ("ServiceProviderName", "ProviderName")

_NUMBERS = (
    "EffectiveCost",
    "BilledCost",
    "PricingCurrencyEffectiveCost",
    "x_EffectiveCostInUsd",
    "PricingQuantity",
    "x_IdleUsd",
)


def missing(columns: Columns) -> list[str]:
    """Returns the names of required columns that a cost export lacks."""
    if are_cost_details(columns):
        return []
    lacking = [column for column in REQUIRED_COLUMNS if column not in columns]
    named = any(column in columns for column in PROVIDER_COLUMNS)
    return lacking if named else [*lacking, " or ".join(PROVIDER_COLUMNS)]


def mapped(columns: Columns) -> Mapped:
    """Returns the expressions of a charge in a cost export."""
    if are_cost_details(columns):
        return cost_details(columns)
    return Mapped(_fields(columns), tuple(_checks(columns)))


def _time(value: str) -> str:
    return f"TRY_CAST({value} AS TIMESTAMPTZ)"


def _usd(columns: Columns) -> str:
    """Returns the effective cost in USD, if the export states it."""
    priced, in_usd = columns.text("PricingCurrencyEffectiveCost"), columns.text("x_EffectiveCostInUsd")
    currency, pricing = columns.text("BillingCurrency"), columns.text("PricingCurrency", "BillingCurrency")
    return (
        f"coalesce(CASE WHEN {pricing} = 'USD' THEN {amount(priced)} END, {amount(in_usd)}, "
        f"CASE WHEN {currency} = 'USD' AND {pricing} = 'USD' THEN {amount(columns.text('EffectiveCost'))} END)"
    )


def _is_unused(columns: Columns) -> str:
    """Returns whether a charge is for the part of a commitment or of reserved capacity that nothing used (FOCUS 1.2,
    CommitmentDiscountStatus and CapacityReservationStatus; read 2026-12-01): it is no machine, and all of it is idle.
    """
    return f"coalesce('Unused' IN ({', '.join(map(columns.text, _STATUSES))}), FALSE)"


def _fields(columns: Columns) -> dict[str, str]:
    cost, billed = columns.text("EffectiveCost"), columns.text("BilledCost")
    quantity, idle = columns.text("PricingQuantity"), columns.text("x_IdleUsd")
    usd = _usd(columns)
    start, end = (_time(columns.text(column)) for column in _PERIOD)
    # A period of whole days in another time zone, such as a day in Dubai from 20:00 to 20:00 UTC, is those days.
    nearest = f"CASE WHEN {end} >= {start} + INTERVAL 24 HOUR THEN INTERVAL 12 HOUR"
    period = f"{_time(columns.text('BillingPeriodStart'))} + INTERVAL 12 HOUR"
    return {
        "provider": f"coalesce({columns.text(*PROVIDER_COLUMNS)}, '(no provider)')",
        "issuer": f"coalesce({columns.text('InvoiceIssuerName')}, '')",
        "invoice": f"coalesce({columns.text('InvoiceId', 'x_InvoiceId')}, '')",
        "form": text("FOCUS"),
        "account": last_part(columns.text("BillingAccountId")),
        "sub_account": last_part(columns.text("SubAccountId")),
        "billing_period": f"coalesce({month(period)}, {month(start)})",
        "region": f"coalesce({columns.text('RegionId', 'Region')}, '(no region)')",
        "service": f"coalesce({columns.text('ServiceName')}, '(other)')",
        "sku": f"coalesce({columns.text('SkuId', 'SkuPriceId')}, '')",
        "resource": f"coalesce({columns.text('ResourceId')}, '')",
        "compute": f"coalesce({columns.text('ServiceCategory')} = 'Compute', FALSE) AND NOT {_is_unused(columns)} "
        f"AND coalesce({columns.text('ChargeCategory')}, 'Usage') NOT IN ('Credit', 'Adjustment')",
        "category": f"coalesce({columns.text('ChargeCategory')}, 'Usage')",
        "charge_class": f"coalesce({columns.text('ChargeClass')}, '')",
        "currency": f"coalesce({columns.text('BillingCurrency')}, '')",
        "cost": amount(cost),
        "billed": f"coalesce({amount(billed)}, {amount(cost)})",
        "usd": usd,
        "quantity": amount(quantity, QUANTITY),
        "idle": f"CASE WHEN {_is_unused(columns)} THEN {amount(cost)} WHEN {usd} = {amount(cost)} THEN {amount(idle)} "
        f"ELSE TRY_CAST(round(CAST({amount(idle)} AS DOUBLE) / nullif(CAST({usd} AS DOUBLE), 0) "
        f"* CAST({amount(cost)} AS DOUBLE), 9) AS {AMOUNT}) END",
        "first_day": f"CAST({start} + {nearest} ELSE INTERVAL 0 SECOND END AS DATE)",
        "last_day": f"CAST({end} - {nearest} ELSE INTERVAL 1 SECOND END AS DATE)",
        "tags": columns.text("Tags"),
    }


def _checks(columns: Columns) -> Iterator[Check]:
    start, end = (columns.text(column) for column in _PERIOD)
    billed = columns.text("BillingPeriodStart")
    for column, value in zip(
        (*_PERIOD, "BillingPeriodStart"), (start, end, f"coalesce({billed}, {start})"), strict=True
    ):
        yield Check(column, f"{_time(value)} IS NULL", value, "{value!r} is not a time such as 2026-11-01T00:00:00Z")
        yield Check(column, f"coalesce(year({_time(value)}) NOT {YEARS}, TRUE)", value, YEARS_SENTENCE)
    yield Check("", f"{_time(end)} <= {_time(start)}", end, "ends at {value}, which is not after its start")
    cost = columns.text("EffectiveCost")
    yield Check("EffectiveCost", f"{cost} IS NULL", cost, "is empty")
    category, charge_class = columns.text("ChargeCategory"), columns.text("ChargeClass")
    allowed = ", ".join(text(value) for value in CATEGORIES)
    sentence = f"{{value!r}} is not one of {', '.join(CATEGORIES)}"
    yield Check("ChargeCategory", f"coalesce({category}, '') NOT IN ({allowed})", f"coalesce({category}, '')", sentence)
    yield Check(
        "ChargeClass", f"{charge_class} <> 'Correction'", charge_class, "{value!r} is neither Correction nor empty"
    )
    for column in _STATUSES:
        status = columns.text(column)
        yield Check(
            column, f"{status} NOT IN ('Used', 'Unused')", status, "{value!r} is neither Used, Unused nor empty"
        )
    for column in _NUMBERS:
        if column in columns:
            yield number_check(column, columns.text(column))
