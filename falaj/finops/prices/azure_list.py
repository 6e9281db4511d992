"""Parser of Azure's retail prices: items as returned by the Azure Retail Prices API.

A machine has items for Linux and for Windows under the same `armSkuName`; only the product name tells them apart. One
public list took the wrong one for 48 sizes (Standard_D16as_v5: 1.584 with Windows, 0.848 without).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from falaj.facts.machine_names import is_accelerated, is_azure
from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_meter import Meter
from falaj.finops.prices.azure_meters import METERS, PLACES
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


def is_primary(item: Mapping[str, Any]) -> bool:
    """Returns whether the region is the one to which the meter belongs.

    A region may share the meter of another one, and its price is then listed with `isPrimaryMeterRegion: false` alone:
    in the list of East US 2 of 2026-08-14, those of registries, AKS, firewalls, key vaults, locally and globally
    redundant blobs, search units and machines of version three (sources in `azure_database_meters.py`). Where the list
    has both, that of the region's own meter counts.
    """
    return item.get("isPrimaryMeterRegion", True) is not False


def machines(rows: Iterable[Mapping[str, Any]]) -> dict[str, ListedMachine]:
    """Returns machines by name, Linux only; prices of shared meters only where the region has no meter of its own."""
    items = [item for item in map(require_usd, rows) if _is_machine(item)]
    own = _priced(item for item in items if is_primary(item))
    shared = _priced(item for item in items if not is_primary(item))
    result = {name: _completed(own.get(name, ListedMachine()), shared.get(name)) for name in own | shared}
    return {name: machine for name, machine in result.items() if machine.on_demand is not None}


def _is_machine(item: Mapping[str, Any]) -> bool:
    return get_str(item, "serviceName") == MACHINES and is_azure(get_str(item, "armSkuName")) and _is_plain(item)


def _priced(items: Iterable[Mapping[str, Any]]) -> dict[str, ListedMachine]:
    result: dict[str, ListedMachine] = {}
    for item in items:
        name = get_str(item, "armSkuName")
        result[name] = _with_price(result.get(name, ListedMachine(specs=_specs(name))), item, name)
    return result


def _completed(own: ListedMachine, shared: ListedMachine | None) -> ListedMachine:
    """Returns the machine with prices of shared meters where it has none of its own."""
    if shared is None:
        return own
    if own.on_demand is None:
        return replace(shared, spot=own.spot or shared.spot, commitments={**shared.commitments, **own.commitments})
    spot = own.spot or (None if shared.unclear else shared.spot)
    return replace(own, spot=spot, commitments={**shared.commitments, **own.commitments})


def _is_plain(item: Mapping[str, Any]) -> bool:
    labels = f"{get_str(item, 'productName')} {get_str(item, 'skuName')} {get_str(item, 'meterName')}"
    return not any(word in labels for word in EXCLUDED)


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
    tiers = {(meter.service, meter.sku): list[_Tier]() for meter in METERS}
    for item in map(require_usd, rows):
        for meter in _METERS_BY_NAME.get((get_str(item, "serviceName"), get_str(item, "meterName")), ()):
            if _matches(item, meter):
                tiers[meter.service, meter.sku].append(_tier(item, meter))
    result: dict[tuple[str, str], Decimal] = {}
    for (service, sku), listed in tiers.items():
        if (usd := one_price(_prices(listed), f"{service} {sku}", unmatched)) is not None:
            result[service, sku] = usd
    return result


@dataclass(frozen=True)
class _Tier:
    """A price in USD per unit of the catalogue, from `minimum` units a month on."""

    is_primary: bool
    minimum: Decimal
    usd: Decimal


_METERS_BY_NAME = {
    key: tuple(meter for meter in METERS if (meter.azure_service, meter.name) == key)
    for key in dict.fromkeys((meter.azure_service, meter.name) for meter in METERS)
}


def _tier(item: Mapping[str, Any], meter: Meter) -> _Tier:
    where = f"{LOCATION}: {meter.service} {meter.sku}"
    minimum, usd = price(item.get("tierMinimumUnits", 0), where), price(item.get("retailPrice"), where)
    return _Tier(is_primary(item), minimum, usd if meter.times == 1 else round(usd * meter.times, 9))


def _prices(tiers: list[_Tier]) -> list[Decimal]:
    """Returns the prices of the first paid tier, of the region's own meters if it pays for any."""
    paid = [tier for tier in tiers if tier.usd > 0]
    own = [tier for tier in paid if tier.is_primary] or paid
    return first_paid_tier([(tier.minimum, tier.usd) for tier in own])


def first_paid_tier(prices: list[tuple[Decimal, Decimal]]) -> list[Decimal]:
    """Returns the prices of the first tier that is not free."""
    paid_tiers = [(tier, usd) for tier, usd in prices if usd > 0]
    lowest = min((tier for tier, _ in paid_tiers), default=Decimal(0))
    return [usd for tier, usd in paid_tiers if tier == lowest]


def _matches(item: Mapping[str, Any], meter: Meter) -> bool:
    region = get_str(item, "armRegionName")
    return (
        get_str(item, "type") == "Consumption"
        and meter.product in ("", get_str(item, "productName"))
        and meter.sku_name in ("", get_str(item, "skuName"))
        and get_str(item, "unitOfMeasure") == meter.unit
        and (region if region in PLACES else "") == meter.place
    )
