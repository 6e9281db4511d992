"""The source of each fact about machines in `data/machines.csv`, where it can be looked up for a new row.

Prices carry their source and date in the row itself; the number of GPUs and the architecture are from the same lists
(the architecture of GB200: aarch64, MLCommons inference results v6.1).
"""

from dataclasses import dataclass

from falaj.facts.regions import Cloud


@dataclass(frozen=True, slots=True)
class FactSource:
    """The source of one column for one cloud, and the date of the copy that was read (ISO 8601)."""

    column: str
    cloud: Cloud
    source: str
    date: str


_DESCRIBED = "Karpenter, AWS instance types (karpenter-provider-aws 1d92708, of EC2 DescribeInstanceTypes)"

_SPECIFIED = "instances.vantage.sh: the specification"
_GPU_TABLE = "the GPUs in falaj/facts/gpus.py: the vendor's page of the machine type names one of them"

FACT_SOURCES = (
    FactSource("vcpu", Cloud.AWS, _SPECIFIED, "2025-05-28"),
    FactSource(
        "vcpu",
        Cloud.AZURE,
        "Azure, VM sizes naming conventions: the number in the name; for A8 to A11 and the D and DS sizes of the first "
        "two generations Azure, previous generations of virtual machine sizes",
        "2026-11-26",
    ),
    FactSource("memory_gib", Cloud.AWS, _SPECIFIED, "2025-05-28"),
    FactSource(
        "memory_gib",
        Cloud.AZURE,
        "Azure, sizes of virtual machines: the memory; read for the sizes that instances.vantage.sh had on 2025-05-28, "
        "for A8 to A11 and for DS2 to DS4. For NV sizes with A10: azure-compute-docs 2bc777f, sizes/gpu-accelerated/"
        "nvadsa10v5-series.md, read 2026-11-29",
        "2026-11-26",
    ),
    *(
        FactSource(column, cloud, _GPU_TABLE, "2026-11")
        for column in ("gpu_model", "gpu_memory_gib")
        for cloud in (Cloud.AWS, Cloud.AZURE)
    ),
    FactSource("efa_interfaces", Cloud.AWS, f"{_DESCRIBED}: vpc.amazonaws.com/efa, 0 where not listed", "2026-08-21"),
    FactSource("local_nvme_gb", Cloud.AWS, f"{_DESCRIBED}: instance-local-nvme, 0 where not listed", "2026-08-21"),
    FactSource("local_nvme_disks", Cloud.AWS, "instances.vantage.sh: storage.devices; it lacks i7i", "2025-05-28"),
    FactSource(
        "max_pods",
        Cloud.AWS,
        "VPC CNI, vpc_ip_resource_limit.go (amazon-vpc-cni-k8s b521883): interfaces * (addresses - 1) * 16 + 2, "
        "without the 16 on Xen, which has no prefix delegation (README, ENABLE_PREFIX_DELEGATION); at most 110 below "
        "30 vCPU and 250 from there (EKS User Guide, assign more IP addresses with prefixes)",
        "2026-08-20",
    ),
    FactSource(
        "rdma",
        Cloud.AWS,
        "EC2 User Guide, Elastic Fabric Adapter: none without EFA, read and write on p5en. Empty for all others with "
        "EFA: its table by type was not found",
        "2026-11-26",
    ),
    FactSource("rdma", Cloud.AZURE, "Azure, VM sizes naming conventions: the letter r; not for A8 and A9", "2026-11"),
    FactSource(
        "zone_ids",
        Cloud.AWS,
        "EC2 DescribeInstanceTypeOfferings by availability-zone-id: not read; the zones of g6, g6e and p5en are those "
        "with a price in the SkyPilot catalogue v9",
        "2026",
    ),
    FactSource("mig", Cloud.AWS, "NVIDIA, MIG User Guide: A100, H100, H200", "2026-11"),
    FactSource("mig", Cloud.AZURE, "AKS, multi-instance GPU (azure-aks-docs 04921f5): A100, H100, H200", "2026-05-22"),
    FactSource(
        "ephemeral_os_gib",
        Cloud.AZURE,
        "Azure Resource SKUs (karpenter-provider-azure 352646f, pkg/fake): the largest of the places that "
        "SupportedEphemeralOSDiskPlacements names, by CachedDiskBytes, MaxResourceVolumeMB and NvmeSizePerDiskInMiB. "
        "For the ND sizes with H100, H200 and MI300X that azure-compute-docs lists (series pages, 2025-09-02), and for "
        "NV sizes with A10 (there, 2bc777f): the temporary disk. NVMe disks count from v6 sizes on "
        "(ephemeral-os-disks.md there, 2026-09-08; AKS has no "
        "setting of the place, Azure/AKS#5602), so NC sizes with H100 and ND sizes with A100, whose local disks are "
        "NVMe, are unknown, as are all sizes that these lack",
        "2026-08-21",
    ),
)
"""Column and cloud -> source. The maximum pods per node on AKS (250) is a cluster setting, the same for every size. The
zones of Azure's sizes (Azure Resource SKUs, locationInfo.zones; az vm list-skus --zone) are in no row: no public copy
for uaenorth was found, 2026-11-26."""


def where_to_look(column: str, cloud: Cloud) -> str:
    """Returns where to look up a missing figure, for the fix of an error."""
    sources = [
        source.source.partition(":")[0] for source in FACT_SOURCES if (source.column, source.cloud) == (column, cloud)
    ]
    return f"look it up in {sources[0]}" if sources else "look it up at the vendor's"
