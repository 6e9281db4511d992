"""What a pod requests of its node, as the scheduler counts it."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from falaj.finops.properties import get_dict, get_list, get_path, get_str
from falaj.finops.work.quantities import quantity

Amounts = Mapping[str, int]
"""Resource -> amount: CPU in millicores, memory and storage in bytes, pods and devices by number."""

CPU, MEMORY, STORAGE, PODS = "cpu", "memory", "ephemeral-storage", "pods"
_UNITS: Mapping[str, Decimal] = {CPU: Decimal(1000)}
_NOT_OF_MACHINES = "hugepages-"
"""Resources that the catalogue of machines does not state."""


def requests(pod: Mapping[str, Any]) -> dict[str, int]:
    """Returns the effective requests of a pod's specification.

    The sum of containers and sidecars, or what an init container needs while it runs beside the sidecars that started
    before it, whichever is more; requests of the pod itself take precedence (Kubernetes, Sidecar Containers, resource
    sharing within containers; Pod-level resources; read 2026-11-27). Includes one pod.
    """
    sidecars: dict[str, int] = {}
    while_starting: dict[str, int] = {}
    for container in get_list(pod, "initContainers"):
        own = _of_container(container)
        if get_str(container, "restartPolicy") == "Always":
            sidecars = _sum((sidecars, own))
            while_starting = most_of((while_starting, sidecars))
        else:
            while_starting = most_of((while_starting, _sum((sidecars, own))))
    running = _sum((sidecars, *(_of_container(container) for container in get_list(pod, "containers"))))
    needed = most_of((running, while_starting)) | _of_container(pod)
    total = _sum((needed, _amounts(get_dict(pod, "overhead")), {PODS: 1}))
    # Devices first: where a node has none left, no other resource needs to be compared.
    return dict(sorted(total.items(), key=lambda row: row[0] in (CPU, MEMORY, PODS)))


def _of_container(container: object) -> dict[str, int]:
    """Returns the requests of a container; the API server sets a missing one to the limit."""
    resources = get_dict(container, "resources")
    return _amounts({**get_dict(resources, "limits"), **get_dict(resources, "requests")})


def _amounts(resources: Mapping[str, Any]) -> dict[str, int]:
    return {
        name: int((quantity(get_path(resources, name)) * _UNITS.get(name, Decimal(1))).to_integral_value(ROUND_CEILING))
        for name in resources
        if not name.startswith(_NOT_OF_MACHINES)
    }


def _sum(parts: Iterable[Amounts]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for name, amount in part.items():
            total[name] = total.get(name, 0) + amount
    return total


def most_of(parts: Iterable[Amounts]) -> dict[str, int]:
    """Returns the most that any of these has of each resource."""
    most: dict[str, int] = {}
    for part in parts:
        for name, amount in part.items():
            if amount > most.get(name, -1):
                most[name] = amount
    return most


def fits(needed: Amounts, room: Amounts) -> bool:
    """Returns whether there is room for what is needed of each resource."""
    for name, amount in needed.items():  # noqa: SIM110 - a generator takes twice the time, of most of a large plan's
        if amount > room.get(name, 0):
            return False
    return True
