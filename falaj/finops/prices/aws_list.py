"""Parser of AWS's price list: products as returned by GetProducts of the Price List Query API."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.errors import BadInput
from falaj.finops.prices.aws_meters import METERS, Meter
from falaj.finops.prices.vendor_list import HOURS_A_YEAR, ListedMachine, one_price, price
from falaj.finops.properties import get_dict, get_list, get_str

PLACE = "AWS Price List"

MACHINE_FILTERS = {
    "operatingSystem": "Linux",
    "tenancy": "Shared",
    "preInstalledSw": "NA",
    "capacitystatus": "Used",
    "marketoption": "OnDemand",
}
"""What a plain Linux machine by the hour is; without them a type has dozens of prices."""

_TERMS = {
    ("1yr", "No Upfront"): "reserved_1y",
    ("1yr", "All Upfront"): "reserved_1y_upfront",
    ("3yr", "No Upfront"): "reserved_3y",
    ("3yr", "All Upfront"): "reserved_3y_upfront",
}
_SAVINGS = {365 * 86400: "savings_1y", 3 * 365 * 86400: "savings_3y"}
"""Length of a savings plan in seconds -> column."""


def product(text: str) -> Mapping[str, Any]:
    """One product of a page: the interface returns each as JSON in a string."""
    try:
        result = json.loads(text)
    except ValueError as broken:
        raise BadInput(PLACE, f"a product is not JSON: {broken}") from None
    if not isinstance(result, dict):
        raise BadInput(PLACE, f"a product must be an object, not {type(result).__name__}")
    return result


def machines(products: Iterable[Mapping[str, Any]]) -> dict[str, ListedMachine]:
    """Machines by name. What a product says beside Linux on shared hardware is left out, asked for or not."""
    result: dict[str, ListedMachine] = {}
    for one in products:
        attributes = get_dict(one, "product", "attributes")
        name = get_str(attributes, "instanceType")
        if not name or any(get_str(attributes, key, default=value) != value for key, value in MACHINE_FILTERS.items()):
            continue
        hourly = _on_demand(one, f"{PLACE}: {name}")
        if hourly is None:
            continue
        if name in result and result[name].on_demand != hourly:
            result[name] = result[name].several(name, result[name].on_demand, hourly)
            continue
        result[name] = ListedMachine(hourly, None, dict(_reserved(one, name)), _specs(attributes))
    return result


def _on_demand(one: Mapping[str, Any], location: str) -> Decimal | None:
    """The first price above zero: of what has tiers the first is what a small customer pays, or a free allowance."""
    rows = [
        row
        for term in get_dict(one, "terms", "OnDemand").values()
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


def _reserved(one: Mapping[str, Any], name: str) -> Iterator[tuple[str, Decimal]]:
    """Standard reservations, what is paid at the start spread over the hours of the term."""
    location = f"{PLACE}: {name}"
    for term in get_dict(one, "terms", "Reserved").values():
        attributes = get_dict(term, "termAttributes")
        length = get_str(attributes, "LeaseContractLength")
        column = _TERMS.get((length, get_str(attributes, "PurchaseOption")))
        if column is None or get_str(attributes, "OfferingClass") != "standard":
            continue
        rows = list(get_dict(term, "priceDimensions").values())
        hourly = sum((_usd(row, location) for row in rows if get_str(row, "unit") == "Hrs"), Decimal(0))
        at_start = sum((_usd(row, location) for row in rows if get_str(row, "unit") == "Quantity"), Decimal(0))
        if total := hourly + at_start / (HOURS_A_YEAR * int(length[0])):
            yield column, round(total, 6)


def _specs(attributes: Mapping[str, Any]) -> dict[str, str]:
    graviton = "Graviton" in get_str(attributes, "physicalProcessor")
    return {
        "vcpu": get_str(attributes, "vcpu"),
        "memory_gib": _figure(get_str(attributes, "memory")),
        "gpus": get_str(attributes, "gpu", default="0"),
        "gpu_memory_gib": _figure(get_str(attributes, "gpuMemory")),
        "arch": "arm64" if graviton else "x86_64",
    }


def _figure(text: str) -> str:
    """`1,024 GiB` -> `1024.0`; empty for `NA`."""
    number = text.partition(" ")[0].replace(",", "")
    return f"{float(number)}" if number.replace(".", "", 1).isdigit() else ""


def units(products: Iterable[Mapping[str, Any]], unmatched: list[str]) -> dict[tuple[str, str], Decimal]:
    """Prices of our service rows, by (service, SKU); rows that are not found are added to `unmatched`."""
    seen: dict[Meter, list[Decimal]] = {meter: [] for meter in METERS}
    for one in products:
        for meter in METERS:
            if _is(one, meter) and (usd := _on_demand(one, f"{PLACE}: {meter.service} {meter.sku}")) is not None:
                seen[meter].append(usd * meter.times)
    priced = {m: one_price(prices, f"{m.service} {m.sku}", unmatched) for m, prices in seen.items()}
    return {(meter.service, meter.sku): usd for meter, usd in priced.items() if usd is not None}


def _is(one: Mapping[str, Any], meter: Meter) -> bool:
    attributes, usage = get_dict(one, "product", "attributes"), get_str(one, "product", "attributes", "usagetype")
    return (
        get_str(attributes, "servicecode", default=meter.code) == meter.code
        and get_str(one, "serviceCode", default=meter.code) == meter.code
        and get_str(one, "product", "productFamily") == meter.family
        and (usage == meter.usage or usage.endswith(f"-{meter.usage}"))
    )


def savings(results: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Decimal]]:
    """Machine -> column -> price an hour, of EC2 instance savings plans with nothing paid at the start."""
    result: dict[str, dict[str, Decimal]] = {}
    for one in results:
        offering = get_dict(one, "savingsPlanOffering")
        attributes = {get_str(row, "name"): get_str(row, "value") for row in get_list(one, "properties")}
        column = _SAVINGS.get(int(offering.get("durationSeconds", 0)))
        linux = attributes.get("productDescription") == "Linux/UNIX" and attributes.get("tenancy", "shared") == "shared"
        if column is None or not linux or get_str(offering, "currency", default="USD") != "USD":
            continue
        name = attributes.get("instanceType", "")
        if name and "BoxUsage:" in get_str(one, "usageType"):
            result.setdefault(name, {})[column] = price(get_str(one, "rate"), f"AWS Savings Plans: {name}")
    return result


def spot(records: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The mean of the zones' latest spot prices, by machine."""
    latest: dict[tuple[str, str], tuple[Any, Decimal]] = {}
    for one in records:
        if one.get("ProductDescription") not in ("Linux/UNIX", "Linux/UNIX (Amazon VPC)"):
            continue
        key = str(one["InstanceType"]), str(one["AvailabilityZone"])
        if key not in latest or latest[key][0] < one["Timestamp"]:
            latest[key] = one["Timestamp"], price(one["SpotPrice"], f"AWS spot prices: {key[0]}")
    zones: dict[str, list[Decimal]] = {}
    for (name, _), (_, usd) in latest.items():
        zones.setdefault(name, []).append(usd)
    return {name: round(sum(usds, Decimal(0)) / len(usds), 6) for name, usds in zones.items()}
