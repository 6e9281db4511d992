"""`falaj machines`: the machine types of a region and their prices."""

import json as json_format
from typing import Annotated

import typer

from falaj.cli.common import WRONG, JsonOption, Refused, out
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
        raise Refused(f"no region {region!r}; there are: {', '.join(sorted(uae_regions()))}", WRONG)
    listed = [machine for machine in offered(region).values() if machine.gpus > 0 or not gpu]
    if json:
        rows = [_row(machine) | {"commitments": _commitments(machine)} for machine in listed]
        out.print_json(json_format.dumps(rows))
        return
    from rich.table import Column, Table

    name = Column("machine", no_wrap=True)
    table = Table(name, "vCPU", "GiB", "GPU", "arch", "USD/h", "AED/h", "price", box=None, pad_edge=False)
    for machine in listed:
        table.add_row(*(str(cell) if cell is not None else "-" for cell in _row(machine).values()))
    out.print(table)


def _commitments(machine: Machine) -> dict[str, str]:
    """USD an hour by the way to commit, the cheapest first."""
    return {way.value: str(price.usd_hour) for way, price in commitments(machine.region, machine.name).items()}


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
