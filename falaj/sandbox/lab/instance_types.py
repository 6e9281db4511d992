"""Instance types for Karpenter in the laboratory: the machines of AWS me-central-1 at its prices.

The format is that of Karpenter's kwok provider (`kwok/cloudprovider/helpers.go` of v1.15.0). That provider reserves 0.1
CPU and 10 MiB per node for the system; real nodes reserve more.
"""

from decimal import Decimal
from typing import Any

from falaj.facts.machines import Machine, machines
from falaj.facts.regions import REGIONS

REGION = "me-central-1"
_ARCHITECTURES = {"x86_64": "amd64", "arm64": "arm64"}


def instance_types() -> list[dict[str, Any]]:
    """Returns all machines with a known size and a price. A machine without a spot price has no spot offering."""
    return [
        {
            "name": machine.name,
            "architecture": _ARCHITECTURES[machine.arch],
            "operatingSystems": ["linux"],
            "resources": _resources(machine),
            "offerings": offerings,
        }
        for machine in machines(REGION).values()
        if machine.vcpu and machine.memory_gib and (offerings := _offerings(machine))
    ]


def zones(machine: Machine) -> list[str]:
    """Returns the zones that offer the machine, by the numbers in its zone ids; all zones if these are unknown."""
    zone_names = REGIONS[REGION].zones
    return [zone_names[int(zone[-1]) - 1] for zone in machine.zone_ids] or [*zone_names]


def _resources(machine: Machine) -> dict[str, str]:
    resources = {
        "cpu": str(machine.vcpu),
        "memory": f"{int((machine.memory_gib or 0) * 1024)}Mi",
        "ephemeral-storage": "300Gi",
        "pods": "110",
    }
    return resources | ({"nvidia.com/gpu": str(machine.gpu_devices)} if machine.gpus else {})


def _offerings(machine: Machine) -> list[dict[str, Any]]:
    prices = {"spot": machine.spot.usd_hour, "on-demand": machine.on_demand.usd_hour}
    return [
        _offering(capacity, price, zone)
        for capacity, price in prices.items()
        if price is not None
        for zone in zones(machine)
    ]


def _offering(capacity: str, price: Decimal, zone: str) -> dict[str, Any]:
    labels = {"karpenter.sh/capacity-type": capacity, "topology.kubernetes.io/zone": zone}
    return {
        "Price": float(price),
        "Available": True,
        "Requirements": [{"key": key, "operator": "In", "values": [value]} for key, value in labels.items()],
    }
