"""Parser of Azure's retail prices: items as returned by the Azure Retail Prices API.

A machine has items for Linux and for Windows under the same `armSkuName`; only the product name tells them apart. One
public list took the wrong one for 48 sizes (Standard_D16as_v5: 1.584 with Windows, 0.848 without).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from falaj.facts.machine_names import is_accelerated, is_azure
from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_meters import METERS, Meter
from falaj.finops.prices.vendor_list import HOURS_A_YEAR, ListedMachine, one_price, price
from falaj.finops.properties import get_list, get_str

LOCATION = "Azure Retail Prices"
MACHINES = "Virtual Machines"

EXCLUDED = ("Windows", "Cloud Services", "Low Priority", "CloudServices")
"""Words in the product or SKU of anything other than a plain Linux machine."""

_YEARS = {"1 Year": 1, "3 Years": 3}
_SIZE = re.compile(r"Standard_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)(?:-(\d+))?")


def require_usd(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the item if its price is in USD. Raises `BadInput` for another currency."""
    if (currency := get_str(item, "currencyCode")) != "USD":
        raise BadInput(LOCATION, f"{get_str(item, 'meterName')} is in {currency or 'no currency'}, not in USD")
    return item


def machines(rows: Iterable[Mapping[str, Any]]) -> dict[str, ListedMachine]:
    """Returns machines by name: Linux only, and primary meters only, as others are of regions that share a price."""
    result: dict[str, ListedMachine] = {}
    for item in map(require_usd, rows):
        name = get_str(item, "armSkuName")
        if get_str(item, "serviceName") != MACHINES or not is_azure(name) or not _is_plain(item):
            continue
        machine = result.get(name, ListedMachine(specs=_specs(name)))
        result[name] = _with_price(machine, item, name)
    return {name: machine for name, machine in result.items() if machine.on_demand is not None}


def _is_plain(item: Mapping[str, Any]) -> bool:
    labels = f"{get_str(item, 'productName')} {get_str(item, 'skuName')} {get_str(item, 'meterName')}"
    primary = item.get("isPrimaryMeterRegion", True) is not False
    return primary and not any(word in labels for word in EXCLUDED)


def _with_price(machine: ListedMachine, item: Mapping[str, Any], name: str) -> ListedMachine:
    kind, usd = get_str(item, "type"), price(item.get("retailPrice"), f"{LOCATION}: {name}")
    if kind == "Reservation" and (years := _YEARS.get(get_str(item, "reservationTerm"))):
        hourly = round(usd / (HOURS_A_YEAR * years), 6)
        return replace(machine, commitments={**machine.commitments, f"reserved_{years}y": hourly})
    if kind != "Consumption" or get_str(item, "unitOfMeasure") != "1 Hour" or not usd:
        return machine
    if get_str(item, "skuName").endswith(" Spot"):
        if machine.spot not in (None, usd):
            return machine.ambiguous(f"{name} spot", machine.spot, usd)
        return replace(machine, spot=usd)
    plans = {
        f"savings_{years}y": price(plan.get("retailPrice"), f"{LOCATION}: {name}")
        for plan in get_list(item, "savingsPlan")
        if (years := _YEARS.get(get_str(plan, "term")))
    }
    if machine.on_demand not in (None, usd):
        return machine.ambiguous(name, machine.on_demand, usd)
    return replace(machine, on_demand=usd, commitments={**machine.commitments, **plans})


def _specs(name: str) -> dict[str, str]:
    """Returns what a size's name states: vCPUs (for a constrained size, the active ones), architecture, and no GPUs.
    The name of a GPU size does not state the number of GPUs.
    """
    gpus = {} if is_accelerated(name) else {"gpus": "0"}
    match = _SIZE.match(name)
    if match is None:
        return {"arch": "x86_64"} | gpus
    _, vcpu, constrained_vcpu, features, late_constrained_vcpu = match.groups()
    return {
        "vcpu": constrained_vcpu or late_constrained_vcpu or vcpu,
        "arch": "arm64" if "p" in features else "x86_64",
    } | gpus


def units(rows: Iterable[Mapping[str, Any]], unmatched: list[str]) -> dict[tuple[str, str], Decimal]:
    """Returns prices of the catalogue's service rows by (service, SKU); adds rows without a match to `unmatched`."""
    prices_by_meter: dict[Meter, list[tuple[Decimal, Decimal]]] = {meter: [] for meter in METERS}
    for item in map(require_usd, rows):
        for meter in METERS:
            if _matches(item, meter):
                where = f"{LOCATION}: {meter.service} {meter.sku}"
                tier = price(item.get("tierMinimumUnits", 0), where)
                prices_by_meter[meter].append((tier, price(item.get("retailPrice"), where)))
    priced = {
        meter: one_price(first_paid_tier(prices), f"{meter.service} {meter.sku}", unmatched)
        for meter, prices in prices_by_meter.items()
    }
    return {(meter.service, meter.sku): usd for meter, usd in priced.items() if usd is not None}


def first_paid_tier(prices: list[tuple[Decimal, Decimal]]) -> list[Decimal]:
    """Returns the prices of the first tier that is not free."""
    paid_tiers = [(tier, usd) for tier, usd in prices if usd > 0]
    lowest = min((tier for tier, _ in paid_tiers), default=Decimal(0))
    return [usd for tier, usd in paid_tiers if tier == lowest]


def _matches(item: Mapping[str, Any], meter: Meter) -> bool:
    return (
        get_str(item, "type") == "Consumption"
        and get_str(item, "serviceName") == meter.azure_service
        and meter.product in ("", get_str(item, "productName"))
        and get_str(item, "meterName") == meter.name
        and get_str(item, "unitOfMeasure") == meter.unit
        and item.get("isPrimaryMeterRegion", True) is not False
    )
