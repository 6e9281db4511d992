"""`falaj machines`: the machine types of a region and their prices."""

import json as json_format
from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from falaj.cli.common import EXIT_INVALID, CommandError, JsonOption, out
from falaj.facts.commitments import commitments
from falaj.facts.currency import AED_PER_USD
from falaj.facts.machines import Machine
from falaj.facts.machines import machines as offered
from falaj.facts.regions import uae_regions


def machines(
    region: Annotated[str, typer.Option("--region", "-r", help="Region: me-central-1, uaenorth or uaecentral.")],
    gpu: Annotated[bool, typer.Option("--gpu", help="Only machine types with a GPU.")] = False,
    json: JsonOption = False,
) -> None:
    """List the machine types of a region with their on-demand price per hour, in USD and AED, without VAT."""
    if region not in uae_regions():
        raise CommandError(f"no region {region!r}; there are: {', '.join(sorted(uae_regions()))}", EXIT_INVALID)
    selected = [machine for machine in offered(region).values() if machine.gpus > 0 or not gpu]
    if json:
        out.print_json(json_format.dumps([_document(machine) for machine in selected]))
        return
    from rich.table import Column, Table

    # Empty columns are omitted, because Azure's machine names are long.
    optional = {title: cell_of for title, cell_of in _OPTIONAL_COLUMNS.items() if any(map(cell_of, selected))}
    titles = ("machine", "vCPU", "GiB", "GPU", *optional, "arch", "USD/h", "AED/h", "price")
    columns = (Column(title, justify="right" if title in _FIGURES else "left") for title in titles)
    table = Table(*columns, box=None, pad_edge=False)
    for machine in selected:
        cells, extra = list(_row(machine).values()), [cell_of(machine) for cell_of in optional.values()]
        table.add_row(*(str(cell) if cell is not None else "-" for cell in (*cells[:4], *extra, *cells[4:])))
    out.print_table(table)


def _local_disks(machine: Machine) -> str | None:
    """Formats the local NVMe disks as `2 x 900` (GB); only their total if their number is unknown."""
    if not machine.local_nvme_gb or not machine.local_nvme_disks:
        return str(machine.local_nvme_gb) if machine.local_nvme_gb else None
    return f"{machine.local_nvme_disks} x {machine.local_nvme_gb // machine.local_nvme_disks}"


_FIGURES = {"vCPU", "GiB", "USD/h", "AED/h"}
"""Titles of columns whose figures are compared: they stand below each other."""

_OPTIONAL_COLUMNS: Mapping[str, Callable[[Machine], str | None]] = {
    "NVMe GB": _local_disks,
    "EFA": lambda machine: str(machine.efa_interfaces) if machine.efa_interfaces else None,
}
"""Title of an optional column -> function that returns its cell."""


def _details(machine: Machine) -> dict[str, object]:
    """Returns the properties of a machine that the table does not show; None if no source states them."""
    return {
        "gpu_memory_gib": machine.gpu_memory_gib and round(machine.gpu_memory_gib * min(1, machine.gpus), 1),
        "mig": machine.mig,
        "efa_interfaces": machine.efa_interfaces,
        "rdma": machine.rdma,
        "local_nvme_gb": machine.local_nvme_gb,
        "local_nvme_disks": machine.local_nvme_disks,
        "max_pods": machine.max_pods,
        "ephemeral_os_gib": machine.ephemeral_os_gib,
        "zone_ids": list(machine.zone_ids),
    }


def _document(machine: Machine) -> dict[str, object]:
    return _row(machine) | _details(machine) | {"commitments": _commitments(machine)}


def _commitments(machine: Machine) -> dict[str, str]:
    """Returns commitment -> USD per hour, cheapest first."""
    return {
        commitment.value: str(price.usd_hour) for commitment, price in commitments(machine.region, machine.name).items()
    }


def _row(machine: Machine) -> dict[str, object]:
    usd = machine.on_demand.usd_hour
    return {
        "machine": machine.name,
        "vcpu": machine.vcpu,
        "memory_gib": machine.memory_gib,
        "gpu": f"{machine.gpus:g} x {machine.gpu_model}" if machine.gpus else None,
        "architecture": machine.arch,
        "usd_hour": None if usd is None else str(usd),
        "aed_hour": None if usd is None else f"{usd * AED_PER_USD:.3f}",
        "price": machine.on_demand.kind.value,
    }
