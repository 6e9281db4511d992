"""Attacks by machines of Azure whose sizes stand in other properties than those of most groups (2026-12-03): scale sets
that mix sizes, and AKS pools of single machines.
"""

from ..blind import GROUP, HERE, RG, TAGS, az
from ..harness import Given
from . import Attack

MIX = "MicrosoftDocs/azure-compute-docs, articles/virtual-machine-scale-sets/instance-mix-overview.md"
SINGLE = "MicrosoftDocs/azure-aks-docs, articles/aks/virtual-machines-node-pools.md"
DISKS = f"{GROUP}/providers/Microsoft.Compute/diskEncryptionSets/des"


def mixed(*sizes: str, priority: str = "Regular", tags: dict[str, str] | None = None, **disk: object) -> Given:
    """Returns a scale set that mixes sizes, with settings of the disk of its system."""
    return az("compute:VirtualMachineScaleSet", {
        **HERE, "vmScaleSetName": "mix", "orchestrationMode": "Flexible", "sku": {"name": "Mix", "capacity": 3},
        "tags": {**TAGS, **(tags or {})}, "skuProfile": {
            "allocationStrategy": "CapacityOptimized", "vmSizes": [{"name": size} for size in sizes]},
        "virtualMachineProfile": {"priority": priority, "storageProfile": {"osDisk": {
            "createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS", **disk}}}}},
        "mix")  # fmt: skip


def pool(*sizes: tuple[str, int], profile: str = "training", **more: object) -> Given:
    """Returns an AKS pool of single machines, by size and number."""
    return az("containerservice:AgentPool", {**RG, "resourceName": "aks", "agentPoolName": "single", "mode": "User",
        **_profile(sizes, profile), **more}, "single")  # fmt: skip


def cluster(*sizes: tuple[str, int], profile: str = "training") -> Given:
    """Returns a cluster with such a pool."""
    return az("containerservice:ManagedCluster", {**HERE, "resourceName": "aks", "agentPoolProfiles": [
        {"name": "single", "mode": "User", **_profile(sizes, profile)}]}, "aks")  # fmt: skip


def _profile(sizes: tuple[tuple[str, int], ...], profile: str) -> dict[str, object]:
    return {"type": "VirtualMachines", "tags": TAGS, "nodeLabels": {**TAGS, "workload-profile": profile},
            "virtualMachinesProfile": {"scale": {"manual": [
                {"size": size, "count": count} for size, count in sizes]}}}  # fmt: skip


SMALL, GPU, ABROAD = ("Standard_D4s_v5", 1), ("Standard_NV36ads_A10_v5", 4), ("Standard_NC24ads_A100_v4", 4)
STATED = {"diskEncryptionSet": {"id": DISKS}, "securityProfile": {
    "securityEncryptionType": "DiskWithVMGuestState", "diskEncryptionSet": {"id": DISKS}}}  # fmt: skip


def attack(name: str, rule: str, given: Given, source: str) -> Attack:
    """Returns an attack by one resource."""
    return Attack(name, (rule,), (given,), "critical", source)


ATTACKS: tuple[Attack, ...] = (
    attack("a scale set mixes sizes that the region does not offer", "FJ-COST-101",
           mixed("Standard_D4s_v5", "Standard_E999s_v9"), MIX),
    attack("a scale set mixes sizes of an old generation", "FJ-COST-115",
           mixed("Standard_D4s_v5", "Standard_DS3_v2"), MIX),
    attack("a scale set without GPUs mixes sizes that have some", "FJ-COST-102",
           mixed(GPU[0], tags={"workload-profile": "inference-cpu"}), MIX),
    attack("a scale set mixes sizes with GPUs on demand to train", "FJ-COST-104",
           mixed(GPU[0], tags={"workload-profile": "training"}), MIX),
    attack("confidential machines of a mix have disks that nothing encrypts", "FJ-ENC-208",
           mixed("Standard_EC4as_v5", "Standard_EC4ads_v5", **STATED), MIX),
    *(attack(f"{kind} has machines that the region does not offer", "FJ-COST-101", make(SMALL, ABROAD), SINGLE)
      for kind, make in (("a pool of single machines", pool), ("a cluster's pool of single machines", cluster))),
    *(attack(f"{kind} keeps GPUs without work", "FJ-COST-103", make(SMALL, GPU), SINGLE)
      for kind, make in (("a pool of single machines", pool), ("a cluster's pool of single machines", cluster))),
    attack("a pool of single machines has GPUs on demand to train", "FJ-COST-104", pool(SMALL, GPU), SINGLE),
    attack("a pool of single machines without GPUs has some", "FJ-COST-102",
           pool(SMALL, GPU, profile="inference-cpu"), SINGLE),
)  # fmt: skip
