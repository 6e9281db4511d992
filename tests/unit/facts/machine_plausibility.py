"""Checks of machine rows against their names and their families: each yields the cells that look wrong.

A row is a mapping of the columns of `falaj/facts/data/machines.csv`; an empty cell is one that is not known.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import median

from falaj.facts.machine_names import is_azure, is_burstable, traits
from tests.exhaustive.machine_prices import Cell, Row, family

AWS_VCPU: Mapping[str, int] = {"nano": 2, "micro": 2, "small": 2, "medium": 1, "large": 2, "xlarge": 4}
"""Size -> vCPUs (EC2 User Guide, instance types); larger ones have four for each `xlarge`, a burstable `medium` two."""

OLD_AZURE_VCPU: Mapping[str, int] = {
    **{"A8": 8, "A9": 16, "A10": 8, "A11": 16},
    **{"D1": 1, "D2": 2, "D3": 4, "D4": 8, "D5": 16, "D11": 2, "D12": 4, "D13": 8, "D14": 16, "D15": 20},
}
"""First series and number -> vCPUs, of Azure's sizes whose name does not state them: A8 to A11, and the D and DS sizes
without a version and of version 2 (Azure, previous generations of virtual machine sizes)."""

GIB_A_VCPU = (0.25, 64)
"""Range of memory per vCPU in GiB: from t3.nano to the largest sizes of the M series."""

FAMILY_RATIO, BURSTABLE_RATIO = 1.2, 8
"""Memory per vCPU differs at most by this factor from the family's median; burstable families range widely."""

SMALL_SIZES, XEN = ("nano", "micro", "small", "medium"), ("i3",)
"""Sizes with few network addresses, and families on Xen, which has no prefix delegation."""

MOST_GPUS, MOST_EFA_INTERFACES, DISK_GB = 16, 32, (40, 8000)
"""Most GPUs and EFA interfaces of one machine (EC2 and Azure, accelerated sizes), and the range of one local disk."""

UNSETTLED: Mapping[Cell, str] = {
    **{
        ("uaenorth", f"Standard_M{size}_1_v3", "memory_gib"): "one amount of memory for 48 and for 96 vCPUs"
        for size in ("48s", "48ds", "96s", "96ds")
    },
    **{
        ("uaenorth", f"Standard_NV{vcpu}ads_A10_v5", "memory_gib"): "55 and 110 GiB, as Azure's page of the series says"
        for vcpu in (6, 12)
    },
}
"""Cells that look wrong and why they are right."""


def vcpu_of_name(name: str) -> int | None:
    """Returns the vCPUs that a machine type's name states; None if it states none, as `metal` does."""
    if is_azure(name):
        match = re.match(r"Standard_([A-Z]+)(\d+)([a-z]*)(?:-(\d+))?([a-z]*)(_\w+)?$", name)
        if match is None:
            return None
        series, number, letters, constrained, _, rest = match.groups()
        if constrained is None and letters in ("", "i") and rest in (None, "_v2") and series in ("A", "D", "DS"):
            return OLD_AZURE_VCPU.get(f"{series[0]}{number}", int(number))
        return int(constrained or number)
    size = name.partition(".")[2]
    if match := re.fullmatch(r"(?:metal-)?(\d+)xl(?:arge)?", size):
        return 4 * int(match[1])
    return 2 if (size, name[0]) == ("medium", "t") else AWS_VCPU.get(size)


def vcpus(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields machines whose vCPUs are not those that the name states; of `metal`, not those of the family's largest."""
    rows = list(machines)
    largest: dict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        if (stated := vcpu_of_name(row["name"])) is not None:
            largest[family(row)] = max(largest[family(row)], stated)
    for row in rows:
        stated = vcpu_of_name(row["name"]) or largest[family(row)]
        if stated and row["vcpu"] and int(row["vcpu"]) != stated:
            yield row["region"], row["name"], "vcpu"


def memory(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields machines whose memory per vCPU is far from that of their family, or from that of any machine."""
    groups: dict[tuple[object, ...], list[tuple[Row, float]]] = defaultdict(list)
    for row in machines:
        if row["memory_gib"] and row["vcpu"]:
            full = re.match(r"Standard_[A-Z]+(\d+)[a-z]*-\d+", row["name"])
            per_vcpu = float(row["memory_gib"]) / int(full[1] if full else row["vcpu"])
            groups[*family(row), _is_high_memory_d(row["name"])].append((row, per_vcpu))
    for members in groups.values():
        usual = median(per_vcpu for _, per_vcpu in members)
        for row, per_vcpu in members:
            factor = BURSTABLE_RATIO if is_burstable(row["name"]) else FAMILY_RATIO
            alike = usual / factor <= per_vcpu <= usual * factor
            if not alike or not GIB_A_VCPU[0] <= per_vcpu <= GIB_A_VCPU[1]:
                yield row["region"], row["name"], "memory_gib"


def _is_high_memory_d(name: str) -> bool:
    """Returns whether a size is one of D11 to D15, which have twice the memory per vCPU of D1 to D5."""
    return re.match(r"Standard_DS?1[1-5](-\d)?i?(_v2)?$", name) is not None


def disks(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields AWS machines whose name states local disks that the row lacks, or whose disks the name does not state.

    Names of machines with GPUs say nothing of disks.
    """
    for row in machines:
        if is_azure(row["name"]) or not row["local_nvme_gb"]:
            continue
        stated, present = "a local disk" in traits(row["name"]).has, row["local_nvme_gb"] != "0"
        if (stated and not present) or (present and not stated and row["gpus"] == "0"):
            yield row["region"], row["name"], "local_nvme_gb"


def architectures(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields machines whose architecture is not that of the processor that the name or the GPU states."""
    for row in machines:
        letters = re.match(r"Standard_[A-Z]+[\d-]+([a-z]*)|[a-z]+\d+([a-z]*)", row["name"])
        arm = "p" in (letters[1] or "") or "g" in (letters[2] or "") if letters else False
        arm = arm or row["gpu_model"].startswith("GB")
        if row["arch"] != ("arm64" if arm else "x86_64"):
            yield row["region"], row["name"], "arch"


def pods(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields AWS machines with other pods than EKS recommends for their vCPUs; small sizes and Xen have fewer."""
    for row in machines:
        if not row["max_pods"] or not row["vcpu"]:
            continue
        given, usual = int(row["max_pods"]), 110 if int(row["vcpu"]) < 30 else 250
        series, _, size = row["name"].partition(".")
        has_fewer = size in SMALL_SIZES or series in XEN
        if given > usual or (given < usual and not has_fewer):
            yield row["region"], row["name"], "max_pods"


def limits(machines: Iterable[Row]) -> Iterator[Cell]:
    """Yields numbers that no machine has had so far."""
    for row in machines:
        if (gpus := float(row["gpus"])) > MOST_GPUS or (gpus > 1 and gpus % 1):
            yield row["region"], row["name"], "gpus"
        if int(row["efa_interfaces"] or 0) > MOST_EFA_INTERFACES:
            yield row["region"], row["name"], "efa_interfaces"
        disks, capacity = int(row["local_nvme_disks"] or 0), int(row["local_nvme_gb"] or 0)
        if disks and not DISK_GB[0] <= capacity / disks <= DISK_GB[1]:
            yield row["region"], row["name"], "local_nvme_gb"


def problems(machines: Iterable[Row]) -> set[Cell]:
    """Returns every cell that looks wrong, including unsettled ones."""
    rows = list(machines)
    return {*vcpus(rows), *memory(rows), *disks(rows), *architectures(rows), *pods(rows), *limits(rows)}
