"""The estimate as rows of FOCUS 1.2: one row per line, plus separate rows for VAT.

The rows meet every requirement of the specification on the columns that are filled; a test holds them against it. They
also have the columns that FOCUS 1.3 adds as mandatory, and all of 1.0. Columns that begin with `x_` are custom columns,
as the specification allows. FOCUS has no cost that is unknown: lines without a price are in the estimate's `unpriced`.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from falaj.facts.clouds import CLOUDS
from falaj.facts.focus import AWS_COLUMNS
from falaj.facts.invoice_entities import VatTreatment
from falaj.facts.regions import REGIONS
from falaj.finops.bill import bill
from falaj.finops.commitment_lines import SERVICE
from falaj.finops.estimate import Estimate
from falaj.finops.focus_commitments import commitment_rows
from falaj.finops.focus_services import OTHER, SERVICE_CATEGORIES, focus_unit
from falaj.finops.lines import ONPREM, ZERO, Line, Owner

COLUMNS = tuple(column for column in AWS_COLUMNS if not column.startswith("x_"))
"""All 57 columns of FOCUS 1.2."""

_PROVIDERS = {ONPREM: "On-premises"} | {cloud.value: entry.provider_name for cloud, entry in CLOUDS.items()}

_PROVIDER_COLUMNS = (
    "ProviderName",
    "PublisherName",
    "InvoiceIssuerName",
    "ServiceProviderName",
    "HostProviderName",
)
"""Columns that name the provider. FOCUS 1.3 replaces the first two by the last two (FOCUS_Spec, column
ServiceProviderName; read 2026-11-27)."""


def rows(estimate: Estimate, month: date) -> list[dict[str, Any]]:
    """Returns all rows for the billing period of `month`."""
    every = _period(month) | _account_columns(estimate)
    priced = [row for line in estimate.lines if line.price.usd is not None for row in _rows(estimate, line)]
    return [row | every for row in (*priced, *_tax(estimate))]


def _rows(estimate: Estimate, line: Line) -> Iterator[dict[str, Any]]:
    row = _row(estimate, line)
    covered = {month.name: month.covered for month in estimate.commitments}
    if line.charge.service == SERVICE:
        yield from commitment_rows(row, line, covered[line.name])
    else:
        yield row


def _row(estimate: Estimate, line: Line) -> dict[str, Any]:
    price, charge, invoice = line.price, line.charge, estimate.rates.invoice
    assert price.usd is not None, "rows are of priced lines"  # noqa: S101
    list_usd = _list_usd(line)
    unit, quantity = focus_unit(price.unit), charge.quantity.expected
    category, subcategory = SERVICE_CATEGORIES.get(charge.service, OTHER)
    billed = line.usd.expected * invoice.per_usd
    return (
        _empty_row()
        | {
            "BilledCost": billed,
            "EffectiveCost": billed,
            "ContractedCost": billed,
            "ListCost": quantity * list_usd * invoice.per_usd,
            "BillingCurrency": invoice.currency,
            "ChargeCategory": "Usage",
            "ChargeDescription": f"{line.what} ({line.name})",
            "ChargeFrequency": "Usage-Based",
            "ConsumedQuantity": quantity,
            "ConsumedUnit": unit,
            "ContractedUnitPrice": price.usd * invoice.per_usd,
            "ListUnitPrice": list_usd * invoice.per_usd,
            "PricingCategory": "Dynamic" if charge.capacity == "spot" else "Standard",
            "PricingCurrency": "USD",
            "PricingCurrencyContractedUnitPrice": price.usd,
            "PricingCurrencyEffectiveCost": line.usd.expected,
            "PricingCurrencyListUnitPrice": list_usd,
            "PricingQuantity": quantity,
            "PricingUnit": unit,
            "ResourceId": line.urn,
            "ResourceName": line.name,
            "ResourceType": line.type,
            "ServiceCategory": category,
            "ServiceName": charge.service,
            "ServiceSubcategory": subcategory,
            "SkuId": f"{charge.service}/{charge.sku}",
            "SkuMeter": charge.sku,
            "SkuPriceId": f"{line.region}/{charge.service}/{charge.sku}",
        }
        | _custom_columns(estimate, line)
        | _location_columns(line.cloud, line.region, line.owner)
    )


def _list_usd(line: Line) -> Decimal:
    """Returns the list price in USD: the price itself if no price list has the service that a contract prices."""
    return line.price.list_usd or line.price.usd or ZERO


def _custom_columns(estimate: Estimate, line: Line) -> dict[str, Any]:
    """Returns the columns that are not part of the specification."""
    price, charge = line.price, line.charge
    return {
        "x_PriceKind": price.kind.value,
        "x_PriceSource": price.source,
        "x_PriceDate": price.date,
        "x_PriceBook": price.book or None,
        "x_Basis": charge.basis.value,
        "x_CostAed": estimate.aed(line.usd.expected),
        "x_LeastUsd": line.usd.min,
        "x_MostUsd": line.usd.max,
        "x_IdleUsd": line.idle_usd,
        "x_Compliance": charge.compliance.value if charge.compliance else None,
        "x_ComplianceUsd": line.compliance_usd,
        "x_Profile": charge.profile or None,
        "x_Note": charge.note or None,
    }


def _tax(estimate: Estimate) -> Iterator[dict[str, Any]]:
    """Yields one tax row per cloud and owner, so that the tax can be allocated like the cost."""
    if not estimate.rates.vat:
        return
    groups: dict[tuple[str, str, Owner], list[Line]] = {}
    for line in estimate.lines:
        groups.setdefault((line.cloud, line.region, line.owner), []).append(line)
    for (cloud, region, owner), lines in groups.items():
        yield _tax_row(estimate, lines, cloud in estimate.rates.reverse_charged) | _location_columns(
            cloud, region, owner
        )


def _tax_row(estimate: Estimate, lines: Sequence[Line], reverse_charged: bool) -> dict[str, Any]:
    """Returns the tax of some lines. By reverse charge nothing is billed: the customer accounts for the tax."""
    rates, money = estimate.rates, bill(estimate, lines)
    rate = ZERO if reverse_charged else rates.vat
    tax = money.net_usd.expected * rate
    billed = tax * rates.invoice.per_usd
    description = f"UAE VAT {(rates.vat * 100).normalize():f} %{', reverse charge' if reverse_charged else ''}"
    listed = sum((line.charge.quantity.expected * _list_usd(line) for line in lines), ZERO)
    return _empty_row() | {
        "BilledCost": billed,
        "EffectiveCost": billed,
        "ContractedCost": billed,
        "ListCost": listed * rate * rates.invoice.per_usd,
        "BillingCurrency": rates.invoice.currency,
        "ChargeCategory": "Tax",
        "ChargeDescription": description,
        "ChargeFrequency": "Recurring",
        "PricingCurrency": "USD",
        "PricingCurrencyEffectiveCost": tax,
        "ServiceCategory": OTHER[0],
        "ServiceName": "VAT",
        "ServiceSubcategory": OTHER[1],
        "x_CostAed": money.vat_aed,
        "x_Recoverable": rates.vat_recoverable,
        "x_VatTreatment": (VatTreatment.REVERSE_CHARGE if reverse_charged else VatTreatment.LOCAL_SUPPLY).value,
    }


def _location_columns(cloud: str, region: str, owner: Owner) -> dict[str, Any]:
    tags = {
        "site": owner.site,
        "tenant": owner.tenant,
        "business-unit": owner.business_unit,
        "project": owner.project,
        "environment": owner.environment,
        "cost-centre": owner.cost_centre,
    }
    return dict.fromkeys(_PROVIDER_COLUMNS, _PROVIDERS.get(cloud, cloud)) | {
        "RegionId": region or None,
        "RegionName": REGIONS[region].display_name if region in REGIONS else region or None,
        "Tags": json.dumps({key: value for key, value in tags.items() if value}, ensure_ascii=False),
    }


def _account_columns(estimate: Estimate) -> dict[str, str]:
    """Returns the billing account: the account that will be billed is not known before a deployment."""
    return {
        "BillingAccountId": f"estimate/{estimate.stack}",
        "BillingAccountName": estimate.stack or "Estimate",
        "BillingAccountType": "Estimate",
    }


def _empty_row() -> dict[str, Any]:
    return dict.fromkeys((*COLUMNS, *_PROVIDER_COLUMNS))


def _period(month: date) -> dict[str, str]:
    first = month.replace(day=1)
    next_month = (
        (first.replace(year=first.year + 1, month=1)) if first.month == 12 else first.replace(month=first.month + 1)
    )
    start, end = f"{first.isoformat()}T00:00:00Z", f"{next_month.isoformat()}T00:00:00Z"
    return {"BillingPeriodStart": start, "BillingPeriodEnd": end, "ChargePeriodStart": start, "ChargePeriodEnd": end}
