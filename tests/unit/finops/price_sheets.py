"""Hand-written price sheets in the documented columns of each agreement, with invented prices.

The column names and one row of the CSP list are documented (sources in `falaj.finops.prices.azure_price_sheet`); EA
sheets price in blocks such as `100 Hours`, and spell columns in capitals.
"""

import csv
import io
from pathlib import Path
from typing import Any

EA_COLUMNS = (
    "BasePrice", "CurrencyCode", "EffectiveEndDate", "EffectiveStartDate", "IncludedQuantity", "MarketPrice", "MeterID",
    "MeterCategory", "MeterName", "MeterSubCategory", "MeterRegion", "MeterType", "PartNumber", "PriceType", "Product",
    "ProductID", "ServiceFamily", "SkuID", "Term", "UnitOfMeasure", "UnitPrice",
)  # fmt: skip
MCA_COLUMNS = (
    "basePrice", "billingAccountId", "billingAccountName", "billingCurrency", "billingProfileId", "billingProfileName",
    "currency", "discount", "effectiveEndDate", "effectiveStartDate", "includedQuantity", "marketPrice", "meterId",
    "meterCategory", "meterName", "meterSubCategory", "meterType", "meterRegion", "priceType", "Product", "productId",
    "serviceFamily", "SkuID", "Term", "tierMinimumUnits", "unitOfMeasure", "unitPrice",
)  # fmt: skip
CSP_COLUMNS = (
    "ProductTitle", "ProductId", "SkuId", "SkuTitle", "Publisher", "SkuDescription", "UnitOfMeasure", "TermDuration",
    "Market", "Currency", "UnitPrice", "PricingTierRangeMin", "PricingTierRangeMax", "EffectiveStartDate",
    "EffectiveEndDate", "MeterIds", "MeterType", "Tags",
)  # fmt: skip


def machine(size: str, price: str, series: str = "NCads H100 v5", region: str = "AE North") -> dict[str, str]:
    """Returns the fields of a machine's price, in EA's spelling of the columns."""
    product = f"Virtual Machines {series} Series"
    return _meter("Virtual Machines", size, f"{product} - {size.removesuffix(' Spot')} - {region}", price, region)


def disk(price: str, unit: str = "1/Month") -> dict[str, str]:
    """Returns the fields of a P10 disk's price."""
    product = "Premium SSD Managed Disks - P10 LRS - AE North"
    return _meter("Storage", "P10 LRS Disk", product, price, "AE North") | {"UnitOfMeasure": unit}


def _meter(category: str, name: str, product: str, price: str, region: str) -> dict[str, str]:
    return {
        "MeterCategory": category,
        "MeterName": name,
        "Product": product,
        "MeterRegion": region,
        "UnitOfMeasure": "1 Hour",
        "UnitPrice": price,
        "MarketPrice": price,
        "CurrencyCode": "USD",
        "PriceType": "Consumption",
        "EffectiveStartDate": "11/01/2026",
        "EffectiveEndDate": "11/30/2026",
    }


def csp(title: str, sku: str, price: str, **changed: str) -> dict[str, str]:
    """Returns the fields of a row of a CSP list."""
    return {
        "ProductTitle": title,
        "SkuTitle": f"{title} - {sku} - AE North",
        "UnitOfMeasure": "1 Hour",
        "TermDuration": "payG-1",
        "Market": "AE",
        "Currency": "USD",
        "UnitPrice": price,
        "EffectiveStartDate": "11/1/2026 12:00:00 AM",
        "EffectiveEndDate": "11/30/9999 11:59:59 PM",
        "MeterIds": "cb0969aa-aaaa-4d6c-ab4b-7e182fa06aff",
        "Tags": "Azure",
    } | changed


def sheet(folder: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Path:
    """Writes a sheet. Columns are matched without case; `CurrencyCode` is MCA's `currency`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        given = {name.lower(): value for name, value in row.items()}
        given.setdefault("currency", given.get("currencycode", ""))
        writer.writerow([given.get(name.lower(), "") for name in columns])
    file = folder / "sheet.csv"
    file.write_text(text.getvalue())
    return file
