"""Instance type, region and purchase terms of the measured machines, from a file or from the labels of the export."""

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from falaj.facts.machines import Machine, find
from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_yaml
from falaj.finops.rightsize.evidence import UsageEvidence
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel


class Terms(InputModel):
    """Facts about the machines whose names match a pattern."""

    machine: str = ""
    """Instance type; if omitted, taken from the labels of the export."""
    region: str = ""
    count: Annotated[int, Field(ge=1)] = 1
    """Number of identical machines that this one represents."""
    capacity: Literal["on-demand", "spot"] = "on-demand"
    interruptible: bool = False
    keep: tuple[str, ...] = ()
    """What must not change, as free text; repeated in each recommendation."""
    fixed: bool = False
    """Whether to recommend nothing at all, e.g. for a licence, a contract or a standby machine."""


class MachineInventory(InputModel):
    """Name pattern of a subject (`gpu-*`) -> its terms; the first match applies."""

    subjects: Mapping[str, Terms] = Field(default_factory=dict)


@dataclass(frozen=True)
class MeasuredMachine:
    """A subject with its machine, if known."""

    evidence: UsageEvidence
    terms: Terms
    machine: Machine | None
    region: str


def load(path: Path | None) -> MachineInventory:
    """Reads the inventory file; without a path, returns an empty inventory. Raises `BadInput`."""
    if path is None:
        return MachineInventory()
    return checked(MachineInventory, read_yaml(path), str(path))


def with_inventory(evidence: Iterable[UsageEvidence], inventory: MachineInventory) -> list[MeasuredMachine]:
    """Returns each subject with its terms. Raises `BadInput` if the inventory names a machine that its region does not
    offer.
    """
    return [_inventory_item(subject, inventory) for subject in evidence]


def _inventory_item(evidence: UsageEvidence, inventory: MachineInventory) -> MeasuredMachine:
    matches = (terms for name, terms in inventory.subjects.items() if fnmatch.fnmatchcase(evidence.subject, name))
    terms = next(matches, Terms())
    name, region = terms.machine or evidence.machine, terms.region or evidence.region
    machine = find(region, name) if name and region else None
    if terms.machine and machine is None:
        raise BadInput(f"inventory: {evidence.subject}", f"{region or 'an unknown region'} has no machine {name}")
    return MeasuredMachine(evidence, terms, machine, region)
