"""Type, region and purchase terms of the measured machines, from a file or the labels of the export."""

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from falaj.facts.machines import Machine, find
from falaj.finops.errors import BadInput
from falaj.finops.rightsize.evidence import UsageEvidence
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel


class Terms(InputModel):
    """What is known of the machines whose names match a pattern."""

    machine: str = ""
    """Left out: what the export's labels say."""
    region: str = ""
    count: Annotated[int, Field(ge=1)] = 1
    """Machines that this one stands for."""
    capacity: Literal["on-demand", "spot"] = "on-demand"
    interruptible: bool = False
    keep: tuple[str, ...] = ()
    """What must not change, in words; it is repeated beside each recommendation."""
    fixed: bool = False
    """No recommendation at all: a licence, a contract, a standby."""


class MachineInventory(InputModel):
    """Pattern of a subject's name (`gpu-*`) -> its terms; the first that matches counts."""

    subjects: Mapping[str, Terms] = Field(default_factory=dict)


@dataclass(frozen=True)
class InventoryItem:
    """A subject with its machine, where it is known."""

    evidence: UsageEvidence
    terms: Terms
    machine: Machine | None
    region: str


def load(path: Path | None) -> MachineInventory:
    """The inventory's file, or none. Raises `BadInput`."""
    if path is None:
        return MachineInventory()
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {' '.join(str(unreadable).split())}") from None
    return checked(MachineInventory, {} if raw is None else raw, str(path))


def with_inventory(evidence: Iterable[UsageEvidence], inventory: MachineInventory) -> list[InventoryItem]:
    """Each subject with its terms. Raises `BadInput` where a machine is named that its region does not have."""
    return [_one(one, inventory) for one in evidence]


def _one(evidence: UsageEvidence, inventory: MachineInventory) -> InventoryItem:
    matches = (terms for name, terms in inventory.subjects.items() if fnmatch.fnmatchcase(evidence.subject, name))
    terms = next(matches, Terms())
    name, region = terms.machine or evidence.machine, terms.region or evidence.region
    machine = find(region, name) if name and region else None
    if terms.machine and machine is None:
        raise BadInput(f"inventory: {evidence.subject}", f"{region or 'an unknown region'} has no machine {name}")
    return InventoryItem(evidence, terms, machine, region)
