"""Parser of AWS's price list: products as returned by GetProducts of the Price List Query API."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from falaj.facts.prices import service_rows
from falaj.finops.errors import BadInput
from falaj.finops.prices.aws_classes import CLASS_METERS, class_row
from falaj.finops.prices.aws_meters import METERS, Meter
from falaj.finops.prices.vendor_list import HOURS_A_YEAR, ListedMachine, one_price, price
from falaj.finops.properties import get_dict, get_list, get_str

LOCATION = "AWS Price List"
REGION, REGION_CODE = "me-central-1", "MEC1"
"""The region, and its code in usage types (public code, found as a string on 2026-12-02)."""

MACHINE_FILTERS = {
    "operatingSystem": "Linux",
    "tenancy": "Shared",
    "preInstalledSw": "NA",
    "capacitystatus": "Used",
    "marketoption": "OnDemand",
}
"""Attributes of a plain Linux machine billed by the hour; without them a type has dozens of prices."""

_RESERVED_COLUMNS = {
    ("1yr", "No Upfront"): "reserved_1y",
    ("1yr", "All Upfront"): "reserved_1y_upfront",
    ("3yr", "No Upfront"): "reserved_3y",
    ("3yr", "All Upfront"): "reserved_3y_upfront",
}
"""Lease length and payment option -> column."""
_SAVINGS_PLAN_COLUMNS = {365 * 86400: "savings_1y", 3 * 365 * 86400: "savings_3y"}
"""Length of a savings plan in seconds -> column."""


def product(text: str) -> Mapping[str, Any]:
    """Parses one product of a page: the API returns each as a JSON string. Raises `BadInput`."""
    try:
        result = json.loads(text)
    except ValueError as error:
        raise BadInput(LOCATION, f"a product is not JSON: {error}") from None
    if not isinstance(result, dict):
        raise BadInput(LOCATION, f"a product must be an object, not {type(result).__name__}")
    return result


def machines(products: Iterable[Mapping[str, Any]]) -> dict[str, ListedMachine]:
    """Returns machines by name: Linux on shared hardware only, whether or not the API filtered by it."""
    result: dict[str, ListedMachine] = {}
    for item in products:
        attributes = get_dict(item, "product", "attributes")
        name = get_str(attributes, "instanceType")
        if not name or any(get_str(attributes, key, default=value) != value for key, value in MACHINE_FILTERS.items()):
            continue
        hourly = _on_demand(item, f"{LOCATION}: {name}")
        if hourly is None:
            continue
        if name in result and result[name].on_demand != hourly:
            result[name] = result[name].ambiguous(name, result[name].on_demand, hourly)
            continue
        result[name] = ListedMachine(hourly, None, dict(_reserved(item, name)), _specs(attributes))
    return result


def _on_demand(item: Mapping[str, Any], location: str) -> Decimal | None:
    """Returns the first price above zero in USD: with tiers, the price of a small customer after any free allowance."""
    rows = [
        row
        for term in get_dict(item, "terms", "OnDemand").values()
        for row in get_dict(term, "priceDimensions").values()
    ]
    for row in sorted(rows, key=lambda row: price(get_str(row, "beginRange", default="0"), location)):
        if (usd := _usd(row, location)) > 0:
            return usd
    return None


def _usd(row: Mapping[str, Any], location: str) -> Decimal:
    price_per_unit = get_dict(row, "pricePerUnit")
    if "USD" not in price_per_unit:
        raise BadInput(location, f"the price is in {', '.join(price_per_unit) or 'no currency'}, not in USD")
    return price(price_per_unit["USD"], location)


def _reserved(item: Mapping[str, Any], name: str) -> Iterator[tuple[str, Decimal]]:
    """Yields column and hourly price in USD of standard reservations, with upfront payments spread over the term."""
    location = f"{LOCATION}: {name}"
    for term in get_dict(item, "terms", "Reserved").values():
        attributes = get_dict(term, "termAttributes")
        length = get_str(attributes, "LeaseContractLength")
        column = _RESERVED_COLUMNS.get((length, get_str(attributes, "PurchaseOption")))
        if column is None or get_str(attributes, "OfferingClass") != "standard":
            continue
        rows = list(get_dict(term, "priceDimensions").values())
        hourly = sum((_usd(row, location) for row in rows if get_str(row, "unit") == "Hrs"), Decimal(0))
        upfront = sum((_usd(row, location) for row in rows if get_str(row, "unit") == "Quantity"), Decimal(0))
        if total := hourly + upfront / (HOURS_A_YEAR * int(length[0])):
            yield column, round(total, 6)


def _specs(attributes: Mapping[str, Any]) -> dict[str, str]:
    graviton = "Graviton" in get_str(attributes, "physicalProcessor")
    return {
        "vcpu": get_str(attributes, "vcpu"),
        "memory_gib": _number(get_str(attributes, "memory")),
        "gpus": get_str(attributes, "gpu", default="0"),
        "gpu_memory_gib": _number(get_str(attributes, "gpuMemory")),
        "arch": "arm64" if graviton else "x86_64",
    }


def _number(text: str) -> str:
    """Returns the number of a text with a unit: `1,024 GiB` -> `1024.0`; empty for `NA`."""
    number = text.partition(" ")[0].replace(",", "")
    return f"{float(number)}" if number.replace(".", "", 1).isdigit() else ""


def units(products: Iterable[Mapping[str, Any]], unmatched: list[str]) -> dict[tuple[str, str], Decimal]:
    """Returns prices of the catalogue's service rows by (service, SKU); adds rows without a match to `unmatched`."""
    prices = {(meter.service, meter.sku): list[Decimal]() for meter in METERS}
    prices |= {
        (service, sku): [] for region, service, sku in service_rows() if region == REGION and service in _CLASSES
    }
    for item in products:
        usage = _usage(get_str(item, "product", "attributes", "usagetype"))
        rows = [((meter.service, meter.sku), meter.times) for meter in METERS if _matches(item, usage, meter)]
        rows += [(row, Decimal(1)) for row in (class_row(item, usage),) if row in prices]
        for row, times in rows:
            if (usd := _on_demand(item, f"{LOCATION}: {' '.join(row)}")) is not None:
                prices[row].append(usd * times)
    priced = {row: one_price(found, " ".join(row), unmatched) for row, found in prices.items()}
    return {row: usd for row, usd in priced.items() if usd is not None}


_CLASSES = {meter.service for meter in CLASS_METERS}


def _usage(usage_type: str) -> str:
    """Returns the usage type without the region: its code or its name. Another word before it is another product, such
    as `MEC1-TS-LoadBalancerUsage` of trust stores, at a fifth of the price (public code, checked with the price list of
    us-east-1 in August 2026, found as a string on 2026-12-02).
    """
    prefixes = (f"{REGION}-", f"{REGION_CODE}-")
    return next((usage_type.removeprefix(prefix) for prefix in prefixes if usage_type.startswith(prefix)), usage_type)


def _matches(item: Mapping[str, Any], usage: str, meter: Meter) -> bool:
    attributes = get_dict(item, "product", "attributes")
    return (
        usage == meter.usage
        and get_str(attributes, "servicecode", default=meter.code) == meter.code
        and get_str(item, "serviceCode", default=meter.code) == meter.code
        and get_str(item, "product", "productFamily") == meter.family
    )


def savings(results: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Decimal]]:
    """Returns machine -> column -> hourly price in USD, for EC2 Instance Savings Plans with no upfront payment."""
    result: dict[str, dict[str, Decimal]] = {}
    for item in results:
        offering = get_dict(item, "savingsPlanOffering")
        attributes = {get_str(row, "name"): get_str(row, "value") for row in get_list(item, "properties")}
        column = _SAVINGS_PLAN_COLUMNS.get(int(offering.get("durationSeconds", 0)))
        linux = attributes.get("productDescription") == "Linux/UNIX" and attributes.get("tenancy", "shared") == "shared"
        if column is None or not linux or get_str(offering, "currency", default="USD") != "USD":
            continue
        name = attributes.get("instanceType", "")
        if name and "BoxUsage:" in get_str(item, "usageType"):
            result.setdefault(name, {})[column] = price(get_str(item, "rate"), f"AWS Savings Plans: {name}")
    return result


def spot(records: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Returns the mean of the zones' latest spot prices in USD, by machine."""
    latest: dict[tuple[str, str], tuple[Any, Decimal]] = {}
    for record in records:
        if record.get("ProductDescription") not in ("Linux/UNIX", "Linux/UNIX (Amazon VPC)"):
            continue
        key = str(record["InstanceType"]), str(record["AvailabilityZone"])
        if key not in latest or latest[key][0] < record["Timestamp"]:
            latest[key] = record["Timestamp"], price(record["SpotPrice"], f"AWS spot prices: {key[0]}")
    zones: dict[str, list[Decimal]] = {}
    for (name, _), (_, usd) in latest.items():
        zones.setdefault(name, []).append(usd)
    return {name: round(sum(usds, Decimal(0)) / len(usds), 6) for name, usds in zones.items()}
