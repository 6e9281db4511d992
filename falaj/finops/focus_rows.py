"""The estimate as rows of FOCUS 1.2: one row per line, plus separate rows for VAT.

Columns that begin with `x_` are custom columns, as the specification allows. One deviation is intended: if a price is
missing, the costs are null instead of zero, and `x_PriceKind` is `missing`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from falaj.facts.clouds import CLOUDS
from falaj.facts.focus import AWS_COLUMNS
from falaj.facts.invoice_entities import VatTreatment
from falaj.facts.regions import REGIONS
from falaj.finops.bill import bill
from falaj.finops.estimate import Estimate
from falaj.finops.lines import ONPREM, ZERO, Line, Owner

COLUMNS = tuple(column for column in AWS_COLUMNS if not column.startswith("x_"))
"""All 57 columns of FOCUS 1.2."""

_PROVIDERS = {ONPREM: "On-premises"} | {cloud.value: entry.provider_name for cloud, entry in CLOUDS.items()}
_COMPUTE, _STORAGE, _NETWORK = "Compute", "Storage", "Networking"
_SECURITY, _MANAGEMENT = "Security", "Management and Governance"
_CATEGORIES = {
    "machine": _COMPUTE,
    "own-machine": _COMPUTE,
    "eks": _COMPUTE,
    "aks": _COMPUTE,
    "ecr": _STORAGE,
    "acr": _STORAGE,
    "ebs": _STORAGE,
    "disk": _STORAGE,
    "volume": _STORAGE,
    "s3": _STORAGE,
    "blob": _STORAGE,
    "efs": _STORAGE,
    "files": _STORAGE,
    "fsx-lustre": _STORAGE,
    "backup": _STORAGE,
    "nat": _NETWORK,
    "vpc-endpoint": _NETWORK,
    "private-endpoint": _NETWORK,
    "vnet-peering": _NETWORK,
    "private-dns": _NETWORK,
    "public-ip": _NETWORK,
    "ec2": _NETWORK,
    "elb": _NETWORK,
    "load-balancer": _NETWORK,
    "transfer": _NETWORK,
    "kms": _SECURITY,
    "key-vault": _SECURITY,
    "managed-hsm": _SECURITY,
    "cloudhsm": _SECURITY,
    "firewall": _SECURITY,
    "network-firewall": _SECURITY,
    "logs": _MANAGEMENT,
    "log-analytics": _MANAGEMENT,
    "cloudwatch": _MANAGEMENT,
    "network-watcher": _MANAGEMENT,
}
"""Service of the price list -> the specification's ServiceCategory; `Other` for the rest."""


def rows(estimate: Estimate, month: date) -> list[dict[str, Any]]:
    """Returns all rows for the billing period of `month`."""
    period = _period(month)
    return [_row(estimate, line) | period for line in estimate.lines] + [row | period for row in _tax(estimate)]


def _row(estimate: Estimate, line: Line) -> dict[str, Any]:
    rates, price, charge = estimate.rates, line.price, line.charge
    usd = line.usd.expected if line.priced else None
    billed = None if usd is None else usd * rates.invoice.per_usd
    spot = charge.capacity == "spot"
    list_price = price.list_usd if price.book else price.usd
    list_cost = None if list_price is None else charge.quantity.expected * list_price * rates.invoice.per_usd
    return (
        _empty_row()
        | {
            "BilledCost": billed,
            "EffectiveCost": billed,
            "ContractedCost": billed,
            "ListCost": list_cost,
            "BillingCurrency": rates.invoice.currency,
            "ChargeCategory": "Usage",
            "ChargeDescription": f"{line.what} ({line.name})",
            "ChargeFrequency": "Usage-Based",
            "ConsumedQuantity": charge.quantity.expected,
            "ConsumedUnit": price.unit,
            "ContractedUnitPrice": price.usd,
            "ListUnitPrice": list_price,
            "PricingCategory": "Dynamic" if spot else "Standard",
            "PricingCurrency": "USD",
            "PricingCurrencyContractedUnitPrice": price.usd,
            "PricingCurrencyEffectiveCost": usd,
            "PricingCurrencyListUnitPrice": list_price,
            "PricingQuantity": charge.quantity.expected,
            "PricingUnit": price.unit,
            "ResourceId": line.urn,
            "ResourceName": line.name,
            "ResourceType": line.type,
            "ServiceCategory": _CATEGORIES.get(charge.service, "Other"),
            "ServiceName": charge.service,
            "SkuId": f"{charge.service}/{charge.sku}",
            "SkuMeter": charge.sku,
            "SkuPriceId": f"{line.region}/{charge.service}/{charge.sku}",
        }
        | _custom_columns(estimate, line)
        | _location_columns(line.cloud, line.region, line.owner)
    )


def _custom_columns(estimate: Estimate, line: Line) -> dict[str, Any]:
    """Returns the columns that are not part of the specification."""
    price, charge = line.price, line.charge
    usd = line.usd.expected if line.priced else None
    return {
        "x_PriceKind": price.kind.value,
        "x_PriceSource": price.source,
        "x_PriceDate": price.date,
        "x_PriceBook": price.book or None,
        "x_Basis": charge.basis.value,
        "x_CostAed": None if usd is None else estimate.aed(usd),
        "x_LeastUsd": line.usd.min if line.priced else None,
        "x_MostUsd": line.usd.max if line.priced else None,
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


def _tax_row(estimate: Estimate, lines: Iterable[Line], reverse_charged: bool) -> dict[str, Any]:
    """Returns the tax of some lines. By reverse charge nothing is billed: the customer accounts for the tax."""
    rates, money = estimate.rates, bill(estimate, lines)
    tax = money.net_usd.expected * rates.vat
    if reverse_charged:
        tax = ZERO
    billed = tax * rates.invoice.per_usd
    description = f"UAE VAT {(rates.vat * 100).normalize():f} %{', reverse charge' if reverse_charged else ''}"
    return _empty_row() | {
        "BilledCost": billed,
        "EffectiveCost": billed,
        "ContractedCost": billed,
        "ListCost": billed,
        "BillingCurrency": rates.invoice.currency,
        "ChargeCategory": "Tax",
        "ChargeDescription": description,
        "ChargeFrequency": "Recurring",
        "PricingCurrency": "USD",
        "PricingCurrencyEffectiveCost": tax,
        "ServiceCategory": "Other",
        "ServiceName": "VAT",
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
    provider = _PROVIDERS.get(cloud, cloud)
    return {
        "ProviderName": provider,
        "PublisherName": provider,
        "InvoiceIssuerName": provider,
        "RegionId": region or None,
        "RegionName": REGIONS[region].display_name if region in REGIONS else None,
        "Tags": {key: value for key, value in tags.items() if value},
    }


def _empty_row() -> dict[str, Any]:
    return dict.fromkeys(COLUMNS)


def _period(month: date) -> dict[str, str]:
    first = month.replace(day=1)
    next_month = (
        (first.replace(year=first.year + 1, month=1)) if first.month == 12 else first.replace(month=first.month + 1)
    )
    start, end = f"{first.isoformat()}T00:00:00Z", f"{next_month.isoformat()}T00:00:00Z"
    return {"BillingPeriodStart": start, "BillingPeriodEnd": end, "ChargePeriodStart": start, "ChargePeriodEnd": end}
