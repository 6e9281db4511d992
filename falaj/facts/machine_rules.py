"""What a row of a machine type must state, must leave empty and must not contradict.

A row that breaks a rule is refused when it is read. What is merely implausible, such as ten times the vCPUs of its
neighbours, is found by the tests of the facts.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from falaj.facts.clouds import CLOUDS
from falaj.facts.gpus import GPUS, MIG_MODELS, WITHOUT_BF16, memory_gb
from falaj.facts.machine_sources import where_to_look
from falaj.facts.regions import REGIONS
from falaj.facts.rows import UNKNOWN, BadRow, Row, amount, whole, yes_or_no

COUNT, YES_OR_NO = "a whole number, 0 for none", "yes or no"

ALLOWED: Mapping[str, str] = {
    "vcpu": "a whole number, 1 or more",
    "memory_gib": "a number of GiB, more than 0",
    "gpu_model": ", ".join((*GPUS, *WITHOUT_BF16)),
    "gpu_memory_gib": "a number of GiB",
    "mig": f"{YES_OR_NO}: whether its GPUs can be split",
    "efa_interfaces": COUNT,
    "rdma": YES_OR_NO,
    "local_nvme_gb": "a whole number of GB, 0 for none",
    "local_nvme_disks": COUNT,
    "max_pods": "a whole number",
    "ephemeral_os_gib": "a whole number of GiB, 0 if not supported",
    "zone_ids": "IDs of the region's zones, or their names if they have none, separated by spaces",
}
"""Column -> allowed values in words."""

_EVERYWHERE = ("vcpu", "memory_gib")
_WITH_GPU = ("gpu_model", "gpu_memory_gib", "mig")


@cache
def needed_columns(region: str, gpus: float) -> tuple[str, ...]:
    """Returns the columns that must not be empty in a row of a region for a machine with so many GPUs."""
    return (*_EVERYWHERE, *CLOUDS[REGIONS[region].cloud].machine_columns, *(_WITH_GPU if gpus else ()))


@cache
def unused_columns(region: str, gpus: float) -> Mapping[str, str]:
    """Returns the columns that must be empty in such a row, with what is allowed instead."""
    cloud = REGIONS[region].cloud
    used = {*CLOUDS[cloud].machine_columns, *CLOUDS[cloud].optional_machine_columns}
    others = [column for entry in CLOUDS.values() for column in entry.machine_columns if used and column not in used]
    unused = dict.fromkeys(others, f"empty: no machine on {cloud.value} has it")
    return unused if gpus else unused | dict.fromkeys(_WITH_GPU, "empty without a GPU")


def check(row: Row, region: str, gpus: float) -> None:
    """Checks a row of a region for a machine with so many GPUs. Raises `BadRow` for the first broken rule."""
    for error in (
        *_incomplete(row, region, gpus),
        *_sizes(row),
        *_zones(row, region),
        *_interconnect(row, region),
        *_disks(row),
        *(_gpus(row, gpus) if gpus else ()),
    ):
        raise error


def _incomplete(row: Row, region: str, gpus: float) -> Iterator[BadRow]:
    for column in needed_columns(region, gpus):
        if not row.cells[column]:
            fix = f"{where_to_look(column, REGIONS[region].cloud)}, or write {UNKNOWN}"
            yield row.refused(column, ALLOWED[column], fix)
    for column, allowed in unused_columns(region, gpus).items():
        if row.cells[column]:
            fix = "leave it empty, or enter its GPUs" if column in _WITH_GPU else "leave it empty"
            yield row.refused(column, allowed, fix)


def _sizes(row: Row) -> Iterator[BadRow]:
    for column, convert in (("vcpu", whole), ("memory_gib", amount)):
        if row.read(column, convert, ALLOWED[column]) == 0:
            yield row.refused(column, ALLOWED[column], "correct it")


def _zones(row: Row, region: str) -> Iterator[BadRow]:
    given = row.read("zone_ids", str.split, ALLOWED["zone_ids"]) or []
    offered = REGIONS[region].zone_ids or REGIONS[region].zones
    if not {*given} <= {*offered}:
        yield row.refused("zone_ids", ", ".join(offered), "name zones of the region by their IDs")


def _interconnect(row: Row, region: str) -> Iterator[BadRow]:
    interfaces = row.read("efa_interfaces", whole, COUNT)
    if "efa_interfaces" in needed_columns(region, 0) and interfaces == 0 and row.cells["rdma"] != "no":
        allowed = "no with 0 EFA interfaces"
        yield row.refused("rdma", allowed, "write no, or enter its EFA interfaces")


def _disks(row: Row) -> Iterator[BadRow]:
    capacity = row.read("local_nvme_gb", whole, ALLOWED["local_nvme_gb"])
    disks = row.read("local_nvme_disks", whole, COUNT)
    if capacity is not None and disks is not None and bool(capacity) is not bool(disks):
        allowed = f"1 or more with {capacity} GB" if capacity else "0 with 0 GB"
        yield row.refused("local_nvme_disks", allowed, "correct one of the two")


def _gpus(row: Row, gpus: float) -> Iterator[BadRow]:
    model = row.read("gpu_model", str, ALLOWED["gpu_model"])
    if model is None:
        return
    if (memory := memory_gb(model)) is None:
        fix = "correct it, or add the model to falaj/facts/gpus.py"
        yield row.refused("gpu_model", ALLOWED["gpu_model"], fix)
    elif row.read("gpu_memory_gib", amount, ALLOWED["gpu_memory_gib"]) not in (None, memory):
        yield row.refused("gpu_memory_gib", f"{memory:g}, the memory of a {model}", "correct it, or the model")
    if not row.read("mig", yes_or_no, ALLOWED["mig"]):
        return
    if model not in MIG_MODELS:
        fix = "write no, or add the model to MIG_MODELS in falaj/facts/gpus.py"
        yield row.refused("mig", f"no with {model}, or yes with {', '.join(MIG_MODELS)}", fix)
    elif gpus < 1:
        yield row.refused("mig", "no with a part of a GPU", "write no, or correct its GPUs")
